//! Holders of an office who are meant by it alone: "Madam Speaker", "this President".

use std::collections::BTreeMap;

use rashomon_core::{Entity, EntityKind, Mention, MentionKind, PartOfSpeech, SentenceKind};

use super::lists::{is_honorific, is_role, is_role_modifier};
use super::merge::{FARTHEST, Gathered};
use crate::context::Context;

/// Adds mentions by an office that is written like a name. It is the one person whom the report gives that office; where there
/// is none such, or several, all its mentions are one entity that nobody else is.
pub(super) fn add_offices(context: &Context<'_>, gathered: &mut Vec<Gathered>) {
    let mut taken = vec![false; context.tokens.len()];
    for mention in gathered.iter().flat_map(|entry| &entry.entity.mentions) {
        let end = context.token_at(mention.span.end.saturating_sub(1)) + 1;
        if let Some(tokens) = taken.get_mut(context.token_at(mention.span.start)..end) {
            tokens.fill(true);
        }
    }
    for title in gathered.iter().flat_map(|entry| &entry.titles) {
        if let Some(tokens) = taken.get_mut(title.clone()) {
            tokens.fill(true);
        }
    }
    // By the office: who holds it.
    let mut holders: BTreeMap<String, usize> = BTreeMap::new();
    for sentence in 0..context.sentences.len() {
        if context.sentences[sentence].kind != SentenceKind::Text {
            continue;
        }
        let tokens = context.tokens_of(sentence);
        for token in tokens.clone() {
            if taken[token] || !is_office(context, token) || taken.get(token + 1) == Some(&true) {
                continue;
            }
            let mut start = token;
            let belongs = |before: usize| {
                is_capital(context, before)
                    && (is_role_modifier(context.lower(before)) || is_honorific(context.lower(before)))
            };
            while start > tokens.start && !taken[start - 1] && belongs(start - 1) {
                start -= 1;
            }
            let office = context.lower(token).to_owned();
            let holder = *holders.entry(office).or_insert_with_key(|office| {
                only_holder(gathered, office).unwrap_or_else(|| {
                    gathered.push(unnamed(context.span(start..token + 1).text(context.text)));
                    gathered.len() - 1
                })
            });
            gathered[holder].entity.mentions.push(Mention {
                span: context.span(start..token + 1),
                sentence,
                kind: MentionKind::Description,
            });
        }
    }
}

fn is_capital(context: &Context<'_>, token: usize) -> bool {
    context.word(token).starts_with(char::is_uppercase)
}

/// Returns true for an office in capitals that stands for its holder: not before a name, of one person, and read as a name.
fn is_office(context: &Context<'_>, token: usize) -> bool {
    let lower = context.lower(token);
    is_capital(context, token)
        && is_role(lower)
        && !lower.ends_with('s')
        && context.tokens[token].tag == Some(PartOfSpeech::Propn)
        && !is_capital(context, token + 1)
        && context.word(token + 1) != "-"
}

/// Returns the one person to whom the report gives an office.
fn only_holder(gathered: &[Gathered], office: &str) -> Option<usize> {
    let holds = |entry: &Gathered| {
        entry.entity.kind == EntityKind::Person
            && entry.entity.descriptions.iter().any(|description| {
                description
                    .split(|mark: char| !mark.is_alphanumeric())
                    .any(|word| word.eq_ignore_ascii_case(office))
            })
    };
    let mut fitting = gathered
        .iter()
        .take(FARTHEST)
        .enumerate()
        .filter(|(_, entry)| holds(entry));
    let first = fitting.next().map(|(index, _)| index);
    first.filter(|_| fitting.next().is_none())
}

/// Returns an entity that is known by its office alone.
fn unnamed(written: &str) -> Gathered {
    Gathered {
        entity: Entity {
            name: written.to_owned(),
            kind: EntityKind::Person,
            aliases: Vec::new(),
            descriptions: Vec::new(),
            mentions: Vec::new(),
        },
        words: Vec::new(),
        gender: None,
        titles: Vec::new(),
        ends: Vec::new(),
    }
}
