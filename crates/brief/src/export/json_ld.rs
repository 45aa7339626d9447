//! A story as linked data: JSON-LD with the words of schema.org.
//!
//! Reports are `NewsArticle`s, what each report says of a fact a `Claim` with its `appearance`, what people say a
//! `Quotation`. schema.org has no relation between claims, so that a fact, its verdict and its history are in words of
//! this program (`rashomon:`). There is no `ClaimReview`: nobody reviewed anything here. The context stands in the
//! document, so that nothing is fetched to read it.

use std::fmt::Write as _;

use rashomon_core::{Brief, Fact, Span};
use serde_json::{Value, json};

use super::list::ObjectList;
use crate::view::published_day;
use crate::{RenderError, Renderer};

/// Writes briefs as JSON-LD.
#[derive(Clone, Debug, Default)]
pub struct JsonLd {
    nodes: ObjectList,
}

impl JsonLd {
    /// Returns a document without nodes.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Renderer for JsonLd {
    fn begin(&mut self) -> Result<String, RenderError> {
        let context = json!({
            "@vocab": "https://schema.org/",
            "rashomon": "urn:rashomon:vocabulary:",
            "url": {"@type": "@id"},
            "isBasedOn": {"@type": "@id"},
            "appearance": {"@type": "@id"},
            "firstAppearance": {"@type": "@id"},
            "isPartOf": {"@type": "@id"},
            "hasPart": {"@type": "@id"},
        });
        Ok(format!(
            "{{\"@context\":{},\"@graph\":[",
            serde_json::to_string(&context)?
        ))
    }

    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError> {
        self.nodes.add(nodes(brief))
    }

    fn end(&mut self) -> Result<String, RenderError> {
        Ok("\n]}\n".to_owned())
    }
}

/// Returns words as a part of a name that stands in a URN.
fn part(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Returns an object without what is not known.
fn known(mut object: Value) -> Value {
    if let Some(map) = object.as_object_mut() {
        map.retain(|_, value| !value.is_null());
    }
    object
}

/// Returns the nodes of a story.
fn nodes(brief: &Brief<'_>) -> Vec<(String, Value)> {
    let story = format!("urn:rashomon:story:{}", part(&brief.story.id));
    let ids: Vec<String> = brief
        .story
        .reports
        .iter()
        .map(|report| format!("{story}:report:{}", part(&report.id)))
        .collect();
    let offsets = brief.story.character_offsets();
    let place = |report: usize, span: Span| {
        let span = offsets
            .get(report)
            .map_or_else(Span::default, |offsets| offsets.span(span));
        json!([span.start, span.end])
    };
    let mut nodes = vec![(
        story.clone(),
        json!({
            "@id": story,
            "@type": "Collection",
            "headline": brief.headline,
            "identifier": brief.story.id,
            "hasPart": ids,
        }),
    )];
    for (position, (report, id)) in brief.story.reports.iter().zip(&ids).enumerate() {
        let based_on: Vec<&String> = brief
            .story
            .copies
            .iter()
            .filter(|copy| copy.report == position)
            .filter_map(|copy| ids.get(copy.of))
            .collect();
        let publisher = report
            .outlet
            .as_ref()
            .map(|outlet| json!({"@type": "Organization", "name": outlet}));
        let author = report
            .byline
            .as_ref()
            .map(|byline| json!({"@type": "Person", "name": byline}));
        let url = report.url.as_deref().filter(|url| url.starts_with("http"));
        let article = known(json!({
            "@id": id,
            "@type": "NewsArticle",
            "identifier": report.id,
            "headline": report.title,
            "publisher": publisher,
            "author": author,
            "datePublished": published_day(brief, position).map(|day| day.to_string()),
            "inLanguage": report.language,
            "url": url,
            "dateline": report.dateline,
            "isBasedOn": if based_on.is_empty() { Value::Null } else { json!(based_on) },
            "rashomon:grade": brief.ledger.grades.get(position).copied().unwrap_or_default().as_str(),
        }));
        nodes.push((id.clone(), article));
    }
    for fact in &brief.ledger.facts {
        nodes.extend(claims(fact, brief, &story, &ids, &place));
    }
    for (report, (source, reading)) in brief.story.reports.iter().zip(&brief.story.readings).enumerate() {
        for (number, quote) in reading.quotes.iter().enumerate() {
            let (Some(speaker), Some(article)) = (&quote.speaker, ids.get(report)) else {
                continue;
            };
            let id = format!("{article}:quote:{}", number + 1);
            nodes.push((
                id.clone(),
                json!({
                    "@id": id,
                    "@type": "Quotation",
                    "text": quote.span.text(&source.text),
                    "creator": {"@type": "Thing", "name": speaker.name},
                    "isPartOf": article,
                    "rashomon:kind": quote.kind.as_str(),
                    "rashomon:place": place(report, quote.span),
                }),
            ));
        }
    }
    nodes
}

/// Returns a fact with the claims of its cells.
fn claims(
    fact: &Fact,
    brief: &Brief<'_>,
    story: &str,
    articles: &[String],
    place: &impl Fn(usize, Span) -> Value,
) -> Vec<(String, Value)> {
    let fact_id = format!("{story}:fact:{}", part(&fact.id));
    // Who reported it first is known where the reports have days.
    let first = fact
        .cells
        .iter()
        .filter_map(|cell| Some((published_day(brief, cell.report)?, articles.get(cell.report)?)))
        .min();
    let mut claims: Vec<(String, Value)> = Vec::new();
    for (number, cell) in fact.cells.iter().enumerate() {
        let (Some(report), Some(article)) = (brief.story.reports.get(cell.report), articles.get(cell.report))
        else {
            continue;
        };
        let id = format!("{fact_id}:claim:{}", number + 1);
        let author = cell
            .attributed_to
            .as_ref()
            .map(|source| json!({"@type": "Thing", "name": source}));
        let claim = known(json!({
            "@id": id,
            "@type": "Claim",
            "text": cell.span.text(&report.text),
            "appearance": article,
            "author": author,
            "isPartOf": fact_id,
            "rashomon:value": cell.value,
            "rashomon:status": cell.status.as_str(),
            "rashomon:origin": cell.origin,
            "rashomon:credibility": cell.credibility.number(),
            "rashomon:place": place(cell.report, cell.span),
        }));
        claims.push((id, claim));
    }
    let parts: Vec<&String> = claims.iter().map(|(id, _)| id).collect();
    let history = fact.history.as_ref().map(|history| {
        let steps: Vec<Value> = history
            .steps
            .iter()
            .map(|step| json!({"rashomon:value": step.value, "datePublished": step.day.to_string()}))
            .collect();
        json!({"rashomon:change": history.change.as_str(), "rashomon:steps": {"@list": steps}})
    });
    let node = known(json!({
        "@id": fact_id,
        "@type": ["CreativeWork", "rashomon:Fact"],
        "name": fact.label,
        "isPartOf": story,
        "hasPart": parts,
        "firstAppearance": first.map(|(_, article)| article),
        "rashomon:kind": fact.kind.as_str(),
        "rashomon:verdict": fact.verdict.as_str(),
        "rashomon:difference": fact.difference.map(rashomon_core::Difference::as_str),
        "rashomon:origins": fact.origins,
        "rashomon:outlets": fact.outlets,
        "rashomon:credibility": fact.credibility.number(),
        "rashomon:history": history,
    }));
    let mut nodes = vec![(fact_id, node)];
    nodes.append(&mut claims);
    nodes
}
