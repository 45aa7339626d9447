//! The history of a fact as a small chart.

use std::fmt::Write as _;

use rashomon_core::{Fact, History};
use serde::Serialize;

use crate::view::{long_date, name_of};

/// How far two steps stand apart.
const STEP: f64 = 132.0;
/// What is free at the left and the right, for the labels.
const MARGIN: f64 = 62.0;
/// Where the largest and the smallest value stand.
const TOP: f64 = 30.0;
const BOTTOM: f64 = 84.0;
/// More steps than this are cut off at the beginning: the newest matter most.
const MOST_STEPS: usize = 8;

/// A value of a chart.
#[derive(Clone, Debug, Serialize)]
struct PointView {
    x: String,
    y: String,
    /// Where its value is written.
    label_y: String,
    value: String,
    day: String,
    clock: Option<String>,
    /// Who reported it first.
    first: String,
    newest: bool,
}

/// A chart: one dot a value, in the order of time.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChartView {
    width: String,
    path: String,
    points: Vec<PointView>,
    words: String,
}

/// Returns a length as SVG writes it.
fn length(number: f64) -> String {
    format!("{number:.1}")
}

/// Returns the chart of a history. The steps stand at even distances, each with its day: their order is told, and not the
/// time between them.
pub(super) fn chart(history: &History, fact: &Fact, names: &[String]) -> ChartView {
    let skipped = history.steps.len().saturating_sub(MOST_STEPS);
    let steps = history.steps.get(skipped..).unwrap_or_default();
    let numbers = || steps.iter().map(|step| step.number);
    let (least, most) = (
        numbers().fold(f64::INFINITY, f64::min),
        numbers().fold(f64::NEG_INFINITY, f64::max),
    );
    let range = if most > least { most - least } else { 1.0 };
    let points: Vec<PointView> = steps
        .iter()
        .enumerate()
        .map(|(place, step)| {
            let y = BOTTOM - (step.number - least) / range * (BOTTOM - TOP);
            let first = step
                .cells
                .first()
                .and_then(|&cell| fact.cells.get(cell))
                .map_or("", |cell| name_of(names, cell.report));
            PointView {
                x: length(MARGIN + place as f64 * STEP),
                y: length(y),
                label_y: length(y - 12.0),
                value: step.value.clone(),
                day: long_date(step.day),
                clock: step
                    .instant
                    .map(|instant| instant.strftime("%H:%M UTC").to_string()),
                first: first.to_owned(),
                newest: place + 1 == steps.len(),
            }
        })
        .collect();
    // A value stands until the next one comes.
    let mut path = String::new();
    for (place, point) in points.iter().enumerate() {
        // Writing to a text cannot fail.
        let _ = if place == 0 {
            write!(path, "M{} {}", point.x, point.y)
        } else {
            write!(path, " H{} V{}", point.x, point.y)
        };
    }
    let words: Vec<String> = points
        .iter()
        .map(|point| format!("{} on {}, first {}", point.value, point.day, point.first))
        .collect();
    ChartView {
        width: length(2.0 * MARGIN + STEP * points.len().saturating_sub(1) as f64),
        path,
        points,
        words: words.join("; "),
    }
}
