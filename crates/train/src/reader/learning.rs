//! The losses of the network and the way back through it.

use std::collections::BTreeMap;
use std::ops::Range;

use rashomon_language::network::{Matrix, Packed, softmax_row};

use crate::reader::layers::{
    NormCache, Recurrent, RecurrentCache, linear, linear_back, mask, norm, norm_back, rectified,
    rectified_back, rectify_back, recurrent, recurrent_back,
};
use crate::reader::network::{Example, FLAGS, Network, WordType, flatten, head_scores, slice};
use crate::reader::parameters::{Gradients, Parameters};
use crate::reader::paths::path_loss;
use crate::reader::random::Random;

/// The share of numbers that are left out in training.
const DROP: f32 = 0.33;
/// The share before the labels of names.
const NAME_DROP: f32 = 0.5;
/// How readily a rare word is taken for an unknown one.
const UNKNOWN: f32 = 0.5;

/// Gradients, and the sums of the losses of heads, relations, tags and labels.
pub(crate) type Learnt = (Gradients, [f64; 4]);

impl Network {
    /// Returns the gradients over some sentences, scaled by `weight`, and the sums of the losses of heads, relations,
    /// tags and labels.
    pub(crate) fn learn(
        &self,
        types: &[WordType],
        examples: &[&Example],
        weight: f32,
        random: &mut Random,
    ) -> Learnt {
        let p = &self.parameters;
        let width = self.sizes.width;
        let (sentences, words, flags) = flatten(examples);
        let words: Vec<(usize, bool)> = words
            .into_iter()
            .map(|word| {
                let count = types[word].count as f32;
                (word, random.share() < UNKNOWN / (UNKNOWN + count))
            })
            .collect();
        let count = words.len();
        let mut gradients = Gradients {
            dense: p.zeros(),
            rows: BTreeMap::new(),
        };
        let g = &mut gradients.dense;
        let mut losses = [0.0; 4];
        let has_trees = examples.iter().any(|example| !example.heads.is_empty());
        let has_names = examples.iter().any(|example| !example.labels.is_empty());
        // The way there.
        let (rows, pieces) = self.enter(types, &words);
        let (mut rows, entry) = norm(p, self.entry, &rows);
        let entry_mask = random.mask(rows.values.len(), DROP * 0.6);
        mask(&mut rows, &entry_mask);
        let layer_mask = |random: &mut Random| -> Vec<f32> {
            let mut mask = Vec::with_capacity(count * width);
            for sentence in &sentences {
                let one = random.mask(width, DROP);
                for _ in sentence.clone() {
                    mask.extend(&one);
                }
            }
            mask
        };
        let run = |layers: &[Recurrent], mut rows: Matrix, random: &mut Random| {
            let mut caches: Vec<RecurrentCache> = Vec::new();
            for layer in layers {
                let (next, cache) = recurrent(p, *layer, rows, &sentences, layer_mask(random));
                rows = next;
                caches.push(cache);
            }
            (rows, caches)
        };
        let (rows, shared_caches) = run(&self.shared, rows, random);
        let mut back = Matrix::zeros(count, width);
        if has_names {
            let mut names = rows.clone();
            // Lists are not complete: now and then they are silent.
            let flags: Vec<u32> = flags
                .iter()
                .map(|flags| if random.share() < 0.2 { 0 } else { *flags })
                .collect();
            self.add_flags(&flags, &mut names);
            let (names, caches) = run(&self.names, names, random);
            let (mut normal, cache) = norm(p, self.name_norm, &names);
            let drop = random.mask(normal.values.len(), NAME_DROP);
            mask(&mut normal, &drop);
            let mut labels = linear(p, self.labels, &normal);
            let columns = labels.columns;
            for (example, sentence) in examples.iter().zip(&sentences) {
                let rows = &mut labels.values[sentence.start * columns..sentence.end * columns];
                if example.labels.is_empty() {
                    rows.fill(0.0);
                } else {
                    losses[3] += path_loss(rows, columns, &example.labels, weight);
                }
            }
            let mut gradient = linear_back(p, g, self.labels, &normal, &labels);
            mask(&mut gradient, &drop);
            let mut gradient = norm_back(p, g, self.name_norm, &cache, &gradient);
            for (layer, cache) in self.names.iter().zip(&caches).rev() {
                gradient = recurrent_back(p, g, *layer, cache, &sentences, &gradient);
            }
            for (at, flags) in flags.iter().enumerate() {
                for flag in (0..FLAGS).filter(|flag| flags >> flag & 1 == 1) {
                    let out = &mut g.tensors[self.flags][flag * width..(flag + 1) * width];
                    for (out, value) in out.iter_mut().zip(gradient.row(at)) {
                        *out += value;
                    }
                }
            }
            add(&mut back, &gradient);
        }
        if has_trees {
            let (trees, caches) = run(&self.trees, rows, random);
            let (mut encoded, cache) = norm(p, self.tree_norm, &trees);
            let drop = random.mask(encoded.values.len(), DROP);
            mask(&mut encoded, &drop);
            let mut gradient =
                self.learn_trees(examples, &sentences, &encoded, weight, g, &mut losses, random);
            mask(&mut gradient, &drop);
            let mut gradient = norm_back(p, g, self.tree_norm, &cache, &gradient);
            for (layer, cache) in self.trees.iter().zip(&caches).rev() {
                gradient = recurrent_back(p, g, *layer, cache, &sentences, &gradient);
            }
            add(&mut back, &gradient);
        }
        for (layer, cache) in self.shared.iter().zip(&shared_caches).rev() {
            back = recurrent_back(p, g, *layer, cache, &sentences, &back);
        }
        mask(&mut back, &entry_mask);
        let back = self.entry_back(g, &entry, &back);
        linear_back(p, g, self.pieces, &pieces, &back);
        for (at, (word, unknown)) in words.iter().enumerate() {
            for (number, row) in types[*word].rows.iter().enumerate() {
                let row = if number == 0 && *unknown { 0 } else { *row };
                let sum = gradients.rows.entry(row).or_insert_with(|| vec![0.0; width]);
                for (sum, value) in sum.iter_mut().zip(back.row(at)) {
                    *sum += value;
                }
            }
        }
        (gradients, losses)
    }

    fn entry_back(&self, g: &mut Parameters, cache: &NormCache, back: &Matrix) -> Matrix {
        norm_back(&self.parameters, g, self.entry, cache, back)
    }

    /// Adds the gradients of tags, heads and relations; returns that of the encoded words.
    #[expect(
        clippy::too_many_arguments,
        reason = "a part of `learn`, cut out for its length"
    )]
    fn learn_trees(
        &self,
        examples: &[&Example],
        sentences: &[Range<usize>],
        encoded: &Matrix,
        weight: f32,
        g: &mut Parameters,
        losses: &mut [f64; 4],
        random: &mut Random,
    ) -> Matrix {
        let p = &self.parameters;
        let count = encoded.rows;
        // Parts of speech.
        let mut tags = linear(p, self.tags, encoded);
        let mut at = 0;
        for example in examples {
            for word in 0..example.words.len() {
                let row = tags.row_mut(at);
                at += 1;
                match example.tags.get(word) {
                    Some(tag) => losses[2] += allowed_loss(row, 1 << tag, weight),
                    None => row.fill(0.0),
                }
            }
        }
        let mut back = linear_back(p, g, self.tags, encoded, &tags);
        let mut tags = linear(p, self.fine_tags, encoded);
        let mut at = 0;
        for example in examples {
            for word in 0..example.words.len() {
                let row = tags.row_mut(at);
                at += 1;
                match example.fine_tags.get(word) {
                    Some(tag) => _ = target_loss(row, *tag, weight),
                    None => row.fill(0.0),
                }
            }
        }
        let gradient = linear_back(p, g, self.fine_tags, encoded, &tags);
        add(&mut back, &gradient);
        // Heads.
        let arc = self.sizes.arc;
        let drop_dependents = random.mask(count * arc, DROP);
        let drop_heads = random.mask(count * arc, DROP);
        let dependents = rectified(p, self.dependents, encoded, &drop_dependents);
        let parents = rectified(p, self.heads, encoded, &drop_heads);
        let turned = linear(p, self.arc, &dependents);
        let mut turned_back = Matrix::zeros(count, arc);
        let mut parents_back = Matrix::zeros(count, arc);
        for (example, sentence) in examples.iter().zip(sentences) {
            if example.heads.is_empty() {
                continue;
            }
            let heads = self.with_root(&parents, sentence, self.root_head);
            let mut scores = head_scores(&turned, &heads, sentence);
            for word in 0..sentence.len() {
                losses[0] += target_loss(scores.row_mut(word), example.heads[word], weight);
            }
            let part = Packed::new(&heads.values, heads.rows, heads.columns).multiply(&scores);
            turned_back.values[sentence.start * arc..sentence.end * arc].copy_from_slice(&part.values);
            let part = slice(&turned, sentence);
            let sums = Packed::new(&part.values, part.rows, part.columns).multiply(&scores.transposed());
            for (sum, value) in g.tensors[self.root_head].iter_mut().zip(sums.row(0)) {
                *sum += value;
            }
            parents_back.values[sentence.start * arc..sentence.end * arc]
                .copy_from_slice(&sums.values[arc..]);
        }
        let gradient = linear_back(p, g, self.arc, &dependents, &turned_back);
        let gradient = rectified_back(
            p,
            g,
            self.dependents,
            encoded,
            &drop_dependents,
            &dependents,
            gradient,
        );
        add(&mut back, &gradient);
        let gradient = rectified_back(p, g, self.heads, encoded, &drop_heads, &parents, parents_back);
        add(&mut back, &gradient);
        // Relations, with the heads that are right.
        let width = self.sizes.relation;
        let dependents = linear(p, self.relation_dependents, encoded);
        let parents = linear(p, self.relation_heads, encoded);
        let gold: Vec<usize> = examples
            .iter()
            .flat_map(|example| {
                let known = !example.heads.is_empty();
                (0..example.words.len()).map(move |word| if known { example.heads[word] } else { 0 })
            })
            .collect();
        let mut pairs = self.pair_up(dependents, &parents, sentences, &gold);
        rashomon_language::network::leaky_rectify(&mut pairs.values);
        let drop = random.mask(pairs.values.len(), DROP);
        mask(&mut pairs, &drop);
        let mut scores = linear(p, self.relations, &pairs);
        let mut at = 0;
        for example in examples {
            for word in 0..example.words.len() {
                let row = scores.row_mut(at);
                at += 1;
                match example.relations.get(word) {
                    Some(relation) => losses[1] += target_loss(row, *relation, weight),
                    None => row.fill(0.0),
                }
            }
        }
        let mut gradient = linear_back(p, g, self.relations, &pairs, &scores);
        mask(&mut gradient, &drop);
        rectify_back(&pairs, &mut gradient);
        let mut parents_back = Matrix::zeros(count, width);
        for sentence in sentences {
            for word in sentence.clone() {
                let out = match gold[word] {
                    0 => &mut g.tensors[self.root_relation][..],
                    head => parents_back.row_mut(sentence.start + head - 1),
                };
                for (out, value) in out.iter_mut().zip(gradient.row(word)) {
                    *out += value;
                }
            }
        }
        let part = linear_back(p, g, self.relation_dependents, encoded, &gradient);
        add(&mut back, &part);
        let part = linear_back(p, g, self.relation_heads, encoded, &parents_back);
        add(&mut back, &part);
        back
    }
}

fn add(sum: &mut Matrix, other: &Matrix) {
    for (sum, value) in sum.values.iter_mut().zip(&other.values) {
        *sum += value;
    }
}

/// Makes scores into the gradient of the loss with a known target; returns the loss.
fn target_loss(row: &mut [f32], target: usize, weight: f32) -> f64 {
    softmax_row(row);
    let share = row[target].max(1e-9);
    row[target] -= 1.0;
    for value in row {
        *value *= weight;
    }
    -libm::log(f64::from(share))
}

/// Makes scores into the gradient of the loss with targets of which any is right; returns the loss.
fn allowed_loss(row: &mut [f32], allowed: u32, weight: f32) -> f64 {
    softmax_row(row);
    let is_allowed = |at: usize| allowed >> at & 1 == 1;
    let share: f32 = row
        .iter()
        .enumerate()
        .filter(|(at, _)| is_allowed(*at))
        .map(|(_, value)| *value)
        .sum();
    let share = share.max(1e-9);
    for (at, value) in row.iter_mut().enumerate() {
        if is_allowed(at) {
            *value -= *value / share;
        }
        *value *= weight;
    }
    -libm::log(f64::from(share))
}
