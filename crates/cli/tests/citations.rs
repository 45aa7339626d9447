//! Everything that a brief shows stands word for word at its place in its report.

// The helpers of a test may fail as loudly as the test itself.
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use support::{
    assert_at_place, characters, examples, list, position, run, stories_of, text, texts_of, workspace,
};

/// The sections of a brief that hold lines.
const SECTIONS: [&str; 5] = [
    "what_happened",
    "why_it_matters",
    "what_to_know",
    "what_people_are_saying",
    "what_happens_next",
];

/// Returns all lines of a story's brief.
#[track_caller]
fn lines(story: &Value) -> Vec<&Value> {
    SECTIONS
        .iter()
        .flat_map(|section| list(&story["brief"][section]))
        .collect()
}

/// Returns the place of a cite, as report, start and end.
#[track_caller]
fn place(cite: &Value) -> (String, usize, usize) {
    (
        text(&cite["report"]).to_owned(),
        position(&cite["start"]),
        position(&cite["end"]),
    )
}

/// Returns the places of all sentences, as `read` prints them.
fn sentences(path: &str) -> BTreeSet<(String, usize, usize)> {
    let readings = run(["read", path]).succeeded().json_lines();
    let sentences = readings.iter().flat_map(|reading| {
        list(&reading["sentences"]).iter().map(|sentence| {
            let id = text(&reading["id"]).to_owned();
            (id, position(&sentence["start"]), position(&sentence["end"]))
        })
    });
    sentences.collect()
}

/// Asserts that each element of a list of the stories stands where it says.
#[track_caller]
fn assert_all_at_place(texts: &BTreeMap<String, String>, list_name: &str) {
    let mut count = 0;
    for story in stories_of(&examples()) {
        for element in list(&story[list_name]) {
            assert_at_place(texts, element, text(&element["text"]));
            count += 1;
        }
    }
    assert!(count > 0, "no {list_name} in the examples");
}

#[test]
fn every_line_stands_at_its_first_cite() {
    let texts = texts_of(&examples());
    for story in stories_of(&examples()) {
        assert!(!lines(&story).is_empty(), "{}", story["headline"]);
        for line in lines(&story) {
            assert_at_place(&texts, &line["cites"][0], text(&line["text"]));
        }
    }
}

#[test]
fn every_cite_is_of_whole_sentences() {
    let sentences = sentences(&examples());
    for story in stories_of(&examples()) {
        for cite in lines(&story).iter().flat_map(|line| list(&line["cites"])) {
            let (report, start, end) = place(cite);
            let of_report = || sentences.iter().filter(|(own, _, _)| *own == report);
            assert!(of_report().any(|&(_, own, _)| own == start), "{cite}");
            assert!(of_report().any(|&(_, _, own)| own == end), "{cite}");
        }
    }
}

#[test]
fn every_cite_is_of_a_report_of_the_story() {
    for story in stories_of(&examples()) {
        let reports: BTreeSet<&str> = list(&story["reports"])
            .iter()
            .map(|report| text(&report["id"]))
            .collect();
        for cite in lines(&story).iter().flat_map(|line| list(&line["cites"])) {
            assert!(reports.contains(text(&cite["report"])), "{cite}");
        }
    }
}

#[test]
fn no_line_stands_twice() {
    for story in stories_of(&examples()) {
        let mut seen = BTreeSet::new();
        for line in lines(&story) {
            assert!(seen.insert(text(&line["text"])), "{}", line["text"]);
        }
    }
}

#[test]
fn every_cell_stands_at_its_place() {
    let texts = texts_of(&examples());
    for story in stories_of(&examples()) {
        for cell in list(&story["facts"]).iter().flat_map(|fact| list(&fact["cells"])) {
            assert_at_place(&texts, cell, text(&cell["text"]));
            let (start, end) = (&cell["evidence"]["start"], &cell["evidence"]["end"]);
            assert!(
                position(&cell["start"]) <= position(start) && position(end) <= position(&cell["end"]),
                "{cell}"
            );
        }
    }
}

#[test]
fn every_quote_stands_at_its_place() {
    assert_all_at_place(&texts_of(&examples()), "quotes");
}

#[test]
fn every_quantity_stands_at_its_place() {
    assert_all_at_place(&texts_of(&examples()), "quantities");
}

#[test]
fn every_time_stands_at_its_place() {
    assert_all_at_place(&texts_of(&examples()), "times");
}

#[test]
fn every_place_stands_at_its_place() {
    assert_all_at_place(&texts_of(&examples()), "places");
}

#[test]
fn every_mention_has_words() {
    let texts = texts_of(&examples());
    for story in stories_of(&examples()) {
        for entity in list(&story["entities"]) {
            for mention in list(&entity["mentions"]) {
                let (report, start, end) = place(mention);
                let words = characters(&texts[&report], start, end);
                assert!(words.is_some_and(|words| !words.trim().is_empty()), "{mention}");
            }
        }
    }
}

#[test]
fn what_is_said_to_differ_differs() {
    for story in stories_of(&examples()) {
        for id in list(&story["brief"]["where_reports_differ"]) {
            let fact = list(&story["facts"]).iter().find(|fact| fact["id"] == *id);
            assert_eq!(
                fact.map(|fact| &fact["verdict"]),
                Some(&Value::from("differ")),
                "{id}"
            );
        }
    }
}

#[test]
fn a_headline_is_a_title_or_a_sentence() {
    let texts = texts_of(&examples());
    for story in stories_of(&examples()) {
        let reports = list(&story["reports"]);
        assert!(
            reports.iter().any(|report| {
                report["title"] == story["headline"]
                    || texts[text(&report["id"])].contains(text(&story["headline"]))
            }),
            "{}",
            story["headline"]
        );
    }
}

#[test]
fn the_texts_of_extract_hold_what_the_examples_promise() {
    let texts = texts_of(&examples());
    let expected = std::fs::read_to_string(workspace("examples/expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    for cell in list(&expected["facts"])
        .iter()
        .flat_map(|fact| list(&fact["cells"]))
    {
        let (report, words) = (text(&cell["report"]), text(&cell["contains"]));
        assert_eq!(texts[report].matches(words).count(), 1, "{report}: {words}");
    }
}
