//! The word lists that names are told by.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::{Words, classed, lines, words};
use crate::places::fold_name;

/// Returns the class of a word in `roles.txt`: `honorific`, `role` or `modifier`.
fn role_class(word: &str) -> Option<&'static str> {
    static ROLES: LazyLock<FxHashMap<&'static str, &'static str>> =
        // A word that is both goes with the first class that lists it.
        LazyLock::new(|| first_class(include_str!("../data/roles.txt")));
    ROLES.get(word).copied()
}

fn first_class(list: &'static str) -> FxHashMap<&'static str, &'static str> {
    let mut table = FxHashMap::default();
    for line in lines(list) {
        let mut parts = line.split_whitespace();
        let class = parts.next().unwrap_or_default();
        for word in parts {
            table.entry(word).or_insert(class);
        }
    }
    table
}

/// Returns true for "mr", "gen.", "dame": what stands only before a name.
pub(crate) fn is_honorific(lower: &str) -> bool {
    role_class(lower.trim_end_matches('.')) == Some("honorific")
}

/// Returns true for a word that says what a person is: "president", "spokeswoman".
pub(crate) fn is_role(lower: &str) -> bool {
    role_class(lower) == Some("role")
        || (lower.len() > 4 && (lower.ends_with("ologist") || lower.ends_with("person")))
}

/// Returns true for a word that goes before a role and belongs to it: "foreign", "deputy".
pub(crate) fn is_role_modifier(lower: &str) -> bool {
    static MODIFIERS: LazyLock<Words> = LazyLock::new(|| {
        lines(include_str!("../data/roles.txt"))
            .filter_map(|line| line.strip_prefix("modifier "))
            .flat_map(str::split_whitespace)
            .collect()
    });
    MODIFIERS.contains(lower)
}

/// How a word marks the name of an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OrganisationHead {
    /// A name that ends with it is an organisation.
    pub(crate) last: bool,
    /// A name that begins with it is an organisation.
    pub(crate) first: bool,
    /// A firm puts it behind its name.
    pub(crate) firm: bool,
}

/// Returns how a word marks the name of an organisation.
pub(crate) fn organisation_head(lower: &str) -> OrganisationHead {
    static HEADS: LazyLock<FxHashMap<&'static str, OrganisationHead>> = LazyLock::new(|| {
        let mut table: FxHashMap<&'static str, OrganisationHead> = FxHashMap::default();
        for line in lines(include_str!("../data/organisation_heads.txt")) {
            let mut parts = line.split_whitespace();
            let class = parts.next().unwrap_or_default();
            for word in parts {
                let head = table.entry(word).or_default();
                match class {
                    "last" => head.last = true,
                    "first" => head.first = true,
                    _ => head.firm = true,
                }
            }
        }
        table
    });
    let lower = lower.trim_end_matches('.');
    HEADS.get(lower).copied().unwrap_or_else(|| OrganisationHead {
        last: lower.len() > 5
            && ["ies", "s"].iter().any(|tail| {
                lower
                    .strip_suffix(tail)
                    .is_some_and(|stem| HEADS.get(stem).is_some_and(|head| head.last))
            }),
        ..OrganisationHead::default()
    })
}

/// Returns true for the folded name of a well-known organisation.
pub(crate) fn is_known_organisation(key: &str) -> bool {
    static KNOWN: LazyLock<rustc_hash::FxHashSet<String>> = LazyLock::new(|| {
        lines(include_str!("../data/organisations.txt"))
            .map(fold_name)
            .collect()
    });
    KNOWN.contains(key)
}

/// Returns true for letters that stand for common words: "GDP", "CEO". They are told from words by their capitals.
pub(crate) fn is_common_acronym(word: &str) -> bool {
    static ACRONYMS: LazyLock<Words> = LazyLock::new(|| {
        lines(include_str!("../data/common_acronyms.txt"))
            .flat_map(str::split_whitespace)
            .collect()
    });
    ACRONYMS.contains(word)
}

/// Returns true for a word, in lower case, that names nobody behind "the", written with a capital all the same: "the Commission".
pub(crate) fn is_common_body(lower: &str) -> bool {
    static BODIES: LazyLock<Words> = LazyLock::new(|| {
        lines(include_str!("../data/common_bodies.txt"))
            .flat_map(str::split_whitespace)
            .collect()
    });
    BODIES.contains(lower)
}

/// What bearers of a first name are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
}

/// Returns the class of a word in `first_names.txt`: `m`, `f` or `n`.
fn first_name_class(lower: &str) -> Option<&'static str> {
    static NAMES: LazyLock<FxHashMap<&'static str, &'static str>> =
        LazyLock::new(|| classed(include_str!("../data/first_names.txt")));
    NAMES.get(lower).copied()
}

/// Returns true for a frequent first name in lower case.
pub(crate) fn is_first_name(lower: &str) -> bool {
    first_name_class(lower).is_some()
}

/// Returns the gender of those who bear a first name, where it is nearly always the same.
pub(crate) fn gender_of_first_name(lower: &str) -> Option<Gender> {
    match first_name_class(lower)? {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

/// Returns the country code of a demonym, given in lower case with single spaces; "--" for peoples of no single country.
pub(crate) fn demonym(lower: &str) -> Option<&'static str> {
    static DEMONYMS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
        lines(include_str!("../data/demonyms.txt"))
            .flat_map(|line| {
                let mut parts = line.split_whitespace();
                let code = parts.next().unwrap_or_default();
                parts.map(move |word| (word.replace('_', " "), code))
            })
            .collect()
    });
    DEMONYMS.get(lower).copied()
}

/// Returns true when a word can begin a demonym of two words: "north", "sri".
pub(crate) fn begins_demonym(lower: &str) -> bool {
    static FIRST: LazyLock<Words> = LazyLock::new(|| {
        lines(include_str!("../data/demonyms.txt"))
            .flat_map(str::split_whitespace)
            .filter_map(|word| word.split_once('_').map(|(first, _)| first))
            .collect()
    });
    FIRST.contains(lower)
}

/// Returns true for a family name that stands before the given name.
pub(crate) fn is_leading_family_name(lower: &str) -> bool {
    static LEADING: LazyLock<Words> = LazyLock::new(|| {
        words(
            "kim xi li wang zhang liu chen yang zhao huang zhou wu xu sun ma zhu hu lin guo he gao deng jiang wen bo park \
             choe choi moon yoon ri jang pak chung cho kang jo nguyen tran pham lee lai tsai han song shin hong jung lim",
        )
    });
    LEADING.contains(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_answer_in_lower_case() {
        assert!(is_role("president") && is_role("seismologist") && !is_role("bridge"));
        assert!(is_honorific("mr.") && is_role_modifier("foreign"));
        assert!(organisation_head("ministry").last && organisation_head("inc.").firm);
        assert_eq!(gender_of_first_name("mary"), Some(Gender::Female));
        assert!(is_first_name("taylor") && gender_of_first_name("taylor").is_none());
        assert_eq!(demonym("south korean"), Some("KR"));
        assert!(begins_demonym("south"));
        assert!(is_known_organisation("white house"));
        assert!(is_common_body("commission") && !is_common_body("senate"));
        assert!(is_common_acronym("GDP") && !is_common_acronym("gdp"));
    }
}
