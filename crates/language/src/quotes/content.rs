//! What is said, after the words that tell of the saying.

use std::ops::Range;

use super::scene::Scene;
use super::verbs::{Takes, Verb, verb};
use super::words::{
    is_adverb, is_adverb_at, is_capitalised, is_clause_word, is_determiner, is_finite_verb, is_preposition,
    is_stop, is_subject_pronoun, is_time_word, looks_like_clause,
};

/// How far from its verb what is said may begin, in tokens.
const FARTHEST: usize = 28;
/// How far from the end of a quotation the next may begin that goes on with it, in tokens.
const FARTHEST_NEXT: usize = 12;

/// Returns true where a noun phrase can start at `token`.
pub(crate) fn starts_noun_phrase(scene: &Scene<'_, '_>, token: usize) -> bool {
    let word = scene.word(token);
    !scene.is_marked(token)
        && word.chars().any(char::is_alphanumeric)
        && !is_preposition(word)
        && !is_clause_word(word)
        && !is_time_word(word)
        && !is_adverb_at(scene.context, token)
}

/// Returns what is said after a verb whose next token is `start`.
pub(crate) fn content_after(scene: &Scene<'_, '_>, start: usize, verb: Verb) -> Option<Range<usize>> {
    let end = scene.tokens.end;
    let takes = verb.takes;
    let clausal = takes.has(Takes::CLAUSE) || takes.has(Takes::THAT);
    // What opens clearly: "that", a colon, a quotation, a question word; before it no verb of another clause.
    let mut verbs = 0;
    let mut opening = None;
    for token in start..end.min(start + FARTHEST) {
        let word = scene.word(token);
        if scene.is_marked(token) {
            opening = Some(token);
            break;
        }
        if word == ":" {
            opening = Some(token + 1);
            break;
        }
        if clausal && word == "that" && scene.word(token.wrapping_sub(1)) != "so" {
            // "said the plan that …": a relative clause of a noun beside a bare clause is no opening.
            let noun_before = token > start
                && !takes.has(Takes::PERSON)
                && !is_adjunct(scene, start)
                && !matches!(scene.word(token - 1), "," | "it");
            if !noun_before {
                opening = Some(token + 1);
            }
            break;
        }
        if clausal
            && token == start
            && matches!(
                word,
                "whether" | "if" | "how" | "why" | "what" | "when" | "where" | "who"
            )
        {
            return Some(token..end);
        }
        if is_finite_verb(scene.context, token) && token > start {
            verbs += 1;
            break;
        }
        if matches!(word, "." | ";" | "—" | "–") {
            break;
        }
    }
    // "posted the “X” list": a verb that takes only a quotation has it at once, or after a comma or colon.
    let at_once = |opening: usize| opening == start || matches!(scene.word(opening - 1), "," | ":");
    if let Some(opening) = opening.filter(|&opening| takes != Takes::QUOTE || at_once(opening)) {
        let plain_object = takes.has(Takes::OBJECT) && !clausal;
        let gap_is_adjunct = opening <= start + 1
            || is_adjunct(scene, start)
            || takes.has(Takes::PERSON)
            || matches!(scene.word(opening - 1), ":" | ",")
            || matches!(scene.word(opening - 1), "that");
        if verbs == 0 && (plain_object || gap_is_adjunct) {
            let begin = if plain_object { start } else { opening };
            return Some(if scene.is_marked(opening) && !plain_object {
                opening..marked_end(scene, opening)
            } else if plain_object {
                short(scene, begin)
            } else {
                begin..end
            });
        }
    }
    if takes == Takes::QUOTE {
        return None;
    }
    let mut begin = start;
    if takes.has(Takes::PERSON) && !takes.has(Takes::OBJECT) {
        begin = skip_addressee(scene, start);
        if takes.has(Takes::INFINITIVE) && scene.word(begin) == "to" {
            return Some(short(scene, start));
        }
        if begin == start {
            return None;
        }
    }
    if takes.has(Takes::INFINITIVE) && scene.word(begin) == "to" {
        return Some(short(scene, begin));
    }
    if clausal {
        begin = skip_adjuncts(scene, begin);
        let word = scene.word(begin);
        if word == "that" {
            return Some(begin + 1..end);
        }
        if scene.is_marked(begin) || (starts_clause(word) && looks_like_clause(scene.context, begin, end)) {
            return Some(begin..end);
        }
    }
    if takes.has(Takes::OBJECT) {
        let word = scene.word(start);
        let opens = word.chars().any(char::is_alphanumeric)
            && !is_time_word(word)
            && (!is_preposition(word) || matches!(word, "for" | "on" | "to" | "about" | "against"));
        let object = short(scene, start);
        let quoted = object.clone().any(|token| scene.is_marked(token));
        return (opens && quoted).then_some(object);
    }
    None
}

/// Returns the end of a quotation at `token`, and of what follows it to the end of the clause where that belongs to
/// what is said.
fn marked_end(scene: &Scene<'_, '_>, token: usize) -> usize {
    let end = scene.tokens.end;
    let close = (token..end).find(|&at| !scene.is_marked(at)).unwrap_or(end);
    if let Some(next) = next_quotation(scene, close) {
        return marked_end(scene, next);
    }
    // “…” and the report goes on, or ends.
    if matches!(scene.word(close), "" | "." | "," | ";") {
        let more =
            matches!(scene.word(close), ",") && scene.word(close + 1) == "and" && scene.is_marked(close + 2);
        if more {
            return marked_end(scene, close + 2);
        }
        return close;
    }
    let stop = (close..end)
        .find(|&at| !scene.is_marked(at) && matches!(scene.word(at), "," | ";" | "—" | "–"))
        .unwrap_or(end);
    let closed_inside = close > token
        && scene
            .context
            .span(close - 2..close)
            .text(scene.context.text)
            .starts_with([',', '.', '!', '?']);
    if closed_inside || is_clause_word(scene.word(close)) {
        close
    } else {
        stop
    }
}

/// Returns where a quotation begins that goes on with the one that ends at `close`: “A” because “B”, “A” and that “B”. No
/// stop and no other saying stands between them.
fn next_quotation(scene: &Scene<'_, '_>, close: usize) -> Option<usize> {
    let next = (close..scene.tokens.end.min(close + FARTHEST_NEXT)).find(|&at| scene.is_marked(at))?;
    let goes_on = |at: usize| {
        let word = scene.word(at);
        word == "," || word.chars().any(char::is_alphanumeric)
    };
    let told = |at: usize| verb(scene.word(at)).is_some();
    let joined =
        !matches!(scene.word(close), "," | "") || matches!(scene.word(close + 1), "and" | "but" | "or");
    let clear = (close..next)
        .all(|at| (goes_on(at) || scene.word(at) == ",") && !told(at) && !is_time_word(scene.word(at)));
    (next > close && joined && clear).then_some(next)
}

/// Returns true where the words from `start` tell when, where or to whom it is said.
fn is_adjunct(scene: &Scene<'_, '_>, start: usize) -> bool {
    let word = scene.word(start);
    is_preposition(word)
        || is_time_word(word)
        || is_adverb(word)
        || matches!(word, "," | "back" | "aloud" | "out" | "as")
        || scene.is_marked(start)
}

/// Returns true for a word with which a clause can start.
fn starts_clause(word: &str) -> bool {
    !word.is_empty()
        && word.chars().any(char::is_alphanumeric)
        && !matches!(
            word,
            "and" | "or" | "but" | "of" | "for" | "to" | "by" | "as" | "than" | "about" | "with" | "against"
        )
}

/// Returns the first token after whom it is said to: "told reporters he …".
fn skip_addressee(scene: &Scene<'_, '_>, start: usize) -> usize {
    let end = scene.tokens.end.min(start + 12);
    let first = scene.word(start);
    if matches!(first, "me" | "him" | "us" | "them" | "her" | "you" | "it") {
        return start + 1;
    }
    let mut token = start + usize::from(is_determiner(first));
    while token < end {
        let word = scene.word(token);
        let ends = scene.is_marked(token)
            || is_stop(word)
            || (token > start
                && (is_subject_pronoun(word) || is_determiner(word))
                && scene.word(token - 1) != "of")
            || is_time_word(word)
            || matches!(
                word,
                "that" | "to" | "in" | "on" | "at" | "during" | "after" | "how" | "why" | "what" | "whether"
            )
            || (token > start && is_finite_verb(scene.context, token));
        if ends {
            break;
        }
        token += 1;
    }
    token
}

/// Returns the first token after words that tell when and where it is said: "said in a statement on Monday he …".
fn skip_adjuncts(scene: &Scene<'_, '_>, start: usize) -> usize {
    let end = scene.tokens.end.min(start + 20);
    let mut token = start;
    while token < end {
        let word = scene.word(token);
        let is_time = is_time_word(word) && (word != "may" || is_capitalised(scene.context, token));
        let is_manner = is_adverb(word) && !matches!(word, "all" | "both") && token == start;
        if is_time || is_manner {
            token += 1;
        } else if is_preposition(word) && !matches!(word, "of" | "for" | "despite" | "under" | "without") {
            let mut next = token + 1 + usize::from(is_determiner(scene.word(token + 1)));
            while next < end {
                let inner = scene.word(next);
                if is_preposition(inner)
                    || is_time_word(inner)
                    || is_subject_pronoun(inner)
                    || is_determiner(inner)
                    || inner == "that"
                    || is_stop(inner)
                    || scene.is_marked(next)
                {
                    break;
                }
                if is_finite_verb(scene.context, next) {
                    return token;
                }
                next += 1;
            }
            if is_stop(scene.word(next)) && scene.word(next) != "," {
                return token;
            }
            token = next + usize::from(scene.word(next) == ",");
        } else {
            break;
        }
    }
    token
}

/// Returns an object or an infinitive that begins at `start`: up to the end of its clause.
fn short(scene: &Scene<'_, '_>, start: usize) -> Range<usize> {
    let end = (start..scene.tokens.end)
        .find(|&token| {
            let word = scene.word(token);
            !scene.is_marked(token)
                && (matches!(word, "," | ";" | ":" | "." | "—" | "–")
                    || matches!(
                        word,
                        "while" | "because" | "when" | "after" | "before" | "although" | "but"
                    ))
        })
        .unwrap_or(scene.tokens.end);
    start..end
}

/// Returns true where a quotation ends at `token`, or before the comma there, as speech does: with a stop inside.
pub(crate) fn closes_speech(scene: &Scene<'_, '_>, token: usize) -> bool {
    let first = scene.tokens.start;
    if scene.word(token) == "," && !scene.is_marked(token) {
        return token > first && scene.is_marked(token - 1);
    }
    let inside = (first..=token)
        .rev()
        .take_while(|&inside| scene.is_marked(inside))
        .map(|inside| scene.word(inside))
        .find(|word| !matches!(*word, "”" | "\"" | "'" | "’" | "“" | "»" | "''"));
    inside.is_some_and(|word| matches!(word, "," | "." | "!" | "?" | "…" | "..." | "—" | "–" | "-" | "--"))
        || inside.is_some_and(|word| word.ends_with(['.', ',', '!', '?']))
}

/// Returns content without stops and "that" at its ends, and without a source that follows it.
pub(crate) fn cut_content(scene: &Scene<'_, '_>, content: Range<usize>) -> Range<usize> {
    let mut content = content.start.max(scene.tokens.start)..content.end.min(scene.tokens.end);
    if let Some(according) = content.clone().find(|&token| {
        !scene.is_marked(token) && scene.word(token) == "according" && scene.word(token + 1) == "to"
    }) {
        content.end = according;
    }
    // “…,” and then when, where or how it is said.
    if let Some(close) = content.clone().skip(1).find(|&token| {
        let word = scene.word(token);
        !scene.is_marked(token)
            && token > scene.tokens.start
            && closes_speech(scene, token - 1)
            && (matches!(
                word,
                "while" | "as" | "when" | "after" | "in" | "at" | "on" | "during" | "before"
            ) || word.ends_with("ing"))
    }) {
        content.end = close;
    }
    while content.start < content.end
        && !scene.is_marked(content.start)
        && (is_stop(scene.word(content.start)) || scene.word(content.start) == "that")
    {
        content.start += 1;
    }
    while content.start < content.end
        && !scene.is_marked(content.end - 1)
        && is_stop(scene.word(content.end - 1))
    {
        content.end -= 1;
    }
    content
}

#[cfg(test)]
mod tests {
    use crate::quotes::testing::assert_said;

    #[test]
    fn a_clause_goes_on_to_its_next_quotation() {
        assert_said(
            "Ada Brown says “the whole town has gone to sleep” because “nobody asks the people.”",
            &["mixed, Ada Brown: “the whole town has gone to sleep” because “nobody asks the people.”"],
        );
    }

    #[test]
    fn another_saying_ends_it() {
        assert_said(
            "Ada Brown said “it is a trap for us” and Carl Dunn said “it is safe enough.”",
            &[
                "direct, Ada Brown: “it is a trap for us”",
                "direct, Carl Dunn: “it is safe enough.”",
            ],
        );
    }
}
