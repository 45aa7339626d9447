//! What the shipped network says of a text: parts of speech, trees, and where names stand.

use std::ops::Range;
use std::sync::LazyLock;

use rashomon_core::{PartOfSpeech, Sentence, Token};

use crate::network::{Known, SHARED_KINDS, Tagger, names_of_labels, word_flags};

/// The network that is shipped; `models/reader.md` is its card.
pub(crate) static MODEL: &[u8] = include_bytes!("../../../models/reader.bin");

/// What the network takes a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameKind {
    /// A person.
    Person,
    /// A state body, a firm, a party, an outlet.
    Organisation,
    /// A place.
    Place,
    /// A people, a faith, a political camp: "Koreans", "Republican".
    People,
    /// Anything else with a name.
    Other,
}

/// A name where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameSpan {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// The sentence it stands in.
    pub(crate) sentence: usize,
    /// What the network takes it for.
    pub(crate) kind: NameKind,
    /// How it divides it among the kinds, by [`NameKind`] in their order, in 255ths.
    pub(crate) shares: [u8; SHARED_KINDS],
}

/// The network with its numbers' meanings.
struct ShippedNetwork {
    tagger: Tagger<'static>,
    tags: Vec<Option<PartOfSpeech>>,
    relations: Vec<&'static str>,
    kinds: Vec<NameKind>,
}

/// The relations of Universal Dependencies that are given, without what stands behind a colon.
const RELATIONS: &[&str] = &[
    "acl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "case",
    "cc",
    "ccomp",
    "clf",
    "compound",
    "conj",
    "cop",
    "csubj",
    "dep",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nsubj",
    "nummod",
    "obj",
    "obl",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "root",
    "vocative",
    "xcomp",
];

/// Those with a part behind a colon.
const PARTED_RELATIONS: &[&str] = &[
    "acl:relcl",
    "advcl:relcl",
    "aux:pass",
    "cc:preconj",
    "compound:prt",
    "csubj:outer",
    "csubj:pass",
    "det:predet",
    "flat:foreign",
    "nmod:desc",
    "nmod:npmod",
    "nmod:poss",
    "nmod:tmod",
    "nmod:unmarked",
    "nsubj:outer",
    "nsubj:pass",
    "obl:agent",
    "obl:npmod",
    "obl:tmod",
    "obl:unmarked",
];

impl ShippedNetwork {
    /// Returns the shipped network; `None` only for a file that a test would not let pass.
    fn get() -> Option<&'static Self> {
        static NETWORK: LazyLock<Option<ShippedNetwork>> = LazyLock::new(|| {
            let tagger = Tagger::new(MODEL).ok()?;
            let header = tagger.header();
            let tags = header.tags.iter().map(|tag| part_of_speech(tag)).collect();
            let relations = header
                .relations
                .iter()
                .map(|relation| relation_name(relation))
                .collect();
            let kinds = header.kinds.iter().map(|kind| name_kind(kind)).collect();
            Some(ShippedNetwork {
                tagger,
                tags,
                relations,
                kinds,
            })
        });
        NETWORK.as_ref()
    }
}

/// Gives each token its part of speech and its place in the tree of its sentence; returns the names in order.
/// `known` is what earlier texts left there.
pub(crate) fn read_grammar(
    text: &str,
    sentences: &[Sentence],
    tokens: &mut [Token],
    known: &mut Known,
) -> Vec<NameSpan> {
    let Some(network) = ShippedNetwork::get() else {
        return Vec::new();
    };
    let words: Vec<&str> = tokens.iter().map(|token| token.span.text(text)).collect();
    let ranges: Vec<Range<usize>> = sentences
        .iter()
        .map(|sentence| sentence.first_token..sentence.last_token)
        .collect();
    let flags = word_flags(&words, &ranges);
    let readings = network.tagger.read(&words, &flags, &ranges, known);
    let mut names = Vec::new();
    for (sentence, range) in ranges.iter().enumerate() {
        let labels: Vec<usize> = readings[range.clone()]
            .iter()
            .map(|reading| reading.label)
            .collect();
        for (found, kind) in names_of_labels(&labels) {
            let mut shares = [0; SHARED_KINDS];
            for (kind, share) in network
                .kinds
                .iter()
                .zip(readings[range.start + found.start].kind_shares)
            {
                shares[*kind as usize] = share;
            }
            names.push(NameSpan {
                tokens: range.start + found.start..range.start + found.end,
                sentence,
                kind: network.kinds.get(kind).copied().unwrap_or(NameKind::Other),
                shares,
            });
        }
        for at in range.clone() {
            let reading = readings[at];
            tokens[at].tag = network.tags.get(reading.tag).copied().flatten();
            tokens[at].head = reading.head.map(|head| range.start + head);
            tokens[at].relation = network.relations.get(reading.relation).copied();
        }
    }
    names
}

/// What a word is in its sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordGrammar {
    /// Its part of speech.
    pub tag: Option<PartOfSpeech>,
    /// The word it depends on, by its place in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Its relation to its head.
    pub relation: Option<&'static str>,
}

/// Returns the grammar of words that were parted elsewhere, in a treebank for one; `sentences` are ranges of `words`.
pub fn read_words(words: &[&str], sentences: &[Range<usize>]) -> Vec<WordGrammar> {
    let Some(network) = ShippedNetwork::get() else {
        return vec![WordGrammar::default(); words.len()];
    };
    let flags = word_flags(words, sentences);
    network
        .tagger
        .read(words, &flags, sentences, &mut Known::default())
        .into_iter()
        .map(|reading| WordGrammar {
            tag: network.tags.get(reading.tag).copied().flatten(),
            head: reading.head,
            relation: network.relations.get(reading.relation).copied(),
        })
        .collect()
}

fn part_of_speech(tag: &str) -> Option<PartOfSpeech> {
    PartOfSpeech::ALL.into_iter().find(|known| known.as_str() == tag)
}

/// Returns the name of a relation for as long as the program runs; one that is not listed is cut at its colon.
fn relation_name(relation: &str) -> &'static str {
    let find = |list: &'static [&'static str], name: &str| list.iter().find(|known| **known == name).copied();
    let general = relation.split(':').next().unwrap_or(relation);
    find(PARTED_RELATIONS, relation)
        .or_else(|| find(RELATIONS, general))
        .unwrap_or("dep")
}

fn name_kind(kind: &str) -> NameKind {
    match kind {
        "person" => NameKind::Person,
        "organisation" => NameKind::Organisation,
        "place" => NameKind::Place,
        "people" => NameKind::People,
        _ => NameKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    use super::*;

    fn tags(text: &str) -> String {
        let reading = crate::read(&Report::new("r", text));
        let tags: Vec<&str> = reading
            .tokens
            .iter()
            .map(|token| token.tag.map_or("_", |tag| tag.as_str()))
            .collect();
        tags.join(" ")
    }

    #[test]
    fn words_are_told_by_their_neighbours() {
        assert_eq!(
            tags("She will not go to the ferry."),
            "PRON AUX PART VERB ADP DET NOUN PUNCT"
        );
        assert_eq!(tags("They plan a visit."), "PRON VERB DET NOUN PUNCT");
        assert_eq!(tags("Their plan is new."), "PRON NOUN AUX ADJ PUNCT");
        assert_eq!(
            tags("He said that the ferry left."),
            "PRON VERB SCONJ DET NOUN VERB PUNCT"
        );
    }

    #[test]
    fn every_sentence_is_a_tree() {
        let report = Report::new("r", "The mayor opened the bridge on Tuesday. Nobody came.");
        let reading = crate::read(&report);
        let relation = |word: &str| {
            let token = reading
                .tokens
                .iter()
                .find(|token| token.span.text(&report.text) == word);
            token.map(|token| (token.relation, token.head))
        };
        assert_eq!(relation("opened"), Some((Some("root"), None)));
        assert_eq!(relation("mayor"), Some((Some("nsubj"), Some(2))));
        assert_eq!(relation("bridge"), Some((Some("obj"), Some(2))));
        assert_eq!(relation("came"), Some((Some("root"), None)));
    }

    #[test]
    fn the_shipped_model_is_whole() {
        let tagger = Tagger::new(MODEL).unwrap();
        let header = tagger.header();
        assert!(header.tags.iter().all(|tag| part_of_speech(tag).is_some()));
        assert_eq!(
            header.kinds,
            ["person", "organisation", "place", "people", "other"]
        );
        for relation in &header.relations {
            assert_eq!(relation_name(relation), relation);
        }
    }
}
