//! Names, and who is who inside a report.

use rashomon_core::Entity;

use crate::context::Context;

/// Returns the entities of a text.
pub(crate) fn entities(_context: &Context<'_>) -> Vec<Entity> {
    Vec::new()
}
