//! Streams of ten thousand reports and more: what a report costs in time and memory, at each size.
//!
//! Each size runs in a process of its own, on one thread, so that no size finds memory that another left. Reports are
//! made in batches between the measured parts. Time is processor time, that of the second half of the stream, so that the beginning,
//! when little is known, does not flatter; memory is the peak of the process beyond what it held before the first report.

mod generator;
mod measure;
pub(crate) mod real;

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use self::generator::Pool;
use crate::data::{bench_folder, story_rows, text_of};
use crate::table::Row;

/// The seed of the stream.
const SEED: u64 = 5;
/// The sizes that are always measured, and the one that is asked for.
const SIZES: [(usize, &str); 3] = [(10_000, "10 k"), (100_000, "100 k"), (1_000_000, "1 M")];
/// MinHash keeps all it has seen: a million reports would take more memory than most machines have to spare.
const LARGEST_MIN_HASH: usize = 100_000;

/// Returns what the streams are made of: the sentences of ECB+, or of the examples where the benches are absent.
fn pool(shared: &Path) -> Result<Pool> {
    let path = bench_folder(shared, "story-ecbplus").join("ecbplus.jsonl.zst");
    let rows = story_rows(&path)?;
    let pool = Pool::of(rows.iter().filter_map(|row| text_of(row, "text")));
    if pool.is_empty() {
        bail!("{}: no sentences to make a stream of", path.display());
    }
    Ok(pool)
}

/// Runs a stream and returns what it took as a line of JSON.
pub(crate) fn run(shared: &Path, reports: usize, min_hash: bool) -> Result<Value> {
    let pool = pool(shared)?;
    let stream = generator::Generator::new(&pool, SEED);
    Ok(if min_hash {
        measure::min_hash(stream, reports)
    } else {
        measure::stories(stream, reports)
    })
}

/// Runs a stream in a process of its own.
fn run_apart(shared: &Path, reports: usize, min_hash: bool) -> Result<Value> {
    let program = std::env::current_exe().context("the program itself")?;
    let mut command = Command::new(&program);
    command
        .arg("--shared")
        .arg(shared)
        .args(["--run-stream", &reports.to_string()]);
    if min_hash {
        command.arg("--min-hash");
    }
    let output = command.output().with_context(|| program.display().to_string())?;
    if !output.status.success() {
        bail!(
            "a stream of {reports} reports ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    serde_json::from_slice(&output.stdout).context("what a stream took")
}

/// Returns the rows of the streams; that of a million reports where `scale` asks for it.
pub(crate) fn rows(shared: &Path, scale: bool) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let mut costs = Vec::new();
    for (size, words) in SIZES {
        let name = format!("stream {words}");
        if size > 100_000 && !scale {
            let reason = "not measured: asked for with --scale";
            rows.push(Row::missing(&name, "reports/s", reason));
            rows.push(Row::missing(&name, "bytes/report", reason));
            rows.push(Row::missing("stream 1 M to 10 k", "cost of a report", reason));
            continue;
        }
        let took = run_apart(shared, size, false)?;
        let number = |field: &str| took.get(field).and_then(Value::as_f64).unwrap_or(f64::NAN);
        let cost = number("grouping") + number("copies");
        costs.push(cost);
        let parts =
            ["grouping", "copies", "signatures"].map(|part| format!("{part} {:.0} µs", number(part) * 1e6));
        rows.push(Row::new(
            &name,
            "reports/s",
            1.0 / cost,
            format!(
                "a report: {}; longest wait {:.2} s, while stories are settled",
                parts.join(", "),
                number("longest_wait")
            ),
        ));
        rows.push(Row::new(
            &name,
            "bytes/report",
            number("memory") / size as f64,
            format!(
                "peak {:.0} MB; {} reports of {} stories open, {} stories archived at {:.0} bytes each",
                number("memory") / 1e6,
                number("open_reports"),
                number("open_stories"),
                number("archived"),
                number("archive_bytes") / number("archived").max(1.0),
            ),
        ));
        if size == 10_000 {
            let quality = format!(
                "P {:.3} R {:.3}; at once {:.3}; invented stories, easier than real ones: a check that speed is not bought",
                number("precision"),
                number("recall"),
                number("at_once"),
            );
            rows.push(Row::new(&name, "BCubed F1", number("f1"), quality));
            let copies = format!("P {:.3} R {:.3}", number("copy_precision"), number("copy_recall"));
            rows.push(Row::new(&name, "copies F1", number("copy_f1"), copies));
        }
        if size <= LARGEST_MIN_HASH {
            let took = run_apart(shared, size, true)?;
            let number = |field: &str| took.get(field).and_then(Value::as_f64).unwrap_or(f64::NAN);
            let score = if size <= measure::LARGEST_SCORED {
                format!(
                    "F1 {:.3} P {:.3} R {:.3}",
                    number("copy_f1"),
                    number("copy_precision"),
                    number("copy_recall")
                )
            } else {
                "not scored".to_owned()
            };
            rows.push(Row::new(
                &format!("{name}, gaoya MinHash"),
                "reports/s",
                1.0 / number("copies"),
                format!(
                    "copies alone, 126 hashes in 42 bands over runs of five words, Jaccard 0.5: {score}; {:.0} bytes a report",
                    number("memory") / size as f64
                ),
            ));
        }
        if size == 1_000_000 {
            let ratio = cost / costs.first().copied().unwrap_or(f64::NAN);
            rows.push(Row::new(
                "stream 1 M to 10 k",
                "cost of a report",
                ratio,
                "in the second half of each",
            ));
        }
    }
    Ok(rows)
}
