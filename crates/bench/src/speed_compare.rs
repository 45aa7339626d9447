//! How long comparing and composing takes, and how it grows with the reports of a story. Reading comes before and is not
//! counted.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use rashomon_brief::{ComposeOptions, compose};
use rashomon_core::{Reading, Report, StoryReadings};
use rashomon_language::Reader;

use crate::data::{bench_folder, story_rows, text_of};
use crate::table::Row;

/// The numbers of reports that are measured.
const SIZES: [usize; 3] = [5, 60, 120];
/// The numbers of reports between which the growth is measured.
const GROWTH: [usize; 2] = [240, 480];
/// So often each is measured; the fastest counts, as what else the machine does only adds time.
const TIMES: usize = 5;

/// Returns now.
#[allow(
    clippy::disallowed_methods,
    reason = "measuring time is the task of this module"
)]
fn now() -> Instant {
    Instant::now()
}

/// Returns a story of some reports with their readings.
fn story<'reports>(reports: &'reports [Report], readings: &[Reading]) -> StoryReadings<'reports> {
    let reports: Vec<&Report> = reports.iter().collect();
    StoryReadings {
        id: "s-speed".to_owned(),
        readings: readings.to_vec(),
        copies: rashomon_story::copies(&reports),
        reports,
    }
}

/// Returns the seconds that comparing and composing a story takes, and its candidate pairs.
fn measured(reports: &[Report], readings: &[Reading]) -> (f64, usize) {
    let mut best = f64::INFINITY;
    for _ in 0..TIMES {
        let story = story(reports, readings);
        let begin = now();
        let ledger = rashomon_compare::compare(&story);
        let brief = compose(story, ledger, &ComposeOptions::default());
        best = best.min(begin.elapsed().as_secs_f64());
        std::hint::black_box(&brief);
    }
    (best, candidate_pairs(reports, readings))
}

/// Returns how many pairs of sentences of a story are looked at.
fn candidate_pairs(reports: &[Report], readings: &[Reading]) -> usize {
    rashomon_compare::alignment::candidate_pairs(&story(reports, readings)).len()
}

/// Returns the rows of comparing: stories of news texts of ECB+, topic by topic, so that the larger ones hold more events
/// than one.
pub(crate) fn rows(shared: &Path) -> Result<Vec<Row>> {
    let path = bench_folder(shared, "story-ecbplus").join("ecbplus.jsonl.zst");
    if !path.is_file() {
        return Ok(vec![Row::missing(
            "speed compare",
            "ms",
            "not measured: data missing",
        )]);
    }
    let mut all = story_rows(&path)?;
    all.retain(|row| text_of(row, "split") == Some("train"));
    all.sort_by_key(|row| {
        let topic: u32 = text_of(row, "topic")
            .and_then(|topic| topic.parse().ok())
            .unwrap_or(0);
        (
            topic,
            text_of(row, "cluster").map(str::to_owned),
            text_of(row, "id").map(str::to_owned),
        )
    });
    let most = SIZES.iter().chain(&GROWTH).copied().max().unwrap_or_default();
    let reports: Vec<Report> = all
        .iter()
        .filter_map(|row| Some(Report::new(text_of(row, "id")?, text_of(row, "text")?)))
        .take(most)
        .collect();
    let mut reader = Reader::new();
    let readings: Vec<Reading> = reports.iter().map(|report| reader.read(report)).collect();
    let mut rows = Vec::new();
    for size in SIZES {
        let (Some(reports), Some(readings)) = (reports.get(..size), readings.get(..size)) else {
            continue;
        };
        let (seconds, pairs) = measured(reports, readings);
        let sentences: usize = readings.iter().map(|reading| reading.sentences.len()).sum();
        rows.push(Row::new(
            &format!("speed compare {size} reports"),
            "ms",
            seconds * 1000.0,
            format!("{sentences} sentences, {pairs} candidate pairs; comparing and composing, on one thread"),
        ));
    }
    let of = |size: usize| {
        let (reports, readings) = (reports.get(..size)?, readings.get(..size)?);
        let sentences: usize = readings.iter().map(|reading| reading.sentences.len()).sum();
        Some((sentences, candidate_pairs(reports, readings)))
    };
    if let [Some((few, fewer_pairs)), Some((many, more_pairs))] = GROWTH.map(of) {
        // Reports differ in length: the sentences tell how large a story is.
        let order = |sentences: usize| sentences as f64 * libm::log(sentences as f64);
        let growth = more_pairs as f64 / fewer_pairs.max(1) as f64 / (order(many) / order(few));
        rows.push(Row::new(
            "growth compare",
            "of n log n",
            growth,
            format!(
                "{fewer_pairs} candidate pairs of {few} sentences, {more_pairs} of {many}; 1 grows as n log n"
            ),
        ));
    }
    Ok(rows)
}
