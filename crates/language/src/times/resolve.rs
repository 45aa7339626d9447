//! From what the words of a time say to its value, seen from a reference day.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use rashomon_core::{DayPart, Direction, TimeExpression, TimeUnit, TimeValue};

/// How deep expressions may stand inside each other; extraction makes two levels.
const DEPTH: usize = 8;

/// Returns the value of an expression seen from `reference`; `None` where it lies outside the calendar.
pub(crate) fn resolve(expression: &TimeExpression, reference: Date) -> Option<TimeValue> {
    resolve_inside(expression, reference, DEPTH)
}

fn resolve_inside(expression: &TimeExpression, reference: Date, depth: usize) -> Option<TimeValue> {
    match *expression {
        TimeExpression::Absolute(ref value) => Some(value.clone()),
        TimeExpression::Weekday(weekday, direction, part) => {
            Some(day_value(nearest_weekday(weekday, direction, reference)?, part))
        }
        TimeExpression::MonthDay(month, day, direction) => near_or_in_year(direction, reference, |year| {
            Some(TimeValue::Day(Date::new(year, month, day).ok()?))
        }),
        TimeExpression::Month(month, direction) => {
            near_or_in_year(direction, reference, |year| Some(TimeValue::Month(year, month)))
        }
        TimeExpression::Season(season, direction) => {
            in_year(direction, reference, |year| Some(TimeValue::Season(year, season)))
        }
        TimeExpression::Quarter(quarter, direction) => in_year(direction, reference, |year| {
            Some(TimeValue::Quarter(year, quarter))
        }),
        TimeExpression::NthWeekday(month, which, weekday, direction) => {
            in_year(direction, reference, |year| {
                Some(TimeValue::Day(nth_weekday(year, month, which, weekday)?))
            })
        }
        TimeExpression::Easter(days, direction) => in_year(direction, reference, |year| {
            Some(TimeValue::Day(add_days(easter_sunday(year)?, i32::from(days))?))
        }),
        TimeExpression::Weekend(direction) => {
            let saturday = match direction {
                Direction::Last => {
                    let sunday = nearest_weekday(Weekday::Sunday, Direction::Last, reference)?;
                    sunday.yesterday().ok()?
                }
                Direction::Past | Direction::Nearest => {
                    nearest_weekday(Weekday::Saturday, Direction::Past, reference)?
                }
                Direction::This => nearest_weekday(Weekday::Saturday, Direction::This, reference)?,
                Direction::Future => {
                    let sunday = nearest_weekday(Weekday::Sunday, Direction::Future, reference)?;
                    sunday.yesterday().ok()?
                }
                Direction::Next => nearest_weekday(Weekday::Saturday, Direction::Next, reference)?,
            };
            let week = saturday.iso_week_date();
            Some(TimeValue::Weekend(week.year(), week.week()))
        }
        TimeExpression::Offset(unit, count, part) => shift(&TimeValue::Day(reference), unit, count, part),
        TimeExpression::Clock(hour, minute, ref day) => {
            let depth = depth.checked_sub(1)?;
            match resolve_inside(day, reference, depth)? {
                TimeValue::Day(day) | TimeValue::Part(day, _) | TimeValue::Clock(day, _, _) => {
                    Some(TimeValue::Clock(day, hour, minute))
                }
                _ => Some(TimeValue::Other(format!("T{hour:02}:{minute:02}"))),
            }
        }
        TimeExpression::UtcClock(hour, minute, ref day) => {
            let depth = depth.checked_sub(1)?;
            match resolve_inside(day, reference, depth)?.days() {
                Some((first, last)) if first == last => Some(TimeValue::UtcClock(first, hour, minute)),
                _ => Some(TimeValue::Other(format!("T{hour:02}:{minute:02}Z"))),
            }
        }
        TimeExpression::After(ref anchor, unit, count) => {
            let depth = depth.checked_sub(1)?;
            let value = resolve_inside(anchor, reference, depth)?;
            shift(&value, unit, count, None)
        }
    }
}

fn day_value(day: Date, part: Option<DayPart>) -> TimeValue {
    part.map_or(TimeValue::Day(day), |part| TimeValue::Part(day, part))
}

fn add_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Returns the nearest day of a weekday in a direction.
fn nearest_weekday(weekday: Weekday, direction: Direction, reference: Date) -> Option<Date> {
    let back = i32::from(weekday.until(reference.weekday()));
    let ahead = i32::from(reference.weekday().until(weekday));
    let days = match direction {
        Direction::Past | Direction::Nearest => -back,
        Direction::Future => ahead,
        Direction::Last => -(if back == 0 { 7 } else { back }),
        Direction::Next => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        Direction::This => {
            i32::from(weekday.to_monday_zero_offset())
                - i32::from(reference.weekday().to_monday_zero_offset())
        }
    };
    add_days(reference, days)
}

/// How many days off a date without its year is taken for the nearest one, whatever its clause says: who means the
/// one a year before says so.
const NEAR: i32 = 45;

/// The same for a date in the past whose clause speaks of what is to come.
const JUST_PAST: i32 = 7;

/// Returns the nearest value of what comes once a year where it is near, or else the one in the direction.
fn near_or_in_year(
    direction: Direction,
    reference: Date,
    value: impl Fn(i16) -> Option<TimeValue>,
) -> Option<TimeValue> {
    if matches!(direction, Direction::Past | Direction::Future) {
        let nearest = in_year(Direction::Nearest, reference, &value)?;
        let (first, last) = nearest.days()?;
        let limit = if direction == Direction::Future && last < reference {
            JUST_PAST
        } else {
            NEAR
        };
        let off = if last < reference {
            days_between(last, reference)
        } else {
            days_between(reference, first)
        };
        if off <= limit {
            return Some(nearest);
        }
    }
    in_year(direction, reference, value)
}

/// Returns the value that lies in the direction, of what comes once a year.
fn in_year(
    direction: Direction,
    reference: Date,
    value: impl Fn(i16) -> Option<TimeValue>,
) -> Option<TimeValue> {
    // A leap day may lie four (once in a century, eight) years off.
    let candidates = (-8..=8).filter_map(|offset| {
        let value = value(reference.year().checked_add(offset)?)?;
        let (first, last) = value.days()?;
        Some((value, first, last))
    });
    let distance = |first: Date, last: Date| {
        if last < reference {
            days_between(last, reference)
        } else if first > reference {
            days_between(reference, first)
        } else {
            0
        }
    };
    match direction {
        Direction::Past => candidates.filter(|&(_, first, _)| first <= reference).last(),
        Direction::Last => candidates.filter(|&(_, _, last)| last < reference).last(),
        Direction::Future => candidates
            .filter(|&(_, _, last)| last >= reference)
            .min_by_key(|&(_, first, _)| first),
        Direction::Next => candidates
            .filter(|&(_, first, _)| first > reference)
            .min_by_key(|&(_, first, _)| first),
        Direction::Nearest => candidates.min_by_key(|&(_, first, last)| distance(first, last)),
        Direction::This => {
            let all: Vec<_> = candidates.collect();
            all.iter()
                .find(|&&(_, first, last)| first <= reference && reference <= last)
                .or_else(|| {
                    all.iter()
                        .find(|&&(_, first, _)| first.year() == reference.year())
                })
                .cloned()
        }
    }
    .map(|(value, _, _)| value)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to)
        .map_or(i32::MAX, |span| span.get_days().saturating_abs())
}

/// Returns the `which`-th (5: the last) weekday of a month.
fn nth_weekday(year: i16, month: i8, which: i8, weekday: Weekday) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    if which >= 5 {
        first.nth_weekday_of_month(-1, weekday).ok()
    } else {
        first.nth_weekday_of_month(which, weekday).ok()
    }
}

/// Returns Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher ("Astronomical
/// Algorithms", 1991).
fn easter_sunday(year: i16) -> Option<Date> {
    let number = i32::from(year);
    let (century, of_century) = (number / 100, number % 100);
    let golden = number % 19;
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let position = moon + weekday - 7 * late + 114;
    let (month, day) = (position / 31, position % 31 + 1);
    Date::new(year, month as i8, day as i8).ok()
}

/// Returns the value that lies so many units after a value, at the precision of the unit, or of the value where that
/// names a recurring part of a year ("a year earlier" than a quarter is a quarter).
fn shift(value: &TimeValue, unit: TimeUnit, count: i32, part: Option<DayPart>) -> Option<TimeValue> {
    if unit == TimeUnit::Year {
        let years = i16::try_from(count).ok()?;
        match *value {
            TimeValue::Quarter(year, quarter) => {
                return Some(TimeValue::Quarter(year.checked_add(years)?, quarter));
            }
            TimeValue::Season(year, season) => {
                return Some(TimeValue::Season(year.checked_add(years)?, season));
            }
            TimeValue::Month(year, month) => return Some(TimeValue::Month(year.checked_add(years)?, month)),
            _ => {}
        }
    }
    let (day, _) = value.days()?;
    match unit {
        TimeUnit::Second | TimeUnit::Minute => Some(day_value(day, part)),
        TimeUnit::Hour => Some(day_value(add_days(day, count / 24)?, part)),
        TimeUnit::Day => Some(day_value(add_days(day, count)?, part)),
        TimeUnit::Week => {
            let week = add_days(day, count.checked_mul(7)?)?.iso_week_date();
            Some(TimeValue::Week(week.year(), week.week()))
        }
        TimeUnit::Month => {
            let moved = add_months(day, count)?;
            Some(TimeValue::Month(moved.year(), moved.month()))
        }
        TimeUnit::Quarter => {
            let moved = add_months(day, count.checked_mul(3)?)?;
            Some(TimeValue::Quarter(moved.year(), (moved.month() - 1) / 3 + 1))
        }
        TimeUnit::Year => Some(TimeValue::Year(add_years(day, count)?)),
        TimeUnit::Decade => {
            if count.abs() <= 1 && matches!(value, TimeValue::Decade(_)) {
                return Some(TimeValue::Decade(
                    add_years(day, count.checked_mul(10)?)?.div_euclid(10),
                ));
            }
            Some(TimeValue::Year(add_years(day, count.checked_mul(10)?)?))
        }
        TimeUnit::Century => Some(TimeValue::Century(
            add_years(day, count.checked_mul(100)?)?.div_euclid(100),
        )),
    }
}

fn add_years(day: Date, years: i32) -> Option<i16> {
    i16::try_from(i32::from(day.year()).checked_add(years)?)
        .ok()
        .filter(|year| (1..=9999).contains(year))
}

fn add_months(day: Date, months: i32) -> Option<Date> {
    // From the first of the month, so that no short month is skipped.
    day.first_of_month()
        .checked_add(0.months().try_months(months).ok()?)
        .ok()
}

#[cfg(test)]
mod tests {
    use rashomon_core::Season;

    use super::*;

    fn value(expression: &TimeExpression, reference: &str) -> String {
        resolve(expression, reference.parse().unwrap()).map_or_else(String::new, |value| value.to_string())
    }

    #[test]
    fn weekdays_go_where_their_clause_points() {
        let thursday = |direction| TimeExpression::Weekday(Weekday::Thursday, direction, None);
        // 2025-09-02 is a Tuesday.
        assert_eq!(value(&thursday(Direction::Past), "2025-09-02"), "2025-08-28");
        assert_eq!(value(&thursday(Direction::Past), "2025-09-04"), "2025-09-04");
        assert_eq!(value(&thursday(Direction::Last), "2025-09-04"), "2025-08-28");
        assert_eq!(value(&thursday(Direction::Future), "2025-09-02"), "2025-09-04");
        assert_eq!(value(&thursday(Direction::Next), "2025-09-04"), "2025-09-11");
        assert_eq!(value(&thursday(Direction::This), "2025-09-05"), "2025-09-04");
    }

    #[test]
    fn what_comes_once_a_year_goes_where_its_clause_points() {
        let fall = |direction| TimeExpression::Season(Season::Fall, direction);
        assert_eq!(value(&fall(Direction::Last), "2025-09-02"), "2024-FA");
        assert_eq!(value(&fall(Direction::This), "2025-09-02"), "2025-FA");
        assert_eq!(value(&fall(Direction::This), "2025-07-02"), "2025-FA");
        let december = |direction| TimeExpression::Month(12, direction);
        assert_eq!(value(&december(Direction::Past), "2025-02-10"), "2024-12");
        assert_eq!(value(&december(Direction::Future), "2025-02-10"), "2025-12");
        let new_year = TimeExpression::MonthDay(1, 2, Direction::Nearest);
        assert_eq!(value(&new_year, "2025-12-20"), "2026-01-02");
        let leap_day = TimeExpression::MonthDay(2, 29, Direction::Past);
        assert_eq!(value(&leap_day, "2027-05-01"), "2024-02-29");
    }

    #[test]
    fn holidays_move() {
        let thanksgiving = TimeExpression::NthWeekday(11, 4, Weekday::Thursday, Direction::Past);
        assert_eq!(value(&thanksgiving, "2025-01-05"), "2024-11-28");
        let memorial = TimeExpression::NthWeekday(5, 5, Weekday::Monday, Direction::Past);
        assert_eq!(value(&memorial, "2025-06-05"), "2025-05-26");
        let good_friday = TimeExpression::Easter(-2, Direction::Past);
        assert_eq!(value(&good_friday, "2025-05-01"), "2025-04-18");
    }

    #[test]
    fn offsets_keep_the_precision_of_their_unit() {
        let offset = |unit, count| TimeExpression::Offset(unit, count, None);
        assert_eq!(value(&offset(TimeUnit::Day, -1), "2025-03-01"), "2025-02-28");
        assert_eq!(value(&offset(TimeUnit::Week, -1), "2025-09-02"), "2025-W35");
        assert_eq!(value(&offset(TimeUnit::Month, 1), "2025-12-31"), "2026-01");
        assert_eq!(value(&offset(TimeUnit::Year, -1), "2025-09-02"), "2024");
        assert_eq!(value(&offset(TimeUnit::Year, -9000), "2025-09-02"), "");
        let later = TimeExpression::After(
            Box::new(TimeExpression::Quarter(3, Direction::Past)),
            TimeUnit::Year,
            -1,
        );
        assert_eq!(value(&later, "1989-11-02"), "1988-Q3");
    }
}
