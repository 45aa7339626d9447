//! What must hold for any bytes that are read, for any text, and for any story.

#[path = "../../crates/language/tests/invariants/mod.rs"]
mod invariants;

use rashomon_brief::html::Page;
use rashomon_brief::json::BriefDocument;
use rashomon_brief::markdown::Markdown;
use rashomon_brief::terminal::{Terminal, TerminalOptions};
use rashomon_brief::{PipelineOptions, Renderer, brief_of, document, stories_of};
use rashomon_core::{Brief, Report};
use rashomon_ingest::{ReadOptions, read_bytes};

/// How many bytes a text of a story may have: all its sentences are compared, which takes its time.
const MAX_STORY_BYTES: usize = 8 << 10;

/// Reads the bytes, and checks that something is told of them and that every span of provenance fits its text.
///
/// # Panics
///
/// When it does not hold, which is how a fuzzer learns of it.
pub fn check(bytes: &[u8], name: &str) {
    let mut options = ReadOptions::default();
    options.max_file_bytes = 16 << 20;
    let mut results = 0;
    read_bytes(bytes, name, &options, &mut |result| {
        results += 1;
        if let Ok(report) = result {
            assert!(!report.text.trim().is_empty() && !report.id.is_empty());
            let mut end = 0;
            for span in &report.provenance {
                assert!(
                    span.fits(&report.text) && !span.is_empty() && span.start >= end,
                    "{span:?}"
                );
                end = span.end;
            }
        }
    });
    assert!(results > 0, "nothing was told");
}

/// Makes a panic that the code catches no finding, as those of the library that finds the report in a page. The hook that
/// `libfuzzer-sys` sets ends the program at any panic, caught or not; without it only a panic that nobody catches does.
/// The panic is still printed, so that one can see what the library does not stand.
pub fn let_panics_be_caught() {
    std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
}

/// Understands a text, and checks what is promised of every reading.
///
/// # Panics
///
/// When it does not hold.
pub fn check_reading(bytes: &[u8]) {
    let report = Report::new("r", String::from_utf8_lossy(bytes));
    let reading = rashomon_language::read(&report);
    invariants::assert_holds(&report, &reading);
}

/// Makes all four outputs of the reports in the bytes, which lines of "---" part, and checks that every report is in one
/// story and that every line of a brief is a piece of its report.
///
/// # Panics
///
/// When it does not hold.
pub fn check_stories(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes.get(..MAX_STORY_BYTES).unwrap_or(bytes));
    let reports: Vec<Report> = text
        .split("\n---\n")
        .enumerate()
        .map(|(index, text)| Report::new(format!("r{index}"), text))
        .collect();
    for same_story in [false, true] {
        let options = PipelineOptions {
            same_story,
            ..PipelineOptions::default()
        };
        let stories = stories_of(&reports, &options, &|| {});
        let mut seen: Vec<usize> = stories
            .iter()
            .flat_map(|story| story.reports.iter().copied())
            .collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..reports.len()).collect::<Vec<_>>());
        let briefs: Vec<_> = stories
            .iter()
            .map(|story| brief_of(&reports, story, &options))
            .collect();
        assert_cited(&reports, &briefs);
        for renderer in &mut renderers() {
            let result = document(renderer.as_mut(), &briefs);
            assert!(result.is_ok(), "{result:?}");
        }
    }
}

/// Checks that every line of the briefs is a piece of a report.
fn assert_cited(reports: &[Report], briefs: &[Brief<'_>]) {
    for brief in briefs {
        let sections = &brief.sections;
        let lines = sections
            .what_happened
            .iter()
            .chain(&sections.why_it_matters)
            .chain(&sections.what_to_know)
            .chain(&sections.what_people_are_saying)
            .chain(&sections.what_happens_next);
        for line in lines {
            let cite = &line.cites[0];
            let report = brief.story.reports[cite.report];
            assert!(reports.iter().any(|known| known.id == report.id));
            assert!(cite.span.fits(&report.text));
            assert_eq!(line.text, cite.span.text(&report.text));
        }
    }
}

/// Returns the four renderers.
fn renderers() -> Vec<Box<dyn Renderer>> {
    let options = TerminalOptions {
        width: 40,
        colour: true,
    };
    let mut renderers: Vec<Box<dyn Renderer>> = vec![
        Box::new(Terminal::new(options)),
        Box::new(Markdown::new()),
        Box::new(BriefDocument::new()),
    ];
    match Page::new() {
        Ok(page) => renderers.push(Box::new(page)),
        Err(error) => panic!("{error}"),
    }
    renderers
}
