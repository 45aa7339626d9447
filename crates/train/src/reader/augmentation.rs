//! Sentences made from sentences: names exchanged for others of their kind, and headings.

use rashomon_language::network::names_of_labels;

use crate::reader::names::{KINDS, NamedSentence};
use crate::reader::network::Example;
use crate::reader::random::Random;

/// How often a name is exchanged.
const EXCHANGED: f32 = 0.3;

/// The names of a corpus, by kind: word types and flags.
pub(crate) struct NamePool {
    by_kind: Vec<Vec<(Vec<usize>, Vec<u32>)>>,
}

impl NamePool {
    /// Takes all names that are labelled beyond doubt; each stands as often as the corpus has it.
    pub(crate) fn new(examples: &[Example]) -> Self {
        let mut by_kind = vec![Vec::new(); KINDS.len()];
        for example in examples {
            for (range, kind) in certain_names(&example.labels) {
                by_kind[kind].push((
                    example.words[range.clone()].to_vec(),
                    example.flags[range].to_vec(),
                ));
            }
        }
        Self { by_kind }
    }

    /// Returns the sentence with some of its names exchanged for others of their kind.
    pub(crate) fn exchange(&self, example: &Example, random: &mut Random) -> Example {
        let names = certain_names(&example.labels);
        let mut result = Example::default();
        let mut at = 0;
        let copy = |result: &mut Example, range: std::ops::Range<usize>| {
            result.words.extend(&example.words[range.clone()]);
            result.flags.extend(&example.flags[range.clone()]);
            result.labels.extend(&example.labels[range]);
        };
        for (range, kind) in names {
            if random.share() >= EXCHANGED || self.by_kind[kind].is_empty() {
                continue;
            }
            copy(&mut result, at..range.start);
            let (words, flags) = &self.by_kind[kind][random.below(self.by_kind[kind].len())];
            result.words.extend(words);
            result.flags.extend(flags);
            for word in 0..words.len() {
                let place = match (word == 0, word + 1 == words.len()) {
                    (true, true) => 3,
                    (true, false) => 0,
                    (false, true) => 2,
                    (false, false) => 1,
                };
                result.labels.push(1 << (1 + 4 * kind + place));
            }
            at = range.end;
        }
        copy(&mut result, at..example.words.len());
        result
    }
}

/// Returns the names of which every word has one label.
fn certain_names(labels: &[u32]) -> Vec<(std::ops::Range<usize>, usize)> {
    let single: Vec<usize> = labels
        .iter()
        .map(|bits| {
            if bits.is_power_of_two() {
                bits.trailing_zeros() as usize
            } else {
                0
            }
        })
        .collect();
    names_of_labels(&single)
}

/// Returns a word as a heading writes it: in capitals throughout, or with its first letter a capital.
pub(crate) fn shouted(word: &str, throughout: bool) -> String {
    if throughout {
        return word.to_uppercase();
    }
    let small = matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "in"
            | "on"
            | "at"
            | "to"
            | "for"
            | "and"
            | "or"
            | "but"
            | "as"
            | "by"
            | "'s"
            | "n't"
    );
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if !small => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

/// Returns some of the sentences as headings would write them.
pub(crate) fn headings(sentences: &[NamedSentence], share: f32, random: &mut Random) -> Vec<NamedSentence> {
    sentences
        .iter()
        .filter(|sentence| sentence.words.len() < 25 && random.share() < share)
        .enumerate()
        .map(|(number, sentence)| NamedSentence {
            words: sentence
                .words
                .iter()
                .map(|word| shouted(word, number % 4 == 0))
                .collect(),
            flags: {
                let words: Vec<String> = sentence
                    .words
                    .iter()
                    .map(|word| shouted(word, number % 4 == 0))
                    .collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                rashomon_language::network::word_flags(&words, std::slice::from_ref(&(0..words.len())))
            },
            labels: sentence.labels.clone(),
        })
        .collect()
}
