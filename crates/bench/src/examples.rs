//! The score of the grouping on the project's own examples.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use rashomon_core::Report;
use rashomon_ingest::{ReadOptions, list_files, make_ids_unique, read_file};
use serde::Deserialize;

use crate::stories::{group_reports, score};
use crate::table::Row;

#[derive(Debug, Deserialize)]
struct Expected {
    stories: Vec<Vec<String>>,
}

/// Returns the reports in a folder of files.
fn reports_in(folder: &Path) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    for path in list_files(folder)? {
        read_file(&path, &ReadOptions::default(), &mut |result| {
            reports.extend(result);
        });
    }
    make_ids_unique(&mut reports);
    Ok(reports)
}

/// Returns into how many stories the reports in a folder are grouped.
pub(crate) fn stories_in(folder: &Path) -> Result<usize> {
    Ok(group_reports(&reports_in(folder)?).len())
}

/// Returns the row of the examples in `folder`.
pub(crate) fn row(folder: &Path) -> Result<Row> {
    let (name, measure) = ("examples", "BCubed F1");
    let expected = folder.join("expected.json");
    if !expected.is_file() {
        return Ok(Row::missing(
            name,
            measure,
            "not measured: examples/expected.json missing",
        ));
    }
    let text = fs::read_to_string(&expected).with_context(|| expected.display().to_string())?;
    let expected: Expected = serde_json::from_str(&text).context("examples/expected.json")?;
    let reports = reports_in(&folder.join("reports"))?;
    let mut story_of = BTreeMap::new();
    for story in group_reports(&reports) {
        for report in story.reports.iter().filter_map(|&position| reports.get(position)) {
            story_of.insert(report.id.clone(), story.id.clone());
        }
    }
    let (mut gold, mut said) = (Vec::new(), Vec::new());
    for (number, ids) in expected.stories.iter().enumerate() {
        for id in ids {
            gold.push(number.to_string());
            said.push(story_of.get(id).cloned().unwrap_or_else(|| format!("alone {id}")));
        }
    }
    let scores = score(&gold, &said);
    let detail = format!(
        "{} reports, {} stories (gold {})",
        scores.reports, scores.stories, scores.gold_stories
    );
    Ok(Row::new(name, measure, scores.bcubed.f1, detail))
}
