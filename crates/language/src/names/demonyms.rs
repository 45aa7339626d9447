//! Words for the people or things of a country.

use super::lists::{begins_demonym, demonym};
use crate::context::Context;

/// Returns how many tokens the demonym takes that begins at `token`; 0 for none.
pub(super) fn demonym_length(context: &Context<'_>, token: usize, limit: usize) -> usize {
    if token >= limit || !context.word(token).starts_with(char::is_uppercase) {
        return 0;
    }
    let lower = context.lower(token);
    if begins_demonym(lower) && token + 1 < limit {
        let two = format!("{lower} {}", context.lower(token + 1));
        if demonym(&two).is_some() {
            return 2;
        }
        if context.word(token + 1) == "-"
            && token + 2 < limit
            && demonym(&format!("{lower} {}", context.lower(token + 2))).is_some()
        {
            return 3;
        }
    }
    usize::from(demonym(lower).is_some())
}
