//! Stated dates, in the many ways in which they are written.
//!
//! A date is stated when it carries day, month and year: "2025-09-02", "2025-09-02T14:05:00+02:00",
//! "Tue, 02 Sep 2025 14:05:00 GMT", "September 2, 2025", "2 Sept. 2025", "02.09.2025", "12/19/2025" (but not
//! "02/09/2025", which means two days), seconds or milliseconds since 1970. An instant is known where a time of day
//! stands with its distance from UTC; of zones by name only UTC, GMT and Z are taken, since "IST" or "CST" mean several.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use rashomon_core::{Published, PublishedBasis};

/// The longest text in which a date is looked for, in bytes.
const LONGEST: usize = 200;

/// A piece of a text: a run of digits, a run of letters, or another character that is not white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'text> {
    Number(&'text str),
    Word(&'text str),
    Mark(char),
}

/// A date that was found in a text, and what else the text holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FoundDate<'text> {
    /// The date.
    pub(crate) published: Published,
    /// The words around it that belong neither to the date nor to a time of day.
    pub(crate) other_words: Vec<&'text str>,
    /// True when numbers are left that belong to neither.
    pub(crate) has_other_numbers: bool,
}

/// Returns the date of publication that `text` states; `None` where it states none that can be read.
pub(crate) fn published(text: &str) -> Option<Published> {
    epoch(text.trim()).or_else(|| find(text).map(|found| found.published))
}

/// Returns the date of a number of seconds or milliseconds since 1970, or of digits alone: "20250902",
/// "20250902140500".
fn epoch(text: &str) -> Option<Published> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole
        .bytes()
        .chain(fraction.bytes())
        .all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let instant = match whole.len() {
        8 | 14 => {
            let part = |range: std::ops::Range<usize>| whole.get(range)?.parse::<i16>().ok();
            let day = date(part(0..4)?, part(4..6)?, part(6..8)?)?;
            return Some(Published::stated(day));
        }
        9..=11 => Timestamp::from_second(number).ok()?,
        12..=13 => Timestamp::from_millisecond(number).ok()?,
        _ => return None,
    };
    let day = Offset::UTC.to_datetime(instant).date();
    Some(Published {
        day: Some(day),
        instant: Some(instant),
        basis: PublishedBasis::Stated,
        reason: None,
    })
}

/// Returns the first date that stands in `text` with day, month and year.
pub(crate) fn find(text: &str) -> Option<FoundDate<'_>> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let pieces = pieces(text);
    let (day, first, last) = (0..pieces.len()).find_map(|start| {
        let (day, length) = date_at(pieces.get(start..)?)?;
        Some((day, start, start + length))
    })?;
    let (clock, clock_first, clock_last) = clock(&pieces, first, last);
    let instant = clock.and_then(|(time, offset)| offset?.to_timestamp(day.to_datetime(time)).ok());
    let mut other_words = Vec::new();
    let mut has_other_numbers = false;
    for (position, piece) in pieces.iter().enumerate() {
        if (first..last).contains(&position) || (clock_first..clock_last).contains(&position) {
            continue;
        }
        match *piece {
            Piece::Word(word) => other_words.push(word),
            Piece::Number(_) => has_other_numbers = true,
            Piece::Mark(_) => {}
        }
    }
    let published = Published {
        day: Some(day),
        instant,
        basis: PublishedBasis::Stated,
        reason: None,
    };
    Some(FoundDate {
        published,
        other_words,
        has_other_numbers,
    })
}

/// Returns the pieces of a text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |is_inside: fn(char) -> bool| {
            let end = rest.find(|character| !is_inside(character)).unwrap_or(rest.len());
            rest.split_at(end)
        };
        if first.is_ascii_digit() {
            let (number, after) = run(|character| character.is_ascii_digit());
            pieces.push(Piece::Number(number));
            rest = after;
        } else if first.is_alphabetic() {
            let (word, after) = run(char::is_alphabetic);
            pieces.push(Piece::Word(word));
            rest = after;
        } else {
            if !first.is_whitespace() {
                pieces.push(Piece::Mark(first));
            }
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    pieces
}

/// Returns the date at the start of `pieces`, and how many pieces it takes.
fn date_at(pieces: &[Piece<'_>]) -> Option<(Date, usize)> {
    use Piece::{Mark, Number, Word};
    let number = |digits: &str| digits.parse::<i16>().ok();
    // 2025-09-02, 02.09.2025, 12/19/2025
    if let [Number(a), Mark(mark), Number(b), Mark(second), Number(c), ..] = *pieces
        && mark == second
        && matches!(mark, '-' | '/' | '.')
    {
        let (first, middle, last) = (number(a)?, number(b)?, number(c)?);
        let day = match (a.len(), mark, c.len()) {
            (4, _, 1..=2) => date(first, middle, last),
            (1..=2, '.', 4) => date(last, middle, first),
            (1..=2, _, 4) if first > 12 || first == middle => date(last, middle, first),
            (1..=2, _, 4) if middle > 12 => date(last, first, middle),
            _ => None,
        };
        return Some((day?, 5));
    }
    let skip = |rest: &mut usize, marks: &[char]| {
        while matches!(pieces.get(*rest), Some(Mark(mark)) if marks.contains(mark)) {
            *rest += 1;
        }
    };
    let year_at = |position: usize| match pieces.get(position) {
        Some(Number(digits)) if digits.len() == 4 => number(digits),
        _ => None,
    };
    let ordinal = |position: usize| {
        usize::from(
            matches!(pieces.get(position), Some(Word(word)) if matches!(*word, "st" | "nd" | "rd" | "th")),
        )
    };
    match *pieces {
        // 2 September 2025, 2nd of Sept. 2025, 02-Sep-2025
        [Number(day), ..] if day.len() <= 2 => {
            let mut position = 1 + ordinal(1);
            skip(&mut position, &['-', '.']);
            position += usize::from(matches!(pieces.get(position), Some(Word("of"))));
            let Some(Word(word)) = pieces.get(position) else {
                return None;
            };
            let month = month(word)?;
            position += 1;
            skip(&mut position, &['.', ',', '-']);
            Some((date(year_at(position)?, month, number(day)?)?, position + 1))
        }
        // September 2, 2025
        [Word(word), ..] => {
            let month = month(word)?;
            let mut position = 1;
            skip(&mut position, &['.']);
            let Some(Number(day)) = pieces
                .get(position)
                .filter(|piece| matches!(piece, Number(day) if day.len() <= 2))
            else {
                return None;
            };
            position += 1;
            position += ordinal(position);
            skip(&mut position, &[',', '.']);
            Some((date(year_at(position)?, month, number(day)?)?, position + 1))
        }
        _ => None,
    }
}

/// A time of day, with its distance from UTC where that is stated.
type Clock = (Time, Option<Offset>);

/// Returns the first time of day outside the date, which takes the pieces `first..last`, and the pieces that it takes.
fn clock(pieces: &[Piece<'_>], first: usize, last: usize) -> (Option<Clock>, usize, usize) {
    for start in (last..pieces.len()).chain(0..first) {
        let end = if start < first { first } else { pieces.len() };
        if let Some((clock, length)) = pieces.get(start..end).and_then(clock_at) {
            return (Some(clock), start, start + length);
        }
    }
    (None, 0, 0)
}

/// Returns the time of day at the start of `pieces`, and how many pieces it takes.
fn clock_at(pieces: &[Piece<'_>]) -> Option<(Clock, usize)> {
    use Piece::{Mark, Number, Word};
    let [Number(hour), Mark(':'), Number(minute), ..] = *pieces else {
        return None;
    };
    if hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let mut hour: i8 = hour.parse().ok()?;
    let mut second = 0;
    let mut position = 3;
    if let Some([Mark(':'), Number(digits)]) = pieces.get(position..position + 2) {
        second = digits.parse().ok()?;
        position += 2;
        if let Some([Mark('.' | ','), Number(_)]) = pieces.get(position..position + 2) {
            position += 2;
        }
    }
    // 3:36 PM, 3:36 p.m.
    let half = match pieces.get(position) {
        Some(Word(word)) if word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm") => {
            position += 1;
            word.chars().next()
        }
        Some(Word(word @ ("a" | "p" | "A" | "P")))
            if matches!(
                pieces.get(position + 1..position + 3),
                Some([Mark('.'), Word("m" | "M")])
            ) =>
        {
            position += 3;
            position += usize::from(pieces.get(position) == Some(&Mark('.')));
            word.chars().next()
        }
        _ => None,
    };
    hour = match half.map(|half| half.to_ascii_lowercase()) {
        Some('p') if hour < 12 => hour + 12,
        Some('a') if hour == 12 => 0,
        _ => hour,
    };
    let time = Time::new(hour, minute.parse().ok()?, second, 0).ok()?;
    let (offset, length) = offset_at(pieces.get(position..).unwrap_or_default());
    Some(((time, offset), position + length))
}

/// Returns the distance from UTC at the start of `pieces`, and how many pieces it takes.
fn offset_at(pieces: &[Piece<'_>]) -> (Option<Offset>, usize) {
    use Piece::{Mark, Number, Word};
    let mut position = 0;
    let mut offset = None;
    if let Some(Word(word)) = pieces.first()
        && ["z", "utc", "gmt"]
            .iter()
            .any(|zone| word.eq_ignore_ascii_case(zone))
    {
        position = 1;
        offset = Some(Offset::UTC);
    }
    let Some(&[Mark(sign @ ('+' | '-' | '−')), Number(hours)]) = pieces.get(position..position + 2) else {
        return (offset, position);
    };
    let minutes = match pieces.get(position + 2..position + 4) {
        Some([Mark(':'), Number(minutes)]) if hours.len() == 2 && minutes.len() == 2 => Some((*minutes, 4)),
        _ => None,
    };
    let (hours, minutes, length) = match (hours.len(), minutes) {
        (_, Some((minutes, length))) => (hours, minutes, length),
        (4, None) => (
            hours.get(..2).unwrap_or_default(),
            hours.get(2..).unwrap_or_default(),
            2,
        ),
        (1 | 2, None) => (hours, "0", 2),
        _ => return (offset, position),
    };
    let (Ok(hours), Ok(minutes)) = (hours.parse::<i32>(), minutes.parse::<i32>()) else {
        return (offset, position);
    };
    let seconds = (hours * 60 + minutes) * 60;
    let stated = Offset::from_seconds(if sign == '+' { seconds } else { -seconds }).ok();
    (stated.filter(|_| minutes < 60), position + length)
}

/// Returns a day of the years in which reports may be dated.
fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    if !(1600..=2200).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Returns the number of the month that `word` names in English, in full or short.
pub(crate) fn month(word: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word.len() < 3 || word.len() > 9 {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let position = MONTHS.iter().position(|month| {
        *month == lower || month.starts_with(&lower) && (lower.len() == 3 || lower == "sept")
    })?;
    i16::try_from(position + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        published(text).map_or_else(
            || "unknown".to_owned(),
            |published| {
                let day = published.day.map(|day| day.to_string()).unwrap_or_default();
                match published.instant {
                    Some(instant) => format!("{day} {instant}"),
                    None => day,
                }
            },
        )
    }

    #[track_caller]
    fn assert_published(text: &str, expected: &str) {
        assert_eq!(words(text), expected, "{text}");
    }

    #[test]
    fn days_are_read() {
        for text in [
            "2025-09-02",
            "2025/9/2",
            "02.09.2025",
            "September 2, 2025",
            "Sept. 2, 2025",
            "Tuesday, 2 September 2025",
            "2nd of September, 2025",
            "02-Sep-2025",
            "20250902",
            "20250902140500",
            "2025-09-02 14:05:00",
            "Published: Sep 2 2025, 2:05 p.m. IST",
            "2025-09-02T14:05",
        ] {
            assert_published(text, "2025-09-02");
        }
        assert_published("12/19/2005 3:36 PM", "2005-12-19");
        assert_published("19/12/2005", "2005-12-19");
    }

    #[test]
    fn instants_are_read_where_the_zone_is_stated() {
        assert_published("2025-09-02T14:05:00Z", "2025-09-02 2025-09-02T14:05:00Z");
        assert_published("2025-09-02T01:05:00.123+05:30", "2025-09-02 2025-09-01T19:35:00Z");
        assert_published("2025-09-02 01:05:00+0530", "2025-09-02 2025-09-01T19:35:00Z");
        assert_published("Tue, 02 Sep 2025 14:05:00 GMT", "2025-09-02 2025-09-02T14:05:00Z");
        assert_published(
            "Tue, 02 Sep 2025 14:05:00 -0400",
            "2025-09-02 2025-09-02T18:05:00Z",
        );
        assert_published(
            "September 2, 2025 12:05 a.m. UTC",
            "2025-09-02 2025-09-02T00:05:00Z",
        );
        assert_published("1756821900", "2025-09-02 2025-09-02T14:05:00Z");
        assert_published("1756821900.5", "2025-09-02 2025-09-02T14:05:00Z");
        assert_published("1756821900000", "2025-09-02 2025-09-02T14:05:00Z");
        assert_published("16:05 GMT, 9 June 2013", "2013-06-09 2013-06-09T16:05:00Z");
    }

    #[test]
    fn what_is_no_whole_date_is_unknown() {
        for text in [
            "",
            "yesterday",
            "02/09/2025",
            "September 2",
            "2025",
            "2025-13-02",
            "31 June 2025",
            "0000-00-00",
            "true",
        ] {
            assert_published(text, "unknown");
        }
        assert_published(&"9".repeat(500), "unknown");
    }
}
