//! Boosted decision trees (Friedman, 2001), as `train quotes` writes them.

use std::sync::LazyLock;

use serde::Deserialize;

use super::contents::CONTENT_FEATURES;
use super::speakers::SPEAKER_FEATURES;

/// The models that are shipped; `models/quotes.md` is their card.
const QUOTES_MODEL: &str = include_str!("../../../../../models/quotes.json");

/// A node of a decision tree. What has a feature below the threshold goes left, anything else right.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Node {
    /// A question: the feature's place, the threshold, and the places of the next nodes in the tree.
    Split(usize, f64, usize, usize),
    /// An answer, in log odds.
    Leaf(f64),
}

/// A sum of decision trees whose logistic is a probability.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Trees {
    features: Vec<String>,
    bias: f64,
    /// What is less likely is left out.
    pub(crate) threshold: f64,
    trees: Vec<Vec<Node>>,
}

impl Trees {
    /// Returns the log odds of what has these features.
    pub(crate) fn odds(&self, features: &[f64]) -> f64 {
        self.trees.iter().fold(self.bias, |odds, tree| {
            let mut place = 0;
            loop {
                match tree.get(place) {
                    Some(Node::Split(feature, threshold, left, right)) => {
                        let below = features.get(*feature).is_some_and(|value| value < threshold);
                        let next = if below { *left } else { *right };
                        // A place that leads back ends the tree.
                        if next <= place {
                            return odds;
                        }
                        place = next;
                    }
                    Some(Node::Leaf(answer)) => return odds + answer,
                    None => return odds,
                }
            }
        })
    }
}

/// Both models.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Models {
    /// How likely a stretch of words is what is said.
    pub(crate) contents: Trees,
    /// How likely someone says it.
    pub(crate) speakers: Trees,
}

impl Models {
    /// Returns the shipped models; none where their features are not those of this program.
    pub(crate) fn shipped() -> Option<&'static Self> {
        static MODELS: LazyLock<Option<Models>> = LazyLock::new(|| {
            let models: Models = serde_json::from_str(QUOTES_MODEL).ok()?;
            let known =
                models.contents.features == CONTENT_FEATURES && models.speakers.features == SPEAKER_FEATURES;
            known.then_some(models)
        });
        MODELS.as_ref()
    }
}
