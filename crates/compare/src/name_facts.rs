//! Facts about who: one that the reports name in two ways, "Stacy" and "Stacey Cowan".
//!
//! Spelling does not tell on its own whether two names are one: two names are laid side by side only where likely sentences
//! of one point hold them, where no report uses both, and where nearly all of their letters are the same.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::{Difference, EntityKind, FactKind, MentionKind, StoryEntity, StoryReadings};
use strsim::levenshtein;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::draft::{Draft, DraftCell};
use crate::evidence;
use crate::points::Points;
use crate::terms::normal_form;

/// First names with their short forms.
const SHORT_NAMES: &str = include_str!("data/short_names.txt");

/// Names that share a word with more names than this are not laid side by side for it: the word tells nothing.
const MOST_OF_ONE_WORD: usize = 32;
/// A name of one word must have so many letters, or one other letter makes another name of it.
const LEAST_LETTERS_OF_A_NAME: usize = 6;
/// Two words with less in common at their beginning are two words: "North" and "South".
const LETTERS_IN_COMMON: usize = 3;
/// So many letters may be other ones within a word.
const MOST_OTHER_LETTERS: usize = 3;

/// Returns the facts in which two reports name one person, body or place in two ways. `pairs` are positions of points with
/// their likelihoods; pairs below `least` are left out.
pub(crate) fn name_facts(
    story: &StoryReadings<'_>,
    points: &Points,
    pairs: &[((usize, usize), f64)],
    entities: &[StoryEntity],
    least: f64,
) -> Vec<Draft> {
    let names: Vec<Name> = entities.iter().map(Name::new).collect();
    let alike = names_alike(&names);
    if alike.is_empty() {
        return Vec::new();
    }
    // The likeliest pair of sentences that holds the two names of a pair.
    let mut together: BTreeMap<(usize, usize), (f64, usize, usize)> = BTreeMap::new();
    for &((one, other), likelihood) in pairs.iter().filter(|(_, likelihood)| *likelihood >= least) {
        let (Some(mine), Some(theirs)) = (points.all.get(one), points.all.get(other)) else {
            continue;
        };
        for &name in &mine.names {
            for &their in &theirs.names {
                let (key, found) = if name < their {
                    ((name, their), (likelihood, one, other))
                } else {
                    ((their, name), (likelihood, other, one))
                };
                if alike.contains(&key) {
                    let best = together.entry(key).or_insert(found);
                    if found.0 > best.0 {
                        *best = found;
                    }
                }
            }
        }
    }
    let drafts = together
        .into_iter()
        .filter_map(|((one, other), (_, mine, theirs))| {
            let cells = [(one, mine), (other, theirs)]
                .map(|(entity, point)| cell(entities.get(entity)?, point, points, story));
            let [Some(mine), Some(theirs)] = cells else {
                return None;
            };
            let reason = format!("another name: {} against {}", mine.value, theirs.value);
            let mut draft = Draft::new(FactKind::Participant, 2, vec![mine, theirs]);
            draft.topic = Some("name".to_owned());
            Some(draft.differs(Difference::Value, reason))
        });
    drafts.collect()
}

/// Returns the cell that shows a name where a sentence holds it in full.
fn cell(entity: &StoryEntity, point: usize, points: &Points, story: &StoryReadings<'_>) -> Option<DraftCell> {
    let found = points.all.get(point)?;
    let mention = entity
        .mentions
        .iter()
        .filter(|mention| mention.kind == MentionKind::Name && mention.report == found.report)
        .filter(|mention| found.span.contains(mention.span))
        .max_by_key(|mention| (mention.span.len(), std::cmp::Reverse(mention.span)))?;
    let written = story.text(found.report, mention.span);
    // "Cowan" alone stands for either.
    (written.split_whitespace().count() == entity.name.split_whitespace().count())
        .then(|| evidence::at(point, mention.span, &points.all, story))
        .flatten()
        .map(|evidence| DraftCell::new(evidence, written.to_owned()))
}

/// An entity's name as names are compared.
struct Name {
    kind: EntityKind,
    /// Its words, plain.
    words: Vec<String>,
    /// The reports that use it.
    reports: BTreeSet<usize>,
}

impl Name {
    /// Returns the name of an entity.
    fn new(entity: &StoryEntity) -> Self {
        let named = entity
            .mentions
            .iter()
            .filter(|mention| mention.kind == MentionKind::Name);
        Self {
            kind: entity.kind,
            words: plain_words(&entity.name),
            reports: named.map(|mention| mention.report).collect(),
        }
    }

    /// Returns true for two names of one kind that no report uses both of, and that are nearly the same.
    fn is_like(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.words != other.words
            && self.reports.is_disjoint(&other.reports)
            && if self.kind == EntityKind::Person {
                is_like_person(&self.words, &other.words)
            } else {
                is_like_body(&self.words, &other.words)
            }
    }
}

/// Returns the pairs of names that are nearly the same.
fn names_alike(names: &[Name]) -> BTreeSet<(usize, usize)> {
    let mut by_word: BTreeMap<(EntityKind, &str), Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        let alone = name.words.len() == 1;
        for word in &name.words {
            let end = if alone {
                word.char_indices().nth(1).map_or(word.len(), |(end, _)| end)
            } else {
                word.len()
            };
            let key = word.get(..end).unwrap_or_default();
            by_word.entry((name.kind, key)).or_default().push(index);
        }
    }
    let mut found = BTreeSet::new();
    for own in by_word.values().filter(|own| own.len() <= MOST_OF_ONE_WORD) {
        for (place, &one) in own.iter().enumerate() {
            for &other in own.iter().skip(place + 1) {
                if let (Some(mine), Some(theirs)) = (names.get(one), names.get(other))
                    && mine.is_like(theirs)
                {
                    found.insert((one, other));
                }
            }
        }
    }
    found
}

/// Returns true for two names of a person with the same family name and first names that begin with one letter, or with the
/// same first name and nearly the same family name.
fn is_like_person(one: &[String], other: &[String]) -> bool {
    let ([first, .., last], [their_first, .., their_last]) = (one, other) else {
        return false;
    };
    // "Democrat Dan Marsh" is Dan Marsh with what he is before it.
    if one.ends_with(other) || other.ends_with(one) {
        return false;
    }
    if last == their_last {
        let initial = |word: &String| word.chars().next();
        let short = first.len() < 2 || their_first.len() < 2;
        let cut = first.starts_with(their_first.as_str()) || their_first.starts_with(first.as_str());
        return first != their_first
            && !short
            && !cut
            && initial(first) == initial(their_first)
            && !are_forms_of_one(first, their_first);
    }
    first == their_first && is_like_word(last, their_last)
}

/// Returns true for a first name and its short form, and for two short forms of one.
pub(crate) fn are_forms_of_one(one: &str, other: &str) -> bool {
    let rows = SHORT_NAMES.lines().filter(|line| !line.starts_with('#'));
    let mut rows = rows.map(str::split_whitespace);
    rows.any(|row| row.clone().any(|form| form == one) && row.clone().any(|form| form == other))
}

/// Returns true for two names of a body or a place of which all words are the same but one, and that one nearly so; the longer
/// name may have a word more.
fn is_like_body(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if long.len() > short.len() + 1 {
        return false;
    }
    if let ([word], [their]) = (short, long) {
        let letters = word.chars().count().min(their.chars().count());
        return letters >= LEAST_LETTERS_OF_A_NAME
            && levenshtein(word, their) == 1
            && !is_plural(word, their);
    }
    let mut near = 0;
    for (word, their) in short.iter().zip(long) {
        if word != their {
            near += 1;
            // "Senby" and "Senby's", "Arland" and "Arlander": another form of one word.
            let is_form = word.starts_with(their.as_str()) || their.starts_with(word.as_str());
            if is_form || !is_like_word(word, their) {
                return false;
            }
        }
    }
    near == 1 && short.len() > 1
}

/// Returns true for two words with the same beginning and few other letters.
fn is_like_word(one: &str, other: &str) -> bool {
    let common = one
        .chars()
        .zip(other.chars())
        .take_while(|(own, their)| own == their)
        .count();
    let longest = one.chars().count().max(other.chars().count());
    let apart = levenshtein(one, other);
    common >= LETTERS_IN_COMMON
        && apart <= MOST_OTHER_LETTERS
        && apart * 3 <= longest
        && !is_plural(one, other)
}

/// Returns true where one word is the other's plural.
fn is_plural(one: &str, other: &str) -> bool {
    one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// Words of a name that do not tell whom it names.
const EMPTY_WORDS: [&str; 10] = ["the", "ltd", "inc", "llc", "co", "corp", "jr", "sr", "plc", "of"];

/// Returns the words of a name without accents, marks, titles of firms and initials, in one spelling where English has two.
fn plain_words(name: &str) -> Vec<String> {
    let plain: String = name
        .nfd()
        .filter(|character| !is_combining_mark(*character))
        .map(|character| {
            if matches!(character, '-' | '‐' | '–') {
                ' '
            } else {
                character
            }
        })
        .collect();
    let words = plain.split_whitespace().map(normal_form);
    let words = words.map(|word| {
        let word = word.trim_matches(|character: char| !character.is_alphanumeric());
        word.replace('z', "s")
            .replace("ence", "ense")
            .replace("our", "or")
            .replace("tre", "ter")
    });
    words
        .filter(|word| word.chars().count() > 1 && !EMPTY_WORDS.contains(&word.as_str()))
        .filter(|word| !word.chars().any(|character| character.is_ascii_digit()))
        .collect()
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    use super::*;

    fn alike(kind: EntityKind, one: &str, other: &str) -> bool {
        let name = |name: &str, report: usize| Name {
            kind,
            words: plain_words(name),
            reports: BTreeSet::from([report]),
        };
        name(one, 0).is_like(&name(other, 1))
    }

    #[test]
    fn other_spellings_are_found() {
        for (one, other) in [
            ("Stacy Cowan", "Stacey Cowan"),
            ("Lorena Sandes", "Linda T. Sándes"),
            ("Sandi Orsel", "Sandra Orsel"),
            ("Benno Banky", "Benno Bankey"),
        ] {
            assert!(alike(EntityKind::Person, one, other), "{one}, {other}");
        }
        for (one, other) in [
            ("TallOak Distribution Ltd.", "Talloak Distributors Ltd."),
            ("Orsel Harbour Board", "Orsel Harbour Boards of Trade"),
        ] {
            let found = alike(EntityKind::Organisation, one, other);
            assert_eq!(found, one.starts_with("Tall"), "{one}, {other}");
        }
        assert!(alike(EntityKind::Place, "Sainabieh", "Sinabieh"));
    }

    #[test]
    fn other_names_and_other_ways_to_write_one_are_not() {
        for (one, other) in [
            ("Ada Brown", "Carl Brown"),
            ("Ed Brown", "Edward Brown"),
            ("A. Brown", "Ada Brown"),
            ("Jim E. Brown", "James Brown"),
            ("Joe Brown", "Joseph R. Brown Jr."),
            ("Anna Berg-Holm", "Anna Berg Holm"),
            ("Brown", "Browne"),
            ("Democrat Dan Marsh", "Dan Marsh"),
        ] {
            assert!(!alike(EntityKind::Person, one, other), "{one}, {other}");
        }
        for (one, other) in [
            ("North Orsel", "South Orsel"),
            ("Defense Ministry", "Defence Ministry"),
            ("Labor Party", "Labour Party"),
            ("Iran", "Iraq"),
            ("Ninth Street", "Nineteenth Street"),
            ("Selvan Water Board", "Selvany Water Board"),
            ("New Senby", "New Senbyer"),
        ] {
            assert!(!alike(EntityKind::Place, one, other), "{one}, {other}");
        }
    }

    #[test]
    fn two_reports_that_name_one_in_two_ways_differ() {
        let reports = [
            Report::new(
                "a",
                "Stacy Cowan opened the new bridge over the Orsel on Monday morning, the council said.",
            ),
            Report::new(
                "b",
                "Stacey Cowan opened the new bridge over the Orsel on Monday morning, officials said.",
            ),
        ];
        let facts = crate::test_story::ledger_of(&reports).facts;
        let reasons: Vec<&str> = facts
            .iter()
            .filter(|fact| fact.kind == FactKind::Participant)
            .map(|fact| fact.reason.as_str())
            .collect();
        assert_eq!(reasons, ["another name: Stacy Cowan against Stacey Cowan"]);
    }
}
