//! Times in words for a reader: "Tuesday 13 July 2010", "since 2006".

use rashomon_core::{Date, DayPart, Season, TimeValue};

/// Words before a time that make it one end of a stretch.
const ENDS: [&str; 5] = ["since", "until", "before", "after", "by"];

/// Returns a value that names a place on the calendar in words; `before` is what stands before it in its sentence, and a
/// last word like "since" is said with it. `None` for a length of time and what else is no place on the calendar.
pub(crate) fn in_words(value: Option<&TimeValue>, before: &str) -> Option<String> {
    let value = value?;
    let (first, last) = value.days()?;
    let words = match value {
        TimeValue::Day(_) => day(first),
        TimeValue::Part(_, part) => {
            let part = match part {
                DayPart::Morning => "morning",
                DayPart::Midday => "midday",
                DayPart::Afternoon => "afternoon",
                DayPart::Evening => "evening",
                DayPart::Night => "night",
            };
            format!("{}, {part}", day(first))
        }
        TimeValue::Clock(_, hour, minute) => format!("{}, {hour:02}:{minute:02}", day(first)),
        TimeValue::UtcClock(_, hour, minute) => format!("{}, {hour:02}:{minute:02} UTC", day(first)),
        TimeValue::Week(..) => format!("week of {} {}", first.day(), month(first)),
        TimeValue::Weekend(..) => format!("weekend of {} {}", first.day(), month(first)),
        TimeValue::Month(..) => month(first),
        TimeValue::Quarter(year, quarter) => {
            let which = ["first", "second", "third", "fourth"];
            let which = which.get(usize::try_from(quarter - 1).ok()?)?;
            format!("{which} quarter of {year}")
        }
        TimeValue::Season(year, season) => {
            let season = match season {
                Season::Spring => "spring",
                Season::Summer => "summer",
                Season::Fall => "autumn",
                Season::Winter => "winter",
            };
            format!("{season} {year}")
        }
        TimeValue::Year(year) => year.to_string(),
        TimeValue::Decade(_) | TimeValue::Century(_) => format!("{}–{}", first.year(), last.year()),
        TimeValue::Duration(..) | TimeValue::Other(_) => return None,
    };
    let word = before
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    Some(if ENDS.contains(&word.as_str()) {
        format!("{word} {words}")
    } else {
        words
    })
}

/// Returns a day with its day of the week: "Tuesday 13 July 2010".
fn day(day: Date) -> String {
    format!("{} {}", day.strftime("%A %-d %B"), day.year())
}

/// Returns the month and year of a day: "July 2010".
fn month(day: Date) -> String {
    format!("{} {}", day.strftime("%B"), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_at_their_precision() {
        let tuesday = "2010-07-13".parse().unwrap();
        let words = |value: &TimeValue, before: &str| in_words(Some(value), before);
        let is = |value: TimeValue, said: &str| assert_eq!(words(&value, "").as_deref(), Some(said));
        is(TimeValue::Day(tuesday), "Tuesday 13 July 2010");
        is(
            TimeValue::Part(tuesday, DayPart::Morning),
            "Tuesday 13 July 2010, morning",
        );
        is(TimeValue::Clock(tuesday, 9, 5), "Tuesday 13 July 2010, 09:05");
        is(TimeValue::Week(2010, 28), "week of 12 July 2010");
        is(TimeValue::Weekend(2010, 28), "weekend of 17 July 2010");
        is(TimeValue::Month(2010, 7), "July 2010");
        is(TimeValue::Quarter(2010, 3), "third quarter of 2010");
        is(TimeValue::Season(2010, Season::Fall), "autumn 2010");
        is(TimeValue::Year(2006), "2006");
        assert_eq!(
            words(&TimeValue::Year(2006), "The bridge has been closed since ").as_deref(),
            Some("since 2006")
        );
        assert_eq!(words(&TimeValue::Other("PRESENT_REF".to_owned()), ""), None);
    }
}
