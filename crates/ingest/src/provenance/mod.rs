//! Reads what a text tells of the report itself, so that it is never read as news.
//!
//! Each rule looks at the lines of the text, marks what it knows in [`Findings`], and stands in a file of its own with
//! its tests. A rule looks only at the ends of a long line, so that all of them together take linear time.

pub(crate) mod agencies;
mod appeared_first;
mod boilerplate;
mod byline;
mod credit;
mod dateline;
mod photo;
mod published_line;
mod title;

use rashomon_core::{Published, PublishedBasis, Report, Span};

/// What kind of text is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextForm {
    /// A file that holds all there is of the report: its first line may be the title.
    WholeFile,
    /// The text of an article whose title is told elsewhere.
    Article,
    /// The text of an article taken from a page: its first line may repeat the title.
    Page,
}

/// Lines longer than this are paragraphs, whatever they begin with, in bytes.
const LONGEST_SHORT_LINE: usize = 400;
/// How many filled lines from the top a byline or a date may stand.
const HEAD_LINES: usize = 8;
/// How many filled lines from the end are looked at for what stands only there.
const TAIL_LINES: usize = 6;

/// A line of the text that holds more than white space.
#[derive(Clone, Copy, Debug)]
struct Line<'text> {
    /// Where it stands, without white space at its ends.
    span: Span,
    text: &'text str,
    /// True when an empty line, or none, follows.
    before_gap: bool,
}

/// The filled lines of a text.
struct Lines<'text> {
    text: &'text str,
    filled: Vec<Line<'text>>,
    form: TextForm,
}

impl<'text> Lines<'text> {
    fn new(text: &'text str, form: TextForm) -> Self {
        let mut lines: Vec<Line<'text>> = Vec::new();
        let mut start = 0;
        for piece in text.split('\n') {
            let span = Span::new(start, start + piece.len()).trimmed(text);
            start += piece.len() + 1;
            if !span.is_empty() {
                lines.push(Line {
                    span,
                    text: span.text(text),
                    before_gap: false,
                });
            } else if let Some(last) = lines.last_mut() {
                last.before_gap = true;
            }
        }
        if let Some(last) = lines.last_mut() {
            last.before_gap = true;
        }
        Self {
            text,
            filled: lines,
            form,
        }
    }

    /// Returns the lines near the top.
    fn head(&self) -> &[Line<'text>] {
        self.filled.get(..HEAD_LINES).unwrap_or(&self.filled)
    }

    /// Returns the lines near the top and those near the end, each once.
    fn ends(&self) -> impl Iterator<Item = &Line<'text>> {
        let tail = self.filled.len().saturating_sub(TAIL_LINES).max(HEAD_LINES);
        self.head()
            .iter()
            .chain(self.filled.get(tail..).unwrap_or_default())
    }
}

/// What the rules found.
#[derive(Debug, Default)]
struct Findings {
    spans: Vec<Span>,
    title: Option<String>,
    outlet: Option<String>,
    byline: Option<String>,
    dateline: Option<String>,
    /// Credits with where they stand.
    credits: Vec<(usize, String)>,
    published: Option<Published>,
    updated: Option<Published>,
}

impl Findings {
    fn mark(&mut self, span: Span) {
        if !span.is_empty() {
            self.spans.push(span);
        }
    }

    fn credit(&mut self, position: usize, names: impl IntoIterator<Item = String>) {
        self.credits
            .extend(names.into_iter().map(|name| (position, name)));
    }

    /// Returns true when a rule before marked a part of `span`.
    fn holds(&self, span: Span) -> bool {
        self.spans.iter().any(|marked| marked.overlaps(span))
    }
}

/// Reads the provenance that stands in a report's text: marks its spans, and fills in those fields that are still
/// absent.
pub(crate) fn read_provenance(report: &mut Report, form: TextForm) {
    let lines = Lines::new(&report.text, form);
    let mut findings = Findings::default();
    published_line::find(&lines, &mut findings);
    byline::find(&lines, &mut findings);
    title::find(&lines, report.title.as_deref(), &mut findings);
    appeared_first::find(&lines, &mut findings);
    credit::find(&lines, &mut findings);
    photo::find(&lines, &mut findings);
    boilerplate::find(&lines, &mut findings);
    dateline::find(&lines, &mut findings);

    report.provenance = merged(findings.spans);
    report.title = report.title.take().or(findings.title);
    report.outlet = report.outlet.take().or(findings.outlet);
    report.byline = report.byline.take().or(findings.byline);
    report.dateline = report.dateline.take().or(findings.dateline);
    if report.published.basis == PublishedBasis::Unknown {
        report.published = findings.published.or(findings.updated).unwrap_or_default();
    }
    findings.credits.sort_by_key(|(position, _)| *position);
    for (_, name) in findings.credits {
        agencies::add_credit(&mut report.credits, name);
    }
}

/// Returns the spans in order, those that overlap as one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.join(span),
            _ => merged.push(span),
        }
    }
    merged
}

/// Returns true for a word that begins with a capital letter, brackets and quotation marks before it aside.
fn is_capitalised(word: &str) -> bool {
    word.trim_start_matches(['(', '"', '“', '‘', '\''])
        .starts_with(char::is_uppercase)
}

/// Returns true when `text` begins with `start`, whatever the case of ASCII letters.
fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.as_bytes()
        .get(..start.len())
        .is_some_and(|found| found.eq_ignore_ascii_case(start.as_bytes()))
}

/// Returns the end of `text`, at most `length` bytes, cut at a character boundary, and where it begins.
fn last_part(text: &str, length: usize) -> (usize, &str) {
    let mut start = text.len().saturating_sub(length);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    (start, text.get(start..).unwrap_or_default())
}

/// Returns the start of `text`, at most `length` bytes, cut at a character boundary.
fn first_part(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod testing {
    use super::*;

    /// Returns the report of a text with its provenance read.
    pub(super) fn read_as(text: &str, form: TextForm) -> Report {
        let mut report = Report::new("r", text);
        read_provenance(&mut report, form);
        assert!(
            report
                .provenance
                .iter()
                .all(|span| span.fits(text) && !span.is_empty()),
            "{text}"
        );
        report
    }

    /// Returns the parts of a text that are provenance.
    pub(super) fn marked(text: &str) -> Vec<String> {
        let report = read_as(text, TextForm::Article);
        report
            .provenance
            .iter()
            .map(|span| span.text(text).to_owned())
            .collect()
    }

    #[track_caller]
    pub(super) fn assert_marked(text: &str, expected: &[&str]) {
        assert_eq!(marked(text), expected, "{text}");
    }
}
