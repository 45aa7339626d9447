//! Facts about whether it is so: one report says that it happened or will, another that it may, is expected, is
//! unconfirmed or denied.

use rashomon_core::{Difference, FactKind, PartOfSpeech, QuoteKind, Status, StoryReadings};

use crate::certainty_guards::is_no_difference;
use crate::clause_words::have_one_verb;
use crate::draft::{Draft, cells_of_clauses};
use crate::evidence::{self, Evidence};
use crate::points::Points;
use crate::terms::{Vocabulary, normal_form};

/// A group whose sentences are less likely one point than this gives no difference of certainty.
const LEAST_LIKELY: f64 = 0.5;
/// Two clauses less alike than this give none either: they may be about other things. With .3 the training stories gave 71
/// differences of certainty, 42 of them right; with .2 103 and 54, with .4 52 and 30.
const LEAST_ALIKE: f64 = 0.3;
/// The same where both have one verb: "is expected to be charged", "was charged".
const LEAST_ALIKE_OF_ONE_VERB: f64 = 0.2;
/// The same where one says outright that it is not confirmed.
const LEAST_ALIKE_TO_A_DOUBT: f64 = 0.12;
/// Quotes that share so many words in a row are one quote.
const WORDS_OF_ONE_QUOTE: usize = 4;

/// Returns the fact in which two reports of a group differ in how surely they say it: a clause of the one and a clause of
/// the other that are each other's nearest have other statuses.
pub(crate) fn certainty_fact(
    group: &[Evidence],
    points: &Points,
    story: &StoryReadings<'_>,
    likelihood: f64,
    vocabulary: &mut Vocabulary,
) -> Option<Draft> {
    let clauses: Vec<Evidence> = group
        .iter()
        .flat_map(|evidence| evidence::all_of(evidence.point, &points.all, story))
        .collect();
    let first = clauses.first()?.status;
    if likelihood < LEAST_LIKELY || clauses.iter().all(|evidence| evidence.status == first) {
        return None;
    }
    let report = |evidence: &Evidence| points.all.get(evidence.point).map_or(0, |point| point.report);
    let alike = |one: &Evidence, other: &Evidence| evidence::alike(one, other, &points.all);
    let doubts = |evidence: &Evidence| evidence.status == Status::Unconfirmed;
    let least = |one: &Evidence, other: &Evidence, one_verb: bool| {
        if doubts(one) || doubts(other) {
            LEAST_ALIKE_TO_A_DOUBT
        } else if one_verb {
            LEAST_ALIKE_OF_ONE_VERB
        } else {
            LEAST_ALIKE
        }
    };
    let is_nearest = |one: &Evidence, other: &Evidence, near: f64| {
        let beside = clauses.iter().filter(|beside| report(beside) == report(other));
        beside.map(|beside| alike(one, beside)).all(|found| found <= near)
    };
    let mut nearest: Option<(f64, &Evidence, &Evidence)> = None;
    let mut nearest_of_one_verb = nearest;
    for (place, one) in clauses.iter().enumerate() {
        let others = clauses.iter().skip(place + 1);
        for other in others.filter(|other| report(other) != report(one) && other.status != one.status) {
            let near = alike(one, other);
            let is_near =
                |best: Option<(f64, &Evidence, &Evidence)>| best.is_none_or(|(so_far, _, _)| near > so_far);
            if !(is_near(nearest) || is_near(nearest_of_one_verb))
                || near < LEAST_ALIKE_OF_ONE_VERB.min(LEAST_ALIKE_TO_A_DOUBT)
                || !is_nearest(one, other, near)
                || !is_nearest(other, one, near)
                || denies_as(one, other, points, story)
                || denies_as(other, one, points, story)
                || quote_the_same(one, other, points, story)
                || !(doubts(one) || doubts(other) || share_a_topic(one, other, points, story, vocabulary))
            {
                continue;
            }
            let one_verb = have_one_verb(one, other, points, story, vocabulary);
            if near < least(one, other, one_verb) {
                continue;
            }
            if is_near(nearest) {
                nearest = Some((near, one, other));
            }
            if one_verb && is_near(nearest_of_one_verb) && !is_no_difference(one, other, points, story) {
                nearest_of_one_verb = Some((near, one, other));
            }
        }
    }
    // Where the nearest two do not differ, two that are less near are about something else, unless they have one verb.
    let differs = nearest.filter(|(_, one, other)| !is_no_difference(one, other, points, story));
    let (_, one, other) = differs.or(nearest_of_one_verb)?;
    // What stands by: the two, and whatever says nearly the same as one of them.
    let group: Vec<Evidence> = group
        .iter()
        .map(|evidence| {
            let side = [one, other].into_iter().find(|side| side.point == evidence.point);
            side.unwrap_or(evidence).clone()
        })
        .collect();
    let (mut cells, reports) = cells_of_clauses(&group, points, story);
    for (cell, evidence) in cells.iter_mut().zip(&group) {
        let is = |side: &Evidence| evidence.point == side.point && evidence.span == side.span;
        let near = |side: &Evidence| is(side) || alike(evidence, side) >= LEAST_ALIKE;
        cell.decisive = near(one) || near(other);
    }
    let reason = format!(
        "another certainty: {} against {}",
        one.status.as_str(),
        other.status.as_str()
    );
    Some(Draft::new(FactKind::Status, reports, cells).differs(Difference::Certainty, reason))
}

/// Returns true for two clauses that share a noun or a verb: those with the same names in them alone tell of other things.
fn share_a_topic(
    one: &Evidence,
    other: &Evidence,
    points: &Points,
    story: &StoryReadings<'_>,
    vocabulary: &mut Vocabulary,
) -> bool {
    let mut terms = |evidence: &Evidence| -> Vec<u32> {
        let Some(point) = points.all.get(evidence.point) else {
            return Vec::new();
        };
        let tokens = story
            .readings
            .get(point.report)
            .and_then(|reading| {
                let sentence = reading.sentences.get(point.sentence)?;
                reading.tokens.get(sentence.first_token..sentence.last_token)
            })
            .unwrap_or_default();
        let topical = tokens
            .iter()
            .filter(|token| evidence.span.contains(token.span))
            .filter(|token| matches!(token.tag, Some(PartOfSpeech::Noun | PartOfSpeech::Verb)));
        let terms = topical.filter_map(|token| vocabulary.term(story.text(point.report, token.span)));
        terms.collect()
    };
    let (own, their) = (terms(one), terms(other));
    own.iter()
        .any(|term| their.contains(term) && !vocabulary.is_stop(*term))
}

/// Returns true where one denies what the other tells as a negation: "she denied that she lied" and "I did not lie" are as sure.
pub(crate) fn denies_as(
    one: &Evidence,
    other: &Evidence,
    points: &Points,
    story: &StoryReadings<'_>,
) -> bool {
    one.status == Status::Denied && other.status == Status::Asserted && is_negated(other, points, story)
}

/// Returns true for a clause with a negated verb.
fn is_negated(evidence: &Evidence, points: &Points, story: &StoryReadings<'_>) -> bool {
    let point = points.all.get(evidence.point);
    let reading = point.and_then(|point| story.readings.get(point.report));
    let statement = reading.and_then(|reading| reading.statements.get(evidence.statement?));
    statement.is_some_and(|statement| statement.negated)
}

/// Returns true where the quotes of two clauses share words in a row: one speaker said them once, as surely as he did.
pub(crate) fn quote_the_same(
    one: &Evidence,
    other: &Evidence,
    points: &Points,
    story: &StoryReadings<'_>,
) -> bool {
    let (own, their) = (
        quoted_words(one, points, story),
        quoted_words(other, points, story),
    );
    own.windows(WORDS_OF_ONE_QUOTE)
        .any(|run| their.windows(WORDS_OF_ONE_QUOTE).any(|other| run == other))
}

/// Returns the words in quotation marks of the quotes that reach into a clause.
fn quoted_words(evidence: &Evidence, points: &Points, story: &StoryReadings<'_>) -> Vec<String> {
    let Some(point) = points.all.get(evidence.point) else {
        return Vec::new();
    };
    let Some(reading) = story.readings.get(point.report) else {
        return Vec::new();
    };
    let marked = reading
        .quotes
        .iter()
        .filter(|quote| quote.kind != QuoteKind::Indirect);
    let pieces = marked
        .flat_map(|quote| &quote.pieces)
        .filter(|piece| piece.overlaps(evidence.span));
    let words = pieces.flat_map(|piece| story.text(point.report, *piece).split_whitespace());
    let plain = |word: &str| normal_form(word.trim_matches(|mark: char| !mark.is_alphanumeric()));
    words.map(plain).collect()
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Difference, Report};

    use crate::test_story::ledger_of;

    #[test]
    fn the_verdict_rests_on_the_clauses_that_are_near() {
        let reports = [
            Report::new(
                "herald",
                "The dam above the village of Senby is safe, the water board said on Tuesday.\n\nGovernor Olwen Tarrick \
                 met the miners of Senby on Monday. She promised new pumps.",
            ),
            Report::new(
                "post",
                "Cracks were seen in the dam above the village of Senby on Monday, two engineers said.\n\nGovernor Olwen \
                 Tarrick may meet the miners of Senby. The water board denied that the dam is unsafe.",
            ),
        ];
        let ledger = ledger_of(&reports);
        let mut certainty = ledger
            .facts
            .iter()
            .filter(|fact| fact.difference == Some(Difference::Certainty));
        let fact = certainty.next().unwrap();
        let words = |decisive: bool| -> Vec<&str> {
            let cells = fact.cells.iter().filter(|cell| cell.decisive == decisive);
            cells.map(|cell| cell.value.as_str()).collect()
        };
        assert!(words(true).iter().any(|value| value.contains("met the miners")));
        assert!(
            words(true)
                .iter()
                .any(|value| value.contains("may meet the miners"))
        );
        assert!(
            words(false)
                .iter()
                .any(|value| value.contains("Cracks were seen"))
        );
    }

    #[test]
    fn names_alone_make_no_difference() {
        let certainty = |words: &str| {
            let reports = [
                Report::new(
                    "herald",
                    "The summer fair will also feature Harbour Minister Olwen Tarrick and Mayor Ada Brenn of Senby.",
                ),
                Report::new("post", words),
            ];
            let facts = ledger_of(&reports).facts;
            facts
                .iter()
                .any(|fact| fact.difference == Some(Difference::Certainty))
        };
        assert!(!certainty(
            "He also dined with Harbour Minister Olwen Tarrick and Mayor Ada Brenn of Senby."
        ));
        assert!(certainty(
            "The summer fair also featured Harbour Minister Olwen Tarrick and Mayor Ada Brenn of Senby."
        ));
    }
}
