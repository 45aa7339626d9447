//! What a cell rests on: the clause of a sentence that speaks of a fact, its source and how surely it is said.

use rashomon_core::{Reading, Source, Span, Statement, Status, StoryReadings};

use crate::features::cosine;
use crate::points::Point;

/// The clause of a sentence that speaks of a fact.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    /// The point, as a position in the story's points.
    pub(crate) point: usize,
    /// The statement of the reading, where the sentence has statements.
    pub(crate) statement: Option<usize>,
    /// Where the clause stands.
    pub(crate) span: Span,
    /// On whose word.
    pub(crate) source: Option<Source>,
    /// How surely.
    pub(crate) status: Status,
}

/// Returns the evidence of one statement of a point.
fn of_statement(index: usize, point: &Point, reading: &Reading, statement: Option<usize>) -> Evidence {
    let found: Option<&Statement> = statement.and_then(|statement| reading.statements.get(statement));
    let quoted = |span: Span| {
        reading
            .quotes
            .iter()
            .find(|quote| quote.span.overlap(span) * 2 > span.len())
            .and_then(|quote| quote.speaker.clone())
    };
    let span = found.map_or(point.span, |statement| statement.span);
    Evidence {
        point: index,
        statement,
        span,
        source: found
            .and_then(|statement| statement.attribution.clone())
            .or_else(|| quoted(span)),
        status: found.map_or(Status::Asserted, |statement| statement.status),
    }
}

/// Returns the evidence of a point that is the nearest to the other points of its group.
pub(crate) fn of_group(
    index: usize,
    group: &[usize],
    points: &[Point],
    story: &StoryReadings<'_>,
) -> Option<Evidence> {
    let point = points.get(index)?;
    let reading = story.readings.get(point.report)?;
    let mut best: Option<(f64, usize)> = None;
    for (place, &statement) in point.statements.iter().enumerate() {
        let Some(own) = point.statement_weights.get(place) else {
            continue;
        };
        let mut near = 0.0;
        for other in group
            .iter()
            .filter_map(|&other| points.get(other))
            .filter(|other| other.report != point.report)
        {
            let nearest = other
                .statement_weights
                .iter()
                .map(|their| cosine(own, their))
                .fold(0.0, f64::max);
            near += nearest;
        }
        if best.is_none_or(|(so_far, _)| near > so_far) {
            best = Some((near, statement));
        }
    }
    Some(of_statement(
        index,
        point,
        reading,
        best.map(|(_, statement)| statement),
    ))
}

/// Returns the evidence of each clause of a point.
pub(crate) fn all_of(index: usize, points: &[Point], story: &StoryReadings<'_>) -> Vec<Evidence> {
    let Some(point) = points.get(index) else {
        return Vec::new();
    };
    let Some(reading) = story.readings.get(point.report) else {
        return Vec::new();
    };
    let clauses = point.statements.iter();
    let clauses = clauses.map(|&statement| of_statement(index, point, reading, Some(statement)));
    clauses.collect()
}

/// Returns the evidence of a point that holds `span`.
pub(crate) fn at(index: usize, span: Span, points: &[Point], story: &StoryReadings<'_>) -> Option<Evidence> {
    let point = points.get(index)?;
    let reading = story.readings.get(point.report)?;
    let holding = point
        .statements
        .iter()
        .copied()
        .filter(|&statement| {
            reading
                .statements
                .get(statement)
                .is_some_and(|found| found.span.overlaps(span))
        })
        .min_by_key(|&statement| {
            reading
                .statements
                .get(statement)
                .map_or(0, |found| found.span.len())
        });
    Some(of_statement(index, point, reading, holding))
}

/// Returns how alike the clauses of two pieces of evidence are.
pub(crate) fn alike(one: &Evidence, other: &Evidence, points: &[Point]) -> f64 {
    let weights = |evidence: &Evidence| {
        let point = points.get(evidence.point)?;
        let place = point
            .statements
            .iter()
            .position(|&statement| Some(statement) == evidence.statement)?;
        point.statement_weights.get(place)
    };
    match (weights(one), weights(other)) {
        (Some(own), Some(their)) => cosine(own, their),
        _ => 0.0,
    }
}
