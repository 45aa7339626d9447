//! What the extractors share: a text with its sentences and tokens.

use std::borrow::Cow;
use std::ops::Range;

use rashomon_core::{Sentence, Span, Token};

/// A text with its sentences and tokens, and each token's word in lower case with straight apostrophes.
pub(crate) struct Context<'reading> {
    /// The report's text.
    pub(crate) text: &'reading str,
    /// Its sentences.
    pub(crate) sentences: &'reading [Sentence],
    /// Its tokens.
    pub(crate) tokens: &'reading [Token],
    lower: Vec<Cow<'reading, str>>,
}

impl<'reading> Context<'reading> {
    /// Returns the context of a text.
    pub(crate) fn new(
        text: &'reading str,
        sentences: &'reading [Sentence],
        tokens: &'reading [Token],
    ) -> Self {
        let lower = tokens
            .iter()
            .map(|token| lower_case(token.span.text(text)))
            .collect();
        Self {
            text,
            sentences,
            tokens,
            lower,
        }
    }

    /// Returns the word of a token as written; past the end, the empty word.
    pub(crate) fn word(&self, token: usize) -> &'reading str {
        self.tokens
            .get(token)
            .map_or("", |token| token.span.text(self.text))
    }

    /// Returns the word of a token in lower case with straight apostrophes; past the end, the empty word.
    pub(crate) fn lower(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", AsRef::as_ref)
    }

    /// Returns the tokens of a sentence.
    pub(crate) fn tokens_of(&self, sentence: usize) -> Range<usize> {
        self.sentences
            .get(sentence)
            .map_or(0..0, |sentence| sentence.first_token..sentence.last_token)
    }

    /// Returns the span from the first to the last token of a range of tokens; empty for an empty range.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Span {
        match (
            self.tokens.get(tokens.start),
            self.tokens.get(tokens.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// Returns the sentence that holds the byte `position`, or the last one that starts before it.
    pub(crate) fn sentence_at(&self, position: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.span.start <= position)
            .saturating_sub(1)
    }

    /// Returns the first token that ends after the byte `position`.
    pub(crate) fn token_at(&self, position: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end <= position)
    }
}

/// Returns a word in lower case with straight apostrophes.
fn lower_case(word: &str) -> Cow<'_, str> {
    if word
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        Cow::Borrowed(word)
    } else if word.is_ascii() {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Owned(word.to_lowercase().replace(['’', '‘'], "'"))
    }
}
