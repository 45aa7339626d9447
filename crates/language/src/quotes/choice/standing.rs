//! How one who may speak stands in the sentence and in the report: who else speaks there, and what hangs on what.

use std::ops::Range;

use rashomon_core::{Quote, Span};

use super::Scenery;
use super::edges::SUBJECTS;
use super::speakers::{HIGHEST, Said};
use crate::quotes::tree::Tree;
use crate::quotes::verbs::verb;
use crate::quotes::words::is_finite_verb;

/// How many bytes back another quote of the rules may begin that is heeded, and how many are.
const NEAR: usize = 4000;
const MOST_NEAR: usize = 40;

/// One who may speak.
pub(super) struct Standing<'at> {
    /// The word at the head of the phrase that names them.
    pub(super) head: usize,
    pub(super) span: Span,
    /// What it depends on.
    pub(super) governor: Option<usize>,
    /// The word at the head of what is said.
    pub(super) content_head: Option<usize>,
    pub(super) entity: Option<usize>,
    /// The tokens between it and what is said.
    pub(super) stretch: &'at Range<usize>,
    /// Its sentence.
    pub(super) around: &'at Range<usize>,
}

/// Returns the features of where one who may speak stands.
pub(super) fn standing_features(
    scenery: &Scenery<'_, '_>,
    tree: &Tree<'_, '_>,
    said: &Said<'_>,
    standing: &Standing<'_>,
) -> [f64; 13] {
    let context = scenery.context;
    let Standing {
        head,
        span,
        governor,
        content_head,
        entity,
        stretch,
        around,
    } = *standing;
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let near_quotes = || {
        let start = scenery
            .quotes
            .partition_point(|quote| quote.span.start + NEAR < span.start);
        scenery
            .quotes
            .iter()
            .skip(start)
            .take(MOST_NEAR)
            .filter(|quote| said.rule.is_none_or(|rule| rule.span != quote.span))
    };
    let holds_it = |quote: &Quote| quote.pieces.iter().any(|piece| piece.contains(span));
    let says_it = |quote: &Quote| {
        entity.is_some() && quote.speaker.as_ref().and_then(|speaker| speaker.entity) == entity
    };
    let (mut says_above, mut sayers_above) = (0.0, 0.0);
    let mut node = governor.and_then(|governor| tree.head(governor));
    for _ in 0..HIGHEST {
        let Some(token) = node else { break };
        if verb(context.lower(token)).is_some() && !scenery.is_marked(token) {
            says_above += 1.0;
            sayers_above += flag(tree.child(token, &SUBJECTS).is_some());
        }
        node = tree.head(token);
    }
    let is_said = |token: usize| said.tokens.iter().any(|piece| piece.contains(&token));
    let is_subject = |token: usize| tree.relation(token).starts_with("nsubj");
    let to_quotation = around
        .clone()
        .filter(|&token| scenery.is_marked(token))
        .map(|token| token.abs_diff(head))
        .min();
    [
        flag(near_quotes().any(holds_it)),
        says_above,
        sayers_above,
        stretch
            .clone()
            .filter(|&token| token != head && is_subject(token))
            .count() as f64,
        near_quotes().filter(|quote| says_it(quote)).count() as f64,
        entity.map_or(0.0, |entity| scenery.mentions.count(entity)),
        flag(matches!(
            tree.relation(head),
            "nmod" | "appos" | "conj" | "nmod:poss"
        )),
        tree.range(head).len() as f64,
        flag(governor.is_some_and(|governor| is_finite_verb(context, governor))),
        governor
            .and_then(|governor| tree.child(governor, &["ccomp", "xcomp", "parataxis"]))
            .map_or(0.0, |child| if is_said(child) { 2.0 } else { 1.0 }),
        flag(
            governor
                .zip(content_head)
                .is_some_and(|(governor, content)| tree.range(governor).contains(&content)),
        ),
        to_quotation.map_or(99.0, |distance| distance as f64),
        around.clone().filter(|&token| is_subject(token)).count() as f64,
    ]
}
