//! A sentence as pieces: runs of letters, numbers and single marks.
//!
//! Times and quantities are read from pieces, not from tokens, so that they do not depend on how a tokeniser parts
//! "1.2bn", "third-quarter" or "$3.4". Tags are taken from the token that holds the piece.

use std::borrow::Cow;

use rashomon_core::{PartOfSpeech, Span};

use crate::context::Context;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// Letters, with apostrophes inside: "year", "o'clock".
    Word,
    /// Digits with their separators: "15,000", "1.5".
    Number,
    /// One mark, or "'s".
    Mark,
}

/// A run of letters, a number or a mark.
#[derive(Clone, Debug)]
pub(crate) struct Piece<'text> {
    /// Where it stands.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: PieceKind,
    /// In lower case, with straight apostrophes and plain hyphens.
    pub(crate) lower: Cow<'text, str>,
    /// True where nothing stands between it and the piece before.
    pub(crate) glued: bool,
    /// True where it begins with a capital.
    pub(crate) capital: bool,
    /// The value of a number that a double holds exactly enough: at most 15 digits.
    pub(crate) number: Option<f64>,
    /// The tag of the token that holds it.
    pub(crate) tag: Option<PartOfSpeech>,
    /// The token that holds its first character.
    pub(crate) token: Option<usize>,
}

/// The pieces of one sentence.
#[derive(Debug, Default)]
pub(crate) struct Pieces<'text> {
    /// In order.
    pub(crate) list: Vec<Piece<'text>>,
}

impl<'text> Pieces<'text> {
    /// Returns the pieces of a sentence of the context.
    pub(crate) fn of_sentence(context: &Context<'text>, sentence: usize) -> Self {
        let Some(whole) = context.sentences.get(sentence) else {
            return Self::default();
        };
        let mut pieces = Self::of_text(context.text, whole.span);
        let mut tokens = context.tokens_of(sentence).peekable();
        for piece in &mut pieces.list {
            while let Some(&token) = tokens.peek() {
                if context
                    .tokens
                    .get(token)
                    .is_some_and(|token| token.span.end <= piece.span.start)
                {
                    tokens.next();
                } else {
                    break;
                }
            }
            let holder = |&token: &usize| {
                let held = context.tokens.get(token)?;
                held.span.holds(piece.span.start).then_some((token, held))
            };
            if let Some((token, held)) = tokens.peek().and_then(holder) {
                piece.tag = held.tag;
                piece.token = Some(token);
            }
        }
        pieces
    }

    /// Returns the pieces of a part of a text, without tags.
    pub(crate) fn of_text(text: &'text str, span: Span) -> Self {
        let inside = span.text(text);
        let bytes = inside.as_bytes();
        let mut list: Vec<Piece<'text>> = Vec::with_capacity(inside.len() / 5);
        let mut position = 0;
        while let Some(character) = inside.get(position..).and_then(|rest| rest.chars().next()) {
            let start = position;
            if character.is_whitespace() {
                position += character.len_utf8();
                continue;
            }
            let next_is_digit = bytes.get(position + 1).is_some_and(|&byte| byte.is_ascii_digit());
            let (end, kind) = if character.is_ascii_digit()
                || (character == '.'
                    && next_is_digit
                    && list
                        .last()
                        .is_none_or(|last| last.span.end < span.start + position))
            {
                (number_end(bytes, position), PieceKind::Number)
            } else if character.is_alphabetic() {
                (word_end(inside, position), PieceKind::Word)
            } else if is_apostrophe(character) {
                (possessive_end(inside, position), PieceKind::Mark)
            } else {
                (position + character.len_utf8(), PieceKind::Mark)
            };
            position = end;
            let written = inside.get(start..end).unwrap_or_default();
            let piece_span = Span::new(span.start + start, span.start + end);
            list.push(Piece {
                span: piece_span,
                kind,
                lower: normal(written, kind),
                glued: list.last().is_some_and(|last| last.span.end == piece_span.start),
                capital: character.is_uppercase(),
                number: if kind == PieceKind::Number {
                    number_value(written)
                } else {
                    None
                },
                tag: None,
                token: None,
            });
        }
        Self { list }
    }

    /// Returns the number of pieces.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns a piece.
    pub(crate) fn get(&self, index: usize) -> Option<&Piece<'text>> {
        self.list.get(index)
    }

    /// Returns a piece's word or mark in lower case; the empty word outside.
    pub(crate) fn lower(&self, index: usize) -> &str {
        self.list.get(index).map_or("", |piece| piece.lower.as_ref())
    }

    /// Returns the piece before `index` in lower case; the empty word at the start.
    pub(crate) fn before(&self, index: usize) -> &str {
        index.checked_sub(1).map_or("", |index| self.lower(index))
    }

    /// Returns the value of a piece that is a number in digits.
    pub(crate) fn number(&self, index: usize) -> Option<f64> {
        self.list.get(index).and_then(|piece| piece.number)
    }

    /// Returns the whole number of a piece of at most nine digits and nothing else.
    pub(crate) fn plain(&self, index: usize) -> Option<i32> {
        let piece = self.list.get(index)?;
        if piece.kind == PieceKind::Number && piece.lower.len() <= 9 {
            piece.lower.parse().ok()
        } else {
            None
        }
    }

    /// Returns how many bytes a piece has.
    pub(crate) fn width(&self, index: usize) -> usize {
        self.list.get(index).map_or(0, |piece| piece.lower.len())
    }

    /// Returns true where the piece is a word.
    pub(crate) fn is_word(&self, index: usize) -> bool {
        self.list
            .get(index)
            .is_some_and(|piece| piece.kind == PieceKind::Word)
    }

    /// Returns true where nothing stands between the piece and the one before.
    pub(crate) fn glued(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|piece| piece.glued)
    }

    /// Returns true where the piece begins with a capital.
    pub(crate) fn capital(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|piece| piece.capital)
    }

    /// Returns the tag of the piece, where it is known.
    pub(crate) fn tag(&self, index: usize) -> Option<PartOfSpeech> {
        self.list.get(index).and_then(|piece| piece.tag)
    }

    /// Returns the token that holds the piece.
    pub(crate) fn token(&self, index: usize) -> Option<usize> {
        self.list.get(index).and_then(|piece| piece.token)
    }

    /// Returns the index after a hyphen at `index`, or `index` itself.
    pub(crate) fn after_hyphen(&self, index: usize) -> usize {
        if self.lower(index) == "-" {
            index + 1
        } else {
            index
        }
    }

    /// Returns the index after a full stop that is glued to the piece before, as in "Sept.", or `index` itself.
    pub(crate) fn after_stop(&self, index: usize) -> usize {
        if self.lower(index) == "." && self.glued(index) {
            index + 1
        } else {
            index
        }
    }

    /// Returns the span from piece `start` to before piece `end`.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        match (self.list.get(start), self.list.get(end.wrapping_sub(1))) {
            (Some(first), Some(last)) if start < end => first.span.join(last.span),
            _ => Span::default(),
        }
    }
}

/// Returns true for a mark that stands for an apostrophe.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘')
}

/// Returns the end of the number that starts at `start`: digits, groups of three (or, as in India, two) after commas,
/// and one decimal part. A second point makes it a version or an address; the rest is then left to the next piece.
fn number_end(bytes: &[u8], start: usize) -> usize {
    let digits = |from: usize| {
        bytes
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let mut end = start + digits(start);
    let first = end - start;
    if (1..=3).contains(&first) {
        let mut grouped = end;
        loop {
            if bytes.get(grouped) != Some(&b',') {
                break;
            }
            match digits(grouped + 1) {
                2 if bytes.get(grouped + 3) == Some(&b',') => grouped += 3,
                3 => {
                    grouped += 4;
                    end = grouped;
                }
                _ => break,
            }
        }
    }
    if bytes.get(end) == Some(&b'.') {
        let decimals = digits(end + 1);
        if decimals > 0 {
            end += 1 + decimals;
        }
    }
    end
}

/// Returns the end of the word that starts at `start`; "'s" at its end is no part of it.
fn word_end(inside: &str, start: usize) -> usize {
    let rest = inside.get(start..).unwrap_or_default();
    let mut characters = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((offset, character)) = characters.next() {
        // Marks that combine with a letter belong to its word.
        let inside_word = character.is_alphabetic() || is_combining(character);
        let joins = is_apostrophe(character)
            && characters.peek().is_some_and(|&(_, next)| next.is_alphabetic())
            && !is_possessive(rest.get(offset..).unwrap_or_default());
        if !inside_word && !joins {
            break;
        }
        end = offset + character.len_utf8();
    }
    start + end
}

/// Returns true for the combining marks of the block that European texts use.
fn is_combining(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

/// Returns true where the text begins with an apostrophe, an s, and then no further letter.
fn is_possessive(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(is_apostrophe)
        && matches!(characters.next(), Some('s' | 'S'))
        && characters.next().is_none_or(|next| !next.is_alphanumeric())
}

/// Returns the end of the mark at `start`: of "'s" as one piece, or else of the apostrophe alone.
fn possessive_end(inside: &str, start: usize) -> usize {
    let rest = inside.get(start..).unwrap_or_default();
    let mark = rest.chars().next().map_or(0, char::len_utf8);
    if is_possessive(rest) {
        start + mark + 1
    } else {
        start + mark
    }
}

/// Returns a piece in lower case with straight apostrophes and plain hyphens.
fn normal(written: &str, kind: PieceKind) -> Cow<'_, str> {
    if written
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        return Cow::Borrowed(written);
    }
    if kind == PieceKind::Mark {
        return match written {
            "–" | "—" | "‐" | "‑" | "−" => Cow::Borrowed("-"),
            "’" | "‘" => Cow::Borrowed("'"),
            "’s" | "'S" | "’S" | "‘s" => Cow::Borrowed("'s"),
            _ => Cow::Borrowed(written),
        };
    }
    if written.is_ascii() {
        return Cow::Owned(written.to_ascii_lowercase());
    }
    Cow::Owned(written.to_lowercase().replace(['’', '‘'], "'"))
}

/// Returns the value of digits with separators; `None` beyond 15 digits, where a double would make up the rest.
fn number_value(written: &str) -> Option<f64> {
    if written.bytes().filter(u8::is_ascii_digit).count() > 15 {
        return None;
    }
    if written.contains(',') {
        written.replace(',', "").parse().ok()
    } else {
        written.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> String {
        let pieces = Pieces::of_text(text, Span::new(0, text.len()));
        let written: Vec<&str> = pieces.list.iter().map(|piece| piece.lower.as_ref()).collect();
        written.join("|")
    }

    #[test]
    fn parts_words_numbers_and_marks() {
        assert_eq!(
            pieces("$1.2bn in Kim’s 14-year rule"),
            "$|1.2|bn|in|kim|'s|14|-|year|rule"
        );
        assert_eq!(
            pieces("Sept. 2,2025 at 9:25 a.m."),
            "sept|.|2|,|2025|at|9|:|25|a|.|m|."
        );
        assert_eq!(
            pieces("1,50,000 and 15,000.5, v1.5.3"),
            "1,50,000|and|15,000.5|,|v|1.5|.|3"
        );
        assert_eq!(pieces("don’t – the 1990’s"), "don't|-|the|1990|'s");
    }

    #[test]
    fn does_not_invent_digits() {
        let text = "1234567890123456789";
        let pieces = Pieces::of_text(text, Span::new(0, text.len()));
        assert_eq!(pieces.number(0), None);
    }
}
