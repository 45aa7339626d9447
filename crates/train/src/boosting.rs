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
    /// How many answers a tree has at most; the questions that tell the most come first.
    pub(crate) leaves: usize,
    /// The share of each tree's answer that is added.
    pub(crate) rate: f64,
    /// Leaves are pulled to zero by this much.
    pub(crate) ridge: f64,
    /// A leaf holds at least so many rows.
    pub(crate) least_rows: usize,
    /// A tree asks about one in so many of the features, each tree about others; 1 for all.
    pub(crate) one_feature_in: u64,
    /// Which features the trees ask about hangs on this number too, where they do not ask about all.
    pub(crate) draw: u64,
}

/// Returns a number that looks drawn by lot, always the same for the same three (SplitMix64: Steele, Lea and Flood 2014).
fn drawn(draw: u64, tree: usize, feature: usize) -> u64 {
    let mut mixed = (draw << 40) ^ ((tree as u64) << 20) ^ feature as u64;
    mixed = mixed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Returns the mean of models over the same features.
pub(crate) fn mean(models: Vec<BoostedTrees>) -> BoostedTrees {
    let count = models.len().max(1) as f64;
    let mut all = BoostedTrees::default();
    for model in models {
        all.features = model.features;
        all.threshold = model.threshold;
        all.bias += model.bias / count;
        all.trees.extend(model.trees.into_iter().map(|tree| {
            tree.into_iter()
                .map(|node| match node {
                    Node::Leaf(answer) => Node::Leaf(rounded(answer / count)),
                    split @ Node::Split(..) => split,
                })
                .collect()
        }));
    }
    all.bias = rounded(all.bias);
    all
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

/// Returns trees that tell the rows with a true label from the others, or that give each the share from 0 to 1 that its label
/// is. `names` are the names of the rows' features.
pub(crate) fn boost<Row: AsRef<[f64]>, Label: Copy + Into<f64>>(
    rows: &[Row],
    labels: &[Label],
    growth: Growth,
    names: &[&str],
) -> BoostedTrees {
    let positives = labels.iter().map(|&label| label.into()).sum::<f64>().max(1.0);
    let bias = libm::log(positives / (labels.len() as f64 - positives).max(1.0));
    let data = binned(rows, names.len());
    let mut odds = vec![bias; rows.len()];
    let mut trees = Vec::new();
    for number in 0..growth.trees {
        let asked: Vec<usize> = (0..names.len())
            .filter(|&feature| drawn(growth.draw, number, feature).is_multiple_of(growth.one_feature_in))
            .collect();
        let gradients: Vec<(f64, f64)> = odds
            .iter()
            .zip(labels)
            .map(|(odds, &label)| {
                let probability = 1.0 / (1.0 + libm::exp(-odds));
                (
                    label.into() - probability,
                    (probability * (1.0 - probability)).max(1e-9),
                )
            })
            .collect();
        let growing = Growing {
            data: &data,
            gradients: &gradients,
            asked: &asked,
            growth,
        };
        let tree = grown(&growing, (0..rows.len() as u32).collect(), &mut odds);
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

/// What a tree is grown from.
struct Growing<'rows> {
    data: &'rows Binned,
    /// Of each row.
    gradients: &'rows [(f64, f64)],
    /// The features it may ask about.
    asked: &'rows [usize],
    growth: Growth,
}

/// A node while its tree grows.
struct Grown {
    rows: Vec<u32>,
    /// The sums of its rows' gradients and curvatures.
    total: (f64, f64),
    depth: usize,
    /// What parting its rows gains, the feature, and the last bin of the left side.
    split: Option<(f64, usize, usize)>,
    /// Where its children stand, once it is parted.
    children: Option<(usize, usize)>,
}

impl Grown {
    fn new(growing: &Growing<'_>, rows: Vec<u32>, depth: usize) -> Self {
        let total = rows.iter().fold((0.0, 0.0), |sum, &row| {
            let (gradient, curvature) = growing.gradients[row as usize];
            (sum.0 + gradient, sum.1 + curvature)
        });
        let split = (depth < growing.growth.depth)
            .then(|| best_split(growing, &rows, total))
            .flatten();
        Self {
            rows,
            total,
            depth,
            split,
            children: None,
        }
    }
}

/// Returns the tree of these rows, and writes its answers into the rows' odds.
fn grown(growing: &Growing<'_>, rows: Vec<u32>, odds: &mut [f64]) -> Vec<Node> {
    let mut nodes = vec![Grown::new(growing, rows, 0)];
    for _ in 1..growing.growth.leaves {
        // The leaf that gains the most; of equal ones the first.
        let mut best: Option<(f64, usize)> = None;
        for (place, node) in nodes.iter().enumerate() {
            if let Some((gain, ..)) = node.split
                && node.children.is_none()
                && best.is_none_or(|(so_far, _)| gain > so_far)
            {
                best = Some((gain, place));
            }
        }
        let Some((_, place)) = best else { break };
        let Some((_, feature, bin)) = nodes[place].split else {
            break;
        };
        let depth = nodes[place].depth + 1;
        let (left, right): (Vec<u32>, Vec<u32>) = std::mem::take(&mut nodes[place].rows)
            .into_iter()
            .partition(|&row| usize::from(growing.data.bins[feature][row as usize]) <= bin);
        nodes[place].children = Some((nodes.len(), nodes.len() + 1));
        nodes.push(Grown::new(growing, left, depth));
        nodes.push(Grown::new(growing, right, depth));
    }
    let mut tree = Vec::new();
    write_node(growing, &nodes, 0, &mut tree, odds);
    tree
}

/// Writes a node and what is below it behind `tree`, and its answers into the rows' odds. Returns its place.
fn write_node(
    growing: &Growing<'_>,
    nodes: &[Grown],
    at: usize,
    tree: &mut Vec<Node>,
    odds: &mut [f64],
) -> usize {
    let place = tree.len();
    let node = &nodes[at];
    let growth = growing.growth;
    let (Some((left, right)), Some((_, feature, bin))) = (node.children, node.split) else {
        let answer = rounded(growth.rate * node.total.0 / (node.total.1 + growth.ridge));
        for &row in &node.rows {
            odds[row as usize] += answer;
        }
        tree.push(Node::Leaf(answer));
        return place;
    };
    tree.push(Node::Leaf(0.0));
    let left = write_node(growing, nodes, left, tree, odds);
    let right = write_node(growing, nodes, right, tree, odds);
    tree[place] = Node::Split(feature, growing.data.edges[feature][bin], left, right);
    place
}

/// Returns what parting the rows best gains, by which feature and up to which bin of it, where any parting pays.
fn best_split(growing: &Growing<'_>, rows: &[u32], total: (f64, f64)) -> Option<(f64, usize, usize)> {
    let Growing {
        data,
        gradients,
        asked,
        growth,
    } = *growing;
    let gain = |sum: (f64, f64)| sum.0 * sum.0 / (sum.1 + growth.ridge);
    let mut best: Option<(f64, usize, usize)> = None;
    for &feature in asked {
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
    best
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
            leaves: usize::MAX,
            one_feature_in: 1,
            draw: 0,
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
