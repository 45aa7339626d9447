//! Facts about what the same people do together, which reports tell with another certainty: "may stand together", "will sit on
//! his left side"; "no confirmation of a meeting among the three leaders", "he has meetings with both".
//!
//! Such clauses share hardly a word but the names. That the same people do something of one kind is what says that they tell of
//! one deed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rashomon_core::{
    Difference, EntityKind, FactKind, PartOfSpeech, Reading, Span, Status, StoryEntity, StoryReadings, Token,
};
use rustc_hash::FxHashMap;

use crate::certainty_facts::{denies_as, quote_the_same};
use crate::certainty_guards::is_no_difference;
use crate::draft::{Draft, cells_of_clauses};
use crate::evidence::{self, Evidence};
use crate::points::Points;

const KINDRED_DEEDS: &str = include_str!("data/kindred_deeds.txt");

/// By word, its line of the table.
static DEEDS: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = KINDRED_DEEDS.lines().filter(|line| !line.starts_with('#'));
    let words = lines
        .enumerate()
        .flat_map(|(line, words)| words.split_whitespace().map(move |word| (word, line)));
    words.collect()
});

/// One person alone does a kind of deed often.
const LEAST_PEOPLE: usize = 2;
/// Two people meet often, and what is said of one meeting is not said of another, so that their sentences must be somewhat likely
/// one point; three or more seldom meet.
const PEOPLE_THAT_SELDOM_MEET: usize = 3;
/// How likely the sentences of two people must be one point at least.
const LEAST_LIKELY_OF_TWO: f64 = 0.2;
/// So many clauses of one deed are laid side by side: more would grow with the square of the reports.
const MOST_CLAUSES: usize = 24;
/// How far from "the three" its noun stands at most: "the three most powerful leaders".
const LONGEST_DESCRIPTION: usize = 4;

/// "No confirmation of a meeting" tells of a meeting.
const OPEN_NOUNS: [&str; 10] = [
    "confirmation",
    "plan",
    "plans",
    "possibility",
    "prospect",
    "chance",
    "word",
    "sign",
    "date",
    "agreement",
];

/// Words for people that stand with their number.
const PEOPLE: [&str; 20] = [
    "leaders",
    "men",
    "women",
    "presidents",
    "ministers",
    "candidates",
    "senators",
    "rivals",
    "officials",
    "friends",
    "brothers",
    "sisters",
    "politicians",
    "lawmakers",
    "suspects",
    "defendants",
    "players",
    "stars",
    "judges",
    "executives",
];

/// Returns true where a difference of certainty stands in another: each of its decisive cells is of a sentence of that one.
pub(crate) fn is_held(draft: &Draft, by: &Draft) -> bool {
    let decisive = || draft.cells.iter().filter(|cell| cell.decisive);
    let holds = |point: usize| by.cells.iter().any(|cell| cell.evidence.point == point);
    draft.difference == by.difference && decisive().all(|cell| holds(cell.evidence.point))
}

/// Returns the facts of a story in which the same people do one kind of thing for sure by one report, and perhaps by another.
pub(crate) fn people_facts(
    story: &StoryReadings<'_>,
    points: &Points,
    pairs: &[((usize, usize), f64)],
    entities: &[StoryEntity],
) -> Vec<Draft> {
    let people = People::of(story, entities);
    let mut deeds: BTreeMap<(usize, Vec<usize>), Vec<Evidence>> = BTreeMap::new();
    for (index, point) in points.all.iter().enumerate() {
        let Some(reading) = story.readings.get(point.report) else {
            continue;
        };
        for clause in evidence::all_of(index, &points.all, story) {
            let Some(deed) = deed(reading, point.report, point.sentence, clause.span, story) else {
                continue;
            };
            let own = people.together_in(point.report, point.sentence, clause.span, story);
            if own.len() >= LEAST_PEOPLE {
                let clauses = deeds.entry((deed, own)).or_default();
                if clauses.len() < MOST_CLAUSES {
                    clauses.push(clause);
                }
            }
        }
    }
    deeds
        .iter()
        .filter_map(|((_, people), clauses)| draft(people.len(), clauses, points, pairs, story))
        .collect()
}

/// Returns the fact of the clauses of one deed that differ in certainty from a clause of another report.
fn draft(
    people: usize,
    clauses: &[Evidence],
    points: &Points,
    pairs: &[((usize, usize), f64)],
    story: &StoryReadings<'_>,
) -> Option<Draft> {
    let report = |evidence: &Evidence| points.all.get(evidence.point).map(|point| point.report);
    let differ = |one: &Evidence, other: &Evidence| {
        report(one) != report(other)
            && one.status != other.status
            && (people >= PEOPLE_THAT_SELDOM_MEET
                || likelihood(one.point, other.point, pairs) >= LEAST_LIKELY_OF_TWO)
            && !denies_as(one, other, points, story)
            && !denies_as(other, one, points, story)
            && !quote_the_same(one, other, points, story)
            && !is_no_difference(one, other, points, story)
    };
    let against = |one: &Evidence| {
        clauses
            .iter()
            .find(|other| differ(one, other))
            .map(|other| other.status)
    };
    let lead = clauses.iter().find_map(|one| Some((one.status, against(one)?)));
    let (own, their): (Status, Status) = lead?;
    let sides: Vec<Evidence> = clauses
        .iter()
        .filter(|one| against(one).is_some())
        .cloned()
        .collect();
    let (cells, reports) = cells_of_clauses(&sides, points, story);
    let reason = format!("another certainty: {} against {}", own.as_str(), their.as_str());
    Some(Draft::new(FactKind::Status, reports, cells).differs(Difference::Certainty, reason))
}

/// Returns how likely two points are one; zero for a pair that was not looked at.
fn likelihood(one: usize, other: usize, pairs: &[((usize, usize), f64)]) -> f64 {
    let pair = (one.min(other), one.max(other));
    let found = pairs.binary_search_by(|(known, _)| known.cmp(&pair));
    found
        .ok()
        .and_then(|found| pairs.get(found))
        .map_or(0.0, |(_, likelihood)| *likelihood)
}

/// Returns the kind of deed that a clause tells of: that of its first verb in the table, or of its first noun there of which it
/// tells and which it does not only mention ("the moderator of the debate").
fn deed(
    reading: &Reading,
    report: usize,
    sentence: usize,
    clause: Span,
    story: &StoryReadings<'_>,
) -> Option<usize> {
    let sentence = reading.sentences.get(sentence)?;
    let tokens = reading.tokens.get(sentence.first_token..sentence.last_token)?;
    let word = |token: &Token| story.text(report, token.span).to_lowercase();
    let is_argument = |token: &Token| matches!(token.relation, Some("nsubj" | "nsubj:pass" | "obj" | "root"));
    let is_told = |token: &Token| match token.tag {
        Some(PartOfSpeech::Verb) => true,
        Some(PartOfSpeech::Noun) if token.relation == Some("nmod") => {
            let above = token.head.and_then(|head| reading.tokens.get(head));
            above.is_some_and(|above| is_argument(above) && OPEN_NOUNS.contains(&word(above).as_str()))
        }
        Some(PartOfSpeech::Noun) => is_argument(token),
        _ => false,
    };
    let mut telling = tokens
        .iter()
        .filter(|token| clause.contains(token.span) && is_told(token));
    telling.find_map(|token| DEEDS.get(word(token).as_str()).copied())
}

/// Where a story's reports mean people.
struct People<'story> {
    readings: &'story [Reading],
    /// By report, the places in their order, each with the entity.
    mentions: Vec<Vec<(Span, usize)>>,
}

impl<'story> People<'story> {
    fn of(story: &'story StoryReadings<'_>, entities: &[StoryEntity]) -> Self {
        let mut mentions = vec![Vec::new(); story.readings.len()];
        for (index, entity) in entities.iter().enumerate() {
            for mention in &entity.mentions {
                if entity.kind == EntityKind::Person
                    && let Some(own) = mentions.get_mut(mention.report)
                {
                    own.push((mention.span, index));
                }
            }
        }
        for own in &mut mentions {
            own.sort_unstable();
        }
        Self {
            readings: &story.readings,
            mentions,
        }
    }

    /// Returns who is meant in a span by a name, a description or a pronoun, sorted.
    fn named_in(&self, report: usize, span: Span) -> Vec<usize> {
        let all = self.mentions.get(report).map_or(&[][..], Vec::as_slice);
        let first = all.partition_point(|(mention, _)| mention.start < span.start);
        let inside = all
            .iter()
            .skip(first)
            .take_while(|(mention, _)| mention.start < span.end);
        let mut people: Vec<usize> = inside.map(|(_, entity)| *entity).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Returns who is meant in a clause, "the three leaders" among them.
    fn together_in(
        &self,
        report: usize,
        sentence: usize,
        clause: Span,
        story: &StoryReadings<'_>,
    ) -> Vec<usize> {
        let mut people = self.named_in(report, clause);
        if let Some((start, count)) = self.described_in(report, sentence, clause, story) {
            people.extend(self.just_before(report, sentence, start, count));
            people.sort_unstable();
            people.dedup();
        }
        people
    }

    /// Returns where a clause speaks of "the three leaders" or "both men", and how many they are.
    fn described_in(
        &self,
        report: usize,
        sentence: usize,
        clause: Span,
        story: &StoryReadings<'_>,
    ) -> Option<(usize, usize)> {
        let reading = self.readings.get(report)?;
        let found = reading.sentences.get(sentence)?;
        let tokens = reading.tokens.get(found.first_token..found.last_token)?;
        let tokens: Vec<Span> = tokens
            .iter()
            .map(|token| token.span)
            .filter(|span| clause.contains(*span))
            .collect();
        let words: Vec<String> = tokens
            .iter()
            .map(|span| story.text(report, *span).to_lowercase())
            .collect();
        words.iter().enumerate().find_map(|(place, word)| {
            let before = place
                .checked_sub(1)
                .and_then(|before| words.get(before))
                .map(String::as_str);
            let is_known = matches!(before, Some("the" | "these" | "those" | "all"));
            let count = match word.as_str() {
                "both" => 2,
                "two" if is_known => 2,
                "three" if is_known => 3,
                "four" if is_known => 4,
                "five" if is_known => 5,
                _ => return None,
            };
            let mut behind = words.iter().skip(place + 1).take(LONGEST_DESCRIPTION);
            let of_people = behind.any(|word| PEOPLE.contains(&word.as_str()));
            of_people.then(|| tokens.get(place).map(|span| (span.start, count)))?
        })
    }

    /// Returns the people named in the same sentence before a place, or in the sentence before it, where they are so many.
    fn just_before(&self, report: usize, sentence: usize, place: usize, count: usize) -> Vec<usize> {
        let sentences = self
            .readings
            .get(report)
            .map_or(&[][..], |reading| &reading.sentences);
        let own = sentences
            .get(sentence)
            .map(|own| Span::new(own.span.start, place));
        let before = sentence
            .checked_sub(1)
            .and_then(|before| sentences.get(before))
            .map(|before| before.span);
        let spans = own.into_iter().chain(before);
        let mut found = spans.map(|span| self.named_in(report, span));
        found.find(|people| people.len() == count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_story::reasons_of;

    /// Returns the reasons of the differences of certainty between two reports.
    fn differences(one: &str, other: &str) -> Vec<String> {
        reasons_of(one, other, |fact| fact.difference == Some(Difference::Certainty))
    }

    #[test]
    fn every_word_stands_on_one_line() {
        let lines = KINDRED_DEEDS.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.flat_map(str::split_whitespace).count(), DEEDS.len());
    }

    #[test]
    fn the_same_three_do_one_kind_of_thing() {
        let may = "The fair opens at noon in the old harbour, where Olwen Tarrick, Ada Brenn and Joss Kerrel may stand together.";
        let will = "Ada Brenn will sit on the left of Olwen Tarrick during the speeches, with Joss Kerrel on the right.";
        assert_eq!(
            differences(may, will),
            ["another certainty: possible against expected"]
        );
        let two = "Ada Brenn will sit on the left of Olwen Tarrick during the speeches.";
        assert_eq!(differences(may, two), Vec::<String>::new());
        let drive = "Ada Brenn will drive to Senby with Olwen Tarrick and Joss Kerrel.";
        assert_eq!(differences(may, drive), Vec::<String>::new());
    }

    #[test]
    fn the_three_leaders_are_the_three_who_were_named_before() {
        let open = "Governor Olwen Tarrick, Mayor Ada Brenn and Captain Joss Kerrel came to the fair. There has been no \
                    confirmation of a meeting among the three leaders.";
        let sure = "Governor Olwen Tarrick has meetings with Mayor Ada Brenn and Captain Joss Kerrel.";
        assert_eq!(
            differences(open, sure),
            ["another certainty: unconfirmed against asserted"]
        );
        let four = open.replace("three", "four");
        assert_eq!(differences(&four, sure), Vec::<String>::new());
    }

    #[test]
    fn what_is_only_mentioned_is_not_told() {
        let hacked = "The account of the moderator of the duel between Olwen Tarrick, Ada Brenn and Joss Kerrel may have been hacked.";
        let debated = "Olwen Tarrick fought Ada Brenn and Joss Kerrel.";
        assert_eq!(differences(hacked, debated), Vec::<String>::new());
    }
}
