//! Markdown to a report.

use rashomon_core::Report;

use crate::row::Place;
use crate::{IngestError, text};

/// Returns the report of a Markdown text.
pub(crate) fn report_of_markdown(markdown: &str, place: Place<'_>) -> Result<Report, IngestError> {
    text::report_of_text(markdown.to_owned(), place)
}
