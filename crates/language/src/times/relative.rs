//! Times that lean on the day of the report or on a time before: "today", "last week", "three days ago".

use rashomon_core::{DayPart, Direction, PartOfSpeech, TimeExpression, TimeUnit, TimeValue};

use super::dates::{self, part_at};
use super::durations::{count_at, duration_value};
use super::words::{self, Holiday};
use super::{Hit, Place};

/// Returns the relative time that begins at the place.
pub(crate) fn relative(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    let offset = |days, part, end| Hit::new(end, TimeExpression::Offset(TimeUnit::Day, days, part));
    match pieces.lower(at) {
        "today" => Some(offset(0, None, at + 1)),
        "yesterday" | "tomorrow" => {
            let days = if pieces.lower(at) == "tomorrow" { 1 } else { -1 };
            let part = part_at(place, at + 1);
            Some(offset(days, part, at + 1 + usize::from(part.is_some())))
        }
        "tonight" | "overnight" => Some(offset(0, Some(DayPart::Night), at + 1)),
        "now" | "currently" | "nowadays" | "presently" => Some(Hit::fixed(at + 1, "PRESENT_REF")),
        "current" if pieces.is_word(at + 1) => Some(current(place)),
        "recently" | "lately" => Some(Hit::fixed(at + 1, "PAST_REF")),
        "recent" => {
            let (unit, plural) = words::unit(pieces.lower(at + 1))?;
            plural.then(|| Hit::new(at + 2, TimeExpression::Absolute(TimeValue::Duration(None, unit))))
        }
        "future" if pieces.before(at) == "the" || matches!(pieces.before(at), "near" | "in") => Some(Hit {
            end: at + 1,
            expression: TimeExpression::Absolute(TimeValue::Other("FUTURE_REF".to_owned())),
            article: true,
        }),
        "last" | "past" | "previous" | "preceding" => last(place),
        "this" => this(place),
        "next" | "coming" | "following" => next(place),
        "that" => that(place),
        "latest" if matches!(pieces.lower(at + 1), "quarter" | "period") => Some(Hit::with_article(
            at + 2,
            TimeExpression::Offset(TimeUnit::Quarter, -1, None),
        )),
        "each" | "every" => set(place),
        "these" if pieces.lower(at + 1) == "days" => Some(Hit::fixed(at + 2, "PRESENT_REF")),
        "quarter" if pieces.before(at) == "the" && pieces.lower(at + 1) != "of" => Some(Hit::with_article(
            at + 1,
            TimeExpression::Offset(TimeUnit::Quarter, -1, None),
        )),
        "weekend" | "weekends" if pieces.before(at) != "every" => {
            let direction = place.direction(at + 1, Direction::Past);
            Some(Hit::with_article(at + 1, TimeExpression::Weekend(direction)))
        }
        "year" => year_word(place),
        word => {
            if let Some(value) = words::repeated(word) {
                // Names of papers: "the Daily Courier".
                return (!pieces.capital(at) || at == 0).then(|| Hit::fixed(at + 1, value));
            }
            if let Some(season) = words::season(word) {
                return season_at(place, season);
            }
            ago(place)
        }
    }
}

/// "the current quarter", "current".
fn current(place: Place<'_, '_>) -> Hit {
    let pieces = place.pieces();
    match words::unit(pieces.lower(place.at + 1)) {
        Some((unit @ (TimeUnit::Week | TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year), false)) => {
            Hit::with_article(place.at + 2, TimeExpression::Offset(unit, 0, None))
        }
        _ => Hit::fixed(place.at + 1, "PRESENT_REF"),
    }
}

/// "last week", "last Thursday", "last fall", "last September", "last night", "the past two months", "the past decade".
fn last(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    let word = pieces.lower(at);
    let next = at + 1;
    let following = pieces.lower(next);
    if word == "past" && !matches!(pieces.before(at), "the" | "this" | "in" | "over" | "during") {
        return None;
    }
    if following == "night" {
        return Some(Hit::new(
            next + 1,
            TimeExpression::Offset(TimeUnit::Day, -1, Some(DayPart::Night)),
        ));
    }
    if let Some((unit, plural)) = words::unit(following) {
        if plural {
            return Some(Hit::with_article(
                next + 1,
                TimeExpression::Absolute(TimeValue::Duration(None, unit)),
            ));
        }
        let expression = match (word, unit) {
            // "the past year" is a length, "last year" a year; "the last decade" a length too.
            ("past", _) | (_, TimeUnit::Decade | TimeUnit::Century | TimeUnit::Hour) => {
                TimeExpression::Absolute(TimeValue::Duration(Some(1.0), unit))
            }
            (_, TimeUnit::Second | TimeUnit::Minute) => return None,
            ("previous" | "preceding", _) => after_anchor(place, unit, -1),
            (_, TimeUnit::Day) => return None,
            _ => TimeExpression::Offset(unit, -1, None),
        };
        return Some(Hit::with_article(next + 1, expression));
    }
    if let Some((count, end)) = count_at(place, next) {
        let (unit, _) = words::unit(pieces.lower(end))?;
        return Some(Hit::with_article(
            end + 1,
            TimeExpression::Absolute(duration_value(count, unit)),
        ));
    }
    named(place, next, Direction::Last)
}

/// "this week", "this morning", "this September", "this past Sunday", "this coming Sunday".
fn this(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let next = place.at + 1;
    match pieces.lower(next) {
        "past" | "last" => {
            return named(place, next + 1, Direction::Last).or_else(|| last(place.moved(next)));
        }
        "coming" => return named(place, next + 1, Direction::Next),
        _ => {}
    }
    if let Some((unit, false)) = words::unit(pieces.lower(next)) {
        if matches!(
            unit,
            TimeUnit::Week | TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year
        ) {
            return Some(Hit::new(next + 1, TimeExpression::Offset(unit, 0, None)));
        }
        if unit == TimeUnit::Century || unit == TimeUnit::Decade {
            return Some(Hit::new(next + 1, TimeExpression::Offset(unit, 0, None)));
        }
        return None;
    }
    if let Some(part) = words::day_part(pieces.lower(next)) {
        return Some(Hit::new(
            next + 1,
            TimeExpression::Offset(TimeUnit::Day, 0, Some(part)),
        ));
    }
    named(place, next, Direction::This)
}

/// "next week", "next Monday", "the next two years", "the following year", "coming months".
fn next(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    let word = pieces.lower(at);
    let next = at + 1;
    if let Some((unit, plural)) = words::unit(pieces.lower(next)) {
        if plural {
            if word == "following" {
                return None;
            }
            return Some(Hit::with_article(
                next + 1,
                TimeExpression::Absolute(TimeValue::Duration(None, unit)),
            ));
        }
        let expression = match (word, unit) {
            ("following", _) | (_, TimeUnit::Day) => after_anchor(place, unit, 1),
            (
                _,
                TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Decade | TimeUnit::Century,
            ) => TimeExpression::Absolute(TimeValue::Duration(Some(1.0), unit)),
            _ => TimeExpression::Offset(unit, 1, None),
        };
        return Some(Hit::with_article(next + 1, expression));
    }
    if let Some((count, end)) = count_at(place, next) {
        let (unit, _) = words::unit(pieces.lower(end))?;
        return Some(Hit::with_article(
            end + 1,
            TimeExpression::Absolute(duration_value(count, unit)),
        ));
    }
    if let Some(part) = words::day_part(pieces.lower(next)) {
        return (word != "coming" && part == DayPart::Morning)
            .then(|| Hit::with_article(next + 1, TimeExpression::Offset(TimeUnit::Day, 1, Some(part))));
    }
    if word == "following" && !matches!(pieces.before(at), "the") {
        return None;
    }
    named(place, next, Direction::Next)
}

/// "that year", "that day" after a time.
fn that(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let anchor = place.anchor?;
    let (unit, false) = words::unit(pieces.lower(place.at + 1))? else {
        return None;
    };
    if !matches!(
        unit,
        TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year
    ) {
        return None;
    }
    Some(Hit::new(
        place.at + 2,
        TimeExpression::After(Box::new(anchor.clone()), unit, 0),
    ))
}

/// A weekday, month, season, weekend or holiday with its direction said outright.
fn named(place: Place<'_, '_>, index: usize, direction: Direction) -> Option<Hit> {
    let pieces = place.pieces();
    let word = pieces.lower(index);
    if pieces.capital(index)
        && let Some((weekday, false)) = words::weekday(word)
    {
        let part = words::day_part(pieces.lower(index + 1));
        let direction = if direction == Direction::This {
            tense_or_future(place, index + 1)
        } else {
            direction
        };
        return Some(Hit::new(
            index + 1 + usize::from(part.is_some()),
            TimeExpression::Weekday(weekday, direction, part),
        ));
    }
    if pieces.capital(index)
        && let Some((month, _)) = words::month(word)
    {
        return Some(Hit::new(index + 1, TimeExpression::Month(month, direction)));
    }
    if let Some(season) = words::season(word) {
        return Some(Hit::new(index + 1, TimeExpression::Season(season, direction)));
    }
    if word == "weekend" {
        return Some(Hit::new(index + 1, TimeExpression::Weekend(direction)));
    }
    if pieces.capital(index)
        && let Some((holiday, length)) = Holiday::at(word, |offset| pieces.lower(index + offset))
    {
        return Some(Hit::new(index + length, holiday.expression(direction)));
    }
    None
}

/// "This Thursday" lies ahead, unless its verb is in the past.
fn tense_or_future(place: Place<'_, '_>, end: usize) -> Direction {
    place.direction(end, Direction::Future)
}

/// "each year", "every day", "every Monday".
fn set(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let next = place.at + 1;
    let word = pieces.lower(next);
    if let Some((weekday, _)) = words::weekday(word)
        && pieces.capital(next)
    {
        return Some(Hit::fixed(
            next + 1,
            format!("XXXX-WXX-{}", weekday.to_monday_one_offset()),
        ));
    }
    if let Some((month, false)) = words::month(word)
        && pieces.capital(next)
    {
        return Some(Hit::fixed(next + 1, format!("XXXX-{month:02}")));
    }
    if let Some(season) = words::season(word) {
        return Some(Hit::fixed(next + 1, format!("XXXX-{season}")));
    }
    if let Some((unit, false)) = words::unit(word) {
        return Some(Hit::new(
            next + 1,
            TimeExpression::Absolute(TimeValue::Duration(Some(1.0), unit)),
        ));
    }
    if let Some((count, end)) = count_at(place, next)
        && let Some((unit, true)) = words::unit(pieces.lower(end))
    {
        return Some(Hit::new(
            end + 1,
            TimeExpression::Absolute(duration_value(count, unit)),
        ));
    }
    None
}

/// "year-earlier", "year-ago [quarter]", "year-end".
fn year_word(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let next = pieces.after_hyphen(place.at + 1);
    if next == place.at + 1 {
        return None;
    }
    if matches!(pieces.lower(next), "earlier" | "ago") {
        // "In the year-ago third quarter"
        if let Some((quarter, end)) = dates::quarter_at(place, next + 1) {
            let this = TimeExpression::Quarter(quarter, Direction::Nearest);
            return Some(Hit::with_article(
                end,
                TimeExpression::After(Box::new(this), TimeUnit::Year, -1),
            ));
        }
        let end = if matches!(pieces.lower(next + 1), "quarter" | "period") {
            next + 2
        } else {
            next + 1
        };
        return Some(Hit::with_article(end, a_year_before(place)));
    }
    None
}

/// "last fall" is another rule's; here "summer 2015", "the summer of 2015", "in the fall", "spring".
fn season_at(place: Place<'_, '_>, season: rashomon_core::Season) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    let of = if pieces.lower(at + 1) == "of" {
        at + 2
    } else {
        at + 1
    };
    if let Some(year) = pieces.plain(of)
        && pieces.width(of) == 4
        && (1000..=2100).contains(&year)
    {
        return Some(Hit::with_article(
            of + 1,
            TimeExpression::Absolute(TimeValue::Season(i16::try_from(year).ok()?, season)),
        ));
    }
    if matches!(pieces.lower(at + 1), "-" | "'s") {
        return None;
    }
    // "Fall" and "spring" are also verbs, "summer" is also a name.
    let before = pieces.before(at);
    let introduced = match before {
        "in" | "by" | "until" | "since" | "during" | "early" | "late" | "mid" => true,
        "the" => {
            at >= 2
                && matches!(
                    pieces.lower(at - 2),
                    "in" | "by" | "until" | "since" | "during" | "over" | "for" | "of" | "this"
                )
        }
        _ => false,
    };
    if !introduced || pieces.tag(at) == Some(PartOfSpeech::Verb) || pieces.lower(at + 1) == "of" {
        return None;
    }
    let direction = place.direction(at + 1, Direction::Past);
    Some(Hit::with_article(
        at + 1,
        TimeExpression::Season(season, direction),
    ))
}

/// "three days ago", "two weeks later", "a year earlier", "six weeks from now", "years ago".
fn ago(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let (count, end) = count_at(place, place.at)?;
    let unit_at = pieces.after_hyphen(end);
    let (unit, _) = words::unit(pieces.lower(unit_at))?;
    let after = unit_at + 1;
    let (backward, from_report, end) = match pieces.lower(after) {
        "ago" => (true, true, after + 1),
        "earlier" | "before" | "previously" if !follows_event(place, after + 1) => (true, false, after + 1),
        "later" | "afterward" | "afterwards" | "after" if !follows_event(place, after + 1) => {
            (false, false, after + 1)
        }
        "hence" => (false, true, after + 1),
        "from" if pieces.lower(after + 1) == "now" => (false, true, after + 2),
        _ => return None,
    };
    let Some(count) = count else {
        // "months ago": nothing says how many.
        let value = if backward { "PAST_REF" } else { "FUTURE_REF" };
        return Some(Hit::fixed(end, value));
    };
    // In a report of earnings, "a year ago" is the same quarter of the year before.
    let of_quarter = matches!(
        place.anchor,
        Some(TimeExpression::Quarter(..) | TimeExpression::Absolute(TimeValue::Quarter(..)))
    );
    if unit == TimeUnit::Year && count == 1.0 && backward && (!from_report || of_quarter) {
        return Some(Hit::new(end, a_year_before(place)));
    }
    // Half years and the like: in the next smaller unit.
    let (count, unit) = whole(count, unit)?;
    let count = if backward { -count } else { count };
    let expression = if from_report {
        TimeExpression::Offset(unit, count, None)
    } else {
        after_anchor(place, unit, count)
    };
    Some(Hit::new(end, expression))
}

/// Returns true where something follows that "before" and "after" point at: "two days after the vote".
fn follows_event(place: Place<'_, '_>, index: usize) -> bool {
    let pieces = place.pieces();
    matches!(pieces.before(index), "before" | "after")
        && (pieces.is_word(index) || pieces.number(index).is_some())
        || pieces.lower(index) == "than"
}

/// Returns a count as a whole number of its unit, or of months for years.
fn whole(count: f64, unit: TimeUnit) -> Option<(i32, TimeUnit)> {
    if count.abs() > 100_000.0 {
        return None;
    }
    if count.fract() == 0.0 {
        Some((count as i32, unit))
    } else if unit == TimeUnit::Year {
        Some(((count * 12.0).round() as i32, TimeUnit::Month))
    } else {
        Some((count.round() as i32, unit))
    }
}

/// Returns so many units after the time before in the text, or after the report's day where there is none.
fn after_anchor(place: Place<'_, '_>, unit: TimeUnit, count: i32) -> TimeExpression {
    match place.anchor {
        Some(anchor) => TimeExpression::After(Box::new(anchor.clone()), unit, count),
        None => TimeExpression::Offset(unit, count, None),
    }
}

/// "a year earlier" than a quarter is a quarter, than anything else a year.
fn a_year_before(place: Place<'_, '_>) -> TimeExpression {
    after_anchor(place, TimeUnit::Year, -1)
}
