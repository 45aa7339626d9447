//! Numbers that are words: "dozens", "tens of thousands", "a third of", "sixfold".

use rashomon_core::QuantityRelation;

use super::amounts::{Amount, take_unit};
use super::units::unit_at;
use crate::times::numbers::{scale, small};
use crate::times::pieces::Pieces;

/// "dozens", "tens of thousands", "several hundred", "a dozen".
pub(super) fn collective(pieces: &Pieces<'_>, at: usize) -> Option<Amount> {
    let amount = |end: usize, low: f64, high: Option<f64>, relation| Amount {
        start: at,
        end,
        low: Some(low),
        high,
        relation,
        unit: None,
        time: false,
        hyphen: false,
        scaled: true,
    };
    let several = |low: f64, end: usize| Some(amount(end, low, None, QuantityRelation::About));
    let word = pieces.lower(at);
    let plural = |word: &str| {
        Some(match word {
            "dozens" => 12.0,
            "scores" => 20.0,
            "hundreds" => 1e2,
            "thousands" => 1e3,
            "millions" => 1e6,
            "billions" => 1e9,
            "trillions" => 1e12,
            "lakhs" => 1e5,
            "crores" => 1e7,
            _ => return None,
        })
    };
    if matches!(word, "tens" | "hundreds") && pieces.lower(at + 1) == "of" {
        let factor = if word == "tens" { 10.0 } else { 100.0 };
        if let Some(base) = plural(pieces.lower(at + 2)) {
            return several(factor * base, at + 3);
        }
    }
    if let Some(base) = plural(word) {
        // "the hundreds" and "scores" alone are words of other kinds.
        if word == "scores" && pieces.lower(at + 1) != "of" {
            return None;
        }
        return several(base, at + 1);
    }
    if matches!(word, "several" | "many" | "few")
        && let Some(factor) =
            scale(pieces.lower(at + 1)).or((pieces.lower(at + 1) == "dozen").then_some(12.0))
    {
        return several(factor, at + 2);
    }
    if word == "dozen" && matches!(pieces.before(at), "a" | "half" | "per" | "the") {
        let half = pieces.before(at) == "half";
        let dozen = if half { 6.0 } else { 12.0 };
        let mut found = amount(at + 1, dozen, Some(dozen), QuantityRelation::Equal);
        if half || pieces.before(at) == "a" {
            found.start = at - 1;
        }
        return Some(found);
    }
    None
}

/// Returns how often "sixfold" is.
pub(super) fn folds(word: &str) -> Option<f64> {
    word.strip_suffix("fold")
        .and_then(small)
        .filter(|times| *times > 1.0)
}

/// "sixfold": so many times what it was.
pub(super) fn fold(pieces: &Pieces<'_>, at: usize) -> Option<Amount> {
    let times = folds(pieces.lower(at))?;
    let mut amount = share(pieces, at, at + 1, times);
    amount.unit = Some("times".to_owned());
    amount.time = false;
    amount.end = at + 1;
    Some(amount)
}

/// "half", "a third of", "two-thirds".
pub(super) fn fraction(pieces: &Pieces<'_>, at: usize) -> Option<Amount> {
    let word = pieces.lower(at);
    if word == "half" {
        let next = pieces.lower(at + 1);
        if let Some(factor) = scale(pieces.lower(at + 2)).filter(|_| matches!(next, "a" | "-")) {
            let end = at + 3;
            return Some(share(pieces, at, end, factor / 2.0));
        }
        if next == "dozen" || (next == "a" && pieces.lower(at + 2) == "dozen") {
            return None;
        }
        let before = pieces.before(at);
        if matches!(
            before,
            "first"
                | "second"
                | "other"
                | "last"
                | "this"
                | "each"
                | "-"
                | "better"
                | "back"
                | "front"
                | "one"
                | "both"
        ) || matches!(
            next,
            "time" | "way" | "brother" | "sister" | "hearted" | "baked" | "mast" | "staff" | "-" | "century"
        ) {
            return None;
        }
        if next == "of"
            || matches!(
                next,
                "the" | "its" | "their" | "his" | "her" | "our" | "my" | "those" | "a" | "an"
            )
        {
            return Some(share(pieces, at, at + 1, 0.5));
        }
        return None;
    }
    let (above, from) = if matches!(word, "a" | "an") {
        (1.0, at + 1)
    } else {
        (small(word)?, at + 1)
    };
    let hyphen = pieces.after_hyphen(from);
    let below = match pieces.lower(hyphen) {
        "half" | "halves" => 2.0,
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" | "fourth" | "fourths" => 4.0,
        "fifth" | "fifths" => 5.0,
        "sixth" | "sixths" => 6.0,
        "eighth" | "eighths" => 8.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    };
    let end = hyphen + 1;
    let single = above == 1.0;
    // "A third man", "one quarter ago": only "a third of" and "one-third" are shares.
    let told = pieces.lower(end) == "of" || (hyphen > from && pieces.lower(hyphen) != "quarter");
    if (single && !told) || above >= below || (!single && !pieces.lower(hyphen).ends_with('s')) {
        return None;
    }
    // "Two quarters" are stretches of time.
    if pieces.lower(hyphen) == "quarters" && hyphen == from && pieces.lower(end) != "of" {
        return None;
    }
    // "A quarter of a million people".
    if pieces.lower(end) == "of"
        && matches!(pieces.lower(end + 1), "a" | "an" | "one")
        && let Some(scale) = scale(pieces.lower(end + 2))
    {
        return Some(share(pieces, at, end + 3, above / below * scale));
    }
    Some(share(pieces, at, end, above / below))
}

/// Returns the amount of a share, with a unit that follows.
pub(super) fn share(pieces: &Pieces<'_>, start: usize, end: usize, value: f64) -> Amount {
    let mut amount = Amount {
        start,
        end,
        low: Some(value),
        high: Some(value),
        relation: QuantityRelation::Equal,
        unit: None,
        time: false,
        hyphen: false,
        scaled: true,
    };
    let unit_from = if matches!(pieces.lower(end), "a" | "an") {
        end + 1
    } else {
        end
    };
    if let Some(unit) = unit_at(pieces, unit_from) {
        take_unit(&mut amount, unit);
    }
    amount
}
