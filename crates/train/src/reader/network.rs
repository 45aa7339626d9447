//! The network in training: the way there, the losses, and the way back.

use std::ops::Range;

use rashomon_language::network::{FLAG_COUNT, GATES, Matrix, Packed};

use crate::reader::layers::{Recurrent, linear, norm, rectified, recurrent};
use crate::reader::parameters::{Id, Linear, Norm, Parameters, move_mean};
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
    /// Finer tags.
    pub(crate) fine_tags: usize,
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
    /// For each word its finer tag, of the Penn Treebank: learnt beside the others, and then left behind.
    pub(crate) fine_tags: Vec<usize>,
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
    pub(crate) fine_tags: Linear,
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
pub(crate) const FLAGS: usize = FLAG_COUNT;

impl Network {
    /// Moves all numbers towards those of another network of the same sizes, by `share` of the way.
    pub(crate) fn move_to(&mut self, other: &Self, share: f32) {
        for (mean, now) in self.parameters.tensors.iter_mut().zip(&other.parameters.tensors) {
            move_mean(mean, now, share);
        }
        move_mean(&mut self.table, &other.table, share);
    }

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
            fine_tags: parameters.linear(width, sizes.fine_tags, random),
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
    pub(crate) fn enter(&self, types: &[WordType], words: &[(usize, bool)]) -> (Matrix, Matrix) {
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
    pub(crate) fn add_flags(&self, flags: &[u32], rows: &mut Matrix) {
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
                head_scores(&turned, &heads, sentence).values
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
    pub(crate) fn pair_up(
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
    pub(crate) fn with_root(&self, rows: &Matrix, sentence: &Range<usize>, root: Id) -> Matrix {
        let mut values = self.parameters.tensors[root].clone();
        values.extend(&rows.values[sentence.start * rows.columns..sentence.end * rows.columns]);
        Matrix {
            rows: sentence.len() + 1,
            columns: rows.columns,
            values,
        }
    }
}

/// Returns the scores of all heads of a sentence's words.
pub(crate) fn head_scores(turned: &Matrix, heads: &Matrix, sentence: &Range<usize>) -> Matrix {
    let part = slice(turned, sentence);
    let mut scores = Packed::transposed(&heads.values, heads.columns, heads.rows).multiply(&part);
    for word in 0..sentence.len() {
        scores.row_mut(word)[word + 1] = f32::NEG_INFINITY;
    }
    scores
}

/// Returns the rows of a sentence.
pub(crate) fn slice(rows: &Matrix, sentence: &Range<usize>) -> Matrix {
    Matrix {
        rows: sentence.len(),
        columns: rows.columns,
        values: rows.values[sentence.start * rows.columns..sentence.end * rows.columns].to_vec(),
    }
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
