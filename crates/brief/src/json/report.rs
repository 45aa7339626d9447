//! The JSON line of a report, and of its place in a grouping: what `rashomon extract` and `rashomon stories` print.

use rashomon_core::{CharacterOffsets, Report};
use serde::Serialize;

use super::line;
use super::parts::SpanJson;
use crate::RenderError;

#[derive(Debug, Serialize)]
struct ReportJson<'report> {
    id: &'report str,
    path: Option<&'report str>,
    url: Option<&'report str>,
    outlet: Option<&'report str>,
    title: Option<&'report str>,
    byline: Option<&'report str>,
    published: Option<String>,
    published_at: Option<String>,
    published_basis: &'static str,
    language: Option<&'report str>,
    credits: &'report [String],
    dateline: Option<&'report str>,
    text: &'report str,
    provenance: Vec<SpanJson>,
}

#[derive(Debug, Serialize)]
struct StoryLineJson<'report> {
    report: &'report str,
    story: &'report str,
    copy_of: &'report [&'report str],
}

/// Returns the JSON line of a report, without the line's end.
pub fn report_line(report: &Report) -> Result<String, RenderError> {
    let offsets = CharacterOffsets::new(&report.text);
    line(&ReportJson {
        id: &report.id,
        path: report.path.as_deref(),
        url: report.url.as_deref(),
        outlet: report.outlet.as_deref(),
        title: report.title.as_deref(),
        byline: report.byline.as_deref(),
        published: report.published.day.map(|day| day.to_string()),
        published_at: report.published.instant.map(|instant| instant.to_string()),
        published_basis: report.published.basis.as_str(),
        language: report.language.as_deref(),
        credits: &report.credits,
        dateline: report.dateline.as_deref(),
        text: &report.text,
        provenance: report
            .provenance
            .iter()
            .map(|&part| SpanJson::new(part, &offsets))
            .collect(),
    })
}

/// Returns the JSON line that says to which story a report belongs and of which reports it is a copy (their ids),
/// without the line's end.
pub fn story_line(report: &str, story: &str, copy_of: &[&str]) -> Result<String, RenderError> {
    line(&StoryLineJson {
        report,
        story,
        copy_of,
    })
}
