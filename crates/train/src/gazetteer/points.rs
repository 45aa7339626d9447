//! Where regions lie.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::{City, own};

/// By code: latitude, longitude, and how many people live there.
pub(super) type Points = BTreeMap<String, (f64, f64, u64)>;

/// The box around the cities of a region, with their population.
struct Bounds {
    south: f64,
    north: f64,
    west: f64,
    east: f64,
    population: u64,
}

/// Returns a point and a population for each country ("FR") and each first-level region ("FR.11"): for a region of our
/// table the point written there, else the middle of the box of its cities and towns. The population is that of the cities.
pub(super) fn region_points(cities: &[City], towns: &[City]) -> Result<Points> {
    let areas = |city: &City| {
        vec![
            city.row.country.clone(),
            format!("{}.{}", city.row.country, city.row.admin1),
        ]
    };
    let of_cities = middles(cities.iter(), areas);
    let mut points = middles(cities.iter().chain(towns), areas);
    for (code, latitude, longitude) in written()? {
        let point = points.entry(code.to_owned()).or_default();
        (point.0, point.1) = (latitude, longitude);
    }
    for (code, point) in &mut points {
        point.2 = of_cities.get(code).map_or(0, |&(_, _, population)| population);
    }
    Ok(points)
}

/// Returns true when the point of a region stands in our table.
pub(super) fn is_written(code: &str) -> bool {
    own(WRITTEN).any(|fields| fields.first() == Some(&code))
}

/// Returns the other names that our table gives a region.
pub(super) fn other_names(code: &str) -> Vec<&'static str> {
    own(WRITTEN)
        .find(|fields| fields.first() == Some(&code))
        .map(|fields| fields.into_iter().skip(4).collect())
        .unwrap_or_default()
}

/// Our table of points: code, name, latitude, longitude, other names.
const WRITTEN: &str = include_str!("../../data/region-points.tsv");

fn written() -> Result<Vec<(&'static str, f64, f64)>> {
    own(WRITTEN)
        .map(|fields| {
            let [code, _, latitude, longitude, ..] = fields.as_slice() else {
                bail!("region-points.tsv: {fields:?}: want code, name, latitude, longitude");
            };
            Ok((*code, latitude.parse()?, longitude.parse()?))
        })
        .collect()
}

/// Returns a point and a population for each second-level region: the middle of the box of its cities.
pub(super) fn county_points<'city>(cities: impl Iterator<Item = &'city City>) -> Points {
    middles(cities.filter(|city| !city.admin2.is_empty()), |city| {
        vec![format!(
            "{}.{}.{}",
            city.row.country, city.row.admin1, city.admin2
        )]
    })
}

/// Returns the middle of the box of the cities of each area. On the regions whose points we wrote this lies nearer to the
/// point than the cities' mean or median does.
fn middles<'city>(
    cities: impl Iterator<Item = &'city City>,
    areas_of: impl Fn(&City) -> Vec<String>,
) -> Points {
    let mut boxes: BTreeMap<String, Bounds> = BTreeMap::new();
    for city in cities {
        for area in areas_of(city) {
            let bounds = boxes.entry(area).or_insert(Bounds {
                south: city.row.latitude,
                north: city.row.latitude,
                west: city.row.longitude,
                east: city.row.longitude,
                population: 0,
            });
            bounds.south = bounds.south.min(city.row.latitude);
            bounds.north = bounds.north.max(city.row.latitude);
            bounds.west = bounds.west.min(city.row.longitude);
            bounds.east = bounds.east.max(city.row.longitude);
            bounds.population += city.row.population;
        }
    }
    boxes
        .into_iter()
        .map(|(area, bounds)| {
            let latitude = f64::midpoint(bounds.south, bounds.north);
            let longitude = f64::midpoint(bounds.west, bounds.east);
            (area, (latitude, longitude, bounds.population))
        })
        .collect()
}
