//! Parts of speech, by rule: closed classes and frequent words from a list, verbs by their forms, the rest by its shape, and
//! where a word has several by its neighbours.

mod neighbours;

use std::sync::LazyLock;

use rashomon_core::{PartOfSpeech, Sentence, SentenceKind, Token};
use rustc_hash::FxHashMap;

use crate::context::Context;
use crate::lexicon::lines;
use crate::tags::neighbours::by_neighbours;
use crate::verbs::verb;

/// Gives each token the part of speech that its form and its neighbours tell, where they do.
pub(crate) fn tag(text: &str, sentences: &[Sentence], tokens: &mut [Token]) {
    let context = Context::new(text, sentences, tokens);
    let mut tags: Vec<PartOfSpeech> = Vec::with_capacity(context.tokens.len());
    for (index, sentence) in sentences.iter().enumerate() {
        // In a heading every word may have its capital.
        let shouted = sentence.kind == SentenceKind::Heading;
        let words = context.tokens_of(index);
        for token in words.clone() {
            let first =
                token == words.start || matches!(context.word(token - 1), "“" | "\"" | ":" | "-" | "•");
            tags.push(by_form(&context, token, first, shouted));
        }
        for token in words.clone() {
            let before = |steps: usize| {
                token
                    .checked_sub(steps)
                    .filter(|&at| at >= words.start)
                    .map(|at| (tags[at], context.lower(at)))
            };
            let next = |steps: usize| {
                if token + steps < words.end {
                    Some((tags[token + steps], context.lower(token + steps)))
                } else {
                    None
                }
            };
            let settled = by_neighbours(
                context.lower(token),
                tags[token],
                before(1),
                before(2),
                next(1),
                next(2),
            );
            tags[token] = settled;
        }
    }
    drop(context);
    for (token, tag) in tokens.iter_mut().zip(tags) {
        token.tag = Some(tag);
    }
}

/// Returns the usual part of speech of a listed word.
fn listed(lower: &str) -> Option<PartOfSpeech> {
    static CLASSES: LazyLock<FxHashMap<&'static str, PartOfSpeech>> = LazyLock::new(|| {
        let mut table = FxHashMap::default();
        for line in lines(include_str!("data/closed_classes.txt")) {
            let mut words = line.split_whitespace();
            let tag = match words.next().unwrap_or_default() {
                "DET" => PartOfSpeech::Det,
                "PRON" => PartOfSpeech::Pron,
                "ADP" => PartOfSpeech::Adp,
                "AUX" => PartOfSpeech::Aux,
                "CCONJ" => PartOfSpeech::Cconj,
                "SCONJ" => PartOfSpeech::Sconj,
                "PART" => PartOfSpeech::Part,
                "INTJ" => PartOfSpeech::Intj,
                "NUM" => PartOfSpeech::Num,
                "ADV" => PartOfSpeech::Adv,
                "ADJ" => PartOfSpeech::Adj,
                "VERB" => PartOfSpeech::Verb,
                _ => PartOfSpeech::Noun,
            };
            for word in words {
                table.entry(word).or_insert(tag);
            }
        }
        table
    });
    CLASSES.get(lower).copied()
}

/// Returns true for a frequent noun, in lower case, though it may be a verb too: "fire", "plan".
pub(crate) fn is_listed_noun(lower: &str) -> bool {
    listed(lower) == Some(PartOfSpeech::Noun)
}

/// Returns the part of speech that the form of a word tells.
fn by_form(context: &Context<'_>, token: usize, first: bool, shouted: bool) -> PartOfSpeech {
    let (word, lower) = (context.word(token), context.lower(token));
    let Some(initial) = word.chars().next() else {
        return PartOfSpeech::X;
    };
    if !word.chars().any(char::is_alphanumeric) {
        return match word {
            "$" | "€" | "£" | "¥" | "%" | "+" | "=" | "#" | "°" | "<" | ">" | "~" | "©" | "®" | "™" => {
                PartOfSpeech::Sym
            }
            "&" => PartOfSpeech::Cconj,
            "/" => PartOfSpeech::Sym,
            _ if initial.is_ascii() || is_mark(initial) => PartOfSpeech::Punct,
            _ => PartOfSpeech::Sym,
        };
    }
    if matches!(lower, "'s" | "s'") {
        return PartOfSpeech::Part;
    }
    if initial.is_numeric() {
        let ordinal =
            lower.ends_with("th") || lower.ends_with("st") || lower.ends_with("nd") || lower.ends_with("rd");
        return if ordinal && lower.len() > 2 {
            PartOfSpeech::Adj
        } else if lower.ends_with('s') {
            PartOfSpeech::Noun
        } else {
            PartOfSpeech::Num
        };
    }
    if lower.starts_with("http")
        || lower.starts_with("www.")
        || (lower.contains('@') && lower.len() > 3)
        || word.ends_with('$')
    {
        return if word.ends_with('$') {
            PartOfSpeech::Sym
        } else {
            PartOfSpeech::X
        };
    }
    let capital = initial.is_uppercase();
    let acronym = capital && word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let known = listed(lower);
    if capital && !first && !shouted {
        // Inside a sentence only the pronoun has its capital for itself.
        return match known {
            Some(PartOfSpeech::Pron) if lower == "i" => PartOfSpeech::Pron,
            Some(
                tag @ (PartOfSpeech::Det | PartOfSpeech::Adp | PartOfSpeech::Cconj | PartOfSpeech::Pron),
            ) if !acronym => tag,
            _ if crate::names::is_demonym(lower)
                && context.word(token + 1).starts_with(char::is_lowercase) =>
            {
                PartOfSpeech::Adj
            }
            _ => PartOfSpeech::Propn,
        };
    }
    if let Some(tag) = known {
        return tag;
    }
    if acronym && !shouted {
        return PartOfSpeech::Propn;
    }
    if matches!(
        lower,
        "have" | "has" | "had" | "having" | "do" | "does" | "did" | "doing" | "done"
    ) {
        return PartOfSpeech::Verb;
    }
    if matches!(
        lower,
        "to" | "before" | "after" | "since" | "that" | "out" | "up" | "down" | "then"
    ) {
        return PartOfSpeech::Adp;
    }
    if verb(lower).is_some() {
        return PartOfSpeech::Verb;
    }
    if capital && first && !shouted && context.word(token + 1).starts_with(char::is_uppercase) {
        return PartOfSpeech::Propn;
    }
    if crate::names::is_demonym(lower) {
        return if context.word(token + 1).starts_with(char::is_lowercase) {
            PartOfSpeech::Adj
        } else {
            PartOfSpeech::Propn
        };
    }
    if capital && crate::names::is_first_name(lower) {
        return PartOfSpeech::Propn;
    }
    by_ending(lower).unwrap_or(PartOfSpeech::Noun)
}

fn is_mark(mark: char) -> bool {
    matches!(
        mark,
        '“' | '”'
            | '‘'
            | '’'
            | '–'
            | '—'
            | '…'
            | '•'
            | '«'
            | '»'
            | '·'
            | '、'
            | '。'
            | '¡'
            | '¿'
            | '„'
    )
}

/// Returns the part of speech that the end of a word tells.
fn by_ending(lower: &str) -> Option<PartOfSpeech> {
    if lower.len() < 5 {
        return None;
    }
    let ends = |tails: &[&str]| tails.iter().any(|tail| lower.ends_with(tail));
    let adverb = ends(&["ly"])
        && !matches!(
            lower,
            "rally"
                | "family"
                | "assembly"
                | "italy"
                | "supply"
                | "reply"
                | "anomaly"
                | "monopoly"
                | "belly"
                | "bully"
                | "friendly"
                | "deadly"
                | "elderly"
                | "monthly"
                | "weekly"
                | "costly"
                | "lonely"
                | "ugly"
                | "apply"
                | "comply"
                | "imply"
                | "multiply"
        );
    if adverb {
        Some(PartOfSpeech::Adv)
    } else if ends(&["ed"]) || (ends(&["ing"]) && !ends(&["thing", "string", "spring", "evening", "ceiling"]))
    {
        Some(PartOfSpeech::Verb)
    } else if ends(&[
        "ous", "ful", "ive", "able", "ible", "less", "ical", "onal", "ural", "tial", "cial", "ary", "istic",
        "etic", "atic", "ish", "ternal", "ental", "inal",
    ]) || (ends(&["ic"])
        && !ends(&[
            "music", "topic", "traffic", "public", "critic", "clinic", "panic", "fabric", "demic", "arctic",
            "comic",
        ]))
        || (ends(&["est"])
            && !ends(&[
                "forest", "protest", "terest", "quest", "contest", "arrest", "harvest", "invest", "priest",
                "guest",
            ]))
        || (ends(&["ory"])
            && !ends(&[
                "history",
                "story",
                "territory",
                "factory",
                "victory",
                "memory",
                "theory",
                "category",
                "laboratory",
            ]))
    {
        Some(PartOfSpeech::Adj)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    fn tags(text: &str) -> String {
        let reading = crate::read(&Report::new("r", text));
        let tags: Vec<&str> = reading
            .tokens
            .iter()
            .map(|token| token.tag.map_or("_", |tag| tag.as_str()))
            .collect();
        tags.join(" ")
    }

    #[test]
    fn closed_classes_are_exact() {
        assert_eq!(
            tags("She will not go to the ferry."),
            "PRON AUX PART VERB ADP DET NOUN PUNCT"
        );
        assert_eq!(
            tags("The mayor had planned to visit it."),
            "DET NOUN AUX VERB PART VERB PRON PUNCT"
        );
    }

    #[test]
    fn neighbours_tell_verbs_from_nouns() {
        assert_eq!(tags("They plan a visit."), "PRON VERB DET NOUN PUNCT");
        assert_eq!(
            tags("Ada Brown's plan is new."),
            "PROPN PROPN PART NOUN AUX ADJ PUNCT"
        );
        assert_eq!(
            tags("He said that the ferry left."),
            "PRON VERB SCONJ DET NOUN VERB PUNCT"
        );
    }
}
