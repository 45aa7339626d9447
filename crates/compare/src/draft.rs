//! A fact before it has its number, weight and label.

use rashomon_core::{Difference, FactKind, StoryReadings, Verdict};

use crate::evidence::Evidence;
use crate::points::Points;

/// A cell before its origin is known.
#[derive(Clone, Debug)]
pub(crate) struct DraftCell {
    /// What it rests on.
    pub(crate) evidence: Evidence,
    /// What it says, in a few words.
    pub(crate) value: String,
    /// Whether the verdict rests on it.
    pub(crate) decisive: bool,
}

impl DraftCell {
    /// Returns a cell on which the verdict rests.
    pub(crate) fn new(evidence: Evidence, value: String) -> Self {
        Self {
            evidence,
            value,
            decisive: true,
        }
    }
}

/// Returns the cells of a group of clauses, each of which says what it says, and the number of their reports.
pub(crate) fn cells_of_clauses(
    group: &[Evidence],
    points: &Points,
    story: &StoryReadings<'_>,
) -> (Vec<DraftCell>, usize) {
    let report = |evidence: &Evidence| points.all.get(evidence.point).map_or(0, |point| point.report);
    let cells = group.iter().map(|evidence| {
        let clause = story.text(report(evidence), evidence.span).to_owned();
        DraftCell::new(evidence.clone(), clause)
    });
    let mut reports: Vec<usize> = group.iter().map(report).collect();
    reports.sort_unstable();
    reports.dedup();
    (cells.collect(), reports.len())
}

/// A fact before it has its number, weight and label.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// What it is about.
    pub(crate) kind: FactKind,
    /// How the reports stand to each other.
    pub(crate) verdict: Verdict,
    /// In what they differ.
    pub(crate) difference: Option<Difference>,
    /// Why.
    pub(crate) reason: String,
    /// What the point is, where the kind of fact knows better than its clauses: the value on which the reports agree
    /// ("some 15,000 troops"), or what it is a value of ("troops").
    pub(crate) topic: Option<String>,
    /// What the reports say.
    pub(crate) cells: Vec<DraftCell>,
}

impl Draft {
    /// Returns a draft of a fact in which the reports agree, or that only one of them has.
    pub(crate) fn new(kind: FactKind, reports: usize, cells: Vec<DraftCell>) -> Self {
        let (verdict, reason) = if reports > 1 {
            (Verdict::Agree, "what the reports say fits together")
        } else {
            (Verdict::Single, "only one report speaks of it")
        };
        Self {
            kind,
            verdict,
            difference: None,
            reason: reason.to_owned(),
            topic: None,
            cells,
        }
    }

    /// Makes it a fact in which the reports differ.
    #[must_use]
    pub(crate) fn differs(mut self, difference: Difference, reason: String) -> Self {
        self.verdict = Verdict::Differ;
        self.difference = Some(difference);
        self.reason = reason;
        self
    }
}
