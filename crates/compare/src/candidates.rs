//! The pairs of sentences that are looked at, one report after the other.
//!
//! A story of many reports has more pairs than memory should hold with their features. What a pair is judged by (the
//! features and the ranks) lies within the sentences of its two reports, so the pairs are made for one report with
//! all that follow it, shown, and dropped.

use rashomon_core::StoryReadings;

use crate::features::{Features, RankedPair, features, fill_ranks, intersection, ranks};
use crate::points::{Point, Points};

/// A pair of less cosine than this that shares no number is not looked at further.
const LEAST_COSINE: f64 = 0.04;
/// A word that more than this share of the sentences of a large story hold makes no candidates.
const MOST_COMMON: f64 = 0.25;
/// A story is large from so many sentences on.
const LARGE_STORY: usize = 800;
/// A pair of a large story is looked at where one of the two sentences is among so many nearest ones of the other,
/// so that the pairs grow with the sentences and not with their square.
const NEAREST: usize = 64;

/// Calls `show` with each candidate pair, as positions in the points, the smaller first, and with its features. Pairs
/// come in order. Pairs of one report are among them: what a report repeats is one point too. A report alone has
/// nothing to be compared with.
pub(crate) fn for_each_candidate(
    story: &StoryReadings<'_>,
    points: &Points,
    mut show: impl FnMut((usize, usize), &Features),
) {
    if story.reports.len() < 2 {
        return;
    }
    let mut search = Search::new(points);
    let nearest = if points.all.len() > LARGE_STORY {
        search.limits()
    } else {
        Vec::new()
    };
    let mut pairs: Vec<RankedPair> = Vec::new();
    let mut found = Vec::new();
    let mut first = 0;
    for of_report in points.all.chunk_by(|one, other| one.report == other.report) {
        pairs.clear();
        for one in first..first + of_report.len() {
            search.neighbours(one, one + 1, &mut found);
            let near = found.iter().filter(|neighbour| {
                let within = |point: usize, other: usize| {
                    let limit = nearest.get(point).copied().flatten();
                    limit.is_none_or(|limit| !neighbour.at(other).is_farther_than(limit))
                };
                within(one, neighbour.point) || within(neighbour.point, one)
            });
            pairs.extend(near.map(|neighbour| RankedPair {
                one,
                other: neighbour.point,
                cosine: neighbour.cosine,
                shared: neighbour.shared,
            }));
        }
        first += of_report.len();
        for (pair, ranks) in pairs.iter().zip(ranks(&points.all, &pairs)) {
            if let (Some(own), Some(their)) = (points.all.get(pair.one), points.all.get(pair.other)) {
                let mut features = features(own, their, pair, points, &story.readings);
                fill_ranks(&mut features, ranks);
                show((pair.one, pair.other), &features);
            }
        }
    }
}

/// A sentence with what it has in common with another.
#[derive(Clone, Copy, Debug)]
struct Neighbour {
    point: usize,
    cosine: f64,
    /// The sum of the inverse frequencies of the terms that both hold.
    shared: f64,
}

impl Neighbour {
    /// Returns the neighbour as seen from the other side: `point` with the same cosine.
    fn at(self, point: usize) -> Self {
        Self { point, ..self }
    }

    /// Returns true when this one comes after `other` by falling cosine; of equals the earlier is the nearer.
    fn is_farther_than(self, other: Self) -> bool {
        self.order(&other).is_gt()
    }

    fn order(&self, other: &Self) -> std::cmp::Ordering {
        other
            .cosine
            .total_cmp(&self.cosine)
            .then(self.point.cmp(&other.point))
    }
}

/// Finds the sentences that are near to a sentence.
struct Search<'points> {
    points: &'points [Point],
    inverse_frequency: &'points [f64],
    /// For each term the points that hold it, in order, with its weight there.
    holders: Vec<Vec<(u32, f64)>>,
    /// In a large story: how many points a term may be held by to make candidates.
    most_holders: Option<usize>,
    /// For each point what it has in common with the point at hand; nothing between two searches.
    common: Vec<Common>,
}

/// What a point has in common with another.
#[derive(Clone, Copy, Debug, Default)]
struct Common {
    /// The dot product of their weights.
    product: f64,
    /// The sum of the inverse frequencies of the terms that both hold.
    shared: f64,
    /// Whether one of these terms makes candidates.
    makes_candidates: bool,
}

impl<'points> Search<'points> {
    fn new(points: &'points Points) -> Self {
        let count = points.all.len();
        let mut holders: Vec<Vec<(u32, f64)>> = vec![Vec::new(); points.inverse_frequency.len()];
        for (index, point) in points.all.iter().enumerate() {
            for &(term, weight) in &point.weights {
                if let Some(own) = holders.get_mut(term as usize) {
                    own.push((index as u32, weight));
                }
            }
        }
        Self {
            points: &points.all,
            inverse_frequency: &points.inverse_frequency,
            holders,
            most_holders: (count > LARGE_STORY).then_some((count as f64 * MOST_COMMON) as usize),
            common: vec![Common::default(); count],
        }
    }

    /// Writes to `found` the points from `first` on that are near enough to `one` to be looked at, in order.
    fn neighbours(&mut self, one: usize, first: usize, found: &mut Vec<Neighbour>) {
        found.clear();
        let Some(own) = self.points.get(one) else {
            return;
        };
        // The sums are added term by term in ascending order, as a merge of the two lists would.
        for &(term, weight) in &own.weights {
            let holders = self.holders.get(term as usize).map_or(&[][..], Vec::as_slice);
            let makes_candidates = self.most_holders.is_none_or(|most| holders.len() <= most);
            let rarity = self
                .inverse_frequency
                .get(term as usize)
                .copied()
                .unwrap_or_default();
            let from = holders.partition_point(|&(point, _)| (point as usize) < first);
            for &(point, their_weight) in holders.get(from..).unwrap_or_default() {
                if let Some(common) = self.common.get_mut(point as usize) {
                    common.product += weight * their_weight;
                    common.shared += rarity;
                    common.makes_candidates |= makes_candidates;
                }
            }
        }
        let all = self.most_holders.is_none();
        let others = self.points.iter().zip(&mut self.common);
        for (point, (their, common)) in others.enumerate().skip(first) {
            let common = std::mem::take(common);
            if point == one || !(all || common.makes_candidates) {
                continue;
            }
            let norms = own.norm * their.norm;
            let cosine = if norms > 0.0 { common.product / norms } else { 0.0 };
            if cosine >= LEAST_COSINE || intersection(&own.values, &their.values).next().is_some() {
                found.push(Neighbour {
                    point,
                    cosine,
                    shared: common.shared,
                });
            }
        }
    }

    /// Returns for each point the last of its [`NEAREST`] neighbours, or none where it has fewer.
    fn limits(&mut self) -> Vec<Option<Neighbour>> {
        let mut found = Vec::new();
        (0..self.points.len())
            .map(|one| {
                self.neighbours(one, 0, &mut found);
                (found.len() > NEAREST).then(|| {
                    let (_, last, _) = found.select_nth_unstable_by(NEAREST - 1, Neighbour::order);
                    *last
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Reading, Report};

    use super::*;

    /// A story of so many reports of one sentence, all with the term 0, and each with one of `topics` terms.
    fn pairs_of(reports: usize, topics: usize) -> Vec<(usize, usize)> {
        let report = Report::default();
        let story = StoryReadings {
            id: String::new(),
            reports: vec![&report; reports],
            readings: vec![Reading::default(); reports],
            copies: Vec::new(),
        };
        let point = |report: usize| Point {
            report,
            weights: vec![(0, 1.0), (1 + (report % topics) as u32, 1.0)],
            norm: 2.0_f64.sqrt(),
            total: 2.0,
            ..Point::default()
        };
        let points = Points {
            all: (0..reports).map(point).collect(),
            inverse_frequency: vec![1.0; topics + 1],
            name_weight: Vec::new(),
        };
        let mut pairs = Vec::new();
        for_each_candidate(&story, &points, |pair, features| {
            assert!(features[0] > 0.4);
            pairs.push(pair);
        });
        pairs
    }

    #[test]
    fn pairs_come_in_order_and_a_report_alone_has_none() {
        assert_eq!(pairs_of(3, 3), [(0, 1), (0, 2), (1, 2)]);
        assert_eq!(pairs_of(1, 1), []);
    }

    #[test]
    fn pairs_of_a_large_story_grow_with_its_sentences() {
        // Five topics of 400 sentences each: all pairs of a topic would be 399,000.
        let pairs = pairs_of(2_000, 5);
        assert!(pairs.is_sorted());
        assert!(pairs.len() <= 2_000 * NEAREST, "{}", pairs.len());
        assert!(pairs.len() > 2_000 * NEAREST / 3, "{}", pairs.len());
        assert!(pairs.iter().all(|(one, other)| one % 5 == other % 5));
    }
}
