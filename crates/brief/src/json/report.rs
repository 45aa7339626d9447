//! The JSON line of a report, and of its place in a grouping: what `rashomon extract` and `rashomon stories` print.

use rashomon_core::{CharacterOffsets, Copy, Report};
use rashomon_story::ReportKind;
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
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<&'report str>,
    copy_of: Vec<&'report str>,
    copies: Vec<CopyLineJson<'report>>,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct CopyLineJson<'report> {
    of: &'report str,
    share: f64,
    passages: Vec<SpanJson>,
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

/// Returns the JSON line that says to which story a report belongs, and to which other one it did before; what it is; and
/// of which reports it is a copy: each with its id and the copy itself. Without the line's end.
pub fn story_line(
    report: &Report,
    (story, was): (&str, Option<&str>),
    kind: ReportKind,
    copies: &[(&str, &Copy)],
) -> Result<String, RenderError> {
    let offsets = CharacterOffsets::new(&report.text);
    line(&StoryLineJson {
        report: &report.id,
        story,
        was,
        copy_of: copies.iter().map(|&(of, _)| of).collect(),
        copies: copies
            .iter()
            .map(|&(of, copy)| CopyLineJson {
                of,
                share: copy.share,
                passages: copy
                    .passages
                    .iter()
                    .map(|&passage| SpanJson::new(passage, &offsets))
                    .collect(),
            })
            .collect(),
        kind: kind.as_str(),
    })
}
