//! From the paths of the command line to reports.

use std::fmt;
use std::io::Write as _;
use std::path::Path;

use rashomon_core::Report;
use rashomon_ingest::{IngestError, ReadOptions, list_files, make_ids_unique, read_file, read_stream};

use crate::arguments::CommonArguments;
use crate::progress::Progress;

/// Something in the command line that cannot be meant: exit code 2.
#[derive(Debug)]
pub(crate) struct UsageError(pub(crate) String);

impl fmt::Display for UsageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

/// The reports of a command line.
pub(crate) struct Input {
    /// The reports, in order of their paths, each with an id of its own.
    pub(crate) reports: Vec<Report>,
    /// How many files or rows could not be read.
    pub(crate) failures: usize,
}

/// Reads all reports that the paths name. Each failure is named on standard error and the rest is read.
///
/// # Errors
///
/// Returns [`UsageError`] where a path does not exist or is a web address.
pub(crate) fn read_input(arguments: &CommonArguments, progress: Progress) -> anyhow::Result<Input> {
    let options = ReadOptions::default();
    let mut files = Vec::new();
    for path in &arguments.paths {
        files.push(files_of(path)?);
    }
    let mut reports = Vec::new();
    let mut failures = 0;
    let bar = progress.start("reading in", files.iter().map(Vec::len).sum());
    let mut sink = |result: Result<Report, IngestError>| match result {
        Ok(report) => reports.push(report),
        Err(error) => {
            failures += 1;
            bar.say(&format!("rashomon: {error}"));
        }
    };
    for file in files.into_iter().flatten() {
        match file {
            Source::StandardInput => read_stream(&mut std::io::stdin().lock(), "stdin", &options, &mut sink),
            Source::File(path) => read_file(&path, &options, &mut sink),
        }
        bar.step();
    }
    drop(bar);
    make_ids_unique(&mut reports);
    Ok(Input { reports, failures })
}

/// Where reports come from.
enum Source {
    StandardInput,
    File(std::path::PathBuf),
}

/// Returns the files that a path of the command line names.
fn files_of(path: &Path) -> anyhow::Result<Vec<Source>> {
    let written = path.to_string_lossy();
    if written == "-" {
        return Ok(vec![Source::StandardInput]);
    }
    if written.starts_with("http://") || written.starts_with("https://") {
        let advice = "this version fetches nothing: save the page and give its file";
        return Err(UsageError(format!("{written}: is a web address; {advice}")).into());
    }
    match list_files(path) {
        Ok(files) => Ok(files.into_iter().map(Source::File).collect()),
        Err(error) => Err(UsageError(error.to_string()).into()),
    }
}

/// Says something on standard error; a closed standard error is no reason to stop.
pub(crate) fn say(message: &str) {
    let _ = writeln!(anstream::stderr(), "{message}");
}
