//! Inputs that are broken, hostile or absent: each is named with its reason, all others are done, and the exit code
//! tells.

// The helpers of a test may fail as loudly as the test itself.
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod support;

use std::fs::OpenOptions;

use support::{Outcome, TestEnvironment, gzip, list, run, text};

const FIRST: &str = "A crane fell on a warehouse in Orsel harbour on Monday. Nobody was hurt, the fire chief Lena \
    Marsk said. The harbour will open again on Thursday.\n";
const SECOND: &str = "The old cinema of Brannick shows its last film tonight. About 300 people are expected. The \
    town council wants to build flats there.\n";

/// Returns a folder `news` with two good reports.
fn good_reports() -> TestEnvironment {
    let environment = TestEnvironment::new();
    environment.write("news/crane.txt", FIRST);
    environment.write("news/zoo/cinema.txt", SECOND);
    environment
}

/// Returns the ids of all reports of a brief in JSON, sorted.
fn report_ids(outcome: &Outcome) -> Vec<String> {
    let brief = outcome.json();
    let mut ids: Vec<String> = list(&brief["stories"])
        .iter()
        .flat_map(|story| list(&story["reports"]))
        .map(|report| text(&report["id"]).to_owned())
        .collect();
    ids.sort();
    ids
}

/// Asserts that a run over the two good reports and one broken file names that file with a reason and does the rest.
#[track_caller]
fn assert_named(outcome: &Outcome, name: &str, reason: &str) {
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let start = format!("rashomon: news/{name}");
    let lines: Vec<&str> = outcome.stderr.lines().collect();
    assert!(
        matches!(lines[..], [line] if line.starts_with(&start) && line.contains(reason)),
        "{reason}: {}",
        outcome.stderr
    );
    assert_eq!(report_ids(outcome), ["cinema", "crane"]);
}

/// Asserts that a file of these bytes beside good reports is named with a reason, and the good reports are done.
#[track_caller]
fn assert_broken(name: &str, bytes: impl AsRef<[u8]>, reason: &str) {
    let environment = good_reports();
    environment.write(&format!("news/{name}"), bytes);
    let outcome = environment.run(["brief", "--format", "json", "news"]);
    assert_named(&outcome, name, reason);
}

/// Asserts that a file of these bytes beside good reports is read as this text.
#[track_caller]
fn assert_read(name: &str, bytes: &[u8], wanted: &str) {
    let environment = good_reports();
    environment.write(&format!("news/{name}"), bytes);
    let outcome = environment.run(["extract", "news"]).succeeded();
    let reports = outcome.json_lines();
    assert_eq!(reports.len(), 3);
    assert!(
        reports.iter().any(|report| report["text"] == wanted),
        "{}",
        outcome.stdout
    );
}

/// Asserts that the arguments are wrong usage, told by words of the message, and nothing was printed.
#[track_caller]
fn assert_wrong_usage(outcome: &Outcome, words: &str) {
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""));
    assert!(outcome.stderr.contains(words), "{}", outcome.stderr);
}

#[test]
fn good_input_alone_is_done_in_silence() {
    let outcome = good_reports()
        .run(["brief", "--format", "json", "news"])
        .succeeded();
    assert_eq!(report_ids(&outcome), ["cinema", "crane"]);
}

#[test]
fn an_empty_file() {
    assert_broken("broken.txt", "", "is empty");
}

#[test]
fn spaces_alone() {
    assert_broken("broken.txt", " \n\t \r\n ", "is empty");
}

#[test]
fn a_picture() {
    assert_broken("broken.txt", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "PNG");
}

#[test]
fn a_program() {
    assert_broken("broken", b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", "ELF");
}

#[test]
fn nul_bytes() {
    assert_broken("broken.txt", [0; 4096], "not text");
}

#[test]
fn a_gzip_file_that_is_cut_off() {
    let packed = gzip(FIRST.as_bytes());
    let half = &packed[..packed.len() / 2];
    assert_broken("broken.txt.gz", half, "gzip data is cut off or damaged");
}

#[test]
fn a_zstd_file_that_is_cut_off() {
    // The magic number, a frame header that promises 200 bytes, and a raw block of which three bytes came.
    let frame = b"\x28\xB5\x2F\xFD\x20\xC8\x41\x06\x00abc";
    assert_broken("broken.txt.zst", frame, "zstd data is cut off or damaged");
}

#[test]
fn half_written_json() {
    let half = r#"{"id": "x", "text": "A bridge fell in Orsel"#;
    assert_broken("broken.json", half, "broken JSON");
}

#[test]
fn a_half_written_json_line_costs_that_line_alone() {
    let environment = good_reports();
    let rows =
        "{\"id\": \"whole\", \"text\": \"A bridge fell in Orsel.\"}\n{\"id\": \"half\", \"text\": \"A brid";
    environment.write("news/rows.jsonl", rows);
    let outcome = environment.run(["brief", "--format", "json", "news"]);
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome.stderr.contains("news/rows.jsonl, line 2: broken JSON"),
        "{}",
        outcome.stderr
    );
    assert_eq!(report_ids(&outcome), ["cinema", "crane", "whole"]);
}

#[test]
fn deeply_nested_json() {
    let nested = format!("{{\"text\": {}", "[".repeat(1_000_000));
    assert_broken("broken.json", nested, "broken JSON");
}

#[test]
fn deeply_nested_html() {
    let depth = 100_000;
    let page = format!(
        "<!DOCTYPE html><html><body>{}A bridge fell in Orsel.{}</body></html>",
        "<div>".repeat(depth),
        "</div>".repeat(depth)
    );
    assert_broken("broken.html", page, "nested too deeply");
}

#[test]
fn a_file_that_is_too_large() {
    let environment = good_reports();
    environment.write("news/broken.txt", "A bridge fell in Orsel.\n".repeat(4096));
    let file = OpenOptions::new()
        .write(true)
        .open(environment.path("news/broken.txt"))
        .unwrap();
    file.set_len(200_000_000).unwrap();
    let outcome = environment.run(["brief", "--format", "json", "news"]);
    assert_named(&outcome, "broken.txt", "larger than 16777216 bytes");
}

#[test]
fn a_report_without_text() {
    let row = r#"{"id": "x", "outlet": "Orsel Post"}"#;
    assert_broken("broken.json", row, "text");
}

#[test]
fn a_report_with_an_empty_text() {
    assert_broken("broken.json", r#"{"id": "x", "text": " "}"#, "text");
}

#[test]
fn a_web_page_without_text() {
    let page = "<!DOCTYPE html><html><head><title>x</title></head><body></body></html>";
    assert_broken("broken.html", page, "text");
}

#[test]
fn many_broken_files_at_once() {
    let environment = good_reports();
    let broken: [(&str, &[u8]); 5] = [
        ("a.txt", b""),
        ("b.txt", b"\x89PNG\r\n\x1A\n"),
        ("d.txt.gz", b"\x1F\x8B\x08\0"),
        ("e.json", b"{\"text\": "),
        ("z.html", b"<!DOCTYPE html><html><body></body></html>"),
    ];
    for (name, bytes) in broken {
        environment.write(&format!("news/{name}"), bytes);
    }
    let outcome = environment.run(["brief", "--format", "json", "news"]);
    assert_eq!(outcome.code, Some(1));
    let named: Vec<&str> = outcome
        .stderr
        .lines()
        .map(|line| line.split(": ").nth(1).unwrap())
        .collect();
    assert_eq!(named, broken.map(|(name, _)| format!("news/{name}")));
    assert_eq!(report_ids(&outcome), ["cinema", "crane"]);
}

#[test]
fn a_broken_file_alone() {
    let environment = TestEnvironment::new();
    environment.write("broken.txt", "");
    let outcome = environment.run(["brief", "broken.txt"]);
    assert_eq!(outcome.code, Some(1));
    assert_eq!(
        outcome.stderr,
        "rashomon: broken.txt: is empty; remove it or fill it\n"
    );
}

#[test]
fn broken_standard_input() {
    let outcome = TestEnvironment::new().run_with_input(["brief", "-"], b"\x89PNG\r\n\x1A\n");
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome.stderr.contains("stdin") && outcome.stderr.contains("PNG"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn utf_16_is_read() {
    let wanted = "The café of Málva reopened on Monday.";
    let little: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(wanted.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let big: Vec<u8> = little.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
    assert_read("little.txt", &little, wanted);
    assert_read("big.txt", &big, wanted);
}

#[test]
fn windows_1252_is_read() {
    let bytes = b"The caf\xE9 of M\xE1lva \x93reopened\x94 on Monday.";
    assert_read("old.txt", bytes, "The café of Málva “reopened” on Monday.");
}

#[test]
fn a_path_that_does_not_exist() {
    let outcome = good_reports().run(["brief", "news/crame.txt"]);
    assert_wrong_usage(&outcome, "did you mean news/crane.txt?");
}

#[test]
fn a_path_that_is_like_no_other() {
    let outcome = good_reports().run(["brief", "news", "elsewhere"]);
    assert_wrong_usage(&outcome, "elsewhere: no such file or folder");
    assert!(!outcome.stderr.contains("did you mean"), "{}", outcome.stderr);
}

#[test]
fn a_web_address() {
    let outcome = run(["brief", "https://courier.example/news"]);
    assert_wrong_usage(&outcome, "https://courier.example/news: is a web address");
}

#[test]
fn no_argument() {
    assert_wrong_usage(&run([]), "Usage: rashomon");
}

#[test]
fn no_path() {
    for command in ["brief", "stories", "read", "extract"] {
        assert_wrong_usage(&run([command]), "<PATH>...");
    }
}

#[test]
fn a_command_that_does_not_exist() {
    assert_wrong_usage(&run(["breif", "news"]), "breif");
}

#[test]
fn a_day_that_is_none() {
    let outcome = good_reports().run(["brief", "--as-of", "2026-02-30", "news"]);
    assert_wrong_usage(&outcome, "--as-of");
}

#[test]
fn a_format_that_is_none() {
    let outcome = good_reports().run(["brief", "--format", "pdf", "news"]);
    assert_wrong_usage(&outcome, "markdown");
}

#[test]
fn no_threads() {
    let outcome = good_reports().run(["brief", "--threads", "0", "news"]);
    assert_wrong_usage(&outcome, "--threads");
}

#[test]
fn an_output_file_that_cannot_be_written() {
    let environment = good_reports();
    let outcome = environment.run(["brief", "-o", "absent/brief.txt", "news"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""));
    assert!(outcome.stderr.contains("absent/brief.txt"), "{}", outcome.stderr);
}
