//! Corpora of names and what their labels allow.

use std::path::Path;

use anyhow::Result;

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

/// Returns the sentences of a corpus, each word with the labels that are allowed, a bit each.
pub(crate) fn names(path: &Path, scheme: Scheme) -> Result<Vec<(Vec<String>, Vec<u32>)>> {
    Ok(labelled(path)?
        .into_iter()
        .map(|sentence| {
            let mut allowed = Vec::with_capacity(sentence.len());
            for (at, (_, label)) in sentence.iter().enumerate() {
                let (position, name) = label.split_once('-').unwrap_or(("O", ""));
                let next = sentence.get(at + 1).map_or("O", |(_, label)| label.as_str());
                let ends = !next.starts_with("I-");
                // A name that begins with an inner label (the corpus has a few) begins all the same.
                let before = at.checked_sub(1).map_or("O", |before| sentence[before].1.as_str());
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
            (sentence.into_iter().map(|(word, _)| word).collect(), allowed)
        })
        .collect())
}

/// Returns the names that labels allow, where each word has one: first word, word after the last, kind.
pub(crate) fn gold_spans(allowed: &[u32]) -> Vec<(usize, usize, usize)> {
    let labels: Vec<usize> = allowed.iter().map(|bits| bits.trailing_zeros() as usize).collect();
    spans(&labels)
}

/// Returns the names in a valid sequence of labels.
pub(crate) fn spans(labels: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, label) in labels.iter().enumerate() {
        let Some(label) = label.checked_sub(1) else { continue };
        let (kind, place) = (label / 4, label % 4);
        if place == 0 || place == 3 {
            start = at;
        }
        if place >= 2 {
            spans.push((start, at + 1, kind));
        }
    }
    spans
}
