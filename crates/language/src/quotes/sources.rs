//! Who a noun phrase names, and what kind of source that is.

use std::ops::Range;
use std::sync::LazyLock;

use rashomon_core::{Entity, EntityKind, MentionKind, Source, SourceKind, Span};
use rustc_hash::FxHashMap;

use super::source_phrases::{drop_determiner, head_range, says_nothing, trim_ends};
use super::words::{is_capitalised, is_clause_word, is_determiner, is_possessive, is_preposition};
use crate::context::Context;

/// Nouns that stand for a source, with their kind.
const NOUNS: &str = include_str!("../data/source_nouns.txt");
/// Names of agencies and outlets.
const OUTLETS: &str = include_str!("../data/outlets.txt");

/// The longest phrase that names a source, in bytes: "he said" copies what its speaker is called, so that with one word of
/// a megabyte a short text would fill any memory.
const LONGEST_NAME: usize = 1000;

static KINDS: LazyLock<FxHashMap<String, SourceKind>> = LazyLock::new(|| {
    let mut kinds = FxHashMap::default();
    for (kind, words) in NOUNS.lines().filter_map(|line| line.split_once(": ")) {
        let Some(kind) = kind_named(kind) else { continue };
        for word in words
            .split([' ', ','])
            .filter(|word| !word.is_empty() && *word != "news" && *word != "wire")
        {
            kinds.entry(word.to_owned()).or_insert(kind);
            kinds.entry(plural(word)).or_insert(kind);
        }
    }
    kinds
});

/// Returns the plural of a noun.
fn plural(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if word.ends_with("ss") || word.ends_with("ch") => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// Returns the kind that a table names.
fn kind_named(word: &str) -> Option<SourceKind> {
    Some(match word {
        "official" => SourceKind::Official,
        "agency" => SourceKind::Agency,
        "outlet" => SourceKind::Outlet,
        "document" => SourceKind::Document,
        "witness" => SourceKind::Witness,
        "expert" => SourceKind::Expert,
        "unnamed" => SourceKind::Unnamed,
        _ => return None,
    })
}

/// Returns the kind of source that a noun in lower case stands for, if it does.
pub(crate) fn noun_kind(word: &str) -> Option<SourceKind> {
    KINDS.get(word).copied()
}

/// Returns whether a name is that of an agency or an outlet.
fn outlet_kind(name: &str) -> Option<SourceKind> {
    OUTLETS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .find(|(_, known)| contains_words(name, known))
        .and_then(|(kind, _)| kind_named(kind))
}

/// Returns true where `name` holds the words of `known`, whole.
fn contains_words(name: &str, known: &str) -> bool {
    name.match_indices(known).any(|(start, _)| {
        let end = start + known.len();
        let before = name.get(..start).and_then(|part| part.chars().next_back());
        let after = name.get(end..).and_then(|part| part.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// All mentions of a report in the order of the text, to find those in a stretch of it.
pub(crate) struct Mentions<'reading> {
    entities: &'reading [Entity],
    /// Span, entity and kind of each mention, by the start of the span.
    sorted: Vec<(Span, usize, MentionKind)>,
}

impl<'reading> Mentions<'reading> {
    /// Returns the mentions of `entities`.
    pub(crate) fn new(entities: &'reading [Entity]) -> Self {
        let mut sorted: Vec<(Span, usize, MentionKind)> = entities
            .iter()
            .enumerate()
            .flat_map(|(index, entity)| {
                entity
                    .mentions
                    .iter()
                    .map(move |mention| (mention.span, index, mention.kind))
            })
            .collect();
        sorted.sort_by_key(|&(span, entity, _)| (span.start, span.end, entity));
        Self { entities, sorted }
    }

    /// Returns the mentions that start inside `span`.
    fn inside(&self, span: Span) -> &[(Span, usize, MentionKind)] {
        let from = self
            .sorted
            .partition_point(|(mention, _, _)| mention.start < span.start);
        let to = self
            .sorted
            .partition_point(|(mention, _, _)| mention.start < span.end);
        self.sorted.get(from..to.max(from)).unwrap_or_default()
    }

    /// Returns where the last person is named inside `span`.
    pub(crate) fn last_person(&self, span: Span) -> Option<Span> {
        let is_person = |entity: usize| {
            let entity = self.entities.get(entity);
            entity.is_some_and(|entity| entity.kind == EntityKind::Person)
        };
        let inside = self.inside(span).iter().rev();
        inside
            .filter(|(mention, entity, kind)| {
                *kind == MentionKind::Name && mention.end <= span.end && is_person(*entity)
            })
            .map(|&(mention, _, _)| mention)
            .next()
    }

    /// Returns the entity that is mentioned at a word, and how.
    pub(crate) fn at(&self, word: Span) -> Option<(usize, MentionKind)> {
        let from = self
            .sorted
            .partition_point(|(mention, _, _)| mention.start <= word.start);
        let near = self.sorted.get(from.saturating_sub(4)..from).unwrap_or_default();
        let around = near.iter().rev().find(|(mention, _, _)| mention.contains(word));
        around.map(|&(_, entity, kind)| (entity, kind))
    }

    /// Returns how often an entity is mentioned.
    pub(crate) fn count(&self, entity: usize) -> f64 {
        self.entities
            .get(entity)
            .map_or(0.0, |entity| entity.mentions.len() as f64)
    }

    /// Returns the kind of an entity as a number, from 1.
    pub(crate) fn kind_number(&self, entity: usize) -> f64 {
        match self.entities.get(entity).map(|entity| entity.kind) {
            Some(EntityKind::Person) => 4.0,
            Some(EntityKind::Organisation) => 3.0,
            Some(EntityKind::Place) => 2.0,
            _ => 1.0,
        }
    }

    /// Returns the kind of source that an entity is.
    fn kind_of(&self, entity: usize) -> SourceKind {
        let Some(entity) = self.entities.get(entity) else {
            return SourceKind::Unnamed;
        };
        match entity.kind {
            EntityKind::Person => SourceKind::Person,
            EntityKind::Place => SourceKind::Official,
            EntityKind::Organisation | EntityKind::Other => {
                outlet_kind(&entity.name).unwrap_or(SourceKind::Official)
            }
        }
    }

    /// Returns the source that the noun phrase in `tokens` names; `earlier` are the sources of the report so far,
    /// among which a pronoun or a description without an entity finds whom it means.
    pub(crate) fn source(
        &self,
        context: &Context<'_>,
        tokens: Range<usize>,
        earlier: &[Source],
    ) -> Option<Source> {
        let tokens = trim_ends(context, tokens);
        let span = context.span(tokens.clone());
        if let Some(entity) = self.head_entity(context, &tokens, span) {
            return Some(Source {
                span,
                name: self.entities.get(entity)?.name.clone(),
                entity: Some(entity),
                kind: self.kind_of(entity),
            });
        }
        if tokens.clone().all(|token| says_nothing(context, token)) {
            return None;
        }
        let mut head = head_range(context, tokens.clone());
        // "the head of the office, Ada Brown": the name stands behind.
        if is_determiner(context.lower(head.start)) && context.lower(head.end) == "," {
            let behind = head.end + 1..tokens.end.max(head.end + 1);
            let is_name =
                (2..=4).contains(&behind.len()) && behind.clone().all(|token| is_capitalised(context, token));
            if is_name {
                head = behind;
            }
        }
        let head_span = context.span(head.clone());
        let word = context.lower(head.start);
        if head.len() == 1 && matches!(word, "there" | "this" | "that" | "these" | "those" | "what") {
            return None;
        }
        if head.len() == 1 && is_pronoun(word) {
            return Some(before_pronoun(word, earlier).map_or_else(
                || Source {
                    span,
                    name: context.word(head.start).to_owned(),
                    entity: None,
                    kind: SourceKind::Unnamed,
                },
                |known| Source {
                    span,
                    ..known.clone()
                },
            ));
        }
        let kind = head
            .clone()
            .rev()
            .find_map(|token| noun_kind(context.lower(token)));
        // "the agency" and "the spokeswoman" mean the one named before.
        if matches!(word, "the" | "it")
            && head.len() <= 3
            && let Some(kind) = kind
            && let Some(known) = before_description(context, head.end.saturating_sub(1), kind, earlier)
        {
            return Some(Source {
                span,
                ..known.clone()
            });
        }
        let named = drop_determiner(context, head);
        let mut name = context.span(named.clone()).text(context.text).to_owned();
        let starts_sentence = context
            .sentences
            .get(context.sentence_at(span.start))
            .is_some_and(|sentence| sentence.span.start == head_span.start);
        if starts_sentence && named.len() == 1 && kind.is_some() {
            name = name.to_lowercase();
        }
        let kind = kind.or_else(|| outlet_kind(&name)).unwrap_or(
            if named.clone().all(|token| is_capitalised(context, token)) && named.len() > 1 {
                SourceKind::Person
            } else {
                SourceKind::Unnamed
            },
        );
        (!name.trim().is_empty() && name.len() <= LONGEST_NAME).then_some(Source {
            span,
            name,
            entity: None,
            kind,
        })
    }

    /// Returns the entity that the phrase as a whole names: a person in it who is no possessor, or another name at
    /// its head.
    fn head_entity(&self, context: &Context<'_>, tokens: &Range<usize>, span: Span) -> Option<usize> {
        let inside = self.inside(span);
        let head = context.span(head_range(context, tokens.clone()));
        let mut best: Option<(u8, usize)> = None;
        for &(mention, entity, kind) in inside {
            let last = context.token_at(mention.end.saturating_sub(1).max(mention.start));
            let possessive = is_possessive(context, last) && span.end > mention.end + 3;
            let next = last + 1;
            let word = context.lower(next);
            let before = context.lower(context.token_at(mention.start).saturating_sub(1));
            let of_another = mention.start > span.start
                && matches!(
                    before,
                    "of" | "for" | "from" | "to" | "at" | "in" | "by" | "with" | "on"
                );
            let closes = next >= tokens.end
                || matches!(word, "," | "(" | ")" | "-" | "—" | "–")
                || is_clause_word(word)
                || is_preposition(word)
                || matches!(noun_kind(word), Some(SourceKind::Agency | SourceKind::Outlet))
                || (word == "news" && noun_kind(context.lower(next + 1)).is_some());
            let is_person = self
                .entities
                .get(entity)
                .is_some_and(|entity| entity.kind == EntityKind::Person);
            let rank = match kind {
                _ if possessive || of_another => continue,
                // Of "Brown spokeswoman Eva Dunn" the last one speaks, of "Ada Brown and Eva Dunn" the first one.
                MentionKind::Name if is_person && (closes || word == "and") => 0,
                MentionKind::Name if is_person => 1,
                MentionKind::Description if head.overlap(mention) * 2 > head.len() => 2,
                MentionKind::Pronoun if mention == span || mention == head => 2,
                MentionKind::Name if closes && head.contains(mention) => 3,
                _ => continue,
            };
            if best.is_none_or(|(known, _)| rank < known) {
                best = Some((rank, entity));
            }
        }
        best.map(|(_, entity)| entity)
    }
}

/// Returns true for a pronoun that points back at whom was named.
fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she" | "it" | "they" | "who" | "him" | "her" | "them"
    )
}

/// Returns the last source that a pronoun can mean.
fn before_pronoun<'source>(word: &str, earlier: &'source [Source]) -> Option<&'source Source> {
    earlier.iter().rev().take(6).find(|source| match word {
        "he" | "she" | "him" | "her" => source.kind == SourceKind::Person,
        "it" | "they" | "them" => source.kind != SourceKind::Person,
        _ => true,
    })
}

/// Returns the last source that a description like "the agency" can mean.
fn before_description<'source>(
    context: &Context<'_>,
    noun: usize,
    kind: SourceKind,
    earlier: &'source [Source],
) -> Option<&'source Source> {
    let word = context.lower(noun);
    let is_office = [
        "man",
        "woman",
        "person",
        "minister",
        "official",
        "mayor",
        "president",
        "prosecutor",
    ]
    .iter()
    .any(|end| word.ends_with(end));
    earlier.iter().rev().take(6).find(|source| {
        let same = source.kind == kind && !is_determiner(&source.name.to_lowercase());
        let person = source.kind == SourceKind::Person && (is_office || kind == SourceKind::Expert);
        (same && matches!(kind, SourceKind::Agency | SourceKind::Outlet)) || person
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_tell_kinds() {
        assert_eq!(noun_kind("analysts"), Some(SourceKind::Expert));
        assert_eq!(noun_kind("authorities"), Some(SourceKind::Official));
        assert_eq!(noun_kind("agency"), Some(SourceKind::Agency));
        assert_eq!(noun_kind("banana"), None);
        assert_eq!(outlet_kind("Northport Daily Times"), Some(SourceKind::Outlet));
        assert_eq!(outlet_kind("Reuters"), Some(SourceKind::Agency));
        assert_eq!(outlet_kind("Timestone"), None);
    }

    #[test]
    fn every_line_of_the_tables_names_a_kind() {
        for line in NOUNS
            .lines()
            .chain(OUTLETS.lines())
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (kind, words) = line.split_once(": ").expect(line);
            assert!(kind_named(kind).is_some() && !words.is_empty(), "{line}");
        }
    }

    /// Returns the speakers of a text's quotes.
    fn speakers(text: &str) -> Vec<String> {
        let reading = crate::read(&rashomon_core::Report::new("r", text));
        let speakers = reading.quotes.into_iter().filter_map(|quote| quote.speaker);
        speakers.map(|speaker| speaker.name).collect()
    }

    #[test]
    fn a_day_is_no_source() {
        let text = "The video, posted to the net last Friday, shows the man, who appears to be in his early 20s, approaching \
                    Harrow on the sidewalk.";
        assert!(
            !speakers(text).contains(&"Friday".to_owned()),
            "{:?}",
            speakers(text)
        );
    }

    #[test]
    fn the_one_behind_the_office_speaks_and_not_the_one_it_is_of() {
        let text =
            "Mayor Ada Brown opened the fair. Brown spokeswoman Eva Dunn said that the bridge was safe.";
        assert_eq!(speakers(text), ["Eva Dunn"]);
    }

    #[test]
    fn neither_even_nor_a_verb_is_who_speaks() {
        let found = speakers("Even the mayor of Senby said that the law was too broad.");
        assert!(found.iter().any(|name| name.starts_with("mayor")), "{found:?}");
        let found = speakers("Even some judges who seemed friendly said that the law was too broad.");
        assert!(!found.contains(&"seemed".to_owned()), "{found:?}");
    }
}
