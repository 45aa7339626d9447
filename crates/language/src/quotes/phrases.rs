//! Noun phrases beside a verb: who says it.

use std::ops::Range;

use super::words::{
    is_adverb, is_auxiliary, is_capitalised, is_clause_word, is_determiner, is_finite_verb, is_preposition,
    is_subject_pronoun, is_time_word,
};
use crate::context::Context;

/// The longest noun phrase that is looked for, in tokens.
const LONGEST: usize = 25;

/// Returns true for what may stand inside a name or a noun phrase though it is no word.
fn joins(word: &str) -> bool {
    matches!(word, "&" | "/" | "'" | "’" | "'s" | "-" | ".")
}

/// Returns the noun phrase that ends before token `end`, not reaching below token `floor`. `marked` tells which
/// tokens stand inside quotation marks.
pub(crate) fn noun_phrase_before(
    context: &Context<'_>,
    marked: &[u32],
    floor: usize,
    end: usize,
) -> Range<usize> {
    let floor = floor.max(end.saturating_sub(LONGEST));
    let mut start = end;
    while start > floor {
        let token = start - 1;
        let word = context.lower(token);
        if marked.get(token).is_some_and(|&mark| mark > 0) {
            break;
        }
        if word == ")" {
            let open = (floor.max(token.saturating_sub(8))..token)
                .rev()
                .find(|&open| context.lower(open) == "(");
            match open {
                Some(open) => start = open,
                None => break,
            }
            continue;
        }
        if !word.chars().any(char::is_alphanumeric) && !joins(word) {
            break;
        }
        if is_clause_word(word) {
            break;
        }
        if is_subject_pronoun(word) && !matches!(word, "this" | "these" | "those") {
            start = token;
            break;
        }
        if matches!(word, "and" | "or") {
            let names = is_capitalised(context, start)
                && token > floor
                && is_capitalised(context, token - 1)
                && start < end;
            let to_the_edge = joins_to_the_edge(context, marked, floor, token);
            if !(names || to_the_edge) {
                break;
            }
        } else if start < end && is_finite_verb(context, token) {
            break;
        }
        start = token;
    }
    skip_to_noun(context, start, end)
}

/// Returns true where the capitalised word at `start` is a name: alone, or before another one.
fn is_name(context: &Context<'_>, start: usize, end: usize) -> bool {
    is_capitalised(context, start) && (start + 1 == end || is_capitalised(context, start + 1))
}

/// Returns true where everything from a clause's edge to "and" at `token` is one noun phrase.
fn joins_to_the_edge(context: &Context<'_>, marked: &[u32], floor: usize, token: usize) -> bool {
    for earlier in (floor..token).rev() {
        let word = context.lower(earlier);
        if marked.get(earlier).is_some_and(|&mark| mark > 0) || is_finite_verb(context, earlier) {
            return false;
        }
        if word == "," || word == "and" || is_clause_word(word) {
            return word == "and" && earlier == floor;
        }
    }
    !is_preposition(context.lower(floor))
}

/// Drops what stands before the noun phrase itself: adverbs, a conjunction, a leading prepositional phrase.
fn skip_to_noun(context: &Context<'_>, mut start: usize, end: usize) -> Range<usize> {
    while start < end {
        let word = context.lower(start);
        let skip = matches!(
            word,
            "and" | "or" | "." | "'" | "-" | "/" | "yes" | "no" | "additionally" | "indeed"
        ) || (is_adverb(word)
            && !matches!(word, "all" | "both")
            && !(word.ends_with("ly") && is_name(context, start, end)))
            || (is_time_word(word) && !is_capitalised(context, start));
        if !skip {
            break;
        }
        start += 1;
    }
    if start < end && is_preposition(context.lower(start)) {
        let last = (start + 1..end).rev().find(|&token| {
            let word = context.lower(token);
            let opens = is_determiner(word) || is_subject_pronoun(word);
            opens && token > start + 1 && context.lower(token - 1) != "of"
        });
        let capitalised = || {
            let mut first = end;
            while first > start + 1 && is_capitalised(context, first - 1) {
                first -= 1;
            }
            (first < end).then_some(first)
        };
        start = last.or_else(capitalised).unwrap_or(start + 1);
    }
    start..end
}

/// Returns the noun phrase of a subject that ends before token `end`, where it may close with an apposition:
/// "Ada Brown, the mayor of Northport," gives the whole.
pub(crate) fn subject_before(
    context: &Context<'_>,
    marked: &[u32],
    floor: usize,
    end: usize,
) -> Range<usize> {
    if end <= floor || context.lower(end - 1) != "," {
        return noun_phrase_before(context, marked, floor, end);
    }
    // The first comma that opens an apposition: from it to the last no verb stands but behind "who" or "which".
    let close = end - 1;
    let lowest = floor.max(close.saturating_sub(2 * LONGEST));
    let mut first_comma = None;
    let mut verb_in_segment = false;
    for token in (lowest..close).rev() {
        let word = context.lower(token);
        if marked.get(token).is_some_and(|&mark| mark > 0) || matches!(word, ";" | ":" | "—" | "–") {
            break;
        }
        if matches!(word, "who" | "which" | "whose" | "where" | "whom") {
            verb_in_segment = false;
        } else if word == "," {
            if verb_in_segment {
                break;
            }
            let core = noun_phrase_before(context, marked, floor, token);
            let before = core.start.checked_sub(1).filter(|&before| before >= floor);
            let is_adjunct = before.is_some_and(|before| is_preposition(context.lower(before)));
            if !core.is_empty() && !is_adjunct {
                first_comma = Some(core.start);
            }
        } else if is_finite_verb(context, token) {
            verb_in_segment = true;
        }
    }
    match first_comma {
        Some(start) => start..close,
        None => noun_phrase_before(context, marked, floor, close),
    }
}

/// Returns the noun phrase that "who" or "which" at token `relative` stands for.
pub(crate) fn antecedent(
    context: &Context<'_>,
    marked: &[u32],
    floor: usize,
    relative: usize,
) -> Range<usize> {
    let comma = relative > floor && context.lower(relative - 1) == ",";
    let phrase = if comma {
        subject_before(context, marked, floor, relative)
    } else {
        noun_phrase_before(context, marked, floor, relative)
    };
    if phrase.clone().any(|token| context.lower(token) == ",") {
        return phrase;
    }
    // "a call from Ada Brown, who": the last name, unless it only says of what: "the head of the Brown Company".
    let last = phrase
        .clone()
        .rev()
        .find(|&token| is_preposition(context.lower(token)));
    match last {
        Some(last)
            if last + 1 < phrase.end
                && context.lower(last) != "of"
                && is_capitalised(context, phrase.end - 1)
                && !is_capitalised(context, phrase.start) =>
        {
            last + 1..phrase.end
        }
        _ => phrase,
    }
}

/// Returns the noun phrase that starts at token `start`, not reaching `end`, with one apposition where one follows.
pub(crate) fn noun_phrase_after(
    context: &Context<'_>,
    marked: &[u32],
    start: usize,
    end: usize,
) -> Range<usize> {
    let first = stretch(context, marked, start, end);
    if first > start
        && context.lower(first) == ","
        && first + 1 < end
        && marked.get(first + 1).is_none_or(|&mark| mark == 0)
    {
        let word = context.lower(first + 1);
        let apposition = matches!(word, "a" | "an" | "the" | "his" | "her" | "its" | "of" | "who")
            || word.bytes().all(|byte| byte.is_ascii_digit())
            || (is_capitalised(context, first + 1) && !is_time_word(word));
        let second = stretch_wide(context, marked, first + 1, end);
        let is_clause = word != "who" && (first + 1..second).any(|token| is_finite_verb(context, token));
        if apposition && !is_clause && second > first + 1 && matches!(context.lower(second), "," | "." | "") {
            return start..second;
        }
    }
    start..first
}

/// Returns the end of the words of a noun phrase that starts at `start`.
fn stretch(context: &Context<'_>, marked: &[u32], start: usize, end: usize) -> usize {
    let mut token = start;
    while token < end.min(start + LONGEST) {
        let word = context.lower(token);
        if marked.get(token).is_some_and(|&mark| mark > 0) {
            break;
        }
        if word == "(" {
            match (token..end.min(token + 8)).find(|&close| context.lower(close) == ")") {
                Some(close) => {
                    token = close + 1;
                    continue;
                }
                None => break,
            }
        }
        let is_name_stop = word == "." && token + 1 < end && is_capitalised(context, token + 1);
        if !word.chars().any(char::is_alphanumeric) && (!joins(word) || (word == "." && !is_name_stop)) {
            break;
        }
        if token == start && is_auxiliary(word) {
            break;
        }
        let ends = (token > start)
            && (is_clause_word(word)
                || matches!(word, "in" | "on" | "during" | "to" | "following" | "via")
                || (is_time_word(word) && word != "may")
                || (is_subject_pronoun(word))
                || is_finite_verb(context, token)
                || (word.ends_with("ing") && !is_capitalised(context, token)));
        if ends {
            break;
        }
        token += 1;
    }
    token
}

/// Returns the end of an apposition that starts at `start`: all up to the next stop.
fn stretch_wide(context: &Context<'_>, marked: &[u32], start: usize, end: usize) -> usize {
    (start..end.min(start + LONGEST))
        .find(|&token| {
            let word = context.lower(token);
            let mark = marked.get(token).is_some_and(|&mark| mark > 0);
            mark || matches!(word, "," | ";" | ":" | "—" | "–")
                || (word == "." && (token + 1 >= end || !is_capitalised(context, token + 1)))
        })
        .unwrap_or(end)
}
