//! Bylines: "By Ada Brown and Carl Dunn", "By Ada Brown | Example Post", "Ada Brown, Example News Agency", "Reuters".
//!
//! They stand on a line of their own near the top.

use super::agencies::{agency, looks_like_outlet, without_the};
use super::{Findings, Lines, is_capitalised, starts_with_ignoring_case};
use crate::dates;

/// The longest byline, in bytes.
const LONGEST: usize = 200;
/// Small words inside the names of people and outlets.
const NAME_PARTS: [&str; 24] = [
    "and", "&", "de", "da", "di", "del", "della", "der", "den", "du", "van", "von", "ter", "bin", "ibn",
    "al", "el", "la", "le", "dos", "of", "y", "e", "with",
];
/// Small words that say what an author is.
const ROLES: [&str; 27] = [
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "political",
    "senior",
    "chief",
    "special",
    "to",
    "the",
    "for",
    "in",
    "at",
    "bureau",
    "contributor",
    "foreign",
    "national",
    "business",
    "science",
    "diplomatic",
    "a",
    "journalist",
];
/// Capitalised words after "By" that are no names: "By Monday", "By the Numbers".
const NO_NAMES: [&str; 24] = [
    "The",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Contrast",
    "Then",
    "Now",
    "All",
];
/// Marks between the parts of a byline.
const PARTS: [&str; 6] = [" | ", " • ", " · ", " — ", " – ", " - "];

pub(super) fn find(lines: &Lines<'_>, findings: &mut Findings) {
    for line in lines.head() {
        if line.text.len() > LONGEST || findings.holds(line.span) {
            continue;
        }
        let Some(parsed) = parse(line.text) else { continue };
        findings.mark(line.span);
        if let Some(authors) = parsed.authors {
            findings.byline.get_or_insert(authors);
        }
        if let Some(outlet) = parsed.outlet {
            findings.outlet.get_or_insert(outlet);
        }
        findings.credit(line.span.start, parsed.agencies);
        if let Some(published) = parsed.published {
            findings.published.get_or_insert(published);
        }
    }
}

/// What a byline says.
#[derive(Debug, Default)]
struct Parsed {
    authors: Option<String>,
    outlet: Option<String>,
    agencies: Vec<String>,
    published: Option<rashomon_core::Published>,
}

fn parse(text: &str) -> Option<Parsed> {
    let after_by = by_removed(text);
    let mut parts = vec![after_by.unwrap_or(text)];
    for mark in PARTS {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let (first, others) = parts.split_first()?;
    let mut parsed = Parsed::default();
    let (authors, employer) = split_employer(first.trim());
    if after_by.is_some() {
        if !is_names(authors) && agency(authors).is_none() && !looks_like_outlet(authors) {
            return None;
        }
        parsed.authors = Some(without_the(authors).to_owned());
    } else if employer.is_some() || others.iter().any(|part| is_organisation(part)) {
        // Without "By", only two names side by side tell: an author's and an employer's.
        if !is_person(authors) {
            return None;
        }
        parsed.authors = Some(authors.to_owned());
    } else if others.is_empty() && agency(authors).is_some() {
        parsed.authors = Some(without_the(authors).to_owned());
    } else {
        return None;
    }
    parsed.agencies.extend(agency(authors).map(str::to_owned));
    for part in employer.into_iter().chain(others.iter().copied()) {
        parsed.employer(part.trim())?;
    }
    Some(parsed)
}

impl Parsed {
    /// Takes in a part after the authors; `None` when it does not belong to a byline.
    fn employer(&mut self, part: &str) -> Option<()> {
        if let Some(name) = agency(part) {
            self.agencies.push(name.to_owned());
        } else if part.ends_with(" News Agency") || part.ends_with(" Press Agency") {
            self.agencies.push(without_the(part).to_owned());
        } else if let Some(found) = dates::find(part) {
            self.published.get_or_insert(found.published);
        } else if looks_like_outlet(part) && !part.ends_with('.') {
            self.outlet.get_or_insert_with(|| without_the(part).to_owned());
        } else if !part
            .split_whitespace()
            .all(|word| is_role(word) || is_capitalised(word))
            || part.ends_with('.')
        {
            return None;
        }
        Some(())
    }
}

/// Returns what follows "By", "Written by" or "Story by".
fn by_removed(text: &str) -> Option<&str> {
    ["By ", "By: ", "Written by ", "Story by ", "Words by ", "Text by "]
        .iter()
        .find(|by| starts_with_ignoring_case(text, by))
        .and_then(|by| text.get(by.len()..))
        .map(str::trim_start)
}

/// Parts the employer behind the last comma from the authors: "Ada Brown, Example News Agency".
fn split_employer(text: &str) -> (&str, Option<&str>) {
    let words_of_role = |part: &str| part.split_whitespace().any(|word| is_role(word) && word != "the");
    if let Some((authors, employer)) = text.rsplit_once(", ")
        && (is_organisation(employer) || words_of_role(employer))
    {
        return (authors.trim(), Some(employer));
    }
    if let Some((authors, employer)) = text.split_once(" of ").or_else(|| text.split_once(" for "))
        && is_organisation(without_the(employer))
    {
        return (authors.trim(), Some(without_the(employer)));
    }
    (text, None)
}

fn is_organisation(part: &str) -> bool {
    agency(part).is_some() || looks_like_outlet(part)
}

fn is_role(word: &str) -> bool {
    ROLES.contains(&word.trim_end_matches([',', '.']).to_ascii_lowercase().as_str())
}

/// Returns true for one or more full names: "Ada Brown, Carl Dunn and Eve Fox".
fn is_names(text: &str) -> bool {
    let is_first_a_name = text
        .split_whitespace()
        .next()
        .is_some_and(|word| !NO_NAMES.contains(&word));
    let words = text.split_whitespace().count();
    let is_stopped = text.ends_with(['.', '!', '?', ':']) && !text.ends_with("Jr.") && !text.ends_with("Sr.");
    is_first_a_name
        && !is_stopped
        && (2..=24).contains(&words)
        && text
            .split(" and ")
            .flat_map(|part| part.split([',', '&', ';']))
            .all(|name| {
                let name = name.trim();
                name.is_empty() || is_person(name) || agency(name).is_some() || looks_like_outlet(name)
            })
}

/// Returns true for two to five words that may be the name of one person, without digits.
fn is_person(name: &str) -> bool {
    let mut words = 0;
    let mut capitalised = 0;
    for word in name.split_whitespace() {
        words += 1;
        if is_capitalised(word) {
            capitalised += 1;
        } else if !NAME_PARTS.contains(&word) && !word.starts_with("al-") {
            return false;
        }
    }
    let is_clean = name.chars().all(|character| {
        character.is_alphabetic() || character.is_whitespace() || matches!(character, '.' | '-' | '\'' | '’')
    });
    is_clean && (2..=5).contains(&words) && capitalised >= 2
}

#[cfg(test)]
mod tests {
    use super::super::TextForm;
    use super::super::testing::{assert_marked, read_as};

    #[track_caller]
    fn assert_byline(line: &str, expected: &str) {
        let text = format!("Snow Closes Roads\n{line}\nSnow fell in Ostby.");
        let report = read_as(&text, TextForm::Article);
        let outlet = report.outlet.unwrap_or_default();
        let day = report
            .published
            .day
            .map(|day| day.to_string())
            .unwrap_or_default();
        let found = format!(
            "{}|{outlet}|{}|{day}",
            report.byline.unwrap_or_default(),
            report.credits.join(",")
        );
        assert_eq!(found, expected, "{line}");
        assert_marked(&text, &[line]);
    }

    #[test]
    fn bylines_are_read() {
        assert_byline("By Ada Brown and Carl Dunn", "Ada Brown and Carl Dunn|||");
        assert_byline("BY ADA BROWN", "ADA BROWN|||");
        assert_byline("By Ada Brown | Example Post", "Ada Brown|Example Post||");
        assert_byline(
            "By Ada Brown, Carl Dunn and Eve van Fox",
            "Ada Brown, Carl Dunn and Eve van Fox|||",
        );
        assert_byline("By Ada Brown, Associated Press", "Ada Brown||Associated Press|");
        assert_byline(
            "Ada Brown, Example News Agency",
            "Ada Brown||Example News Agency|",
        );
        assert_byline("By Ada Brown, staff writer", "Ada Brown|||");
        assert_byline("By Ada Brown | September 3, 2025", "Ada Brown|||2025-09-03");
        assert_byline("By The Associated Press", "Associated Press||Associated Press|");
        assert_byline("Reuters", "Reuters||Reuters|");
    }

    #[test]
    fn news_and_headings_are_left() {
        for line in [
            "By Monday, twelve villages were cut off",
            "By the Numbers",
            "By Tuesday",
            "By train and by bus they came.",
            "Why It Matters",
            "Ada Brown, who lives in Ostby, saw it.",
            "What To Know",
            "Ada Brown, mayor",
        ] {
            let text = format!("Snow Closes Roads\n{line}\nSnow fell in Ostby.");
            assert_marked(&text, &[]);
        }
    }
}
