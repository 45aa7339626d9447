//! Sentences brought together that speak of one point, without chaining.
//!
//! Average linkage: two groups are joined while the mean probability over all their pairs of different reports
//! stays above a threshold, the likeliest two first, so that no long chain of half-alike sentences becomes one
//! point. Then a sentence that fits another group as well joins that too, and a likely pair that no group holds
//! becomes a group of two: a sentence often speaks of several points.

use std::collections::BinaryHeap;

use crate::points::Point;

/// How groups are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupingThresholds {
    /// Two groups are joined from this mean probability on.
    pub(crate) join: f64,
    /// A sentence joins a further group from this mean probability on.
    pub(crate) also: f64,
    /// A pair that no group holds is a group of its own from this probability on.
    pub(crate) pair: f64,
}

/// A point stands in at most so many groups that are a pair alone: in a story of many reports every sentence is likely one
/// point with some sentence of most others, and such pairs would grow with the square of the reports.
const MOST_PAIRS: usize = 8;

/// A pair of groups that may be joined; ordered by how likely, then by place, so that ties fall the same way always.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Join {
    mean: f64,
    one: usize,
    other: usize,
}

impl Eq for Join {}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Join {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.mean
            .total_cmp(&other.mean)
            .then_with(|| (other.one, other.other).cmp(&(self.one, self.other)))
    }
}

/// A group while groups are joined.
#[derive(Clone, Debug, Default)]
struct Growing {
    members: Vec<usize>,
    /// How many members stand in each report, by report.
    reports: Vec<(usize, usize)>,
    /// For each neighbouring group, by its number, the sum of the probabilities of the pairs between the two. Groups that were
    /// joined since are among them.
    sums: Vec<(usize, f64)>,
    alive: bool,
}

impl Growing {
    /// Returns how many pairs of different reports lie between two groups.
    fn pairs_with(&self, other: &Self) -> usize {
        let count_in = |reports: &[(usize, usize)], report: usize| {
            let found = reports.binary_search_by_key(&report, |&(report, _)| report);
            found.map_or(0, |place| reports[place].1)
        };
        let same: usize = self
            .reports
            .iter()
            .map(|&(report, count)| count * count_in(&other.reports, report))
            .sum();
        self.members.len() * other.members.len() - same
    }
}

/// Returns the entries of two lists that are sorted by their keys, with the sums of those that stand in both.
fn merged<Sum: Copy + std::ops::Add<Output = Sum>>(
    one: &[(usize, Sum)],
    other: &[(usize, Sum)],
) -> Vec<(usize, Sum)> {
    let mut merged = Vec::with_capacity(one.len() + other.len());
    let mut others = other.iter().copied().peekable();
    for &(key, sum) in one {
        while let Some(before) = others.next_if(|&(other, _)| other < key) {
            merged.push(before);
        }
        let same = others.next_if(|&(other, _)| other == key);
        merged.push((key, same.map_or(sum, |(_, more)| sum + more)));
    }
    merged.extend(others);
    merged
}

/// Returns the groups of points that speak of one point, each sorted, of at least two reports. `pairs` are positions
/// in `points` with their probabilities, the smaller position first.
pub(crate) fn groups(
    points: &[Point],
    pairs: &[((usize, usize), f64)],
    thresholds: GroupingThresholds,
) -> Vec<Vec<usize>> {
    let report = |point: usize| points.get(point).map_or(0, |point| point.report);
    let mut crossing: Vec<((usize, usize), f64)> = pairs
        .iter()
        .filter(|((one, other), _)| report(*one) != report(*other))
        .copied()
        .collect();
    crossing.sort_unstable_by_key(|(pair, _)| *pair);
    let joined = join_groups(points, &crossing, thresholds.join);
    let mut groups: Vec<Vec<usize>> = joined.into_iter().filter(|group| group.len() > 1).collect();
    also_fits(&mut groups, &crossing, &report, points.len(), thresholds.also);
    // By point, the groups that hold it: a list of all pairs inside groups would grow with the square of their size.
    let mut groups_of: Vec<Vec<usize>> = vec![Vec::new(); points.len()];
    for (number, group) in groups.iter().enumerate() {
        for &point in group {
            if let Some(own) = groups_of.get_mut(point) {
                own.push(number);
            }
        }
    }
    let covered = |(one, other): (usize, usize)| {
        let of = |point: usize| groups_of.get(point).map_or(&[][..], Vec::as_slice);
        of(one).iter().any(|group| of(other).binary_search(group).is_ok())
    };
    let mut left: Vec<((usize, usize), f64)> = crossing
        .iter()
        .filter(|&&(pair, probability)| probability >= thresholds.pair && !covered(pair))
        .copied()
        .collect();
    left.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let mut own_pairs = vec![0usize; points.len()];
    for ((one, other), _) in left {
        if own_pairs[one].max(own_pairs[other]) < MOST_PAIRS {
            own_pairs[one] += 1;
            own_pairs[other] += 1;
            groups.push(vec![one, other]);
        }
    }
    groups
}

/// Joins points to groups while the mean probability between two groups is at least `threshold`.
fn join_groups(points: &[Point], crossing: &[((usize, usize), f64)], threshold: f64) -> Vec<Vec<usize>> {
    let mut growing: Vec<Growing> = points
        .iter()
        .enumerate()
        .map(|(index, point)| Growing {
            members: vec![index],
            reports: vec![(point.report, 1)],
            sums: Vec::new(),
            alive: true,
        })
        .collect();
    let mut heap = BinaryHeap::new();
    for &((one, other), probability) in crossing {
        // The pairs are in order: those in which a point is the second come before those in which it is the first.
        for (own, their) in [(one, other), (other, one)] {
            if let Some(group) = growing.get_mut(own) {
                group.sums.push((their, probability));
            }
        }
        if probability >= threshold {
            heap.push(Join {
                mean: probability,
                one,
                other,
            });
        }
    }
    while let Some(join) = heap.pop() {
        let alive = |group: usize| growing.get(group).is_some_and(|group: &Growing| group.alive);
        if !alive(join.one) || !alive(join.other) {
            continue;
        }
        // A new number for every joined group: entries of the heap for its parts die with the parts.
        let number = growing.len();
        let one = std::mem::take(&mut growing[join.one]);
        let other = std::mem::take(&mut growing[join.other]);
        let mut whole = Growing {
            members: one.members,
            reports: merged(&one.reports, &other.reports),
            sums: merged(&one.sums, &other.sums),
            alive: true,
        };
        whole.members.extend(other.members);
        whole
            .sums
            .retain(|&(neighbour, _)| growing.get(neighbour).is_some_and(|group| group.alive));
        for &(neighbour, sum) in &whole.sums {
            let Some(their) = growing.get_mut(neighbour) else {
                continue;
            };
            // No number is higher than the new one's.
            their.sums.push((number, sum));
            let mean = sum / whole.pairs_with(their).max(1) as f64;
            if mean >= threshold {
                heap.push(Join {
                    mean,
                    one: neighbour,
                    other: number,
                });
            }
        }
        growing.push(whole);
    }
    let mut groups: Vec<Vec<usize>> = growing
        .into_iter()
        .filter(|group| group.alive)
        .map(|group| group.members)
        .collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

/// Adds to each group the sentences of other groups that fit it as well.
fn also_fits(
    groups: &mut [Vec<usize>],
    crossing: &[((usize, usize), f64)],
    report: &impl Fn(usize) -> usize,
    count: usize,
    threshold: f64,
) {
    let mut neighbours: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    for &((one, other), probability) in crossing {
        neighbours[one].push((other, probability));
        neighbours[other].push((one, probability));
    }
    // For each point the sum of the probabilities of its pairs with the group at hand; zero between two groups.
    let mut sums = vec![0.0f64; count];
    for group in groups.iter_mut() {
        let mut near: Vec<usize> = Vec::new();
        for &member in group.iter() {
            for &(neighbour, probability) in &neighbours[member] {
                if sums[neighbour] == 0.0 {
                    near.push(neighbour);
                }
                sums[neighbour] += probability;
            }
        }
        near.sort_unstable();
        near.dedup();
        let more: Vec<usize> = near
            .into_iter()
            .map(|point| (point, std::mem::take(&mut sums[point])))
            // A mean is no higher than the sum.
            .filter(|&(point, sum)| sum >= threshold && group.binary_search(&point).is_err())
            .filter(|&(point, sum)| {
                let others = group
                    .iter()
                    .filter(|&&member| report(member) != report(point))
                    .count();
                others > 0 && sum / others as f64 >= threshold
            })
            .map(|(point, _)| point)
            .collect();
        group.extend(more);
        group.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THRESHOLDS: GroupingThresholds = GroupingThresholds {
        join: 0.5,
        also: 0.5,
        pair: 0.6,
    };

    /// Points of these reports.
    fn points(reports: &[usize]) -> Vec<Point> {
        reports
            .iter()
            .map(|&report| Point {
                report,
                ..Point::default()
            })
            .collect()
    }

    #[test]
    fn likely_pairs_are_joined_and_a_chain_is_not() {
        let points = points(&[0, 1, 2, 3]);
        let chain = [((0, 1), 0.9), ((1, 2), 0.55), ((2, 3), 0.9)];
        assert_eq!(groups(&points, &chain, THRESHOLDS), [vec![0, 1], vec![2, 3]]);
        let all = [((0, 1), 0.9), ((0, 2), 0.7), ((1, 2), 0.55)];
        assert_eq!(groups(&points, &all, THRESHOLDS), [vec![0, 1, 2]]);
    }

    #[test]
    fn a_sentence_may_stand_in_two_groups() {
        let points = points(&[0, 1, 1, 2]);
        let pairs = [((0, 1), 0.9), ((0, 2), 0.8), ((2, 3), 0.95)];
        assert_eq!(groups(&points, &pairs, THRESHOLDS), [vec![0, 1, 2], vec![2, 3]]);
    }

    #[test]
    fn sentences_of_one_report_are_no_pair() {
        assert!(groups(&points(&[0, 0]), &[((0, 1), 0.99)], THRESHOLDS).is_empty());
    }
}
