//! The ledger as one table: a row for each cell.

use rashomon_core::{Brief, Fact};

use crate::view::published_day;

/// A value of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Words; `None` where nothing is known.
    Text(Option<String>),
    /// A whole number; `None` where there is none.
    Integer(Option<i64>),
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Text,
    Integer,
}

use ColumnKind::{Integer, Text};

/// The columns, in order.
pub(super) const COLUMNS: [(&str, ColumnKind); 30] = [
    ("story", Text),
    ("headline", Text),
    ("fact", Text),
    ("label", Text),
    ("kind", Text),
    ("verdict", Text),
    ("difference", Text),
    ("reason", Text),
    ("origins", Integer),
    ("outlets", Integer),
    ("fact_credibility", Integer),
    ("change", Text),
    ("report", Text),
    ("outlet", Text),
    ("title", Text),
    ("url", Text),
    ("published", Text),
    ("start", Integer),
    ("end", Integer),
    ("text", Text),
    ("evidence_start", Integer),
    ("evidence_end", Integer),
    ("value", Text),
    ("step", Integer),
    ("attributed_to", Text),
    ("status", Text),
    ("origin", Text),
    ("grade", Text),
    ("credibility", Integer),
    ("decisive", Integer),
];

/// Returns a count as a value.
fn whole(number: usize) -> Value {
    Value::Integer(i64::try_from(number).ok())
}

/// Returns words as a value.
fn words(text: &str) -> Value {
    Value::Text(Some(text.to_owned()))
}

/// Returns words that may be absent as a value.
fn maybe(text: Option<&str>) -> Value {
    Value::Text(text.map(str::to_owned))
}

/// Returns the place, from 1, of a cell in its fact's history.
fn step_of(fact: &Fact, cell: usize) -> Option<i64> {
    let steps = &fact.history.as_ref()?.steps;
    let step = steps.iter().position(|step| step.cells.contains(&cell))?;
    i64::try_from(step + 1).ok()
}

/// Returns the rows of a story: a value for each of [`COLUMNS`].
pub(super) fn rows(brief: &Brief<'_>) -> Vec<Vec<Value>> {
    let offsets = brief.story.character_offsets();
    let mut rows = Vec::new();
    for fact in &brief.ledger.facts {
        for (place, cell) in fact.cells.iter().enumerate() {
            let (Some(report), Some(offsets)) =
                (brief.story.reports.get(cell.report), offsets.get(cell.report))
            else {
                continue;
            };
            let (span, evidence) = (offsets.span(cell.span), offsets.span(cell.evidence));
            rows.push(vec![
                words(&brief.story.id),
                words(&brief.headline),
                words(&fact.id),
                words(&fact.label),
                words(fact.kind.as_str()),
                words(fact.verdict.as_str()),
                maybe(fact.difference.map(rashomon_core::Difference::as_str)),
                words(&fact.reason),
                whole(fact.origins),
                whole(fact.outlets),
                Value::Integer(Some(i64::from(fact.credibility.number()))),
                maybe(fact.history.as_ref().map(|history| history.change.as_str())),
                words(&report.id),
                maybe(report.outlet.as_deref()),
                maybe(report.title.as_deref()),
                maybe(report.url.as_deref()),
                Value::Text(published_day(brief, cell.report).map(|day| day.to_string())),
                whole(span.start),
                whole(span.end),
                words(cell.span.text(&report.text)),
                whole(evidence.start),
                whole(evidence.end),
                words(&cell.value),
                Value::Integer(step_of(fact, place)),
                maybe(cell.attributed_to.as_deref()),
                words(cell.status.as_str()),
                words(&cell.origin),
                words(cell.grade.as_str()),
                Value::Integer(Some(i64::from(cell.credibility.number()))),
                Value::Integer(Some(i64::from(cell.decisive))),
            ]);
        }
    }
    rows
}
