//! Readings and reports for people: what those who work on the rules look at.

use std::fmt::Write as _;

use rashomon_core::{MentionKind, Reading, Report, Source, Span};

/// Returns a report as text: what is known of it, and its text.
pub fn report_text(report: &Report) -> String {
    let mut out = String::new();
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "{name:>10}  {value}");
        }
    };
    field("report", &report.id);
    field("path", report.path.as_deref().unwrap_or_default());
    field("url", report.url.as_deref().unwrap_or_default());
    field("outlet", report.outlet.as_deref().unwrap_or_default());
    field("title", report.title.as_deref().unwrap_or_default());
    field("byline", report.byline.as_deref().unwrap_or_default());
    field(
        "published",
        &report
            .published
            .day
            .map(|day| day.to_string())
            .unwrap_or_default(),
    );
    field("dateline", report.dateline.as_deref().unwrap_or_default());
    field("credits", &report.credits.join(", "));
    field("language", report.language.as_deref().unwrap_or_default());
    let _ = writeln!(out, "\n{}\n", report.text.trim());
    out
}

/// Returns a reading as text: each sentence, and below it what was found in it.
pub fn reading_text(report: &Report, reading: &Reading) -> String {
    let text = report.text.as_str();
    let words = |span: Span| span.text(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let source = |source: &Option<Source>| {
        source
            .as_ref()
            .map(|source| format!(" — {} ({})", source.name, source.kind.as_str()))
            .unwrap_or_default()
    };
    let mut out = format!("{}\n", report.id);
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let kind = match sentence.kind {
            rashomon_core::SentenceKind::Text => "",
            rashomon_core::SentenceKind::Heading => "[heading] ",
            rashomon_core::SentenceKind::Provenance => "[provenance] ",
        };
        let _ = writeln!(out, "\n{index:>4}  {kind}{}", words(sentence.span));
        for entity in &reading.entities {
            for mention in entity.mentions.iter().filter(|mention| mention.sentence == index) {
                let name = if mention.kind == MentionKind::Name {
                    "name"
                } else {
                    "meant"
                };
                let _ = writeln!(
                    out,
                    "        {name:9} {} = {} ({})",
                    words(mention.span),
                    entity.name,
                    entity.kind.as_str()
                );
            }
        }
        for place in reading.places.iter().filter(|place| place.sentence == index) {
            let country = place.country.as_deref().unwrap_or("?");
            let _ = writeln!(
                out,
                "        place     {} = {} {country}",
                words(place.span),
                place.name
            );
        }
        for time in reading.times.iter().filter(|time| time.sentence == index) {
            let value = time
                .value
                .as_ref()
                .map_or_else(|| "?".to_owned(), ToString::to_string);
            let _ = writeln!(out, "        time      {} = {value}", words(time.span));
        }
        for quantity in reading
            .quantities
            .iter()
            .filter(|quantity| quantity.sentence == index)
        {
            let bound = |bound: Option<f64>| bound.map_or_else(|| "?".to_owned(), |bound| bound.to_string());
            let what = quantity
                .unit
                .as_deref()
                .or(quantity.counted.as_deref())
                .unwrap_or("?");
            let _ = writeln!(
                out,
                "        quantity  {} = {} {}..{} {what}{}",
                words(quantity.span),
                quantity.relation.as_str(),
                bound(quantity.low),
                bound(quantity.high),
                source(&quantity.attributed_to)
            );
        }
        for quote in reading.quotes.iter().filter(|quote| quote.sentence == index) {
            let via = quote
                .via
                .as_ref()
                .map(|via| format!(", via {}", via.name))
                .unwrap_or_default();
            let _ = writeln!(
                out,
                "        {:9} {}{}{via}",
                quote.kind.as_str(),
                words(quote.span),
                source(&quote.speaker)
            );
        }
        for statement in reading
            .statements
            .iter()
            .filter(|statement| statement.sentence == index)
        {
            let not = if statement.negated { "not " } else { "" };
            let _ = writeln!(
                out,
                "        statement {not}{}: {}{}",
                statement.status.as_str(),
                words(statement.span),
                source(&statement.attribution)
            );
        }
    }
    out.push('\n');
    out
}
