//! Gradient boosting of decision trees over binned features (Friedman 2001; histograms as in LightGBM, Ke et al. 2017).
//!
//! One thread, no random numbers: the same rows in the same order give the same trees.

use rashomon_trees::{BoostedTrees, Node};

/// How trees are grown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Growth {
    /// How many trees.
    pub(crate) trees: usize,
    /// How many questions lie between the root and an answer at most.
    pub(crate) depth: usize,
    /// The share of each tree's answer that is added.
    pub(crate) rate: f64,
    /// Leaves are pulled to zero by this much.
    pub(crate) ridge: f64,
    /// A leaf holds at least so many rows.
    pub(crate) least_rows: usize,
}

/// The most bins of a feature.
const BINS: usize = 64;

/// Rows with their features binned.
struct Binned {
    /// For each feature, the upper ends of its bins but the last: a value below `edges[k]` is in bin `k` or lower.
    edges: Vec<Vec<f64>>,
    /// For each feature, the bin of each row.
    bins: Vec<Vec<u8>>,
}

/// Returns the rows with their features binned at quantiles.
fn binned<Row: AsRef<[f64]>>(rows: &[Row], features: usize) -> Binned {
    let (mut edges, mut bins) = (Vec::new(), Vec::new());
    for feature in 0..features {
        let mut values: Vec<f64> = rows.iter().map(|row| row.as_ref()[feature]).collect();
        values.sort_by(f64::total_cmp);
        let mut own: Vec<f64> = (1..BINS)
            .filter_map(|bin| values.get(bin * values.len() / BINS).copied())
            .collect();
        // Most rows share the smallest value of most features: the distinct large ones must not be lost.
        let mut distinct = values;
        distinct.dedup();
        if distinct.len() <= BINS {
            own = distinct.into_iter().skip(1).collect();
        } else {
            own.extend(
                (1..BINS / 4).filter_map(|bin| distinct.get(bin * distinct.len() / (BINS / 4)).copied()),
            );
            own.sort_by(f64::total_cmp);
            own.dedup();
            own.truncate(254);
        }
        bins.push(
            rows.iter()
                .map(|row| own.partition_point(|edge| *edge <= row.as_ref()[feature]) as u8)
                .collect(),
        );
        edges.push(own);
    }
    Binned { edges, bins }
}

/// Returns trees that tell the rows with a true label from the others. `names` are the names of the rows' features.
pub(crate) fn boost<Row: AsRef<[f64]>>(
    rows: &[Row],
    labels: &[bool],
    growth: Growth,
    names: &[&str],
) -> BoostedTrees {
    let positives = labels.iter().filter(|label| **label).count().max(1) as f64;
    let bias = libm::log(positives / (labels.len() as f64 - positives).max(1.0));
    let data = binned(rows, names.len());
    let mut odds = vec![bias; rows.len()];
    let mut trees = Vec::new();
    for _ in 0..growth.trees {
        let gradients: Vec<(f64, f64)> = odds
            .iter()
            .zip(labels)
            .map(|(odds, label)| {
                let probability = 1.0 / (1.0 + libm::exp(-odds));
                (
                    f64::from(u8::from(*label)) - probability,
                    (probability * (1.0 - probability)).max(1e-9),
                )
            })
            .collect();
        let mut tree = Vec::new();
        let all: Vec<u32> = (0..rows.len() as u32).collect();
        grow(&mut tree, &data, &gradients, all, growth.depth, growth, &mut odds);
        trees.push(tree);
    }
    let features = names.iter().map(|name| (*name).to_owned()).collect();
    BoostedTrees {
        features,
        bias: rounded(bias),
        threshold: 0.5,
        trees,
    }
}

/// Grows the node of these rows, and writes its answers into the rows' odds. Returns the node's place.
fn grow(
    tree: &mut Vec<Node>,
    data: &Binned,
    gradients: &[(f64, f64)],
    rows: Vec<u32>,
    depth: usize,
    growth: Growth,
    odds: &mut [f64],
) -> usize {
    let place = tree.len();
    let total = rows.iter().fold((0.0, 0.0), |sum, &row| {
        let (gradient, curvature) = gradients[row as usize];
        (sum.0 + gradient, sum.1 + curvature)
    });
    let split = if depth == 0 {
        None
    } else {
        best_split(data, gradients, &rows, total, growth)
    };
    let Some((feature, bin)) = split else {
        let answer = rounded(growth.rate * total.0 / (total.1 + growth.ridge));
        for row in rows {
            odds[row as usize] += answer;
        }
        tree.push(Node::Leaf(answer));
        return place;
    };
    tree.push(Node::Leaf(0.0));
    let (left, right): (Vec<u32>, Vec<u32>) = rows
        .into_iter()
        .partition(|&row| usize::from(data.bins[feature][row as usize]) <= bin);
    let left = grow(tree, data, gradients, left, depth - 1, growth, odds);
    let right = grow(tree, data, gradients, right, depth - 1, growth, odds);
    tree[place] = Node::Split(feature, data.edges[feature][bin], left, right);
    place
}

/// Returns the feature and the last bin of its left side that part the rows best, where any parting pays.
fn best_split(
    data: &Binned,
    gradients: &[(f64, f64)],
    rows: &[u32],
    total: (f64, f64),
    growth: Growth,
) -> Option<(usize, usize)> {
    let gain = |sum: (f64, f64)| sum.0 * sum.0 / (sum.1 + growth.ridge);
    let mut best: Option<(f64, usize, usize)> = None;
    for feature in 0..data.edges.len() {
        let mut sums = [(0.0, 0.0, 0usize); 256];
        for &row in rows {
            let sum = &mut sums[usize::from(data.bins[feature][row as usize])];
            let (gradient, curvature) = gradients[row as usize];
            *sum = (sum.0 + gradient, sum.1 + curvature, sum.2 + 1);
        }
        let mut left = (0.0, 0.0, 0usize);
        for (bin, sum) in sums.iter().enumerate().take(data.edges[feature].len()) {
            left = (left.0 + sum.0, left.1 + sum.1, left.2 + sum.2);
            if left.2 < growth.least_rows || rows.len() - left.2 < growth.least_rows {
                continue;
            }
            let better = gain((left.0, left.1)) + gain((total.0 - left.0, total.1 - left.1)) - gain(total);
            if better > best.map_or(1e-6, |(so_far, ..)| so_far) {
                best = Some((better, feature, bin));
            }
        }
    }
    best.map(|(_, feature, bin)| (feature, bin))
}

/// Returns a number with five digits after the point, which keeps the file small and changes no answer that matters.
fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

#[cfg(test)]
mod tests {
    use rashomon_compare::alignment::{FEATURE_COUNT, FEATURE_NAMES, Features};

    use super::*;

    #[test]
    fn trees_learn_what_parts_the_rows() {
        let rows: Vec<Features> = (0..400)
            .map(|index| {
                let mut row = [0.0; FEATURE_COUNT];
                row[3] = f64::from(index % 20);
                row[7] = f64::from(index % 7);
                row
            })
            .collect();
        let labels: Vec<bool> = rows.iter().map(|row| row[3] >= 10.0 && row[7] < 3.0).collect();
        let growth = Growth {
            trees: 30,
            depth: 3,
            rate: 0.3,
            ridge: 1.0,
            least_rows: 5,
        };
        let model = boost(&rows, &labels, growth, &FEATURE_NAMES);
        let trees = model.flat();
        let right = rows
            .iter()
            .zip(&labels)
            .filter(|(row, label)| (trees.odds(&row[..]) > 0.0) == **label)
            .count();
        assert!(right > 395, "{right} of 400");
        assert_eq!(model, boost(&rows, &labels, growth, &FEATURE_NAMES));
    }
}
