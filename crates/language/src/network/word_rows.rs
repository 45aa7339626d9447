//! What words bring into the network before they see their sentence: the same for a word wherever it stands.

use rustc_hash::FxHashMap;

/// So many words are kept; then all are forgotten.
const MOST_WORDS: usize = 2048;

/// What words bring into the network, kept from text to text because most words of a text are known from its beginning or
/// from another text of its story. It changes the speed alone, and takes at most some megabytes.
#[derive(Clone, Debug, Default)]
pub struct WordRows {
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
