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
    /// The product of their vectors, which is their cosine.
    pub(crate) product: f32,
    /// The cosine, raised or lowered by their distance in time.
    pub(crate) likeness: f32,
}

/// A report that is near to the one that was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Neighbour {
    pub(crate) report: u32,
    /// As in [`Link`].
    pub(crate) product: f32,
    /// As in [`Link`].
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
    /// What each report that was met shares, in the high bits, and its position, in the low bits.
    ranks: Vec<u64>,
    /// The weights of the vector at hand, in the high bits, and its terms, inverted, in the low bits: the weightiest first.
    by_weight: Vec<u64>,
    /// The vector of the report at hand.
    spread: SpreadVector,
    found: Vec<Neighbour>,
}

impl NeighbourIndex {
    /// Returns an index of nothing.
    pub(crate) fn new(effort: Effort) -> Self {
        Self {
            effort,
            postings: FxHashMap::default(),
            shared: Vec::new(),
            touched: Vec::new(),
            ranks: Vec::new(),
            by_weight: Vec::new(),
            spread: SpreadVector::default(),
            found: Vec::new(),
        }
    }

    /// Forgets all reports. The lists of terms that some report had keep their room for the next ones.
    pub(crate) fn clear(&mut self) {
        self.postings.retain(|_, entries| {
            let was_used = !entries.is_empty();
            entries.clear();
            was_used
        });
        self.shared.clear();
    }

    /// Returns the reports that are nearest to a vector of a day, the most alike first.
    /// `known` returns vector and day of a report.
    pub(crate) fn nearest<'vectors>(
        &mut self,
        vector: &TermVector,
        day: Option<f64>,
        known: impl Fn(u32) -> Option<(&'vectors TermVector, Option<f64>)>,
        options: &GroupingOptions,
    ) -> &[Neighbour] {
        self.sort_by_weight(vector);
        let mut read = 0;
        let mut met = 0;
        for (term, weight) in self.by_weight.iter().copied().map(term_of) {
            let Some(entries) = self.postings.get(&term) else {
                continue;
            };
            let entries = newest(entries, self.effort.entries_of_term);
            if self.touched.len() < met + entries.len() {
                self.touched.resize(met + entries.len(), 0);
            }
            for &(report, other) in entries {
                if let Some(sum) = self.shared.get_mut(report as usize)
                    && let Some(next) = self.touched.get_mut(met)
                {
                    // Without a branch: nobody can foresee which reports share a term.
                    *next = report;
                    met += usize::from(*sum == 0.0);
                    *sum += weight * other;
                }
            }
            read += entries.len();
            if read > self.effort.entries_read {
                break;
            }
        }
        // What a report shares is above 0, and such numbers are in the order of their bits.
        self.ranks.clear();
        for &report in self.touched.iter().take(met) {
            if let Some(sum) = self.shared.get_mut(report as usize) {
                self.ranks
                    .push(u64::from(sum.to_bits()) << 32 | u64::from(report));
                *sum = 0.0;
            }
        }
        let compared = self.effort.compared;
        if self.ranks.len() > compared {
            self.ranks.select_nth_unstable_by(compared, |a, b| b.cmp(a));
            self.ranks.truncate(compared);
        }
        self.found.clear();
        self.spread.lay_out(vector);
        for &rank in &self.ranks {
            let report = rank as u32;
            let Some((other, other_day)) = known(report) else {
                continue;
            };
            let product = self.spread.dot(other);
            let likeness = likeness(product, day, other_day, options);
            if likeness >= LEAST_LIKENESS {
                self.found.push(Neighbour {
                    report,
                    product,
                    likeness,
                });
            }
        }
        self.found
            .sort_unstable_by(|a, b| b.likeness.total_cmp(&a.likeness).then(b.report.cmp(&a.report)));
        self.found.truncate(self.effort.linked);
        &self.found
    }

    /// Enters the vector of a report, whose number is greater than all before it.
    pub(crate) fn enter(&mut self, report: u32, vector: &TermVector) {
        if vector.entries().len() > self.effort.terms_entered {
            self.rank(vector);
            self.by_weight
                .select_nth_unstable_by(self.effort.terms_entered, |a, b| b.cmp(a));
        }
        self.enter_sorted(report, vector);
    }

    /// Enters the report whose nearest ones were just asked for, as [`NeighbourIndex::enter`] does.
    pub(crate) fn enter_asked(&mut self, report: u32, vector: &TermVector) {
        self.enter_sorted(report, vector);
    }

    /// Enters the vector of a report; where it has more terms than are entered, they are sorted by weight.
    fn enter_sorted(&mut self, report: u32, vector: &TermVector) {
        self.shared.resize(report as usize + 1, 0.0);
        if vector.entries().len() <= self.effort.terms_entered {
            for &(term, weight) in vector.entries() {
                self.postings.entry(term).or_default().push((report, weight));
            }
            return;
        }
        let weightiest = self.by_weight.iter().take(self.effort.terms_entered);
        for (term, weight) in weightiest.copied().map(term_of) {
            self.postings.entry(term).or_default().push((report, weight));
        }
    }

    /// Puts the terms of a vector in order, the weightiest first.
    fn sort_by_weight(&mut self, vector: &TermVector) {
        self.rank(vector);
        self.by_weight.sort_unstable_by(|a, b| b.cmp(a));
    }

    /// Ranks the terms of a vector by weight.
    fn rank(&mut self, vector: &TermVector) {
        self.by_weight.clear();
        // Weights are above 0, and such numbers are in the order of their bits.
        let rank = |&(term, weight): &(u32, f32)| u64::from(weight.to_bits()) << 32 | u64::from(!term);
        self.by_weight.extend(vector.entries().iter().map(rank));
    }
}

/// Returns the term that a place in the order by weight stands for, with its weight.
fn term_of(rank: u64) -> (u32, f32) {
    (!(rank as u32), f32::from_bits((rank >> 32) as u32))
}

/// Returns the entries of a term that came last.
fn newest(entries: &[(u32, f32)], number: usize) -> &[(u32, f32)] {
    entries
        .get(entries.len().saturating_sub(number)..)
        .unwrap_or_default()
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
        links.extend(found.iter().map(|near| Link {
            earlier: near.report,
            later: later as u32,
            product: near.product,
            likeness: near.likeness,
        }));
        index.enter_asked(later as u32, vector);
    }
    links
}
