//! Facts about events and states: what happened, what is the case, and whether it is so.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::{Difference, FactKind, PartOfSpeech, SourceKind, Status, StoryReadings};

use crate::draft::{Draft, DraftCell};
use crate::evidence::{self, Evidence};
use crate::origins::Origins;
use crate::points::Points;
use crate::terms::normal_form;

/// Returns the fact of a group of clauses that speak of one point.
pub(crate) fn point_fact(
    group: &[Evidence],
    points: &Points,
    story: &StoryReadings<'_>,
    origins: &Origins,
    likelihood: f64,
) -> Draft {
    let report = |evidence: &Evidence| points.all.get(evidence.point).map_or(0, |point| point.report);
    let cells: Vec<DraftCell> = group
        .iter()
        .map(|evidence| DraftCell {
            evidence: evidence.clone(),
            value: story.text(report(evidence), evidence.span).to_owned(),
        })
        .collect();
    let reports: BTreeSet<usize> = group.iter().map(report).collect();
    let kind = kind(group, points, story);
    let draft = Draft::new(kind, reports.len(), cells);
    if let Some(reason) = certainty(group, points, story, likelihood) {
        let mut draft = draft.differs(Difference::Certainty, reason);
        draft.kind = FactKind::Status;
        return draft;
    }
    if let Some(reason) = attribution(group, &report, origins, likelihood) {
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

/// A group whose sentences are less likely one point than this gives no difference of certainty.
const LEAST_LIKELY_FOR_CERTAINTY: f64 = 0.5;
/// Two clauses less alike than this give none either: they may be about other things.
const LEAST_ALIKE_FOR_CERTAINTY: f64 = 0.3;
/// The same where both have one verb, or one says outright that it is not confirmed.
const LEAST_ALIKE_OF_ONE_VERB: f64 = 0.12;
/// Verbs are one where so many letters of theirs are: "meet", "meeting".
const LETTERS_OF_A_VERB: usize = 4;
/// The same for a difference of attribution, which few readers would call a difference.
const LEAST_LIKELY_FOR_ATTRIBUTION: f64 = 0.9;

/// Returns why the reports differ in how surely they say it: two of them share no status, and their clauses are about
/// the same thing.
fn certainty(
    group: &[Evidence],
    points: &Points,
    story: &StoryReadings<'_>,
    likelihood: f64,
) -> Option<String> {
    if likelihood < LEAST_LIKELY_FOR_CERTAINTY {
        return None;
    }
    let report = |evidence: &Evidence| points.all.get(evidence.point).map_or(0, |point| point.report);
    let mut said: BTreeMap<usize, BTreeSet<Status>> = BTreeMap::new();
    for evidence in group {
        said.entry(report(evidence)).or_default().insert(evidence.status);
    }
    for (place, one) in group.iter().enumerate() {
        for other in group
            .iter()
            .skip(place + 1)
            .filter(|other| report(other) != report(one))
        {
            let disjoint = match (said.get(&report(one)), said.get(&report(other))) {
                (Some(own), Some(their)) => own.is_disjoint(their),
                _ => false,
            };
            let least = || {
                let doubted = |evidence: &Evidence| evidence.status == Status::Unconfirmed;
                let own = predicates(one, points, story);
                let their = predicates(other, points, story);
                if doubted(one) || doubted(other) || own.iter().any(|verb| their.contains(verb)) {
                    LEAST_ALIKE_OF_ONE_VERB
                } else {
                    LEAST_ALIKE_FOR_CERTAINTY
                }
            };
            if disjoint && evidence::alike(one, other, &points.all) >= least() {
                let reason = format!(
                    "another certainty: {} against {}",
                    one.status.as_str(),
                    other.status.as_str()
                );
                return Some(reason);
            }
        }
    }
    None
}

/// Returns the beginnings of the verbs in the predicate of some evidence.
fn predicates(evidence: &Evidence, points: &Points, story: &StoryReadings<'_>) -> Vec<String> {
    let found = || {
        let report = points.all.get(evidence.point)?.report;
        let (reading, text) = (story.readings.get(report)?, &story.reports.get(report)?.text);
        let predicate = reading.statements.get(evidence.statement?)?.predicate?;
        let first = reading
            .tokens
            .partition_point(|token| token.span.start < predicate.start);
        let verbs = reading.tokens.get(first..)?.iter();
        let verbs = verbs
            .take_while(|token| token.span.start < predicate.end)
            .filter(|token| token.tag == Some(PartOfSpeech::Verb))
            .map(|token| {
                let form = normal_form(token.span.text(text));
                form.chars().take(LETTERS_OF_A_VERB).collect()
            });
        Some(verbs.collect())
    };
    found().unwrap_or_default()
}

/// Returns why the reports differ in on whose word it rests: each names sources, and two name none in common.
fn attribution(
    group: &[Evidence],
    report: &impl Fn(&Evidence) -> usize,
    origins: &Origins,
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
        named
            .entry(report(evidence))
            .or_default()
            .insert(origins.origin(report(evidence), Some(source)));
    }
    let named: Vec<&BTreeSet<String>> = named.values().collect();
    for (place, one) in named.iter().enumerate() {
        for other in named.iter().skip(place + 1) {
            if one.is_disjoint(other) {
                let words = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
                return Some(format!("another source: {} against {}", words(one), words(other)));
            }
        }
    }
    None
}
