//! Rows of JSON: the names of their fields, their ids, and the lists in which they come.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of a test fails the test"
)]

use rashomon_core::Report;
use rashomon_ingest::{ReadOptions, read_bytes};

fn read(json: &str, name: &str) -> Vec<Report> {
    let mut reports = Vec::new();
    read_bytes(
        json.as_bytes(),
        name,
        &ReadOptions::default(),
        &mut |result| match result {
            Ok(report) => reports.push(report),
            Err(error) => panic!("{error}"),
        },
    );
    reports
}

fn ids(json: &str, name: &str) -> Vec<String> {
    read(json, name).into_iter().map(|report| report.id).collect()
}

/// Returns the fields of a report, one a line.
fn fields(report: &Report) -> String {
    let published = report.published.instant.map_or_else(
        || report.published.day.map(|day| day.to_string()),
        |instant| Some(instant.to_string()),
    );
    let show = |field: &Option<String>| field.clone().unwrap_or_default();
    format!(
        "id {}\nurl {}\noutlet {}\ntitle {}\nbyline {}\npublished {}\nlanguage {}\ncredits {}\ndateline {}\ntext {:?}",
        report.id,
        show(&report.url),
        show(&report.outlet),
        show(&report.title),
        show(&report.byline),
        published.unwrap_or_default(),
        show(&report.language),
        report.credits.join(", "),
        show(&report.dateline),
        report.text
    )
}

#[test]
fn the_names_of_rashomon() {
    let row = r#"{"id": 7, "url": "https://post.example/snow", "outlet": "Example Post", "title": "Snow Closes Roads",
        "byline": "By Ada Brown", "published": "2025-09-02T14:05:00+02:00", "language": "en-GB",
        "credits": ["AP", "Example Radio"], "text": "OSTBY (Reuters) — Snow fell.\r\nIt melted."}"#;
    insta::assert_snapshot!(fields(&read(row, "a.json")[0]), @r#"
    id 7
    url https://post.example/snow
    outlet Example Post
    title Snow Closes Roads
    byline Ada Brown
    published 2025-09-02T12:05:00Z
    language en
    credits Associated Press, Example Radio, Reuters
    dateline Ostby
    text "OSTBY (Reuters) — Snow fell.\r\nIt melted."
    "#);
}

#[test]
fn the_names_of_news_please() {
    let row = r#"{"authors": ["Ada Brown", "Carl Dunn"], "date_download": "2025-09-04", "date_publish": "2025-09-02 14:05:00",
        "description": "In short.", "filename": "x", "language": "en", "maintext": "Snow fell.", "source_domain": "www.post.example",
        "title": "Snow Closes Roads", "title_page": null, "url": "https://post.example/snow", "image_url": null}"#;
    insta::assert_snapshot!(fields(&read(row, "news/a.json")[0]), @r#"
    id a
    url https://post.example/snow
    outlet post.example
    title Snow Closes Roads
    byline Ada Brown and Carl Dunn
    published 2025-09-02
    language en
    credits 
    dateline 
    text "Snow fell."
    "#);
}

#[test]
fn the_names_of_shared_files_and_null() {
    let row = r#"{"id": "x", "source": "Example Post", "lang": "de", "url": null, "title": null, "outlet": null, "text": "Schnee."}"#;
    let report = &read(row, "a.jsonl")[0];
    assert_eq!(report.outlet.as_deref(), Some("Example Post"));
    assert_eq!(report.language.as_deref(), Some("de"));
    assert_eq!(report.title, None);
    let row = r#"{"source": {"id": null, "name": "Example Post"}, "author": {"name": "Ada Brown"}, "content": "Snow."}"#;
    let report = &read(row, "a.jsonl")[0];
    assert_eq!(report.outlet.as_deref(), Some("Example Post"));
    assert_eq!(report.byline.as_deref(), Some("Ada Brown"));
}

#[test]
fn ids_come_from_the_row_or_the_file() {
    assert_eq!(
        ids(
            "{\"text\":\"a\"}\n\n{\"id\":\"x\",\"text\":\"b\"}\n",
            "f/rows.jsonl.gz"
        ),
        ["rows-1", "x"]
    );
    assert_eq!(
        ids("{\"text\":\"a\"}\n{\"text\":\"b\"}", "-"),
        ["stdin-1", "stdin-2"]
    );
    assert_eq!(
        ids("[{\"text\":\"a\"}, {\"text\":\"b\"}]", "rows.json"),
        ["rows-1", "rows-2"]
    );
    assert_eq!(ids("{\"text\":\"a\"}", "one.json"), ["one"]);
    assert_eq!(
        ids("{\"_id\":{\"$oid\":\"5f\"},\"text\":\"a\"}", "one.json"),
        ["5f"]
    );
}

#[test]
fn lists_are_found_in_an_object() {
    let object =
        r#"{"description": "a set", "tags": [{"x": 1}], "articles": [{"text": "a"}, {"text": "b"}]}"#;
    assert_eq!(ids(object, "set.json"), ["set-1", "set-2"]);
    assert_eq!(
        ids("{\n \"things\": [ {\"text\": \"a\"} ]\n}", "set.json"),
        ["set-1"]
    );
    assert_eq!(
        ids(
            "{\n \"text\": \"a\", \"sentences\": [{\"start\": 0}]\n}",
            "set.json"
        ),
        ["set"]
    );
}

#[test]
fn a_page_in_a_row_is_taken_apart() {
    let page = "<html><head><title>Snow</title></head><body><article><p>Snow fell in Ostby on Tuesday, and all roads were \
                closed.</p><p>It melted on Wednesday, said the mayor, Ada Brown.</p></article></body></html>";
    let row = serde_json::json!({"id": "p", "url": "https://post.example/snow", "html": page, "text": null});
    let report = &read(&row.to_string(), "pages.jsonl")[0];
    assert_eq!(report.url.as_deref(), Some("https://post.example/snow"));
    assert_eq!(
        report.text.lines().filter(|line| !line.is_empty()).count(),
        2,
        "{}",
        report.text
    );
}

#[test]
fn a_headline_alone_is_a_report() {
    let rows = concat!(
        r#"{"id": "a", "title": "Ferry burns off Tolvery", "text": ""}"#,
        "\n",
        r#"{"id": "b", "title": "Ferry burns off Tolvery"}"#,
        "\n",
    );
    for report in read(rows, "feed.jsonl") {
        assert_eq!(
            (report.text.as_str(), &report.title),
            ("Ferry burns off Tolvery", &None)
        );
    }
    assert_eq!(read(rows, "feed.jsonl").len(), 2);
}
