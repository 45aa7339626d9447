//! The reports that speak of one event.

use crate::{CharacterOffsets, Reading, Report, Span};

/// The reports that speak of one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// Names the story; the same for the same reports, whatever their order.
    pub id: String,
    /// Its reports, as positions in the list that was grouped, in the order of publication as far as it is known.
    pub reports: Vec<usize>,
}

/// A report, or a part of one, taken from another report.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// The report that was taken from the other, as a position in the same list as the story's reports.
    pub report: usize,
    /// The report it was taken from.
    pub of: usize,
    /// The share of the words of `report` that stand in runs of words which `of` holds too, 0 to 1.
    pub share: f64,
    /// The passages of `report` that `of` holds too.
    pub passages: Vec<Span>,
}

/// A story with its reports and their readings side by side: what the comparison takes.
#[derive(Clone, Debug)]
pub struct StoryReadings<'reports> {
    /// Names the story.
    pub id: String,
    /// The reports.
    pub reports: Vec<&'reports Report>,
    /// The reading of each report, in the same order.
    pub readings: Vec<Reading>,
    /// The copies among them; positions are those of `reports` here.
    pub copies: Vec<Copy>,
}

impl StoryReadings<'_> {
    /// Returns the words of a span in the text of a report, given by its position; none where there is no such report.
    pub fn text(&self, report: usize, span: Span) -> &str {
        self.reports
            .get(report)
            .map_or("", |report| span.text(&report.text))
    }

    /// Returns for each report where its Unicode characters stand.
    pub fn character_offsets(&self) -> Vec<CharacterOffsets<'_>> {
        self.reports
            .iter()
            .map(|report| CharacterOffsets::new(&report.text))
            .collect()
    }
}
