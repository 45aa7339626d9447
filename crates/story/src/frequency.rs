//! How many reports hold a term: the built-in tables and what was met since.

use rustc_hash::FxHashMap;

use crate::general_words::{SHARE_OF_UNKNOWN_WORD, share_of_reports};
use crate::signature::ReportSignature;

/// How many reports hold each term.
#[derive(Clone, Debug)]
pub(crate) struct ReportFrequencies {
    counts: FxHashMap<u32, u32>,
    reports: f32,
    prior_reports: f32,
}

impl ReportFrequencies {
    /// Returns the frequencies before the first report, when the tables stand for `prior_reports` reports.
    pub(crate) fn new(prior_reports: f32) -> Self {
        Self {
            counts: FxHashMap::default(),
            reports: 0.0,
            prior_reports: prior_reports.max(1.0),
        }
    }

    /// Counts a report.
    pub(crate) fn learn(&mut self, signature: &ReportSignature) {
        self.reports += 1.0;
        for term in signature.terms() {
            *self.counts.entry(term.hash).or_insert(0) += 1;
        }
    }

    /// Returns how telling a term is: the inverse document frequency (Spärck Jones 1972) with the tables as a prior.
    pub(crate) fn rarity(&self, term: u32) -> f32 {
        let share = share_of_reports()
            .get(&term)
            .copied()
            .unwrap_or(SHARE_OF_UNKNOWN_WORD);
        let met = self.counts.get(&term).copied().unwrap_or(0) as f32;
        let holding = met + share * self.prior_reports;
        libm::logf((self.reports + self.prior_reports) / holding).max(0.0)
    }

    /// Returns how many reports were met.
    pub(crate) fn reports(&self) -> f32 {
        self.reports
    }
}
