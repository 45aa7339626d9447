//! Numbers that count and measure nothing, told apart: ordinals, scores, telephone numbers, addresses, versions, labels.

use rashomon_core::{LabelledNumber, NumberKind};

use super::{Reader, guards};
use crate::times::numbers::{number_at, ordinal_at};
use crate::times::pieces::{PieceKind, Pieces};

/// The most pieces that a telephone number takes.
const LONGEST_TELEPHONE: usize = 12;

impl Reader<'_> {
    /// Returns the number that begins at `at` where it is no quantity but of a known kind, and the piece after it.
    pub(super) fn labelled_at(&self, at: usize) -> Option<(LabelledNumber, usize)> {
        let pieces = &self.pieces;
        if self.is_time(at) {
            return None;
        }
        let (kind, start, end) = ordinal(pieces, at).or_else(|| {
            let number = number_at(pieces, at).filter(|number| number.digits)?;
            let (kind, start, end) = guards::number_kind(pieces, at, &number)?;
            let end = if kind == NumberKind::Telephone {
                telephone_end(pieces, end)
            } else {
                end
            };
            Some((kind, start, end))
        })?;
        Some((self.labelled(kind, start, end), end))
    }

    /// Returns a number of a kind in the pieces `start..end`.
    pub(super) fn labelled(&self, kind: NumberKind, start: usize, end: usize) -> LabelledNumber {
        LabelledNumber {
            span: self.pieces.span(start, end),
            sentence: self.sentence,
            kind,
        }
    }
}

/// "the 80th fair", "her fifth": not "second" as a length of time.
fn ordinal(pieces: &Pieces<'_>, at: usize) -> Option<(NumberKind, usize, usize)> {
    let (_, end) = ordinal_at(pieces, at)?;
    let length = pieces.lower(at) == "second" && pieces.tag(at) == Some(rashomon_core::PartOfSpeech::Noun);
    (!length).then_some((NumberKind::Ordinal, at, end))
}

/// Returns the piece after the digits, brackets, hyphens and stops of a telephone number.
fn telephone_end(pieces: &Pieces<'_>, mut end: usize) -> usize {
    let digits = |index: usize| {
        pieces
            .get(index)
            .is_some_and(|piece| piece.kind == PieceKind::Number)
    };
    let limit = end + LONGEST_TELEPHONE;
    while end < limit {
        let marks = (end..end + 3)
            .take_while(|&index| matches!(pieces.lower(index), "-" | "(" | ")" | "."))
            .count();
        if !digits(end + marks) {
            break;
        }
        end += marks + 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    fn numbers(text: &str) -> Vec<String> {
        let reading = crate::read(&Report::new("r", text));
        let numbers = reading.numbers.iter();
        numbers
            .map(|number| format!("{} {}", number.kind.as_str(), number.span.text(text)))
            .collect()
    }

    #[test]
    fn numbers_that_count_nothing_are_told_apart() {
        assert_eq!(
            numbers("The 80th fair was her fifth."),
            ["ordinal 80th", "ordinal fifth"]
        );
        assert_eq!(numbers("Oster beat Varn 3-1."), ["score 3-1"]);
        assert_eq!(numbers("Call 555-0142 today."), ["telephone 555-0142"]);
        assert_eq!(
            numbers("Call +1 (555) 555-0142 today."),
            ["telephone 1 (555) 555-0142"]
        );
        assert_eq!(numbers("She lives at 221 Mill Road."), ["address 221 Mill Road"]);
        assert_eq!(numbers("Version 1.5.3 is out."), ["version 1.5.3"]);
        assert_eq!(numbers("A Boeing 737 landed."), ["label 737"]);
    }

    #[test]
    fn quantities_and_times_are_no_labels() {
        assert!(numbers("In May 2024, 14 people aged 34 left on the 5th of June.").is_empty());
        assert!(numbers("It took a second.").is_empty());
    }
}
