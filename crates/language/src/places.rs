//! Places: names of places with their points on the map.

mod fold;
pub(crate) mod gazetteer;

use std::collections::BTreeMap;

pub(crate) use fold::fold_letter;
pub use fold::fold_name;
use rashomon_core::{Entity, EntityKind, MentionKind, Place, Span};

use crate::context::Context;
use crate::places::gazetteer::{GazetteerPlace, PlaceKind};

/// What stands behind the name of a region and may be left out to find it.
const REGION_HEADS: &[&str] = &[
    " province",
    " region",
    " state",
    " city",
    " district",
    " oblast",
    " prefecture",
    " governorate",
    " republic",
    " islands",
    " island",
    " strip",
];

/// A mention of a place with the places that it can be.
struct Mentioned {
    span: Span,
    sentence: usize,
    places: Vec<GazetteerPlace>,
}

/// Returns the places of a text: for each name of a place the most populous one of that name, unless the report's other
/// places speak for another.
pub(crate) fn places(context: &Context<'_>, entities: &[Entity]) -> Vec<Place> {
    let mut mentioned: Vec<Mentioned> = entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Place)
        .flat_map(|entity| &entity.mentions)
        .filter(|mention| mention.kind == MentionKind::Name)
        .map(|mention| Mentioned {
            span: mention.span,
            sentence: mention.sentence,
            places: places_of(&fold_name(mention.span.text(context.text))),
        })
        .filter(|mention| !mention.places.is_empty())
        .collect();
    mentioned.sort_by_key(|mention| mention.span);
    let areas = Areas::of(&mentioned);
    mentioned
        .iter()
        .enumerate()
        .filter_map(|(index, mention)| {
            let next = mentioned.get(index + 1).filter(|next| {
                let between = Span::new(mention.span.end, next.span.start).text(context.text);
                between.trim() == "," || (between.trim_start().starts_with('(') && between.len() < 4)
            });
            let place = best(mention, next, &areas)?;
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

/// Returns the places of a folded name, or of the name without the word that says what it is.
fn places_of(key: &str) -> Vec<GazetteerPlace> {
    let whole: Vec<GazetteerPlace> = gazetteer::lookup(key).collect();
    if !whole.is_empty() {
        return whole;
    }
    REGION_HEADS
        .iter()
        .find_map(|head| key.strip_suffix(head))
        .or_else(|| key.strip_prefix("the "))
        .or_else(|| key.strip_prefix("city of "))
        .map(|rest| gazetteer::lookup(rest).collect())
        .unwrap_or_default()
}

/// How often a report names a country, or a region of one, beyond doubt.
struct Areas {
    /// By country code.
    countries: BTreeMap<&'static str, usize>,
    /// By country code and region.
    regions: BTreeMap<(&'static str, &'static str), usize>,
}

impl Areas {
    /// Counts the countries, regions and capitals among the mentioned places.
    fn of(mentioned: &[Mentioned]) -> Self {
        let mut areas = Self {
            countries: BTreeMap::new(),
            regions: BTreeMap::new(),
        };
        for mention in mentioned {
            let Some(place) = mention.places.first() else {
                continue;
            };
            let state = |place: &GazetteerPlace| place.kind == PlaceKind::Region && place.country == "US";
            if place.kind == PlaceKind::Country && mention.places.iter().any(state) {
                continue;
            }
            if matches!(
                place.kind,
                PlaceKind::Country | PlaceKind::Capital | PlaceKind::Region
            ) || mention.places.len() == 1
            {
                *areas.countries.entry(place.country).or_default() += 1;
            }
            for region in mention
                .places
                .iter()
                .filter(|place| place.kind == PlaceKind::Region)
            {
                *areas.regions.entry((region.country, region.admin1)).or_default() += 1;
            }
        }
        areas
    }

    /// Returns true when a name of a country is that of a state of the United States too, and the report is about those.
    fn prefer_region(&self, places: &[GazetteerPlace], country: &GazetteerPlace) -> bool {
        let named = |code: &str| self.countries.get(code).copied().unwrap_or_default();
        places
            .iter()
            .any(|place| place.kind == PlaceKind::Region && place.country == "US")
            && named("US") > named(country.country)
    }

    /// Returns how much more likely a place is because its country or region is named.
    fn factor(&self, place: &GazetteerPlace) -> u64 {
        let region =
            place.kind != PlaceKind::Region && self.regions.contains_key(&(place.country, place.admin1));
        let country = place.kind != PlaceKind::Country && self.countries.contains_key(place.country);
        match (region, country) {
            (true, _) => 30,
            (false, true) => 6,
            _ => 1,
        }
    }
}

/// Returns the likeliest of the places that a mention can be.
fn best<'places>(
    mention: &'places Mentioned,
    next: Option<&Mentioned>,
    areas: &Areas,
) -> Option<&'places GazetteerPlace> {
    mention.places.iter().rev().max_by_key(|place| {
        // "Amber, Ohio": what follows the comma holds the place.
        let held = next.is_some_and(|next| {
            next.places.iter().any(|area| match area.kind {
                PlaceKind::Country => area.country == place.country && place.kind != PlaceKind::Country,
                PlaceKind::Region => {
                    area.country == place.country
                        && area.admin1 == place.admin1
                        && place.kind != PlaceKind::Region
                }
                _ => false,
            })
        });
        let kind = match place.kind {
            PlaceKind::Country if areas.prefer_region(&mention.places, place) => 1,
            PlaceKind::Country => 2_000,
            PlaceKind::Capital | PlaceKind::Area => 20,
            PlaceKind::Region => 2,
            PlaceKind::City => 1,
        };
        (held, (place.population + 1_000) * kind * areas.factor(place))
    })
}

/// Returns true for the folded name of a place that is a common word too: it is a place only where its neighbours say so.
pub(crate) fn is_common_word(key: &str) -> bool {
    matches!(
        key,
        "reading"
            | "nice"
            | "of"
            | "mobile"
            | "split"
            | "central"
            | "most"
            | "best"
            | "bar"
            | "along"
            | "same"
            | "bath"
            | "hope"
            | "union"
            | "man"
            | "male"
            | "sale"
            | "deal"
            | "ham"
            | "bury"
            | "ash"
            | "orange"
            | "enterprise"
            | "independence"
            | "liberty"
            | "commerce"
            | "university"
            | "opportunity"
            | "police"
            | "date"
            | "police station"
            | "normal"
            | "beverly"
            | "young"
            | "why"
            | "god"
            | "jobs"
            | "march"
            | "much"
            | "ore"
            | "opera"
            | "bank"
            | "street"
            | "fort"
            | "plain"
            | "hall"
            | "grand"
            | "star"
            | "sandwich"
            | "rugby"
            | "oral"
            | "bo"
            | "ho"
            | "wa"
            | "ica"
            | "van"
            | "ali"
            | "mary"
            | "joseph"
            | "paul"
            | "carson"
            | "gary"
            | "jackson"
            | "lincoln"
            | "victoria"
            | "florence"
            | "charlotte"
            | "sydney mines"
            | "tours"
            | "nancy"
            | "angers"
            | "lens"
            | "brest"
            | "buy"
            | "pan"
            | "media"
            | "moscow mills"
            | "phoenix"
            | "corona"
            | "columbus"
            | "madison"
            | "clinton"
            | "franklin"
            | "houston texans"
            | "hudson"
            | "lima ohio"
            | "leader"
            | "temple"
            | "gulf"
            | "temperance"
            | "freedom"
            | "salt"
            | "flint"
            | "champion"
            | "post"
            | "trail"
            | "cross"
            | "eu"
            | "dawn"
            | "zone"
            | "valley"
            | "beach"
            | "lake"
            | "river"
            | "surprise"
            | "apollo"
            | "progress"
            | "justice"
            | "defiance"
            | "harmony"
            | "eagle"
    )
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
