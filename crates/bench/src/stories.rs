//! Scores of a grouping: BCubed (Bagga and Baldwin 1998), pairs, and how large the largest story is.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rashomon_core::{Report, Story};
use rashomon_story::{group, signature};
use serde_json::json;

use crate::data::{blind_id, blind_input, put_answer, reports_of, story_rows, text_of};

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Scores {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
}

impl Scores {
    /// Returns the scores of a precision and a recall.
    pub(crate) fn new(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        let f1 = if sum > 0.0 {
            2.0 * precision * recall / sum
        } else {
            0.0
        };
        Self {
            precision,
            recall,
            f1,
        }
    }

    /// Returns the scores of counts; with nothing said and nothing to say, 1.
    pub(crate) fn of_counts(right: usize, said: usize, gold: usize) -> Self {
        if said == 0 && gold == 0 {
            return Self::new(1.0, 1.0);
        }
        let share = |of: usize| if of > 0 { right as f64 / of as f64 } else { 0.0 };
        Self::new(share(said), share(gold))
    }
}

/// The scores of a grouping.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct StoryScores {
    pub(crate) bcubed: Scores,
    pub(crate) pairs: Scores,
    pub(crate) reports: usize,
    pub(crate) stories: usize,
    pub(crate) gold_stories: usize,
    /// The share of reports in the largest story.
    pub(crate) largest: f64,
    pub(crate) gold_largest: f64,
}

/// Returns how often each value stands in a list.
fn counts<T: Ord>(values: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

/// Scores a grouping: for each report its gold event and the story it was put in.
pub(crate) fn score(gold: &[String], said: &[String]) -> StoryScores {
    let (in_gold, in_said) = (counts(gold.iter()), counts(said.iter()));
    let both = counts(gold.iter().zip(said));
    let reports = gold.len().min(said.len());
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((event, story), &count) in &both {
        let squared = (count * count) as f64;
        precision += squared / in_said.get(story).map_or(1.0, |&size| size as f64);
        recall += squared / in_gold.get(event).map_or(1.0, |&size| size as f64);
    }
    let share = |sum: f64| if reports > 0 { sum / reports as f64 } else { 0.0 };
    let twos =
        |sizes: &mut dyn Iterator<Item = usize>| -> usize { sizes.map(|size| size * (size - 1) / 2).sum() };
    let largest = |sizes: &mut dyn Iterator<Item = usize>| share(sizes.max().unwrap_or(0) as f64);
    StoryScores {
        bcubed: Scores::new(share(precision), share(recall)),
        pairs: Scores::of_counts(
            twos(&mut both.values().copied()),
            twos(&mut in_said.values().copied()),
            twos(&mut in_gold.values().copied()),
        ),
        reports,
        stories: in_said.len(),
        gold_stories: in_gold.len(),
        largest: largest(&mut in_said.values().copied()),
        gold_largest: largest(&mut in_gold.values().copied()),
    }
}

/// Groups reports as `rashomon stories` does.
pub(crate) fn group_reports(reports: &[Report]) -> Vec<Story> {
    let signatures: Vec<_> = reports.iter().map(signature).collect();
    group(&signatures)
}

/// Groups the reports of a story set's split and scores the stories; all reports where `split` is `None`. Splits of a
/// set are inputs of their own, also when all are scored together.
pub(crate) fn run(path: &Path, split: Option<&str>, answers: Option<&Path>) -> Result<StoryScores> {
    let mut answer = Vec::new();
    let rows = story_rows(path)?;
    let mut splits: Vec<Option<&str>> = rows.iter().map(|row| text_of(row, "split")).collect();
    splits.sort_unstable();
    splits.dedup();
    let (mut gold, mut said) = (Vec::new(), Vec::new());
    for part in splits
        .into_iter()
        .filter(|part| split.is_none() || *part == split)
    {
        let some: Vec<_> = rows
            .iter()
            .filter(|row| text_of(row, "split") == part)
            .cloned()
            .collect();
        let reports = reports_of(&blind_input(&some), "input.jsonl");
        let mut story_of = BTreeMap::new();
        for story in group_reports(&reports) {
            for report in story.reports.iter().filter_map(|&position| reports.get(position)) {
                story_of.insert(
                    report.id.clone(),
                    format!("{} {}", part.unwrap_or_default(), story.id),
                );
            }
        }
        answer.extend(
            story_of
                .iter()
                .map(|(report, story)| json!({"report": report, "story": story})),
        );
        for row in &some {
            let id = text_of(row, "id").unwrap_or_default();
            gold.push(text_of(row, "cluster").unwrap_or_default().to_owned());
            said.push(
                story_of
                    .get(&blind_id(id))
                    .cloned()
                    .unwrap_or_else(|| format!("alone {id}")),
            );
        }
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    put_answer(
        answers,
        &format!("{name}.{}.jsonl", split.unwrap_or("all")),
        &answer,
    )?;
    Ok(score(&gold, &said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn scores_are_those_counted_by_hand() {
        // Events {1,2,3} {4,5}; stories {1,2} {3,4,5}.
        let scores = score(&names("a a a b b"), &names("x x y y y"));
        // Precision: 1, 2: 1; 3: 1/3; 4, 5: 2/3. Recall: 1, 2: 2/3; 3: 1/3; 4, 5: 1.
        assert!((scores.bcubed.precision - (1.0 + 1.0 + 1.0 / 3.0 + 4.0 / 3.0) / 5.0).abs() < 1e-12);
        assert!((scores.bcubed.recall - (4.0 / 3.0 + 1.0 / 3.0 + 2.0) / 5.0).abs() < 1e-12);
        // Pairs: 2 right (1-2, 4-5) of 4 said and 4 in gold.
        assert_eq!(scores.pairs, Scores::new(0.5, 0.5));
        assert_eq!((scores.stories, scores.gold_stories), (2, 2));
        assert!((scores.largest - 0.6).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_scored_without_reports() {
        assert_eq!(score(&[], &[]).bcubed.f1, 0.0);
    }
}
