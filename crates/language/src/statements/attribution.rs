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

/// Returns true where a hedge is what someone named does: "what he believed to be true".
fn someone_does(context: &Context<'_>, hedge: &Range<usize>) -> bool {
    let before = hedge.start.checked_sub(1).map(|token| context.lower(token));
    matches!(context.lower(hedge.start), "believed" | "thought")
        && matches!(before, Some("he" | "she" | "they" | "i" | "we" | "you"))
}

/// Returns the words of a hedge that tell: "alleged" of "are alleged to".
fn telling(context: &Context<'_>, hedge: Range<usize>) -> Range<usize> {
    let is_joint = |token: usize| {
        matches!(
            context.lower(token),
            "be" | "is" | "are" | "was" | "were" | "been" | "being" | "'s" | "to" | "of" | "have" | "that"
        )
    };
    let start = hedge
        .clone()
        .find(|&token| !is_joint(token))
        .unwrap_or(hedge.start);
    let end = (start..hedge.end)
        .rev()
        .find(|&token| !is_joint(token))
        .map_or(hedge.end, |last| last + 1);
    start..end
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
    let hedge =
        (PHRASES.all(context, tokens.clone()).into_iter()).find(|(hedge, _)| !someone_does(context, hedge));
    let source = hedge.map(|(hedge, kind)| {
        let span = context.span(hedge.clone());
        Source {
            span,
            name: context
                .span(telling(context, hedge))
                .text(context.text)
                .to_lowercase(),
            entity: None,
            kind,
        }
    });
    Attribution {
        source,
        ..Attribution::default()
    }
}

#[cfg(test)]
mod tests {
    /// Returns who is behind the statements of a text, where someone is.
    fn sources(text: &str) -> Vec<String> {
        let reading = crate::read(&rashomon_core::Report::new("r", text));
        let sources = reading
            .statements
            .into_iter()
            .filter_map(|statement| statement.attribution);
        sources.map(|source| source.name).collect()
    }

    #[test]
    fn a_hedge_is_called_by_the_word_that_tells() {
        assert_eq!(
            sources("Two clerks are alleged to have sold the list of members to a rival firm."),
            ["alleged"]
        );
        assert_eq!(
            sources("They reportedly left, and she is said to have wept."),
            ["reportedly", "said"]
        );
        assert_eq!(
            sources("The ferry reportedly carried 300 people."),
            ["reportedly"]
        );
    }

    #[test]
    fn what_someone_named_believed_is_no_hedge() {
        let found = sources("It was a lie that he told to serve what he believed to be a higher truth.");
        assert!(!found.iter().any(|name| name.contains("believed")), "{found:?}");
    }
}
