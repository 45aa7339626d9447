//! JSON documents and JSON Lines to reports.

use std::fmt;

use rashomon_core::Report;
use rayon::prelude::*;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::row::{Place, is_text_name, reason_of, report_of_row};
use crate::source::Source;
use crate::{IngestError, ReadOptions, RowPlace};

/// Fields of an object that hold its reports, looked for in this order; else the first list of objects is taken.
const LISTS: [&str; 11] = [
    "reports",
    "articles",
    "documents",
    "docs",
    "items",
    "news",
    "results",
    "entries",
    "stories",
    "data",
    "rows",
];

/// Names the first broken rows of a file, counts the others.
struct Rows<'run> {
    name: &'run str,
    options: &'run ReadOptions,
    sink: &'run mut dyn FnMut(Result<Report, IngestError>),
    broken: u64,
    /// True when there was any row, whole or broken.
    any: bool,
}

impl Rows<'_> {
    fn hand_over(&mut self, result: Result<Report, IngestError>) {
        self.any = true;
        if result.is_err() {
            self.broken += 1;
            if self.broken > self.options.max_named_errors {
                return;
            }
        }
        (self.sink)(result);
    }

    fn row(&mut self, json: &str, row: RowPlace) {
        let result = report_of_row(json, Place { name: self.name, row }, self.options);
        self.hand_over(result);
    }

    fn line(&mut self, line: &[u8], number: usize) {
        if let Some(result) = report_of_line(line, number, self.name, self.options) {
            self.hand_over(result);
        }
    }

    /// Takes numbered lines, which are read on the threads of the `rayon` pool, in their order; leaves none.
    fn lines(&mut self, lines: &mut Vec<(usize, Vec<u8>)>) {
        let (name, options) = (self.name, self.options);
        let found: Vec<_> = lines
            .par_iter()
            .filter_map(|(number, line)| report_of_line(line, *number, name, options))
            .collect();
        lines.clear();
        for result in found {
            self.hand_over(result);
        }
    }

    /// Tells what is left to tell at the end; `failure` is that of the file itself, which is named however many rows are
    /// broken.
    fn finish(self, failure: Option<IngestError>) {
        let is_empty = !self.any && failure.is_none();
        if let Some(error) = failure {
            (self.sink)(Err(error));
        } else if is_empty {
            (self.sink)(Err(IngestError::Empty {
                path: self.name.to_owned(),
            }));
        }
        let count = self.broken.saturating_sub(self.options.max_named_errors);
        if count > 0 {
            (self.sink)(Err(IngestError::MoreBroken {
                path: self.name.to_owned(),
                count,
            }));
        }
    }
}

/// Returns the report of a line; `None` for one of white space.
fn report_of_line(
    line: &[u8],
    number: usize,
    name: &str,
    options: &ReadOptions,
) -> Option<Result<Report, IngestError>> {
    let line = line.trim_ascii();
    if line.is_empty() {
        return None;
    }
    let row = RowPlace::Line(number);
    Some(match std::str::from_utf8(line) {
        Ok(json) => report_of_row(json, Place { name, row }, options),
        Err(error) => Err(IngestError::Encoding {
            path: name.to_owned(),
            place: row,
            byte: error.valid_up_to(),
        }),
    })
}

/// Reads one JSON value, or JSON Lines where a second line begins with `{` too.
pub(crate) fn read_json(
    mut source: Source<'_>,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, IngestError>),
) {
    let mut document = Vec::new();
    let mut line = Vec::new();
    let mut number = 0_usize;
    // The first byte that is not white space.
    let mut first = None;
    let is_lines = loop {
        match source.next_line(
            &mut line,
            options.max_document_bytes.saturating_sub(document.len() as u64),
        ) {
            Ok(false) => break false,
            Ok(true) => {}
            Err(Some(error)) => return sink(Err(error)),
            Err(None) => return sink(Err(document_too_large(&source.name, options))),
        }
        number += 1;
        let start = line.trim_ascii_start().first().copied();
        // In a value that goes over several lines no `{` follows directly upon a first line that begins with `{`.
        if first == Some(b'{') && start == Some(b'{') {
            break true;
        }
        document.extend_from_slice(&line);
        if first.is_some() && start.is_some() {
            break false;
        }
        first = first.or(start);
    };
    if is_lines {
        return read_lines_after(source, &document, line, number, options, sink);
    }
    if let Err(error) = source.read_rest(&mut document, options.max_document_bytes, "one JSON document") {
        return sink(Err(error));
    }
    if document.trim_ascii().is_empty() {
        return sink(Err(IngestError::Empty { path: source.name }));
    }
    read_document(&document, &source.name, options, sink);
}

/// Returns the error for a document over its limit.
fn document_too_large(name: &str, options: &ReadOptions) -> IngestError {
    IngestError::TooLarge {
        path: name.to_owned(),
        place: RowPlace::Whole,
        what: "one JSON document",
        limit: options.max_document_bytes,
    }
}

/// Lines of so many bytes together are read at once.
const BYTES_AT_ONCE: usize = 128 << 10;

/// Reads JSON Lines.
pub(crate) fn read_lines(
    source: Source<'_>,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, IngestError>),
) {
    read_lines_after(source, &[], Vec::new(), 0, options, sink);
}

/// Reads JSON Lines of which the first lines were read already: `before`, and then `line` with the number `number`.
fn read_lines_after(
    mut source: Source<'_>,
    before: &[u8],
    mut line: Vec<u8>,
    mut number: usize,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, IngestError>),
) {
    let name = source.name.clone();
    let mut rows = Rows {
        name: &name,
        options,
        sink,
        broken: 0,
        any: false,
    };
    for (index, earlier) in before.split(|&byte| byte == b'\n').enumerate() {
        take_line(&mut rows, earlier, index + 1);
    }
    take_line(&mut rows, &line, number);
    let mut last_error = None;
    let (mut lines, mut bytes) = (Vec::new(), 0);
    loop {
        let result = source.next_line(&mut line, options.max_report_bytes);
        number += 1;
        match result {
            Ok(false) => break,
            Ok(true) => {
                bytes += line.len();
                lines.push((number, std::mem::take(&mut line)));
                if bytes >= BYTES_AT_ONCE {
                    rows.lines(&mut lines);
                    bytes = 0;
                }
            }
            Err(None) => {
                rows.lines(&mut lines);
                rows.hand_over(Err(row_too_large(&name, RowPlace::Line(number), options)));
            }
            Err(Some(error)) => {
                last_error = Some(error);
                break;
            }
        }
    }
    rows.lines(&mut lines);
    rows.finish(last_error);
}

/// Reads a line that was read without the limit of a row.
fn take_line(rows: &mut Rows<'_>, line: &[u8], number: usize) {
    if line.len() as u64 > rows.options.max_report_bytes {
        let error = row_too_large(rows.name, RowPlace::Line(number), rows.options);
        rows.hand_over(Err(error));
    } else {
        rows.line(line, number);
    }
}

/// Returns the error for a row over its limit.
fn row_too_large(name: &str, place: RowPlace, options: &ReadOptions) -> IngestError {
    IngestError::TooLarge {
        path: name.to_owned(),
        place,
        what: "one report",
        limit: options.max_report_bytes,
    }
}

/// Reads one JSON value: a report, a list of reports, or an object that holds a list of reports.
fn read_document(
    document: &[u8],
    name: &str,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, IngestError>),
) {
    let json = match std::str::from_utf8(document) {
        Ok(json) => json,
        Err(error) => {
            return sink(Err(IngestError::Encoding {
                path: name.to_owned(),
                place: RowPlace::Whole,
                byte: error.valid_up_to(),
            }));
        }
    };
    if json.trim_ascii_start().starts_with('[') {
        return read_list(json, name, options, sink);
    }
    match list_of_object(json) {
        Ok(None) => {
            let mut rows = Rows {
                name,
                options,
                sink,
                broken: 0,
                any: false,
            };
            if json.len() as u64 > options.max_report_bytes {
                let error = row_too_large(name, RowPlace::Whole, options);
                rows.hand_over(Err(error));
            } else {
                rows.row(json, RowPlace::Whole);
            }
        }
        Ok(Some(list)) => read_list(list.get(), name, options, sink),
        Err(error) => sink(Err(broken_document(name, &error))),
    }
}

/// Returns the error for a document that is no JSON.
fn broken_document(name: &str, error: &serde_json::Error) -> IngestError {
    IngestError::Json {
        path: name.to_owned(),
        place: RowPlace::Whole,
        reason: reason_of(error, false),
    }
}

/// Reads a list of rows, one by one.
fn read_list(
    json: &str,
    name: &str,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, IngestError>),
) {
    struct ListSeed<'seed, 'run>(&'seed mut Rows<'run>);

    impl<'json> DeserializeSeed<'json> for ListSeed<'_, '_> {
        type Value = ();

        fn deserialize<D: Deserializer<'json>>(self, deserializer: D) -> Result<(), D::Error> {
            deserializer.deserialize_seq(self)
        }
    }

    impl<'json> Visitor<'json> for ListSeed<'_, '_> {
        type Value = ();

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a list of JSON objects")
        }

        fn visit_seq<A: SeqAccess<'json>>(self, mut list: A) -> Result<(), A::Error> {
            let mut index = 0;
            while let Some(item) = list.next_element::<&'json RawValue>()? {
                index += 1;
                if item.get().len() as u64 > self.0.options.max_report_bytes {
                    let error = row_too_large(self.0.name, RowPlace::Row(index), self.0.options);
                    self.0.hand_over(Err(error));
                } else {
                    self.0.row(item.get(), RowPlace::Row(index));
                }
            }
            Ok(())
        }
    }

    let mut rows = Rows {
        name,
        options,
        sink,
        broken: 0,
        any: false,
    };
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let result = ListSeed(&mut rows)
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end());
    let failure = result.err().map(|error| broken_document(name, &error));
    rows.finish(failure);
}

/// Returns the list of reports that an object holds; `None` for an object that is a report itself, or holds no list
/// of objects.
fn list_of_object(json: &str) -> Result<Option<&RawValue>, serde_json::Error> {
    struct ObjectVisitor;

    impl<'json> Visitor<'json> for ObjectVisitor {
        type Value = Option<&'json RawValue>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a JSON object")
        }

        fn visit_map<A: MapAccess<'json>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut best: Option<(usize, &'json RawValue)> = None;
            let mut is_report = false;
            while let Some(name) = map.next_key::<std::borrow::Cow<'json, str>>()? {
                if is_text_name(&name) {
                    is_report = true;
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
                let value = map.next_value::<&'json RawValue>()?;
                let holds_objects = value
                    .get()
                    .strip_prefix('[')
                    .is_some_and(|rest| rest.trim_ascii_start().starts_with('{'));
                let rank = LISTS.iter().position(|list| *list == name).unwrap_or(LISTS.len());
                if holds_objects && best.is_none_or(|(best_rank, _)| rank < best_rank) {
                    best = Some((rank, value));
                }
            }
            Ok(best.map(|(_, list)| list).filter(|_| !is_report))
        }
    }

    let mut deserializer = serde_json::Deserializer::from_str(json);
    let list = deserializer.deserialize_map(ObjectVisitor)?;
    deserializer.end()?;
    Ok(list)
}
