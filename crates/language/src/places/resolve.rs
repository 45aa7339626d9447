//! Which of the places of a name is meant: each is scored by how many people live there, by what it is, and by what the
//! report says beside the name and elsewhere.
//!
//! All names are weighed at once, in rounds: in each, every meaning counts for the others as much as it is likely so far. So
//! five towns of which each could lie in many states, but all only in one, are found in that one.

use crate::places::distance::kilometres;
use crate::places::evidence::{Evidence, Support};
use crate::places::gazetteer::{GazetteerPlace, PlaceKind};

/// How often the meanings are weighed anew with what the others mean.
const ROUNDS: usize = 4;

/// What stands behind the comma decides, whatever the rest of the report says.
const HELD: f64 = 30.0;

/// What the report's other names say at most, by the country, the region and the nearness of what they mean.
const MOST_BY_COUNTRY: f64 = 9.0;
const MOST_BY_REGION: f64 = 12.0;
const MOST_BY_NEARNESS: f64 = 10.0;

/// How many names must agree to say half of what names can say at most.
const NAMES_FOR_HALF: f64 = 0.7;

/// How much less a country or region says when only few of the report's names lie in it.
const WEIGHT_OF_PART: f64 = 0.3;

/// What a doubling of the population is worth. Less than one: the small places of a name are written about together, in
/// the outlets of their regions.
const DOUBLING: f64 = 0.8;

/// What a country loses to a region of its name when the report's names lie in the region's country.
const RIVAL: f64 = 6.0;

/// By how many points of score the odds double.
const POINTS_FOR_DOUBLE_ODDS: f64 = 2.0;

/// A name of a report.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    /// What it can mean.
    pub(super) places: Vec<GazetteerPlace>,
    /// What it is said to lie in.
    pub(super) holders: Vec<GazetteerPlace>,
}

/// Returns for each name the place that it means.
pub(super) fn resolve(names: &[Name]) -> Vec<Option<GazetteerPlace>> {
    let mut held = Evidence::default();
    for (index, name) in names.iter().enumerate() {
        for holder in &name.holders {
            held.add(holder, index, 1.0);
        }
    }
    let mut meanings: Vec<Vec<(GazetteerPlace, f64)>> = vec![Vec::new(); names.len()];
    for _ in 0..ROUNDS {
        let mut evidence = Evidence::default();
        for (index, places) in meanings.iter().enumerate() {
            for (place, share) in places {
                evidence.add(place, index, *share);
            }
        }
        meanings = names
            .iter()
            .zip(&meanings)
            .enumerate()
            .map(|(index, (name, before))| weigh(index, name, &held, &evidence, before))
            .collect();
    }
    meanings
        .iter()
        .map(|places| {
            places
                .iter()
                .rev()
                .max_by(|(_, one), (_, other)| one.total_cmp(other))
                .map(|(place, _)| *place)
        })
        .collect()
}

/// Returns the places that a name can mean, each with its share of the likelihood.
fn weigh(
    index: usize,
    name: &Name,
    held: &Evidence,
    evidence: &Evidence,
    before: &[(GazetteerPlace, f64)],
) -> Vec<(GazetteerPlace, f64)> {
    let supports: Vec<(Support, Support)> = name
        .places
        .iter()
        .map(|place| {
            (
                held.support(place, index, &[]),
                evidence.support(place, index, before),
            )
        })
        .collect();
    let of_country = |support: &(Support, Support)| support.0.country + support.1.country;
    let mut scores: Vec<f64> = Vec::with_capacity(name.places.len());
    for (place, support) in name.places.iter().zip(&supports) {
        // "Georgia" among places of the United States is the state.
        let rival = place.kind == PlaceKind::Country
            && name.places.iter().zip(&supports).any(|(other, of_other)| {
                other.kind == PlaceKind::Region
                    && !other.minor
                    && other.country != place.country
                    && other.population > 1_000_000
                    && of_country(of_other) > of_country(support)
            });
        let is_held = name.holders.iter().any(|holder| holds(holder, place));
        scores.push(
            known(place) + supported(place, support.0, support.1) + if is_held { HELD } else { 0.0 }
                - if rival { RIVAL } else { 0.0 },
        );
    }
    let best = scores.iter().copied().fold(f64::MIN, f64::max);
    let odds: Vec<f64> = scores
        .iter()
        .map(|score| half((best - score) / POINTS_FOR_DOUBLE_ODDS))
        .collect();
    let all: f64 = odds.iter().sum();
    name.places
        .iter()
        .zip(odds)
        .map(|(place, odds)| (*place, odds / all))
        .collect()
}

/// Returns about the half of one, halved as often as `times` says.
fn half(times: f64) -> f64 {
    let mut part = 1.0;
    let mut rest = times.min(40.0);
    while rest >= 1.0 {
        part /= 2.0;
        rest -= 1.0;
    }
    part * (1.0 - rest / 2.0)
}

/// Returns how likely a place is before anything is known of the report.
fn known(place: &GazetteerPlace) -> f64 {
    let kind = match place.kind {
        PlaceKind::Country => 8.0,
        PlaceKind::Capital => 7.0,
        PlaceKind::Area => 4.0,
        PlaceKind::Region if place.minor => -2.0,
        PlaceKind::Region => 1.0,
        PlaceKind::City if place.minor => -1.0,
        PlaceKind::City => 0.0,
    };
    kind + DOUBLING * doublings(place.population + 500)
}

/// Returns how often one must be doubled to make a number, with the part of the last doubling.
fn doublings(number: u64) -> f64 {
    let whole = number.max(1).ilog2();
    let power = as_float(1 << whole);
    f64::from(whole) + as_float(number) / power - 1.0
}

/// Returns a count of people as a number with a point; all are far below where it could lose a digit.
fn as_float(number: u64) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

/// Returns how much the report's other places say for a place.
fn supported(place: &GazetteerPlace, held: Support, chosen: Support) -> f64 {
    let all = held.all + chosen.all;
    if all <= 0.0 {
        return 0.0;
    }
    // Two of three say more than two of twenty, and two of two more than one of one.
    let part =
        |count: f64| count / (count + NAMES_FOR_HALF) * (1.0 - WEIGHT_OF_PART + WEIGHT_OF_PART * count / all);
    let region = if place.kind == PlaceKind::Country {
        0.0
    } else {
        part(held.region + chosen.region)
    };
    MOST_BY_COUNTRY * part(held.country + chosen.country)
        + MOST_BY_REGION * region
        + MOST_BY_NEARNESS * chosen.nearness / (chosen.nearness + NAMES_FOR_HALF)
}

/// Returns true when a place lies in a region or country.
fn holds(holder: &GazetteerPlace, place: &GazetteerPlace) -> bool {
    let same_region = holder.country == place.country && holder.admin1 == place.admin1;
    match holder.kind {
        PlaceKind::Country => holder.country == place.country && place.kind != PlaceKind::Country,
        PlaceKind::Region if holder.minor => {
            same_region && place.kind != PlaceKind::Region && kilometres(holder, place) < 120.0
        }
        PlaceKind::Region => same_region && (place.kind != PlaceKind::Region || place.minor),
        PlaceKind::Area => {
            holder.country == place.country
                && !matches!(place.kind, PlaceKind::Area | PlaceKind::Country)
                && kilometres(holder, place) < 600.0
        }
        PlaceKind::Capital | PlaceKind::City => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::meanings::{holders, meanings};

    /// Returns what names mean together; a name may have a holder behind it.
    fn resolved(names: &[&str]) -> Vec<String> {
        let names: Vec<Name> = names
            .iter()
            .map(|written| {
                let end = written.find(',').unwrap_or(written.len());
                Name {
                    places: meanings(&written[..end], false),
                    holders: holders(&written[end..]),
                }
            })
            .collect();
        resolve(&names)
            .into_iter()
            .map(|place| {
                place.map_or("-".to_owned(), |place| {
                    format!("{} {}", place.admin1, place.country)
                })
            })
            .collect()
    }

    #[test]
    fn a_name_alone_means_its_best_known_place() {
        for (name, place) in [
            ("Paris", "11 FR"),
            ("Georgia", " GE"),
            ("Washington", "DC US"),
            ("Dublin", "L IE"),
            ("Lebanon", " LB"),
        ] {
            assert_eq!(resolved(&[name]), [place], "{name}");
        }
    }

    #[test]
    fn what_holds_a_place_decides() {
        assert_eq!(resolved(&["Paris, Texas"]), ["TX US"]);
        assert_eq!(resolved(&["Springfield, Ill."]), ["IL US"]);
        assert_eq!(resolved(&["Lebanon, PA"]), ["PA US"]);
        assert_eq!(resolved(&["London, Ont."]), ["08 CA"]);
    }

    #[test]
    fn names_of_many_states_lie_in_the_one_they_share() {
        assert_eq!(
            resolved(&["Newark", "Zanesville", "Licking County", "Lancaster"]),
            ["OH US", "OH US", "OH US", "OH US"]
        );
        assert_eq!(
            resolved(&["Palestine", "Anderson County", "Athens", "Tyler", "Texas"]),
            ["TX US", "TX US", "TX US", "TX US", "TX US"]
        );
    }

    #[test]
    fn a_name_of_a_state_is_the_state_among_its_neighbours() {
        assert_eq!(resolved(&["Georgia", "Florida", "Alabama"])[0], "GA US");
        assert_eq!(resolved(&["Georgia", "Tbilisi", "Russia"])[0], " GE");
        assert_eq!(
            resolved(&["Washington", "Seattle", "Spokane", "Tacoma"])[0],
            "WA US"
        );
        assert_eq!(resolved(&["Washington", "Texas", "Russia"])[0], "DC US");
    }

    #[test]
    fn great_cities_stay_where_they_are_among_strangers() {
        assert_eq!(
            resolved(&["Paris", "London", "United States", "Texas"])[..2],
            ["11 FR", "ENG GB"]
        );
    }

    #[test]
    fn halves_fall_evenly() {
        for (times, part) in [(0.0, 1.0), (1.0, 0.5), (1.5, 0.375), (3.0, 0.125)] {
            assert!((half(times) - part).abs() < 1e-9, "{times}");
        }
    }
}
