//! The best tree over a table of scores (Chu and Liu 1965, Edmonds 1967), with one root.

/// Returns for each of `words` words the one it depends on: 0 for the root, else the word's number from 1.
///
/// `scores` holds a row a word and a column a head, of which column 0 is the root; a higher score is a likelier head.
/// Exactly one word depends on the root.
pub fn heads_of_tree(scores: &[f32], words: usize) -> Vec<usize> {
    heads_of_tree_in(scores, words, &mut SearchRoom::default())
}

/// Room of a search, kept from sentence to sentence: it grows with the square of their words.
#[derive(Clone, Debug, Default)]
pub(super) struct SearchRoom {
    /// The score of each edge, a row a node and a column a head.
    scores: Vec<f64>,
    /// For each pair of present nodes the place in the table of the edge that stands for it.
    edges: Vec<u32>,
}

/// Returns what [`heads_of_tree`] returns.
pub(super) fn heads_of_tree_in(scores: &[f32], words: usize, room: &mut SearchRoom) -> Vec<usize> {
    let columns = words + 1;
    let best = |word: usize| -> usize {
        let row = &scores[word * columns..(word + 1) * columns];
        let mut best = 0;
        for (head, score) in row.iter().enumerate() {
            if head != word + 1 && *score > row[best] {
                best = head;
            }
        }
        best
    };
    if words == 0 {
        return Vec::new();
    }
    if words == 1 {
        return vec![0];
    }
    let greedy: Vec<usize> = (0..words).map(best).collect();
    if is_tree(&greedy) {
        return greedy;
    }
    // With the root allowed to one word only: the score of the root is made so low that a tree takes it once.
    let (lowest, highest) = scores
        .iter()
        .filter(|score| score.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), score| {
            (low.min(f64::from(*score)), high.max(f64::from(*score)))
        });
    let penalty = (highest - lowest + 1.0) * columns as f64;
    let nodes = columns;
    room.scores.clear();
    room.scores.resize(nodes, f64::NEG_INFINITY);
    for (word, row) in scores.chunks_exact(columns).take(words).enumerate() {
        let row_start = room.scores.len();
        room.scores
            .extend(row.iter().map(|score| f64::from(score.max(lowest as f32))));
        room.scores[row_start] -= penalty;
        room.scores[row_start + word + 1] = f64::NEG_INFINITY;
    }
    room.edges.clear();
    room.edges.extend(0..(nodes * nodes) as u32);
    let mut heads = edmonds(room, nodes);
    heads.remove(0);
    heads
}

/// Returns true where every word reaches the root and one word depends on it.
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|head| **head == 0).count() != 1 {
        return false;
    }
    // 0 not seen, 1 on the way, 2 reaches the root.
    let mut seen = vec![0u8; heads.len() + 1];
    seen[0] = 2;
    for start in 1..=heads.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = 1;
            at = heads[at - 1];
        }
        if seen[at] == 1 {
            return false;
        }
        let mut at = start;
        while seen[at] == 1 {
            seen[at] = 2;
            at = heads[at - 1];
        }
    }
    true
}

/// The words that a node of a cycle stood for, and its edge in the cycle.
type CycleEdge = (Vec<usize>, u32);

/// Returns the head of each node in the best tree from node 0; `room` holds the scores of all edges, and every edge stands for
/// itself.
///
/// Each round finds a cycle among the best heads and makes one node of it; at the end the cycles are opened again in the
/// opposite order. At most `nodes` rounds of `nodes`² steps.
fn edmonds(room: &mut SearchRoom, nodes: usize) -> Vec<usize> {
    let SearchRoom { scores, edges } = room;
    // An edge as its word and its head.
    let ends = |edge: u32| (edge as usize / nodes, edge as usize % nodes);
    let mut alive: Vec<bool> = vec![true; nodes];
    // For each cycle that was made one node.
    let mut contractions: Vec<Vec<CycleEdge>> = Vec::new();
    // The words that a node stands for; empty for a node that stands for itself, as nearly all do.
    let mut member_of: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    let members = |member_of: &[Vec<usize>], node: usize| -> Vec<usize> {
        if member_of[node].is_empty() {
            vec![node]
        } else {
            member_of[node].clone()
        }
    };
    let best_head = |scores: &[f64], alive: &[bool], node: usize| -> usize {
        let mut best = 0;
        let mut score = f64::NEG_INFINITY;
        for (head, (value, alive)) in scores[node * nodes..(node + 1) * nodes]
            .iter()
            .zip(alive)
            .enumerate()
        {
            if *value > score && *alive && head != node {
                (best, score) = (head, *value);
            }
        }
        best
    };
    let mut heads: Vec<usize> = (0..nodes).map(|node| best_head(scores, &alive, node)).collect();
    while let Some(cycle) = cycle_of(&heads, &alive) {
        let keeper = cycle[0];
        let inside = |node: usize| cycle.contains(&node);
        let total: f64 = cycle.iter().map(|&node| scores[node * nodes + heads[node]]).sum();
        contractions.push(
            cycle
                .iter()
                .map(|&node| (members(&member_of, node), edges[node * nodes + heads[node]]))
                .collect(),
        );
        for other in 0..nodes {
            if !alive[other] || inside(other) {
                continue;
            }
            // From the cycle to the other: the best member as head.
            let mut best = keeper;
            for &node in &cycle {
                if scores[other * nodes + node] > scores[other * nodes + best] {
                    best = node;
                }
            }
            scores[other * nodes + keeper] = scores[other * nodes + best];
            edges[other * nodes + keeper] = edges[other * nodes + best];
            // From the other into the cycle: the member whose head in the cycle is the cheapest to give up.
            let gain =
                |node: usize| total - scores[node * nodes + heads[node]] + scores[node * nodes + other];
            let mut best = keeper;
            for &node in &cycle {
                if gain(node) > gain(best) {
                    best = node;
                }
            }
            let (score, edge) = (gain(best), edges[best * nodes + other]);
            scores[keeper * nodes + other] = score;
            edges[keeper * nodes + other] = edge;
        }
        let mut whole = members(&member_of, keeper);
        for &node in &cycle[1..] {
            alive[node] = false;
            whole.extend(members(&member_of, node));
        }
        member_of[keeper] = whole;
        // All others keep their best: what the cycle offers them now, its members offered before.
        heads[keeper] = best_head(scores, &alive, keeper);
        for node in 1..nodes {
            if alive[node] && cycle.contains(&heads[node]) {
                heads[node] = keeper;
            }
        }
    }
    let mut result = vec![0; nodes];
    for node in 1..nodes {
        if alive[node] {
            let (word, head) = ends(edges[node * nodes + heads[node]]);
            result[word] = head;
        }
    }
    // The edge that enters a cycle is set; the others of the cycle keep theirs.
    let mut entered: Vec<bool> = vec![false; nodes];
    for node in 1..nodes {
        if alive[node] {
            entered[ends(edges[node * nodes + heads[node]]).0] = true;
        }
    }
    for cycle in contractions.iter().rev() {
        for (words, edge) in cycle {
            if !words.iter().any(|word| entered[*word]) {
                let (word, head) = ends(*edge);
                entered[word] = true;
                result[word] = head;
            }
        }
    }
    result
}

/// Returns the nodes of a cycle among the best heads.
fn cycle_of(heads: &[usize], alive: &[bool]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        if !alive[start] || seen[start] != 0 {
            continue;
        }
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the best score of all trees, by trying every one.
    fn best_by_trying(scores: &[f32], words: usize) -> f64 {
        let columns = words + 1;
        let mut best = f64::NEG_INFINITY;
        for code in 0..columns.pow(u32::try_from(words).unwrap_or(0)) {
            let heads: Vec<usize> = (0..words)
                .map(|word| code / columns.pow(word as u32) % columns)
                .collect();
            if is_tree(&heads) {
                best = best.max(score_of(scores, &heads));
            }
        }
        best
    }

    fn score_of(scores: &[f32], heads: &[usize]) -> f64 {
        heads
            .iter()
            .enumerate()
            .map(|(word, head)| f64::from(scores[word * (heads.len() + 1) + head]))
            .sum()
    }

    proptest! {
        #[test]
        fn finds_the_best_tree(words in 1usize..6, seed in prop::collection::vec(-9i8..9, 30)) {
            let scores: Vec<f32> = (0..words * (words + 1)).map(|at| f32::from(seed[at])).collect();
            let heads = heads_of_tree(&scores, words);
            prop_assert!(is_tree(&heads), "{heads:?}");
            prop_assert_eq!(score_of(&scores, &heads), best_by_trying(&scores, words));
        }
    }
}
