//! Numbers compared as intervals with their bounds, not as strings.

use std::sync::LazyLock;

use rashomon_core::{Quantity, QuantityRelation};

/// Words for one thing counted.
const COUNTED: &str = include_str!("data/counted.txt");
/// Units of measure.
const UNITS: &str = include_str!("data/units.txt");

/// So many groups at the head of the table of things counted name what became of people: they go before the noun.
const FATES: usize = 4;

/// Two numbers this near, as a share of the larger, are the same number told in two roundings.
const SAME_ROUNDING: f64 = 0.005;
/// Numbers of which one is so many times the other are no two answers to one question, unless they count what became of
/// people, which grows. On the training stories no two numbers that differ are further apart than five times.
const OTHER_ORDER: f64 = 10.0;
/// Two shares that make a hundred percent, within so much, are two parts of one whole.
const WHOLE_WITHIN: f64 = 0.05;
/// An "about" reaches this far, as a share of the number.
const ABOUT: f64 = 0.1;
/// A converted unit is rounded: 10 km and six miles differ by 3.5 percent.
const SAME_CONVERTED: f64 = 0.08;

/// How two quantities of one thing stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// They fit together.
    Agree,
    /// The same number, but bounded from another side: "approximately 15,000" and "up to 15,000".
    OtherBound,
    /// Other numbers.
    OtherNumber,
}

/// Returns how two quantities stand to each other, or `None` where they do not count the same thing.
pub(crate) fn agreement(one: &Quantity, other: &Quantity) -> Option<Agreement> {
    agreement_in(one, &measure(one), other, &measure(other))
}

/// Returns what [`agreement`] returns, for quantities with their [`measure`]s.
pub(crate) fn agreement_in(
    one: &Quantity,
    (own_scale, own_unit): &(f64, String),
    other: &Quantity,
    (their_scale, their_unit): &(f64, String),
) -> Option<Agreement> {
    if own_unit.is_empty() || own_unit != their_unit {
        return None;
    }
    // "Rose 3 percent", "fell 2 percent" and "a rate of 4 percent" are no two answers to one question; "fell to 4 percent" and
    // "a rate of 4 percent" are one answer.
    let one_moves = one.trend != other.trend;
    let converted = own_scale != their_scale;
    let scaled = |bound: Option<f64>, scale: f64| bound.map(|bound| bound * scale);
    let own = Interval::new(
        one.relation,
        scaled(one.low, *own_scale),
        scaled(one.high, *own_scale),
    )?;
    let their = Interval::new(
        other.relation,
        scaled(other.low, *their_scale),
        scaled(other.high, *their_scale),
    )?;
    let agreement = own.against(&their, if converted { SAME_CONVERTED } else { SAME_ROUNDING });
    // "A 23 percent cut" and "77 percent of what was promised" are the two parts of one whole.
    let parts_of_a_whole =
        own_unit == "percent" && (own.number() + their.number() - 100.0).abs() < WHOLE_WITHIN;
    let strange = one_moves || parts_of_a_whole || own.is_of_another_order(&their) && !is_fate(own_unit);
    (!strange || agreement == Agreement::Agree).then_some(agreement)
}

/// Returns what a quantity counts in a form that can be compared, with the scale that its number must be multiplied
/// by; empty where nothing tells what is counted.
pub(crate) fn measure(quantity: &Quantity) -> (f64, String) {
    if let Some(unit) = quantity.unit.as_deref().filter(|unit| !unit.is_empty()) {
        let lower = unit.to_lowercase();
        return UNIT_TABLE
            .iter()
            .find(|row| row.names.contains(&lower.as_str()))
            .map_or((1.0, lower), |row| (row.scale, row.base.to_owned()));
    }
    let counted = quantity.counted.as_deref().unwrap_or_default().to_lowercase();
    let words: Vec<&str> = counted
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    // "15,000 troops killed" counts the dead, whatever the noun before.
    for group in COUNTED_TABLE.iter().take(FATES) {
        if words.iter().any(|word| group.contains(word)) {
            return (
                1.0,
                group.first().map_or_else(String::new, |&word| word.to_owned()),
            );
        }
    }
    let Some(&head) = words.last() else {
        return (1.0, String::new());
    };
    // "Half of the adults" is no number of adults.
    if quantity.low.or(quantity.high).is_some_and(|number| number < 1.0) {
        return (1.0, format!("share of {}", singular(head)));
    }
    let head = COUNTED_TABLE
        .iter()
        .find(|group| group.contains(&head))
        .and_then(|group| group.first())
        .copied();
    let head = head.map_or_else(
        || singular(words.last().copied().unwrap_or_default()),
        str::to_owned,
    );
    if let Some(row) = UNIT_TABLE.iter().find(|row| row.names.contains(&head.as_str())) {
        return (row.scale, row.base.to_owned());
    }
    (1.0, head)
}

/// Returns true for a measure that counts those whom something became of.
fn is_fate(unit: &str) -> bool {
    let fates = COUNTED_TABLE.iter().take(FATES);
    fates
        .filter_map(|group| group.first())
        .any(|first| *first == unit)
}

/// Returns what a word says became of people: "dead" for "killed" and all other words for it, or none.
pub(crate) fn fate(word: &str) -> Option<&'static str> {
    let group = COUNTED_TABLE
        .iter()
        .take(FATES)
        .find(|group| group.contains(&word))?;
    group.first().copied()
}

/// Returns true for a number that is only an order of magnitude ("dozens"), and for a length of time or a distance:
/// such are shared by chance.
pub(crate) fn tells_little(quantity: &Quantity, (_, unit): &(f64, String)) -> bool {
    let vague = quantity.relation == QuantityRelation::About && quantity.low != quantity.high;
    vague || matches!(unit.as_str(), "s" | "month" | "m")
}

/// Returns a noun without the ending of its plural.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        format!("{stem}y")
    } else if word.ends_with("ss") || word.len() < 4 {
        word.to_owned()
    } else {
        word.strip_suffix('s').unwrap_or(word).to_owned()
    }
}

/// A row of the table of units.
struct Unit {
    base: &'static str,
    scale: f64,
    names: Vec<&'static str>,
}

/// The table of units.
static UNIT_TABLE: LazyLock<Vec<Unit>> = LazyLock::new(|| {
    UNITS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (name, base, scale) = (cells.next()?, cells.next()?, cells.next()?.parse().ok()?);
            Some(Unit {
                base,
                scale,
                names: std::iter::once(name).chain(cells).collect(),
            })
        })
        .collect()
});

/// The table of words for one thing counted.
static COUNTED_TABLE: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    COUNTED
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect()
});

/// What the true number can be.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Interval {
    low: Option<f64>,
    high: Option<f64>,
    relation: QuantityRelation,
}

impl Interval {
    /// Returns the interval; `None` where both bounds are open.
    fn new(relation: QuantityRelation, low: Option<f64>, high: Option<f64>) -> Option<Self> {
        (low.is_some() || high.is_some()).then_some(Self { low, high, relation })
    }

    /// Returns the number that is printed: the bound where there is one.
    fn number(&self) -> f64 {
        self.low.or(self.high).unwrap_or_default()
    }

    /// Returns true for "dozens" and "thousands": a number of that order, however many.
    fn is_vague(&self) -> bool {
        self.relation == QuantityRelation::About && self.low != self.high
    }

    /// Returns true for a number that is so many times the other that they measure other things.
    fn is_of_another_order(&self, other: &Self) -> bool {
        let (own, their) = (self.number().abs(), other.number().abs());
        own.max(their) > OTHER_ORDER * own.min(their)
    }

    /// Returns true when the number of the other interval may be one of this one's.
    fn may_be(&self, number: f64) -> bool {
        let slack = if self.relation == QuantityRelation::About {
            ABOUT
        } else {
            0.0
        };
        self.low.is_none_or(|low| number >= low * (1.0 - slack))
            && self.high.is_none_or(|high| number <= high * (1.0 + slack))
    }

    /// Returns how the two intervals stand to each other; numbers nearer than the share `same` are one.
    fn against(&self, other: &Self, same: f64) -> Agreement {
        use QuantityRelation::{About, AtLeast, AtMost, Range};
        if self.is_vague() || other.is_vague() {
            // "thousands" holds 15,000 and not 300; the magnitude of a vague number is its ceiling times ten.
            let (vague, plain) = if self.is_vague() {
                (self, other)
            } else {
                (other, self)
            };
            let ceiling = vague.high.unwrap_or(vague.number() * 100.0);
            let fits = plain.is_vague() && plain.number() == vague.number()
                || !plain.is_vague() && plain.number() >= vague.number() && plain.number() <= ceiling;
            return if fits {
                Agreement::Agree
            } else {
                Agreement::OtherNumber
            };
        }
        if self.relation == Range || other.relation == Range {
            let (range, plain) = if self.relation == Range {
                (self, other)
            } else {
                (other, self)
            };
            let fits = if plain.relation == Range {
                range.low == plain.low && range.high == plain.high
            } else {
                range.may_be(plain.number())
            };
            return if fits {
                Agreement::Agree
            } else {
                Agreement::OtherNumber
            };
        }
        let (own, their) = (self.number(), other.number());
        let distance = (own - their).abs() / own.abs().max(their.abs()).max(f64::MIN_POSITIVE);
        let near_enough = match (self.relation, other.relation) {
            (About, _) | (_, About) => {
                distance <= ABOUT && self.relation != AtMost && other.relation != AtMost
            }
            _ => false,
        };
        if distance <= same || own == their {
            // "Up to 15,000" is no estimate of 15,000, and "at least a dozen" may be more than a dozen; "about" is another
            // rounding.
            let other_bound = [AtMost, AtLeast]
                .iter()
                .any(|bound| (self.relation == *bound) != (other.relation == *bound));
            return if other_bound {
                Agreement::OtherBound
            } else {
                Agreement::Agree
            };
        }
        if near_enough {
            Agreement::Agree
        } else {
            Agreement::OtherNumber
        }
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::Trend;

    use super::*;

    fn quantity(relation: QuantityRelation, low: Option<f64>, high: Option<f64>, counted: &str) -> Quantity {
        Quantity {
            span: rashomon_core::Span::default(),
            sentence: 0,
            low,
            high,
            relation,
            unit: None,
            counted: Some(counted.to_owned()),
            counted_span: None,
            trend: None,
            attributed_to: None,
        }
    }

    fn exactly(number: f64, counted: &str) -> Quantity {
        quantity(QuantityRelation::Equal, Some(number), Some(number), counted)
    }

    fn about(number: f64, counted: &str) -> Quantity {
        quantity(QuantityRelation::About, Some(number), Some(number), counted)
    }

    fn at_most(number: f64, counted: &str) -> Quantity {
        quantity(QuantityRelation::AtMost, None, Some(number), counted)
    }

    fn at_least(number: f64, counted: &str) -> Quantity {
        quantity(QuantityRelation::AtLeast, Some(number), None, counted)
    }

    fn in_unit(number: f64, unit: &str) -> Quantity {
        Quantity {
            unit: Some(unit.to_owned()),
            counted: None,
            ..exactly(number, "")
        }
    }

    #[test]
    fn a_ceiling_is_not_an_estimate() {
        assert_eq!(
            agreement(&about(15000.0, "troops"), &at_most(15000.0, "troops")),
            Some(Agreement::OtherBound)
        );
    }

    #[test]
    fn an_estimate_holds_what_is_near() {
        assert_eq!(
            agreement(&about(2000.0, "soldiers"), &exactly(2100.0, "troops")),
            Some(Agreement::Agree)
        );
        assert_eq!(
            agreement(&about(2000.0, "soldiers"), &exactly(2600.0, "troops")),
            Some(Agreement::OtherNumber)
        );
    }

    #[test]
    fn a_floor_and_another_number_differ() {
        assert_eq!(
            agreement(&at_least(5.0, "dead"), &exactly(24.0, "people killed")),
            Some(Agreement::OtherNumber)
        );
        assert_eq!(
            agreement(&at_least(5.0, "dead"), &exactly(5.0, "deaths")),
            Some(Agreement::OtherBound)
        );
        assert_eq!(
            agreement(&at_least(5.0, "dead"), &at_least(5.0, "deaths")),
            Some(Agreement::Agree)
        );
    }

    #[test]
    fn units_are_converted() {
        assert_eq!(
            agreement(&in_unit(10.0, "km"), &in_unit(6.0, "miles")),
            Some(Agreement::Agree)
        );
        assert_eq!(
            agreement(&in_unit(10.0, "km"), &in_unit(10.0, "miles")),
            Some(Agreement::OtherNumber)
        );
        assert_eq!(agreement(&in_unit(3.0, "$"), &in_unit(3.0, "€")), None);
    }

    #[test]
    fn vague_numbers_hold_numbers_of_their_order() {
        let dozens = quantity(QuantityRelation::About, Some(24.0), None, "people");
        assert_eq!(
            agreement(&dozens, &exactly(40.0, "people")),
            Some(Agreement::Agree)
        );
        assert_eq!(
            agreement(&dozens, &exactly(5.0, "people")),
            Some(Agreement::OtherNumber)
        );
    }

    #[test]
    fn a_share_is_no_number_of_people() {
        assert_eq!(agreement(&exactly(0.5, "adults"), &exactly(83e6, "adults")), None);
        assert_eq!(
            agreement(&exactly(0.5, "adults"), &exactly(0.25, "adults")),
            Some(Agreement::OtherNumber)
        );
    }

    #[test]
    fn a_rise_and_a_fall_are_two_things() {
        let moved = |number: f64, trend: Trend| Quantity {
            trend: Some(trend),
            ..in_unit(number, "percent")
        };
        assert_eq!(agreement(&moved(19.0, Trend::Up), &moved(4.0, Trend::Down)), None);
        assert_eq!(
            agreement(&moved(19.0, Trend::Up), &moved(4.0, Trend::Up)),
            Some(Agreement::OtherNumber)
        );
    }

    #[test]
    fn numbers_of_other_orders_measure_other_things() {
        assert_eq!(agreement(&in_unit(15.0, "$"), &in_unit(1.9e12, "$")), None);
        assert_eq!(
            agreement(&exactly(1.0, "killed"), &exactly(24.0, "dead")),
            Some(Agreement::OtherNumber)
        );
    }

    #[test]
    fn other_things_are_not_compared() {
        assert_eq!(
            agreement(&exactly(26.0, "leaders"), &exactly(26.0, "missiles")),
            None
        );
        assert_eq!(agreement(&exactly(26.0, ""), &exactly(26.0, "")), None);
    }
}
