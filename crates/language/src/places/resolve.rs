//! Which of the places of a name is meant: each is scored by how many people live there, by what it is, and by what the
//! report says beside the name and elsewhere.
//!
//! A point of score is a doubling of the odds, as a doubling of the population is.

use crate::places::distance::kilometres;
use crate::places::evidence::{Evidence, Support};
use crate::places::gazetteer::{GazetteerPlace, PlaceKind};

/// How often the meanings are chosen anew with what the others mean.
const ROUNDS: usize = 3;

/// What stands behind the comma says it nearly for certain.
const HELD: f64 = 14.0;

/// A score by which the best meaning must lead to be trusted wholly.
const CLEAR_LEAD: f64 = 5.0;

/// How much an unclear meaning counts for others.
const UNCLEAR_TRUST: f64 = 0.3;

/// What a report's places say at most, by country, region and nearness.
const MOST_BY_COUNTRY: f64 = 7.0;
const MOST_BY_REGION: f64 = 9.0;
const MOST_BY_NEARNESS: f64 = 7.0;

/// A name of a report.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    /// What it can mean.
    pub(super) places: Vec<GazetteerPlace>,
    /// What it is said to lie in.
    pub(super) holders: Vec<GazetteerPlace>,
    /// How often it is written.
    pub(super) mentions: usize,
}

/// Returns for each name the place that it means.
pub(super) fn resolve(names: &[Name]) -> Vec<Option<GazetteerPlace>> {
    let mut chosen: Vec<Option<(GazetteerPlace, f64)>> = vec![None; names.len()];
    let mut evidence = Evidence::default();
    for name in names {
        for holder in &name.holders {
            evidence.add(holder, 1.0);
        }
    }
    let held = evidence;
    let mut evidence = Evidence::default();
    for round in 0..ROUNDS {
        chosen = names
            .iter()
            .zip(&chosen)
            .map(|(name, before)| best(name, &held, &evidence, before.as_ref(), round == 0))
            .collect();
        evidence = Evidence::default();
        for (place, trust) in chosen.iter().flatten() {
            evidence.add(place, *trust);
        }
    }
    chosen
        .into_iter()
        .map(|choice| choice.map(|(place, _)| place))
        .collect()
}

/// Returns the likeliest place of a name, and how much to trust in it.
fn best(
    name: &Name,
    held: &Evidence,
    evidence: &Evidence,
    before: Option<&(GazetteerPlace, f64)>,
    first_round: bool,
) -> Option<(GazetteerPlace, f64)> {
    let own = before.map(|(place, trust)| (place, *trust));
    let mut best: Option<(GazetteerPlace, f64)> = None;
    let mut second = f64::MIN;
    for place in &name.places {
        let score = known(place)
            + if name.holders.iter().any(|holder| holds(holder, place)) {
                HELD
            } else {
                0.0
            }
            + supported(place, held.support(place, None), evidence.support(place, own));
        match &best {
            Some((_, most)) if score <= *most => second = second.max(score),
            _ => {
                second = best.map_or(second, |(_, most)| most);
                best = Some((*place, score));
            }
        }
    }
    let (place, score) = best?;
    let clear = score - second >= CLEAR_LEAD;
    let trust = match (clear, first_round) {
        (true, _) => 1.0,
        (false, true) => 0.0,
        (false, false) => UNCLEAR_TRUST,
    };
    Some((place, trust))
}

/// Returns how likely a place is before anything is known of the report.
fn known(place: &GazetteerPlace) -> f64 {
    let kind = match place.kind {
        PlaceKind::Country => 8.0,
        PlaceKind::Capital => 3.5,
        PlaceKind::Area => 4.0,
        PlaceKind::Region if place.minor => -2.0,
        PlaceKind::Region => 1.0,
        PlaceKind::City if place.minor => -1.0,
        PlaceKind::City => 0.0,
    };
    kind + doublings(place.population + 500)
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
    let part = |count: f64| count / (count + 1.0) * (0.5 + 0.5 * count / all);
    let region = if place.kind == PlaceKind::Country {
        0.0
    } else {
        part(held.region + chosen.region)
    };
    MOST_BY_COUNTRY * part(held.country + chosen.country)
        + MOST_BY_REGION * region
        + MOST_BY_NEARNESS * chosen.nearness / (chosen.nearness + 1.0)
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
