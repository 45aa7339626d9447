//! Times: their spans, exactly or by overlap, and their values, as in TempEval-3.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;

use super::answer::{ReadingAnswer, read_all};
use super::input::{LabelledReport, give_ids, report_row};
use super::tally::{Tally, one_to_one, tallies};
use super::text::CharacterSpan;
use super::treebank::stem;
use crate::data::read_rows;
use crate::table::Row;

/// What is measured.
pub(super) const MEASURES: [&str; 3] = ["strict F1", "relaxed F1", "value F1"];

/// A labelled time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct GoldTime {
    #[serde(flatten)]
    pub(super) span: CharacterSpan,
    /// The value of TIMEX3.
    pub(super) value: Option<String>,
}

/// The times of a report.
#[derive(Clone, Debug, Default)]
pub(super) struct GoldTimes {
    pub(super) times: Vec<GoldTime>,
    /// Parts of the text in which times were not labelled: what is said there is left out.
    pub(super) unlabelled: Vec<CharacterSpan>,
}

/// Returns the rows of a set of reports with times.
pub(super) fn rows(name: &str, path: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let mut reports = Vec::new();
    let mut rows = read_rows(path)?;
    give_ids(&stem(path), &mut rows);
    for row in &rows {
        let times = row.get("timex").cloned().unwrap_or(Value::Null);
        let gold = GoldTimes {
            times: serde_json::from_value(times).with_context(|| format!("the times of {name}"))?,
            unlabelled: Vec::new(),
        };
        reports.push(LabelledReport::new(report_row(row), gold));
    }
    rows_of(name, &reports, answers)
}

/// Returns the rows of reports with times.
pub(super) fn rows_of(
    name: &str,
    reports: &[LabelledReport<GoldTimes>],
    answers: Option<&Path>,
) -> Result<Vec<Row>> {
    let readings = read_all(name, reports, answers)?;
    let [strict, relaxed, value, both] = tallies(reports, &readings, score);
    let both = format!("; strict and value {:.3}", both.scores().f1);
    let [of_strict, of_relaxed, of_value] = MEASURES;
    Ok(vec![
        strict.row(name, of_strict, ""),
        relaxed.row(name, of_relaxed, ""),
        value.row(name, of_value, &both),
    ])
}

/// Counts of one report: exact spans, overlapping ones, those with the right value, and exact ones with it.
fn score(report: &LabelledReport<GoldTimes>, reading: &ReadingAnswer) -> [Tally; 4] {
    let gold = &report.gold.times;
    let said: Vec<GoldTime> = reading
        .times
        .iter()
        .map(|time| GoldTime {
            span: report.text.trim(time.span),
            value: time.value.clone(),
        })
        .filter(|time| {
            let unlabelled = &report.gold.unlabelled;
            !unlabelled.iter().any(|&span| time.span.overlap(span) > 0)
        })
        .collect();
    let pairs = one_to_one(gold, &said, |gold, said| gold.span.overlap(said.span) as f64);
    let tally = |right: &dyn Fn(&GoldTime, &GoldTime) -> bool| {
        let right = pairs
            .iter()
            .filter(|&&(in_gold, in_said)| right(&gold[in_gold], &said[in_said]))
            .count();
        Tally::new(right, said.len(), gold.len())
    };
    [
        tally(&|gold, said| gold.span == said.span),
        tally(&|_, _| true),
        tally(&|gold, said| gold.value == said.value),
        tally(&|gold, said| gold == said),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::answer::TimeAnswer;
    use crate::reading::input::text_row;

    fn gold(start: usize, end: usize, value: &str) -> GoldTime {
        GoldTime {
            span: CharacterSpan::new(start, end),
            value: Some(value.to_owned()),
        }
    }

    fn said(start: usize, end: usize, value: Option<&str>) -> TimeAnswer {
        TimeAnswer {
            span: CharacterSpan::new(start, end),
            value: value.map(str::to_owned),
        }
    }

    #[test]
    fn spans_and_values_are_counted_apart() {
        let times = GoldTimes {
            times: vec![gold(0, 5, "2019"), gold(10, 14, "P1D"), gold(20, 25, "2020")],
            unlabelled: vec![CharacterSpan::new(30, 40)],
        };
        let report = LabelledReport::new(text_row("x", &"x".repeat(40)), times);
        let reading = ReadingAnswer {
            times: vec![
                said(0, 5, Some("2018")),
                // Two times for one: only one of them is right.
                said(9, 12, Some("P1D")),
                said(12, 14, Some("P1D")),
                said(20, 25, None),
                // Where nothing is labelled.
                said(31, 35, None),
            ],
            ..ReadingAnswer::default()
        };
        let tally = |right| Tally::new(right, 4, 3);
        assert_eq!(score(&report, &reading), [tally(2), tally(3), tally(1), tally(0)]);
    }
}
