//! Markdown to a report.
//!
//! The text of the report is what a reader of the rendered page sees: marks, links' addresses, pictures and raw HTML go;
//! paragraphs, headings and items are parted by a blank line; a line end inside a paragraph is a space. A block of `name:
//! value` lines between two lines of `---` at the start is read as metadata, by the names that JSON rows use. Without a
//! title there, the first heading, when it stands before all else, is the title.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use rashomon_core::Report;

use crate::provenance::{TextForm, agencies, read_provenance};
use crate::row::Place;
use crate::{IngestError, dates, ids, language, names};

/// The longest metadata, in bytes.
const LONGEST_METADATA: usize = 64 << 10;

/// Returns the report of a Markdown text.
pub(crate) fn report_of_markdown(source: &str, place: Place<'_>) -> Result<Report, IngestError> {
    let (metadata, body) = split_metadata(source);
    let (text, heading) = plain_text(body);
    let mut report = Report {
        path: ids::path_of(place.name),
        ..Report::new(ids::stem(place.name), text)
    };
    if report.text.trim().is_empty() {
        return Err(IngestError::Empty {
            path: place.name.to_owned(),
        });
    }
    for (name, values) in metadata {
        take_metadata(&mut report, &name.to_ascii_lowercase(), &values);
    }
    report.title = report.title.take().or(heading);
    read_provenance(&mut report, TextForm::WholeFile);
    Ok(report)
}

/// Fills in the field that `name` names.
fn take_metadata(report: &mut Report, name: &str, values: &[String]) {
    let Some(first) = values.first() else { return };
    let first = || Some(first.clone());
    match name {
        "id" => report.id = first().unwrap_or_default(),
        "title" | "headline" => report.title = first(),
        "author" | "authors" | "byline" => report.byline = names::byline(values),
        "date" | "published" | "date_publish" | "publish_date" => {
            report.published = values
                .first()
                .and_then(|date| dates::published(date))
                .unwrap_or_default();
        }
        "outlet" | "source" | "publisher" | "sitename" => {
            report.outlet = values.first().and_then(|outlet| names::outlet(outlet));
        }
        "url" | "link" | "canonical" => report.url = first(),
        "language" | "lang" => report.language = values.first().and_then(|stated| language::code(stated)),
        "dateline" => report.dateline = first(),
        "credits" => {
            for value in values {
                agencies::add_credit(&mut report.credits, agencies::full_name(value));
            }
        }
        _ => {}
    }
}

/// Parts the metadata from the text: each name with its values, in order.
fn split_metadata(source: &str) -> (Vec<(String, Vec<String>)>, &str) {
    let mut lines = source.split_inclusive('\n');
    let Some(opening) = lines.next().filter(|line| line.trim_end() == "---") else {
        return (Vec::new(), source);
    };
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    let mut length = opening.len();
    for line in lines {
        length += line.len();
        if length > LONGEST_METADATA {
            break;
        }
        let bare = line.trim();
        if matches!(bare, "---" | "...") {
            return (fields, source.get(length..).unwrap_or_default());
        }
        if let Some(item) = bare.strip_prefix("- ") {
            if let Some((_, values)) = fields.last_mut() {
                values.extend(unquoted(item));
            }
        } else if let Some((name, value)) = bare.split_once(':') {
            let values = match value
                .trim()
                .strip_prefix('[')
                .and_then(|list| list.strip_suffix(']'))
            {
                Some(list) => list.split(',').filter_map(unquoted).collect(),
                None => unquoted(value).into_iter().collect(),
            };
            fields.push((name.trim().to_owned(), values));
        } else if !bare.is_empty() && !bare.starts_with('#') {
            // A rule of dashes above a text, and no metadata.
            break;
        }
    }
    (Vec::new(), source)
}

/// Returns a value without its quotation marks; `None` for an empty one.
fn unquoted(value: &str) -> Option<String> {
    let value = value.trim();
    let bare = ['"', '\'']
        .iter()
        .find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark))
        .unwrap_or(value);
    (!bare.is_empty() && !matches!(bare, "null" | "~")).then(|| bare.to_owned())
}

/// Returns the plain text of Markdown, and the heading with which it begins.
fn plain_text(source: &str) -> (String, Option<String>) {
    let mut text = String::with_capacity(source.len());
    let mut gap = "";
    let mut heading = None;
    let mut heading_start = None;
    let mut pictures = 0_usize;
    let add = |text: &mut String, gap: &mut &str, words: &str| {
        if !words.is_empty() {
            if !text.is_empty() {
                text.push_str(gap);
            }
            *gap = "";
            text.push_str(words);
        }
    };
    for event in Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Start(Tag::Heading { .. }) => {
                heading_start = text.is_empty().then_some(());
                gap = "\n\n";
            }
            Event::End(TagEnd::Heading(_)) => {
                if heading_start.take().is_some() && !text.is_empty() {
                    heading = Some(text.trim().to_owned());
                }
                gap = "\n\n";
            }
            Event::Text(words) | Event::Code(words) if pictures == 0 => {
                // Line ends inside a block of code are kept.
                let trimmed = if gap.is_empty() {
                    &words
                } else {
                    words.trim_start_matches('\n')
                };
                add(&mut text, &mut gap, trimmed);
            }
            Event::SoftBreak if pictures == 0 && gap.is_empty() => gap = " ",
            Event::HardBreak if pictures == 0 && gap != "\n\n" => gap = "\n",
            Event::Rule => gap = "\n\n",
            Event::Start(tag) if is_block(tag.to_end()) => gap = "\n\n",
            Event::End(tag) if is_block(tag) => gap = "\n\n",
            Event::End(TagEnd::TableCell) if gap != "\n\n" => gap = " ",
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    (text, heading)
}

/// Returns true for what stands apart from the text around it.
fn is_block(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::HtmlBlock
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RowPlace;

    fn read(source: &str) -> Report {
        report_of_markdown(
            source,
            Place {
                name: "snow.md",
                row: RowPlace::Whole,
            },
        )
        .unwrap()
    }

    #[test]
    fn markup_goes_and_paragraphs_stay() {
        let source = "# Snow Closes *Roads*\n\nSnow **fell** in\n[Ostby](https://ostby.example).\n\n![a road](a.png)\n\n\
                      ## Why It Matters\n\n- one\n- two\n\n<div>raw</div>\n\n> “Stay home,” said Brown.\n";
        let report = read(source);
        insta::assert_snapshot!(report.text, @"
        Snow Closes Roads

        Snow fell in Ostby.

        Why It Matters

        one

        two

        “Stay home,” said Brown.
        ");
        assert_eq!(report.title.as_deref(), Some("Snow Closes Roads"));
        let marked: Vec<&str> = report
            .provenance
            .iter()
            .map(|span| span.text(&report.text))
            .collect();
        assert_eq!(marked, ["Snow Closes Roads"]);
    }

    #[test]
    fn front_matter_is_metadata() {
        let report = read(
            "---\ntitle: \"Snow: Roads Closed\"\nauthor: [Ada Brown, 'Carl Dunn']\ndate: 2025-09-02\noutlet: Example Post\n\
             url: https://post.example/snow\ncredits:\n  - AP\n---\nSnow fell in Ostby.\n",
        );
        assert_eq!(report.title.as_deref(), Some("Snow: Roads Closed"));
        assert_eq!(report.byline.as_deref(), Some("Ada Brown and Carl Dunn"));
        assert_eq!(
            report.published.day.map(|day| day.to_string()).as_deref(),
            Some("2025-09-02")
        );
        assert_eq!(report.outlet.as_deref(), Some("Example Post"));
        assert_eq!(report.url.as_deref(), Some("https://post.example/snow"));
        assert_eq!(report.credits, ["Associated Press"]);
        assert_eq!(report.text, "Snow fell in Ostby.");
    }

    #[test]
    fn a_rule_of_dashes_is_no_metadata() {
        assert_eq!(
            read("---\n\nSnow fell in Ostby.\n\n---\n\nIt melted.").title,
            None
        );
    }
}
