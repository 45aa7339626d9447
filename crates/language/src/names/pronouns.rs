//! Whom "he" and "she" mean, where it is safe to say.

use rashomon_core::{EntityKind, Mention, MentionKind, SentenceKind};

use super::lists::Gender;
use super::merge::Gathered;
use crate::context::Context;

/// So many mentions before a pronoun are looked at.
const MOST_NEAR: usize = 40;

/// A mention of a person, in the order of the text.
struct PersonMention {
    start: usize,
    sentence: usize,
    entity: usize,
}

/// Adds the pronouns to the entities that they mean: the one fitting person named before in the sentence, or else the one
/// with whom the sentence before begins, or else the only one named in the two sentences before.
pub(super) fn add_pronouns(context: &Context<'_>, gathered: &mut [Gathered]) {
    let mut persons: Vec<PersonMention> = gathered
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.entity.kind == EntityKind::Person)
        .flat_map(|(entity, entry)| {
            entry.entity.mentions.iter().map(move |mention| PersonMention {
                start: mention.span.start,
                sentence: mention.sentence,
                entity,
            })
        })
        .collect();
    persons.sort_by_key(|mention| mention.start);
    let mut found: Vec<(usize, Mention)> = Vec::new();
    // Whom the last pronoun of the sentence before meant: a paragraph may go on with "He" for long.
    let mut last: Option<(usize, usize)> = None;
    let mut first_near = 0;
    for (sentence, whole) in context.sentences.iter().enumerate() {
        if whole.kind != SentenceKind::Text {
            continue;
        }
        while persons
            .get(first_near)
            .is_some_and(|person| person.sentence + 2 < sentence)
        {
            first_near += 1;
        }
        let mut quoted = false;
        let mut first = true;
        let mut meant_here = None;
        for token in context.tokens_of(sentence) {
            match context.word(token) {
                "“" | "``" => quoted = true,
                "”" | "''" => quoted = false,
                "\"" => quoted = !quoted,
                _ => {}
            }
            let Some(gender) = gender_of(context.lower(token)) else {
                continue;
            };
            let at_start = std::mem::take(&mut first);
            if quoted || is_first_in_clause_of_it(context, token) {
                continue;
            }
            let start = context.tokens[token].span.start;
            let end = first_near + persons[first_near..].partition_point(|person| person.start < start);
            let near: Vec<&PersonMention> = persons[first_near.max(end.saturating_sub(MOST_NEAR))..end]
                .iter()
                .filter(|person| gathered[person.entity].gender.is_none_or(|known| known == gender))
                .collect();
            let entity = meant_here
                .filter(|&(_, known)| known == gender)
                .map(|(entity, _)| entity)
                .or_else(|| {
                    choose(
                        &near,
                        sentence,
                        at_start,
                        last.filter(|&(_, before)| before + 1 == sentence),
                    )
                });
            let Some(entity) = entity else { continue };
            gathered[entity].gender.get_or_insert(gender);
            meant_here = Some((entity, gender));
            last = Some((entity, sentence));
            found.push((
                entity,
                Mention {
                    span: context.tokens[token].span,
                    sentence,
                    kind: MentionKind::Pronoun,
                },
            ));
        }
    }
    for (entity, mention) in found {
        gathered[entity].entity.mentions.push(mention);
    }
}

fn gender_of(lower: &str) -> Option<Gender> {
    match lower {
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        _ => None,
    }
}

/// Returns true for a pronoun that points at somebody who is defined after it: "he who".
fn is_first_in_clause_of_it(context: &Context<'_>, token: usize) -> bool {
    matches!(context.lower(token + 1), "who" | "whom")
}

/// Returns the person meant among those named near before, or nobody where that is not safe.
fn choose(
    near: &[&PersonMention],
    sentence: usize,
    at_start: bool,
    last: Option<(usize, usize)>,
) -> Option<usize> {
    let only = |mentions: &[&PersonMention]| -> Option<usize> {
        let first = mentions.first()?.entity;
        mentions
            .iter()
            .all(|mention| mention.entity == first)
            .then_some(first)
    };
    let here: Vec<&PersonMention> = near
        .iter()
        .copied()
        .filter(|person| person.sentence == sentence)
        .collect();
    if !here.is_empty() {
        // The one named first is the subject more often than not; with two, only at a distance is it safe.
        return only(&here);
    }
    let before: Vec<&PersonMention> = near
        .iter()
        .copied()
        .filter(|person| person.sentence + 1 == sentence)
        .collect();
    if let Some((entity, _)) = last
        && before.iter().all(|person| person.entity == entity)
    {
        return Some(entity);
    }
    if at_start && let Some(first) = before.first() {
        return Some(first.entity);
    }
    only(if before.is_empty() { near } else { &before })
}
