//! Scores of a comparison: sentence pairs aligned into facts, and differences found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rashomon_core::{CharacterOffsets, Reading, Report, StoryReadings};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::data::{put_answer, read_text, reports_of};
use crate::stories::Scores;

/// What the answer says of one fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct AnswerFact {
    /// `quantity`, `time`, `place`, `participant`, `event`, `status`, `statement` or `quote`.
    pub(crate) kind: String,
    /// `agree`, `differ` or `single`.
    pub(crate) verdict: String,
    /// `value`, `certainty`, `framing` or `attribution`.
    pub(crate) difference: Option<String>,
    pub(crate) cells: Vec<AnswerCell>,
}

/// What the answer says of one report: a span in Unicode characters of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct AnswerCell {
    pub(crate) report: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Deserialize)]
struct Gold {
    facts: Vec<GoldFact>,
}

#[derive(Debug, Deserialize)]
struct GoldFact {
    #[serde(default)]
    kind: String,
    verdict: String,
    difference: Option<String>,
    cells: Vec<GoldCell>,
}

#[derive(Debug, Deserialize)]
struct GoldCell {
    report: String,
    sentence: usize,
}

#[derive(Debug, Deserialize)]
struct GoldReport {
    id: String,
    sentences: Vec<(usize, usize)>,
}

/// A sentence: its report and its number.
pub(crate) type Place = (String, usize);

/// A fact as places.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) kind: String,
    pub(crate) verdict: String,
    pub(crate) difference: Option<String>,
    pub(crate) at: BTreeSet<Place>,
}

impl Fact {
    /// Returns true when the fact says that reports differ in a value or in certainty.
    pub(crate) fn differs_hard(&self) -> bool {
        self.verdict == "differ" && matches!(self.difference.as_deref(), Some("value" | "certainty"))
    }

    /// Returns true when the two facts share cells of at least two reports.
    pub(crate) fn touches(&self, other: &Self) -> bool {
        reports_in(self.at.intersection(&other.at)) > 1
    }
}

/// Returns how many reports places lie in.
fn reports_in<'place>(places: impl Iterator<Item = &'place Place>) -> usize {
    places.map(|(report, _)| report).collect::<BTreeSet<_>>().len()
}

/// Returns the sentence that a span overlaps most.
fn sentence_of(sentences: &[(usize, usize)], start: usize, end: usize) -> Option<usize> {
    let mut best = (0, None);
    for (index, &(first, last)) in sentences.iter().enumerate() {
        let overlap = last.min(end).saturating_sub(first.max(start));
        if overlap > best.0 {
            best = (overlap, Some(index));
        }
    }
    best.1
}

/// Returns the pairs of sentences of two reports that stand in one fact.
pub(crate) fn pairs(facts: &[Fact]) -> BTreeSet<(&Place, &Place)> {
    let mut pairs = BTreeSet::new();
    for fact in facts {
        let places: Vec<&Place> = fact.at.iter().collect();
        for (index, a) in places.iter().enumerate() {
            pairs.extend(
                places[index + 1..]
                    .iter()
                    .filter(|b| a.0 != b.0)
                    .map(|b| (*a, *b)),
            );
        }
    }
    pairs
}

/// The counts of one story.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StoryCounts {
    alignment: Scores,
    /// Differences of the gold that were found, and how many there are.
    found: usize,
    hard: usize,
    /// Differences of the answer that are right, and how many it names.
    right: usize,
    said: usize,
}

/// The scores over all stories.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CompareScores {
    /// Means over the stories.
    pub(crate) alignment: Scores,
    /// Counted over all stories together.
    pub(crate) differences: Scores,
    pub(crate) stories: usize,
}

/// Returns the facts of the gold and those of the answer that speak of at least two reports, for one story of the bench, a
/// folder.
pub(crate) fn facts_of_story(folder: &Path, answer: &[AnswerFact]) -> Result<(Vec<Fact>, Vec<Fact>)> {
    let mut sentences = BTreeMap::new();
    for line in read_text(&folder.join("reports.jsonl"))?
        .split('\n')
        .filter(|line| !line.is_empty())
    {
        let report: GoldReport = serde_json::from_str(line).with_context(|| folder.display().to_string())?;
        sentences.insert(report.id, report.sentences);
    }
    let gold: Gold = serde_json::from_str(&read_text(&folder.join("gold.json"))?)
        .with_context(|| folder.display().to_string())?;
    let gold: Vec<Fact> = gold
        .facts
        .into_iter()
        .map(|fact| Fact {
            kind: fact.kind,
            verdict: fact.verdict,
            difference: fact.difference,
            at: fact
                .cells
                .into_iter()
                .map(|cell| (cell.report, cell.sentence))
                .collect(),
        })
        .collect();
    let answer: Vec<Fact> = answer
        .iter()
        .map(|fact| Fact {
            kind: fact.kind.clone(),
            verdict: fact.verdict.clone(),
            difference: fact.difference.clone(),
            at: fact
                .cells
                .iter()
                .filter_map(|cell| {
                    let sentences = sentences.get(&cell.report)?;
                    Some((cell.report.clone(), sentence_of(sentences, cell.start, cell.end)?))
                })
                .collect(),
        })
        .filter(|fact| reports_in(fact.at.iter()) > 1)
        .collect();
    Ok((gold, answer))
}

/// Scores the answer to one story of the bench, a folder.
fn score_story(folder: &Path, answer: &[AnswerFact]) -> Result<StoryCounts> {
    let (gold, answer) = facts_of_story(folder, answer)?;
    let (in_gold, in_answer) = (pairs(&gold), pairs(&answer));
    let both = in_gold.intersection(&in_answer).count() as f64;
    let precision = if in_answer.is_empty() {
        0.0
    } else {
        both / in_answer.len() as f64
    };
    let recall = if in_gold.is_empty() {
        1.0
    } else {
        both / in_gold.len() as f64
    };
    let hard: Vec<&Fact> = gold.iter().filter(|fact| fact.differs_hard()).collect();
    let soft: Vec<&Fact> = gold.iter().filter(|fact| fact.verdict == "differ").collect();
    let said: Vec<&Fact> = answer.iter().filter(|fact| fact.differs_hard()).collect();
    let touched = |some: &[&Fact], others: &[&Fact]| {
        some.iter()
            .filter(|fact| others.iter().any(|other| fact.touches(other)))
            .count()
    };
    Ok(StoryCounts {
        alignment: Scores::new(precision, recall),
        found: touched(&hard, &said),
        hard: hard.len(),
        right: touched(&said, &soft),
        said: said.len(),
    })
}

/// Returns the scores over stories.
fn over_stories(stories: &[StoryCounts]) -> CompareScores {
    let mean = |value: &dyn Fn(&StoryCounts) -> f64| {
        stories.iter().map(value).sum::<f64>() / stories.len().max(1) as f64
    };
    let sum = |value: &dyn Fn(&StoryCounts) -> usize| stories.iter().map(value).sum::<usize>();
    let (found, hard) = (sum(&|story| story.found), sum(&|story| story.hard));
    let (right, said) = (sum(&|story| story.right), sum(&|story| story.said));
    let recall = if hard > 0 { found as f64 / hard as f64 } else { 1.0 };
    let precision = if said > 0 { right as f64 / said as f64 } else { 0.0 };
    CompareScores {
        alignment: Scores {
            precision: mean(&|story| story.alignment.precision),
            recall: mean(&|story| story.alignment.recall),
            f1: mean(&|story| story.alignment.f1),
        },
        differences: Scores::new(precision, recall),
        stories: stories.len(),
    }
}

/// Returns the folders of annotated stories in a folder, by name.
pub(crate) fn story_folders(bench: &Path) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(bench).with_context(|| bench.display().to_string())? {
        let folder = entry?.path();
        if folder.join("gold.json").is_file() {
            folders.push(folder);
        }
    }
    folders.sort();
    Ok(folders)
}

/// Scores answers to the stories of a bench folder; `answer` makes the facts of a story from its folder.
pub(crate) fn score_folder(
    bench: &Path,
    answer: &dyn Fn(&Path) -> Result<Vec<AnswerFact>>,
    answers: Option<&Path>,
) -> Result<CompareScores> {
    let folders = story_folders(bench)?;
    let mut stories = Vec::new();
    for folder in &folders {
        let facts = answer(folder)?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let story = json!({"stories": [{"facts": &facts}]});
        put_answer(answers, &format!("{name}.json"), &[story])?;
        stories.push(score_story(folder, &facts)?);
    }
    Ok(over_stories(&stories))
}

/// Returns the facts of the ledger that the program makes of the reports of a bench story, as
/// `rashomon brief --same-story` does, dates inferred where a report has none.
pub(crate) fn ledger_facts(folder: &Path) -> Result<Vec<AnswerFact>> {
    let reports = reports_of(&read_text(&folder.join("reports.jsonl"))?, "reports.jsonl");
    let references: Vec<&Report> = reports.iter().collect();
    let mut readings: Vec<Reading> = reports.iter().map(rashomon_language::read).collect();
    let inferred = rashomon_language::infer_dates(&references, &readings, None);
    for ((report, reading), inferred) in reports.iter().zip(&mut readings).zip(inferred) {
        if let (None, Some(inferred)) = (report.published.day, inferred) {
            rashomon_language::resolve_times(reading, inferred.day);
        }
    }
    let mut story = StoryReadings {
        id: "s-bench".to_owned(),
        readings,
        copies: rashomon_story::copies(&references),
        reports: references,
    };
    rashomon_compare::settle_speakers(&mut story);
    let ledger = rashomon_compare::compare(&story);
    let offsets: Vec<CharacterOffsets<'_>> = reports
        .iter()
        .map(|report| CharacterOffsets::new(&report.text))
        .collect();
    let cell = |cell: &rashomon_core::Cell| {
        let span = offsets.get(cell.report)?.span(cell.span);
        Some(AnswerCell {
            report: reports.get(cell.report)?.id.clone(),
            start: span.start,
            end: span.end,
        })
    };
    Ok(ledger
        .facts
        .iter()
        .map(|fact| AnswerFact {
            kind: fact.kind.as_str().to_owned(),
            verdict: fact.verdict.as_str().to_owned(),
            difference: fact.difference.map(|difference| difference.as_str().to_owned()),
            cells: fact.cells.iter().filter_map(cell).collect(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(verdict: &str, difference: Option<&str>, cells: &[(&str, usize, usize)]) -> AnswerFact {
        AnswerFact {
            kind: "statement".to_owned(),
            verdict: verdict.to_owned(),
            difference: difference.map(str::to_owned),
            cells: cells
                .iter()
                .map(|&(report, start, end)| AnswerCell {
                    report: report.to_owned(),
                    start,
                    end,
                })
                .collect(),
        }
    }

    fn bench_story() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let reports = concat!(
            r#"{"id": "a", "text": "x", "sentences": [[0, 10], [11, 20], [21, 30]]}"#,
            "\n",
            r#"{"id": "b", "text": "x", "sentences": [[0, 10], [11, 20]]}"#,
            "\n",
        );
        let gold = r#"{"facts": [
            {"verdict": "differ", "difference": "value", "cells": [{"report": "a", "sentence": 0}, {"report": "b", "sentence": 0}]},
            {"verdict": "differ", "difference": "framing", "cells": [{"report": "a", "sentence": 1}, {"report": "b", "sentence": 1}]},
            {"verdict": "agree", "difference": null, "cells": [{"report": "a", "sentence": 2}, {"report": "b", "sentence": 1}]}]}"#;
        fs::write(folder.path().join("reports.jsonl"), reports).unwrap();
        fs::write(folder.path().join("gold.json"), gold).unwrap();
        folder
    }

    #[test]
    fn scores_are_those_counted_by_hand() {
        let folder = bench_story();
        let answer = [
            // Right: most of the span lies in the first sentences.
            fact("differ", Some("value"), &[("a", 2, 14), ("b", 0, 10)]),
            // A difference where the gold has framing is right too.
            fact("differ", Some("certainty"), &[("a", 11, 20), ("b", 11, 20)]),
            // Wrong.
            fact("differ", Some("value"), &[("a", 21, 30), ("b", 0, 5)]),
            // Of one report alone: does not count.
            fact("single", None, &[("a", 21, 30)]),
        ];
        let counts = score_story(folder.path(), &answer).unwrap();
        assert_eq!(counts.alignment, Scores::new(2.0 / 3.0, 2.0 / 3.0));
        assert_eq!(
            (counts.found, counts.hard, counts.right, counts.said),
            (1, 1, 2, 3)
        );
        let scores = over_stories(&[counts]);
        assert_eq!(scores.differences, Scores::new(2.0 / 3.0, 1.0));
    }

    #[test]
    fn a_span_outside_all_sentences_counts_for_none() {
        assert_eq!(sentence_of(&[(0, 10), (11, 20)], 10, 11), None);
        assert_eq!(sentence_of(&[(0, 10), (11, 20)], 9, 13), Some(1));
    }
}
