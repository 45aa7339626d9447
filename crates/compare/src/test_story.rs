//! Stories for tests.

use rashomon_core::{Ledger, Report, StoryReadings};

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
