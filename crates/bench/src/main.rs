//! Scores and speeds of Rashomon against the benches, by one command.

mod compare;
mod compare_errors;
mod compare_whole;
mod copies;
mod data;
mod examples;
mod pairs;
mod reading;
mod speed;
mod speed_compare;
mod stories;
mod stream;
mod table;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Parser;

use crate::data::{bench_folder, file_hash};
use crate::stories::{Scores, StoryScores};
use crate::table::{Floors, Outcome, Row};

/// Scores every bench that is there and prints one table. Exit code 1: a floor is missed.
#[derive(Debug, Parser)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
struct Arguments {
    /// The folder that holds `bench` and `seeds` [default: `../shared` beside the workspace]
    #[arg(long)]
    shared: Option<PathBuf>,
    /// Write docs/BENCHMARKS.md
    #[arg(long, requires = "date")]
    write: bool,
    /// The date that goes into docs/BENCHMARKS.md
    #[arg(long)]
    date: Option<String>,
    /// Leave out speed and memory
    #[arg(long)]
    no_speed: bool,
    /// Measure how long comparing takes, and nothing else
    #[arg(long, conflicts_with_all = ["write", "no_speed", "answers"])]
    only_compare_speed: bool,
    /// Measure also a stream of a million reports, which takes some minutes
    #[arg(long, conflicts_with = "no_speed")]
    scale: bool,
    /// Measure how reports of a stream are grouped, and nothing else
    #[arg(long, conflicts_with_all = ["write", "no_speed", "answers"])]
    only_stream: bool,
    /// Measure how well the development and training splits of the story sets are grouped as streams, and nothing else
    #[arg(long, conflicts_with_all = ["write", "no_speed", "answers"])]
    only_real_streams: bool,
    /// Run a generated stream of so many reports and print what it took: the bench does so in a process of its own
    #[arg(long, hide = true, value_name = "REPORTS")]
    run_stream: Option<usize>,
    /// Run the stream through MinHash instead
    #[arg(long, hide = true, requires = "run_stream")]
    min_hash: bool,
    /// Put what was answered into a folder, in the form of `rashomon stories`, `rashomon brief` and
    /// `rashomon read`, for other scorers
    #[arg(long)]
    answers: Option<PathBuf>,
    /// Score nothing; print what is missed and what is said wrongly, by kind of fact, on a folder of annotated stories such
    /// as `../shared/train/compare`
    #[arg(long, value_name = "FOLDER")]
    errors: Option<PathBuf>,
}

/// The story sets that are scored: the row's name, the file, the split.
const STORY_SETS: [(&str, &str, Option<&str>); 9] = [
    (
        "story-ecbplus test",
        "story-ecbplus/ecbplus.jsonl.zst",
        Some("test"),
    ),
    ("story-basil", "story-basil/basil.jsonl.zst", None),
    ("story-basil test", "story-basil/basil.jsonl.zst", Some("test")),
    (
        "story-wikinews test",
        "story-wikinews/wikinews_test.jsonl.zst",
        None,
    ),
    (
        "story-wikinews handpicked",
        "story-wikinews/handpicked_2014.jsonl.zst",
        None,
    ),
    (
        "story-allsides neus test",
        "story-allsides/neus_triples.jsonl.zst",
        Some("test"),
    ),
    (
        "story-allsides 2021 test",
        "story-allsides/allsides_2021.jsonl.zst",
        Some("test"),
    ),
    (
        "story-uci-titles test",
        "story-uci-titles/uci_first6k.jsonl.zst",
        Some("test"),
    ),
    (
        "story-ecbplus dev",
        "story-ecbplus/ecbplus.jsonl.zst",
        Some("dev"),
    ),
];

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    if let Some(folder) = &arguments.errors {
        let table = compare_errors::table(folder, &compare::ledger_facts)?;
        write!(std::io::stdout().lock(), "{table}")?;
        return Ok(ExitCode::SUCCESS);
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = arguments.shared.unwrap_or_else(|| workspace.join("../shared"));
    let floors = table::parse_floors(include_str!("../floors.toml")).context("floors.toml")?;

    if let Some(reports) = arguments.run_stream {
        let line = stream::run(&shared, reports, arguments.min_hash)?;
        writeln!(std::io::stdout().lock(), "{line}")?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.only_stream {
        let table = table::render(&stream::rows(&shared, arguments.scale)?, &floors);
        write!(std::io::stdout().lock(), "{table}")?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.only_real_streams {
        let table = table::render(&stream::real::rows(&shared)?, &floors);
        write!(std::io::stdout().lock(), "{table}")?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.only_compare_speed {
        let table = table::render(&speed_compare::rows(&shared)?, &floors);
        write!(std::io::stdout().lock(), "{table}")?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = vec![examples::row(&workspace.join("examples"))?];
    let mut notes = Vec::new();
    if shared.join("bench").is_dir() {
        notes.extend(changed_files(&shared, &floors)?);
        rows.extend(bench_rows(&shared, arguments.answers.as_deref())?);
        rows.extend(reading::rows(
            &shared.join("bench"),
            arguments.answers.as_deref(),
        )?);
        if !arguments.no_speed {
            rows.extend(speed::rows(&shared)?);
            rows.extend(speed_compare::rows(&shared)?);
            rows.extend(stream::rows(&shared, arguments.scale)?);
        }
    } else {
        notes.push(format!(
            "{} holds no benches: only the examples are scored",
            shared.display()
        ));
    }

    let table = table::render(&rows, &floors);
    let mut output = std::io::stdout().lock();
    write!(output, "{table}")?;
    for note in &notes {
        writeln!(output, "note: {note}")?;
    }
    if arguments.write {
        if !notes.is_empty() {
            bail!("docs/BENCHMARKS.md is written only when all benches are there and unchanged");
        }
        let page = page(&table, &floors, arguments.date.as_deref().unwrap_or_default());
        fs::write(workspace.join("docs/BENCHMARKS.md"), page).context("docs/BENCHMARKS.md")?;
    }
    let missed = rows
        .iter()
        .any(|row| table::outcome(row, floors.of(row)) == Outcome::Fail);
    Ok(if missed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Returns a line for each file of evaluation data that is not the one the floors rest on.
fn changed_files(shared: &Path, floors: &Floors) -> Result<Vec<String>> {
    let mut changed = Vec::new();
    for pinned in &floors.data {
        let path = shared.join("bench").join(&pinned.path);
        if !path.is_file() {
            changed.push(format!("{} is missing", pinned.path));
        } else if file_hash(&path)? != pinned.sha1 {
            changed.push(format!("{} is not the file that the floors rest on", pinned.path));
        }
    }
    Ok(changed)
}

/// Returns precision and recall in words.
fn parts(scores: Scores) -> String {
    format!("P {:.3} R {:.3}", scores.precision, scores.recall)
}

/// Returns what else is told of a grouping.
fn story_detail(scores: &StoryScores) -> String {
    format!(
        "{}; pairs F1 {:.3}; {} stories (gold {}) of {} reports; largest {:.3} (gold {:.3})",
        parts(scores.bcubed),
        scores.pairs.f1,
        scores.stories,
        scores.gold_stories,
        scores.reports,
        scores.largest,
        scores.gold_largest
    )
}

/// Returns the rows of all benches that are there.
fn bench_rows(shared: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (name, file, split) in STORY_SETS {
        let path = shared.join("bench").join(file);
        if !path.is_file() {
            rows.push(Row::missing(name, "BCubed F1", "not measured: data missing"));
            continue;
        }
        let scores = stories::run(&path, split, answers)?;
        rows.push(Row::new(
            name,
            "BCubed F1",
            scores.bcubed.f1,
            story_detail(&scores),
        ));
    }
    let seeds = shared.join("seeds");
    if seeds.is_dir() {
        let number = examples::stories_in(&seeds)?;
        rows.push(Row::new(
            "seeds",
            "stories",
            number as f64,
            "two reports of one event",
        ));
    }
    let pairs = bench_folder(shared, "neardup-ecbplus-wire").join("pairs.jsonl.zst");
    let reports = bench_folder(shared, "story-ecbplus").join("ecbplus.jsonl.zst");
    if pairs.is_file() && reports.is_file() {
        for split in ["test", "dev"] {
            let scores = copies::run_wire(&pairs, &reports, split, answers)?;
            let name = format!("neardup-ecbplus-wire {split}");
            rows.push(Row::new(&name, "pairs F1", scores.pairs.f1, parts(scores.pairs)));
            rows.push(Row::new(
                &name,
                "groups F1",
                scores.groups.f1,
                parts(scores.groups),
            ));
        }
    }
    let planted = bench_folder(shared, "neardup-mccormick").join("articles_2500.jsonl.zst");
    if planted.is_file() {
        let scores = copies::run_planted(&planted)?;
        rows.push(Row::new(
            "neardup-mccormick",
            "pairs F1",
            scores.pairs.f1,
            parts(scores.pairs),
        ));
    }
    rows.extend(pairs::rows(shared)?);
    let comparison = bench_folder(shared, "compare");
    if comparison.is_dir() {
        let scores = compare::score_folder(&comparison, &compare::ledger_facts, answers)?;
        let stories = format!("{}; {} stories", parts(scores.alignment), scores.stories);
        rows.push(Row::new("compare", "alignment F1", scores.alignment.f1, stories));
        rows.push(Row::new(
            "compare",
            "differences F1",
            scores.differences.f1,
            parts(scores.differences),
        ));
        rows.extend(compare_whole::rows(&comparison, &compare::ledger_facts)?);
    }
    Ok(rows)
}

/// Returns the page of results.
fn page(table: &str, floors: &Floors, date: &str) -> String {
    let mut notes = String::new();
    for floor in floors.floor.iter().filter(|floor| !floor.note.is_empty()) {
        // Writing to a text cannot fail.
        let _ = writeln!(notes, "- {}, {}: {}", floor.name, floor.measure, floor.note);
    }
    format!(
        "# Benchmarks\n\nMade by `cargo run --release -p bench -- --write --date {date}` on {}.\n\n\
         The table holds what the program reaches, the floor it may not fall below (`crates/bench/floors.toml`), and\n\
         what others reach on the same data. Thresholds were chosen on training and development splits only. The\n\
         scores on splits named test were seen while the methods were worked on; what part they took is in docs/decisions. What is\n\
         read in a report (parse, names, quotes, quantities, times, places) is scored as `rashomon read` prints it, from\n\
         raw text; the figures of others that start from gold words or gold toponyms say so.\n\n{table}\n## Floors\n\n{notes}",
        speed::machine()
    )
}
