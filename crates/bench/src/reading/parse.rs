//! Sentences, words, parts of speech and trees, from raw text: as in CoNLL 2018, words are aligned by their characters.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::answer::{GrammarAnswer, ReadingAnswer, read_all};
use super::input::{LabelledReport, text_row};
use super::tally::{Tally, tallies};
use super::treebank::{GoldWord, TreebankDocument, read_treebank};
use crate::table::Row;

/// What is measured: relations up to their colon.
pub(super) const MEASURES: [&str; 5] = ["sentences F1", "words F1", "UPOS F1", "UAS F1", "LAS F1"];

/// Returns the rows of a treebank that is read from its raw text.
pub(super) fn rows(name: &str, path: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let reports: Vec<LabelledReport<TreebankDocument>> = read_treebank(path)?
        .into_iter()
        .map(|document| LabelledReport::new(text_row(&document.id, &document.text), document))
        .collect();
    let readings = read_all(name, &reports, answers)?;
    let [sentences, words, tags, heads, relations, whole] = tallies(&reports, &readings, score);
    let whole = format!("; with the whole relation {:.3}", whole.scores().f1);
    let more = [String::new(), String::new(), String::new(), String::new(), whole];
    let tallies = [sentences, words, tags, heads, relations];
    Ok(MEASURES
        .into_iter()
        .zip(tallies)
        .zip(&more)
        .map(|((measure, tally), more)| tally.row(name, measure, more))
        .collect())
}

/// Counts of one document: sentences, words, tags, heads, relations, whole relations.
fn score(report: &LabelledReport<TreebankDocument>, reading: &ReadingAnswer) -> [Tally; 6] {
    let (text, gold) = (&report.text, &report.gold);
    let mut gold_sentences = BTreeMap::<_, usize>::new();
    for &span in &gold.sentences {
        *gold_sentences.entry(text.trim(span)).or_default() += 1;
    }
    let mut right_sentences = 0;
    for &span in &reading.sentences {
        if let Some(left) = gold_sentences.get_mut(&text.trim(span)).filter(|left| **left > 0) {
            *left -= 1;
            right_sentences += 1;
        }
    }

    // Several words may stand on the same characters: they are taken in their order.
    let mut said_at = BTreeMap::<_, Vec<usize>>::new();
    for (index, token) in reading.tokens.iter().enumerate().rev() {
        said_at.entry(text.trim(token.span)).or_default().push(index);
    }
    let said_for: Vec<Option<usize>> = gold
        .words
        .iter()
        .map(|word| said_at.get_mut(&word.span).and_then(Vec::pop))
        .collect();
    let (mut words, mut right) = (0, RightGrammar::default());
    for (word, &said) in gold.words.iter().zip(&said_for) {
        let Some(token) = said.and_then(|said| reading.tokens.get(said)) else {
            continue;
        };
        words += 1;
        let said_head = token.grammar.head;
        let head_is_right = match word.head {
            None => said_head.is_none(),
            Some(head) => said_head.is_some() && said_for.get(head).copied().flatten() == said_head,
        };
        right.add(word, head_is_right, &token.grammar);
    }
    let tally = |right| Tally::new(right, reading.tokens.len(), gold.words.len());
    [
        Tally::new(right_sentences, reading.sentences.len(), gold.sentences.len()),
        tally(words),
        tally(right.tags),
        tally(right.heads),
        tally(right.relations),
        tally(right.whole_relations),
    ]
}

/// How many words have the right grammar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RightGrammar {
    pub(super) tags: usize,
    pub(super) heads: usize,
    pub(super) relations: usize,
    pub(super) whole_relations: usize,
}

impl RightGrammar {
    /// Counts what is said of a word. The heads of gold and answer are compared before, since they count words apart.
    pub(super) fn add(&mut self, gold: &GoldWord, head_is_right: bool, said: &GrammarAnswer) {
        self.tags += usize::from(said.tag.as_deref() == Some(gold.tag.as_str()));
        if !head_is_right {
            return;
        }
        self.heads += 1;
        let Some(relation) = said.relation.as_deref() else {
            return;
        };
        self.whole_relations += usize::from(gold.relation == relation);
        self.relations += usize::from(general(&gold.relation) == general(relation));
    }
}

/// Returns a relation up to its colon.
fn general(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::answer::TokenAnswer;
    use crate::reading::text::CharacterSpan;

    fn gold(start: usize, end: usize, tag: &str, head: Option<usize>, relation: &str) -> GoldWord {
        GoldWord {
            span: CharacterSpan::new(start, end),
            form: String::new(),
            tag: tag.to_owned(),
            head,
            relation: relation.to_owned(),
        }
    }

    fn said(start: usize, end: usize, tag: &str, head: Option<usize>, relation: &str) -> TokenAnswer {
        TokenAnswer {
            span: CharacterSpan::new(start, end),
            grammar: GrammarAnswer {
                tag: Some(tag.to_owned()),
                head,
                relation: Some(relation.to_owned()),
            },
        }
    }

    #[test]
    fn words_are_aligned_by_characters_and_heads_by_words() {
        let document = TreebankDocument {
            sentences: vec![CharacterSpan::new(0, 10)],
            words: vec![
                gold(0, 3, "NOUN", Some(1), "nsubj:pass"),
                gold(4, 7, "VERB", None, "root"),
                gold(8, 10, "ADV", Some(1), "advmod"),
            ],
            ..TreebankDocument::default()
        };
        let report = LabelledReport::new(text_row("x", "Men ran no"), document);
        let reading = ReadingAnswer {
            // A space at the end of a sentence does no harm.
            sentences: vec![CharacterSpan::new(0, 4), CharacterSpan::new(4, 10)],
            tokens: vec![
                said(0, 3, "NOUN", Some(1), "nsubj"),
                said(4, 7, "NOUN", None, "root"),
                said(8, 9, "ADV", Some(1), "advmod"),
                said(9, 10, "ADV", Some(1), "advmod"),
            ],
            ..ReadingAnswer::default()
        };
        let tally = |right| Tally::new(right, 4, 3);
        assert_eq!(
            score(&report, &reading),
            [
                Tally::new(0, 2, 1),
                tally(2),
                tally(1),
                tally(2),
                tally(2),
                tally(1)
            ]
        );
    }

    #[test]
    fn words_on_the_same_characters_are_taken_in_order() {
        let document = TreebankDocument {
            words: vec![
                gold(0, 2, "ADP", Some(1), "case"),
                gold(0, 2, "DET", None, "root"),
            ],
            ..TreebankDocument::default()
        };
        let report = LabelledReport::new(text_row("x", "au"), document);
        let reading = ReadingAnswer {
            tokens: vec![
                said(0, 2, "ADP", Some(1), "case"),
                said(0, 2, "DET", None, "root"),
            ],
            ..ReadingAnswer::default()
        };
        assert_eq!(score(&report, &reading)[4], Tally::new(2, 2, 2));
    }
}
