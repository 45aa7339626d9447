//! "According to X, ..." and "..., according to X".

use super::content::cut_content;
use super::frames::{Frame, content_floor};
use super::phrases::noun_phrase_after;
use super::scene::Scene;
use super::verbs::Takes;

/// Returns the frame of "according to X".
pub(super) fn according(
    scene: &Scene<'_, '_>,
    sentence: usize,
    token: usize,
    found: &[Frame],
) -> Option<Frame> {
    let (reading, marked) = (scene.context, scene.marked);
    let end = scene.tokens.end;
    let source = noun_phrase_after(reading, marked, token + 2, end);
    if source.is_empty() {
        return None;
    }
    let cue = token..token + 2;
    let after = source.end;
    let opens = token == scene.tokens.start
        || (token == scene.tokens.start + 1 && matches!(scene.word(token - 1), "but" | "and" | "meanwhile"));
    let content = if opens {
        let start = after + usize::from(matches!(scene.word(after), "," | ":" | "—"));
        start..end
    } else {
        let floor = content_floor(scene, found, token);
        let stop = token - usize::from(matches!(scene.word(token - 1), "," | "—" | "–"));
        floor..stop
    };
    let content = cut_content(scene, content);
    (!content.is_empty()).then(|| Frame {
        sentence,
        source: Some(source),
        named: None,
        via: None,
        cue,
        contents: vec![content],
        takes: Takes::CLAUSE,
        announces: false,
        in_tree: false,
    })
}

#[cfg(test)]
mod tests {
    use crate::quotes::testing::assert_said;

    #[test]
    fn before_and_after_what_is_said() {
        assert_said(
            "According to Ada Brown, the bridge was closed.",
            &["indirect, Ada Brown: the bridge was closed"],
        );
        assert_said(
            "The bridge was closed, according to two officials.",
            &["indirect, two officials: The bridge was closed"],
        );
    }
}
