//! Names labelled word by word ("B-Person"): the texts put together again, and where the names stand in them.
//!
//! The sets lost their spaces. Where a set says nothing of its documents, and a treebank of the folder `parse` holds the
//! same sentences, text and documents come from there; else the words are spaced by rule.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::spacing::{paragraphs, splits_hyphens};
use super::text::CharacterSpan;
use super::treebank::{TreebankDocument, read_treebank, stem, treebanks_beside};
use crate::data::read_text;

/// A labelled name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GoldName {
    pub(super) span: CharacterSpan,
    /// The set's own label.
    pub(super) label: String,
}

/// A document with its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NamedDocument {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) names: Vec<GoldName>,
}

/// A sentence: words with their labels.
type Sentence<'set> = Vec<(&'set str, &'set str)>;

/// The share of sentences that a treebank must hold for the texts to come from it.
const SHARED: f64 = 0.98;

/// Returns the documents of a set of labelled words.
pub(super) fn read_names(path: &Path) -> Result<Vec<NamedDocument>> {
    let content = read_text(path)?;
    let (documents, sentences) = parse(&content);
    if !documents.is_empty() {
        let documents: Vec<(String, Vec<Sentence<'_>>)> = documents
            .into_iter()
            .map(|(id, own)| {
                (
                    id,
                    own.into_iter()
                        .filter_map(|index| sentences.get(index).cloned())
                        .collect(),
                )
            })
            .collect();
        return Ok(spaced_by_rule(&documents));
    }
    for treebank in treebanks_beside(path)? {
        if let Some(documents) = spaced_by_treebank(&sentences, &read_treebank(&treebank)?, &stem(path)) {
            return Ok(documents);
        }
    }
    let documents: Vec<(String, Vec<Sentence<'_>>)> = sentences
        .into_iter()
        .enumerate()
        .map(|(index, sentence)| (format!("{}-{}", stem(path), index + 1), vec![sentence]))
        .collect();
    Ok(spaced_by_rule(&documents))
}

/// Documents that a set names itself: an id and the positions of sentences.
type NamedRanges = Vec<(String, Vec<usize>)>;

/// Returns the documents that the set names, and all sentences.
fn parse(content: &str) -> (NamedRanges, Vec<Sentence<'_>>) {
    let mut documents: NamedRanges = Vec::new();
    let mut sentences = Vec::new();
    // The document that was named and has no sentence yet.
    let mut named = None;
    for block in content.split("\n\n") {
        let mut sentence: Sentence<'_> = Vec::new();
        for line in block.split('\n') {
            let trimmed = line.trim();
            if line.starts_with("# doc") {
                named = line.split_once('=').map(|(_, id)| id.trim().to_owned());
                continue;
            }
            let cells: Vec<&str> = if line.contains('\t') {
                trimmed.split('\t').collect()
            } else if trimmed.contains(' ') {
                trimmed.split(' ').collect()
            } else {
                continue;
            };
            if let (Some(&word), Some(&label)) = (cells.first(), cells.last()) {
                sentence.push((word, label));
            }
        }
        if sentence.is_empty() {
            continue;
        }
        if let Some(id) = named.take() {
            documents.push((id, Vec::new()));
        }
        if let Some((_, own)) = documents.last_mut() {
            own.push(sentences.len());
        }
        sentences.push(sentence);
    }
    (documents, sentences)
}

/// Returns the names of a sentence whose words stand at `spans`.
fn names(sentence: &[(&str, &str)], spans: &[CharacterSpan]) -> Vec<GoldName> {
    let mut names: Vec<GoldName> = Vec::new();
    let mut inside = false;
    for (&(_, label), &span) in sentence.iter().zip(spans) {
        if label.starts_with('O') {
            inside = false;
            continue;
        }
        let kind = label.get(2..).unwrap_or_default();
        match names.last_mut() {
            Some(name) if inside && label.starts_with('I') && name.label == kind => name.span.end = span.end,
            _ => names.push(GoldName {
                span,
                label: kind.to_owned(),
            }),
        }
        inside = true;
    }
    names
}

/// Returns documents whose words are spaced by rule.
fn spaced_by_rule(documents: &[(String, Vec<Sentence<'_>>)]) -> Vec<NamedDocument> {
    let all_words = documents
        .iter()
        .flat_map(|(_, own)| own.iter().flatten().map(|&(word, _)| word));
    let hyphens = splits_hyphens(all_words);
    documents
        .iter()
        .map(|(id, sentences)| named_document(id, sentences, hyphens))
        .collect()
}

/// Returns a document whose words are spaced by rule.
fn named_document(id: &str, sentences: &[Sentence<'_>], hyphens: bool) -> NamedDocument {
    let words: Vec<Vec<&str>> = sentences
        .iter()
        .map(|sentence| sentence.iter().map(|&(word, _)| word).collect())
        .collect();
    let (text, spans) = paragraphs(&words, hyphens);
    NamedDocument {
        id: id.to_owned(),
        text,
        names: sentences
            .iter()
            .zip(&spans)
            .flat_map(|(sentence, spans)| names(sentence, spans))
            .collect(),
    }
}

/// Returns the documents of a treebank with the names of the sentences that it holds, and after them a document for each
/// sentence that it lacks; `None` where it lacks too many.
fn spaced_by_treebank(
    sentences: &[Sentence<'_>],
    treebank: &[TreebankDocument],
    name: &str,
) -> Option<Vec<NamedDocument>> {
    // The sentences by their words, in the order in which they first stand in the set.
    let mut order: Vec<(String, Vec<usize>)> = Vec::new();
    let mut number_of = BTreeMap::<String, usize>::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let key: String = sentence.iter().map(|&(word, _)| word).collect();
        let number = *number_of.entry(key.clone()).or_insert_with(|| {
            order.push((key, Vec::new()));
            order.len() - 1
        });
        if let Some((_, own)) = order.get_mut(number) {
            own.push(index);
        }
    }
    // Where the treebank has a sentence of these words: the document, and where each character of the words stands.
    let mut found = BTreeMap::<String, Vec<(usize, Vec<usize>)>>::new();
    for (index, document) in treebank.iter().enumerate() {
        let mut rest = document.words.as_slice();
        for &count in &document.sentence_words {
            let (words, later) = rest.split_at_checked(count)?;
            rest = later;
            let key: String = words.iter().map(|word| word.form.as_str()).collect();
            let characters = words
                .iter()
                .flat_map(|word| word.span.start..word.span.end)
                .collect();
            found.entry(key).or_default().push((index, characters));
        }
    }
    let shared: usize = order
        .iter()
        .map(|(key, own)| own.len().min(found.get(key).map_or(0, Vec::len)))
        .sum();
    if (shared as f64) < SHARED * sentences.len() as f64 {
        return None;
    }

    let mut documents: Vec<NamedDocument> = treebank
        .iter()
        .map(|document| NamedDocument {
            id: document.id.clone(),
            text: document.text.clone(),
            names: Vec::new(),
        })
        .collect();
    let mut alone = Vec::new();
    for (key, own) in &order {
        let mut places = found.get(key).map(Vec::as_slice).unwrap_or_default().iter();
        for &index in own {
            let sentence = sentences.get(index)?;
            let Some((document, characters)) = places.next() else {
                alone.push((format!("{name}-{}", index + 1), vec![sentence.clone()]));
                continue;
            };
            let mut position = 0;
            let mut spans = Vec::with_capacity(sentence.len());
            for &(word, _) in sentence {
                let length = word.chars().count();
                let last = (position + length).checked_sub(1)?;
                spans.push(CharacterSpan::new(
                    *characters.get(position)?,
                    *characters.get(last)? + 1,
                ));
                position += length;
            }
            documents
                .get_mut(*document)?
                .names
                .extend(names(sentence, &spans));
        }
    }
    for document in &mut documents {
        document.names.sort_by_key(|name| name.span.start);
    }
    let hyphens = splits_hyphens(sentences.iter().flatten().map(|&(word, _)| word));
    documents.extend(alone.iter().map(|(id, own)| named_document(id, own, hyphens)));
    Some(documents)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn name(start: usize, end: usize, label: &str) -> GoldName {
        GoldName {
            span: CharacterSpan::new(start, end),
            label: label.to_owned(),
        }
    }

    #[test]
    fn documents_that_are_named_are_spaced_by_rule() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("set.bio");
        let set =
            "# doc = a\nAda\tB-PER\nBrown\tI-PER\nOslo\tB-LOC\n.\tO\n\nBo\tI-PER\n\n# doc = b\nYes\tO\n";
        fs::write(&path, set).unwrap();
        let documents = read_names(&path).unwrap();
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[0].text, "Ada Brown Oslo.\nBo");
        assert_eq!(
            documents[0].names,
            [name(0, 9, "PER"), name(10, 14, "LOC"), name(16, 18, "PER")]
        );
        assert_eq!(
            (documents[1].id.as_str(), documents[1].text.as_str()),
            ("b", "Yes")
        );
    }

    #[test]
    fn a_name_goes_on_only_in_its_own_kind() {
        let sentence = [
            ("A", "B-PER"),
            ("B", "I-LOC"),
            ("C", "I-LOC"),
            ("D", "O"),
            ("E", "I-LOC"),
            ("F", "B-LOC"),
        ];
        let spans: Vec<CharacterSpan> = (0..6)
            .map(|start| CharacterSpan::new(2 * start, 2 * start + 1))
            .collect();
        assert_eq!(
            names(&sentence, &spans),
            [
                name(0, 1, "PER"),
                name(2, 5, "LOC"),
                name(8, 9, "LOC"),
                name(10, 11, "LOC")
            ]
        );
    }

    #[test]
    fn a_treebank_with_the_same_sentences_gives_text_and_documents() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("parse")).unwrap();
        fs::create_dir_all(folder.path().join("ner")).unwrap();
        let word = |number: usize, form: &str, misc: &str| {
            format!("{number}\t{form}\t_\tX\t_\t_\t0\troot\t_\t{misc}\n")
        };
        let mut treebank = String::new();
        let mut set = String::new();
        for number in 0..60 {
            let newdoc = format!("# newdoc id = d{number}\n");
            treebank +=
                &(newdoc + &word(1, &format!("Ada{number}"), "SpaceAfter=No") + &word(2, "Bo", "_") + "\n");
            // The set parts the words elsewhere, and stands in the opposite order.
            set = format!("Ada\tB-PER\n{number}Bo\tO\n\n{set}");
        }
        set.push_str("Bo\tB-PER\n.\tO\n");
        fs::write(folder.path().join("parse/bank.conllu"), treebank).unwrap();
        let path = folder.path().join("ner/set.bio");
        fs::write(&path, set).unwrap();
        let documents = read_names(&path).unwrap();
        assert_eq!(documents.len(), 61);
        assert_eq!(documents[7].text, "Ada7Bo");
        assert_eq!(documents[7].names, [name(0, 3, "PER")]);
        // A sentence that the treebank lacks is a document of its own.
        assert_eq!(
            (documents[60].id.as_str(), documents[60].text.as_str()),
            ("set-61", "Bo.")
        );
        assert_eq!(documents[60].names, [name(0, 2, "PER")]);
    }
}
