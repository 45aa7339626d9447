//! Any bytes at all: no panic, and every span of provenance fits its text.

use proptest::prelude::*;
use rashomon_ingest::{ReadOptions, read_bytes};

/// Pieces of the forms that are read, to be put together in any order.
const PIECES: [&str; 34] = [
    "{",
    "}",
    "[",
    "]",
    "\"text\":",
    "\"",
    ",",
    "\n",
    "\r\n",
    "\n\n",
    "<p>",
    "<html>",
    "</p>",
    "<!--",
    "<script>",
    "---\n",
    "# ",
    "By Ada Brown",
    " and ",
    "OSTBY (AP) — ",
    "OSTBY, Sept 2 (Reuters) - ",
    "The post ",
    " appeared first on ",
    "(Reporting by Ada Brown)",
    "The Associated Press contributed to this report.",
    "Published 3 September 2025",
    "Snow fell in Ostby. ",
    "é",
    "🌨\u{301}",
    "\u{0}",
    "/TASS/.",
    "(AP Photo/Ada Brown)",
    "Source: Reuters",
    "&amp;",
];

fn check(bytes: &[u8], name: &str) -> Result<(), TestCaseError> {
    let mut results = Vec::new();
    read_bytes(bytes, name, &ReadOptions::default(), &mut |result| {
        results.push(result);
    });
    prop_assert!(!results.is_empty(), "nothing is told of {name}");
    for report in results.into_iter().flatten() {
        prop_assert!(!report.text.trim().is_empty());
        prop_assert!(!report.id.is_empty());
        let mut end = 0;
        for span in &report.provenance {
            prop_assert!(span.fits(&report.text) && !span.is_empty() && span.start >= end);
            end = span.end;
        }
    }
    Ok(())
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["-", "a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.gz"])
}

proptest! {
    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), name in name()) {
        check(&bytes, name)?;
    }

    #[test]
    fn texts(text in "\\PC{0,200}", name in name()) {
        check(text.as_bytes(), name)?;
    }

    #[test]
    fn pieces(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..30), name in name()) {
        check(pieces.concat().as_bytes(), name)?;
    }

    #[test]
    fn rows(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..30)) {
        let row = serde_json::json!({"text": pieces.concat(), "title": pieces.first()});
        check(row.to_string().as_bytes(), "a.jsonl")?;
    }
}
