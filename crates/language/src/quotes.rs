//! What people are said to have said.

use rashomon_core::{Entity, Quote};

use crate::context::Context;

/// Returns the quotes of a text with their speakers.
pub(crate) fn quotes(_context: &Context<'_>, _entities: &[Entity]) -> Vec<Quote> {
    Vec::new()
}
