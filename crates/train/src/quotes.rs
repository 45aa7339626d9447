//! The models that choose what a quotation belongs to and who says it.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use rashomon_core::{CharacterOffsets, Quote, Reading, Report, Span};
use rashomon_language::Reader;
use rashomon_language::quote_training::{ContentProposal, Unchosen, feature_names};
use rashomon_trees::BoostedTrees;
use serde::{Deserialize, Serialize};

use crate::boosting::{Growth, boost, mean};

/// How the trees are grown; chosen by cross-validation over the training reports.
const GROWTH: Growth = Growth {
    trees: 100,
    depth: 10,
    leaves: 24,
    rate: 0.1,
    ridge: 5.0,
    least_rows: 30,
    one_feature_in: 2,
    draw: 0,
};
/// So many times are the trees grown, each time from other features; the mean of them is more even than one.
const TIMES: usize = 2;
/// The reports are parted into so many folds.
const FOLDS: usize = 3;
/// For how many right contents of a quotation the speakers are learnt.
const BEST: usize = 2;
/// Two contents are the same from this share of their words on. Such a content is learnt as right by that share, so that of
/// two that count as the same the better one is preferred.
const SAME: f64 = 0.5;

/// Scores that differ by no more are taken for the same.
const NEARLY: f64 = 0.003;

/// A report of the corpus with its attributions; spans are in characters.
#[derive(Deserialize)]
struct Row {
    id: String,
    title: Option<String>,
    text: String,
    attributions: Vec<Attribution>,
}

/// Who says what.
#[derive(Deserialize)]
struct Attribution {
    source: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
}

/// An attribution of the corpus, in bytes and tokens.
struct Gold {
    /// Its words, as positions of tokens, in order.
    words: Vec<usize>,
    source: Vec<Span>,
    is_marked: bool,
}

/// A report, read.
struct Sample {
    report: Report,
    reading: Reading,
    gold: Vec<Gold>,
}

/// Both models, as they are shipped.
#[derive(Serialize)]
struct Models {
    contents: BoostedTrees,
    speakers: BoostedTrees,
}

/// The rows that a model learns from.
#[derive(Default)]
struct Rows {
    features: Vec<Vec<f64>>,
    labels: Vec<f64>,
}

/// Returns whether contents hold a quotation mark, or stand right beside one.
fn is_marked(text: &str, pieces: &[Span]) -> bool {
    let has_mark = |text: &str| {
        text.contains(['“', '”', '"', '«', '»', '„']) || text.contains("``") || text.contains("''")
    };
    let mut all = String::new();
    for piece in pieces {
        let before = text
            .get(..piece.start)
            .and_then(|before| before.chars().next_back());
        let after = text.get(piece.end..).and_then(|after| after.chars().next());
        all.extend(before);
        all.push_str(piece.text(text));
        all.extend(after);
    }
    has_mark(&all)
}

/// Returns the words of spans, as positions of tokens, in order.
fn words_of(sample: (&str, &Reading), pieces: &[Span]) -> Vec<usize> {
    let (text, reading) = sample;
    let mut words: Vec<usize> = pieces
        .iter()
        .flat_map(|piece| {
            let start = reading
                .tokens
                .partition_point(|token| token.span.end <= piece.start);
            let end = reading
                .tokens
                .partition_point(|token| token.span.start < piece.end);
            start..end.max(start)
        })
        .filter(|&token| {
            let token = reading.tokens.get(token);
            token.is_some_and(|token| token.span.text(text).contains(char::is_alphanumeric))
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Returns the share of the words of two contents that both have.
fn shared(one: &[usize], other: &[usize]) -> f64 {
    let both = one
        .iter()
        .filter(|word| other.binary_search(word).is_ok())
        .count();
    let all = one.len() + other.len() - both;
    both as f64 / all.max(1) as f64
}

/// Reads the reports of a corpus.
fn samples(path: &Path) -> Result<Vec<Sample>> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let text = String::from_utf8(zstd::decode_all(bytes.as_slice())?)?;
    let mut reader = Reader::new();
    let mut samples = Vec::new();
    for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
        let row: Row = serde_json::from_str(line)?;
        let offsets = CharacterOffsets::new(&row.text);
        let spans = |pieces: &[(usize, usize)]| -> Vec<Span> {
            pieces
                .iter()
                .map(|&(start, end)| Span::new(offsets.byte(start), offsets.byte(end)))
                .collect()
        };
        let attributions: Vec<(Vec<Span>, Vec<Span>)> = row
            .attributions
            .iter()
            .filter(|attribution| !attribution.content.is_empty())
            .map(|attribution| (spans(&attribution.content), spans(&attribution.source)))
            .collect();
        let mut report = Report::new(row.id, row.text);
        report.title = row.title;
        let reading = reader.read_language(&report);
        let gold = attributions
            .into_iter()
            .map(|(content, source)| Gold {
                words: words_of((&report.text, &reading), &content),
                is_marked: is_marked(&report.text, &content),
                source,
            })
            .collect();
        samples.push(Sample {
            report,
            reading,
            gold,
        });
    }
    Ok(samples)
}

/// Returns the rows of a report: those of contents and those of speakers.
fn rows(sample: &Sample) -> (Rows, Rows) {
    let unchosen = Unchosen::new(&sample.report, &sample.reading);
    let proposals = unchosen.contents();
    let (mut contents, mut speakers) = (Rows::default(), Rows::default());
    let best_gold = |proposal: &ContentProposal| {
        let mut best: Option<(f64, &Gold)> = None;
        for gold in &sample.gold {
            let share = shared(&proposal.words, &gold.words);
            if share >= SAME && best.is_none_or(|(so_far, _)| share > so_far) {
                best = Some((share, gold));
            }
        }
        best
    };
    // The speakers are learnt for the best proposals of each quotation.
    let mut said: Vec<(&ContentProposal, &Gold)> = Vec::new();
    for group in proposals.chunk_by(|one, other| one.quotation == other.quotation) {
        let mut right: Vec<(f64, &ContentProposal, &Gold)> = Vec::new();
        for proposal in group {
            let gold = best_gold(proposal);
            contents.features.push(proposal.features.to_vec());
            contents.labels.push(gold.map_or(0.0, |(share, _)| share));
            right.extend(gold.map(|(share, gold)| (share, proposal, gold)));
        }
        right.sort_by(|one, other| other.0.total_cmp(&one.0));
        said.extend(
            right
                .into_iter()
                .take(BEST)
                .map(|(_, proposal, gold)| (proposal, gold)),
        );
    }
    said.retain(|(_, gold)| !gold.source.is_empty());
    let contents_said: Vec<&ContentProposal> = said.iter().map(|(proposal, _)| *proposal).collect();
    for (candidates, (_, gold)) in unchosen.speakers(&contents_said).iter().zip(&said) {
        for candidate in candidates {
            let is_source = gold
                .source
                .iter()
                .any(|source| source.overlap(candidate.head) > 0);
            speakers.features.push(candidate.features.to_vec());
            speakers.labels.push(f64::from(is_source));
        }
    }
    (contents, speakers)
}

/// Right, said and gold pairs with quotation marks: of precision, then of recall.
#[derive(Clone, Copy, Default)]
struct Score {
    said: usize,
    said_right: usize,
    gold: usize,
    gold_right: usize,
}

impl Score {
    fn add(&mut self, other: Self) {
        self.said += other.said;
        self.said_right += other.said_right;
        self.gold += other.gold;
        self.gold_right += other.gold_right;
    }

    fn f1(self) -> f64 {
        let precision = self.said_right as f64 / self.said.max(1) as f64;
        let recall = self.gold_right as f64 / self.gold.max(1) as f64;
        2.0 * precision * recall / (precision + recall).max(1e-9)
    }
}

/// Returns how many of the gold attributions have a quote, one to one, the likest first.
fn matched(gold: &[&Gold], said: &[&(Vec<usize>, Option<Span>, bool)]) -> usize {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (index, gold) in gold.iter().enumerate() {
        for (other, (words, speaker, _)) in said.iter().enumerate() {
            let share = shared(&gold.words, words);
            let same_source = gold.source.is_empty()
                || speaker
                    .is_some_and(|speaker| gold.source.iter().any(|source| source.overlap(speaker) > 0));
            if share >= SAME && same_source {
                pairs.push((share, index, other));
            }
        }
    }
    pairs.sort_by(|one, other| {
        other
            .0
            .total_cmp(&one.0)
            .then((one.1, one.2).cmp(&(other.1, other.2)))
    });
    let (mut used_gold, mut used_said) = (vec![false; gold.len()], vec![false; said.len()]);
    let mut count = 0;
    for (_, index, other) in pairs {
        if !used_gold[index] && !used_said[other] {
            (used_gold[index], used_said[other]) = (true, true);
            count += 1;
        }
    }
    count
}

/// Returns the score of the quotes of a report.
fn score(sample: &Sample, quotes: &[Quote]) -> Score {
    let text = sample.report.text.as_str();
    let said: Vec<(Vec<usize>, Option<Span>, bool)> = quotes
        .iter()
        .map(|quote| {
            (
                words_of((text, &sample.reading), &quote.pieces),
                quote.speaker.as_ref().map(|speaker| speaker.span),
                is_marked(text, &quote.pieces),
            )
        })
        .collect();
    let all_gold: Vec<&Gold> = sample.gold.iter().collect();
    let marked_gold: Vec<&Gold> = sample.gold.iter().filter(|gold| gold.is_marked).collect();
    let all_said: Vec<&(Vec<usize>, Option<Span>, bool)> = said.iter().collect();
    let marked_said: Vec<_> = said.iter().filter(|(_, _, is_marked)| *is_marked).collect();
    Score {
        said: marked_said.len(),
        said_right: matched(&all_gold, &marked_said),
        gold: marked_gold.len(),
        gold_right: matched(&marked_gold, &all_said),
    }
}

/// Returns models learnt from the rows of the reports that `keep` keeps.
fn fit(data: &[(Rows, Rows)], keep: &dyn Fn(usize) -> bool) -> Models {
    let (content_names, speaker_names) = feature_names();
    let kept = || {
        data.iter()
            .enumerate()
            .filter(|(index, _)| keep(*index))
            .map(|(_, rows)| rows)
    };
    let model = |of: &dyn Fn(&(Rows, Rows)) -> &Rows, names: &[&str]| {
        let models = (0..TIMES).map(|time| {
            let (mut features, mut labels): (Vec<&Vec<f64>>, Vec<f64>) = (Vec::new(), Vec::new());
            for rows in kept() {
                features.extend(&of(rows).features);
                labels.extend_from_slice(&of(rows).labels);
            }
            let growth = Growth {
                draw: time as u64 + 1,
                ..GROWTH
            };
            boost(&features, &labels, growth, names)
        });
        mean(models.collect())
    };
    Models {
        contents: model(&|rows| &rows.0, content_names),
        speakers: model(&|rows| &rows.1, speaker_names),
    }
}

/// Trains the models on the corpus in `folder` and writes them to `output`. The threshold is the one with the best F1 of
/// pairs with quotation marks over reports that the trees had not seen.
///
/// # Errors
///
/// Fails where the corpus is missing or cannot be read, or the output cannot be written.
pub(crate) fn train(folder: &Path, output: &Path) -> Result<()> {
    let samples = samples(&folder.join("polnear-train.jsonl.zst"))?;
    if samples.len() < FOLDS {
        bail!("{} holds too few reports", folder.display());
    }
    let data: Vec<(Rows, Rows)> = samples.iter().map(rows).collect();
    let count = |of: &dyn Fn(&(Rows, Rows)) -> &Rows| {
        let rows: usize = data.iter().map(|rows| of(rows).labels.len()).sum();
        let right: usize = data
            .iter()
            .map(|rows| of(rows).labels.iter().filter(|&&label| label > 0.0).count())
            .sum();
        format!("{right} of {rows}")
    };
    crate::say(&format!(
        "{} reports; right contents {}, right speakers {}",
        samples.len(),
        count(&|rows| &rows.0),
        count(&|rows| &rows.1)
    ));
    let mut by_rules = Score::default();
    let unchosen: Vec<Unchosen<'_>> = samples
        .iter()
        .map(|sample| Unchosen::new(&sample.report, &sample.reading))
        .collect();
    for (sample, unchosen) in samples.iter().zip(&unchosen) {
        by_rules.add(score(sample, unchosen.quotes()));
    }
    crate::say(&format!("by the rules alone {:.4}", by_rules.f1()));
    let thresholds: Vec<f64> = (0..=4).map(|step| 0.20 + f64::from(step) * 0.05).collect();
    let mut scores = vec![Score::default(); thresholds.len()];
    for fold in 0..FOLDS {
        let mut models = fit(&data, &|index| index % FOLDS != fold);
        for (total, &threshold) in scores.iter_mut().zip(&thresholds) {
            models.contents.threshold = 0.0;
            models.speakers.threshold = threshold;
            let json = serde_json::to_string(&models)?;
            for (index, sample) in samples
                .iter()
                .enumerate()
                .filter(|(index, _)| index % FOLDS == fold)
            {
                total.add(score(sample, &unchosen[index].choose(&json)?));
            }
        }
        crate::say(&format!("fold {} of {FOLDS} done", fold + 1));
    }
    for (total, &threshold) in scores.iter().zip(&thresholds) {
        crate::say(&format!(
            "threshold {threshold:.2}: F1 of pairs with marks, held out, {:.4} (P {}/{}, R {}/{})",
            total.f1(),
            total.said_right,
            total.said,
            total.gold_right,
            total.gold
        ));
    }
    // The lowest of those that are nearly best: it leaves the least out.
    let highest = scores.iter().map(|total| total.f1()).fold(0.0, f64::max);
    let nearly = scores
        .iter()
        .zip(&thresholds)
        .find(|(total, _)| total.f1() >= highest - NEARLY);
    let threshold = nearly.map_or(0.3, |(_, &threshold)| threshold);
    let mut models = fit(&data, &|_| true);
    models.contents.threshold = 0.0;
    models.speakers.threshold = threshold;
    std::fs::write(output, serde_json::to_string(&models)? + "\n")
        .with_context(|| format!("writing {}", output.display()))?;
    crate::say(&format!(
        "wrote {} with threshold {:.2}",
        output.display(),
        threshold
    ));
    Ok(())
}
