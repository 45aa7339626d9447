//! A folder of its own for each test, and the program run in it.

// Each test program uses its own part of these helpers.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Longer than any command here takes, and short enough to see a program that hangs.
const PATIENCE: Duration = Duration::from_mins(4);

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
    /// The exit code; `None` where the program crashed or hung.
    pub(crate) code: Option<i32>,
}

impl Outcome {
    /// Returns the one JSON document of standard output.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Returns the JSON of each line of standard output.
    #[track_caller]
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect()
    }

    /// Asserts that all went well and nothing was said.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!((self.stderr.as_str(), self.code), ("", Some(0)));
        self
    }
}

/// A folder of its own, in which files are written and the program runs.
pub(crate) struct TestEnvironment {
    folder: TempDir,
}

impl TestEnvironment {
    /// Returns an empty folder.
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    /// Returns the path of a file of the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs the program in the folder.
    pub(crate) fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Outcome {
        self.run_with_input(arguments, "")
    }

    /// Runs the program in the folder with bytes on standard input.
    pub(crate) fn run_with_input<'a>(
        &self,
        arguments: impl IntoIterator<Item = &'a str>,
        input: impl Into<Vec<u8>>,
    ) -> Outcome {
        let output = Command::new(env!("CARGO_BIN_EXE_rashomon"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .env("COLUMNS", "80")
            .env_remove("CLICOLOR_FORCE")
            .write_stdin(input)
            .timeout(PATIENCE)
            .output()
            .unwrap();
        Outcome {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code(),
        }
    }
}

/// Runs the program in an empty folder.
pub(crate) fn run<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Outcome {
    TestEnvironment::new().run(arguments)
}

/// Returns a path of the workspace.
pub(crate) fn workspace(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    path.canonicalize().unwrap_or(path).display().to_string()
}

/// Returns the folder of the examples' reports.
pub(crate) fn examples() -> String {
    workspace("examples/reports")
}

/// Returns the bytes, packed by gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Returns the elements of a JSON list.
#[track_caller]
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

/// Returns a JSON text.
#[track_caller]
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// Returns a JSON position.
#[track_caller]
pub(crate) fn position(value: &Value) -> usize {
    let position = value.as_u64().unwrap_or_else(|| panic!("no position: {value}"));
    usize::try_from(position).unwrap()
}

/// Returns the characters `[start, end)` of a text, or `None` where it has fewer.
pub(crate) fn characters(text: &str, start: usize, end: usize) -> Option<String> {
    let piece: String = text.chars().skip(start).take(end.checked_sub(start)?).collect();
    (piece.chars().count() == end - start).then_some(piece)
}

/// Asserts that a JSON object with `report`, `start`, `end` and `text` stands word for word at its place.
#[track_caller]
pub(crate) fn assert_at_place(texts: &BTreeMap<String, String>, cite: &Value, wanted: &str) {
    let (start, end) = (position(&cite["start"]), position(&cite["end"]));
    let report = text(&cite["report"]);
    let found = characters(&texts[report], start, end);
    assert_eq!(found.as_deref(), Some(wanted), "{report} {start}..{end}");
}

/// Returns the text of each report by its id, as `extract` prints it.
#[track_caller]
pub(crate) fn texts_of(path: &str) -> BTreeMap<String, String> {
    let rows = run(["extract", path]).succeeded().json_lines();
    rows.iter()
        .map(|row| (text(&row["id"]).to_owned(), text(&row["text"]).to_owned()))
        .collect()
}

/// Returns the stories of a brief in JSON.
#[track_caller]
pub(crate) fn stories_of(path: &str) -> Vec<Value> {
    let brief = run(["brief", "--format", "json", path]).succeeded().json();
    list(&brief["stories"]).to_vec()
}
