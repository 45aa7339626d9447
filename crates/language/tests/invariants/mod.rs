//! What must hold for the reading of any text at all. The property test beside this folder checks it, and so do the fuzz
//! targets, which take this file by its path.

use rashomon_core::{Reading, Report, Source, Span};

/// The most bytes of a name. A name is copied for all that rests on its bearer, so that it must stay short in any text.
const LONGEST_NAME: usize = 4000;

/// Checks what the crate promises of every reading: spans inside the text and on character boundaries, lists in the
/// order of the text, and positions that point into the lists they are named for.
///
/// # Panics
///
/// When it does not hold, which is how a test learns of it.
pub(crate) fn assert_holds(report: &Report, reading: &Reading) {
    assert_sentences_and_tokens(report, reading);
    assert_entities(report, reading);
    assert_values(report, reading);
    assert_quotes(report, reading);
    assert_statements(report, reading);
}

/// Checks that a span holds something and fits the text.
fn assert_span(what: &str, span: Span, report: &Report) {
    assert!(
        span.fits(&report.text) && !span.is_empty(),
        "{what} {span:?} does not fit"
    );
}

/// Checks that a span fits the text and begins in the sentence that it is said to stand in.
fn assert_stands_in(what: &str, span: Span, sentence: usize, report: &Report, reading: &Reading) {
    assert_span(what, span, report);
    let sentence = reading.sentences[sentence].span;
    assert!(
        sentence.holds(span.start),
        "{what} {span:?} outside its sentence {sentence:?}"
    );
}

/// Checks that spans come in the order of the text.
fn assert_ordered(what: &str, spans: impl Iterator<Item = Span>) {
    let mut last = 0;
    for span in spans {
        assert!(span.start >= last, "{what} {span:?} before {last}");
        last = span.start;
    }
}

/// Checks someone on whose word something is said.
fn assert_source(source: &Source, report: &Report, reading: &Reading) {
    assert_span("source", source.span, report);
    assert!(!source.name.is_empty() && source.name.len() <= LONGEST_NAME);
    assert!(source.entity.is_none_or(|entity| entity < reading.entities.len()));
}

fn assert_sentences_and_tokens(report: &Report, reading: &Reading) {
    let text = report.text.as_str();
    let (mut covered, mut paragraph, mut first_token) = (0, 0, 0);
    for sentence in &reading.sentences {
        assert_span("sentence", sentence.span, report);
        assert!(sentence.span.start >= covered && sentence.paragraph >= paragraph);
        assert!(
            text[covered..sentence.span.start].trim().is_empty(),
            "text outside all sentences"
        );
        covered = sentence.span.end;
        paragraph = sentence.paragraph;
        assert_eq!(sentence.first_token, first_token);
        assert!(sentence.last_token >= first_token);
        first_token = sentence.last_token;
        for token in &reading.tokens[sentence.first_token..sentence.last_token] {
            assert!(
                sentence.span.contains(token.span),
                "{:?} outside its sentence",
                token.span
            );
        }
    }
    assert!(text[covered..].trim().is_empty(), "text outside all sentences");
    assert_eq!(first_token, reading.tokens.len());
    let mut covered = 0;
    for token in &reading.tokens {
        assert_span("token", token.span, report);
        assert!(token.span.start >= covered);
        assert!(token.head.is_none_or(|head| head < reading.tokens.len()));
        covered = token.span.end;
    }
}

fn assert_entities(report: &Report, reading: &Reading) {
    for entity in &reading.entities {
        assert!(!entity.name.is_empty() && entity.name.len() <= LONGEST_NAME);
        assert!(!entity.mentions.is_empty());
        for mention in &entity.mentions {
            assert_stands_in("mention", mention.span, mention.sentence, report, reading);
        }
        assert_ordered("mention", entity.mentions.iter().map(|mention| mention.span));
    }
    let first_mentions = reading
        .entities
        .iter()
        .filter_map(|entity| entity.mentions.first());
    assert_ordered("entity", first_mentions.map(|mention| mention.span));
}

fn assert_values(report: &Report, reading: &Reading) {
    for quantity in &reading.quantities {
        assert_stands_in("quantity", quantity.span, quantity.sentence, report, reading);
        if let Some(counted) = quantity.counted_span {
            assert_span("counted thing", counted, report);
        }
        for bound in [quantity.low, quantity.high].into_iter().flatten() {
            assert!(bound.is_finite(), "a bound of {bound}");
        }
        if let (Some(low), Some(high)) = (quantity.low, quantity.high) {
            assert!(low <= high, "from {low} to {high}");
        }
        if let Some(source) = &quantity.attributed_to {
            assert_source(source, report, reading);
        }
    }
    assert_ordered(
        "quantity",
        reading.quantities.iter().map(|quantity| quantity.span),
    );
    for time in &reading.times {
        assert_stands_in("time", time.span, time.sentence, report, reading);
    }
    assert_ordered("time", reading.times.iter().map(|time| time.span));
    for place in &reading.places {
        assert_stands_in("place", place.span, place.sentence, report, reading);
        assert!(!place.name.is_empty());
    }
    assert_ordered("place", reading.places.iter().map(|place| place.span));
}

fn assert_quotes(report: &Report, reading: &Reading) {
    for quote in &reading.quotes {
        assert_stands_in("quote", quote.span, quote.sentence, report, reading);
        assert!(!quote.pieces.is_empty());
        let mut end = quote.span.start;
        for piece in &quote.pieces {
            assert_span("piece of a quote", *piece, report);
            assert!(
                quote.span.contains(*piece) && piece.start >= end,
                "piece {piece:?} of {quote:?}"
            );
            end = piece.end;
        }
        if let Some(cue) = quote.cue {
            assert_span("cue", cue, report);
        }
        for source in quote.speaker.iter().chain(&quote.via) {
            assert_source(source, report, reading);
        }
    }
    assert_ordered("quote", reading.quotes.iter().map(|quote| quote.span));
}

fn assert_statements(report: &Report, reading: &Reading) {
    for statement in &reading.statements {
        assert_span("statement", statement.span, report);
        let sentence = reading.sentences[statement.sentence].span;
        assert!(sentence.contains(statement.span));
        let parts = [statement.predicate, statement.actor, statement.object];
        for part in parts.into_iter().flatten() {
            assert_span("part of a statement", part, report);
            assert!(sentence.contains(part));
        }
        for source in statement.attribution.iter().chain(&statement.via) {
            assert_source(source, report, reading);
        }
        for (positions, count) in [
            (&statement.entities, reading.entities.len()),
            (&statement.quantities, reading.quantities.len()),
            (&statement.times, reading.times.len()),
            (&statement.places, reading.places.len()),
            (&statement.quotes, reading.quotes.len()),
        ] {
            assert!(positions.iter().all(|&position| position < count));
        }
    }
    assert_ordered(
        "statement",
        reading.statements.iter().map(|statement| statement.span),
    );
}
