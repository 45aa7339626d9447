//! What is the same wherever it stands: what a word brings into the network before it sees its sentence, and what the
//! network says of a sentence.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::network::WordReading;
use crate::network::tagger::Scratch;

/// So many words are kept in a generation.
const MOST_WORDS: usize = 4096;
/// Sentences with so many words together are kept; then all are forgotten.
const MOST_WORDS_OF_SENTENCES: usize = 16_384;

/// What the network worked out before, kept from text to text: most words of a text are known from its beginning or from
/// another text of its story, and outlets print each other's sentences. It changes the speed alone, and takes at most some
/// megabytes.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub(super) words: WordRows,
    sentences: FxHashMap<Box<[u8]>, Vec<WordReading>>,
    words_of_sentences: usize,
    pub(super) scratch: Scratch,
}

impl Known {
    /// Returns what the network said of a sentence with this key.
    pub(super) fn sentence(&self, key: &[u8]) -> Option<&[WordReading]> {
        self.sentences.get(key).map(Vec::as_slice)
    }

    /// Keeps what the network says of a sentence.
    pub(super) fn keep(&mut self, key: &[u8], readings: &[WordReading]) {
        self.words_of_sentences += readings.len();
        if self.words_of_sentences > MOST_WORDS_OF_SENTENCES {
            self.sentences.clear();
            self.words_of_sentences = readings.len();
        }
        if readings.len() <= MOST_WORDS_OF_SENTENCES {
            self.sentences.insert(key.into(), readings.to_vec());
        }
    }
}

/// Writes to `key` all that the reading of a sentence rests on: its words and what lists say of them.
pub(super) fn sentence_key(words: &[&str], flags: &[u32], sentence: Range<usize>, key: &mut Vec<u8>) {
    key.clear();
    for word in sentence {
        key.extend_from_slice(words[word].as_bytes());
        // No text holds this byte.
        key.push(0xff);
        key.extend_from_slice(&flags.get(word).copied().unwrap_or(0).to_le_bytes());
    }
}

/// What words bring into the network: a row of numbers each, and the open gates of the first layer.
///
/// Two generations are kept. When the young one is full, it becomes the old one, and what was old is forgotten; a word that
/// is asked for again meanwhile moves to the young one, so that the frequent words stay.
#[derive(Clone, Debug, Default)]
pub(super) struct WordRows {
    young: Generation,
    old: Generation,
}

/// Words with their numbers.
#[derive(Clone, Debug, Default)]
struct Generation {
    places: FxHashMap<String, u32>,
    /// For each word its row and then its gates.
    numbers: Vec<f32>,
}

impl WordRows {
    /// Makes room for so many words.
    pub(super) fn prepare(&mut self, words: usize) {
        if self.young.places.len() + words > MOST_WORDS {
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.places.clear();
            self.young.numbers.clear();
        }
    }

    /// Returns the place of a word with so many numbers, and true where they are not known and must be [`set`](Self::set).
    pub(super) fn place(&mut self, word: &str, count: usize) -> (usize, bool) {
        let Self { young, old } = self;
        if let Some(place) = young.places.get(word) {
            return (*place as usize, false);
        }
        let place = young.places.len();
        young.places.insert(word.to_owned(), place as u32);
        let known = old.places.get(word).map(|&place| place as usize * count);
        match known.and_then(|start| old.numbers.get(start..start + count)) {
            Some(numbers) => young.numbers.extend_from_slice(numbers),
            None => young.numbers.resize((place + 1) * count, 0.0),
        }
        (place, known.is_none())
    }

    /// Sets the row and the gates of a word.
    pub(super) fn set(&mut self, place: usize, row: &[f32], gates: &[f32]) {
        let start = place * (row.len() + gates.len());
        let (own_row, own_gates) = self.young.numbers[start..].split_at_mut(row.len());
        own_row.copy_from_slice(row);
        own_gates[..gates.len()].copy_from_slice(gates);
    }

    /// Returns the row of a word, of so many numbers, and behind it the gates, of so many.
    pub(super) fn of(&self, place: usize, row: usize, gates: usize) -> (&[f32], &[f32]) {
        self.young.numbers[place * (row + gates)..][..row + gates].split_at(row)
    }
}
