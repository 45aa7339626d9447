//! The terms of clauses, by which what was expected is found again in what came.

use std::sync::LazyLock;

use rashomon_core::{Reading, Statement};
use rustc_hash::FxHashMap;

use crate::terms::Vocabulary;

const IRREGULAR_VERBS: &str = include_str!("data/irregular_verbs.txt");

/// By form, the first form of an irregular verb.
static FIRST_FORMS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    IRREGULAR_VERBS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some((line, line.split('\t').next()?)))
        .flat_map(|(line, first)| line.split('\t').map(move |form| (form, first)))
        .collect()
});

/// Verbs of looking ahead: they are not what is expected.
const AHEAD: &[&str] = &[
    "are",
    "be",
    "could",
    "due",
    "expect",
    "expected",
    "expects",
    "is",
    "may",
    "might",
    "plan",
    "planned",
    "plans",
    "scheduled",
    "set",
    "shall",
    "was",
    "were",
    "will",
    "would",
];

/// The terms of clauses.
pub(crate) struct ClauseTerms {
    vocabulary: Vocabulary,
    /// What was found for each word as written: a story's clauses repeat their words.
    seen: FxHashMap<String, Word>,
}

/// What a word of a clause is.
#[derive(Clone, Copy, Debug)]
enum Word {
    /// A word of looking ahead.
    Ahead,
    /// Any other, with its term where it carries a topic.
    Other(Option<u32>),
}

impl ClauseTerms {
    /// Returns no terms yet.
    pub(crate) fn new() -> Self {
        Self {
            vocabulary: Vocabulary::new(),
            seen: FxHashMap::default(),
        }
    }

    /// Returns what a word is.
    fn word(&mut self, word: &str) -> Word {
        if let Some(known) = self.seen.get(word) {
            return *known;
        }
        let lower = word.to_lowercase();
        let found = if AHEAD.contains(&lower.as_str()) {
            Word::Ahead
        } else {
            let form = FIRST_FORMS.get(lower.as_str()).copied();
            let term = self.vocabulary.term(form.unwrap_or(lower.as_str()));
            Word::Other(term.filter(|&term| !self.vocabulary.is_stop(term)))
        };
        self.seen.insert(word.to_owned(), found);
        found
    }

    /// Returns the terms of a clause without those of its times and of looking ahead, sorted, each once.
    pub(crate) fn of(&mut self, statement: &Statement, reading: &Reading, text: &str) -> Vec<u32> {
        let Some(sentence) = reading.sentences.get(statement.sentence) else {
            return Vec::new();
        };
        let times: Vec<_> = reading
            .times
            .iter()
            .filter(|time| time.sentence == statement.sentence)
            .map(|time| time.span)
            .collect();
        let tokens = reading
            .tokens
            .get(sentence.first_token..sentence.last_token)
            .unwrap_or_default();
        let mut terms: Vec<u32> = tokens
            .iter()
            .filter(|token| statement.span.contains(token.span))
            .filter(|token| !times.iter().any(|time| time.overlaps(token.span)))
            .filter_map(|token| match self.word(token.span.text(text)) {
                Word::Ahead => None,
                Word::Other(term) => term,
            })
            .collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// Returns the term of what is done: the last word of the predicate that is not one of looking ahead.
    pub(crate) fn verb(&mut self, statement: &Statement, text: &str) -> Option<u32> {
        statement
            .predicate?
            .text(text)
            .split_whitespace()
            .rev()
            .find_map(|word| match self.word(word) {
                Word::Ahead => None,
                Word::Other(term) => Some(term),
            })
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_has_forms() {
        for line in IRREGULAR_VERBS.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.contains('\t'), "{line}");
        }
    }
}
