//! The `rashomon` program: it reads the command line, calls the libraries, and prints.

mod ahead;
mod arguments;
mod earlier;
mod input;
mod output;
mod progress;

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;
use rashomon_brief::export::csv::Csv;
use rashomon_brief::export::geojson::GeoJson;
use rashomon_brief::export::icalendar::ICalendar;
use rashomon_brief::export::json_ld::JsonLd;
use rashomon_brief::export::parquet::Parquet;
use rashomon_brief::export::stix::Stix;
use rashomon_brief::html::Page;
use rashomon_brief::json::BriefDocument;
use rashomon_brief::markdown::Markdown;
use rashomon_brief::terminal::{Terminal, TerminalOptions};
use rashomon_brief::{
    PipelineOptions, RenderError, Renderer, SourceRegister, brief_of, inspection, json, prepare, reading,
    report, stories, stories_of, story_lines,
};
use rashomon_core::{Report, Story};
use rayon::prelude::*;

use crate::ahead::in_order;
use crate::arguments::{
    Arguments, BriefArguments, BriefFormat, Command, CommonArguments, ExtractArguments, ExtractFormat,
    ReadArguments, ReadFormat, StoriesArguments, StoriesFormat,
};
use crate::earlier::ids_from;
use crate::input::{Input, UsageError, read_input, say};
use crate::output::Output;
use crate::progress::Progress;

/// Briefs are made ahead for stories of so many bytes of text for each thread, and printed in order: what is known of
/// a story takes a hundred times the memory of its text or more.
const TEXT_AHEAD: usize = 64 << 10;
/// Fewer stories than this for each thread are shared out to threads themselves.
const FEW_STORIES: usize = 4;
/// Results are made for so many reports at once, and printed in order.
const REPORTS_AHEAD: usize = 256;

fn main() -> ExitCode {
    // A page that a library of page extraction cannot stand is named with its file; a backtrace tells the user nothing.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments = Arguments::parse();
    let common = match &arguments.command {
        Command::Brief(arguments) => &arguments.common,
        Command::Stories(arguments) => &arguments.common,
        Command::Read(arguments) => &arguments.common,
        Command::Extract(arguments) => &arguments.common,
    };
    if let Some(threads) = common.threads
        && let Err(error) = rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()
    {
        say(&format!("rashomon: cannot start {threads} threads: {error}"));
        return ExitCode::from(1);
    }
    let result = match &arguments.command {
        Command::Brief(arguments) => brief(arguments),
        Command::Stories(arguments) => list_stories(arguments),
        Command::Read(arguments) => read(arguments),
        Command::Extract(arguments) => extract(arguments),
    };
    match result {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        // A reader that has seen enough ("| head") is no failure.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("rashomon: {error:#}"));
            ExitCode::from(if error.is::<UsageError>() { 2 } else { 1 })
        }
    }
}

/// Returns true where an error means that nobody reads any more.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Prints a brief of each story. Returns how many inputs could not be read.
fn brief(arguments: &BriefArguments) -> anyhow::Result<usize> {
    let progress = Progress::new(arguments.common.quiet);
    let register = register(arguments.register.as_deref())?;
    let ids = ids_from(arguments.ids_from.as_deref())?;
    // Reading in keeps few threads busy.
    rayon::spawn(prepare);
    let input = read_input(&arguments.common, progress)?;
    let mut options = PipelineOptions {
        same_story: arguments.same_story,
        as_of: arguments.as_of,
        ids,
        compose: arguments.length.options(arguments.as_of),
        register,
        side_by_side: false,
    };
    let stories = group(&input.reports, &options, progress);
    options.side_by_side = stories.len() >= FEW_STORIES * rayon::current_num_threads();
    let mut output = Output::open(arguments.common.output.as_deref())?;
    let mut renderer = renderer(arguments)?;
    let bar = progress.start("comparing", stories.len());
    output.print(&renderer.begin()?)?;
    let size = |story: &Story| -> usize {
        let texts = story
            .reports
            .iter()
            .filter_map(|&report| input.reports.get(report));
        texts.map(|report| report.text.len()).sum()
    };
    in_order(
        &stories,
        size,
        TEXT_AHEAD * rayon::current_num_threads(),
        |story| brief_of(&input.reports, story, &options),
        |brief| {
            renderer.write_story(&brief, &mut output)?;
            bar.step();
            Ok(())
        },
    )?;
    renderer.write_end(&mut output)?;
    drop(bar);
    output.finish()?;
    Ok(input.failures)
}

/// Returns the register of sources that the user names, or an empty one.
fn register(path: Option<&Path>) -> anyhow::Result<SourceRegister> {
    let Some(path) = path else {
        return Ok(SourceRegister::default());
    };
    let wrong = |reason: &dyn std::fmt::Display| UsageError(format!("{}: {reason}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
    Ok(SourceRegister::read(&text).map_err(|error| wrong(&error))?)
}

/// Returns the stories of the reports, with progress.
fn group(reports: &[Report], options: &PipelineOptions, progress: Progress) -> Vec<Story> {
    let bar = progress.start("reading", reports.len());
    stories_of(reports, options, &|| bar.step())
}

/// Returns the renderer that the user asked for.
fn renderer(arguments: &BriefArguments) -> Result<Box<dyn Renderer>, RenderError> {
    Ok(match arguments.format {
        BriefFormat::Json => Box::new(BriefDocument::new()),
        BriefFormat::Markdown => Box::new(Markdown::new()),
        BriefFormat::Html => Box::new(Page::new()?),
        BriefFormat::Csv => Box::new(Csv),
        BriefFormat::Parquet => Box::new(Parquet::new()),
        BriefFormat::Stix => Box::new(Stix::new()),
        BriefFormat::Geojson => Box::new(GeoJson::new()),
        BriefFormat::Ics => Box::new(ICalendar),
        BriefFormat::Jsonld => Box::new(JsonLd::new()),
        BriefFormat::Text => Box::new(Terminal::new(terminal_options(&arguments.common))),
    })
}

/// Returns what the terminal is like that the result goes to, or what a file or pipe gets.
fn terminal_options(common: &CommonArguments) -> TerminalOptions {
    let terminal = common.output.is_none() && io::stdout().is_terminal();
    let colour = terminal && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    let columns = terminal_size::terminal_size()
        .filter(|_| terminal)
        .map(|(width, _)| usize::from(width.0));
    TerminalOptions {
        width: columns.unwrap_or(DEFAULT_WIDTH).min(MOST_WIDTH),
        colour,
    }
}

/// The width of text that goes to no terminal.
const DEFAULT_WIDTH: usize = 80;
/// Longer lines than this are hard to read, however wide the terminal.
const MOST_WIDTH: usize = 110;

/// Prints which reports belong together. Returns how many inputs could not be read.
fn list_stories(arguments: &StoriesArguments) -> anyhow::Result<usize> {
    let progress = Progress::new(arguments.common.quiet);
    let ids = ids_from(arguments.ids_from.as_deref())?;
    let input = read_input(&arguments.common, progress)?;
    let options = PipelineOptions {
        same_story: arguments.same_story,
        ids,
        ..PipelineOptions::default()
    };
    let terminal = arguments.common.output.is_none() && io::stdout().is_terminal();
    let by_place = if terminal {
        StoriesFormat::Text
    } else {
        StoriesFormat::Jsonl
    };
    if let Some([first, second]) = arguments.explain.as_deref() {
        let text = explanation(
            &input.reports,
            first,
            second,
            &terminal_options(&arguments.common),
        )?;
        let mut output = Output::open(arguments.common.output.as_deref())?;
        output.print(&text)?;
        output.finish()?;
        return Ok(input.failures);
    }
    let stories = group(&input.reports, &options, progress);
    let mut output = Output::open(arguments.common.output.as_deref())?;
    match arguments.format.unwrap_or(by_place) {
        StoriesFormat::Jsonl => {
            for story in &stories {
                output.print(&story_lines(&input.reports, story, &options.ids)?)?;
            }
        }
        StoriesFormat::Text => {
            let rows: Vec<_> = stories
                .par_iter()
                .map(|story| stories::row(&input.reports, story))
                .collect();
            output.print(&stories::table(&rows, &terminal_options(&arguments.common)))?;
        }
    }
    output.finish()?;
    Ok(input.failures)
}

/// Returns in words why two reports, named by their ids, are in one story, or are not.
fn explanation(
    reports: &[Report],
    first: &str,
    second: &str,
    options: &TerminalOptions,
) -> anyhow::Result<String> {
    let position = |id: &str| {
        let found = reports.iter().position(|report| report.id == id);
        found.ok_or_else(|| {
            UsageError(format!(
                "{id}: no report has this id; `rashomon stories` prints the ids"
            ))
        })
    };
    let (first, second) = (position(first)?, position(second)?);
    let signatures: Vec<_> = reports.par_iter().map(rashomon_story::signature).collect();
    let found = rashomon_story::group(&signatures);
    let why = rashomon_story::explain(reports, &signatures, &found, first, second);
    let text = why.and_then(|why| stories::explanation(reports, &found, &why, first, second, options));
    text.context("the reports are in no story")
}

/// Prints the reading of each report. Returns how many inputs could not be read.
fn read(arguments: &ReadArguments) -> anyhow::Result<usize> {
    let options = terminal_options(&arguments.common);
    print_each(&arguments.common, |report| {
        let reading = rashomon_brief::read(report);
        match arguments.format {
            ReadFormat::Jsonl => Ok(json::reading_line(report, &reading)? + "\n"),
            ReadFormat::Text => Ok(reading::text(report, &reading, &options)),
            ReadFormat::Inspect => Ok(inspection::text(report, &reading)),
        }
    })
}

/// Prints each report. Returns how many inputs could not be read.
fn extract(arguments: &ExtractArguments) -> anyhow::Result<usize> {
    print_each(&arguments.common, |report| match arguments.format {
        ExtractFormat::Jsonl => Ok(json::report_line(report)? + "\n"),
        ExtractFormat::Text => Ok(report::text(report)),
    })
}

/// Prints something of each report, in order.
fn print_each(
    common: &CommonArguments,
    print: impl Fn(&Report) -> Result<String, RenderError> + Sync,
) -> anyhow::Result<usize> {
    let progress = Progress::new(common.quiet);
    let Input { reports, failures } = read_input(common, progress)?;
    let mut output = Output::open(common.output.as_deref())?;
    let bar = progress.start("reading", reports.len());
    for window in reports.chunks(REPORTS_AHEAD) {
        let pieces: Vec<_> = window.par_iter().map(&print).collect();
        for piece in pieces {
            output.print(&piece?).context("cannot write the result")?;
            bar.step();
        }
    }
    drop(bar);
    output.finish()?;
    Ok(failures)
}
