//! Facts about events and states: what happened, and what is the case.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::{Difference, FactKind, SourceKind, Status, StoryReadings};

use crate::draft::{Draft, cells_of_clauses};
use crate::evidence::Evidence;
use crate::origins::Origins;
use crate::points::Points;

/// Returns the fact of a group of clauses that speak of one point.
pub(crate) fn point_fact(
    group: &[Evidence],
    points: &Points,
    story: &StoryReadings<'_>,
    origins: &Origins<'_>,
    likelihood: f64,
) -> Draft {
    let report = |evidence: &Evidence| points.all.get(evidence.point).map_or(0, |point| point.report);
    let (cells, reports) = cells_of_clauses(group, points, story);
    let draft = Draft::new(kind(group, points, story), reports, cells);
    if let Some(reason) = attribution(group, story, &report, origins, likelihood) {
        return draft.differs(Difference::Attribution, reason);
    }
    draft
}

/// Returns what a point is about: an event where most clauses have an action and speak in the report's own voice, a
/// quote where most are quoted, else a statement.
fn kind(group: &[Evidence], points: &Points, story: &StoryReadings<'_>) -> FactKind {
    let mut acts = 0;
    for evidence in group {
        let statement = points
            .all
            .get(evidence.point)
            .and_then(|point| story.readings.get(point.report))
            .and_then(|reading| reading.statements.get(evidence.statement?));
        let act =
            statement.is_some_and(|statement| statement.predicate.is_some() && statement.actor.is_some());
        acts += usize::from(act && evidence.source.is_none() && evidence.status == Status::Asserted);
    }
    if acts * 2 > group.len() {
        FactKind::Event
    } else {
        FactKind::Statement
    }
}

/// A group whose sentences are less likely one point than this gives no difference of attribution, which few readers would
/// call a difference.
const LEAST_LIKELY_FOR_ATTRIBUTION: f64 = 0.9;

/// Returns why the reports differ in on whose word it rests: each names sources, and two name none in common.
fn attribution(
    group: &[Evidence],
    story: &StoryReadings<'_>,
    report: &impl Fn(&Evidence) -> usize,
    origins: &Origins<'_>,
    likelihood: f64,
) -> Option<String> {
    if likelihood < LEAST_LIKELY_FOR_ATTRIBUTION {
        return None;
    }
    let mut named: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for evidence in group {
        let source = evidence
            .source
            .as_ref()
            .filter(|source| source.kind != SourceKind::Unnamed)?;
        let origin = origins.origin(report(evidence), Some(source));
        // Whom "he" means is too unsure to say that two newsrooms quote two people.
        let words = story.text(report(evidence), source.span).to_lowercase();
        if matches!(words.as_str(), "he" | "she" | "they" | "it") {
            return None;
        }
        // "Health officials" and "the police" may be anybody's.
        if !origin.starts_with(char::is_uppercase) {
            return None;
        }
        named.entry(report(evidence)).or_default().insert(origin);
    }
    let named: Vec<&BTreeSet<String>> = named.values().collect();
    for (place, one) in named.iter().enumerate() {
        for other in named.iter().skip(place + 1) {
            let related = |own: &String| other.iter().any(|their| origins.are_related(own, their));
            if !one.iter().any(related) {
                let words = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
                return Some(format!("another source: {} against {}", words(one), words(other)));
            }
        }
    }
    None
}
