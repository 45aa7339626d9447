//! Frequent verbs of news and their forms.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::lines;

/// A form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VerbForm {
    /// "go"
    Base,
    /// "goes"
    Present,
    /// "went"
    Past,
    /// "gone"; of regular verbs the past too: "opened"
    Participle,
    /// "going"
    Ing,
}

/// What is known of a word that is a form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    /// The form.
    pub(crate) form: VerbForm,
    /// Whether it is a verb of saying.
    pub(crate) saying: bool,
}

/// Returns what is known of a word in lower case as a form of a frequent verb.
pub(crate) fn verb(lower: &str) -> Option<Verb> {
    static VERBS: LazyLock<FxHashMap<String, Verb>> = LazyLock::new(table);
    VERBS.get(lower).copied()
}

/// Returns true for a form of a verb of saying.
pub(crate) fn is_verb_of_saying(lower: &str) -> bool {
    verb(lower).is_some_and(|verb| verb.saying)
}

fn table() -> FxHashMap<String, Verb> {
    let mut table = FxHashMap::default();
    for line in lines(include_str!("data/verbs.txt")) {
        let mut words = line.split_whitespace();
        let saying = words.next() == Some("say");
        for word in words {
            let mut parts = word.split('/');
            let base = parts.next().unwrap_or_default();
            let mut add = |word: String, form: VerbForm| {
                table.entry(word).or_insert(Verb { form, saying });
            };
            add(base.to_owned(), VerbForm::Base);
            add(third_person(base), VerbForm::Present);
            match (parts.next(), parts.next()) {
                (Some(past), Some(participle)) => {
                    add(
                        past.to_owned(),
                        if past == participle {
                            VerbForm::Participle
                        } else {
                            VerbForm::Past
                        },
                    );
                    add(participle.to_owned(), VerbForm::Participle);
                }
                _ => {
                    for stem in stems(base) {
                        let tail = if stem.ends_with('e') { "d" } else { "ed" };
                        add(format!("{stem}{tail}"), VerbForm::Participle);
                    }
                }
            }
            for stem in stems(base) {
                let stem = if stem.ends_with("ie") {
                    format!("{}y", &stem[..stem.len() - 2])
                } else if stem.ends_with('e') && !stem.ends_with("ee") && !stem.ends_with("ye") {
                    stem[..stem.len() - 1].to_owned()
                } else if stem.ends_with('i') {
                    base.to_owned()
                } else {
                    stem
                };
                add(format!("{stem}ing"), VerbForm::Ing);
            }
        }
    }
    table
}

fn third_person(base: &str) -> String {
    let before_y = base.len() > 1 && base.ends_with('y') && !base[..base.len() - 1].ends_with(is_vowel);
    if before_y {
        format!("{}ies", &base[..base.len() - 1])
    } else if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("sh") || base.ends_with("ch") {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}

/// Returns the stems to which "ed" and "ing" are put: "stop" gives "stop" and "stopp", "carry" gives "carri".
fn stems(base: &str) -> Vec<String> {
    let letters: Vec<char> = base.chars().rev().take(3).collect();
    let mut stems = vec![base.to_owned()];
    if let [last, vowel, consonant, ..] = letters.as_slice() {
        if *last == 'y' && !is_vowel(*vowel) {
            stems = vec![format!("{}i", &base[..base.len() - 1])];
        } else if !is_vowel(*last)
            && !matches!(last, 'w' | 'x' | 'y')
            && is_vowel(*vowel)
            && !is_vowel(*consonant)
        {
            stems.push(format!("{base}{last}"));
        }
    }
    stems
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_the_rules_of_spelling() {
        let form = |word: &str| verb(word).map(|verb| verb.form);
        assert_eq!(form("stopped"), Some(VerbForm::Participle));
        assert_eq!(form("carries"), Some(VerbForm::Present));
        assert_eq!(form("carrying"), Some(VerbForm::Ing));
        assert_eq!(form("dying"), Some(VerbForm::Ing));
        assert_eq!(form("making"), Some(VerbForm::Ing));
        assert_eq!(form("went"), Some(VerbForm::Past));
        assert_eq!(form("bridge"), None);
        assert!(is_verb_of_saying("told") && !is_verb_of_saying("went"));
    }
}
