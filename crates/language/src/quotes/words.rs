//! Small classes of words that the rules for quotes and statements share.

use rashomon_core::PartOfSpeech;

use super::sources::noun_kind;
use super::verbs::{Form, verb};
use crate::context::Context;

/// Returns true for "can", "may", "will" and their like.
pub(crate) fn is_modal(word: &str) -> bool {
    matches!(
        word,
        "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "shall"
            | "should"
            | "must"
            | "'ll"
            | "'d"
            | "cannot"
            | "wo"
            | "ca"
            | "won't"
            | "can't"
            | "couldn't"
            | "wouldn't"
            | "shouldn't"
    )
}

/// Returns true for a form of "be", with or without a negation.
pub(crate) fn is_be(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "am"
            | "'re"
            | "'m"
            | "isn't"
            | "aren't"
            | "wasn't"
            | "weren't"
    )
}

/// Returns true for a form of "have" or "do", with or without a negation.
fn is_have_or_do(word: &str) -> bool {
    matches!(
        word,
        "has"
            | "have"
            | "had"
            | "having"
            | "'ve"
            | "do"
            | "does"
            | "did"
            | "hasn't"
            | "haven't"
            | "hadn't"
            | "don't"
            | "doesn't"
            | "didn't"
    )
}

/// Returns true for an auxiliary of any kind.
pub(crate) fn is_auxiliary(word: &str) -> bool {
    is_modal(word) || is_be(word) || is_have_or_do(word)
}

/// Returns true for "not" and "never", and for a word that ends with "n't".
pub(crate) fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "nor" | "cannot") || word.ends_with("n't")
}

/// Returns true for a word that may stand between an auxiliary, or a subject, and its verb.
pub(crate) fn is_adverb(word: &str) -> bool {
    is_negation(word)
        || (word.len() > 4 && word.ends_with("ly") && !matches!(word, "family" | "ally" | "daily" | "supply"))
        || matches!(
            word,
            "also"
                | "then"
                | "later"
                | "even"
                | "still"
                | "just"
                | "now"
                | "once"
                | "again"
                | "often"
                | "always"
                | "first"
                | "both"
                | "all"
                | "already"
                | "too"
                | "further"
                | "itself"
                | "himself"
                | "herself"
                | "themselves"
                | "since"
                | "long"
                | "ever"
                | "thus"
                | "instead"
                | "however"
                | "meanwhile"
        )
}

/// Returns true where token `token` is an adverb that may stand between a subject and its verb; a capital letter makes
/// a name of it: "Kelly", "Italy".
pub(crate) fn is_adverb_at(context: &Context<'_>, token: usize) -> bool {
    is_adverb(context.lower(token)) && !is_capitalised(context, token)
}

/// Returns true for a personal pronoun that can be a subject.
pub(crate) fn is_subject_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she" | "it" | "they" | "i" | "we" | "you" | "there" | "this" | "these" | "those"
    )
}

/// Returns true for an article, a demonstrative or a possessive.
pub(crate) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "some"
            | "many"
            | "several"
            | "any"
            | "no"
            | "each"
            | "every"
            | "another"
            | "such"
            | "most"
    )
}

/// Returns true for a preposition.
pub(crate) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "with"
            | "of"
            | "to"
            | "during"
            | "after"
            | "before"
            | "under"
            | "over"
            | "about"
            | "against"
            | "between"
            | "among"
            | "through"
            | "into"
            | "despite"
            | "without"
            | "amid"
            | "within"
            | "via"
            | "following"
            | "since"
            | "until"
            | "outside"
            | "near"
    )
}

/// Returns true for a word before which a clause begins or ends.
pub(crate) fn is_clause_word(word: &str) -> bool {
    matches!(
        word,
        "that"
            | "which"
            | "who"
            | "whom"
            | "whose"
            | "what"
            | "because"
            | "although"
            | "though"
            | "while"
            | "whereas"
            | "when"
            | "where"
            | "if"
            | "whether"
            | "as"
            | "than"
            | "but"
            | "so"
            | "yet"
            | "before"
            | "after"
            | "since"
            | "until"
            | "unless"
            | "how"
            | "why"
    )
}

/// Returns true for a day of the week, a month, or a word that dates what is said: "today", "last".
pub(crate) fn is_time_word(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "today"
            | "yesterday"
            | "tonight"
            | "earlier"
            | "later"
            | "last"
            | "early"
            | "late"
            | "week"
            | "weekend"
            | "month"
            | "year"
            | "morning"
            | "afternoon"
            | "evening"
            | "night"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "aug"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
            | "recently"
            | "ago"
    )
}

/// Returns true for a past or third-person form that no ending gives away.
fn is_irregular_past(word: &str) -> bool {
    matches!(
        word,
        "went"
            | "came"
            | "took"
            | "made"
            | "gave"
            | "got"
            | "saw"
            | "left"
            | "began"
            | "won"
            | "lost"
            | "met"
            | "sent"
            | "held"
            | "led"
            | "fell"
            | "rose"
            | "ran"
            | "became"
            | "brought"
            | "kept"
            | "knew"
            | "drew"
            | "broke"
            | "spoke"
            | "struck"
            | "grew"
            | "stood"
            | "spent"
            | "built"
            | "bought"
            | "caught"
            | "flew"
            | "fought"
            | "hit"
            | "paid"
            | "sat"
            | "shot"
            | "threw"
            | "wore"
            | "died"
            | "set"
            | "put"
            | "hopes"
            | "needs"
            | "makes"
            | "takes"
            | "comes"
            | "goes"
            | "gets"
            | "gives"
            | "remains"
            | "appears"
            | "seems"
            | "includes"
            | "continues"
            | "marks"
            | "represents"
            | "means"
    )
}

/// Returns true where token `token` looks like a verb with a subject: by its tag where it has one, otherwise by
/// its form.
pub(crate) fn is_finite_verb(context: &Context<'_>, token: usize) -> bool {
    let word = context.lower(token);
    if is_auxiliary(word) {
        return !matches!(word, "be" | "been" | "being" | "having");
    }
    let before = if token == 0 { "" } else { context.lower(token - 1) };
    if matches!(before, "to" | "the" | "a" | "an" | "of") || word.len() < 2 {
        return false;
    }
    let own = context.tokens.get(token);
    match own.and_then(|token| token.tag) {
        // "Kim's expected meeting": a participle before a noun has no subject.
        Some(PartOfSpeech::Verb | PartOfSpeech::Aux) => {
            !word.ends_with("ing") && own.and_then(|token| token.relation) != Some("amod")
        }
        Some(_) => false,
        None => {
            let noun = noun_kind(word).is_some() && context.lower(token + 1) != "that";
            if is_determiner(before) || noun || before.ends_with("'s") {
                return false;
            }
            is_irregular_past(word)
                || (word.len() > 4 && word.ends_with("ed"))
                || verb(word).is_some_and(|verb| matches!(verb.form, Form::Past | Form::Third))
        }
    }
}

/// Returns true where the tokens from `start` to `end` hold a verb with a subject, near enough to the start that
/// they can be a clause.
pub(crate) fn looks_like_clause(context: &Context<'_>, start: usize, end: usize) -> bool {
    let from = start + usize::from(!is_auxiliary(context.lower(start)));
    (from..end.min(start + 24)).any(|token| is_finite_verb(context, token))
}

/// Returns true for a token that is a mark and no word.
pub(crate) fn is_mark(word: &str) -> bool {
    !word.chars().any(char::is_alphanumeric)
}

/// Returns true for a token that closes a clause: a comma, a stop, a colon, a dash.
pub(crate) fn is_stop(word: &str) -> bool {
    matches!(
        word,
        "," | "." | ":" | ";" | "!" | "?" | "—" | "–" | "--" | "-" | "..." | "…"
    )
}

/// Returns true where a token begins with a capital letter.
pub(crate) fn is_capitalised(context: &Context<'_>, token: usize) -> bool {
    context.word(token).chars().next().is_some_and(char::is_uppercase)
}

/// Returns true where a token, or the one after it, is the mark of a possessor: "China's", "workers'".
pub(crate) fn is_possessive(context: &Context<'_>, token: usize) -> bool {
    let word = context.lower(token);
    word.ends_with("'s") || word.ends_with("s'") || matches!(context.lower(token + 1), "'s" | "'")
}
