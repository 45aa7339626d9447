//! What kind of thing a name names, from its words, its neighbours and its other mentions.

use std::collections::BTreeMap;

use rashomon_core::EntityKind;

use super::candidates::Candidate;
use super::heads::{is_event_head, is_place_head, looks_like_thing};
use super::lists::{
    demonym, is_first_name, is_known_organisation, is_leading_family_name, is_role, not_name,
    organisation_head,
};
use crate::context::Context;
use crate::places::gazetteer::{self, PlaceKind};
use crate::places::is_common_word;
use crate::verbs::{is_verb_of_saying, verb};

/// Points for each kind, in the order person, organisation, place, other.
type Votes = [i32; 4];

const PERSON: usize = 0;
const ORGANISATION: usize = 1;
const PLACE: usize = 2;
const OTHER: usize = 3;

/// With no more points than this, a name is of no certain kind.
const LEAST_VOTES: i32 = 1;

/// Returns the kind of each candidate; `None` for one that is no name after all.
pub(super) fn kinds(context: &Context<'_>, candidates: &[Candidate]) -> Vec<EntityKind> {
    // What the words say, and what all neighbours together say: that is held in bounds, so that a common name is not
    // settled by many weak signs.
    let mut gathered: BTreeMap<&str, (Votes, Votes)> = BTreeMap::new();
    for candidate in candidates {
        let (_, sum) = gathered
            .entry(&candidate.key)
            .or_insert_with(|| (of_words(context, candidate), [0; 4]));
        for (sum, vote) in sum.iter_mut().zip(of_neighbours(context, candidate)) {
            *sum += vote;
        }
    }
    let votes: BTreeMap<&str, Votes> = gathered
        .into_iter()
        .map(|(key, (mut votes, neighbours))| {
            for (vote, sum) in votes.iter_mut().zip(neighbours) {
                *vote += sum.clamp(-4, 8);
            }
            (key, votes)
        })
        .collect();
    // A single word that is part of a person's full name is that person, unless it is known as something else.
    let mut parts: BTreeMap<&str, i32> = BTreeMap::new();
    for (key, votes) in &votes {
        if best(votes) == PERSON && key.contains(' ') {
            let words: Vec<&str> = key.split(' ').collect();
            let (first, last) = (words[0], words[words.len() - 1]);
            for (word, vote) in [(first, 3), (last, 7)] {
                let vote = if is_leading_family_name(first) { 7 } else { vote };
                let entry = parts.entry(word).or_default();
                *entry = vote.max(*entry);
            }
        }
    }
    let kinds: BTreeMap<&str, EntityKind> = votes
        .iter()
        .map(|(&key, votes)| {
            let mut votes = *votes;
            votes[PERSON] += parts.get(key).copied().unwrap_or_default();
            let kind = match best(&votes) {
                PERSON => EntityKind::Person,
                ORGANISATION => EntityKind::Organisation,
                PLACE => EntityKind::Place,
                _ => EntityKind::Other,
            };
            (key, kind)
        })
        .collect();
    candidates
        .iter()
        .map(|candidate| {
            kinds
                .get(candidate.key.as_str())
                .copied()
                .unwrap_or(EntityKind::Other)
        })
        .collect()
}

/// Returns the kind with the most points; the first of equals.
fn best(votes: &Votes) -> usize {
    (0..votes.len())
        .rev()
        .max_by_key(|&kind| votes[kind])
        // At least two points must speak for a person, an organisation or a place.
        .filter(|&kind| votes[kind] > LEAST_VOTES)
        .unwrap_or(OTHER)
}

/// Returns the points that the words of a name give.
fn of_words(context: &Context<'_>, candidate: &Candidate) -> Votes {
    let mut votes = [0; 4];
    let words: Vec<&str> = candidate
        .tokens
        .clone()
        .map(|token| context.lower(token))
        .filter(|word| *word != "-")
        .collect();
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else {
        return votes;
    };
    let single = words.len() == 1;
    if is_known_organisation(&candidate.key) {
        votes[ORGANISATION] += 8;
    }
    let of = words.iter().position(|word| matches!(*word, "of" | "for"));
    let head = match of {
        Some(of) if of > 0 => words[of - 1],
        // "World War II"
        _ if matches!(last, "i" | "ii" | "iii" | "iv" | "v") && words.len() > 1 => words[words.len() - 2],
        _ => last,
    };
    let organisation = organisation_head(head);
    if !single && (organisation.last || organisation.firm) {
        votes[ORGANISATION] += 7;
    } else if single && organisation.last {
        votes[ORGANISATION] += 4;
    }
    if !single && organisation_head(first).first && !is_place_head(last) {
        votes[ORGANISATION] += 3;
    }
    let written = context.span(candidate.tokens.clone()).text(context.text);
    let place = gazetteer::lookup(&candidate.key).next();
    if single && is_acronym(written) && place.is_none_or(|place| place.kind != PlaceKind::Country) {
        votes[ORGANISATION] += 4;
    }
    if is_event_head(head) {
        votes[OTHER] += if single { 3 } else { 9 };
    }
    if !single
        && (is_place_head(head)
            || matches!(
                first,
                "mount" | "lake" | "cape" | "port" | "fort" | "isle" | "gulf" | "river" | "strait"
            ))
    {
        votes[PLACE] += 6;
    }
    if let Some(place) = place {
        votes[PLACE] += match place.kind {
            PlaceKind::Country => 9,
            PlaceKind::Capital => 7,
            PlaceKind::Area | PlaceKind::Region => 6,
            PlaceKind::City if place.population > 500_000 => 5,
            PlaceKind::City if place.population > 100_000 => 3,
            PlaceKind::City => 2,
        };
        if is_common_word(&candidate.key) {
            votes[PLACE] = 1;
        }
    }
    let given = is_first_name(first);
    if !single && (2..=4).contains(&words.len()) && !organisation.last && !organisation.firm {
        if given {
            votes[PERSON] += 6;
        } else if words.iter().all(|word| {
            word.chars()
                .all(|mark| mark.is_alphabetic() || matches!(mark, '.' | '\''))
        }) {
            // Two or three words of which nothing is known name a person more often than anything else.
            votes[PERSON] += 2;
        }
        if words
            .iter()
            .skip(1)
            .any(|word| matches!(*word, "bin" | "van" | "von" | "ibn" | "al" | "ben" | "jr." | "jr"))
        {
            votes[PERSON] += 3;
        }
        if words.iter().any(|word| word.len() == 2 && word.ends_with('.')) {
            votes[PERSON] += 3;
        }
    } else if single && given {
        votes[PERSON] += 3;
    }
    if single {
        // A lone word of which nothing is known may be anything: persons have full names.
        votes[ORGANISATION] += 1;
        if matches!(first, "west" | "east" | "north" | "south") {
            votes[OTHER] += 6;
        }
    } else if words
        .iter()
        .any(|word| not_name(word).is_some() || verb(word).is_some() || looks_like_thing(word))
        && !given
    {
        votes[PERSON] -= 3;
        votes[OTHER] += 2;
    }
    if !single && last.chars().count() == 1 {
        votes[OTHER] += 4;
    }
    if words.iter().any(|word| demonym(word).is_some()) && !single {
        votes[OTHER] += 1;
        votes[PERSON] -= 2;
    }
    votes
}

/// Returns the points that the words around a name give.
fn of_neighbours(context: &Context<'_>, candidate: &Candidate) -> Votes {
    let mut votes = [0; 4];
    let Some(sentence) = context.sentences.get(candidate.sentence) else {
        return votes;
    };
    let inside = |token: usize| (sentence.first_token..sentence.last_token).contains(&token);
    let lower_at = |token: usize| if inside(token) { context.lower(token) } else { "" };
    let before = |steps: usize| candidate.tokens.start.checked_sub(steps).map_or("", lower_at);
    let after = |steps: usize| lower_at(candidate.tokens.end + steps);
    if candidate.title.is_some() {
        votes[PERSON] += 8;
    }
    // "Premier Brown" has its title as a name; "spokesman Brown", "the singer Brown" with a small letter.
    if candidate.title.is_none()
        && is_role(before(1))
        && !context
            .word(candidate.tokens.start - 1)
            .starts_with(char::is_uppercase)
    {
        votes[PERSON] += 4;
    }
    if is_verb_of_saying(after(0)) {
        votes[PERSON] += 2;
        votes[ORGANISATION] += 1;
    }
    if matches!(after(0), "who" | "'s" | "’s") && after(1) != "who" {
        votes[PERSON] += i32::from(after(0) == "who") * 5;
    }
    if after(0) == "," {
        if after(1) == "who" || after(1) == "whose" {
            votes[PERSON] += 4;
        }
        if after(1).len() == 2
            && after(1).bytes().all(|byte| byte.is_ascii_digit())
            && matches!(after(2), "," | "." | "")
        {
            votes[PERSON] += 6;
        }
        if is_role(after(1))
            || (matches!(after(1), "the" | "a" | "an") && (is_role(after(2)) || is_role(after(3))))
        {
            votes[PERSON] += 3;
        }
    }
    match before(1) {
        "in" | "near" | "across" | "throughout" | "outside" | "inside" => votes[PLACE] += 2,
        "at" | "from" | "to" | "into" | "around" | "between" => votes[PLACE] += 1,
        "the" => {
            votes[ORGANISATION] += 1;
            votes[OTHER] += 1;
            votes[PERSON] -= 3;
        }
        "a" | "an" => {
            votes[ORGANISATION] += 1;
            votes[PERSON] -= 3;
        }
        "by" | "with" => votes[PERSON] += 1,
        _ => {}
    }
    if matches!(
        before(1),
        "city" | "town" | "village" | "capital" | "province" | "district" | "island"
    ) || (before(1) == "of"
        && matches!(
            before(2),
            "city"
                | "town"
                | "village"
                | "province"
                | "capital"
                | "district"
                | "island"
                | "state"
                | "port"
                | "north"
                | "south"
                | "east"
                | "west"
                | "part"
                | "parts"
        ))
    {
        votes[PLACE] += 5;
    }
    if matches!(
        after(0),
        "city" | "province" | "district" | "region" | "county" | "island" | "river" | "state" | "village"
    ) {
        votes[PLACE] += 3;
    }
    // "the Brown administration"
    if matches!(after(0), "administration" | "family" | "campaign" | "presidency") {
        votes[PERSON] += 6;
    }
    if matches!(after(0), "he" | "she") || is_role(before(2)) && before(1) == "," {
        votes[PERSON] += 1;
    }
    if matches!(
        after(0),
        "shares"
            | "stock"
            | "employees"
            | "executives"
            | "members"
            | "officials"
            | "lawmakers"
            | "fighters"
            | "militants"
    ) {
        votes[ORGANISATION] += 2;
    }
    votes
}

fn is_acronym(word: &str) -> bool {
    (2..=7).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'.' || byte == b'-' || byte == b'&')
}
