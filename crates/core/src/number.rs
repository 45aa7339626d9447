//! Numbers and amounts, told apart by what they are.

use crate::{Quantity, Span};

/// A number that counts and measures nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelledNumber {
    /// Where it stands.
    pub span: Span,
    /// The sentence it stands in.
    pub sentence: usize,
    /// What it is.
    pub kind: NumberKind,
}

/// What a number is that counts and measures nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberKind {
    /// "the 80th", "fifth"
    Ordinal,
    /// "3-1", a vote of "5-4"
    Score,
    /// "555-0142"
    Telephone,
    /// "221 Mill Road"
    Address,
    /// "1.5.3"
    Version,
    /// "Flight 370", "F-16"
    Label,
}

impl NumberKind {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ordinal => "ordinal",
            Self::Score => "score",
            Self::Telephone => "telephone",
            Self::Address => "address",
            Self::Version => "version",
            Self::Label => "label",
        }
    }
}

/// What a quantity says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuantityKind {
    /// How old someone is.
    Age,
    /// How many of something.
    Count,
    /// How long something takes.
    Duration,
    /// How much of a unit of measure or of money.
    Measure,
    /// A bare number.
    Number,
    /// A part of a whole: "70 percent".
    Share,
}

impl QuantityKind {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Count => "count",
            Self::Duration => "duration",
            Self::Measure => "measure",
            Self::Number => "number",
            Self::Share => "share",
        }
    }
}

/// The units of time.
const LENGTHS: [&str; 10] = [
    "second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century",
];

impl Quantity {
    /// Returns what the quantity says, by its unit and by what it counts.
    pub fn kind(&self) -> QuantityKind {
        match self.unit.as_deref() {
            Some(unit) if unit.ends_with(" of age") => QuantityKind::Age,
            Some("percent" | "percentage point") => QuantityKind::Share,
            Some(unit) if LENGTHS.contains(&unit) => QuantityKind::Duration,
            Some(_) => QuantityKind::Measure,
            None if self.counted.is_some() => QuantityKind::Count,
            None => QuantityKind::Number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_tells_the_kind() {
        let kind = |unit: Option<&str>, counted: Option<&str>| {
            let quantity = Quantity {
                span: Span::default(),
                sentence: 0,
                low: Some(3.0),
                high: Some(3.0),
                relation: crate::QuantityRelation::Equal,
                unit: unit.map(str::to_owned),
                counted: counted.map(str::to_owned),
                counted_span: None,
                trend: None,
                attributed_to: None,
            };
            quantity.kind()
        };
        assert_eq!(kind(Some("year of age"), None), QuantityKind::Age);
        assert_eq!(kind(Some("percent"), Some("voters")), QuantityKind::Share);
        assert_eq!(kind(Some("day"), Some("days")), QuantityKind::Duration);
        assert_eq!(kind(Some("kilometre"), None), QuantityKind::Measure);
        assert_eq!(kind(None, Some("boats")), QuantityKind::Count);
        assert_eq!(kind(None, None), QuantityKind::Number);
    }
}
