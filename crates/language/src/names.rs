//! Names, and who is who inside a report.

mod acronyms;
mod demonyms;
mod descriptions;
mod found;
mod joined_places;
pub(crate) mod lists;
mod merge;
mod offices;
mod pronouns;
#[cfg(test)]
mod tests;

use rashomon_core::Entity;

use crate::context::Context;
use crate::grammar::NameSpan;

/// Returns the entities of a text in which the network found `names`.
pub(crate) fn entities(context: &Context<'_>, names: &[NameSpan]) -> Vec<Entity> {
    let candidates = found::candidates(context, names);
    let mut gathered = merge::merge(context, &candidates);
    descriptions::add_descriptions(context, &mut gathered);
    offices::add_offices(context, &mut gathered);
    pronouns::add_pronouns(context, &mut gathered);
    let mut entities: Vec<Entity> = gathered
        .into_iter()
        .map(|gathered| {
            let mut entity = gathered.entity;
            entity.mentions.sort_by_key(|mention| mention.span);
            entity.mentions.dedup_by_key(|mention| mention.span);
            entity
        })
        .collect();
    // A description may stand before the first name: "the minister, Acc".
    entities.sort_by_key(|entity| entity.mentions.first().map(|mention| mention.span));
    entities
}
