//! Fingerprints of a report's runs of words, by which copies are found in a stream once the texts are dropped.
//!
//! Every run of eight words has a hash, and of every eight neighbouring runs the one with the least hash is kept
//! (winnowing: Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document fingerprinting"). Two reports
//! that share fifteen words in a row therefore share a fingerprint, wherever the words stand, and about two runs in nine
//! are kept, so that shares of fingerprints tell shares of words.

use std::collections::VecDeque;

use rashomon_core::Report;
use rustc_hash::FxHashMap;

use crate::copies::{RUN, plain_words};
use crate::hash::{StableHash, hash_of};
use crate::signature::published_day;

/// Of so many neighbouring runs one is kept.
const WINDOW: usize = 8;
/// The share of a report's fingerprints that another must hold for the one to be a copy.
const COPY_SHARE: f64 = 0.5;
/// Fewer shared fingerprints are no copy: a fingerprint may be a turn of phrase.
const FEWEST_SHARED: usize = 2;
/// In how many reports a fingerprint is looked for, the latest first.
const REPORTS_OF_RUN: usize = 24;
/// A fingerprint whose low bit is set stands inside quotation marks.
const QUOTED: u32 = 1;

/// What copy detection keeps of a report: about a byte for each of its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Fingerprint {
    /// The report's id.
    id: Box<str>,
    /// When it was published, in days since 1970-01-01.
    day: Option<f64>,
    /// The hash of all its words, 0 where it has none.
    whole: u64,
    /// How many words it has.
    words: u32,
    /// The hashes of the kept runs, ascending; the low bit tells of quotation marks.
    runs: Box<[u32]>,
}

impl Fingerprint {
    /// Returns the report's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns how much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        size_of::<Self>() + self.id.len() + self.runs.len() * size_of::<u32>()
    }
}

/// Returns the fingerprint of a report. Parts that tell of the report itself do not count.
pub fn fingerprint(report: &Report) -> Fingerprint {
    let mut whole = StableHash::new();
    let mut words: Vec<(u64, bool)> = Vec::new();
    plain_words(report, |_, form, quoted| {
        let hash = hash_of(&form);
        whole = whole.with(&hash.to_le_bytes());
        words.push((hash, quoted));
    });
    let hashes: Vec<u32> = words.windows(RUN).map(run_hash).collect();
    let mut runs = winnow(&hashes);
    runs.sort_unstable();
    runs.dedup_by_key(|run| *run | QUOTED);
    Fingerprint {
        id: report.id.as_str().into(),
        day: published_day(report),
        whole: if words.is_empty() { 0 } else { whole.finish() },
        words: words.len() as u32,
        runs: runs.into(),
    }
}

/// Returns the hash of a run of words.
fn run_hash(run: &[(u64, bool)]) -> u32 {
    let mixed = run.iter().fold(0, |hash: u64, &(word, _)| {
        (hash.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    let quoted = run.iter().all(|&(_, quoted)| quoted);
    (mixed >> 32) as u32 & !QUOTED | u32::from(quoted)
}

/// Returns the least hash of each window, each place once; of equals the last.
fn winnow(hashes: &[u32]) -> Vec<u32> {
    let mut kept = Vec::with_capacity(hashes.len() / 4 + 1);
    let mut falling: VecDeque<usize> = VecDeque::with_capacity(WINDOW);
    let mut last = None;
    for (position, hash) in hashes.iter().enumerate() {
        while falling
            .back()
            .and_then(|&back| hashes.get(back))
            .is_some_and(|back| back >= hash)
        {
            falling.pop_back();
        }
        falling.push_back(position);
        if falling.front().is_some_and(|&front| front + WINDOW <= position) {
            falling.pop_front();
        }
        // A text of fewer runs than a window has one window.
        if position + 1 >= WINDOW.min(hashes.len())
            && let Some(&front) = falling.front()
            && last != Some(front)
        {
            last = Some(front);
            kept.extend(hashes.get(front));
        }
    }
    kept
}

/// A copy that was found in a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamCopy {
    /// The id of the report that was taken from the other.
    pub report: String,
    /// The id of the one that it was taken from.
    pub of: String,
    /// About which share of its words stands in the other.
    pub share: f64,
}

/// What is kept of a report that came.
#[derive(Clone, Debug)]
struct Known {
    fingerprint: Fingerprint,
    /// The number of the report, counted from the first.
    number: u32,
}

/// Reports of one span of the stream.
#[derive(Clone, Debug, Default)]
struct Generation {
    first: u32,
    reports: Vec<Known>,
    /// The last report that holds each run, and for each entry the one before it.
    latest: FxHashMap<u32, u32>,
    entries: Vec<(u32, u32)>,
    whole: FxHashMap<u64, u32>,
}

/// No entry.
const NONE: u32 = u32::MAX;

/// Finds the copies of a stream, report by report.
///
/// A report's fingerprint stays until at least `reports_kept`, and at most twice as many, have come after it; then it
/// leaves with its whole generation, so that memory is bounded and no report pays for another's leaving.
#[derive(Clone, Debug)]
pub struct CopyFinder {
    reports_kept: usize,
    added: u32,
    now: Generation,
    before: Generation,
}

impl CopyFinder {
    /// Returns a finder that keeps at least so many reports.
    pub fn new(reports_kept: usize) -> Self {
        Self {
            reports_kept: reports_kept.max(1),
            added: 0,
            now: Generation::default(),
            before: Generation::default(),
        }
    }

    /// Takes in a report and returns the copies of which it is one side, the earlier reports in the order in which they came.
    ///
    /// A report of the very same words as another is a copy of it and of nothing else. Else one is a copy of the other when
    /// half of its fingerprints stand in the other, some of them outside quotation marks. The original is the one published
    /// first, else the longer one, else the one that came first; where the one that would be the copy has mostly words of
    /// its own, the other is the copy.
    pub fn add(&mut self, fingerprint: &Fingerprint) -> Vec<StreamCopy> {
        if self.now.reports.len() >= self.reports_kept {
            self.before = std::mem::take(&mut self.now);
            self.now.first = self.added;
        }
        let number = self.added;
        self.added += 1;
        let same = [&self.now, &self.before]
            .into_iter()
            .find_map(|generation| generation.same_words(fingerprint));
        if let Some(original) = same {
            return vec![StreamCopy {
                report: fingerprint.id.to_string(),
                of: original.fingerprint.id.to_string(),
                share: 1.0,
            }];
        }
        let mut shared: Vec<(u32, bool)> = Vec::new();
        for run in &fingerprint.runs {
            for generation in [&self.now, &self.before] {
                generation.holders(run | QUOTED, |holder| shared.push((holder, run & QUOTED != 0)));
            }
        }
        shared.sort_unstable();
        let mut found = Vec::new();
        for of_one in shared.chunk_by(|one, other| one.0 == other.0) {
            let own = of_one.iter().filter(|(_, quoted)| !quoted).count();
            let Some(other) = of_one.first().and_then(|&(holder, _)| self.known(holder)) else {
                continue;
            };
            if of_one.len() >= FEWEST_SHARED && own > 0 {
                found.extend(judge(fingerprint, other, of_one.len()));
            }
        }
        self.now.enter(fingerprint, number);
        found
    }

    /// Returns how many reports it knows; those of the very same words count once.
    pub fn reports(&self) -> usize {
        self.now.reports.len() + self.before.reports.len()
    }

    /// Returns a report by its number.
    fn known(&self, number: u32) -> Option<&Fingerprint> {
        let generation = if number >= self.now.first {
            &self.now
        } else {
            &self.before
        };
        let reports = &generation.reports;
        let place = reports.binary_search_by_key(&number, |known| known.number).ok()?;
        reports.get(place).map(|known| &known.fingerprint)
    }
}

impl Generation {
    /// Returns a report of the very same words.
    fn same_words(&self, fingerprint: &Fingerprint) -> Option<&Known> {
        let &place = self.whole.get(&fingerprint.whole)?;
        self.reports.get(place as usize)
    }

    /// Calls `take` with the numbers of the reports that hold a run, the latest first.
    fn holders(&self, run: u32, mut take: impl FnMut(u32)) {
        let mut entry = self.latest.get(&run).copied().unwrap_or(NONE);
        for _ in 0..REPORTS_OF_RUN {
            let Some(&(number, earlier)) = self.entries.get(entry as usize) else {
                break;
            };
            take(number);
            entry = earlier;
        }
    }

    /// Takes in a report.
    fn enter(&mut self, fingerprint: &Fingerprint, number: u32) {
        if fingerprint.whole != 0 {
            self.whole
                .entry(fingerprint.whole)
                .or_insert(self.reports.len() as u32);
        }
        for run in &fingerprint.runs {
            let entry = self.entries.len() as u32;
            let earlier = self.latest.insert(run | QUOTED, entry).unwrap_or(NONE);
            self.entries.push((number, earlier));
        }
        self.reports.push(Known {
            fingerprint: fingerprint.clone(),
            number,
        });
    }
}

/// Returns the copy that one of two reports is of the other; `earlier` came first.
fn judge(later: &Fingerprint, earlier: &Fingerprint, shared: usize) -> Option<StreamCopy> {
    let share = |of: &Fingerprint| (shared as f64 / of.runs.len().max(1) as f64).min(1.0);
    let by_day = later
        .day
        .zip(earlier.day)
        .map_or(std::cmp::Ordering::Equal, |(later, earlier)| {
            later.total_cmp(&earlier)
        });
    let later_copies = by_day.then(earlier.words.cmp(&later.words)).is_ge();
    let order = if later_copies {
        [(later, earlier), (earlier, later)]
    } else {
        [(earlier, later), (later, earlier)]
    };
    order
        .into_iter()
        .find(|(copy, _)| share(copy) >= COPY_SHARE)
        .map(|(copy, of)| StreamCopy {
            report: copy.id.to_string(),
            of: of.id.to_string(),
            share: share(copy),
        })
}

/// Returns how many different runs two fingerprints share.
#[cfg(test)]
fn shared_runs(one: &Fingerprint, other: &Fingerprint) -> usize {
    let runs: std::collections::BTreeSet<u32> = one.runs.iter().map(|run| run | QUOTED).collect();
    other
        .runs
        .iter()
        .filter(|run| runs.contains(&(**run | QUOTED)))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str = "A ferry ran aground off Norrland early on Monday with three hundred people on board";
    const MORE: &str =
        "nobody was hurt and tugs pulled it free before noon the harbour master of Lindvik said";
    const OTHER: &str =
        "Engineers will look at the hull this week while a smaller ship takes over the crossing";

    fn found(texts: &[(&str, String)]) -> Vec<(String, String)> {
        let mut finder = CopyFinder::new(10);
        texts
            .iter()
            .flat_map(|(id, text)| finder.add(&fingerprint(&Report::new(*id, text.as_str()))))
            .map(|copy| (copy.report, copy.of))
            .collect()
    }

    fn pair(report: &str, of: &str) -> (String, String) {
        (report.to_owned(), of.to_owned())
    }

    #[test]
    fn runs_of_fifteen_words_are_found_wherever_they_stand() {
        let print = |text: String| fingerprint(&Report::new("a", text));
        for words in 0..20 {
            let padding = "one two ".repeat(words);
            let one = print(format!("{padding} {LEAD}"));
            let other = print(format!("{LEAD} {padding} {OTHER}"));
            assert!(shared_runs(&one, &other) > 0, "{words}");
        }
    }

    #[test]
    fn copies_are_found_cut_reordered_and_padded() {
        let texts = [
            ("a", format!("{LEAD}. {MORE}. {OTHER}.")),
            ("b", format!("{OTHER}! {LEAD}.")),
            (
                "c",
                "Quite another report of nothing much that anybody would have cared to copy from it."
                    .to_owned(),
            ),
            ("d", format!("{LEAD}. {MORE}. {OTHER}.")),
        ];
        assert_eq!(found(&texts), [pair("b", "a"), pair("d", "a")]);
    }

    #[test]
    fn a_longer_report_that_comes_later_may_be_the_original() {
        let texts = [
            ("a", format!("{LEAD}. {MORE}.")),
            ("b", format!("{LEAD}. {MORE}. {OTHER}. {OTHER} again.")),
        ];
        assert_eq!(found(&texts), [pair("a", "b")]);
    }

    #[test]
    fn a_shared_quote_is_no_copy() {
        let texts = [
            (
                "a",
                format!("The master of the ship gave a statement: “{LEAD}, {MORE}.” He would say no more."),
            ),
            (
                "b",
                format!("In Lindvik the owners put it like this on Tuesday: “{LEAD}, {MORE}.” Shares fell."),
            ),
        ];
        assert_eq!(found(&texts), []);
    }

    #[test]
    fn old_reports_leave() {
        let mut finder = CopyFinder::new(2);
        for number in 0..9 {
            let text =
                format!("{LEAD}. Report {number} of a long list of reports that are all alike but for that.");
            finder.add(&fingerprint(&Report::new(number.to_string(), text)));
        }
        assert!(finder.reports() <= 4);
        assert!(finder.add(&fingerprint(&Report::new("x", ""))).is_empty());
    }
}
