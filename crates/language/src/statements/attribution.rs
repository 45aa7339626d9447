//! On whose word a clause rests: the quotes of its sentence, or words like "reportedly".

use std::ops::Range;
use std::sync::LazyLock;

use rashomon_core::{Quote, QuoteKind, Source, SourceKind};

use super::phrases::Phrases;
use crate::context::Context;

const HEDGES: &str = include_str!("../data/hedges.txt");

static PHRASES: LazyLock<Phrases<SourceKind>> =
    LazyLock::new(|| Phrases::read(HEDGES, |word| (word == "unnamed").then_some(SourceKind::Unnamed)));

/// A stretch of a sentence that is laid on someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Zone {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// The quote that it belongs to.
    pub(super) quote: usize,
}

/// Returns true for what someone only wants, supports or seems to do: no clause of its own that could be true or not.
fn is_attitude(context: &Context<'_>, quote: &Quote) -> bool {
    quote.cue.is_none()
        && quote.kind != QuoteKind::Direct
        && context
            .text
            .get(quote.span.start..)
            .is_some_and(|text| text.starts_with(char::is_alphanumeric))
}

/// Returns for each sentence the stretches of it that are laid on someone.
pub(super) fn zones(context: &Context<'_>, quotes: &[Quote]) -> Vec<Vec<Zone>> {
    let mut zones: Vec<Vec<Zone>> = vec![Vec::new(); context.sentences.len()];
    for (quote, found) in quotes
        .iter()
        .enumerate()
        .filter(|(_, quote)| !is_attitude(context, quote))
    {
        for piece in &found.pieces {
            let first = context.sentence_at(piece.start);
            let last = context.sentence_at(piece.end.saturating_sub(1).max(piece.start));
            for sentence in first..=last {
                let tokens = context.tokens_of(sentence);
                let start = context.token_at(piece.start).max(tokens.start);
                let end = context
                    .token_at(piece.end.saturating_sub(1))
                    .saturating_add(1)
                    .min(tokens.end);
                if start < end
                    && let Some(zones) = zones.get_mut(sentence)
                {
                    zones.push(Zone {
                        tokens: start..end,
                        quote,
                    });
                }
            }
        }
    }
    zones
}

/// Who stands behind a clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attribution {
    /// On whose word it rests.
    pub(super) source: Option<Source>,
    /// Through whom that word came.
    pub(super) via: Option<Source>,
    /// The words that tell of the saying.
    pub(super) cue: Option<Range<usize>>,
}

/// Returns who stands behind the clause in `tokens`: the innermost of the zones that hold it, through the next one
/// around; else the hedge in it.
pub(super) fn attribution(
    context: &Context<'_>,
    tokens: &Range<usize>,
    zones: &[Zone],
    quotes: &[Quote],
) -> Attribution {
    let mut around: Vec<&Zone> = zones
        .iter()
        .filter(|zone| {
            let shared = zone
                .tokens
                .end
                .min(tokens.end)
                .saturating_sub(zone.tokens.start.max(tokens.start));
            shared > 1 || shared * 2 > tokens.len()
        })
        .collect();
    around.sort_by_key(|zone| zone.tokens.len());
    let mut sources = around
        .iter()
        .filter_map(|zone| quotes.get(zone.quote))
        .filter(|quote| quote.speaker.is_some());
    if let Some(quote) = sources.next() {
        let outer = sources
            .next()
            .and_then(|outer| outer.speaker.clone())
            .filter(|outer| {
                quote
                    .speaker
                    .as_ref()
                    .is_none_or(|speaker| speaker.name != outer.name)
            });
        let cue = quote.cue.map(|cue| super::token_range(context, cue));
        return Attribution {
            source: quote.speaker.clone(),
            via: quote.via.clone().or(outer),
            cue,
        };
    }
    let hedge = PHRASES.all(context, tokens.clone()).into_iter().next();
    let source = hedge.map(|(hedge, kind)| {
        let span = context.span(hedge);
        Source {
            span,
            name: span.text(context.text).to_lowercase(),
            entity: None,
            kind,
        }
    });
    Attribution {
        source,
        ..Attribution::default()
    }
}
