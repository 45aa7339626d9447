//! What two sentences share, in numbers.

use rashomon_core::{Quantity, Reading};

use crate::points::{Point, Points};
use crate::quantities::{Agreement, agreement_in};

/// How many features a pair of sentences has.
pub const FEATURE_COUNT: usize = 27;

/// The features by name, in order. Weights and counts are of words that carry a topic.
pub const FEATURE_NAMES: [&str; FEATURE_COUNT] = [
    "cosine",
    "shared_weight",
    "shared_of_lighter",
    "shared_of_heavier",
    "longest_run",
    "longest_run_of_shorter",
    "shared_bigrams",
    "shared_names",
    "shared_name_weight",
    "shared_names_of_fewer",
    "shared_days",
    "other_days",
    "shared_quantities",
    "other_quantities",
    "shared_numbers",
    "shared_speaker",
    "quoted_sentences",
    "longest_quoted_run",
    "best_statement_cosine",
    "depth_difference",
    "earlier_position",
    "later_position",
    "fewer_terms",
    "more_terms",
    "lower_rank",
    "higher_rank",
    "margin",
];

/// The place of `cosine` in the features.
pub(crate) const COSINE: usize = 0;
/// The place of the first feature that [`fill_ranks`] writes.
const LOWER_RANK: usize = 24;
/// Runs are searched in this many terms of a sentence, so that a sentence of a million words costs no hour.
const MOST_TERMS: usize = 200;

/// The features of a pair of sentences.
pub type Features = [f64; FEATURE_COUNT];

/// Returns the features of a pair but its ranks, which need all pairs.
pub(crate) fn features(
    one: &Point,
    other: &Point,
    pair: &RankedPair,
    points: &Points,
    readings: &[Reading],
) -> Features {
    let mut features = [0.0; FEATURE_COUNT];
    let shared = pair.shared;
    let lighter = one.total.min(other.total).max(1e-9);
    let heavier = one.total.max(other.total).max(1e-9);
    let run = longest_run(&one.terms, &other.terms, |term| {
        points.inverse_frequency.get(term as usize).is_some()
    });
    let (fewer, more) = (
        one.terms.len().min(other.terms.len()),
        one.terms.len().max(other.terms.len()),
    );
    // Two neighbouring terms that both sentences hold are a run of two, which most pairs of sentences have not.
    let is_searched = more <= MOST_TERMS;
    let shared_bigrams = if is_searched && run < 2 {
        0
    } else {
        intersection(&one.bigrams, &other.bigrams).count()
    };
    let shared_names = intersection(&one.names, &other.names).count();
    let name_weight: f64 = intersection(&one.names, &other.names)
        .filter_map(|name| points.name_weight.get(name))
        .sum();
    let shared_days = intersection(&one.days, &other.days).count();
    let (mut same_quantities, mut other_quantities) = (0usize, 0usize);
    if let (Some(own), Some(their)) = (readings.get(one.report), readings.get(other.report)) {
        for (mine, my_measure) in measured(one, own) {
            for (theirs, their_measure) in measured(other, their) {
                match agreement_in(mine, my_measure, theirs, their_measure) {
                    Some(Agreement::Agree) => same_quantities += 1,
                    Some(_) => other_quantities += 1,
                    None => {}
                }
            }
        }
    }
    features[COSINE] = pair.cosine;
    features[1] = shared;
    features[2] = shared / lighter;
    features[3] = shared / heavier;
    features[4] = run as f64;
    features[5] = run as f64 / (fewer + 1) as f64;
    features[6] = shared_bigrams as f64;
    features[7] = shared_names as f64;
    features[8] = name_weight;
    features[9] = shared_names as f64 / (1 + one.names.len().min(other.names.len())) as f64;
    features[10] = shared_days as f64;
    features[11] = f64::from(u8::from(
        shared_days == 0 && !one.days.is_empty() && !other.days.is_empty(),
    ));
    features[12] = same_quantities as f64;
    features[13] = other_quantities as f64;
    features[14] = intersection(&one.values, &other.values).count() as f64;
    features[15] = intersection(&one.speakers, &other.speakers).count() as f64;
    features[16] = f64::from(u8::from(!one.quoted.is_empty()) + u8::from(!other.quoted.is_empty()));
    features[17] = longest_run(&one.quoted, &other.quoted, |_| true) as f64;
    features[18] = best_statement_cosine(one, other);
    features[19] = (one.depth - other.depth).abs();
    features[20] = one.position.min(other.position) as f64;
    features[21] = one.position.max(other.position) as f64;
    features[22] = fewer as f64;
    features[23] = more as f64;
    features
}

/// Returns the quantities of a sentence, each with its measure.
fn measured<'story>(
    point: &'story Point,
    reading: &'story Reading,
) -> impl Iterator<Item = (&'story Quantity, &'story (f64, String))> {
    let measured = point.quantities.iter().zip(&point.measures);
    measured.filter_map(|(&index, measure)| Some((reading.quantities.get(index)?, measure)))
}

/// Two sentences as positions in the points, the smaller first, with what their common terms say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RankedPair {
    pub(crate) one: usize,
    pub(crate) other: usize,
    /// The cosine of the weights of their terms.
    pub(crate) cosine: f64,
    /// The sum of the inverse frequencies of the terms that both hold.
    pub(crate) shared: f64,
}

/// Where each of two sentences stands among all sentences of the other's report by their cosine with this one: 0 for
/// the nearest and at most 10; and by how much it is nearer than the next (negative: the nearest is nearer).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ranks {
    of_one: (f64, f64),
    of_other: (f64, f64),
}

/// Returns the ranks of pairs. `pairs` holds all pairs of the reports that it holds a pair of, in order.
pub(crate) fn ranks(points: &[Point], pairs: &[RankedPair]) -> Vec<Ranks> {
    let report = |point: usize| points.get(point).map_or(0, |point| point.report);
    let cosine = |pair: usize| pairs.get(pair).map_or(0.0, |pair| pair.cosine);
    let mut seen: Vec<(usize, usize, usize)> = Vec::with_capacity(pairs.len() * 2);
    for (index, pair) in pairs.iter().enumerate() {
        seen.push((pair.one, report(pair.other), index));
        seen.push((pair.other, report(pair.one), index));
    }
    seen.sort_unstable_by(|one, other| {
        (one.0, one.1)
            .cmp(&(other.0, other.1))
            .then_with(|| cosine(other.2).total_cmp(&cosine(one.2)))
            .then(one.2.cmp(&other.2))
    });
    let mut ranks = vec![Ranks::default(); pairs.len()];
    for group in seen.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let first = group.first().map_or(0.0, |entry| cosine(entry.2));
        let second = group.get(1).map_or(0.0, |entry| cosine(entry.2));
        for (rank, &(point, _, index)) in group.iter().enumerate() {
            let margin = cosine(index) - if rank == 0 { second } else { first };
            if let (Some(own), Some(pair)) = (ranks.get_mut(index), pairs.get(index)) {
                let side = if pair.one == point {
                    &mut own.of_one
                } else {
                    &mut own.of_other
                };
                *side = (rank.min(10) as f64, margin);
            }
        }
    }
    ranks
}

/// Writes the ranks of a pair into its features.
pub(crate) fn fill_ranks(features: &mut Features, Ranks { of_one, of_other }: Ranks) {
    features[LOWER_RANK] = of_one.0.min(of_other.0);
    features[LOWER_RANK + 1] = of_one.0.max(of_other.0);
    features[LOWER_RANK + 2] = of_one.1 + of_other.1;
}

/// Returns the dot product of two sorted lists of weights.
fn dot(one: &[(u32, f64)], other: &[(u32, f64)]) -> f64 {
    let (mut left, mut right, mut dot) = (0, 0, 0.0);
    while let (Some(&(own, own_weight)), Some(&(their, their_weight))) = (one.get(left), other.get(right)) {
        match own.cmp(&their) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                dot += own_weight * their_weight;
                left += 1;
                right += 1;
            }
        }
    }
    dot
}

/// Distinct terms, sorted, each with its weight; and the length of the weights as a vector.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct WeightedTerms {
    weights: Vec<(u32, f64)>,
    norm: f64,
    /// A bit for each term, by its last digits: lists without a bit in common have no term in common.
    marks: u64,
}

impl FromIterator<(u32, f64)> for WeightedTerms {
    fn from_iter<Terms: IntoIterator<Item = (u32, f64)>>(terms: Terms) -> Self {
        let weights: Vec<(u32, f64)> = terms.into_iter().collect();
        let squares: f64 = weights.iter().map(|(_, weight)| weight * weight).sum();
        Self {
            marks: weights
                .iter()
                .fold(0, |marks, (term, _)| marks | 1 << (term % 64)),
            weights,
            norm: squares.sqrt(),
        }
    }
}

/// Returns the cosine of the weights of two statements.
pub(crate) fn cosine(one: &WeightedTerms, other: &WeightedTerms) -> f64 {
    let product = one.norm * other.norm;
    if product > 0.0 && one.marks & other.marks != 0 {
        dot(&one.weights, &other.weights) / product
    } else {
        0.0
    }
}

/// Returns the highest cosine of a statement of one sentence with a statement of the other.
fn best_statement_cosine(one: &Point, other: &Point) -> f64 {
    let mut best = 0.0f64;
    for own in &one.statement_weights {
        for their in &other.statement_weights {
            best = best.max(cosine(own, their));
        }
    }
    best
}

/// Returns what two sorted lists share.
pub(crate) fn intersection<'lists, T: Ord + Copy>(
    one: &'lists [T],
    other: &'lists [T],
) -> impl Iterator<Item = T> + 'lists {
    one.iter()
        .copied()
        .filter(|item| other.binary_search(item).is_ok())
}

/// Returns the length of the longest run of terms that stands in both lists.
pub(crate) fn longest_run(one: &[u32], other: &[u32], counts: impl Fn(u32) -> bool) -> usize {
    let (one, other) = (
        &one[..one.len().min(MOST_TERMS)],
        &other[..other.len().min(MOST_TERMS)],
    );
    // Room for the longest sentences costs more to clear than a search among the terms of most.
    match other.len() {
        _ if one.is_empty() || other.is_empty() => 0,
        ..32 => run_in::<32>(one, other, counts),
        32..64 => run_in::<64>(one, other, counts),
        _ => run_in::<{ MOST_TERMS + 1 }>(one, other, counts),
    }
}

/// Does what [`longest_run`] does for fewer than `ROOM` terms in `other`.
fn run_in<const ROOM: usize>(one: &[u32], other: &[u32], counts: impl Fn(u32) -> bool) -> usize {
    // Most terms of a sentence are not in the other: 256 marks tell so of most of them without a look at each term there.
    let mut marks = [0u64; 4];
    for their in other {
        marks[(their >> 6) as usize & 3] |= 1 << (their & 63);
    }
    let mut best = 0;
    // The run that ends at each place of `other` with the term before, and with the term at hand.
    let mut runs = [[0u32; ROOM]; 2];
    let [before, now] = &mut runs;
    let (mut before, mut now) = (before, now);
    // No run ends with the term before, whatever stands in its list.
    let mut none_before = false;
    for &own in one {
        if marks[(own >> 6) as usize & 3] >> (own & 63) & 1 == 0 || !counts(own) {
            none_before = true;
            continue;
        }
        if std::mem::take(&mut none_before) {
            before[..other.len()].fill(0);
        }
        let runs = now.iter_mut().skip(1).zip(&*before).zip(other);
        for ((run, before), &their) in runs {
            *run = if own == their { before + 1 } else { 0 };
            best = best.max(*run);
        }
        std::mem::swap(&mut before, &mut now);
    }
    best as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_is_found() {
        assert_eq!(longest_run(&[1, 2, 3, 4, 9], &[7, 2, 3, 4, 5], |_| true), 3);
        assert_eq!(longest_run(&[1, 2], &[], |_| true), 0);
        assert_eq!(longest_run(&[1, 9, 2, 3], &[1, 2, 3], |_| true), 2);
        // 257 has the mark of 1 and stands nowhere else.
        assert_eq!(longest_run(&[1, 257, 2, 257], &[1, 2, 1, 2], |_| true), 1);
        assert_eq!(longest_run(&[1, 2, 3, 4], &[1, 2, 3, 4], |term| term != 2), 2);
    }

    #[test]
    fn cosine_of_equal_lists_is_one() {
        let weights: WeightedTerms = [(1, 2.0), (5, 1.0)].into_iter().collect();
        let other: WeightedTerms = [(2, 1.0)].into_iter().collect();
        assert!((cosine(&weights, &weights) - 1.0).abs() < 1e-12);
        assert_eq!(cosine(&weights, &other), 0.0);
    }

    /// A feature that is 0 for all pairs is one that nobody fills any more.
    #[test]
    fn every_feature_tells_some_pairs_apart() {
        let reports = [
            rashomon_core::Report::new(
                "a",
                "Ada Brown opened the long bridge over the Orsel on 4 May 2021. At least 40 people came to see the works on \
                 4 May 2021, the council said. \"We have waited for this bridge for ten years,\" Ada Brown said.",
            ),
            rashomon_core::Report::new(
                "b",
                "The council said that at least 40 people came on 5 May 2021. \"We have waited for this bridge,\" Ada Brown \
                 said on 4 May 2021. Ada Brown opened the long bridge over the Orsel before 55 people.",
            ),
        ];
        let pairs = crate::alignment::candidate_pairs(&crate::test_story::story_of(&reports));
        let dead: Vec<&str> = FEATURE_NAMES
            .iter()
            .enumerate()
            .filter(|(feature, _)| pairs.iter().all(|pair| pair.features[*feature] == 0.0))
            .map(|(_, name)| *name)
            .collect();
        assert_eq!(dead, Vec::<&str>::new());
    }
}
