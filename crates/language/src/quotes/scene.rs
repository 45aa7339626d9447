//! A sentence under reading.

use std::ops::Range;

use super::phrases::subject_before;
use super::words::{is_adverb, is_adverb_at, is_finite_verb, is_modal, is_preposition, is_time_word};
use crate::context::Context;

/// A sentence under reading.
pub(crate) struct Scene<'scene, 'reading> {
    /// The text with its tokens.
    pub(crate) context: &'scene Context<'reading>,
    /// For each token the quotation it stands in, from 1; 0 outside.
    pub(crate) marked: &'scene [u32],
    /// The sentence's tokens.
    pub(crate) tokens: Range<usize>,
}

impl Scene<'_, '_> {
    /// Returns true for a token inside quotation marks.
    pub(crate) fn is_marked(&self, token: usize) -> bool {
        self.marked.get(token).is_some_and(|&mark| mark > 0)
    }

    /// Returns the word of a token in lower case; outside of the sentence, the empty word.
    pub(crate) fn word(&self, token: usize) -> &str {
        if self.tokens.contains(&token) {
            self.context.lower(token)
        } else {
            ""
        }
    }

    /// Returns true where from `token` on only a stop, or time and place of the saying, follow.
    pub(super) fn nothing_follows(&self, token: usize) -> bool {
        let word = self.word(token);
        matches!(word, "" | "," | "." | ";" | "!" | "?" | "—" | "–")
            || is_time_word(word)
            || is_adverb(word)
            || is_preposition(word)
            || matches!(word, "as" | "while" | "when" | "through" | "and" | "of")
    }
}

/// Returns the noun phrase that opens the sentence, where it stands before its first verb.
pub(crate) fn sentence_subject(scene: &Scene<'_, '_>, limit: usize) -> Option<Range<usize>> {
    let context = scene.context;
    let mut start = scene.tokens.start;
    // An opening phrase up to its comma: "On Monday, the mayor …"
    if is_preposition(context.lower(start))
        || matches!(context.lower(start), "when" | "while" | "as" | "after")
    {
        let comma = (start..limit.min(start + 20)).find(|&token| context.lower(token) == ",");
        start = comma.map_or(start, |comma| comma + 1);
    }
    let verb = (start + 1..limit.max(start + 1))
        .find(|&token| is_finite_verb(context, token) && !scene.is_marked(token))
        .unwrap_or(limit);
    let mut edge = verb;
    while edge > start && (is_adverb_at(context, edge - 1) || is_modal(context.lower(edge - 1))) {
        edge -= 1;
    }
    let subject = subject_before(context, scene.marked, start, edge);
    (!subject.is_empty()).then_some(subject)
}
