//! Which sentences of different reports speak of one point.
//!
//! Every two sentences of different reports that share a word with a topic are a candidate pair. A pair has
//! features ([`FEATURE_NAMES`]); boosted trees ([`BoostedTrees`]) turn them into a probability.

use rashomon_core::{Span, StoryReadings};
use rustc_hash::FxHashSet;

use crate::entities::story_entities;
pub use crate::features::{FEATURE_COUNT, FEATURE_NAMES, Features};
use crate::features::{features, fill_ranks, intersection, point_cosine};
pub use crate::ledger::compare_with_model;
pub use crate::model::{BoostedTrees, Node};
use crate::points::{Point, Points, points};
use crate::terms::Vocabulary;

/// A pair of less cosine than this that shares no number is not looked at further.
const LEAST_COSINE: f64 = 0.04;
/// A word that more than this share of the sentences of a large story hold makes no candidates.
const MOST_COMMON: f64 = 0.25;
/// A story is large from so many sentences on.
const LARGE_STORY: usize = 1500;

/// A sentence of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SentenceOf {
    /// The report, as a position in the story's reports.
    pub report: usize,
    /// The sentence of its reading.
    pub sentence: usize,
    /// Where it stands in the report's text, in bytes.
    pub span: Span,
}

/// Two sentences of different reports with what they share: what a model of alignment is trained on.
#[derive(Clone, Debug)]
pub struct CandidatePair {
    /// The one.
    pub one: SentenceOf,
    /// The other, of a later report.
    pub other: SentenceOf,
    /// What they share, in the order of [`FEATURE_NAMES`].
    pub features: Features,
}

/// Returns the candidate pairs of a story with their features.
pub fn candidate_pairs(story: &StoryReadings<'_>) -> Vec<CandidatePair> {
    let (entities, entity_of) = story_entities(story);
    let points = points(story, &entities, &entity_of, &mut Vocabulary::new());
    let place = |point: &Point| SentenceOf {
        report: point.report,
        sentence: point.sentence,
        span: point.span,
    };
    candidates(story, &points)
        .into_iter()
        .filter_map(|((one, other), features)| {
            let (one, other) = (points.all.get(one)?, points.all.get(other)?);
            (one.report != other.report).then(|| CandidatePair {
                one: place(one),
                other: place(other),
                features,
            })
        })
        .collect()
}

/// Returns the candidate pairs as positions in the points, in order, with their features. Pairs of one report are
/// among them: what a report repeats is one point too.
pub(crate) fn candidates(story: &StoryReadings<'_>, points: &Points) -> Vec<((usize, usize), Features)> {
    let pairs = candidate_positions(points);
    let mut rows: Vec<((usize, usize), Features)> = Vec::new();
    for (one, other) in pairs {
        if let (Some(own), Some(their)) = (points.all.get(one), points.all.get(other))
            && (point_cosine(own, their) >= LEAST_COSINE
                || intersection(&own.values, &their.values).next().is_some())
        {
            rows.push(((one, other), features(own, their, points, &story.readings)));
        }
    }
    let (positions, mut values): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    fill_ranks(&points.all, &positions, &mut values);
    positions.into_iter().zip(values).collect()
}

/// Returns the pairs of points that share a word with a topic, in order.
fn candidate_positions(points: &Points) -> Vec<(usize, usize)> {
    let count = points.all.len();
    if count <= LARGE_STORY {
        let all = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
        return all.collect();
    }
    let most = (count as f64 * MOST_COMMON) as usize;
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); points.inverse_frequency.len()];
    for (index, point) in points.all.iter().enumerate() {
        for &(term, _) in &point.weights {
            if let Some(own) = holders.get_mut(term as usize) {
                own.push(index);
            }
        }
    }
    let mut seen: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut pairs = Vec::new();
    for holders in holders.iter().filter(|holders| holders.len() <= most) {
        for (place, &one) in holders.iter().enumerate() {
            for &other in holders.get(place + 1..).unwrap_or_default() {
                if seen.insert((one, other)) {
                    pairs.push((one, other));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs
}
