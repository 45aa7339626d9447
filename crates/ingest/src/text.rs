//! Plain text to a report.

use rashomon_core::Report;

use crate::provenance::{TextForm, read_provenance};
use crate::row::Place;
use crate::{IngestError, ids};

/// Returns the report of a plain text. The text is kept as it came, but for the line ends: a carriage return before a
/// line feed goes.
pub(crate) fn report_of_text(text: String, place: Place<'_>) -> Result<Report, IngestError> {
    let text = if text.contains("\r\n") {
        text.replace("\r\n", "\n")
    } else {
        text
    };
    let mut report = Report {
        path: ids::path_of(place.name),
        ..Report::new(ids::stem(place.name), text)
    };
    if report.text.trim().is_empty() {
        return Err(IngestError::Empty {
            path: place.name.to_owned(),
        });
    }
    read_provenance(&mut report, TextForm::WholeFile);
    Ok(report)
}
