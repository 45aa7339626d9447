//! From a ledger to a brief, and its renderers.
//!
//! [`compose`] chooses sentences of a story's reports and puts them in order; it never changes one. Four renderers make
//! the same brief into text for a terminal, Markdown, HTML and JSON. All are pure: the same brief gives the same bytes.
//!
//! ```
//! use rashomon_brief::{ComposeOptions, compose, markdown};
//! use rashomon_core::{Ledger, Reading, Report, Sentence, Span, StoryReadings};
//!
//! let text = "The bridge in Port Ansel was opened on Tuesday by its mayor.";
//! let report = Report::new("r1", text);
//! let reading = Reading {
//!     sentences: vec![Sentence { span: Span::new(0, text.len()), ..Sentence::default() }],
//!     ..Reading::default()
//! };
//! let story = StoryReadings {
//!     id: "s-1".to_owned(),
//!     reports: vec![&report],
//!     readings: vec![reading],
//!     copies: Vec::new(),
//! };
//! let brief = compose(story, Ledger::default(), &ComposeOptions::default());
//! assert_eq!(brief.sections.what_happened[0].text, text);
//! assert!(markdown::story(&brief).contains("only one report"));
//! ```
//!
//! # Concepts
//!
//! - A [`Brief`] has parts; a part has **lines**; a line is a sentence of a report, letter for
//!   letter, with a **cite** of every report that says it.
//! - [`export`] has the forms of other programs: CSV, Parquet, STIX, GeoJSON, iCalendar, JSON-LD.
//! - A [`Renderer`] writes a document story by story, so that memory holds one story at a time.

mod compose;
pub mod export;
pub mod html;
pub mod inspection;
pub mod json;
pub mod markdown;
mod pipeline;
pub mod reading;
pub mod report;
mod speaker;
pub mod stories;
mod summary;
pub mod terminal;
mod timeline;
mod view;
mod visible;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use compose::{ComposeOptions, Length, compose};
pub use pipeline::{PipelineOptions, brief_of, prepare, stories_of, story_lines};
pub use rashomon_compare::{RegisterError, SourceRegister};
pub use rashomon_language::read;
pub use summary::Summary;

use std::io;

use rashomon_core::Brief;
use thiserror::Error;

/// Why a brief could not be rendered.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RenderError {
    /// A value has no form in JSON.
    #[error("cannot write the brief as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A template of the page is wrong.
    #[error("cannot write the brief as HTML: {0}")]
    Template(#[from] minijinja::Error),
    /// A value has no form in Parquet.
    #[error("cannot write the ledger as Parquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The form is bytes and no text; [`Renderer::write_end`] writes it.
    #[error("{0} is no text: it can be written to a file or a pipe, and not returned as words")]
    NotText(&'static str),
    /// The place that the brief is written to takes no more.
    #[error("cannot write the brief: {0}")]
    Write(#[from] io::Error),
}

/// Writes a document of briefs, story by story: `begin`, then `story` for each, then `end`. The document is what the
/// three give, one after the other.
pub trait Renderer {
    /// Returns what stands before the first story.
    fn begin(&mut self) -> Result<String, RenderError>;
    /// Returns one story.
    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError>;
    /// Writes one story, as [`story`](Self::story) returns it, to `target`. A renderer whose stories are much larger than their
    /// text does it piece by piece, so that memory never holds the whole.
    fn write_story(&mut self, brief: &Brief<'_>, target: &mut dyn io::Write) -> Result<(), RenderError> {
        Ok(target.write_all(self.story(brief)?.as_bytes())?)
    }
    /// Returns what stands after the last story.
    fn end(&mut self) -> Result<String, RenderError>;
    /// Writes what stands after the last story to `target`: all of it, for a form that is no text.
    fn write_end(&mut self, target: &mut dyn io::Write) -> Result<(), RenderError> {
        Ok(target.write_all(self.end()?.as_bytes())?)
    }
}

/// Returns the whole document of some briefs.
pub fn document(renderer: &mut dyn Renderer, briefs: &[Brief<'_>]) -> Result<String, RenderError> {
    let mut document = renderer.begin()?;
    for brief in briefs {
        document.push_str(&renderer.story(brief)?);
    }
    document.push_str(&renderer.end()?);
    Ok(document)
}

/// The title of the section of quotes.
pub(crate) const PEOPLE: &str = "What people are saying";

/// Sections of a brief that hold lines, with their titles, in the order in which they are read.
pub(crate) fn sections<'brief>(
    brief: &'brief Brief<'_>,
) -> [(&'static str, &'brief [rashomon_core::Line]); 5] {
    let sections = &brief.sections;
    [
        ("What happened", &sections.what_happened),
        ("Why it matters", &sections.why_it_matters),
        ("What to know", &sections.what_to_know),
        (PEOPLE, &sections.what_people_are_saying),
        ("What happens next", &sections.what_happens_next),
    ]
}
