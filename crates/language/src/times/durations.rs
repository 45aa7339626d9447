//! Lengths of time: "six years", "14-year", "several weeks", "decades".

use rashomon_core::{TimeExpression, TimeUnit, TimeValue};

use super::numbers::number_at;
use super::words;
use super::{Hit, Place};

/// Returns the length of time that begins at the place.
pub(crate) fn duration(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    if let Some((unit, true)) = words::unit(pieces.lower(at)) {
        return bare_plural(place, unit);
    }
    let (count, end) = count_at(place, at)?;
    let mut unit_at = pieces.after_hyphen(end);
    if unit_at != end && !pieces.glued(end) && !pieces.glued(unit_at) {
        return None;
    }
    if matches!(
        pieces.lower(unit_at),
        "more"
            | "full"
            | "consecutive"
            | "straight"
            | "trading"
            | "long"
            | "working"
            | "business"
            | "whole"
            | "additional"
    ) {
        unit_at += 1;
    }
    let (unit, plural) = words::unit(pieces.lower(unit_at))?;
    let article = matches!(pieces.lower(at), "a" | "an");
    // "a year-earlier loss" is dated, not that long.
    if article && pieces.lower(unit_at + 1) == "-" && matches!(pieces.lower(unit_at + 2), "earlier" | "ago") {
        return None;
    }
    if unit == TimeUnit::Second && !plural && (article || unit_at == end) {
        // "One second" may be an ordinal: "a second man".
        return None;
    }
    // "34-year-old" and "10 years old" are ages.
    let after = pieces.after_hyphen(unit_at + 1);
    if matches!(pieces.lower(after), "old" | "olds") {
        return None;
    }
    if article && unit == TimeUnit::Quarter {
        return None;
    }
    Some(Hit::new(
        unit_at + 1,
        TimeExpression::Absolute(duration_value(count, unit)),
    ))
}

/// Returns how many at `index` (`None` for "several"), and the piece after it: "six", "a", "a few", "several".
pub(crate) fn count_at(place: Place<'_, '_>, index: usize) -> Option<(Option<f64>, usize)> {
    let pieces = place.pieces();
    match pieces.lower(index) {
        "several" | "many" | "few" | "some" => return Some((None, index + 1)),
        "couple" => {
            return Some((
                Some(2.0),
                index + 1 + usize::from(pieces.lower(index + 1) == "of"),
            ));
        }
        "dozens" | "hundreds" | "thousands" if pieces.lower(index + 1) == "of" => {
            return Some((None, index + 2));
        }
        "half" => {
            let next = pieces.after_hyphen(index + 1);
            return matches!(
                pieces.lower(next),
                "a" | "an" | "hour" | "decade" | "century" | "year"
            )
            .then(|| {
                (
                    Some(0.5),
                    next + usize::from(matches!(pieces.lower(next), "a" | "an")),
                )
            });
        }
        "a" | "an" => {
            let next = index + 1;
            match pieces.lower(next) {
                "few" => return Some((None, next + 1)),
                "couple" => return Some((Some(2.0), next + 1 + usize::from(pieces.lower(next + 1) == "of"))),
                "dozen" => return Some((Some(12.0), next + 1)),
                word if words::unit(word).is_some_and(|(_, plural)| !plural) => {
                    return Some((Some(1.0), next));
                }
                _ => {}
            }
        }
        _ => {}
    }
    let number = number_at(pieces, index)?;
    Some((Some(number.value), number.end))
}

/// Returns a length as a value; half a decade or century is said in years.
pub(crate) fn duration_value(count: Option<f64>, unit: TimeUnit) -> TimeValue {
    match (count, unit) {
        (Some(count), TimeUnit::Decade) if count != 1.0 => {
            TimeValue::Duration(Some(count * 10.0), TimeUnit::Year)
        }
        (Some(count), TimeUnit::Century) if count != 1.0 => {
            TimeValue::Duration(Some(count * 100.0), TimeUnit::Year)
        }
        (Some(count), TimeUnit::Quarter) => TimeValue::Duration(Some(count * 3.0), TimeUnit::Month),
        _ => TimeValue::Duration(count, unit),
    }
}

/// "for decades", "in weeks", "years": a plural of which nothing says how many.
fn bare_plural(place: Place<'_, '_>, unit: TimeUnit) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    if pieces.lower(at + 1) == "ago" {
        return Some(Hit::fixed(at + 2, "PAST_REF"));
    }
    let introduced = matches!(
        pieces.before(at),
        "for"
            | "in"
            | "within"
            | "over"
            | "or"
            | "of"
            | "after"
            | "by"
            | "took"
            | "take"
            | "takes"
            | "and"
            | "these"
            | "early"
            | "until"
    );
    introduced.then(|| Hit::new(at + 1, TimeExpression::Absolute(TimeValue::Duration(None, unit))))
}
