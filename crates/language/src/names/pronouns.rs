//! Whom "he" and "she" mean, where it is safe to say.

use rashomon_core::{EntityKind, Mention, MentionKind, SentenceKind, Span};

use super::lists::Gender;
use super::merge::Gathered;
use crate::context::Context;
use crate::verbs::is_verb_of_saying;

/// The subject stays through so many sentences less one in which nobody is named.
const SUBJECT_STAYS: usize = 3;

/// So many words up a tree are looked at.
const DEEPEST: usize = 60;

/// So many mentions before a pronoun are looked at.
const MOST_NEAR: usize = 40;

/// A mention of a person, in the order of the text.
struct PersonMention {
    start: usize,
    sentence: usize,
    entity: usize,
    /// Its word that hangs on no other word of it.
    top: usize,
    /// True for the subject of a clause.
    is_subject: bool,
}

/// Of whom a sentence tells: the subject of its main clause, or of its verb of saying.
#[derive(Clone, Copy)]
struct Subject {
    sentence: usize,
    entity: usize,
}

/// Adds the pronouns to the entities that they mean: the one fitting person named before in the sentence, or else the one of
/// whom the sentence before tells or with whom it begins, or else the only one named in the two sentences before.
///
/// Whom the tree forbids is not looked at (Chomsky's binding, as in Lappin and Leass 1994): "Ada saw her" is about two, and
/// whoever says something of Bo Lind is not Bo Lind.
pub(super) fn add_pronouns(context: &Context<'_>, gathered: &mut [Gathered]) {
    let mut persons: Vec<PersonMention> = gathered
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.entity.kind == EntityKind::Person)
        .flat_map(|(entity, entry)| {
            entry.entity.mentions.iter().map(move |mention| {
                let top = top_of(context, mention.span);
                PersonMention {
                    start: mention.span.start,
                    sentence: mention.sentence,
                    entity,
                    top,
                    is_subject: is_subject(context, top),
                }
            })
        })
        .collect();
    persons.sort_by_key(|mention| mention.start);
    let mut found: Vec<(usize, Mention)> = Vec::new();
    // Whom the last pronoun of the sentence before meant: a paragraph may go on with "He" for long.
    let mut last: Option<(usize, usize)> = None;
    let mut subject: Option<Subject> = None;
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
        let mut subject_here = persons[first_near..]
            .iter()
            .filter(|person| person.sentence == sentence && is_main_subject(context, person.top))
            .map(|person| (person.top, person.entity))
            .next();
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
                .filter(|person| person.sentence != sentence || !is_another(context, token, person.top))
                .collect();
            let fits = |entity: usize| gathered[entity].gender.is_none_or(|known| known == gender);
            let told_of = subject.filter(|subject| {
                subject.sentence + SUBJECT_STAYS >= sentence
                    && fits(subject.entity)
                    && is_subject(context, token)
            });
            let entity = meant_here
                .filter(|&(_, known)| known == gender)
                .map(|(entity, _)| entity)
                .or_else(|| {
                    choose(
                        &near,
                        sentence,
                        at_start,
                        last.filter(|&(_, before)| before + 1 == sentence),
                        told_of.map(|subject| subject.entity),
                        speaks(context, token),
                    )
                });
            let Some(entity) = entity else { continue };
            gathered[entity].gender.get_or_insert(gender);
            meant_here = Some((entity, gender));
            last = Some((entity, sentence));
            if is_main_subject(context, token) && subject_here.is_none_or(|(first, _)| token < first) {
                subject_here = Some((token, entity));
            }
            found.push((
                entity,
                Mention {
                    span: context.tokens[token].span,
                    sentence,
                    kind: MentionKind::Pronoun,
                },
            ));
        }
        let others = || {
            persons[first_near..]
                .iter()
                .any(|person| person.sentence == sentence)
        };
        subject = match subject_here {
            Some((_, entity)) => Some(Subject { sentence, entity }),
            None => subject.filter(|_| !others()),
        };
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
    told_of: Option<usize>,
    speaks: bool,
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
        // "Praising President Lind, he said": who speaks is the one the text tells of, not whom he names in passing.
        if speaks
            && let Some(teller) = told_of
            && here.iter().all(|person| !person.is_subject)
        {
            return Some(teller);
        }
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
    if told_of.is_some() {
        return told_of;
    }
    if at_start && let Some(first) = before.first() {
        return Some(first.entity);
    }
    only(if before.is_empty() { near } else { &before })
}

/// Returns the word of a span that hangs on a word outside of it.
fn top_of(context: &Context<'_>, span: Span) -> usize {
    let first = context.token_at(span.start);
    let inside = |token: usize| {
        let token = context.tokens.get(token);
        token.is_some_and(|token| token.span.start >= span.start && token.span.end <= span.end)
    };
    let mut top = first;
    while let Some(head) = context.tokens.get(top).and_then(|token| token.head)
        && inside(head)
    {
        top = head;
    }
    top
}

/// Returns the relation of a token to its head, without what stands behind a colon.
fn relation<'context>(context: &Context<'context>, token: usize) -> &'context str {
    let relation = context.tokens.get(token).and_then(|token| token.relation);
    relation.map_or("", |relation| relation.split(':').next().unwrap_or(relation))
}

fn head(context: &Context<'_>, token: usize) -> Option<usize> {
    context.tokens.get(token)?.head
}

fn is_subject(context: &Context<'_>, token: usize) -> bool {
    relation(context, token) == "nsubj"
}

/// Returns true for the subject of a verb of saying.
fn speaks(context: &Context<'_>, token: usize) -> bool {
    is_subject(context, token)
        && head(context, token).is_some_and(|verb| is_verb_of_saying(context.lower(verb)))
}

/// Returns true for the subject of a sentence's main clause, or of a verb of saying.
fn is_main_subject(context: &Context<'_>, token: usize) -> bool {
    is_subject(context, token)
        && head(context, token)
            .is_some_and(|verb| head(context, verb).is_none() || is_verb_of_saying(context.lower(verb)))
}

/// Returns true where a pronoun cannot mean whom a word of its sentence names, by the tree.
fn is_another(context: &Context<'_>, pronoun: usize, named: usize) -> bool {
    let Some(verb) = head(context, pronoun) else {
        return false;
    };
    let lower = context.lower(pronoun);
    if lower.ends_with("self") {
        return false;
    }
    // Two parts of one clause: "Ada saw her".
    let part = |token: usize| matches!(relation(context, token), "nsubj" | "obj" | "iobj" | "obl");
    if matches!(lower, "he" | "she" | "him" | "her")
        && part(pronoun)
        && part(named)
        && head(context, named) == Some(verb)
    {
        return true;
    }
    // What somebody says is said of others: "Bo Lind has failed, he said".
    if !is_subject(context, pronoun) || !is_verb_of_saying(context.lower(verb)) {
        return false;
    }
    let (mut below, mut steps) = (named, 0);
    while let Some(above) = head(context, below).filter(|_| steps < DEEPEST) {
        if above == verb {
            return relation(context, below) == "ccomp";
        }
        below = above;
        steps += 1;
    }
    // The verb is put into what is said.
    relation(context, verb) == "parataxis"
}
