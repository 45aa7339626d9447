//! Noun phrases beside a verb: who says it.

use std::ops::Range;

use super::words::{
    is_adverb, is_capitalised, is_clause_word, is_determiner, is_finite_verb, is_preposition,
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
        ) || (is_adverb(word) && !matches!(word, "all" | "both"))
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
    let close = end - 1;
    let mut edge = close;
    let mut subject = end..end;
    for _ in 0..4 {
        let comma = (floor.max(edge.saturating_sub(LONGEST))..edge)
            .rev()
            .find(|&token| context.lower(token) == "," || marked.get(token).is_some_and(|&mark| mark > 0));
        let Some(comma) = comma.filter(|&comma| context.lower(comma) == ",") else {
            break;
        };
        let core = noun_phrase_before(context, marked, floor, comma);
        if core.is_empty() || is_preposition(context.lower(core.start)) {
            break;
        }
        subject = core.start..close;
        edge = comma;
        // A core that is itself an apposition, an age or "of X" has its noun further to the left.
        let first = context.lower(core.start);
        let is_attached = matches!(first, "a" | "an" | "of" | "who" | "jr" | "sr")
            || first.bytes().all(|byte| byte.is_ascii_digit())
            || (core.start > floor
                && context.lower(core.start - 1) == ","
                && (first == "the" || !is_capitalised(context, core.start)));
        if !(is_attached && core.start > floor && context.lower(core.start - 1) == ",") {
            break;
        }
        edge = core.start - 1;
        let outer = noun_phrase_before(context, marked, floor, edge);
        if outer.is_empty() {
            break;
        }
        subject = outer.start..close;
        break;
    }
    if subject.is_empty() {
        noun_phrase_before(context, marked, floor, close)
    } else {
        subject
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
        if apposition && second > first + 1 && matches!(context.lower(second), "," | "." | "") {
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
