//! The JSON of one story of a brief.

use rashomon_core::{Brief, Cell, CharacterOffsets, Fact, Line, MentionKind, Sections, StoryEntity};
use serde::Serialize as DeriveSerialize;
use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use super::judgement::{CitedClauseJson, CredibilityJson, ExpectationJson, HistoryJson};
use super::parts::{Context, PlaceJson, QuantityJson, QuoteJson, SpanJson, TimeJson};
use crate::view::{published_basis, published_day, published_range};

#[derive(Debug, DeriveSerialize)]
struct ReportJson<'story> {
    id: &'story str,
    path: Option<&'story str>,
    url: Option<&'story str>,
    outlet: Option<&'story str>,
    title: Option<&'story str>,
    byline: Option<&'story str>,
    published: Option<String>,
    published_basis: &'static str,
    published_reason: Option<&'story str>,
    language: Option<&'story str>,
    copy_of: Vec<&'story str>,
    copies: Vec<CopyJson<'story>>,
    credits: &'story [String],
    dateline: Option<&'story str>,
    grade: &'static str,
}

#[derive(Debug, DeriveSerialize)]
struct CopyJson<'story> {
    of: &'story str,
    share: f64,
    passages: Vec<SpanJson>,
}

#[derive(Debug, DeriveSerialize)]
struct FactJson<'story> {
    id: &'story str,
    label: &'story str,
    kind: &'static str,
    verdict: &'static str,
    difference: Option<&'static str>,
    reason: &'story str,
    origins: usize,
    outlets: usize,
    credibility: CredibilityJson,
    history: Option<HistoryJson<'story>>,
    cells: Vec<CellJson<'story>>,
}

#[derive(Debug, DeriveSerialize)]
struct CellJson<'story> {
    report: &'story str,
    start: usize,
    end: usize,
    text: &'story str,
    value: &'story str,
    attributed_to: Option<&'story str>,
    status: &'static str,
    origin: &'story str,
    grade: &'static str,
    credibility: CredibilityJson,
    evidence: SpanJson,
    decisive: bool,
}

#[derive(Debug, DeriveSerialize)]
struct EntityJson<'story> {
    id: &'story str,
    name: &'story str,
    kind: &'static str,
    mentions: Vec<MentionJson<'story>>,
}

#[derive(Debug, DeriveSerialize)]
struct MentionJson<'story> {
    report: &'story str,
    start: usize,
    end: usize,
    name: bool,
}

#[derive(Debug, DeriveSerialize)]
struct SectionsJson<'story> {
    what_happened: Vec<LineJson<'story>>,
    why_it_matters: Vec<LineJson<'story>>,
    what_to_know: Vec<LineJson<'story>>,
    what_people_are_saying: Vec<LineJson<'story>>,
    what_happens_next: Vec<LineJson<'story>>,
    where_reports_differ: Vec<&'story str>,
}

#[derive(Debug, DeriveSerialize)]
struct LineJson<'story> {
    text: &'story str,
    cites: Vec<CiteJson<'story>>,
}

#[derive(Debug, DeriveSerialize)]
struct CiteJson<'story> {
    report: &'story str,
    start: usize,
    end: usize,
}

/// The texts of a story's reports with their tables of positions, made once for the whole document.
struct Texts<'story> {
    ids: Vec<&'story str>,
    contents: Vec<&'story str>,
    offsets: Vec<CharacterOffsets<'story>>,
}

impl<'story> Texts<'story> {
    fn new(brief: &'story Brief<'_>) -> Self {
        let contents: Vec<&str> = brief
            .story
            .reports
            .iter()
            .map(|report| report.text.as_str())
            .collect();
        Self {
            ids: brief
                .story
                .reports
                .iter()
                .map(|report| report.id.as_str())
                .collect(),
            offsets: contents.iter().map(|text| CharacterOffsets::new(text)).collect(),
            contents,
        }
    }

    fn id(&self, report: usize) -> &'story str {
        self.ids.get(report).copied().unwrap_or_default()
    }

    fn text(&self, report: usize) -> &'story str {
        self.contents.get(report).copied().unwrap_or_default()
    }

    fn span(&self, report: usize, span: rashomon_core::Span) -> SpanJson {
        match self.offsets.get(report) {
            Some(offsets) => SpanJson::new(span, offsets),
            None => SpanJson { start: 0, end: 0 },
        }
    }

    fn line(&self, line: &'story Line) -> LineJson<'story> {
        let cites = line.cites.iter().map(|cite| {
            let span = self.span(cite.report, cite.span);
            CiteJson {
                report: self.id(cite.report),
                start: span.start,
                end: span.end,
            }
        });
        LineJson {
            text: &line.text,
            cites: cites.collect(),
        }
    }

    fn fact(&self, fact: &'story Fact) -> FactJson<'story> {
        FactJson {
            id: &fact.id,
            label: &fact.label,
            kind: fact.kind.as_str(),
            verdict: fact.verdict.as_str(),
            difference: fact.difference.map(rashomon_core::Difference::as_str),
            reason: &fact.reason,
            origins: fact.origins,
            outlets: fact.outlets,
            credibility: CredibilityJson::new(fact.credibility),
            history: fact
                .history
                .as_ref()
                .map(|history| HistoryJson::new(history, fact, &self.ids)),
            cells: fact.cells.iter().map(|cell| self.cell(cell)).collect(),
        }
    }

    fn cell(&self, cell: &'story Cell) -> CellJson<'story> {
        let span = self.span(cell.report, cell.span);
        CellJson {
            report: self.id(cell.report),
            start: span.start,
            end: span.end,
            text: cell.span.text(self.text(cell.report)),
            value: &cell.value,
            attributed_to: cell.attributed_to.as_deref(),
            status: cell.status.as_str(),
            origin: &cell.origin,
            grade: cell.grade.as_str(),
            credibility: CredibilityJson::new(cell.credibility),
            evidence: self.span(cell.report, cell.evidence),
            decisive: cell.decisive,
        }
    }

    fn entity(&self, entity: &'story StoryEntity) -> EntityJson<'story> {
        let mentions = entity.mentions.iter().map(|mention| {
            let span = self.span(mention.report, mention.span);
            MentionJson {
                report: self.id(mention.report),
                start: span.start,
                end: span.end,
                name: mention.kind == MentionKind::Name,
            }
        });
        EntityJson {
            id: &entity.id,
            name: &entity.name,
            kind: entity.kind.as_str(),
            mentions: mentions.collect(),
        }
    }

    fn sections(&self, sections: &'story Sections, brief: &'story Brief<'_>) -> SectionsJson<'story> {
        let lines = |lines: &'story [Line]| lines.iter().map(|line| self.line(line)).collect();
        SectionsJson {
            what_happened: lines(&sections.what_happened),
            why_it_matters: lines(&sections.why_it_matters),
            what_to_know: lines(&sections.what_to_know),
            what_people_are_saying: lines(&sections.what_people_are_saying),
            what_happens_next: lines(&sections.what_happens_next),
            where_reports_differ: sections
                .where_reports_differ
                .iter()
                .filter_map(|&fact| brief.ledger.facts.get(fact))
                .map(|fact| fact.id.as_str())
                .collect(),
        }
    }
}

/// A story that writes itself: it holds the tables that its parts borrow from.
pub(super) struct StoryDocument<'story, 'reports> {
    brief: &'story Brief<'reports>,
    texts: Texts<'story>,
    entity_names: Vec<Vec<String>>,
}

impl<'story, 'reports> StoryDocument<'story, 'reports> {
    /// Returns the document of a story.
    pub(super) fn new(brief: &'story Brief<'reports>) -> Self {
        let id = |&entity: &usize| {
            brief
                .ledger
                .entities
                .get(entity)
                .map_or_else(String::new, |entity| entity.id.clone())
        };
        let names = brief
            .ledger
            .entity_of
            .iter()
            .map(|entities| entities.iter().map(id).collect());
        Self {
            brief,
            texts: Texts::new(brief),
            entity_names: names.collect(),
        }
    }

    fn context(&self, report: usize) -> Option<Context<'_>> {
        Some(Context {
            report: Some(self.texts.id(report)),
            text: self.texts.text(report),
            offsets: self.texts.offsets.get(report)?,
            entity_names: self.entity_names.get(report).map_or(&[][..], Vec::as_slice),
        })
    }

    fn report(&self, report: usize) -> Option<ReportJson<'_>> {
        let source = self.brief.story.reports.get(report)?;
        let (basis, reason) = published_basis(self.brief, report);
        let copies: Vec<CopyJson<'_>> = self
            .brief
            .story
            .copies
            .iter()
            .filter(|copy| copy.report == report)
            .map(|copy| CopyJson {
                of: self.texts.id(copy.of),
                share: copy.share,
                passages: copy
                    .passages
                    .iter()
                    .map(|&passage| self.texts.span(report, passage))
                    .collect(),
            })
            .collect();
        Some(ReportJson {
            id: &source.id,
            path: source.path.as_deref(),
            url: source.url.as_deref(),
            outlet: source.outlet.as_deref(),
            title: source.title.as_deref(),
            byline: source.byline.as_deref(),
            published: published_day(self.brief, report).map(|day| day.to_string()),
            published_basis: basis.as_str(),
            published_reason: reason,
            language: source.language.as_deref(),
            copy_of: copies.iter().map(|copy| copy.of).collect(),
            copies,
            credits: &source.credits,
            dateline: source.dateline.as_deref(),
            grade: self
                .brief
                .ledger
                .grades
                .get(report)
                .copied()
                .unwrap_or_default()
                .as_str(),
        })
    }
}

/// A list that is made while it is written: it never stands in memory as a whole.
struct Each<F>(F);

impl<F: Fn() -> I, I: IntoIterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl Serialize for StoryDocument<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let brief = self.brief;
        let readings = || {
            let readings = brief.story.readings.iter().enumerate();
            readings.filter_map(|(report, reading)| Some((reading, self.context(report)?)))
        };
        let published = published_range(brief).map(|(first, last)| [first.to_string(), last.to_string()]);
        let reports = || (0..brief.story.reports.len()).filter_map(|report| self.report(report));
        let facts = || brief.ledger.facts.iter().map(|fact| self.texts.fact(fact));
        let entities = || {
            brief
                .ledger
                .entities
                .iter()
                .map(|entity| self.texts.entity(entity))
        };
        let expectations = || {
            let expectations = brief.ledger.expectations.iter();
            expectations.map(|expectation| {
                ExpectationJson::new(expectation, |cite| CitedClauseJson {
                    report: self.texts.id(cite.report),
                    at: self.texts.span(cite.report, cite.span),
                    text: cite.span.text(self.texts.text(cite.report)),
                    evidence: self.texts.span(cite.report, cite.evidence),
                })
            })
        };
        let mut story = serializer.serialize_struct("story", 12)?;
        story.serialize_field("id", &brief.story.id)?;
        story.serialize_field("headline", &brief.headline)?;
        match published {
            Some(days) => story.serialize_field("published", &days)?,
            None => story.serialize_field("published", &[(); 2])?,
        }
        story.serialize_field("reports", &Each(reports))?;
        story.serialize_field("facts", &Each(facts))?;
        story.serialize_field(
            "quotes",
            &Each(|| {
                readings().flat_map(|(reading, context)| {
                    let quotes = reading.quotes.iter();
                    quotes.map(move |quote| QuoteJson::new(quote, &context))
                })
            }),
        )?;
        story.serialize_field(
            "quantities",
            &Each(|| {
                readings().flat_map(|(reading, context)| {
                    let quantities = reading.quantities.iter();
                    quantities.map(move |quantity| QuantityJson::new(quantity, &context))
                })
            }),
        )?;
        story.serialize_field(
            "times",
            &Each(|| {
                readings().flat_map(|(reading, context)| {
                    let times = reading.times.iter();
                    times.map(move |time| TimeJson::new(time, &context))
                })
            }),
        )?;
        story.serialize_field(
            "places",
            &Each(|| {
                readings().flat_map(|(reading, context)| {
                    let places = reading.places.iter();
                    places.map(move |place| PlaceJson::new(place, &context))
                })
            }),
        )?;
        story.serialize_field("entities", &Each(entities))?;
        story.serialize_field("expectations", &Each(expectations))?;
        story.serialize_field("brief", &self.texts.sections(&brief.sections, brief))?;
        story.end()
    }
}
