//! The names that the network finds, made to agree with each other across a text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rashomon_core::{EntityKind, PartOfSpeech, SentenceKind};

use super::acronyms::settle_acronyms;
use super::joined_places::join_places;
use super::lists::{
    demonym, is_common_acronym, is_common_body, is_first_name, is_honorific, is_known_organisation, is_role,
    is_role_modifier,
};
use crate::context::Context;
use crate::grammar::{NameKind, NameSpan};
use crate::lemmas::token_lemma;
use crate::network::SHARED_KINDS;
use crate::places::fold_name;
use crate::times::words::{month, weekday};

/// The longest name that is looked for again, in tokens.
const LONGEST_KNOWN: usize = 8;

/// The longest name, in bytes: a name is copied for all that rests on its bearer, so that with one word of a megabyte a short
/// text would fill any memory.
const LONGEST_NAME: usize = 200;

/// A name where it stands.
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
    /// What kind of thing it names.
    pub(super) kind: EntityKind,
}

/// Returns the names of a text in order. A people is named by a noun, "the Koreans", and not by "Korean".
pub(super) fn candidates(context: &Context<'_>, names: &[NameSpan]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = names
        .iter()
        .filter(|name| context.sentences[name.sentence].kind != SentenceKind::Provenance)
        .filter_map(|name| candidate(context, name))
        .collect();
    let family_names: BTreeSet<String> = candidates
        .iter()
        .filter(|candidate| candidate.kind == EntityKind::Person)
        .filter_map(|candidate| Some(candidate.key.rsplit_once(' ')?.1.to_owned()))
        .collect();
    candidates.retain(|candidate| {
        !is_common(context, candidate)
            && (!is_office(context, candidate) || family_names.contains(&candidate.key))
            && !is_day(context, candidate)
            && !is_letters(context, candidate)
            && !is_common_body_behind_the(context, candidate)
    });
    add_missed(context, names, &mut candidates);
    candidates.sort_by_key(|candidate| candidate.tokens.start);
    settle_kinds(&mut candidates, &votes(context, names));
    settle_acronyms(context, &mut candidates);
    join_places(context, &mut candidates);
    set_groups_apart(context, &mut candidates);
    candidates
}

/// Makes no person of the members of a party or a family: "the Democrats", "the Lindens". A plural has a lemma of its own or
/// stands behind an article; a full name, a first name or a title shows that it is a person's name.
fn set_groups_apart(context: &Context<'_>, candidates: &mut [Candidate]) {
    let is_plural = |candidate: &Candidate| {
        let (first, last) = (candidate.tokens.start, candidate.tokens.end - 1);
        let article = |token: usize| context.lower(token) == "the";
        let alone = candidate.tokens.len() == 1;
        let behind_article =
            alone && first > 0 && article(first - 1) || candidate.tokens.len() == 2 && article(first);
        let lower = context.lower(last);
        (alone || behind_article)
            && lower.ends_with('s')
            && candidate.title.is_none()
            && (behind_article
                || token_lemma(context.text, &context.tokens[last])
                    .is_some_and(|lemma| lemma != context.word(last)))
    };
    let family_names: BTreeSet<String> = candidates
        .iter()
        .filter(|candidate| candidate.kind == EntityKind::Person)
        .filter(|candidate| candidate.title.is_some() || candidate.tokens.len() > 1)
        .filter(|candidate| !is_plural(candidate))
        .filter_map(|candidate| candidate.key.rsplit(' ').next().map(str::to_owned))
        .collect();
    let plural: BTreeSet<String> = candidates
        .iter()
        .filter(|candidate| candidate.kind == EntityKind::Person && is_plural(candidate))
        .filter(|candidate| {
            let last = candidate.key.rsplit(' ').next().unwrap_or_default();
            !family_names.contains(last)
        })
        .map(|candidate| candidate.key.clone())
        .collect();
    for candidate in candidates.iter_mut() {
        if candidate.kind == EntityKind::Person && plural.contains(&candidate.key) {
            candidate.kind = EntityKind::Other;
        }
    }
}

/// Returns a name without the title and the small words at its ends.
fn candidate(context: &Context<'_>, name: &NameSpan) -> Option<Candidate> {
    let kind = match name.kind {
        NameKind::Person => EntityKind::Person,
        NameKind::Organisation => EntityKind::Organisation,
        NameKind::Place => EntityKind::Place,
        NameKind::Other => EntityKind::Other,
        NameKind::People => {
            let last = context.tokens.get(name.tokens.end.wrapping_sub(1))?;
            let noun = matches!(last.tag, Some(PartOfSpeech::Noun | PartOfSpeech::Propn));
            if !noun || !context.word(name.tokens.end - 1).ends_with(['s', 'e', 'h', 'i']) {
                return None;
            }
            EntityKind::Other
        }
    };
    let mut tokens = name.tokens.clone();
    while !tokens.is_empty() && is_loose(context, tokens.start) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && is_loose(context, tokens.end - 1) {
        tokens.end -= 1;
    }
    if kind == EntityKind::Person {
        while tokens.len() > 1 && (is_title(context, tokens.start) || is_origin(context, &tokens)) {
            tokens.start += 1;
        }
    }
    if context.span(tokens.clone()).len() > LONGEST_NAME {
        return None;
    }
    let key = key(context, tokens.clone());
    if key.is_empty() {
        return None;
    }
    let title = title_before(context, name.sentence, tokens.start);
    Some(Candidate {
        sentence: name.sentence,
        title: title.filter(|_| kind == EntityKind::Person),
        tokens,
        key,
        kind,
    })
}

/// Returns true for letters alone that stand for common words.
fn is_letters(context: &Context<'_>, candidate: &Candidate) -> bool {
    candidate.tokens.len() == 1 && is_common_acronym(context.word(candidate.tokens.start))
}

/// Returns true for one word that stands for a body told of before: "the Commission".
fn is_common_body_behind_the(context: &Context<'_>, candidate: &Candidate) -> bool {
    let token = candidate.tokens.start;
    candidate.tokens.len() == 1
        && is_common_body(context.lower(token))
        && token > context.tokens_of(candidate.sentence).start
        && context.lower(token - 1) == "the"
}

/// Returns true for one word that says what someone is and not who: "the Chief Judge".
fn is_office(context: &Context<'_>, candidate: &Candidate) -> bool {
    let lower = context.lower(candidate.tokens.start);
    candidate.tokens.len() == 1
        && candidate.kind == EntityKind::Person
        && candidate.title.is_none()
        && (is_role(lower) || lower == "god")
}

/// Returns true for a weekday or a month that the network took for a name of another kind: it is a time.
fn is_day(context: &Context<'_>, candidate: &Candidate) -> bool {
    let lower = context.lower(candidate.tokens.start);
    candidate.tokens.len() == 1
        && candidate.kind == EntityKind::Other
        && (weekday(lower).is_some_and(|(_, short)| !short) || month(lower).is_some_and(|(_, short)| !short))
}

/// Returns true for one word that begins a sentence, is tagged as no name and stands in lower case elsewhere in the text: the
/// capital says nothing there, "They were reading. Reading is nice."
fn is_common(context: &Context<'_>, candidate: &Candidate) -> bool {
    let token = candidate.tokens.start;
    candidate.tokens.len() == 1
        && context.tokens_of(candidate.sentence).start == token
        && context.tokens[token].tag != Some(PartOfSpeech::Propn)
        && context
            .tokens
            .iter()
            .any(|other| other.span.text(context.text) == context.lower(token))
}

/// Returns true for a token that is no part of a name where it stands at its end.
fn is_loose(context: &Context<'_>, token: usize) -> bool {
    matches!(
        context.word(token),
        "-" | "," | "the" | "'s" | "’s" | "\"" | "“" | "”" | "of" | "and"
    )
}

fn is_title(context: &Context<'_>, token: usize) -> bool {
    let lower = context.lower(token);
    is_honorific(lower) || is_role(lower)
}

/// Returns true where a full name has the word for a country's people before it: "Arlander Olwen Tarrick won".
fn is_origin(context: &Context<'_>, tokens: &Range<usize>) -> bool {
    let lower = context.lower(tokens.start);
    tokens.len() > 2 && demonym(lower).is_some_and(|country| country != "--") && !is_first_name(lower)
}

/// Returns the title with capitals that stands right before a name.
fn title_before(context: &Context<'_>, sentence: usize, name: usize) -> Option<Range<usize>> {
    let first = context.tokens_of(sentence).start;
    let capital = |token: usize| context.word(token).starts_with(char::is_uppercase);
    let last = name.checked_sub(1).filter(|last| *last >= first)?;
    if !is_title(context, last) || !capital(last) {
        return None;
    }
    let mut start = last;
    while start > first {
        let lower = context.lower(start - 1);
        let belongs = capital(start - 1) && (is_title(context, start - 1) || is_role_modifier(lower))
            || lower == "-"
            || (lower == "of" && start - 1 > first);
        if !belongs {
            break;
        }
        start -= 1;
    }
    Some(start..name)
}

/// Returns the folded words of a range of tokens.
pub(super) fn key(context: &Context<'_>, tokens: Range<usize>) -> String {
    fold_name(context.span(tokens).text(context.text))
}

/// Adds the places where a name stands that the network found elsewhere in the text alone. A single word must have been found
/// at least as often as it was passed over.
fn add_missed(context: &Context<'_>, names: &[NameSpan], candidates: &mut Vec<Candidate>) {
    let mut found: BTreeMap<&str, (usize, EntityKind)> = BTreeMap::new();
    let mut starts: BTreeSet<String> = BTreeSet::new();
    for candidate in candidates.iter() {
        found.entry(&candidate.key).or_insert((0, candidate.kind)).0 += 1;
        starts.insert(context.lower(candidate.tokens.start).to_owned());
    }
    let mut taken = vec![false; context.tokens.len()];
    let spans = names
        .iter()
        .filter(|name| context.sentences[name.sentence].kind != SentenceKind::Provenance)
        .map(|name| name.tokens.clone());
    for tokens in spans {
        taken[tokens].fill(true);
    }
    let mut missed: Vec<Candidate> = Vec::new();
    for sentence in 0..context.sentences.len() {
        let tokens = context.tokens_of(sentence);
        let mut at = tokens.start;
        while at < tokens.end {
            let word = context.word(at);
            if taken[at] || !word.starts_with(char::is_uppercase) || !starts.contains(context.lower(at)) {
                at += 1;
                continue;
            }
            let free = (at..tokens.end.min(at + LONGEST_KNOWN))
                .take_while(|token| !taken[*token])
                .last()
                .map_or(at, |last| last + 1);
            let hit = (at + 1..=free).rev().find_map(|end| {
                let key = key(context, at..end);
                let (_, kind) = *found.get(key.as_str())?;
                context
                    .word(end - 1)
                    .contains(char::is_alphanumeric)
                    .then_some((end, key, kind))
            });
            let Some((end, key, kind)) = hit else {
                at += 1;
                continue;
            };
            let title = title_before(context, sentence, at).filter(|_| kind == EntityKind::Person);
            missed.push(Candidate {
                tokens: at..end,
                sentence,
                key,
                title,
                kind,
            });
            at = end;
        }
    }
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for candidate in &missed {
        *times.entry(candidate.key.clone()).or_default() += 1;
    }
    let found: BTreeMap<String, usize> = found
        .into_iter()
        .map(|(key, (count, _))| (key.to_owned(), count))
        .collect();
    candidates.extend(missed.into_iter().filter(|candidate| {
        candidate.tokens.len() > 1
            || times.get(&candidate.key).copied().unwrap_or(0)
                <= found.get(&candidate.key).copied().unwrap_or(0)
    }));
}

/// For a name, how the network divides all its places among the kinds, by [`NameKind`] in their order, in 255ths.
type Votes = [u32; SHARED_KINDS];

/// Returns for each name how the network divides all its places among the kinds, those of adjectives too ("Korean").
fn votes(context: &Context<'_>, names: &[NameSpan]) -> BTreeMap<String, Votes> {
    let mut votes: BTreeMap<String, Votes> = BTreeMap::new();
    for name in names {
        let own = votes.entry(key(context, name.tokens.clone())).or_default();
        for (sum, share) in own.iter_mut().zip(name.shares) {
            *sum += u32::from(share);
        }
    }
    votes
}

/// Gives all places where a name stands the kind for which most speaks in all of them; a family name that stands alone is the
/// person whose full name ends with it, unless its own places say otherwise more than once.
fn settle_kinds(candidates: &mut [Candidate], votes: &BTreeMap<String, Votes>) {
    let winner = |key: &str| -> Option<(EntityKind, u32)> {
        let votes = votes.get(key)?;
        let (kind, most) = votes
            .iter()
            .enumerate()
            .max_by_key(|(kind, votes)| (**votes, std::cmp::Reverse(*kind)))?;
        Some((KINDS[kind], *most))
    };
    let mut family_names: BTreeSet<String> = BTreeSet::new();
    let mut parts_of_persons: BTreeSet<String> = BTreeSet::new();
    for candidate in candidates.iter() {
        if let (Some((_, last)), Some((EntityKind::Person, _))) =
            (candidate.key.rsplit_once(' '), winner(&candidate.key))
        {
            family_names.insert(last.to_owned());
            parts_of_persons.extend(candidate.key.split(' ').map(str::to_owned));
        }
    }
    for candidate in candidates.iter_mut() {
        let Some((kind, most)) = winner(&candidate.key) else {
            continue;
        };
        // "The Rohingya", whom the network takes for a man, unless the text has a man of that name.
        if kind == EntityKind::Person
            && candidate.title.is_none()
            && !parts_of_persons.contains(&candidate.key)
            && demonym(&candidate.key).is_some()
        {
            candidate.kind = EntityKind::Other;
            continue;
        }
        // "Kremlin adviser Eva Dunn", where the network takes the Kremlin for a man.
        if kind == EntityKind::Person
            && candidate.title.is_none()
            && !parts_of_persons.contains(&candidate.key)
            && is_known_organisation(&candidate.key)
        {
            candidate.kind = EntityKind::Organisation;
            continue;
        }
        candidate.kind = if family_names.contains(&candidate.key) && most < 2 * 255 {
            EntityKind::Person
        } else {
            kind
        };
    }
}

/// The kind of entity for each [`NameKind`], in their order.
const KINDS: [EntityKind; SHARED_KINDS] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::Place,
    EntityKind::Other,
    EntityKind::Other,
];
