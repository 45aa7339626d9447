//! Two events that look alike, two earthquakes or two arrests of players of one team, are told apart by what all
//! reports of the one say and no report of the other: names, numbers, places.

use rustc_hash::FxHashMap;

use crate::frequency::ReportFrequencies;
use crate::options::GroupingOptions;
use crate::signature::{ReportSignature, TermKind};
use crate::vector::TermVector;

/// The share of a side's reports that must hold a term of its core.
const IN_CORE: f32 = 0.55;
/// How fast a term loses its weight as a side's own when reports of the other side hold it too.
const SHARED_LOSS: f32 = 4.0;
/// How many reports of the smaller side halve the evidence: two reports share many words by chance.
const DOUBT_OF_REPORTS: f32 = 5.0;
/// How many words a report halve the evidence: what a headline does not say, it may still mean.
const DOUBT_OF_WORDS: f32 = 30.0;
/// How many reports of a side are compared with each other.
const COMPARED: usize = 24;
/// A story of fewer reports has no two sides of two.
const FEWEST_TO_SPLIT: usize = 4;
/// The most terms that the sum of a side holds.
const LARGEST_SUM: usize = 900;
/// What it is cut to when it grows beyond.
const CUT_SUM: usize = 500;
/// How many reports that are far apart two sides are begun with, each with each.
const STARTS: usize = 3;
/// How often reports are moved between two sides until they settle.
const ROUNDS: usize = 6;

/// How many reports of a set hold each term, in ascending order of terms.
fn holding(signatures: &[&ReportSignature]) -> Vec<(u32, f32)> {
    let mut terms: Vec<u32> = signatures
        .iter()
        .flat_map(|signature| signature.terms())
        .filter(|term| term.kind != TermKind::Pair)
        .map(|term| term.hash)
        .collect();
    terms.sort_unstable();
    terms
        .chunk_by(|a, b| a == b)
        .filter_map(|chunk| Some((*chunk.first()?, chunk.len() as f32 / signatures.len() as f32)))
        .collect()
}

/// Returns the share of the core of `own` (terms that nearly all its reports hold, by rarity) that hardly any report
/// of `other` holds.
fn own_share(own: &[(u32, f32)], other: &[(u32, f32)], frequencies: &ReportFrequencies) -> f32 {
    let (mut core, mut only) = (0.0, 0.0);
    for &(term, share) in own.iter().filter(|&&(_, share)| share >= IN_CORE) {
        let weight = frequencies.rarity(term) * share * share * share;
        core += weight;
        let elsewhere = other
            .binary_search_by_key(&term, |&(term, _)| term)
            .ok()
            .and_then(|index| other.get(index))
            .map_or(0.0, |&(_, share)| share);
        only += weight * (1.0 - SHARED_LOSS * elsewhere / share).max(0.0);
    }
    if core > 0.0 { only / core } else { 0.0 }
}

/// Returns how many words the signatures of a side hold on average.
fn words_of(side: &[&ReportSignature]) -> f32 {
    let words: usize = side.iter().map(|signature| signature.number_of_words()).sum();
    words as f32 / side.len().max(1) as f32
}

/// What terms are weighed with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scales<'grouper> {
    pub(crate) frequencies: &'grouper ReportFrequencies,
    pub(crate) options: &'grouper GroupingOptions,
}

/// The reports of a story, their terms numbered within it.
#[derive(Debug)]
struct Laid<'story> {
    signatures: &'story [&'story ReportSignature],
    /// The terms of all reports, one report after the other, with their weights: each report's vector has length one.
    entries: Vec<(u32, f32)>,
    /// Where the entries of each report end.
    ends: Vec<usize>,
    /// How many terms the story has.
    terms: usize,
}

/// The sum of some vectors of a story, a weight for each of its terms.
#[derive(Debug)]
struct Sum {
    weights: Vec<f32>,
    length: f32,
}

impl<'story> Laid<'story> {
    /// Numbers the terms of a story; `vectors` are those of its reports, with all their terms.
    fn new(signatures: &'story [&'story ReportSignature], vectors: &[&TermVector]) -> Self {
        let all: usize = vectors.iter().map(|vector| vector.entries().len()).sum();
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        let mut entries = Vec::with_capacity(all);
        let mut ends = Vec::with_capacity(vectors.len());
        for vector in vectors {
            for &(term, weight) in vector.entries() {
                let next = numbers.len() as u32;
                entries.push((*numbers.entry(term).or_insert(next), weight));
            }
            ends.push(entries.len());
        }
        Self {
            signatures,
            entries,
            ends,
            terms: numbers.len(),
        }
    }

    /// Returns the terms of a report.
    fn of(&self, report: usize) -> &[(u32, f32)] {
        let end = |report: usize| self.ends.get(report).copied().unwrap_or_default();
        let begin = report.checked_sub(1).map_or(0, end);
        self.entries.get(begin..end(report)).unwrap_or_default()
    }

    /// Returns the sum of some reports. A sum that grows too long keeps its weightiest terms: what many reports say.
    fn sum(&self, reports: impl Iterator<Item = usize>) -> Sum {
        let mut weights = vec![0.0_f32; self.terms];
        let mut held: Vec<u32> = Vec::new();
        for report in reports {
            for &(term, weight) in self.of(report) {
                if let Some(sum) = weights.get_mut(term as usize) {
                    if *sum == 0.0 {
                        held.push(term);
                    }
                    *sum += weight;
                }
            }
            if held.len() > LARGEST_SUM {
                let weight_of = |term: u32| weights.get(term as usize).copied().unwrap_or_default();
                held.select_nth_unstable_by(CUT_SUM, |&a, &b| {
                    weight_of(b).total_cmp(&weight_of(a)).then(a.cmp(&b))
                });
                for term in held.drain(CUT_SUM..) {
                    if let Some(sum) = weights.get_mut(term as usize) {
                        *sum = 0.0;
                    }
                }
            }
        }
        let squares: f32 = weights.iter().map(|weight| weight * weight).sum();
        Sum {
            weights,
            length: squares.sqrt(),
        }
    }

    /// Returns how alike a report and a sum are: the cosine of their vectors, 0 to 1.
    fn likeness(&self, report: usize, sum: &Sum) -> f32 {
        let product = self.of(report).iter().fold(0.0, |product, &(term, weight)| {
            product + weight * sum.weights.get(term as usize).copied().unwrap_or_default()
        });
        if sum.length > 0.0 {
            (product / sum.length).min(1.0)
        } else {
            0.0
        }
    }

    /// Returns how alike reports of different sides are, as a share of how alike those of one side are: 0 to 1, near 1
    /// where the two sides are one.
    fn closeness(&self, a: &[usize], b: &[usize]) -> f32 {
        let some = |side: &[usize]| -> Vec<usize> {
            side.iter()
                .copied()
                .step_by(side.len().div_ceil(COMPARED).max(1))
                .collect()
        };
        let (a, b) = (some(a), some(b));
        let (mut in_a, mut in_b, mut across) = (Mean::default(), Mean::default(), Mean::default());
        for (place, &report) in a.iter().enumerate() {
            let sum = self.sum(std::iter::once(report));
            in_a.add(a.iter().skip(place + 1).map(|&other| self.likeness(other, &sum)));
            across.add(b.iter().map(|&other| self.likeness(other, &sum)));
        }
        for (place, &report) in b.iter().enumerate() {
            let sum = self.sum(std::iter::once(report));
            in_b.add(b.iter().skip(place + 1).map(|&other| self.likeness(other, &sum)));
        }
        let inside = (in_a.value() * in_b.value()).sqrt();
        if inside > 0.0 {
            (across.value() / inside).min(1.0)
        } else {
            1.0
        }
    }

    /// Returns true where two sides exclude each other: how far they do, 0 to 1, reaches the threshold of the options.
    /// Each side's core must lack in the other, so the smaller share counts; and reports of different sides must be less
    /// alike than those of one side. A side of one report shows nothing.
    fn exclude(&self, a: &[usize], b: &[usize], scales: Scales<'_>) -> bool {
        if a.len() < 2 || b.len() < 2 {
            return false;
        }
        let pick = |side: &[usize]| -> Vec<&ReportSignature> {
            side.iter()
                .filter_map(|&report| self.signatures.get(report).copied())
                .collect()
        };
        let apart = 1.0 - self.closeness(a, b);
        let smaller = a.len().min(b.len()) as f32;
        let (a, b) = (pick(a), pick(b));
        let words = words_of(&a).min(words_of(&b));
        let certainty = smaller / (smaller + DOUBT_OF_REPORTS) * words / (words + DOUBT_OF_WORDS);
        // The share is 1 at most: where that does not suffice, the terms need not be counted.
        let threshold = scales.options.split_threshold;
        if apart * certainty < threshold {
            return false;
        }
        let (in_a, in_b) = (holding(&a), holding(&b));
        let share =
            own_share(&in_a, &in_b, scales.frequencies).min(own_share(&in_b, &in_a, scales.frequencies));
        share * apart * certainty >= threshold
    }

    /// Returns reports that are far apart: each is, of all, the least alike to those before it, the first to the sum.
    fn far_apart(&self, reports: &[usize]) -> Vec<usize> {
        let mut nearest = vec![0.0_f32; reports.len()];
        let mut found: Vec<usize> = Vec::with_capacity(STARTS);
        for number in 0..STARTS.min(reports.len()) {
            let sum = match found.last() {
                Some(&last) => self.sum(std::iter::once(last)),
                None => self.sum(reports.iter().copied()),
            };
            let mut farthest = (f32::INFINITY, 0);
            for (nearest, &report) in nearest.iter_mut().zip(reports) {
                let likeness = self.likeness(report, &sum);
                // How alike a report is to the sum only chooses the first.
                *nearest = if number <= 1 {
                    likeness
                } else {
                    nearest.max(likeness)
                };
                if *nearest < farthest.0 && !found.contains(&report) {
                    farthest = (*nearest, report);
                }
            }
            found.push(farthest.1);
        }
        found
    }

    /// Parts reports into two sides by spherical 2-means (Dhillon and Modha 2001), begun with two of them. Returns with
    /// them how well each side holds together: the sum over all reports of the likeness to their own side.
    fn two_sides(&self, reports: &[usize], one: usize, other: usize) -> (f32, Vec<usize>, Vec<usize>) {
        let mut first = self.sum(std::iter::once(one));
        let mut second = self.sum(std::iter::once(other));
        let mut side_of: Vec<bool> = Vec::new();
        let mut together = 0.0;
        for _ in 0..ROUNDS {
            together = 0.0;
            let sides: Vec<bool> = reports
                .iter()
                .map(|&report| {
                    let to_first = self.likeness(report, &first);
                    let to_second = self.likeness(report, &second);
                    together += to_first.max(to_second);
                    to_second > to_first
                })
                .collect();
            if sides == side_of {
                break;
            }
            side_of = sides;
            let side = |second: bool| {
                let sides = reports.iter().zip(&side_of);
                sides
                    .filter(move |(_, is_second)| **is_second == second)
                    .map(|(&report, _)| report)
            };
            first = self.sum(side(false));
            second = self.sum(side(true));
        }
        let mut sides = (Vec::new(), Vec::new());
        for (&report, is_second) in reports.iter().zip(side_of) {
            if is_second { &mut sides.1 } else { &mut sides.0 }.push(report);
        }
        (together, sides.0, sides.1)
    }

    /// Returns the two sides of some reports, if they exclude each other. Of several starts that one counts whose sides
    /// hold together best: with a single one a near tie of two reports would decide.
    fn parts(&self, reports: &[usize], scales: Scales<'_>) -> Option<(Vec<usize>, Vec<usize>)> {
        if reports.len() < FEWEST_TO_SPLIT {
            return None;
        }
        let starts = self.far_apart(reports);
        let mut best: Option<(f32, Vec<usize>, Vec<usize>)> = None;
        for (place, &one) in starts.iter().enumerate() {
            for &other in starts.iter().skip(place + 1) {
                let sides = self.two_sides(reports, one, other);
                if best.as_ref().is_none_or(|best| sides.0 > best.0) {
                    best = Some(sides);
                }
            }
        }
        let (_, a, b) = best?;
        self.exclude(&a, &b, scales).then_some((a, b))
    }
}

/// A mean that grows.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: f32,
    count: usize,
}

impl Mean {
    fn add(&mut self, values: impl Iterator<Item = f32>) {
        for value in values {
            self.sum += value;
            self.count += 1;
        }
    }

    fn value(self) -> f32 {
        self.sum / self.count.max(1) as f32
    }
}

/// Splits a story into the events that exclude each other; one list where there is one event. Positions are those
/// of `signatures`, each list ascending; `vectors` are those of the reports, with all their terms.
pub(crate) fn split(
    signatures: &[&ReportSignature],
    vectors: &[&TermVector],
    scales: Scales<'_>,
) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..signatures.len()).collect();
    if all.len() < FEWEST_TO_SPLIT {
        return vec![all];
    }
    let laid = Laid::new(signatures, vectors);
    let mut done = Vec::new();
    let mut open: Vec<Vec<usize>> = vec![all];
    while let Some(reports) = open.pop() {
        match laid.parts(&reports, scales) {
            Some((a, b)) => open.extend([a, b]),
            None => done.push(reports),
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    use super::*;
    use crate::signature::signature;

    const ARREST: &str = "The Harbour City goalkeeper was arrested near the stadium and charged with drunken driving, \
        police said, days before the cup final. He was released on bail and the club said that it would look into it. \
        Harbour City have won the cup three times and hope to win it again under their new coach this spring.";

    fn reports(player: &str, street: &str, number: usize) -> Vec<ReportSignature> {
        (0..number)
            .map(|number| {
                let text = format!("{player} was stopped on {street} at {player}'s home. {ARREST} {player}, {number}0 said, left {street}.");
                signature(&Report::new(format!("{player}{number}"), text))
            })
            .collect()
    }

    fn parts(signatures: &[ReportSignature]) -> usize {
        let options = GroupingOptions::default();
        let mut frequencies = ReportFrequencies::new(options.prior_reports);
        for signature in signatures {
            frequencies.learn(signature);
        }
        let references: Vec<&ReportSignature> = signatures.iter().collect();
        let vectors: Vec<TermVector> = signatures
            .iter()
            .map(|signature| TermVector::whole(signature, &frequencies, &options))
            .collect();
        split(
            &references,
            &vectors.iter().collect::<Vec<_>>(),
            Scales {
                frequencies: &frequencies,
                options: &options,
            },
        )
        .len()
    }

    #[test]
    fn two_arrests_of_two_players_are_two_events() {
        let mut both = reports("Orlen Vask Tamrin", "Quarrel Lane Bridge Seven", 6);
        assert_eq!(parts(&both), 1);
        both.extend(reports("Dario Pellenquist Umber", "Ninth Foundry Square Gate", 6));
        assert_eq!(parts(&both), 2);
    }

    #[test]
    fn a_report_far_from_all_others_does_not_hide_two_events() {
        let mut both = reports("Orlen Vask Tamrin", "Quarrel Lane Bridge Seven", 6);
        both.extend(reports("Dario Pellenquist Umber", "Ninth Foundry Square Gate", 6));
        both.push(signature(&Report::new(
            "far",
            "A goalkeeper in trouble again: what the terraces sang, why the sponsors yawned, and how a quiet autumn of              knitting, puddings and brass bands went by all the same.",
        )));
        assert!(parts(&both) > 1);
    }

    #[test]
    fn few_reports_show_nothing() {
        assert_eq!(parts(&reports("Orlen Vask", "Quarrel Lane", 3)), 1);
        assert_eq!(parts(&[]), 1);
    }
}
