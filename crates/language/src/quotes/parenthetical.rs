//! "The bridge, she said, is closed": a saying between two commas.

use super::content::cut_content;
use super::frames::{Frame, content_floor};
use super::phrases::{noun_phrase_after, subject_before};
use super::scene::Scene;
use super::verb_group::group;
use super::verbs::{Form, Takes, Verb};

/// Returns the frame of a saying at `token` with a comma before it and another behind it: what is said stands around it.
pub(super) fn parenthetical(
    scene: &Scene<'_, '_>,
    sentence: usize,
    token: usize,
    verb: Verb,
    found: &[Frame],
) -> Option<Frame> {
    let tells = verb.takes.has(Takes::CLAUSE) && verb.form != Form::Gerund;
    let group = group(scene, token);
    if !tells || group.be {
        return None;
    }
    let first = scene.tokens.start;
    let is_comma = |token: usize| scene.word(token) == "," && !scene.is_marked(token);
    let (source, start, end) = if is_comma(token + 1) {
        let subject = subject_before(scene.context, scene.marked, first, group.start);
        let start = subject.start;
        (subject, start, token + 1)
    } else {
        let subject = noun_phrase_after(scene.context, scene.marked, token + 1, scene.tokens.end);
        let end = subject.end;
        (subject, group.start, end)
    };
    if source.is_empty() || start <= first + 1 || !is_comma(start - 1) || !is_comma(end) {
        return None;
    }
    let before = cut_content(scene, content_floor(scene, found, start - 1)..start - 1);
    let after = cut_content(scene, end + 1..scene.tokens.end);
    let quoted = |token: usize| scene.is_marked(token);
    if before.is_empty() || after.len() < 2 || before.clone().any(quoted) {
        return None;
    }
    Some(Frame {
        sentence,
        source: Some(source),
        named: None,
        via: None,
        cue: group.start..token + 1,
        contents: vec![before, after],
        takes: verb.takes,
        announces: false,
        in_tree: false,
    })
}

#[cfg(test)]
mod tests {
    use crate::quotes::testing::assert_said;

    #[test]
    fn what_is_said_stands_around_it() {
        assert_said(
            "The old bridge over the river, Ada Brown said, is not safe.",
            &["indirect, Ada Brown: The old bridge over the river … is not safe"],
        );
    }
}
