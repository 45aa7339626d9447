//! What is worked out over the facts of a ledger once they are there.

use std::collections::BTreeSet;

use rashomon_core::{Ledger, Published, StoryReadings};

use crate::credibility::judge_credibility;
use crate::expectations::expectations;
use crate::history::{history, reason};
use crate::register::SourceRegister;

/// What the user knows besides the reports.
#[derive(Clone, Debug, Default)]
pub struct CompareOptions {
    /// When each report was published, with what could be inferred; empty: what the reports state.
    pub published: Vec<Published>,
    /// How reliable sources are.
    pub register: SourceRegister,
}

/// Gives each fact its outlets, its history and its credibility, and the ledger its expectations.
pub(crate) fn judge(ledger: &mut Ledger, story: &StoryReadings<'_>, options: &CompareOptions) {
    if options.published.len() == story.reports.len() {
        ledger.published.clone_from(&options.published);
    }
    ledger.grades = story
        .reports
        .iter()
        .map(|report| options.register.grade(report.display_name()))
        .collect();
    for fact in &mut ledger.facts {
        fact.outlets = fact
            .cells
            .iter()
            .filter_map(|cell| story.reports.get(cell.report))
            .map(|report| report.display_name())
            .collect::<BTreeSet<_>>()
            .len();
        for cell in &mut fact.cells {
            cell.grade = options.register.grade(&cell.origin);
        }
        fact.history = history(fact, story, &ledger.published);
        if let Some(history) = &fact.history {
            fact.reason = reason(history);
        }
    }
    judge_credibility(ledger, story);
    ledger.expectations = expectations(ledger, story);
}
