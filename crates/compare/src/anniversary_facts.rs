//! Facts about what an anniversary is of: one report marks the end of a war, another the enemy's surrender, a third the victory.
//!
//! The same number of years, something named in both and heads that stand on two sides of a line of a table are plain evidence of one
//! event that is characterised otherwise, wherever in the reports the two stand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rashomon_core::{Difference, FactKind, PartOfSpeech, Span, StoryReadings};
use rustc_hash::FxHashMap;

use crate::draft::{Draft, DraftCell};
use crate::evidence;
use crate::framing_facts::is_quoted;
use crate::points::Points;
use crate::terms::{Vocabulary, normal_form};

const ANNIVERSARY_WORDS: &str = include_str!("data/anniversary_words.txt");

/// By word, the lines and sides of the table that it stands on.
static TABLE: LazyLock<FxHashMap<&'static str, Vec<(usize, usize)>>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, Vec<(usize, usize)>> = FxHashMap::default();
    let lines = ANNIVERSARY_WORDS.lines().filter(|line| !line.starts_with('#'));
    for (line, sides) in lines.enumerate() {
        for (side, words) in sides.split('|').enumerate() {
            for word in words.split(',').map(str::trim) {
                table.entry(word).or_default().push((line, side));
            }
        }
    }
    table
});

/// What an anniversary is of stands in so many tokens at most.
const LONGEST: usize = 25;

/// A place where a report says what an anniversary is of.
#[derive(Clone, Debug)]
struct Anniversary {
    point: usize,
    report: usize,
    /// From the head's words to the last name: "the end of World War II".
    span: Span,
    head: String,
    /// The terms of its names, sorted.
    names: Vec<u32>,
    /// True where the words are another's, in quotation marks.
    is_quoted: bool,
}

impl Anniversary {
    /// Returns true where two say of one event what rules the other out.
    fn is_against(&self, other: &Self) -> bool {
        let sides = |head: &str| TABLE.get(head).map_or(&[][..], Vec::as_slice);
        let (own, their) = (sides(&self.head), sides(&other.head));
        let apart = own.iter().any(|(line, side)| {
            their
                .iter()
                .any(|(other, theirs)| line == other && side != theirs)
        });
        let together = own.iter().any(|side| their.contains(side));
        apart
            && !together
            && self
                .names
                .iter()
                .any(|name| other.names.binary_search(name).is_ok())
    }
}

/// Returns the facts of a story whose reports say otherwise what an anniversary is of.
pub(crate) fn anniversary_facts(
    story: &StoryReadings<'_>,
    points: &Points,
    vocabulary: &mut Vocabulary,
) -> Vec<Draft> {
    // By the years that have passed, as written: "80th".
    let mut marked: BTreeMap<String, Vec<Anniversary>> = BTreeMap::new();
    for (index, point) in points.all.iter().enumerate() {
        let Some(reading) = story.readings.get(point.report) else {
            continue;
        };
        let tokens = reading
            .sentences
            .get(point.sentence)
            .map_or(0..0, |own| own.first_token..own.last_token);
        for token in tokens.clone() {
            let is_it = reading.tokens.get(token).is_some_and(|token| {
                story
                    .text(point.report, token.span)
                    .eq_ignore_ascii_case("anniversary")
            });
            let found = is_it
                .then(|| anniversary(token, tokens.clone(), index, points, story, vocabulary))
                .flatten();
            if let Some((years, found)) = found {
                marked.entry(years).or_default().push(found);
            }
        }
    }
    marked
        .into_values()
        .filter_map(|all| draft(&all, points, story))
        .collect()
}

/// Returns the fact of the anniversaries of one number of years, where a report in its own voice stands against another.
fn draft(all: &[Anniversary], points: &Points, story: &StoryReadings<'_>) -> Option<Draft> {
    let own_voice = |report: usize| {
        all.iter()
            .filter(move |one| one.report == report && !one.is_quoted)
    };
    // A report that calls it both ways takes no side.
    let keeps_to_its_side = |one: &Anniversary| !own_voice(one.report).any(|other| one.is_against(other));
    let mut voices = all.iter().filter(|one| !one.is_quoted && keeps_to_its_side(one));
    let (one, other) = voices.find_map(|one| {
        let others = all
            .iter()
            .filter(|other| other.report != one.report && !other.is_quoted);
        let mut against = others.filter(|other| one.is_against(other) && keeps_to_its_side(other));
        Some((one, against.next()?))
    })?;
    let of_it = all.iter().filter(|found| {
        let is_side = |side: &Anniversary| found.head == side.head && found.report == side.report;
        is_side(one) || is_side(other) || found.is_against(one) || found.is_against(other)
    });
    let mut cells = Vec::new();
    let mut reports = Vec::new();
    for found in of_it {
        let mut cell = DraftCell::new(
            evidence::at(found.point, found.span, &points.all, story)?,
            story.text(found.report, found.span).to_owned(),
        );
        cell.decisive = !found.is_quoted;
        cells.push(cell);
        reports.push(found.report);
    }
    reports.sort_unstable();
    reports.dedup();
    let reason = format!(
        "other words for what the anniversary is of: “{}” against “{}”",
        one.head, other.head
    );
    Some(Draft::new(FactKind::Event, reports.len(), cells).differs(Difference::Framing, reason))
}

/// Returns how many years an anniversary counts, and what it is of, where its head stands in the table.
fn anniversary(
    token: usize,
    sentence: std::ops::Range<usize>,
    point: usize,
    points: &Points,
    story: &StoryReadings<'_>,
    vocabulary: &mut Vocabulary,
) -> Option<(String, Anniversary)> {
    let report = points.all.get(point)?.report;
    let reading = story.readings.get(report)?;
    let word = |token: usize| {
        reading
            .tokens
            .get(token)
            .map(|token| normal_form(story.text(report, token.span)))
    };
    let years = (sentence.start..token)
        .rev()
        .take(3)
        .find_map(|before| word(before).filter(|word| is_count(word)))?;
    if word(token + 1)? != "of" {
        return None;
    }
    let first = token + 2;
    let last = sentence.end.min(first + LONGEST);
    let tag = |token: usize| reading.tokens.get(token).and_then(|token| token.tag);
    let in_phrase = |token: usize| {
        let is_mark = || {
            reading.tokens.get(token).is_some_and(|token| {
                story
                    .text(report, token.span)
                    .trim_matches(['\'', '’', '-'])
                    .is_empty()
            })
        };
        match tag(token) {
            Some(
                PartOfSpeech::Noun
                | PartOfSpeech::Propn
                | PartOfSpeech::Adj
                | PartOfSpeech::Det
                | PartOfSpeech::Num
                | PartOfSpeech::Pron
                | PartOfSpeech::Part,
            ) => true,
            Some(PartOfSpeech::Punct) => is_mark(),
            _ => false,
        }
    };
    let end_of = |start: usize| (start..last).find(|&token| !in_phrase(token)).unwrap_or(last);
    let head_end = end_of(first);
    let head_token = head_end.checked_sub(1).filter(|head| *head >= first)?;
    let head = story
        .text(report, reading.tokens.get(head_token)?.span)
        .to_lowercase();
    TABLE.get(head.as_str())?;
    // On over "of" and "in", to the last name.
    let mut end = head_end;
    while end < last && tag(end) == Some(PartOfSpeech::Adp) && end_of(end + 1) > end + 1 {
        end = end_of(end + 1);
    }
    let start = reading.tokens.get(first)?.span.start;
    let span = Span::new(start, reading.tokens.get(end - 1)?.span.end);
    let mut names: Vec<u32> = (first..end)
        .filter(|&token| token != head_token && tag(token) == Some(PartOfSpeech::Propn))
        .filter_map(|token| vocabulary.term(&word(token)?))
        .collect();
    names.retain(|&term| !vocabulary.is_stop(term));
    names.sort_unstable();
    names.dedup();
    let found = Anniversary {
        point,
        report,
        span,
        head,
        names,
        is_quoted: is_quoted(reading, span),
    };
    Some((years, found))
}

/// Returns true for a number of years as an anniversary has it: "80th", "tenth", "twenty-fifth".
fn is_count(word: &str) -> bool {
    const ENDINGS: [&str; 4] = ["th", "st", "nd", "rd"];
    let is_figure = word.starts_with(|first: char| first.is_ascii_digit())
        && ENDINGS.iter().any(|end| word.ends_with(end));
    is_figure || matches!(word, "first" | "second" | "third") || word.ends_with("th") && word.len() > 4
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::test_story::reasons_of;

    fn reasons(one: &str, other: &str) -> Vec<String> {
        reasons_of(one, other, |fact| fact.difference == Some(Difference::Framing))
    }

    #[test]
    fn a_word_stands_once_on_a_line() {
        for line in ANNIVERSARY_WORDS.lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<&str> = line.split(['|', ',']).map(str::trim).collect();
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{line}");
            assert!(
                line.contains('|') && words.iter().all(|word| !word.is_empty()),
                "{line}"
            );
        }
    }

    #[test]
    fn one_anniversary_is_of_an_end_or_of_a_victory() {
        let end = "Governor Olwen Tarrick laid a wreath in Senby for the 30th anniversary of the end of the Orsel War.";
        let victory = "Thousands sang in the streets for the 30th anniversary of the victory over the islands in the Orsel War.";
        assert_eq!(
            reasons(end, victory),
            ["other words for what the anniversary is of: “end” against “victory”"]
        );
        let other_years = victory.replace("30th", "29th");
        assert!(reasons(end, &other_years).is_empty());
        let other_event = victory.replace("Orsel War", "Siege of Ansel");
        assert!(reasons(end, &other_event).is_empty());
        let quoted = "“We keep the 30th anniversary of the victory over the islands in the Orsel War,” said Mayor Ada Brenn.";
        assert!(reasons(end, quoted).is_empty());
        let both = format!("{victory} It was the 30th anniversary of the end of the Orsel War.");
        assert!(reasons(end, &both).is_empty());
    }
}
