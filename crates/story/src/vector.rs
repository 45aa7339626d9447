//! Terms with their weights as vectors of length one, and sums of them.

use rustc_hash::FxHashMap;

use crate::frequency::ReportFrequencies;
use crate::options::GroupingOptions;
use crate::signature::{ReportSignature, TermKind};

/// The most terms that a sum holds: of a story of hundreds of reports the terms of single reports say little.
const LARGEST_SUM: usize = 900;
/// What a sum is cut to when it grows beyond.
pub(crate) const CUT_SUM: usize = 600;

/// Terms in ascending order, each with its weight. Terms that one report alone holds are left out, since they can
/// only lengthen the vector; its length counts them.
#[derive(Clone, Debug, Default)]
pub(crate) struct TermVector {
    entries: Vec<(u32, f32)>,
}

/// Returns how much a term of a kind counts.
pub(crate) fn term_boost(kind: TermKind, options: &GroupingOptions) -> f32 {
    match kind {
        TermKind::Word => 1.0,
        TermKind::Name => options.name_boost,
        TermKind::Pair => options.pair_boost,
    }
}

impl TermVector {
    /// Returns the vector of a report, scaled to length one: the weight of each term times how telling it is.
    pub(crate) fn of(
        signature: &ReportSignature,
        frequencies: &ReportFrequencies,
        options: &GroupingOptions,
    ) -> Self {
        Self::with(signature, frequencies, options, |term| {
            !frequencies.is_of_one_report(term)
        })
    }

    /// Returns the vector of a report with all its terms.
    pub(crate) fn whole(
        signature: &ReportSignature,
        frequencies: &ReportFrequencies,
        options: &GroupingOptions,
    ) -> Self {
        Self::with(signature, frequencies, options, |_| true)
    }

    /// Returns the vector of a report with the terms that `keep` wants; all count for its length.
    fn with(
        signature: &ReportSignature,
        frequencies: &ReportFrequencies,
        options: &GroupingOptions,
        keep: impl Fn(u32) -> bool,
    ) -> Self {
        let mut squares = 0.0;
        let mut entries = Vec::with_capacity(signature.number_of_terms());
        for term in signature.terms() {
            let weight = term.weight * term_boost(term.kind, options) * frequencies.rarity(term.hash);
            squares += weight * weight;
            if weight > 0.0 && keep(term.hash) {
                entries.push((term.hash, weight));
            }
        }
        entries.shrink_to_fit();
        let mut vector = Self { entries };
        if squares > 0.0 {
            vector.scale(1.0 / libm::sqrtf(squares));
        }
        vector
    }

    /// Returns its terms, ascending.
    pub(crate) fn entries(&self) -> &[(u32, f32)] {
        &self.entries
    }

    /// Returns the so many weightiest terms, ascending.
    pub(crate) fn weightiest(&self, number: usize) -> Vec<(u32, f32)> {
        let mut terms = self.entries.clone();
        terms.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        terms.truncate(number);
        terms.sort_unstable_by_key(|&(term, _)| term);
        terms
    }

    /// Multiplies all weights.
    pub(crate) fn scale(&mut self, by: f32) {
        for (_, weight) in &mut self.entries {
            *weight *= by;
        }
    }

    /// Returns the product of two vectors.
    pub(crate) fn dot(&self, other: &Self) -> f32 {
        let (short, long) = if self.entries.len() <= other.entries.len() {
            (&self.entries, &other.entries)
        } else {
            (&other.entries, &self.entries)
        };
        let mut product = 0.0;
        let mut rest = long.as_slice();
        for &(term, weight) in short {
            // Most terms stand a few places ahead: a short walk before a search.
            let ahead = match rest.iter().take(8).position(|&(other, _)| other >= term) {
                Some(steps) => steps,
                None => rest.partition_point(|&(other, _)| other < term),
            };
            rest = rest.get(ahead..).unwrap_or_default();
            match rest.first() {
                Some(&(other, other_weight)) if other == term => product += weight * other_weight,
                Some(_) => {}
                None => break,
            }
        }
        product
    }

    /// Adds another vector and returns the product of the two: the very number that [`TermVector::dot`] gives. A sum that
    /// grows too long keeps its weightiest terms.
    pub(crate) fn add(&mut self, other: &Self) -> f32 {
        let mut product = 0.0;
        let mut sum = Vec::with_capacity(self.entries.len() + other.entries.len());
        let mut mine = self.entries.as_slice();
        for &(term, weight) in &other.entries {
            // Those before it are taken over in one go.
            let before = match mine.iter().take(16).position(|&(own, _)| own >= term) {
                Some(steps) => steps,
                None => mine.partition_point(|&(own, _)| own < term),
            };
            let (smaller, rest) = mine.split_at(before);
            sum.extend_from_slice(smaller);
            mine = rest;
            match mine.split_first() {
                Some((&(own, own_weight), rest)) if own == term => {
                    product += own_weight * weight;
                    sum.push((term, own_weight + weight));
                    mine = rest;
                }
                _ => sum.push((term, weight)),
            }
        }
        sum.extend_from_slice(mine);
        if sum.len() > LARGEST_SUM {
            sum.select_nth_unstable_by(CUT_SUM, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            sum.truncate(CUT_SUM);
            sum.sort_unstable_by_key(|&(term, _)| term);
        }
        self.entries = sum;
        product
    }
}

/// Gives the terms that two or more of the vectors hold numbers from 0 on, in their order, and drops the others: they
/// can make no product. Returns how many terms there are.
pub(crate) fn number_terms<'vectors>(vectors: impl Iterator<Item = &'vectors mut TermVector>) -> usize {
    let mut vectors: Vec<&mut TermVector> = vectors.collect();
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut shared = Vec::new();
    for vector in &vectors {
        for &(term, _) in &vector.entries {
            let holding = numbers.entry(term).or_default();
            *holding += 1;
            if *holding == 2 {
                shared.push(term);
            }
        }
    }
    shared.sort_unstable();
    numbers.clear();
    numbers.extend((0..).zip(&shared).map(|(number, &term)| (term, number)));
    for vector in &mut vectors {
        vector.entries.retain_mut(|(term, _)| {
            let number = numbers.get(term);
            *term = number.copied().unwrap_or_default();
            number.is_some()
        });
    }
    shared.len()
}

/// A vector of numbered terms laid out to be multiplied with many others: a weight for each number.
#[derive(Clone, Debug, Default)]
pub(crate) struct DenseVector {
    weights: Vec<f32>,
    /// The numbers whose weight is set.
    set: Vec<u32>,
}

impl DenseVector {
    /// Returns room for so many terms.
    pub(crate) fn new(terms: usize) -> Self {
        Self {
            weights: vec![0.0; terms],
            set: Vec::new(),
        }
    }

    /// Lays out `vector` in the place of the one before.
    pub(crate) fn lay_out(&mut self, vector: &TermVector) {
        for term in self.set.drain(..) {
            if let Some(weight) = self.weights.get_mut(term as usize) {
                *weight = 0.0;
            }
        }
        for &(term, weight) in &vector.entries {
            if let Some(place) = self.weights.get_mut(term as usize) {
                *place = weight;
            }
            self.set.push(term);
        }
    }

    /// Returns the product with another vector: the very number that [`TermVector::dot`] gives.
    pub(crate) fn dot(&self, other: &TermVector) -> f32 {
        let weight_of = |term: u32| self.weights.get(term as usize).copied().unwrap_or_default();
        other
            .entries
            .iter()
            .fold(0.0, |product, &(term, weight)| product + weight * weight_of(term))
    }
}

/// A vector laid out to be multiplied with many others: a table with open addressing, an eighth full at most. Terms are
/// hashes, so that their low bits spread them well.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpreadVector {
    /// Terms with their weights; a weight of 0 marks an empty place.
    places: Vec<(u32, f32)>,
    mask: usize,
}

impl SpreadVector {
    /// Lays out `vector`.
    pub(crate) fn lay_out(&mut self, vector: &TermVector) {
        let size = (vector.entries.len() * 8).next_power_of_two().max(64);
        self.places.clear();
        self.places.resize(size, (0, 0.0));
        self.mask = size - 1;
        for &(term, weight) in &vector.entries {
            let mut place = term as usize & self.mask;
            while let Some(held) = self.places.get_mut(place) {
                if held.1 == 0.0 {
                    *held = (term, weight);
                    break;
                }
                place = (place + 1) & self.mask;
            }
        }
    }

    /// Returns the product with another vector: the very number that [`TermVector::dot`] gives.
    pub(crate) fn dot(&self, other: &TermVector) -> f32 {
        let mut product = 0.0;
        for &(term, weight) in &other.entries {
            let mut place = term as usize & self.mask;
            let (mut held, mut held_weight) = self.places.get(place).copied().unwrap_or_default();
            while held != term && held_weight != 0.0 {
                place = (place + 1) & self.mask;
                (held, held_weight) = self.places.get(place).copied().unwrap_or_default();
            }
            // Without a branch: nobody can foresee which terms two reports share.
            let same = f32::from(u8::from(held == term));
            product += weight * held_weight * same;
        }
        product
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(entries: &[(u32, f32)]) -> TermVector {
        TermVector {
            entries: entries.to_vec(),
        }
    }

    #[test]
    fn products_and_sums_are_those_counted_by_hand() {
        let mut a = vector(&[(1, 1.0), (5, 2.0), (9, 0.5)]);
        let b = vector(&[(2, 3.0), (5, 4.0), (9, 2.0), (11, 1.0)]);
        assert_eq!(a.dot(&b), 9.0);
        assert_eq!(b.dot(&a), 9.0);
        assert_eq!(a.add(&b), 9.0);
        assert_eq!(a.entries(), [(1, 1.0), (2, 3.0), (5, 6.0), (9, 2.5), (11, 1.0)]);
        assert_eq!(vector(&[]).dot(&b), 0.0);
    }

    #[test]
    fn a_vector_that_is_laid_out_gives_the_same_products() {
        let entries = |seed: u32| -> Vec<(u32, f32)> {
            let mut entries: Vec<(u32, f32)> = (0..300)
                .map(|number: u32| {
                    (
                        number.wrapping_mul(2_654_435_761 + seed) % 997,
                        0.1 + number as f32,
                    )
                })
                .collect();
            entries.sort_unstable_by_key(|entry| entry.0);
            entries.dedup_by_key(|entry| entry.0);
            entries
        };
        let (a, b) = (vector(&entries(0)), vector(&entries(8)));
        let mut spread = SpreadVector::default();
        spread.lay_out(&a);
        assert_eq!(spread.dot(&b), a.dot(&b));
        assert_eq!(spread.dot(&vector(&[(0, 0.0), (5_000, 1.0)])), 0.0);
    }

    #[test]
    fn numbered_terms_give_the_same_products() {
        let mut vectors = [
            vector(&[(3, 1.0), (70, 2.0), (900, 4.0)]),
            vector(&[(5, 1.0), (70, 0.5), (900, 3.0)]),
            vector(&[(3, 2.0), (11, 9.0)]),
        ];
        let products: Vec<f32> = vectors.iter().map(|other| vectors[0].dot(other)).collect();
        assert_eq!(number_terms(vectors.iter_mut()), 3);
        assert_eq!(vectors[1].entries(), [(1, 0.5), (2, 3.0)]);
        let mut laid_out = DenseVector::new(3);
        laid_out.lay_out(&vectors[1]);
        laid_out.lay_out(&vectors[0]);
        // Of the first with itself all terms count, of which none was its own alone.
        assert_eq!(
            vectors
                .iter()
                .map(|other| laid_out.dot(other))
                .collect::<Vec<_>>(),
            products
        );
    }

    #[test]
    fn a_long_walk_is_a_search() {
        let long: Vec<(u32, f32)> = (0..500).map(|term| (term * 2, 1.0)).collect();
        assert_eq!(
            vector(&[(0, 1.0), (401, 1.0), (998, 1.0)]).dot(&vector(&long)),
            2.0
        );
    }

    #[test]
    fn a_sum_stays_short() {
        let mut sum = vector(&[]);
        for part in 0..10 {
            let terms: Vec<(u32, f32)> = (0..200).map(|term| (part * 1_000 + term, 1.0)).collect();
            sum.add(&vector(&terms));
        }
        assert!(sum.entries().len() <= LARGEST_SUM);
    }
}
