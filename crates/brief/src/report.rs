//! A report for people.

use std::fmt::Write as _;

use rashomon_core::Report;

use crate::visible::{line_of, visible};

/// Returns a report as text: what is known of it, and its text.
pub fn text(report: &Report) -> String {
    let mut out = String::new();
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "{name:>10}  {}", line_of(value));
        }
    };
    field("report", &report.id);
    field("path", report.path.as_deref().unwrap_or_default());
    field("url", report.url.as_deref().unwrap_or_default());
    field("outlet", report.outlet.as_deref().unwrap_or_default());
    field("title", report.title.as_deref().unwrap_or_default());
    field("byline", report.byline.as_deref().unwrap_or_default());
    field(
        "published",
        &report
            .published
            .day
            .map(|day| day.to_string())
            .unwrap_or_default(),
    );
    field("dateline", report.dateline.as_deref().unwrap_or_default());
    field("credits", &report.credits.join(", "));
    field("language", report.language.as_deref().unwrap_or_default());
    // Lines and tabs stay; what else would steer a terminal is shown.
    let shown = |character| match character {
        '\n' | '\t' => character,
        other => visible(other),
    };
    out.push('\n');
    out.extend(report.text.trim().chars().map(shown));
    out.push_str("\n\n");
    out
}
