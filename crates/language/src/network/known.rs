//! What is the same wherever it stands: what a word brings into the network before it sees its sentence, and what the
//! network says of a sentence.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::network::WordReading;
use crate::network::tagger::Scratch;

/// So many words are kept; then all are forgotten.
const MOST_WORDS: usize = 2048;
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

/// What words bring into the network.
#[derive(Clone, Debug, Default)]
pub(super) struct WordRows {
    places: FxHashMap<String, u32>,
    /// A row for each word.
    pub(super) rows: Vec<f32>,
    /// The open gates of the first layer for each word.
    pub(super) gates: Vec<f32>,
}

impl WordRows {
    /// Makes room for so many words.
    pub(super) fn prepare(&mut self, words: usize) {
        if self.places.len() + words > MOST_WORDS {
            self.places.clear();
            self.rows.clear();
            self.gates.clear();
        }
    }

    /// Returns the place of a word, and true where it was not known.
    pub(super) fn place(&mut self, word: &str) -> (usize, bool) {
        if let Some(place) = self.places.get(word) {
            return (*place as usize, false);
        }
        let place = self.places.len();
        self.places.insert(word.to_owned(), place as u32);
        (place, true)
    }
}
