//! Measures the inference of days of publication against reports whose days are known.
//!
//! Takes files of JSON Lines, each the reports of one story (`id`, `text`, `published`). Hides the days of all reports
//! of a story, then that of one report at a time, and counts how often the inferred day is the true one.

use std::io::Write;

use rashomon_core::{Date, Published, Reading, Report};
use rashomon_language::{infer_dates, read};
use serde_json::Value;

#[derive(Default)]
struct Count {
    exact: usize,
    near: usize,
    wrong: usize,
    none: usize,
}

impl Count {
    fn add(&mut self, said: Option<Date>, truth: Date) -> bool {
        let Some(said) = said else {
            self.none += 1;
            return true;
        };
        let off = said.until(truth).map_or(i32::MAX, |span| span.get_days().abs());
        match off {
            0 => self.exact += 1,
            1 => self.near += 1,
            _ => self.wrong += 1,
        }
        off <= 1
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut output = std::io::stdout().lock();
    let (mut hidden, mut one) = (Count::default(), Count::default());
    for path in std::env::args().skip(1) {
        let mut reports = Vec::new();
        for line in std::fs::read_to_string(&path)?.lines() {
            let row: Value = serde_json::from_str(line)?;
            let mut report = Report::new(
                row["id"].as_str().unwrap_or_default(),
                row["text"].as_str().unwrap_or_default(),
            );
            if let Some(day) = row["published"]
                .as_str()
                .and_then(|day| day.get(..10)?.parse().ok())
            {
                report.published = Published::stated(day);
            }
            reports.push(report);
        }
        let readings: Vec<Reading> = reports.iter().map(read).collect();
        let blank = |report: &Report| Report {
            published: Published::default(),
            ..report.clone()
        };
        let blanks: Vec<Report> = reports.iter().map(blank).collect();
        let all: Vec<&Report> = blanks.iter().collect();
        for (report, inferred) in reports.iter().zip(infer_dates(&all, &readings, None)) {
            match report.published.day {
                Some(truth) => {
                    if !hidden.add(inferred.as_ref().map(|inferred| inferred.day), truth) {
                        writeln!(output, "all hidden, wrong: {} {truth} {inferred:?}", report.id)?;
                    }
                }
                None => writeln!(output, "{} {} {inferred:?}", path, report.id)?,
            }
        }
        for index in 0..reports.len() {
            let mixed: Vec<&Report> = reports
                .iter()
                .zip(&blanks)
                .enumerate()
                .map(|(other, (stated, blank))| if other == index { blank } else { stated })
                .collect();
            if let Some(truth) = reports.get(index).and_then(|report| report.published.day) {
                let inferred = infer_dates(&mixed, &readings, None);
                let inferred = inferred.get(index).cloned().flatten();
                if !one.add(inferred.as_ref().map(|inferred| inferred.day), truth) {
                    writeln!(output, "one hidden, wrong: {path} {truth} {inferred:?}")?;
                }
            }
        }
    }
    for (name, count) in [("all hidden", hidden), ("one hidden", one)] {
        let Count {
            exact,
            near,
            wrong,
            none,
        } = count;
        writeln!(
            output,
            "{name}: exact {exact}, one day off {near}, wrong {wrong}, none {none}"
        )?;
    }
    Ok(())
}
