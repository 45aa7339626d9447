//! Which sentences of different reports speak of one point.
//!
//! Every two sentences of different reports that share a word with a topic are a candidate pair. A pair has
//! features ([`FEATURE_NAMES`]); boosted trees turn them into a probability.

use rashomon_core::{Span, StoryReadings};

use crate::candidates::for_each_candidate;
use crate::entities::story_entities;
pub use crate::features::{FEATURE_COUNT, FEATURE_NAMES, Features};
pub use crate::ledger::compare_with_model;
use crate::points::{Point, points};
use crate::terms::Vocabulary;

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
    let mut pairs = Vec::new();
    for_each_candidate(story, &points, |(one, other), features| {
        if let (Some(one), Some(other)) = (points.all.get(one), points.all.get(other))
            && one.report != other.report
        {
            pairs.push(CandidatePair {
                one: place(one),
                other: place(other),
                features: *features,
            });
        }
    });
    pairs
}
