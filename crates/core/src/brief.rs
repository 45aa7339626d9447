//! The ledger, composed for reading.

use crate::{Ledger, Span, StoryReadings};

/// Where a line of a brief stands in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineCite {
    /// The report, as a position in the story's reports.
    pub report: usize,
    /// Where the sentence stands.
    pub span: Span,
}

/// A line of a brief: a sentence of a report, verbatim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The words: those of the first cite.
    pub text: String,
    /// Where it stands, and where other reports say the same.
    pub cites: Vec<LineCite>,
}

/// The parts of a brief.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    /// What happened.
    pub what_happened: Vec<Line>,
    /// Why it matters.
    pub why_it_matters: Vec<Line>,
    /// What to know.
    pub what_to_know: Vec<Line>,
    /// What people are saying.
    pub what_people_are_saying: Vec<Line>,
    /// What happens next.
    pub what_happens_next: Vec<Line>,
    /// The facts in which reports differ, as positions in the ledger's facts, most consequential first.
    pub where_reports_differ: Vec<usize>,
}

impl Sections {
    /// Returns the lines of all parts, in the order in which they are read.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        [
            &self.what_happened,
            &self.why_it_matters,
            &self.what_to_know,
            &self.what_people_are_saying,
            &self.what_happens_next,
        ]
        .into_iter()
        .flatten()
    }
}

/// The ledger of a story, composed for reading, with all that it cites.
#[derive(Clone, Debug)]
pub struct Brief<'reports> {
    /// The story with its reports and readings.
    pub story: StoryReadings<'reports>,
    /// Its facts.
    pub ledger: Ledger,
    /// The title, or the first sentence, of one report.
    pub headline: String,
    /// Its parts.
    pub sections: Sections,
}
