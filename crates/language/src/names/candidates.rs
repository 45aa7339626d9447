//! Where names stand: runs of capitalised words, cut at titles and peoples.

use std::ops::Range;

use rashomon_core::SentenceKind;
use rustc_hash::FxHashSet;

use super::cut::cut_run;
use super::lists::{
    NotName, demonym, is_first_name, is_honorific, is_known_organisation, is_role, is_role_modifier,
    not_name, organisation_head,
};
use super::runs::run;
use crate::context::Context;
use crate::places::{fold_name, gazetteer};

/// The longest name that is looked up as a whole, in tokens.
const LONGEST_KNOWN: usize = 6;
/// The longest word of a name, in bytes: a name is copied for all that rests on its bearer, so that with one word of a
/// megabyte a short text would fill any memory.
const LONGEST_WORD: usize = 120;
/// A name where it stands, before it is known what it names.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// The sentence it stands in.
    pub(super) sentence: usize,
    /// Its folded words.
    pub(super) key: String,
    /// The tokens of a title that stands before it: "Foreign Minister", "Mr."
    pub(super) title: Option<Range<usize>>,
}

/// What the words of a text show of each other.
pub(super) struct Evidence<'reading> {
    /// Words in lower case that stand with a small letter somewhere.
    small: FxHashSet<&'reading str>,
    /// Words that stand with a capital where no sentence begins.
    capital: FxHashSet<&'reading str>,
}

/// Returns the candidates of a text in order.
pub(super) fn candidates(context: &Context<'_>) -> Vec<Candidate> {
    let evidence = evidence(context);
    let mut candidates = Vec::new();
    let mut loud = Vec::new();
    for sentence in 0..context.sentences.len() {
        if is_loud(context, sentence) {
            loud.push(sentence);
        } else {
            in_sentence(context, sentence, &evidence, &mut candidates);
        }
    }
    // In headings and titles every word has a capital: only names that the rest of the text shows are taken.
    let known: FxHashSet<String> = candidates.iter().map(|candidate| candidate.key.clone()).collect();
    for sentence in loud {
        in_loud_sentence(context, sentence, &known, &mut candidates);
    }
    candidates.sort_by_key(|candidate| candidate.tokens.start);
    candidates
}

/// Returns true for a sentence whose capitals tell nothing.
fn is_loud(context: &Context<'_>, sentence: usize) -> bool {
    if context.sentences[sentence].kind == SentenceKind::Provenance {
        return true;
    }
    let (mut small, mut capital) = (0, 0);
    for token in context.tokens_of(sentence) {
        let word = context.word(token);
        if word.len() > 3 && word.starts_with(char::is_alphabetic) {
            if word.starts_with(char::is_lowercase) {
                small += 1;
            } else {
                capital += 1;
            }
        }
    }
    let heading = context.sentences[sentence].kind == SentenceKind::Heading;
    (capital > 6 * small && capital > 5) || (heading && capital > 0 && small == 0)
}

fn evidence<'reading>(context: &'reading Context<'_>) -> Evidence<'reading> {
    let mut evidence = Evidence {
        small: FxHashSet::default(),
        capital: FxHashSet::default(),
    };
    for sentence in 0..context.sentences.len() {
        let tokens = context.tokens_of(sentence);
        let loud = is_loud(context, sentence);
        for token in tokens.clone() {
            if starts_small(context, token) {
                evidence.small.insert(context.lower(token));
            } else if !loud && is_capital(context, token) && !begins_speech(context, &tokens, token) {
                evidence.capital.insert(context.lower(token));
            }
        }
    }
    evidence
}

/// Returns true when a token begins with a small letter.
fn starts_small(context: &Context<'_>, token: usize) -> bool {
    context.word(token).starts_with(char::is_lowercase)
}

/// Returns true when a token begins with a capital and is short enough for a word of a name.
pub(super) fn is_capital(context: &Context<'_>, token: usize) -> bool {
    let word = context.word(token);
    word.len() <= LONGEST_WORD && word.starts_with(char::is_uppercase)
}

/// Returns true where a capital is owed to the place: at the start of a sentence, of a quotation, of an item.
fn begins_speech(context: &Context<'_>, sentence: &Range<usize>, token: usize) -> bool {
    token == sentence.start
        || matches!(
            context.word(token - 1),
            "“" | "\""
                | "‘"
                | "'"
                | ":"
                | "-"
                | "–"
                | "—"
                | "•"
                | "*"
                | "``"
                | "("
                | "«"
                | "."
                | "?"
                | "!"
                | "..."
                | "…"
                | "--"
        ) && !(token > sentence.start + 1 && is_joined(context, token - 1) && is_joined(context, token))
}

/// Returns true when no space stands before a token.
pub(super) fn is_joined(context: &Context<'_>, token: usize) -> bool {
    token > 0
        && match (context.tokens.get(token - 1), context.tokens.get(token)) {
            (Some(before), Some(after)) => before.span.end == after.span.start,
            _ => false,
        }
}

/// Returns the folded words of a range of tokens.
pub(super) fn key(context: &Context<'_>, tokens: Range<usize>) -> String {
    fold_name(context.span(tokens).text(context.text))
}

/// Finds the names of a sentence in which capitals mean something.
fn in_sentence(
    context: &Context<'_>,
    sentence: usize,
    evidence: &Evidence<'_>,
    candidates: &mut Vec<Candidate>,
) {
    let tokens = context.tokens_of(sentence);
    let mut token = tokens.start;
    while token < tokens.end {
        if !is_capital(context, token) {
            token += 1;
            continue;
        }
        let run = run(context, token, tokens.end);
        let begins = begins_speech(context, &tokens, token);
        let run = if begins {
            settle_start(context, run, evidence)
        } else {
            run
        };
        if run.is_empty() {
            token += 1;
            continue;
        }
        token = run.end;
        cut_run(context, sentence, run, candidates);
    }
}

/// Takes from a run at the start of a sentence the word that has its capital only from there.
fn settle_start(context: &Context<'_>, run: Range<usize>, evidence: &Evidence<'_>) -> Range<usize> {
    let first = run.start;
    let lower = context.lower(first);
    let rest = first + 1..run.end;
    if is_known_whole(context, &run) || is_acronym(context.word(first)) {
        return run;
    }
    let list = not_name(lower);
    match list {
        Some(NotName::Never) => return run,
        Some(NotName::Function) => return 0..0,
        _ => {}
    }
    if is_honorific(lower) || (is_role(lower) || is_role_modifier(lower)) && !rest.is_empty() {
        return run;
    }
    if !rest.is_empty() {
        let head = organisation_head(context.lower(run.end - 1)).last;
        let title = is_role(context.lower(rest.start)) && !is_first_name(lower);
        return match list {
            Some(_) if head || title => run,
            Some(_) => 0..0,
            None if looks_common(lower)
                && (evidence.small.contains(lower) || lower.ends_with("ing"))
                && !is_first_name(lower) =>
            {
                0..0
            }
            None => run,
        };
    }
    let known = evidence.capital.contains(lower) || is_first_name(lower) || demonym(lower).is_some();
    let place = || {
        gazetteer::lookup(&fold_name(lower))
            .next()
            .is_some_and(|place| place.population > 100_000)
    };
    if list.is_some() || (evidence.small.contains(lower) && !known) {
        return 0..0;
    }
    let named = known
        || place()
        || (!looks_common(lower)
            && matches!(
                context.lower(first + 1),
                "'s" | "said"
                    | "says"
                    | "told"
                    | "has"
                    | "is"
                    | "was"
                    | "had"
                    | "will"
                    | "also"
                    | "added"
                    | "did"
                    | "would"
                    | ","
                    | "and"
            ));
    if named { run } else { 0..0 }
}

fn is_acronym(word: &str) -> bool {
    word.chars().filter(|mark| mark.is_uppercase()).count() > 1
        && word
            .chars()
            .all(|mark| mark.is_uppercase() || mark == '.' || mark.is_ascii_digit())
}

/// Returns true for a run that the gazetteer or the list of organisations holds as a whole.
pub(super) fn is_known_whole(context: &Context<'_>, run: &Range<usize>) -> bool {
    if run.len() > LONGEST_KNOWN || (run.len() == 1 && not_name(context.lower(run.start)).is_some()) {
        return false;
    }
    let key = key(context, run.clone());
    is_known_organisation(&key) || (run.len() > 1 && gazetteer::holds(&key))
}

/// Returns true for a word with the look of a common noun, verb or adverb at the start of a sentence.
fn looks_common(lower: &str) -> bool {
    lower.len() > 4
        && [
            "ing", "ly", "ed", "ists", "ers", "ors", "ians", "ants", "ents", "tion", "tions", "ment",
            "ments", "ness", "ities", "ity", "ies", "ism", "ful", "less", "able", "ible", "ous", "ive",
            "ology", "ship", "ships", "ages", "ances", "ings", "ests", "als",
        ]
        .iter()
        .any(|tail| lower.ends_with(tail))
}

/// Finds names that are known from elsewhere in a sentence whose words all have capitals.
fn in_loud_sentence(
    context: &Context<'_>,
    sentence: usize,
    known: &FxHashSet<String>,
    candidates: &mut Vec<Candidate>,
) {
    let tokens = context.tokens_of(sentence);
    let mut token = tokens.start;
    while token < tokens.end {
        let found = (1..=LONGEST_KNOWN.min(tokens.end - token))
            .rev()
            .find_map(|length| {
                let range = token..token + length;
                if !is_capital(context, token) || !is_capital(context, range.end - 1) {
                    return None;
                }
                let key = key(context, range.clone());
                let country = || {
                    gazetteer::lookup(&key).next().is_some_and(|place| {
                        matches!(
                            place.kind,
                            gazetteer::PlaceKind::Country | gazetteer::PlaceKind::Capital
                        )
                    })
                };
                let plain = not_name(context.lower(token)).is_some() && length == 1;
                (!plain && (known.contains(&key) || is_known_organisation(&key) || country()))
                    .then_some((range, key))
            });
        match found {
            Some((range, key)) => {
                token = range.end;
                candidates.push(Candidate {
                    tokens: range,
                    sentence,
                    key,
                    title: None,
                });
            }
            None => token += 1,
        }
    }
}
