//! Where a content ends and another word begins: what the edges of a proposal cut off, and proposals on both sides of a cue.

use std::ops::Range;

use super::Scenery;
use super::contents::{Draft, HIGHEST, LONGEST, words};
use super::words::{relation, tag};
use crate::quotes::tree::Tree;
use crate::quotes::verbs::verb;

/// How a subject hangs on its verb.
pub(super) const SUBJECTS: [&str; 2] = ["nsubj", "nsubj:pass"];
/// How far away another quotation is heeded, in tokens.
const NEAR: usize = 60;
/// How far the phrase at an edge is followed up the tree.
const PHRASE_STEPS: usize = 12;
/// The most contents on both sides of a cue that a sentence gives.
const MOST_AROUND_CUES: usize = 2;

/// Returns contents in two pieces: a sentence without the words that tell who says it.
pub(super) fn around_cues(
    scenery: &Scenery<'_, '_>,
    tree: &Tree<'_, '_>,
    own: &Range<usize>,
    around: &Range<usize>,
) -> Vec<Draft> {
    let context = scenery.context;
    let is_edge = |token: usize| {
        let word = context.lower(token);
        !scenery.is_marked(token) && !word.contains(char::is_alphanumeric)
    };
    let trim = |mut tokens: Range<usize>| {
        while !tokens.is_empty() && is_edge(tokens.start) {
            tokens.start += 1;
        }
        while !tokens.is_empty() && is_edge(tokens.end - 1) {
            tokens.end -= 1;
        }
        tokens
    };
    let mut found = Vec::new();
    for verb_token in around.clone() {
        if scenery.is_marked(verb_token) || verb(context.lower(verb_token)).is_none() {
            continue;
        }
        let Some(subject) = tree.child(verb_token, &SUBJECTS) else {
            continue;
        };
        let phrase = tree.range(subject);
        let mut cue = phrase.start.min(verb_token)..phrase.end.max(verb_token + 1);
        // What hangs on the verb beside it, without the content: "said on Monday".
        for child in tree.children(verb_token) {
            let range = tree.range(child);
            let is_beside = matches!(
                tree.relation(child),
                "advmod" | "aux" | "obl" | "obl:tmod" | "aux:pass" | "compound:prt" | "iobj"
            );
            if is_beside && (range.start == cue.end || range.end == cue.start) {
                cue = cue.start.min(range.start)..cue.end.max(range.end);
            }
        }
        if cue.clone().any(|token| scenery.is_marked(token)) {
            continue;
        }
        let (before, behind) = (trim(around.start..cue.start), trim(cue.end..around.end));
        let holds = |piece: &Range<usize>| piece.start <= own.start && own.end <= piece.end;
        if before.is_empty() || behind.is_empty() || !(holds(&before) || holds(&behind)) {
            continue;
        }
        // A cue stands between commas.
        let is_parted =
            |token: usize| !context.lower(token).contains(char::is_alphanumeric) || scenery.is_marked(token);
        if cue.start > around.start && is_parted(cue.start - 1) {
            found.push(Draft {
                tokens: vec![before, behind],
                steps: 0,
                way: 14,
            });
        }
        if found.len() >= MOST_AROUND_CUES {
            break;
        }
    }
    found
}

/// A proposal whose edges are looked at.
pub(super) struct Edges<'draft> {
    pub(super) draft: &'draft Draft,
    /// From its first to its last token.
    pub(super) whole: &'draft Range<usize>,
    /// Its piece with the quotation.
    pub(super) piece: &'draft Range<usize>,
    /// The sentences it stands in.
    pub(super) around: &'draft Range<usize>,
    /// What the head of the piece depends on.
    pub(super) governor: Option<usize>,
    /// What the rules say is said.
    pub(super) rule_tokens: &'draft [Range<usize>],
}

/// Returns the features of the edges of a proposal.
pub(super) fn edge_features(scenery: &Scenery<'_, '_>, tree: &Tree<'_, '_>, edges: &Edges<'_>) -> [f64; 27] {
    let context = scenery.context;
    let Edges {
        draft,
        whole,
        piece,
        around,
        governor,
        rule_tokens,
    } = *edges;
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let is_saying = |token: usize| !scenery.is_marked(token) && verb(context.lower(token)).is_some();
    let is_word = |token: usize| context.lower(token).contains(char::is_alphanumeric);
    let behind = piece.end..around.end.max(piece.end);
    let before = around.start.min(piece.start)..piece.start;
    let hangs_inside =
        |&token: &usize| is_word(token) && tree.head(token).is_some_and(|head| piece.contains(&head));
    let cut_behind = behind.clone().filter(hangs_inside).count();
    let first_behind = behind.clone().find(hangs_inside);
    let cut_before = before.clone().filter(hangs_inside).count();
    let last_before = before.clone().rev().find(hangs_inside);
    let word_behind = behind.clone().find(|&token| is_word(token));
    let word_before = before.clone().rev().find(|&token| is_word(token));
    // The largest phrases that end and begin the piece, short of the whole.
    let phrase_of = |from: Option<usize>| {
        let mut node = from;
        let mut found = None;
        for _ in 0..PHRASE_STEPS {
            let Some(token) = node else { break };
            let range = tree.range(token);
            if range.len() >= piece.len() || range.start < piece.start || range.end > piece.end {
                break;
            }
            found = Some(token);
            node = tree.head(token);
        }
        found
    };
    let last_phrase = phrase_of(piece.clone().rev().take(LONGEST).find(|&token| is_word(token)));
    let first_phrase = phrase_of(piece.clone().take(LONGEST).find(|&token| is_word(token)));
    let has_subject = |token: usize| tree.child(token, &SUBJECTS).is_some();
    let (mut says_above, mut sayers_above) = (0.0, 0.0);
    let mut node = governor.and_then(|governor| tree.head(governor));
    for _ in 0..HIGHEST {
        let Some(token) = node else { break };
        if is_saying(token) {
            says_above += 1.0;
            sayers_above += flag(has_subject(token));
        }
        node = tree.head(token);
    }
    let sayers_inside = draft
        .tokens
        .iter()
        .cloned()
        .flatten()
        .filter(|&token| !scenery.is_marked(token))
        .take(LONGEST)
        .filter(|&token| is_saying(token) && has_subject(token))
        .count();
    let next_mark =
        (whole.end..context.tokens.len().min(whole.end + NEAR)).find(|&token| scenery.is_marked(token));
    let last_mark = (whole.start.saturating_sub(NEAR)..whole.start)
        .rev()
        .find(|&token| scenery.is_marked(token));
    let hangs_on = |token: Option<usize>| token.map_or(0.0, |token| relation(tree.relation(token)));
    let tag_of = |token: Option<usize>| token.map_or(0.0, |token| tag(scenery, token));
    let length = |token: Option<usize>| token.map_or(0.0, |token| words(scenery, &tree.range(token)));
    let is_inside = |token: Option<usize>| {
        flag(
            token
                .and_then(|token| tree.head(token))
                .is_some_and(|head| piece.contains(&head)),
        )
    };
    let subject_place = governor
        .and_then(|governor| tree.child(governor, &SUBJECTS))
        .map_or(0.0, |subject| {
            if piece.contains(&subject) {
                2.0
            } else if subject < piece.start {
                1.0
            } else {
                3.0
            }
        });
    [
        cut_behind as f64,
        hangs_on(first_behind),
        tag_of(first_behind),
        first_behind.map_or(99.0, |token| (token - piece.end) as f64),
        length(first_behind),
        cut_before as f64,
        hangs_on(last_before),
        hangs_on(last_phrase),
        length(last_phrase),
        tag_of(last_phrase),
        hangs_on(first_phrase),
        length(first_phrase),
        hangs_on(word_behind),
        tag_of(word_behind),
        is_inside(word_behind),
        hangs_on(word_before),
        tag_of(word_before),
        is_inside(word_before),
        subject_place,
        flag(governor.is_some_and(|governor| tree.relation(governor) == "conj")),
        says_above,
        sayers_above,
        sayers_inside as f64,
        rule_tokens
            .first()
            .map_or(0.0, |rule| whole.start as f64 - rule.start as f64),
        rule_tokens
            .last()
            .map_or(0.0, |rule| whole.end as f64 - rule.end as f64),
        next_mark.map_or(99.0, |token| (token - whole.end) as f64),
        last_mark.map_or(99.0, |token| (whole.start - token) as f64),
    ]
}
