//! Treebanks in CoNLL-U: the raw text, made as CoNLL 2018 makes it, and the sentences, words and trees in it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::text::{CharacterSpan, is_space};
use crate::data::read_text;

/// A document of a treebank.
#[derive(Clone, Debug, Default)]
pub(super) struct TreebankDocument {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) sentences: Vec<CharacterSpan>,
    pub(super) words: Vec<GoldWord>,
    /// The number of words of each sentence.
    pub(super) sentence_words: Vec<usize>,
    /// The length of the text in characters.
    pub(super) length: usize,
}

/// A word of a treebank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GoldWord {
    pub(super) span: CharacterSpan,
    pub(super) form: String,
    pub(super) tag: String,
    /// The word that it depends on, by its position among the words of the document; `None` for a root.
    pub(super) head: Option<usize>,
    pub(super) relation: String,
}

impl TreebankDocument {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }

    /// Removes the white space at the end of the text.
    fn trim_end(&mut self) {
        let kept = self.text.trim_end_matches(is_space).len();
        self.length -= self.text.get(kept..).map_or(0, |end| end.chars().count());
        self.text.truncate(kept);
    }

    /// Adds the words of a sentence. Words of a token of several (don't = do + n't) share out its characters where they
    /// spell it; else all stand on the whole token.
    fn add_sentence(&mut self, rows: &[Vec<&str>]) -> Result<()> {
        let base = self.words.len();
        let mut sentence: Option<CharacterSpan> = None;
        let mut index = 0;
        while let Some(row) = rows.get(index) {
            index += 1;
            let number = cell(row, 0)?;
            if number.contains('.') {
                continue;
            }
            let mut group = std::slice::from_ref(row);
            if let Some((first, last)) = number.split_once('-') {
                let count = (last.parse::<usize>()? + 1).saturating_sub(first.parse::<usize>()?);
                group = rows
                    .get(index..index + count)
                    .context("a token of several words has too few")?;
                index += count;
            }
            let (start, form) = (self.length, cell(row, 1)?);
            self.push(form);
            let end = self.length;
            if !cell(row, 9)?.contains("SpaceAfter=No") {
                self.push(" ");
            }
            let mut spelling = String::new();
            for word in group {
                spelling.push_str(cell(word, 1)?);
            }
            let spelled = spelling.to_lowercase() == form.to_lowercase();
            let mut position = start;
            for word in group {
                let form = cell(word, 1)?;
                let next = position + form.chars().count();
                let head = cell(word, 6)?.parse::<usize>()?;
                self.words.push(GoldWord {
                    span: if spelled {
                        CharacterSpan::new(position, next)
                    } else {
                        CharacterSpan::new(start, end)
                    },
                    form: form.to_owned(),
                    tag: cell(word, 3)?.to_owned(),
                    head: head.checked_sub(1).map(|head| base + head),
                    relation: cell(word, 7)?.to_owned(),
                });
                position = next;
            }
            sentence = Some(CharacterSpan::new(sentence.map_or(start, |span| span.start), end));
        }
        self.sentences.extend(sentence);
        self.sentence_words.push(self.words.len() - base);
        Ok(())
    }
}

/// Returns a cell of a row.
fn cell<'row>(row: &[&'row str], column: usize) -> Result<&'row str> {
    row.get(column)
        .copied()
        .context("a row of a treebank has ten columns")
}

/// Returns the name of a file without its endings.
pub(super) fn stem(path: &Path) -> String {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let name = name.strip_suffix(".zst").unwrap_or(&name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// Returns the documents of a treebank.
pub(super) fn read_treebank(path: &Path) -> Result<Vec<TreebankDocument>> {
    documents(&read_text(path)?, &stem(path)).with_context(|| path.display().to_string())
}

/// Returns the documents of a treebank's text; those without an id are named for `name`.
fn documents(content: &str, name: &str) -> Result<Vec<TreebankDocument>> {
    let mut documents: Vec<TreebankDocument> = Vec::new();
    let mut opens_paragraph = true;
    for block in content.split("\n\n") {
        let lines: Vec<&str> = block.split('\n').filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            continue;
        }
        for line in &lines {
            let opens_document = line.starts_with("# newdoc");
            if opens_document || documents.is_empty() {
                let id = line.split_once('=').filter(|_| opens_document);
                documents.push(TreebankDocument {
                    id: id.map_or_else(
                        || format!("{name}-{}", documents.len() + 1),
                        |(_, id)| id.trim().to_owned(),
                    ),
                    ..TreebankDocument::default()
                });
                opens_paragraph = true;
            }
            opens_paragraph |= line.starts_with("# newpar");
        }
        let Some(document) = documents.last_mut() else {
            continue;
        };
        if opens_paragraph && !document.text.is_empty() {
            document.trim_end();
            document.push("\n\n");
        }
        opens_paragraph = false;
        let rows: Vec<Vec<&str>> = lines
            .iter()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        document.add_sentence(&rows)?;
    }
    for document in &mut documents {
        document.trim_end();
    }
    Ok(documents)
}

/// Returns the treebanks in the folder `parse` next to the folder that `path` lies in.
pub(super) fn treebanks_beside(path: &Path) -> Result<Vec<PathBuf>> {
    let Some(folder) = path
        .parent()
        .and_then(Path::parent)
        .map(|folder| folder.join("parse"))
    else {
        return Ok(Vec::new());
    };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut treebanks = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.to_string_lossy().contains(".conllu") {
            treebanks.push(path);
        }
    }
    treebanks.sort();
    Ok(treebanks)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREES: &str = "\
# newdoc id = one
# newpar
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\t_\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
3.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

1-2\tau\t_\t_\t_\t_\t_\t_\t_\t_
1\tà\tà\tADP\t_\t_\t2\tcase\t_\t_
2\tle\tle\tDET\t_\t_\t0\troot\t_\t_

# newpar
1\tÉnd\tend\tNOUN\t_\t_\t0\troot\t_\t_

# newdoc
1\tNew\tnew\tADJ\t_\t_\t0\troot\t_\t_
";

    #[test]
    fn raw_text_has_the_treebank_s_spaces_and_paragraphs() {
        let documents = documents(TREES, "bank").unwrap();
        assert_eq!(documents.len(), 2);
        assert_eq!(
            (documents[0].id.as_str(), documents[1].id.as_str()),
            ("one", "bank-2")
        );
        assert_eq!(documents[0].text, "Don't go. au\n\nÉnd");
        assert_eq!(documents[0].sentences[1], CharacterSpan::new(10, 12));
        assert_eq!(documents[0].sentences[2], CharacterSpan::new(14, 17));
        assert_eq!(documents[0].sentence_words, [4, 2, 1]);
    }

    #[test]
    fn words_of_a_token_share_its_characters_where_they_spell_it() {
        let documents = documents(TREES, "bank").unwrap();
        let words = &documents[0].words;
        let spans: Vec<(usize, usize)> = words
            .iter()
            .map(|word| (word.span.start, word.span.end))
            .collect();
        assert_eq!(
            spans,
            [(0, 2), (2, 5), (6, 8), (8, 9), (10, 12), (10, 12), (14, 17)]
        );
        let heads: Vec<Option<usize>> = words.iter().map(|word| word.head).collect();
        assert_eq!(heads, [Some(2), Some(2), None, Some(2), Some(5), None, None]);
    }

    #[test]
    fn a_broken_row_is_an_error() {
        assert!(documents("1\tword", "bank").is_err());
    }

    #[test]
    fn stems_have_no_endings() {
        assert_eq!(stem(Path::new("a/en_ewt-test.conllu.zst")), "en_ewt-test");
    }
}
