//! The same quantity in another unit, in brackets: "10 kilometers (six miles)".
//!
//! The first quantity's span holds the brackets; what stands in them is given after it, in its own unit, with a span
//! inside that span. So a reader can tell that the two are one.

use rashomon_core::Quantity;

use super::{Reader, amounts, bind, bounds, units};

/// So many units are read in one pair of brackets: "(224 kW / 300 hp)".
const MOST: usize = 3;

impl Reader<'_> {
    /// Returns the quantities in the brackets at piece `end` that give `quantity` in other units, and the piece after
    /// the brackets; no quantities and `end` where there are none.
    pub(super) fn conversions(&self, quantity: &Quantity, end: usize) -> (Vec<Quantity>, usize) {
        let pieces = &self.pieces;
        let mut converted = Vec::new();
        let dimension = quantity.unit.as_deref().and_then(units::dimension);
        if dimension.is_none() || !matches!(pieces.lower(end), "(" | "[") {
            return (converted, end);
        }
        let mut from = end + 1;
        while converted.len() < MOST {
            let Some(at) = (from..from + 4).find(|&index| amounts::starts_number(pieces, index)) else {
                break;
            };
            let Some(mut amount) = amounts::amount_at(pieces, at) else {
                break;
            };
            let mut start = amount.start;
            if self.range(&mut amount, &mut start) {
                amount.relation = rashomon_core::QuantityRelation::Range;
            }
            let other = amount.unit.as_deref().and_then(units::dimension);
            if other != dimension || (converted.is_empty() && amount.unit == quantity.unit) {
                break;
            }
            let mut relation = amount.relation;
            if let Some((bound, first)) = bounds::before(pieces, start) {
                relation = bind(&mut amount, relation, bound);
                start = first;
            } else if relation == rashomon_core::QuantityRelation::Equal {
                // "more than 100 kilometers (60 miles)" is more than 60 miles.
                relation = bind(&mut amount, relation, quantity.relation);
            }
            if start > from + 1 {
                break;
            }
            converted.push(Quantity {
                span: pieces.span(start, amount.end),
                sentence: self.sentence,
                low: amount.low,
                high: amount.high,
                relation,
                unit: amount.unit,
                counted: quantity.counted.clone(),
                counted_span: quantity.counted_span,
                trend: quantity.trend,
                attributed_to: None,
            });
            match pieces.lower(amount.end) {
                ")" | "]" => return (converted, amount.end + 1),
                "/" | ";" | "," | "or" => from = amount.end + 1,
                _ => break,
            }
        }
        (Vec::new(), end)
    }
}
