//! Wall time and memory of the release binary, each beside a baseline of the same run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rashomon_core::{Reading, Report};
use serde_json::{Map, Value};

use crate::data::{bench_folder, blind_input, story_rows, text_of};
use crate::table::Row;

/// How often the process is asked for its peak of memory.
const ASKED_EVERY: Duration = Duration::from_millis(2);

/// One run of the binary.
#[derive(Clone, Copy, Debug)]
struct Run {
    seconds: f64,
    /// The most memory it held, in bytes.
    peak: u64,
}

/// Returns the binary that is measured: `rashomon` beside this program.
fn binary() -> Option<PathBuf> {
    let here = std::env::current_exe().ok()?;
    let path = here.parent()?.join("rashomon");
    path.is_file().then_some(path)
}

/// Returns now.
#[allow(
    clippy::disallowed_methods,
    reason = "measuring time is the task of this module"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Returns the peak of memory of a running process in bytes.
fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim()
        .strip_suffix("kB")?
        .trim()
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes * 1024)
}

/// Runs the binary and throws away what it prints.
fn run(binary: &Path, arguments: &[&str], path: &Path) -> Result<Run> {
    let begin = now();
    let mut child = Command::new(binary)
        .args(arguments)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| binary.display().to_string())?;
    let mut peak = 0;
    let status = loop {
        peak = peak_of(child.id()).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        sleep(ASKED_EVERY);
    };
    let seconds = begin.elapsed().as_secs_f64();
    // 1: a report could not be read, and the rest was done.
    if !matches!(status.code(), Some(0 | 1)) {
        bail!("{} {} ended with {status}", binary.display(), arguments.join(" "));
    }
    Ok(Run { seconds, peak })
}

/// Returns the fastest of some runs: what else the machine does only adds time.
fn best_run(times: usize, binary: &Path, arguments: &[&str], path: &Path) -> Result<Run> {
    let mut best = run(binary, arguments, path)?;
    for _ in 1..times {
        let again = run(binary, arguments, path)?;
        best = Run {
            seconds: best.seconds.min(again.seconds),
            peak: best.peak.max(again.peak),
        };
    }
    Ok(best)
}

/// Returns the seconds that it takes to read a file's bytes and split them into words: the baseline.
fn baseline(path: &Path) -> Result<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let begin = now();
        let text = fs::read_to_string(path)?;
        std::hint::black_box(text.split_whitespace().count());
        best = best.min(begin.elapsed().as_secs_f64());
    }
    Ok(best)
}

/// The command that is timed: the whole way.
const BRIEF: [&str; 4] = ["brief", "--quiet", "--format", "json"];

/// Returns the rows of speed.
pub(crate) fn rows(shared: &Path) -> Result<Vec<Row>> {
    let (seeds, stream, memory) = ("speed seeds", "speed story-ecbplus", "memory story-ecbplus");
    let Some(binary) = binary() else {
        let reason = "not measured: binary missing (cargo build --release -p rashomon-cli)";
        return Ok(vec![
            Row::missing(seeds, "seconds", reason),
            Row::missing("speed models", "seconds", reason),
            Row::missing("speed language", "words/s", reason),
            Row::missing("speed findings", "words/s", reason),
            Row::missing(UNPUNCTUATED, "cost of a byte", reason),
            Row::missing(stream, "reports/s", reason),
            Row::missing(memory, "bytes/report", reason),
        ]);
    };
    let mut rows = Vec::new();
    let cold = best_run(5, &binary, &BRIEF, &shared.join("seeds"))?;
    rows.push(Row::new(
        seeds,
        "seconds",
        cold.seconds,
        format!("peak {} MB", cold.peak >> 20),
    ));

    let folder = tempfile::tempdir()?;
    let short = folder.path().join("short.txt");
    fs::write(&short, "The mayor opened the bridge on Tuesday.")?;
    let loading = best_run(5, &binary, &["read", "--quiet"], &short)?;
    rows.push(Row::new(
        "speed models",
        "seconds",
        loading.seconds,
        "a process that loads all models and reads one sentence".to_owned(),
    ));
    let all_rows = story_rows(&bench_folder(shared, "story-ecbplus").join("ecbplus.jsonl.zst"))?;
    let input = blind_input(&all_rows);
    let lines: Vec<&str> = input.lines().collect();
    // Every other event with all its reports: half of the reports in stories of the same size.
    let mut events: Vec<&str> = all_rows
        .iter()
        .filter_map(|row| text_of(row, "cluster"))
        .collect();
    events.sort_unstable();
    events.dedup();
    let kept: Vec<&str> = events.iter().step_by(2).copied().collect();
    let half_rows: Vec<_> = all_rows
        .iter()
        .filter(|row| text_of(row, "cluster").is_some_and(|event| kept.binary_search(&event).is_ok()))
        .cloned()
        .collect();
    let half = blind_input(&half_rows);
    let (all_path, half_path) = (folder.path().join("all.jsonl"), folder.path().join("half.jsonl"));
    fs::write(&all_path, &input)?;
    fs::write(&half_path, &half)?;
    let words = baseline(&all_path)?;
    rows.extend(language_speed(&all_rows, words));
    rows.push(unpunctuated_growth(&all_rows));
    let all = best_run(2, &binary, &BRIEF, &all_path)?;
    let part = run(&binary, &BRIEF, &half_path)?;
    let ratio = all.seconds / words.max(1e-9);
    rows.push(Row::new(
        stream,
        "reports/s",
        lines.len() as f64 / all.seconds,
        format!(
            "{:.2} s for {} reports; {ratio:.0} times reading and splitting into words",
            all.seconds,
            lines.len()
        ),
    ));
    let text_growth = (input.len() - half.len()) as f64;
    let growth = all.peak as f64 - part.peak as f64 - text_growth;
    rows.push(Row::new(
        memory,
        "bytes/report",
        growth / (lines.len() - half_rows.len()).max(1) as f64,
        format!(
            "beyond the text, from half of the events to all; peaks {} and {} MB for {} and {} reports",
            part.peak >> 20,
            all.peak >> 20,
            half_rows.len(),
            lines.len()
        ),
    ));
    Ok(rows)
}

/// Returns the speed, on one thread, of sentences, tokens, tags, trees and names together, and that of all that is found by
/// rules after them: times, quantities, places, quotes and statements.
fn language_speed(rows: &[Map<String, Value>], baseline: f64) -> [Row; 2] {
    let reports: Vec<Report> = rows
        .iter()
        .filter_map(|row| Some(Report::new("r", text_of(row, "text")?)))
        .collect();
    let (mut language, mut findings) = (f64::INFINITY, f64::INFINITY);
    let mut words = 0;
    for _ in 0..2 {
        let begin = now();
        let mut reader = rashomon_language::Reader::new();
        let readings: Vec<Reading> = reports
            .iter()
            .map(|report| reader.read_language(report))
            .collect();
        language = language.min(begin.elapsed().as_secs_f64());
        words = readings.iter().map(|reading| reading.tokens.len()).sum();
        let begin = now();
        let statements: usize = reports
            .iter()
            .zip(readings)
            .map(|(report, reading)| rashomon_language::read_findings(report, reading).statements.len())
            .sum();
        std::hint::black_box(statements);
        findings = findings.min(begin.elapsed().as_secs_f64());
    }
    let row = |name: &str, seconds: f64| {
        let times = seconds / baseline.max(1e-9);
        let count = reports.len();
        let detail = format!(
            "{words} words of {count} reports in {seconds:.2} s on one thread; {times:.0} times reading and splitting into words"
        );
        Row::new(name, "words/s", words as f64 / seconds.max(1e-9), detail)
    };
    [row("speed language", language), row("speed findings", findings)]
}

/// The row of how the time to read a text grows with its length.
const UNPUNCTUATED: &str = "speed one line";

/// Returns how much dearer a byte of a text is when the text is four times as long, where all of it is one line without a mark:
/// one sentence, so that whatever looks over a sentence again and again shows.
fn unpunctuated_growth(rows: &[Map<String, Value>]) -> Row {
    const SHORT: usize = 200_000;
    let mut line = String::new();
    for text in rows.iter().filter_map(|row| text_of(row, "text")) {
        let words = text.split(|character: char| !character.is_alphanumeric());
        for word in words.filter(|word| !word.is_empty()) {
            line.push_str(word);
            line.push(' ');
        }
        if line.len() >= 4 * SHORT {
            break;
        }
    }
    let cost = |bytes: usize| {
        let report = Report::new("r", line.get(..line.floor_char_boundary(bytes)).unwrap_or(&line));
        let mut best = f64::INFINITY;
        for _ in 0..2 {
            let begin = now();
            std::hint::black_box(rashomon_language::read(&report).statements.len());
            best = best.min(begin.elapsed().as_secs_f64());
        }
        best / report.text.len().max(1) as f64
    };
    let (short, long) = (cost(SHORT), cost(4 * SHORT));
    let detail = format!(
        "the whole reading of a line of {} KB beside one of {} KB, without a mark, on one thread",
        4 * SHORT / 1000,
        SHORT / 1000
    );
    Row::new(UNPUNCTUATED, "cost of a byte", long / short.max(1e-12), detail)
}

/// Returns the machine in a few words.
pub(crate) fn machine() -> String {
    let field = |path: &str, name: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines()
            .find(|line| line.starts_with(name))
            .and_then(|line| line.split_once(':'))
            .map(|(_, value)| value.trim().to_owned())
    };
    let model = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|value| value.strip_suffix("kB")?.trim().parse::<u64>().ok())
        .map_or_else(
            || "unknown memory".to_owned(),
            |kilobytes| format!("{} GB", kilobytes >> 20),
        );
    format!("{model}, {cores} cores, {memory}")
}
