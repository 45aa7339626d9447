//! From a story to its ledger: statements aligned into facts, verdicts, origins.
//!
//! ```
//! use rashomon_core::{Report, StoryReadings, Verdict};
//!
//! let reports = [
//!     Report::new("a", "The ferry sank off Port Ansel on Monday. At least five passengers died, police said."),
//!     Report::new("b", "A ferry sank off Port Ansel on Monday. Nine passengers died in the ferry accident."),
//! ];
//! let story = StoryReadings {
//!     id: "s-1".to_owned(),
//!     reports: reports.iter().collect(),
//!     readings: reports.iter().map(rashomon_language::read).collect(),
//!     copies: Vec::new(),
//! };
//! let ledger = rashomon_compare::compare(&story);
//! assert!(!ledger.facts.is_empty());
//! ```
//!
//! # Concepts
//!
//! - A **pair** of sentences has features, and a model of boosted trees says how likely both speak of one point
//!   ([`alignment`]).
//! - Likely pairs make **groups** by average linkage, so that nothing chains; a sentence may stand in several.
//! - A group gives **facts**: of its numbers, times, places and quotes, and of the point itself.
//! - A fact has a **verdict**: numbers are compared as intervals, times as days, quotes word by word, certainty by
//!   status, attribution by origin.
//!
//! # The way of the data
//!
//! 0. [`settle_speakers`], before all: who "he" is, where another report names the speaker of the same words;
//! 1. entities of the reports are brought together;
//! 2. every sentence becomes a point with its weighted terms, names, days and quantities;
//! 3. pairs are scored and grouped;
//! 4. facts are drafted by kind, weighed, labelled and put in order;
//! 5. over the facts: histories of values, how well each fact is supported, and what became of what was expected.

pub mod alignment;
mod anniversary_facts;
mod candidates;
mod certainty_facts;
mod certainty_guards;
mod clause_terms;
mod clause_words;
mod clock_facts;
mod credibility;
mod draft;
mod entities;
mod evidence;
mod expectations;
mod features;
mod framing_facts;
mod groups;
mod history;
mod judge;
mod kin_facts;
mod labels;
mod ledger;
mod model;
mod name_facts;
mod origins;
mod people_facts;
mod place_facts;
mod point_facts;
mod points;
mod quantities;
mod quantity_facts;
mod quantity_likeness;
mod quantity_words;
mod quote_facts;
mod quote_words;
pub mod register;
mod speakers;
mod terms;
#[cfg(test)]
mod test_story;
mod time_facts;
mod time_words;

pub use judge::CompareOptions;
pub use ledger::{compare, compare_with_options};
pub use register::{RegisterError, SourceRegister};
pub use speakers::settle_speakers;
