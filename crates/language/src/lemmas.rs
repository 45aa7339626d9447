//! Lemmas: the form under which a dictionary has a word, by rules on its end that were learnt from treebanks.

use std::sync::LazyLock;

use rashomon_core::{PartOfSpeech, Token};
use rustc_hash::FxHashMap;

/// The rules that are shipped; `models/lemmas.md` is their card.
const RULES: &str = include_str!("../../../models/lemmas.tsv");

/// A change of a word's end: how many letters go, and what comes in their place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Change {
    cut: usize,
    put: String,
}

/// The rules of a part of speech, by what they look at: the key need not be put together for each question.
#[derive(Clone, Debug, Default)]
struct Changes {
    words: FxHashMap<String, Change>,
    ends: FxHashMap<String, Change>,
}

/// Rules for lemmas.
#[derive(Clone, Debug, Default)]
pub struct LemmaRules {
    /// By part of speech, its rules.
    changes: FxHashMap<String, Changes>,
    /// The longest end, in letters.
    longest: usize,
}

impl LemmaRules {
    /// Reads rules, a line each: part of speech, end, letters to take off, letters to put on, parted by tabs. Other lines
    /// are passed over.
    pub fn new(text: &str) -> Self {
        let mut rules = Self::default();
        for line in text.lines() {
            let mut fields = line.split('\t');
            if let (Some(tag), Some(end), Some(Ok(cut)), Some(put)) = (
                fields.next(),
                fields.next(),
                fields.next().map(str::parse),
                fields.next(),
            ) {
                let change = Change {
                    cut,
                    put: put.to_owned(),
                };
                let changes = rules.changes.entry(tag.to_owned()).or_default();
                // A whole word has "^" before it.
                if let Some(word) = end.strip_prefix('^') {
                    changes.words.insert(word.to_owned(), change);
                } else {
                    rules.longest = rules.longest.max(end.chars().count());
                    changes.ends.insert(end.to_owned(), change);
                }
            }
        }
        rules
    }

    /// Returns the rules that are shipped.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<LemmaRules> = LazyLock::new(|| LemmaRules::new(RULES));
        &SHIPPED
    }

    /// Returns the lemma of a word with a part of speech.
    pub fn lemma(&self, word: &str, tag: PartOfSpeech) -> String {
        let mut form = fold_form(word, tag == PartOfSpeech::Propn);
        let Some(changes) = self.changes.get(tag.as_str()) else {
            return form;
        };
        let change = changes.words.get(&form).or_else(|| {
            let starts = form.char_indices().rev().map(|(at, _)| at);
            let longest = starts.take(self.longest).last().unwrap_or(form.len());
            (longest..=form.len())
                .filter_map(|at| form.get(at..))
                .find_map(|end| changes.ends.get(end))
        });
        let Some(change) = change else { return form };
        if let Some(last) = change.cut.checked_sub(1) {
            let kept = form.char_indices().rev().nth(last).map_or(0, |(at, _)| at);
            form.truncate(kept);
        }
        form.push_str(&change.put);
        form
    }
}

/// Returns the lemma of a token of `text` by the rules that are shipped; `None` where its part of speech is not known. It is
/// made when it is asked for: a reading keeps no lemmas.
pub fn token_lemma(text: &str, token: &Token) -> Option<String> {
    let word = token.span.text(text);
    token.tag.map(|tag| LemmaRules::shipped().lemma(word, tag))
}

/// Returns a word with straight apostrophes, in small letters unless it is a name's.
pub fn fold_form(word: &str, is_name: bool) -> String {
    if word.is_ascii() {
        return if is_name {
            word.to_owned()
        } else {
            word.to_ascii_lowercase()
        };
    }
    let straight = word.replace(['’', '‘'], "'");
    if is_name {
        straight
    } else {
        straight.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_end_decides_and_a_whole_word_before_it() {
        let rules = LemmaRules::new("NOUN\t\t0\t\nNOUN\ts\t1\t\nNOUN\ties\t3\ty\nNOUN\t^news\t0\t\n");
        let lemma = |word| rules.lemma(word, PartOfSpeech::Noun);
        assert_eq!(lemma("Cities"), "city");
        assert_eq!(lemma("boats"), "boat");
        assert_eq!(lemma("News"), "news");
        assert_eq!(lemma("rain"), "rain");
        assert_eq!(rules.lemma("Rains", PartOfSpeech::Verb), "rains");
    }

    #[test]
    fn a_token_without_a_part_of_speech_has_no_lemma() {
        let token = |tag| Token {
            span: rashomon_core::Span::new(4, 9),
            tag,
            ..Token::default()
        };
        let lemma = |tag| token_lemma("Two boats", &token(tag));
        assert_eq!(lemma(Some(PartOfSpeech::Noun)).as_deref(), Some("boat"));
        assert_eq!(lemma(None), None);
    }

    #[test]
    fn the_shipped_rules_know_the_common_verbs() {
        let lemma = |word| LemmaRules::shipped().lemma(word, PartOfSpeech::Verb);
        assert_eq!(lemma("said"), "say");
        assert_eq!(lemma("Visited"), "visit");
        assert_eq!(lemma("goes"), "go");
    }

    #[test]
    fn the_shipped_rules_leave_names_in_capitals_alone() {
        for name in ["ANSEL", "LONDON", "MARTY"] {
            assert_eq!(LemmaRules::shipped().lemma(name, PartOfSpeech::Propn), name);
        }
    }
}
