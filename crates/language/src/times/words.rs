//! The words of the calendar.

use jiff::civil::Weekday;
use rashomon_core::{DayPart, Direction, Season, TimeExpression, TimeUnit};

/// Returns the month that a word names, 1 to 12, and whether the word is its short form.
pub(crate) fn month(word: &str) -> Option<(i8, bool)> {
    Some(match word {
        "january" => (1, false),
        "february" => (2, false),
        "march" => (3, false),
        "april" => (4, false),
        "may" => (5, false),
        "june" => (6, false),
        "july" => (7, false),
        "august" => (8, false),
        "september" => (9, false),
        "october" => (10, false),
        "november" => (11, false),
        "december" => (12, false),
        "jan" => (1, true),
        "feb" => (2, true),
        "mar" => (3, true),
        "apr" => (4, true),
        "jun" => (6, true),
        "jul" => (7, true),
        "aug" => (8, true),
        "sep" | "sept" => (9, true),
        "oct" => (10, true),
        "nov" => (11, true),
        "dec" => (12, true),
        _ => return None,
    })
}

/// Returns the weekday that a word names, and whether the word is its short form.
pub(crate) fn weekday(word: &str) -> Option<(Weekday, bool)> {
    Some(match word {
        "monday" | "mondays" => (Weekday::Monday, false),
        "tuesday" | "tuesdays" => (Weekday::Tuesday, false),
        "wednesday" | "wednesdays" => (Weekday::Wednesday, false),
        "thursday" | "thursdays" => (Weekday::Thursday, false),
        "friday" | "fridays" => (Weekday::Friday, false),
        "saturday" | "saturdays" => (Weekday::Saturday, false),
        "sunday" | "sundays" => (Weekday::Sunday, false),
        "mon" => (Weekday::Monday, true),
        "tue" | "tues" => (Weekday::Tuesday, true),
        "wed" => (Weekday::Wednesday, true),
        "thu" | "thur" | "thurs" => (Weekday::Thursday, true),
        "fri" => (Weekday::Friday, true),
        "sat" => (Weekday::Saturday, true),
        "sun" => (Weekday::Sunday, true),
        _ => return None,
    })
}

/// Returns the season that a word names.
pub(crate) fn season(word: &str) -> Option<Season> {
    Some(match word {
        "spring" | "springtime" => Season::Spring,
        "summer" | "summertime" => Season::Summer,
        "fall" | "autumn" => Season::Fall,
        "winter" | "wintertime" => Season::Winter,
        _ => return None,
    })
}

/// Returns the unit that a word names, and whether the word is a plural.
pub(crate) fn unit(word: &str) -> Option<(TimeUnit, bool)> {
    Some(match word {
        "second" | "sec" => (TimeUnit::Second, false),
        "seconds" | "secs" => (TimeUnit::Second, true),
        "minute" | "min" => (TimeUnit::Minute, false),
        "minutes" | "mins" => (TimeUnit::Minute, true),
        "hour" | "hr" => (TimeUnit::Hour, false),
        "hours" | "hrs" => (TimeUnit::Hour, true),
        "day" => (TimeUnit::Day, false),
        "days" => (TimeUnit::Day, true),
        "week" => (TimeUnit::Week, false),
        "weeks" => (TimeUnit::Week, true),
        "month" => (TimeUnit::Month, false),
        "months" => (TimeUnit::Month, true),
        "quarter" => (TimeUnit::Quarter, false),
        "quarters" => (TimeUnit::Quarter, true),
        "year" | "yr" => (TimeUnit::Year, false),
        "years" | "yrs" => (TimeUnit::Year, true),
        "decade" => (TimeUnit::Decade, false),
        "decades" => (TimeUnit::Decade, true),
        "century" => (TimeUnit::Century, false),
        "centuries" => (TimeUnit::Century, true),
        _ => return None,
    })
}

/// Returns the part of a day that a word names.
pub(crate) fn day_part(word: &str) -> Option<DayPart> {
    Some(match word {
        "morning" | "mornings" => DayPart::Morning,
        "noon" | "midday" | "lunchtime" => DayPart::Midday,
        "afternoon" | "afternoons" => DayPart::Afternoon,
        "evening" | "evenings" => DayPart::Evening,
        "night" | "nights" => DayPart::Night,
        _ => return None,
    })
}

/// Returns the decade that a word names by its first three digits, in the twentieth century.
pub(crate) fn decade(word: &str) -> Option<i16> {
    Some(match word {
        "twenties" => 192,
        "thirties" => 193,
        "forties" => 194,
        "fifties" => 195,
        "sixties" => 196,
        "seventies" => 197,
        "eighties" => 198,
        "nineties" => 199,
        _ => return None,
    })
}

/// Returns the unit that an adverb repeats by: "daily".
pub(crate) fn repeated(word: &str) -> Option<&'static str> {
    Some(match word {
        "hourly" => "PT1H",
        "daily" | "nightly" => "P1D",
        "weekly" => "P1W",
        "biweekly" | "fortnightly" => "P2W",
        "monthly" => "P1M",
        "yearly" | "annually" => "P1Y",
        _ => return None,
    })
}

/// Holidays by their words in lower case, longest first where one begins another.
const HOLIDAYS: &[(&[&str], Holiday)] = &[
    (&["new", "year", "'s", "eve"], Holiday::Fixed(12, 31)),
    (&["new", "year", "'s", "day"], Holiday::Fixed(1, 1)),
    (&["christmas", "eve"], Holiday::Fixed(12, 24)),
    (&["christmas", "day"], Holiday::Fixed(12, 25)),
    (&["christmas"], Holiday::Fixed(12, 25)),
    (&["boxing", "day"], Holiday::Fixed(12, 26)),
    (&["valentine", "'s", "day"], Holiday::Fixed(2, 14)),
    (&["st", ".", "patrick", "'s", "day"], Holiday::Fixed(3, 17)),
    (&["st", "patrick", "'s", "day"], Holiday::Fixed(3, 17)),
    (&["april", "fools", "'", "day"], Holiday::Fixed(4, 1)),
    (&["april", "fool", "'s", "day"], Holiday::Fixed(4, 1)),
    (&["may", "day"], Holiday::Fixed(5, 1)),
    (&["independence", "day"], Holiday::Fixed(7, 4)),
    (&["bastille", "day"], Holiday::Fixed(7, 14)),
    (&["halloween"], Holiday::Fixed(10, 31)),
    (&["veterans", "day"], Holiday::Fixed(11, 11)),
    (&["armistice", "day"], Holiday::Fixed(11, 11)),
    (&["juneteenth"], Holiday::Fixed(6, 19)),
    (&["thanksgiving", "day"], Holiday::Nth(11, 4, Weekday::Thursday)),
    (&["thanksgiving"], Holiday::Nth(11, 4, Weekday::Thursday)),
    (&["labor", "day"], Holiday::Nth(9, 1, Weekday::Monday)),
    (&["memorial", "day"], Holiday::Nth(5, 5, Weekday::Monday)),
    (&["mother", "'s", "day"], Holiday::Nth(5, 2, Weekday::Sunday)),
    (&["father", "'s", "day"], Holiday::Nth(6, 3, Weekday::Sunday)),
    (
        &["martin", "luther", "king", "day"],
        Holiday::Nth(1, 3, Weekday::Monday),
    ),
    (&["good", "friday"], Holiday::Easter(-2)),
    (&["easter", "sunday"], Holiday::Easter(0)),
    (&["easter", "monday"], Holiday::Easter(1)),
    (&["easter"], Holiday::Easter(0)),
];

/// How a holiday finds its day in a year.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holiday {
    /// A month and a day.
    Fixed(i8, i8),
    /// A weekday counted in a month; 5 is the last one.
    Nth(i8, i8, Weekday),
    /// So many days after Easter Sunday.
    Easter(i8),
}

impl Holiday {
    /// Returns the holiday whose words begin with `first`, where `word` gives the words from there on, and how many
    /// words it has.
    pub(crate) fn at<'words>(first: &str, word: impl Fn(usize) -> &'words str) -> Option<(Self, usize)> {
        HOLIDAYS
            .iter()
            .find(|(words, _)| {
                words.first() == Some(&first)
                    && words
                        .iter()
                        .enumerate()
                        .all(|(offset, &expected)| word(offset) == expected)
            })
            .map(|&(words, holiday)| (holiday, words.len()))
    }

    /// Returns the expression for it.
    pub(crate) fn expression(self, direction: Direction) -> TimeExpression {
        match self {
            Self::Fixed(month, day) => TimeExpression::MonthDay(month, day, direction),
            Self::Nth(month, which, weekday) => TimeExpression::NthWeekday(month, which, weekday, direction),
            Self::Easter(days) => TimeExpression::Easter(days, direction),
        }
    }
}
