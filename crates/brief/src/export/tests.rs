//! Each form is read back by a library of its field.

use rashomon_core::{Brief, Change, ClauseCite, Expectation, History, HistoryStep, Outcome, Status};
use serde_json::Value;

use super::csv::Csv;
use super::geojson::GeoJson;
use super::icalendar::ICalendar;
use super::json_ld::JsonLd;
use super::parquet::Parquet;
use super::stix::Stix;
use crate::{ComposeOptions, RenderError, Renderer, compose, document, fixture};

/// Returns the fixture's brief with a history and expectations.
fn brief(reports: &[rashomon_core::Report]) -> Brief<'_> {
    let mut ledger = fixture::ledger();
    let day = |text: &str| text.parse().unwrap();
    ledger.facts[0].history = Some(History {
        change: Change::Superseded,
        steps: vec![
            HistoryStep {
                value: "at least 12 people".to_owned(),
                number: 12.0,
                day: day("2031-05-06"),
                instant: None,
                cells: vec![0],
            },
            HistoryStep {
                value: "14 people".to_owned(),
                number: 14.0,
                day: day("2031-05-07"),
                instant: None,
                cells: vec![1, 2],
            },
        ],
        never_updated: vec![0],
    });
    let story = fixture::story(reports);
    let sentence = story.readings[0]
        .sentences
        .iter()
        .position(|sentence| sentence.span.text(&reports[0].text).contains("expected to visit"))
        .unwrap();
    let span = story.readings[0].sentences[sentence].span;
    ledger.expectations = vec![Expectation {
        id: "x1".to_owned(),
        cites: vec![ClauseCite {
            report: 0,
            sentence,
            span,
            evidence: span,
        }],
        status: Status::Expected,
        attributed_to: Some("the town hall; press, office".to_owned()),
        days: Some((day("2031-05-07"), day("2031-05-07"))),
        when: Some("2031-05-07".to_owned()),
        outcome: Outcome::Open,
        settled_by: None,
    }];
    compose(story, ledger, &ComposeOptions::default())
}

fn written(renderer: &mut dyn Renderer, brief: &Brief<'_>) -> Vec<u8> {
    let mut bytes = renderer.begin().unwrap().into_bytes();
    renderer.write_story(brief, &mut bytes).unwrap();
    renderer.write_end(&mut bytes).unwrap();
    bytes
}

/// Returns the rows of the CSV by the library of the format, each with its column names.
fn rows(brief: &Brief<'_>) -> (Vec<String>, Vec<Vec<String>>) {
    let bytes = written(&mut Csv, brief);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let names = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    (names, rows)
}

#[test]
fn the_csv_has_a_row_for_each_cell() {
    let reports = fixture::reports();
    let brief = brief(&reports);
    let (names, rows) = rows(&brief);
    let cells: usize = brief.ledger.facts.iter().map(|fact| fact.cells.len()).sum();
    assert_eq!(rows.len(), cells);
    let column = |name: &str| names.iter().position(|found| found == name).unwrap();
    for row in &rows {
        let report = reports
            .iter()
            .find(|report| report.id == row[column("report")])
            .unwrap();
        let (start, end): (usize, usize) = (
            row[column("start")].parse().unwrap(),
            row[column("end")].parse().unwrap(),
        );
        let passage: String = report.text.chars().skip(start).take(end - start).collect();
        assert_eq!(row[column("text")], passage);
    }
    assert_eq!(rows[0][column("change")], "superseded");
    assert_eq!(
        (rows[0][column("step")].as_str(), rows[1][column("step")].as_str()),
        ("1", "2")
    );
}

#[test]
fn the_parquet_holds_the_table_of_the_csv() {
    use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
    use ::parquet::record::RowAccessor as _;

    let reports = fixture::reports();
    let brief = brief(&reports);
    let (names, rows) = rows(&brief);
    let bytes = written(&mut Parquet::new(), &brief);
    let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let mut read: Vec<Vec<String>> = Vec::new();
    for row in file.get_row_iter(None).unwrap() {
        let row = row.unwrap();
        let found: Vec<&String> = row.get_column_iter().map(|(name, _)| name).collect();
        assert_eq!(found, names.iter().collect::<Vec<_>>());
        read.push(
            (0..row.len())
                .map(|place| match row.get_string(place) {
                    Ok(text) => text.clone(),
                    Err(_) => row
                        .get_long(place)
                        .map(|number| number.to_string())
                        .unwrap_or_default(),
                })
                .collect(),
        );
    }
    assert_eq!(read, rows);
    assert!(matches!(Parquet::new().end(), Err(RenderError::NotText(_))));
}

#[test]
fn the_geojson_is_read_by_its_library() {
    let reports = fixture::reports();
    let text = document(&mut GeoJson::new(), &[brief(&reports)]).unwrap();
    let collection: geojson::FeatureCollection = text.parse().unwrap();
    assert!(!collection.features.is_empty());
    for feature in &collection.features {
        let Some(geometry) = &feature.geometry else {
            panic!("{feature:?}")
        };
        let geojson::Value::Point(at) = &geometry.value else {
            panic!("{geometry:?}")
        };
        assert!(at[0].abs() <= 180.0 && at[1].abs() <= 90.0);
        assert!(
            !feature
                .property("mentions")
                .unwrap()
                .as_array()
                .unwrap()
                .is_empty()
        );
    }
}

#[test]
fn the_calendar_is_read_by_its_library() {
    use icalendar::{Calendar, CalendarComponent, Component as _};

    let reports = fixture::reports();
    let text = document(&mut ICalendar, &[brief(&reports)]).unwrap();
    let calendar: Calendar = text.parse().unwrap();
    let events: Vec<_> = calendar
        .components
        .iter()
        .filter_map(|component| match component {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        })
        .collect();
    assert_eq!(events.len(), 1);
    assert_eq!(
        events[0].get_summary(),
        Some("Mayor Ilse Brandt is expected to visit the site on Wednesday.")
    );
    assert_eq!(events[0].property_value("DTSTART"), Some("20310507"));
    assert_eq!(events[0].property_value("DTEND"), Some("20310508"));
}

/// What STIX 2.1 requires of the types that are written here, beside what all objects have.
const STIX_SCHEMA: &str = r#"{
    "type": "object", "required": ["type", "id", "objects"],
    "properties": {
        "type": {"const": "bundle"},
        "id": {"pattern": "^bundle--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"},
        "objects": {"type": "array", "minItems": 1, "items": {
            "type": "object",
            "required": ["type", "spec_version", "id", "created", "modified"],
            "properties": {
                "spec_version": {"const": "2.1"},
                "type": {"enum": ["identity", "report", "relationship", "location", "note", "opinion"]},
                "id": {"pattern": "^[a-z]+--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"},
                "created": {"pattern": "^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z$"},
                "confidence": {"type": "integer", "minimum": 0, "maximum": 100},
                "object_refs": {"type": "array", "minItems": 1}
            },
            "allOf": [
                {"if": {"properties": {"type": {"const": "identity"}}}, "then": {"required": ["name"]}},
                {"if": {"properties": {"type": {"const": "report"}}}, "then": {"required": ["name", "published", "object_refs"]}},
                {"if": {"properties": {"type": {"const": "note"}}}, "then": {"required": ["content", "object_refs"]}},
                {"if": {"properties": {"type": {"const": "location"}}}, "then": {"required": ["latitude", "longitude"]}},
                {"if": {"properties": {"type": {"const": "relationship"}}}, "then": {"required": ["relationship_type", "source_ref", "target_ref"]}},
                {"if": {"properties": {"type": {"const": "opinion"}}}, "then": {"required": ["opinion", "object_refs"], "properties": {"opinion": {"enum": ["strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"]}}}}
            ]
        }}
    }
}"#;

#[test]
fn the_stix_bundle_fits_its_schema_and_refers_to_what_is_there() {
    let reports = fixture::reports();
    let text = document(&mut Stix::new(), &[brief(&reports)]).unwrap();
    let bundle: Value = serde_json::from_str(&text).unwrap();
    let schema: Value = serde_json::from_str(STIX_SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&bundle)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(faults, [""; 0]);
    let objects = bundle["objects"].as_array().unwrap();
    let ids: Vec<&str> = objects
        .iter()
        .map(|object| object["id"].as_str().unwrap())
        .collect();
    for object in objects {
        let lists = object["object_refs"].as_array().into_iter().flatten();
        let single = ["created_by_ref", "source_ref", "target_ref"].map(|name| &object[name]);
        for reference in lists.chain(single).filter_map(Value::as_str) {
            assert!(ids.contains(&reference), "{reference}");
        }
    }
    let of = |kind: &str| objects.iter().filter(|object| object["type"] == kind).count();
    // The toll changed over time, which nobody quarrels about; the cause is in dispute.
    assert_eq!((of("opinion"), of("relationship")), (1, 1));
}

#[test]
fn the_json_ld_names_what_it_links() {
    let reports = fixture::reports();
    let text = document(&mut JsonLd::new(), &[brief(&reports)]).unwrap();
    let graph: Value = serde_json::from_str(&text).unwrap();
    let nodes = graph["@graph"].as_array().unwrap();
    let ids: Vec<&str> = nodes.iter().map(|node| node["@id"].as_str().unwrap()).collect();
    for node in nodes {
        for name in ["appearance", "firstAppearance", "isPartOf"] {
            if let Some(linked) = node[name].as_str() {
                assert!(ids.contains(&linked), "{linked}");
            }
        }
        assert_ne!(node["@type"], "ClaimReview");
    }
    assert!(nodes.iter().any(|node| node["@type"] == "Claim"));
    assert!(nodes.iter().any(|node| node["@type"] == "Quotation"));
}

#[test]
fn documents_without_stories_are_whole() {
    for renderer in [
        &mut GeoJson::new() as &mut dyn Renderer,
        &mut Stix::new(),
        &mut JsonLd::new(),
    ] {
        let text = document(renderer, &[]).unwrap();
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
    }
    let mut bytes = Vec::new();
    Parquet::new().write_end(&mut bytes).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}
