//! The day of publication of undated reports, from what the texts of a story say together.
//!
//! Two ways lead to a day. Where other reports of the story state theirs, the weekday in a report's lead is the one
//! nearest to these. Where none does, a day is accepted when a month and day that the texts name (or a full date)
//! falls on the weekday of a lead in a year that something else tells: an anniversary, a full date, the last day that
//! the user allows. What does not meet all of this gives no day: a wrong day is worse than none.

mod clues;
mod year;

use std::collections::BTreeMap;

use jiff::Span as Period;
use jiff::civil::Weekday;
use rashomon_core::{Date, Reading, Report};

use self::clues::{Clues, DayClue, clues};
use self::year::{YearClue, year_of};

/// The day on which a report was published, as far as the texts tell.
#[derive(Clone, Debug, PartialEq)]
pub struct InferredDate {
    /// The day.
    pub day: Date,
    /// Why, in words for a reader: 'its lead says "Tuesday", and "September 2" was a Tuesday in 2025'.
    pub reason: String,
}

/// How far the stated days of a story's reports may lie apart for its other reports to be dated by them, in days.
const SPREAD: i32 = 6;

/// How far a date that the text names may lie from the stated days to be the day of this story, in days.
const STORY: i32 = 10;

/// How many years before the last allowed day a weekday and a date are looked for: a date falls on the same weekday
/// again after five years at the earliest.
const YEARS_BACK: i16 = 4;

/// Returns for each report of a story the day on which it was published, where it states none and the texts tell it.
/// `as_of` is the last day that is considered, where the user names one. Takes the readings of the same reports, in the
/// same order, resolved or not.
pub fn infer_dates(
    reports: &[&Report],
    readings: &[Reading],
    as_of: Option<Date>,
) -> Vec<Option<InferredDate>> {
    let all: Vec<Clues> = reports
        .iter()
        .zip(readings)
        .map(|(report, reading)| clues(report, reading))
        .collect();
    // A date that a report prints in a line about itself is as good as a stated one.
    let stated: Vec<Date> = reports
        .iter()
        .zip(&all)
        .filter_map(|(report, own)| report.published.day.or(own.printed.as_ref().map(|&(day, _)| day)))
        .collect();
    let mut anchor = None;
    let mut anchor_made = false;
    reports
        .iter()
        .enumerate()
        .map(|(index, report)| {
            let own = all.get(index)?;
            if report.published.day.is_some() {
                return None;
            }
            let inferred = own_date(own).or_else(|| {
                if stated.is_empty() {
                    if !anchor_made {
                        anchor = find_anchor(&all, as_of);
                        anchor_made = true;
                    }
                    by_anchor(own, anchor.as_ref()?)
                } else {
                    by_others(own, &stated)
                }
            })?;
            (as_of.is_none_or(|last| inferred.day <= last)).then_some(inferred)
        })
        .collect()
}

/// A report that prints its own date in a line about itself.
fn own_date(own: &Clues) -> Option<InferredDate> {
    let (day, words) = own.printed.as_ref()?;
    Some(InferredDate {
        day: *day,
        reason: format!("it prints \u{201c}{words}\u{201d} in a line about itself"),
    })
}

/// The day of the lead's weekday that is nearest to the days which other reports state.
fn by_others(own: &Clues, stated: &[Date]) -> Option<InferredDate> {
    let weekday = own.lead?;
    // "Saturday" and "June 8" in the same report, and the stated days tell the year.
    let near = |day: &Date| {
        stated
            .iter()
            .any(|&other| days_between(*day, other).abs() <= STORY)
    };
    let dated = own.days.iter().find_map(|clue| {
        stated
            .iter()
            .filter_map(|other| Date::new(clue.year.unwrap_or(other.year()), clue.month, clue.day).ok())
            .find(|day| day.weekday() == weekday && near(day))
            .map(|day| (day, clue))
    });
    if let Some((day, clue)) = dated {
        return Some(InferredDate {
            day,
            reason: format!(
                "its lead says \u{201c}{}\u{201d}, and \u{201c}{}\u{201d} was a {} near the stated days of the story",
                name(weekday),
                clue.words,
                name(weekday),
            ),
        });
    }
    let (first, last) = (stated.iter().min()?, stated.iter().max()?);
    if days_between(*first, *last) > SPREAD {
        return None;
    }
    let mut sorted = stated.to_vec();
    sorted.sort_unstable();
    let middle = *sorted.get((sorted.len() - 1) / 2)?;
    let day = nearest(weekday, middle)?;
    Some(InferredDate {
        day,
        reason: format!(
            "its lead says \u{201c}{}\u{201d}, and this is the one nearest to {middle}, the stated day of {} of the story",
            name(weekday),
            if stated.len() == 1 {
                "another report"
            } else {
                "other reports"
            },
        ),
    })
}

/// A day that the story's texts agree on, and why.
#[derive(Clone, Debug, PartialEq)]
struct Anchor {
    day: Date,
    reason: String,
}

/// The day of the lead's weekday that is nearest to the story's day.
fn by_anchor(own: &Clues, anchor: &Anchor) -> Option<InferredDate> {
    let weekday = own.lead?;
    let day = nearest(weekday, anchor.day)?;
    let reason = if day == anchor.day {
        format!(
            "its lead says \u{201c}{}\u{201d}; {}",
            name(weekday),
            anchor.reason
        )
    } else {
        format!(
            "its lead says \u{201c}{}\u{201d}, the one nearest to {}; {}",
            name(weekday),
            anchor.day,
            anchor.reason
        )
    };
    Some(InferredDate { day, reason })
}

/// What speaks for a day.
struct Votes<'clues> {
    /// How many reports name it.
    reports: usize,
    /// The last of these.
    last: usize,
    /// True where more than a full date in one report speaks for it.
    supported: bool,
    /// The first that names it.
    clue: &'clues DayClue,
}

/// Returns the day that most evidence of the story's reports fits.
fn find_anchor(all: &[Clues], as_of: Option<Date>) -> Option<Anchor> {
    let year = year_of(all);
    // Votes for each day: how many reports name it by its date, and the words of the first that does.
    let mut votes: BTreeMap<Date, Votes<'_>> = BTreeMap::new();
    let leads: Vec<Weekday> = all.iter().filter_map(|clues| clues.lead).collect();
    if leads.is_empty() {
        return None;
    }
    for (report, clue) in all
        .iter()
        .enumerate()
        .flat_map(|(report, clues)| clues.days.iter().map(move |clue| (report, clue)))
    {
        let Some(day) = clue_day(clue, year.as_ref(), all, &leads, as_of) else {
            continue;
        };
        if !leads.contains(&day.weekday()) || as_of.is_some_and(|last| day > last) {
            continue;
        }
        let votes = votes.entry(day).or_insert(Votes {
            reports: 0,
            last: usize::MAX,
            supported: false,
            clue,
        });
        votes.reports += usize::from(votes.last != report);
        votes.last = report;
        // A full date may be one of the background that only happens to fall on the lead's weekday.
        votes.supported |= clue.year.is_none() || clue.weekday.is_some() || votes.reports > 1;
    }
    votes.retain(|_, votes| votes.supported);
    let most = votes.values().map(|votes| votes.reports).max()?;
    let mut best = votes.iter().filter(|(_, votes)| votes.reports == most);
    let (&day, &Votes { clue, .. }) = best.next()?;
    // Two days with as much evidence, and none to choose by.
    if best.next().is_some() {
        return None;
    }
    let reason = match (&year, clue.year) {
        (_, Some(_)) => format!("\u{201c}{}\u{201d} was a {}", clue.words, name(day.weekday())),
        (Some(year), None) => format!(
            "\u{201c}{}\u{201d} was a {} in {}, {}",
            clue.words,
            name(day.weekday()),
            day.year(),
            year.reason
        ),
        (None, None) => format!(
            "\u{201c}{}\u{201d} was a {} in {}, the latest such year up to the last day considered",
            clue.words,
            name(day.weekday()),
            day.year()
        ),
    };
    Some(Anchor { day, reason })
}

/// Returns the day that a date in the text names: in its own year, in the year that the story tells, or in the one
/// year before the last allowed day in which it falls on the weekday of a lead.
fn clue_day(
    clue: &DayClue,
    year: Option<&YearClue>,
    all: &[Clues],
    leads: &[Weekday],
    as_of: Option<Date>,
) -> Option<Date> {
    let latest = all.iter().filter_map(|clues| clues.latest_year).max();
    if let Some(own) = clue.year {
        // A date of the background: a later year is named, or it stands far from the lead and nothing supports it.
        let supported = clue.in_lead || year.is_some_and(|year| year.year == own);
        return (latest.is_none_or(|latest| latest <= own) && supported)
            .then(|| Date::new(own, clue.month, clue.day).ok())
            .flatten();
    }
    if let Some(year) = year {
        return Date::new(year.year, clue.month, clue.day).ok();
    }
    let last = as_of?;
    (0..=YEARS_BACK).find_map(|back| {
        let day = Date::new(last.year().checked_sub(back)?, clue.month, clue.day).ok()?;
        let fits = day <= last
            && leads.contains(&day.weekday())
            && clue.weekday.is_none_or(|weekday| weekday == day.weekday())
            && latest.is_none_or(|latest| latest <= day.year());
        fits.then_some(day)
    })
}

/// Returns the day of a weekday that is nearest to a day: at most three days off.
fn nearest(weekday: Weekday, day: Date) -> Option<Date> {
    let ahead = i64::from(day.weekday().until(weekday));
    let days = if ahead > 3 { ahead - 7 } else { ahead };
    day.checked_add(Period::new().try_days(days).ok()?).ok()
}

fn days_between(first: Date, last: Date) -> i32 {
    first.until(last).map_or(i32::MAX, |span| span.get_days())
}

/// Returns the English name of a weekday.
fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests;
