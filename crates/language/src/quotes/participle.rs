//! "..., adding that ..." and "..., citing X".

use super::content::{content_after, cut_content};
use super::frames::Frame;
use super::phrases::noun_phrase_after;
use super::scene::{Scene, sentence_subject};
use super::verbs::{Takes, Verb};

/// Returns the frame of "…, adding that …"; "…, citing X" instead names the source of the frame before.
pub(super) fn gerund(
    scene: &Scene<'_, '_>,
    verb: Verb,
    token: usize,
    mut frame: Frame,
    found: &mut [Frame],
) -> Option<Frame> {
    let before = scene.word(frame.cue.start.wrapping_sub(1));
    if matches!(verb.base, "cite" | "quote") {
        let cited = noun_phrase_after(scene.context, scene.marked, token + 1, scene.tokens.end);
        if let Some(last) = found
            .last_mut()
            .filter(|last| last.via.is_none() && !cited.is_empty())
        {
            last.via = last.source.take();
            last.source = Some(cited);
            if let Some(content) = last.contents.last_mut()
                && content.contains(&token)
            {
                content.end = token - usize::from(before == ",");
            }
        }
        return None;
    }
    let joined = matches!(before, "," | "and" | "while" | "by" | "as" | "")
        || scene.is_marked(frame.cue.start.wrapping_sub(1));
    if !joined || verb.takes == Takes::QUOTE {
        return None;
    }
    if found.is_empty() {
        frame.source = Some(sentence_subject(scene, frame.cue.start)?);
    }
    let content = content_after(scene, token + 1, verb)?;
    frame.announces = scene.word(content.start.wrapping_sub(1)) == ":";
    let content = cut_content(scene, content);
    if !content.is_empty() {
        frame.contents.push(content);
    }
    Some(frame)
}

#[cfg(test)]
mod tests {
    use crate::quotes::testing::assert_said;

    #[test]
    fn adding_goes_on_with_the_same_speaker() {
        assert_said(
            "Ada Brown said the bridge was closed, adding that it would open in May.",
            &[
                "indirect, Ada Brown: the bridge was closed",
                "indirect, Ada Brown: it would open in May",
            ],
        );
    }

    #[test]
    fn citing_names_the_source_behind() {
        assert_said(
            "Northland News Agency reported that the bridge was closed, citing Ada Brown.",
            &["indirect, Ada Brown via Northland News Agency: the bridge was closed"],
        );
    }
}
