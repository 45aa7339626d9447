//! Facts about times of day: at what hour and minute.

use rashomon_core::{Difference, FactKind, StoryReadings, TimeMention, TimeValue};

use crate::draft::{Draft, DraftCell};
use crate::evidence::{self, Evidence};
use crate::points::Points;

/// Two clauses less alike than this are not held to tell of one event. More than for days: an event has many times of day.
const SAME_EVENT: f64 = 0.4;
/// Exact times that lie so many minutes apart are one: clocks differ.
const SAME_MINUTES: i32 = 1;
/// So many, where one of them is rounded: "about 9 p.m.".
const SAME_ROUNDED: i32 = 20;
/// The minutes of a day.
const DAY: i32 = 24 * 60;

/// The words before a time of day that make it a rounded one, or a bound.
const ROUNDING: [&str; 14] = [
    "about",
    "around",
    "approximately",
    "roughly",
    "nearly",
    "almost",
    "shortly",
    "just",
    "before",
    "after",
    "by",
    "until",
    "since",
    "from",
];

/// A time of day that a clause tells.
struct Clock {
    evidence: Evidence,
    report: usize,
    sentence: usize,
    minutes: i32,
    rounded: bool,
    written: String,
}

/// Returns the fact in which two reports name other times of day for one event. A time that names its zone is left aside,
/// and so is a clause with several.
pub(crate) fn clock_fact(group: &[Evidence], points: &Points, story: &StoryReadings<'_>) -> Option<Draft> {
    let mut clocks: Vec<Clock> = group
        .iter()
        .filter_map(|evidence| clock(evidence, points, story))
        .collect();
    clocks.sort_by_key(|clock| (clock.report, clock.evidence.span));
    for (place, one) in clocks.iter().enumerate() {
        let against = clocks.iter().skip(place + 1).find(|other| {
            other.report != one.report
                && !is_one(one, other.minutes, one.rounded || other.rounded)
                && evidence::alike(&one.evidence, &other.evidence, &points.all) >= SAME_EVENT
                && !says(story, one, other.minutes)
                && !says(story, other, one.minutes)
        });
        if let Some(other) = against {
            let reason = format!("another time of day: {} against {}", one.written, other.written);
            let cells =
                [one, other].map(|clock| DraftCell::new(clock.evidence.clone(), clock.written.clone()));
            let draft = Draft::new(FactKind::Time, 2, cells.to_vec());
            return Some(draft.differs(Difference::Value, reason));
        }
    }
    None
}

/// Returns true where a time of day can be so many minutes after midnight.
fn is_one(one: &Clock, minutes: i32, rounded: bool) -> bool {
    let apart = (one.minutes - minutes).rem_euclid(DAY);
    apart.min(DAY - apart) <= if rounded { SAME_ROUNDED } else { SAME_MINUTES }
}

/// Returns true where the report of a clock names such a time of day in the sentence as well: the two are times of two things.
fn says(story: &StoryReadings<'_>, clock: &Clock, minutes: i32) -> bool {
    let reading = story.readings.get(clock.report);
    let mut own = reading
        .into_iter()
        .flat_map(|reading| &reading.times)
        .filter(|time| time.sentence == clock.sentence);
    own.any(|time| minutes_of(time).is_some_and(|own| (own - minutes).abs() <= SAME_MINUTES))
}

/// Returns the minutes since midnight that a time names without a zone.
fn minutes_of(time: &TimeMention) -> Option<i32> {
    let (hours, minutes) = match time.value.as_ref()? {
        TimeValue::Clock(_, hours, minutes) => (*hours, *minutes),
        TimeValue::Other(value) => {
            // "T20:40" of no known day, "XXXX-WXX-1T20:40" of some Monday.
            let (hours, minutes) = value.rsplit_once('T')?.1.split_once(':')?;
            (hours.parse().ok()?, minutes.parse().ok()?)
        }
        _ => return None,
    };
    Some(i32::from(hours) * 60 + i32::from(minutes))
}

/// Returns the only time of day that the clause of some evidence tells.
fn clock(evidence: &Evidence, points: &Points, story: &StoryReadings<'_>) -> Option<Clock> {
    let point = points.all.get(evidence.point)?;
    let reading = story.readings.get(point.report)?;
    let text = story.reports.get(point.report)?.text.as_str();
    let mut inside = reading
        .times
        .iter()
        .filter(|time| time.sentence == point.sentence && evidence.span.contains(time.span))
        .filter_map(|time| Some((time, minutes_of(time)?)));
    let (time, minutes) = inside.next().filter(|_| inside.next().is_none())?;
    let before = text.get(evidence.span.start..time.span.start).unwrap_or_default();
    let words = |part: &str| -> Vec<String> { part.split_whitespace().map(str::to_lowercase).collect() };
    let near: Vec<String> = words(before).into_iter().rev().take(2).collect();
    let written = time.span.text(text).to_owned();
    let rounded = near
        .iter()
        .chain(&words(&written))
        .any(|word| ROUNDING.contains(&word.as_str()));
    Some(Clock {
        evidence: evidence.clone(),
        report: point.report,
        sentence: point.sentence,
        minutes,
        rounded,
        written,
    })
}

#[cfg(test)]
mod tests {
    use rashomon_core::{FactKind, Published, Report, Verdict};

    use crate::test_story::ledger_of;

    /// Returns the reasons for which two reports differ in a time.
    fn differing(texts: [&str; 2]) -> Vec<String> {
        let mut reports = [Report::new("a", texts[0]), Report::new("b", texts[1])];
        for report in &mut reports {
            report.published = Published::stated("2026-05-12".parse().unwrap());
        }
        let facts = ledger_of(&reports).facts.into_iter();
        let facts = facts.filter(|fact| fact.kind == FactKind::Time && fact.verdict == Verdict::Differ);
        facts.map(|fact| fact.reason).collect()
    }

    #[test]
    fn another_minute_is_another_time() {
        let found = differing([
            "The fire in the mill of Senby broke out at 8:40 p.m. on Monday, police said.",
            "The fire in the mill of Senby broke out at 8:49 p.m. on Monday, police said.",
        ]);
        assert!(
            found.iter().any(|reason| reason.contains("time of day")),
            "{found:?}"
        );
    }

    #[test]
    fn a_rounded_time_fits_the_exact_one() {
        let found = differing([
            "The fire in the mill of Senby broke out at about 9 p.m. on Monday, police said.",
            "The fire in the mill of Senby broke out at 8:49 p.m. on Monday, police said.",
        ]);
        assert!(found.is_empty(), "{found:?}");
    }
}
