//! Stories keep the ids that they had in an earlier run.

// The helpers of a test may fail as loudly as the test itself.
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::{examples, run, text};

#[test]
fn stories_keep_the_ids_of_an_earlier_run() {
    let folder = tempfile::tempdir().unwrap();
    let earlier = folder.path().join("monday.jsonl");
    let earlier = earlier.to_str().unwrap();
    // As if the ferry had been known by other ids, its reports of the agency in one story and the others in two.
    let lines = run(["stories", &examples()]).succeeded().json_lines();
    let known: Vec<(String, String)> = lines
        .iter()
        .map(|line| (text(&line["report"]).to_owned(), text(&line["story"]).to_owned()))
        .collect();
    let story = |report: &str| known.iter().find(|known| known.0 == report).unwrap().1.clone();
    let ferry: Vec<&String> = known
        .iter()
        .filter(|known| known.1 == story("ferry-fire-mpa"))
        .map(|known| &known.0)
        .collect();
    let (last, most) = ferry.split_last().unwrap();
    assert!(most.len() >= 2, "{ferry:?}");
    let line = |report: &str, story: &str| format!("{{\"report\":\"{report}\",\"story\":\"{story}\"}}\n");
    let mut lines: Vec<String> = most.iter().map(|report| line(report, "s-monday")).collect();
    lines.extend(["\n".to_owned(), line(last, "s-other")]);
    std::fs::write(earlier, lines.concat()).unwrap();

    let now = run(["stories", "--ids-from", earlier, &examples()])
        .succeeded()
        .stdout;
    for line in now.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let report = text(&line["report"]).to_owned();
        if ferry.contains(&&report) {
            assert_eq!(text(&line["story"]), "s-monday");
            let was = (report == **last).then_some("s-other");
            assert_eq!(line.get("was").and_then(Value::as_str), was, "{line}");
        } else {
            assert_eq!(text(&line["story"]), story(&report));
            assert_eq!(line.get("was"), None);
        }
    }
    let brief = run(["brief", "--format", "json", "--ids-from", earlier, &examples()]);
    assert!(brief.succeeded().stdout.contains("\"id\":\"s-monday\""));
}

#[test]
fn ids_from_a_file_that_is_none_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ids.jsonl");
    for (content, said) in [
        ("", "is empty"),
        ("{\"report\":\"a\",\"story\":\"s\"}\nnonsense\n", "line 2"),
        ("{\"report\":\"a\"}\n", "line 1: missing field `story`"),
    ] {
        std::fs::write(&file, content).unwrap();
        let refused = run(["stories", "--ids-from", file.to_str().unwrap(), &examples()]);
        assert_eq!(refused.code, Some(2));
        assert!(refused.stderr.contains(said), "{}", refused.stderr);
        assert!(refused.stderr.contains("ids.jsonl"), "{}", refused.stderr);
    }
    let absent = run(["stories", "--ids-from", "no-such-file.jsonl", &examples()]);
    assert_eq!(absent.code, Some(2));
    assert!(absent.stderr.contains("no-such-file.jsonl"), "{}", absent.stderr);
}
