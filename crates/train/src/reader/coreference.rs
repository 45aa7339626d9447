//! Names from a corpus of mentions, whose noun phrases are longer than the names in them.

use std::path::Path;

use anyhow::{Context as _, Result};
use rashomon_language::network::word_flags;
use serde::Deserialize;

use crate::reader::names::{KINDS, NamedSentence};
use crate::reader::treebank::unpacked;

/// Every label is right: nothing is learnt from the word.
const ANY: u32 = (1 << (1 + 4 * KINDS.len())) - 1;
/// The flags of a title before a name: an honorific, a role.
const TITLE_FLAGS: u32 = 0b110;

#[derive(Deserialize)]
struct Document {
    tokens: Vec<String>,
    sents: Vec<[usize; 2]>,
    mentions: Vec<Mention>,
}

#[derive(Deserialize)]
struct Mention {
    start: usize,
    end: usize,
    /// Counted from 1 inside the mention; the first of several is the head.
    head: String,
    #[serde(rename = "type")]
    kind: String,
}

/// Returns the sentences of a corpus of mentions. A name is the run of capitalised words around a mention's head; what has
/// a capital and is no such run may be anything.
pub(crate) fn mentioned_names(path: &Path) -> Result<Vec<NamedSentence>> {
    let mut sentences = Vec::new();
    for line in unpacked(path)?.lines() {
        let document: Document =
            serde_json::from_str(line).with_context(|| format!("{} holds a broken line", path.display()))?;
        let words: Vec<&str> = document.tokens.iter().map(|token| token.trim()).collect();
        let ranges: Vec<std::ops::Range<usize>> = document
            .sents
            .iter()
            .map(|[start, end]| *start..(*end).min(words.len()))
            .collect();
        let flags = word_flags(&words, &ranges);
        let capital = |at: usize| words[at].starts_with(char::is_uppercase);
        let mut labels: Vec<u32> = (0..words.len())
            .map(|at| if capital(at) { ANY } else { 1 })
            .collect();
        let mut taken = vec![false; words.len()];
        let mut mentions: Vec<&Mention> = document.mentions.iter().collect();
        mentions.sort_by_key(|mention| (mention.start, std::cmp::Reverse(mention.end)));
        for mention in mentions {
            let kind = match mention.kind.as_str() {
                "person" => 0,
                "organization" => 1,
                "place" => 2,
                _ => continue,
            };
            let first = mention
                .head
                .split(',')
                .next()
                .and_then(|head| head.parse::<usize>().ok());
            let Some(head) = first.and_then(|head| (mention.start + head).checked_sub(1)) else {
                continue;
            };
            if head >= words.len() || !capital(head) || is_pronoun(words[head]) {
                continue;
            }
            let joins = |at: usize| matches!(words[at], "-" | "of" | "de" | "van" | "al" | "&");
            let mut start = head;
            while start > mention.start
                && (capital(start - 1) || start > mention.start + 1 && joins(start - 1) && capital(start - 2))
            {
                start -= 1;
            }
            let mut end = head + 1;
            let limit = mention.end.min(words.len());
            while end < limit && (capital(end) || end + 1 < limit && joins(end) && capital(end + 1)) {
                end += 1;
            }
            while kind == 0 && start < head && flags[start] & TITLE_FLAGS != 0 {
                start += 1;
            }
            if taken[start..end].contains(&true) || (end - start == 1 && flags[start] & TITLE_FLAGS != 0) {
                continue;
            }
            taken[start..end].fill(true);
            for (at, label) in labels[start..end].iter_mut().enumerate() {
                let place = match (at == 0, start + at + 1 == end) {
                    (true, true) => 3,
                    (true, false) => 0,
                    (false, true) => 2,
                    (false, false) => 1,
                };
                *label = 1 << (1 + 4 * kind + place);
            }
        }
        for range in ranges {
            sentences.push(NamedSentence {
                words: words[range.clone()]
                    .iter()
                    .map(|word| (*word).to_owned())
                    .collect(),
                flags: flags[range.clone()].to_vec(),
                labels: labels[range].to_vec(),
            });
        }
    }
    Ok(sentences)
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "i" | "you"
            | "he"
            | "she"
            | "it"
            | "we"
            | "they"
            | "me"
            | "him"
            | "her"
            | "us"
            | "them"
            | "my"
            | "your"
            | "his"
            | "its"
            | "our"
            | "their"
            | "this"
            | "that"
            | "who"
            | "there"
            | "these"
            | "those"
            | "one"
            | "everyone"
            | "someone"
            | "everybody"
            | "somebody"
            | "people"
            | "what"
            | "which"
            | "some"
            | "all"
            | "others"
    )
}
