//! Places: names found, and how near to the gold's coordinates they are put.

use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::answer::{ReadingAnswer, read_all};
use super::input::{LabelledReport, give_ids, report_row};
use super::tally::{Tally, one_to_one, tallies};
use super::text::{CharacterSpan, CharacterText};
use super::treebank::stem;
use crate::data::read_rows;
use crate::table::Row;

/// What is measured: the third of the toponyms with coordinates that were found.
pub(super) const MEASURES: [&str; 3] = ["exact F1", "overlap F1", "within 161 km"];

/// A hundred miles: nearer is right.
const NEAR: f64 = 161.0;
/// Half the way around the Earth: the error of a place without coordinates.
const FAR: f64 = 20_039.0;
/// The Earth's diameter in km.
const DIAMETER: f64 = 12_742.0;
/// How far from its stated place a phrase is looked for, in characters.
const MISPLACED: usize = 40;

/// A labelled toponym, as it is written.
#[derive(Clone, Debug, Deserialize)]
struct GoldRow {
    #[serde(flatten)]
    span: CharacterSpan,
    phrase: String,
    #[serde(default)]
    lat: Value,
    #[serde(default)]
    lon: Value,
}

/// Latitude and longitude in degrees.
type Coordinates = (f64, f64);

/// A toponym: the gold's, or one that was said.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Toponym {
    span: CharacterSpan,
    coordinates: Option<Coordinates>,
}

/// Returns the rows of a set of toponyms.
pub(super) fn rows(name: &str, path: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let mut reports = Vec::new();
    let mut rows = read_rows(path)?;
    give_ids(&stem(path), &mut rows);
    for row in &rows {
        let toponyms = row.get("toponyms").cloned().unwrap_or(Value::Null);
        let toponyms: Vec<GoldRow> =
            serde_json::from_value(toponyms).with_context(|| format!("the toponyms of {name}"))?;
        let input = LabelledReport::new(report_row(row), ());
        let gold: Vec<Toponym> = toponyms
            .iter()
            .map(|row| Toponym {
                span: where_it_stands(&input.text, row.span, &row.phrase),
                coordinates: degrees(&row.lat).zip(degrees(&row.lon)),
            })
            .collect();
        reports.push(LabelledReport {
            input: input.input,
            text: input.text,
            gold,
        });
    }
    let readings = read_all(name, &reports, answers)?;
    let [exact, overlap] = tallies(&reports, &readings, score);
    let errors: Vec<Vec<PlacementError>> = reports
        .par_iter()
        .zip(&readings)
        .map(|(report, reading)| errors(report, reading))
        .collect();
    let all: Vec<PlacementError> = errors.into_iter().flatten().collect();
    let found: Vec<f64> = all
        .iter()
        .filter(|error| error.found)
        .map(|error| error.kilometres)
        .collect();
    let all: Vec<f64> = all.iter().map(|error| error.kilometres).collect();
    let detail = format!(
        "of those found: {}; missing as wrong: {}",
        spread(&found),
        spread(&all)
    );
    let [of_exact, of_overlap, of_near] = MEASURES;
    Ok(vec![
        exact.row(name, of_exact, ""),
        overlap.row(name, of_overlap, ""),
        Row::new(name, of_near, near(&found), detail),
    ])
}

/// Returns the share of errors within a hundred miles.
fn near(errors: &[f64]) -> f64 {
    let near = errors.iter().filter(|&&error| error <= NEAR).count();
    near as f64 / errors.len().max(1) as f64
}

/// Returns in words how large errors are.
fn spread(errors: &[f64]) -> String {
    let mut sorted = errors.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mean = errors.iter().sum::<f64>() / errors.len().max(1) as f64;
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    format!(
        "{:.3} of {}, mean {mean:.0} km, median {median:.0} km",
        near(errors),
        errors.len()
    )
}

/// Returns a number of degrees, written as a number or as a text.
fn degrees(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Returns where a phrase stands: at its stated place, or where it is nearest to it.
fn where_it_stands(text: &CharacterText, stated: CharacterSpan, phrase: &str) -> CharacterSpan {
    let phrase: Vec<char> = phrase.chars().collect();
    if phrase.is_empty() || text.part(stated) == phrase {
        return stated;
    }
    let mut nearest: Option<usize> = None;
    let mut start = 0;
    while let Some(found) = text.all().get(start..start + phrase.len()) {
        if found != phrase {
            start += 1;
            continue;
        }
        let distance = start.abs_diff(stated.start);
        if distance <= MISPLACED && nearest.is_none_or(|nearest| distance < nearest.abs_diff(stated.start)) {
            nearest = Some(start);
        }
        start += phrase.len();
    }
    nearest.map_or(stated, |start| CharacterSpan::new(start, start + phrase.len()))
}

/// Returns the toponyms that are said, and pairs of positions in the gold and in them.
fn pairs(
    report: &LabelledReport<Vec<Toponym>>,
    reading: &ReadingAnswer,
) -> (Vec<Toponym>, Vec<(usize, usize)>) {
    let said: Vec<Toponym> = reading
        .places
        .iter()
        .map(|place| Toponym {
            span: report.text.trim(place.span),
            coordinates: place.latitude.zip(place.longitude),
        })
        .collect();
    // An exact one is taken before any that overlaps.
    let pairs = one_to_one(&report.gold, &said, |gold, said| {
        let exact = if gold.span == said.span { 1000.0 } else { 0.0 };
        exact + gold.span.overlap(said.span) as f64
    });
    (said, pairs)
}

/// Counts of one report: exact spans, and overlapping ones.
fn score(report: &LabelledReport<Vec<Toponym>>, reading: &ReadingAnswer) -> [Tally; 2] {
    let (said, pairs) = pairs(report, reading);
    let exact = pairs
        .iter()
        .filter(|&&(in_gold, in_said)| report.gold[in_gold].span == said[in_said].span)
        .count();
    let tally = |right| Tally::new(right, said.len(), report.gold.len());
    [tally(exact), tally(pairs.len())]
}

/// How far from its coordinates a toponym of the gold was put.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PlacementError {
    kilometres: f64,
    /// Whether its name was found.
    found: bool,
}

/// Returns the errors of the toponyms with coordinates.
fn errors(report: &LabelledReport<Vec<Toponym>>, reading: &ReadingAnswer) -> Vec<PlacementError> {
    let (said, pairs) = pairs(report, reading);
    let mut said_for = vec![None; report.gold.len()];
    for (in_gold, in_said) in pairs {
        said_for[in_gold] = said.get(in_said);
    }
    report
        .gold
        .iter()
        .zip(said_for)
        .filter_map(|(gold, said)| {
            let coordinates = gold.coordinates?;
            let place = said.and_then(|said| said.coordinates);
            Some(PlacementError {
                kilometres: place.map_or(FAR, |place| distance(coordinates, place)),
                found: said.is_some(),
            })
        })
        .collect()
}

/// Returns the way between two places along the Earth's surface, in km.
fn distance(a: Coordinates, b: Coordinates) -> f64 {
    let [(a_latitude, a_longitude), (b_latitude, b_longitude)] =
        [a, b].map(|(latitude, longitude)| (latitude.to_radians(), longitude.to_radians()));
    let half_chord = |angle: f64| {
        let half = libm::sin(angle / 2.0);
        half * half
    };
    let haversine = half_chord(b_latitude - a_latitude)
        + libm::cos(a_latitude) * libm::cos(b_latitude) * half_chord(b_longitude - a_longitude);
    DIAMETER * libm::asin(haversine.sqrt().min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::answer::PlaceAnswer;
    use crate::reading::input::text_row;

    #[test]
    fn distances_are_those_of_the_globe() {
        let quarter = 12_742.0 * std::f64::consts::FRAC_PI_4;
        assert!((distance((0.0, 0.0), (90.0, 20.0)) - quarter).abs() < 1e-6);
        assert!((distance((0.0, 179.0), (0.0, -179.0)) - quarter / 45.0).abs() < 1e-6);
        assert!((distance((10.0, 20.0), (-10.0, -160.0)) - 2.0 * quarter).abs() < 1e-3);
        assert_eq!(distance((52.5, 13.4), (52.5, 13.4)), 0.0);
    }

    #[test]
    fn a_misplaced_phrase_is_looked_for_nearby() {
        let text = CharacterText::new("Oslo and Oslo");
        let found = |start: usize, end: usize, phrase: &str| {
            where_it_stands(&text, CharacterSpan::new(start, end), phrase).start
        };
        assert_eq!(found(0, 4, "Oslo"), 0);
        assert_eq!(found(6, 10, "Oslo"), 9);
        assert_eq!(found(3, 7, "Oslo"), 0);
        assert_eq!(found(3, 7, "Rome"), 3);
        let far = CharacterText::new(&format!("Oslo{}", " ".repeat(80)));
        assert_eq!(
            where_it_stands(&far, CharacterSpan::new(60, 64), "Oslo").start,
            60
        );
    }

    #[test]
    fn places_are_found_and_put_on_the_globe() {
        let toponym = |start: usize, end: usize, coordinates: Option<Coordinates>| Toponym {
            span: CharacterSpan::new(start, end),
            coordinates,
        };
        let gold = vec![
            toponym(0, 8, Some((10.0, 10.0))),
            toponym(10, 14, None),
            toponym(20, 24, Some((0.0, 0.0))),
            toponym(30, 34, Some((0.0, 0.0))),
        ];
        let report = LabelledReport::new(text_row("x", &"x".repeat(40)), gold);
        let place = |start: usize, end: usize, latitude: Option<f64>| PlaceAnswer {
            span: CharacterSpan::new(start, end),
            latitude,
            longitude: latitude,
        };
        let reading = ReadingAnswer {
            places: vec![
                // Less overlap than none but exact: the exact one stands for the gold's.
                place(0, 9, Some(50.0)),
                place(0, 8, Some(10.5)),
                place(10, 13, Some(1.0)),
                place(20, 24, None),
            ],
            ..ReadingAnswer::default()
        };
        assert_eq!(
            score(&report, &reading),
            [Tally::new(2, 4, 4), Tally::new(3, 4, 4)]
        );
        let errors = errors(&report, &reading);
        let far = |found: bool| PlacementError {
            kilometres: FAR,
            found,
        };
        assert!(errors[0].found && errors[0].kilometres < 80.0);
        assert_eq!(errors[1..], [far(true), far(false)]);
    }
}
