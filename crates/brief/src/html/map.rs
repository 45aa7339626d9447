//! The places of a story on a map of its own: a graticule and points, without tiles and without a coastline.

use std::collections::BTreeMap;

use rashomon_core::Brief;
use serde::Serialize;

use super::story::{Anchors, CiteView};

/// The size of the map.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 360.0;
/// What is free around the outermost places, as a share of what they span.
const ROOM: f64 = 0.18;
/// The least that a map shows, in degrees.
const LEAST_DEGREES: f64 = 1.0;
/// More places than this are not drawn: the least named are left out.
const MOST_PLACES: usize = 40;
/// The lines of the graticule are one of these many degrees apart.
const STEPS: [f64; 9] = [0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0];
/// So many lines of latitude are enough.
const LINES: f64 = 6.0;
/// About how wide a letter of a label is.
const LETTER: f64 = 6.6;
const LABEL_HEIGHT: f64 = 15.0;

#[derive(Clone, Debug, Serialize)]
struct LineView {
    x1: String,
    y1: String,
    x2: String,
    y2: String,
    label: String,
}

#[derive(Clone, Debug, Serialize)]
struct PointView {
    x: String,
    y: String,
    radius: String,
    name: String,
    title: String,
    label: Option<LabelView>,
    cite: CiteView,
}

#[derive(Clone, Debug, Serialize)]
struct LabelView {
    x: String,
    y: String,
    anchor: &'static str,
}

/// A map.
#[derive(Clone, Debug, Serialize)]
pub(super) struct MapView {
    width: String,
    height: String,
    meridians: Vec<LineView>,
    parallels: Vec<LineView>,
    points: Vec<PointView>,
    words: String,
}

/// A place with how often it is named.
struct Spot {
    name: String,
    country: Option<String>,
    latitude: f64,
    longitude: f64,
    mentions: usize,
    report: usize,
    sentence: usize,
}

fn length(number: f64) -> String {
    format!("{number:.1}")
}

/// Returns the places of a story that have a position, the most named first.
fn spots(brief: &Brief<'_>) -> Vec<Spot> {
    let mut found: BTreeMap<(String, String), Spot> = BTreeMap::new();
    for (report, reading) in brief.story.readings.iter().enumerate() {
        for place in &reading.places {
            let (Some(latitude), Some(longitude)) = (place.latitude, place.longitude) else {
                continue;
            };
            let key = (place.name.clone(), format!("{latitude:.3} {longitude:.3}"));
            let spot = found.entry(key).or_insert_with(|| Spot {
                name: place.name.clone(),
                country: place.country.clone(),
                latitude,
                longitude,
                mentions: 0,
                report,
                sentence: place.sentence,
            });
            spot.mentions += 1;
        }
    }
    let mut spots: Vec<Spot> = found.into_values().collect();
    spots.sort_by(|one, other| {
        other
            .mentions
            .cmp(&one.mentions)
            .then_with(|| one.name.cmp(&other.name))
    });
    spots.truncate(MOST_PLACES);
    spots
}

/// What the map shows, in degrees, and how degrees become points.
struct Projection {
    west: f64,
    north: f64,
    /// Points for a degree of longitude and of latitude.
    across: f64,
    down: f64,
}

impl Projection {
    /// Returns an equirectangular projection that is true at the middle of the places.
    fn of(spots: &[Spot]) -> Option<Self> {
        let bounds = |of: fn(&Spot) -> f64| {
            spots
                .iter()
                .map(of)
                .fold(None, |bounds: Option<(f64, f64)>, number| {
                    Some(bounds.map_or((number, number), |(low, high)| {
                        (low.min(number), high.max(number))
                    }))
                })
        };
        let (south, north) = bounds(|spot| spot.latitude)?;
        let (west, east) = bounds(|spot| spot.longitude)?;
        let middle = f64::midpoint(south, north);
        let narrow = libm::cos(middle.to_radians()).max(0.2);
        let tall = (north - south).max(LEAST_DEGREES) * (1.0 + 2.0 * ROOM);
        let wide = (east - west).max(LEAST_DEGREES) * (1.0 + 2.0 * ROOM);
        // One scale for both, so that shapes stay what they are.
        let down = (HEIGHT / tall).min(WIDTH / (wide * narrow));
        let across = down * narrow;
        Some(Self {
            west: f64::midpoint(west, east) - WIDTH / across / 2.0,
            north: middle + HEIGHT / down / 2.0,
            across,
            down,
        })
    }

    fn x(&self, longitude: f64) -> f64 {
        (longitude - self.west) * self.across
    }

    fn y(&self, latitude: f64) -> f64 {
        (self.north - latitude) * self.down
    }
}

/// Returns a degree with its letter: "30° N".
fn degrees(number: f64, letters: [&str; 2]) -> String {
    let shown = (number.abs() * 100.0).round() / 100.0;
    if shown == 0.0 {
        return "0°".to_owned();
    }
    let letter = letters
        .get(usize::from(number < 0.0))
        .copied()
        .unwrap_or_default();
    format!("{shown}° {letter}")
}

/// Returns the multiples of `step` between two numbers.
fn multiples(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (from / step).ceil() as i64;
    let last = (to / step).floor() as i64;
    (first..=last).map(move |number| number as f64 * step)
}

/// Returns the map of a story; `None` with fewer than two places.
pub(super) fn map(anchors: &Anchors<'_, '_>) -> Option<MapView> {
    let spots = spots(anchors.brief);
    if spots.len() < 2 {
        return None;
    }
    let projection = Projection::of(&spots)?;
    let (tall, wide) = (HEIGHT / projection.down, WIDTH / projection.across);
    let step = STEPS
        .into_iter()
        .find(|step| tall / step <= LINES && wide / step <= 2.0 * LINES)
        .unwrap_or(30.0);
    let south = (projection.north - tall).max(-90.0);
    let meridians = multiples(
        projection.west.max(-180.0),
        (projection.west + wide).min(180.0),
        step,
    );
    let parallels = multiples(south, projection.north.min(90.0), step);
    let mut taken: Vec<[f64; 4]> = spots
        .iter()
        .map(|spot| {
            let (x, y) = (projection.x(spot.longitude), projection.y(spot.latitude));
            [x - 4.0, y - 4.0, x + 4.0, y + 4.0]
        })
        .collect();
    let points: Vec<PointView> = spots
        .iter()
        .map(|spot| {
            let (x, y) = (projection.x(spot.longitude), projection.y(spot.latitude));
            let radius = (3.0 + libm::sqrt(spot.mentions as f64)).min(10.0);
            let country = spot
                .country
                .as_deref()
                .map(|country| format!(" ({country})"))
                .unwrap_or_default();
            PointView {
                x: length(x),
                y: length(y),
                radius: length(radius),
                name: spot.name.clone(),
                title: format!("{}{country}, named {} times", spot.name, spot.mentions),
                label: label(&spot.name, x, y, radius, &mut taken),
                cite: anchors.cite_sentence(spot.report, spot.sentence),
            }
        })
        .collect();
    let names: Vec<&str> = spots.iter().map(|spot| spot.name.as_str()).collect();
    Some(MapView {
        width: length(WIDTH),
        height: length(HEIGHT),
        meridians: meridians
            .map(|degree| LineView {
                x1: length(projection.x(degree)),
                y1: length(0.0),
                x2: length(projection.x(degree)),
                y2: length(HEIGHT),
                label: degrees(degree, ["E", "W"]),
            })
            .collect(),
        parallels: parallels
            .map(|degree| LineView {
                x1: length(0.0),
                y1: length(projection.y(degree)),
                x2: length(WIDTH),
                y2: length(projection.y(degree)),
                label: degrees(degree, ["N", "S"]),
            })
            .collect(),
        words: format!("Map of the places: {}", names.join(", ")),
        points,
    })
}

/// Returns where a label finds room beside its point; `None` where it finds none.
fn label(name: &str, x: f64, y: f64, radius: f64, taken: &mut Vec<[f64; 4]>) -> Option<LabelView> {
    let wide = name.chars().count() as f64 * LETTER;
    let gap = radius + 4.0;
    let choices = [
        (x + gap, y + 4.0, "start", x + gap),
        (x - gap, y + 4.0, "end", x - gap - wide),
        (x, y - gap, "middle", x - wide / 2.0),
        (x, y + gap + 9.0, "middle", x - wide / 2.0),
    ];
    for (at, line, anchor, left) in choices {
        let room = [left, line - 11.0, left + wide, line - 11.0 + LABEL_HEIGHT];
        let inside = room[0] >= 0.0 && room[2] <= WIDTH && room[1] >= 0.0 && room[3] <= HEIGHT;
        let free = taken.iter().all(|other| {
            room[0] >= other[2] || other[0] >= room[2] || room[1] >= other[3] || other[1] >= room[3]
        });
        if inside && free {
            taken.push(room);
            return Some(LabelView {
                x: length(at),
                y: length(line),
                anchor,
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_have_their_letter() {
        assert_eq!(degrees(-12.5, ["N", "S"]), "12.5° S");
        assert_eq!(degrees(0.0, ["E", "W"]), "0°");
        assert_eq!(
            multiples(-1.2, 2.1, 1.0).collect::<Vec<_>>(),
            [-1.0, 0.0, 1.0, 2.0]
        );
    }

    #[test]
    fn labels_do_not_overlap() {
        let mut taken = Vec::new();
        let first = label("Kesterby", 100.0, 100.0, 4.0, &mut taken).unwrap();
        let second = label("Kesterby", 104.0, 100.0, 4.0, &mut taken).unwrap();
        assert_ne!((first.anchor, first.y), (second.anchor, second.y));
    }
}
