//! Places whose names hold an "and", which the network cuts in two: "Trinidad and Tobago".

use rashomon_core::EntityKind;

use super::found::{Candidate, key};
use crate::context::Context;
use crate::places::gazetteer;

/// Makes one place of two with "and" between them where the gazetteer knows them as one. Candidates stand in the order of the text.
pub(super) fn join_places(context: &Context<'_>, candidates: &mut Vec<Candidate>) {
    let mut joined: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates.drain(..) {
        let whole = joined.last().and_then(|before| {
            let places = before.kind == EntityKind::Place && candidate.kind == EntityKind::Place;
            let and = before.tokens.end + 1 == candidate.tokens.start
                && matches!(context.lower(before.tokens.end), "and" | "&");
            let tokens = before.tokens.start..candidate.tokens.end;
            let key = (places && and).then(|| key(context, tokens.clone()))?;
            gazetteer::lookup(&key).next()?;
            Some((tokens, key))
        });
        match (whole, joined.last_mut()) {
            (Some((tokens, key)), Some(before)) => {
                before.tokens = tokens;
                before.key = key;
            }
            _ => joined.push(candidate),
        }
    }
    *candidates = joined;
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    use crate::read;

    #[test]
    fn one_country_is_one_place() {
        let text =
            "The ferry from Trinidad and Tobago came to Senby on Monday. It leaves for Arland and France.";
        let reading = read(&Report::new("r", text));
        let names: Vec<&str> = reading
            .entities
            .iter()
            .map(|entity| entity.name.as_str())
            .collect();
        assert!(names.contains(&"Trinidad and Tobago"), "{names:?}");
        assert!(names.contains(&"France"), "{names:?}");
    }
}
