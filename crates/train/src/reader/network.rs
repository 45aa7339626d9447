//! The network in training: the way there, the losses, and the way back.

use std::collections::BTreeMap;
use std::ops::Range;

use rashomon_language::network::{FLAG_COUNT, GATES, Matrix, Packed, softmax_row};

use crate::reader::layers::{
    NormCache, Recurrent, RecurrentCache, linear, linear_back, mask, norm, norm_back, rectified,
    rectified_back, rectify_back, recurrent, recurrent_back,
};
use crate::reader::parameters::{Gradients, Id, Linear, Norm, Parameters};
use crate::reader::random::Random;

/// How large each part is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    /// Numbers a word between the layers.
    pub(crate) width: usize,
    /// Layers that all tasks share.
    pub(crate) shared: usize,
    /// Layers that trees and tags have for themselves.
    pub(crate) trees: usize,
    /// Layers that names have for themselves.
    pub(crate) names: usize,
    /// Numbers a word for finding its head.
    pub(crate) arc: usize,
    /// Numbers a word for naming its relation.
    pub(crate) relation: usize,
    /// Numbers a word piece.
    pub(crate) piece: usize,
    /// Rows of the feature table.
    pub(crate) rows: usize,
    /// Parts of speech.
    pub(crate) tags: usize,
    /// Relations.
    pub(crate) relations: usize,
    /// Labels of names.
    pub(crate) labels: usize,
}

/// A word as the network meets it.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordType {
    /// Its rows of the feature table; the first is that of the word itself, 0 for an unknown one.
    pub(crate) rows: Vec<u32>,
    /// How often the training texts have it.
    pub(crate) count: usize,
    /// The mean of its pieces' vectors.
    pub(crate) pieces: Vec<f32>,
}

/// A sentence to learn from or to try; what its corpus does not tell is left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    /// Word types.
    pub(crate) words: Vec<usize>,
    /// Flags a word of what lists say of it.
    pub(crate) flags: Vec<u32>,
    /// For each word its part of speech.
    pub(crate) tags: Vec<usize>,
    /// For each word its head, 0 for the root, else from 1.
    pub(crate) heads: Vec<usize>,
    /// For each word its relation.
    pub(crate) relations: Vec<usize>,
    /// For each word the labels that its corpus allows, a bit each.
    pub(crate) labels: Vec<u32>,
}

/// What the network says of the words of some sentences.
pub(crate) struct Answer {
    pub(crate) tags: Matrix,
    /// For each sentence its words × (words + 1) scores of heads.
    pub(crate) arcs: Vec<Vec<f32>>,
    pub(crate) labels: Matrix,
    encoded: Matrix,
}

#[derive(Clone)]
pub(crate) struct Network {
    pub(crate) sizes: Sizes,
    pub(crate) parameters: Parameters,
    /// Rows of the feature table.
    pub(crate) table: Vec<f32>,
    pub(crate) pieces: Linear,
    pub(crate) entry: Norm,
    pub(crate) shared: Vec<Recurrent>,
    pub(crate) trees: Vec<Recurrent>,
    pub(crate) tree_norm: Norm,
    pub(crate) tags: Linear,
    pub(crate) dependents: Linear,
    pub(crate) heads: Linear,
    pub(crate) arc: Linear,
    pub(crate) root_head: Id,
    pub(crate) relation_dependents: Linear,
    pub(crate) relation_heads: Linear,
    pub(crate) root_relation: Id,
    pub(crate) relations: Linear,
    pub(crate) flags: Id,
    pub(crate) names: Vec<Recurrent>,
    pub(crate) name_norm: Norm,
    pub(crate) labels: Linear,
}

/// How many flags a word can have.
const FLAGS: usize = FLAG_COUNT;

/// The share of numbers that are left out in training.
const DROP: f32 = 0.33;
/// How readily a rare word is taken for an unknown one.
const UNKNOWN: f32 = 0.25;

impl Network {
    pub(crate) fn new(sizes: Sizes, random: &mut Random) -> Self {
        let mut parameters = Parameters::default();
        let width = sizes.width;
        let layers = |parameters: &mut Parameters, count: usize, random: &mut Random| -> Vec<Recurrent> {
            (0..count)
                .map(|_| Recurrent {
                    norm: parameters.norm(width),
                    map: parameters.linear(width, GATES * width, random),
                })
                .collect()
        };
        Self {
            table: (0..sizes.rows * width).map(|_| random.around(0.1)).collect(),
            pieces: parameters.linear(sizes.piece, width, random),
            entry: parameters.norm(width),
            shared: layers(&mut parameters, sizes.shared, random),
            trees: layers(&mut parameters, sizes.trees, random),
            tree_norm: parameters.norm(width),
            tags: parameters.linear(width, sizes.tags, random),
            dependents: parameters.linear(width, sizes.arc, random),
            heads: parameters.linear(width, sizes.arc, random),
            arc: parameters.linear(sizes.arc, sizes.arc, random),
            root_head: parameters.random(sizes.arc, 0.1, random),
            relation_dependents: parameters.linear(width, sizes.relation, random),
            relation_heads: parameters.linear(width, sizes.relation, random),
            root_relation: parameters.random(sizes.relation, 0.1, random),
            relations: parameters.linear(sizes.relation, sizes.relations, random),
            flags: parameters.random(FLAGS * width, 0.1, random),
            names: layers(&mut parameters, sizes.names, random),
            name_norm: parameters.norm(width),
            labels: parameters.linear(width, sizes.labels, random),
            parameters,
            sizes,
        }
    }

    /// Returns the rows with which the words enter, before normalisation.
    fn enter(&self, types: &[WordType], words: &[(usize, bool)]) -> (Matrix, Matrix) {
        let width = self.sizes.width;
        let mut pieces = Matrix::zeros(words.len(), self.sizes.piece);
        for (at, (word, _)) in words.iter().enumerate() {
            pieces.row_mut(at).copy_from_slice(&types[*word].pieces);
        }
        let mut rows = linear(&self.parameters, self.pieces, &pieces);
        for (at, (word, unknown)) in words.iter().enumerate() {
            let out = rows.row_mut(at);
            for (number, row) in types[*word].rows.iter().enumerate() {
                let row = if number == 0 && *unknown { 0 } else { *row as usize };
                for (out, value) in out.iter_mut().zip(&self.table[row * width..(row + 1) * width]) {
                    *out += value;
                }
            }
        }
        (rows, pieces)
    }

    /// Adds the vectors of the words' flags.
    fn add_flags(&self, flags: &[u32], rows: &mut Matrix) {
        let width = self.sizes.width;
        for (at, flags) in flags.iter().enumerate() {
            for flag in (0..FLAGS).filter(|flag| flags >> flag & 1 == 1) {
                let vector = &self.parameters.tensors[self.flags][flag * width..(flag + 1) * width];
                for (out, value) in rows.row_mut(at).iter_mut().zip(vector) {
                    *out += value;
                }
            }
        }
    }

    /// Returns what the network says of some sentences, without learning.
    pub(crate) fn answer(&self, types: &[WordType], examples: &[&Example]) -> Answer {
        let (sentences, words, flags) = flatten(examples);
        let words: Vec<(usize, bool)> = words.into_iter().map(|word| (word, false)).collect();
        let (rows, _) = self.enter(types, &words);
        let (mut rows, _) = norm(&self.parameters, self.entry, &rows);
        for layer in &self.shared {
            rows = recurrent(&self.parameters, *layer, rows, &sentences, Vec::new()).0;
        }
        let mut names = rows.clone();
        self.add_flags(&flags, &mut names);
        for layer in &self.names {
            names = recurrent(&self.parameters, *layer, names, &sentences, Vec::new()).0;
        }
        let (names, _) = norm(&self.parameters, self.name_norm, &names);
        let labels = linear(&self.parameters, self.labels, &names);
        for layer in &self.trees {
            rows = recurrent(&self.parameters, *layer, rows, &sentences, Vec::new()).0;
        }
        let (encoded, _) = norm(&self.parameters, self.tree_norm, &rows);
        let tags = linear(&self.parameters, self.tags, &encoded);
        let dependents = rectified(&self.parameters, self.dependents, &encoded, &[]);
        let heads = rectified(&self.parameters, self.heads, &encoded, &[]);
        let turned = linear(&self.parameters, self.arc, &dependents);
        let arcs = sentences
            .iter()
            .map(|sentence| {
                let heads = self.with_root(&heads, sentence, self.root_head);
                self.scores(&turned, &heads, sentence).values
            })
            .collect();
        Answer {
            tags,
            arcs,
            labels,
            encoded,
        }
    }

    /// Returns the scores of the relations of each word to its head.
    pub(crate) fn relation_scores(
        &self,
        answer: &Answer,
        sentences: &[Range<usize>],
        heads: &[usize],
    ) -> Matrix {
        let dependents = linear(&self.parameters, self.relation_dependents, &answer.encoded);
        let parents = linear(&self.parameters, self.relation_heads, &answer.encoded);
        let mut pairs = self.pair_up(dependents, &parents, sentences, heads);
        rashomon_language::network::leaky_rectify(&mut pairs.values);
        linear(&self.parameters, self.relations, &pairs)
    }

    /// Adds to each dependent's row that of its head.
    fn pair_up(
        &self,
        mut dependents: Matrix,
        parents: &Matrix,
        sentences: &[Range<usize>],
        heads: &[usize],
    ) -> Matrix {
        for sentence in sentences {
            for word in sentence.clone() {
                let parent = match heads[word] {
                    0 => &self.parameters.tensors[self.root_relation][..],
                    head => parents.row(sentence.start + head - 1),
                };
                for (value, parent) in dependents.row_mut(word).iter_mut().zip(parent) {
                    *value += parent;
                }
            }
        }
        dependents
    }

    /// Returns the rows of a sentence with that of the root before them.
    fn with_root(&self, rows: &Matrix, sentence: &Range<usize>, root: Id) -> Matrix {
        let mut values = self.parameters.tensors[root].clone();
        values.extend(&rows.values[sentence.start * rows.columns..sentence.end * rows.columns]);
        Matrix {
            rows: sentence.len() + 1,
            columns: rows.columns,
            values,
        }
    }

    /// Returns the scores of all heads of a sentence's words.
    fn scores(&self, turned: &Matrix, heads: &Matrix, sentence: &Range<usize>) -> Matrix {
        let part = slice(turned, sentence);
        let mut scores = Packed::transposed(&heads.values, heads.columns, heads.rows).multiply(&part);
        for word in 0..sentence.len() {
            scores.row_mut(word)[word + 1] = f32::NEG_INFINITY;
        }
        scores
    }

    /// Returns the gradients over some sentences, scaled by `weight`, and the sums of the losses of heads, relations,
    /// tags and labels.
    pub(crate) fn learn(
        &self,
        types: &[WordType],
        examples: &[&Example],
        weight: f32,
        random: &mut Random,
    ) -> (Gradients, [f64; 4]) {
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
        let mut run = |layers: &[Recurrent], mut rows: Matrix, random: &mut Random| {
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
            let drop = random.mask(normal.values.len(), DROP);
            mask(&mut normal, &drop);
            let mut labels = linear(p, self.labels, &normal);
            let mut at = 0;
            for example in examples {
                for word in 0..example.words.len() {
                    let row = labels.row_mut(at);
                    at += 1;
                    match example.labels.get(word) {
                        Some(allowed) => losses[3] += allowed_loss(row, *allowed, weight),
                        None => row.fill(0.0),
                    }
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
            let mut scores = self.scores(&turned, &heads, sentence);
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

/// Returns the rows of a sentence.
fn slice(rows: &Matrix, sentence: &Range<usize>) -> Matrix {
    Matrix {
        rows: sentence.len(),
        columns: rows.columns,
        values: rows.values[sentence.start * rows.columns..sentence.end * rows.columns].to_vec(),
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

/// Puts sentences one after the other.
pub(crate) fn flatten(examples: &[&Example]) -> (Vec<Range<usize>>, Vec<usize>, Vec<u32>) {
    let (mut sentences, mut words, mut flags) = (Vec::new(), Vec::new(), Vec::new());
    for example in examples {
        sentences.push(words.len()..words.len() + example.words.len());
        words.extend(&example.words);
        flags.extend(&example.flags);
        flags.resize(words.len(), 0);
    }
    (sentences, words, flags)
}
