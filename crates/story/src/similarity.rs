//! How much two reports tell of the same.

use crate::frequency::ReportFrequencies;
use crate::options::GroupingOptions;
use crate::signature::{ReportSignature, Term, TermKind};
use crate::vector::term_boost;

/// The weight of the root of the cosine of all terms.
const ALL_TERMS: f64 = 0.92;
/// The weight of the root of the cosine of names and numbers.
const NAMES: f64 = 0.39;
/// What two reports that share nothing have in common.
const NOTHING: f64 = 0.01;

/// Says of two reports how much they tell of the same.
///
/// The similarity is a sum of two cosines, each under a square root: that of all terms, words, names and pairs of words,
/// each weighed by how rare it is; and that of names and numbers alone. The root is there because people call two reports
/// alike long before they share most of their words. The two weights were fitted by least squares to how people
/// judged the development half of the news pairs of SemEval 2022 task 8 (Chen and others 2022), in eight pairs of
/// languages, one setting for all: 0 stands for their "very dissimilar", 1 for "very similar".
///
/// Time is not looked at: two reports of one matter a year apart are similar, and no one story.
#[derive(Clone, Debug)]
pub struct Similarity {
    frequencies: ReportFrequencies,
    options: GroupingOptions,
}

impl Similarity {
    /// Returns what weighs terms by how many of `signatures` hold them. With few of them the built-in tables decide.
    pub fn of_all(signatures: &[ReportSignature]) -> Self {
        let options = GroupingOptions::default();
        let all: Vec<&ReportSignature> = signatures.iter().collect();
        Self {
            frequencies: ReportFrequencies::of_all(&all, options.prior_reports),
            options,
        }
    }

    /// Returns how much two reports tell of the same, 0 to 1; the same in either order.
    pub fn between(&self, one: &ReportSignature, other: &ReportSignature) -> f64 {
        let (one, other): (Vec<Term>, Vec<Term>) = (one.terms().collect(), other.terms().collect());
        let all = self.cosine(&one, &other, |_| true);
        let names = self.cosine(&one, &other, |kind| kind == TermKind::Name);
        (NOTHING + ALL_TERMS * all.sqrt() + NAMES * names.sqrt()).clamp(0.0, 1.0)
    }

    /// Returns the cosine of the terms of the wanted kinds. A name that opens a sentence is a plain word there: a term of
    /// a wanted kind in both reports is wanted, and counts as such, where one of them tells its kind.
    fn cosine(&self, one: &[Term], other: &[Term], wanted: impl Fn(TermKind) -> bool) -> f64 {
        let weight = |term: &Term| {
            f64::from(term.weight * term_boost(term.kind, &self.options) * self.frequencies.rarity(term.hash))
        };
        let find = |terms: &[Term], hash: u32| {
            let place = terms.binary_search_by_key(&hash, |term| term.hash).ok()?;
            terms.get(place).copied()
        };
        let squares = |terms: &[Term]| -> f64 {
            let of_kind = terms.iter().filter(|term| wanted(term.kind));
            of_kind.map(|term| weight(term) * weight(term)).sum()
        };
        let length = (squares(one) * squares(other)).sqrt();
        if length <= 0.0 {
            return 0.0;
        }
        let product: f64 = one
            .iter()
            .filter_map(|term| {
                let same = find(other, term.hash)?;
                (wanted(term.kind) || wanted(same.kind)).then(|| weight(term) * weight(&same))
            })
            .sum();
        (product / length).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    use super::*;
    use crate::signature::signature;

    #[test]
    fn alike_reports_are_more_similar_than_others_and_order_does_not_matter() {
        let signatures = [
            "A ferry ran aground off Lindvik on Monday with 300 people on board. Nobody was hurt.",
            "Tugs freed the ferry off Lindvik; the 300 people on board were not hurt, police said.",
            "The national bank of Ostrenia left its rate at 3.5 percent and lowered its forecast.",
            "",
        ]
        .map(|text| signature(&Report::new("a", text)));
        let similarity = Similarity::of_all(&signatures);
        let between = |one: usize, other: usize| similarity.between(&signatures[one], &signatures[other]);
        assert_eq!(between(0, 0), 1.0);
        assert!(between(0, 1) > 0.6, "{}", between(0, 1));
        assert!(between(0, 2) < 0.2, "{}", between(0, 2));
        assert!((between(0, 1) - between(1, 0)).abs() < 1e-12);
        assert!(between(0, 3) < 0.05);
    }
}
