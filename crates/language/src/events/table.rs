//! The words that tell of an event, from `data/events.txt`.

use std::sync::LazyLock;

use rashomon_core::EventKind;
use rustc_hash::{FxHashMap, FxHashSet};

/// The table as a person writes it.
const TABLE: &str = include_str!("../data/events.txt");

/// What kind of word tells of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum TriggerKind {
    Verb,
    /// A verb in the passive that does not say by whom.
    Passive,
    Noun,
    Adjective,
}

/// What a word does to the event that it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Governor {
    /// "plans to"
    Intent,
    /// "refuses to"
    Refusal,
    /// "suspended"
    End,
}

/// A line of the table, for one of its words.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    /// The event; `None` where the word tells of none.
    pub(super) event: Option<EventKind>,
    /// Words one of which must stand in what belongs to it; any where it is empty. "hunger_strike" is two words.
    pub(super) beside: Vec<&'static str>,
}

/// The table, by word.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// A map for each kind of trigger.
    meanings: [FxHashMap<&'static str, Vec<Meaning>>; 4],
    governors: FxHashMap<&'static str, Vec<Governor>>,
    /// The first words of triggers of two words.
    first_words: FxHashSet<&'static str>,
}

impl Table {
    /// Returns the table that is shipped.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Table> = LazyLock::new(|| Table::read(TABLE));
        &SHIPPED
    }

    /// Reads a table; lines that say nothing it knows are passed over.
    fn read(text: &'static str) -> Self {
        let mut table = Self::default();
        for (head, rest) in lines(text) {
            let words = |list: &'static str| list.split(',').map(str::trim).filter(|word| !word.is_empty());
            if let Some(governor) = governor_named(head) {
                for word in words(rest) {
                    table.governors.entry(word).or_default().push(governor);
                }
                continue;
            }
            let Some((kind, triggers)) = head.split_once(' ') else {
                continue;
            };
            let (Some(kind), Some(meaning)) = (trigger_named(kind), meaning_of(rest)) else {
                continue;
            };
            for word in words(triggers) {
                table
                    .first_words
                    .extend(word.split_once('_').map(|(first, _)| first));
                table.meanings[kind as usize]
                    .entry(word)
                    .or_default()
                    .push(meaning.clone());
            }
        }
        // A line that asks for other words is tried before one that does not.
        for meanings in table.meanings.iter_mut().flat_map(FxHashMap::values_mut) {
            meanings.sort_by_key(|meaning| meaning.beside.is_empty());
        }
        table
    }

    /// Returns true for a word that some trigger of two words begins with.
    pub(super) fn begins_names(&self, lemma: &str) -> bool {
        self.first_words.contains(lemma)
    }

    /// Returns what a word in its dictionary form may tell of, in the order in which it is tried.
    pub(super) fn meanings(&self, kind: TriggerKind, lemma: &str) -> &[Meaning] {
        self.meanings[kind as usize].get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Returns true for a word that does this to the event it governs.
    pub(super) fn governs(&self, governor: Governor, lemma: &str) -> bool {
        self.governors
            .get(lemma)
            .is_some_and(|governors| governors.contains(&governor))
    }
}

/// Returns the lines that hold something, parted at their colon.
fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
}

fn trigger_named(word: &str) -> Option<TriggerKind> {
    match word {
        "verb" => Some(TriggerKind::Verb),
        "passive" => Some(TriggerKind::Passive),
        "noun" => Some(TriggerKind::Noun),
        "adjective" => Some(TriggerKind::Adjective),
        _ => None,
    }
}

fn governor_named(word: &str) -> Option<Governor> {
    match word {
        "intent" => Some(Governor::Intent),
        "refusal" => Some(Governor::Refusal),
        "end" => Some(Governor::End),
        _ => None,
    }
}

/// Returns what a word tells of by what stands behind its colon: "TYPE", "none", "TYPE / other words".
fn meaning_of(rest: &'static str) -> Option<Meaning> {
    let (event, beside) = rest.split_once(" / ").unwrap_or((rest, ""));
    let named = |kind: &EventKind| kind.as_str() == event.trim();
    let event = EventKind::ALL.into_iter().find(named);
    (event.is_some() || rest == "none").then(|| Meaning {
        event,
        beside: beside.split_whitespace().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        for line in TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (head, rest) = line.split_once(": ").expect(line);
            if governor_named(head).is_some() {
                continue;
            }
            let (kind, words) = head.split_once(' ').expect(line);
            assert!(trigger_named(kind).is_some() && !words.is_empty(), "{line}");
            assert!(meaning_of(rest).is_some(), "{line}");
        }
    }

    #[test]
    fn each_kind_has_a_word() {
        let table = Table::shipped();
        for kind in EventKind::ALL {
            let tells = |meanings: &Vec<Meaning>| meanings.iter().any(|meaning| meaning.event == Some(kind));
            assert!(
                lines(TABLE).any(|(head, rest)| head.starts_with("verb") && rest.starts_with(kind.as_str())),
                "{}",
                kind.as_str()
            );
            assert!(table.meanings[0].values().any(tells));
        }
    }
}
