//! Which names of a report name the same.

use std::collections::BTreeMap;

use rashomon_core::{Entity, EntityKind, Mention, MentionKind};

use super::found::Candidate;
use super::lists::{Gender, gender_of_first_name, is_leading_family_name, organisation_head};
use crate::context::Context;
use crate::places::gazetteer::{self, PlaceKind};

/// So many entities back a short form looks for its full name, so that the time stays linear in any text.
pub(super) const FARTHEST: usize = 400;

/// An entity while its mentions are gathered.
#[derive(Clone, Debug)]
pub(super) struct Gathered {
    pub(super) entity: Entity,
    /// Folded words of its fullest name.
    pub(super) words: Vec<String>,
    /// The gender that its title or first name tells.
    pub(super) gender: Option<Gender>,
    /// The titles that stand before it, as ranges of tokens.
    pub(super) titles: Vec<std::ops::Range<usize>>,
    /// The token after each mention's last one, in the order of the mentions.
    pub(super) ends: Vec<usize>,
}

/// Returns the entities of the candidates in the order of their first mentions.
pub(super) fn merge(context: &Context<'_>, candidates: &[Candidate]) -> Vec<Gathered> {
    let full_names = full_names(candidates);
    let mut gathered: Vec<Gathered> = Vec::new();
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    for candidate in candidates {
        let kind = candidate.kind;
        let words: Vec<String> = candidate.key.split(' ').map(str::to_owned).collect();
        let identity = identity(candidate, kind);
        let known = by_key.get(&identity).copied();
        let target = match kind {
            EntityKind::Person if words.len() == 1 => {
                person_meant(&gathered, &words[0]).or(known).or_else(|| {
                    // Named in full only later: in a report that begins with a heading.
                    let later = only_full_name(&full_names, &words[0])?;
                    by_key.get(&format!("{:?} {later}", EntityKind::Person)).copied()
                })
            }
            EntityKind::Person => known.or_else(|| same_person(&gathered, &words)),
            EntityKind::Organisation => known
                .or_else(|| same_organisation(&gathered, candidate, context))
                .or_else(|| organisation_before_of(&gathered, &words))
                .or_else(|| introduced_late(&gathered, candidate, &words, context)),
            EntityKind::Place => known
                .or_else(|| place_of_acronym(&gathered, candidate, context))
                .or_else(|| introduced_late(&gathered, candidate, &words, context)),
            EntityKind::Other => known,
        };
        let written = context.span(candidate.tokens.clone()).text(context.text);
        let target = target.unwrap_or_else(|| {
            gathered.push(Gathered {
                entity: Entity {
                    name: written.to_owned(),
                    kind,
                    aliases: Vec::new(),
                    descriptions: Vec::new(),
                    mentions: Vec::new(),
                },
                words: words.clone(),
                gender: None,
                titles: Vec::new(),
                ends: Vec::new(),
            });
            gathered.len() - 1
        });
        let entry = &mut gathered[target];
        if words.len() == 1 || known.is_none() {
            by_key.entry(identity).or_insert(target);
        }
        let alias = introduced_by_brackets(context, candidate, entry);
        if alias || is_acronym_of(written, &entry.words) {
            if entry.entity.name != written && !entry.entity.aliases.iter().any(|alias| alias == written) {
                entry.entity.aliases.push(written.to_owned());
            }
        } else if words.len() > entry.words.len() {
            written.clone_into(&mut entry.entity.name);
            entry.words.clone_from(&words);
        }
        if kind == EntityKind::Person {
            entry.gender = entry.gender.or_else(|| gender(context, candidate));
        }
        if let Some(title) = &candidate.title {
            entry.titles.push(title.clone());
        }
        entry.entity.mentions.push(Mention {
            span: context.span(candidate.tokens.clone()),
            sentence: candidate.sentence,
            kind: MentionKind::Name,
        });
        entry.ends.push(candidate.tokens.end);
    }
    for entry in &mut gathered {
        if entry.entity.kind == EntityKind::Place {
            let name = usual_name(context, &entry.entity);
            entry.entity.aliases.retain(|alias| *alias != name);
            entry.entity.name = name;
        }
    }
    gathered
}

/// Returns the name that is written most often; of equals the longest, then the first.
fn usual_name(context: &Context<'_>, entity: &Entity) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in &entity.mentions {
        *counts.entry(mention.span.text(context.text)).or_default() += 1;
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|&(name, count)| (count, name.len()))
        .map_or_else(|| entity.name.clone(), |(name, _)| name.to_owned())
}

/// Returns the folded full names of persons, each once.
fn full_names(candidates: &[Candidate]) -> Vec<String> {
    let mut names: Vec<String> = candidates
        .iter()
        .filter(|candidate| candidate.kind == EntityKind::Person && candidate.key.contains(' '))
        .map(|candidate| candidate.key.clone())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Returns what makes two mentions the same without further thought: the kind and the name, for countries the country.
fn identity(candidate: &Candidate, kind: EntityKind) -> String {
    if kind == EntityKind::Place
        && let Some(place) = gazetteer::lookup(&candidate.key).next()
        && matches!(place.kind, PlaceKind::Country | PlaceKind::Capital)
    {
        return format!("{kind:?} {} {}", place.country, place.name);
    }
    format!("{kind:?} {}", candidate.key)
}

/// Returns true when a short name can stand for a person's full name: the family name, or the given name alone.
fn stands_for(word: &str, words: &[String]) -> bool {
    words.len() > 1
        && (words.last().is_some_and(|last| last == word)
            || words.first().is_some_and(|first| first == word)
            // "al Amber", "bin Amber": without the particle too.
            || (words.len() > 2 && words[1] == word && is_particle(&words[0])))
}

fn is_particle(word: &str) -> bool {
    matches!(word, "al" | "el" | "van" | "von" | "de" | "bin" | "abu")
}

/// Returns the person whom a single word means: of those named in full before, the one mentioned most; nobody where two are
/// mentioned as often.
fn person_meant(gathered: &[Gathered], word: &str) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    let mut tie = false;
    for (index, entry) in gathered.iter().enumerate().rev().take(FARTHEST) {
        if entry.entity.kind != EntityKind::Person || !stands_for(word, &entry.words) {
            continue;
        }
        // A family name is meant before a given name is.
        let family =
            entry.words.last().is_some_and(|last| last == word) || is_leading_family_name(&entry.words[0]);
        let count = entry.entity.mentions.len() + if family { 100_000 } else { 0 };
        match best {
            Some((most, _)) if count < most => {}
            Some((most, _)) if count == most => tie = true,
            _ => {
                best = Some((count, index));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(_, index)| index)
}

/// Returns the one full name that a short name can stand for.
fn only_full_name<'names>(names: &'names [String], word: &str) -> Option<&'names String> {
    if names.len() > FARTHEST {
        return None;
    }
    let mut fitting = names.iter().filter(|name| {
        let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        stands_for(word, &words)
    });
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Returns the person of the same first and last word: "Ada M. Brown", "Ada Brown".
fn same_person(gathered: &[Gathered], words: &[String]) -> Option<usize> {
    let first = gathered.len().saturating_sub(FARTHEST);
    let found = gathered[first..].iter().position(|entry| {
        if entry.entity.kind != EntityKind::Person {
            return false;
        }
        let known = &entry.words;
        if known.len() == 1 {
            // The short form came first, in a heading: it is this person if nobody else was meant.
            return words.last() == known.first()
                || (is_leading_family_name(&words[0]) && words.first() == known.first());
        }
        known.len() != words.len() && known.first() == words.first() && known.last() == words.last()
    });
    found.map(|index| first + index)
}

/// Returns the organisation that an acronym or a shorter form names.
fn same_organisation(gathered: &[Gathered], candidate: &Candidate, context: &Context<'_>) -> Option<usize> {
    let written = context.span(candidate.tokens.clone()).text(context.text);
    let words: Vec<&str> = candidate.key.split(' ').collect();
    let bracketed = candidate.tokens.start > 0 && context.word(candidate.tokens.start - 1) == "(";
    let first = gathered.len().saturating_sub(FARTHEST);
    let found = gathered[first..].iter().rposition(|entry| {
        if entry.entity.kind != EntityKind::Organisation {
            return false;
        }
        if is_acronym_of(written, &entry.words) {
            return true;
        }
        if bracketed
            && entry.ends.last() == Some(&(candidate.tokens.start - 1))
            && context.word(candidate.tokens.end) == ")"
        {
            return true;
        }
        // "Amber Holdings", "Amber": only what a firm puts behind its name may be left out.
        let (short, long) = if words.len() < entry.words.len() {
            (words.len(), &entry.words)
        } else {
            return false;
        };
        long.iter().zip(&words).all(|(one, other)| one == other)
            && long[short..].iter().all(|word| organisation_head(word).firm)
    });
    found.map(|index| first + index)
}

/// Returns the one organisation whose name goes on with "of" behind the words, or whose name they go on with: "the House", "the
/// House of Representatives".
fn organisation_before_of(gathered: &[Gathered], words: &[String]) -> Option<usize> {
    let first = gathered.len().saturating_sub(FARTHEST);
    let mut fitting = (first..gathered.len()).filter(|index| {
        let entry = &gathered[*index];
        let (short, long) = if words.len() < entry.words.len() {
            (words, &entry.words[..])
        } else {
            (&entry.words[..], words)
        };
        entry.entity.kind == EntityKind::Organisation
            && long.starts_with(short)
            && long.get(short.len()).is_some_and(|next| next == "of")
    });
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Returns the place whose first letters a name in capitals is.
fn place_of_acronym(gathered: &[Gathered], candidate: &Candidate, context: &Context<'_>) -> Option<usize> {
    let written = context.span(candidate.tokens.clone()).text(context.text);
    let first = gathered.len().saturating_sub(FARTHEST);
    let found = gathered[first..]
        .iter()
        .rposition(|entry| entry.entity.kind == EntityKind::Place && is_acronym_of(written, &entry.words));
    found.map(|index| first + index)
}

/// Returns what was known by its first letters alone until now: "ANA said … The Amber News Agency (ANA) said".
fn introduced_late(
    gathered: &[Gathered],
    candidate: &Candidate,
    words: &[String],
    context: &Context<'_>,
) -> Option<usize> {
    let end = candidate.tokens.end;
    let letters = context.word(end + 1);
    if context.word(end) != "(" || context.word(end + 2) != ")" || !is_acronym_of(letters, words) {
        return None;
    }
    let first = gathered.len().saturating_sub(FARTHEST);
    let found = gathered[first..]
        .iter()
        .rposition(|entry| entry.entity.kind == candidate.kind && entry.entity.name == letters);
    found.map(|index| first + index)
}

/// Returns true for capitals that are the first letters of a name's words.
pub(super) fn is_acronym_of(written: &str, words: &[String]) -> bool {
    let letters: Vec<char> = written.chars().filter(|mark| *mark != '.').collect();
    if letters.len() < 2 || words.len() < 2 || !letters.iter().all(char::is_ascii_uppercase) {
        return false;
    }
    let initials = |skip: bool| -> Vec<char> {
        words
            .iter()
            .filter(|word| {
                !(skip && matches!(word.as_str(), "of" | "for" | "the" | "and" | "in" | "on" | "de"))
            })
            .filter_map(|word| word.chars().next())
            .map(|first| first.to_ascii_uppercase())
            .collect()
    };
    initials(true) == letters || initials(false) == letters
}

/// Returns true for a name in brackets right behind another name of the same entity: "Amber News Agency (ANA)".
fn introduced_by_brackets(context: &Context<'_>, candidate: &Candidate, entry: &Gathered) -> bool {
    candidate.tokens.start > 0
        && context.word(candidate.tokens.start - 1) == "("
        && entry.ends.last() == Some(&(candidate.tokens.start - 1))
}

/// Returns the gender that a person's title or first name tells.
fn gender(context: &Context<'_>, candidate: &Candidate) -> Option<Gender> {
    let title = candidate.title.clone().into_iter().flatten().find_map(|token| {
        match context.lower(token).trim_end_matches('.') {
            "mr" | "sir" | "king" | "prince" | "lord" | "spokesman" | "chairman" | "congressman"
            | "businessman" | "pope" | "sheikh" | "ayatollah" | "father" | "actor" | "imam" | "emperor"
            | "sultan" | "duke" | "councilman" => Some(Gender::Male),
            "mrs" | "ms" | "miss" | "queen" | "princess" | "lady" | "dame" | "spokeswoman" | "chairwoman"
            | "congresswoman" | "businesswoman" | "actress" | "duchess" | "councilwoman" => {
                Some(Gender::Female)
            }
            _ => None,
        }
    });
    title.or_else(|| {
        (candidate.tokens.len() > 1)
            .then(|| gender_of_first_name(context.lower(candidate.tokens.start)))
            .flatten()
    })
}
