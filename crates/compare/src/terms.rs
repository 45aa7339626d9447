//! Words as comparable terms: lower case, stemmed, numbered.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// Words that carry no topic.
const STOP_WORDS: &str = include_str!("data/stop_words.txt");

/// Numbers the terms of one story.
pub(crate) struct Vocabulary {
    stemmer: Stemmer,
    numbers: FxHashMap<String, u32>,
    /// The term of each word as written that was seen; `None` for marks.
    seen: FxHashMap<String, Option<u32>>,
    stop_words: Vec<&'static str>,
    /// By term: whether it is a stop word.
    stops: Vec<bool>,
}

impl Vocabulary {
    /// Returns a vocabulary without terms.
    pub(crate) fn new() -> Self {
        let mut stop_words: Vec<&'static str> = STOP_WORDS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect();
        stop_words.sort_unstable();
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            numbers: FxHashMap::default(),
            seen: FxHashMap::default(),
            stop_words,
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
        let stop = self.stop_words.binary_search(&lower.as_str()).is_ok();
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
