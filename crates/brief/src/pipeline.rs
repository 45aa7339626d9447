//! All stages after reading in, in one call: reports to stories, and a story to its brief.
//!
//! Readings are large. They are made for the reports of the story at hand; a report is placed by a signature of its words
//! alone. So memory holds the reports' text, a signature of each, and the stories that are worked on.

use std::cell::RefCell;

use rashomon_compare::{CompareOptions, SourceRegister};
use rashomon_core::{Brief, Date, Published, PublishedBasis, Reading, Report, Story, StoryReadings};
use rashomon_language::Reader;
use rashomon_story::{ReportSignature, StoryIds};
use rayon::prelude::*;

use crate::{ComposeOptions, RenderError, compose, json};

/// How stories are made and composed.
#[derive(Clone, Debug, Default)]
pub struct PipelineOptions {
    /// The reports belong together: they are not grouped.
    pub same_story: bool,
    /// The last day that an undated report may be of.
    pub as_of: Option<Date>,
    /// The stories that reports were in before: a story of theirs keeps its id.
    pub ids: StoryIds,
    /// How briefs are composed.
    pub compose: ComposeOptions,
    /// How reliable sources are, as the user says.
    pub register: SourceRegister,
    /// So many stories are made side by side that none but a long one is shared out to threads itself.
    pub side_by_side: bool,
}

/// Returns the stories of some reports; `step` is called once for each report, from any thread. It works on the
/// threads of the `rayon` pool that it is called in, and its result does not depend on their number or on the order
/// of the reports.
pub fn stories_of(reports: &[Report], options: &PipelineOptions, step: &(dyn Fn() + Sync)) -> Vec<Story> {
    let signatures: Vec<ReportSignature> = reports
        .par_iter()
        .map(|report| {
            let signature = rashomon_story::signature(report);
            step();
            signature
        })
        .collect();
    let mut stories = if options.same_story {
        rashomon_story::one_story(&signatures)
    } else {
        rashomon_story::group(&signatures)
    };
    if options.ids != StoryIds::default() {
        options.ids.clone().renew(&mut stories, &signatures);
    }
    stories
}

/// Loads the models and tables, for which the first story would wait otherwise: work for a thread while others read in.
pub fn prepare() {
    let report = |id| {
        Report::new(
            id,
            "“The ferry is safe,” Mayor Ada Brenn said in London on Monday, 4 May 2020.",
        )
    };
    let reports = [report("1"), report("2")];
    let story = Story {
        id: String::new(),
        reports: vec![0, 1],
    };
    brief_of(&reports, &story, &PipelineOptions::default());
}

/// Fewer reports of a story than this are not shared out to threads.
const LEAST_REPORTS_OF_A_THREAD: usize = 4;

/// A story of more text than this is shared out to threads even where other stories are made beside it.
const LONG_STORY: usize = 128 << 10;

/// Returns the brief of a story of `reports`. It works on the threads of the `rayon` pool that it is called in, and its result
/// does not depend on their number.
pub fn brief_of<'reports>(
    reports: &'reports [Report],
    story: &Story,
    options: &PipelineOptions,
) -> Brief<'reports> {
    let own: Vec<&Report> = story
        .reports
        .iter()
        .filter_map(|&report| reports.get(report))
        .collect();
    // A thread that waits for another one's share of a story begins the next story meanwhile, and ends that before it goes on
    // with the first: stories are made soonest in turn where none is shared out.
    let length: usize = own.iter().map(|report| report.text.len()).sum();
    let threads = if options.side_by_side && length <= LONG_STORY {
        1
    } else {
        rayon::current_num_threads()
    };
    // A reader reads the next report faster for what it has read, so each thread takes a run of reports.
    let share = own.len().div_ceil(threads).max(LEAST_REPORTS_OF_A_THREAD);
    let mut readings: Vec<Reading> = own
        .par_chunks(share)
        .flat_map_iter(|reports| reports.iter().map(|report| read_on_this_thread(report)))
        .collect();
    let inferred = rashomon_language::infer_dates(&own, &readings, options.as_of);
    let mut published: Vec<Published> = own.iter().map(|report| report.published.clone()).collect();
    for ((published, reading), inferred) in published.iter_mut().zip(&mut readings).zip(inferred) {
        if let (None, Some(inferred)) = (published.day, inferred) {
            rashomon_language::resolve_times(reading, inferred.day);
            published.day = Some(inferred.day);
            published.basis = PublishedBasis::Inferred;
            published.reason = Some(inferred.reason);
        }
    }
    let copies = rashomon_story::copies(&own);
    let mut story = StoryReadings {
        id: story.id.clone(),
        reports: own,
        readings,
        copies,
    };
    rashomon_compare::settle_speakers(&mut story);
    let knowledge = CompareOptions {
        published,
        register: options.register.clone(),
    };
    let ledger = rashomon_compare::compare_with_options(&story, &knowledge);
    compose(story, ledger, &options.compose)
}

thread_local! {
    /// What a thread's reader has learnt goes on to the next story: the frequent words are the same in all.
    static READER: RefCell<Reader> = RefCell::default();
}

/// Returns the reading of a report, which does not depend on what the thread's reader has read before.
fn read_on_this_thread(report: &Report) -> Reading {
    // Taken out meanwhile, so that one that a panic left half-way is not used again.
    let mut reader = READER.take();
    let reading = reader.read(report);
    READER.set(reader);
    reading
}

/// Returns the lines that say which story each report of `story` belongs to, and of whom it is a copy: a JSON line a
/// report. `before` holds the stories that reports were in before; a line says so where it is another one now.
///
/// # Errors
///
/// Returns [`RenderError::Json`] where a line has no form in JSON.
pub fn story_lines(reports: &[Report], story: &Story, before: &StoryIds) -> Result<String, RenderError> {
    let own: Vec<&Report> = story
        .reports
        .iter()
        .filter_map(|&report| reports.get(report))
        .collect();
    let copies = rashomon_story::copies(&own);
    let mut lines = String::new();
    for (index, report) in own.iter().enumerate() {
        let own_copies: Vec<(&str, &rashomon_core::Copy)> = copies
            .iter()
            .filter(|copy| copy.report == index)
            .filter_map(|copy| Some((own.get(copy.of)?.id.as_str(), copy)))
            .collect();
        let kind = rashomon_story::kind_of(report);
        let was = before.story_of(&report.id).filter(|&id| id != story.id);
        lines.push_str(&json::story_line(report, (&story.id, was), kind, &own_copies)?);
        lines.push('\n');
    }
    Ok(lines)
}
