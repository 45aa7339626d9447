//! Boosted decision trees: a sum of trees whose logistic is a probability (gradient boosting: Friedman, 2001).

// The inner loops must stand in the function that was made for the vectors of the processor, or they have none.
#![allow(clippy::inline_always)]

use pulp::{Arch, Simd, WithSimd};
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
        let mut flat = FlatTrees {
            bias: self.bias,
            nodes: Vec::new(),
            trees: Vec::new(),
            depth: 0,
            largest: 0,
        };
        for tree in &self.trees {
            flat.push(tree);
        }
        // What comes next stands further on, so that the depths below a node are known before its own.
        let mut depths = vec![0usize; flat.nodes.len()];
        for (at, node) in flat.nodes.iter().enumerate().rev() {
            let below = node
                .next
                .map(|next| next as usize)
                .into_iter()
                .filter(|&next| next > at);
            depths[at] = below.map(|next| depths[next] + 1).max().unwrap_or(0);
        }
        flat.depth = depths.into_iter().max().unwrap_or(0);
        flat
    }
}

/// The trees of a [`BoostedTrees`], node after node.
#[derive(Clone, Debug)]
pub struct FlatTrees {
    bias: f64,
    nodes: Vec<FlatNode>,
    trees: Vec<FlatTree>,
    /// The most questions that are asked before an answer.
    depth: usize,
    /// The most nodes of a tree.
    largest: usize,
}

/// Where a tree stands among the nodes: its questions, then its answers, then one that answers nothing.
#[derive(Clone, Copy, Debug)]
struct FlatTree {
    /// Its first question, or its only answer.
    root: u32,
    /// Its first answer.
    answers: u32,
    /// Behind its last answer.
    end: u32,
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
/// So many rows of features are asked for side by side.
const ROWS_AT_ONCE: usize = 8;
/// Fewer rows than this are walked one by one.
const FEW_ROWS: usize = 4;
/// A feature that is not there is no number, which is below nothing.
const ABSENT: [f64; ROWS_AT_ONCE] = [f64::NAN; ROWS_AT_ONCE];

impl FlatTrees {
    /// Adds a tree.
    fn push(&mut self, tree: &[Node]) {
        let is_answer = |node: &Node| matches!(node, Node::Leaf(_));
        let root = self.nodes.len();
        let answers = root + tree.iter().filter(|node| !is_answer(node)).count();
        let end = root + tree.len();
        let (mut question, mut answer) = (root, answers);
        let places: Vec<usize> = tree
            .iter()
            .map(|node| {
                let next = if is_answer(node) {
                    &mut answer
                } else {
                    &mut question
                };
                *next += 1;
                *next - 1
            })
            .collect();
        // A place outside the tree, or one that leads back, ends in the last node, which answers nothing.
        let place = |own: usize, next: usize| {
            let place = places.get(next).copied().filter(|_| next > own);
            place.unwrap_or(end) as u32
        };
        self.nodes.resize(end + 1, FlatNode::leaf(0.0, end));
        for (own, node) in tree.iter().enumerate() {
            self.nodes[places[own]] = match node {
                Node::Split(feature, value, left, right) => FlatNode {
                    value: *value,
                    next: [place(own, *right), place(own, *left)],
                    feature: (*feature).min(u32::MAX as usize) as u32,
                },
                Node::Leaf(value) => FlatNode::leaf(*value, places[own]),
            };
        }
        self.largest = self.largest.max(tree.len() + 1);
        self.trees.push(FlatTree {
            root: places.first().copied().unwrap_or(end) as u32,
            answers: answers as u32,
            end: end as u32 + 1,
        });
    }

    /// Returns the log odds of what has these features; one that is not there is not below any threshold.
    pub fn odds(&self, features: &[f64]) -> f64 {
        let mut odds = self.bias;
        for trees in self.trees.chunks(TREES_AT_ONCE) {
            let mut places = [0u32; TREES_AT_ONCE];
            let places = &mut places[..trees.len()];
            for (place, tree) in places.iter_mut().zip(trees) {
                *place = tree.root;
            }
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

    /// Returns for each row of features what [`FlatTrees::odds`] returns, bit for bit, and faster where there are many.
    pub fn odds_of_all<Row: AsRef<[f64]>>(&self, rows: &[Row]) -> Vec<f64> {
        let mut odds = Vec::with_capacity(rows.len());
        let mut columns = Vec::new();
        let mut answers = vec![[0.0; ROWS_AT_ONCE]; self.largest];
        for rows in rows.chunks(ROWS_AT_ONCE) {
            if rows.len() < FEW_ROWS {
                odds.extend(rows.iter().map(|row| self.odds(row.as_ref())));
                continue;
            }
            let count = rows.iter().map(|row| row.as_ref().len()).max().unwrap_or(0);
            columns.clear();
            columns.resize(count, ABSENT);
            for (number, row) in rows.iter().enumerate() {
                for (column, value) in columns.iter_mut().zip(row.as_ref()) {
                    column[number] = *value;
                }
            }
            let all = self.odds_of_columns(&columns, &mut answers);
            odds.extend(&all[..rows.len()]);
        }
        odds
    }

    /// Returns the log odds of some rows of features, given by column. `answers` is room for a tree.
    fn odds_of_columns(
        &self,
        columns: &[[f64; ROWS_AT_ONCE]],
        answers: &mut [[f64; ROWS_AT_ONCE]],
    ) -> [f64; ROWS_AT_ONCE] {
        Arch::new().dispatch(SideBySide {
            trees: self,
            columns,
            answers,
        })
    }
}

/// Rows of features that are asked for side by side.
struct SideBySide<'room> {
    trees: &'room FlatTrees,
    columns: &'room [[f64; ROWS_AT_ONCE]],
    answers: &'room mut [[f64; ROWS_AT_ONCE]],
}

impl WithSimd for SideBySide<'_> {
    type Output = [f64; ROWS_AT_ONCE];

    /// Every question of a tree is answered, the last first, by choosing between the answers below it: more questions than
    /// a walk asks, but for all rows at once, and none waits for the one before.
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
        let Self {
            trees,
            columns,
            answers,
        } = self;
        let mut odds = [trees.bias; ROWS_AT_ONCE];
        let mut first = 0;
        for tree in &trees.trees {
            let own = &trees.nodes[first..tree.end as usize];
            let questions = tree.answers as usize - first;
            // Vectors are written out here: left to itself the compiler scatters the answers number by number. Plain loops,
            // because adapters of iterators are not made for the vectors of the processor.
            for at in questions..own.len() {
                let value = simd.splat_f64s(own[at].value);
                S::as_mut_simd_f64s(&mut answers[at]).0.fill(value);
            }
            for at in (0..questions).rev() {
                let node = own[at];
                let column = columns.get(node.feature as usize).unwrap_or(&ABSENT);
                let threshold = simd.splat_f64s(node.value);
                let from = S::as_simd_f64s(&answers[node.next[0] as usize - first]).0;
                let below = S::as_simd_f64s(&answers[node.next[1] as usize - first]).0;
                let column = S::as_simd_f64s(column).0;
                let mut answer = [0.0; ROWS_AT_ONCE];
                let parts = S::as_mut_simd_f64s(&mut answer).0;
                for part in 0..parts.len() {
                    let is_below = simd.less_than_f64s(column[part], threshold);
                    parts[part] = simd.select_f64s(is_below, below[part], from[part]);
                }
                answers[at] = answer;
            }
            let answer = answers[tree.root as usize - first];
            for row in 0..ROWS_AT_ONCE {
                odds[row] += answer[row];
            }
            first = tree.end as usize;
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
            let flat = model.flat();
            assert_eq!(flat.odds_of_all(&[[feature]; 9]), [flat.odds(&[feature]); 9]);
            flat.odds(&[feature])
        };
        let tree = [Node::Split(0, 0.5, 1, 2), Node::Leaf(-1.0), Node::Leaf(2.0)];
        assert_eq!(odds(&tree, 0.0), -1.0);
        assert_eq!(odds(&tree, 0.5), 2.0);
        // Broken trees end as well, and answer nothing.
        assert_eq!(odds(&[Node::Split(0, 0.5, 0, 0)], 0.0), 0.0);
        assert_eq!(odds(&[Node::Split(99, 0.5, 7, 1)], 0.0), 0.0);
        assert_eq!(odds(&[], 0.0), 0.0);
    }

    #[test]
    fn many_rows_are_answered_as_each_alone() {
        // A full tree of three questions in a row, whose answers stand between the questions.
        let tree = |shift: f64| {
            vec![
                Node::Split(0, 0.1 + shift, 1, 2),
                Node::Leaf(0.3 - shift),
                Node::Split(1, 0.5, 4, 3),
                Node::Leaf(-0.7 * shift),
                Node::Split(2, 0.2, 5, 6),
                Node::Leaf(shift),
                Node::Leaf(0.11),
            ]
        };
        let model = BoostedTrees {
            bias: 0.01,
            trees: (0..30).map(|number| tree(f64::from(number) / 37.0)).collect(),
            ..BoostedTrees::default()
        };
        let flat = model.flat();
        let rows: Vec<[f64; 3]> = (0..21)
            .map(|row| [row * 5 % 7, row % 3, row % 2].map(|number| f64::from(number) / 7.0))
            .collect();
        let one_by_one: Vec<f64> = rows.iter().map(|row| flat.odds(row)).collect();
        assert_eq!(flat.odds_of_all(&rows), one_by_one);
    }
}
