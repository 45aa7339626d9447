//! The files of the benches: rows, hashes, and the blind inputs that hide the gold.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rashomon_core::Report;
use rashomon_ingest::{ReadOptions, make_ids_unique, read_bytes};
use serde_json::{Map, Value};
use sha1::{Digest as _, Sha1};

/// Returns the content of a file as text, unpacked where its name ends in `.zst`.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let bytes = if path.extension().is_some_and(|extension| extension == "zst") {
        zstd::decode_all(bytes.as_slice()).with_context(|| path.display().to_string())?
    } else {
        bytes
    };
    String::from_utf8(bytes).with_context(|| path.display().to_string())
}

/// Returns the rows of a file of JSON Lines. Only `\n` ends a line: texts hold other line ends of Unicode.
pub(crate) fn read_rows(path: &Path) -> Result<Vec<Map<String, Value>>> {
    read_text(path)?
        .split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).with_context(|| path.display().to_string()))
        .collect()
}

/// Returns the text of a field; `None` where it is absent, null or no text.
pub(crate) fn text_of<'row>(row: &'row Map<String, Value>, field: &str) -> Option<&'row str> {
    row.get(field).and_then(Value::as_str)
}

/// Returns the SHA-1 of bytes in hexadecimal digits.
pub(crate) fn hex_hash(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in Sha1::digest(bytes) {
        // Writing to a text cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Returns the SHA-1 of a file, as it lies there.
pub(crate) fn file_hash(path: &Path) -> Result<String> {
    Ok(hex_hash(
        &fs::read(path).with_context(|| path.display().to_string())?,
    ))
}

/// Returns the id by which a report of a set goes in its input: the set's own ids often hold the name of the event.
pub(crate) fn blind_id(id: &str) -> String {
    hex_hash(id.as_bytes()).chars().take(16).collect()
}

/// Returns the rows of a story set; an id that stands for several reports gets `~2`, `~3` from its second on.
pub(crate) fn story_rows(path: &Path) -> Result<Vec<Map<String, Value>>> {
    let mut rows = read_rows(path)?;
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for row in &mut rows {
        let id = text_of(row, "id").unwrap_or_default().to_owned();
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            row.insert("id".to_owned(), Value::String(format!("{id}~{count}")));
        }
    }
    Ok(rows)
}

/// Returns the row of a report's blind input: without the gold, by a hash of its id.
fn blind_row(row: &Map<String, Value>) -> Map<String, Value> {
    let source = text_of(row, "source");
    let url = text_of(row, "url").or(source.filter(|source| source.starts_with("http")));
    let outlet = ["outlet", "publisher", "domain"]
        .into_iter()
        .find_map(|field| text_of(row, field).filter(|text| !text.is_empty()))
        .or(source.filter(|source| Some(*source) != url));
    let id = blind_id(text_of(row, "id").unwrap_or_default());
    let fields = [
        ("id", Some(id.as_str())),
        ("title", text_of(row, "title")),
        ("text", Some(text_of(row, "text").unwrap_or_default())),
        ("published", text_of(row, "published").or(text_of(row, "date"))),
        ("outlet", outlet),
        ("lang", text_of(row, "lang")),
        ("url", url),
    ];
    fields
        .into_iter()
        .filter_map(|(field, value)| Some((field.to_owned(), Value::String(value?.to_owned()))))
        .collect()
}

/// Returns the blind input of rows as JSON Lines, in the order of the hashed ids.
pub(crate) fn blind_input(rows: &[Map<String, Value>]) -> String {
    let mut blind: Vec<Map<String, Value>> = rows.iter().map(blind_row).collect();
    blind.sort_by(|a, b| text_of(a, "id").cmp(&text_of(b, "id")));
    blind
        .into_iter()
        .map(|row| Value::Object(row).to_string() + "\n")
        .collect()
}

/// Returns the reports of one file's content, as the program reads them.
pub(crate) fn reports_of(content: &str, name: &str) -> Vec<Report> {
    let mut reports = Vec::new();
    read_bytes(content.as_bytes(), name, &ReadOptions::default(), &mut |result| {
        reports.extend(result);
    });
    make_ids_unique(&mut reports);
    reports
}

/// Writes rows as JSON Lines into a folder of answers, where there is one.
pub(crate) fn put_answer(folder: Option<&Path>, name: &str, rows: &[Value]) -> Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    fs::create_dir_all(folder)?;
    let text: String = rows.iter().map(|row| row.to_string() + "\n").collect();
    fs::write(folder.join(name), text).with_context(|| folder.join(name).display().to_string())
}

/// Returns the folder of a bench.
pub(crate) fn bench_folder(shared: &Path, name: &str) -> PathBuf {
    shared.join("bench").join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blind_ids_are_the_first_digits_of_sha1() {
        assert_eq!(blind_id("abc"), "a9993e364706816a");
    }

    #[test]
    fn inputs_hold_no_gold_and_stand_in_hash_order() {
        let row = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        let rows = [
            row(
                r#"{"id": "b", "cluster": "fire", "title": null, "text": "One.", "source": "Post", "split": "test"}"#,
            ),
            row(r#"{"id": "abc", "cluster": "fire", "text": "Two.", "source": "https://example.org/x"}"#),
        ];
        let input = blind_input(&rows);
        assert!(!input.contains("fire") && !input.contains("split"));
        let lines: Vec<&str> = input.lines().collect();
        assert_eq!(
            lines[0],
            r#"{"id":"a9993e364706816a","text":"Two.","url":"https://example.org/x"}"#
        );
        assert!(lines[1].contains(r#""outlet":"Post""#));
    }
}
