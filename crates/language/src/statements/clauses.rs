//! Where a sentence is cut into clauses.
//!
//! A cut is made only where both sides keep a verb of their own; a sentence without a safe cut is one clause.

use std::ops::Range;

use crate::context::Context;
use crate::quotes::words::{
    is_adverb, is_adverb_at, is_auxiliary, is_finite_verb, is_mark, is_subject_pronoun, looks_like_clause,
};

/// How far a clause inside another one may reach, in tokens.
const LONGEST_INNER: usize = 40;

/// A stretch of a sentence that is laid on someone, or the words that lay it on someone, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// What is said.
    pub(super) zones: Vec<Range<usize>>,
    /// Where it is told that it is said.
    pub(super) cues: Vec<Range<usize>>,
}

/// A clause of a sentence, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// From its first to after its last token.
    pub(super) tokens: Range<usize>,
    /// Where its verb and those who act are looked for: what is laid on someone, without the words that do so.
    pub(super) core: Range<usize>,
    /// Clauses inside it that are clauses of their own.
    pub(super) inner: Vec<Range<usize>>,
}

/// Returns the clauses of a sentence. `zones` are the stretches that are laid on someone: a clause never crosses the
/// edge of one.
pub(super) fn clauses(
    context: &Context<'_>,
    marked: &[u32],
    sentence: &Range<usize>,
    parts: &Parts,
) -> Vec<Clause> {
    let zones: &[Range<usize>] = &parts.zones;
    let mut cuts: Vec<usize> = vec![sentence.start, sentence.end];
    let mut edges: Vec<usize> = Vec::new();
    for zone in zones {
        edges.extend([zone.start, zone.end]);
    }
    edges.retain(|edge| sentence.contains(edge));
    let mut inner: Vec<Range<usize>> = Vec::new();
    let is_marked = |token: usize| marked.get(token).is_some_and(|&mark| mark > 0);
    let mut start = sentence.start;
    for token in sentence.clone().skip(1) {
        // Inside a quotation only whole sentences are statements; commas there are left alone.
        if is_marked(token) && is_marked(token - 1) && marked.get(token) == marked.get(token - 1) {
            continue;
        }
        if inner.last().is_some_and(|inner| token < inner.end) || token < start + 2 {
            continue;
        }
        let zone_end = edges
            .iter()
            .copied()
            .filter(|&edge| edge > token)
            .min()
            .unwrap_or(sentence.end);
        match cut_at(context, sentence, start, token, zone_end) {
            Some(Cut::Here) => {
                cuts.push(token);
                start = token;
            }
            Some(Cut::Inner(end)) => inner.push(token + 1..end),
            None => {}
        }
    }
    // An opening subordinate clause ends at the comma after which the main clause begins.
    if let Some(comma) = opening_end(context, sentence, &is_marked) {
        cuts.push(comma + 1);
    }
    cuts.extend(&edges);
    cuts.sort_unstable();
    cuts.dedup();
    let crosses = |inner: &Range<usize>| cuts.iter().any(|&cut| inner.start < cut && cut < inner.end);
    inner.retain(|inner| !crosses(inner));
    let pieces: Vec<Range<usize>> = cuts
        .iter()
        .zip(cuts.iter().skip(1))
        .map(|(&from, &to)| from..to)
        .collect();
    let mut merged = merge(context, pieces, parts)
        .into_iter()
        .map(|(tokens, core)| Clause {
            core,
            inner: inner
                .iter()
                .filter(|inner| tokens.start <= inner.start && inner.end <= tokens.end)
                .cloned()
                .collect(),
            tokens,
        })
        .collect::<Vec<_>>();
    merged.extend(inner.into_iter().map(|tokens| Clause {
        core: tokens.clone(),
        tokens,
        inner: Vec::new(),
    }));
    merged.sort_by_key(|clause| (clause.tokens.start, std::cmp::Reverse(clause.tokens.end)));
    merged
}

enum Cut {
    /// A clause begins here.
    Here,
    /// A clause inside the one that goes on begins after the comma here, and ends there.
    Inner(usize),
}

/// Returns the cut at `token`, if there is one: `start` is where the clause under way began.
fn cut_at(
    context: &Context<'_>,
    sentence: &Range<usize>,
    start: usize,
    token: usize,
    zone_end: usize,
) -> Option<Cut> {
    let word = context.lower(token);
    let next = context.lower(token + 1);
    let has_verb_before = || {
        (start..token)
            .rev()
            .take(60)
            .any(|before| is_finite_verb(context, before))
    };
    match word {
        ";" | "—" | "–" if looks_like_clause(context, token + 1, zone_end) && has_verb_before() => {
            Some(Cut::Here)
        }
        "," => {
            let after_conjunction = token + 2;
            match next {
                "and" | "but" | "yet" | "so" | "or" if has_verb_before() => {
                    begins_clause(context, after_conjunction, zone_end).then_some(Cut::Here)
                }
                "who" | "which" | "where" | "whose" => relative(context, token, zone_end, sentence.end),
                "while" | "although" | "though" | "because" | "whereas" | "after" | "when" | "since"
                | "as" | "if" | "before" | "until"
                    if has_verb_before()
                        && looks_like_clause(context, after_conjunction, zone_end.min(token + 16)) =>
                {
                    Some(Cut::Here)
                }
                _ if (is_participle(context, token + 1)
                    || (is_adverb(next) && is_participle(context, token + 2)))
                    && has_verb_before()
                    && zone_end - token > 3 =>
                {
                    Some(Cut::Here)
                }
                _ => None,
            }
        }
        "and" | "but" if context.lower(token - 1) != "," && has_verb_before() => {
            let subject_follows = is_subject_pronoun(next) && is_verb_soon(context, token + 2);
            let verb_follows =
                is_finite_verb(context, token + 1) || (is_adverb(next) && is_finite_verb(context, token + 2));
            (subject_follows || verb_follows).then_some(Cut::Here)
        }
        "while" | "although" | "because" | "whereas" if has_verb_before() => {
            begins_clause(context, token + 1, zone_end).then_some(Cut::Here)
        }
        _ => None,
    }
}

/// Returns true for a participle after a comma that adds what someone does besides: ", heading to the border".
fn is_participle(context: &Context<'_>, token: usize) -> bool {
    let word = context.lower(token);
    word.len() > 5
        && word.ends_with("ing")
        && !matches!(
            word,
            "including"
                | "during"
                | "morning"
                | "evening"
                | "following"
                | "according"
                | "something"
                | "nothing"
                | "everything"
                | "anything"
                | "building"
        )
        && !is_mark(context.lower(token + 1))
}

fn is_verb_soon(context: &Context<'_>, token: usize) -> bool {
    (token..token + 3).any(|token| is_finite_verb(context, token))
}

/// Returns true where a clause with a subject of its own, or with a verb at once, begins at `token`.
fn begins_clause(context: &Context<'_>, token: usize, end: usize) -> bool {
    if is_finite_verb(context, token) {
        return true;
    }
    for at in token..end.min(token + 12) {
        let word = context.lower(at);
        if matches!(word, "," | ";" | ":" | "who" | "which" | "that") {
            return false;
        }
        if at > token && is_finite_verb(context, at) {
            return true;
        }
    }
    false
}

/// Returns the cut of a relative clause after the comma at `token`.
fn relative(context: &Context<'_>, token: usize, end: usize, sentence_end: usize) -> Option<Cut> {
    let limit = end.min(token + LONGEST_INNER);
    let mut seen_verb = false;
    for at in token + 2..limit {
        let word = context.lower(at);
        if seen_verb && word == "," {
            // The main clause goes on where its verb follows.
            let mut after = at + 1;
            while after < end && is_adverb_at(context, after) {
                after += 1;
            }
            if is_finite_verb(context, after) || is_auxiliary(context.lower(after)) {
                return Some(Cut::Inner(at));
            }
        }
        seen_verb |= is_finite_verb(context, at);
    }
    (seen_verb && (end <= limit || end == sentence_end)).then_some(Cut::Here)
}

/// Returns the comma that ends a subordinate clause which opens the sentence: "While …, the mayor …".
fn opening_end(
    context: &Context<'_>,
    sentence: &Range<usize>,
    is_marked: &impl Fn(usize) -> bool,
) -> Option<usize> {
    let first = context.lower(sentence.start);
    if !matches!(
        first,
        "while"
            | "although"
            | "though"
            | "as"
            | "when"
            | "after"
            | "before"
            | "because"
            | "since"
            | "if"
            | "once"
    ) {
        return None;
    }
    let mut seen_verb = false;
    for token in sentence.start + 1..sentence.end.min(sentence.start + LONGEST_INNER) {
        if is_marked(token) {
            return None;
        }
        if context.lower(token) == "," && seen_verb {
            return begins_clause(context, token + 1, sentence.end).then_some(token);
        }
        seen_verb |= is_finite_verb(context, token);
    }
    None
}

/// A piece of a sentence on its way to a clause.
struct Piece {
    tokens: Range<usize>,
    core: Range<usize>,
    zone: Option<usize>,
    has_verb: bool,
}

/// Joins pieces without a verb to a neighbour, first to one in the same zone; gives each clause with its core.
fn merge(
    context: &Context<'_>,
    pieces: Vec<Range<usize>>,
    parts: &Parts,
) -> Vec<(Range<usize>, Range<usize>)> {
    let zone_of = |piece: &Range<usize>| {
        parts
            .zones
            .iter()
            .enumerate()
            .filter(|(_, zone)| zone.start <= piece.start && piece.end <= zone.end)
            .min_by_key(|(_, zone)| zone.len())
            .map(|(index, _)| index)
    };
    let has_verb = |piece: &Range<usize>| {
        let holds = |cue: &Range<usize>| {
            piece.start <= cue.start && cue.end <= piece.end && context.lower(cue.start) != "according"
        };
        let begins = piece.start + usize::from(is_mark(context.lower(piece.start)));
        piece.clone().any(|token| is_finite_verb(context, token))
            || parts.cues.iter().any(holds)
            || (piece.len() > 3
                && (is_participle(context, begins)
                    || (is_adverb_at(context, begins) && is_participle(context, begins + 1))))
    };
    let mut merged: Vec<Piece> = Vec::new();
    for tokens in pieces {
        let next = Piece {
            core: tokens.clone(),
            zone: zone_of(&tokens),
            has_verb: has_verb(&tokens),
            tokens,
        };
        let Some(last) = merged.last_mut() else {
            merged.push(next);
            continue;
        };
        let takes_next = !next.has_verb && (next.zone.is_none() || last.has_verb || last.zone == next.zone);
        if takes_next && (last.has_verb || !next.has_verb) {
            last.tokens.end = next.tokens.end;
            if next.zone == last.zone {
                last.core.end = next.core.end;
            }
        } else if !last.has_verb {
            // What opens a sentence without a verb belongs to what follows: "According to X, ...".
            last.tokens.end = next.tokens.end;
            last.core = if next.zone == last.zone {
                last.core.start..next.core.end
            } else {
                next.core
            };
            last.zone = next.zone;
            last.has_verb = next.has_verb;
        } else {
            merged.push(next);
        }
    }
    merged
        .into_iter()
        .map(|piece| (piece.tokens, piece.core))
        .collect()
}
