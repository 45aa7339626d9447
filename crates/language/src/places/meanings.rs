//! What a written name can mean, and what is written behind it to say where it lies.

use crate::places::abbreviations::abbreviated;
use crate::places::fold_name;
use crate::places::gazetteer::{GazetteerPlace, PlaceKind, lookup_all};

/// What stands behind the name of a place and may be left out to find it.
const TAILS: &[&str] = &[
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
    " area",
    " metropolitan area",
    " township",
    " twp",
    " village",
];

/// What stands before the name of a place and may be left out to find it.
const HEADS: &[&str] = &[
    "the ",
    "city of ",
    "town of ",
    "state of ",
    "province of ",
    "republic of ",
    "kingdom of ",
    "downtown ",
    "greater ",
    "mainland ",
];

/// What stands before the name of a large place for a part of it. Of a small place it is a part of another name: East Bank
/// is not the east of Bank.
const PARTS: &[&str] = &[
    "central ",
    "upstate ",
    "north ",
    "south ",
    "east ",
    "west ",
    "northern ",
    "southern ",
    "eastern ",
    "western ",
    "northeast ",
    "northwest ",
    "southeast ",
    "southwest ",
    "northeastern ",
    "northwestern ",
    "southeastern ",
    "southwestern ",
];

/// How many people a city must have for its parts to be called by its name.
const LEAST_PARTED_CITY: u64 = 300_000;

/// First words of names that are written in two ways.
const TWO_WAYS: &[(&str, &str)] = &[
    ("st ", "saint "),
    ("saint ", "st "),
    ("ft ", "fort "),
    ("fort ", "ft "),
    ("mt ", "mount "),
    ("mount ", "mt "),
];

/// The most places that a name is taken to mean; some names of towns have a hundred.
const MOST_MEANINGS: usize = 40;

/// The longest name of a region that is looked for behind a comma, in words.
const LONGEST_HOLDER: usize = 3;

/// Returns the places that a written name can mean; where none is called so, the places of the name without the words that
/// say what it is. The word "County" may be missing only where a report speaks of `counties`.
pub(super) fn meanings(written: &str, counties: bool) -> Vec<GazetteerPlace> {
    let key = fold_name(written);
    let mut places = either_way(&key);
    if let Some(region) = abbreviated(written) {
        places.retain(|place| place.population > region.population);
        places.push(region);
    }
    if !places.is_empty() {
        return places;
    }
    let plain = TAILS
        .iter()
        .filter_map(|tail| key.strip_suffix(tail))
        .chain(HEADS.iter().filter_map(|head| key.strip_prefix(head)))
        .map(either_way)
        .find(|places| !places.is_empty());
    plain
        .or_else(|| {
            PARTS
                .iter()
                .filter_map(|part| key.strip_prefix(part))
                .map(|whole| either_way(whole).into_iter().filter(has_parts).collect())
                .find(|places: &Vec<GazetteerPlace>| !places.is_empty())
        })
        .or_else(|| {
            key.strip_suffix(" co")
                .or(counties.then_some(key.as_str()))
                .map(county)
        })
        .unwrap_or_default()
}

/// Returns the counties of a name: "Clarke" in "Oconee and Clarke counties".
fn county(key: &str) -> Vec<GazetteerPlace> {
    // "Canadian" is a county, and more often a word.
    if key.ends_with("ian") {
        return Vec::new();
    }
    either_way(&format!("{key} county"))
}

/// Returns true for a place whose parts are called by its name: "northern Ohio".
fn has_parts(place: &GazetteerPlace) -> bool {
    match place.kind {
        PlaceKind::Country | PlaceKind::Capital | PlaceKind::Area => true,
        PlaceKind::Region => !place.minor || place.name.ends_with("County"),
        PlaceKind::City => place.population >= LEAST_PARTED_CITY,
    }
}

/// Returns the places of a folded name, "St. Amber" or "Saint Amber".
fn either_way(key: &str) -> Vec<GazetteerPlace> {
    let mut places: Vec<GazetteerPlace> = lookup_all(key).take(MOST_MEANINGS).collect();
    for (written, other) in TWO_WAYS {
        if let Some(rest) = key.strip_prefix(written) {
            for place in lookup_all(&format!("{other}{rest}")).take(MOST_MEANINGS) {
                if !places.iter().any(|known| known.geonames == place.geonames) {
                    places.push(place);
                }
            }
        }
    }
    places
}

/// Returns the regions and countries that a text written behind a name says it lies in: the state in ", Ill.", the county
/// and the state in ", Amber County, Texas", the country in " (France)"; the nearest first.
pub(super) fn holders(behind: &str) -> Vec<GazetteerPlace> {
    let mut found = Vec::new();
    let mut rest = behind;
    for _ in 0..2 {
        let Some(after) = rest
            .trim_start_matches(['\'', '’'])
            .strip_prefix(',')
            .or_else(|| rest.strip_prefix(" ("))
            .map(|after| after.trim_start_matches([' ', '\u{a0}']))
        else {
            break;
        };
        let Some((holder, end)) = holder(after) else { break };
        found.push(holder);
        rest = after.get(end..).unwrap_or_default();
    }
    found
}

/// Returns the region or country whose name a text begins with, and where the name ends.
fn holder(text: &str) -> Option<(GazetteerPlace, usize)> {
    let mut ends: Vec<usize> = Vec::with_capacity(LONGEST_HOLDER);
    let mut from = 0;
    for word in text.split([' ', '\n']).take(LONGEST_HOLDER) {
        let end = from
            + word
                .trim_end_matches([',', ';', ':', ')', '?', '!', '—', '–', '-'])
                .len();
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        ends.push(end);
        if end < from + word.len() {
            break;
        }
        from += word.len() + 1;
    }
    ends.into_iter().rev().find_map(|end| {
        let written = text.get(..end)?;
        if let Some(region) = abbreviated(written) {
            return Some((region, end));
        }
        let end = written.trim_end_matches('.').len();
        let key = fold_name(written);
        let region = lookup_all(&key).find(|place| match place.kind {
            PlaceKind::Country | PlaceKind::Region => true,
            PlaceKind::Area => !place.country.is_empty(),
            PlaceKind::Capital | PlaceKind::City => false,
        })?;
        Some((region, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held_in(behind: &str) -> Vec<String> {
        holders(behind)
            .iter()
            .map(|place| format!("{} {}", place.name, place.country))
            .collect()
    }

    #[test]
    fn what_stands_behind_the_comma_holds_the_place() {
        assert_eq!(held_in(", Ill., on Monday"), ["Illinois US"]);
        assert_eq!(held_in(", TX 75460"), ["Texas US"]);
        assert_eq!(held_in(", Lamar County, Texas."), ["Lamar County US", "Texas US"]);
        assert_eq!(held_in(", North Carolina, and"), ["North Carolina US"]);
        assert_eq!(held_in(" (France)"), ["France FR"]);
    }

    #[test]
    fn what_is_no_region_holds_nothing() {
        assert_eq!(held_in(", in the north"), Vec::<String>::new());
        assert_eq!(held_in(", Ada Brown said"), Vec::<String>::new());
        assert_eq!(held_in(" and Texas"), Vec::<String>::new());
    }

    #[test]
    fn names_are_found_without_the_word_that_says_what_they_are() {
        let first = |key: &str| meanings(key, false).first().map(|place| place.name);
        assert_eq!(first("Hunan Province"), Some("Hunan"));
        assert_eq!(first("southeastern Ohio"), Some("Ohio"));
        assert_eq!(first("Mt. Kilimanjaro"), Some("Mount Kilimanjaro"));
        assert_eq!(first("Kanawha Co."), Some("Kanawha County"));
        assert_eq!(first("Kanawha"), None);
        assert_eq!(
            meanings("Kanawha", true).first().map(|place| place.name),
            Some("Kanawha County")
        );
        assert_eq!(first("Port Amber"), None);
        assert_eq!(first("East Bank"), None);
        assert_eq!(meanings("Canadian", true).first(), None);
    }

    #[test]
    fn short_forms_of_states_are_names_too() {
        let first = |key: &str| meanings(key, false).first().map(|place| place.name);
        assert_eq!(first("Ky."), Some("Kentucky"));
        assert_eq!(first("Pa."), Some("Pennsylvania"));
        assert_eq!(first("NSW"), Some("New South Wales"));
    }
}
