//! What a number counts where no noun follows it: the dead of a toll, the age of a person.

use crate::times::pieces::Pieces;

/// How far from the number the word is looked for, in pieces.
const REACH: usize = 8;

/// Returns true for the words that say what became of those who are counted.
pub(super) fn is_fate(word: &str) -> bool {
    matches!(
        word,
        "dead"
            | "died"
            | "killed"
            | "wounded"
            | "injured"
            | "missing"
            | "hurt"
            | "displaced"
            | "homeless"
            | "arrested"
            | "detained"
            | "hospitalized"
            | "hospitalised"
            | "evacuated"
            | "rescued"
            | "trapped"
            | "infected"
            | "unaccounted"
            | "executed"
            | "kidnapped"
            | "freed"
            | "perished"
            | "alive"
            | "drowned"
            | "deported"
    )
}

/// Returns the piece after the number that is its fate where it stands close: "24 dead", "24 were killed",
/// "2,000 believed to have died".
pub(super) fn fate_after(pieces: &Pieces<'_>, end: usize) -> Option<usize> {
    for index in end..(end + REACH).min(pieces.len()) {
        let word = pieces.lower(index);
        if is_fate(word) {
            return Some(index);
        }
        if !pieces.is_word(index)
            || pieces.number(index).is_some()
            || matches!(
                word,
                "and" | "in" | "on" | "at" | "when" | "that" | "who" | "but" | "for" | "with"
            )
        {
            return None;
        }
    }
    None
}

/// Returns the piece before the number that says what became of those counted: "killed at least five".
pub(super) fn fate_before(pieces: &Pieces<'_>, start: usize) -> Option<usize> {
    let index = start.checked_sub(1)?;
    matches!(
        pieces.lower(index),
        "killed"
            | "killing"
            | "kills"
            | "kill"
            | "wounded"
            | "wounding"
            | "injured"
            | "injuring"
            | "arrested"
            | "displaced"
    )
    .then_some(index)
}

/// Returns the pieces of "death toll" before a number: "the death toll rose to 24".
pub(super) fn toll_before(pieces: &Pieces<'_>, start: usize) -> Option<(usize, usize)> {
    let toll = (start.saturating_sub(REACH)..start)
        .rev()
        .take_while(|&index| !matches!(pieces.lower(index), "," | ";" | "." | "and"))
        .find(|&index| pieces.lower(index) == "toll")?;
    let first = if toll > 0 && matches!(pieces.lower(toll - 1), "death" | "casualty") {
        toll - 1
    } else {
        toll
    };
    Some((first, toll + 1))
}
