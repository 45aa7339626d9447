//! Stories from links: the two sets of reports that are most alike become one, again and again.
//!
//! The likeness of two sets is the mean over the pairs of their reports (average linkage, Sokal and Michener 1958), so
//! that a chain of reports, each a little like the next, does not grow into one story. Two things are added:
//!
//! - Each report is measured by its own neighbourhood: a likeness of 0.2 means much for a report whose best neighbour
//!   reaches 0.3, and little for one whose best reaches 0.9 (after Zelnik-Manor and Perona 2004, "Self-tuning spectral
//!   clustering").
//! - Headlines say little, and two headlines of one event often share no word. So the mean over pairs of two large sets
//!   of short reports is divided by how alike the reports inside each set are, which comes near to comparing the sums.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::nearness::{days_apart, join_days, nearness};
use crate::neighbours::Link;
use crate::options::GroupingOptions;
use crate::vector::{SpreadVector, TermVector};

/// How many of a report's best likenesses make the measure of its neighbourhood.
const NEIGHBOURHOOD: usize = 2;
/// The largest measure of a neighbourhood: a report whose copies are there must not seem far from all else.
const LARGEST_MEASURE: f32 = 0.6;
/// The measure at which a likeness keeps its value.
const USUAL_MEASURE: f32 = 0.3;
/// How many further reports in a set half the way to that takes.
const HALF_REPORTS: f32 = 10.0;
/// From how many words a report on it goes half as far.
const HALF_WORDS: f32 = 10.0;
/// A report of fewer words is no more doubted than one of so many.
const FEWEST_WORDS: f32 = 30.0;
/// So many stories of one time are no crowd.
const NO_CROWD: f32 = 300.0;
/// So many standard deviations of the options' days are one time.
const ONE_TIME: f64 = 4.0;
/// Sets of so many reports or fewer are left over beside larger ones.
const LEFT_OVER: f32 = 3.0;
/// How many times as large a story must be that takes in what was left over.
pub(crate) const TIMES_AS_LARGE: f32 = 2.0;
/// How far the likeness to that story must be ahead of the next.
pub(crate) const AHEAD: f32 = 1.3;
/// How many sets a set is compared with when it has grown.
pub(crate) const COMPARED: usize = 64;

/// A report as linkage takes it.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) vector: TermVector,
    pub(crate) day: Option<f64>,
    /// How many words its signature holds.
    pub(crate) words: f32,
}

/// A set of reports while it grows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Set {
    pub(crate) sum: TermVector,
    pub(crate) count: f32,
    /// The sum of the likenesses of all its pairs, each report with itself too.
    inside: f32,
    /// How many words the signatures of its reports hold together.
    pub(crate) words: f32,
    /// The first and the last of its days.
    pub(crate) days: Option<(f64, f64)>,
    /// The sets that it may be like.
    near: Vec<u32>,
    /// Counts its changes; what was computed before the last is void.
    version: u32,
    /// What the mean over pairs is divided by.
    pub(crate) divisor: f32,
    gone: bool,
}

/// Two sets that may become one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair {
    likeness: f32,
    sets: (u32, u32),
    versions: (u32, u32),
}

impl Eq for Pair {}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pair {
    /// The largest is the most alike pair; of equals the one of the earliest sets.
    fn cmp(&self, other: &Self) -> Ordering {
        self.likeness
            .total_cmp(&other.likeness)
            .then_with(|| other.sets.cmp(&self.sets))
            .then_with(|| self.versions.cmp(&other.versions))
    }
}

/// Joins reports to sets as long as two sets are at least as alike as the threshold of the options. Positions in the
/// result are those of `items`, ascending in each set; each set is compared with so many others when it has grown; sets are in the order of their first report.
pub(crate) fn join(
    items: Vec<Item>,
    links: &[Link],
    compared: usize,
    options: &GroupingOptions,
) -> Vec<Vec<usize>> {
    let at_one_time = share_at_one_time(items.iter().map(|item| item.day), options);
    let mut number = items.len() as f32;
    let measures = measures(items.len(), links, options);
    let mut sets: Vec<Set> = items
        .into_iter()
        .zip(measures)
        .map(|(item, measure)| Set::of(item, measure, options))
        .collect();
    let mut by_likeness: Vec<&Link> = links.iter().collect();
    by_likeness.sort_by(|a, b| {
        b.likeness
            .total_cmp(&a.likeness)
            .then((a.earlier, a.later).cmp(&(b.earlier, b.later)))
    });
    for link in by_likeness {
        for (one, other) in [(link.earlier, link.later), (link.later, link.earlier)] {
            if let Some(set) = sets.get_mut(one as usize).filter(|set| set.near.len() < compared) {
                set.near.push(other);
            }
        }
    }
    let mut heap = BinaryHeap::new();
    let mut spread = SpreadVector::default();
    let mut laid_out = None;
    for link in links {
        // The links of one report stand side by side.
        if laid_out.replace(link.later) != Some(link.later)
            && let Some(set) = sets.get(link.later as usize)
        {
            spread.lay_out(&set.sum);
        }
        if let Some(likeness) = likeness(&sets, link.later, link.earlier, &spread, options) {
            heap.extend(pair_of(&sets, link.earlier, link.later, likeness, options));
        }
    }
    let mut into: Vec<u32> = (0..sets.len() as u32).collect();
    while let Some(best) = heap.pop() {
        let (kept, dropped) = best.sets;
        let version = |set: u32| {
            sets.get(set as usize)
                .filter(|set| !set.gone)
                .map(|set| set.version)
        };
        if (version(kept), version(dropped)) != (Some(best.versions.0), Some(best.versions.1)) {
            continue;
        }
        if best.likeness < needed(number * at_one_time, options) {
            break;
        }
        number -= 1.0;
        let Some(source) = sets.get_mut(dropped as usize) else {
            continue;
        };
        let source = std::mem::replace(
            source,
            Set {
                gone: true,
                ..Set::default()
            },
        );
        let Some(target) = sets.get_mut(kept as usize) else {
            continue;
        };
        target.take(source, options);
        if let Some(place) = into.get_mut(dropped as usize) {
            *place = kept;
        }
        spread.lay_out(&target.sum);
        let near = std::mem::take(&mut target.near);
        let mut fresh: Vec<Pair> = Vec::new();
        let mut still: Vec<(f32, u32)> = Vec::new();
        let mut roots: Vec<u32> = near.into_iter().map(|set| root(&mut into, set)).collect();
        roots.sort_unstable();
        roots.dedup();
        for other in roots.into_iter().filter(|&other| other != kept) {
            if let Some(likeness) = likeness(&sets, kept, other, &spread, options) {
                still.push((likeness, other));
                fresh.extend(pair_of(&sets, kept, other, likeness, options));
            }
        }
        still.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        still.truncate(compared);
        if let Some(target) = sets.get_mut(kept as usize) {
            target.near = still.into_iter().map(|(_, other)| other).collect();
        }
        heap.extend(fresh);
    }
    take_leftovers(
        &mut sets,
        &mut into,
        needed(number * at_one_time, options),
        options,
    );
    let mut reports: Vec<Vec<usize>> = vec![Vec::new(); sets.len()];
    for item in 0..sets.len() {
        let set = root(&mut into, item as u32);
        if let Some(list) = reports.get_mut(set as usize) {
            list.push(item);
        }
    }
    reports.retain(|list| !list.is_empty());
    reports.sort_unstable();
    reports
}

impl Set {
    /// Returns the set of one report; `measure` is that of its neighbourhood.
    pub(crate) fn of(mut item: Item, measure: f32, options: &GroupingOptions) -> Self {
        item.vector
            .scale(libm::powf(USUAL_MEASURE / measure, options.neighbourhood / 2.0));
        Self {
            sum: item.vector,
            count: 1.0,
            inside: 1.0,
            words: item.words,
            days: item.day.map(|day| (day, day)),
            divisor: 1.0,
            ..Self::default()
        }
    }

    /// Takes in the reports of another set.
    pub(crate) fn take(&mut self, other: Self, options: &GroupingOptions) {
        let across = self.sum.dot(&other.sum) * nearness(days_apart(self.days, other.days), options);
        self.inside += other.inside + 2.0 * across;
        self.sum.add(&other.sum);
        self.count += other.count;
        self.words += other.words;
        self.days = join_days(self.days, other.days);
        self.near.extend(other.near);
        self.version += 1;
        let further = self.count - 1.0;
        let words = self.words / self.count;
        let share = further / (further + HALF_REPORTS) * HALF_WORDS / (HALF_WORDS + words);
        let mean = (self.inside / (self.count * self.count)).clamp(options.least_inside, 1.0);
        self.divisor = libm::powf(mean, options.inside * share / 2.0);
    }
}

/// Returns the likeness that is needed among so many stories of one time.
pub(crate) fn needed(stories: f32, options: &GroupingOptions) -> f32 {
    let crowd = (stories / NO_CROWD).max(1.0);
    options.link_threshold * (1.0 + options.crowding * libm::logf(crowd))
}

/// Lets few reports that are nearly alike enough join a much larger story, where no other story comes near: a story
/// of which single reports are split off is what readers complain of most.
fn take_leftovers(sets: &mut [Set], into: &mut [u32], needed: f32, options: &GroupingOptions) {
    let mut moves: Vec<(u32, u32)> = Vec::new();
    let mut spread = SpreadVector::default();
    for small in 0..sets.len() as u32 {
        let Some(set) = sets
            .get(small as usize)
            .filter(|set| !set.gone && set.count <= LEFT_OVER)
        else {
            continue;
        };
        spread.lay_out(&set.sum);
        let mut near: Vec<u32> = set.near.iter().map(|&other| root(into, other)).collect();
        near.sort_unstable();
        near.dedup();
        let mut ranked: Vec<(f32, u32)> = near
            .into_iter()
            .filter(|&other| other != small)
            .filter_map(|other| Some((likeness(sets, small, other, &spread, options)?, other)))
            .collect();
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let Some(&(best, larger)) = ranked.first() else {
            continue;
        };
        let next = ranked.get(1).map_or(0.0, |&(next, _)| next);
        let count = sets.get(larger as usize).map_or(0.0, |set| set.count);
        if best >= needed * options.leftover_share
            && best >= next * AHEAD
            && count >= set.count * TIMES_AS_LARGE
        {
            moves.push((small, larger));
        }
    }
    for (small, larger) in moves {
        if let Some(place) = into.get_mut(small as usize) {
            *place = larger;
        }
    }
}

/// Returns the share of the reports that are of one time with any one of them: reports without a day are of all times.
pub(crate) fn share_at_one_time(
    days: impl ExactSizeIterator<Item = Option<f64>> + Clone,
    options: &GroupingOptions,
) -> f32 {
    let reports = days.len() as f32;
    let dated = days.flatten();
    let span = dated
        .clone()
        .fold(None, |span, day| join_days(span, Some((day, day))));
    let Some((first, last)) = span else { return 1.0 };
    let share = (ONE_TIME * options.days / (last - first).max(1.0)).min(1.0) as f32;
    let dated = dated.count() as f32 / reports;
    1.0 - dated + dated * share
}

/// Returns by what a likeness is divided where the longer side's reports hold so many words.
pub(crate) fn doubt(words: f32, options: &GroupingOptions) -> f32 {
    1.0 + options.doubt_of_words / words.max(FEWEST_WORDS)
}

/// Returns for each report the measure of its neighbourhood: the mean of its best likenesses.
pub(crate) fn measures(items: usize, links: &[Link], options: &GroupingOptions) -> Vec<f32> {
    let mut best: Vec<[f32; NEIGHBOURHOOD]> = vec![[0.0; NEIGHBOURHOOD]; items];
    for link in links {
        for report in [link.earlier, link.later] {
            if let Some(best) = best.get_mut(report as usize)
                && let Some(least) = best.last_mut().filter(|least| **least < link.likeness)
            {
                *least = link.likeness;
                best.sort_unstable_by(|a, b| b.total_cmp(a));
            }
        }
    }
    best.iter().map(|best| measure(best, options)).collect()
}

/// Returns the measure of a report's neighbourhood by its likenesses, the best of which come first.
pub(crate) fn measure(best_first: &[f32], options: &GroupingOptions) -> f32 {
    let best = best_first.iter().take(NEIGHBOURHOOD).sum::<f32>();
    (best / NEIGHBOURHOOD as f32).clamp(options.least_neighbourhood, LARGEST_MEASURE)
}

/// Returns how alike two sets are, the first of which is laid out; `None` where one is gone.
fn likeness(
    sets: &[Set],
    one: u32,
    other: u32,
    laid_out: &SpreadVector,
    options: &GroupingOptions,
) -> Option<f32> {
    let a = sets.get(one as usize).filter(|set| !set.gone)?;
    let b = sets.get(other as usize).filter(|set| !set.gone)?;
    Some(likeness_of(a, b, laid_out.dot(&b.sum), options))
}

/// Returns how alike two sets are, by the product of their sums.
pub(crate) fn likeness_of(a: &Set, b: &Set, product: f32, options: &GroupingOptions) -> f32 {
    let mean = product / (a.count * b.count) * nearness(days_apart(a.days, b.days), options);
    // The longer side counts: a few lines on an event are often no more than a part of what a long report says of it.
    let words = (a.words / a.count).max(b.words / b.count);
    mean / (a.divisor * b.divisor * doubt(words, options))
}

/// Returns two sets of a known likeness if it suffices to become one.
fn pair_of(sets: &[Set], one: u32, other: u32, likeness: f32, options: &GroupingOptions) -> Option<Pair> {
    let (first, second) = (one.min(other), one.max(other));
    let version = |set: u32| sets.get(set as usize).map(|set| set.version);
    (likeness >= options.link_threshold).then_some(Pair {
        likeness,
        sets: (first, second),
        versions: (version(first)?, version(second)?),
    })
}

/// Returns the set that a set has become part of, and shortens the way there.
fn root(into: &mut [u32], set: u32) -> u32 {
    let mut top = set;
    while let Some(&next) = into.get(top as usize)
        && next != top
    {
        top = next;
    }
    let mut on_way = set;
    while let Some(next) = into.get_mut(on_way as usize)
        && *next != top
    {
        on_way = std::mem::replace(next, top);
    }
    top
}
