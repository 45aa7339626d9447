//! Stories for tests.

use rashomon_core::{Ledger, Report, StoryReadings};

/// Returns the ledger of reports as one story, none of them a copy.
pub(crate) fn ledger_of(reports: &[Report]) -> Ledger {
    crate::compare(&StoryReadings {
        id: "s".to_owned(),
        reports: reports.iter().collect(),
        readings: reports.iter().map(rashomon_language::read).collect(),
        copies: Vec::new(),
    })
}
