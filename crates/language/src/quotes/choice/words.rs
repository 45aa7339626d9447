//! Words, relations and tags as numbers that trees can part.

use rashomon_core::PartOfSpeech;

use super::Scenery;
use crate::quotes::verbs::{Takes, verb};
use crate::quotes::words::{
    is_auxiliary, is_clause_word, is_determiner, is_finite_verb, is_preposition, is_subject_pronoun,
};

/// Returns the class of the word at `token`; 0 before the start and past the end of its sentence.
pub(super) fn class(scenery: &Scenery<'_, '_>, token: usize, inside: &std::ops::Range<usize>) -> f64 {
    if !inside.contains(&token) {
        return 0.0;
    }
    let word = scenery.context.lower(token);
    if scenery.is_marked(token) {
        return 1.0;
    }
    let number: u8 = match word {
        "," => 2,
        "." | "!" | "?" | ";" => 3,
        ":" => 4,
        "—" | "–" | "-" | "--" | "(" | ")" => 5,
        "that" => 6,
        "as" => 7,
        "and" | "but" | "or" => 8,
        "of" => 9,
        "to" => 10,
        _ if verb(word).is_some() => 11,
        _ if is_clause_word(word) => 12,
        _ if is_preposition(word) => 13,
        _ if is_determiner(word) => 14,
        _ if is_subject_pronoun(word) => 15,
        _ if is_auxiliary(word) => 16,
        _ if is_finite_verb(scenery.context, token) => 17,
        _ => return 18.0 + tag(scenery, token),
    };
    f64::from(number)
}

/// Returns the part of speech of a token as a number.
pub(super) fn tag(scenery: &Scenery<'_, '_>, token: usize) -> f64 {
    let tag = scenery.context.tokens.get(token).and_then(|token| token.tag);
    let number: u8 = match tag {
        None => 0,
        Some(PartOfSpeech::Verb) => 1,
        Some(PartOfSpeech::Aux) => 2,
        Some(PartOfSpeech::Adj) => 3,
        Some(PartOfSpeech::Adv) => 4,
        Some(PartOfSpeech::Num) => 5,
        Some(PartOfSpeech::Det) => 6,
        Some(PartOfSpeech::Noun) => 7,
        Some(PartOfSpeech::Propn) => 8,
        Some(PartOfSpeech::Pron) => 9,
        Some(_) => 10,
    };
    f64::from(number)
}

/// Returns a relation as a number.
pub(super) fn relation(relation: &str) -> f64 {
    let number: u8 = match relation {
        "" => 0,
        "root" => 1,
        "nsubj" => 2,
        "nsubj:pass" => 3,
        "obj" => 4,
        "iobj" => 5,
        "obl" => 6,
        "obl:agent" => 7,
        "nmod" => 8,
        "nmod:poss" => 9,
        "appos" => 10,
        "conj" => 11,
        "ccomp" => 12,
        "xcomp" => 13,
        "parataxis" => 14,
        "advcl" => 15,
        "acl" => 16,
        "acl:relcl" => 17,
        "csubj" => 18,
        "amod" => 19,
        "advmod" => 20,
        "compound" => 21,
        "flat" => 22,
        "dep" => 23,
        _ => 24,
    };
    f64::from(number)
}

/// Returns what the verb of saying at `token` takes, as a number; 0 for other words.
pub(super) fn takes(scenery: &Scenery<'_, '_>, token: usize) -> f64 {
    let Some(verb) = verb(scenery.context.lower(token)) else {
        return 0.0;
    };
    let has = |what: Takes, weight: f64| if verb.takes.has(what) { weight } else { 0.0 };
    1.0 + has(Takes::CLAUSE, 8.0) + has(Takes::THAT, 4.0) + has(Takes::PERSON, 2.0) + has(Takes::OBJECT, 1.0)
}

/// Returns which of the frequent verbs of saying stands at `token`; 1 for the others, 0 for other words.
pub(super) fn which_verb(scenery: &Scenery<'_, '_>, token: usize) -> f64 {
    let number: u8 = match verb(scenery.context.lower(token)).map(|verb| verb.base) {
        None => 0,
        Some("say") => 2,
        Some("tell") => 3,
        Some("add") => 4,
        Some("write" | "tweet" | "post") => 5,
        Some("ask") => 6,
        Some("call" | "describe" | "label") => 7,
        Some("accuse" | "criticize" | "blast" | "slam" | "mock") => 8,
        Some("announce" | "report" | "note" | "explain") => 9,
        Some("claim" | "argue" | "insist" | "suggest") => 10,
        Some("read" | "cite" | "quote" | "refer") => 11,
        Some("warn" | "declare" | "promise" | "vow" | "urge") => 12,
        Some(_) => 1,
    };
    f64::from(number)
}
