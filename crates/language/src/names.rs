//! Names, and who is who inside a report.

mod candidates;
mod cut;
mod descriptions;
mod heads;
mod kinds;
pub(crate) mod lists;
mod merge;
mod pronouns;
mod runs;
#[cfg(test)]
mod tests;

use rashomon_core::Entity;

use crate::context::Context;

/// Returns true for a word, in lower case, for the people or things of a country.
pub(crate) fn is_demonym(lower: &str) -> bool {
    lists::demonym(lower).is_some()
}

/// Returns true for a frequent first name in lower case.
pub(crate) fn is_first_name(lower: &str) -> bool {
    lists::is_first_name(lower)
}

/// Returns the entities of a text.
pub(crate) fn entities(context: &Context<'_>) -> Vec<Entity> {
    let candidates = candidates::candidates(context);
    let kinds = kinds::kinds(context, &candidates);
    let mut gathered = merge::merge(context, &candidates, &kinds);
    descriptions::add_descriptions(context, &mut gathered);
    pronouns::add_pronouns(context, &mut gathered);
    gathered
        .into_iter()
        .map(|gathered| {
            let mut entity = gathered.entity;
            entity.mentions.sort_by_key(|mention| mention.span);
            entity.mentions.dedup_by_key(|mention| mention.span);
            entity
        })
        .collect()
}
