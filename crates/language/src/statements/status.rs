//! How surely a clause is said.

use std::ops::Range;
use std::sync::LazyLock;

use rashomon_core::{PartOfSpeech, Status};

use super::phrases::Phrases;
use super::predicate::Predicate;
use crate::context::Context;
use crate::quotes::words::{is_be, is_capitalised, is_clause_word, is_finite_verb, is_negation};
use crate::quotes::{Takes, verb};

const TABLE: &str = include_str!("../data/status_phrases.txt");

static PHRASES: LazyLock<Phrases<Status>> = LazyLock::new(|| Phrases::read(TABLE, status_named));

/// What is granted or refused, a noun a line.
const GRANTED: &str = include_str!("../data/granted_nouns.txt");

/// How many words behind "denied" what is refused may stand.
const FARTHEST_GRANTED: usize = 7;

fn status_named(word: &str) -> Option<Status> {
    Some(match word {
        "expected" => Status::Expected,
        "possible" => Status::Possible,
        "denied" => Status::Denied,
        "unconfirmed" => Status::Unconfirmed,
        _ => return None,
    })
}

/// Returns how strong a status is where several are told in one clause.
fn strength(status: Status) -> u8 {
    match status {
        Status::Asserted => 0,
        Status::Expected => 1,
        Status::Possible => 2,
        Status::Unconfirmed => 3,
        Status::Denied => 4,
    }
}

/// Returns the status of the clause in `tokens`. `cue` are the words by which it is laid on someone: "denied that".
pub(super) fn status(
    context: &Context<'_>,
    tokens: &Range<usize>,
    predicate: &Predicate,
    cue: Option<&Range<usize>>,
) -> Status {
    let from_phrases = PHRASES
        .all(context, tokens.clone())
        .into_iter()
        .filter(|(words, status)| *status != Status::Denied || !refuses(context, words.start))
        .filter(|(words, status)| *status != Status::Unconfirmed || !is_acquaintance(context, words))
        .filter(|(words, status)| *status != Status::Possible || !is_of_a_part(context, words))
        .filter(|(words, _)| !is_aside(context, tokens, words, &predicate.tokens))
        .map(|(_, status)| status);
    let from_modals = predicate
        .tokens
        .clone()
        .filter_map(|token| modal(context, token, cue.is_some()));
    let from_plan = intends(context, &predicate.tokens).then_some(Status::Expected);
    let from_cue = cue
        .into_iter()
        .flat_map(Clone::clone)
        .filter(|&token| !refuses(context, token))
        .filter_map(|token| verb(context.lower(token)))
        .filter_map(|verb| {
            let takes = verb.takes;
            if takes.has(Takes::DENIED) {
                Some(Status::Denied)
            } else if takes.has(Takes::POSSIBLE) {
                Some(Status::Possible)
            } else if takes.has(Takes::EXPECTED) {
                Some(Status::Expected)
            } else {
                None
            }
        });
    from_phrases
        .chain(asks(context, tokens, &predicate.tokens))
        .chain(from_modals)
        .chain(from_plan)
        .chain(from_cue)
        .max_by_key(|&status| strength(status))
        .unwrap_or_default()
}

/// How many steps up the tree of a sentence are taken from a phrase to the verb of its clause.
const MOST_STEPS: usize = 8;

/// Returns true for a word that tells of a part of the clause and not of its verb: "pages that deny the flood", "calls for
/// her dismissal over alleged theft". Other phrases stay with the whole clause wherever they stand: measured on the stories
/// of train/compare, leaving them out loses more differences that are than ones that are not.
fn is_aside(
    context: &Context<'_>,
    clause: &Range<usize>,
    phrase: &Range<usize>,
    predicate: &Range<usize>,
) -> bool {
    if predicate.is_empty() || phrase.len() != 1 {
        return false;
    }
    let is_allegation = matches!(context.lower(phrase.start), "alleged" | "allegedly");
    let mut at = phrase.start;
    for _ in 0..MOST_STEPS {
        if predicate.contains(&at) || !clause.contains(&at) {
            return false;
        }
        match relation(context, at) {
            Some("acl:relcl") => return true,
            Some("acl" | "advcl" | "nmod" | "obl") if is_allegation => return true,
            _ => {}
        }
        let Some(head) = context.tokens.get(at).and_then(|token| token.head) else {
            return false;
        };
        at = head;
    }
    false
}

/// Returns the relation of a token to its head.
fn relation(context: &Context<'_>, token: usize) -> Option<&'static str> {
    context.tokens.get(token)?.relation
}

/// Returns true where "denied" at `token` refuses what could be granted, and contradicts nobody: "denied her bail", not
/// "denied having asked for bail", "denied the allegations".
fn refuses(context: &Context<'_>, token: usize) -> bool {
    if !matches!(context.lower(token), "deny" | "denies" | "denied" | "denying") {
        return false;
    }
    for next in token + 1..=token + FARTHEST_GRANTED {
        let word = context.lower(next);
        if GRANTED.lines().any(|noun| noun == word) {
            // "denied the request was made"
            return !is_finite_verb(context, next + 1);
        }
        let ends = is_clause_word(word)
            || word == "any"
            || !word.contains(char::is_alphanumeric)
            || (word.ends_with("ing") && next == token + 1)
            || is_finite_verb(context, next)
            || word == "of";
        if ends {
            return false;
        }
    }
    false
}

/// Returns true where a word of doubt compares how often something happens, or tells of a thing in the clause and not of what
/// happened: "three times more likely to win", "had an apparently tense talk", "died of a suspected poisoning"; not "the suspected
/// attack killed two", "will likely win".
fn is_of_a_part(context: &Context<'_>, phrase: &Range<usize>) -> bool {
    if phrase.len() != 1 {
        return false;
    }
    let before = phrase.start.checked_sub(1).map(|token| context.lower(token));
    if matches!(context.lower(phrase.start), "likely" | "unlikely")
        && matches!(before, Some("more" | "less" | "as"))
    {
        return true;
    }
    let head_of = |token: usize| context.tokens.get(token).and_then(|token| token.head);
    let mut at = phrase.start;
    if relation(context, at) == Some("advmod")
        && let Some(head) = head_of(at)
    {
        at = head;
    }
    let is_modifier = relation(context, at) == Some("amod");
    let thing = head_of(at).filter(|_| is_modifier);
    thing.is_some_and(|thing| {
        matches!(
            relation(context, thing),
            Some("obj" | "iobj" | "obl" | "nmod" | "appos")
        )
    })
}

/// Returns true where a phrase of not knowing tells of whom or what one never heard, and leaves nothing open: "did not know the
/// woman", "did not know that the dam was closed", "had not known about it"; not "did not know whether", "is not known".
fn is_acquaintance(context: &Context<'_>, phrase: &Range<usize>) -> bool {
    let knows = match context.lower(phrase.end - 1) {
        "know" => true,
        "known" => (1..=2).any(|back| {
            let before = phrase.start.checked_sub(back).map(|token| context.lower(token));
            matches!(before, Some("had" | "has" | "have"))
        }),
        _ => false,
    };
    let next = context.lower(phrase.end);
    let is_whom = matches!(
        next,
        "the"
            | "a"
            | "an"
            | "him"
            | "her"
            | "his"
            | "them"
            | "their"
            | "its"
            | "it"
            | "me"
            | "us"
            | "you"
            | "this"
            | "these"
            | "those"
            | "that"
            | "each"
            | "anyone"
            | "about"
    );
    let is_name = context.tokens.get(phrase.end).and_then(|token| token.tag) == Some(PartOfSpeech::Propn);
    knows && (is_whom || is_name)
}

/// Returns true for a verb of what is to come: "was to meet", "plans", "is reportedly planning".
fn intends(context: &Context<'_>, predicate: &Range<usize>) -> bool {
    predicate.clone().any(|token| {
        let word = context.lower(token);
        let is_verb = context.tokens.get(token).and_then(|token| token.tag) == Some(PartOfSpeech::Verb);
        // "Is to blame" is the case now.
        let is_to = is_be(word)
            && context.lower(token + 1) == "to"
            && predicate.contains(&(token + 2))
            && context.lower(token + 2) != "blame"
            && context.tokens.get(token + 2).and_then(|token| token.tag) == Some(PartOfSpeech::Verb);
        is_to
            || is_verb
                && matches!(
                    word,
                    "plan" | "plans" | "planning" | "intend" | "intends" | "intending"
                )
    })
}

/// Returns what a clause says that asks or sets a condition, and asserts nothing: "asked whether the dam is safe", "if the dam
/// breaks".
fn asks(context: &Context<'_>, clause: &Range<usize>, predicate: &Range<usize>) -> Option<Status> {
    let relation = predicate.clone().rev().find_map(|token| {
        // "Whether it is safe": the verb hangs on "safe".
        let is_copula = matches!(relation(context, token), Some("cop" | "aux" | "aux:pass"));
        let head = context.tokens.get(token).and_then(|token| token.head);
        let top = head.filter(|_| is_copula).unwrap_or(token);
        relation(context, top).filter(|relation| matches!(*relation, "ccomp" | "advcl" | "csubj"))
    });
    match (context.lower(clause.start), relation) {
        ("whether", _) | ("if", Some("ccomp")) => Some(Status::Unconfirmed),
        ("if", Some("advcl")) => Some(Status::Possible),
        _ => None,
    }
}

/// Returns what a modal verb tells; "would" is the future of something said in the past.
fn modal(context: &Context<'_>, token: usize, attributed: bool) -> Option<Status> {
    match context.lower(token) {
        "will" | "'ll" | "wo" | "won't" | "shall" => Some(Status::Expected),
        // "I would like to thank" is said and done at once.
        "would" if wishes(context, token + 1) => None,
        "would" | "wouldn't" if attributed => Some(Status::Expected),
        "could" if is_negation(context.lower(token + 1)) => None,
        "might" | "could" => Some(Status::Possible),
        "may" if !is_capitalised(context, token) => Some(Status::Possible),
        _ => None,
    }
}

/// Returns true where a wish is spoken from `token` on: "like to", "also like to".
fn wishes(context: &Context<'_>, token: usize) -> bool {
    let verb = if context.lower(token) == "also" {
        token + 1
    } else {
        token
    };
    matches!(context.lower(verb), "like" | "love") && context.lower(verb + 1) == "to"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_a_status() {
        for line in TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (name, words) = line.split_once(": ").expect(line);
            assert!(status_named(name).is_some() && !words.is_empty(), "{line}");
        }
    }

    #[test]
    fn what_is_asked_or_a_condition_is_not_asserted() {
        let statuses = |text: &str| -> Vec<Status> {
            let reading = crate::read(&rashomon_core::Report::new("r", text));
            let statements = reading.statements.iter();
            statements.map(|statement| statement.status).collect()
        };
        assert_eq!(
            statuses("Reporters asked if the dam was safe."),
            [Status::Asserted, Status::Unconfirmed]
        );
        assert_eq!(
            statuses("He wondered whether the ferry left the harbour on Monday."),
            [Status::Asserted, Status::Unconfirmed]
        );
    }

    #[test]
    fn a_word_about_a_part_of_the_clause_leaves_it_asserted() {
        let statuses = |text: &str| -> Vec<Status> {
            let reading = crate::quotes::testing::reading_of(text);
            reading
                .statements
                .iter()
                .map(|statement| statement.status)
                .collect()
        };
        let asserted = [Status::Asserted];
        assert_eq!(
            statuses(
                "The president of the club is facing calls for his dismissal over alleged misuse of funds."
            ),
            asserted
        );
        assert_eq!(statuses("The crowd shouted about his alleged guilt."), asserted);
        let unconfirmed = [Status::Unconfirmed];
        assert_eq!(statuses("The alleged attack killed two people."), unconfirmed);
        assert_eq!(statuses("Ada Brown allegedly took the money."), unconfirmed);
    }

    #[test]
    fn whom_one_does_not_know_leaves_nothing_open() {
        let unconfirmed = |text: &str| {
            let reading = crate::quotes::testing::reading_of(text);
            let mut statements = reading.statements.iter();
            statements.any(|statement| statement.status == Status::Unconfirmed)
        };
        assert!(!unconfirmed("Ada Brown said that she did not know the miner."));
        assert!(!unconfirmed("Ada Brown did not know that the dam was closed."));
        assert!(!unconfirmed("Ada Brown had not known about the letters."));
        assert!(unconfirmed("Ada Brown did not know whether the dam was closed."));
        assert!(unconfirmed("It was not known who opened the gate."));
        assert!(unconfirmed("Ada Brown did not know of any threats."));
    }

    #[test]
    fn a_doubt_about_a_thing_leaves_what_happened_asserted() {
        let possible = |text: &str| {
            let reading = crate::quotes::testing::reading_of(text);
            let mut statements = reading.statements.iter();
            statements.any(|statement| statement.status == Status::Possible)
        };
        assert!(!possible(
            "Miners are three times more likely to be stopped by the police of Senby."
        ));
        assert!(!possible(
            "Ada Brown had an apparently tense talk with Bo Lind on Monday."
        ));
        assert!(!possible(
            "The miner Bo Lind died of a suspected heart attack in Senby."
        ));
        assert!(possible("The council will likely open the bridge in May."));
        assert!(possible("Bo Lind apparently left the town on Monday."));
    }

    #[test]
    fn a_plan_is_expected() {
        let status = |text: &str| {
            let reading = crate::quotes::testing::reading_of(text);
            reading.statements.first().map(|statement| statement.status)
        };
        let expected = Some(Status::Expected);
        assert_eq!(
            status("The council is reportedly planning a new bridge."),
            expected
        );
        assert_eq!(status("The minister was to meet the miners in Senby."), expected);
        assert_eq!(
            status("Anyone who wants to dine in Senby will have to show a pass."),
            expected
        );
        assert_eq!(
            status("An open valve was to blame for the flood."),
            Some(Status::Asserted)
        );
        assert_eq!(
            status("The board is investigating the fire in Senby."),
            Some(Status::Asserted)
        );
        assert_eq!(
            status("The board is investigating whether the fire was set."),
            Some(Status::Unconfirmed)
        );
    }

    #[test]
    fn a_refusal_is_no_denial() {
        let is_denied = |text: &str| {
            let reading = crate::quotes::testing::reading_of(text);
            reading
                .statements
                .iter()
                .any(|statement| statement.status == Status::Denied)
        };
        assert!(!is_denied("The judge denied bail to Ada Brown."));
        assert!(!is_denied("Northland denied her a visa."));
        assert!(!is_denied("Ada Brown was denied entry."));
        assert!(!is_denied("The council denied a request for a permit."));
        assert!(is_denied("Ada Brown denied having asked for a visa."));
        assert!(is_denied("Ada Brown denied that she had a permit."));
        assert!(is_denied("Ada Brown denied the allegations."));
        assert!(is_denied("Ada Brown denied the visa was hers."));
    }
}
