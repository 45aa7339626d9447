//! Where a statement first comes from, as far as the text tells.
//!
//! Two reports that rest on the same word are one origin: "South Korean estimates" and "South Korean assessments" are
//! both South Korea's. So are a report and its copy, and two reports that an agency wrote.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::{EntityKind, PartOfSpeech, Report, Source, SourceKind, StoryEntity, StoryReadings};

use crate::entities::name_key;
use crate::terms::normal_form;

/// Words of a source that say what kind of word it is, not whose.
const GENERIC: &str = include_str!("data/source_words.txt");

/// The origins of a story's reports.
#[derive(Clone, Debug)]
pub(crate) struct Origins<'story> {
    story: &'story StoryReadings<'story>,
    /// For each report, whose work it is where it speaks in its own voice.
    own: Vec<String>,
    /// The generic words, sorted.
    generic: Vec<&'static str>,
    entities: &'story [StoryEntity],
    /// For each report the story's entity of each of its entities.
    entity_of: &'story [Vec<usize>],
    /// The entity of each name, and of the last word of a person's name that no other person of the story shares.
    named: BTreeMap<String, usize>,
    /// For each entity the words of its names and of what reports say that it is.
    words: Vec<BTreeSet<String>>,
}

impl<'story> Origins<'story> {
    /// Returns the origins of a story with these entities.
    pub(crate) fn new(
        story: &'story StoryReadings<'story>,
        entities: &'story [StoryEntity],
        entity_of: &'story [Vec<usize>],
    ) -> Self {
        let mut own: Vec<String> = story.reports.iter().map(|report| voice(report)).collect();
        // A copy has the origin of what it was taken from; chains are followed to their first report.
        for _ in 0..own.len() {
            let mut changed = false;
            for copy in &story.copies {
                if let (Some(of), Some(report)) = (own.get(copy.of).cloned(), own.get_mut(copy.report))
                    && *report != of
                {
                    *report = of;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let mut generic: Vec<&'static str> = GENERIC
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect();
        generic.sort_unstable();
        let mut origins = Self {
            story,
            own,
            generic,
            entities,
            entity_of,
            named: BTreeMap::new(),
            words: vec![BTreeSet::new(); entities.len()],
        };
        origins.learn_names();
        origins
    }

    /// Fills in the names of the story's entities and their words.
    fn learn_names(&mut self) {
        let mut last_words: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (reading, places) in self.story.readings.iter().zip(self.entity_of) {
            for (entity, &place) in reading.entities.iter().zip(places) {
                for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                    self.named.entry(name_key(name)).or_insert(place);
                    if entity.kind == EntityKind::Person
                        && let Some(last) = name_key(name).split(' ').next_back()
                    {
                        last_words.entry(last.to_owned()).or_default().insert(place);
                    }
                }
                let told = std::iter::once(&entity.name)
                    .chain(&entity.aliases)
                    .chain(&entity.descriptions);
                let words: Vec<String> = told.flat_map(|words| self.telling_words(words)).collect();
                if let Some(own) = self.words.get_mut(place) {
                    own.extend(words);
                }
            }
        }
        for (last, places) in last_words {
            if let (1, Some(&place)) = (places.len(), places.first()) {
                self.named.entry(last).or_insert(place);
            }
        }
    }

    /// Returns the origin of what `report` says on the word of `source`, in words for a reader. Cells of one origin
    /// have the same text.
    pub(crate) fn origin(&self, report: usize, source: Option<&Source>) -> String {
        let named = source.and_then(|source| self.whose(report, source));
        named.unwrap_or_else(|| self.own.get(report).cloned().unwrap_or_default())
    }

    /// Returns true where two origins cannot be held to be independent by what the reports say of them: they share a word
    /// of their names, or of what one of them is said to be ("WHO chief" and the World Health Organization).
    pub(crate) fn are_related(&self, one: &str, other: &str) -> bool {
        !self.words_of(one).all.is_disjoint(&self.words_of(other).all)
    }

    /// Returns true where an origin is a report's own voice, or that of whom it copied.
    pub(crate) fn is_own_voice(&self, report: usize, origin: &str) -> bool {
        self.own.get(report).is_some_and(|own| own == origin)
    }

    /// Returns for each of some origins of one fact under which name it is counted: origins that cannot be held to be two have
    /// one name, the fullest. "Sanders, the White House spokeswoman" and the White House are one; two persons are two
    /// unless their first and last names are the same.
    pub(crate) fn counted_as(&self, origins: &BTreeSet<String>) -> BTreeMap<String, String> {
        let list: Vec<(&String, Words)> = origins
            .iter()
            .map(|origin| (origin, self.words_of(origin)))
            .collect();
        let mut group: Vec<usize> = (0..list.len()).collect();
        for (place, (_, one)) in list.iter().enumerate() {
            for (other_place, (_, other)) in list.iter().enumerate().skip(place + 1) {
                if one.is_one_with(other) {
                    let (from, to) = (group[other_place], group[place]);
                    group
                        .iter_mut()
                        .filter(|group| **group == from)
                        .for_each(|group| *group = to);
                }
            }
        }
        let fullest = |wanted: usize| {
            let members = list.iter().zip(&group).filter(|(_, group)| **group == wanted);
            members
                .map(|((origin, _), _)| *origin)
                .min_by_key(|origin| (std::cmp::Reverse(origin.split_whitespace().count()), *origin))
        };
        list.iter()
            .zip(&group)
            .filter_map(|((origin, _), &group)| Some(((*origin).clone(), fullest(group)?.clone())))
            .collect()
    }

    /// Returns the words by which an origin is told from others.
    fn words_of(&self, origin: &str) -> Words {
        let place = self.named.get(&name_key(origin)).copied();
        let entity = place.and_then(|place| self.entities.get(place));
        let mut name: BTreeSet<String> = self.telling_words(origin).into_iter().collect();
        name.extend(initials(origin));
        let mut all = name.clone();
        all.extend(
            place
                .and_then(|place| self.words.get(place))
                .into_iter()
                .flatten()
                .cloned(),
        );
        let person = entity.is_some_and(|entity| entity.kind == EntityKind::Person);
        let first_and_last = person.then(|| {
            let key = name_key(origin);
            let mut words = key.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            let last = words.next_back().unwrap_or_else(|| first.clone());
            (first, last)
        });
        Words {
            name,
            all,
            first_and_last,
        }
    }

    /// Returns the words of a name or description that tell who it is, in their normal form.
    fn telling_words(&self, words: &str) -> Vec<String> {
        words
            .split_whitespace()
            .map(|word| normal_form(possessor(bare(word))))
            .filter(|word| !word.is_empty() && self.generic.binary_search(&word.as_str()).is_err())
            .collect()
    }

    /// Returns whose word a source is; `None` for "reportedly", a pronoun and the like, which name nobody.
    fn whose(&self, report: usize, source: &Source) -> Option<String> {
        let story_entity = source
            .entity
            .and_then(|entity| self.entity_of.get(report)?.get(entity))
            .or_else(|| self.named.get(&name_key(&source.name)));
        if let Some(entity) = story_entity.and_then(|&entity| self.entities.get(entity)) {
            return Some(entity.name.clone());
        }
        if !self.holds_a_noun(report, source) {
            return None;
        }
        let telling: Vec<&str> = source
            .name
            .split_whitespace()
            .map(bare)
            .filter(|word| !word.is_empty())
            // A capital makes it part of a name: "Central News Agency".
            .filter(|word| {
                let named = word.chars().next().is_some_and(char::is_uppercase);
                named || self.generic.binary_search(&normal_form(word).as_str()).is_err()
            })
            .filter(|word| !matches!(*word, "The" | "A" | "An"))
            .map(possessor)
            .collect();
        if !telling.is_empty() {
            let named = telling.iter().any(|word| word.starts_with(char::is_uppercase));
            // "Provincial" alone is nobody: "provincial officials".
            let kind = source.name.split_whitespace().next_back().map(bare);
            let kind = kind.filter(|kind| !named && telling.last() != Some(kind));
            return Some(telling.into_iter().chain(kind).collect::<Vec<_>>().join(" "));
        }
        match source.kind {
            SourceKind::Unnamed => None,
            _ => Some(source.name.clone()),
        }
    }

    /// Returns true for a source that the report names with a noun; true too where nothing is known of its words.
    fn holds_a_noun(&self, report: usize, source: &Source) -> bool {
        let Some(reading) = self.story.readings.get(report) else {
            return true;
        };
        let first = reading
            .tokens
            .partition_point(|token| token.span.end <= source.span.start);
        let own = reading.tokens.iter().skip(first);
        let mut tags = own
            .take_while(|token| token.span.start < source.span.end)
            .filter_map(|token| token.tag)
            .peekable();
        tags.peek().is_none() || tags.any(|tag| matches!(tag, PartOfSpeech::Noun | PartOfSpeech::Propn))
    }
}

/// By which words an origin is told from others.
struct Words {
    /// Those of its name.
    name: BTreeSet<String>,
    /// These, and those of what reports say that it is.
    all: BTreeSet<String>,
    /// Of a person, the first and the last word of the name.
    first_and_last: Option<(String, String)>,
}

impl Words {
    /// Returns true where two origins cannot be held to be two.
    fn is_one_with(&self, other: &Self) -> bool {
        if let (Some(own), Some(their)) = (&self.first_and_last, &other.first_and_last) {
            return own == their;
        }
        !self.name.is_disjoint(&other.all) || !other.name.is_disjoint(&self.all)
    }
}

/// Returns the first letters of a name of several words, in their normal form.
fn initials(name: &str) -> Option<String> {
    let initials: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().next().filter(|first| first.is_uppercase()))
        .collect();
    (initials.chars().count() > 1).then(|| normal_form(&initials))
}

/// Returns a word without the signs around it; the dot of an abbreviation is its own: "U.S.".
fn bare(word: &str) -> &str {
    let bare = word.trim_matches(|character: char| !character.is_alphanumeric());
    let with_its_dot = || {
        let start = word.find(bare).filter(|_| bare.contains('.'))?;
        word.get(start..=start + bare.len())
            .filter(|longer| longer.ends_with('.'))
    };
    with_its_dot().unwrap_or(bare)
}

/// Returns a word without the sign of possession.
fn possessor(word: &str) -> &str {
    word.strip_suffix("’s")
        .or_else(|| word.strip_suffix("'s"))
        .unwrap_or(word)
}

/// Returns whose work a report is where it speaks in its own voice: the agency that wrote it, else its outlet, else
/// itself.
fn voice(report: &Report) -> String {
    let written_by_agency = match (&report.byline, report.credits.as_slice()) {
        // A credit without another byline or outlet of its own: the agency wrote it.
        (None, [agency]) if report.outlet.is_none() => Some(agency.clone()),
        (Some(byline), credits) => credits
            .iter()
            .find(|agency| byline.contains(agency.as_str()))
            .cloned(),
        _ => None,
    };
    written_by_agency.unwrap_or_else(|| report.display_name().to_owned())
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Copy, Span};

    use super::*;
    use crate::entities::story_entities;
    use crate::test_story::ledger_of;

    fn source(name: &str, kind: SourceKind) -> Source {
        Source {
            span: Span::default(),
            name: name.to_owned(),
            entity: None,
            kind,
        }
    }

    fn story(reports: &[Report], copies: Vec<Copy>) -> StoryReadings<'_> {
        StoryReadings {
            id: String::new(),
            reports: reports.iter().collect(),
            readings: Vec::new(),
            copies,
        }
    }

    #[test]
    fn words_for_the_kind_of_source_do_not_make_another_origin() {
        let reports = [Report::new("a", ""), Report::new("b", "")];
        let story = story(&reports, Vec::new());
        let origins = Origins::new(&story, &[], &[]);
        let estimates = origins.origin(0, Some(&source("Varennan estimates", SourceKind::Official)));
        let assessments = origins.origin(1, Some(&source("Varennan assessments", SourceKind::Official)));
        assert_eq!(estimates, assessments);
        assert_eq!(estimates, "Varennan");
    }

    #[test]
    fn who_names_nobody_leaves_the_report_itself() {
        let reports = [Report::new("a", "")];
        let story = story(&reports, Vec::new());
        let origins = Origins::new(&story, &[], &[]);
        let nobody = source("reports", SourceKind::Unnamed);
        assert_eq!(origins.origin(0, Some(&nobody)), "a");
    }

    #[test]
    fn a_copy_has_the_origin_of_its_source() {
        let reports = [Report::new("a", ""), Report::new("b", ""), Report::new("c", "")];
        let copy = |report, of| Copy {
            report,
            of,
            share: 0.9,
            passages: Vec::new(),
        };
        let story = story(&reports, vec![copy(2, 1), copy(1, 0)]);
        let origins = Origins::new(&story, &[], &[]);
        assert_eq!(origins.origin(2, None), "a");
    }

    /// Returns the origins of the only fact of two reports that has a source.
    fn origins_of(reports: [&str; 2]) -> BTreeSet<String> {
        let reports = [Report::new("a", reports[0]), Report::new("b", reports[1])];
        let ledger = ledger_of(&reports);
        let cells = ledger.facts.iter().flat_map(|fact| &fact.cells);
        let told = cells.filter(|cell| cell.attributed_to.is_some());
        told.map(|cell| cell.origin.clone()).collect()
    }

    #[test]
    fn a_surname_and_the_full_name_are_one_origin() {
        let found = origins_of([
            "The dam above Senby is safe, Olwen Tarrick said on Tuesday.",
            "The dam above Senby is safe, Tarrick said on Tuesday.",
        ]);
        assert_eq!(found, BTreeSet::from(["Olwen Tarrick".to_owned()]));
    }

    #[test]
    fn a_pronoun_that_means_nobody_is_no_origin() {
        let found = origins_of([
            "The dam above Senby is safe, it said on Tuesday.",
            "The dam above Senby is safe, they said on Tuesday.",
        ]);
        assert!(!found.contains("it") && !found.contains("they"), "{found:?}");
    }

    #[test]
    fn the_head_of_a_body_is_related_to_it() {
        let reports = [
            Report::new(
                "a",
                "The lake is clean, Senby Water Board chief Olwen Tarrick said.",
            ),
            Report::new("b", "The lake is clean, the Senby Water Board said."),
        ];
        let readings: Vec<_> = reports.iter().map(rashomon_language::read).collect();
        let story = StoryReadings {
            readings,
            ..story(&reports, Vec::new())
        };
        let (entities, entity_of) = story_entities(&story);
        let origins = Origins::new(&story, &entities, &entity_of);
        assert!(origins.are_related("Olwen Tarrick", "Senby Water Board"));
        assert!(origins.are_related("SWB", "Senby Water Board"));
        assert!(!origins.are_related("Olwen Tarrick", "Hild Mason"));
        let counted = |names: &[&str]| {
            let names: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let counted_as = origins.counted_as(&names);
            counted_as.into_values().collect::<BTreeSet<_>>().len()
        };
        assert_eq!(counted(&["Olwen Tarrick", "Senby Water Board", "SWB"]), 1);
        assert_eq!(counted(&["Olwen Tarrick", "Hild Mason", "a"]), 3);
    }

    /// Returns the largest number of origins of a fact on which two reports agree.
    fn most_origins(reports: [&str; 2]) -> usize {
        let reports = [Report::new("a", reports[0]), Report::new("b", reports[1])];
        let facts = ledger_of(&reports).facts.into_iter();
        let agreed = facts.filter(|fact| fact.verdict == rashomon_core::Verdict::Agree);
        agreed.map(|fact| fact.origins).max().unwrap_or_default()
    }

    #[test]
    fn a_report_does_not_confirm_its_own_source() {
        let both = "The dam above Senby is safe and sound, Olwen Tarrick said on Tuesday. The dam above Senby is safe and sound.";
        let plain = "The dam above Senby is safe and sound, Olwen Tarrick said on Tuesday.";
        assert_eq!(most_origins([both, plain]), 1);
    }
}
