//! The thing that a number counts: "military construction workers".

use rashomon_core::PartOfSpeech;

use crate::times::pieces::Pieces;
use crate::times::words;

/// The most words that the name of a thing counted has.
const LONGEST: usize = 8;

/// Returns the pieces of the noun phrase at `index`, after a number: adjectives and nouns up to the first verb,
/// preposition or mark. An "of" with articles before it is passed over: "dozens of the men". `blocked` tells the
/// pieces that belong to a time.
pub(super) fn noun_phrase(
    pieces: &Pieces<'_>,
    index: usize,
    blocked: impl Fn(usize) -> bool,
) -> Option<(usize, usize)> {
    let mut start = index;
    if pieces.lower(start) == "of" {
        start += 1;
        while matches!(
            pieces.lower(start),
            "the"
                | "his"
                | "her"
                | "its"
                | "their"
                | "our"
                | "my"
                | "your"
                | "these"
                | "those"
                | "them"
                | "all"
        ) {
            start += 1;
        }
    }
    while matches!(pieces.lower(start), "more" | "so" | "additional" | "further") && pieces.is_word(start + 1)
    {
        start += 1;
    }
    let mut at = start;
    let mut end = start;
    while at < pieces.len() && at < start + LONGEST + 4 {
        if blocked(at) {
            break;
        }
        let word = pieces.lower(at);
        if !pieces.is_word(at) {
            let possessive = at > start
                && (word == "'s" || (word == "'" && pieces.before(at).ends_with('s') && pieces.glued(at)));
            let hyphen = word == "-"
                && at > start
                && pieces.glued(at)
                && pieces.glued(at + 1)
                && pieces.is_word(at + 1);
            let ampersand = word == "&" && pieces.is_word(at + 1);
            let stop = word == "." && pieces.glued(at) && pieces.glued(at + 1) && pieces.is_word(at + 1);
            if possessive || hyphen || ampersand || stop {
                at += 1;
                continue;
            }
            break;
        }
        if word == "and" && joins_modifiers(pieces, at) && at > start {
            at += 1;
            continue;
        }
        match kind(pieces, at, at > start) {
            Kind::Noun => {
                at += 1;
                end = at;
                if ends_phrase(pieces, at) {
                    break;
                }
            }
            Kind::Modifier => at += 1,
            Kind::Stop => break,
        }
    }
    (end > start && end - start <= LONGEST + 4).then_some((start, end))
}

/// What a word is to a noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Noun,
    Modifier,
    Stop,
}

fn kind(pieces: &Pieces<'_>, at: usize, inside: bool) -> Kind {
    let word = pieces.lower(at);
    let country = word == "us" && pieces.tag(at) == Some(PartOfSpeech::Propn);
    if is_function_word(word) && !country || (words::weekday(word).is_some() && pieces.capital(at)) {
        return Kind::Stop;
    }
    let next = pieces.lower(at + 1);
    let next_is_word = pieces.is_word(at + 1) && !is_function_word(next);
    match pieces.tag(at) {
        Some(PartOfSpeech::Noun | PartOfSpeech::Propn | PartOfSpeech::X | PartOfSpeech::Sym) => Kind::Noun,
        Some(PartOfSpeech::Adj) => Kind::Modifier,
        Some(PartOfSpeech::Adv)
            if next_is_word && matches!(pieces.tag(at + 1), Some(PartOfSpeech::Adj | PartOfSpeech::Verb)) =>
        {
            Kind::Modifier
        }
        // A participle before its noun: "recorded songs", "trading days".
        Some(PartOfSpeech::Verb)
            if (word.ends_with("ed") || word.ends_with("ing"))
                && next_is_word
                && matches!(
                    pieces.tag(at + 1),
                    Some(PartOfSpeech::Noun | PartOfSpeech::Propn | PartOfSpeech::Adj)
                ) =>
        {
            Kind::Modifier
        }
        Some(_) => Kind::Stop,
        None if is_common_verb(word) => Kind::Stop,
        None if word.ends_with("ly") => {
            if next_is_word {
                Kind::Modifier
            } else {
                Kind::Stop
            }
        }
        None if word.ends_with("ed") && word.len() > 4 => {
            if next_is_word && !inside {
                Kind::Modifier
            } else {
                Kind::Stop
            }
        }
        None => Kind::Noun,
    }
}

/// Returns true where the noun before `at` ends its phrase: a plural that nothing is glued to.
fn ends_phrase(pieces: &Pieces<'_>, at: usize) -> bool {
    let noun = pieces.before(at);
    if matches!(pieces.lower(at), "'s" | "'" | "-") && pieces.glued(at) {
        return false;
    }
    let proper = at.checked_sub(1).is_some_and(|index| {
        pieces.capital(index) && pieces.capital(at) && pieces.tag(index) != Some(PartOfSpeech::Noun)
    });
    !proper && is_plural(noun) && !matches!(noun, "sales" | "news" | "politics" | "sports" | "states")
}

/// Returns true for a noun that looks like a plural.
pub(super) fn is_plural(noun: &str) -> bool {
    matches!(
        noun,
        "people" | "men" | "women" | "children" | "police" | "staff" | "personnel"
    ) || (noun.len() > 3 && noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us"))
}

/// "digital and physical sales", "Kia and Hyundai vehicles".
fn joins_modifiers(pieces: &Pieces<'_>, at: usize) -> bool {
    let modifies = |index: usize| {
        matches!(pieces.tag(index), Some(PartOfSpeech::Adj))
            || (pieces.capital(index) && pieces.tag(index).is_some())
    };
    at > 0 && modifies(at - 1) && modifies(at + 1) && matches!(pieces.tag(at + 2), Some(PartOfSpeech::Noun))
}

/// Returns true for the words of grammar, and for words that never belong to what is counted.
pub(super) fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "to"
            | "with"
            | "without"
            | "into"
            | "over"
            | "under"
            | "after"
            | "before"
            | "since"
            | "during"
            | "between"
            | "among"
            | "against"
            | "about"
            | "as"
            | "than"
            | "per"
            | "and"
            | "or"
            | "but"
            | "nor"
            | "if"
            | "when"
            | "while"
            | "because"
            | "although"
            | "though"
            | "that"
            | "which"
            | "who"
            | "whom"
            | "whose"
            | "what"
            | "where"
            | "how"
            | "i"
            | "you"
            | "he"
            | "she"
            | "it"
            | "we"
            | "they"
            | "him"
            | "her"
            | "them"
            | "his"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "this"
            | "these"
            | "those"
            | "there"
            | "here"
            | "not"
            | "no"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "am"
            | "has"
            | "have"
            | "had"
            | "do"
            | "does"
            | "did"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "shall"
            | "should"
            | "up"
            | "down"
            | "out"
            | "off"
            | "away"
            | "around"
            | "across"
            | "through"
            | "along"
            | "near"
            | "behind"
            | "above"
            | "below"
            | "within"
            | "until"
            | "till"
            | "toward"
            | "towards"
            | "upon"
            | "inside"
            | "outside"
            | "ago"
            | "later"
            | "earlier"
            | "so"
            | "then"
            | "now"
            | "also"
            | "just"
            | "only"
            | "too"
            | "very"
            | "each"
            | "apiece"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "via"
            | "including"
            | "according"
            | "compared"
            | "versus"
            | "despite"
            | "amid"
            | "instead"
            | "already"
            | "again"
            | "still"
            | "yet"
            | "back"
            | "us"
            | "itself"
            | "me"
            | "both"
            | "either"
            | "plus"
            | "minus"
    )
}

/// Returns true for verbs that often follow a thing counted, for texts without tags.
fn is_common_verb(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "say"
            | "says"
            | "told"
            | "took"
            | "take"
            | "takes"
            | "came"
            | "come"
            | "comes"
            | "went"
            | "go"
            | "goes"
            | "made"
            | "make"
            | "makes"
            | "got"
            | "get"
            | "gave"
            | "give"
            | "died"
            | "die"
            | "killed"
            | "left"
            | "fell"
            | "rose"
            | "met"
            | "held"
            | "began"
            | "became"
            | "remain"
            | "remains"
            | "believed"
            | "fled"
            | "lost"
            | "won"
            | "stood"
            | "marched"
            | "gathered"
            | "attended"
            | "live"
            | "lives"
            | "work"
            | "works"
            | "worked"
            | "following"
    )
}
