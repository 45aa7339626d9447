//! Places: names of places with their points on the map.

mod abbreviations;
mod common_words;
mod distance;
mod evidence;
mod fold;
pub(crate) mod gazetteer;
mod meanings;
mod outlet_home;
mod resolve;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub(crate) use common_words::is_common_word;
pub(crate) use fold::fold_letter;
pub use fold::fold_name;
use rashomon_core::{Entity, EntityKind, Mention, MentionKind, Place};

use crate::context::Context;
use crate::places::meanings::{holders, meanings};
use crate::places::resolve::{Name, resolve};

/// The longest short form of a region, in characters: "Calif", "W.Va".
const LONGEST_SHORT_FORM: usize = 5;

/// Returns the places of a text. A name means one place throughout a report, unless "Amber, Ohio" and "Amber, Texas" stand
/// in it; which one, all places of the report say together, with the home of its outlet.
pub(crate) fn places(context: &Context<'_>, entities: &[Entity], outlet: Option<&str>) -> Vec<Place> {
    let mut mentions: Vec<&Mention> = entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Place)
        .flat_map(|entity| &entity.mentions)
        .filter(|mention| mention.kind == MentionKind::Name)
        .collect();
    mentions.sort_by_key(|mention| mention.span);
    let (mut names, of_mention) = names(context, &mentions);
    names.extend(outlet.and_then(outlet_home::home));
    let resolved = resolve(&names);
    mentions
        .into_iter()
        .zip(of_mention)
        .filter_map(|(mention, name)| {
            let place = resolved.get(name?).copied().flatten()?;
            Some(Place {
                span: mention.span,
                sentence: mention.sentence,
                name: place.name.to_owned(),
                country: (!place.country.is_empty()).then(|| place.country.to_owned()),
                latitude: Some(place.latitude),
                longitude: Some(place.longitude),
                geonames: place.geonames,
            })
        })
        .collect()
}

/// Returns the names that the mentions write, and for each mention its name in that list.
fn names(context: &Context<'_>, mentions: &[&Mention]) -> (Vec<Name>, Vec<Option<usize>>) {
    let mut names: Vec<Name> = Vec::new();
    let counties = context.text.contains("ounties");
    // By key, the names that are written so: with what holds them, or without.
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut of_mention = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let key = fold_name(mention.span.text(context.text));
        let behind = context.text.get(mention.span.end..).unwrap_or_default();
        let holders = holders(behind);
        let same = by_key.entry(key.clone()).or_default();
        let known = same.iter().copied().rev().find(|&name| {
            names.get(name).is_some_and(|name| {
                holders.is_empty() || name.holders.is_empty() || name.holders.first() == holders.first()
            })
        });
        if let Some(known) = known {
            if let Some(name) = names.get_mut(known).filter(|name| name.holders.is_empty()) {
                name.holders = holders;
            }
            of_mention.push(Some(known));
            continue;
        }
        let places = match same.first().and_then(|&name| names.get(name)) {
            Some(name) => name.places.clone(),
            None => meanings(&with_its_point(mention.span.text(context.text), behind), counties),
        };
        if places.is_empty() {
            of_mention.push(None);
            continue;
        }
        same.push(names.len());
        of_mention.push(Some(names.len()));
        names.push(Name { places, holders });
    }
    (names, of_mention)
}

/// Returns a name with the point behind it when the name may be a short form: "Ky" in "Ky.".
fn with_its_point<'text>(written: &'text str, behind: &str) -> Cow<'text, str> {
    if written.chars().count() <= LONGEST_SHORT_FORM && behind.starts_with('.') && !written.ends_with('.') {
        Cow::Owned(format!("{written}."))
    } else {
        Cow::Borrowed(written)
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    fn places(text: &str) -> Vec<String> {
        crate::read(&Report::new("r", text))
            .places
            .iter()
            .map(|place| format!("{} {}", place.name, place.country.as_deref().unwrap_or("-")))
            .collect()
    }

    #[test]
    fn the_most_populous_place_of_a_name_is_meant() {
        assert_eq!(
            places("The ferry sailed from Lisbon to Paris in Europe."),
            ["Lisbon PT", "Paris FR", "Europe -"]
        );
    }

    #[test]
    fn what_follows_the_comma_says_which_place_is_meant() {
        assert_eq!(
            places("The mayor came from Paris, Texas."),
            ["Paris US", "Texas US"]
        );
    }

    #[test]
    fn a_name_is_one_place_in_a_report_unless_two_are_told_apart() {
        assert_eq!(
            places("The mayor came from Paris, Texas. She likes Paris."),
            ["Paris US", "Texas US", "Paris US"]
        );
        assert_eq!(
            places("The mayor of Paris, Texas, flew to Paris, France, on Monday."),
            ["Paris US", "Texas US", "Paris FR", "France FR"]
        );
    }

    #[test]
    fn other_places_of_the_report_say_which_place_is_meant() {
        assert_eq!(
            places("The fire began in Georgia on Monday. It reached Atlanta by night, near Florida."),
            ["Georgia US", "Atlanta US", "Florida US"]
        );
    }

    #[test]
    fn people_and_common_words_are_no_places() {
        assert_eq!(
            places("Paris Brown and Jordan Dunn were reading a book. Reading is nice."),
            Vec::<String>::new()
        );
    }
}
