//! Words as comparable terms: lower case, stemmed, numbered.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words that carry no topic.
static STOP_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("data/stop_words.txt").lines();
    let words = lines.filter(|line| !line.starts_with('#'));
    words.flat_map(str::split_whitespace).collect()
});

/// Numbers the terms of one story.
pub(crate) struct Vocabulary {
    stemmer: Stemmer,
    numbers: FxHashMap<String, u32>,
    /// The term of each word as written that was seen; `None` for marks.
    seen: FxHashMap<String, Option<u32>>,
    /// By term: whether it is a stop word.
    stops: Vec<bool>,
}

impl Vocabulary {
    /// Returns a vocabulary without terms.
    pub(crate) fn new() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            numbers: FxHashMap::default(),
            seen: FxHashMap::default(),
            stops: Vec::new(),
        }
    }

    /// Returns the number of a word's term, or `None` where the token is a mark.
    pub(crate) fn term(&mut self, word: &str) -> Option<u32> {
        if let Some(&known) = self.seen.get(word) {
            return known;
        }
        let term = self.number(word);
        self.seen.insert(word.to_owned(), term);
        term
    }

    /// Returns the number of a word that was not seen yet.
    fn number(&mut self, word: &str) -> Option<u32> {
        let lower = normal_form(word);
        if !lower.chars().any(char::is_alphanumeric) {
            return None;
        }
        let stop = STOP_WORDS.contains(lower.as_str());
        let stem = if stop {
            lower
        } else {
            self.stemmer.stem(&lower).into_owned()
        };
        let next = self.numbers.len() as u32;
        let number = *self.numbers.entry(stem).or_insert(next);
        if number == next {
            self.stops.push(stop);
        }
        Some(number)
    }

    /// Returns true for a term that carries no topic.
    pub(crate) fn is_stop(&self, term: u32) -> bool {
        self.stops.get(term as usize).copied().unwrap_or(true)
    }

    /// Returns how many terms there are.
    pub(crate) fn len(&self) -> usize {
        self.stops.len()
    }
}

/// Returns a word in lower case, with straight apostrophes, without a possessive ending and the stops of an
/// abbreviation ("U.S." and "US" are one term).
pub(crate) fn normal_form(word: &str) -> String {
    // Most words are letters and nothing else.
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return word.to_ascii_lowercase();
    }
    let lower = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.to_lowercase().replace(['’', '‘'], "'")
    };
    let lower = lower
        .strip_suffix("'s")
        .or_else(|| lower.strip_suffix('\''))
        .unwrap_or(&lower);
    let letters = lower
        .chars()
        .filter(|character| character.is_alphabetic())
        .count();
    if lower.contains('.') && letters > 0 && !lower.chars().any(|character| character.is_ascii_digit()) {
        lower.replace('.', "")
    } else {
        lower.trim_matches('\'').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_term() {
        let mut vocabulary = Vocabulary::new();
        let mut same = |one: &str, other: &str| vocabulary.term(one) == vocabulary.term(other);
        assert!(same("leaders", "Leader’s"));
        assert!(same("U.S.", "US"));
        assert!(same("travelled", "travel"));
        assert!(!same("15,000", "1,500"));
    }

    #[test]
    fn marks_are_no_terms_and_small_words_are_stops() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(vocabulary.term("—"), None);
        let the = vocabulary.term("The").unwrap();
        assert!(vocabulary.is_stop(the));
    }
}
