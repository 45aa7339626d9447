//! The program against what a careful reader finds in two real reports of one event. The reports and what the reader
//! found lie beside the workspace; where they do not, these tests say that they are skipped.

// The helpers of a test may fail as loudly as the test itself.
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{assert_at_place, list, stories_of, text, texts_of, workspace};

const SEEDS: &str = "../shared/seeds";
const GOLD: &str = "../shared/bench/compare/seeds/gold.json";

/// The two reports' one story, and what the reader found.
struct Seeds {
    stories: Vec<Value>,
    gold: Value,
}

impl Seeds {
    /// Returns the seeds, or `None` where they are absent.
    fn open() -> Option<Self> {
        let (seeds, gold) = (workspace(SEEDS), workspace(GOLD));
        if !Path::new(&seeds).is_dir() || !Path::new(&gold).is_file() {
            println!("skipped: {SEEDS} and {GOLD} are not beside the workspace");
            return None;
        }
        let gold = fs::read_to_string(gold).unwrap();
        Some(Self {
            stories: stories_of(&seeds),
            gold: serde_json::from_str(&gold).unwrap(),
        })
    }

    /// Returns the first story.
    fn story(&self) -> &Value {
        &self.stories[0]
    }

    /// Returns the report that the reader calls "a" or "b": the first or second by its path.
    fn report(&self, letter: &str) -> &Value {
        let mut reports: Vec<&Value> = list(&self.story()["reports"]).iter().collect();
        reports.sort_by_key(|report| text(&report["path"]));
        reports[usize::from(letter == "b")]
    }

    /// Returns true where an element of the brief is of the report that the reader calls "a" or "b".
    fn is_of(&self, element: &Value, letter: &str) -> bool {
        element["report"] == self.report(letter)["id"]
    }

    /// Returns the facts with a verdict.
    fn facts<'a>(&'a self, verdict: &'a str) -> impl Iterator<Item = &'a Value> {
        list(&self.story()["facts"])
            .iter()
            .filter(move |fact| fact["verdict"] == verdict)
    }

    /// Returns true where a fact has a cell of the report whose sentence holds the words.
    fn has_cell(&self, fact: &Value, letter: &str, words: &str) -> bool {
        list(&fact["cells"])
            .iter()
            .any(|cell| self.is_of(cell, letter) && text(&cell["text"]).contains(words))
    }

    /// Asserts that each element of a list of the gold is found in the same list of the brief.
    #[track_caller]
    fn assert_found(&self, name: &str, is_wanted: fn(&Value) -> bool, is_match: fn(&Value, &Value) -> bool) {
        let wanted: Vec<&Value> = list(&self.gold[name])
            .iter()
            .filter(|wanted| is_wanted(wanted))
            .collect();
        let missing: Vec<&&Value> = wanted
            .iter()
            .filter(|wanted| {
                !list(&self.story()[name])
                    .iter()
                    .any(|found| self.is_of(found, text(&wanted["report"])) && is_match(found, wanted))
            })
            .collect();
        assert!(!wanted.is_empty(), "no {name} in the gold");
        assert!(
            missing.is_empty(),
            "{} of {} {name} missing: {missing:#?}",
            missing.len(),
            wanted.len()
        );
    }
}

/// Returns true where one of two texts holds the other.
fn is_same_mention(found: &Value, wanted: &Value) -> bool {
    let (found, wanted) = (text(&found["text"]), text(&wanted["mention"]));
    found.contains(wanted) || wanted.contains(found)
}

/// Returns the words between the marks of a quote.
fn words(quote: &Value) -> &str {
    text(&quote["text"]).trim_matches(['“', '”', '"'])
}

#[test]
fn they_are_one_story() {
    let Some(seeds) = Seeds::open() else { return };
    assert_eq!(seeds.stories.len(), 1);
    assert_eq!(list(&seeds.story()["reports"]).len(), 2);
}

#[test]
fn neither_is_a_copy() {
    let Some(seeds) = Seeds::open() else { return };
    for letter in ["a", "b"] {
        assert_eq!(seeds.report(letter)["copy_of"], Value::Array(Vec::new()));
    }
}

#[test]
fn their_days_are_inferred_with_a_reason() {
    let Some(seeds) = Seeds::open() else { return };
    for letter in ["a", "b"] {
        let report = seeds.report(letter);
        assert_eq!(report["published"], seeds.gold["published_inferred"][letter]);
        assert_eq!(report["published"], "2025-09-02");
        assert_eq!(report["published_basis"], "inferred");
        assert!(!text(&report["published_reason"]).is_empty());
    }
}

#[test]
fn the_outlet_of_the_second_is_read() {
    let Some(seeds) = Seeds::open() else { return };
    assert_eq!(seeds.report("b")["outlet"], "Newsweek");
}

#[test]
fn the_title_of_the_second_is_read_from_its_last_line() {
    let Some(seeds) = Seeds::open() else { return };
    let report = seeds.report("b");
    let file = fs::read_to_string(text(&report["path"])).unwrap();
    let title = text(&report["title"]);
    assert!(title.starts_with("North Korea"), "{title}");
    assert!(
        file.lines().last().is_some_and(|line| line.contains(title)),
        "{title}"
    );
}

#[test]
fn the_credits_of_the_second_are_read() {
    let Some(seeds) = Seeds::open() else { return };
    assert_eq!(seeds.report("b")["credits"], seeds.gold["credits"]["b"]);
    assert_eq!(
        seeds.report("b")["credits"],
        serde_json::json!(["Associated Press"])
    );
}

#[test]
fn every_direct_quote_is_found_with_its_speaker() {
    let Some(seeds) = Seeds::open() else { return };
    seeds.assert_found(
        "quotes",
        |wanted| wanted["kind"] == "direct" || wanted["kind"] == "mixed",
        |found, wanted| {
            found["kind"] == wanted["kind"]
                && words(found) == words(wanted)
                && found["speaker"]["name"] == wanted["speaker"]
        },
    );
}

#[test]
fn every_quote_stands_at_its_place() {
    let Some(seeds) = Seeds::open() else { return };
    let texts = texts_of(&workspace(SEEDS));
    for quote in list(&seeds.story()["quotes"]) {
        assert_at_place(&texts, quote, text(&quote["text"]));
    }
}

#[test]
fn every_line_stands_at_its_first_cite() {
    let Some(seeds) = Seeds::open() else { return };
    let texts = texts_of(&workspace(SEEDS));
    let sections = seeds.story()["brief"].as_object().unwrap();
    let mut count = 0;
    for line in sections.values().flat_map(list).filter(|line| line.is_object()) {
        assert_at_place(&texts, &line["cites"][0], text(&line["text"]));
        count += 1;
    }
    assert!(count > 10, "{count} lines");
}

#[test]
fn every_quantity_is_found_with_its_bounds() {
    let Some(seeds) = Seeds::open() else { return };
    seeds.assert_found(
        "quantities",
        |_| true,
        |found, wanted| {
            is_same_mention(found, wanted)
                && found["low"].as_f64() == wanted["low"].as_f64()
                && found["high"].as_f64() == wanted["high"].as_f64()
                && found["relation"] == wanted["relation"]
        },
    );
}

#[test]
fn every_time_is_found_with_its_value() {
    let Some(seeds) = Seeds::open() else { return };
    seeds.assert_found(
        "times",
        |_| true,
        |found, wanted| is_same_mention(found, wanted) && found["value"] == wanted["value"],
    );
}

#[test]
fn what_they_agree_on_is_found() {
    // The kind of the fact where it has but one ("" for any), words of the first report, words of the second.
    const AGREED: [(&str, &str, &str); 11] = [
        ("", "by train on Tuesday", "by train on Tuesday"),
        ("time", "Monday", "Monday"),
        ("place", "Pyongyang", "Pyongyang"),
        ("time", "early Tuesday", "September 2"),
        ("time", "Wednesday", "Wednesday"),
        ("quantity", "26", "26"),
        ("place", "Tiananmen Square", "Tiananmen Square"),
        ("", "ammunition", "artillery rounds"),
        ("", "trading partner", "trade partner"),
        ("", "restarting talks", "revive dialogue"),
        ("", "14-year rule", "six years"),
    ];
    let Some(seeds) = Seeds::open() else { return };
    let missing: Vec<_> = AGREED
        .iter()
        .filter(|(kind, first, second)| {
            !seeds.facts("agree").any(|fact| {
                (kind.is_empty() || fact["kind"] == *kind)
                    && seeds.has_cell(fact, "a", first)
                    && seeds.has_cell(fact, "b", second)
            })
        })
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_troops_differ_by_value_on_one_origin() {
    let Some(seeds) = Seeds::open() else { return };
    let troops: Vec<&Value> = seeds
        .facts("differ")
        .filter(|fact| fact["kind"] == "quantity")
        .filter(|fact| {
            seeds.has_cell(fact, "a", "15,000 troops") && seeds.has_cell(fact, "b", "15,000 troops")
        })
        .collect();
    let [fact] = troops[..] else {
        panic!("not one fact but {troops:#?}")
    };
    assert_eq!(
        (&fact["difference"], &fact["origins"]),
        (&"value".into(), &1.into())
    );
}

#[test]
fn a_meeting_differs_by_certainty() {
    let Some(seeds) = Seeds::open() else { return };
    let found = seeds
        .facts("differ")
        .filter(|fact| fact["difference"] == "certainty")
        .any(|fact| seeds.has_cell(fact, "a", "trilateral meeting") && seeds.has_cell(fact, "b", "meeting"));
    assert!(found);
}

#[test]
fn the_meeting_that_one_has_arranged_stands_beside_the_unconfirmed_one() {
    let Some(seeds) = Seeds::open() else { return };
    let found = seeds
        .facts("differ")
        .filter(|fact| fact["difference"] == "certainty")
        .any(|fact| {
            seeds.has_cell(fact, "a", "trilateral meeting") && seeds.has_cell(fact, "b", "has meetings")
        });
    assert!(found);
}

#[test]
fn where_the_three_stand_differs_by_certainty() {
    let Some(seeds) = Seeds::open() else { return };
    let found = seeds
        .facts("differ")
        .filter(|fact| fact["difference"] == "certainty")
        .any(|fact| {
            seeds.has_cell(fact, "a", "may stand together") && seeds.has_cell(fact, "b", "left side")
        });
    assert!(found);
}

#[test]
fn what_one_alone_says_is_found() {
    // Words of the report, and of the cell's value.
    const SINGLE: [(&str, &str, &str); 3] = [
        ("a", "2,000", "~2,000"),
        ("b", "six nuclear tests", "6 nuclear tests"),
        ("a", "missile research facility", "missile research facility"),
    ];
    let Some(seeds) = Seeds::open() else { return };
    let missing: Vec<_> = SINGLE
        .iter()
        .filter(|(letter, words, value)| {
            !seeds.facts("single").any(|fact| {
                seeds.has_cell(fact, letter, words) && text(&fact["cells"][0]["value"]).contains(value)
            })
        })
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn what_is_dated_after_publication_happens_next() {
    let Some(seeds) = Seeds::open() else { return };
    let next = list(&seeds.story()["brief"]["what_happens_next"]);
    let parade: Vec<&Value> = list(&seeds.story()["facts"])
        .iter()
        .filter(|fact| fact["kind"] == "time")
        .flat_map(|fact| list(&fact["cells"]))
        .filter(|cell| cell["value"] == "2025-09-03")
        .collect();
    assert!(parade.iter().any(|cell| seeds.is_of(cell, "a")));
    assert!(parade.iter().any(|cell| seeds.is_of(cell, "b")));
    for cell in parade {
        let is_cited = next.iter().flat_map(|line| list(&line["cites"])).any(|cite| {
            cite["report"] == cell["report"] && cite["start"] == cell["start"] && cite["end"] == cell["end"]
        });
        assert!(is_cited, "{}", cell["text"]);
    }
}

#[test]
fn the_parade_on_wednesday_happens_next() {
    let Some(seeds) = Seeds::open() else { return };
    let next = list(&seeds.story()["brief"]["what_happens_next"]);
    assert!(next.iter().any(|line| {
        let line = text(&line["text"]);
        line.contains("Wednesday") && line.contains("parade")
    }));
}
