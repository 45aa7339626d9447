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
        let mut odds = self.bias;
        for tree in &self.trees {
            odds += answer(tree, features);
        }
        1.0 / (1.0 + libm::exp(-odds))
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

/// Returns the answer of one tree. A tree is no deeper than it has nodes, so a broken one ends as well.
fn answer(tree: &[Node], features: &Features) -> f64 {
    let mut place = 0;
    for _ in 0..=tree.len() {
        match tree.get(place) {
            Some(&Node::Split(feature, threshold, left, right)) => {
                let value = features
                    .get(feature.min(FEATURE_COUNT - 1))
                    .copied()
                    .unwrap_or_default();
                place = if value < threshold { left } else { right };
            }
            Some(&Node::Leaf(value)) => return value,
            None => return 0.0,
        }
    }
    0.0
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
        let tree = [Node::Split(0, 0.5, 1, 2), Node::Leaf(-1.0), Node::Leaf(2.0)];
        let mut features = [0.0; FEATURE_COUNT];
        assert_eq!(answer(&tree, &features), -1.0);
        features[0] = 0.5;
        assert_eq!(answer(&tree, &features), 2.0);
        assert_eq!(answer(&[Node::Split(0, 0.5, 0, 0)], &features), 0.0);
    }
}
