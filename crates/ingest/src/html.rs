//! A web page to a report, by the library `trafilatura`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rashomon_core::{Published, Report};
use trafilatura::{ExtractionFocus, Options};

use crate::markup::text_of_markup;
use crate::provenance::{TextForm, read_provenance};
use crate::row::Place;
use crate::{IngestError, ReadOptions, ids, language, names, page_cost, page_date};

/// Returns the report in the source of a web page.
pub(crate) fn report_of_page(
    source: &str,
    place: Place<'_>,
    options: &ReadOptions,
) -> Result<Report, IngestError> {
    if let Some((what, limit)) = page_cost::excess(source, options) {
        return Err(IngestError::PageTooComplex {
            path: place.name.to_owned(),
            place: place.row,
            what,
            limit,
        });
    }
    let failed = |reason: String| IngestError::Page {
        path: place.name.to_owned(),
        place: place.row,
        reason,
    };
    let settings = Options::default()
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_exclude_comments(true);
    // The library walks foreign markup with `unwrap` and indexing; a panic in it must not stop the other reports. It
    // shares nothing with us but the text, so that nothing is left half-changed.
    let extracted = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(source, &settings)))
        .map_err(|_| failed("the extraction failed on its markup".to_owned()))?
        .map_err(|error| failed(error.to_string()))?;
    let metadata = extracted.metadata;
    // The library's own plain text runs all paragraphs together; its markup keeps them.
    let text = text_of_markup(&extracted.content_html);
    if text.trim().is_empty() {
        return Err(failed("it holds no running text".to_owned()));
    }
    let stated = |field: String| Some(field.trim().to_owned()).filter(|field| !field.is_empty());
    let day = metadata.date.and_then(|date| date.to_string().parse().ok());
    let authors: Vec<String> = metadata.author.split(';').map(str::to_owned).collect();
    let mut report = Report {
        path: ids::path_of(place.name),
        url: stated(metadata.url),
        outlet: stated(metadata.sitename).or_else(|| names::outlet(&metadata.hostname)),
        title: stated(metadata.title),
        byline: names::byline(&authors),
        published: page_date::published(source, day.map(Published::stated)).unwrap_or_default(),
        language: language::code(&metadata.language),
        ..Report::new(ids::stem(place.name), text)
    };
    read_provenance(&mut report, TextForm::Page);
    Ok(report)
}
