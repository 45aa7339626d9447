//! The words that bound a number: "at least", "up to", "about".

use rashomon_core::QuantityRelation;

use crate::times::pieces::Pieces;

/// Phrases before a number, the longer ones first.
const BEFORE: &[(&[&str], QuantityRelation)] = &[
    (&["no", "more", "than"], QuantityRelation::AtMost),
    (&["not", "more", "than"], QuantityRelation::AtMost),
    (&["no", "fewer", "than"], QuantityRelation::AtLeast),
    (&["not", "fewer", "than"], QuantityRelation::AtLeast),
    (&["no", "less", "than"], QuantityRelation::AtLeast),
    (&["not", "less", "than"], QuantityRelation::AtLeast),
    (&["as", "many", "as"], QuantityRelation::AtMost),
    (&["as", "much", "as"], QuantityRelation::AtMost),
    (&["as", "few", "as"], QuantityRelation::AtLeast),
    (&["as", "little", "as"], QuantityRelation::AtLeast),
    (&["a", "maximum", "of"], QuantityRelation::AtMost),
    (&["a", "minimum", "of"], QuantityRelation::AtLeast),
    (&["in", "excess", "of"], QuantityRelation::AtLeast),
    (&["an", "estimated"], QuantityRelation::About),
    (&["up", "to"], QuantityRelation::AtMost),
    (&["at", "most"], QuantityRelation::AtMost),
    (&["at", "least"], QuantityRelation::AtLeast),
    (&["more", "than"], QuantityRelation::AtLeast),
    (&["greater", "than"], QuantityRelation::AtLeast),
    (&["higher", "than"], QuantityRelation::AtLeast),
    (&["over", "than"], QuantityRelation::AtLeast),
    (&["fewer", "than"], QuantityRelation::AtMost),
    (&["less", "than"], QuantityRelation::AtMost),
    (&["lower", "than"], QuantityRelation::AtMost),
    (&["upward", "of"], QuantityRelation::AtLeast),
    (&["upwards", "of"], QuantityRelation::AtLeast),
    (&["close", "to"], QuantityRelation::About),
    (&["in", "the", "region", "of"], QuantityRelation::About),
    (&["somewhere", "around"], QuantityRelation::About),
    (&["sub", "-"], QuantityRelation::AtMost),
    (&["about"], QuantityRelation::About),
    (&["around"], QuantityRelation::About),
    (&["approximately"], QuantityRelation::About),
    (&["approx"], QuantityRelation::About),
    (&["roughly"], QuantityRelation::About),
    (&["nearly"], QuantityRelation::About),
    (&["almost"], QuantityRelation::About),
    (&["some"], QuantityRelation::About),
    (&["estimated"], QuantityRelation::About),
    (&["averaging"], QuantityRelation::About),
    (&["averages"], QuantityRelation::About),
    (&["averaged"], QuantityRelation::About),
    (&["circa"], QuantityRelation::About),
    (&["~"], QuantityRelation::About),
    (&["≈"], QuantityRelation::About),
    (&["over"], QuantityRelation::AtLeast),
    (&["above"], QuantityRelation::AtLeast),
    (&["exceeding"], QuantityRelation::AtLeast),
    (&[">"], QuantityRelation::AtLeast),
    (&["≥"], QuantityRelation::AtLeast),
    (&["under"], QuantityRelation::AtMost),
    (&["below"], QuantityRelation::AtMost),
    (&["<"], QuantityRelation::AtMost),
    (&["≤"], QuantityRelation::AtMost),
];

/// Phrases after a number.
const AFTER: &[(&[&str], QuantityRelation)] = &[
    (&["or", "more"], QuantityRelation::AtLeast),
    (&["or", "higher"], QuantityRelation::AtLeast),
    (&["and", "over"], QuantityRelation::AtLeast),
    (&["and", "above"], QuantityRelation::AtLeast),
    (&["or", "above"], QuantityRelation::AtLeast),
    (&["or", "older"], QuantityRelation::AtLeast),
    (&["or", "so"], QuantityRelation::About),
    (&["or", "less"], QuantityRelation::AtMost),
    (&["or", "fewer"], QuantityRelation::AtMost),
    (&["or", "under"], QuantityRelation::AtMost),
    (&["or", "below"], QuantityRelation::AtMost),
    (&["+"], QuantityRelation::AtLeast),
];

/// Returns the bound whose words end before piece `index`, and its first piece. An article may stand between.
pub(super) fn before(pieces: &Pieces<'_>, index: usize) -> Option<(QuantityRelation, usize)> {
    let mut end = index;
    if matches!(pieces.before(end), "just" | "only" | "well" | "another" | "even") {
        end -= 1;
    }
    for end in [
        end,
        end.saturating_sub(usize::from(matches!(pieces.before(end), "a" | "an" | "the"))),
    ] {
        for &(words, relation) in BEFORE {
            let Some(start) = end.checked_sub(words.len()) else {
                continue;
            };
            let fits = words
                .iter()
                .enumerate()
                .all(|(offset, &word)| pieces.lower(start + offset) == word);
            if fits && (words.len() > 1 || !(end != index && is_place_word(pieces, start))) {
                return Some((relation, start));
            }
        }
    }
    None
}

/// Returns true for words that before an article speak of place or time rather than of a bound: "over the 20 years".
fn is_place_word(pieces: &Pieces<'_>, index: usize) -> bool {
    matches!(
        pieces.lower(index),
        "over" | "under" | "above" | "below" | "around" | "about"
    ) && pieces.lower(index + 1) == "the"
}

/// Returns the bound whose words begin at piece `index`, and the piece after them.
pub(super) fn after(pieces: &Pieces<'_>, index: usize) -> Option<(QuantityRelation, usize)> {
    AFTER
        .iter()
        .find(|(words, _)| {
            words
                .iter()
                .enumerate()
                .all(|(offset, &word)| pieces.lower(index + offset) == word)
        })
        .map(|&(words, relation)| (relation, index + words.len()))
}
