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
