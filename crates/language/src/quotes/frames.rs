//! Where a sentence tells that something is said: the words that tell it, who says it, and what is said.

use std::ops::Range;

use rashomon_core::PartOfSpeech;

use super::according::{according, in_a_poll, lays_on};
use super::attitudes::attitude;
use super::content::cut_content;
use super::cues::CueKind;
use super::labelled::labelled;
use super::parenthetical::parenthetical;
use super::said::said;
use super::scene::Scene;
use super::subjects::{Subject, subject_at, subject_of};
use super::tree::Tree;
use super::verbs::{Form, Takes, verb};
use super::words::{is_clause_word, is_subject_pronoun};
use crate::context::Context;

/// A saying that a sentence tells of, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The sentence.
    pub(crate) sentence: usize,
    /// Who says it; `None` where the one before goes on: "adding that ...".
    pub(crate) source: Option<Range<usize>>,
    /// The words that name the source, where `source` is a pronoun that stands for them: "the mayor, who".
    pub(crate) named: Option<Range<usize>>,
    /// Through whom it comes: "X quoted Y as saying".
    pub(crate) via: Option<Range<usize>>,
    /// The words that tell of the saying.
    pub(crate) cue: Range<usize>,
    /// What is said, in pieces; empty where it follows in the next sentence.
    pub(crate) contents: Vec<Range<usize>>,
    /// What the verb makes of it.
    pub(crate) takes: Takes,
    /// Whether a colon after the cue announces what comes next.
    pub(crate) announces: bool,
    /// Whether the tree of the sentence told it: then it may have no source at all, and its cue need not tell of speech.
    pub(crate) in_tree: bool,
}

/// The most tokens that are read as one sentence: what has more is no sentence, and is read in parts, so that the
/// time stays linear.
pub(super) const LONGEST_SENTENCE: usize = 400;

/// Returns the sayings that a sentence tells of, in order.
pub(crate) fn frames(context: &Context<'_>, marked: &[u32], sentence: usize) -> Vec<Frame> {
    let tokens = context.tokens_of(sentence);
    tokens
        .clone()
        .step_by(LONGEST_SENTENCE)
        .flat_map(|start| {
            let part = start..tokens.end.min(start + LONGEST_SENTENCE);
            frames_in(context, marked, sentence, part)
        })
        .collect()
}

/// Returns the sayings of a sentence, or of a part of a very long one.
fn frames_in(context: &Context<'_>, marked: &[u32], sentence: usize, tokens: Range<usize>) -> Vec<Frame> {
    let scene = Scene {
        context,
        marked,
        tokens,
    };
    let mut found: Vec<Frame> = Vec::new();
    let tree = Tree::new(context, scene.tokens.clone());
    let mut told: Vec<Frame> = Vec::new();
    let mut token = scene.tokens.start;
    while token < scene.tokens.end {
        if scene.is_marked(token) {
            token += 1;
            continue;
        }
        let word = context.lower(token);
        let mut frame = if let Some(words) = lays_on(&scene, token) {
            according(&scene, &tree, sentence, token, words, &found)
        } else if word == "in" {
            in_a_poll(&scene, sentence, token)
        } else if matches!(word, ":" | "-" | "—" | "–" | "--") {
            labelled(&scene, sentence, token)
        } else if let Some(verb) = verb(word) {
            said(&scene, sentence, token, verb, &mut found)
                .or_else(|| parenthetical(&scene, sentence, token, verb, &found))
        } else {
            None
        };
        if let Some(frame) = &mut frame {
            // "went on to say"
            if let Some(source) = &frame.source
                && source.len() == 1
                && scene.word(source.start) == "to"
                && let Some(subject) = subject_of(&scene, &tree, token, CueKind::Verb)
            {
                frame.source = Some(subject.source);
                frame.named = subject.named;
            }
            reach_over_the_quotation(&scene, &tree, frame, token);
            end_with_the_clause(&scene, &tree, frame, token);
        }
        let of_a_quality = |frame: &Frame| {
            frame.via.is_none()
                && !frame.announces
                && !frame.takes.has(Takes::CLAUSE)
                && !frame.takes.has(Takes::THAT)
        };
        // "..., citing X" has told on whose word the frame before rests.
        let cites = !found.is_empty()
            && verb(context.lower(token))
                .is_some_and(|verb| verb.base == "cite" && verb.form == Form::Gerund);
        if !cites
            && frame.as_ref().is_none_or(of_a_quality)
            && let Some(attitude) = attitude(&scene, &tree, sentence, token)
        {
            match &mut frame {
                Some(frame) if attitude.source.is_some() => frame.contents = attitude.contents,
                Some(_) => {}
                None => told.push(attitude),
            }
        }
        if let Some(mut frame) = frame {
            cut_earlier(&scene, &mut found, &frame);
            subject_by_the_tree(&scene, &tree, &found, &mut frame, token);
            token = (token + 1).max(frame.cue.end);
            found.push(frame);
        } else {
            token += 1;
        }
    }
    found.retain(|frame| !frame.contents.is_empty() || frame.announces);
    add_told(&scene, &mut found, told);
    found
}

/// Gives a frame the subject that its verb has in the tree, where the words beside the verb name another: "The letter
/// obtained by the paper warns".
fn subject_by_the_tree(
    scene: &Scene<'_, '_>,
    tree: &Tree<'_, '_>,
    earlier: &[Frame],
    frame: &mut Frame,
    token: usize,
) {
    let is_verb = |tag: Option<PartOfSpeech>| tag == Some(PartOfSpeech::Verb);
    if frame.via.is_some()
        || !scene
            .context
            .tokens
            .get(token)
            .is_some_and(|token| is_verb(token.tag))
    {
        return;
    }
    let own = tree
        .children(token)
        .find(|&child| tree.relation(child) == "nsubj");
    let found = match own {
        Some(subject) => subject_at(scene, tree, token, subject),
        None if matches!(
            tree.relation(token),
            "conj" | "advcl" | "xcomp" | "acl" | "acl:relcl"
        ) =>
        {
            subject_of(scene, tree, token, CueKind::Verb)
        }
        None => None,
    };
    // "She said that he left, adding that ...": one of whom she speaks adds nothing.
    let is_told_of = |found: &Subject| {
        let mut contents = earlier.iter().flat_map(|frame| &frame.contents);
        contents.any(|content| content.contains(&found.source.start))
    };
    let Some(found) = found.filter(|found| !found.source.is_empty() && !is_told_of(found)) else {
        return;
    };
    let overlaps = |range: &Range<usize>| range.start < found.source.end && found.source.start < range.end;
    let beside: Vec<&Range<usize>> = [&frame.source, &frame.named].into_iter().flatten().collect();
    let known = beside.iter().any(|range| overlaps(range)) || frame.contents.iter().any(overlaps);
    // What stands beside the verb is no subject of anything: "The letter obtained by the paper".
    let no_subject = |range: &Range<usize>| {
        range
            .clone()
            .find(|&token| tree.head(token).is_none_or(|head| !range.contains(&head)))
            .is_some_and(|top| {
                let relation = tree.relation(top);
                ["obl", "nmod", "obj", "advmod", "advcl", "acl"]
                    .iter()
                    .any(|other| relation.starts_with(other))
            })
    };
    let marked = found.source.clone().any(|token| scene.is_marked(token));
    if known || marked || !beside.into_iter().all(no_subject) {
        return;
    }
    frame.source = Some(found.source);
    frame.named = found.named;
}

/// Takes in what stands beside a quotation in the clause that is said: "vowed to be “fast” and to stay".
fn reach_over_the_quotation(scene: &Scene<'_, '_>, tree: &Tree<'_, '_>, frame: &mut Frame, token: usize) {
    if frame.announces || frame.via.is_some() {
        return;
    }
    let [content] = frame.contents.as_mut_slice() else {
        return;
    };
    if content.start <= token || content.start >= content.end {
        return;
    }
    let clause = tree
        .children(token)
        .filter(|&child| child > token && matches!(tree.relation(child), "ccomp" | "xcomp" | "obj"))
        .map(|child| tree.range(child))
        .find(|clause| clause.start > token && clause.start < content.end && content.start < clause.end);
    let Some(clause) = clause else { return };
    let mut whole = content.clone();
    if scene.is_marked(content.start) {
        whole.start = whole.start.min(clause.start);
    }
    if scene.is_marked(content.end - 1) {
        whole.end = whole.end.max(clause.end);
    }
    *content = cut_content(scene, whole);
}

/// Ends what a frame says where the tree joins another verb to the one that tells of the saying: "said A, but left".
fn end_with_the_clause(scene: &Scene<'_, '_>, tree: &Tree<'_, '_>, frame: &mut Frame, token: usize) {
    for content in frame.contents.iter_mut().filter(|content| content.start > token) {
        let edge = tree
            .children(token)
            .filter(|&child| tree.relation(child) == "conj" && !scene.is_marked(child))
            .map(|child| tree.low(child))
            // "said that A and that B"
            .filter(|&low| (low..low + 3).all(|token| scene.word(token) != "that"))
            .find(|low| *low > content.start + 1 && *low < content.end);
        if let Some(edge) = edge {
            *content = cut_content(scene, content.start..edge);
        }
    }
}

/// Adds the frames that the tree tells of. What stands inside of another's words is left out, but for a saying inside of
/// them: "she wants to show that, as he said, ...".
fn add_told(scene: &Scene<'_, '_>, found: &mut Vec<Frame>, told: Vec<Frame>) {
    let holds = |outer: &Frame, inner: &Frame| {
        outer
            .contents
            .iter()
            .any(|content| content.contains(&inner.cue.start))
    };
    // "She said he believed that ...": a pronoun inside adds nobody, a name does.
    let names_another = |frame: &Frame| {
        frame.source.as_ref().is_some_and(|source| {
            source.len() > 1
                || !(is_subject_pronoun(scene.word(source.start)) || is_clause_word(scene.word(source.start)))
        })
    };
    let tells_of_speech =
        |frame: &Frame| frame.takes.has(Takes::CLAUSE) && !frame.in_tree && names_another(frame);
    for frame in told {
        let shares_words = |other: &Frame| {
            let touches = |range: &Range<usize>| {
                frame
                    .contents
                    .iter()
                    .chain([&frame.cue])
                    .any(|own| own.start < range.end && range.start < own.end)
            };
            other.contents.iter().chain([&other.cue]).any(touches)
        };
        if !found
            .iter()
            .any(|other| shares_words(other) && !holds(&frame, other))
        {
            found.push(frame);
        }
    }
    let outer: Vec<bool> = found
        .iter()
        .map(|frame| {
            tells_of_speech(frame)
                || !found
                    .iter()
                    .any(|other| !std::ptr::eq(other, frame) && holds(other, frame) && !holds(frame, other))
        })
        .collect();
    let mut outer = outer.into_iter();
    found.retain(|_| outer.next().unwrap_or(true));
    found.sort_by_key(|frame| frame.cue.start);
}

/// Ends what an earlier frame said where a later one begins of its own: "X said A, but Y said B".
fn cut_earlier(scene: &Scene<'_, '_>, found: &mut Vec<Frame>, frame: &Frame) {
    // Where what stands before the cue holds an earlier saying with a quotation, the quotation is the later's.
    let before: Vec<&Range<usize>> = frame
        .contents
        .iter()
        .filter(|content| content.end <= frame.cue.start)
        .collect();
    if !before.is_empty() {
        found.retain(|earlier| {
            let inside = before
                .iter()
                .any(|content| content.contains(&earlier.cue.start) && !earlier.contents.is_empty());
            let quotes = || {
                earlier
                    .contents
                    .iter()
                    .cloned()
                    .flatten()
                    .any(|token| scene.is_marked(token))
            };
            !(inside && quotes())
        });
    }
    let mut start = frame
        .source
        .as_ref()
        .map_or(frame.cue.start, |source| source.start);
    start = start.min(frame.cue.start);
    if let (Some(outer), Some(last)) = (before.first(), found.last_mut()) {
        for content in last
            .contents
            .iter_mut()
            .filter(|content| outer.contains(&content.start))
        {
            content.end = content.end.min(outer.end).max(content.start);
        }
    }
    let Some(last) = found.last_mut() else { return };
    let before = scene.word(start.wrapping_sub(1));
    let earlier = scene.word(start.wrapping_sub(2));
    let edge = match before {
        "," | ";" | "—" | "–" => start - 1,
        "and" | "but" | "while" | "though" | "although" | "as" | "whereas" => {
            if earlier == "," {
                start - 2
            } else {
                start - 1
            }
        }
        _ => return,
    };
    if let Some(content) = last.contents.last_mut()
        && content.start < edge
        && edge < content.end
        && last.cue.end <= content.start
    {
        content.end = edge;
    }
}

/// Returns where the sentence begins after a dateline: "NORTHPORT, Northland (NNA) — At least two people ...".
fn after_dateline(scene: &Scene<'_, '_>) -> usize {
    let start = scene.tokens.start;
    let is_capitals = |token: usize| {
        let word = scene.context.word(token);
        word.len() > 2 && word.chars().all(|letter| letter.is_uppercase() || letter == '-')
    };
    if start >= scene.tokens.end || !is_capitals(start) || scene.is_marked(start) {
        return start;
    }
    (start..scene.tokens.end.min(start + 14))
        .find(|&token| matches!(scene.word(token), "—" | "–" | "--" | "-"))
        .map_or(start, |dash| dash + 1)
}

/// Returns where content that stands before its cue can begin: after the frame before, or at the sentence's start.
pub(super) fn content_floor(scene: &Scene<'_, '_>, found: &[Frame], limit: usize) -> usize {
    let mut floor = after_dateline(scene);
    if let Some(last) = found.last() {
        let said_before = last.contents.iter().all(|content| content.end <= last.cue.start);
        let end = last
            .source
            .as_ref()
            .map_or(0, |source| source.end)
            .max(last.cue.end);
        // "X said A, Y reported": what Y reports is all of "X said A".
        if said_before {
            floor = end;
        }
    }
    while floor < limit
        && (matches!(scene.word(floor), "but" | "and" | "," | "." | ";" | ":" | "yet")
            && !scene.is_marked(floor))
    {
        floor += 1;
    }
    floor
}

#[cfg(test)]
mod tests {
    use crate::quotes::testing::assert_said;

    #[test]
    fn the_subject_of_the_tree_speaks() {
        assert_said(
            "Ada Brown, in a statement released by the campaign on Thursday, said the bridge was closed.",
            &["indirect, Ada Brown: the bridge was closed"],
        );
        assert_said(
            "Ada Brown said that Carl Dunn had left, adding that the bridge was closed.",
            &[
                "indirect, Ada Brown: Carl Dunn had left",
                "indirect, Ada Brown: the bridge was closed",
            ],
        );
    }
}
