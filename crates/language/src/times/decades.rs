//! Decades in two digits: "the '90s", "the 70s and 80s".

use rashomon_core::{TimeExpression, TimeValue};

use super::{Hit, Place};

/// "the cars of the 70s and 80s": not "in her 80s", and not where the sentence speaks of heat and cold.
pub(super) fn is_short_decade(place: Place<'_, '_>, value: i32) -> bool {
    let pieces = place.pieces();
    let at = place.at;
    let second = matches!(pieces.before(at), "and" | "or")
        && at >= 3
        && pieces.lower(at - 2) == "s"
        && pieces.plain(at - 3).is_some();
    pieces.width(at) == 2
        && value % 10 == 0
        && value >= 20
        && pieces.glued(at + 1)
        && matches!(pieces.lower(at + 1), "s" | "'s")
        && (second || matches!(pieces.before(at), "the" | "early" | "late" | "mid"))
        && !(0..pieces.len()).any(|index| {
            matches!(
                pieces.lower(index),
                "temperature"
                    | "temperatures"
                    | "highs"
                    | "lows"
                    | "degrees"
                    | "weather"
                    | "his"
                    | "her"
                    | "aged"
            )
        })
}

/// "'90s"
pub(super) fn short_decade(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    let value = pieces.plain(at + 1)?;
    let decade = pieces.width(at + 1) == 2
        && value % 10 == 0
        && pieces.glued(at + 1)
        && pieces.glued(at + 2)
        && matches!(pieces.lower(at + 2), "s" | "'s");
    if pieces.lower(at) != "'" {
        return None;
    }
    if decade {
        let century = if value >= 30 { 190 } else { 200 };
        let decade = i16::try_from(century + value / 10).ok()?;
        return Some(Hit::with_article(
            at + 3,
            TimeExpression::Absolute(TimeValue::Decade(decade)),
        ));
    }
    None
}
