//! What can go wrong while reading.

use std::{fmt, io};

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowPlace {
    /// The file as a whole.
    Whole,
    /// A line of a file of JSON Lines, from 1.
    Line(usize),
    /// A row of a list, from 1.
    Row(usize),
}

impl fmt::Display for RowPlace {
    /// Writes what stands behind the file's name in a message.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Line(number) => write!(formatter, ", line {number}"),
            Self::Row(number) => write!(formatter, ", row {number}"),
        }
    }
}

/// What can go wrong while reading reports. A message names the input, the place in it, the reason and what to do.
/// Do not match on messages; they may change.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// Nothing stands at the path.
    #[error(
        "{path}: no such file or folder{}",
        suggestion.as_ref().map_or_else(
            || "; check the spelling".to_owned(),
            |nearest| format!("; did you mean {nearest}?")
        )
    )]
    NotFound {
        /// The path as it was given.
        path: String,
        /// The path nearest to it that exists.
        suggestion: Option<String>,
    },
    /// The system refuses to hand over the bytes.
    #[error("{path}: cannot be read: {source}; check its permissions")]
    Unreadable {
        /// The file or folder.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A folder was given where a file is needed.
    #[error("{path}: is a folder; list its files first")]
    IsFolder {
        /// The folder.
        path: String,
    },
    /// The file holds no byte, or white space alone.
    #[error("{path}: is empty; remove it or fill it")]
    Empty {
        /// The file.
        path: String,
    },
    /// The bytes are those of something else than text.
    #[error("{path}: not text: looks like {what}; give text, Markdown, HTML or JSON")]
    NotText {
        /// The file.
        path: String,
        /// What they look like: "PNG", "binary data".
        what: &'static str,
    },
    /// It is text of a form that is not read.
    #[error("{path}: looks like {what}, which is not read yet; give text, Markdown, HTML or JSON")]
    Unsupported {
        /// The file.
        path: String,
        /// What it looks like: "an RSS or Atom feed".
        what: &'static str,
    },
    /// The text is in no encoding that could be told.
    #[error("{path}{place}: not UTF-8 at byte {byte}; save it as UTF-8")]
    Encoding {
        /// The file.
        path: String,
        /// The place in it.
        place: RowPlace,
        /// The first byte that fits no encoding, from 0, in the file or in the line.
        byte: usize,
    },
    /// The compressed data ends too early or is damaged.
    #[error("{path}: its {format} data is cut off or damaged: {reason}; fetch or compress it again")]
    Compression {
        /// The file.
        path: String,
        /// "gzip" or "zstd".
        format: &'static str,
        /// What the decoder says.
        reason: String,
    },
    /// Something is larger than its limit.
    #[error("{path}{place}: {what} is larger than {limit} bytes; split it or raise the limit")]
    TooLarge {
        /// The file.
        path: String,
        /// The place in it.
        place: RowPlace,
        /// What is too large: "one report", "the decompressed file".
        what: &'static str,
        /// The limit in bytes.
        limit: u64,
    },
    /// A web page is built so that taking it apart would cost too much.
    #[error("{path}{place}: the web page {what} (limit {limit}); save the article's text instead")]
    PageTooComplex {
        /// The file.
        path: String,
        /// The place in it.
        place: RowPlace,
        /// In what it goes too far: "is nested too deeply".
        what: &'static str,
        /// The limit that it passes.
        limit: usize,
    },
    /// The library that takes pages apart failed.
    #[error(
        "{path}{place}: no article could be taken from the web page: {reason}; save the article's text instead"
    )]
    Page {
        /// The file.
        path: String,
        /// The place in it.
        place: RowPlace,
        /// Why.
        reason: String,
    },
    /// The JSON is broken.
    #[error("{path}{place}: broken JSON: {reason}; mend or remove it")]
    Json {
        /// The file.
        path: String,
        /// The place in it.
        place: RowPlace,
        /// What is wrong, and where.
        reason: String,
    },
    /// The JSON is whole but is no report.
    #[error("{path}{place}: {reason}")]
    NotAReport {
        /// The file.
        path: String,
        /// The place in it.
        place: RowPlace,
        /// What is missing or of a wrong type, and what to do.
        reason: String,
    },
    /// More rows of one file are broken than are named one by one.
    #[error("{path}: {count} more rows are broken and were not named; mend the file")]
    MoreBroken {
        /// The file.
        path: String,
        /// How many were left out.
        count: u64,
    },
}
