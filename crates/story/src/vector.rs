//! Terms with their weights as vectors of length one, and sums of them.

use crate::bag::term_boost;
use crate::frequency::ReportFrequencies;
use crate::options::GroupingOptions;
use crate::signature::ReportSignature;

/// The most terms that a sum holds: of a story of hundreds of reports the terms of single reports say little.
const LARGEST_SUM: usize = 900;
/// What a sum is cut to when it grows beyond.
const CUT_SUM: usize = 600;

/// Terms in ascending order, each with its weight. Terms that one report alone holds are left out, since they can
/// only lengthen the vector; its length counts them.
#[derive(Clone, Debug, Default)]
pub(crate) struct TermVector {
    entries: Vec<(u32, f32)>,
}

impl TermVector {
    /// Returns the vector of a report, scaled to length one: the weight of each term times how telling it is.
    pub(crate) fn of(
        signature: &ReportSignature,
        frequencies: &ReportFrequencies,
        options: &GroupingOptions,
    ) -> Self {
        let mut squares = 0.0;
        let mut entries = Vec::with_capacity(signature.number_of_terms());
        for term in signature.terms() {
            let weight = term.weight * term_boost(term.kind, options) * frequencies.rarity(term.hash);
            squares += weight * weight;
            if weight > 0.0 && !frequencies.is_of_one_report(term.hash) {
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

    /// Returns a copy without the terms that `keep` does not want.
    pub(crate) fn filtered(&self, keep: impl Fn(u32) -> bool) -> Self {
        let kept = self.entries.iter().copied().filter(|&(term, _)| keep(term));
        Self {
            entries: kept.collect(),
        }
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

    /// Adds another vector. A sum that grows too long keeps its weightiest terms.
    pub(crate) fn add(&mut self, other: &Self) {
        let mut sum = Vec::with_capacity(self.entries.len() + other.entries.len());
        let mut mine = self.entries.iter().copied().peekable();
        for &(term, weight) in &other.entries {
            while let Some(before) = mine.next_if(|&(mine, _)| mine < term) {
                sum.push(before);
            }
            let own = mine
                .next_if(|&(mine, _)| mine == term)
                .map_or(0.0, |(_, own)| own);
            sum.push((term, own + weight));
        }
        sum.extend(mine);
        if sum.len() > LARGEST_SUM {
            sum.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            sum.truncate(CUT_SUM);
            sum.sort_unstable_by_key(|&(term, _)| term);
        }
        self.entries = sum;
    }
}

/// A vector laid out to be multiplied with many others: a table with open addressing, a quarter full at most. Terms are
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
        let size = (vector.entries.len() * 4).next_power_of_two().max(64);
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
            while let Some(&(held, held_weight)) = self.places.get(place) {
                if held == term {
                    product += weight * held_weight;
                    break;
                }
                if held_weight == 0.0 {
                    break;
                }
                place = (place + 1) & self.mask;
            }
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
        a.add(&b);
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
