//! Choosing lines that say something new, and citing all reports that say it.

use std::collections::BTreeSet;

use rashomon_core::{Cell, Ledger, Line, LineCite, StoryReadings, Verdict};

use super::candidates::{Candidate, Candidates, shared_words};

/// Two lines with this share of the shorter one's words in common say the same.
const SAME_WORDS: f64 = 0.65;
/// With fewer words a share says nothing.
const LEAST_WORDS: usize = 4;
/// Another report's sentence is cited for a line when it shares at least this part of the line's facts by weight, and
/// of its words.
const LEAST_SHARED_WEIGHT: f64 = 0.3;
/// The same for the words of the shorter of two sentences.
const LEAST_SHARED_WORDS: f64 = 0.2;
/// A sentence says something new when more than this share of its facts, by weight, is in no line yet.
const LEAST_NEW: f64 = 0.0;
/// The same for a sentence that a line cites already as saying the same.
const LEAST_NEW_OF_CITED: f64 = 0.5;

/// What the lines chosen so far hold.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) covered: Vec<bool>,
    words: Vec<Vec<u32>>,
    sentences: BTreeSet<(usize, usize)>,
    cited: BTreeSet<(usize, usize)>,
}

impl Chosen {
    /// Returns a choice without lines, over so many facts.
    pub(crate) fn new(facts: usize) -> Self {
        Self {
            covered: vec![false; facts],
            words: Vec::new(),
            sentences: BTreeSet::new(),
            cited: BTreeSet::new(),
        }
    }

    /// Returns true when the sentence itself was chosen.
    pub(crate) fn has(&self, candidate: &Candidate<'_>) -> bool {
        self.sentences.contains(&(candidate.report, candidate.sentence))
    }

    /// Returns true when a chosen line cites the sentence as saying the same.
    pub(crate) fn cites(&self, candidate: &Candidate<'_>) -> bool {
        self.cited.contains(&(candidate.report, candidate.sentence))
    }

    /// Returns true when the lines chosen so far leave the sentence nothing to add.
    pub(crate) fn repeats(&self, candidate: &Candidate<'_>, candidates: &Candidates<'_>) -> bool {
        self.has(candidate) || self.covers(candidate, candidates) || self.resembles(candidate)
    }

    /// Returns true when most of what the sentence says, by the weight of its facts, is in chosen lines.
    fn covers(&self, candidate: &Candidate<'_>, candidates: &Candidates<'_>) -> bool {
        let (mut all, mut new) = (0.0, 0.0);
        for &fact in &candidate.facts {
            let weight = candidates.fact_weights.get(fact).copied().unwrap_or_default();
            all += weight;
            if self.covered.get(fact) != Some(&true) {
                new += weight;
            }
        }
        let least = if self.cites(candidate) {
            LEAST_NEW_OF_CITED
        } else {
            LEAST_NEW
        };
        !candidate.facts.is_empty() && new <= least * all
    }

    /// Returns true when a chosen line has most of the sentence's words.
    pub(crate) fn resembles(&self, candidate: &Candidate<'_>) -> bool {
        self.words.iter().any(|words| same_words(words, &candidate.words))
    }

    /// Notes the other sentences that a line cites.
    pub(crate) fn add_cites(&mut self, line: &Line, candidates: &Candidates<'_>) {
        self.cited
            .extend(line.cites.iter().filter_map(|cite| candidates.at(cite)));
    }

    /// Adds a sentence.
    pub(crate) fn add(&mut self, candidate: &Candidate<'_>) {
        // A value that was replaced does not stand for what replaced it.
        for &fact in candidate
            .facts
            .iter()
            .filter(|fact| !candidate.replaced.contains(fact))
        {
            if let Some(covered) = self.covered.get_mut(fact) {
                *covered = true;
            }
        }
        self.words.push(candidate.words.clone());
        self.sentences.insert((candidate.report, candidate.sentence));
    }
}

/// Returns true when two sorted lists of words are mostly the same.
pub(crate) fn same_words<Word: Ord>(one: &[Word], other: &[Word]) -> bool {
    let (shorter, longer) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let least = shorter.len();
    if least < LEAST_WORDS {
        return false;
    }
    // Most pairs of sentences share little: it is known long before their ends.
    let needed = SAME_WORDS * least as f64;
    let mut may_share = least;
    let mut longer = longer.iter().peekable();
    for word in shorter {
        while longer.next_if(|other| *other < word).is_some() {}
        if longer.next_if(|other| *other == word).is_none() {
            may_share -= 1;
            if (may_share as f64) < needed {
                return false;
            }
        }
    }
    true
}

/// Returns the line of a sentence, with a cite of it and of the best sentence of each other report that says the same.
pub(crate) fn line(
    candidate: &Candidate<'_>,
    candidates: &Candidates<'_>,
    story: &StoryReadings<'_>,
    ledger: &Ledger,
) -> Line {
    let own_weight: f64 = candidate
        .facts
        .iter()
        .filter_map(|&fact| candidates.fact_weights.get(fact))
        .sum();
    // For each sentence of another report: the weight of the facts in which it says the same.
    let mut same: Vec<((usize, usize), f64)> = Vec::new();
    // Those that say something else in one of the facts support no line, however much else they share.
    let mut otherwise: BTreeSet<(usize, usize)> = BTreeSet::new();
    for &position in &candidate.facts {
        let Some(fact) = ledger.facts.get(position) else {
            continue;
        };
        let weight = candidates.fact_weights.get(position).copied().unwrap_or_default();
        let own = fact
            .cells
            .iter()
            .find(|cell| cell.report == candidate.report && cell.sentence == candidate.sentence);
        let Some(own) = own else { continue };
        let mut seen = BTreeSet::new();
        for cell in &fact.cells {
            let at = (cell.report, cell.sentence);
            if cell.report == candidate.report || !seen.insert(at) {
                continue;
            }
            if !says_the_same(fact.verdict, own, cell) {
                otherwise.insert(at);
                continue;
            }
            match same.iter_mut().find(|(found, _)| *found == at) {
                Some((_, sum)) => *sum += weight,
                None => same.push((at, weight)),
            }
        }
    }
    same.retain(|(at, _)| !otherwise.contains(at));
    same.sort_by(|one, other| {
        (one.0.0)
            .cmp(&other.0.0)
            .then_with(|| other.1.total_cmp(&one.1))
            .then_with(|| one.0.cmp(&other.0))
    });
    let mut cites = vec![LineCite {
        report: candidate.report,
        span: candidate.span,
    }];
    for ((report, sentence), weight) in same {
        if cites.iter().any(|cite| cite.report == report) {
            continue;
        }
        let Some(found) = candidates.find(report, sentence) else {
            continue;
        };
        let least = found.words.len().min(candidate.words.len()).max(1) as f64;
        let near = shared_words(&found.words, &candidate.words) as f64 >= LEAST_SHARED_WORDS * least;
        if weight >= LEAST_SHARED_WEIGHT * own_weight && near {
            cites.push(LineCite {
                report,
                span: found.span,
            });
        }
    }
    Line {
        text: candidate.text.to_owned(),
        cites: without_copies(&cites, story),
    }
}

/// Returns true when two cells of a fact say the same of it.
fn says_the_same(verdict: Verdict, own: &Cell, other: &Cell) -> bool {
    verdict == Verdict::Agree
        || (own.status == other.status && own.value.to_lowercase() == other.value.to_lowercase())
}

/// Leaves out cites that stand in a passage taken from a report that is cited too: a copy is no second source.
pub(crate) fn without_copies(cites: &[LineCite], story: &StoryReadings<'_>) -> Vec<LineCite> {
    let reports: BTreeSet<usize> = cites.iter().map(|cite| cite.report).collect();
    let is_copy = |cite: &LineCite| {
        story.copies.iter().any(|copy| {
            copy.report == cite.report
                && reports.contains(&copy.of)
                && copy
                    .passages
                    .iter()
                    .any(|passage| passage.overlap(cite.span) * 2 > cite.span.len())
        })
    };
    cites
        .iter()
        .enumerate()
        .filter(|(place, cite)| *place == 0 || !is_copy(cite))
        .map(|(_, cite)| *cite)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mostly_the_same_words_are_the_same() {
        assert!(same_words(&[1, 2, 3, 4], &[0, 1, 2, 3, 9]));
        assert!(!same_words(&[1, 2, 3, 4], &[1, 2, 5, 6, 7]));
        assert!(!same_words(&[1, 2, 3], &[1, 2, 3]), "three words say nothing");
        // As counting what the two share says, whatever they are.
        let lists: Vec<Vec<u32>> = (0..64u32)
            .map(|number| (0..9).filter(|bit| ((number * 37) >> bit) & 1 == 1).collect())
            .collect();
        for one in &lists {
            for other in &lists {
                let least = one.len().min(other.len());
                let shared = shared_words(one, other) as f64;
                let same = least >= LEAST_WORDS && shared >= SAME_WORDS * least as f64;
                assert_eq!(same_words(one, other), same, "{one:?} {other:?}");
            }
        }
    }
}
