//! Numbers in words and signs for a reader.

use rashomon_core::{Quantity, QuantityRelation};

/// The unit of an age.
pub(crate) const YEAR_OF_AGE: &str = "year of age";

/// Returns what a quantity counts or measures in words for a reader: "troops", "years", "money".
pub(crate) fn counted_words(quantity: &Quantity) -> Option<String> {
    let Some(unit) = quantity.unit.as_deref().filter(|unit| !unit.is_empty()) else {
        return quantity.counted.clone();
    };
    let words = match unit {
        YEAR_OF_AGE => "age",
        "$" | "€" | "£" | "¥" => quantity.counted.as_deref().unwrap_or("money"),
        "percent" => quantity.counted.as_deref().unwrap_or("share"),
        "foot" => "feet",
        "inch" => "inches",
        // The noun behind "a three-day meeting" is not what is counted: days are.
        unit => {
            return Some(if unit.ends_with('s') {
                unit.to_owned()
            } else {
                format!("{unit}s")
            });
        }
    };
    Some(words.to_owned())
}

/// Returns a quantity in a few signs: "~15,000 troops".
pub(crate) fn value(quantity: &Quantity) -> String {
    let sign = match quantity.relation {
        QuantityRelation::Equal | QuantityRelation::Range => "",
        QuantityRelation::About => "~",
        QuantityRelation::AtMost => "≤",
        QuantityRelation::AtLeast => "≥",
    };
    let number = match (quantity.low, quantity.high) {
        (Some(low), Some(high)) if low != high => format!("{}–{}", number(low), number(high)),
        (Some(number_), _) | (None, Some(number_)) => number(number_),
        (None, None) => String::new(),
    };
    let unit = quantity.unit.as_deref().unwrap_or_default();
    let counted = quantity.counted.as_deref().unwrap_or_default();
    let currency = matches!(unit, "$" | "€" | "£" | "¥");
    let mut value = if currency {
        format!("{sign}{unit}{number}")
    } else {
        format!("{sign}{number}")
    };
    if unit == "percent" {
        value.push('%');
    } else if !unit.is_empty() && !currency {
        value.push(' ');
        value.push_str(unit);
    } else if !counted.is_empty() {
        value.push(' ');
        value.push_str(counted);
    }
    value
}

/// Returns a number with commas between its thousands.
fn number(number: f64) -> String {
    let plain = format!("{number}");
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    fraction.map_or_else(
        || format!("{sign}{grouped}"),
        |part| format!("{sign}{grouped}.{part}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_counted_in_its_unit() {
        let days = Quantity {
            span: rashomon_core::Span::default(),
            sentence: 0,
            low: Some(3.0),
            high: Some(3.0),
            relation: QuantityRelation::Equal,
            unit: Some("day".to_owned()),
            counted: Some("day harbour conference".to_owned()),
            counted_span: None,
            trend: None,
            attributed_to: None,
        };
        assert_eq!(counted_words(&days).as_deref(), Some("days"));
        let boats = Quantity {
            unit: None,
            counted: Some("boats".to_owned()),
            ..days
        };
        assert_eq!(counted_words(&boats).as_deref(), Some("boats"));
    }

    #[test]
    fn numbers_are_written_with_commas() {
        assert_eq!(number(15000.0), "15,000");
        assert_eq!(number(1_234_567.5), "1,234,567.5");
        assert_eq!(number(-300.0), "-300");
    }
}
