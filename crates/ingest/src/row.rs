//! A row of JSON to a report.
//!
//! A field may go by several names; where a row has more than one of them, the first of the list that is not null
//! counts. Fields that are not listed are passed over.

use std::fmt;

use rashomon_core::Report;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::provenance::{TextForm, agencies, read_provenance};
use crate::{IngestError, ReadOptions, RowPlace, dates, html, ids, language};

/// The parts of a report that a row may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Id,
    Url,
    Outlet,
    Title,
    Byline,
    Published,
    Language,
    Credits,
    Dateline,
    Text,
    Page,
}

/// How many parts there are.
const FIELDS: usize = 11;

/// The names of the parts, those that count first standing first: the names of Rashomon's own JSON, those of shared
/// bench files (`source`, `lang`), those of news-please (`maintext`, `date_publish`, `source_domain`, `authors`), then
/// common ones.
const NAMES: [(&str, Field); 43] = [
    ("id", Field::Id),
    ("_id", Field::Id),
    ("doc_id", Field::Id),
    ("url", Field::Url),
    ("link", Field::Url),
    ("outlet", Field::Outlet),
    ("source", Field::Outlet),
    ("publisher", Field::Outlet),
    ("sitename", Field::Outlet),
    ("site_name", Field::Outlet),
    ("source_domain", Field::Outlet),
    ("domain", Field::Outlet),
    ("hostname", Field::Outlet),
    ("title", Field::Title),
    ("headline", Field::Title),
    ("title_page", Field::Title),
    ("byline", Field::Byline),
    ("authors", Field::Byline),
    ("author", Field::Byline),
    ("published", Field::Published),
    ("date_publish", Field::Published),
    ("published_at", Field::Published),
    ("publishedAt", Field::Published),
    ("date_published", Field::Published),
    ("datePublished", Field::Published),
    ("publish_date", Field::Published),
    ("pub_date", Field::Published),
    ("pubDate", Field::Published),
    ("date", Field::Published),
    ("language", Field::Language),
    ("lang", Field::Language),
    ("credits", Field::Credits),
    ("dateline", Field::Dateline),
    ("text", Field::Text),
    ("maintext", Field::Text),
    ("articleBody", Field::Text),
    ("body", Field::Text),
    ("content", Field::Text),
    ("full_text", Field::Text),
    // What an outlet says of a report stands for its text only where there is none.
    ("description", Field::Text),
    ("summary", Field::Text),
    ("html", Field::Page),
    ("raw_html", Field::Page),
];

/// Returns true when `name` is a name of the text of a report, or of its page. A "description" may also tell of a
/// whole list of reports, so that it does not count.
pub(crate) fn is_text_name(name: &str) -> bool {
    !matches!(name, "description" | "summary")
        && NAMES
            .iter()
            .any(|&(known, field)| known == name && matches!(field, Field::Text | Field::Page))
}

/// The known fields of a row: for each part, the rank of the name that it came by and its value.
#[derive(Default)]
struct Row<'json> {
    fields: [Option<(usize, &'json RawValue)>; FIELDS],
}

impl<'json> Row<'json> {
    fn get(&self, field: Field) -> Option<&'json RawValue> {
        self.fields
            .get(field as usize)
            .copied()
            .flatten()
            .map(|(_, value)| value)
    }
}

impl<'json> Deserialize<'json> for Row<'json> {
    fn deserialize<D: Deserializer<'json>>(deserializer: D) -> Result<Self, D::Error> {
        struct RowVisitor;

        impl<'json> Visitor<'json> for RowVisitor {
            type Value = Row<'json>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'json>>(self, mut map: A) -> Result<Row<'json>, A::Error> {
                let mut row = Row::default();
                while let Some(name) = map.next_key::<std::borrow::Cow<'json, str>>()? {
                    let Some((rank, &(_, field))) =
                        NAMES.iter().enumerate().find(|(_, (known, _))| *known == name)
                    else {
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    };
                    let value = map.next_value::<&'json RawValue>()?;
                    if let Some(place) = row.fields.get_mut(field as usize)
                        && !is_blank(value)
                        && place.is_none_or(|(found_rank, _)| rank < found_rank)
                    {
                        *place = Some((rank, value));
                    }
                }
                Ok(row)
            }
        }

        deserializer.deserialize_map(RowVisitor)
    }
}

/// Returns true for a value that says nothing: null, an empty text or list.
fn is_blank(value: &RawValue) -> bool {
    matches!(value.get(), "null" | "\"\"" | "[]" | "{}")
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'name> {
    /// The file.
    pub(crate) name: &'name str,
    /// The place in it.
    pub(crate) row: RowPlace,
}

impl Place<'_> {
    /// Returns the error of a row that is no report.
    pub(crate) fn not_a_report(self, reason: impl Into<String>) -> IngestError {
        IngestError::NotAReport {
            path: self.name.to_owned(),
            place: self.row,
            reason: reason.into(),
        }
    }
}

/// Returns the report of a row of JSON.
pub(crate) fn report_of_row(
    json: &str,
    place: Place<'_>,
    options: &ReadOptions,
) -> Result<Report, IngestError> {
    if !json.trim_ascii_start().starts_with('{') {
        return Err(place.not_a_report(format!(
            "a JSON object is needed, not {}",
            type_of(json.trim_ascii_start())
        )));
    }
    let row: Row<'_> = serde_json::from_str(json).map_err(|error| IngestError::Json {
        path: place.name.to_owned(),
        place: place.row,
        reason: reason_of(&error, place.row != RowPlace::Whole),
    })?;
    let own_text = row
        .get(Field::Text)
        .map(|value| text_of(value, "text", place))
        .transpose()?;
    let page_source = row
        .get(Field::Page)
        .map(|value| text_of(value, "html", place))
        .transpose()?;
    let mut report = match (own_text, page_source) {
        (Some(text), _) => Report {
            text,
            ..Report::default()
        },
        (None, Some(source)) => html::report_of_page(&source, place, options)?,
        (None, None) => Report::default(),
    };
    let stated = |field: Field, name: &str| -> Result<Option<String>, IngestError> {
        let Some(value) = row.get(field) else {
            return Ok(None);
        };
        let text = text_of(value, name, place)?;
        Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    };
    report.id = match row.get(Field::Id) {
        Some(value) => id_of(value, place)?,
        None => String::new(),
    };
    if report.id.is_empty() {
        let stem = ids::stem(place.name);
        report.id = match place.row {
            RowPlace::Whole => stem,
            RowPlace::Line(number) | RowPlace::Row(number) => format!("{stem}-{number}"),
        };
    }
    report.path = ids::path_of(place.name);
    report.url = stated(Field::Url, "url")?.or(report.url);
    report.outlet = match row.get(Field::Outlet) {
        Some(value) => outlet_of(value, place)?,
        None => None,
    }
    .or(report.outlet);
    report.title = stated(Field::Title, "title")?.or(report.title);
    if report.text.trim().is_empty() {
        // A feed of headlines: the headline is all that the report says.
        report.text = report.title.take().ok_or_else(|| {
            place.not_a_report(if row.get(Field::Text).is_some() {
                "its \"text\" is empty and it has no \"title\"; fill one or remove the row"
            } else {
                "has no \"text\" and no \"title\"; give the row one or remove it"
            })
        })?;
    }
    if let Some(value) = row.get(Field::Byline) {
        let names = names_of(value, "byline", place)?;
        report.byline = crate::names::byline(&names).or(report.byline);
    }
    if let Some(value) = row.get(Field::Published) {
        // A date that cannot be read is left unknown: it is no reason to lose the report.
        let published = match value.get().as_bytes().first() {
            Some(b'"') => dates::published(&text_of(value, "published", place)?),
            _ => dates::published(value.get()),
        };
        report.published = published.unwrap_or(report.published);
    }
    report.language = stated(Field::Language, "language")?
        .and_then(|language| language::code(&language))
        .or(report.language);
    if let Some(value) = row.get(Field::Credits) {
        for name in names_of(value, "credits", place)? {
            agencies::add_credit(&mut report.credits, agencies::full_name(name.trim()));
        }
    }
    report.dateline = stated(Field::Dateline, "dateline")?;
    read_provenance(&mut report, TextForm::Article);
    Ok(report)
}

/// Returns the words of a JSON text.
fn text_of(value: &RawValue, name: &str, place: Place<'_>) -> Result<String, IngestError> {
    serde_json::from_str::<String>(value.get())
        .map_err(|error| wrong_type(value, name, "a text", &error, place))
}

/// Returns the words of an id: a text or a number.
fn id_of(value: &RawValue, place: Place<'_>) -> Result<String, IngestError> {
    match value.get().as_bytes().first() {
        Some(b'0'..=b'9' | b'-') => Ok(value.get().to_owned()),
        // Databases write their ids as an object of one text: {"$oid": "5f…"}.
        Some(b'{') => Ok(object_text(value, &["$oid"]).unwrap_or_default()),
        _ => Ok(text_of(value, "id", place)?.trim().to_owned()),
    }
}

/// Returns the outlet: a text, or an object with a `name`.
fn outlet_of(value: &RawValue, place: Place<'_>) -> Result<Option<String>, IngestError> {
    let outlet = if value.get().starts_with('{') {
        object_text(value, &["name", "title", "domain", "id"]).unwrap_or_default()
    } else {
        text_of(value, "outlet", place)?
    };
    Ok(crate::names::outlet(&outlet))
}

/// Returns a list of names: a text, a list of texts, or objects with a `name`; null inside a list is passed over.
fn names_of(value: &RawValue, name: &str, place: Place<'_>) -> Result<Vec<String>, IngestError> {
    match value.get().as_bytes().first() {
        Some(b'[') => {
            let list: RawList<'_> = serde_json::from_str(value.get())
                .map_err(|error| wrong_type(value, name, "a list of texts", &error, place))?;
            let mut names = Vec::new();
            for item in list.0 {
                if item.get().starts_with('{') {
                    names.extend(object_text(item, &["name"]));
                } else if !is_blank(item) {
                    names.push(text_of(item, name, place)?);
                }
            }
            Ok(names)
        }
        Some(b'{') => Ok(object_text(value, &["name"]).into_iter().collect()),
        _ => Ok(vec![text_of(value, name, place)?]),
    }
}

/// The longest list of names that is read; the rest is passed over.
const LONGEST_LIST: usize = 200;

/// A list of JSON values, at most [`LONGEST_LIST`].
struct RawList<'json>(Vec<&'json RawValue>);

impl<'json> Deserialize<'json> for RawList<'json> {
    fn deserialize<D: Deserializer<'json>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor;

        impl<'json> Visitor<'json> for ListVisitor {
            type Value = RawList<'json>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'json>>(self, mut list: A) -> Result<RawList<'json>, A::Error> {
                let mut items = Vec::new();
                while items.len() < LONGEST_LIST {
                    let Some(item) = list.next_element::<&'json RawValue>()? else {
                        return Ok(RawList(items));
                    };
                    items.push(item);
                }
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(RawList(items))
            }
        }

        deserializer.deserialize_seq(ListVisitor)
    }
}

/// Returns the first text among the fields `names` of an object.
fn object_text(value: &RawValue, names: &[&str]) -> Option<String> {
    let object: std::collections::BTreeMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
    names
        .iter()
        .filter_map(|name| object.get(*name))
        .find_map(|value| serde_json::from_str::<String>(value.get()).ok())
}

/// Returns the error for a field of a wrong type.
fn wrong_type(
    value: &RawValue,
    name: &str,
    wanted: &str,
    error: &serde_json::Error,
    place: Place<'_>,
) -> IngestError {
    let found = type_of(value.get());
    if found == "a text" {
        // A text that is no text holds half of a surrogate pair or the like.
        return place.not_a_report(format!(
            "its \"{name}\" is a broken text: {}",
            reason_of(error, true)
        ));
    }
    place.not_a_report(format!("its \"{name}\" is {found} where {wanted} is needed"))
}

/// Returns what a JSON value is, for a reader.
fn type_of(json: &str) -> &'static str {
    match json.as_bytes().first() {
        Some(b'"') => "a text",
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        Some(b'0'..=b'9' | b'-') => "a number",
        _ => "something else",
    }
}

/// Returns what is wrong with JSON; in a single line, serde's "at line 1" would mislead and is left out.
pub(crate) fn reason_of(error: &serde_json::Error, single_line: bool) -> String {
    let reason = error.to_string();
    let reason = reason.replace("EOF while parsing", "it ends in the middle of");
    if single_line {
        reason.replace(" at line 1 column ", " at column ")
    } else {
        reason
    }
}
