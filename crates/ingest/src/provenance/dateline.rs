//! Datelines: "OSTBY (AP) — ", "OSTBY, Sept 2 (Reuters) - ", "New Delhi/Mumbai: ", "OSTBY, September 2. /TASS/. ".
//!
//! A dateline stands at the start of the first paragraph (or of the second, below a heading). Its place is taken when it
//! is in capitals, when an agency stands beside it, or when it is a city of `data/dateline_places.txt`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rashomon_core::Span;

use super::agencies::{agency, looks_like_outlet};
use super::{Findings, Lines, first_part, is_capitalised};
use crate::dates;

/// The longest dateline, in bytes.
const LONGEST: usize = 120;
/// A line shorter than this is no paragraph of news, in bytes.
const SHORTEST_PARAGRAPH: usize = 30;
/// How many filled lines from the top a dateline may stand.
const REACH: usize = 6;

/// Words in capitals that stand before a dash or a colon and are no places.
const NO_PLACES: [&str; 30] = [
    "UPDATE",
    "UPDATED",
    "UPDATES",
    "BREAKING",
    "EXCLUSIVE",
    "WATCH",
    "VIDEO",
    "PHOTOS",
    "OPINION",
    "ANALYSIS",
    "LIVE",
    "NEWS",
    "ALERT",
    "NOTE",
    "CORRECTION",
    "EDITORIAL",
    "FACTBOX",
    "EXPLAINER",
    "INTERVIEW",
    "FEATURE",
    "READ",
    "MORE",
    "Q",
    "A",
    "PS",
    "NB",
    "WARNING",
    "TIMELINE",
    "FACT",
    "CHECK",
];

/// Cities that stand alone in datelines, in small letters.
static PLACES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/dateline_places.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
});

pub(super) fn find(lines: &Lines<'_>, findings: &mut Findings) {
    for line in lines.filled.iter().take(REACH) {
        if findings.holds(line.span) {
            continue;
        }
        if let Some(found) = parse(line.text) {
            let start = line.span.start;
            findings.mark(Span::new(start, start + found.length));
            findings.dateline = found.place;
            findings.credit(start, found.agencies);
            if let Some(published) = found.published {
                findings.published.get_or_insert(published);
            }
            return;
        }
        // Only headings may stand above the paragraph with the dateline.
        if line.text.len() > 150 {
            return;
        }
    }
}

/// A dateline.
#[derive(Debug, Default)]
struct Dateline {
    /// Its length in bytes, with the mark that ends it.
    length: usize,
    place: Option<String>,
    agencies: Vec<String>,
    published: Option<rashomon_core::Published>,
}

fn parse(text: &str) -> Option<Dateline> {
    if text.len() < SHORTEST_PARAGRAPH {
        return None;
    }
    let start = first_part(text, LONGEST);
    if let Some(found) = tass(start) {
        return Some(found);
    }
    // The nearest mark after which the news begins decides; a further one is tried when the nearest gives no dateline
    // ("ST. OSTBY-UPON-SEA, Sept 2 - …").
    let marks = [" — ", " – ", " -- ", " - ", " ― ", "— ", "–- ", " —", ": ", " –"];
    let mut ends: Vec<(usize, &str)> = Vec::new();
    for mark in marks {
        ends.extend(
            start
                .match_indices(mark)
                .take(2)
                .map(|(position, _)| (position, mark)),
        );
    }
    ends.sort_by_key(|&(position, mark)| (position, std::cmp::Reverse(mark.len())));
    ends.into_iter().take(4).find_map(|(position, mark)| {
        let inside = start.get(..position)?;
        let mut found = inner(inside, mark == ": ")?;
        found.length = position + mark.trim_end().len();
        Some(found)
    })
}

/// Reads "OSTBY, September 2. /TASS/. ".
fn tass(start: &str) -> Option<Dateline> {
    let (before, rest) = start.split_once('/')?;
    let (name, _) = rest.split_once("/.")?;
    let full = agency(name)?;
    let (place, day) = before.split_once(',')?;
    let place = place_name(place, false)?;
    let published = dates::find(day).map(|found| found.published);
    let length = before.len() + name.len() + "//.".len();
    Some(Dateline {
        length,
        place: Some(place),
        agencies: vec![full.to_owned()],
        published,
    })
}

/// Reads what stands before the mark that ends a dateline.
fn inner(inside: &str, by_colon: bool) -> Option<Dateline> {
    let mut found = Dateline::default();
    let inside = inside.trim();
    let (rest, agencies) = match inside.split_once('(') {
        Some((rest, in_brackets)) => {
            let names = in_brackets.strip_suffix(')')?;
            if names.contains(['(', ')']) {
                return None;
            }
            let known: Vec<String> = names
                .split(['/', ','])
                .filter_map(|name| agency(name).map(str::to_owned))
                .collect();
            // What stands in brackets and is no agency may be an outlet, but not the date of a birth.
            if known.is_empty() && !looks_like_outlet(names) {
                return None;
            }
            (
                rest.trim(),
                if known.is_empty() {
                    vec![names.trim().to_owned()]
                } else {
                    known
                },
            )
        }
        None => match agency(inside) {
            // "AFP - Snow fell"
            Some(full) if !by_colon => {
                return Some(Dateline {
                    agencies: vec![full.to_owned()],
                    ..found
                });
            }
            _ => (inside, Vec::new()),
        },
    };
    let has_agency = !agencies.is_empty();
    found.agencies = agencies;
    // A date ends the place: "OSTBY, Sept. 2, 2025".
    let (place, day) = split_day(rest);
    if day.is_empty() && place.is_empty() {
        return has_agency.then_some(found);
    }
    found.published = dates::find(day).map(|date| date.published);
    if place.is_empty() {
        return has_agency.then_some(found);
    }
    found.place = Some(place_name(place, has_agency || !day.is_empty())?);
    Some(found)
}

/// Parts "OSTBY, Norland, Sept. 2" into place and day.
fn split_day(text: &str) -> (&str, &str) {
    let mut position = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim().trim_end_matches(['.', ',']);
        let after = text.get(position + word.len()..).unwrap_or_default();
        let is_day_first = (1..=2).contains(&bare.len())
            && bare.bytes().all(|byte| byte.is_ascii_digit())
            && after
                .split_whitespace()
                .next()
                .is_some_and(|next| dates::month(next.trim_end_matches(['.', ','])).is_some());
        let is_month_first =
            dates::month(bare).is_some() && after.starts_with(|next: char| next.is_ascii_digit());
        if is_day_first || is_month_first {
            let (place, day) = text.split_at(position);
            return (place.trim().trim_end_matches([',', '.']), day);
        }
        position += word.len();
    }
    (text.trim().trim_end_matches(','), "")
}

/// Returns the place of a dateline as prose writes it, or `None` for what is no place. `is_sure` says that an agency or a
/// day stands beside it, so that any capitalised words will do.
fn place_name(text: &str, is_sure: bool) -> Option<String> {
    let text = text.trim();
    let mut names = Vec::new();
    let (marks, parts): (&str, Vec<&str>) = if text.contains('/') {
        ("/", text.split('/').collect())
    } else {
        (
            " and ",
            text.split(" and ").flat_map(|part| part.split(" AND ")).collect(),
        )
    };
    if parts.len() > 4 {
        return None;
    }
    for part in parts {
        let part = part.trim();
        let (city, region) = part.split_once(", ").unwrap_or((part, ""));
        let words: Vec<&str> = city.split_whitespace().collect();
        let letters = || city.chars().filter(|character| character.is_alphabetic());
        let is_capitals = letters().count() >= 3 && !letters().any(char::is_lowercase);
        let is_plain = part.chars().all(|character| {
            character.is_alphabetic()
                || character.is_whitespace()
                || matches!(character, '.' | '-' | '\'' | '’' | ',')
        });
        let region_fits = region.split_whitespace().count() <= 4
            && region
                .split_whitespace()
                .all(|word| is_capitalised(word) || matches!(word, "of" | "and" | "the"));
        let city_fits = words.iter().all(|word| {
            is_capitalised(word) || matches!(*word, "de" | "of" | "la" | "al" | "el" | "upon" | "on")
        });
        let is_known = PLACES.contains(city.to_lowercase().as_str());
        if !is_plain
            || words.is_empty()
            || words.len() > 4
            || !region_fits
            || !city_fits
            || words
                .iter()
                .any(|word| NO_PLACES.contains(&word.trim_end_matches(['.', ','])))
            || agency(city).is_some()
            || !(is_capitals || is_sure || is_known)
        {
            return None;
        }
        let city = if is_capitals {
            in_small_letters(city)
        } else {
            city.to_owned()
        };
        names.push(if region.is_empty() {
            city
        } else {
            format!("{city}, {region}")
        });
    }
    (!names.is_empty()).then(|| names.join(marks))
}

/// Returns a name in capitals as prose writes it: "RIO DE JANEIRO" gives "Rio de Janeiro".
fn in_small_letters(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    for (index, word) in name.split_whitespace().enumerate() {
        if index > 0 {
            result.push(' ');
        }
        if word.contains('.') && word.len() <= 4 && word.chars().filter(|&mark| mark == '.').count() > 1 {
            result.push_str(word);
            continue;
        }
        if index > 0 && matches!(word, "DE" | "OF" | "LA" | "DEL" | "ON" | "UPON" | "AL" | "EL") {
            result.push_str(&word.to_lowercase());
            continue;
        }
        let mut is_first = true;
        for character in word.chars() {
            if is_first {
                result.push(character);
            } else {
                result.extend(character.to_lowercase());
            }
            is_first = matches!(character, '-' | '\'' | '’');
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::super::TextForm;
    use super::super::testing::read_as;

    #[track_caller]
    fn assert_dateline(start: &str, place: &str, credits: &str) {
        let text = format!("{start} Snow closed all roads to the coast on Tuesday.");
        let report = read_as(&text, TextForm::Article);
        let marked: Vec<&str> = report.provenance.iter().map(|span| span.text(&text)).collect();
        assert_eq!(marked, [start], "{text}");
        assert_eq!(report.dateline.unwrap_or_default(), place, "{text}");
        assert_eq!(report.credits.join(","), credits, "{text}");
    }

    #[test]
    fn datelines_are_read() {
        assert_dateline("OSTBY (AP) —", "Ostby", "Associated Press");
        assert_dateline("OSTBY, Sept 2 (Reuters) -", "Ostby", "Reuters");
        assert_dateline("WEST OSTBY BEACH, Fla. —", "West Ostby Beach, Fla.", "");
        assert_dateline("OSTBY, Norland (AP) --", "Ostby, Norland", "Associated Press");
        assert_dateline("New Delhi/Mumbai:", "New Delhi/Mumbai", "");
        assert_dateline("Paris —", "Paris", "");
        assert_dateline(
            "Ostby, September 2 (KCNA) --",
            "Ostby",
            "Korean Central News Agency",
        );
        assert_dateline("OSTBY, September 2. /TASS/.", "Ostby", "TASS");
        assert_dateline("OSTBY/RIO DE OESTE (Reuters) –", "Ostby/Rio de Oeste", "Reuters");
        assert_dateline("OSTBY and MIDBY, Norland —", "Ostby and Midby, Norland", "");
        assert_dateline("(Reuters) -", "", "Reuters");
        assert_dateline("AFP -", "", "Agence France-Presse");
        assert_dateline("Sept. 2 (UPI) --", "", "United Press International");
    }

    #[test]
    fn a_whole_date_is_the_day_of_publication() {
        let report = read_as(
            "OSTBY, Sept. 2, 2025 (AP) — Snow closed all roads to the coast.",
            TextForm::Article,
        );
        assert_eq!(
            report.published.day.map(|day| day.to_string()).as_deref(),
            Some("2025-09-02")
        );
    }

    #[test]
    fn it_may_stand_below_a_heading() {
        let text = "Snow Closes Roads\n\nOSTBY — Snow closed all roads to the coast on Tuesday.";
        assert_eq!(
            read_as(text, TextForm::WholeFile).dateline.as_deref(),
            Some("Ostby")
        );
    }

    #[test]
    fn other_starts_are_news() {
        for text in [
            "UPDATE: Snow closed all roads to the coast on Tuesday.",
            "Ada Brown: Snow closed all roads to the coast on Tuesday.",
            "Ada Brown — who saw it — said that snow closed all roads.",
            "Ada Brown (1911–1999) — Snow closed all roads to the coast.",
            "Snow - the first this year - closed all roads to the coast.",
            "LIVE UPDATES — Snow closed all roads to the coast on Tuesday.",
            "The mayor said: “Snow closed all roads to the coast.”",
        ] {
            assert_eq!(read_as(text, TextForm::Article).provenance, [], "{text}");
        }
    }
}
