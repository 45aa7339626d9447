//! From the paths of the command line to reports.

use std::fmt;
use std::io::Write as _;
use std::path::Path;

use rashomon_core::Report;
use rashomon_ingest::{IngestError, ReadOptions, list_files, make_ids_unique, read_file, read_stream};
use rayon::prelude::*;

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

/// So many files are read by all threads before their failures are told.
const SOURCES_AHEAD: usize = 256;

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
    let mut sources = Vec::new();
    for path in &arguments.paths {
        sources.extend(files_of(path)?);
    }
    let mut reports = Vec::new();
    let mut failures = 0;
    let bar = progress.start("reading in", sources.len());
    for some in sources.chunks(SOURCES_AHEAD) {
        let found: Vec<_> = some
            .par_iter()
            .map(|source| {
                let found = source.read(&options);
                bar.step();
                found
            })
            .collect();
        for result in found.into_iter().flatten() {
            match result {
                Ok(report) => reports.push(report),
                Err(error) => {
                    failures += 1;
                    bar.say(&format!("rashomon: {error}"));
                }
            }
        }
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

impl Source {
    /// Reads all reports of it, with the failures where they stand.
    fn read(&self, options: &ReadOptions) -> Vec<Result<Report, IngestError>> {
        let mut found = Vec::new();
        let mut sink = |result| found.push(result);
        match self {
            Self::StandardInput => read_stream(&mut std::io::stdin().lock(), "stdin", options, &mut sink),
            Self::File(path) => read_file(path, options, &mut sink),
        }
        found
    }
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
