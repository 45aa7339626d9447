//! What each command prints.

// The helpers of a test may fail as loudly as the test itself.
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use support::{
    TestEnvironment, characters, examples, gzip, list, position, run, stories_of, text, workspace,
};

const COMMANDS: [&str; 4] = ["brief", "stories", "read", "extract"];
const CRANE: &str = "A crane fell on a warehouse in Orsel harbour on Monday. Nobody was hurt.\n";
const CINEMA: &str =
    "The old cinema of Brannick shows its last film tonight. About 300 people are expected.\n";

/// Returns what a careful reader finds in the examples.
fn expected() -> Value {
    let expected = std::fs::read_to_string(workspace("examples/expected.json")).unwrap();
    serde_json::from_str(&expected).unwrap()
}

/// Returns the lines that `stories` prints for the examples.
fn story_lines() -> Vec<Value> {
    run(["stories", &examples()]).succeeded().json_lines()
}

/// Returns the keys of a JSON object, sorted.
#[track_caller]
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// Returns the one line that `extract` prints for an example.
#[track_caller]
fn extract_example(name: &str) -> Value {
    let path = format!("{}/{name}", examples());
    let mut rows = run(["extract", &path]).succeeded().json_lines();
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

/// Returns how many stories a brief in JSON has.
#[track_caller]
fn count_stories(environment: &TestEnvironment, arguments: &[&str]) -> usize {
    let outcome = environment.run(arguments.iter().copied()).succeeded();
    list(&outcome.json()["stories"]).len()
}

/// Returns a folder with two reports of two events.
fn two_events() -> TestEnvironment {
    let environment = TestEnvironment::new();
    environment.write("crane.txt", CRANE);
    environment.write("cinema.txt", CINEMA);
    environment
}

#[test]
fn stories_prints_the_groups_that_a_reader_finds() {
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in story_lines() {
        let group = groups.entry(text(&line["story"]).to_owned()).or_default();
        assert!(
            group.insert(text(&line["report"]).to_owned()),
            "{line} comes twice"
        );
    }
    let found: BTreeSet<BTreeSet<String>> = groups.into_values().collect();
    let wanted: BTreeSet<BTreeSet<String>> = list(&expected()["stories"])
        .iter()
        .map(|story| list(story).iter().map(|id| text(id).to_owned()).collect())
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn stories_prints_the_same_fields_on_each_line() {
    for line in story_lines() {
        assert_eq!(keys(&line), ["copies", "copy_of", "kind", "report", "story"]);
        list(&line["copy_of"]);
    }
}

#[test]
fn stories_prints_a_table_when_asked_for() {
    let table = run(["stories", "--format", "text", &examples()])
        .succeeded()
        .stdout;
    let ids: BTreeSet<String> = story_lines()
        .iter()
        .map(|line| text(&line["story"]).to_owned())
        .collect();
    for id in &ids {
        assert_eq!(table.matches(id.as_str()).count(), 1, "{table}");
    }
    assert!(table.contains(&format!("{} stories of ", ids.len())), "{table}");
}

#[test]
fn a_brief_counts_newsrooms_and_not_whom_they_quote() {
    let ferry = ["mpa.txt", "tarvesia-today.md", "tolvery-islander.txt"];
    let paths: Vec<String> = ferry
        .iter()
        .map(|name| format!("{}/ferry-fire-{name}", examples()))
        .collect();
    let arguments = ["brief", "--same-story"]
        .into_iter()
        .chain(paths.iter().map(String::as_str));
    let brief = run(arguments).succeeded().stdout;
    assert!(brief.contains("3 reports · 3 outlets · 2 origins ·"), "{brief}");
}

#[test]
fn stories_explains_a_pair() {
    let copy = [
        "stories",
        "--explain",
        "ferry-fire-ansel-courier",
        "ferry-fire-mpa",
        &examples(),
    ];
    let together = run(copy).succeeded().stdout;
    assert!(together.contains("Together"), "{together}");
    assert!(together.contains("Similarity, as people judge"), "{together}");
    assert!(
        together.contains("ferry-fire-ansel-courier is a copy of ferry-fire-mpa"),
        "{together}"
    );
    let unknown = run(["stories", "--explain", "ferry-fire-mpa", "nobody", &examples()]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.stderr.contains("nobody: no report has this id"));
}

#[test]
fn stories_names_the_copies_of_the_agency() {
    let copies: Vec<(Value, Value)> = story_lines()
        .into_iter()
        .filter(|line| !list(&line["copy_of"]).is_empty())
        .map(|line| (line["report"].clone(), line["copy_of"].clone()))
        .collect();
    let mut found: Vec<String> = copies
        .iter()
        .map(|(report, of)| format!("{} of {of}", text(report)))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "ferry-fire-ansel-courier of [\"ferry-fire-mpa\"]",
            "ferry-fire-tarvesia-today of [\"ferry-fire-mpa\"]"
        ]
    );
}

#[test]
fn brief_and_stories_name_the_same_stories() {
    let of_brief: BTreeSet<String> = stories_of(&examples())
        .iter()
        .map(|story| text(&story["id"]).to_owned())
        .collect();
    let of_stories: BTreeSet<String> = story_lines()
        .iter()
        .map(|line| text(&line["story"]).to_owned())
        .collect();
    assert_eq!(of_brief, of_stories);
}

#[test]
fn brief_infers_the_days_that_a_reader_infers() {
    let mut inferred = serde_json::Map::new();
    for story in stories_of(&examples()) {
        for report in list(&story["reports"]) {
            if report["published_basis"] == "inferred" {
                assert!(!text(&report["published_reason"]).is_empty());
                inferred.insert(text(&report["id"]).to_owned(), report["published"].clone());
            }
        }
    }
    assert_eq!(Value::Object(inferred), expected()["published_inferred"]);
}

#[test]
fn brief_in_text_is_plain_and_narrow_where_no_terminal_is() {
    let outcome = run(["brief", &examples()]).succeeded();
    assert!(!outcome.stdout.contains('\x1B'));
    for line in outcome.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn brief_in_html_loads_nothing() {
    let page = run(["brief", "--format", "html", &examples()]).succeeded().stdout;
    assert!(page.starts_with("<!DOCTYPE html>"), "{}", &page[..100]);
    for loader in ["<link rel=\"stylesheet\"", "<script src", "<img", "@import"] {
        assert!(!page.contains(loader), "{loader}");
    }
}

#[test]
fn read_prints_a_reading_a_line() {
    let readings = run(["read", &examples()]).succeeded().json_lines();
    assert_eq!(readings.len(), 22);
    for reading in &readings {
        assert_eq!(
            keys(reading),
            [
                "entities",
                "id",
                "numbers",
                "places",
                "quantities",
                "quotes",
                "sentences",
                "statements",
                "times",
                "tokens"
            ]
        );
    }
}

#[test]
fn read_parts_the_text_into_sentences() {
    let outcome = two_events().run(["read", "crane.txt"]).succeeded();
    let reading = outcome.json();
    let sentences: Vec<String> = list(&reading["sentences"])
        .iter()
        .map(|sentence| characters(CRANE, position(&sentence["start"]), position(&sentence["end"])).unwrap())
        .collect();
    assert_eq!(
        sentences,
        [
            "A crane fell on a warehouse in Orsel harbour on Monday.",
            "Nobody was hurt."
        ]
    );
}

#[test]
fn read_counts_characters_and_not_bytes() {
    let environment = TestEnvironment::new();
    environment.write("a.txt", "Zoë Märtens 🚒 sprach. About 300 people came.");
    let reading = environment.run(["read", "a.txt"]).succeeded().json();
    let quantity = &reading["quantities"][0];
    assert_eq!(quantity["text"], "About 300 people");
    assert_eq!(position(&quantity["start"]), 22);
}

#[test]
fn read_gives_each_token_its_lemma() {
    let reading = two_events().run(["read", "cinema.txt"]).succeeded().json();
    let lemmas: Vec<&str> = list(&reading["tokens"])
        .iter()
        .map(|token| text(&token["lemma"]))
        .collect();
    assert_eq!(lemmas[..6], ["the", "old", "cinema", "of", "Brannick", "show"]);
}

#[test]
fn read_in_text_is_the_text_with_its_marks_plain_and_narrow() {
    let outcome = two_events()
        .run(["read", "--format", "text", "cinema.txt"])
        .succeeded();
    assert!(
        outcome.stdout.starts_with("cinema\n──────\n"),
        "{}",
        outcome.stdout
    );
    for words in ["people n1] are expected.", "WHO IS WHO", "~ 300"] {
        assert!(outcome.stdout.contains(words), "{words}: {}", outcome.stdout);
    }
    let outcome = run(["read", "--format", "text", &examples()]).succeeded();
    assert!(!outcome.stdout.contains('\x1B'));
    for line in outcome.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn read_in_inspect_shows_trees_and_what_was_found() {
    let outcome = two_events()
        .run(["read", "--format", "inspect", "cinema.txt"])
        .succeeded();
    for words in [
        "# 1 · text · paragraph 0",
        "people",
        "nsubj:pass",
        "quantity    n1   ‹About 300 people› 1–3 = ~ 300..300",
    ] {
        assert!(outcome.stdout.contains(words), "{words}: {}", outcome.stdout);
    }
}

#[test]
fn a_terminal_gets_no_control_characters_of_a_report() {
    let environment = TestEnvironment::new();
    let row = serde_json::json!({"id": "a\u{7}", "title": "\u{1b}]0;x", "text": "The \u{1b}[2J bridge \u{202E}fell."});
    environment.write("rows.jsonl", format!("{row}\n"));
    for arguments in [
        ["read", "--format", "text"],
        ["read", "--format", "inspect"],
        ["extract", "--format", "text"],
    ] {
        let shown = environment
            .run(arguments.into_iter().chain(["rows.jsonl"]))
            .succeeded()
            .stdout;
        assert!(shown.contains("\u{FFFD}fell"), "{shown}");
        assert!(shown.contains('␛'));
        assert!(!shown.contains(['\u{7}', '\u{1b}', '\u{202E}']), "{shown:?}");
    }
}

#[test]
fn extract_has_no_inspection() {
    let outcome = two_events().run(["extract", "--format", "inspect", "cinema.txt"]);
    assert_eq!(outcome.code, Some(2));
}

#[test]
fn extract_takes_the_title_of_a_page() {
    let report = extract_example("ferry-fire-ansel-courier.html");
    assert_eq!(report["title"], "Two dead in Lady Corrin ferry fire");
}

#[test]
fn extract_takes_the_outlet_of_a_page() {
    let report = extract_example("ferry-fire-ansel-courier.html");
    assert_eq!(report["outlet"], "The Ansel Courier");
}

#[test]
fn extract_takes_the_byline_and_the_day_of_a_page() {
    let report = extract_example("ferry-fire-ansel-courier.html");
    assert_eq!(
        (
            &report["byline"],
            &report["published"],
            &report["published_basis"]
        ),
        (&"Petra Lune".into(), &"2026-05-12".into(), &"stated".into())
    );
}

#[test]
fn extract_takes_the_text_of_a_page_and_not_its_menu() {
    let report = extract_example("ferry-fire-ansel-courier.html");
    let body = text(&report["text"]);
    assert!(
        body.contains("harbour master Elsbet Rourke told reporters on the quay."),
        "{body}"
    );
    for menu in ["Tide tables", "Subscribe", "<p>"] {
        assert!(!body.contains(menu), "{menu}: {body}");
    }
}

#[test]
fn extract_prints_all_reports_of_a_folder() {
    let rows = run(["extract", &examples()]).succeeded().json_lines();
    let ids: BTreeSet<&str> = rows.iter().map(|row| text(&row["id"])).collect();
    assert_eq!((rows.len(), ids.len()), (22, 22));
}

#[test]
fn what_extract_prints_can_be_read_again() {
    let environment = TestEnvironment::new();
    let printed = run(["extract", &examples()]).succeeded().stdout;
    let groups = |lines: Vec<Value>| -> BTreeSet<(String, String)> {
        lines
            .iter()
            .map(|line| (text(&line["report"]).to_owned(), line["copy_of"].to_string()))
            .collect()
    };
    let again = environment
        .run_with_input(["stories", "-"], printed)
        .succeeded()
        .json_lines();
    assert_eq!(groups(again), groups(story_lines()));
}

#[test]
fn standard_input_is_a_dash() {
    let environment = TestEnvironment::new();
    for command in COMMANDS {
        let outcome = environment.run_with_input([command, "-"], CRANE).succeeded();
        assert!(!outcome.stdout.is_empty(), "{command}");
    }
    let report = environment.run_with_input(["extract", "-"], CRANE).json();
    assert_eq!(report["text"], CRANE);
}

#[test]
fn standard_input_goes_with_files() {
    let outcome = two_events()
        .run_with_input(["extract", "crane.txt", "-"], CINEMA)
        .succeeded();
    assert_eq!(outcome.json_lines().len(), 2);
}

#[test]
fn gzip_is_unpacked() {
    let environment = two_events();
    environment.write("packed.txt.gz", gzip(CRANE.as_bytes()));
    let packed = environment.run(["extract", "packed.txt.gz"]).succeeded().json();
    let plain = environment.run(["extract", "crane.txt"]).succeeded().json();
    assert_eq!(
        (&packed["id"], &packed["text"]),
        (&"packed".into(), &plain["text"])
    );
}

#[test]
fn gzip_is_unpacked_on_standard_input() {
    let row = format!("{}\n", serde_json::json!({"id": "crane", "text": CRANE}));
    let outcome = TestEnvironment::new()
        .run_with_input(["extract", "-"], gzip(row.as_bytes()))
        .succeeded();
    assert_eq!(outcome.json()["id"], "crane");
}

#[test]
fn two_events_are_two_stories() {
    assert_eq!(
        count_stories(&two_events(), &["brief", "--format", "json", "."]),
        2
    );
}

#[test]
fn same_story_groups_nothing() {
    let arguments = ["brief", "--format", "json", "--same-story", "."];
    assert_eq!(count_stories(&two_events(), &arguments), 1);
}

#[test]
fn same_story_holds_for_stories_too() {
    let outcome = two_events().run(["stories", "--same-story", "."]).succeeded();
    let lines = outcome.json_lines();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["story"], lines[1]["story"]);
}

#[test]
fn reports_of_one_name_get_ids_of_their_own() {
    let environment = TestEnvironment::new();
    environment.write("monday/crane.txt", CRANE);
    environment.write("tuesday/crane.txt", CINEMA);
    let rows = environment.run(["extract", "."]).succeeded().json_lines();
    assert_eq!(rows.len(), 2);
    assert_ne!(rows[0]["id"], rows[1]["id"]);
}

#[test]
fn a_report_of_json_lines_keeps_its_id() {
    let environment = TestEnvironment::new();
    environment.write(
        "rows.jsonl",
        "{\"id\": \"wire/7\", \"text\": \"A crane fell in Orsel.\"}\n",
    );
    let report = environment.run(["extract", "rows.jsonl"]).succeeded().json();
    assert_eq!(report["id"], "wire/7");
}

#[test]
fn the_help_of_each_command_shows_examples() {
    for command in COMMANDS {
        let outcome = run([command, "--help"]).succeeded();
        let examples = outcome.stdout.split("Examples:").nth(1).unwrap_or_default();
        assert!(
            examples.contains(&format!("rashomon {command} ")),
            "{}",
            outcome.stdout
        );
    }
}

#[test]
fn the_help_names_all_commands_and_the_exit_codes() {
    let outcome = run(["--help"]).succeeded();
    for word in COMMANDS.iter().chain(&["Examples:", "Exit codes:"]) {
        assert!(outcome.stdout.contains(word), "{word}: {}", outcome.stdout);
    }
}

#[test]
fn the_help_fits_a_terminal() {
    for command in COMMANDS {
        for line in run([command, "-h"]).succeeded().stdout.lines() {
            assert!(line.chars().count() <= 100, "{command}: {line}");
        }
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let outcome = run(["--version"]).succeeded();
    assert_eq!(
        outcome.stdout,
        concat!("rashomon ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn a_brief_has_at_most_the_lines_that_are_asked_for() {
    for (length, most) in [("1", 1), ("7", 7), ("short", 10)] {
        let brief = run([
            "brief",
            "--quiet",
            "--format",
            "json",
            "--length",
            length,
            &examples(),
        ])
        .json();
        for story in list(&brief["stories"]) {
            let sections = story["brief"].as_object().unwrap();
            let lines: usize = sections
                .iter()
                .filter(|(name, _)| *name != "where_reports_differ")
                .map(|(_, lines)| list(lines).len())
                .sum();
            assert!((1..=most).contains(&lines), "{length}: {lines}");
        }
    }
    let wrong = run(["brief", "--length", "tall", &examples()]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.stderr.contains("short, normal, long"), "{}", wrong.stderr);
}

#[test]
fn a_register_grades_sources() {
    let environment = TestEnvironment::new();
    environment.write("sources.csv", "name,grade\nThe Velmora Herald,B\n");
    let arguments = [
        "brief",
        "--quiet",
        "--format",
        "json",
        "--register",
        "sources.csv",
    ];
    let brief = environment
        .run(arguments.into_iter().chain([examples().as_str()]))
        .json();
    let grades: Vec<&str> = list(&brief["stories"])
        .iter()
        .flat_map(|story| list(&story["reports"]))
        .filter(|report| report["outlet"] == "The Velmora Herald")
        .map(|report| text(&report["grade"]))
        .collect();
    assert_eq!(grades, ["B"]);
    environment.write("sources.csv", "name,grade\nThe Velmora Herald,good\n");
    let wrong = environment.run(arguments.into_iter().chain([examples().as_str()]));
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong.stderr.contains("sources.csv") && wrong.stderr.contains("'good'"),
        "{}",
        wrong.stderr
    );
}

#[test]
fn every_format_writes_a_document() {
    for format in ["csv", "stix", "geojson", "ics", "jsonld"] {
        let outcome = run(["brief", "--quiet", "--format", format, &examples()]).succeeded();
        assert!(!outcome.stdout.trim().is_empty(), "{format}");
    }
    let environment = TestEnvironment::new();
    let arguments = ["brief", "--quiet", "--format", "parquet", "-o", "ledger.parquet"];
    environment
        .run(arguments.into_iter().chain([examples().as_str()]))
        .succeeded();
    let bytes = std::fs::read(environment.path("ledger.parquet")).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}
