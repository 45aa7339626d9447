//! Positions in a report's text.

use std::ops::Range;

/// A half-open range `[start, end)` of a text. Inside the program it counts bytes and lies on character
/// boundaries; what leaves the program counts Unicode characters ([`CharacterOffsets`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first position inside.
    pub start: usize,
    /// The first position after.
    pub end: usize,
}

impl Span {
    /// Returns the span `[start, end)`; an `end` before `start` gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Returns the span of the first occurrence of `needle` in `text`, in bytes.
    pub fn of(text: &str, needle: &str) -> Option<Self> {
        text.find(needle)
            .map(|start| Self::new(start, start + needle.len()))
    }

    /// Returns the number of positions inside.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Returns true when nothing is inside.
    pub fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// Returns true when `other` lies wholly inside this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns true when `position` lies inside this span.
    pub fn holds(self, position: usize) -> bool {
        self.start <= position && position < self.end
    }

    /// Returns how many positions the two spans share.
    pub fn overlap(self, other: Self) -> usize {
        self.end
            .min(other.end)
            .saturating_sub(self.start.max(other.start))
    }

    /// Returns true when the two spans share a position.
    pub fn overlaps(self, other: Self) -> bool {
        self.overlap(other) > 0
    }

    /// Returns the smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Returns the text inside, or the empty text where the span does not fit `text`.
    pub fn text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Returns the span without the white space at its two ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let inside = self.text(text);
        let start = self.start + (inside.len() - inside.trim_start().len());
        Self::new(start, start + inside.trim().len())
    }

    /// Returns true when the span lies inside `text` and on character boundaries.
    pub fn fits(self, text: &str) -> bool {
        self.start <= self.end
            && self.end <= text.len()
            && text.is_char_boundary(self.start)
            && text.is_char_boundary(self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// How many bytes lie between two remembered positions.
const STRIDE: usize = 256;

/// Turns byte positions of one text into Unicode character positions: memory one count for 256 bytes, time
/// constant for a position.
#[derive(Clone, Debug)]
pub struct CharacterOffsets<'text> {
    text: &'text str,
    /// Characters that start before byte `k * STRIDE`; empty for a text of ASCII alone.
    counts: Vec<usize>,
}

/// Returns true for a byte that starts a character.
fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

impl<'text> CharacterOffsets<'text> {
    /// Returns the table of `text`.
    pub fn new(text: &'text str) -> Self {
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                counts.push(count);
                count += chunk.iter().filter(|&&byte| starts_character(byte)).count();
            }
            counts.push(count);
        }
        Self { text, counts }
    }

    /// Returns how many characters start before byte `position`; a position past the end counts as the end.
    pub fn character(&self, position: usize) -> usize {
        let position = position.min(self.text.len());
        if self.counts.is_empty() {
            return position;
        }
        let chunk = position / STRIDE;
        let rest = self
            .text
            .as_bytes()
            .get(chunk * STRIDE..position)
            .unwrap_or_default();
        self.counts[chunk] + rest.iter().filter(|&&byte| starts_character(byte)).count()
    }

    /// Returns the byte position of character `character`; past the end, the text's length.
    pub fn byte(&self, character: usize) -> usize {
        if self.counts.is_empty() {
            return character.min(self.text.len());
        }
        let chunk = self
            .counts
            .partition_point(|&count| count <= character)
            .saturating_sub(1);
        let mut count = self.counts[chunk];
        let rest = self.text.as_bytes().get(chunk * STRIDE..).unwrap_or_default();
        for (offset, &byte) in rest.iter().enumerate() {
            if starts_character(byte) {
                if count == character {
                    return chunk * STRIDE + offset;
                }
                count += 1;
            }
        }
        self.text.len()
    }

    /// Returns the span in characters.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.character(span.start), self.character(span.end))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn character_positions_are_those_of_counting(text in "\\PC{0,700}") {
            let offsets = CharacterOffsets::new(&text);
            for (count, (position, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(offsets.character(position), count);
                prop_assert_eq!(offsets.byte(count), position);
            }
            prop_assert_eq!(offsets.character(text.len()), text.chars().count());
            prop_assert_eq!(offsets.byte(text.chars().count()), text.len());
        }
    }

    #[test]
    fn trims_white_space_at_both_ends() {
        let text = "a  bc \n d";
        assert_eq!(Span::new(1, 7).trimmed(text), Span::new(3, 5));
        assert_eq!(Span::new(1, 3).trimmed(text), Span::new(3, 3));
    }
}
