//! Runs cut at titles and peoples: what is left is names.

use std::ops::Range;

use super::candidates::{Candidate, is_capital, is_known_whole, key};
use super::lists::{
    NotName, begins_demonym, demonym, is_first_name, is_honorific, is_known_organisation, is_role,
    is_role_modifier, not_name, organisation_head,
};
use crate::context::Context;
use crate::places::gazetteer;

/// Cuts a run at demonyms and titles and keeps the names in it.
pub(super) fn cut_run(
    context: &Context<'_>,
    sentence: usize,
    run: Range<usize>,
    candidates: &mut Vec<Candidate>,
) {
    let mut push = |tokens: Range<usize>, title: Option<Range<usize>>| {
        let tokens = trim(context, tokens);
        if !tokens.is_empty() {
            let key = key(context, tokens.clone());
            let single = tokens.len() == 1;
            let word = context.word(tokens.start);
            let class = not_name(context.lower(tokens.start).trim_end_matches('.'));
            let none =
                single && (matches!(class, Some(NotName::Never | NotName::Function)) || is_numeral(word));
            // "US $5 million"
            let money = single && context.word(tokens.end).starts_with(['$', '€', '£']);
            if key.len() > 1 && (!none || is_known_organisation(&key)) && !money {
                candidates.push(Candidate {
                    tokens,
                    sentence,
                    key,
                    title,
                });
            }
        }
    };
    if is_known_whole(context, &run) {
        return push(run, None);
    }
    // "Sen. Ada Brown, D-Ohio": the letter of a party.
    if run.len() > 2
        && matches!(context.word(run.start), "D" | "R" | "I")
        && context.word(run.start + 1) == "-"
    {
        return push(run.start + 2..run.end, None);
    }
    if run.len() > 1 && not_name(context.lower(run.start)) == Some(NotName::Function) {
        return cut_run(context, sentence, run.start + 1..run.end, candidates);
    }
    let last = run.end - 1;
    let head = run.len() > 1 && ends_as_organisation(context, &run);
    // The last word of the title: what stands after it is a person.
    let person_named_like_role = |token: usize| token > run.start && is_first_name(context.lower(token - 1));
    let title_end = (run.start..last)
        .rev()
        .find(|&token| is_title(context, token) && !person_named_like_role(token))
        .filter(|&token| !head || is_honorific(context.lower(token)));
    if !head
        && !person_named_like_role(last)
        && is_title(context, last)
        && !gazetteer::holds(&key(context, run.clone()))
    {
        // A title without a name: "the Prime Minister". What stands before it may be one: "Amber Council President".
        let start = title_start(context, run.start, last);
        if start > run.start && !is_honorific(context.lower(last)) {
            cut_run(context, sentence, run.start..start, candidates);
        }
        return;
    }
    if let Some(mut end) = title_end {
        // "Secretary of State Ada Brown": the office belongs to the title.
        if context.word(end + 1) == "of" {
            while end + 1 < last
                && (context.word(end + 1) == "of"
                    || is_role_modifier(context.lower(end + 1))
                    || is_office(context.lower(end + 1)))
            {
                end += 1;
            }
        }
        let mut start = title_start(context, run.start, end);
        if start > run.start && context.word(start - 1) == "of" {
            start = run.start;
        }
        if start > run.start {
            cut_run(context, sentence, run.start..start, candidates);
        }
        let mut push = |tokens: Range<usize>, title: Range<usize>| {
            let tokens = trim(context, tokens);
            if !tokens.is_empty() {
                candidates.push(Candidate {
                    key: key(context, tokens.clone()),
                    tokens,
                    sentence,
                    title: Some(title),
                });
            }
        };
        return push(end + 1..run.end, start..end + 1);
    }
    // "Senior North Korean": the start of a description.
    let described = (run.start..run.end)
        .find(|&token| !is_role_modifier(context.lower(token)))
        .unwrap_or(run.start);
    if described > run.start && after_demonyms(context, described..run.end).is_empty() {
        return;
    }
    let rest = after_demonyms(context, run.clone());
    if rest.start > run.start && (rest.is_empty() || !head) {
        if !rest.is_empty() && (rest.len() > 1 || !is_role(context.lower(rest.start))) {
            push(rest, None);
        }
        return;
    }
    push(run, None);
}

/// Returns true for a Roman numeral.
fn is_numeral(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Returns true for a run that ends, or begins, like the name of an organisation.
fn ends_as_organisation(context: &Context<'_>, run: &Range<usize>) -> bool {
    let last = organisation_head(context.lower(run.end - 1));
    let of = run
        .clone()
        .find(|&token| matches!(context.word(token), "of" | "for"));
    last.last || last.firm || of.is_some_and(|of| organisation_head(context.lower(of - 1)).last)
}

fn is_title(context: &Context<'_>, token: usize) -> bool {
    let lower = context.lower(token);
    is_role(lower) || is_honorific(lower)
}

/// Returns true for an office that follows "of" in a title.
fn is_office(lower: &str) -> bool {
    matches!(
        lower,
        "state"
            | "staff"
            | "affairs"
            | "the"
            | "war"
            | "treasury"
            | "commerce"
            | "veterans"
            | "homeland"
            | "parliament"
            | "house"
            | "and"
    )
}

/// Returns where the title begins that ends with the token `end`.
fn title_start(context: &Context<'_>, first: usize, end: usize) -> usize {
    let mut start = end;
    while start > first {
        let before = start - 1;
        let lower = context.lower(before);
        let belongs = is_role_modifier(lower)
            || is_role(lower)
            || is_honorific(lower)
            || lower == "-"
            || (lower == "of" && before > first);
        if !belongs {
            break;
        }
        start = before;
    }
    start
}

/// Returns a run without the demonyms at its start.
fn after_demonyms(context: &Context<'_>, run: Range<usize>) -> Range<usize> {
    let mut start = run.start;
    while start < run.end {
        let length = demonym_length(context, start, run.end);
        if length == 0 {
            break;
        }
        start += length;
        if start < run.end && matches!(context.word(start), "-" | "and") {
            start += 1;
        }
    }
    start..run.end
}

/// Returns how many tokens the demonym takes that begins at `token`; 0 for none.
pub(super) fn demonym_length(context: &Context<'_>, token: usize, limit: usize) -> usize {
    if token >= limit || !is_capital(context, token) {
        return 0;
    }
    let lower = context.lower(token);
    if begins_demonym(lower) && token + 1 < limit {
        let two = format!("{lower} {}", context.lower(token + 1));
        if demonym(&two).is_some() {
            return 2;
        }
        if context.word(token + 1) == "-"
            && token + 2 < limit
            && demonym(&format!("{lower} {}", context.lower(token + 2))).is_some()
        {
            return 3;
        }
    }
    usize::from(demonym(lower).is_some())
}

/// Returns a range without joining words and hyphens at its ends.
fn trim(context: &Context<'_>, tokens: Range<usize>) -> Range<usize> {
    let loose = |token: usize| {
        matches!(
            context.word(token),
            "-" | "of" | "for" | "and" | "&" | "the" | "'s" | "’s"
        )
    };
    let mut range = tokens;
    while !range.is_empty() && loose(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && loose(range.end - 1) {
        range.end -= 1;
    }
    range
}
