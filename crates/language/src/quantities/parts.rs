//! A number that counts a part of another: "four of the five ferries", "two of the five".

use rashomon_core::{Quantity, Span};

use super::amounts::amount_at;
use super::counted::noun_phrase;
use crate::times::pieces::Pieces;

/// How many quantities back the whole is looked for where the sentence does not name it.
const REACH: usize = 30;

/// Returns the number of which what ends at `end` is a part: "of the five", "out of its 12", "of the other three".
fn whole_at(pieces: &Pieces<'_>, end: usize) -> Option<usize> {
    let of = if pieces.lower(end) == "out" { end + 1 } else { end };
    if pieces.lower(of) != "of" {
        return None;
    }
    let mut at = of + 1;
    while matches!(
        pieces.lower(at),
        "all" | "the" | "its" | "his" | "her" | "their" | "our" | "my" | "your" | "these" | "those"
    ) {
        at += 1;
    }
    if matches!(
        pieces.lower(at),
        "other" | "remaining" | "first" | "last" | "top" | "original" | "initial"
    ) {
        at += 1;
    }
    (pieces.number(at).is_some() || amount_at(pieces, at).is_some()).then_some(at)
}

/// Returns true where the "of" at `of` makes the number at `whole` the whole of a part.
pub(super) fn is_whole(pieces: &Pieces<'_>, of: usize, whole: usize) -> bool {
    of > 0
        && (amount_at(pieces, of - 1).is_some() || pieces.before(of) == "out")
        && whole_at(pieces, of) == Some(whole)
}

/// Returns the noun phrase of the whole of which a part ends at `end`: "ferries" of "four of the five ferries".
pub(super) fn noun_of_whole(
    pieces: &Pieces<'_>,
    end: usize,
    blocked: impl Fn(usize) -> bool,
) -> Option<(usize, usize)> {
    let whole = amount_at(pieces, whole_at(pieces, end)?)?;
    if whole.unit.is_some() || whole.low != whole.high || blocked(whole.start) {
        return None;
    }
    noun_phrase(pieces, whole.end, blocked)
}

/// Returns what the whole counts where the sentence gives its number alone, "two of the five": what the last quantity with
/// that number counted. `end` is where the part ends, `earlier` are the quantities of the text before it.
pub(super) fn known_whole(
    pieces: &Pieces<'_>,
    end: usize,
    earlier: &[Quantity],
) -> Option<(String, Option<Span>)> {
    let value = amount_at(pieces, whole_at(pieces, end)?)?.value()?;
    earlier
        .iter()
        .rev()
        .take(REACH)
        .find(|quantity| {
            quantity.low == Some(value)
                && quantity.high == Some(value)
                && quantity.unit.is_none()
                && quantity.counted.is_some()
        })
        .and_then(|quantity| Some((quantity.counted.clone()?, quantity.counted_span)))
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    /// Returns "words: low..high relation counted" of each quantity of a text.
    fn quantities(text: &str) -> Vec<String> {
        let bound = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        crate::read(&Report::new("r", text))
            .quantities
            .iter()
            .map(|quantity| {
                format!(
                    "{}: {} {}..{} {}",
                    quantity.span.text(text),
                    quantity.relation.as_str(),
                    bound(quantity.low),
                    bound(quantity.high),
                    quantity.counted.as_deref().unwrap_or("nothing")
                )
            })
            .collect()
    }

    #[test]
    fn a_part_counts_what_its_whole_counts() {
        assert_eq!(
            quantities("Four of the five ferries ran."),
            ["Four: = 4..4 ferries", "five ferries: = 5..5 ferries"]
        );
        assert_eq!(
            quantities("The storm sank two of its 12 fishing boats."),
            [
                "two: = 2..2 fishing boats",
                "12 fishing boats: = 12..12 fishing boats"
            ]
        );
        assert_eq!(
            quantities("Three out of the seven bridges are closed."),
            ["Three: = 3..3 bridges", "seven bridges: = 7..7 bridges"]
        );
    }

    #[test]
    fn a_part_keeps_its_own_bound() {
        assert_eq!(
            quantities("At least three of the seven bridges are closed."),
            ["At least three: >= 3.. bridges", "seven bridges: = 7..7 bridges"]
        );
        assert_eq!(
            quantities("More than 300 of the 500 rowers came home."),
            ["More than 300: >= 300.. rowers", "500 rowers: = 500..500 rowers"]
        );
    }

    #[test]
    fn a_whole_without_a_noun_is_the_one_told_before() {
        assert_eq!(
            quantities("Varn sent five ferries. Two of the five came back."),
            [
                "five ferries: = 5..5 ferries",
                "Two: = 2..2 ferries",
                "five: = 5..5 ferries"
            ]
        );
    }

    #[test]
    fn a_whole_that_nobody_named_stays_a_number() {
        assert_eq!(
            quantities("Varn sent six ferries. Two of the five came back."),
            [
                "six ferries: = 6..6 ferries",
                "Two: = 2..2 nothing",
                "five: = 5..5 nothing"
            ]
        );
    }

    #[test]
    fn a_measure_is_no_whole() {
        assert_eq!(
            quantities("One of the 10 kilometers is paved."),
            ["One: = 1..1 nothing", "10 kilometers: = 10..10 nothing"]
        );
    }
}
