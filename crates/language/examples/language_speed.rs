//! Reads the texts of JSON Lines on one thread and says how many words it reads in a second.
//!
//! `cargo run --release -p rashomon-language --example language_speed -- reports.jsonl`

use std::io::Write as _;
use std::time::Instant;

use rashomon_core::Report;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("give a file of JSON Lines with a `text` each")?;
    let reports: Vec<Report> = std::fs::read_to_string(path)?
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|row| Some(Report::new("r", row["text"].as_str()?)))
        .collect();
    let begin = Instant::now();
    let loaded = rashomon_language::read_language(&Report::new("r", "One two."))
        .tokens
        .len();
    let loading = begin.elapsed();
    let begin = Instant::now();
    let words: usize = reports
        .iter()
        .map(|report| rashomon_language::read_language(report).tokens.len())
        .sum();
    let seconds = begin.elapsed().as_secs_f64();
    writeln!(
        std::io::stdout(),
        "{words} words of {} reports in {seconds:.2} s: {:.0} words/s; loaded in {loading:?} ({loaded} words)",
        reports.len(),
        words as f64 / seconds
    )?;
    Ok(())
}
