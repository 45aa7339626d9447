//! Which reports are nearest to which, at a cost a report that does not grow with their number.

use rustc_hash::FxHashMap;

use crate::nearness::nearness;
use crate::options::GroupingOptions;
use crate::vector::TermVector;

/// How many entries of the index one report may read.
const ENTRIES_READ: usize = 16_000;
/// How many entries of one term are read, newest first.
const ENTRIES_OF_TERM: usize = 2_000;
/// How many reports are compared in full with each report.
const COMPARED: usize = 48;
/// How many reports before it a report is linked with.
const LINKED: usize = 24;
/// Two reports less alike than this are not linked.
const LEAST_LIKENESS: f32 = 0.02;

/// Two reports that are alike, by position; the first is the earlier one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) earlier: u32,
    pub(crate) later: u32,
    /// The cosine of their vectors, raised or lowered by their distance in time.
    pub(crate) likeness: f32,
}

/// Returns the links of each report with the nearest ones before it. `days` are the days of the reports.
///
/// Each report reads the postings of its weightiest terms, newest first and so many in all, and is compared in full
/// with the best of what it finds there.
pub(crate) fn links(vectors: &[TermVector], days: &[Option<f64>], options: &GroupingOptions) -> Vec<Link> {
    let mut index: FxHashMap<u32, Vec<(u32, f32)>> = FxHashMap::default();
    let mut shared: Vec<f32> = vec![0.0; vectors.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut by_weight: Vec<(u32, f32)> = Vec::new();
    let mut found: Vec<Link> = Vec::new();
    let mut links = Vec::new();
    for (later, vector) in vectors.iter().enumerate() {
        by_weight.clear();
        by_weight.extend_from_slice(vector.entries());
        by_weight.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut read = 0;
        for &(term, weight) in &by_weight {
            let Some(entries) = index.get(&term) else { continue };
            for &(report, other) in entries.iter().rev().take(ENTRIES_OF_TERM) {
                if let Some(sum) = shared.get_mut(report as usize) {
                    if *sum == 0.0 {
                        touched.push(report);
                    }
                    *sum += weight * other;
                }
            }
            read += entries.len().min(ENTRIES_OF_TERM);
            if read > ENTRIES_READ {
                break;
            }
        }
        let sum_of = |report: u32| shared.get(report as usize).copied().unwrap_or_default();
        let best_first = |a: &u32, b: &u32| sum_of(*b).total_cmp(&sum_of(*a)).then(b.cmp(a));
        if touched.len() > COMPARED {
            touched.select_nth_unstable_by(COMPARED, best_first);
        }
        found.clear();
        let day = days.get(later).copied().flatten();
        for &earlier in touched.iter().take(COMPARED) {
            let Some(other) = vectors.get(earlier as usize) else {
                continue;
            };
            let apart = day
                .zip(days.get(earlier as usize).copied().flatten())
                .map(|(one, other)| (one - other).abs());
            let likeness = vector.dot(other).min(1.0) * nearness(apart, options);
            if likeness >= LEAST_LIKENESS {
                found.push(Link {
                    earlier,
                    later: later as u32,
                    likeness,
                });
            }
        }
        found.sort_unstable_by(|a, b| b.likeness.total_cmp(&a.likeness).then(b.earlier.cmp(&a.earlier)));
        links.extend(found.iter().take(LINKED));
        for report in touched.drain(..) {
            if let Some(sum) = shared.get_mut(report as usize) {
                *sum = 0.0;
            }
        }
        for &(term, weight) in vector.entries() {
            index.entry(term).or_default().push((later as u32, weight));
        }
    }
    links
}
