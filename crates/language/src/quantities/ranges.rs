//! Two numbers that make a range: "15-22", "between 3 and 5".

use rashomon_core::QuantityRelation;

use super::amounts::{self, Amount};
use super::{Reader, counted, trend, units};
use crate::times::pieces::Pieces;

/// How far behind "from" and its number the "to" may stand, in pieces.
const FROM_TO: usize = 10;

/// "From 24.2 to 33 billion": both in billions, unless the first would be so much the larger.
const FAR: f64 = 5.0;

impl Reader<'_> {
    /// Joins a second number that makes the amount a range, and returns whether there is one: "15-22", "between 3
    /// and 5", "five to ten", "three or four".
    pub(super) fn range(&self, amount: &mut Amount, start: &mut usize) -> bool {
        let pieces = &self.pieces;
        let Some(low) = amount.value() else { return false };
        if self.joined_levels(amount, start) {
            return true;
        }
        let between = pieces.before(*start) == "between" || (pieces.before(*start) == "somewhere");
        let joint = pieces.lower(amount.end);
        let hyphen = joint == "-";
        let is_joined = match joint {
            "-" => {
                // "40 - 50 years": a hyphen with spaces on both sides stands between whole numbers alone.
                pieces.glued(amount.end)
                    && (pieces.glued(amount.end + 1) || pieces.lower(amount.end + 1) == "to")
                    || self.is_spaced_range(amount)
            }
            "to" => !self.changes(*start, amount),
            "and" => between,
            "or" => true,
            _ => false,
        };
        if !is_joined {
            return false;
        }
        let mut from = amount.end + 1;
        if joint == "to" && pieces.lower(from) == "-" && pieces.glued(from + 1) {
            from += 1;
        }
        if hyphen && pieces.lower(from) == "to" {
            from = pieces.after_hyphen(from + 1);
        }
        let second_start = (from..=from + 2).find(|&index| {
            amounts::starts_number(pieces, index)
                && !matches!(pieces.lower(index), "a" | "an" | "many" | "few" | "several")
        });
        let Some(second_at) = second_start else {
            return false;
        };
        // Between the joint and the number only a sign of money may stand.
        if (from..second_at).any(|index| {
            !matches!(
                pieces.lower(index),
                "$" | "£" | "€" | "us" | "rm" | "hk" | "rs" | "¥" | "between"
            )
        }) {
            return false;
        }
        let Some(second) = range_end(pieces, second_at, hyphen && pieces.glued(second_at)) else {
            return false;
        };
        let Some(mut high) = second.value() else {
            return false;
        };
        let mut low = low;
        let factor = factor_of(pieces, second_at);
        if second.scaled && !amount.scaled && low < high / factor {
            // "1-2 million", "24.2 to 33 billion": both are in what multiplies the second.
            low *= factor;
        }
        if joint == "or" && (high - low - 1.0).abs() > 1e-9 {
            return false;
        }
        if high < low {
            if joint != "to" || pieces.before(*start) != "from" {
                return false;
            }
            std::mem::swap(&mut low, &mut high);
        }
        let units_agree = match (&amount.unit, &second.unit) {
            (Some(one), Some(other)) => one == other || other.starts_with(one.as_str()),
            // "0.7 percent to 6,327": only a sign of money stands for both.
            (Some(one), None) => hyphen || matches!(one.as_str(), "$" | "£" | "€"),
            _ => true,
        };
        if !units_agree || (self.is_time(second_at) && !second.time) {
            return false;
        }
        amount.low = Some(low);
        amount.high = Some(high);
        amount.end = second.end;
        amount.time = second.time || amount.time;
        amount.hyphen = second.hyphen;
        if second.unit.is_some() {
            amount.unit = second.unit;
        }
        if between || pieces.before(*start) == "from" {
            *start -= 1;
        }
        true
    }

    /// "fell from $75 a barrel in May to $45": two measures of one thing, the older first. Numbers of things counted, as
    /// those of a toll, stay two.
    fn joined_levels(&self, amount: &mut Amount, start: &mut usize) -> bool {
        let pieces = &self.pieces;
        let Some(low) = amount.value() else { return false };
        if pieces.before(*start) != "from" || amount.time {
            return false;
        }
        let told = |index: usize| {
            let mark = matches!(
                pieces.lower(index),
                "," | ";" | "(" | ")" | "and" | "or" | "for" | "of" | "by"
            );
            !mark && (self.is_time(index) || !amounts::starts_number(pieces, index))
        };
        let reach = amount.end + FROM_TO;
        let Some(joint) = (amount.end..reach)
            .take_while(|&index| pieces.lower(index) == "to" || told(index))
            .find(|&index| pieces.lower(index) == "to")
        else {
            return false;
        };
        let second_at = (joint + 1..joint + 4).find(|&index| {
            amounts::starts_number(pieces, index)
                && !matches!(pieces.lower(index), "a" | "an" | "few" | "many")
        });
        let Some(second) = second_at
            .filter(|&at| !self.is_time(at))
            .and_then(|at| amounts::amount_at(pieces, at))
            .filter(|second| second.start == joint + 1 && !second.time)
        else {
            return false;
        };
        let Some(high) = second.value() else { return false };
        let unit = match (&amount.unit, &second.unit) {
            (Some(one), Some(other)) if one == other || one.starts_with(other.as_str()) => one.clone(),
            (None, Some(unit)) => unit.clone(),
            // "from 208 pounds to 193 by walking"
            (Some(unit), None) if counted::noun_phrase(pieces, second.end, |_| false).is_none() => {
                unit.clone()
            }
            _ => return false,
        };
        let factor = if second.scaled && !amount.scaled {
            factor_of(pieces, second_at.unwrap_or(joint))
        } else {
            1.0
        };
        let low = if low * factor <= high * FAR {
            low * factor
        } else {
            low
        };
        amount.low = Some(low.min(high));
        amount.high = Some(low.max(high));
        amount.end = second.end;
        amount.unit = Some(unit);
        amount.hyphen = false;
        *start -= 1;
        true
    }

    /// "40 - 50 years old": a number without a unit, a hyphen, and a larger number with one.
    fn is_spaced_range(&self, amount: &Amount) -> bool {
        let pieces = &self.pieces;
        let second = amount.end + 1;
        !pieces.glued(amount.end)
            && !pieces.glued(second)
            && amount.unit.is_none()
            && pieces.number(second) > pieces.number(amount.start)
            && pieces.number(amount.start).is_some()
            && units::unit_at(pieces, second + 1).is_some()
    }

    /// Returns true after a verb of change: "rose from 24 to 30" gives two numbers, not a range.
    fn changes(&self, start: usize, amount: &Amount) -> bool {
        let from = usize::from(self.pieces.before(start) == "from");
        trend::trend(&self.pieces, start - from, from == 1 || amount.unit.is_some()).is_some()
    }
}

/// Returns the second amount of a range; after a hyphen it is glued to the first, which is no name here.
fn range_end(pieces: &Pieces<'_>, at: usize, hyphen: bool) -> Option<Amount> {
    if !hyphen {
        return amounts::amount_at(pieces, at);
    }
    let number = amounts::number_of(pieces, at)?;
    let unit_from = pieces.after_hyphen(number.end);
    let unit = units::unit_at(pieces, unit_from);
    let end = unit.as_ref().map_or(number.end, |unit| unit.end);
    Some(Amount {
        start: at,
        end,
        low: Some(number.value),
        high: Some(number.value),
        relation: QuantityRelation::Equal,
        time: unit.as_ref().is_some_and(|unit| unit.time),
        unit: unit.map(|unit| unit.name),
        hyphen: unit_from != number.end,
        scaled: number.scaled,
    })
}

/// Returns what multiplies the number at `at`: a million for "3 million".
fn factor_of(pieces: &Pieces<'_>, at: usize) -> f64 {
    let written = pieces
        .number(at)
        .or_else(|| crate::times::numbers::small(pieces.lower(at)));
    match (written, amounts::number_of(pieces, at)) {
        (Some(written), Some(number)) if written > 0.0 && number.scaled => (number.value / written).round(),
        _ => 1.0,
    }
}
