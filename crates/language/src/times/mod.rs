//! Points and stretches of time, in the manner of TIMEX3 (TimeML, TempEval-3).
//!
//! A sentence is cut into pieces, and at each piece the rules are tried in a fixed order: explicit dates, clock times,
//! relative times, lengths of time. Each rule lies in its own file and gives what the words say, not a day; the
//! value waits for the day of the report.

mod clock;
mod dates;
mod decades;
mod durations;
pub(crate) mod numbers;
pub(crate) mod pieces;
mod relative;
mod resolve;
mod tense;
pub(crate) mod words;
mod years;

use rashomon_core::{Direction, SentenceKind, Span, TimeExpression, TimeMention, TimeValue};

pub(crate) use self::resolve::resolve;
use crate::context::Context;
use pieces::Pieces;

/// What a rule found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hit {
    /// The piece after it.
    pub(crate) end: usize,
    /// What the words say.
    pub(crate) expression: TimeExpression,
    /// True where "the" before it belongs to it.
    pub(crate) article: bool,
}

impl Hit {
    /// Returns a hit that an article before it does not belong to.
    pub(crate) fn new(end: usize, expression: TimeExpression) -> Self {
        Self {
            end,
            expression,
            article: false,
        }
    }

    /// Returns a hit that takes the article before it.
    pub(crate) fn with_article(end: usize, expression: TimeExpression) -> Self {
        Self {
            end,
            expression,
            article: true,
        }
    }

    /// Returns a hit with a TIMEX3 value that needs no day.
    pub(crate) fn fixed(end: usize, value: impl Into<String>) -> Self {
        Self::new(end, TimeExpression::Absolute(TimeValue::Other(value.into())))
    }
}

/// Where a rule looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'sentence, 'text> {
    /// The sentence.
    pub(crate) pieces: &'sentence Pieces<'text>,
    /// The piece at which the time may begin.
    pub(crate) at: usize,
    /// The time before it in the text, to which "later" and "the following year" refer.
    pub(crate) anchor: Option<&'sentence TimeExpression>,
    /// The day before it in the same sentence, to which a clock time belongs.
    pub(crate) day: Option<&'sentence TimeExpression>,
}

impl<'text> Place<'_, 'text> {
    /// Returns the same place at another piece.
    pub(crate) fn moved(self, at: usize) -> Self {
        Self { at, ..self }
    }

    /// Returns the word or mark at an offset, in lower case.
    pub(crate) fn word(&self, offset: usize) -> &str {
        self.pieces.lower(self.at + offset)
    }

    /// Returns the direction that the clause gives to a time of the pieces `at..end`, or else `otherwise`.
    pub(crate) fn direction(&self, end: usize, otherwise: Direction) -> Direction {
        tense::direction(self.pieces, self.at, end).unwrap_or(otherwise)
    }

    /// Returns the text's type, so that rules can name it.
    pub(crate) fn pieces(&self) -> &Pieces<'text> {
        self.pieces
    }
}

/// Returns the times of a text, without values where they need a reference day. Lines of provenance have none.
pub(crate) fn times(context: &Context<'_>) -> Vec<TimeMention> {
    let mut mentions = Vec::new();
    let mut anchor: Option<TimeExpression> = None;
    for (sentence, whole) in context.sentences.iter().enumerate() {
        if whole.kind == SentenceKind::Provenance {
            continue;
        }
        let pieces = Pieces::of_sentence(context, sentence);
        for (span, expression) in times_of(&pieces, &mut anchor) {
            mentions.push(TimeMention {
                span,
                sentence,
                value: match &expression {
                    TimeExpression::Absolute(value) => Some(value.clone()),
                    _ => None,
                },
                expression,
            });
        }
    }
    mentions
}

/// Returns the times of one sentence, and moves the anchor to the last one that later times may refer to.
pub(crate) fn times_of(
    pieces: &Pieces<'_>,
    anchor: &mut Option<TimeExpression>,
) -> Vec<(Span, TimeExpression)> {
    let mut found = Vec::new();
    let mut day: Option<TimeExpression> = None;
    let mut at = 0;
    while at < pieces.len() {
        let place = Place {
            pieces,
            at,
            anchor: anchor.as_ref(),
            day: day.as_ref(),
        };
        let Some((start, hit)) = time_at(place) else {
            at += 1;
            continue;
        };
        if is_day(&hit.expression) {
            day = Some(hit.expression.clone());
        }
        if is_anchor(&hit.expression) {
            *anchor = Some(hit.expression.clone());
        }
        let next = hit.end.max(at + 1);
        found.push((pieces.span(start, hit.end), hit.expression));
        at = next;
    }
    found
}

/// Returns the time that begins at a place: its first piece and what was found.
fn time_at(place: Place<'_, '_>) -> Option<(usize, Hit)> {
    let Place { pieces, at, .. } = place;
    let piece = pieces.get(at)?;
    if piece.kind == pieces::PieceKind::Mark && !matches!(piece.lower.as_ref(), "'" | "½") {
        return None;
    }
    let hit = rules(place)?;
    let start = with_modifiers(pieces, at, &hit);
    Some((start, hit))
}

/// Tries the rules in their order.
fn rules(place: Place<'_, '_>) -> Option<Hit> {
    clock::clock(place)
        .or_else(|| dates::date(place))
        .or_else(|| relative::relative(place))
        .or_else(|| durations::duration(place))
}

/// Returns the first piece of a time with the words before it that belong to it: "early", "the end of", "the".
fn with_modifiers(pieces: &Pieces<'_>, at: usize, hit: &Hit) -> usize {
    let mut start = at;
    if matches!(
        hit.expression,
        TimeExpression::Absolute(TimeValue::Duration(..) | TimeValue::Other(_))
    ) {
        return if hit.article && pieces.before(start) == "the" {
            start - 1
        } else {
            start
        };
    }
    let before = |start: usize, back: usize| start.checked_sub(back).map_or("", |index| pieces.lower(index));
    let article_of = |start: usize| before(start, 1) == "the";
    if hit.article && article_of(start) && !matches!(before(start, 2), "of" | "by") {
        return start - 1;
    }
    match before(start, 1) {
        "early" | "late" | "earlier" | "later" | "mid" => start -= 1,
        "-" if before(start, 2) == "mid" => start -= 2,
        _ => {}
    }
    let of = usize::from(before(start, 1) == "the") + 1;
    if before(start, of) == "of"
        && matches!(
            before(start, of + 1),
            "end" | "beginning" | "start" | "middle" | "close"
        )
    {
        start -= of + 1;
        if article_of(start) {
            start -= 1;
        }
    } else if start != at && article_of(start) && hit.article {
        start -= 1;
    }
    start
}

/// Returns true for an expression that names a day.
fn is_day(expression: &TimeExpression) -> bool {
    match expression {
        TimeExpression::Weekday(..)
        | TimeExpression::MonthDay(..)
        | TimeExpression::NthWeekday(..)
        | TimeExpression::Easter(..)
        | TimeExpression::Offset(rashomon_core::TimeUnit::Day, ..) => true,
        TimeExpression::Absolute(value) => matches!(value, TimeValue::Day(_) | TimeValue::Part(..)),
        _ => false,
    }
}

/// Returns true for an expression that "later" and "the following year" may refer to.
fn is_anchor(expression: &TimeExpression) -> bool {
    match expression {
        TimeExpression::Absolute(value) => value.days().is_some(),
        // An anchor has no anchor of its own, so that expressions stay shallow.
        TimeExpression::After(..) | TimeExpression::Clock(..) | TimeExpression::UtcClock(..) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
