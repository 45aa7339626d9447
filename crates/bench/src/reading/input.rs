//! What the program is given of a labelled set: the rows that `bench_inputs.py` writes.

use serde_json::{Map, Value};

use super::text::CharacterText;
use crate::data::text_of;

/// A report of a labelled set.
#[derive(Clone, Debug)]
pub(super) struct LabelledReport<Gold> {
    /// What the program is given.
    pub(super) input: Map<String, Value>,
    /// Its text.
    pub(super) text: CharacterText,
    /// What the program should find.
    pub(super) gold: Gold,
}

impl<Gold> LabelledReport<Gold> {
    /// Returns the report of what the program is given and what it should find.
    pub(super) fn new(input: Map<String, Value>, gold: Gold) -> Self {
        let text = CharacterText::new(text_of(&input, "text").unwrap_or_default());
        Self { input, text, gold }
    }

    /// Returns the report's id.
    pub(super) fn id(&self) -> &str {
        text_of(&self.input, "id").unwrap_or_default()
    }
}

/// Returns what the program is given of a row: the fields of a report, by the names that it knows.
pub(super) fn report_row(row: &Map<String, Value>) -> Map<String, Value> {
    let stated = |field: &str| text_of(row, field).filter(|text| !text.is_empty());
    let meta = |field: &str| {
        row.get("meta")
            .and_then(|meta| meta.get(field))
            .and_then(Value::as_str)
    };
    let source = text_of(row, "source");
    let url = stated("url").or(source.filter(|source| source.starts_with("http")));
    let outlet = ["outlet", "publisher", "domain"]
        .into_iter()
        .find_map(stated)
        .or(source.filter(|source| Some(*source) != url));
    let published = ["published", "dct", "date"]
        .into_iter()
        .find_map(stated)
        .or_else(|| meta("dateCreated"));
    let fields = [
        ("id", text_of(row, "id").map(str::to_owned)),
        ("title", text_of(row, "title").map(str::to_owned)),
        ("text", Some(text_of(row, "text").unwrap_or_default().to_owned())),
        ("published", published.map(date_of)),
        ("outlet", outlet.map(str::to_owned)),
        ("lang", text_of(row, "lang").map(str::to_owned)),
        ("url", url.or_else(|| meta("sourceURL")).map(str::to_owned)),
    ];
    fields
        .into_iter()
        .filter_map(|(field, value)| Some((field.to_owned(), Value::String(value?))))
        .collect()
}

/// Returns the input of a report that has a text alone.
pub(super) fn text_row(id: &str, text: &str) -> Map<String, Value> {
    [("id", id), ("text", text)]
        .into_iter()
        .map(|(field, value)| (field.to_owned(), Value::String(value.to_owned())))
        .collect()
}

/// Gives each row that has no id one, as `bench_inputs.py` does: the name of the set and the number of the row. Ids that
/// are numbers become texts.
pub(super) fn give_ids(name: &str, rows: &mut [Map<String, Value>]) {
    for (index, row) in rows.iter_mut().enumerate() {
        let id = match row.get("id") {
            None => format!("{name}-{}", index + 1),
            Some(Value::String(id)) => id.clone(),
            Some(other) => other.to_string(),
        };
        row.insert("id".to_owned(), Value::String(id));
    }
}

/// Returns a date as a report states it: "2009-03-20 12:24:52.002-05" of a database becomes an instant of ISO 8601.
fn date_of(date: &str) -> String {
    of_database(date).unwrap_or_else(|| date.to_owned())
}

/// Returns the instant of ISO 8601 that a date of a database stands for; `None` for any other form.
fn of_database(date: &str) -> Option<String> {
    let (day, rest) = date.split_once(' ')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (time, zone) = rest.split_at_checked(rest.len().checked_sub(3)?)?;
    let (clock, fraction) = time
        .split_once('.')
        .map_or((time, None), |(clock, rest)| (clock, Some(rest)));
    let [hour, minute, second] = clock.split(':').collect::<Vec<_>>().try_into().ok()?;
    let is_date = day.chars().count() == 10
        && [hour, minute, second]
            .iter()
            .all(|part| part.len() == 2 && digits(part))
        && fraction.is_none_or(|fraction| !fraction.is_empty() && digits(fraction))
        && zone.starts_with(['+', '-'])
        && digits(zone.get(1..)?);
    is_date.then(|| format!("{day}T{clock}{zone}:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Map<String, Value> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn dates_of_a_database_become_instants() {
        assert_eq!(
            date_of("2009-03-20 12:24:52.002364-05"),
            "2009-03-20T12:24:52-05:00"
        );
        assert_eq!(date_of("2009-03-20 12:24:52+01"), "2009-03-20T12:24:52+01:00");
        assert_eq!(date_of("2009-03-20 noon"), "2009-03-20 noon");
        assert_eq!(date_of("2009-03-20"), "2009-03-20");
    }

    #[test]
    fn a_row_gives_the_fields_of_a_report_and_no_gold() {
        let given = report_row(&row(
            r#"{"id": "x", "text": "One.", "dct": "2019-05-03", "source": "https://example.org/x", "timex": [], "title": null}"#,
        ));
        assert_eq!(
            Value::Object(given).to_string(),
            r#"{"id":"x","published":"2019-05-03","text":"One.","url":"https://example.org/x"}"#
        );
        let given = report_row(&row(
            r#"{"id": "x", "text": "", "meta": {"dateCreated": "2012-03-28", "sourceURL": "u"}, "source": "Post"}"#,
        ));
        assert_eq!(text_of(&given, "outlet"), Some("Post"));
        assert_eq!(text_of(&given, "published"), Some("2012-03-28"));
        assert_eq!(text_of(&given, "url"), Some("u"));
    }

    #[test]
    fn rows_without_an_id_are_numbered() {
        let mut rows = [row(r#"{"text": "One."}"#), row(r#"{"id": 7}"#)];
        give_ids("set", &mut rows);
        assert_eq!(text_of(&rows[0], "id"), Some("set-1"));
        assert_eq!(text_of(&rows[1], "id"), Some("7"));
    }
}
