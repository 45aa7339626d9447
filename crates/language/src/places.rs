//! Places.

mod fold;

pub use fold::fold_name;
use rashomon_core::{Entity, Place};

use crate::context::Context;

/// Returns the places of a text.
pub(crate) fn places(_context: &Context<'_>, _entities: &[Entity]) -> Vec<Place> {
    Vec::new()
}
