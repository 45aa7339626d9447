//! What the tests of quotes and statements share.

use rashomon_core::{Entity, EntityKind, Mention, MentionKind, Reading, Report, Span};

use crate::context::Context;

/// Returns an entity that is meant wherever the text holds its name.
fn entity(text: &str, name: &str, kind: EntityKind) -> Entity {
    let mentions = text.match_indices(name).map(|(start, _)| Mention {
        span: Span::new(start, start + name.len()),
        sentence: 0,
        kind: MentionKind::Name,
    });
    Entity {
        name: name.to_owned(),
        kind,
        aliases: Vec::new(),
        descriptions: Vec::new(),
        mentions: mentions.collect(),
    }
}

/// Returns the reading of a text with its quotes and statements, where "Ada Brown", "Northport", "Northland" and
/// "Northland News Agency" are known.
pub(crate) fn reading_of(text: &str) -> Reading {
    let report = Report::new("r", text);
    let mut reading = Reading {
        sentences: crate::sentences::sentences(&report),
        ..Reading::default()
    };
    reading.tokens = crate::tokens::tokens(text, &mut reading.sentences);
    crate::grammar::read_grammar(
        text,
        &reading.sentences,
        &mut reading.tokens,
        &mut crate::network::Known::default(),
    );
    reading.entities = vec![
        entity(text, "Ada Brown", EntityKind::Person),
        entity(text, "Carl Dunn", EntityKind::Person),
        entity(text, "Northport", EntityKind::Place),
        entity(text, "Northland News Agency", EntityKind::Organisation),
    ];
    let context = Context::new(text, &reading.sentences, &reading.tokens);
    let quotes = super::quotes(&context, &reading.entities);
    drop(context);
    reading.quotes = quotes;
    crate::statements::fill_statements(text, &mut reading);
    reading
}

/// Returns the quotes of a text, each as "kind, speaker: words".
pub(crate) fn said(text: &str) -> Vec<String> {
    let quotes = reading_of(text).quotes;
    quotes
        .iter()
        .map(|quote| {
            let speaker = quote
                .speaker
                .as_ref()
                .map_or("nobody", |source| source.name.as_str());
            let via = quote
                .via
                .as_ref()
                .map_or(String::new(), |via| format!(" via {}", via.name));
            let words: Vec<&str> = quote.pieces.iter().map(|piece| piece.text(text)).collect();
            format!("{}, {speaker}{via}: {}", quote.kind.as_str(), words.join(" … "))
        })
        .collect()
}

/// Asserts that a text holds these quotes and no others.
pub(crate) fn assert_said(text: &str, expected: &[&str]) {
    assert_eq!(said(text), expected, "{text}");
}
