//! Shares told by two numbers: "6 in 10", "one of every four", "two out of three".

use super::amounts::Amount;
use super::rounds::share;
use super::units::unit_at;
use crate::times::numbers::number_at;
use crate::times::pieces::Pieces;

/// What a share is told of, besides the numbers up to ten: others are wholes that somebody counted.
const WHOLES: [f64; 6] = [20.0, 50.0, 100.0, 1e3, 1e4, 1e5];

/// "6 in 10 voters", "one of every four cases", "two out of three".
pub(super) fn ratio(pieces: &Pieces<'_>, at: usize) -> Option<Amount> {
    let above = number_at(pieces, at)?;
    let joint = above.end;
    let below_at = match (
        pieces.lower(joint),
        pieces.lower(joint + 1),
        pieces.lower(joint + 2),
    ) {
        ("out", "of", "every") => joint + 3,
        ("out", "of", _) | ("of" | "in", "every" | "each", _) => joint + 2,
        ("in", _, _) => joint + 1,
        _ => return None,
    };
    let below = number_at(pieces, below_at)
        .filter(|below| !matches!(pieces.lower(below_at), "a" | "an") && below.end > below_at)?;
    let whole = (2.0..=10.0).contains(&below.value) || WHOLES.contains(&below.value);
    let is_share = above.value >= 1.0
        && above.value < below.value
        && above.value.fract() == 0.0
        && below.value.fract() == 0.0
        && whole;
    // "One in 10 years", "five in 10 km".
    if !is_share
        || unit_at(pieces, below.end).is_some()
        || matches!(pieces.lower(below.end), "-" | "%" | "per")
    {
        return None;
    }
    Some(share(pieces, at, below.end, above.value / below.value))
}
