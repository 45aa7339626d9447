//! Parts of speech and trees on the treebank's own words and sentences: what the network knows, apart from what the
//! splitting of text into words costs.

use std::ops::Range;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use super::answer::GrammarAnswer;
use super::parse::RightGrammar;
use super::treebank::{TreebankDocument, read_treebank};
use crate::table::Row;

/// What is measured; relations up to their colon.
pub(super) const MEASURES: [&str; 3] = ["UPOS", "UAS", "LAS"];

/// Returns the grammar of words that were parted elsewhere, a value a word; `sentences` are ranges of `words`. A head is
/// the position of a word in its sentence.
pub(super) type WordReader = fn(words: &[&str], sentences: &[Range<usize>]) -> Vec<GrammarAnswer>;

/// The reader of words that is scored.
const WORD_READER: WordReader = |words, sentences| {
    rashomon_language::read_words(words, sentences)
        .into_iter()
        .map(|word| GrammarAnswer {
            tag: word.tag.map(|tag| tag.as_str().to_owned()),
            head: word.head,
            relation: word.relation.map(str::to_owned),
        })
        .collect()
};

/// Returns the rows of a treebank that is read word by word, a document at once.
pub(super) fn rows(name: &str, path: &Path, _answers: Option<&Path>) -> Result<Vec<Row>> {
    let documents = read_treebank(path)?;
    let counts: Vec<RightGrammar> = documents
        .par_iter()
        .map(|document| score(document, WORD_READER))
        .collect();
    let words: usize = documents.iter().map(|document| document.words.len()).sum();
    let row = |measure: &str, right: fn(&RightGrammar) -> usize| {
        let right: usize = counts.iter().map(right).sum();
        let share = if words > 0 {
            right as f64 / words as f64
        } else {
            1.0
        };
        Row::new(name, measure, share, format!("right {right} of {words} words"))
    };
    let [tags, heads, relations] = MEASURES;
    Ok(vec![
        row(tags, |right| right.tags),
        row(heads, |right| right.heads),
        row(relations, |right| right.relations),
    ])
}

/// Counts the words of a document whose grammar is right.
fn score(document: &TreebankDocument, reader: WordReader) -> RightGrammar {
    let words: Vec<&str> = document.words.iter().map(|word| word.form.as_str()).collect();
    let mut sentences = Vec::with_capacity(document.sentence_words.len());
    let mut start = 0;
    for &count in &document.sentence_words {
        sentences.push(start..start + count);
        start += count;
    }
    let answers = reader(&words, &sentences);
    let mut right = RightGrammar::default();
    for sentence in sentences {
        for index in sentence.clone() {
            if let (Some(word), Some(said)) = (document.words.get(index), answers.get(index)) {
                let head = word.head.and_then(|head| head.checked_sub(sentence.start));
                right.add(word, head == said.head, said);
            }
        }
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::treebank::GoldWord;

    /// Says that every word is a noun that depends on the first word of its sentence.
    fn chained(words: &[&str], sentences: &[Range<usize>]) -> Vec<GrammarAnswer> {
        assert_eq!(words.len(), sentences.iter().map(Range::len).sum::<usize>());
        let grammar = |position: usize| GrammarAnswer {
            tag: Some("NOUN".to_owned()),
            head: (position > 0).then_some(0),
            relation: Some(if position > 0 { "obj" } else { "root" }.to_owned()),
        };
        sentences
            .iter()
            .flat_map(|sentence| (0..sentence.len()).map(grammar))
            .collect()
    }

    #[test]
    fn heads_are_counted_within_their_sentence() {
        let word = |tag: &str, head: Option<usize>, relation: &str| GoldWord {
            span: crate::reading::text::CharacterSpan::default(),
            form: "x".to_owned(),
            tag: tag.to_owned(),
            head,
            relation: relation.to_owned(),
        };
        let document = TreebankDocument {
            words: vec![
                word("NOUN", None, "root"),
                word("NOUN", None, "root"),
                word("VERB", Some(1), "obj:x"),
                word("NOUN", Some(2), "obj"),
            ],
            sentence_words: vec![1, 3],
            ..TreebankDocument::default()
        };
        let right = score(&document, chained);
        assert_eq!(
            (right.tags, right.heads, right.relations, right.whole_relations),
            (3, 3, 3, 2)
        );
    }
}
