//! One amount: a number with what multiplies it, its money or unit, without its bound.

use rashomon_core::QuantityRelation;

use super::units::{Unit, money_before, unit_at};
use super::{guards, ratios, rounds, units};
use crate::times::numbers::{Number, number_at, ordinal_at, small};
use crate::times::pieces::{PieceKind, Pieces};

/// An amount as read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    /// Its first piece, with a sign of money.
    pub(super) start: usize,
    /// The piece after it and its unit.
    pub(super) end: usize,
    /// The least and the most it can be.
    pub(super) low: Option<f64>,
    /// The most it can be.
    pub(super) high: Option<f64>,
    /// How it is bounded by itself: "dozens" is about.
    pub(super) relation: QuantityRelation,
    /// Its unit.
    pub(super) unit: Option<String>,
    /// True for a unit of time, which is also the thing counted.
    pub(super) time: bool,
    /// True where a hyphen binds it to what follows: "14-year".
    pub(super) hyphen: bool,
    /// True where what multiplies it, or a unit, belongs to it.
    pub(super) scaled: bool,
}

impl Amount {
    /// Returns the one number that it is.
    pub(super) fn value(&self) -> Option<f64> {
        self.low.filter(|_| self.low == self.high)
    }
}

/// Returns the amount whose number begins at piece `at`. The sign of money before it belongs to it.
pub(super) fn amount_at(pieces: &Pieces<'_>, at: usize) -> Option<Amount> {
    rounds::collective(pieces, at)
        .or_else(|| rounds::fold(pieces, at))
        .or_else(|| rounds::fraction(pieces, at))
        .or_else(|| ratios::ratio(pieces, at))
        .or_else(|| plain(pieces, at))
}

pub(super) fn take_unit(amount: &mut Amount, unit: Unit) {
    amount.end = unit.end;
    amount.unit = Some(unit.name);
    amount.time = unit.time;
}

/// A number in digits or words, with its unit.
fn plain(pieces: &Pieces<'_>, at: usize) -> Option<Amount> {
    let piece = pieces.get(at)?;
    if ordinal_at(pieces, at).is_some() && piece.kind == PieceKind::Number {
        return None;
    }
    if piece.kind == PieceKind::Word
        && !matches!(piece.lower.as_ref(), "a" | "an")
        && small(&piece.lower).is_none()
    {
        return None;
    }
    let mut number = number_at(pieces, at)?;
    let mut money = money_before(pieces, at);
    let glued_letters = pieces.is_word(number.end) && pieces.glued(number.end);
    let mut start = at;
    if money.is_some() || glued_letters {
        let factor = match (
            pieces.lower(number.end),
            money.is_some(),
            pieces.capital(number.end),
        ) {
            ("m", true, _) | ("m", false, true) => Some(1e6),
            ("m", false, false) if counts_millions(pieces, number.end) => Some(1e6),
            ("b", true, _) => Some(1e9),
            ("t", true, _) => Some(1e12),
            _ => None,
        };
        // "5G" is a network, no weight.
        if factor.is_none()
            && pieces.lower(number.end) == "g"
            && pieces.capital(number.end)
            && number.value < 10.0
        {
            return None;
        }
        if let Some(factor) = factor.filter(|_| glued_letters) {
            number.value = round_product(number.value, factor);
            number.scaled = true;
            number.end += 1;
        }
    }
    // "8 B people"
    if !glued_letters
        && number.digits
        && !number.scaled
        && pieces.lower(number.end) == "b"
        && pieces.capital(number.end)
        && pieces.tag(number.end + 1) == Some(rashomon_core::PartOfSpeech::Noun)
    {
        number.value = round_product(number.value, 1e9);
        number.scaled = true;
        number.end += 1;
    }
    if guards::is_no_quantity(pieces, at, &number, money.is_some()) {
        return None;
    }
    if let Some((power, end)) = power_of_ten(pieces, number.end) {
        number.value *= power;
        number.end = end;
        number.scaled = true;
    }
    if !number.digits && number.value == 1.0 && !number.scaled && is_pronoun_one(pieces, at, number.end) {
        return None;
    }
    if let Some((_, first)) = &money {
        start = *first;
    }
    // "-5 yards", "minus 130 degrees", "$-50": the sign is glued to its number, and to nothing before it.
    let mut value = number.value;
    let sign_at = at.wrapping_sub(1);
    if matches!(pieces.lower(sign_at), "-")
        && pieces.glued(at)
        && (!pieces.glued(sign_at) || pieces.before(sign_at) == "$")
    {
        value = -value;
        start = start.min(sign_at);
    } else if pieces.lower(sign_at) == "minus"
        || (pieces.lower(sign_at) == "-" && pieces.before(sign_at) == "minus")
    {
        value = -value;
        start = start.min(if pieces.lower(sign_at) == "minus" {
            sign_at
        } else {
            sign_at - 1
        });
    }
    let hyphen_at = pieces.after_hyphen(number.end);
    let hyphen = hyphen_at != number.end
        && pieces.glued(number.end)
        && pieces.glued(hyphen_at)
        && pieces.is_word(hyphen_at);
    let mut amount = Amount {
        start,
        end: number.end,
        low: Some(value),
        high: Some(value),
        relation: QuantityRelation::Equal,
        unit: money.take().map(|(name, _)| name),
        time: false,
        hyphen,
        scaled: number.scaled || !number.digits,
    };
    let unit_from = if hyphen { hyphen_at } else { number.end };
    if amount.unit.is_some() {
        if matches!(pieces.lower(unit_from), "usd" | "dollars" | "us") && !hyphen {
            amount.end = unit_from + 1;
        } else if pieces.lower(unit_from) == "u" && pieces.lower(unit_from + 2) == "s" && !hyphen {
            // "$75 U.S. per barrel"
            amount.end = pieces.after_stop(unit_from + 3);
        }
        if let Some((rate, end)) = units::rate_at(pieces, amount.end) {
            amount.unit = amount.unit.map(|unit| format!("{unit} per {rate}"));
            amount.end = end;
        }
    } else if let Some(unit) = unit_at(pieces, unit_from) {
        let letter = pieces.glued(number.end) && unit.end == number.end + 1;
        // An unknown suffix makes the number part of a name: "3D", "20x".
        let old = pieces.after_hyphen(unit.end);
        let of_age = pieces.lower(unit.end) == "of" && pieces.lower(unit.end + 1) == "age";
        if unit.time && (matches!(pieces.lower(old), "old" | "olds") || of_age) {
            amount.unit = Some(format!("{} of age", unit.name));
            amount.end = if of_age { unit.end + 2 } else { old + 1 };
            amount.time = true;
            return Some(amount);
        }
        if !(letter && unit.name == "second") {
            take_unit(&mut amount, unit);
        }
    } else if let Some(end) = feet_mark(pieces, number.end).filter(|_| number.digits) {
        amount.unit = Some("foot".to_owned());
        amount.end = end;
    } else if glued_letters && number.end == at + 1 {
        return None;
    } else if let Some((rate, end)) =
        units::rate_at(pieces, number.end).filter(|_| pieces.lower(number.end) == "per")
    {
        amount.unit = Some(format!("per {rate}"));
        amount.end = end;
    }
    Some(amount)
}

/// A quotation that opened more pieces ago than this is closed.
const FARTHEST_MARK: usize = 200;

/// "at 30' deep": returns the piece after a mark for feet, where no quotation can end.
fn feet_mark(pieces: &Pieces<'_>, index: usize) -> Option<usize> {
    let mark = pieces.lower(index) == "'" && pieces.glued(index) && !pieces.glued(index + 1);
    // Not looked for at every number of a text without full stops: that would take the square of its length.
    let is_quoted = || (index.saturating_sub(FARTHEST_MARK)..index).any(|before| pieces.lower(before) == "'");
    (mark && pieces.is_word(index + 1) && !is_quoted()).then_some(index + 1)
}

/// "1.99 × 10^30", "2 x 10-6": returns the power after a number, and the piece after it.
fn power_of_ten(pieces: &Pieces<'_>, index: usize) -> Option<(f64, usize)> {
    if !matches!(pieces.lower(index), "×" | "x" | "*") || pieces.lower(index + 1) != "10" {
        return None;
    }
    let raised = index + 2 + usize::from(pieces.lower(index + 2) == "^");
    let negative = pieces.lower(raised) == "-";
    if raised == index + 2 && !negative || !pieces.glued(raised) {
        return None;
    }
    let at = raised + usize::from(negative);
    let exponent = pieces
        .plain(at)
        .filter(|exponent| (0..=300).contains(exponent) && pieces.glued(at))?;
    let sign = if negative { "-" } else { "" };
    Some((format!("1e{sign}{exponent}").parse().ok()?, at + 1))
}

/// Returns the product, rounded to the whole number that was meant.
fn round_product(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    let whole = product.round();
    if (product - whole).abs() < 0.01 {
        whole
    } else {
        product
    }
}

/// "2.7m people": an m that a plural noun follows is a million, else a metre.
fn counts_millions(pieces: &Pieces<'_>, letter: usize) -> bool {
    let next = letter + 1;
    pieces.is_word(next)
        && (pieces.lower(next) == "of" || !super::counted::is_function_word(pieces.lower(next)))
        && !matches!(
            pieces.lower(next),
            "long"
                | "tall"
                | "high"
                | "wide"
                | "deep"
                | "sprint"
                | "race"
                | "hurdles"
                | "freestyle"
                | "final"
        )
}

/// "No one", "one another", "the one who": a pronoun, not a number.
fn is_pronoun_one(pieces: &Pieces<'_>, at: usize, end: usize) -> bool {
    if matches!(
        pieces.before(at),
        "no" | "the"
            | "this"
            | "that"
            | "any"
            | "every"
            | "each"
            | "another"
            | "some"
            | "which"
            | "a"
            | "new"
            | "big"
            | "good"
            | "first"
            | "last"
            | "old"
            | "only"
            | "-"
            | "day"
    ) {
        return true;
    }
    let next = pieces.lower(end);
    if matches!(next, "of" | "per" | "percent") {
        return false;
    }
    if next == "hand" {
        return matches!(pieces.before(at), "on" | "from");
    }
    // "one to two years"
    if matches!(next, "to" | "or") && starts_number(pieces, end + 1) && pieces.is_word(end + 1) {
        return false;
    }
    !pieces.is_word(end) && next != "-" && next != "%"
        || super::counted::is_function_word(next)
        || matches!(
            next,
            "another"
                | "day"
                | "thing"
                | "way"
                | "side"
                | "point"
                | "reason"
                | "said"
                | "says"
                | "wants"
                | "knows"
                | "such"
                | "time"
        )
        || pieces.capital(at) && pieces.tag(end) == Some(rashomon_core::PartOfSpeech::Verb)
}

/// Returns true where the number of an amount stands in the pieces as digits or words of one to ninety-nine.
pub(super) fn starts_number(pieces: &Pieces<'_>, at: usize) -> bool {
    pieces.get(at).is_some_and(|piece| match piece.kind {
        PieceKind::Number => true,
        PieceKind::Word => {
            small(&piece.lower).is_some()
                || rounds::folds(&piece.lower).is_some()
                || matches!(
                    piece.lower.as_ref(),
                    "half"
                        | "dozen"
                        | "dozens"
                        | "scores"
                        | "tens"
                        | "hundreds"
                        | "thousands"
                        | "millions"
                        | "billions"
                        | "trillions"
                        | "lakhs"
                        | "crores"
                        | "several"
                        | "many"
                        | "few"
                        | "a"
                        | "an"
                )
        }
        PieceKind::Mark => crate::times::numbers::fraction_mark(&piece.lower).is_some(),
    })
}

/// Returns a number's description for the range rules.
pub(super) fn number_of(pieces: &Pieces<'_>, at: usize) -> Option<Number> {
    number_at(pieces, at)
}
