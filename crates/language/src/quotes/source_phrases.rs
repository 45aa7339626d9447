//! Where a noun phrase that names a source begins and ends, and words that name none.

use std::ops::Range;

use rashomon_core::PartOfSpeech;

use super::words::{is_capitalised, is_time_word};
use crate::context::Context;

/// Returns true for a word that no one who speaks is called by alone. A day says nothing, nor does a verb, in "the video,
/// posted on Friday, shows" and "those who left said", or what only stands beside nouns and verbs: the network may take
/// them for the subject.
pub(super) fn says_nothing(context: &Context<'_>, token: usize) -> bool {
    let word = context.lower(token);
    let tag = context.tokens.get(token).and_then(|token| token.tag);
    is_time_word(word)
        || matches!(
            word,
            "decade"
                | "decades"
                | "years"
                | "months"
                | "weeks"
                | "days"
                | "century"
                | "centuries"
                | "recent"
                | "past"
                | "a"
                | "an"
                | "his"
                | "its"
                | "my"
                | "our"
                | "your"
                | "more"
                | "twice"
                | "once"
                | "almost"
        )
        || matches!(
            tag,
            Some(
                PartOfSpeech::Verb
                    | PartOfSpeech::Aux
                    | PartOfSpeech::Adv
                    | PartOfSpeech::Adp
                    | PartOfSpeech::Part
                    | PartOfSpeech::Sconj
                    | PartOfSpeech::Cconj
            )
        )
}

/// Returns the phrase without commas and dashes at its ends.
pub(super) fn trim_ends(context: &Context<'_>, mut tokens: Range<usize>) -> Range<usize> {
    let is_mark = |token: usize| !context.lower(token).chars().any(char::is_alphanumeric);
    while tokens.start < tokens.end && is_mark(tokens.start) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && is_mark(tokens.end - 1) && context.lower(tokens.end - 1) != ")" {
        tokens.end -= 1;
    }
    // "Even some judges".
    while tokens.len() > 1
        && context
            .tokens
            .get(tokens.start)
            .is_some_and(|token| token.tag == Some(PartOfSpeech::Adv))
    {
        tokens.start += 1;
    }
    // "Ada Brown on Monday": the day belongs to the saying, and so does the verb of "a statement issued".
    while tokens.len() > 1
        && (is_left_behind(context, tokens.end - 1)
            || is_time_word(context.lower(tokens.end - 1))
            || matches!(
                context.lower(tokens.end - 1),
                "on" | "in" | "however" | "meanwhile" | ","
            ))
    {
        tokens.end -= 1;
    }
    tokens
}

/// Returns true for a word at the end of a phrase that is none of it: a verb, or a word that leads on to more.
fn is_left_behind(context: &Context<'_>, token: usize) -> bool {
    let tag = context.tokens.get(token).and_then(|token| token.tag);
    match tag {
        // "Those involved" and "the accused" are called so.
        Some(PartOfSpeech::Verb) => matches!(
            context.lower(token),
            "issued"
                | "released"
                | "published"
                | "posted"
                | "obtained"
                | "reads"
                | "read"
                | "remain"
                | "said"
                | "made"
                | "sent"
        ),
        Some(PartOfSpeech::Adp | PartOfSpeech::Cconj | PartOfSpeech::Sconj) => {
            !is_capitalised(context, token)
        }
        _ => false,
    }
}

/// Returns the phrase up to its first comma, bracket or relative clause.
pub(super) fn head_range(context: &Context<'_>, tokens: Range<usize>) -> Range<usize> {
    let end = tokens
        .clone()
        .skip(1)
        .find(|&token| {
            let word = context.lower(token);
            matches!(word, "," | "(" | "who" | "which" | "that" | "—" | "–")
        })
        .unwrap_or(tokens.end);
    tokens.start..end
}

/// Returns the phrase without its article.
pub(super) fn drop_determiner(context: &Context<'_>, tokens: Range<usize>) -> Range<usize> {
    let article = matches!(context.lower(tokens.start), "the" | "a" | "an");
    if article && tokens.len() > 1 {
        tokens.start + 1..tokens.end
    } else {
        tokens
    }
}

#[cfg(test)]
mod tests {
    /// Returns the speakers of a text's quotes.
    fn speakers(text: &str) -> Vec<String> {
        let reading = crate::read(&rashomon_core::Report::new("r", text));
        let speakers = reading.quotes.into_iter().filter_map(|quote| quote.speaker);
        speakers.map(|speaker| speaker.name).collect()
    }

    #[test]
    fn the_verb_of_a_statement_is_none_of_its_name() {
        let found = speakers(
            "The mine was safe before the flood, according to a police statement released on Monday.",
        );
        assert_eq!(found, ["police statement"]);
    }

    #[test]
    fn spans_of_time_say_nothing() {
        let found =
            speakers("She became a recluse in recent decades, saying that the city had forgotten her.");
        assert!(!found.iter().any(|name| name.contains("decades")), "{found:?}");
    }
}
