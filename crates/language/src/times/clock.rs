//! Times of day: "9:25 a.m. Tuesday", "noon", "20:00 GMT".

use rashomon_core::{TimeExpression, TimeUnit};

use super::{Hit, Place, dates, is_day, relative};

/// Words for zones that may follow a time of day.
const ZONES: &[&str] = &[
    "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "gmt", "utc", "bst",
    "cet", "cest", "eet", "ist", "jst", "kst", "msk", "z", "hkt", "sgt", "aest", "aedt",
];

/// Returns the time of day that begins at the place, with its zone and its day.
pub(crate) fn clock(place: Place<'_, '_>) -> Option<Hit> {
    let (hour, minute, end) = time_of_day(place)?;
    let pieces = place.pieces();
    let mut end = end;
    let mut universal = false;
    if ZONES.contains(&pieces.lower(end)) {
        universal =
            matches!(pieces.lower(end), "utc" | "gmt" | "z") && !matches!(pieces.lower(end + 1), "+" | "-");
        end += 1;
    } else if matches!(
        pieces.lower(end),
        "local" | "eastern" | "pacific" | "central" | "moscow"
    ) && pieces.lower(end + 1) == "time"
    {
        end += 2;
    }
    for from in [end, end + 1] {
        if from > end && !matches!(pieces.lower(end), "on" | "," | "of") {
            break;
        }
        let inner = place.moved(from);
        let day = dates::date(inner).or_else(|| relative::relative(inner));
        if let Some(day) = day
            && is_day(&day.expression)
        {
            return Some(Hit::new(day.end, on_day(hour, minute, universal, day.expression)));
        }
    }
    let day = place
        .day
        .cloned()
        .unwrap_or(TimeExpression::Offset(TimeUnit::Day, 0, None));
    Some(Hit::new(end, on_day(hour, minute, universal, day)))
}

/// Returns a time of day on a day.
fn on_day(hour: i8, minute: i8, universal: bool, day: TimeExpression) -> TimeExpression {
    if universal {
        TimeExpression::UtcClock(hour, minute, Box::new(day))
    } else {
        TimeExpression::Clock(hour, minute, Box::new(day))
    }
}

/// Returns hour, minute and the piece after a time of day.
fn time_of_day(place: Place<'_, '_>) -> Option<(i8, i8, usize)> {
    let pieces = place.pieces();
    let at = place.at;
    match pieces.lower(at) {
        "noon" if !matches!(pieces.before(at), "after") => return Some((12, 0, at + 1)),
        "midnight" => return Some((0, 0, at + 1)),
        _ => {}
    }
    let (hour, mut next) = if let Some(hour) = pieces.plain(at) {
        if pieces.width(at) == 4
            && matches!(pieces.lower(at + 1), "gmt" | "utc")
            && hour < 2400
            && hour % 100 < 60
        {
            // "0401 GMT"
            return Some((
                i8::try_from(hour / 100).ok()?,
                i8::try_from(hour % 100).ok()?,
                at + 1,
            ));
        }
        if pieces.width(at) > 2 {
            return None;
        }
        (hour, at + 1)
    } else if let Some(number) = pieces.number(at) {
        // British papers write "10.45pm".
        if pieces.width(at) < 4 || !pieces.lower(at).contains('.') {
            return None;
        }
        let (hour, minute) = pieces.lower(at).split_once('.')?;
        let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
        let two_digits = pieces.lower(at).len() - pieces.lower(at).find('.')? == 3;
        if number >= 13.0 || minute > 59 || !two_digits {
            return None;
        }
        let (afternoon, end) = half_of_day(place, at + 1)?;
        return Some((to_24(hour, afternoon)?, minute, end));
    } else {
        let hour = super::numbers::small(pieces.lower(at))?;
        if pieces.lower(at + 1) != "o'clock" {
            return None;
        }
        (hour as i32, at + 1)
    };
    let mut minute = 0;
    let mut colon = false;
    if pieces.lower(next) == ":"
        && pieces.glued(next)
        && pieces.glued(next + 1)
        && pieces.width(next + 1) == 2
        && let Some(minutes) = pieces.plain(next + 1)
    {
        minute = minutes;
        colon = true;
        next += 2;
    }
    let hour = i8::try_from(hour).ok()?;
    let minute = i8::try_from(minute)
        .ok()
        .filter(|minute| (0..60).contains(minute))?;
    if let Some((afternoon, end)) = half_of_day(place, next) {
        return Some((to_24(hour, afternoon)?, minute, end));
    }
    if pieces.lower(next) == "o'clock" && (1..=12).contains(&hour) {
        return Some((hour, minute, next + 1));
    }
    let told = matches!(
        pieces.before(at),
        "at" | "by" | "until" | "around" | "about" | "from" | "since" | "before" | "after"
    ) || ZONES.contains(&pieces.lower(next))
        || pieces.lower(next + 1) == "time";
    if colon && told && (0..24).contains(&hour) && pieces.lower(next) != ":" {
        return Some((hour, minute, next));
    }
    None
}

/// Returns whether "p.m." (true) or "a.m." stands at `index`, and the piece after it.
fn half_of_day(place: Place<'_, '_>, index: usize) -> Option<(bool, usize)> {
    let pieces = place.pieces();
    match pieces.lower(index) {
        "am" | "pm" => Some((pieces.lower(index) == "pm", index + 1)),
        "a" | "p"
            if pieces.lower(index + 1) == "."
                && pieces.glued(index + 1)
                && pieces.lower(index + 2) == "m"
                && pieces.glued(index + 2) =>
        {
            Some((pieces.lower(index) == "p", pieces.after_stop(index + 3)))
        }
        _ => None,
    }
}

/// Returns the hour of 24.
fn to_24(hour: i8, afternoon: bool) -> Option<i8> {
    if !(1..=12).contains(&hour) {
        return None;
    }
    Some(hour % 12 + if afternoon { 12 } else { 0 })
}
