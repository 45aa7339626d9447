//! Prints the quotes and statements of reports, a reading a line: reports come as JSON Lines with `id` and `text` on
//! standard input. `cargo run --release -p rashomon-language --example quotes_and_statements < reports.jsonl`

use std::io::{BufRead, Write};

use rashomon_core::{CharacterOffsets, Report, Source, Span};
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let Ok(given) = serde_json::from_str::<Value>(&line?) else {
            continue;
        };
        let (Some(id), Some(text)) = (given["id"].as_str(), given["text"].as_str()) else {
            continue;
        };
        let report = Report::new(id, text);
        let reading = rashomon_language::read(&report);
        let offsets = CharacterOffsets::new(text);
        let place = |span: Span| {
            let characters = offsets.span(span);
            json!({"start": characters.start, "end": characters.end, "text": span.text(text)})
        };
        let source = |source: &Option<Source>| {
            source.as_ref().map(|source| {
                let mut value = place(source.span);
                value["name"] = json!(source.name);
                value["kind"] = json!(source.kind.as_str());
                value
            })
        };
        let quotes: Vec<Value> = reading
            .quotes
            .iter()
            .map(|quote| {
                let mut value = place(quote.span);
                value["spans"] = quote.pieces.iter().map(|&piece| place(piece)).collect();
                value["kind"] = json!(quote.kind.as_str());
                value["speaker"] = json!(source(&quote.speaker));
                value["via"] = json!(source(&quote.via));
                value["cue"] = json!(quote.cue.map(place));
                value
            })
            .collect();
        let statements: Vec<Value> = reading
            .statements
            .iter()
            .map(|statement| {
                let mut value = place(statement.span);
                value["sentence"] = json!(statement.sentence);
                value["actor"] = json!(statement.actor.map(|span| span.text(text)));
                value["predicate"] = json!(statement.predicate.map(|span| span.text(text)));
                value["object"] = json!(statement.object.map(|span| span.text(text)));
                value["negated"] = json!(statement.negated);
                value["status"] = json!(statement.status.as_str());
                value["attribution"] = json!(source(&statement.attribution));
                value["via"] = json!(source(&statement.via));
                value
            })
            .collect();
        writeln!(
            output,
            "{}",
            json!({"id": id, "quotes": quotes, "statements": statements})
        )?;
    }
    output.flush()
}
