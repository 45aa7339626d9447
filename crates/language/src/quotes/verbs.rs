//! The verbs of saying, from `data/verbs_of_saying.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The table as a person writes it.
const TABLE: &str = include_str!("../data/verbs_of_saying.txt");

/// The form in which a verb stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "say"
    Base,
    /// "says"
    Third,
    /// "said"
    Past,
    /// "written", where it is not the past form
    Participle,
    /// "saying"
    Gerund,
}

/// What a verb takes, and what it makes of its content: a set of the words of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Takes(u16);

impl Takes {
    /// A clause with or without "that".
    pub(crate) const CLAUSE: Self = Self(1);
    /// A clause after "that", or one that clearly has a verb.
    pub(crate) const THAT: Self = Self(2);
    /// Only a quotation.
    pub(crate) const QUOTE: Self = Self(4);
    /// Whom it is said to.
    pub(crate) const PERSON: Self = Self(8);
    /// An infinitive.
    pub(crate) const INFINITIVE: Self = Self(16);
    /// What it says something of.
    pub(crate) const OBJECT: Self = Self(32);
    /// Its content is denied.
    pub(crate) const DENIED: Self = Self(64);
    /// Its content is to come.
    pub(crate) const EXPECTED: Self = Self(128);
    /// Its content is held for likely.
    pub(crate) const POSSIBLE: Self = Self(256);

    /// Returns true when all of `other` is in this set.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Returns the set a line of the table names.
    fn read(words: &str) -> Self {
        Self(words.split_whitespace().fold(0, |set, word| {
            set | match word {
                "clause" => Self::CLAUSE.0,
                "that" => Self::THAT.0,
                "quote" => Self::QUOTE.0,
                "person" => Self::PERSON.0,
                "to" => Self::INFINITIVE.0,
                "object" => Self::OBJECT.0,
                "denied" => Self::DENIED.0,
                "expected" => Self::EXPECTED.0,
                "possible" => Self::POSSIBLE.0,
                _ => 0,
            }
        }))
    }
}

/// A verb of saying in one of its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    /// The verb's base: "say".
    pub(crate) base: &'static str,
    /// The form it stands in.
    pub(crate) form: Form,
    /// What it takes.
    pub(crate) takes: Takes,
}

static VERBS: LazyLock<FxHashMap<String, Verb>> = LazyLock::new(|| {
    let mut verbs = FxHashMap::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let Some((base, rest)) = line.split_once(':') else {
            continue;
        };
        let (takes, irregular) = rest.split_once('/').unwrap_or((rest, ""));
        let takes = Takes::read(takes);
        let forms: Vec<&str> = irregular.split_whitespace().collect();
        let (third, past, participle, gerund) = match forms.as_slice() {
            &[third, past, participle, gerund] => (
                third.to_owned(),
                past.to_owned(),
                participle.to_owned(),
                gerund.to_owned(),
            ),
            _ => regular(base),
        };
        let mut add = |word: String, form| {
            verbs.entry(word).or_insert(Verb { base, form, takes });
        };
        add(past, Form::Past);
        add(base.to_owned(), Form::Base);
        add(third, Form::Third);
        add(participle, Form::Participle);
        add(gerund, Form::Gerund);
    }
    verbs
});

/// Returns the third person, past, participle and -ing form of a regular verb.
fn regular(base: &str) -> (String, String, String, String) {
    let sibilant = ["s", "sh", "ch", "x", "z"].iter().any(|end| base.ends_with(end));
    let third = if sibilant {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    let stem = base.strip_suffix('e').unwrap_or(base);
    let past = format!("{stem}ed");
    let gerund = if base.ends_with("ee") {
        format!("{base}ing")
    } else {
        format!("{stem}ing")
    };
    (third, past.clone(), past, gerund)
}

/// Returns the verb of saying that a word in lower case is, if it is one.
pub(crate) fn verb(word: &str) -> Option<Verb> {
    VERBS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base_and_form(word: &str) -> Option<(&'static str, Form)> {
        verb(word).map(|verb| (verb.base, verb.form))
    }

    #[test]
    fn forms_follow_the_table() {
        assert_eq!(base_and_form("said"), Some(("say", Form::Past)));
        assert_eq!(base_and_form("announces"), Some(("announce", Form::Third)));
        assert_eq!(base_and_form("noting"), Some(("note", Form::Gerund)));
        assert_eq!(base_and_form("agreeing"), Some(("agree", Form::Gerund)));
        assert_eq!(base_and_form("replied"), Some(("reply", Form::Past)));
        assert_eq!(base_and_form("stresses"), Some(("stress", Form::Third)));
        assert_eq!(base_and_form("walked"), None);
    }

    #[test]
    fn every_line_names_what_its_verb_takes() {
        for line in TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (_, rest) = line.split_once(':').expect(line);
            let (takes, forms) = rest.split_once('/').unwrap_or((rest, ""));
            assert_ne!(Takes::read(takes), Takes::default(), "{line}");
            assert!(matches!(forms.split_whitespace().count(), 0 | 4), "{line}");
        }
    }
}
