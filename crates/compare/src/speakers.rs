//! Who speaks in a quote that another report has too.
//!
//! "He said" is hard to read in one report; the report beside it may name the speaker of the very same words.

use std::collections::BTreeSet;
use std::hash::{Hash as _, Hasher as _};

use rashomon_core::{Entity, EntityKind, Quote, QuoteKind, Reading, Source, SourceKind, Span, StoryReadings};
use rustc_hash::{FxHashMap, FxHasher};

use crate::entities::name_key;
use crate::terms::normal_form;

/// So many words in a row, the same in two quotes, are one saying.
const RUN: usize = 6;

/// Gives the quotes whose speaker a report only calls "he" or "she" the speaker that other reports of the story name
/// for the same words, where all that name one name the same. What rests on the speaker's word follows.
///
/// The words that point at the speaker stay those of the report itself; only whom they mean changes.
pub fn settle_speakers(story: &mut StoryReadings<'_>) {
    let mut speakers: FxHashMap<u64, BTreeSet<String>> = FxHashMap::default();
    let mut meant: Vec<(usize, Span, Vec<u64>)> = Vec::new();
    for (report, reading) in story.readings.iter().enumerate() {
        for quote in reading
            .quotes
            .iter()
            .filter(|quote| quote.kind != QuoteKind::Indirect)
        {
            let Some(speaker) = &quote.speaker else { continue };
            let text = story
                .reports
                .get(report)
                .map_or("", |report| report.text.as_str());
            let runs = runs(quote, text);
            if is_pronoun(speaker.span.text(text)) {
                meant.push((report, speaker.span, runs));
            } else if is_person(reading, speaker) {
                for run in runs {
                    speakers.entry(run).or_default().insert(speaker.name.clone());
                }
            }
        }
    }
    for (report, pronoun, runs) in meant {
        let names: BTreeSet<&String> = runs
            .iter()
            .filter_map(|run| speakers.get(run))
            .flatten()
            .collect();
        let Some(name) = only_person(&names) else { continue };
        if let Some(reading) = story.readings.get_mut(report) {
            settle(reading, pronoun, &name);
        }
    }
}

/// Returns the hashes of all runs of words of what is quoted.
fn runs(quote: &Quote, text: &str) -> Vec<u64> {
    let words: Vec<String> = (quote.pieces.iter())
        .flat_map(|piece| {
            piece
                .text(text)
                .split(|character: char| character.is_whitespace() || "—–-".contains(character))
        })
        .map(|word| normal_form(word.trim_matches(|character: char| !character.is_alphanumeric())))
        .filter(|word| !word.is_empty())
        .collect();
    let hash = |run: &[String]| {
        let mut hasher = FxHasher::default();
        run.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(RUN).map(hash).collect()
}

/// Returns true for words that point at a person without a name.
fn is_pronoun(words: &str) -> bool {
    matches!(words.to_lowercase().as_str(), "he" | "she")
}

/// Returns true for a source that the report knows as a person.
fn is_person(reading: &Reading, source: &Source) -> bool {
    let entity = source.entity.and_then(|entity| reading.entities.get(entity));
    entity.is_some_and(|entity| entity.kind == EntityKind::Person)
}

/// Returns the fullest of some names if all can be one person's: each ends with the same word.
fn only_person(names: &BTreeSet<&String>) -> Option<String> {
    let fullest = names.iter().max_by_key(|name| name.split_whitespace().count())?;
    let family = last_word(fullest);
    names
        .iter()
        .all(|name| last_word(name) == family)
        .then(|| (*fullest).clone())
}

/// Returns the last word of a name in a form that can be compared: of most persons the family name.
fn last_word(name: &str) -> String {
    let key = name_key(name);
    key.rsplit(' ').next().unwrap_or_default().to_owned()
}

/// Makes the pronoun of a report mean a person of this name, wherever the report's quotes and statements rest on it.
fn settle(reading: &mut Reading, pronoun: Span, name: &str) {
    let family = last_word(name);
    let is_meant = |entity: &Entity| {
        entity.kind == EntityKind::Person
            && (last_word(&entity.name) == family
                || entity.aliases.iter().any(|alias| last_word(alias) == family))
    };
    let mut fitting = (0..reading.entities.len()).filter(|&entity| is_meant(&reading.entities[entity]));
    let own = fitting.next().filter(|_| fitting.next().is_none());
    let name = own.map_or_else(|| name.to_owned(), |own| reading.entities[own].name.clone());
    let change = |source: &mut Option<Source>| {
        if let Some(source) = source.as_mut().filter(|source| source.span == pronoun) {
            source.name.clone_from(&name);
            source.entity = own;
            source.kind = SourceKind::Person;
        }
    };
    for quote in &mut reading.quotes {
        change(&mut quote.speaker);
    }
    for statement in &mut reading.statements {
        change(&mut statement.attribution);
    }
    let mut moved = Vec::new();
    for (place, entity) in reading.entities.iter_mut().enumerate() {
        if Some(place) != own {
            let mentions = entity.mentions.iter().filter(|mention| mention.span == pronoun);
            moved.extend(mentions.cloned());
            entity.mentions.retain(|mention| mention.span != pronoun);
        }
    }
    if let Some(entity) = own.and_then(|own| reading.entities.get_mut(own)) {
        entity.mentions.extend(moved);
        entity.mentions.sort_by_key(|mention| mention.span);
        entity.mentions.dedup_by_key(|mention| mention.span);
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    use super::*;

    /// Returns for each report the speakers of its quotes.
    fn speakers(texts: &[&str]) -> Vec<Vec<String>> {
        let reports: Vec<Report> = texts.iter().map(|text| Report::new("r", *text)).collect();
        let mut story = StoryReadings {
            id: String::new(),
            reports: reports.iter().collect(),
            readings: reports.iter().map(rashomon_language::read).collect(),
            copies: Vec::new(),
        };
        settle_speakers(&mut story);
        let quotes = story.readings.into_iter().map(|reading| reading.quotes);
        quotes
            .map(|quotes| {
                quotes
                    .into_iter()
                    .filter_map(|quote| Some(quote.speaker?.name))
                    .collect()
            })
            .collect()
    }

    const CONFUSED: &str = "Bo Lind, the governor, and Karl Weiss, the mayor, met in Senby. Both stood by the dam. “The dam of Senby \
        will hold through the winter,” he said.";

    #[test]
    fn another_report_tells_whom_a_pronoun_means() {
        let named = "“The dam of Senby will hold through the winter,” Karl Weiss said.";
        assert_ne!(speakers(&[CONFUSED]), [vec!["Karl Weiss"]]);
        let found = speakers(&[CONFUSED, named]);
        assert_eq!(found, [vec!["Karl Weiss"], vec!["Karl Weiss"]]);
    }

    #[test]
    fn two_names_for_one_saying_tell_nothing() {
        let before = speakers(&[CONFUSED]);
        let found = speakers(&[
            CONFUSED,
            "“The dam of Senby will hold through the winter,” Karl Weiss said.",
            "“The dam of Senby will hold through the winter,” Bo Lind said.",
        ]);
        assert_eq!(found[0], before[0]);
    }
}
