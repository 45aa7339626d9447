//! Rules for lemmas, from treebanks: for each part of speech the ends of words with what takes their place.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use rashomon_core::PartOfSpeech;
use rashomon_language::{LemmaRules, fold_form};

use crate::reader::{TreeWord, treebank};
use crate::say;

/// The longest end that is looked at, in letters.
const LONGEST_END: usize = 6;
/// An end must have been seen in so many words, unless it is a whole word.
const LEAST_WORDS: usize = 2;

/// A part of speech and an end.
type Key<'words> = (&'words str, String);
/// How many letters go, and what comes in their place.
type Change = (usize, String);
/// How often each change was made.
type Counts = BTreeMap<Change, usize>;

/// Makes the rules from the treebanks of `folder` and writes them to `output`.
pub(crate) fn train(folder: &Path, output: &Path) -> Result<()> {
    let mut words = treebank(&folder.join("en_ewt-train.conllu.zst"))?;
    words.extend(treebank(&folder.join("en_gumopen-train.conllu.zst"))?);
    let text = rules(words.iter().flatten());
    std::fs::write(output, &text).with_context(|| format!("cannot write {}", output.display()))?;
    say(&format!(
        "{}: {} rules, {} bytes",
        output.display(),
        text.lines().count(),
        text.len()
    ));
    let rules = LemmaRules::new(&text);
    for set in ["en_ewt-dev", "en_gumopen-dev"] {
        let sentences = treebank(&folder.join(format!("{set}.conllu.zst")))?;
        let right = sentences.iter().flatten().filter(|word| {
            let tag = PartOfSpeech::ALL.into_iter().find(|tag| tag.as_str() == word.tag);
            tag.is_some_and(|tag| rules.lemma(&word.form, tag) == word.lemma)
        });
        let (right, all) = (right.count(), sentences.iter().flatten().count());
        say(&format!(
            "{set}: {:.4} of lemmas right with gold tags",
            right as f64 / all as f64
        ));
    }
    Ok(())
}

/// Returns the rules, a line each: part of speech, end, letters to take off, letters to put on. A whole word has "^" before
/// it. A rule that a shorter end of the same word makes needless is left out.
fn rules<'words>(words: impl Iterator<Item = &'words TreeWord>) -> String {
    // By part of speech and form: how often each change was made.
    let mut changes: BTreeMap<Key, Counts> = BTreeMap::new();
    for word in words {
        let form = fold_form(&word.form, word.tag == "PROPN");
        let change = change(&form, &word.lemma);
        *changes
            .entry((&word.tag, form))
            .or_default()
            .entry(change)
            .or_default() += 1;
    }
    let mut forms: Vec<(&str, String, Change)> = Vec::new();
    let mut ends: BTreeMap<Key, Counts> = BTreeMap::new();
    for ((tag, form), counts) in changes {
        let Some(change) = most(&counts) else { continue };
        let letters: Vec<char> = form.chars().collect();
        // An end shorter than what goes says nothing of words that begin otherwise: "HOTEL", "Hotel".
        let shortest = change.0.min(letters.len());
        for length in shortest..=LONGEST_END.min(letters.len().saturating_sub(1)) {
            let end: String = letters[letters.len() - length..].iter().collect();
            *ends
                .entry((tag, end))
                .or_default()
                .entry(change.clone())
                .or_default() += 1;
        }
        forms.push((tag, form, change));
    }
    let mut kept: BTreeMap<Key, Change> = BTreeMap::new();
    // Shorter ends come first, so that a longer one is kept only where it says something else.
    let mut order: Vec<_> = ends.into_iter().collect();
    order.sort_by_key(|((_, end), _)| end.chars().count());
    for ((tag, end), counts) in order {
        let seen: usize = counts.values().sum();
        let Some(change) = most(&counts) else { continue };
        if (seen >= LEAST_WORDS || end.is_empty()) && of_end(&kept, tag, &end) != Some(&change) {
            kept.insert((tag, end), change);
        }
    }
    for (tag, form, change) in forms {
        if of_end(&kept, tag, &form) != Some(&change) {
            kept.insert((tag, format!("^{form}")), change);
        }
    }
    let lines: Vec<String> = kept
        .into_iter()
        .map(|((tag, end), (cut, put))| format!("{tag}\t{end}\t{cut}\t{put}\n"))
        .collect();
    lines.concat()
}

/// Returns how many letters go from the end of a form, and what comes in their place.
fn change(form: &str, lemma: &str) -> Change {
    let form: Vec<char> = form.chars().collect();
    let lemma: Vec<char> = lemma.chars().collect();
    let same = form.iter().zip(&lemma).take_while(|(a, b)| a == b).count();
    (form.len() - same, lemma[same..].iter().collect())
}

fn most(counts: &Counts) -> Option<Change> {
    counts
        .iter()
        .max_by(|(change, count), (other, most)| count.cmp(most).then(other.cmp(change)))
        .map(|(change, _)| change.clone())
}

/// Returns the change of the longest end that has one.
fn of_end<'kept>(
    kept: &'kept BTreeMap<Key<'_>, Change>,
    tag: &'kept str,
    form: &str,
) -> Option<&'kept Change> {
    form.char_indices()
        .map(|(at, _)| at)
        .chain([form.len()])
        .find_map(|at| kept.get(&(tag, form[at..].to_owned())))
}
