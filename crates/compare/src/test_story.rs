//! Stories for tests.

use rashomon_core::{Fact, Ledger, Report, StoryReadings};

/// Returns reports as one story, read, none of them a copy.
pub(crate) fn story_of(reports: &[Report]) -> StoryReadings<'_> {
    StoryReadings {
        id: "s".to_owned(),
        reports: reports.iter().collect(),
        readings: reports.iter().map(rashomon_language::read).collect(),
        copies: Vec::new(),
    }
}

/// Returns the ledger of reports as one story.
pub(crate) fn ledger_of(reports: &[Report]) -> Ledger {
    crate::compare(&story_of(reports))
}

/// Returns the reasons of the facts that are wanted of a story of two reports.
pub(crate) fn reasons_of(one: &str, other: &str, wanted: impl Fn(&Fact) -> bool) -> Vec<String> {
    let facts = ledger_of(&[Report::new("herald", one), Report::new("post", other)]).facts;
    facts
        .into_iter()
        .filter(|fact| wanted(fact))
        .map(|fact| fact.reason)
        .collect()
}
