//! Word lists that stand as text files beside the code.
//!
//! A file has words parted by white space; from `#` to the end of a line is comment.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// A set of words in lower case.
pub(crate) type Words = FxHashSet<&'static str>;

/// Returns the lines of a list without comments and empty lines.
pub(crate) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
}

/// Returns the words of a list.
pub(crate) fn words(list: &'static str) -> Words {
    lines(list).flat_map(str::split_whitespace).collect()
}

/// Returns the words of a list whose lines begin with the name of a class, each with its class.
pub(crate) fn classed(list: &'static str) -> FxHashMap<&'static str, &'static str> {
    lines(list)
        .flat_map(|line| {
            let mut parts = line.split_whitespace();
            let class = parts.next().unwrap_or_default();
            parts.map(move |word| (word, class))
        })
        .collect()
}

/// What may follow an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A name: "Mr."
    Title,
    /// The rest of the sentence: "vs."
    Inner,
    /// A number: "No."
    Number,
    /// A number, or anything: "Jan."
    Month,
    /// Anything, the next sentence too: "Inc."
    Open,
}

/// Returns what kind of abbreviation a word is, given without its last full stop.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    static TABLE: LazyLock<FxHashMap<&'static str, &'static str>> =
        LazyLock::new(|| classed(include_str!("data/abbreviations.txt")));
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    if is_dotted(word) {
        return Some(match word {
            "e.g" | "i.e" | "E.g" | "I.e" => Abbreviation::Inner,
            _ => Abbreviation::Open,
        });
    }
    let lower = word.to_lowercase();
    // Short forms that are words too ("mass", "sun", "no") are abbreviations only with a capital.
    let capital = word.starts_with(char::is_uppercase);
    match *TABLE.get(lower.as_str())? {
        "title" => capital.then_some(Abbreviation::Title),
        "inner" => Some(Abbreviation::Inner),
        "number" => Some(Abbreviation::Number),
        "month" => capital.then_some(Abbreviation::Month),
        _ => (capital || matches!(lower.as_str(), "etc" | "al" | "inc" | "ltd" | "co"))
            .then_some(Abbreviation::Open),
    }
}

/// Returns true for letters parted by full stops: "U.S", "a.m", "Ph.D".
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.count() <= 1
        })
}

/// Returns true for a word that begins sentences more often than names.
pub(crate) fn starts_sentences(word: &str) -> bool {
    static STARTERS: LazyLock<Words> = LazyLock::new(|| words(include_str!("data/sentence_starters.txt")));
    word.len() <= 12 && STARTERS.contains(word.to_lowercase().as_str())
}

/// Returns true for a word that stands between the words which mean something: an article, a preposition, a pronoun, an
/// auxiliary, a conjunction, in lower case.
pub(crate) fn is_function_word(lower: &str) -> bool {
    static FUNCTION: LazyLock<Words> = LazyLock::new(|| {
        lines(include_str!("data/function_words.txt"))
            .flat_map(str::split_whitespace)
            .collect()
    });
    FUNCTION.contains(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_told_by_what_may_follow() {
        assert_eq!(abbreviation("Mr"), Some(Abbreviation::Title));
        assert_eq!(abbreviation("U.S"), Some(Abbreviation::Open));
        assert_eq!(abbreviation("No"), Some(Abbreviation::Number));
        assert_eq!(abbreviation("mass"), None);
        assert_eq!(abbreviation("bridge"), None);
    }
}
