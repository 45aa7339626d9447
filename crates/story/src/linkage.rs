//! How alike two sets of reports are.
//!
//! The likeness of two sets is the mean over the pairs of their reports (average linkage, Sokal and Michener 1958), so
//! that a chain of reports, each a little like the next, does not grow into one story. Two things are added:
//!
//! - Each report is measured by its own neighbourhood: a likeness of 0.2 means much for a report whose best neighbour
//!   reaches 0.3, and little for one whose best reaches 0.9 (after Zelnik-Manor and Perona 2004, "Self-tuning spectral
//!   clustering").
//! - Headlines say little, and two headlines of one event often share no word. So the mean over pairs of two large sets
//!   of short reports is divided by how alike the reports inside each set are, which comes near to comparing the sums.

use crate::nearness::{days_apart, join_days, nearness};
use crate::neighbours::Link;
use crate::options::GroupingOptions;
use crate::vector::TermVector;

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
/// How many times as large a story must be that takes in what was left over.
pub(crate) const TIMES_AS_LARGE: f32 = 2.0;
/// How far the likeness to that story must be ahead of the next.
pub(crate) const AHEAD: f32 = 1.3;

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
    /// What the mean over pairs is divided by.
    pub(crate) divisor: f32,
}

impl Set {
    /// Returns the set of one report; `measure` is that of its neighbourhood.
    pub(crate) fn of(mut item: Item, measure: f32, options: &GroupingOptions) -> Self {
        item.vector.scale(scale_of(measure, options));
        Self {
            sum: item.vector,
            count: 1.0,
            inside: 1.0,
            words: item.words,
            days: item.day.map(|day| (day, day)),
            divisor: 1.0,
        }
    }

    /// Takes in the reports of another set.
    pub(crate) fn take(&mut self, other: &Self, options: &GroupingOptions) {
        let product = self.sum.add(&other.sum);
        let across = product * nearness(days_apart(self.days, other.days), options);
        self.inside += other.inside + 2.0 * across;
        self.count += other.count;
        self.words += other.words;
        self.days = join_days(self.days, other.days);
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

/// Returns by what the vector of a report is multiplied, by the measure of its neighbourhood.
pub(crate) fn scale_of(measure: f32, options: &GroupingOptions) -> f32 {
    libm::powf(USUAL_MEASURE / measure, options.neighbourhood / 2.0)
}

/// Returns how alike two sets are, by the product of their sums.
pub(crate) fn likeness_of(a: &Set, b: &Set, product: f32, options: &GroupingOptions) -> f32 {
    let mean = product / (a.count * b.count) * nearness(days_apart(a.days, b.days), options);
    // The longer side counts: a few lines on an event are often no more than a part of what a long report says of it.
    let words = (a.words / a.count).max(b.words / b.count);
    mean / (a.divisor * b.divisor * doubt(words, options))
}
