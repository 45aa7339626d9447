//! Boosted decision trees: how likely two sentences speak of one point.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::features::{FEATURE_COUNT, FEATURE_NAMES, Features};

/// The model that is shipped; `models/alignment.md` is its card.
const ALIGNMENT_MODEL: &str = include_str!("../../../models/alignment.json");

/// A node of a decision tree. A pair whose feature is below the threshold goes left, any other right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Node {
    /// A question: the feature's place, the threshold, and the places of the next nodes in the tree.
    Split(usize, f64, usize, usize),
    /// An answer, in log odds.
    Leaf(f64),
}

/// A sum of decision trees whose logistic is a probability (gradient boosting: Friedman, 2001).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BoostedTrees {
    /// The features that the trees ask for, by name, in the order of the pairs' features.
    pub features: Vec<String>,
    /// The log odds before any tree.
    pub bias: f64,
    /// A pair at least this likely is joined; chosen with the trees, see the model's card.
    pub threshold: f64,
    /// The trees, each from its root on.
    pub trees: Vec<Vec<Node>>,
}

impl BoostedTrees {
    /// Returns how likely the pair with these features speaks of one point, 0 to 1.
    pub fn probability(&self, features: &Features) -> f64 {
        self.flat().probability(features)
    }

    /// Returns the trees in the form in which they are asked fastest; what is asked more than once should be asked there.
    pub(crate) fn flat(&self) -> FlatTrees {
        let mut nodes: Vec<FlatNode> = Vec::new();
        let mut roots = Vec::new();
        for tree in &self.trees {
            let root = nodes.len();
            roots.push(root as u32);
            // A place outside the tree, or one that leads back, ends in the last node, which answers nothing.
            let end = root + tree.len();
            let place = |own: usize, next: usize| {
                let next = if next > own && next < tree.len() {
                    root + next
                } else {
                    end
                };
                next as u32
            };
            nodes.extend(tree.iter().enumerate().map(|(own, node)| match node {
                Node::Split(feature, value, left, right) => FlatNode {
                    value: *value,
                    next: [place(own, *right), place(own, *left)],
                    feature: (*feature).min(FEATURE_COUNT - 1) as u32,
                },
                Node::Leaf(value) => FlatNode::leaf(*value, root + own),
            }));
            nodes.push(FlatNode::leaf(0.0, end));
        }
        // What comes next stands further on, so that the depths below a node are known before its own.
        let mut depths = vec![0usize; nodes.len()];
        for (at, node) in nodes.iter().enumerate().rev() {
            let below = node
                .next
                .map(|next| next as usize)
                .into_iter()
                .filter(|&next| next > at);
            depths[at] = below.map(|next| depths[next] + 1).max().unwrap_or(0);
        }
        FlatTrees {
            bias: self.bias,
            nodes,
            roots,
            depth: depths.into_iter().max().unwrap_or(0),
        }
    }

    /// Returns the shipped model, or one that joins nothing where its features are not those of this program.
    pub(crate) fn shipped() -> &'static Self {
        static MODEL: LazyLock<BoostedTrees> = LazyLock::new(|| {
            let model: BoostedTrees = serde_json::from_str(ALIGNMENT_MODEL).unwrap_or_default();
            if model.features == FEATURE_NAMES {
                model
            } else {
                BoostedTrees {
                    threshold: 2.0,
                    ..BoostedTrees::default()
                }
            }
        });
        &MODEL
    }
}

/// The trees of a [`BoostedTrees`], node after node.
#[derive(Clone, Debug)]
pub(crate) struct FlatTrees {
    bias: f64,
    nodes: Vec<FlatNode>,
    roots: Vec<u32>,
    /// The most questions that are asked before an answer.
    depth: usize,
}

/// A question or an answer.
#[derive(Clone, Copy, Debug)]
struct FlatNode {
    /// The threshold, or the answer.
    value: f64,
    /// Where to go from the threshold on, and where below it; always further on in the list, and for an answer to itself.
    next: [u32; 2],
    /// The feature that is asked for.
    feature: u32,
}

impl FlatNode {
    fn leaf(value: f64, place: usize) -> Self {
        Self {
            value,
            next: [place as u32; 2],
            feature: 0,
        }
    }
}

/// So many trees are walked side by side: each step waits for the one before, those of other trees do not.
const TREES_AT_ONCE: usize = 4;

impl FlatTrees {
    /// Returns how likely the pair with these features speaks of one point, 0 to 1.
    pub(crate) fn probability(&self, features: &Features) -> f64 {
        let mut odds = self.bias;
        for roots in self.roots.chunks(TREES_AT_ONCE) {
            let mut places = [0u32; TREES_AT_ONCE];
            let places = &mut places[..roots.len()];
            places.copy_from_slice(roots);
            // As many steps for all: an answer leads to itself, and no jump has to be guessed.
            for _ in 0..self.depth {
                for place in places.iter_mut() {
                    let node = &self.nodes[*place as usize];
                    let below = features[node.feature as usize] < node.value;
                    *place = node.next[usize::from(below)];
                }
            }
            for place in places {
                odds += self.nodes[*place as usize].value;
            }
        }
        1.0 / (1.0 + libm::exp(-odds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_has_the_features_of_this_program() {
        let model: BoostedTrees = serde_json::from_str(ALIGNMENT_MODEL).unwrap();
        assert_eq!(model.features, FEATURE_NAMES);
        assert!(model.trees.len() > 10 && model.threshold > 0.0 && model.threshold < 1.0);
    }

    #[test]
    fn a_tree_is_walked_from_its_root() {
        let odds = |tree: &[Node], feature: f64| {
            let model = BoostedTrees {
                trees: vec![tree.to_vec()],
                ..BoostedTrees::default()
            };
            let mut features = [0.0; FEATURE_COUNT];
            features[0] = feature;
            let probability = model.probability(&features);
            libm::log(probability / (1.0 - probability))
        };
        let tree = [Node::Split(0, 0.5, 1, 2), Node::Leaf(-1.0), Node::Leaf(2.0)];
        assert!((odds(&tree, 0.0) + 1.0).abs() < 1e-9);
        assert!((odds(&tree, 0.5) - 2.0).abs() < 1e-9);
        // Broken trees end as well.
        assert!(odds(&[Node::Split(0, 0.5, 0, 0)], 0.0).abs() < 1e-9);
        assert!(odds(&[Node::Split(99, 0.5, 7, 1)], 0.0).abs() < 1e-9);
    }
}
