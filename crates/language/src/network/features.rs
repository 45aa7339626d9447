//! What is known of a word by its form alone, as keys of rows in a table.

use crate::network::keys::KeyPlaces;

/// A run of the same kind of character counts as at most so many in a shape.
const LONGEST_RUN: usize = 2;
/// The longest shape, in characters.
const LONGEST_SHAPE: usize = 6;

/// The rows of a table by their keys.
#[derive(Clone, Debug, Default)]
pub struct FeatureTable {
    rows: KeyPlaces,
}

impl FeatureTable {
    /// Takes the keys in the order of their rows.
    pub fn new<'key>(keys: impl IntoIterator<Item = &'key str>) -> Self {
        Self {
            rows: keys.into_iter().collect(),
        }
    }

    /// Returns the row of a key.
    pub fn row(&self, key: &str) -> Option<u32> {
        self.rows.get(key)
    }
}

/// Calls `each` with the keys of a word: "w" and the word, "p" and a beginning of one to three letters, "s" and an end of
/// one to four, "h" and its shape. Letters are small and digits are 0. The word comes first.
pub fn word_features(word: &str, mut each: impl FnMut(&str)) {
    let mut key = String::with_capacity(word.len() + 1);
    key.push('w');
    for character in word.chars() {
        match character {
            '0'..='9' => key.push('0'),
            '’' | '‘' => key.push('\''),
            '“' | '”' => key.push('"'),
            _ if character.is_ascii() => key.push(character.to_ascii_lowercase()),
            _ => key.extend(character.to_lowercase()),
        }
    }
    each(&key);
    let small = key.split_off(1);
    let mut ends = small
        .char_indices()
        .map(|(at, character)| at + character.len_utf8());
    for _ in 0..3 {
        let Some(end) = ends.next() else { break };
        key.clear();
        key.push('p');
        key.push_str(&small[..end]);
        each(&key);
    }
    let mut starts = small.char_indices().rev().map(|(at, _)| at);
    for _ in 0..4 {
        let Some(start) = starts.next() else { break };
        key.clear();
        key.push('s');
        key.push_str(&small[start..]);
        each(&key);
    }
    key.clear();
    key.push('h');
    key.push_str(&shape_of(word));
    each(&key);
}

/// Returns the outline of a word: X for a capital, x for a small letter, 0 for a digit, other marks as they are; runs are
/// cut to two.
///
/// ```
/// use rashomon_language::network::shape_of;
///
/// assert_eq!(shape_of("Kim"), "Xxx");
/// assert_eq!(shape_of("15,000-strong"), "00,00-");
/// ```
pub fn shape_of(word: &str) -> String {
    let mut shape = String::with_capacity(LONGEST_SHAPE);
    let (mut last, mut run, mut length) = ('\0', 0, 0);
    for character in word.chars() {
        let kind = if character.is_uppercase() {
            'X'
        } else if character.is_alphabetic() {
            'x'
        } else if character.is_numeric() {
            '0'
        } else {
            character
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= LONGEST_RUN {
            shape.push(kind);
            length += 1;
        }
        if length == LONGEST_SHAPE {
            break;
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_comes_first_and_ends_are_cut_between_letters() {
        let mut keys = Vec::new();
        word_features("Été9", |key| keys.push(key.to_owned()));
        assert_eq!(
            keys,
            [
                "wété0", "pé", "pét", "pété", "s0", "sé0", "sté0", "sété0", "hXxx0"
            ]
        );
        keys.clear();
        word_features("a", |key| keys.push(key.to_owned()));
        assert_eq!(keys, ["wa", "pa", "sa", "hx"]);
    }
}
