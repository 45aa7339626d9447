//! Whether the words around a time speak of the past or of what is to come.

use rashomon_core::{Direction, PartOfSpeech};

use super::pieces::Pieces;

/// How far from a time its verb is looked for, in pieces.
const REACH: usize = 30;

/// What a word tells of the time of its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cue {
    Past,
    Future,
}

/// Returns [`Direction::Past`] or [`Direction::Future`] where the clause around the pieces `start..end` tells, by the
/// nearest verb before them, or else the nearest after them in the same clause.
pub(crate) fn direction(pieces: &Pieces<'_>, start: usize, end: usize) -> Option<Direction> {
    if is_ahead(pieces, start) {
        return Some(Direction::Future);
    }
    let cue = before(pieces, start).or_else(|| after(pieces, end))?;
    Some(match cue {
        Cue::Past => Direction::Past,
        Cue::Future => Direction::Future,
    })
}

/// Returns true after words that always point ahead: "by Tuesday", "as early as Tuesday".
fn is_ahead(pieces: &Pieces<'_>, start: usize) -> bool {
    match pieces.before(start) {
        // "Until Thursday, they had not spoken."
        "until" if (start..start + 8).any(|index| pieces.lower(index) == "had") => false,
        "by" | "until" | "till" | "starting" | "beginning" => true,
        "as" => {
            start >= 3
                && pieces.lower(start - 3) == "as"
                && matches!(pieces.lower(start - 2), "early" | "soon" | "late")
        }
        _ => false,
    }
}

fn before(pieces: &Pieces<'_>, start: usize) -> Option<Cue> {
    for index in (start.saturating_sub(REACH)..start).rev() {
        let word = pieces.lower(index);
        if matches!(word, "that" | ";" | "“" | "\"" | "`")
            && !matches!(pieces.tag(index), Some(PartOfSpeech::Det))
        {
            return None;
        }
        if let Some(cue) = cue_at(pieces, index) {
            return Some(cue);
        }
    }
    None
}

fn after(pieces: &Pieces<'_>, end: usize) -> Option<Cue> {
    let mut index = end;
    if pieces.lower(index) == "," {
        index += 1;
    }
    while index < pieces.len().min(end + REACH) {
        let word = pieces.lower(index);
        if matches!(
            word,
            ";" | "that" | "when" | "while" | "which" | "who" | "”" | "\"" | "because" | "although"
        ) {
            return None;
        }
        if let Some(cue) = cue_at(pieces, index) {
            return Some(cue);
        }
        index += 1;
    }
    None
}

/// Returns what the word at `index` tells.
fn cue_at(pieces: &Pieces<'_>, index: usize) -> Option<Cue> {
    let (word, next) = (pieces.lower(index), pieces.lower(index + 1));
    if !pieces.is_word(index) && word != "'" {
        return None;
    }
    match word {
        "will" | "shall" | "won't" | "would" | "may" | "might" | "must" | "should" | "upcoming"
        | "forthcoming" | "he'll" | "they'll" | "it'll" | "she'll" | "we'll" | "i'll" | "expects"
        | "plans" | "hopes" | "aims" | "intends" => {
            // "May" as a month is no modal.
            return (word != "may" || !pieces.capital(index)).then_some(Cue::Future);
        }
        "scheduled" | "slated" | "expected" | "due" | "poised" | "planned" | "planning" | "hoping"
        | "preparing" => {
            // "It had been due to expire on Friday": that day is over.
            let over = pieces.before(index) == "been" && index >= 2 && pieces.lower(index - 2) == "had";
            return Some(if over { Cue::Past } else { Cue::Future });
        }
        "effective" | "payable" => return Some(Cue::Future),
        "set" if matches!(next, "for" | "to") => return Some(Cue::Future),
        "going" if next == "to" => return Some(Cue::Future),
        "to" => {
            let verb = matches!(
                pieces.tag(index + 1),
                Some(PartOfSpeech::Verb | PartOfSpeech::Aux)
            );
            let past_sense = matches!(
                pieces.before(index),
                "had"
                    | "have"
                    | "has"
                    | "used"
                    | "began"
                    | "continued"
                    | "managed"
                    | "forced"
                    | "failed"
                    | "tried"
                    | "started"
                    | "able"
                    | "refused"
                    | "attempt"
                    | "attempts"
                    | "helped"
            );
            let over = matches!(pieces.before(index), "due" | "scheduled" | "expected")
                && index >= 3
                && pieces.lower(index - 2) == "been"
                && pieces.lower(index - 3) == "had";
            if over {
                return Some(Cue::Past);
            }
            return (verb && !past_sense && (next == "be" || !next.ends_with("ed"))).then_some(Cue::Future);
        }
        _ => {}
    }
    // "Will be held": what follows "be" has no time of its own.
    if matches!(pieces.before(index), "be" | "being") {
        return None;
    }
    if is_past(word) || (word.len() > 4 && word.ends_with("ed")) {
        // "Its left side", "their most advanced weaponry": no verb, whatever the tag.
        let describes = matches!(
            pieces.before(index),
            "the"
                | "'s"
                | "a"
                | "an"
                | "most"
                | "more"
                | "very"
                | "his"
                | "her"
                | "their"
                | "its"
                | "of"
                | "in"
        );
        let verb = pieces
            .tag(index)
            .is_none_or(|tag| matches!(tag, PartOfSpeech::Verb | PartOfSpeech::Aux));
        return (verb && !describes).then_some(Cue::Past);
    }
    None
}

/// Returns true for the past forms that do not end in "-ed".
fn is_past(word: &str) -> bool {
    matches!(
        word,
        "was"
            | "were"
            | "wasn't"
            | "weren't"
            | "had"
            | "did"
            | "didn't"
            | "been"
            | "said"
            | "told"
            | "met"
            | "left"
            | "went"
            | "came"
            | "took"
            | "gave"
            | "made"
            | "held"
            | "found"
            | "began"
            | "fell"
            | "rose"
            | "grew"
            | "won"
            | "lost"
            | "struck"
            | "shot"
            | "sent"
            | "spoke"
            | "saw"
            | "got"
            | "became"
            | "broke"
            | "brought"
            | "bought"
            | "sold"
            | "led"
            | "drove"
            | "flew"
            | "fought"
            | "wrote"
            | "ran"
            | "paid"
            | "kept"
            | "stood"
            | "threw"
            | "thought"
            | "knew"
            | "withdrew"
            | "swept"
            | "sank"
            | "arose"
            | "chose"
            | "drew"
            | "felt"
            | "heard"
            | "laid"
            | "sought"
            | "built"
            | "could"
    )
}
