//! Runs of words that may form one name.

use std::ops::Range;

use super::candidates::{is_capital, is_joined, key};
use super::lists::{
    NotName, demonym, is_first_name, is_honorific, is_known_organisation, is_role, not_name,
    organisation_head,
};
use crate::context::Context;
use crate::places::gazetteer;

/// The longest run of capitalised words that is looked at, in tokens.
const LONGEST_RUN: usize = 14;

/// Returns the run of words that may form one name from `start`.
pub(super) fn run(context: &Context<'_>, start: usize, limit: usize) -> Range<usize> {
    let mut end = start + 1;
    if is_never(context, start) {
        return start..end;
    }
    while end < limit && end - start < LONGEST_RUN {
        let word = context.word(end);
        let next_capital =
            |token: usize| token < limit && is_capital(context, token) && !is_never(context, token);
        if next_capital(end) {
            end += 1;
        } else if word == "-" && is_joined(context, end) && is_joined(context, end + 1) && end + 1 < limit {
            // "Al-Noor", "Jong-un", but not "Amber-based".
            let after = context.word(end + 1);
            let given = after.len() <= 5 && after.starts_with(char::is_lowercase) && end > start + 1;
            let particle = matches!(
                after,
                "au" | "la" | "de" | "sur" | "le" | "i" | "e" | "on" | "upon" | "en"
            );
            let function = not_name(context.lower(end + 1)) == Some(NotName::Function);
            if next_capital(end + 1) && !function || given && !is_common_tail(after) {
                end += 2;
            } else if particle && end + 3 < limit && next_capital(end + 3) {
                end += 4;
            } else {
                break;
            }
        } else if is_name_particle(word) {
            let mut after = end + 1;
            while after < limit && is_name_particle(context.word(after)) {
                after += 1;
            }
            if !next_capital(after) {
                break;
            }
            end = after + 1;
        } else if matches!(word, "of" | "for") {
            let mut after = end + 1;
            if matches!(context.word(after), "the" | "and") {
                after += 1;
            }
            let head = context.lower(end - 1);
            let takes = if word == "of" {
                takes_of(head)
            } else {
                organisation_head(head).last
            };
            let person = is_first_name(context.lower(after))
                && context.word(after + 1).starts_with(char::is_uppercase);
            if !takes || !next_capital(after) || (person && head == "government") {
                break;
            }
            end = after + 1;
        } else if matches!(word, "and" | "&") && next_capital(end + 1) {
            // "Ministry of Health and Welfare", "Food and Drug Administration", "Bosnia and Herzegovina"
            let inside = (start..end).any(|token| context.word(token) == "of")
                && organisation_head(context.lower(start)).first
                && !is_role(context.lower(end + 1));
            let whole = key(context, start..end + 2);
            if word == "&"
                || inside
                || gazetteer::holds(&whole)
                || joins_before_head(context, start, end, limit)
            {
                end += 2;
            } else {
                break;
            }
        } else if matches!(word, "'s" | "’s")
            && takes_possessive(context.lower(end - 1))
            && next_capital(end + 1)
        {
            end += 2;
        } else {
            break;
        }
    }
    start..end
}

/// Returns true for what never begins or continues a name; a month after a first name is one.
fn is_never(context: &Context<'_>, token: usize) -> bool {
    let lower = context.lower(token).trim_end_matches('.');
    not_name(lower) == Some(NotName::Never)
        && !(matches!(lower, "may" | "april" | "june" | "august" | "god" | "march")
            && token > 0
            && (is_first_name(context.lower(token - 1)) || is_honorific(context.lower(token - 1))))
}

/// Returns true for a small word inside the names of people and places.
fn is_name_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da"
            | "del"
            | "della"
            | "di"
            | "dos"
            | "das"
            | "do"
            | "du"
            | "des"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ten"
            | "ter"
            | "bin"
            | "ibn"
            | "al"
            | "el"
            | "la"
            | "le"
            | "las"
            | "los"
            | "ben"
            | "bint"
            | "ul"
            | "ur"
            | "y"
            | "al-"
            | "zu"
    )
}

/// Returns true for what often follows a name and a hyphen and is no part of it.
fn is_common_tail(word: &str) -> bool {
    matches!(
        word,
        "led"
            | "run"
            | "made"
            | "era"
            | "born"
            | "style"
            | "wide"
            | "like"
            | "based"
            | "held"
            | "owned"
            | "rich"
            | "free"
            | "only"
            | "type"
            | "bound"
            | "sized"
            | "hit"
            | "day"
            | "year"
            | "old"
            | "in"
            | "to"
            | "for"
            | "off"
    )
}

/// Returns true for a word after which "of" goes on with the same name.
fn takes_of(head: &str) -> bool {
    let organisation = organisation_head(head);
    organisation.last && !matches!(head, "group" | "team" | "city" | "press" | "bank")
        || matches!(
            head,
            "republic"
                | "kingdom"
                | "bank"
                | "gulf"
                | "bay"
                | "sea"
                | "strait"
                | "isle"
                | "cape"
                | "city"
                | "college"
                | "duke"
                | "duchess"
                | "state"
                | "states"
                | "province"
                | "emirates"
                | "cathedral"
                | "battle"
                | "declaration"
                | "treaty"
                | "convention"
                | "court"
                | "secretary"
                | "chamber"
                | "bill"
                | "law"
                | "rock"
                | "port"
                | "horn"
                | "house"
                | "institute"
                | "university"
                | "school"
                | "leader"
                | "ministry"
                | "minister"
                | "order"
                | "day"
                | "cup"
                | "church"
                | "friends"
                | "sons"
                | "daughters"
                | "knights"
                | "bishops"
                | "states-general"
                | "district"
                | "federation"
        )
}

/// Returns true for a word whose possessive goes on with the same name: "People's Republic".
fn takes_possessive(lower: &str) -> bool {
    matches!(
        lower,
        "people"
            | "women"
            | "men"
            | "children"
            | "lord"
            | "king"
            | "queen"
            | "workers"
            | "teachers"
            | "farmers"
            | "veterans"
            | "mcdonald"
            | "sotheby"
            | "christie"
            | "macy"
            | "lloyd"
            | "moody"
            | "john"
            | "levi"
            | "wendy"
            | "domino"
    )
}

/// Returns true for a single word joined by "and" to a run that ends with the head of an organisation.
fn joins_before_head(context: &Context<'_>, start: usize, and: usize, limit: usize) -> bool {
    let mut end = and + 1;
    while end < limit && is_capital(context, end) {
        end += 1;
    }
    and == start + 1
        && end > and + 2
        && organisation_head(context.lower(end - 1)).last
        && demonym(context.lower(start)).is_none()
        && !gazetteer::holds(&key(context, start..and))
        && !is_known_organisation(&key(context, start..and))
}
