//! Facts about who someone's nearest are: "his wife, Stacy" and "his wife, Stacey".
//!
//! A person has one wife at a time, so that the word for her and whose wife she is tell that two names are of one person, however
//! short they are, and whether or not the two sentences are likely one point.

use std::collections::BTreeMap;

use rashomon_core::{
    Difference, EntityKind, FactKind, PartOfSpeech, Reading, Span, StoryEntity, StoryReadings,
};

use crate::draft::{Draft, DraftCell};
use crate::evidence;
use crate::name_facts::are_forms_of_one;
use crate::points::Points;

/// Words for one whom a person has but one of.
const KIN: [&str; 12] = [
    "wife",
    "husband",
    "widow",
    "widower",
    "fiancee",
    "fiancée",
    "fiance",
    "fiancé",
    "mother",
    "father",
    "girlfriend",
    "boyfriend",
];
/// Words before a name that are no part of it.
const TITLES: [&str; 8] = ["Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Lady", "Prof"];

/// A place where a report names someone's nearest.
struct Named {
    point: usize,
    report: usize,
    span: Span,
    /// The first name, in small letters.
    name: String,
}

impl Named {
    /// Returns true for two spellings of a name, as far as their first letter tells.
    fn is_against(&self, other: &Self) -> bool {
        self.name != other.name
            && self.name.chars().next() == other.name.chars().next()
            && !are_forms_of_one(&self.name, &other.name)
    }
}

/// Returns the facts of a story in which two reports name someone's nearest otherwise.
pub(crate) fn kin_facts(story: &StoryReadings<'_>, points: &Points, entities: &[StoryEntity]) -> Vec<Draft> {
    let mut people: BTreeMap<(usize, Span), &str> = BTreeMap::new();
    for entity in entities.iter().filter(|entity| entity.kind == EntityKind::Person) {
        // Two spellings of a first name must not make two men of one.
        let family = entity.name.split_whitespace().last().unwrap_or_default();
        let mentions = entity.mentions.iter();
        people.extend(mentions.map(|mention| ((mention.report, mention.span), family)));
    }
    // By whose, by the family name, and what they are.
    let mut nearest: BTreeMap<(&str, &'static str), Vec<Named>> = BTreeMap::new();
    for (index, point) in points.all.iter().enumerate() {
        let Some(reading) = story.readings.get(point.report) else {
            continue;
        };
        let tokens = reading
            .sentences
            .get(point.sentence)
            .map_or(0..0, |own| own.first_token..own.last_token);
        for token in tokens.clone() {
            let word = reading
                .tokens
                .get(token)
                .map_or("", |token| story.text(point.report, token.span));
            let Some(&kin) = KIN.iter().find(|kin| **kin == word) else {
                continue;
            };
            let whose = whose(reading, tokens.start, token, point.report, &people, story);
            let span = name_behind(reading, token, tokens.end, point.report, story);
            if let (Some(whose), Some(span)) = (whose, span) {
                let name = story.text(point.report, span).to_lowercase();
                let named = Named {
                    point: index,
                    report: point.report,
                    span,
                    name,
                };
                nearest.entry((whose, kin)).or_default().push(named);
            }
        }
    }
    let drafts = nearest
        .iter()
        .filter_map(|((_, kin), named)| draft(kin, named, points, story));
    drafts.collect()
}

/// Returns the fact of two names of one, of which no report uses both.
fn draft(kin: &str, named: &[Named], points: &Points, story: &StoryReadings<'_>) -> Option<Draft> {
    let reports_of = |name: &str| {
        let own = named.iter().filter(|one| one.name == name);
        own.map(|one| one.report).collect::<Vec<usize>>()
    };
    let differ = |one: &Named, other: &Named| {
        let (own, their) = (reports_of(&one.name), reports_of(&other.name));
        one.is_against(other) && !own.iter().any(|report| their.contains(report))
    };
    let (one, other) = named
        .iter()
        .find_map(|one| Some((one, named.iter().find(|other| differ(one, other))?)))?;
    let cells = [one, other].map(|side| {
        let evidence = evidence::at(side.point, side.span, &points.all, story)?;
        Some(DraftCell::new(
            evidence,
            story.text(side.report, side.span).to_owned(),
        ))
    });
    let [Some(mine), Some(theirs)] = cells else {
        return None;
    };
    let reason = format!("another name: {} against {}", mine.value, theirs.value);
    let mut draft = Draft::new(FactKind::Participant, 2, vec![mine, theirs]);
    draft.topic = Some(format!("name of the {kin}"));
    Some(draft.differs(Difference::Value, reason))
}

/// Returns whose wife it is, by the family name: "his wife", "Cowan's wife", "he and wife". A former wife, a late one and "the wife" are nobody's.
fn whose<'name>(
    reading: &Reading,
    first: usize,
    kin: usize,
    report: usize,
    people: &BTreeMap<(usize, Span), &'name str>,
    story: &StoryReadings<'_>,
) -> Option<&'name str> {
    let at = |token: usize| (token >= first).then(|| reading.tokens.get(token)).flatten();
    let before = kin.checked_sub(1)?;
    let word = story.text(report, at(before)?.span);
    let owner = match word {
        "'s" | "’s" | "and" => before.checked_sub(1)?,
        _ => before,
    };
    let last = at(owner)?.span;
    // A mention of several words ends with its last.
    let mentions =
        people.range((report, Span::new(last.start.saturating_sub(LONGEST_NAME), 0))..=(report, last));
    let mut ending = mentions.rev().filter(|((_, span), _)| span.end == last.end);
    ending.next().map(|(_, family)| *family)
}

/// A name has so many bytes at most.
const LONGEST_NAME: usize = 60;

/// Returns the first word of the name that stands behind a word for someone's nearest, with a comma between the two or none.
fn name_behind(
    reading: &Reading,
    kin: usize,
    end: usize,
    report: usize,
    story: &StoryReadings<'_>,
) -> Option<Span> {
    let behind = reading.tokens.get(kin + 1..end)?;
    let mut behind = behind.iter().skip_while(|token| {
        let word = story.text(report, token.span).trim_end_matches('.');
        word.is_empty() || word == "," || TITLES.contains(&word)
    });
    let name = behind
        .next()
        .filter(|token| token.tag == Some(PartOfSpeech::Propn))?;
    let is_initial = name.span.len() < 3;
    (!is_initial).then_some(name.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_story::reasons_of;

    fn reasons(one: &str, other: &str) -> Vec<String> {
        reasons_of(one, other, |fact| {
            fact.kind == FactKind::Participant && fact.difference.is_some()
        })
    }

    #[test]
    fn one_wife_has_one_name() {
        let one = "Mayor John Tarrick opened the fair on Monday. He and his wife, Stacy, danced.";
        let other =
            "The mayor's guests left early, and only Mr. John Tarrick’s wife, Stacey, stayed at the fair.";
        assert_eq!(reasons(one, other), ["another name: Stacy against Stacey"]);
        let another_man = "Only Captain Bo Lind’s wife, Stacey, stayed at the fair with Mayor John Tarrick.";
        assert!(reasons(one, another_man).is_empty());
        let another_letter = other.replace("Stacey", "Ada");
        assert!(reasons(one, &another_letter).is_empty(), "she may be his second");
    }
}
