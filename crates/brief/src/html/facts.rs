//! What the templates of facts show.

use std::collections::BTreeSet;

use rashomon_core::{Brief, Cell, Change, Credibility, Difference, Fact, FactKind, SourceGrade, Verdict};
use serde::Serialize;

use super::chart::{ChartView, chart};
use super::story::{Anchors, CiteView, PieceView};
use crate::view::{
    MOST_COLUMNS, asides_words, cells_in_order, difference_of, kind_words, name_of, origins_in_outlets,
    source_words, status_words, values_of, verdict_words,
};

/// What one report says of a fact.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CellView {
    cite: CiteView,
    value: String,
    /// The value is a clause rather than a figure or a name, or it is not in what the reports differ.
    long: bool,
    source: Option<String>,
    /// Where it first comes from, where that is neither the outlet nor the source that is named.
    origin: Option<String>,
    /// How reliable the origin is, where the user's register says.
    grade: Option<&'static str>,
    /// When its report was published, in a fact with a history.
    time: Option<String>,
    /// A later report replaced it.
    replaced: bool,
    /// It speaks of the point and takes no side in what the reports differ in.
    aside: bool,
    status: Option<&'static str>,
    /// The sentence, with the part that speaks of the fact marked.
    pieces: Vec<PieceView>,
}

/// What a fact's row holds for one report.
#[derive(Clone, Debug, Serialize)]
struct ColumnView {
    name: String,
    cells: Vec<CellView>,
}

/// A fact that stands in several reports.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FactView {
    anchor: String,
    number: String,
    label: String,
    kind: &'static str,
    differs: bool,
    /// Its value changed, and nobody quarrels about it.
    changed: bool,
    /// What the filters of the table go by.
    class: String,
    certainty: bool,
    verdict: &'static str,
    difference: &'static str,
    reason: String,
    origins: String,
    credibility: u8,
    rule: &'static str,
    chart: Option<ChartView>,
    never_updated: Vec<String>,
    /// What each report says; empty in a story of many reports.
    columns: Vec<ColumnView>,
    /// In a story of many reports: what is said, with those who say it.
    values: Vec<ValueView>,
    /// The cells in the order in which a difference is read: by time where there is a history.
    panels: Vec<PanelView>,
    /// How many further sentences speak of the point, in words.
    asides: Option<String>,
}

/// What several reports say.
#[derive(Clone, Debug, Serialize)]
struct ValueView {
    cell: CellView,
    cites: Vec<CiteView>,
    more: usize,
}

/// A cell with its outlet.
#[derive(Clone, Debug, Serialize)]
struct PanelView {
    name: String,
    cell: CellView,
}

/// A fact that stands in one report only.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SingleView {
    anchor: String,
    label: String,
    cell: CellView,
}

/// Returns the number of a fact without its letter: "f12" is "12".
pub(super) fn number(fact: &Fact) -> &str {
    fact.id.strip_prefix('f').unwrap_or(&fact.id)
}

/// Values of more characters are clauses.
const LONGEST_SHORT_VALUE: usize = 40;

/// More cites of one value than this are counted.
const MOST_CITES: usize = 12;
/// A difference shows at most so many sentences; the table has them all.
const MOST_PANELS: usize = 12;

/// Returns the view of a cell of a fact with this difference.
fn cell_view(cell: &Cell, difference: Option<Difference>, anchors: &Anchors<'_, '_>) -> CellView {
    let certainty = difference == Some(Difference::Certainty);
    let own = anchors
        .brief
        .story
        .reports
        .get(cell.report)
        .map(|report| report.display_name());
    let told =
        Some(cell.origin.as_str()) == own || cell.attributed_to.as_deref() == Some(cell.origin.as_str());
    CellView {
        origin: (!told && cell.attributed_to.is_none()).then(|| cell.origin.clone()),
        grade: (cell.grade != SourceGrade::F).then(|| cell.grade.as_str()),
        time: None,
        aside: !cell.decisive,
        replaced: matches!(cell.credibility, Credibility::Replaced | Credibility::StillFits),
        cite: anchors.cite_sentence(cell.report, cell.sentence),
        value: cell.value.clone(),
        long: certainty || cell.value.chars().count() > LONGEST_SHORT_VALUE,
        source: cell.attributed_to.as_deref().and_then(source_words),
        status: status_words(cell.status, difference),
        pieces: anchors.pieces(cell.report, cell.span, &[cell.evidence]),
    }
}

impl FactView {
    /// Returns the view of a fact with a column for every report.
    pub(super) fn new(fact: &Fact, anchors: &Anchors<'_, '_>) -> Self {
        let many = anchors.names.len() > MOST_COLUMNS;
        let values = values_of(fact, anchors.brief)
            .into_iter()
            .map(|(cell, reports)| ValueView {
                cell: cell_view(cell, fact.difference, anchors),
                more: reports.len().saturating_sub(MOST_CITES),
                cites: reports
                    .iter()
                    .take(MOST_CITES)
                    .filter_map(|&report| {
                        let said = fact.cells.iter().find(|other| {
                            other.report == report && other.value == cell.value && other.status == cell.status
                        })?;
                        Some(anchors.cite_sentence(report, said.sentence))
                    })
                    .collect(),
            });
        let columns = anchors
            .names
            .iter()
            .enumerate()
            .filter(|_| !many)
            .map(|(report, name)| {
                let mut values = BTreeSet::new();
                ColumnView {
                    name: name.clone(),
                    // A report that says the same twice is shown once.
                    cells: fact
                        .cells
                        .iter()
                        .filter(|cell| {
                            cell.report == report && values.insert((cell.value.as_str(), cell.status))
                        })
                        .map(|cell| cell_view(cell, fact.difference, anchors))
                        .collect(),
                }
            });
        let differs = fact.verdict == Verdict::Differ;
        let changed = fact
            .history
            .as_ref()
            .is_some_and(|history| history.change != Change::Disputed);
        let mut shown = BTreeSet::new();
        let panels = cells_in_order(fact, anchors.brief)
            .into_iter()
            .filter_map(|(place, time)| {
                let cell = fact.cells.get(place).filter(|cell| cell.decisive)?;
                shown
                    .insert((cell.report, cell.value.as_str(), cell.status))
                    .then(|| PanelView {
                        name: name_of(anchors.names, cell.report).to_owned(),
                        cell: CellView {
                            time,
                            ..cell_view(cell, fact.difference, anchors)
                        },
                    })
            });
        let kind = match fact.kind {
            FactKind::Quantity => "quantity",
            FactKind::Time | FactKind::Place => "where-when",
            FactKind::Quote => "quote",
            _ => "event",
        };
        let verdict = if changed { "changed" } else { fact.verdict.as_str() };
        Self {
            changed,
            class: format!("{verdict} k-{kind}"),
            credibility: fact.credibility.number(),
            rule: fact.credibility.rule(),
            chart: fact
                .history
                .as_ref()
                .map(|history| chart(history, fact, anchors.names)),
            never_updated: fact
                .history
                .iter()
                .flat_map(|history| &history.never_updated)
                .map(|&report| name_of(anchors.names, report).to_owned())
                .collect(),
            panels: panels.take(MOST_PANELS).collect(),
            asides: asides_words(fact),
            values: if many { values.collect() } else { Vec::new() },
            anchor: format!("{}-{}", anchors.id, fact.id),
            number: number(fact).to_owned(),
            label: fact.label.clone(),
            kind: kind_words(fact.kind),
            differs,
            certainty: fact.difference == Some(Difference::Certainty),
            verdict: verdict_words(fact.verdict),
            difference: if differs { difference_of(fact) } else { "" },
            reason: fact.reason.clone(),
            origins: origins_in_outlets(fact),
            columns: columns.collect(),
        }
    }
}

/// The table has at most so many facts: no browser stands a page of all facts of thousands of reports.
const MOST_FACTS: usize = 1500;
/// So many facts that stand in one report only are listed.
const MOST_SINGLES: usize = 1500;

/// Returns the facts of the table, as positions in the ledger: those in which the reports differ, then those in which they
/// agree, the weightiest first.
pub(super) fn shown(brief: &Brief<'_>) -> Vec<usize> {
    let facts = brief.ledger.facts.iter().enumerate();
    let agreeing = facts.filter(|(_, fact)| fact.verdict == Verdict::Agree);
    let differing = brief.sections.where_reports_differ.iter().copied();
    differing
        .chain(agreeing.map(|(place, _)| place))
        .take(MOST_FACTS)
        .collect()
}

/// Returns the facts of the table.
pub(super) fn facts(anchors: &Anchors<'_, '_>) -> Vec<FactView> {
    anchors
        .shown
        .iter()
        .filter_map(|&fact| anchors.brief.ledger.facts.get(fact))
        .map(|fact| FactView::new(fact, anchors))
        .collect()
}

/// Returns the facts that stand in one report only.
pub(super) fn singles(anchors: &Anchors<'_, '_>) -> Vec<SingleView> {
    let single = anchors
        .brief
        .ledger
        .facts
        .iter()
        .filter(|fact| fact.verdict == Verdict::Single);
    single
        .take(MOST_SINGLES)
        .filter_map(|fact| {
            Some(SingleView {
                anchor: format!("{}-{}", anchors.id, fact.id),
                label: fact.label.clone(),
                cell: cell_view(fact.cells.first()?, None, anchors),
            })
        })
        .collect()
}
