//! What a report says that a person is: titles, appositions, and later "the North Korean leader".

use std::ops::Range;

use rashomon_core::{EntityKind, Mention, MentionKind, PartOfSpeech, Sentence, SentenceKind};

use super::demonyms::demonym_length;
use super::lists::{is_honorific, is_role, is_role_modifier};
use super::merge::{FARTHEST, Gathered};
use crate::context::Context;
use crate::lexicon::is_function_word;

/// The longest description in tokens.
const LONGEST: usize = 16;

/// So many descriptions are kept of a person.
const MOST_DESCRIPTIONS: usize = 16;

/// Adds the descriptions of persons, and the mentions that repeat them with "the".
pub(super) fn add_descriptions(context: &Context<'_>, gathered: &mut [Gathered]) {
    for entry in gathered.iter_mut() {
        let names: Vec<(Range<usize>, usize)> = entry
            .entity
            .mentions
            .iter()
            .map(|mention| {
                let first = context.token_at(mention.span.start);
                (first..context.token_at(mention.span.end), mention.sentence)
            })
            .collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        for (tokens, sentence) in names {
            let Some(sentence) = context.sentences.get(sentence) else {
                continue;
            };
            if entry.entity.kind == EntityKind::Person {
                found.extend(before_name(context, sentence, tokens.start));
            }
            if entry.entity.kind == EntityKind::Person {
                found.extend(after_name(context, sentence, tokens.end));
                found.extend(before_comma(context, sentence, &tokens));
            }
        }
        for mut tokens in found {
            if matches!(context.lower(tokens.start), "the" | "a" | "an") {
                tokens.start += 1;
            }
            let text = context.span(tokens).text(context.text);
            let room = entry.entity.descriptions.len() < MOST_DESCRIPTIONS;
            if room && !text.is_empty() && !entry.entity.descriptions.iter().any(|known| known == text) {
                entry.entity.descriptions.push(text.to_owned());
            }
        }
    }
    add_definite(context, gathered);
}

/// Returns the words right before a name that say what its bearer is: "North Korean leader", "Foreign Minister".
fn before_name(context: &Context<'_>, sentence: &Sentence, name: usize) -> Option<Range<usize>> {
    let last = name.checked_sub(1).filter(|&last| last >= sentence.first_token)?;
    if !is_role(context.lower(last)) && !(is_office_tail(context, sentence, last)) {
        return None;
    }
    let mut start = last;
    while start > sentence.first_token && name - start < 8 {
        let before = start - 1;
        let lower = context.lower(before);
        let word = context.word(before);
        let capital = word.starts_with(char::is_uppercase);
        let joins = matches!(word, "-" | "'s" | "’s" | "&");
        let small = word.starts_with(char::is_lowercase)
            && !is_function_word(lower)
            && (!is_verb(context, before) || is_role(lower) || is_role_modifier(lower));
        let starts_sentence = before == sentence.first_token && is_function_word(lower);
        if starts_sentence || !(capital && !is_time(lower) || joins || small || is_role_modifier(lower)) {
            break;
        }
        start = before;
    }
    while start < name && matches!(context.word(start), "-" | "'s" | "’s" | "&") {
        start += 1;
    }
    let described = (start..name).any(|token| !is_honorific(context.lower(token)));
    (start < name && described).then_some(start..name)
}

/// Returns true for a token that is a verb where it stands.
fn is_verb(context: &Context<'_>, token: usize) -> bool {
    matches!(
        context.tokens.get(token).and_then(|token| token.tag),
        Some(PartOfSpeech::Verb | PartOfSpeech::Aux)
    )
}

/// Returns true for the end of "Secretary of State".
fn is_office_tail(context: &Context<'_>, sentence: &Sentence, last: usize) -> bool {
    last >= sentence.first_token + 2
        && context.word(last - 1) == "of"
        && is_role(context.lower(last - 2))
        && matches!(
            context.lower(last),
            "state" | "defense" | "defence" | "staff" | "health" | "justice" | "education" | "finance"
        )
}

fn is_time(lower: &str) -> bool {
    matches!(
        lower,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "today"
            | "yesterday"
    )
}

/// Returns the apposition after a name: ", the mayor of Port Amber,".
fn after_name(context: &Context<'_>, sentence: &Sentence, after: usize) -> Option<Range<usize>> {
    if after >= sentence.last_token || context.word(after) != "," {
        return None;
    }
    let start = after + 1;
    let limit = sentence.last_token.min(start + LONGEST);
    let mut end = start;
    while end < limit
        && !matches!(
            context.word(end),
            "," | "." | ";" | ":" | "—" | "–" | "--" | "(" | "”" | "“" | "\"" | "!" | "?"
        )
    {
        let lower = context.lower(end);
        if matches!(
            lower,
            "who" | "which" | "that" | "whose" | "said" | "says" | "told" | "added"
        ) || is_auxiliary(lower)
        {
            break;
        }
        end += 1;
    }
    let closed = end == sentence.last_token
        || matches!(
            context.word(end),
            "," | "." | ";" | "—" | "–" | "--" | "who" | "whose"
        )
        || matches!(context.lower(end), "said" | "says" | "told" | "added");
    (closed && is_description(context, start..end)).then_some(start..end)
}

/// Returns the description that ends with a comma before a name: "the deputy mayor of Port Amber, Ada Brown".
fn before_comma(context: &Context<'_>, sentence: &Sentence, name: &Range<usize>) -> Option<Range<usize>> {
    let comma = name
        .start
        .checked_sub(1)
        .filter(|&comma| comma > sentence.first_token)?;
    if context.word(comma) != "," || name.len() < 2 {
        return None;
    }
    let first = sentence.first_token.max(comma.saturating_sub(LONGEST));
    let mut start = comma;
    while start > first {
        let lower = context.lower(start - 1);
        if matches!(context.word(start - 1), "," | "." | ";" | ":" | "“" | "”" | "\"")
            || is_auxiliary(lower)
            || matches!(lower, "said" | "says" | "told")
        {
            break;
        }
        start -= 1;
    }
    // The first article whose noun phrase has a role right behind it.
    (start..comma)
        .filter(|&token| matches!(context.lower(token), "the" | "a" | "an" | "his" | "her" | "their"))
        .map(|token| token..comma)
        .find(|tokens| is_description(context, tokens.clone()))
}

/// Returns true for a noun phrase whose head, before any preposition, is a role.
fn is_description(context: &Context<'_>, tokens: Range<usize>) -> bool {
    if tokens.is_empty() || !(context.word(tokens.start).starts_with(char::is_alphanumeric)) {
        return false;
    }
    let mut head = None;
    for token in tokens.clone() {
        let lower = context.lower(token);
        if matches!(
            lower,
            "of" | "for"
                | "at"
                | "in"
                | "on"
                | "with"
                | "from"
                | "to"
                | "and"
                | "by"
                | "under"
                | "-"
                | "who"
                | "organizing"
                | "organising"
        ) && lower != "-"
        {
            break;
        }
        if token > tokens.start && matches!(lower, "the" | "a" | "an" | "he" | "she" | "they" | "it") {
            return false;
        }
        head = Some(token);
        if is_role(lower) && !is_role(context.lower(token + 1)) && !is_role_modifier(context.lower(token + 1))
        {
            break;
        }
    }
    let first = context.lower(tokens.start);
    let opens = !is_function_word(first)
        || matches!(
            first,
            "the" | "a" | "an" | "his" | "her" | "their" | "its" | "one" | "another" | "our" | "then"
        );
    opens && head.is_some_and(|head| is_role(context.lower(head)) || context.lower(head).ends_with("ist"))
}

fn is_auxiliary(lower: &str) -> bool {
    matches!(
        lower,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "should"
            | "did"
            | "does"
            | "do"
    )
}

/// Adds the mentions by description: "the North Korean leader" after "North Korean leader …".
fn add_definite(context: &Context<'_>, gathered: &mut [Gathered]) {
    // For each person the words of its descriptions in lower case, and where it is first named.
    let known: Vec<(usize, usize, Vec<Vec<String>>)> = gathered
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.entity.kind == EntityKind::Person && !entry.entity.descriptions.is_empty())
        .map(|(index, entry)| {
            let first = entry
                .entity
                .mentions
                .iter()
                .map(|mention| mention.span.start)
                .min()
                .unwrap_or_default();
            let words = entry
                .entity
                .descriptions
                .iter()
                .map(|description| {
                    description
                        .to_lowercase()
                        .split([' ', '-'])
                        .map(str::to_owned)
                        .collect()
                })
                .collect();
            (index, first, words)
        })
        .collect();
    if known.is_empty() {
        return;
    }
    let mut found: Vec<(usize, Mention)> = Vec::new();
    for (sentence, whole) in context.sentences.iter().enumerate() {
        if whole.kind != SentenceKind::Text {
            continue;
        }
        for token in context.tokens_of(sentence) {
            if context.lower(token) != "the" {
                continue;
            }
            let Some(end) = definite_end(context, token, whole.last_token) else {
                continue;
            };
            let start = context.tokens[token].span.start;
            let wanted: Vec<&str> = (token + 1..end)
                .map(|token| context.lower(token))
                .filter(|word| *word != "-")
                .collect();
            let mut fitting = known.iter().take(FARTHEST).filter(|(_, first, descriptions)| {
                *first < start
                    && descriptions
                        .iter()
                        .any(|words| wanted.iter().all(|word| words.iter().any(|known| known == word)))
            });
            let Some((entity, ..)) = fitting.next() else {
                continue;
            };
            // "the president" in a report that names two of them means nobody for certain.
            if fitting.next().is_some() {
                continue;
            }
            found.push((
                *entity,
                Mention {
                    span: context.span(token..end),
                    sentence,
                    kind: MentionKind::Description,
                },
            ));
        }
    }
    for (entity, mention) in found {
        gathered[entity].entity.mentions.push(mention);
    }
}

/// Returns the end of "the (demonym) (modifier) role" at `the`, where no name and no "of" follows.
fn definite_end(context: &Context<'_>, the: usize, limit: usize) -> Option<usize> {
    let mut token = the + 1;
    token += demonym_length(context, token, limit);
    let mut role = None;
    while token < limit && token < the + 6 {
        let lower = context.lower(token);
        if is_role(lower) {
            role = Some(token);
        } else if !is_role_modifier(lower) && lower != "-" {
            break;
        }
        token += 1;
    }
    let end = role? + 1;
    let plural = context.lower(end - 1).ends_with('s') && !context.lower(end - 1).ends_with("ss");
    let follows = context.word(end);
    // "the mayor, Ada Brown" names its bearer itself.
    let after_comma = context.word(end + usize::from(follows == ","));
    let named = end < limit && after_comma.starts_with(char::is_uppercase);
    (!plural && !named && !matches!(follows, "of" | "-" | "'s" | "’s" | "for" | "who" | "at" | "and")
        || matches!(follows, "'s" | "’s"))
    .then_some(end)
}
