//! Types of events: sentences that tell of one event each, with its type by PLOVER.
//!
//! The type said of a sentence is that of the event with the highest score, the first of several; later sentences of a
//! text count a little less, as a report tells the most important first. The set's names are those of an older PLOVER.
//! Measured is the mean of the F1 of all types in the gold, and the share of sentences with the right type.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::answer::{ReadingAnswer, read_all};
use super::input::{LabelledReport, give_ids, report_row};
use super::tally::Tally;
use super::treebank::stem;
use crate::data::{read_rows, text_of};
use crate::table::Row;

/// What is measured.
pub(super) const MEASURES: [&str; 2] = ["macro F1", "accuracy"];

/// How much less an event counts with each sentence before it.
const LATER: f64 = 0.23;

/// Returns the rows of a set of sentences with the type of their event.
pub(super) fn rows(name: &str, path: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let mut reports = Vec::new();
    let mut rows = read_rows(path)?;
    give_ids(&stem(path), &mut rows);
    for row in &rows {
        let gold = current_name(text_of(row, "event").unwrap_or_default()).to_owned();
        reports.push(LabelledReport::new(report_row(row), gold));
    }
    let readings = read_all(name, &reports, answers)?;
    let mut types: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut right = 0_usize;
    for (report, reading) in reports.iter().zip(&readings) {
        let gold = report.gold.as_str();
        let said = said_type(reading);
        types.entry(gold).or_default().gold += 1;
        if let Some(said) = said {
            types.entry(said).or_default().said += 1;
        }
        if said == Some(gold) {
            types.entry(gold).or_default().right += 1;
            right += 1;
        }
    }
    let scores: Vec<(&str, f64)> = types
        .iter()
        .filter(|(_, tally)| tally.gold > 0)
        .map(|(kind, tally)| (*kind, tally.scores().f1))
        .collect();
    let count = scores.len().max(1) as f64;
    let all: Vec<String> = scores
        .iter()
        .map(|(kind, f1)| format!("{kind} {f1:.2}"))
        .collect();
    let [of_macro, of_accuracy] = MEASURES;
    Ok(vec![
        Row::new(
            name,
            of_macro,
            scores.iter().map(|(_, f1)| f1).sum::<f64>() / count,
            all.join(", "),
        ),
        Row::new(
            name,
            of_accuracy,
            right as f64 / reports.len().max(1) as f64,
            format!("{right} of {} sentences", reports.len()),
        ),
    ])
}

/// Returns the type that is said of a text.
fn said_type(reading: &ReadingAnswer) -> Option<&str> {
    let mut best: Option<(f64, &str)> = None;
    for statement in &reading.statements {
        let Some(event) = &statement.event else { continue };
        let score = event.score - LATER * statement.sentence as f64;
        if best.is_none_or(|(known, _)| known < score) {
            best = Some((score, &event.kind));
        }
    }
    best.map(|(_, kind)| kind)
}

/// Returns the name that a type has in PLOVER of 2021, by its table of conversion.
fn current_name(kind: &str) -> &str {
    match kind {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        _ => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_counts_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("half.jsonl.zst");
        let rows_text = concat!(
            r#"{"id": "a", "event": "DEMAND", "text": "The mayor demanded an answer."}"#,
            "\n",
            r#"{"id": "b", "event": "REJECT", "text": "The council rejected the plan."}"#,
            "\n",
            r#"{"id": "c", "event": "AID", "text": "The bridge is closed."}"#,
        );
        std::fs::write(&path, zstd::encode_all(rows_text.as_bytes(), 1).unwrap()).unwrap();
        let rows = rows("events", &path, None).unwrap();
        let values: Vec<f64> = rows.iter().filter_map(|row| row.value).collect();
        assert!((values[0] - 2.0 / 3.0).abs() < 1e-9, "{}", rows[0].detail);
        assert!((values[1] - 2.0 / 3.0).abs() < 1e-9, "{}", rows[1].detail);
    }
}
