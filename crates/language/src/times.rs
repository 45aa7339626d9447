//! Points and stretches of time.

use rashomon_core::{Date, TimeExpression, TimeMention, TimeValue};

use crate::context::Context;

/// Returns the times of a text, without values where they need a reference day.
pub(crate) fn times(_context: &Context<'_>) -> Vec<TimeMention> {
    Vec::new()
}

/// Returns the value of an expression seen from `reference`.
pub(crate) fn resolve(expression: &TimeExpression, _reference: Date) -> Option<TimeValue> {
    match expression {
        TimeExpression::Absolute(value) => Some(value.clone()),
        _ => None,
    }
}
