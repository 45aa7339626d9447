//! Which words of a sentence belong to what is quoted, and who says them: the rules and the trees propose, two small
//! models choose.
//!
//! For each quotation [`contents`] lists stretches of words that may be what is said, the rules' own among them, and
//! [`speakers`] who may say it. Boosted trees (`models/quotes.json`, made by `train quotes`) give each a probability.

pub(crate) mod choosing;
pub(crate) mod contents;
mod edges;
pub(crate) mod model;
pub(crate) mod speakers;
mod standing;
pub mod training;
mod words;

use rashomon_core::{Quote, Span};

use super::marks::Marked;
use super::sources::Mentions;
use crate::context::Context;

/// What the proposals of a text are made from.
pub(crate) struct Scenery<'scene, 'reading> {
    pub(crate) context: &'scene Context<'reading>,
    pub(crate) mentions: &'scene Mentions<'reading>,
    pub(crate) marked: &'scene [Marked],
    /// For each token the quotation it stands in, from 1, or 0.
    pub(crate) marked_tokens: &'scene [u32],
    /// What the rules found, in the order of the text.
    pub(crate) quotes: &'scene [Quote],
}

impl Scenery<'_, '_> {
    /// Returns true where a token stands inside quotation marks.
    fn is_marked(&self, token: usize) -> bool {
        self.marked_tokens.get(token).is_some_and(|&mark| mark > 0)
    }

    /// Returns the tokens that a span holds.
    fn tokens(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.context.token_at(span.start);
        let end = self
            .context
            .tokens
            .partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// Returns the quotations that a quote holds words of, as positions.
    fn marks_of(&self, quote: &Quote) -> Vec<usize> {
        let mut marks: Vec<usize> = quote
            .pieces
            .iter()
            .flat_map(|&piece| self.tokens(piece))
            .filter_map(|token| self.marked_tokens.get(token).copied())
            .filter(|&mark| mark > 0)
            .map(|mark| mark as usize - 1)
            .collect();
        marks.dedup();
        marks
    }
}
