//! Words of several parts of speech, told by their neighbours.

use rashomon_core::PartOfSpeech;

use super::listed;
use crate::verbs::{VerbForm, verb};

/// A neighbour: its part of speech so far and its word in lower case.
pub(super) type Neighbour<'a> = Option<(PartOfSpeech, &'a str)>;

/// Returns the part of speech that fits a word's neighbours; those before it are settled, those after it are not.
pub(super) fn by_neighbours(
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
            let unknown_verb = next_tag == Some(Noun)
                && listed(next_word).is_none()
                && !next_word.ends_with('s')
                && after_next.is_some_and(|(tag, word)| tag == Det || is_possessive(word) || tag == Pron);
            return if infinitive || adverb_between || unknown_verb {
                Part
            } else {
                Adp
            };
        }
        "that" => {
            return if matches!(next_tag, Some(Verb | Aux | Punct)) || next.is_none() {
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
                    let after_noun = matches!(before_tag, Some(Noun | Propn));
                    let verb_follows_subject = if found.form == VerbForm::Present {
                        clause_follows || (after_noun && (found.saying || next_tag == Some(Adp)))
                    } else {
                        (clause_follows && matches!(before_tag, Some(Noun | Punct)))
                            || (found.saying && after_noun)
                            || matches!(before_tag, None | Some(Adv | Part))
                    };
                    if !opens_noun && !matches!(before_tag, Some(Adp | Verb)) && verb_follows_subject {
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
                VerbForm::Participle | VerbForm::Past => Verb,
            }
        }
        // "to overhaul the ferries"
        Noun if before == Some((Part, "to")) && listed(lower).is_none() => Verb,
        // "will open": after "will" stands a verb.
        Noun | Adj
            if governor.is_some_and(|(tag, word)| tag == Aux && is_modal(word)) && verb(lower).is_some() =>
        {
            Verb
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
                && (before_word == "to" || subject_before && !matches!(next_tag, Some(Punct))) =>
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
