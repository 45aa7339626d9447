//! Boosted decision trees: a sum of trees whose logistic is a probability (gradient boosting: Friedman, 2001).

use serde::{Deserialize, Serialize};

/// A node of a decision tree. What has its feature below the threshold goes left, anything else right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Node {
    /// A question: the feature's place, the threshold, and the places of the next nodes in the tree.
    Split(usize, f64, usize, usize),
    /// An answer, in log odds.
    Leaf(f64),
}

/// A sum of decision trees as a model's file has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BoostedTrees {
    /// The features that the trees ask for, by name, in the order in which they are given.
    pub features: Vec<String>,
    /// The log odds before any tree.
    pub bias: f64,
    /// What is at least this likely is taken; chosen with the trees, see the model's card.
    pub threshold: f64,
    /// The trees, each from its root on.
    pub trees: Vec<Vec<Node>>,
}

impl BoostedTrees {
    /// Returns the trees in the form in which they are asked fastest; what is asked more than once should be
    /// asked there.
    pub fn flat(&self) -> FlatTrees {
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
                    feature: (*feature).min(u32::MAX as usize) as u32,
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
}

/// The trees of a [`BoostedTrees`], node after node.
#[derive(Clone, Debug)]
pub struct FlatTrees {
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
const TREES_AT_ONCE: usize = 8;

impl FlatTrees {
    /// Returns the log odds of what has these features; one that is not there is not below any threshold.
    pub fn odds(&self, features: &[f64]) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_walked_from_its_root() {
        let odds = |tree: &[Node], feature: f64| {
            let model = BoostedTrees {
                trees: vec![tree.to_vec()],
                ..BoostedTrees::default()
            };
            model.flat().odds(&[feature])
        };
        let tree = [Node::Split(0, 0.5, 1, 2), Node::Leaf(-1.0), Node::Leaf(2.0)];
        assert_eq!(odds(&tree, 0.0), -1.0);
        assert_eq!(odds(&tree, 0.5), 2.0);
        // Broken trees end as well, and answer nothing.
        assert_eq!(odds(&[Node::Split(0, 0.5, 0, 0)], 0.0), 0.0);
        assert_eq!(odds(&[Node::Split(99, 0.5, 7, 1)], 0.0), 0.0);
    }
}
