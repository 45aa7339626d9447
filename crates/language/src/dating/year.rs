//! The year of publication: anniversaries, and dates with their year.

use std::collections::BTreeMap;

use rashomon_core::Span;

use super::clues::Clues;
use crate::times::numbers::{number_at, ordinal_at};
use crate::times::pieces::Pieces;

/// Events of which reports name anniversaries.
const EVENTS: &str = include_str!("../data/anniversaries.txt");

/// How many pieces after "anniversary" the event is looked for.
const REACH: usize = 30;

/// An anniversary that a text names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Anniversary {
    /// The year in which it falls.
    pub(super) year: i16,
    /// The words for a reader: "the 80th anniversary of 1945".
    pub(super) reason: String,
}

/// The year of publication, and why.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct YearClue {
    /// The year.
    pub(super) year: i16,
    /// Why, in words for a reader.
    pub(super) reason: String,
}

/// Returns the year that a story's reports tell: that of most anniversaries, where no later year is named; or else
/// the year of the full dates in leads, where all agree.
pub(super) fn year_of(all: &[Clues]) -> Option<YearClue> {
    let latest = all.iter().filter_map(|clues| clues.latest_year).max();
    let mut by_year: BTreeMap<i16, (usize, &str)> = BTreeMap::new();
    for anniversary in all.iter().flat_map(|clues| &clues.anniversaries) {
        by_year
            .entry(anniversary.year)
            .or_insert((0, &anniversary.reason))
            .0 += 1;
    }
    by_year.retain(|&year, _| latest.is_none_or(|latest| latest <= year));
    if by_year.len() > 1 {
        return None;
    }
    if let Some((&year, &(_, reason))) = by_year.iter().next() {
        return Some(YearClue {
            year,
            reason: reason.to_owned(),
        });
    }
    let mut years = all
        .iter()
        .flat_map(|clues| &clues.days)
        .filter(|clue| clue.in_lead)
        .filter_map(|clue| clue.year);
    let year = years.next()?;
    (years.all(|other| other == year) && latest.is_none_or(|latest| latest <= year)).then(|| YearClue {
        year,
        reason: "the year that the reports name".to_owned(),
    })
}

/// Adds the anniversaries that a sentence names: "the 80th anniversary of the end of World War II", "the 10th
/// anniversary of the 2015 flood", "10 years after the 2015 flood".
/// An anniversary "of the explosion" is that of the only year that the sentence before, `before`, names.
pub(super) fn anniversaries(text: &str, sentence: Span, before: Option<Span>, found: &mut Vec<Anniversary>) {
    let inside = sentence.text(text);
    let names_one = inside.contains("nniversary") || inside.contains("NNIVERSARY");
    let counts_years = [
        "years after",
        "years since",
        "years on from",
        "years to the day after",
    ]
    .iter()
    .any(|words| inside.contains(words));
    if !names_one && !counts_years {
        return;
    }
    let pieces = Pieces::of_text(text, sentence);
    for at in 0..pieces.len() {
        if pieces.lower(at) == "anniversary" && names_one {
            anniversary(text, &pieces, at, before, found);
        } else if counts_years
            && pieces.lower(at) == "years"
            && matches!(pieces.lower(at + 1), "after" | "since" | "on" | "to")
        {
            years_after(&pieces, at, found);
        }
    }
}

/// "the 80th anniversary of …", with the event after it or before it.
fn anniversary(
    text: &str,
    pieces: &Pieces<'_>,
    at: usize,
    before: Option<Span>,
    found: &mut Vec<Anniversary>,
) {
    let Some((number, first)) = ordinal_before(pieces, at) else {
        return;
    };
    if is_of_another_year(pieces, first, at) {
        return;
    }
    let end = (at + REACH).min(pieces.len());
    let year = year_in(pieces, at + 1, end.min(at + 10))
        .or_else(|| event_year(pieces.span(at + 1, end).text(text)))
        .or_else(|| event_year(pieces.span(first.saturating_sub(8), first).text(text)))
        .or_else(|| before.and_then(|before| only_year(&Pieces::of_text(text, before))));
    push(number, year, pieces, first, at + 1, text, found);
}

/// Returns the ordinal that ends before `at`, and its first piece: "80th", "10-year", "tenth".
fn ordinal_before(pieces: &Pieces<'_>, at: usize) -> Option<(i32, usize)> {
    for back in 1..=3 {
        let first = at.checked_sub(back)?;
        if let Some((number, end)) = ordinal_at(pieces, first)
            && end == at
        {
            return Some((number, first));
        }
        // "the 10-year anniversary"
        if let Some(number) = number_at(pieces, first)
            && pieces.lower(pieces.after_hyphen(number.end)) == "year"
            && pieces.after_hyphen(number.end) + 1 == at
            && number.value < 1000.0
        {
            return Some((number.value as i32, first));
        }
    }
    None
}

/// "The 70th anniversary in 2015", "next year's 250th anniversary": of another year than the report's.
fn is_of_another_year(pieces: &Pieces<'_>, first: usize, at: usize) -> bool {
    let before = (first.saturating_sub(6)..first).any(|index| {
        matches!(
            pieces.lower(index),
            "next" | "last" | "upcoming" | "approaching" | "before" | "ahead"
        ) && pieces.lower(index + 1) != "of the week"
            || matches!(pieces.lower(index), "missed" | "previous" | "plans" | "planned")
    });
    let after = (at + 1..(at + REACH).min(pieces.len())).any(|index| {
        matches!(pieces.lower(index), "next" | "last")
            && matches!(
                pieces.lower(index + 1),
                "year" | "month" | "spring" | "summer" | "fall" | "autumn" | "winter"
            )
    });
    // "The 70th anniversary … in 2015" names the year of the anniversary, not of the event.
    let in_year = pieces.lower(at + 1) == "in" && pieces.plain(at + 2).is_some();
    before || after || in_year
}

/// "10 years after the 2015 flood": exact only where nothing like "nearly" stands before.
fn years_after(pieces: &Pieces<'_>, at: usize, found: &mut Vec<Anniversary>) {
    let Some((number, first)) = (1..=3).find_map(|back| {
        let first = at.checked_sub(back)?;
        let number =
            number_at(pieces, first).filter(|number| number.end == at && number.value.fract() == 0.0)?;
        Some((number, first))
    }) else {
        return;
    };
    let exact = matches!(
        pieces.before(first),
        "," | "exactly" | "" | "-" | "now" | "comes" | "today"
    );
    let second = pieces.lower(at + 2);
    // "50 years to the day after the fire of March 14, 1974"
    let to_the_day = pieces.lower(at + 1) == "to";
    if to_the_day && (second != "the" || pieces.lower(at + 3) != "day") {
        return;
    }
    let year = if to_the_day {
        year_in(pieces, at + 5, at + 12)
    } else {
        year_in(pieces, at + 2, at + 5)
    };
    if !exact || number.value > 500.0 || second == "he" || second == "she" {
        return;
    }
    if let Some(year) = year.and_then(|year| year.checked_add(number.value as i16)) {
        found.push(Anniversary {
            year,
            reason: format!("{} years after {}", number.value, year - number.value as i16),
        });
    }
}

fn push(
    number: i32,
    year: Option<i16>,
    pieces: &Pieces<'_>,
    first: usize,
    end: usize,
    text: &str,
    found: &mut Vec<Anniversary>,
) {
    let Some(year) = year else { return };
    let Some(of) = i16::try_from(number)
        .ok()
        .and_then(|number| year.checked_add(number))
    else {
        return;
    };
    if (1..=3000).contains(&number) && (1800..=2200).contains(&of) {
        found.push(Anniversary {
            year: of,
            reason: format!("the {} of {year}", pieces.span(first, end).text(text)),
        });
    }
}

/// Returns a year that stands in a range of pieces.
fn year_in(pieces: &Pieces<'_>, start: usize, end: usize) -> Option<i16> {
    (start..end)
        .find(|&index| pieces.width(index) == 4 && !pieces.glued(index))
        .and_then(|index| pieces.plain(index))
        .and_then(|year| i16::try_from(year).ok())
        .filter(|year| (1000..=2100).contains(year))
}

/// Returns the year that some words name, where they name exactly one.
fn only_year(pieces: &Pieces<'_>) -> Option<i16> {
    let mut years = (0..pieces.len()).filter_map(|index| year_in(pieces, index, index + 1));
    let year = years.next()?;
    years.all(|other| other == year).then_some(year)
}

/// Returns the year of the event that the words name.
fn event_year(words: &str) -> Option<i16> {
    let lower = words.to_lowercase().replace(['’', '‘'], "'");
    // The event that is named first, and among those the longest name: "the end of World War II" is no start.
    let mut best: Option<(usize, usize, i16)> = None;
    for line in EVENTS.lines().filter(|line| !line.starts_with('#')) {
        let Some((year, names)) = line.split_once('\t') else {
            continue;
        };
        let Ok(year) = year.parse::<i16>() else { continue };
        for name in names.split('|') {
            if let Some(position) = lower.find(name)
                && is_whole(&lower, position, name.len())
                && best.is_none_or(|(start, length, _)| {
                    (position, usize::MAX - name.len()) < (start, usize::MAX - length)
                })
            {
                best = Some((position, name.len(), year));
            }
        }
    }
    best.map(|(_, _, year)| year)
}

/// Returns true where the words found are no part of longer words.
fn is_whole(text: &str, position: usize, length: usize) -> bool {
    let letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    !letter(text.get(..position).and_then(|before| before.chars().next_back()))
        && !letter(
            text.get(position + length..)
                .and_then(|after| after.chars().next()),
        )
}
