//! Explicit dates: "September 2, 2025", "2 Sept", "2025-09-02", "2012", "the 1990s", holidays.

use jiff::civil::Date;
use rashomon_core::{DayPart, Direction, TimeExpression, TimeUnit, TimeValue};

use super::numbers::ordinal_at;
use super::pieces::PieceKind;
use super::words::{self, Holiday};
use super::years::{bare_year, fiscal_year, spoken_year, year_at, year_in_words};
use super::{Hit, Place, decades};

/// Returns the explicit date that begins at the place.
pub(crate) fn date(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    let word = pieces.lower(at);
    let piece = pieces.get(at)?;
    if piece.kind == PieceKind::Number {
        return digits(place);
    }
    if piece.kind == PieceKind::Mark {
        return decades::short_decade(place);
    }
    if piece.capital
        && let Some((weekday, short)) = words::weekday(word)
    {
        return weekday_date(place, weekday, short);
    }
    if let Some((holiday, length)) = Holiday::at(word, |offset| pieces.lower(at + offset))
        && (piece.capital || word == "christmas")
    {
        return Some(holiday_date(place, holiday, length));
    }
    if let Some(hit) = month_date(place) {
        return Some(hit);
    }
    if let Some(decade) = words::decade(word)
        && matches!(pieces.before(at), "the" | "early" | "late" | "mid" | "-")
    {
        return Some(Hit::with_article(
            at + 1,
            TimeExpression::Absolute(TimeValue::Decade(decade)),
        ));
    }
    ordinal_rules(place)
        .or_else(|| day_of_month_in_words(place))
        .or_else(|| year_in_words(place))
        .or_else(|| fiscal_year(place))
        .or_else(|| short_quarter(place))
}

/// Returns the day and, after it, the piece that follows: "2", "2nd".
fn day_at(place: Place<'_, '_>, index: usize) -> Option<(i8, usize)> {
    let pieces = place.pieces();
    let (day, end) = match pieces.plain(index) {
        Some(_) if pieces.width(index) > 2 => return None,
        Some(day) => match pieces.lower(index + 1) {
            "st" | "nd" | "rd" | "th" if pieces.glued(index + 1) => (day, index + 2),
            _ => (day, index + 1),
        },
        None => (small_ordinal(place, index)?.0, small_ordinal(place, index)?.1),
    };
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    Some((day, end))
}

fn small_ordinal(place: Place<'_, '_>, index: usize) -> Option<(i32, usize)> {
    let pieces = place.pieces();
    let word = pieces.lower(index);
    super::numbers::ordinal(word).map(|number| (i32::from(number), index + 1))
}

fn absolute_day(year: i16, month: i8, day: i8) -> Option<TimeExpression> {
    Some(TimeExpression::Absolute(TimeValue::Day(
        Date::new(year, month, day).ok()?,
    )))
}

/// Returns true where a month and a day can stand together in some year.
fn exists(month: i8, day: i8) -> bool {
    Date::new(2024, month, day).is_ok()
}

/// "September 2, 2025", "Sept. 2", "September 2025", "September of last year", "September".
fn month_date(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    let (month, short) = words::month(pieces.lower(at))?;
    if !pieces.capital(at) {
        return None;
    }
    let next = pieces.after_stop(at + 1);
    let comma = if pieces.lower(next) == "," { next + 1 } else { next };
    // "February 31" and "31 February" are no days, and the month that is left of them is not meant.
    let is_no_day = |day: Option<(i8, usize)>| day.is_some_and(|(day, _)| !exists(month, day));
    let before = (1..=2)
        .filter_map(|back| at.checked_sub(back))
        .find(|&start| day_at(place, start).is_some_and(|(_, after)| after == at));
    if is_no_day(day_at(place, next)) || is_no_day(before.and_then(|start| day_at(place, start))) {
        return None;
    }
    if let Some((day, after_day)) = day_at(place, next)
        && exists(month, day)
        && !(pieces.lower(after_day) == "%" || pieces.lower(after_day) == "percent")
    {
        let (mut end, mut last) = (after_day, after_day);
        // "September 2-4" and "September 2 and 3": the first day stands for them.
        if matches!(pieces.lower(last), "-" | "/")
            && let Some((_, after)) = day_at(place, last + 1)
            && after == last + 2
        {
            last = after;
            end = after;
        }
        let year_from = if pieces.lower(last) == "," { last + 1 } else { last };
        if let Some(year) = year_at(place, year_from)
            && (year_from == last || !pieces.glued(last) || pieces.number(year_from + 1).is_none())
        {
            return absolute_day(year, month, day).map(|expression| Hit::new(year_from + 1, expression));
        }
        let direction = place.direction(end, Direction::Nearest);
        if let Some((unit, count, after)) = year_shift(place, end) {
            let anchor = TimeExpression::MonthDay(month, day, Direction::This);
            return Some(Hit::new(
                after,
                TimeExpression::After(Box::new(anchor), unit, count),
            ));
        }
        return Some(Hit::new(end, TimeExpression::MonthDay(month, day, direction)));
    }
    let of = if pieces.lower(comma) == "of" {
        comma + 1
    } else {
        comma
    };
    if let Some(year) = year_at(place, of) {
        return Some(Hit::new(
            of + 1,
            TimeExpression::Absolute(TimeValue::Month(year, month)),
        ));
    }
    if let Some((year, end)) = spoken_year(place, of) {
        return Some(Hit::new(
            end,
            TimeExpression::Absolute(TimeValue::Month(year, month)),
        ));
    }
    if short && !matches!(pieces.lower(at), "sept" | "aug" | "oct" | "nov" | "feb") {
        return None;
    }
    if let Some((unit, count, after)) = year_shift(place, of) {
        let anchor = TimeExpression::Month(month, Direction::This);
        return Some(Hit::new(
            after,
            TimeExpression::After(Box::new(anchor), unit, count),
        ));
    }
    // "May", "March", "April" and "August" are also words and names.
    let before = pieces.before(at);
    let introduced = matches!(
        before,
        "in" | "of"
            | "since"
            | "by"
            | "until"
            | "till"
            | "from"
            | "to"
            | "through"
            | "during"
            | "for"
            | "early"
            | "late"
            | "mid"
            | "-"
            | "this"
            | "and"
            | "between"
            | "before"
            | "after"
            | "and/or"
            | "each"
            | "every"
            | "until,"
            | "last"
            | "next"
    );
    let follows_name =
        pieces.is_word(next) && pieces.capital(next) && words::month(pieces.lower(next)).is_none();
    let ambiguous = matches!(pieces.lower(at), "may" | "march" | "april" | "june" | "august");
    let follows_mark = !pieces.is_word(next);
    if (ambiguous && !introduced && !(pieces.lower(at) != "may" && follows_mark))
        || (follows_name && !introduced)
    {
        return None;
    }
    let direction = place.direction(next, Direction::Nearest);
    Some(Hit::new(at + 1, TimeExpression::Month(month, direction)))
}

/// "this year", "last year", "next year" after a date without its year.
fn year_shift(place: Place<'_, '_>, index: usize) -> Option<(TimeUnit, i32, usize)> {
    let pieces = place.pieces();
    let count = match pieces.lower(index) {
        "this" => 0,
        "last" => -1,
        "next" => 1,
        _ => return None,
    };
    (pieces.lower(index + 1) == "year").then_some((TimeUnit::Year, count, index + 2))
}

/// "Tuesday", "Tuesday, September 2", "Tuesday 2 September 2025", "Tuesday morning", "Mondays".
fn weekday_date(place: Place<'_, '_>, weekday: jiff::civil::Weekday, short: bool) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    let next = if short { pieces.after_stop(at + 1) } else { at + 1 };
    for from in [next, next + 1] {
        if from > next && !matches!(pieces.lower(next), "," | "(" | "the") {
            break;
        }
        let inner = place.moved(from);
        let dated = if pieces.number(from).is_some() {
            day_month(inner)
        } else {
            month_date(inner)
        };
        if let Some(hit) = dated
            && !matches!(
                hit.expression,
                TimeExpression::Month(..) | TimeExpression::Absolute(TimeValue::Month(..))
            )
        {
            // "Tuesday (September 2)": the mark that closes is left outside.
            return Some(hit);
        }
    }
    if short && (next == at + 1 || pieces.before(at) == "-") {
        // "Sun", "Sat", "Mon" alone are words of other kinds.
        return None;
    }
    let part = words::day_part(pieces.lower(next));
    let end = if part.is_some() { next + 1 } else { next };
    let direction = place.direction(end, Direction::Past);
    Some(Hit::new(end, TimeExpression::Weekday(weekday, direction, part)))
}

/// Returns a holiday with its year, or the one its clause points to.
fn holiday_date(place: Place<'_, '_>, holiday: Holiday, length: usize) -> Hit {
    let pieces = place.pieces();
    let end = place.at + length;
    let comma = if matches!(pieces.lower(end), "," | "of") {
        end + 1
    } else {
        end
    };
    if let Some(year) = year_at(place, comma)
        && let Ok(new_year) = Date::new(year, 1, 1)
        && let Some(value) = super::resolve(&holiday.expression(Direction::Future), new_year)
    {
        return Hit::new(comma + 1, TimeExpression::Absolute(value));
    }
    let direction = place.direction(end, Direction::Nearest);
    Hit::new(end, holiday.expression(direction))
}

/// "2 September 2025", "2nd of September", "2-3 September".
fn day_month(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let (day, mut next) = day_at(place, place.at)?;
    if pieces.lower(next) == "-"
        && let Some((_, after)) = day_at(place, next + 1)
    {
        next = after;
    }
    if pieces.lower(next) == "of" {
        next += 1;
    }
    let (month, _) = words::month(pieces.lower(next))?;
    if !pieces.capital(next) || !exists(month, day) {
        return None;
    }
    let after = pieces.after_stop(next + 1);
    let comma = if pieces.lower(after) == "," {
        after + 1
    } else {
        after
    };
    if let Some(year) = year_at(place, comma) {
        return absolute_day(year, month, day).map(|expression| Hit::new(comma + 1, expression));
    }
    // "The 19 Sept. 11 pilots": the number counts, and the day stands behind its month.
    if pieces.before(place.at) == "the" && day_at(place, after).is_some_and(|(day, _)| exists(month, day)) {
        return None;
    }
    if pieces.lower(next) == "may" && !pieces.is_word(after) && pieces.lower(next + 1) == "have" {
        return None;
    }
    let direction = place.direction(next + 1, Direction::Nearest);
    Some(Hit::new(
        after.min(next + 1),
        TimeExpression::MonthDay(month, day, direction),
    ))
}

/// Dates that begin with digits.
fn digits(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    if let Some(hit) = numeric(place) {
        return Some(hit);
    }
    if let Some(hit) = day_month(place) {
        return Some(hit);
    }
    if let Some(hit) = ordinal_rules(place) {
        return Some(hit);
    }
    // "1990s", "1990's"
    let value = pieces.plain(at)?;
    if decades::is_short_decade(place, value) {
        let decade = i16::try_from(if value >= 30 { 190 } else { 200 } + value / 10).ok()?;
        return Some(Hit::with_article(
            at + 2,
            TimeExpression::Absolute(TimeValue::Decade(decade)),
        ));
    }
    if pieces.width(at) == 4
        && value % 10 == 0
        && pieces.glued(at + 1)
        && matches!(pieces.lower(at + 1), "s" | "'s")
        && (1000..=2090).contains(&value)
    {
        let decade = i16::try_from(value / 10).ok()?;
        return Some(Hit::with_article(
            at + 2,
            TimeExpression::Absolute(TimeValue::Decade(decade)),
        ));
    }
    bare_year(place)
}

/// "2025-09-02", "2025/9/2", "09/22/2025" and "22/09/2025" where the day tells itself, "9/11".
fn numeric(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    let mark = pieces.lower(at + 1);
    let glued = (1..=4).all(|offset| pieces.glued(at + offset));
    if glued && matches!(mark, "-" | "/") && pieces.lower(at + 3) == mark {
        let parts = [at, at + 2, at + 4].map(|index| pieces.plain(index));
        let [Some(first), Some(second), Some(third)] = parts else {
            return None;
        };
        // A fourth part makes it a number of another kind.
        if pieces.lower(at + 5) == mark && pieces.glued(at + 5) && pieces.plain(at + 6).is_some() {
            return None;
        }
        let (year, month, day) = if pieces.width(at) == 4 {
            (first, second, third)
        } else if pieces.width(at + 4) == 4 && mark == "/" {
            match (first, second) {
                (month, day) if month == day => (third, month, day),
                (month, day) if day > 12 => (third, month, day),
                (day, month) if day > 12 => (third, month, day),
                _ => return None,
            }
        } else {
            return None;
        };
        let expression = absolute_day(
            i16::try_from(year)
                .ok()
                .filter(|year| (1000..=2100).contains(year))?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        )?;
        return Some(Hit::new(at + 5, expression));
    }
    let nine_eleven = mark == "/" && pieces.lower(at) == "9" && pieces.lower(at + 2) == "11";
    if nine_eleven && pieces.glued(at + 1) && pieces.glued(at + 2) && pieces.lower(at + 3) != "/" {
        return absolute_day(2001, 9, 11).map(|expression| Hit::new(at + 3, expression));
    }
    None
}

/// "the third quarter [of 1990]", "third-quarter", "the 20th century", "the 1988 second quarter" after its year.
fn ordinal_rules(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let (number, after) = ordinal_at(pieces, place.at)?;
    let next = pieces.after_hyphen(after);
    match pieces.lower(next) {
        "quarter" if (1..=4).contains(&number) => {
            let quarter = i8::try_from(number).ok()?;
            let mut end = next + 1;
            let of = if pieces.lower(end) == "of" { end + 1 } else { end };
            let of = if pieces.lower(of) == "fiscal" { of + 1 } else { of };
            if let Some(year) = year_at(place, of) {
                return Some(Hit::with_article(
                    of + 1,
                    TimeExpression::Absolute(TimeValue::Quarter(year, quarter)),
                ));
            }
            let before = place.at.checked_sub(1).and_then(|index| year_at(place, index));
            if let Some(year) = before {
                return Some(Hit::with_article(
                    end,
                    TimeExpression::Absolute(TimeValue::Quarter(year, quarter)),
                ));
            }
            if let Some((unit, count, after)) = year_shift(place, of) {
                end = after;
                let anchor = TimeExpression::Quarter(quarter, Direction::This);
                return Some(Hit::with_article(
                    end,
                    TimeExpression::After(Box::new(anchor), unit, count),
                ));
            }
            // A firm that "expects to report third-quarter" figures means the one just past: the nearest is best.
            Some(Hit::with_article(
                end,
                TimeExpression::Quarter(quarter, Direction::Nearest),
            ))
        }
        "century" if (1..=22).contains(&number) => Some(Hit::with_article(
            next + 1,
            TimeExpression::Absolute(TimeValue::Century(i16::try_from(number - 1).ok()?)),
        )),
        _ => None,
    }
}

/// "Q3 2024", "Q3 of 2024": without a year it may be anything.
fn short_quarter(place: Place<'_, '_>) -> Option<Hit> {
    let (pieces, at) = (place.pieces(), place.at);
    if pieces.lower(at) != "q" || !pieces.capital(at) || !pieces.glued(at + 1) {
        return None;
    }
    let quarter = pieces.plain(at + 1).filter(|quarter| (1..=4).contains(quarter))?;
    let skip = |word: &str, index: usize| index + usize::from(pieces.lower(index) == word);
    let of = skip("fiscal", skip("of", at + 2));
    let year = year_at(place, of)?;
    let value = TimeValue::Quarter(year, i8::try_from(quarter).ok()?);
    Some(Hit::new(of + 1, TimeExpression::Absolute(value)))
}

/// Returns the quarter that the words at `index` name, and the piece after them: "third quarter".
pub(crate) fn quarter_at(place: Place<'_, '_>, index: usize) -> Option<(i8, usize)> {
    let pieces = place.pieces();
    let (number, after) = ordinal_at(pieces, index)?;
    let next = pieces.after_hyphen(after);
    (pieces.lower(next) == "quarter" && (1..=4).contains(&number))
        .then(|| i8::try_from(number).ok())
        .flatten()
        .map(|quarter| (quarter, next + 1))
}

/// "second of September", "March eighth" is a month's rule; here "the eighth of March".
fn day_of_month_in_words(place: Place<'_, '_>) -> Option<Hit> {
    small_ordinal(place, place.at)?;
    day_month(place)
}

/// Returns the part of a day of a word, for the rules beside this one.
pub(crate) fn part_at(place: Place<'_, '_>, index: usize) -> Option<DayPart> {
    words::day_part(place.pieces().lower(index))
}
