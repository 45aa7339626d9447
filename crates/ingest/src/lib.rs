//! From bytes to reports.
//!
//! Reads plain text, Markdown, web pages, JSON and JSON Lines, each also packed by gzip or zstd, and hands over a
//! [`Report`](rashomon_core::Report) at a time. What cannot be read is named in an [`IngestError`], and the rest is read
//! all the same.
//!
//! ```
//! use rashomon_ingest::{ReadOptions, make_ids_unique, read_bytes};
//!
//! let file = "Snow Closes Roads\nBy Ada Brown | Example Post\n\nOSTBY (AP) — Snow closed all roads to Ostby.\n";
//! let mut reports = Vec::new();
//! read_bytes(file.as_bytes(), "snow.txt", &ReadOptions::default(), &mut |result| match result {
//!     Ok(report) => reports.push(report),
//!     Err(error) => panic!("{error}"),
//! });
//! make_ids_unique(&mut reports);
//!
//! let report = &reports[0];
//! assert_eq!(report.id, "snow");
//! assert_eq!(report.title.as_deref(), Some("Snow Closes Roads"));
//! assert_eq!(report.byline.as_deref(), Some("Ada Brown"));
//! assert_eq!(report.outlet.as_deref(), Some("Example Post"));
//! assert_eq!(report.dateline.as_deref(), Some("Ostby"));
//! assert_eq!(report.credits, ["Associated Press"]);
//! let provenance: Vec<&str> = report.provenance.iter().map(|span| span.text(&report.text)).collect();
//! assert_eq!(provenance, ["Snow Closes Roads", "By Ada Brown | Example Post", "OSTBY (AP) —"]);
//! ```
//!
//! # Concepts
//!
//! - **form**: what the bytes are, told by content first (magic bytes, `{`, `[`, `<html`), then by name. A first `{` is
//!   one object, or JSON Lines where the second filled line begins with `{` too.
//! - **text**: what positions refer to. Of a text file, its content without byte order mark, `\r\n` as `\n`; of JSON,
//!   exactly the field; of a page, its article with a blank line between paragraphs; of Markdown, what a reader of the
//!   rendered page sees.
//! - **provenance**: parts of the text that tell of the report itself. A dateline is the start of a paragraph and its span
//!   ends with its dash; all else are lines or sentences. The title line of a text, Markdown or HTML file stays in the text and is
//!   provenance too, so that it is not read twice; the text of a JSON row is not searched for its title.
//! - **credit**: an agency or outlet whose work the text rests on, by its full name (`data/agencies.tsv`), from credit
//!   lines, bylines and datelines; not from photo credits.
//! - **id**: that of the JSON row, else the file's name without known endings, with the line or index of the row behind it;
//!   "stdin" for standard input (named "-"). [`make_ids_unique`] is called once for all that is read together.
//! - **encoding**: UTF-8, UTF-16 with a byte order mark, what a page states, and windows-1252 where text that is no UTF-8
//!   looks like it; damaged UTF-8 is an error.
//!
//! # Flow
//!
//! 1. [`list_files`] gives the files of a folder, sorted.
//! 2. [`read_file`], [`read_stream`] and [`read_bytes`] unpack, tell the form, and decode, within the limits of
//!    [`ReadOptions`].
//! 3. The reader of the form makes the report: JSON rows one by one, pages by the library `trafilatura`.
//! 4. The rules of `provenance/` mark what tells of the report, and fill in fields that are absent.

mod dates;
mod encoding;
mod error;
mod files;
mod html;
mod ids;
mod json;
mod kind;
mod language;
mod markdown;
mod markup;
mod names;
mod options;
mod page_cost;
mod page_date;
mod provenance;
mod read;
mod row;
mod source;
mod text;

pub use error::{IngestError, RowPlace};
pub use files::{list_files, read_file};
pub use ids::make_ids_unique;
pub use options::ReadOptions;
pub use read::{read_bytes, read_stream};
