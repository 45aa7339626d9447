//! The verb of a clause, who acts, and the rest.

use std::ops::Range;

use rashomon_core::PartOfSpeech;

use crate::context::Context;
use crate::quotes::words::{
    is_adverb, is_adverb_at, is_auxiliary, is_be, is_capitalised, is_determiner, is_finite_verb, is_mark,
    is_modal, is_negation, is_preposition, is_stop, is_subject_pronoun, is_time_word,
};
use crate::quotes::{antecedent, subject_before, verb};

/// The parts of a clause, in tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Predicate {
    /// The verb with its auxiliaries; empty where none is found.
    pub(super) tokens: Range<usize>,
    /// Who acts.
    pub(super) actor: Option<Range<usize>>,
    /// The rest.
    pub(super) object: Option<Range<usize>>,
    /// Whether the verb, or the actor, is negated.
    pub(super) negated: bool,
}

/// Returns the parts of the clause in `tokens`; `inner` are clauses inside it that are read on their own, and `before`
/// is who acts in the clause before, for one that has no actor of its own.
pub(super) fn predicate(
    context: &Context<'_>,
    marked: &[u32],
    tokens: &Range<usize>,
    inner: &[Range<usize>],
    before: Option<&Range<usize>>,
    sentence_start: usize,
) -> Predicate {
    let is_inner = |token: usize| inner.iter().any(|inner| inner.contains(&token));
    let first_word = (tokens.start..tokens.end)
        .find(|&token| !is_mark(context.lower(token)))
        .unwrap_or(tokens.start);
    let opening = context.lower(first_word);
    let starts_sentence = tokens.start == sentence_start;
    let is_ing = |word: &str| word.ends_with("ing") && word.len() > 4;
    let participle = !starts_sentence
        && (is_ing(opening) || (is_adverb(opening) && is_ing(context.lower(first_word + 1))));
    let first_word = first_word + usize::from(participle && is_adverb(opening));
    let mut finite = tokens
        .clone()
        .filter(|&token| !is_inner(token) && is_finite_verb(context, token))
        // "Legally married couples will be allowed": no verb, whatever its form.
        .filter(|&token| !is_bare_participle(context, token));
    // "Anyone who wants to dine will have to pay": the verb that tells of the subject is not the clause's own.
    let opened = finite.next().filter(|_| !participle);
    let told_of = opened.and_then(|verb| described_subject(context, tokens, verb));
    let main = told_of.and_then(|subject| {
        finite
            .find(|&verb| governs(context, verb, subject))
            .map(|verb| (verb, subject))
    });
    let Some(first) = main
        .map(|(verb, _)| verb)
        .or(opened)
        .or_else(|| participle.then_some(first_word))
    else {
        return Predicate::default();
    };
    let last = verb_end(context, first, tokens.end);
    let mut found = Predicate {
        tokens: first..last,
        actor: None,
        object: trimmed(context, last..tokens.end),
        negated: (first..last).any(|token| is_negation(context.lower(token))),
    };
    let relative = matches!(opening, "who" | "which" | "that" | "whose");
    found.actor = if participle {
        before.cloned()
    } else if let Some((_, subject)) = main {
        Some(noun_phrase(context, tokens.start, subject))
    } else if relative {
        Some(antecedent(context, marked, sentence_start, first_word)).filter(|actor| !actor.is_empty())
    } else {
        let mut end = first;
        while end > tokens.start && is_adverb_at(context, end - 1) {
            end -= 1;
        }
        let unmarked: [u32; 0] = [];
        // A clause inside the actor stands between it and its verb.
        let floor = tokens.start;
        let jumped = inner
            .iter()
            .find(|inner| inner.end <= end && inner.end + 1 >= end)
            .map_or(end, |inner| inner.start);
        let subject = subject_before(context, &unmarked, floor, jumped);
        if subject.is_empty() {
            before.cloned()
        } else {
            Some(with_names_before(context, floor, subject))
        }
    };
    if let Some(actor) = &found.actor {
        found.negated |= matches!(
            context.lower(actor.start),
            "no" | "none" | "nobody" | "neither" | "no-one"
        );
    }
    let closes_with_auxiliary = is_auxiliary(context.lower(last.saturating_sub(1)));
    found.negated |= closes_with_auxiliary && context.lower(last) == "no";
    found
}

/// Returns true for a participle that stands before the verb on which it hangs, as an attribute or as a clause without a
/// subject or an auxiliary.
fn is_bare_participle(context: &Context<'_>, token: usize) -> bool {
    let Some(own) = context.tokens.get(token) else {
        return false;
    };
    let holds = |word: usize| {
        context.tokens.get(word).is_some_and(|other| {
            other.head == Some(token)
                && matches!(
                    other.relation,
                    Some("nsubj" | "nsubj:pass" | "aux" | "aux:pass" | "mark")
                )
        })
    };
    match own.relation {
        Some("amod") => true,
        Some("advcl") => {
            own.head.is_some_and(|head| head > token)
                && context.lower(token).ends_with("ed")
                && !(token.saturating_sub(MOST_WORDS_BEFORE)..token).any(holds)
        }
        _ => false,
    }
}

/// So many words before a verb may stand between it and its subject.
const MOST_WORDS_BEFORE: usize = 12;

/// Returns the noun before a verb that only describes it ("who wants to dine") and that is the subject of another verb.
fn described_subject(context: &Context<'_>, tokens: &Range<usize>, verb: usize) -> Option<usize> {
    let of = |token: usize| context.tokens.get(token);
    let own = match of(verb)?.relation {
        Some("aux" | "aux:pass" | "cop") => of(verb)?.head?,
        _ => verb,
    };
    let noun = of(own)?
        .head
        .filter(|_| of(own).and_then(|own| own.relation) == Some("acl:relcl"))?;
    let is_subject = matches!(of(noun)?.relation, Some("nsubj" | "nsubj:pass"));
    (is_subject && tokens.contains(&noun) && noun < verb).then_some(noun)
}

/// Returns true for the first word of the verb whose subject `subject` is.
fn governs(context: &Context<'_>, verb: usize, subject: usize) -> bool {
    let Some(main) = context.tokens.get(subject).and_then(|subject| subject.head) else {
        return false;
    };
    let own = context.tokens.get(verb);
    let helps = own.is_some_and(|own| {
        own.head == Some(main) && matches!(own.relation, Some("aux" | "aux:pass" | "cop"))
    });
    verb > subject && (verb == main || helps)
}

/// Returns a noun with the words before it that depend on it.
fn noun_phrase(context: &Context<'_>, floor: usize, noun: usize) -> Range<usize> {
    let mut start = noun;
    while start > floor {
        let mut at = start - 1;
        while at != noun
            && let Some(head) = context.tokens.get(at).and_then(|token| token.head)
            && (start - 1..=noun).contains(&head)
        {
            if head < at {
                break;
            }
            at = head;
        }
        if at != noun || is_mark(context.lower(start - 1)) {
            break;
        }
        start -= 1;
    }
    start..noun + 1
}

/// Returns a subject with the names that are listed before it: "Ada, Carl and Dora".
fn with_names_before(context: &Context<'_>, floor: usize, subject: Range<usize>) -> Range<usize> {
    let mut start = subject.start;
    let listed = (subject.start.saturating_sub(2).max(floor)..subject.end.min(subject.start + 6))
        .any(|token| context.lower(token) == "and");
    while listed && start > floor + 1 {
        let mut edge = start - 1;
        if context.lower(edge) == "and" && edge > floor {
            edge -= 1;
        }
        if edge + 1 == start && context.lower(edge) != "," {
            break;
        }
        let end = if context.lower(edge) == "," {
            edge
        } else {
            edge + 1
        };
        let mut first = end;
        while first > floor && is_capitalised(context, first - 1) {
            first -= 1;
        }
        let is_adjunct = first > floor && is_preposition(context.lower(first - 1));
        if first == end || is_adjunct || is_time_word(context.lower(end - 1)) {
            break;
        }
        start = first;
    }
    start..subject.end
}

/// Returns the token after the words of a verb that begins at `first`.
fn verb_end(context: &Context<'_>, first: usize, end: usize) -> usize {
    let mut token = first;
    let mut last = first + 1;
    let mut seen_verb = !is_auxiliary(context.lower(first));
    while token + 1 < end.min(first + 10) {
        token += 1;
        let word = context.lower(token);
        if !seen_verb && (is_auxiliary(word) || is_negation(word)) {
            last = token + 1;
        } else if is_adverb(word) {
            if is_negation(word) {
                last = token + 1;
            }
        } else if !seen_verb && is_verb_form(context, token, first) {
            last = token + 1;
            seen_verb = true;
        } else if word == "to"
            && leads_on(context.lower(token - 1))
            && token + 1 < end
            && !is_mark(context.lower(token + 1))
        {
            // "is expected to arrive", "plans to visit"
            last = token + 2;
            token += 1;
            if is_auxiliary(context.lower(token)) {
                seen_verb = false;
            } else {
                break;
            }
        } else {
            break;
        }
    }
    last
}

/// Returns true for a word after an auxiliary that is its verb.
fn is_verb_form(context: &Context<'_>, token: usize, first: usize) -> bool {
    let word = context.lower(token);
    match context.tokens.get(token).and_then(|token| token.tag) {
        Some(PartOfSpeech::Verb | PartOfSpeech::Aux) => true,
        Some(PartOfSpeech::Adj) => leads_on(word),
        Some(_) => false,
        None => {
            let base = context.lower(first);
            let after_be = is_be(base);
            let opens_object = is_determiner(word) || is_preposition(word) || is_subject_pronoun(word);
            !opens_object
                && !is_capitalised(context, token)
                && (verb(word).is_some()
                    || leads_on(word)
                    || word.ends_with("ed")
                    || word.ends_with("en")
                    || word.ends_with("ing")
                    || ((is_modal(base) || !after_be) && word.chars().all(char::is_alphabetic)))
        }
    }
}

/// Returns true for a word after which an infinitive carries the sense: "expected to arrive".
fn leads_on(word: &str) -> bool {
    matches!(
        word,
        "expected"
            | "set"
            | "due"
            | "scheduled"
            | "planned"
            | "plan"
            | "plans"
            | "planning"
            | "likely"
            | "unlikely"
            | "believed"
            | "thought"
            | "said"
            | "known"
            | "reported"
            | "going"
            | "able"
            | "unable"
            | "poised"
            | "slated"
            | "about"
            | "ready"
            | "intend"
            | "intends"
            | "intended"
            | "want"
            | "wants"
            | "wanted"
            | "seek"
            | "seeks"
            | "sought"
            | "seeking"
            | "vowed"
            | "pledged"
            | "promised"
            | "agreed"
            | "refused"
            | "declined"
            | "failed"
            | "began"
            | "continue"
            | "continues"
            | "continued"
            | "tried"
            | "has"
            | "have"
            | "had"
            | "forced"
            | "ordered"
            | "allowed"
            | "asked"
            | "appears"
            | "appeared"
            | "appear"
            | "seems"
            | "seemed"
            | "is"
            | "are"
            | "was"
            | "were"
    )
}

/// Returns the tokens without marks at their ends, if any are left.
fn trimmed(context: &Context<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut end) = (tokens.start, tokens.end);
    while start < end && is_stop(context.lower(start)) {
        start += 1;
    }
    while start < end && is_stop(context.lower(end - 1)) {
        end -= 1;
    }
    (start < end).then_some(start..end)
}
