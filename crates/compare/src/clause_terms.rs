//! The terms of clauses, by which what was expected is found again in what came.

use std::collections::BTreeMap;

use rashomon_core::{Reading, Statement};

use crate::terms::Vocabulary;

const IRREGULAR_VERBS: &str = include_str!("data/irregular_verbs.txt");

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
    /// By form, the first form of an irregular verb.
    irregular: BTreeMap<&'static str, &'static str>,
}

impl ClauseTerms {
    /// Returns no terms yet.
    pub(crate) fn new() -> Self {
        let irregular = IRREGULAR_VERBS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| Some((line, line.split('\t').next()?)))
            .flat_map(|(line, first)| line.split('\t').map(move |form| (form, first)))
            .collect();
        Self {
            vocabulary: Vocabulary::new(),
            irregular,
        }
    }

    /// Returns the term of a word that carries a topic.
    fn term(&mut self, word: &str) -> Option<u32> {
        let lower = word.to_lowercase();
        let form = self
            .irregular
            .get(lower.as_str())
            .copied()
            .unwrap_or(lower.as_str());
        let term = self.vocabulary.term(form)?;
        (!self.vocabulary.is_stop(term)).then_some(term)
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
            .map(|token| token.span.text(text))
            .filter(|word| !AHEAD.contains(&word.to_lowercase().as_str()))
            .filter_map(|word| self.term(word))
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
            .find(|word| !AHEAD.contains(&word.to_lowercase().as_str()))
            .map(str::to_lowercase)
            .and_then(|word| self.term(&word))
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
