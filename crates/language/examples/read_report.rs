//! Prints the reading of a text file as an indented tree: the view for those who work on the rules.
//!
//! ```text
//! cargo run -p rashomon-language --example read_report -- report.txt [2025-09-02]
//! ```
//!
//! The second argument is the report's day of publication, from which its times get their values.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::error::Error;

use rashomon_core::{MentionKind, Published, Reading, Report, SentenceKind, Source, Span};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: read_report FILE [DAY]")?;
    let mut report = Report::new("report", std::fs::read_to_string(path)?);
    if let Some(day) = arguments.next() {
        report.published = Published::stated(day.parse()?);
    }
    let reading = rashomon_language::read(&report);
    print_sentences(&report, &reading);
    print_entities(&report, &reading);
    print_values(&report, &reading);
    print_quotes(&report, &reading);
    Ok(())
}

fn print_sentences(report: &Report, reading: &Reading) {
    println!("sentences");
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let kind = match sentence.kind {
            SentenceKind::Text => "",
            SentenceKind::Heading => " heading",
            SentenceKind::Provenance => " provenance",
        };
        println!(
            "  {index} ¶{}{kind}: {}",
            sentence.paragraph,
            sentence.span.text(&report.text)
        );
        let tokens = &reading.tokens[sentence.first_token..sentence.last_token];
        let words: Vec<String> = tokens
            .iter()
            .map(|token| {
                let tag = token.tag.map_or("_", |tag| tag.as_str());
                format!("{}/{tag}", token.span.text(&report.text))
            })
            .collect();
        println!("      {}", words.join(" "));
        for statement in reading
            .statements
            .iter()
            .filter(|statement| statement.sentence == index)
        {
            let part = |span: Option<Span>| span.map_or("–", |span| span.text(&report.text));
            println!(
                "      statement {:?}{}: {} | {} | {}{}{}",
                statement.status,
                if statement.negated { " negated" } else { "" },
                part(statement.actor),
                part(statement.predicate),
                part(statement.object),
                source(" | by ", statement.attribution.as_ref()),
                source(" | via ", statement.via.as_ref()),
            );
        }
    }
}

fn source(label: &str, source: Option<&Source>) -> String {
    source.map_or(String::new(), |source| {
        format!("{label}{} ({})", source.name, source.kind.as_str())
    })
}

fn print_entities(report: &Report, reading: &Reading) {
    println!("entities");
    for entity in &reading.entities {
        println!("  {} {}", entity.kind.as_str(), entity.name);
        for alias in &entity.aliases {
            println!("      alias {alias}");
        }
        for description in &entity.descriptions {
            println!("      is {description}");
        }
        let mentions: Vec<String> = entity
            .mentions
            .iter()
            .map(|mention| {
                let mark = match mention.kind {
                    MentionKind::Name => "",
                    MentionKind::Description => "~",
                    MentionKind::Pronoun => "*",
                };
                format!("{}:{mark}{}", mention.sentence, mention.span.text(&report.text))
            })
            .collect();
        println!("      {}", mentions.join(" · "));
    }
}

fn print_values(report: &Report, reading: &Reading) {
    println!("places");
    for place in &reading.places {
        println!(
            "  {}:{} = {} {} {:?} {:?} {:?}",
            place.sentence,
            place.span.text(&report.text),
            place.name,
            place.country.as_deref().unwrap_or("–"),
            place.latitude,
            place.longitude,
            place.geonames,
        );
    }
    println!("times");
    for time in &reading.times {
        let value = time.value.as_ref().map_or("–".to_owned(), ToString::to_string);
        println!("  {}:{} = {value}", time.sentence, time.span.text(&report.text));
    }
    println!("quantities");
    for quantity in &reading.quantities {
        println!(
            "  {}:{} = {} {:?}..{:?} unit {} counted {}{}",
            quantity.sentence,
            quantity.span.text(&report.text),
            quantity.relation.as_str(),
            quantity.low,
            quantity.high,
            quantity.unit.as_deref().unwrap_or("–"),
            quantity.counted.as_deref().unwrap_or("–"),
            source(" by ", quantity.attributed_to.as_ref()),
        );
    }
}

fn print_quotes(report: &Report, reading: &Reading) {
    println!("quotes");
    for quote in &reading.quotes {
        let pieces: Vec<&str> = quote
            .pieces
            .iter()
            .map(|piece| piece.text(&report.text))
            .collect();
        println!(
            "  {}:{} {}{}{}",
            quote.sentence,
            quote.kind.as_str(),
            pieces.join(" … "),
            source(" | by ", quote.speaker.as_ref()),
            source(" | via ", quote.via.as_ref()),
        );
    }
}
