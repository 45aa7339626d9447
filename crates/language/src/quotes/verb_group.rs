//! A verb of saying with its auxiliaries, and whether it is a verb at all.

use super::scene::Scene;
use super::verbs::{Form, Verb};
use super::words::{
    is_adverb, is_adverb_at, is_auxiliary, is_be, is_capitalised, is_determiner, is_negation, is_preposition,
    is_subject_pronoun,
};

/// The words of a verb with its auxiliaries.
pub(super) struct Group {
    /// Its first token.
    pub(super) start: usize,
    /// Whether a form of "be" is among them.
    pub(super) be: bool,
    /// Whether there is any auxiliary.
    pub(super) helped: bool,
    /// Whether there is a negation.
    pub(super) negated: bool,
}

/// Returns the auxiliaries and adverbs before the verb at `token`.
pub(super) fn group(scene: &Scene<'_, '_>, token: usize) -> Group {
    let mut group = Group {
        start: token,
        be: false,
        helped: false,
        negated: false,
    };
    while group.start > scene.tokens.start && !scene.is_marked(group.start - 1) {
        let word = scene.word(group.start - 1);
        if !(is_auxiliary(word) || is_adverb_at(scene.context, group.start - 1) || word == "not") {
            break;
        }
        group.be |= is_be(word);
        group.helped |= is_auxiliary(word);
        group.negated |= is_negation(word);
        group.start -= 1;
    }
    group
}

/// Returns true where the verb's form at `token` is a noun or no verb of its own.
pub(super) fn is_no_verb(scene: &Scene<'_, '_>, token: usize, verb: Verb, group: &Group) -> bool {
    let before = scene.word(token.wrapping_sub(1));
    // "the United States", "Times": a name, not a verb.
    if is_capitalised(scene.context, token) && token > scene.tokens.start && !scene.is_marked(token - 1) {
        return true;
    }
    if matches!(before, "to" | "of" | "by")
        && !(before == "to" && scene.word(token.wrapping_sub(3)) == "went")
    {
        return true;
    }
    if is_determiner(before) && !is_subject_pronoun(before) && !matches!(before, "some" | "many" | "most") {
        return true;
    }
    let tag = scene.context.tokens.get(token).and_then(|token| token.tag);
    if verb.base != "say"
        && matches!(
            tag,
            Some(
                rashomon_core::PartOfSpeech::Noun
                    | rashomon_core::PartOfSpeech::Propn
                    | rashomon_core::PartOfSpeech::Adj
            )
        )
    {
        return true;
    }
    match verb.form {
        Form::Base => {
            let subject = before;
            let plural = (subject.ends_with('s') && !subject.ends_with("'s") && !subject.ends_with("ss"))
                || matches!(
                    subject,
                    "i" | "we"
                        | "you"
                        | "they"
                        | "people"
                        | "police"
                        | "media"
                        | "some"
                        | "others"
                        | "many"
                        | "who"
                        | ","
                )
                || scene.is_marked(token.wrapping_sub(1));
            let is_verb = tag == Some(rashomon_core::PartOfSpeech::Verb);
            !(group.helped || plural || is_verb || is_adverb(before))
        }
        // "the claims could follow", "the reports of": a noun
        Form::Third => {
            let next = scene.word(token + 1);
            is_preposition(before) || before.ends_with("'s") || is_auxiliary(next) || next == "of"
        }
        Form::Participle => !group.helped,
        // "the mayor's expected visit", but "she's said"
        Form::Past => {
            let owner = scene.word(token.wrapping_sub(2));
            (before.ends_with("'s") && before.len() > 4)
                || (before == "'s" && !is_subject_pronoun(owner) && !matches!(owner, "who" | "that" | "what"))
        }
        Form::Gerund => false,
    }
}
