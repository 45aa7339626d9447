//! Bytes to reports.

use std::io::Read;

use rashomon_core::Report;

use crate::encoding::{self, Mark};
use crate::kind::{Kind, kind};
use crate::row::Place;
use crate::source::Source;
use crate::{IngestError, ReadOptions, RowPlace, html, json, markdown, text};

/// Reads the reports in `bytes`, handing each to `sink` as it comes. `name` is what messages call the bytes; ids of
/// reports without one are made of it, and its ending helps where the content does not tell what it is.
pub fn read_bytes(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, IngestError>),
) {
    let mut reader = bytes;
    read_stream(&mut reader, name, options, sink);
}

/// Reads the reports in a stream, handing each to `sink` as it comes: standard input, which is named "-", or anything
/// else that gives bytes. JSON Lines are read some lines at a time, so that memory is bounded by a line.
pub fn read_stream(
    reader: &mut dyn Read,
    name: &str,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, IngestError>),
) {
    match Source::open(reader, name, options) {
        Ok(source) => read_source(source, options, sink),
        Err(error) => sink(Err(error)),
    }
}

/// Reads an unpacked stream.
fn read_source(
    mut source: Source<'_>,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, IngestError>),
) {
    let mark = encoding::mark(&source.head);
    match mark {
        Mark::Absent => {}
        Mark::Utf8 => {
            if let Err(error) = source.skip(3) {
                return sink(Err(error));
            }
        }
        Mark::Utf16Little | Mark::Utf16Big => {
            // Rare enough to be held as a whole and read on as UTF-8.
            match utf8_of_utf16(source, mark, options) {
                Ok(source) => return read_marked(source, Mark::Utf8, options, sink),
                Err(error) => return sink(Err(error)),
            }
        }
    }
    read_marked(source, mark, options, sink);
}

/// Returns a stream of the UTF-8 of a stream of UTF-16.
fn utf8_of_utf16(
    mut source: Source<'_>,
    mark: Mark,
    options: &ReadOptions,
) -> Result<Source<'static>, IngestError> {
    let mut bytes = Vec::new();
    source.read_rest(&mut bytes, options.max_document_bytes, "one document in UTF-16")?;
    match encoding::decode_utf16(&bytes, mark) {
        Ok(text) => Ok(Source::of_bytes(text.into_bytes(), &source.name, options)),
        Err(byte) => Err(IngestError::Encoding {
            path: source.name,
            place: RowPlace::Whole,
            byte,
        }),
    }
}

/// Reads a stream after its byte order mark.
fn read_marked(
    mut source: Source<'_>,
    mark: Mark,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, IngestError>),
) {
    let path = source.name.clone();
    if source.head.is_empty() {
        return sink(Err(IngestError::Empty { path }));
    }
    let kind = kind(&source.head, &path);
    match kind {
        Kind::Binary(what) => return sink(Err(IngestError::NotText { path, what })),
        Kind::Unsupported(what) => return sink(Err(IngestError::Unsupported { path, what })),
        Kind::Json => return json::read_json(source, options, sink),
        Kind::JsonLines => return json::read_lines(source, options, sink),
        Kind::Html | Kind::Markdown | Kind::Text => {}
    }
    let mut bytes = Vec::new();
    if let Err(error) = source.read_rest(&mut bytes, options.max_report_bytes, "one report") {
        return sink(Err(error));
    }
    let place = Place {
        name: &path,
        row: RowPlace::Whole,
    };
    let result = decoded(bytes, kind, mark, place).and_then(|decoded| match kind {
        Kind::Html => html::report_of_page(&decoded, place, options),
        Kind::Markdown => markdown::report_of_markdown(&decoded, place),
        _ => text::report_of_text(decoded, place),
    });
    sink(result);
}

/// Returns the text of a page or a text.
fn decoded(bytes: Vec<u8>, kind: Kind, mark: Mark, place: Place<'_>) -> Result<String, IngestError> {
    if bytes.contains(&0) && kind != Kind::Html {
        return Err(IngestError::NotText {
            path: place.name.to_owned(),
            what: "binary data",
        });
    }
    let wrong = |byte: usize| IngestError::Encoding {
        path: place.name.to_owned(),
        place: place.row,
        byte,
    };
    if mark == Mark::Utf8 {
        // The mark decides: what is wrong after it is damage.
        return match kind {
            Kind::Html => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            _ => String::from_utf8(bytes).map_err(|error| wrong(error.utf8_error().valid_up_to())),
        };
    }
    match kind {
        Kind::Html => Ok(encoding::decode_page(bytes)),
        _ => encoding::decode_text(bytes).map_err(wrong),
    }
}
