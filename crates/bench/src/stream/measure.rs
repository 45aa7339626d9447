//! A stream, measured: seconds a report, memory, and whether what comes out is right.

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use gaoya::minhash::{MinHashIndex, MinHasher as _, MinHasher32};
use rashomon_story::{CopyFinder, Grouper, GroupingOptions, StreamOptions, fingerprint, signature};
use serde_json::{Value, json};

use super::generator::{Generated, Generator, of_word};
use crate::speed::now;
use crate::stories::{Scores, score};

/// How many reports are made at once, between the measured parts.
const BATCH: usize = 500;
/// For how long at least a report can be found as the original of a copy, in reports.
const REPORTS_KEPT: usize = 8_192;
/// Up to this size the answers are kept and scored; beyond, they would count as memory.
pub(super) const LARGEST_SCORED: usize = 10_000;
/// How many words make a run for MinHash.
const RUN: usize = 5;
/// MinHash's bands and how many hashes each has: half of the pairs of Jaccard 0.29 become candidates.
const BANDS: (usize, usize) = (42, 3);

/// Returns a figure of the process's memory in bytes.
fn memory(name: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| {
        line.trim_start_matches(':')
            .trim()
            .strip_suffix("kB")?
            .trim()
            .parse::<f64>()
            .ok()
    });
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes * 1024.0)
}

/// Measures the time that this thread has a processor, where the system tells it: what else the machine does then says
/// little. Elsewhere it measures the time that passes.
#[derive(Clone, Copy, Debug)]
struct Stopwatch {
    begin: Instant,
    processor: Option<f64>,
}

impl Stopwatch {
    fn start() -> Self {
        Self {
            begin: now(),
            processor: processor_seconds(),
        }
    }

    fn seconds(self) -> f64 {
        self.processor
            .zip(processor_seconds())
            .map_or_else(|| self.begin.elapsed().as_secs_f64(), |(begin, end)| end - begin)
    }
}

/// Returns for how many seconds this thread had a processor.
fn processor_seconds() -> Option<f64> {
    let line = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = line.split(' ').next()?.parse::<f64>().ok()?;
    Some(nanoseconds / 1e9)
}

/// Seconds, added up over the second half of a stream.
#[derive(Clone, Copy, Debug, Default)]
struct Seconds {
    all: f64,
    reports: usize,
}

impl Seconds {
    fn add(&mut self, seconds: f64, reports: usize) {
        self.all += seconds;
        self.reports += reports;
    }

    fn of_one(self) -> f64 {
        self.all / self.reports.max(1) as f64
    }
}

/// Counts copies that were found against those that are there.
#[derive(Clone, Copy, Debug, Default)]
struct Copies {
    /// Reports that are copies: of a family that had a report before.
    there: usize,
    /// Of those, the ones for which a copy of their family was found.
    seen: usize,
    /// Pairs that were found, and how many of them are of one family.
    said: usize,
    right: usize,
}

impl Copies {
    fn scores(self) -> Scores {
        Scores::new(
            self.right as f64 / self.said.max(1) as f64,
            self.seen as f64 / self.there.max(1) as f64,
        )
    }

    /// Counts the pairs that were found for one report; `families` holds the family of each report before.
    fn count(
        &mut self,
        generated: &Generated,
        found: &[&str],
        families: &mut BTreeMap<String, (u32, u32)>,
        new: bool,
    ) {
        let family = (generated.story, generated.family);
        let right = found
            .iter()
            .filter(|&&other| families.get(other) == Some(&family))
            .count();
        self.said += found.len();
        self.right += right;
        self.there += usize::from(!new);
        self.seen += usize::from(!new && right > 0);
        families.insert(generated.report.id.clone(), family);
    }
}

/// Runs a stream through the grouping and the finding of copies.
pub(super) fn stories(mut stream: Generator<'_>, reports: usize) -> Value {
    let before = memory("VmRSS");
    let mut grouper = Grouper::new(GroupingOptions::default(), StreamOptions::default());
    let mut finder = CopyFinder::new(REPORTS_KEPT);
    let (mut signatures, mut grouping, mut copying) =
        (Seconds::default(), Seconds::default(), Seconds::default());
    // Tells whether a change of the code changed any answer.
    let mut answers = 0;
    let mut longest_wait = 0.0_f64;
    let (mut gold, mut at_once, mut said) = (Vec::new(), Vec::new(), BTreeMap::new());
    let (mut copies, mut families, mut met) = (
        Copies::default(),
        BTreeMap::new(),
        std::collections::BTreeSet::new(),
    );
    let mut done = 0;
    while done < reports {
        let batch: Vec<Generated> = stream.by_ref().take(BATCH.min(reports - done)).collect();
        done += batch.len();
        let counts = done > reports / 2;
        let begin = Stopwatch::start();
        let read: Vec<_> = batch
            .iter()
            .map(|one| (signature(&one.report), fingerprint(&one.report)))
            .collect();
        let reading = begin.seconds();
        let begin = Stopwatch::start();
        let mut placements = Vec::with_capacity(read.len());
        for (signature, _) in &read {
            let begin = now();
            placements.push(grouper.add(signature));
            longest_wait = longest_wait.max(begin.elapsed().as_secs_f64());
        }
        let placing = begin.seconds();
        let stories = placements.iter().flat_map(|placement| {
            placement
                .moves
                .iter()
                .map(|moved| &moved.story)
                .chain([&placement.story])
        });
        answers = stories.fold(answers, |answers, story| of_word(answers, story));
        let begin = Stopwatch::start();
        let found: Vec<_> = read
            .iter()
            .map(|(_, fingerprint)| finder.add(fingerprint))
            .collect();
        let finding = begin.seconds();
        if counts {
            signatures.add(reading, batch.len());
            grouping.add(placing, batch.len());
            copying.add(finding, batch.len());
        }
        if reports > LARGEST_SCORED {
            continue;
        }
        for ((one, placement), found) in batch.iter().zip(placements).zip(found) {
            let others: Vec<&str> = found
                .iter()
                .map(|copy| {
                    if copy.report == one.report.id {
                        &copy.of
                    } else {
                        &copy.report
                    }
                })
                .map(String::as_str)
                .collect();
            copies.count(one, &others, &mut families, met.insert((one.story, one.family)));
            gold.push(one.story.to_string());
            at_once.push(placement.story.clone());
            said.insert(one.report.id.clone(), (gold.len() - 1, placement.story));
            for moved in placement.moves {
                if let Some((_, story)) = said.get_mut(&moved.report) {
                    *story = moved.story;
                }
            }
        }
    }
    let held = memory("VmHWM") - before;
    let (open_reports, open_stories) = (grouper.open_reports(), grouper.open_stories());
    let (archived, archive_bytes) = (grouper.archived().count(), grouper.archive_size());
    for moved in grouper.settle() {
        if let Some((_, story)) = said.get_mut(&moved.report) {
            *story = moved.story;
        }
    }
    let mut in_end = vec![String::new(); gold.len()];
    for (place, story) in said.values() {
        grouper.current(story).clone_into(&mut in_end[*place]);
    }
    let at_once: Vec<String> = at_once
        .iter()
        .map(|story| grouper.current(story).to_owned())
        .collect();
    let end = score(&gold, &in_end).bcubed;
    let of_copies = copies.scores();
    json!({
        "signatures": signatures.of_one(), "grouping": grouping.of_one(), "copies": copying.of_one(),
        "longest_wait": longest_wait, "answers": format!("{answers:x}"), "memory": held,
        "open_reports": open_reports, "open_stories": open_stories,
        "archived": archived, "archive_bytes": archive_bytes,
        "f1": end.f1, "precision": end.precision, "recall": end.recall,
        "at_once": score(&gold, &at_once).bcubed.f1,
        "copy_f1": of_copies.f1, "copy_precision": of_copies.precision, "copy_recall": of_copies.recall,
    })
}

/// Runs a stream through the MinHash index of the crate `gaoya`.
pub(super) fn min_hash(mut stream: Generator<'_>, reports: usize) -> Value {
    let before = memory("VmRSS");
    let min_hasher = MinHasher32::new(BANDS.0 * BANDS.1);
    let mut index: MinHashIndex<u32, u32> = MinHashIndex::new(BANDS.0, BANDS.1, 0.5);
    let mut seconds = Seconds::default();
    let (mut copies, mut families, mut met) = (
        Copies::default(),
        BTreeMap::new(),
        std::collections::BTreeSet::new(),
    );
    let mut ids: Vec<String> = Vec::new();
    let mut done = 0;
    while done < reports {
        let batch: Vec<Generated> = stream.by_ref().take(BATCH.min(reports - done)).collect();
        let begin = Stopwatch::start();
        let mut found: Vec<Vec<u32>> = Vec::with_capacity(batch.len());
        for (place, one) in batch.iter().enumerate() {
            let text = one.report.text.to_lowercase();
            let words: Vec<&str> = text
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            let hashes = min_hasher.create_signature(words.windows(RUN));
            found.push(index.query_owned(&hashes).into_iter().collect());
            index.insert((done + place) as u32, hashes);
        }
        let took = begin.seconds();
        done += batch.len();
        if done > reports / 2 {
            seconds.add(took, batch.len());
        }
        if reports > LARGEST_SCORED {
            continue;
        }
        for (one, found) in batch.iter().zip(found) {
            ids.push(one.report.id.clone());
            let others: Vec<&str> = found
                .iter()
                .filter_map(|&other| ids.get(other as usize))
                .map(String::as_str)
                .collect();
            copies.count(one, &others, &mut families, met.insert((one.story, one.family)));
        }
    }
    let of_copies = copies.scores();
    json!({
        "copies": seconds.of_one(), "memory": memory("VmHWM") - before,
        "copy_f1": of_copies.f1, "copy_precision": of_copies.precision, "copy_recall": of_copies.recall,
    })
}
