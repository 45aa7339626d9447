//! Facts about times: when.

use rashomon_core::{Date, Difference, FactKind, StoryReadings, TimeExpression, TimeMention};

use crate::clause_words::have_one_verb;
use crate::draft::{Draft, DraftCell};
use crate::evidence::{self, Evidence};
use crate::points::{Point, Points};
use crate::terms::Vocabulary;
use crate::time_words;

/// Two clauses less alike than this are not held to tell of one event, so that other days are no difference.
const SAME_EVENT: f64 = 0.25;
/// The same for clauses with one verb.
const SAME_EVENT_OF_ONE_VERB: f64 = 0.15;

/// The most days of what counts as a day (a weekend), a week, and months or seasons.
const LONGEST_OF_SCALE: [i32; 3] = [3, 10, 190];

/// When a cell says that it was.
#[derive(Clone, Debug)]
struct When {
    evidence: Evidence,
    report: usize,
    /// The days it names, or the name of a day that no day of publication explains.
    days: Option<(Date, Date)>,
    name: String,
    written: String,
    /// The day or month that the report names, or its words for the time.
    said: String,
    /// The same in words for a reader.
    words: String,
}

impl When {
    /// Returns true when two times can be one.
    fn fits(&self, other: &Self) -> bool {
        match (self.days, other.days) {
            (Some(own), Some(their)) => own.0 <= their.1 && their.0 <= own.1,
            _ => self.name == other.name,
        }
    }

    /// Returns true for times that can be two answers to one question: each names a day, or a week, or months, or years. A day
    /// and a year tell of two things ("died on Monday", "founded in 1955"), and the same words are one answer, whatever days
    /// they were reckoned to be ("on Wednesday", "in December").
    fn is_comparable(&self, other: &Self) -> bool {
        self.said != other.said && self.scale() == other.scale()
    }

    /// Returns how long a time it names, as a step of a scale: days, weeks, months and seasons, years.
    fn scale(&self) -> usize {
        let length = self.days.map_or(1, |(first, last)| (last - first).get_days() + 1);
        let shorter = LONGEST_OF_SCALE.iter().filter(|longest| length > **longest);
        shorter.count()
    }

    /// Returns true when it names one day.
    fn is_day(&self) -> bool {
        self.days.is_none_or(|(first, last)| first == last)
    }
}

/// Returns the facts of when the events of a group were: a fact for each day that at least two of its reports name,
/// and one that differs where two reports name other days of one event.
pub(crate) fn time_facts(
    group: &[Evidence],
    points: &Points,
    story: &StoryReadings<'_>,
    vocabulary: &mut Vocabulary,
) -> Vec<Draft> {
    let mut left: Vec<When> = group
        .iter()
        .filter_map(|evidence| when(evidence, &points.all, story))
        .collect();
    left.sort_by_key(|when| (when.report, when.evidence.span));
    let mut agreeing: Vec<Vec<When>> = Vec::new();
    let mut alone: Vec<When> = Vec::new();
    // The day on which most reports agree is taken first, with all that fits it.
    while let Some(lead) = left.iter().max_by_key(|when| {
        let fitting = left.iter().filter(|other| other.fits(when));
        (
            distinct_reports(fitting),
            std::cmp::Reverse((when.report, when.evidence.span)),
        )
    }) {
        let lead = lead.clone();
        let (fitting, other): (Vec<When>, Vec<When>) = left.into_iter().partition(|when| when.fits(&lead));
        left = other;
        if distinct_reports(fitting.iter()) > 1 {
            agreeing.push(fitting);
        } else {
            alone.extend(fitting);
        }
    }
    let mut drafts: Vec<Draft> = agreeing
        .iter()
        .map(|whens| {
            let mut draft = Draft::new(FactKind::Time, 2, cells(whens.iter()));
            draft.topic = most_precise(whens).map(|when| when.words.clone());
            draft
        })
        .collect();
    if let Some(draft) = quarrel(&agreeing, &alone, points, story, vocabulary) {
        drafts.push(draft);
    }
    drafts
}

/// Returns the fact in which two reports name other days, months or years of one event: a report's only time of it against
/// what the others agree on, or, where none agree, against another report's.
fn quarrel(
    agreeing: &[Vec<When>],
    alone: &[When],
    points: &Points,
    story: &StoryReadings<'_>,
    vocabulary: &mut Vocabulary,
) -> Option<Draft> {
    let known: Vec<&When> = agreeing.iter().flatten().chain(alone).collect();
    for when in alone {
        let against = known.iter().find(|other| {
            other.report != when.report
                && !other.fits(when)
                && other.is_comparable(when)
                && is_of_one_event(when, other, points, story, vocabulary)
                // The report gives this event the other day as well: then the two are two events to it.
                && !known.iter().any(|own| own.report == when.report && own.fits(other))
        });
        if let Some(against) = against {
            let what = if when.is_day() && against.is_day() {
                "another day"
            } else {
                "another time"
            };
            let reason = format!("{what}: {} against {}", against.written, when.written);
            let mut whens: Vec<&When> = known
                .iter()
                .copied()
                .filter(|other| other.fits(against))
                .collect();
            whens.push(when);
            return Some(
                Draft::new(FactKind::Time, 2, cells(whens.into_iter())).differs(Difference::Value, reason),
            );
        }
    }
    None
}

/// Returns true where the clauses of two times tell of one event.
fn is_of_one_event(
    one: &When,
    other: &When,
    points: &Points,
    story: &StoryReadings<'_>,
    vocabulary: &mut Vocabulary,
) -> bool {
    let likeness = evidence::alike(&one.evidence, &other.evidence, &points.all);
    likeness >= SAME_EVENT
        || likeness >= SAME_EVENT_OF_ONE_VERB
            && have_one_verb(&one.evidence, &other.evidence, points, story, vocabulary)
}

/// Returns the time among several that fit each other which covers the fewest days, the first of several such.
fn most_precise(whens: &[When]) -> Option<&When> {
    let length = |when: &When| {
        when.days
            .map_or(i32::MAX, |(first, last)| (last - first).get_days())
    };
    whens.iter().min_by_key(|when| length(when))
}

/// Returns how many reports some times stand in.
fn distinct_reports<'whens>(whens: impl Iterator<Item = &'whens When>) -> usize {
    let mut reports: Vec<usize> = whens.map(|when| when.report).collect();
    reports.sort_unstable();
    reports.dedup();
    reports.len()
}

/// Returns the cells of some times.
fn cells<'whens>(whens: impl Iterator<Item = &'whens When>) -> Vec<DraftCell> {
    whens
        .map(|when| DraftCell::new(when.evidence.clone(), when.written.clone()))
        .collect()
}

/// Returns when the clause of some evidence says that it was: the time of the clause, or the only one of its sentence.
fn when(evidence: &Evidence, points: &[Point], story: &StoryReadings<'_>) -> Option<When> {
    let point = points.get(evidence.point)?;
    let reading = story.readings.get(point.report)?;
    let text = &story.reports.get(point.report)?.text;
    let named: Vec<&TimeMention> = reading
        .times
        .iter()
        .filter(|time| time.sentence == point.sentence && names_a_date(time))
        .collect();
    // A day tells more of when an event was than the year in which something else began.
    let precise = |times: &[&'_ TimeMention]| {
        let says_its_day =
            |time: &&&TimeMention| is_precise(time) && !is_bare_clock(time, time.span.text(text));
        let day = times
            .iter()
            .find(says_its_day)
            .or_else(|| times.iter().find(|time| is_precise(time)));
        day.or(times.first()).map(|time| time.span)
    };
    let inside: Vec<&TimeMention> = named
        .iter()
        .copied()
        .filter(|time| evidence.span.contains(time.span))
        .collect();
    let days = named.iter().filter(|time| is_precise(time)).count();
    let chosen =
        precise(&inside).or_else(|| (days.max(1) == named.len()).then(|| precise(&named)).flatten())?;
    let time = *named.iter().find(|time| time.span == chosen)?;
    let days = time.value.as_ref().and_then(rashomon_core::TimeValue::days);
    let evidence = if evidence.span.contains(time.span) {
        evidence.clone()
    } else {
        evidence::at(evidence.point, time.span, points, story)?
    };
    let written = time.span.text(text).to_owned();
    let value = days
        .and(time.value.as_ref())
        .map_or_else(|| written.clone(), ToString::to_string);
    let before = text.get(point.span.start..time.span.start).unwrap_or_default();
    let words = time_words::in_words(time.value.as_ref(), before).unwrap_or_else(|| written.clone());
    Some(When {
        evidence,
        report: point.report,
        days,
        name: name(time, &written),
        said: spoken(&time.expression).unwrap_or_else(|| written.to_lowercase()),
        written: value,
        words,
    })
}

/// Returns true for a time that names a day, a part of one, or a longer time on the calendar: a month, a year.
fn names_a_date(time: &TimeMention) -> bool {
    match time.value.as_ref().and_then(rashomon_core::TimeValue::days) {
        Some(_) => true,
        None => matches!(
            time.expression,
            TimeExpression::Weekday(..) | TimeExpression::MonthDay(..)
        ),
    }
}

/// Returns true for a time of day without a day: "at 9:25", not "at 9:25 on Monday" or "at 9:25 this morning".
fn is_bare_clock(time: &TimeMention, written: &str) -> bool {
    let lower = written.to_lowercase();
    let names_its_day = ["today", "tonight", "this"]
        .iter()
        .any(|word| lower.contains(word));
    match &time.expression {
        TimeExpression::Clock(_, _, day) | TimeExpression::UtcClock(_, _, day) => {
            matches!(**day, TimeExpression::Offset(_, 0, _)) && !names_its_day
        }
        _ => false,
    }
}

/// Returns true for a time that names one day.
fn is_precise(time: &TimeMention) -> bool {
    let days = time.value.as_ref().and_then(rashomon_core::TimeValue::days);
    days.is_none_or(|(first, last)| first == last)
}

/// Returns the day of the week, of a year or the month that an expression names without a year.
fn spoken(expression: &TimeExpression) -> Option<String> {
    match expression {
        TimeExpression::Weekday(weekday, ..) => Some(format!("{weekday:?}")),
        TimeExpression::MonthDay(month, day, _) => Some(format!("{month}-{day}")),
        TimeExpression::Month(month, _) => Some(month.to_string()),
        TimeExpression::Clock(_, _, day) | TimeExpression::UtcClock(_, _, day) => spoken(day),
        _ => None,
    }
}

/// Returns the name of a day that has no date.
fn name(time: &TimeMention, written: &str) -> String {
    match &time.expression {
        TimeExpression::Weekday(weekday, ..) => format!("{weekday:?}"),
        TimeExpression::MonthDay(month, day, _) => format!("{month}-{day}"),
        _ => written.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Published, Report};

    use super::*;
    use crate::test_story::ledger_of;

    /// Returns the reasons of the differences between times of two reports, published on days of May 2024.
    fn differences(one: (&str, &str), other: (&str, &str)) -> Vec<String> {
        let report = |id: &str, (day, text): (&str, &str)| {
            let mut report = Report::new(id, text);
            report.published = Published::stated(format!("2024-05-{day}").parse().unwrap());
            report
        };
        let reports = [report("a", one), report("b", other)];
        let facts = ledger_of(&reports).facts.into_iter();
        facts
            .filter(|fact| fact.kind == FactKind::Time && fact.difference.is_some())
            .map(|fact| fact.reason)
            .collect()
    }

    #[test]
    fn other_days_of_one_event_differ() {
        let one = (
            "17",
            "The painter Orla Venn died early on Thursday in the hospital of Senby.",
        );
        let other = (
            "17",
            "The painter Orla Venn died early on Tuesday in the hospital of Senby.",
        );
        assert_eq!(differences(one, other).len(), 1);
    }

    #[test]
    fn one_word_for_a_day_is_one_day() {
        // The one looks back from Thursday, and the other, on the same day, ahead: the days are reckoned, not said.
        let one = ("16", "The council of Senby opened the Orsel bridge on Friday.");
        let other = ("16", "The council of Senby will open the Orsel bridge on Friday.");
        assert_eq!(differences(one, other), Vec::<String>::new());
    }

    #[test]
    fn a_year_is_no_other_answer_than_a_day() {
        let one = (
            "17",
            "The painter Orla Venn, founder of the Senby museum, died on Thursday in Senby.",
        );
        let other = (
            "17",
            "The painter Orla Venn founded the Senby museum in 1955 in Senby.",
        );
        assert_eq!(differences(one, other), Vec::<String>::new());
    }
}
