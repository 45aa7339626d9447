//! Names, and who is who inside a report.

mod candidates;
mod kinds;
mod lists;
mod merge;

use rashomon_core::Entity;

use crate::context::Context;

/// Returns the entities of a text.
pub(crate) fn entities(context: &Context<'_>) -> Vec<Entity> {
    let candidates = candidates::candidates(context);
    let kinds = kinds::kinds(context, &candidates);
    let gathered = merge::merge(context, &candidates, &kinds);
    gathered.into_iter().map(|gathered| gathered.entity).collect()
}
