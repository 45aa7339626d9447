//! Everything that is found in whole example reports, so that a change of a rule or a table shows its whole effect.
//!
//! A line a finding, below its sentence. `cargo insta review` shows what came and went.

use std::fmt::Write as _;
use std::path::Path;

use rashomon_core::{Date, Published, Reading, Report, SentenceKind, Source, Span};

/// Returns the text of an example report; an absent one has no findings, and fits no snapshot.
fn example(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    std::fs::read_to_string(folder.join(name)).unwrap_or_default()
}

/// Returns who stands behind something.
fn behind(source: Option<&Source>, via: Option<&Source>) -> String {
    let named = |source: &Source| format!("{} ({:?})", source.name, source.kind).to_lowercase();
    match (source, via) {
        (None, _) => "nobody".to_owned(),
        (Some(source), None) => named(source),
        (Some(source), Some(via)) => format!("{} via {}", named(source), named(via)),
    }
}

/// Returns the findings of a report, below each sentence.
fn findings(text: &str) -> String {
    let mut report = Report::new("r", text);
    report.published = Published::stated(Date::constant(2031, 5, 7));
    let reading = rashomon_language::read(&report);
    let mut out = String::new();
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let mark = match sentence.kind {
            SentenceKind::Text => "",
            SentenceKind::Heading => "# ",
            SentenceKind::Provenance => "% ",
        };
        let _ = writeln!(out, "{mark}{}", one_line(sentence.span.text(text)));
        for line in lines_of(text, &reading, index) {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the lines of one sentence.
fn lines_of(text: &str, reading: &Reading, sentence: usize) -> Vec<String> {
    let words = |span: Span| format!("‹{}›", one_line(span.text(text)));
    let part = |span: Option<Span>| span.map_or("-".to_owned(), words);
    let name = |entity: Option<usize>| {
        let entity = entity.and_then(|entity| reading.entities.get(entity));
        entity.map_or("-", |entity| entity.name.as_str())
    };
    let mut lines = Vec::new();
    for entity in &reading.entities {
        for mention in entity
            .mentions
            .iter()
            .filter(|mention| mention.sentence == sentence)
        {
            lines.push(format!(
                "{} {} = {}",
                entity.kind.as_str(),
                words(mention.span),
                entity.name
            ));
        }
    }
    for quote in reading.quotes.iter().filter(|quote| quote.sentence == sentence) {
        let pieces: Vec<String> = quote.pieces.iter().map(|&piece| words(piece)).collect();
        let who = behind(quote.speaker.as_ref(), quote.via.as_ref());
        lines.push(format!(
            "quote {} {}: {who}",
            quote.kind.as_str(),
            pieces.join(" … ")
        ));
    }
    for quantity in reading
        .quantities
        .iter()
        .filter(|quantity| quantity.sentence == sentence)
    {
        lines.push(format!(
            "quantity {} {}: {} {:?} to {:?} [{}] {} {}",
            quantity.kind().as_str(),
            words(quantity.span),
            quantity.relation.as_str(),
            quantity.low,
            quantity.high,
            quantity.unit.as_deref().unwrap_or("-"),
            quantity.counted.as_deref().unwrap_or("-"),
            quantity.trend.map_or("-", |trend| trend.as_str()),
        ));
    }
    for number in reading
        .numbers
        .iter()
        .filter(|number| number.sentence == sentence)
    {
        lines.push(format!("number {} {}", number.kind.as_str(), words(number.span)));
    }
    for time in reading.times.iter().filter(|time| time.sentence == sentence) {
        let value = time.value.as_ref().map_or("-".to_owned(), ToString::to_string);
        lines.push(format!("time {}: {value}", words(time.span)));
    }
    for place in reading.places.iter().filter(|place| place.sentence == sentence) {
        let country = place.country.as_deref().unwrap_or("-");
        lines.push(format!("place {}: {} {country}", words(place.span), place.name));
    }
    let statements = reading.statements.iter();
    for statement in statements.filter(|statement| statement.sentence == sentence) {
        let negated = if statement.negated { "not " } else { "" };
        let who = statement
            .attribution
            .as_ref()
            .map_or("report".to_owned(), |source| {
                behind(Some(source), statement.via.as_ref())
            });
        let (actor, verb, object) = (
            part(statement.actor),
            part(statement.predicate),
            part(statement.object),
        );
        let status = statement.status.as_str();
        lines.push(format!(
            "statement {status}, {who}: {actor} | {negated}{verb} | {object}"
        ));
        if let Some(event) = statement.event {
            lines.push(format!(
                "event {} {} {:.2}: {} > {}",
                event.kind.as_str(),
                words(event.evidence),
                event.score,
                name(event.actor),
                name(event.recipient)
            ));
        }
    }
    lines
}

#[test]
fn all_findings_of_a_ministers_payments() {
    insta::assert_snapshot!(findings(&example("minister-payments-daily-record.txt")));
}

#[test]
fn all_findings_of_a_ferry_on_fire() {
    insta::assert_snapshot!(findings(&example("ferry-fire-mpa.txt")));
}

#[test]
fn all_findings_of_a_mine_memorial() {
    insta::assert_snapshot!(findings(&example("mine-memorial-valley-post.txt")));
}
