//! Corpora: treebanks in CoNLL-U, names in two columns.

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};

/// A word of a treebank.
#[derive(Clone, Debug)]
pub(crate) struct TreeWord {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) tag: String,
    pub(crate) fine_tag: String,
    /// 0 for the root, else from 1.
    pub(crate) head: usize,
    pub(crate) relation: String,
}

/// Returns the text of a file packed with zstd.
pub(crate) fn unpacked(path: &Path) -> Result<String> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut text = String::new();
    zstd::Decoder::new(file)
        .and_then(|mut decoder| decoder.read_to_string(&mut text))
        .with_context(|| format!("cannot unpack {}", path.display()))?;
    Ok(text)
}

/// Returns the sentences of a treebank; words that share a token stand on their own.
pub(crate) fn treebank(path: &Path) -> Result<Vec<Vec<TreeWord>>> {
    let text = unpacked(path)?;
    let mut sentences = Vec::new();
    for block in text.split("\n\n") {
        let words: Vec<TreeWord> = block
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let columns: Vec<&str> = line.split('\t').collect();
                let numbered = columns.first()?.parse::<usize>().is_ok();
                (numbered && columns.len() >= 8).then(|| TreeWord {
                    form: columns[1].to_owned(),
                    lemma: columns[2].to_owned(),
                    tag: columns[3].to_owned(),
                    fine_tag: columns[4].to_owned(),
                    head: columns[6].parse().unwrap_or(0),
                    relation: columns[7].to_owned(),
                })
            })
            .collect();
        if !words.is_empty() {
            sentences.push(words);
        }
    }
    Ok(sentences)
}

/// A document of a corpus of names: its sentences, each a list of words with their labels.
pub(crate) type LabelledDocument = Vec<Vec<(String, String)>>;

/// Returns the documents of a file of names; where it does not part them, each sentence is one.
pub(crate) fn labelled(path: &Path) -> Result<Vec<LabelledDocument>> {
    let text = unpacked(path)?;
    let parted = text.contains("# doc");
    let mut documents: Vec<LabelledDocument> = Vec::new();
    for block in text.split("\n\n") {
        let begins = !parted || block.lines().any(|line| line.starts_with("# doc"));
        let sentence: Vec<(String, String)> = block
            .lines()
            .filter(|line| !line.starts_with("# "))
            .filter_map(|line| line.split_once('\t'))
            .map(|(word, label)| (word.to_owned(), label.to_owned()))
            .collect();
        if sentence.is_empty() {
            continue;
        }
        match documents.last_mut() {
            Some(document) if !begins => document.push(sentence),
            _ => documents.push(vec![sentence]),
        }
    }
    Ok(documents)
}
