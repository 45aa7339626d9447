//! The shipped network: from the words of sentences to parts of speech, trees and names.

use std::ops::Range;

use crate::network::file::{Header, ModelError, ModelFile, SmallTable};
use crate::network::known::{WordRows, sentence_key};
use crate::network::labels::{SHARED_KINDS, best_labels, kind_shares, names_of_labels};
use crate::network::spanning::{SearchRoom, heads_of_tree_in};
use crate::network::{
    FeatureTable, GATES, Known, Matrix, Packed, Rounded, RoundedRows, WordPieces, leaky_rectify,
    multiply_add, normalise_rows, open_gates, recur_in_place, word_features,
};

/// Words that are read at once, so few that their numbers stay near the processor; a sentence is not cut for it.
const AT_ONCE: usize = 256;
/// So many rows are normalised and then rounded at once, so that the second finds in the nearest memory what the first left.
const ROUNDED_AT_ONCE: usize = 16;
/// A longer sentence is read in pieces of so many words: the scores of heads grow with its square.
const LONGEST_SENTENCE: usize = 160;

/// What the network says of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordReading {
    /// The number of its part of speech.
    pub tag: usize,
    /// The word it depends on, by its place in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// The number of its relation to its head.
    pub relation: usize,
    /// Its label of names: 0 outside, else 1 + 4 × kind + 0 first, 1 inner, 2 last, 3 alone.
    pub label: usize,
    /// Of the first word of a name, how the network divides the name among the kinds, in 255ths.
    pub kind_shares: [u8; SHARED_KINDS],
}

struct Linear {
    weights: Rounded,
    bias: Vec<f32>,
}

struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

struct Recurrent {
    norm: Norm,
    map: Linear,
}

/// A network that is ready to read.
pub struct Tagger<'file> {
    header: Header,
    pieces: WordPieces,
    piece_table: SmallTable<'file>,
    features: FeatureTable,
    key_table: SmallTable<'file>,
    piece_bias: Vec<f32>,
    entry: Norm,
    first: Recurrent,
    shared: Vec<Recurrent>,
    trees: Vec<Recurrent>,
    tree_norm: Norm,
    tags: Linear,
    dependents: Linear,
    heads: Linear,
    arc: Linear,
    root_head: Vec<f32>,
    relation_dependents: Linear,
    relation_heads: Linear,
    root_relation: Vec<f32>,
    relations: Linear,
    flags: Vec<f32>,
    names: Vec<Recurrent>,
    name_norm: Norm,
    labels: Linear,
}

/// Hands out the tensors of a file in their order.
struct Tensors(std::vec::IntoIter<Vec<f32>>);

impl Tensors {
    fn of_length(&mut self, length: usize) -> Result<Vec<f32>, ModelError> {
        self.0
            .next()
            .filter(|tensor| tensor.len() == length)
            .ok_or(ModelError::Shape("tensors"))
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> Result<Linear, ModelError> {
        Ok(Linear {
            weights: Rounded::new(&self.of_length(inputs * outputs)?, inputs, outputs),
            bias: self.of_length(outputs)?,
        })
    }

    fn norm(&mut self, width: usize) -> Result<Norm, ModelError> {
        Ok(Norm {
            gain: self.of_length(width)?,
            bias: self.of_length(width)?,
        })
    }

    fn layers(&mut self, count: usize, width: usize) -> Result<Vec<Recurrent>, ModelError> {
        (0..count).map(|_| self.layer(width)).collect()
    }

    fn layer(&mut self, width: usize) -> Result<Recurrent, ModelError> {
        Ok(Recurrent {
            norm: self.norm(width)?,
            map: self.linear(width, GATES * width)?,
        })
    }
}

impl<'file> Tagger<'file> {
    /// Makes a network of a model's file.
    pub fn new(bytes: &'file [u8]) -> Result<Self, ModelError> {
        let file = ModelFile::parse(bytes)?;
        let header = file.header;
        let (width, arc, relation) = (header.width, header.arc_width, header.relation_width);
        if width == 0 || width % 2 != 0 || header.keys[1] == 0 || header.shared_layers == 0 {
            return Err(ModelError::Shape("widths"));
        }
        let mut tensors = Tensors(file.tensors.into_iter());
        let tagger = Self {
            piece_bias: tensors.of_length(width)?,
            entry: tensors.norm(width)?,
            first: tensors.layer(width)?,
            shared: tensors.layers(header.shared_layers - 1, width)?,
            trees: tensors.layers(header.tree_layers, width)?,
            tree_norm: tensors.norm(width)?,
            tags: tensors.linear(width, header.tags.len())?,
            dependents: tensors.linear(width, arc)?,
            heads: tensors.linear(width, arc)?,
            arc: tensors.linear(arc, arc)?,
            root_head: tensors.of_length(arc)?,
            relation_dependents: tensors.linear(width, relation)?,
            relation_heads: tensors.linear(width, relation)?,
            root_relation: tensors.of_length(relation)?,
            relations: tensors.linear(relation, header.relations.len())?,
            flags: tensors.of_length(header.flags * width)?,
            names: tensors.layers(header.name_layers, width)?,
            name_norm: tensors.norm(width)?,
            labels: tensors.linear(width, 1 + 4 * header.kinds.len())?,
            pieces: WordPieces::new(file.pieces.iter().copied()),
            piece_table: file.piece_table,
            features: FeatureTable::new(file.keys.iter().copied()),
            key_table: file.key_table,
            header,
        };
        if tensors.0.next().is_some() {
            return Err(ModelError::Shape("tensors"));
        }
        Ok(tagger)
    }

    /// What the model's file says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Reads sentences, given as ranges of `words`; `flags` holds for each word a bit for each thing that lists say of
    /// it. Returns a reading for each word. `known` is what this network, and no other, left there before.
    pub fn read(
        &self,
        words: &[&str],
        flags: &[u32],
        sentences: &[Range<usize>],
        known: &mut Known,
    ) -> Vec<WordReading> {
        let mut readings = vec![WordReading::default(); words.len()];
        let mut key = Vec::new();
        let mut unread: Vec<&Range<usize>> = Vec::new();
        // What is read at once: pieces of sentences.
        let mut batches: Vec<Vec<Range<usize>>> = Vec::new();
        let mut count = 0;
        for sentence in sentences {
            sentence_key(words, flags, sentence.clone(), &mut key);
            if let Some(before) = known.sentence(&key) {
                readings[sentence.clone()].copy_from_slice(before);
                continue;
            }
            unread.push(sentence);
            for start in sentence.clone().step_by(LONGEST_SENTENCE) {
                let piece = start..(start + LONGEST_SENTENCE).min(sentence.end);
                count += piece.len();
                match batches.last_mut() {
                    Some(batch) if count <= AT_ONCE => batch.push(piece),
                    _ => {
                        count = piece.len();
                        batches.push(vec![piece]);
                    }
                }
            }
        }
        let (words_known, scratch) = (&mut known.words, &mut known.scratch);
        for batch in &batches {
            self.read_some(words, flags, batch, words_known, scratch, &mut readings);
        }
        // Heads were found inside pieces; a sentence that was cut hangs together by the roots of its pieces.
        for sentence in unread {
            let mut first_root = None;
            for start in sentence.clone().step_by(LONGEST_SENTENCE) {
                let end = (start + LONGEST_SENTENCE).min(sentence.end);
                for (at, reading) in readings[start..end].iter_mut().enumerate() {
                    match &mut reading.head {
                        Some(head) => *head += start - sentence.start,
                        root => {
                            *root = first_root;
                            first_root = first_root.or(Some(start + at - sentence.start));
                        }
                    }
                }
            }
            sentence_key(words, flags, sentence.clone(), &mut key);
            known.keep(&key, &readings[sentence.clone()]);
        }
        readings
    }

    /// Adds to `row`, which holds zeros, what a word enters with.
    fn enter(&self, word: &str, row: &mut [f32]) {
        row.copy_from_slice(&self.piece_bias);
        let mut pieces = Vec::new();
        self.pieces.cut(word, &mut pieces);
        for piece in &pieces {
            self.piece_table
                .add(*piece as usize, 1.0 / pieces.len() as f32, row);
        }
        let mut is_word = true;
        word_features(word, |key| {
            let found = self.features.row(key);
            // Row 0 stands for words that are not known.
            if let Some(found) = found.or(is_word.then_some(0)) {
                self.key_table.add(found as usize, 1.0, row);
            }
            is_word = false;
        });
    }

    /// Returns where each word stands in `known`, after those that were not there are put there.
    fn know<'text>(
        &self,
        words: impl Iterator<Item = &'text str>,
        known: &mut WordRows,
        scratch: &mut Scratch,
    ) -> Vec<usize> {
        let width = self.header.width;
        let columns = GATES * width;
        let mut new = Vec::new();
        let mut rows = scratch.matrix(width).values;
        let places = words
            .map(|word| {
                let (place, is_new) = known.place(word, width + columns);
                if is_new {
                    new.push(place);
                    let start = rows.len();
                    rows.resize(start + width, 0.0);
                    self.enter(word, &mut rows[start..]);
                }
                place
            })
            .collect();
        self.entry.apply(&mut rows);
        self.first.gates(&rows, scratch);
        let gates = scratch.gates.chunks_exact(columns);
        for ((place, row), gates) in new.into_iter().zip(rows.chunks_exact(width)).zip(gates) {
            known.set(place, row, gates);
        }
        scratch.spare.push(rows);
        places
    }

    fn read_some(
        &self,
        words: &[&str],
        flags: &[u32],
        pieces: &[Range<usize>],
        known: &mut WordRows,
        scratch: &mut Scratch,
        readings: &mut [WordReading],
    ) {
        let width = self.header.width;
        let mut sentences = Vec::with_capacity(pieces.len());
        let mut count = 0;
        for piece in pieces {
            sentences.push(count..count + piece.len());
            count += piece.len();
        }
        if count == 0 {
            return;
        }
        known.prepare(count);
        let all = || pieces.iter().cloned().flatten();
        let places = self.know(all().map(|word| words[word]), known, scratch);
        let bits: Vec<u32> = all().map(|word| flags.get(word).copied().unwrap_or(0)).collect();
        let mut rows = scratch.matrix(width);
        rows.rows = count;
        rows.values.reserve(count * width);
        let columns = GATES * width;
        for &place in &places {
            rows.values.extend_from_slice(known.of(place, width, columns).0);
        }
        recur_in_place(&mut rows, &sentences, |word| {
            known.of(places[word], width, columns).1
        });
        for layer in &self.shared {
            layer.apply(&mut rows, &sentences, scratch);
        }
        let mut name_rows = scratch.matrix(width);
        name_rows.rows = count;
        name_rows.values.extend_from_slice(&rows.values);
        let labels = self.labels_of(name_rows, &bits, &sentences, scratch);
        for layer in &self.trees {
            layer.apply(&mut rows, &sentences, scratch);
        }
        self.tree_norm.apply(&mut rows.values);
        scratch.rounded.round(&rows.values, width);
        scratch.keep(rows);
        let mut of_rows = |linear: &Linear| linear.apply_rounded(count, scratch);
        let tags = of_rows(&self.tags);
        let (dependents, parents) = (of_rows(&self.dependents), of_rows(&self.heads));
        let (pairs, relation_parents) = (of_rows(&self.relation_dependents), of_rows(&self.relation_heads));
        let heads = self.heads_of(dependents, parents, &sentences, scratch);
        let relations = self.relations_of(pairs, &relation_parents, &sentences, &heads, scratch);
        scratch.keep(relation_parents);
        for (piece, sentence) in pieces.iter().zip(&sentences) {
            for (word, row) in piece.clone().zip(sentence.clone()) {
                readings[word] = WordReading {
                    tag: best(tags.row(row)),
                    head: heads[row].checked_sub(1),
                    relation: best(relations.row(row)),
                    label: labels[row].0,
                    kind_shares: labels[row].1,
                };
            }
        }
        scratch.keep(tags);
        scratch.keep(relations);
    }

    /// Returns for each word its label of names, and for the first of a name how it divides among the kinds.
    fn labels_of(
        &self,
        mut rows: Matrix,
        bits: &[u32],
        sentences: &[Range<usize>],
        scratch: &mut Scratch,
    ) -> Vec<(usize, [u8; SHARED_KINDS])> {
        let width = self.header.width;
        for (row, bits) in rows.values.chunks_exact_mut(width).zip(bits) {
            let mut left = *bits;
            while left != 0 {
                let flag = left.trailing_zeros() as usize;
                left &= left - 1;
                let vector = self
                    .flags
                    .get(flag * width..(flag + 1) * width)
                    .unwrap_or_default();
                for (value, flag) in row.iter_mut().zip(vector) {
                    *value += flag;
                }
            }
        }
        for layer in &self.names {
            layer.apply(&mut rows, sentences, scratch);
        }
        self.name_norm.apply(&mut rows.values);
        let scores = self.labels.apply(&rows, scratch);
        let mut labels = Vec::with_capacity(rows.rows);
        for sentence in sentences {
            let scores: Vec<&[f32]> = sentence.clone().map(|word| scores.row(word)).collect();
            let best = best_labels(&scores);
            let first = labels.len();
            labels.extend(best.iter().map(|label| (*label, [0; SHARED_KINDS])));
            for (name, _) in names_of_labels(&best) {
                let start = first + name.start;
                labels[start].1 = kind_shares(&scores[name]);
            }
        }
        scratch.keep(rows);
        scratch.keep(scores);
        labels
    }

    /// Returns for each word its head, 0 for the root, else from 1 in its sentence, from what each is as a dependent and as
    /// a head.
    fn heads_of(
        &self,
        mut dependents: Matrix,
        mut parents: Matrix,
        sentences: &[Range<usize>],
        scratch: &mut Scratch,
    ) -> Vec<usize> {
        leaky_rectify(&mut dependents.values);
        leaky_rectify(&mut parents.values);
        let turned = self.arc.apply(&dependents, scratch);
        let width = self.header.arc_width;
        let mut heads = Vec::with_capacity(dependents.rows);
        let mut candidates = Vec::new();
        for sentence in sentences {
            candidates.clear();
            candidates.extend_from_slice(&self.root_head);
            candidates.extend_from_slice(&parents.values[sentence.start * width..sentence.end * width]);
            let columns = sentence.len() + 1;
            scratch.heads.set_transposed(&candidates, width, columns);
            scratch.scores.clear();
            scratch.scores.resize(sentence.len() * columns, 0.0);
            let part = &turned.values[sentence.start * width..sentence.end * width];
            multiply_add(part, &scratch.heads, &mut scratch.scores, sentence.len());
            heads.extend(heads_of_tree_in(
                &scratch.scores,
                sentence.len(),
                &mut scratch.search,
            ));
        }
        for matrix in [dependents, parents, turned] {
            scratch.keep(matrix);
        }
        heads
    }

    fn relations_of(
        &self,
        mut pairs: Matrix,
        parents: &Matrix,
        sentences: &[Range<usize>],
        heads: &[usize],
        scratch: &mut Scratch,
    ) -> Matrix {
        for sentence in sentences {
            for word in sentence.clone() {
                let parent = match heads[word] {
                    0 => &self.root_relation[..],
                    head => parents.row(sentence.start + head - 1),
                };
                for (value, parent) in pairs.row_mut(word).iter_mut().zip(parent) {
                    *value += parent;
                }
            }
        }
        leaky_rectify(&mut pairs.values);
        let relations = self.relations.apply(&pairs, scratch);
        scratch.keep(pairs);
        relations
    }
}

/// Room for numbers that are used once, kept so that it need not be asked for, and filled with zeros, again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    normal: Vec<f32>,
    gates: Vec<f32>,
    rounded: RoundedRows,
    /// Room of matrices that are no longer needed.
    spare: Vec<Vec<f32>>,
    /// The heads of a sentence, from which its trees are scored.
    heads: Packed,
    scores: Vec<f32>,
    search: SearchRoom,
}

impl Scratch {
    /// Keeps the room of a matrix that is no longer needed.
    fn keep(&mut self, matrix: Matrix) {
        self.spare.push(matrix.values);
    }

    /// Returns a matrix of so many columns without rows.
    fn matrix(&mut self, columns: usize) -> Matrix {
        let mut values = self.spare.pop().unwrap_or_default();
        values.clear();
        Matrix {
            rows: 0,
            columns,
            values,
        }
    }
}

impl Linear {
    fn apply(&self, rows: &Matrix, scratch: &mut Scratch) -> Matrix {
        scratch.rounded.round(&rows.values, rows.columns);
        self.apply_rounded(rows.rows, scratch)
    }

    /// Applies it to rows that were rounded before, and are in `scratch`.
    fn apply_rounded(&self, rows: usize, scratch: &mut Scratch) -> Matrix {
        // What the room held is written over.
        let mut values = scratch.spare.pop().unwrap_or_default();
        self.weights
            .multiply_rounded(&scratch.rounded, &self.bias, &mut values);
        Matrix {
            rows,
            columns: self.weights.columns(),
            values,
        }
    }
}

impl Norm {
    fn apply(&self, rows: &mut [f32]) {
        normalise_rows(rows, &self.gain, &self.bias);
    }
}

impl Recurrent {
    /// Leaves the open gates of rows in `scratch`.
    fn gates(&self, rows: &[f32], scratch: &mut Scratch) {
        let width = self.norm.gain.len();
        scratch.rounded.clear();
        for rows in rows.chunks(width.max(1) * ROUNDED_AT_ONCE) {
            scratch.normal.clear();
            scratch.normal.extend_from_slice(rows);
            self.norm.apply(&mut scratch.normal);
            scratch.rounded.push(&scratch.normal, width);
        }
        let weights = &self.map.weights;
        weights.multiply_rounded(&scratch.rounded, &self.map.bias, &mut scratch.gates);
        open_gates(&mut scratch.gates, width / 2);
    }

    fn apply(&self, rows: &mut Matrix, sentences: &[Range<usize>], scratch: &mut Scratch) {
        self.gates(&rows.values, scratch);
        let columns = self.map.weights.columns();
        recur_in_place(rows, sentences, |word| {
            &scratch.gates[word * columns..(word + 1) * columns]
        });
    }
}

/// Returns the place of the highest score, the first where there are several.
fn best(row: &[f32]) -> usize {
    let mut best = 0;
    for (at, score) in row.iter().enumerate() {
        if *score > row[best] {
            best = at;
        }
    }
    best
}
