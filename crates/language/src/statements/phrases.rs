//! Phrases of the tables, found in a stretch of tokens.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::context::Context;
use crate::quotes::words::is_be;

/// Phrases with what each of them means.
pub(super) struct Phrases<Meaning> {
    /// The phrases by their first word; those that begin with a form of "be" stand under "be".
    by_first: FxHashMap<&'static str, Vec<(Vec<&'static str>, Meaning)>>,
}

impl<Meaning: Copy> Phrases<Meaning> {
    /// Returns the phrases of a table whose lines are "meaning: words".
    pub(super) fn read(table: &'static str, meaning: impl Fn(&str) -> Option<Meaning>) -> Self {
        let mut by_first: FxHashMap<&'static str, Vec<(Vec<&'static str>, Meaning)>> = FxHashMap::default();
        for (name, phrase) in table
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(": "))
        {
            let words: Vec<&'static str> = phrase.split_whitespace().collect();
            if let (Some(meaning), Some(&first)) = (meaning(name), words.first()) {
                by_first.entry(first).or_default().push((words, meaning));
            }
        }
        Self { by_first }
    }

    /// Returns the phrase that starts at `token`, with the token after it.
    pub(super) fn at(&self, context: &Context<'_>, token: usize, end: usize) -> Option<(usize, Meaning)> {
        let word = context.lower(token);
        let first = match word {
            "n't" => "not",
            _ if is_be(word) => "be",
            _ => word,
        };
        self.by_first.get(first)?.iter().find_map(|(words, meaning)| {
            let after = token + words.len();
            let same = after <= end
                && words.iter().enumerate().skip(1).all(|(offset, &word)| {
                    let found = context.lower(token + offset);
                    found == word || (word == "be" && is_be(found)) || (word == "not" && found == "n't")
                });
            same.then_some((after, *meaning))
        })
    }

    /// Returns all phrases that start in `tokens`, with their tokens.
    pub(super) fn all(&self, context: &Context<'_>, tokens: Range<usize>) -> Vec<(Range<usize>, Meaning)> {
        tokens
            .clone()
            .filter_map(|token| {
                self.at(context, token, tokens.end)
                    .map(|(end, meaning)| (token..end, meaning))
            })
            .collect()
    }
}
