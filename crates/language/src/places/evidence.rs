//! What the places of a report say of where its other names lie.

use std::collections::BTreeMap;

use crate::places::distance::kilometres;
use crate::places::gazetteer::{GazetteerPlace, PlaceKind};

/// The most places to which distances are taken, so that the work grows with the text and no faster.
const MOST_POINTS: usize = 40;

/// A country and one of its first-level regions.
type RegionKey = (&'static str, &'static str);

/// Where the places of a report lie, each counted as often as we trust in it.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    all: f64,
    countries: BTreeMap<&'static str, f64>,
    regions: BTreeMap<RegionKey, f64>,
    points: Vec<(GazetteerPlace, f64)>,
}

/// How much of the evidence is for one place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Support {
    /// Of the report's other places, how many lie in the same country.
    pub(super) country: f64,
    /// How many in the same first-level region.
    pub(super) region: f64,
    /// How many near it, those very near counting more.
    pub(super) nearness: f64,
    /// How many there are.
    pub(super) all: f64,
}

impl Evidence {
    /// Adds a place.
    pub(super) fn add(&mut self, place: &GazetteerPlace, trust: f64) {
        self.all += trust;
        if !place.country.is_empty() {
            *self.countries.entry(place.country).or_default() += trust;
        }
        if !place.admin1.is_empty() {
            *self.regions.entry((place.country, place.admin1)).or_default() += trust;
        }
        if is_point(place) && self.points.len() < MOST_POINTS {
            self.points.push((*place, trust));
        }
    }

    /// Returns what speaks for a place, without what `own`, the present meaning of its own name, says with its trust.
    pub(super) fn support(&self, place: &GazetteerPlace, own: Option<(&GazetteerPlace, f64)>) -> Support {
        let own_trust = |same: &dyn Fn(&GazetteerPlace) -> bool| {
            own.filter(|(own, _)| same(own)).map_or(0.0, |(_, trust)| trust)
        };
        let country = self.countries.get(place.country).copied().unwrap_or_default()
            - own_trust(&|own| own.country == place.country && !own.country.is_empty());
        let region = self
            .regions
            .get(&(place.country, place.admin1))
            .copied()
            .unwrap_or_default()
            - own_trust(&|own| {
                (own.country, own.admin1) == (place.country, place.admin1) && !own.admin1.is_empty()
            });
        let mut nearness = 0.0;
        if is_point(place) {
            for (point, trust) in &self.points {
                if own.is_none_or(|(own, _)| own != point) {
                    nearness += trust * closeness(kilometres(place, point));
                }
            }
        }
        Support {
            country: country.max(0.0),
            region: region.max(0.0),
            nearness,
            all: (self.all - own_trust(&|_| true)).max(0.0),
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
