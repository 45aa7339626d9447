//! Texts by Unicode characters, as the labelled sets count them.

use serde::Deserialize;

/// A part of a text, `[start, end)`, in Unicode characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct CharacterSpan {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl CharacterSpan {
    /// Returns the span from `start` to `end`.
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns how many characters the span holds.
    pub(super) fn length(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Returns how many characters both spans hold.
    pub(super) fn overlap(self, other: Self) -> usize {
        self.end
            .min(other.end)
            .saturating_sub(self.start.max(other.start))
    }
}

impl From<(usize, usize)> for CharacterSpan {
    fn from((start, end): (usize, usize)) -> Self {
        Self { start, end }
    }
}

/// A text whose characters can be reached by their number.
#[derive(Clone, Debug, Default)]
pub(super) struct CharacterText(Vec<char>);

impl CharacterText {
    /// Returns the characters of `text`.
    pub(super) fn new(text: &str) -> Self {
        Self(text.chars().collect())
    }

    /// Returns all characters.
    pub(super) fn all(&self) -> &[char] {
        &self.0
    }

    /// Returns the characters of a span; what lies outside the text is left out.
    pub(super) fn part(&self, span: CharacterSpan) -> &[char] {
        let end = span.end.min(self.0.len());
        self.0.get(span.start..end).unwrap_or_default()
    }

    /// Returns a span without the white space at its two ends.
    pub(super) fn trim(&self, span: CharacterSpan) -> CharacterSpan {
        let CharacterSpan { mut start, mut end } = span;
        let space = |position: usize| self.0.get(position).is_some_and(|&character| is_space(character));
        while start < end && space(start) {
            start += 1;
        }
        while end > start && space(end - 1) {
            end -= 1;
        }
        CharacterSpan { start, end }
    }
}

/// Returns true for white space, to which the Python scorer also counts the four separators of ASCII.
pub(super) fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

/// Returns true for a character that words are made of.
pub(super) fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_counted_in_characters() {
        let text = CharacterText::new("é \u{1f} ö");
        assert_eq!(text.trim(CharacterSpan::new(0, 4)), CharacterSpan::new(0, 1));
        assert_eq!(text.trim(CharacterSpan::new(1, 4)), CharacterSpan::new(4, 4));
        assert_eq!(text.part(CharacterSpan::new(4, 99)), ['ö']);
        assert!(text.part(CharacterSpan::new(9, 12)).is_empty());
    }

    #[test]
    fn spans_that_only_touch_do_not_overlap() {
        let span = CharacterSpan::new(3, 6);
        assert_eq!(span.overlap(CharacterSpan::new(6, 9)), 0);
        assert_eq!(span.overlap(CharacterSpan::new(8, 9)), 0);
        assert_eq!(span.overlap(CharacterSpan::new(5, 9)), 1);
    }
}
