//! From a report to its reading.
//!
//! ```
//! use rashomon_core::Report;
//!
//! let report = Report::new("r1", "Mayor Ada Brown opened the bridge on Tuesday.");
//! let reading = rashomon_language::read(&report);
//! assert_eq!(reading.sentences.len(), 1);
//! ```

mod context;
mod dating;
mod events;
mod grammar;
mod lemmas;
mod lexicon;
mod names;
pub mod network;
mod places;
mod quantities;
mod quotes;
mod sentences;
mod statements;
mod times;
mod tokens;
mod verbs;

pub use dating::{InferredDate, infer_dates};
pub use grammar::{WordGrammar, read_words};
pub use lemmas::{LemmaRules, fold_form, token_lemma};
pub use places::fold_name;
pub use quotes::choice::training as quote_training;
use rashomon_core::{Date, Reading, Report};

use crate::context::Context;

/// Reads reports one after another. It keeps what it worked out for a word, at most some megabytes, and so reads the next
/// report faster; the reading of a report is the same whatever was read before it.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    known: network::Known,
}

impl Reader {
    /// Returns a reader that has read nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the first half of a report's reading: its sentences, its tokens with their parts of speech and trees, and its
    /// entities. The other lists are empty.
    pub fn read_language(&mut self, report: &Report) -> Reading {
        let text = report.text.as_str();
        let mut reading = Reading {
            sentences: sentences::sentences(report),
            ..Reading::default()
        };
        reading.tokens = tokens::tokens(text, &mut reading.sentences);
        let names = grammar::read_grammar(text, &reading.sentences, &mut reading.tokens, &mut self.known);
        let context = Context::new(text, &reading.sentences, &reading.tokens);
        let entities = names::entities(&context, &names);
        drop(context);
        reading.entities = entities;
        reading
    }

    /// Returns the reading of a report. Times that need a reference day are resolved where the report states its day of
    /// publication; otherwise they wait for [`resolve_times`].
    pub fn read(&mut self, report: &Report) -> Reading {
        let reading = self.read_language(report);
        read_findings(report, reading)
    }
}

/// Returns the second half of a report's reading, added to the first, which [`Reader::read_language`] gave: its times,
/// quantities, places, quotes and statements. These are rules on what the network found, and far faster than it.
pub fn read_findings(report: &Report, mut reading: Reading) -> Reading {
    let text = report.text.as_str();
    let context = Context::new(text, &reading.sentences, &reading.tokens);
    let times = times::times(&context);
    let (quantities, numbers) = quantities::quantities(&context, &times);
    let places = places::places(&context, &reading.entities, report.outlet.as_deref());
    let quotes = quotes::quotes(&context, &reading.entities);
    drop(context);
    reading.times = times;
    reading.quantities = quantities;
    reading.numbers = numbers;
    reading.places = places;
    reading.quotes = quotes;
    statements::fill_statements(text, &mut reading);
    if let Some(day) = report.published.day {
        resolve_times(&mut reading, day);
    }
    reading
}

/// Returns the reading of a report, as [`Reader::read`] does; for many reports a [`Reader`] is faster.
pub fn read(report: &Report) -> Reading {
    Reader::new().read(report)
}

/// Gives every time of the reading the value it has when the report was published on `reference`.
pub fn resolve_times(reading: &mut Reading, reference: Date) {
    for time in &mut reading.times {
        time.value = times::resolve(&time.expression, reference);
    }
}
