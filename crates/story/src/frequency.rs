//! How many reports hold a term: the built-in tables and what was met since.

use rustc_hash::FxHashMap;

use crate::general_words::{SHARE_OF_UNKNOWN_WORD, share_of_reports};
use crate::signature::ReportSignature;

/// In so many parts the terms of a set of reports are counted.
const PARTS: u32 = 32;

/// How many reports hold each term.
#[derive(Clone, Debug)]
pub(crate) struct ReportFrequencies {
    counts: FxHashMap<u32, u32>,
    /// How many reports hold a term without a count: none as long as reports come, one once all were counted.
    uncounted: u32,
    reports: f32,
    prior_reports: f32,
}

impl ReportFrequencies {
    /// Returns the frequencies before the first report, when the tables stand for `prior_reports` reports.
    pub(crate) fn new(prior_reports: f32) -> Self {
        Self {
            counts: FxHashMap::default(),
            uncounted: 0,
            reports: 0.0,
            prior_reports: prior_reports.max(1.0),
        }
    }

    /// Returns the frequencies of a whole set of reports. Most terms stand in one report only, and need no entry.
    pub(crate) fn of_all(signatures: &[&ReportSignature], prior_reports: f32) -> Self {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        let mut terms: Vec<u32> = Vec::new();
        // Part by part, so that the terms of all reports never stand in memory side by side.
        for part in 0..PARTS {
            terms.clear();
            let all = signatures.iter().flat_map(|signature| signature.terms());
            terms.extend(all.map(|term| term.hash).filter(|hash| hash % PARTS == part));
            terms.sort_unstable();
            for same in terms.chunk_by(|one, other| one == other) {
                if let [term, _, ..] = same {
                    counts.insert(*term, same.len() as u32);
                }
            }
        }
        counts.shrink_to_fit();
        Self {
            counts,
            uncounted: 1,
            reports: signatures.len() as f32,
            ..Self::new(prior_reports)
        }
    }

    /// Counts a report.
    pub(crate) fn learn(&mut self, signature: &ReportSignature) {
        self.reports += 1.0;
        for term in signature.terms() {
            *self.counts.entry(term.hash).or_insert(0) += 1;
        }
    }

    /// Halves all counts, and forgets terms of which nothing is left: what was frequent long ago counts less and less,
    /// and the counts take bounded memory however long a stream is (after Manku and Motwani 2002, "Approximate
    /// frequency counts over data streams").
    pub(crate) fn age(&mut self) {
        self.reports /= 2.0;
        self.counts.retain(|_, count| {
            *count /= 2;
            *count > 0
        });
        self.counts.shrink_to_fit();
    }

    /// Returns how telling a term is: the inverse document frequency (Spärck Jones 1972) with the tables as a prior.
    pub(crate) fn rarity(&self, term: u32) -> f32 {
        let share = share_of_reports()
            .get(&term)
            .copied()
            .unwrap_or(SHARE_OF_UNKNOWN_WORD);
        let met = self.counts.get(&term).copied().unwrap_or(self.uncounted) as f32;
        let holding = met + share * self.prior_reports;
        libm::logf((self.reports + self.prior_reports) / holding).max(0.0)
    }

    /// Returns true where it is sure that no two reports hold a term.
    pub(crate) fn is_of_one_report(&self, term: u32) -> bool {
        self.uncounted == 1 && !self.counts.contains_key(&term)
    }

    /// Returns how many reports were met.
    pub(crate) fn reports(&self) -> f32 {
        self.reports
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    use super::*;
    use crate::signature::{signature, word_term};

    #[test]
    fn a_whole_set_is_counted_as_one_by_one() {
        let texts = ["ferry aground lindvik", "ferry freed lindvik", "ferry sold"];
        let sign = |text: &&str| signature(&Report::new("a", *text));
        let signatures: Vec<ReportSignature> = texts.iter().map(sign).collect();
        let all = ReportFrequencies::of_all(&signatures.iter().collect::<Vec<_>>(), 300.0);
        let mut each = ReportFrequencies::new(300.0);
        for signature in &signatures {
            each.learn(signature);
        }
        for word in ["ferry", "lindvik", "aground", "sold"] {
            let term = word_term(word);
            assert_eq!(all.rarity(term), each.rarity(term), "{word}");
        }
        assert_eq!(all.reports(), each.reports());
        assert!(all.is_of_one_report(word_term("sold")) && !all.is_of_one_report(word_term("ferry")));
        assert!(!each.is_of_one_report(word_term("sold")));
    }
}
