//! What one report says that tells when it was published.

use jiff::civil::Weekday;
use rashomon_core::{Date, Direction, Reading, Report, SentenceKind, Span, TimeExpression, TimeValue};

use super::year::{Anniversary, anniversaries};
use crate::times::pieces::Pieces;
use crate::times::{times_of, words};

/// How many sentences from the start are the lead.
const LEAD: usize = 3;

/// How long a line about the report itself is at most, in bytes.
const LINE: usize = 120;

/// A day that the text names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DayClue {
    /// The year, where it is said.
    pub(super) year: Option<i16>,
    /// The month.
    pub(super) month: i8,
    /// The day of the month.
    pub(super) day: i8,
    /// The weekday that is said with it: "Tuesday, September 2".
    pub(super) weekday: Option<Weekday>,
    /// The words, as written.
    pub(super) words: String,
    /// True in the lead.
    pub(super) in_lead: bool,
}

/// What one report says that tells when it was published.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Clues {
    /// The weekday that the lead names with a verb in the past.
    pub(super) lead: Option<Weekday>,
    /// The days named, none of them in the future.
    pub(super) days: Vec<DayClue>,
    /// The latest year named, not in the future.
    pub(super) latest_year: Option<i16>,
    /// The anniversaries named.
    pub(super) anniversaries: Vec<Anniversary>,
    /// The full date in a line about the report itself, and its words.
    pub(super) printed: Option<(Date, String)>,
}

/// Returns what a report says that tells when it was published.
pub(super) fn clues(report: &Report, reading: &Reading) -> Clues {
    let text = report.text.as_str();
    let mut found = Clues::default();
    let lead_end = reading
        .sentences
        .iter()
        .enumerate()
        .filter(|(_, sentence)| sentence.kind == SentenceKind::Text)
        .nth(LEAD - 1)
        .map_or(reading.sentences.len(), |(index, _)| index + 1);
    for time in &reading.times {
        let in_lead = time.sentence < lead_end;
        let words = time.span.text(text);
        match time.expression {
            TimeExpression::Weekday(weekday, Direction::Past, _) if in_lead => {
                found.lead.get_or_insert(weekday);
            }
            TimeExpression::MonthDay(month, day, direction)
                if direction != Direction::Future
                    && !is_name_of_event(text, time.span)
                    && is_written_date(words) =>
            {
                found.days.push(DayClue {
                    year: None,
                    month,
                    day,
                    weekday: weekday_in(words),
                    words: words.to_owned(),
                    in_lead,
                });
            }
            TimeExpression::Absolute(TimeValue::Day(day)) => {
                if !is_name_of_event(text, time.span) {
                    found.days.push(DayClue {
                        year: Some(day.year()),
                        month: day.month(),
                        day: day.day(),
                        weekday: weekday_in(words),
                        words: words.to_owned(),
                        in_lead,
                    });
                }
                found.latest_year = found.latest_year.max(Some(day.year()));
            }
            TimeExpression::Absolute(
                TimeValue::Year(year)
                | TimeValue::Month(year, _)
                | TimeValue::Season(year, _)
                | TimeValue::Quarter(year, _),
            ) if !is_ahead(reading, text, time.sentence, time.span) => {
                found.latest_year = found.latest_year.max(Some(year));
            }
            _ => {}
        }
    }
    let mut before = None;
    for sentence in &reading.sentences {
        if sentence.kind != SentenceKind::Provenance {
            anniversaries(text, sentence.span, before, &mut found.anniversaries);
            before = Some(sentence.span);
        }
    }
    found.printed = printed(report, reading);
    found
}

/// Returns true where a date is written by a month's name, not by a holiday's: "Christmas" tells no day of a report.
fn is_written_date(words: &str) -> bool {
    words.bytes().any(|byte| byte.is_ascii_digit())
}

/// "The September 11 attacks": a date that has become a name.
fn is_name_of_event(text: &str, span: Span) -> bool {
    let after = text.get(span.end..).unwrap_or_default();
    let next = after
        .split(|character: char| !character.is_alphanumeric())
        .find(|word| !word.is_empty())
        .unwrap_or_default()
        .to_lowercase();
    after.starts_with([' ', '-', '’', '\''])
        && matches!(
            next.as_str(),
            "attack"
                | "attacks"
                | "terrorist"
                | "terror"
                | "riot"
                | "riots"
                | "massacre"
                | "insurrection"
                | "revolution"
                | "movement"
                | "commission"
                | "committee"
                | "uprising"
                | "coup"
                | "protests"
        )
}

/// Returns the weekday that stands in the words of a date.
fn weekday_in(words_of_date: &str) -> Option<Weekday> {
    let first: String = words_of_date
        .chars()
        .take_while(|character| character.is_alphabetic())
        .collect();
    words::weekday(&first.to_lowercase()).map(|(weekday, _)| weekday)
}

/// Returns true where a year is spoken of as one to come: "by 2030", "will … in 2030".
fn is_ahead(reading: &Reading, text: &str, sentence: usize, span: Span) -> bool {
    let Some(whole) = reading.sentences.get(sentence) else {
        return false;
    };
    let before = Span::new(whole.span.start, span.start).text(text).to_lowercase();
    let words: Vec<&str> = before.split_whitespace().rev().take(12).collect();
    words.first() == Some(&"by")
        || words.first() == Some(&"until")
        || words.iter().any(|word| {
            matches!(
                *word,
                "will" | "would" | "plans" | "planned" | "expected" | "bid" | "next" | "won't" | "to"
            )
        })
}

/// Returns the full date of a line about the report itself: "Published September 2, 2025".
fn printed(report: &Report, reading: &Reading) -> Option<(Date, String)> {
    let text = report.text.as_str();
    let lines = reading
        .sentences
        .iter()
        .filter(|sentence| {
            let line = sentence.span.text(text);
            sentence.span.len() <= LINE
                && ([
                    "published",
                    "updated",
                    "posted",
                    "date:",
                    "first published",
                    "last updated",
                ]
                .iter()
                .any(|start| {
                    line.get(..start.len())
                        .is_some_and(|first| first.eq_ignore_ascii_case(start))
                }))
        })
        .map(|sentence| sentence.span);
    let spans: Vec<Span> = report
        .provenance
        .iter()
        .copied()
        .filter(|span| span.len() <= 400)
        .chain(lines)
        .collect();
    spans.into_iter().find_map(|span| {
        let pieces = Pieces::of_text(text, span);
        times_of(&pieces, &mut None)
            .into_iter()
            .find_map(|(span, expression)| match expression {
                TimeExpression::Absolute(TimeValue::Day(day)) => Some((day, span.text(text).to_owned())),
                TimeExpression::Clock(_, _, inner) | TimeExpression::UtcClock(_, _, inner) => match *inner {
                    TimeExpression::Absolute(TimeValue::Day(day)) => Some((day, span.text(text).to_owned())),
                    _ => None,
                },
                _ => None,
            })
    })
}
