//! The JSON line of a reading: what `rashomon read` prints.

use rashomon_core::{
    CharacterOffsets, Entity, MentionKind, PartOfSpeech, Reading, Report, Sentence, SentenceKind, Statement,
    Token,
};
use rashomon_language::token_lemma;
use serde::Serialize;

use super::line;
use super::parts::{Context, PlaceJson, QuantityJson, QuoteJson, SourceJson, SpanJson, TimeJson};
use crate::RenderError;

#[derive(Debug, Serialize)]
struct ReadingJson<'story> {
    id: &'story str,
    sentences: Vec<SentenceJson>,
    tokens: Vec<TokenJson>,
    entities: Vec<EntityJson<'story>>,
    quotes: Vec<QuoteJson<'story>>,
    quantities: Vec<QuantityJson<'story>>,
    numbers: Vec<NumberJson>,
    times: Vec<TimeJson<'story>>,
    places: Vec<PlaceJson<'story>>,
    statements: Vec<StatementJson<'story>>,
}

#[derive(Debug, Serialize)]
struct NumberJson {
    start: usize,
    end: usize,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct SentenceJson {
    start: usize,
    end: usize,
    kind: &'static str,
    paragraph: usize,
}

#[derive(Debug, Serialize)]
struct TokenJson {
    start: usize,
    end: usize,
    lemma: Option<String>,
    tag: Option<&'static str>,
    head: Option<usize>,
    relation: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct EntityJson<'story> {
    id: &'story str,
    name: &'story str,
    kind: &'static str,
    aliases: &'story [String],
    descriptions: &'story [String],
    mentions: Vec<MentionJson>,
}

#[derive(Debug, Serialize)]
struct MentionJson {
    start: usize,
    end: usize,
    name: bool,
}

#[derive(Debug, Serialize)]
struct StatementJson<'story> {
    start: usize,
    end: usize,
    sentence: usize,
    predicate: Option<SpanJson>,
    actor: Option<SpanJson>,
    object: Option<SpanJson>,
    negated: bool,
    attribution: Option<SourceJson<'story>>,
    via: Option<SourceJson<'story>>,
    status: &'static str,
    entities: Vec<&'story str>,
    quantities: &'story [usize],
    times: &'story [usize],
    places: &'story [usize],
    quotes: &'story [usize],
    event: Option<EventJson<'story>>,
}

#[derive(Debug, Serialize)]
struct EventJson<'story> {
    #[serde(rename = "type")]
    kind: &'static str,
    evidence: SpanJson,
    actor: Option<&'story str>,
    recipient: Option<&'story str>,
    score: f64,
}

/// Returns the JSON line of a report's reading, without the line's end. Entities are named "e1", "e2" and so on inside
/// it; quantities, times, places and quotes of statements are positions in the lists of the same line.
pub fn reading_line(report: &Report, reading: &Reading) -> Result<String, RenderError> {
    let offsets = CharacterOffsets::new(&report.text);
    let entity_names: Vec<String> = (1..=reading.entities.len())
        .map(|number| format!("e{number}"))
        .collect();
    let context = Context {
        report: None,
        text: &report.text,
        offsets: &offsets,
        entity_names: &entity_names,
    };
    let entities = reading.entities.iter().zip(&entity_names);
    line(&ReadingJson {
        id: &report.id,
        sentences: reading
            .sentences
            .iter()
            .map(|sentence| sentence_json(sentence, &context))
            .collect(),
        tokens: reading
            .tokens
            .iter()
            .map(|token| token_json(token, &context))
            .collect(),
        entities: entities
            .map(|(entity, id)| entity_json(entity, id, &context))
            .collect(),
        quotes: reading
            .quotes
            .iter()
            .map(|quote| QuoteJson::new(quote, &context))
            .collect(),
        quantities: reading
            .quantities
            .iter()
            .map(|quantity| QuantityJson::new(quantity, &context))
            .collect(),
        numbers: reading
            .numbers
            .iter()
            .map(|number| {
                let span = context.span(number.span);
                NumberJson {
                    start: span.start,
                    end: span.end,
                    kind: number.kind.as_str(),
                }
            })
            .collect(),
        times: reading
            .times
            .iter()
            .map(|time| TimeJson::new(time, &context))
            .collect(),
        places: reading
            .places
            .iter()
            .map(|place| PlaceJson::new(place, &context))
            .collect(),
        statements: reading
            .statements
            .iter()
            .map(|statement| statement_json(statement, &context))
            .collect(),
    })
}

fn sentence_json(sentence: &Sentence, context: &Context<'_>) -> SentenceJson {
    let span = context.span(sentence.span);
    SentenceJson {
        start: span.start,
        end: span.end,
        kind: match sentence.kind {
            SentenceKind::Text => "text",
            SentenceKind::Heading => "heading",
            SentenceKind::Provenance => "provenance",
        },
        paragraph: sentence.paragraph,
    }
}

fn token_json(token: &Token, context: &Context<'_>) -> TokenJson {
    let span = context.span(token.span);
    TokenJson {
        start: span.start,
        end: span.end,
        lemma: token_lemma(context.text, token),
        tag: token.tag.map(PartOfSpeech::as_str),
        head: token.head,
        relation: token.relation,
    }
}

fn entity_json<'story>(entity: &'story Entity, id: &'story str, context: &Context<'_>) -> EntityJson<'story> {
    let mentions = entity.mentions.iter().map(|mention| {
        let span = context.span(mention.span);
        MentionJson {
            start: span.start,
            end: span.end,
            name: mention.kind == MentionKind::Name,
        }
    });
    EntityJson {
        id,
        name: &entity.name,
        kind: entity.kind.as_str(),
        aliases: &entity.aliases,
        descriptions: &entity.descriptions,
        mentions: mentions.collect(),
    }
}

fn statement_json<'story>(statement: &'story Statement, context: &Context<'story>) -> StatementJson<'story> {
    let span = context.span(statement.span);
    StatementJson {
        start: span.start,
        end: span.end,
        sentence: statement.sentence,
        predicate: statement.predicate.map(|span| context.span(span)),
        actor: statement.actor.map(|span| context.span(span)),
        object: statement.object.map(|span| context.span(span)),
        negated: statement.negated,
        attribution: statement
            .attribution
            .as_ref()
            .map(|source| SourceJson::new(source, context)),
        via: statement
            .via
            .as_ref()
            .map(|source| SourceJson::new(source, context)),
        status: statement.status.as_str(),
        entities: statement
            .entities
            .iter()
            .filter_map(|&entity| context.entity(entity))
            .collect(),
        quantities: &statement.quantities,
        times: &statement.times,
        places: &statement.places,
        quotes: &statement.quotes,
        event: statement.event.map(|event| EventJson {
            kind: event.kind.as_str(),
            evidence: context.span(event.evidence),
            actor: event.actor.and_then(|entity| context.entity(entity)),
            recipient: event.recipient.and_then(|entity| context.entity(entity)),
            score: event.score,
        }),
    }
}
