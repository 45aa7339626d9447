//! Numbers and amounts.

use rashomon_core::{Quantity, TimeMention};

use crate::context::Context;

/// Returns the quantities of a text; what is part of a time is none.
pub(crate) fn quantities(_context: &Context<'_>, _times: &[TimeMention]) -> Vec<Quantity> {
    Vec::new()
}
