//! A story as a STIX 2.1 bundle, for platforms of threat intelligence.
//!
//! | STIX | what it is here |
//! |---|---|
//! | `identity` | an outlet; and this program, which made the objects |
//! | `report` | a news report; and the brief, which refers to all objects of its story |
//! | `relationship` `derived-from` | a copy, from the report that it was taken from |
//! | `location` | a place |
//! | `note` | a fact, and, where the reports differ, what each of them says of it |
//! | `opinion` | a difference: what the reports say of the fact does not fit together |
//!
//! `confidence` comes from the credibility number by the standard's own table; both axes of the Admiralty scale stand in
//! `labels` as MISP writes them. Identifiers follow from what they name (UUID version 5), and times are those of the
//! reports, so that the same reports give the same bundle.

use std::collections::BTreeSet;

use rashomon_core::{Brief, Cell, Change, Credibility, Fact, SourceGrade, Verdict};
use serde_json::{Value, json};
use uuid::Uuid;

use super::list::ObjectList;
use crate::view::{name_of, published_day, report_names, support_words, verdict_words};
use crate::{RenderError, Renderer};

/// Parts the identifiers of this program from all others.
const NAMESPACE: Uuid = Uuid::from_u128(0x2f0c_6e3a_8f4b_5d0e_9a37_5c1d_70b2_4e61);
/// The time of what has none.
const NO_TIME: &str = "1970-01-01T00:00:00.000Z";

/// Writes briefs as a STIX bundle.
#[derive(Clone, Debug, Default)]
pub struct Stix {
    objects: ObjectList,
    stories: Vec<String>,
}

impl Stix {
    /// Returns a bundle without objects.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Renderer for Stix {
    fn begin(&mut self) -> Result<String, RenderError> {
        let list = self.objects.add(vec![own_identity()])?;
        Ok(format!("{{\"type\":\"bundle\",\"objects\":[{list}"))
    }

    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError> {
        self.stories.push(brief.story.id.clone());
        self.objects.add(objects(brief))
    }

    fn end(&mut self) -> Result<String, RenderError> {
        let id = serde_json::to_string(&identifier("bundle", &self.stories))?;
        Ok(format!("\n],\"id\":{id}}}\n"))
    }
}

/// Returns the identifier of an object of a type that these words name.
fn identifier(kind: &str, words: &[impl AsRef<str>]) -> String {
    let mut name = kind.to_owned();
    for word in words {
        name.push('\n');
        name.push_str(word.as_ref());
    }
    format!("{kind}--{}", Uuid::new_v5(&NAMESPACE, name.as_bytes()))
}

/// Returns an object with its identifier, its times and the properties that all objects have.
fn object(kind: &str, words: &[&str], time: &str, mut properties: Value) -> (String, Value) {
    let id = identifier(kind, words);
    if let Some(map) = properties.as_object_mut() {
        map.insert("type".to_owned(), json!(kind));
        map.insert("spec_version".to_owned(), json!("2.1"));
        map.insert("id".to_owned(), json!(id));
        map.insert("created".to_owned(), json!(time));
        map.insert("modified".to_owned(), json!(time));
        let own = identifier("identity", &["rashomon"]);
        if id != own {
            map.insert("created_by_ref".to_owned(), json!(own));
        }
    }
    (id, properties)
}

/// Returns the identity of this program.
fn own_identity() -> (String, Value) {
    let properties = json!({"name": "Rashomon", "identity_class": "system"});
    object("identity", &["rashomon"], NO_TIME, properties)
}

/// Returns when a report was published, as STIX writes times.
fn time_of(brief: &Brief<'_>, report: usize) -> Option<String> {
    let instant = brief
        .ledger
        .published
        .get(report)
        .and_then(|published| published.instant);
    match instant {
        Some(instant) => Some(instant.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()),
        None => published_day(brief, report).map(|day| format!("{day}T00:00:00.000Z")),
    }
}

/// Returns the credibility in the standard's numbers, 0 to 100; `None` for what cannot be judged.
fn confidence(credibility: Credibility) -> Option<u8> {
    match credibility.number() {
        1 => Some(90),
        2 => Some(70),
        3 => Some(50),
        4 => Some(30),
        5 => Some(10),
        _ => None,
    }
}

/// Returns the credibility as MISP labels it.
fn credibility_label(credibility: Credibility) -> String {
    format!(
        "admiralty-scale:information-credibility=\"{}\"",
        credibility.number()
    )
}

/// Returns the grade as MISP labels it.
fn grade_label(grade: SourceGrade) -> String {
    format!(
        "admiralty-scale:source-reliability=\"{}\"",
        grade.as_str().to_lowercase()
    )
}

/// Adds the confidence of something, where it has one.
fn with_confidence(mut properties: Value, credibility: Credibility) -> Value {
    if let (Some(map), Some(confidence)) = (properties.as_object_mut(), confidence(credibility)) {
        map.insert("confidence".to_owned(), json!(confidence));
    }
    properties
}

/// Returns the objects of a story; those that others refer to stand first.
fn objects(brief: &Brief<'_>) -> Vec<(String, Value)> {
    let names = report_names(&brief.story);
    let story = brief.story.id.as_str();
    let times: Vec<Option<String>> = (0..brief.story.reports.len())
        .map(|report| time_of(brief, report))
        .collect();
    let latest = times.iter().flatten().max().cloned();
    let latest = latest.as_deref().unwrap_or(NO_TIME);
    let mut objects: Vec<(String, Value)> = Vec::new();
    let mut reports: Vec<String> = Vec::new();
    for (place, report) in brief.story.reports.iter().enumerate() {
        let time = times.get(place).and_then(Option::as_deref).unwrap_or(latest);
        let grade = brief.ledger.grades.get(place).copied().unwrap_or_default();
        let outlet = object(
            "identity",
            &["outlet", report.display_name()],
            NO_TIME,
            json!({
                "name": report.display_name(),
                "identity_class": "organization",
                "labels": [grade_label(grade)],
            }),
        );
        let mut reference = json!({"source_name": report.display_name(), "external_id": report.id});
        if let (Some(map), Some(url)) = (reference.as_object_mut(), report.url.as_deref()) {
            map.insert("url".to_owned(), json!(url));
        }
        let title = report
            .title
            .clone()
            .unwrap_or_else(|| name_of(&names, place).to_owned());
        let found = object(
            "report",
            &["report", &report.id, story],
            time,
            json!({
                "name": title,
                "published": time,
                "labels": [grade_label(grade)],
                "external_references": [reference],
                "object_refs": [outlet.0],
            }),
        );
        reports.push(found.0.clone());
        objects.extend([outlet, found]);
    }
    for copy in &brief.story.copies {
        let (Some(of), Some(report)) = (reports.get(copy.of), reports.get(copy.report)) else {
            continue;
        };
        let time = times
            .get(copy.report)
            .and_then(Option::as_deref)
            .unwrap_or(latest);
        objects.push(object(
            "relationship",
            &["copy", report, of],
            time,
            json!({"relationship_type": "derived-from", "source_ref": report, "target_ref": of}),
        ));
    }
    objects.extend(locations(brief));
    for fact in &brief.ledger.facts {
        objects.extend(fact_objects(fact, brief, &names, &reports, latest));
    }
    let mut seen = BTreeSet::new();
    let refs: Vec<&str> = objects
        .iter()
        .map(|(id, _)| id.as_str())
        .filter(|id| seen.insert(*id))
        .collect();
    if !refs.is_empty() {
        let lines: Vec<&str> = brief
            .sections
            .what_happened
            .iter()
            .map(|line| line.text.as_str())
            .collect();
        let whole = object(
            "report",
            &["brief", story],
            latest,
            json!({
                "name": brief.headline,
                "description": lines.join("\n"),
                "published": latest,
                "labels": ["rashomon:brief"],
                "object_refs": refs,
            }),
        );
        objects.push(whole);
    }
    objects
}

/// Returns the places of a story.
fn locations(brief: &Brief<'_>) -> Vec<(String, Value)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for place in brief.story.readings.iter().flat_map(|reading| &reading.places) {
        let (Some(latitude), Some(longitude)) = (place.latitude, place.longitude) else {
            continue;
        };
        let at = format!("{latitude} {longitude}");
        if !seen.insert((place.name.as_str(), at.clone())) {
            continue;
        }
        let mut properties = json!({"name": place.name, "latitude": latitude, "longitude": longitude});
        if let Some(map) = properties.as_object_mut() {
            if let Some(country) = &place.country {
                map.insert("country".to_owned(), json!(country));
            }
            if let Some(number) = place.geonames {
                let reference = json!([{"source_name": "GeoNames", "external_id": number.to_string()}]);
                map.insert("external_references".to_owned(), reference);
            }
        }
        found.push(object("location", &[&place.name, &at], NO_TIME, properties));
    }
    found
}

/// Returns the note of a fact; where its reports differ, the note of each cell and the opinion that they do.
fn fact_objects(
    fact: &Fact,
    brief: &Brief<'_>,
    names: &[String],
    reports: &[String],
    latest: &str,
) -> Vec<(String, Value)> {
    let story = brief.story.id.as_str();
    let said = |cell: &Cell| {
        let text = brief.story.text(cell.report, cell.span);
        format!("{}: {text}", name_of(names, cell.report))
    };
    let refs: BTreeSet<&String> = fact
        .cells
        .iter()
        .filter_map(|cell| reports.get(cell.report))
        .collect();
    let content: Vec<String> = fact.cells.iter().map(said).collect();
    let note = object(
        "note",
        &["fact", story, &fact.id, &fact.label],
        latest,
        with_confidence(
            json!({
                "abstract": fact.label,
                "content": format!(
                    "{} ({}). {}\n{}",
                    verdict_words(fact.verdict),
                    support_words(fact),
                    fact.reason,
                    content.join("\n")
                ),
                "labels": [credibility_label(fact.credibility), format!("rashomon:verdict=\"{}\"", fact.verdict.as_str())],
                "object_refs": refs,
            }),
            fact.credibility,
        ),
    );
    let mut objects = vec![note];
    let changed = fact
        .history
        .as_ref()
        .is_some_and(|history| history.change != Change::Disputed);
    if fact.verdict != Verdict::Differ {
        return objects;
    }
    for (place, cell) in fact.cells.iter().enumerate() {
        let Some(report) = reports.get(cell.report) else {
            continue;
        };
        objects.push(object(
            "note",
            &["cell", story, &fact.id, &place.to_string(), &said(cell)],
            time_of(brief, cell.report).as_deref().unwrap_or(latest),
            with_confidence(
                json!({
                    "abstract": cell.value,
                    "content": said(cell),
                    "authors": [cell.origin],
                    "labels": [credibility_label(cell.credibility), grade_label(cell.grade)],
                    "object_refs": [report],
                }),
                cell.credibility,
            ),
        ));
    }
    // A value that changed over time is no quarrel.
    if !changed {
        let cells: Vec<&String> = objects.iter().skip(1).map(|(id, _)| id).collect();
        let opinion = object(
            "opinion",
            &["difference", story, &fact.id, &fact.label],
            latest,
            json!({
                "opinion": "disagree",
                "explanation": fact.reason,
                "labels": [format!(
                    "rashomon:difference=\"{}\"",
                    fact.difference.map_or("", rashomon_core::Difference::as_str)
                )],
                "object_refs": cells,
            }),
        );
        objects.push(opinion);
    }
    objects
}
