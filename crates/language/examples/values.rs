//! Prints the times and quantities of reports, for the scorers of the benches.
//!
//! Reads JSON Lines (`id`, `text`, `published`) from the file named on the command line; prints a reading a line with
//! offsets in Unicode characters.

use std::io::{BufRead, BufReader, BufWriter, Write};

use rashomon_core::{CharacterOffsets, Published, Report};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: values FILE.jsonl")?;
    let mut output = BufWriter::new(std::io::stdout().lock());
    for line in BufReader::new(std::fs::File::open(path)?).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let mut report = Report::new(
            row["id"].as_str().unwrap_or_default(),
            row["text"].as_str().unwrap_or_default(),
        );
        if let Some(day) = row["published"]
            .as_str()
            .and_then(|day| day.get(..10))
            .and_then(|day| day.parse().ok())
        {
            report.published = Published::stated(day);
        }
        let reading = rashomon_language::read(&report);
        let offsets = CharacterOffsets::new(&report.text);
        let times: Vec<Value> = reading
            .times
            .iter()
            .map(|time| {
                let span = offsets.span(time.span);
                json!({"start": span.start, "end": span.end, "text": time.span.text(&report.text),
                    "value": time.value.as_ref().map(ToString::to_string)})
            })
            .collect();
        let quantities: Vec<Value> = reading
            .quantities
            .iter()
            .map(|quantity| {
                let span = offsets.span(quantity.span);
                json!({"start": span.start, "end": span.end, "text": quantity.span.text(&report.text),
                    "low": quantity.low, "high": quantity.high, "relation": quantity.relation.as_str(),
                    "unit": quantity.unit, "counted": quantity.counted,
                    "trend": quantity.trend.map(rashomon_core::Trend::as_str)})
            })
            .collect();
        writeln!(
            output,
            "{}",
            json!({"id": report.id, "times": times, "quantities": quantities})
        )?;
    }
    Ok(())
}
