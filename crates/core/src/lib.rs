//! The words of Rashomon as types.
//!
//! Every stage of Rashomon takes types of this crate and gives types of this crate; it holds no algorithm
//! beyond what a type needs to be itself, and it never reads or writes anything.
//!
//! ```
//! use rashomon_core::{CharacterOffsets, Span};
//!
//! let text = "“Gut,” sagte Jörn.";
//! let span = Span::of(text, "Jörn").unwrap_or_default();
//! assert_eq!(span.text(text), "Jörn");
//! // Inside, spans count bytes; what leaves the program counts Unicode characters.
//! assert_eq!(CharacterOffsets::new(text).span(span), Span::new(13, 17));
//! ```
//!
//! # Concepts
//!
//! - **report**: one article of an outlet, as published ([`Report`]).
//! - **reading**: what was understood in one report ([`Reading`]).
//! - **story**: the reports that speak of one event ([`Story`]); a **copy** is a report taken from another ([`struct@Copy`]).
//! - **ledger**: all facts of a story ([`Ledger`]); a **fact** is one point that its reports speak of ([`Fact`]), a
//!   **cell** what one report says of it ([`Cell`]).
//! - **history**: the values of a fact in the order of time ([`History`]); **expectation**: a statement about what will
//!   happen, which later reports settle ([`Expectation`]).
//! - **brief**: the ledger, composed for reading ([`Brief`]).
//!
//! # The way of the data
//!
//! 1. `rashomon-ingest` turns bytes into a [`Report`].
//! 2. `rashomon-language` turns a report into a [`Reading`].
//! 3. `rashomon-story` groups reports into [`Story`]s and finds copies.
//! 4. `rashomon-compare` lays a story's statements side by side in a [`Ledger`].
//! 5. `rashomon-brief` composes a [`Brief`] and renders it.

mod brief;
mod event;
mod judgement;
mod ledger;
mod number;
mod reading;
mod report;
mod span;
mod story;
mod time;

pub use brief::{Brief, Line, LineCite, Sections};
pub use event::{Event, EventKind};
pub use judgement::{
    Change, ClauseCite, Credibility, Expectation, History, HistoryStep, Outcome, SourceGrade,
};
pub use ledger::{Cell, Difference, Fact, FactKind, Ledger, StoryEntity, StoryMention, Verdict};
pub use number::{LabelledNumber, NumberKind, QuantityKind};
pub use reading::{
    Entity, EntityKind, Mention, MentionKind, PartOfSpeech, Place, Quantity, QuantityRelation, Quote,
    QuoteKind, Reading, Sentence, SentenceKind, Source, SourceKind, Statement, Status, TimeMention, Token,
    Trend,
};
pub use report::{Published, PublishedBasis, Report};
pub use span::{CharacterOffsets, Span};
pub use story::{Copy, Story, StoryReadings};
pub use time::{DayPart, Direction, Season, TimeExpression, TimeUnit, TimeValue};

/// Dates come from `jiff`, re-exported so that users of these types need not name its version.
pub use jiff::civil::Date;
