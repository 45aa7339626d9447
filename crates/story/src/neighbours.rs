//! Which reports are nearest to which, at a cost a report that does not grow with their number.

use rustc_hash::FxHashMap;

use crate::nearness::nearness;
use crate::options::GroupingOptions;
use crate::vector::{SpreadVector, TermVector};

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

/// How much of an index one report may read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// How many of a report's terms are entered.
    pub(crate) terms_entered: usize,
    /// How many entries of the index one report may read.
    pub(crate) entries_read: usize,
    /// How many entries of one term are read, newest first.
    pub(crate) entries_of_term: usize,
    /// How many reports are compared in full with each report.
    pub(crate) compared: usize,
    /// How many reports before it a report is linked with.
    pub(crate) linked: usize,
}

/// The effort for a set of reports that is grouped as a whole.
const WHOLE_SET: Effort = Effort {
    terms_entered: usize::MAX,
    entries_read: 16_000,
    entries_of_term: 2_000,
    compared: 48,
    linked: 24,
};

/// Reports by their terms.
///
/// Each report reads the postings of its weightiest terms, newest first and so many in all, and is compared in full
/// with the best of what it finds there.
#[derive(Clone, Debug)]
pub(crate) struct NeighbourIndex {
    effort: Effort,
    postings: FxHashMap<u32, Vec<(u32, f32)>>,
    /// For each report what the report at hand shares with it.
    shared: Vec<f32>,
    touched: Vec<u32>,
    by_weight: Vec<(u32, f32)>,
    /// The vector of the report at hand.
    spread: SpreadVector,
    found: Vec<(u32, f32)>,
}

impl NeighbourIndex {
    /// Returns an index of nothing.
    pub(crate) fn new(effort: Effort) -> Self {
        Self {
            effort,
            postings: FxHashMap::default(),
            shared: Vec::new(),
            touched: Vec::new(),
            by_weight: Vec::new(),
            spread: SpreadVector::default(),
            found: Vec::new(),
        }
    }

    /// Forgets all reports.
    pub(crate) fn clear(&mut self) {
        self.postings.clear();
        self.shared.clear();
    }

    /// Returns the reports that are nearest to a vector of a day, each with its likeness, the most alike first.
    /// `known` returns vector and day of a report.
    pub(crate) fn nearest<'vectors>(
        &mut self,
        vector: &TermVector,
        day: Option<f64>,
        known: impl Fn(u32) -> Option<(&'vectors TermVector, Option<f64>)>,
        options: &GroupingOptions,
    ) -> &[(u32, f32)] {
        self.sort_by_weight(vector);
        let mut read = 0;
        for &(term, weight) in &self.by_weight {
            let Some(entries) = self.postings.get(&term) else {
                continue;
            };
            for &(report, other) in entries.iter().rev().take(self.effort.entries_of_term) {
                if let Some(sum) = self.shared.get_mut(report as usize) {
                    if *sum == 0.0 {
                        self.touched.push(report);
                    }
                    *sum += weight * other;
                }
            }
            read += entries.len().min(self.effort.entries_of_term);
            if read > self.effort.entries_read {
                break;
            }
        }
        let shared = &self.shared;
        let sum_of = |report: u32| shared.get(report as usize).copied().unwrap_or_default();
        let best_first = |a: &u32, b: &u32| sum_of(*b).total_cmp(&sum_of(*a)).then(b.cmp(a));
        if self.touched.len() > self.effort.compared {
            self.touched
                .select_nth_unstable_by(self.effort.compared, best_first);
        }
        self.found.clear();
        self.spread.lay_out(vector);
        for &report in self.touched.iter().take(self.effort.compared) {
            let Some((other, other_day)) = known(report) else {
                continue;
            };
            let likeness = likeness(self.spread.dot(other), day, other_day, options);
            if likeness >= LEAST_LIKENESS {
                self.found.push((report, likeness));
            }
        }
        self.found
            .sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
        self.found.truncate(self.effort.linked);
        for report in self.touched.drain(..) {
            if let Some(sum) = self.shared.get_mut(report as usize) {
                *sum = 0.0;
            }
        }
        &self.found
    }

    /// Enters the vector of a report, whose number is greater than all before it.
    pub(crate) fn enter(&mut self, report: u32, vector: &TermVector) {
        self.shared.resize(report as usize + 1, 0.0);
        if vector.entries().len() <= self.effort.terms_entered {
            for &(term, weight) in vector.entries() {
                self.postings.entry(term).or_default().push((report, weight));
            }
            return;
        }
        self.sort_by_weight(vector);
        for &(term, weight) in self.by_weight.iter().take(self.effort.terms_entered) {
            self.postings.entry(term).or_default().push((report, weight));
        }
    }

    /// Puts the terms of a vector in order, the weightiest first.
    fn sort_by_weight(&mut self, vector: &TermVector) {
        self.by_weight.clear();
        self.by_weight.extend_from_slice(vector.entries());
        self.by_weight
            .sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    }
}

/// Returns how alike two reports are by the product of their vectors and their days.
pub(crate) fn likeness(
    product: f32,
    day: Option<f64>,
    other_day: Option<f64>,
    options: &GroupingOptions,
) -> f32 {
    let apart = day.zip(other_day).map(|(one, other)| (one - other).abs());
    product.min(1.0) * nearness(apart, options)
}

/// Returns the links of each report with the nearest ones before it. `days` are the days of the reports.
pub(crate) fn links(vectors: &[TermVector], days: &[Option<f64>], options: &GroupingOptions) -> Vec<Link> {
    let mut index = NeighbourIndex::new(WHOLE_SET);
    let mut links = Vec::new();
    let day_of = |report: usize| days.get(report).copied().flatten();
    let known = |report: u32| Some((vectors.get(report as usize)?, day_of(report as usize)));
    for (later, vector) in vectors.iter().enumerate() {
        let found = index.nearest(vector, day_of(later), known, options);
        links.extend(found.iter().map(|&(earlier, likeness)| Link {
            earlier,
            later: later as u32,
            likeness,
        }));
        index.enter(later as u32, vector);
    }
    links
}
