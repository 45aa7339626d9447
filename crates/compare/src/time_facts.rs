//! Facts about times: when.

use rashomon_core::{Date, Difference, FactKind, StoryReadings, TimeExpression, TimeMention};

use crate::draft::{Draft, DraftCell};
use crate::evidence::{self, Evidence};
use crate::features::cosine;
use crate::points::{Point, Points};

/// Two clauses less alike than this are not held to tell of one event, so that other days are no difference.
const SAME_EVENT: f64 = 0.45;

/// When a cell says that it was.
#[derive(Clone, Debug)]
struct When {
    evidence: Evidence,
    report: usize,
    /// The days it names, or the name of a day that no day of publication explains.
    days: Option<(Date, Date)>,
    name: String,
    written: String,
}

impl When {
    /// Returns true when two times can be one.
    fn fits(&self, other: &Self) -> bool {
        match (self.days, other.days) {
            (Some(own), Some(their)) => own.0 <= their.1 && their.0 <= own.1,
            _ => self.name == other.name,
        }
    }

    /// Returns true when it names one day.
    fn is_day(&self) -> bool {
        self.days.is_none_or(|(first, last)| first == last)
    }
}

/// Returns the fact of when the event of a group was, where at least two of its reports name a day.
pub(crate) fn time_fact(group: &[Evidence], points: &Points, story: &StoryReadings<'_>) -> Option<Draft> {
    let whens: Vec<When> = group
        .iter()
        .filter_map(|evidence| when(evidence, &points.points, story))
        .collect();
    let mut reports: Vec<usize> = whens.iter().map(|when| when.report).collect();
    reports.sort_unstable();
    reports.dedup();
    if reports.len() < 2 {
        return None;
    }
    // The day on which most reports agree leads; what fits it agrees.
    let lead = whens.iter().max_by_key(|when| {
        let mut agreeing: Vec<usize> = whens
            .iter()
            .filter(|other| other.fits(when))
            .map(|other| other.report)
            .collect();
        agreeing.sort_unstable();
        agreeing.dedup();
        (
            agreeing.len(),
            std::cmp::Reverse((when.report, when.evidence.span)),
        )
    })?;
    let (fitting, other): (Vec<&When>, Vec<&When>) = whens.iter().partition(|when| when.fits(lead));
    let agreeing_reports = |whens: &[&When]| {
        let mut reports: Vec<usize> = whens.iter().map(|when| when.report).collect();
        reports.dedup();
        reports.len()
    };
    let quarrel = other.iter().find(|when| {
        fitting.iter().all(|fitting| fitting.report != when.report)
            && when.is_day()
            && lead.is_day()
            && alike(&when.evidence, &lead.evidence, &points.points) >= SAME_EVENT
    });
    let cells = |whens: &[&When]| -> Vec<DraftCell> {
        whens
            .iter()
            .map(|when| DraftCell {
                evidence: when.evidence.clone(),
                value: when.written.clone(),
            })
            .collect()
    };
    if let Some(quarrel) = quarrel {
        let reason = format!("another day: {} against {}", lead.written, quarrel.written);
        let all: Vec<&When> = whens.iter().collect();
        return Some(Draft::new(FactKind::Time, 2, cells(&all)).differs(Difference::Value, reason));
    }
    (agreeing_reports(&fitting) > 1).then(|| Draft::new(FactKind::Time, 2, cells(&fitting)))
}

/// Returns how alike the clauses of two pieces of evidence are.
fn alike(one: &Evidence, other: &Evidence, points: &[Point]) -> f64 {
    let weights = |evidence: &Evidence| {
        let point = points.get(evidence.point)?;
        let place = point
            .statements
            .iter()
            .position(|&statement| Some(statement) == evidence.statement)?;
        point.statement_weights.get(place)
    };
    match (weights(one), weights(other)) {
        (Some(own), Some(their)) => cosine(own, their),
        _ => 0.0,
    }
}

/// Returns when the clause of some evidence says that it was: the time of the clause, or the only one of its sentence.
fn when(evidence: &Evidence, points: &[Point], story: &StoryReadings<'_>) -> Option<When> {
    let point = points.get(evidence.point)?;
    let reading = story.readings.get(point.report)?;
    let text = &story.reports.get(point.report)?.text;
    let named: Vec<&TimeMention> = reading
        .times
        .iter()
        .filter(|time| time.sentence == point.sentence && names_a_day(time))
        .collect();
    let inside: Vec<&&TimeMention> = named
        .iter()
        .filter(|time| evidence.span.contains(time.span))
        .collect();
    let time = match (inside.as_slice(), named.as_slice()) {
        ([time, ..], _) => **time,
        ([], [time]) => *time,
        _ => return None,
    };
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
    Some(When {
        evidence,
        report: point.report,
        days,
        name: name(time, &written),
        written: value,
    })
}

/// Returns true for a time that names a day, or a part of one.
fn names_a_day(time: &TimeMention) -> bool {
    match time.value.as_ref().and_then(rashomon_core::TimeValue::days) {
        Some((first, last)) => first == last,
        None => matches!(
            time.expression,
            TimeExpression::Weekday(..) | TimeExpression::MonthDay(..)
        ),
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
