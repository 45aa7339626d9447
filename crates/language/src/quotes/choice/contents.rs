//! Stretches of words around a quotation that may be what is said.

use std::ops::Range;

use rashomon_core::{QuoteKind, Span};

use super::Scenery;
use super::edges::{Edges, around_cues, edge_features};
use super::words::{class, relation, tag, takes, which_verb};
use crate::quotes::tree::Tree;
use crate::quotes::verbs::verb;
use crate::quotes::words::is_finite_verb;

/// How far up the tree a proposal may reach.
pub(super) const HIGHEST: usize = 6;
/// The most tokens of a sentence within which proposals are made; in a longer one there are only the rules' and the
/// quotation itself.
pub(super) const LONGEST: usize = 150;
/// From how far away a verb of saying is heeded, in tokens.
const FARTHEST_VERB: usize = 30;

/// What is known of a proposal, in the order of its features.
pub(crate) const CONTENT_FEATURES: [&str; 79] = [
    "is of the rules",
    "is the quotation alone",
    "words shared with the rules",
    "kind by the rules",
    "rules have a cue",
    "rules have a speaker",
    "speaker of the rules inside",
    "cue of the rules inside",
    "words",
    "words in marks",
    "share in marks",
    "words of the quotation",
    "words before",
    "words behind",
    "quotations",
    "opens the sentence",
    "closes the sentence",
    "class before",
    "class before that",
    "class at the start",
    "class behind",
    "class behind that",
    "class at the end",
    "last of the quotation",
    "class before the quotation",
    "class behind the quotation",
    "verbs of saying inside",
    "finite verbs inside",
    "relation of the head",
    "tag of the head",
    "tag of the governor",
    "what the governor takes",
    "place of the governor",
    "heads",
    "verb of saying before",
    "what it takes",
    "verb of saying behind",
    "quotation opens with a capital",
    "capitals in the quotation",
    "sentences",
    "opens the paragraph",
    "quotation in the sentence before",
    "pieces",
    "mark",
    "quotation opens the sentence",
    "relation of the quotation",
    "steps up the tree",
    "way of proposing",
    "verb of the governor",
    "which verb of saying before",
    "word between the verb and the content",
    "cut off behind",
    "relation of what is cut off behind",
    "tag of what is cut off behind",
    "distance of what is cut off behind",
    "words cut off behind",
    "cut off before",
    "relation of what is cut off before",
    "relation of the last phrase",
    "words of the last phrase",
    "tag of the last phrase",
    "relation of the first phrase",
    "words of the first phrase",
    "relation of the word behind",
    "tag of the word behind",
    "word behind hangs inside",
    "relation of the word before",
    "tag of the word before",
    "word before hangs inside",
    "subject of the governor",
    "governor is coordinated",
    "verbs of saying above the governor",
    "sayers above the governor",
    "sayers inside",
    "start against the rules",
    "end against the rules",
    "words to the quotation behind",
    "words to the quotation before",
    "candidates",
];

/// A stretch of words that may be what is said.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    /// Its words, in pieces.
    pub(crate) pieces: Vec<Span>,
    /// Its tokens, in pieces.
    pub(crate) tokens: Vec<Range<usize>>,
    /// The quote of the rules that holds the quotation.
    pub(crate) rule: Option<usize>,
    /// Whether it is the content of that quote.
    pub(crate) is_rule: bool,
    /// The numbers of [`CONTENT_FEATURES`].
    pub(crate) features: [f64; CONTENT_FEATURES.len()],
}

/// A proposal before its features.
pub(super) struct Draft {
    /// Its tokens, in pieces.
    pub(super) tokens: Vec<Range<usize>>,
    /// How many steps up the tree it was found.
    pub(super) steps: usize,
    /// How it was found.
    pub(super) way: u8,
}

/// Returns the proposals for the quotation `mark`; `rules` are the quotes of the rules that hold words of it.
pub(crate) fn proposals(scenery: &Scenery<'_, '_>, mark: usize, rules: &[usize]) -> Vec<Proposal> {
    let Some(marked) = scenery.marked.get(mark) else {
        return Vec::new();
    };
    let context = scenery.context;
    let own = scenery.tokens(marked.span);
    if own.is_empty() {
        return Vec::new();
    }
    let first = context.tokens_of(context.sentence_at(marked.span.start));
    let last = context.tokens_of(context.sentence_at(marked.span.end.saturating_sub(1)));
    let around = first.start..last.end.max(first.end);
    let mut drafts: Vec<Draft> = Vec::new();
    for &rule in rules {
        if let Some(quote) = scenery.quotes.get(rule) {
            drafts.push(Draft {
                tokens: quote.pieces.iter().map(|&piece| scenery.tokens(piece)).collect(),
                steps: 0,
                way: 0,
            });
        }
    }
    let mut add = |tokens: Range<usize>, steps: usize, way: u8| {
        let tokens = trimmed(scenery, tokens, &own);
        drafts.push(Draft {
            tokens: vec![tokens],
            steps,
            way,
        });
    };
    add(own.clone(), 0, 1);
    // What the rules found to be all in marks stays so: a quote is verbatim.
    let is_direct = rules
        .iter()
        .filter_map(|&rule| scenery.quotes.get(rule))
        .any(|quote| quote.kind == QuoteKind::Direct);
    if around.len() <= LONGEST && !is_direct {
        let tree = Tree::new(context, first.clone());
        add(around.start..own.end, 0, 2);
        add(own.start..around.end, 0, 3);
        add(around.clone(), 0, 4);
        // Between stops.
        let stop = |token: usize| {
            !scenery.is_marked(token)
                && matches!(context.lower(token), "," | ":" | ";" | "—" | "–" | "-" | "that")
        };
        let before = (around.start..own.start)
            .rev()
            .find(|&token| stop(token))
            .map(|stop| stop + 1);
        let behind = (own.end..around.end).find(|&token| stop(token));
        if let Some(before) = before {
            add(before..own.end, 0, 5);
        }
        if let Some(behind) = behind {
            add(own.start..behind, 0, 6);
            add(before.unwrap_or(around.start)..behind, 0, 7);
        }
        let inside = own.start..own.end.min(first.end);
        let mut node = top_of(scenery, &tree, &inside);
        for steps in 0..HIGHEST {
            let Some(top) = node else { break };
            let reach = tree.range(top);
            add(reach.clone(), steps, 8);
            add(reach.start..own.end, steps, 9);
            add(own.start..reach.end, steps, 10);
            if top < own.start {
                add(top + 1..reach.end, steps, 11);
                add(top + 1..own.end, steps, 12);
                if let Some(behind) = behind {
                    add(top + 1..behind, steps, 13);
                }
            }
            node = tree.head(top);
        }
        drafts.extend(around_cues(scenery, &tree, &own, &around));
        finish(scenery, &tree, drafts, mark, rules, &own, &around)
    } else {
        let tree = Tree::new(context, 0..0);
        finish(scenery, &tree, drafts, mark, rules, &own, &around)
    }
}

/// Returns a stretch with the quotations whole that it cuts, around its own, without stops and "that" at its ends.
fn trimmed(scenery: &Scenery<'_, '_>, tokens: Range<usize>, own: &Range<usize>) -> Range<usize> {
    let mut tokens = tokens.start.min(own.start)..tokens.end.max(own.end);
    let mark = |token: usize| scenery.marked_tokens.get(token).copied().unwrap_or(0);
    while tokens.start > 0 && mark(tokens.start) > 0 && mark(tokens.start - 1) == mark(tokens.start) {
        tokens.start -= 1;
    }
    while mark(tokens.end - 1) > 0 && mark(tokens.end) == mark(tokens.end - 1) {
        tokens.end += 1;
    }
    let is_edge = |token: usize| {
        let word = scenery.context.lower(token);
        !scenery.is_marked(token) && (word == "that" || !word.contains(char::is_alphanumeric))
    };
    while tokens.start < own.start && is_edge(tokens.start) {
        tokens.start += 1;
    }
    while tokens.end > own.end && is_edge(tokens.end - 1) {
        tokens.end -= 1;
    }
    tokens
}

/// Returns the first word of a stretch whose head stands outside of it.
fn top_of(scenery: &Scenery<'_, '_>, tree: &Tree<'_, '_>, tokens: &Range<usize>) -> Option<usize> {
    tokens.clone().find(|&token| {
        scenery.context.lower(token).contains(char::is_alphanumeric)
            && tree.head(token).is_none_or(|head| !tokens.contains(&head))
    })
}

/// Returns how many words stand in a stretch.
pub(super) fn words(scenery: &Scenery<'_, '_>, tokens: &Range<usize>) -> f64 {
    let words = tokens
        .clone()
        .filter(|&token| scenery.context.lower(token).contains(char::is_alphanumeric));
    words.count() as f64
}

/// Returns the share of the words of two contents that both have.
fn shared(scenery: &Scenery<'_, '_>, one: &[Range<usize>], other: &[Range<usize>]) -> f64 {
    let all: f64 = one.iter().chain(other).map(|piece| words(scenery, piece)).sum();
    let mut both = 0.0;
    for piece in one {
        for second in other {
            let start = piece.start.max(second.start);
            both += words(scenery, &(start..piece.end.min(second.end).max(start)));
        }
    }
    both / (all - both).max(1.0)
}

/// Returns the drafts as proposals, each once.
fn finish(
    scenery: &Scenery<'_, '_>,
    tree: &Tree<'_, '_>,
    drafts: Vec<Draft>,
    mark: usize,
    rules: &[usize],
    own: &Range<usize>,
    around: &Range<usize>,
) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    for draft in drafts {
        let known = proposals.iter().any(|proposal| proposal.tokens == draft.tokens);
        if known || draft.tokens.iter().all(Range::is_empty) {
            continue;
        }
        let is_rule = draft.way == 0;
        let pieces: Vec<Span> = match rules.get(proposals.len()).filter(|_| is_rule) {
            Some(&rule) => scenery
                .quotes
                .get(rule)
                .map_or(Vec::new(), |quote| quote.pieces.clone()),
            None => draft
                .tokens
                .iter()
                .map(|tokens| scenery.context.span(tokens.clone()))
                .collect(),
        };
        let rule = if is_rule {
            rules.get(proposals.len())
        } else {
            rules.first()
        }
        .copied();
        let features = features(scenery, tree, &draft, mark, rule, own, around);
        proposals.push(Proposal {
            pieces,
            tokens: draft.tokens,
            rule,
            is_rule,
            features,
        });
    }
    let count = proposals.len() as f64;
    for proposal in &mut proposals {
        proposal.features[CONTENT_FEATURES.len() - 1] = count;
    }
    proposals
}

/// Returns the features of a proposal.
fn features(
    scenery: &Scenery<'_, '_>,
    tree: &Tree<'_, '_>,
    draft: &Draft,
    mark: usize,
    rule: Option<usize>,
    own: &Range<usize>,
    around: &Range<usize>,
) -> [f64; CONTENT_FEATURES.len()] {
    let context = scenery.context;
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let whole = draft.tokens.first().map_or(own.start, |piece| piece.start)
        ..draft.tokens.last().map_or(own.end, |piece| piece.end);
    // The piece that holds the quotation.
    let piece = draft
        .tokens
        .iter()
        .find(|piece| piece.contains(&own.start))
        .cloned()
        .unwrap_or_else(|| own.clone());
    let quote = rule.and_then(|rule| scenery.quotes.get(rule));
    let inside = |span: Span| {
        let tokens = scenery.tokens(span);
        draft.tokens.iter().any(|piece| piece.contains(&tokens.start))
    };
    let rule_tokens: Vec<Range<usize>> = quote.map_or(Vec::new(), |quote| {
        quote.pieces.iter().map(|&piece| scenery.tokens(piece)).collect()
    });
    let all: f64 = draft.tokens.iter().map(|piece| words(scenery, piece)).sum();
    let in_marks = draft
        .tokens
        .iter()
        .cloned()
        .flatten()
        .filter(|&token| scenery.is_marked(token) && context.lower(token).contains(char::is_alphanumeric))
        .count() as f64;
    let mut marks: Vec<u32> = draft
        .tokens
        .iter()
        .cloned()
        .flatten()
        .filter_map(|token| scenery.marked_tokens.get(token).copied())
        .filter(|&mark| mark > 0)
        .collect();
    marks.dedup();
    let plain = || {
        draft
            .tokens
            .iter()
            .cloned()
            .flatten()
            .filter(|&token| !scenery.is_marked(token))
    };
    let inner = scenery
        .marked
        .get(mark)
        .map_or("", |marked| marked.inner.text(context.text))
        .trim();
    let last = match inner.chars().next_back() {
        Some(',') => 1.0,
        Some('.') => 2.0,
        Some('?' | '!' | '…') => 3.0,
        Some('—' | '–' | '-') => 4.0,
        _ => 0.0,
    };
    let capitals = inner
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count() as f64;
    let top = top_of(scenery, tree, &piece);
    let governor = top.and_then(|top| tree.head(top));
    let heads = piece
        .clone()
        .filter(|&token| {
            context.lower(token).contains(char::is_alphanumeric)
                && tree.head(token).is_none_or(|head| !piece.contains(&head))
        })
        .count();
    let is_saying = |token: usize| !scenery.is_marked(token) && verb(context.lower(token)).is_some();
    let lowest = around.start.max(whole.start.saturating_sub(FARTHEST_VERB));
    let verb_before = (lowest..whole.start).rev().find(|&token| is_saying(token));
    let verb_behind = (whole.end..around.end.min(whole.end + FARTHEST_VERB)).find(|&token| is_saying(token));
    let sentence = context
        .tokens
        .get(own.start)
        .map_or(0, |token| context.sentence_at(token.span.start));
    let last_sentence = context
        .tokens
        .get(own.end - 1)
        .map_or(0, |token| context.sentence_at(token.span.start));
    let paragraph = |sentence: usize| context.sentences.get(sentence).map(|sentence| sentence.paragraph);
    let quotation_before = sentence.checked_sub(1).is_some_and(|before| {
        let tokens = context.tokens_of(before);
        tokens.end > tokens.start && scenery.is_marked(tokens.end - 1)
    });
    let own_top = top_of(scenery, tree, own);
    let mark_kind = match scenery
        .marked
        .get(mark)
        .and_then(|marked| marked.span.text(context.text).chars().next())
    {
        Some('"') => 1.0,
        Some('“') => 2.0,
        Some('‘') => 3.0,
        _ => 4.0,
    };
    let own_features = [
        flag(draft.way == 0),
        flag(whole == *own),
        shared(scenery, &draft.tokens, &rule_tokens),
        quote.map_or(0.0, |quote| match quote.kind {
            QuoteKind::Direct => 3.0,
            QuoteKind::Mixed => 2.0,
            QuoteKind::Indirect => 1.0,
        }),
        flag(quote.is_some_and(|quote| quote.cue.is_some())),
        flag(quote.is_some_and(|quote| quote.speaker.is_some())),
        flag(
            quote
                .and_then(|quote| quote.speaker.as_ref())
                .is_some_and(|speaker| inside(speaker.span)),
        ),
        flag(quote.and_then(|quote| quote.cue).is_some_and(inside)),
        all,
        in_marks,
        in_marks / all.max(1.0),
        words(scenery, own),
        words(scenery, &(whole.start.min(own.start)..own.start)),
        words(scenery, &(own.end..whole.end.max(own.end))),
        marks.len() as f64,
        flag(whole.start <= around.start),
        flag(words(scenery, &(whole.end..around.end.max(whole.end))) == 0.0),
        class(scenery, piece.start.wrapping_sub(1), around),
        class(scenery, piece.start.wrapping_sub(2), around),
        class(scenery, piece.start, around),
        class(scenery, piece.end, around),
        class(scenery, piece.end + 1, around),
        class(scenery, piece.end.wrapping_sub(1), around),
        last,
        class(scenery, own.start.wrapping_sub(1), around),
        class(scenery, own.end, around),
        plain()
            .filter(|&token| verb(context.lower(token)).is_some())
            .count() as f64,
        plain().filter(|&token| is_finite_verb(context, token)).count() as f64,
        top.map_or(0.0, |top| relation(tree.relation(top))),
        top.map_or(0.0, |top| tag(scenery, top)),
        governor.map_or(0.0, |governor| tag(scenery, governor)),
        governor.map_or(0.0, |governor| takes(scenery, governor)),
        governor.map_or(0.0, |governor| governor as f64 - piece.start as f64),
        heads as f64,
        verb_before.map_or(99.0, |verb| (whole.start - verb) as f64),
        verb_before.map_or(0.0, |verb| takes(scenery, verb)),
        verb_behind.map_or(99.0, |verb| (verb - whole.end) as f64),
        flag(inner.starts_with(char::is_uppercase)),
        capitals / (inner.split_whitespace().count() as f64).max(1.0),
        (last_sentence - sentence.min(last_sentence)) as f64,
        flag(sentence == 0 || paragraph(sentence) != paragraph(sentence - 1)),
        flag(quotation_before),
        draft.tokens.len() as f64,
        mark_kind,
        flag(own.start <= around.start),
        own_top.map_or(0.0, |top| relation(tree.relation(top))),
        draft.steps as f64,
        f64::from(draft.way),
        governor.map_or(0.0, |governor| which_verb(scenery, governor)),
        verb_before.map_or(0.0, |verb| which_verb(scenery, verb)),
        verb_before.map_or(-1.0, |verb| class(scenery, verb + 1, around)),
    ];
    let at_edges = edge_features(
        scenery,
        tree,
        &Edges {
            draft,
            whole: &whole,
            piece: &piece,
            around,
            governor,
            rule_tokens: &rule_tokens,
        },
    );
    let mut all_features = [0.0; CONTENT_FEATURES.len()];
    for (place, value) in all_features
        .iter_mut()
        .zip(own_features.into_iter().chain(at_edges))
    {
        *place = value;
    }
    all_features
}
