//! Scores on development sets, on gold words.

use std::ops::Range;

use rashomon_language::network::{best_labels, heads_of_tree, names_of_labels};

use crate::reader::names::gold_spans;
use crate::reader::network::{Example, Network, WordType, flatten};

/// Sentences that are read at once.
const AT_ONCE: usize = 64;

/// Shares of words: right part of speech, right head, right head and relation (its kind before a colon aside: whole).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TreeScores {
    pub(crate) tags: f64,
    pub(crate) heads: f64,
    pub(crate) relations: f64,
}

/// Returns the scores on trees. Relations are compared before their colon, as the shared tasks do.
pub(crate) fn tree_scores(
    network: &Network,
    types: &[WordType],
    examples: &[Example],
    relations: &[String],
) -> TreeScores {
    let universal: Vec<&str> = relations
        .iter()
        .map(|relation| relation.split(':').next().unwrap_or(relation))
        .collect();
    let (mut words, mut tags, mut heads_right, mut right) = (0usize, 0usize, 0usize, 0usize);
    for chunk in examples.chunks(AT_ONCE) {
        let chunk: Vec<&Example> = chunk.iter().collect();
        let answer = network.answer(types, &chunk);
        let (sentences, _, _) = flatten(&chunk);
        let mut heads = Vec::new();
        for (sentence, scores) in sentences.iter().zip(&answer.arcs) {
            heads.extend(heads_of_tree(scores, sentence.len()));
        }
        let scores = network.relation_scores(&answer, &sentences, &heads);
        for (example, sentence) in chunk.iter().zip(&sentences) {
            for (at, word) in sentence.clone().enumerate() {
                words += 1;
                tags += usize::from(best(answer.tags.row(word)) == example.tags[at]);
                if heads[word] == example.heads[at] {
                    heads_right += 1;
                    let relation = best(scores.row(word));
                    right += usize::from(universal[relation] == universal[example.relations[at]]);
                }
            }
        }
    }
    let share = |count: usize| count as f64 / words.max(1) as f64;
    TreeScores {
        tags: share(tags),
        heads: share(heads_right),
        relations: share(right),
    }
}

/// Returns the F1 of persons, organisations and places by exact span and kind.
pub(crate) fn name_score(network: &Network, types: &[WordType], examples: &[Example]) -> f64 {
    let (mut said, mut gold, mut right) = (0usize, 0usize, 0usize);
    for chunk in examples.chunks(AT_ONCE) {
        let chunk: Vec<&Example> = chunk.iter().collect();
        let answer = network.answer(types, &chunk);
        let (sentences, _, _) = flatten(&chunk);
        for (example, sentence) in chunk.iter().zip(&sentences) {
            let rows: Vec<&[f32]> = sentence.clone().map(|word| answer.labels.row(word)).collect();
            let main = |spans: Vec<(Range<usize>, usize)>| -> Vec<(Range<usize>, usize)> {
                spans.into_iter().filter(|(_, kind)| *kind < 3).collect()
            };
            let mine = main(names_of_labels(&best_labels(&rows)));
            let theirs = main(gold_spans(&example.labels));
            said += mine.len();
            gold += theirs.len();
            right += mine.iter().filter(|span| theirs.contains(span)).count();
        }
    }
    2.0 * right as f64 / (said + gold).max(1) as f64
}

/// Returns the position of the highest score.
pub(crate) fn best(row: &[f32]) -> usize {
    let mut best = 0;
    for (at, score) in row.iter().enumerate() {
        if *score > row[best] {
            best = at;
        }
    }
    best
}
