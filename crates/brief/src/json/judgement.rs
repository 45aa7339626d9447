//! Histories, credibility and expectations, as the JSON of a brief writes them.

use rashomon_core::{ClauseCite, Credibility, Expectation, Fact, History};
use serde::Serialize;

use super::parts::{Number, SpanJson};

/// How well something is supported.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct CredibilityJson {
    number: u8,
    rule: &'static str,
}

impl CredibilityJson {
    pub(super) fn new(credibility: Credibility) -> Self {
        Self {
            number: credibility.number(),
            rule: credibility.rule(),
        }
    }
}

#[derive(Debug, Serialize)]
struct StepJson<'story> {
    value: &'story str,
    number: Number,
    published: String,
    instant: Option<String>,
    reports: Vec<&'story str>,
}

/// The values of a fact in the order of time.
#[derive(Debug, Serialize)]
pub(super) struct HistoryJson<'story> {
    change: &'static str,
    steps: Vec<StepJson<'story>>,
    never_updated: Vec<&'story str>,
}

impl<'story> HistoryJson<'story> {
    /// Returns a history whose reports have these ids.
    pub(super) fn new(history: &'story History, fact: &Fact, ids: &[&'story str]) -> Self {
        let id = |report: usize| ids.get(report).copied().unwrap_or_default();
        let steps = history.steps.iter().map(|step| {
            let mut reports: Vec<&str> = Vec::new();
            for cell in step.cells.iter().filter_map(|&cell| fact.cells.get(cell)) {
                if !reports.contains(&id(cell.report)) {
                    reports.push(id(cell.report));
                }
            }
            StepJson {
                value: &step.value,
                number: Number(step.number),
                published: step.day.to_string(),
                instant: step.instant.map(|instant| instant.to_string()),
                reports,
            }
        });
        Self {
            change: history.change.as_str(),
            steps: steps.collect(),
            never_updated: history.never_updated.iter().map(|&report| id(report)).collect(),
        }
    }
}

/// A clause with its sentence.
#[derive(Debug, Serialize)]
pub(super) struct CitedClauseJson<'story> {
    pub(super) report: &'story str,
    #[serde(flatten)]
    pub(super) at: SpanJson,
    pub(super) text: &'story str,
    pub(super) evidence: SpanJson,
}

/// A statement about what will happen.
#[derive(Debug, Serialize)]
pub(super) struct ExpectationJson<'story> {
    id: &'story str,
    status: &'static str,
    attributed_to: Option<&'story str>,
    when: Option<&'story str>,
    days: Option<[String; 2]>,
    outcome: &'static str,
    settled_by: Option<CitedClauseJson<'story>>,
    cites: Vec<CitedClauseJson<'story>>,
}

impl<'story> ExpectationJson<'story> {
    pub(super) fn new(
        expectation: &'story Expectation,
        cited: impl Fn(&ClauseCite) -> CitedClauseJson<'story>,
    ) -> Self {
        Self {
            id: &expectation.id,
            status: expectation.status.as_str(),
            attributed_to: expectation.attributed_to.as_deref(),
            when: expectation.when.as_deref(),
            days: expectation
                .days
                .map(|(first, last)| [first.to_string(), last.to_string()]),
            outcome: expectation.outcome.as_str(),
            settled_by: expectation.settled_by.as_ref().map(&cited),
            cites: expectation.cites.iter().map(&cited).collect(),
        }
    }
}
