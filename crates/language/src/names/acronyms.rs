//! What a text itself says that its acronyms stand for: "liquefied natural gas (LNG)", "the Talent Development Scheme (TDS)".

use std::collections::BTreeMap;
use std::ops::Range;

use rashomon_core::EntityKind;

use super::found::Candidate;
use super::merge::is_acronym_of;
use crate::context::Context;

/// The words that an acronym stands for may be so many more than its letters: "of", "and", "for the".
const SMALL_WORDS: usize = 4;

/// Gives acronyms the kind of the name that they are introduced behind, and leaves out those that stand for common words.
pub(super) fn settle_acronyms(context: &Context<'_>, candidates: &mut Vec<Candidate>) {
    // By acronym, what it stands for: the kind of a name, or `None` for common words. The first introduction counts.
    let mut stands_for: BTreeMap<&str, Option<EntityKind>> = BTreeMap::new();
    for sentence in 0..context.sentences.len() {
        let tokens = context.tokens_of(sentence);
        for acronym in tokens.clone() {
            let bracketed = acronym > tokens.start
                && context.word(acronym - 1) == "("
                && acronym + 1 < tokens.end
                && context.word(acronym + 1) == ")";
            if !bracketed {
                continue;
            }
            let Some(words) = words_before(context, tokens.start..acronym - 1, context.word(acronym)) else {
                continue;
            };
            let named = candidates
                .iter()
                .filter(|candidate| candidate.tokens.start < words.end && words.start < candidate.tokens.end)
                .max_by_key(|candidate| (candidate.tokens.len(), candidate.tokens.start));
            let small = |token: usize| context.word(token).starts_with(char::is_lowercase);
            // "Liquefied natural gas (LNG)" may begin a sentence.
            let common = words
                .clone()
                .skip(usize::from(words.start == tokens.start))
                .all(small);
            match named {
                Some(named) => {
                    stands_for
                        .entry(context.word(acronym))
                        .or_insert(Some(named.kind));
                }
                None if common => {
                    stands_for.entry(context.word(acronym)).or_insert(None);
                }
                None => {}
            }
        }
    }
    candidates.retain_mut(|candidate| {
        let alone = candidate.tokens.len() == 1;
        let known = stands_for.get(context.word(candidate.tokens.start));
        match known.filter(|_| alone) {
            Some(Some(kind)) => {
                candidate.kind = *kind;
                true
            }
            Some(None) => false,
            None => true,
        }
    });
}

/// Returns the words that end where `before` does and whose first letters an acronym is.
fn words_before(context: &Context<'_>, before: Range<usize>, acronym: &str) -> Option<Range<usize>> {
    let letters = acronym.chars().filter(|mark| *mark != '.').count();
    let farthest = before.end.saturating_sub(letters + SMALL_WORDS).max(before.start);
    (farthest..before.end).rev().find_map(|start| {
        let words: Vec<String> = (start..before.end)
            .map(|token| context.lower(token))
            .filter(|word| *word != "-" && *word != ",")
            .map(str::to_owned)
            .collect();
        is_acronym_of(acronym, &words).then_some(start..before.end)
    })
}

#[cfg(test)]
mod tests {
    use rashomon_core::{EntityKind, Report};

    use crate::read;

    fn kinds(text: &str, name: &str) -> Vec<EntityKind> {
        let reading = read(&Report::new("r", text));
        let named = reading.entities.iter().filter(|entity| {
            entity
                .mentions
                .iter()
                .any(|mention| mention.span.text(text) == name)
        });
        named.map(|entity| entity.kind).collect()
    }

    #[test]
    fn common_words_make_no_name_of_their_acronym() {
        let text = "The port of Senby buys dried salted cod (DSC) from Arland. The DSC comes by ship, and DSC said little of it.";
        assert_eq!(kinds(text, "DSC"), []);
    }

    #[test]
    fn an_acronym_is_what_its_name_is() {
        let text = "The Senby Harbour Board (SHB) met on Monday. SHB said that the ferry is late.";
        assert_eq!(kinds(text, "SHB"), [EntityKind::Organisation]);
    }
}
