//! Points and stretches of time as news names them, with TIMEX3 values.

use std::fmt;

use jiff::civil::{Date, Weekday};

/// A season of the year, as news of the northern hemisphere names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Fall,
    /// December to February.
    Winter,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayPart {
    /// "morning"
    Morning,
    /// "midday", "noon"
    Midday,
    /// "afternoon"
    Afternoon,
    /// "evening"
    Evening,
    /// "night", "overnight"
    Night,
}

/// A unit in which news counts time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeUnit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Quarters of a year.
    Quarter,
    /// Years.
    Year,
    /// Decades.
    Decade,
    /// Centuries.
    Century,
}

/// Where a time stands that is named without saying which one: "Tuesday", "last fall", "next month".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The nearest one not after the reference day: "on Tuesday" with a verb in the past.
    Past,
    /// The nearest one not before the reference day: "on Wednesday" with a verb in the future.
    Future,
    /// "last Thursday", "last year".
    Last,
    /// "this week".
    This,
    /// "next month".
    Next,
    /// The nearest one on either side: nothing says whether it is past or to come.
    Nearest,
}

/// What the words of a time say, before a reference day makes a value of it.
#[derive(Clone, Debug, PartialEq)]
pub enum TimeExpression {
    /// It needs no reference day: "September 2, 2025", "2012", "six years".
    Absolute(TimeValue),
    /// A day of the week.
    Weekday(Weekday, Direction, Option<DayPart>),
    /// A day of a month without its year.
    MonthDay(i8, i8, Direction),
    /// A month without its year.
    Month(i8, Direction),
    /// A season without its year.
    Season(Season, Direction),
    /// A quarter, 1 to 4, without its year.
    Quarter(i8, Direction),
    /// Saturday and Sunday of a week.
    Weekend(Direction),
    /// A weekday counted in a month, without its year: month, which one (5: the last one), weekday. "Thanksgiving".
    NthWeekday(i8, i8, Weekday, Direction),
    /// So many days after Easter Sunday of the western churches, without its year: "Good Friday".
    Easter(i8, Direction),
    /// So many units after (or, negative, before) the reference day: "yesterday", "two weeks ago", "last year".
    Offset(TimeUnit, i32, Option<DayPart>),
    /// A time of day, hour and minute, on the day of another expression: "9:25 a.m. Tuesday".
    Clock(i8, i8, Box<TimeExpression>),
    /// The same in universal time: "08:30 GMT Tuesday".
    UtcClock(i8, i8, Box<TimeExpression>),
    /// So many units after (or before) what another expression names: "two weeks later", "the following year".
    After(Box<TimeExpression>, TimeUnit, i32),
}

/// A TIMEX3 value: what a time names, at the precision at which it names it.
#[derive(Clone, Debug, PartialEq)]
pub enum TimeValue {
    /// A day: `2025-09-02`.
    Day(Date),
    /// A part of a day: `2025-09-02TMO`.
    Part(Date, DayPart),
    /// A time of day: `2025-09-02T09:25`.
    Clock(Date, i8, i8),
    /// A time of day in universal time: `2025-09-02T09:25Z`.
    UtcClock(Date, i8, i8),
    /// A week by its ISO year and number: `2025-W35`.
    Week(i16, i8),
    /// A weekend: `2025-W35-WE`.
    Weekend(i16, i8),
    /// A month: `2025-09`.
    Month(i16, i8),
    /// A quarter of a year: `2025-Q3`.
    Quarter(i16, i8),
    /// A season: `2024-FA`.
    Season(i16, Season),
    /// A year: `2012`.
    Year(i16),
    /// A decade by its first three digits: `199`.
    Decade(i16),
    /// A century by its first two digits: `19`.
    Century(i16),
    /// A length of time: `P6Y`, `PT2H`; `None` where the number is not said: `PXY`.
    Duration(Option<f64>, TimeUnit),
    /// Anything else that TIMEX3 can write: `PRESENT_REF`, `P1D` as a set, `T20:00`.
    Other(String),
}

impl fmt::Display for DayPart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
        })
    }
}

impl fmt::Display for Season {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Fall => "FA",
            Self::Winter => "WI",
        })
    }
}

impl fmt::Display for TimeValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(formatter, "{day}"),
            Self::Part(day, part) => write!(formatter, "{day}T{part}"),
            Self::Clock(day, hour, minute) => write!(formatter, "{day}T{hour:02}:{minute:02}"),
            Self::UtcClock(day, hour, minute) => write!(formatter, "{day}T{hour:02}:{minute:02}Z"),
            Self::Week(year, week) => write!(formatter, "{year:04}-W{week:02}"),
            Self::Weekend(year, week) => write!(formatter, "{year:04}-W{week:02}-WE"),
            Self::Month(year, month) => write!(formatter, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(formatter, "{year:04}-Q{quarter}"),
            Self::Season(year, season) => write!(formatter, "{year:04}-{season}"),
            Self::Year(year) => write!(formatter, "{year:04}"),
            Self::Decade(decade) => write!(formatter, "{decade:03}"),
            Self::Century(century) => write!(formatter, "{century:02}"),
            Self::Duration(count, unit) => {
                let (prefix, letter) = match unit {
                    TimeUnit::Second => ("PT", "S"),
                    TimeUnit::Minute => ("PT", "M"),
                    TimeUnit::Hour => ("PT", "H"),
                    TimeUnit::Day => ("P", "D"),
                    TimeUnit::Week => ("P", "W"),
                    TimeUnit::Month => ("P", "M"),
                    TimeUnit::Quarter => ("P", "Q"),
                    TimeUnit::Year => ("P", "Y"),
                    TimeUnit::Decade => ("P", "DE"),
                    TimeUnit::Century => ("P", "CE"),
                };
                match count {
                    Some(count) => write!(formatter, "{prefix}{count}{letter}"),
                    None => write!(formatter, "{prefix}X{letter}"),
                }
            }
            Self::Other(value) => formatter.write_str(value),
        }
    }
}

impl TimeValue {
    /// Returns the first and the last day that the value covers; `None` for a length of time and for what is no
    /// stretch of the calendar.
    pub fn days(&self) -> Option<(Date, Date)> {
        let months = |year: i16, month: i8, count: i32| {
            let first = Date::new(year, month, 1).ok()?;
            let last = first
                .checked_add(jiff::Span::new().months(count))
                .ok()?
                .yesterday()
                .ok()?;
            Some((first, last))
        };
        match *self {
            Self::Day(day) | Self::Part(day, _) | Self::Clock(day, _, _) | Self::UtcClock(day, _, _) => {
                Some((day, day))
            }
            Self::Week(year, week) => iso_week(year, week),
            Self::Weekend(year, week) => {
                let (_, sunday) = iso_week(year, week)?;
                Some((sunday.yesterday().ok()?, sunday))
            }
            Self::Month(year, month) => months(year, month, 1),
            Self::Quarter(year, quarter) => months(year, quarter.checked_sub(1)?.checked_mul(3)? + 1, 3),
            Self::Season(year, season) => match season {
                Season::Spring => months(year, 3, 3),
                Season::Summer => months(year, 6, 3),
                Season::Fall => months(year, 9, 3),
                Season::Winter => months(year, 12, 3),
            },
            Self::Year(year) => months(year, 1, 12),
            Self::Decade(decade) => months(decade.checked_mul(10)?, 1, 120),
            Self::Century(century) => months(century.checked_mul(100)?, 1, 1200),
            Self::Duration(..) | Self::Other(_) => None,
        }
    }
}

/// Returns Monday and Sunday of an ISO week.
fn iso_week(year: i16, week: i8) -> Option<(Date, Date)> {
    let monday = jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday)
        .ok()?
        .date();
    Some((monday, monday.checked_add(jiff::Span::new().days(6)).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn values_are_written_as_timex3() {
        let written = |value: TimeValue| value.to_string();
        assert_eq!(written(TimeValue::Day(day("2025-09-02"))), "2025-09-02");
        assert_eq!(
            written(TimeValue::Part(day("2025-09-02"), DayPart::Morning)),
            "2025-09-02TMO"
        );
        assert_eq!(written(TimeValue::Week(2025, 35)), "2025-W35");
        assert_eq!(written(TimeValue::Season(2024, Season::Fall)), "2024-FA");
        assert_eq!(written(TimeValue::Duration(Some(6.0), TimeUnit::Year)), "P6Y");
        assert_eq!(written(TimeValue::Duration(None, TimeUnit::Hour)), "PTXH");
    }

    #[test]
    fn values_cover_days() {
        let covers = |value: TimeValue| value.days().map(|(first, last)| format!("{first} {last}"));
        assert_eq!(
            covers(TimeValue::Week(2025, 35)).unwrap(),
            "2025-08-25 2025-08-31"
        );
        assert_eq!(
            covers(TimeValue::Season(2024, Season::Winter)).unwrap(),
            "2024-12-01 2025-02-28"
        );
        assert_eq!(covers(TimeValue::Decade(199)).unwrap(), "1990-01-01 1999-12-31");
        assert_eq!(covers(TimeValue::Duration(Some(1.0), TimeUnit::Day)), None);
        assert_eq!(covers(TimeValue::Month(2025, 13)), None);
    }
}
