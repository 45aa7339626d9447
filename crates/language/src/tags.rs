//! Parts of speech, by rule: closed classes and frequent words from a list, verbs by their forms, the rest by its shape, and
//! where a word has several by its neighbours.

use std::sync::LazyLock;

use rashomon_core::{PartOfSpeech, Sentence, SentenceKind, Token};
use rustc_hash::FxHashMap;

use crate::context::Context;
use crate::lexicon::lines;
use crate::verbs::{VerbForm, verb};

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
    if ends(&["ly"])
        && !ends(&[
            "family", "ally", "assembly", "anomaly", "monopoly", "italy", "supply", "reply",
        ])
        || ends(&["ically", "ually"])
    {
        Some(PartOfSpeech::Adv)
    } else if ends(&["ed"]) || (ends(&["ing"]) && !ends(&["thing", "string", "spring", "evening", "ceiling"]))
    {
        Some(PartOfSpeech::Verb)
    } else if ends(&[
        "ous", "ful", "ive", "able", "ible", "less", "ical", "onal", "ural", "tial", "cial", "ary", "istic",
        "etic", "atic", "ian-led", "ant-free", "ish", "ternal", "ental", "inal",
    ]) {
        Some(PartOfSpeech::Adj)
    } else {
        None
    }
}

/// A neighbour: its part of speech so far and its word in lower case.
type Neighbour<'a> = Option<(PartOfSpeech, &'a str)>;

/// Returns the part of speech that fits a word's neighbours; those before it are settled, those after it are not.
fn by_neighbours(
    lower: &str,
    tag: PartOfSpeech,
    before: Neighbour<'_>,
    before_that: Neighbour<'_>,
    next: Neighbour<'_>,
    after_next: Neighbour<'_>,
) -> PartOfSpeech {
    use PartOfSpeech::{Adj, Adp, Adv, Aux, Det, Intj, Noun, Num, Part, Pron, Propn, Punct, Sconj, Verb};
    let before_tag = before.map(|(tag, _)| tag);
    let before_word = before.map_or("", |(_, word)| word);
    let next_tag = next.map(|(tag, _)| tag);
    let next_word = next.map_or("", |(_, word)| word);
    let noun_follows = matches!(next_tag, Some(Noun | Propn | Adj | Num));
    let subject_before = before_tag == Some(Pron)
        && !is_possessive(before_word)
        && !matches!(before_word, "me" | "him" | "us" | "them");
    let opens_noun = matches!(before_tag, Some(Det | Adj | Num))
        || is_possessive(before_word)
        || (before_tag == Some(Part) && matches!(before_word, "'s" | "'"));
    // What stands before the adverbs of a verb: "has never been".
    let governor = if matches!(before_tag, Some(Adv | Part)) && before_word != "'s" {
        before_that
    } else {
        before
    };
    let after_aux = governor.is_some_and(|(tag, _)| tag == Aux);
    match lower {
        "'s" => {
            let clause = matches!(
                before_word,
                "it" | "he" | "she" | "that" | "there" | "what" | "who" | "here" | "where" | "how"
            );
            return if before_word == "let" {
                Pron
            } else if clause {
                Aux
            } else {
                Part
            };
        }
        "'" => {
            return if before_tag.is_some_and(|tag| matches!(tag, Noun | Propn))
                && before_word.ends_with('s')
                && noun_follows
            {
                Part
            } else {
                Punct
            };
        }
        "to" => {
            let infinitive = matches!(next_word, "be" | "have" | "do")
                || verb(next_word).is_some_and(|verb| verb.form == VerbForm::Base)
                    && !matches!(after_next, Some((Verb, "")));
            let adverb_between = next_tag == Some(Adv)
                && after_next
                    .is_some_and(|(_, word)| verb(word).is_some_and(|verb| verb.form == VerbForm::Base));
            return if infinitive || adverb_between { Part } else { Adp };
        }
        "that" => {
            return if matches!(before_tag, Some(Noun | Propn)) && matches!(next_tag, Some(Verb | Aux)) {
                Pron
            } else if matches!(next_tag, Some(Verb | Aux | Punct)) || next.is_none() {
                Pron
            } else if matches!(before_tag, Some(Verb | Adj | Noun)) || matches!(next_tag, Some(Pron | Det)) {
                Sconj
            } else if next_tag == Some(Noun) {
                Det
            } else {
                Sconj
            };
        }
        "this" | "these" | "those" => return if noun_follows { Det } else { Pron },
        "all" | "some" | "any" | "both" | "each" | "either" => {
            return if matches!(next_word, "of") || matches!(next_tag, Some(Aux | Punct)) {
                Pron
            } else {
                Det
            };
        }
        "half" => return if next_tag == Some(Det) { Det } else { Noun },
        "no" => {
            return if noun_follows {
                Det
            } else if next_tag == Some(Punct) {
                Intj
            } else {
                Det
            };
        }
        "which" | "what" => {
            return if next_tag == Some(Noun) && before_tag != Some(Punct) {
                Det
            } else {
                Pron
            };
        }
        "there" => {
            return if matches!(
                next_word,
                "is" | "are" | "was" | "were" | "'s" | "has" | "have" | "will" | "would" | "may" | "be"
            ) {
                Pron
            } else {
                Adv
            };
        }
        "one" => {
            return if matches!(next_tag, Some(Punct)) && matches!(before_tag, Some(Det | Adj)) {
                Noun
            } else {
                Num
            };
        }
        "as" | "before" | "after" | "since" | "until" | "than" | "like" | "once" => {
            let clause = next_tag == Some(Pron)
                && !is_possessive(next_word)
                && after_next.is_some_and(|(tag, _)| matches!(tag, Verb | Aux));
            let verb_like = lower == "like" && (subject_before || before_word == "to" || after_aux);
            return if verb_like {
                Verb
            } else if clause && lower != "like" {
                Sconj
            } else if lower == "once" {
                Adv
            } else {
                Adp
            };
        }
        "while" | "if" => return Sconj,
        "more" | "most" | "less" | "least" => {
            return if matches!(next_tag, Some(Adj | Adv)) {
                Adv
            } else {
                Adj
            };
        }
        "her" => return Pron,
        "have" | "has" | "had" | "having" | "'ve" => {
            let participle = |neighbour: Neighbour<'_>| {
                neighbour.is_some_and(|(_, word)| {
                    word == "been"
                        || word == "had"
                        || word == "done"
                        || verb(word).map_or(word.ends_with("ed") && word.len() > 4, |verb| {
                            matches!(verb.form, VerbForm::Participle)
                        })
                })
            };
            let adverb = matches!(next_tag, Some(Adv | Part | Pron));
            return if participle(next) || (adverb && participle(after_next)) {
                Aux
            } else {
                Verb
            };
        }
        "do" | "does" | "did" => {
            let negated = matches!(next_word, "not" | "n't");
            return if negated
                || (next_tag == Some(Pron) && after_next.is_some_and(|(tag, _)| tag == Verb))
                || verb(next_word).is_some_and(|verb| verb.form == VerbForm::Base)
            {
                Aux
            } else {
                Verb
            };
        }
        "up" | "out" | "down" | "off" => {
            return if before_tag == Some(Verb) {
                Adp
            } else if matches!(next_tag, Some(Punct) | None) {
                Adv
            } else {
                Adp
            };
        }
        "then" => return Adv,
        "may" | "might" | "will" | "can" if opens_noun => return Noun,
        _ => {}
    }
    match tag {
        Verb => {
            let Some(found) = verb(lower) else {
                // Told by its ending alone.
                return if lower.ends_with("ing") && (opens_noun || before_tag == Some(Noun) && noun_follows) {
                    Noun
                } else if lower.ends_with("ed") && opens_noun && next_tag == Some(Noun) {
                    Adj
                } else {
                    Verb
                };
            };
            match found.form {
                VerbForm::Base | VerbForm::Present => {
                    if before_word == "to"
                        || after_aux
                        || subject_before
                        || matches!(before_word, "who" | "which")
                    {
                        return if after_aux && opens_noun { Noun } else { Verb };
                    }
                    let clause_follows = matches!(next_tag, Some(Det | Pron | Propn | Sconj))
                        || matches!(next_word, "to" | "that");
                    if opens_noun || before_tag == Some(Adp) || before_tag == Some(Verb) {
                        Noun
                    } else if found.form == VerbForm::Present {
                        if matches!(before_tag, Some(Noun | Propn))
                            && (found.saying || clause_follows || next_tag == Some(Adp))
                        {
                            Verb
                        } else if clause_follows {
                            Verb
                        } else {
                            Noun
                        }
                    } else if clause_follows && matches!(before_tag, Some(Noun | Punct) | None)
                        || found.saying && matches!(before_tag, Some(Noun | Propn))
                    {
                        Verb
                    } else if before_tag.is_none() || matches!(before_tag, Some(Adv | Part)) {
                        Verb
                    } else {
                        Noun
                    }
                }
                VerbForm::Ing => {
                    if matches!(before_tag, Some(Det | Adj)) || is_possessive(before_word) {
                        Noun
                    } else {
                        Verb
                    }
                }
                VerbForm::Participle => {
                    if opens_noun && next_tag == Some(Noun) && before_tag == Some(Det) {
                        Verb
                    } else {
                        Verb
                    }
                }
                VerbForm::Past => Verb,
            }
        }
        // "The ferry left.": also an adjective before a noun.
        Adj if matches!(lower, "left" | "found" | "open")
            && matches!(before_tag, Some(Noun | Propn | Pron))
            && !noun_follows =>
        {
            Verb
        }
        // Listed as nouns, and verbs too: "he plans to", "they need".
        Noun | Adj
            if verb(lower).is_some()
                && (before_word == "to"
                    || governor.is_some_and(|(tag, word)| tag == Aux && is_modal(word))
                    || subject_before && !matches!(next_tag, Some(Punct))) =>
        {
            let gap = before_word == "to"
                && before_that.is_some_and(|(_, word)| matches!(word, "due" | "according"));
            let base =
                verb(lower).is_some_and(|verb| matches!(verb.form, VerbForm::Base | VerbForm::Present));
            if base
                && !gap
                && !opens_noun
                && (tag == Noun || noun_follows || next_tag == Some(Det) || next_tag == Some(Pron))
            {
                Verb
            } else {
                tag
            }
        }
        Adj if matches!(next_tag, Some(Punct) | None) && before_tag == Some(Det) => Noun,
        _ => tag,
    }
}

fn is_possessive(lower: &str) -> bool {
    matches!(
        lower,
        "my" | "your" | "his" | "her" | "its" | "our" | "their" | "whose"
    )
}

fn is_modal(lower: &str) -> bool {
    matches!(
        lower,
        "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "shall"
            | "should"
            | "must"
            | "'ll"
            | "'d"
            | "ca"
            | "wo"
    )
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
