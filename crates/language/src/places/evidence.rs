//! What the places of a report say of where its other names lie.

use std::collections::BTreeMap;

use crate::places::distance::kilometres;
use crate::places::gazetteer::{GazetteerPlace, PlaceKind};

/// The most places to which distances are taken, so that the work grows with the text and no faster.
const MOST_POINTS: usize = 60;

/// A meaning less likely than this is near to nothing.
const LEAST_SHARE: f64 = 0.03;

/// A country and one of its first-level regions.
type RegionKey = (&'static str, &'static str);

/// Where the places of a report lie, each counted as often as it is likely.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    all: f64,
    countries: BTreeMap<&'static str, f64>,
    regions: BTreeMap<RegionKey, f64>,
    /// Places with the name they may be the meaning of, and how likely that is.
    points: Vec<(GazetteerPlace, usize, f64)>,
}

/// How much of the evidence is for one place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Support {
    /// Of the report's other names, how many lie in the same country.
    pub(super) country: f64,
    /// How many in the same first-level region.
    pub(super) region: f64,
    /// How many near it, those very near counting more.
    pub(super) nearness: f64,
    /// How many there are.
    pub(super) all: f64,
}

impl Evidence {
    /// Adds a place that a name, told by its position, means as likely as `share` says.
    pub(super) fn add(&mut self, place: &GazetteerPlace, name: usize, share: f64) {
        self.all += share;
        if !place.country.is_empty() {
            *self.countries.entry(place.country).or_default() += share;
        }
        if !place.admin1.is_empty() {
            *self.regions.entry((place.country, place.admin1)).or_default() += share;
        }
        if is_point(place) && share >= LEAST_SHARE && self.points.len() < MOST_POINTS {
            self.points.push((*place, name, share));
        }
    }

    /// Returns what speaks for a meaning of a name, without what the name's own meanings and their shares say.
    pub(super) fn support(
        &self,
        place: &GazetteerPlace,
        name: usize,
        meanings: &[(GazetteerPlace, f64)],
    ) -> Support {
        let mut support = Support {
            country: self.countries.get(place.country).copied().unwrap_or_default(),
            region: self
                .regions
                .get(&(place.country, place.admin1))
                .copied()
                .unwrap_or_default(),
            nearness: 0.0,
            all: self.all,
        };
        for (meaning, share) in meanings {
            support.all -= share;
            if meaning.country == place.country && !place.country.is_empty() {
                support.country -= share;
                if meaning.admin1 == place.admin1 && !place.admin1.is_empty() {
                    support.region -= share;
                }
            }
        }
        if is_point(place) {
            support.nearness = self
                .points
                .iter()
                .filter(|(_, other, _)| *other != name)
                .map(|(point, _, share)| share * closeness(kilometres(place, point)))
                .sum();
        }
        Support {
            country: support.country.max(0.0),
            region: support.region.max(0.0),
            all: support.all.max(0.0),
            ..support
        }
    }
}

/// Returns true for what is small enough to be near to something.
fn is_point(place: &GazetteerPlace) -> bool {
    matches!(place.kind, PlaceKind::City | PlaceKind::Capital)
        || (place.kind == PlaceKind::Region && place.minor)
}

fn closeness(kilometres: f64) -> f64 {
    match kilometres {
        ..40.0 => 1.0,
        ..100.0 => 0.7,
        ..250.0 => 0.3,
        _ => 0.0,
    }
}
