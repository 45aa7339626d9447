//! Corpora of names and what their labels allow.

use std::path::Path;

use anyhow::Result;
use rashomon_language::network::{names_of_labels, word_flags};

use crate::reader::treebank::labelled;

/// The kinds of names that are told apart.
pub(crate) const KINDS: [&str; 5] = ["person", "organisation", "place", "people", "other"];
/// Labels: 0 outside, then for each kind first, inner, last and single.
pub(crate) const LABELS: usize = 1 + 4 * KINDS.len();

/// How a corpus treats what it does not label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// All kinds are labelled.
    Whole,
    /// Only persons, organisations and places are: a word without a label may be anything else.
    Three,
    /// Peoples are labelled together with other names.
    Mixed,
}

/// Returns the kinds, as positions in [`KINDS`], that a label may stand for; `None` for none of them.
fn kinds_of(label: &str, scheme: Scheme) -> Option<&'static [usize]> {
    Some(match label {
        "Person" | "PER" | "person" => &[0],
        "Organization" | "ORG" | "corporation" | "group" => &[1],
        "Location" | "LOC" | "location" | "Facility" => &[2],
        "NORP" => &[3],
        "MISC" if scheme == Scheme::Mixed => &[3, 4],
        "Misc" | "MISC" | "Product" | "product" | "creative-work" => &[4],
        _ => return None,
    })
}

/// A sentence of a corpus of names.
pub(crate) struct NamedSentence {
    pub(crate) words: Vec<String>,
    /// For each word what lists and its document say of it.
    pub(crate) flags: Vec<u32>,
    /// For each word the labels that are allowed, a bit each.
    pub(crate) labels: Vec<u32>,
}

/// Returns the sentences of a corpus.
pub(crate) fn names(path: &Path, scheme: Scheme) -> Result<Vec<NamedSentence>> {
    let mut sentences = Vec::new();
    for document in labelled(path)? {
        let mut ranges = Vec::new();
        let mut words: Vec<&str> = Vec::new();
        for sentence in &document {
            ranges.push(words.len()..words.len() + sentence.len());
            words.extend(sentence.iter().map(|(word, _)| word.as_str()));
        }
        let flags = word_flags(&words, &ranges);
        for (sentence, range) in document.iter().zip(ranges) {
            sentences.push(NamedSentence {
                words: sentence.iter().map(|(word, _)| word.clone()).collect(),
                flags: flags[range].to_vec(),
                labels: allowed(sentence, scheme),
            });
        }
    }
    Ok(sentences)
}

/// Returns for each word the labels that its corpus allows.
fn allowed(sentence: &[(String, String)], scheme: Scheme) -> Vec<u32> {
    let mut allowed = Vec::with_capacity(sentence.len());
    for (at, (_, label)) in sentence.iter().enumerate() {
        let (position, name) = label.split_once('-').unwrap_or(("O", ""));
        let next = sentence.get(at + 1).map_or("O", |(_, label)| label.as_str());
        let ends = !next.starts_with("I-");
        // A name that begins with an inner label (the corpus has a few) begins all the same.
        let before = at
            .checked_sub(1)
            .map_or("O", |before| sentence[before].1.as_str());
        let begins = position == "B" || before.split_once('-').is_none_or(|(_, kind)| kind != name);
        let place = match (begins, ends) {
            (true, false) => 0,
            (false, false) => 1,
            (false, true) => 2,
            (true, true) => 3,
        };
        allowed.push(match kinds_of(name, scheme) {
            Some(kinds) => kinds.iter().map(|kind| 1 << (1 + 4 * kind + place)).sum(),
            None if scheme == Scheme::Three => 1 | (0xff << (1 + 4 * 3)),
            None => 1,
        });
    }
    allowed
}

/// Returns the names that labels allow, where each word has one : their words, their kind.
pub(crate) fn gold_spans(allowed: &[u32]) -> Vec<(std::ops::Range<usize>, usize)> {
    let labels: Vec<usize> = allowed
        .iter()
        .map(|bits| bits.trailing_zeros() as usize)
        .collect();
    names_of_labels(&labels)
}
