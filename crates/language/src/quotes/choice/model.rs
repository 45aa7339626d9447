//! Boosted decision trees (Friedman, 2001), as `train quotes` writes them.

use std::sync::LazyLock;

use serde::Deserialize;

use super::contents::CONTENT_FEATURES;
use super::speakers::SPEAKER_FEATURES;

/// The models that are shipped; `models/quotes.md` is their card.
const QUOTES_MODEL: &str = include_str!("../../../../../models/quotes.json");

/// A node of a decision tree as the file has it. What has a feature below the threshold goes left, anything else right.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Node {
    /// A question: the feature's place, the threshold, and the places of the next nodes in the tree.
    Split(usize, f64, usize, usize),
    /// An answer, in log odds.
    Leaf(f64),
}

/// Trees as the file has them.
#[derive(Clone, Debug, Default, Deserialize)]
struct TreesFile {
    features: Vec<String>,
    bias: f64,
    threshold: f64,
    trees: Vec<Vec<Node>>,
}

/// So many trees are walked side by side: each step waits for the one before, those of other trees do not.
const TREES_AT_ONCE: usize = 8;

/// A question or an answer.
#[derive(Clone, Copy, Debug)]
struct FlatNode {
    /// The threshold, or the answer.
    value: f64,
    /// Where to go from the threshold on, and where below it: further on in the list, and for an answer to itself.
    next: [u32; 2],
    /// The feature that is asked for.
    feature: u32,
}

/// A sum of decision trees whose logistic is a probability, in one list, in which they are walked fastest.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "TreesFile")]
pub(crate) struct Trees {
    features: Vec<String>,
    bias: f64,
    /// What is less likely is left out.
    pub(crate) threshold: f64,
    nodes: Vec<FlatNode>,
    roots: Vec<u32>,
    /// The most questions that are asked before an answer.
    depth: usize,
}

impl From<TreesFile> for Trees {
    fn from(file: TreesFile) -> Self {
        let mut flat = Self {
            features: file.features,
            bias: file.bias,
            threshold: file.threshold,
            ..Self::default()
        };
        for tree in &file.trees {
            let root = flat.nodes.len();
            flat.roots.push(root as u32);
            let mut depths = vec![0usize; tree.len()];
            for (own, node) in tree.iter().enumerate() {
                let place = root + own;
                // A place that leads back or out of the tree ends it.
                let further = |next: usize| {
                    if next > own && next < tree.len() {
                        root + next
                    } else {
                        place
                    }
                };
                flat.nodes.push(match *node {
                    Node::Split(feature, value, left, right) => {
                        let below = depths.get(own).map_or(0, |depth| depth + 1);
                        for next in [left, right].into_iter().filter(|next| *next > own) {
                            if let Some(depth) = depths.get_mut(next) {
                                *depth = (*depth).max(below);
                            }
                        }
                        FlatNode {
                            value,
                            next: [further(right) as u32, further(left) as u32],
                            feature: feature as u32,
                        }
                    }
                    Node::Leaf(value) => FlatNode {
                        value,
                        next: [place as u32; 2],
                        feature: 0,
                    },
                });
            }
            flat.depth = flat.depth.max(depths.into_iter().max().unwrap_or(0));
        }
        flat
    }
}

impl Trees {
    /// Returns the log odds of what has these features.
    pub(crate) fn odds(&self, features: &[f64]) -> f64 {
        let mut odds = self.bias;
        for roots in self.roots.chunks(TREES_AT_ONCE) {
            let mut places = [0u32; TREES_AT_ONCE];
            let places = &mut places[..roots.len()];
            places.copy_from_slice(roots);
            // As many steps for all: an answer leads to itself, and no jump has to be guessed.
            for _ in 0..self.depth {
                for place in places.iter_mut() {
                    let node = &self.nodes[*place as usize];
                    let below = features
                        .get(node.feature as usize)
                        .is_some_and(|value| *value < node.value);
                    *place = node.next[usize::from(below)];
                }
            }
            for place in places {
                odds += self.nodes[*place as usize].value;
            }
        }
        odds
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
