//! News agencies and outlets by name.

use std::sync::LazyLock;

/// The table of agencies: a full name, then its other names.
static AGENCIES: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    include_str!("../data/agencies.tsv")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let (name, others) = line.split_once('\t').unwrap_or((line, ""));
            (
                name,
                others.split('|').filter(|other| !other.is_empty()).collect(),
            )
        })
        .collect()
});

/// Words that stand in the names of outlets and hardly ever in those of people.
const OUTLET_WORDS: [&str; 48] = [
    "News",
    "Times",
    "Post",
    "Press",
    "Agency",
    "Journal",
    "Tribune",
    "Herald",
    "Radio",
    "TV",
    "Television",
    "Today",
    "Guardian",
    "Telegraph",
    "Chronicle",
    "Gazette",
    "Observer",
    "Mirror",
    "Mail",
    "Express",
    "Standard",
    "Courier",
    "Dispatch",
    "Bulletin",
    "Globe",
    "Star",
    "Sun",
    "Inquirer",
    "Examiner",
    "Register",
    "Sentinel",
    "Daily",
    "Weekly",
    "Magazine",
    "Network",
    "Broadcasting",
    "Service",
    "Services",
    "Media",
    "Newsroom",
    "Wire",
    "Newswire",
    "Online",
    "BBC",
    "CNN",
    "NPR",
    "CBC",
    "Newspaper",
];

/// Returns the full name of the agency that is called `name`, or `None` for what is no known agency. Short forms count
/// only as they are written; a "the" before the name does not matter.
pub(crate) fn agency(name: &str) -> Option<&'static str> {
    let name = without_the(name.trim().trim_end_matches(['.', ',', ';', ':']));
    AGENCIES.iter().find_map(|(full, others)| {
        let is_meant = name.eq_ignore_ascii_case(full)
            || others
                .iter()
                .any(|other| *other == name || is_long(other) && name.eq_ignore_ascii_case(other));
        is_meant.then_some(*full)
    })
}

/// Returns true for a name of several words, whose capitals do not matter.
fn is_long(name: &str) -> bool {
    name.len() > 6
}

/// Returns the full name of an agency, or any other name without a "the" before it.
pub(crate) fn full_name(name: &str) -> String {
    agency(name).map_or_else(
        || name.trim().trim_end_matches(['.', ',', ';']).to_owned(),
        str::to_owned,
    )
}

/// Returns `name` without "the " before it.
pub(crate) fn without_the(name: &str) -> &str {
    match name.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("the ") => name.get(4..).unwrap_or(name).trim_start(),
        _ => name,
    }
}

/// Returns true for what looks like the name of an outlet and not of a person: it holds a word such as "Times", or is
/// one word of capitals.
pub(crate) fn looks_like_outlet(name: &str) -> bool {
    let name = name.trim();
    let words = || name.split_whitespace();
    let is_capitals =
        |word: &str| (2..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    (1..=7).contains(&words().count())
        && (words().any(|word| OUTLET_WORDS.contains(&word.trim_end_matches("'s").trim_end_matches("’s")))
            || words().count() == 1 && words().all(is_capitals)
            || words().count() == 1
                && [".com", ".org", ".net"]
                    .iter()
                    .any(|ending| name.ends_with(ending)))
}

/// Returns the agencies that a phrase names, by their full names, in its order.
pub(crate) fn agencies_in(phrase: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut covered = 0;
    for (position, _) in phrase.char_indices() {
        if position < covered || !starts_word(phrase, position) {
            continue;
        }
        let rest = phrase.get(position..).unwrap_or_default();
        let longest = AGENCIES
            .iter()
            .flat_map(|(full, others)| {
                std::iter::once((*full, *full)).chain(others.iter().map(move |other| (*full, *other)))
            })
            .filter(|(_, name)| begins_with(rest, name))
            .max_by_key(|(_, name)| name.len());
        if let Some((full, name)) = longest {
            covered = position + name.len();
            if !found.contains(&full) {
                found.push(full);
            }
        }
    }
    found
}

/// Returns true when a word may begin at byte `position` of `phrase`.
fn starts_word(phrase: &str, position: usize) -> bool {
    let before = phrase
        .get(..position)
        .and_then(|before| before.chars().next_back());
    !before.is_some_and(|before| before.is_alphanumeric() || before == '.' || before == '@')
}

/// Returns true when `rest` begins with `name` as whole words.
fn begins_with(rest: &str, name: &str) -> bool {
    let Some(start) = rest.get(..name.len()) else {
        return false;
    };
    let is_same = start == name || is_long(name) && start.eq_ignore_ascii_case(name);
    let after = rest.get(name.len()..).and_then(|after| after.chars().next());
    is_same && !after.is_some_and(char::is_alphanumeric)
}

/// Returns those to whom a phrase gives credit: the agencies that it names, or else those of its parts that look like
/// outlets ("With files from Example Radio and Ada Brown" gives "Example Radio").
pub(crate) fn credited_in(phrase: &str) -> Vec<String> {
    let agencies = agencies_in(phrase);
    if !agencies.is_empty() {
        return agencies.into_iter().map(str::to_owned).collect();
    }
    phrase
        .split(" and ")
        .flat_map(|part| part.split([',', ';', '&', '/']))
        .map(|part| part.trim().trim_end_matches(['.', ')']).trim_start_matches('('))
        .filter(|part| looks_like_outlet(part) && !part.contains(['\'', '’']))
        .map(|part| without_the(part).to_owned())
        .collect()
}

/// Adds a credit unless it is there.
pub(crate) fn add_credit(credits: &mut Vec<String>, name: String) {
    if !name.is_empty() && !credits.contains(&name) {
        credits.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_are_known_by_all_their_names() {
        assert_eq!(agency("AP"), Some("Associated Press"));
        assert_eq!(agency("the associated press"), Some("Associated Press"));
        assert_eq!(agency("dpa"), Some("Deutsche Presse-Agentur"));
        assert_eq!(agency("ap"), None);
        assert_eq!(agency("Ada Brown"), None);
    }

    #[test]
    fn agencies_are_found_inside_a_phrase() {
        assert_eq!(
            agencies_in("AFP and Reuters staff"),
            ["Agence France-Presse", "Reuters"]
        );
        assert_eq!(
            agencies_in("The Associated Press' Ada Brown"),
            ["Associated Press"]
        );
        assert!(agencies_in("APPLE and MAP").is_empty());
    }

    #[test]
    fn outlets_get_credit_and_people_do_not() {
        assert_eq!(credited_in("Example Radio and Ada Brown"), ["Example Radio"]);
        assert!(credited_in("Example News’ Ada Brown and Carl Dunn").is_empty());
    }
}
