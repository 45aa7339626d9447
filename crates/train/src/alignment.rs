//! The model of alignment: which sentences of different reports speak of one point.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use rashomon_compare::alignment::{
    CandidatePair, FEATURE_NAMES, Features, candidate_pairs, compare_with_model,
};
use rashomon_core::{CharacterOffsets, Ledger, Report, Span, StoryReadings};
use rashomon_trees::BoostedTrees;
use serde::Deserialize;

use crate::boosting::{Growth, boost};

/// How the trees are grown; chosen by cross-validation over the stories of the training set.
const GROWTH: Growth = Growth {
    trees: 100,
    depth: 4,
    leaves: usize::MAX,
    rate: 0.12,
    ridge: 5.0,
    least_rows: 40,
    one_feature_in: 1,
    draw: 0,
};
/// The stories are parted into so many folds.
const FOLDS: usize = 5;

/// A row of `reports.jsonl` of an annotated story.
#[derive(Deserialize)]
struct Row {
    id: String,
    outlet: Option<String>,
    title: Option<String>,
    published: Option<String>,
    text: String,
    sentences: Vec<(usize, usize)>,
}

/// `gold.json` of an annotated story.
#[derive(Deserialize)]
struct Gold {
    facts: Vec<GoldFact>,
}

/// A fact of `gold.json`.
#[derive(Deserialize)]
struct GoldFact {
    cells: Vec<GoldCell>,
}

/// A cell of `gold.json`.
#[derive(Deserialize)]
struct GoldCell {
    report: String,
    sentence: usize,
}

/// A sentence of the annotation: the report's position and the sentence's.
type Place = (usize, usize);

/// An annotated story, read.
struct Story {
    name: String,
    reports: Vec<Report>,
    readings: Vec<rashomon_core::Reading>,
    /// For each report, its annotated sentences, in bytes.
    sentences: Vec<Vec<Span>>,
    /// The pairs of sentences of different reports that stand in one fact.
    gold: BTreeSet<(Place, Place)>,
}

impl Story {
    /// Returns the story as the comparison takes it.
    fn readings(&self) -> StoryReadings<'_> {
        StoryReadings {
            id: self.name.clone(),
            reports: self.reports.iter().collect(),
            readings: self.readings.clone(),
            copies: Vec::new(),
        }
    }

    /// Returns the annotated sentence that a span overlaps most.
    fn sentence(&self, report: usize, span: Span) -> Option<Place> {
        let sentences = self.sentences.get(report)?;
        let (index, overlap) = sentences
            .iter()
            .enumerate()
            .map(|(index, sentence)| (index, sentence.overlap(span)))
            .max_by_key(|&(index, overlap)| (overlap, std::cmp::Reverse(index)))?;
        (overlap > 0).then_some((report, index))
    }

    /// Returns F1 of the pairs of sentences of different reports that stand in one fact of a ledger.
    fn score(&self, ledger: &Ledger) -> f64 {
        let mut said = BTreeSet::new();
        for fact in &ledger.facts {
            let places: BTreeSet<Place> = fact
                .cells
                .iter()
                .filter_map(|cell| self.sentence(cell.report, cell.span))
                .collect();
            for &one in &places {
                said.extend(
                    places
                        .iter()
                        .filter(|other| one.0 < other.0)
                        .map(|&other| (one, other)),
                );
            }
        }
        let right = said.intersection(&self.gold).count() as f64;
        2.0 * right / (said.len() + self.gold.len()).max(1) as f64
    }
}

/// Reads the annotated stories of a folder, in order of their names.
fn stories(folder: &Path) -> Result<Vec<Story>> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.join("gold.json").is_file())
        .collect();
    names.sort();
    names.iter().map(|path| story(path)).collect()
}

/// Reads one annotated story.
fn story(path: &Path) -> Result<Story> {
    let rows = std::fs::read_to_string(path.join("reports.jsonl"))?;
    let gold: Gold = serde_json::from_str(&std::fs::read_to_string(path.join("gold.json"))?)?;
    let (mut reports, mut sentences, mut position) = (Vec::new(), Vec::new(), BTreeMap::new());
    for line in rows.lines().filter(|line| !line.trim().is_empty()) {
        let row: Row = serde_json::from_str(line)?;
        let offsets = CharacterOffsets::new(&row.text);
        let spans: Vec<Span> = row
            .sentences
            .iter()
            .map(|&(start, end)| Span::new(offsets.byte(start), offsets.byte(end)))
            .collect();
        sentences.push(spans);
        position.insert(row.id.clone(), reports.len());
        let mut report = Report::new(row.id, row.text);
        report.outlet = row.outlet;
        report.title = row.title;
        if let Some(day) = row
            .published
            .and_then(|day| day.get(..10).and_then(|day| day.parse().ok()))
        {
            report.published = rashomon_core::Published::stated(day);
        }
        reports.push(report);
    }
    let mut pairs = BTreeSet::new();
    for fact in gold.facts {
        let places: BTreeSet<Place> = fact
            .cells
            .iter()
            .filter_map(|cell| Some((*position.get(&cell.report)?, cell.sentence)))
            .collect();
        for &one in &places {
            pairs.extend(
                places
                    .iter()
                    .filter(|other| one.0 < other.0)
                    .map(|&other| (one, other)),
            );
        }
    }
    let mut readings: Vec<_> = reports.iter().map(rashomon_language::read).collect();
    let references: Vec<&Report> = reports.iter().collect();
    let days = rashomon_language::infer_dates(&references, &readings, None);
    for (reading, inferred) in readings.iter_mut().zip(days) {
        if let Some(inferred) = inferred {
            rashomon_language::resolve_times(reading, inferred.day);
        }
    }
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(Story {
        name,
        reports,
        readings,
        sentences,
        gold: pairs,
    })
}

/// The rows of a story that a model learns from.
fn rows(story: &Story) -> (Vec<Features>, Vec<bool>) {
    let pairs: Vec<CandidatePair> = candidate_pairs(&story.readings());
    let labels = pairs
        .iter()
        .map(|pair| {
            let one = story.sentence(pair.one.report, pair.one.span);
            let other = story.sentence(pair.other.report, pair.other.span);
            matches!((one, other), (Some(one), Some(other)) if story.gold.contains(&(one, other)))
        })
        .collect();
    (pairs.into_iter().map(|pair| pair.features).collect(), labels)
}

/// Trains the model on the stories of `folder` and writes it to `output`. The threshold is the one with the best mean
/// F1 of ledgers over stories that the trees had not seen.
///
/// # Errors
///
/// Fails where the folder holds no annotated story, or a file cannot be read or written.
pub(crate) fn train(folder: &Path, output: &Path) -> Result<()> {
    let stories = stories(folder)?;
    if stories.len() < FOLDS {
        bail!(
            "{} holds {} annotated stories, too few to choose a threshold",
            folder.display(),
            stories.len()
        );
    }
    let data: Vec<(Vec<Features>, Vec<bool>)> = stories.iter().map(rows).collect();
    let pairs: usize = data.iter().map(|(rows, _)| rows.len()).sum();
    let positives: usize = data
        .iter()
        .flat_map(|(_, labels)| labels)
        .filter(|label| **label)
        .count();
    let gold: usize = stories.iter().map(|story| story.gold.len()).sum();
    crate::say(&format!(
        "{} stories, {pairs} candidate pairs, {positives} of {gold} gold pairs",
        stories.len()
    ));
    let fit = |keep: &dyn Fn(usize) -> bool| -> BoostedTrees {
        let (mut features, mut labels) = (Vec::new(), Vec::new());
        for (_, (rows, own)) in data.iter().enumerate().filter(|(index, _)| keep(*index)) {
            features.extend_from_slice(rows);
            labels.extend_from_slice(own);
        }
        boost(&features, &labels, GROWTH, &FEATURE_NAMES)
    };
    let thresholds: Vec<f64> = (8..=22).map(|step| f64::from(step) * 0.02).collect();
    let mut sums = vec![0.0; thresholds.len()];
    for fold in 0..FOLDS {
        let mut model = fit(&|index| index % FOLDS != fold);
        for (_, story) in stories
            .iter()
            .enumerate()
            .filter(|(index, _)| index % FOLDS == fold)
        {
            for (sum, &threshold) in sums.iter_mut().zip(&thresholds) {
                model.threshold = threshold;
                *sum += story.score(&compare_with_model(&story.readings(), &model));
            }
        }
        crate::say(&format!("fold {} of {FOLDS} done", fold + 1));
    }
    let mut model = fit(&|_| true);
    let mut best = (0.0, 0.0);
    for (sum, &threshold) in sums.iter().zip(&thresholds) {
        let mean = sum / stories.len() as f64;
        crate::say(&format!(
            "threshold {threshold:.2}: mean F1 of held-out ledgers {mean:.4}"
        ));
        if mean > best.0 {
            best = (mean, threshold);
        }
    }
    model.threshold = best.1;
    std::fs::write(output, serde_json::to_string(&model)? + "\n")
        .with_context(|| format!("writing {}", output.display()))?;
    crate::say(&format!(
        "wrote {} with threshold {:.2}",
        output.display(),
        best.1
    ));
    Ok(())
}
