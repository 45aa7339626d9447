//! The day of publication of undated reports, from what the texts of a story say together.

use rashomon_core::{Date, Reading, Report};

/// What one report says that tells when it was published.
#[derive(Clone, Debug, PartialEq)]
pub struct DateEvidence {
    /// The day that fits.
    pub day: Date,
    /// Why, in words for a reader.
    pub reason: String,
}

/// The day on which a report was published, as far as the texts tell.
#[derive(Clone, Debug, PartialEq)]
pub struct InferredDate {
    /// The day.
    pub day: Date,
    /// Why, in words for a reader: 'its "Tuesday" and "September 2" of another report, in the 80th year after 1945'.
    pub reason: String,
}

/// Returns for each report of a story the day on which it was published, where it states none and the texts tell it.
/// `as_of` is the last day that is considered, where the user names one.
pub fn infer_dates(
    reports: &[&Report],
    _readings: &[Reading],
    _as_of: Option<Date>,
) -> Vec<Option<InferredDate>> {
    reports.iter().map(|_| None).collect()
}
