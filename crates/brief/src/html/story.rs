//! What the template of a story shows.

use rashomon_core::{Brief, Line, LineCite, Outcome, QuoteKind, Span};
use serde::Serialize;

use super::facts::{FactView, SingleView, facts, shown, singles};
use super::map::{MapView, map};
use super::reports::{ReportView, reports};
use crate::speaker::{is_shown, name_of_speaker, unnamed_speaker};
use crate::summary::Summary;
use crate::timeline::timeline;
use crate::view::{
    MOST_COLUMNS, date_range, long_date, name_of, only_copies, outcome_words, published_range, report_names,
};
use crate::{PEOPLE, sections};

/// So many differences are shown with their sentences; the table has more.
const MOST_DIFFERENCES: usize = 150;

/// A link to a sentence of a report.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CiteView {
    pub(super) href: String,
    pub(super) name: String,
}

/// A piece of text; `marked` where it is what is meant in it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PieceView {
    pub(super) text: String,
    pub(super) marked: bool,
}

#[derive(Debug, Serialize)]
struct SpeakerView {
    name: String,
    role: Option<String>,
    via: Option<String>,
}

#[derive(Debug, Serialize)]
struct LineView {
    pieces: Vec<PieceView>,
    cites: Vec<CiteView>,
    speaker: Option<SpeakerView>,
    /// Who says it, in a section of news, where its words do not name the speaker.
    said_by: Option<String>,
}

#[derive(Debug, Serialize)]
struct SectionView {
    id: String,
    title: &'static str,
    quoted: bool,
    lines: Vec<LineView>,
}

#[derive(Debug, Serialize)]
struct EntryView {
    clock: Option<String>,
    text: String,
    cites: Vec<CiteView>,
}

#[derive(Debug, Serialize)]
struct DayView {
    day: String,
    value: String,
    entries: Vec<EntryView>,
}

#[derive(Debug, Serialize)]
struct ExpectationView {
    day: Option<String>,
    value: Option<String>,
    text: String,
    cites: Vec<CiteView>,
    outcome: &'static str,
    class: &'static str,
    settled: Option<String>,
    settled_by: Vec<CiteView>,
}

/// A story as its template shows it.
#[derive(Debug, Serialize)]
pub(super) struct StoryView {
    id: String,
    headline: String,
    dates: Option<String>,
    count: String,
    names: Vec<String>,
    /// How many facts of several reports are too many for the table.
    left_out: usize,
    wide: bool,
    many: bool,
    agree: usize,
    differ: usize,
    single: usize,
    sections: Vec<SectionView>,
    differences: Vec<FactView>,
    facts: Vec<FactView>,
    singles: Vec<SingleView>,
    timeline: Vec<DayView>,
    expectations: Vec<ExpectationView>,
    map: Option<MapView>,
    only_copies: bool,
    reports: Vec<ReportView>,
}

/// A story under construction: what all its views need.
pub(super) struct Anchors<'view, 'reports> {
    pub(super) brief: &'view Brief<'reports>,
    pub(super) id: &'view str,
    pub(super) names: &'view [String],
    /// The facts of the table, as positions in the ledger.
    pub(super) shown: &'view [usize],
}

impl<'view> Anchors<'view, '_> {
    /// Returns the anchor of a sentence.
    pub(super) fn sentence(&self, report: usize, sentence: usize) -> String {
        format!("{}-r{}-s{}", self.id, report + 1, sentence + 1)
    }

    /// Returns the link to the sentence that a cite begins in.
    pub(super) fn cite(&self, cite: &LineCite) -> CiteView {
        let sentences = self
            .brief
            .story
            .readings
            .get(cite.report)
            .map_or(&[][..], |reading| &reading.sentences);
        let place = sentences.partition_point(|sentence| sentence.span.end <= cite.span.start);
        self.cite_sentence(cite.report, place)
    }

    /// Returns the link to a sentence.
    pub(super) fn cite_sentence(&self, report: usize, sentence: usize) -> CiteView {
        CiteView {
            href: format!("#{}", self.sentence(report, sentence)),
            name: name_of(self.names, report).to_owned(),
        }
    }

    /// Returns the text of a report.
    pub(super) fn text(&self, report: usize) -> &'view str {
        self.brief
            .story
            .reports
            .get(report)
            .map_or("", |report| report.text.as_str())
    }

    /// Returns the text of `span` in pieces, those inside one of `marked` (in order) marked.
    pub(super) fn pieces(&self, report: usize, span: Span, marked: &[Span]) -> Vec<PieceView> {
        let text = self.text(report);
        let mut pieces = Vec::new();
        let mut push = |start: usize, end: usize, marked: bool| {
            if start < end {
                pieces.push(PieceView {
                    text: Span::new(start, end).text(text).to_owned(),
                    marked,
                });
            }
        };
        let mut at = span.start;
        for part in marked {
            let (start, end) = (part.start.clamp(at, span.end.max(at)), part.end.min(span.end));
            push(at, start, false);
            push(start, end, true);
            at = at.max(end);
        }
        push(at, span.end, false);
        pieces
    }

    fn line(&self, line: &Line, quoted: bool) -> LineView {
        let cites = line.cites.iter().map(|cite| self.cite(cite)).collect();
        let plain = || {
            vec![PieceView {
                text: line.text.clone(),
                marked: false,
            }]
        };
        let Some(cite) = line.cites.first().filter(|_| quoted) else {
            return LineView {
                pieces: plain(),
                cites,
                speaker: None,
                said_by: unnamed_speaker(self.brief, line, quoted).map(str::to_owned),
            };
        };
        let reading = self.brief.story.readings.get(cite.report);
        let found: Vec<_> = reading
            .map_or(&[][..], |reading| &reading.quotes)
            .iter()
            .filter(|quote| cite.span.holds(quote.span.start) && quote.speaker.is_some())
            // The line was chosen for what stands in quotation marks; others' words beside it are not its own.
            .filter(|quote| quote.kind != QuoteKind::Indirect)
            .collect();
        let mut said: Vec<Span> = found
            .iter()
            .flat_map(|quote| quote.pieces.iter().copied())
            .collect();
        said.sort_unstable();
        LineView {
            pieces: self.pieces(cite.report, cite.span, &said),
            cites,
            speaker: found
                .first()
                .filter(|quote| is_shown(self.brief, line, quote))
                .and_then(|quote| self.speaker(quote, cite.report)),
            said_by: None,
        }
    }

    fn speaker(&self, quote: &rashomon_core::Quote, report: usize) -> Option<SpeakerView> {
        let speaker = quote.speaker.as_ref()?;
        let own = speaker
            .entity
            .and_then(|entity| self.brief.story.readings.get(report)?.entities.get(entity));
        Some(SpeakerView {
            name: name_of_speaker(self.brief, quote, report)?.to_owned(),
            role: own.and_then(|entity| entity.descriptions.first().cloned()),
            via: quote.via.as_ref().map(|via| via.name.clone()),
        })
    }
}

/// Returns the expectations with a date, and those that later reports settled.
fn expectations(anchors: &Anchors<'_, '_>) -> Vec<ExpectationView> {
    let wanted = anchors
        .brief
        .ledger
        .expectations
        .iter()
        .filter(|expectation| expectation.days.is_some() || expectation.outcome != Outcome::Open);
    wanted
        .filter_map(|expectation| {
            let cite = expectation.cites.first()?;
            let settled = expectation.settled_by.as_ref();
            Some(ExpectationView {
                day: date_range(expectation.days),
                value: expectation.days.map(|(first, _)| first.to_string()),
                text: cite.span.text(anchors.text(cite.report)).to_owned(),
                cites: expectation
                    .cites
                    .iter()
                    .map(|cite| anchors.cite_sentence(cite.report, cite.sentence))
                    .collect(),
                outcome: outcome_words(expectation.outcome),
                class: expectation.outcome.as_str(),
                settled: settled.map(|by| by.span.text(anchors.text(by.report)).to_owned()),
                settled_by: settled
                    .map(|by| anchors.cite_sentence(by.report, by.sentence))
                    .into_iter()
                    .collect(),
            })
        })
        .collect()
}

impl StoryView {
    /// Returns the view of a story whose anchors begin with `id`.
    pub(super) fn new(brief: &Brief<'_>, id: &str) -> Self {
        let names = report_names(&brief.story);
        let shown = shown(brief);
        let anchors = Anchors {
            brief,
            id,
            names: &names,
            shown: &shown,
        };
        let sections = sections(brief)
            .into_iter()
            .filter(|(_, lines)| !lines.is_empty())
            .map(|(title, lines)| {
                let quoted = title == PEOPLE;
                SectionView {
                    id: format!("{id}-{}", title.to_lowercase().replace(' ', "-")),
                    title,
                    quoted,
                    lines: lines.iter().map(|line| anchors.line(line, quoted)).collect(),
                }
            })
            .collect();
        let days = timeline(brief).into_iter().map(|day| DayView {
            day: long_date(day.day),
            value: day.day.to_string(),
            entries: day
                .entries
                .into_iter()
                .map(|entry| {
                    let mut cites = vec![anchors.cite_sentence(entry.report, entry.sentence)];
                    cites.extend(
                        entry
                            .also
                            .iter()
                            .map(|&(report, sentence)| anchors.cite_sentence(report, sentence)),
                    );
                    EntryView {
                        clock: entry.clock,
                        text: entry.span.text(anchors.text(entry.report)).to_owned(),
                        cites,
                    }
                })
                .collect(),
        });
        let summary = Summary::of(brief);
        let differing = brief
            .sections
            .where_reports_differ
            .iter()
            .filter_map(|&fact| brief.ledger.facts.get(fact))
            .take(MOST_DIFFERENCES);
        let in_table = Summary::of(brief);
        let left_out = (in_table.agree + in_table.differ).saturating_sub(shown.len());
        Self {
            left_out,
            id: id.to_owned(),
            headline: brief.headline.clone(),
            dates: date_range(published_range(brief)),
            count: summary.line(),
            wide: names.len() > 6,
            many: names.len() > MOST_COLUMNS,
            agree: summary.agree,
            differ: summary.differ,
            single: summary.single,
            sections,
            differences: differing.map(|fact| FactView::new(fact, &anchors)).collect(),
            facts: facts(&anchors),
            singles: singles(&anchors),
            timeline: days.collect(),
            expectations: expectations(&anchors),
            map: map(&anchors),
            only_copies: only_copies(&brief.story),
            reports: reports(&anchors),
            names: names.clone(),
        }
    }
}
