//! "X quoted Y as saying ..." and "Y was quoted as saying ... by X".

use super::content::{content_after, cut_content};
use super::frames::{Frame, content_floor};
use super::phrases::{noun_phrase_after, subject_before};
use super::scene::Scene;
use super::verb_group::Group;
use super::verbs::verb;

/// Returns the frame of "X quoted Y as saying …" and "Y was quoted as saying by X".
pub(super) fn quoted_as_saying(
    scene: &Scene<'_, '_>,
    token: usize,
    group: &Group,
    passive: bool,
    mut frame: Frame,
    found: &[Frame],
) -> Option<Frame> {
    let (reading, marked, first, end) = (scene.context, scene.marked, scene.tokens.start, scene.tokens.end);
    let saying = (token + 1..end.min(token + 40))
        .find(|&at| scene.word(at) == "saying" && scene.word(at - 1) == "as" && !scene.is_marked(at))?;
    let subject = subject_before(reading, marked, first, group.start);
    let edge;
    if passive {
        edge = subject.start.checked_sub(1);
        frame.source = Some(subject);
        let by = (token + 1..end.min(saying + 4)).find(|&at| matches!(scene.word(at), "by" | "in"));
        frame.via = by
            .map(|by| noun_phrase_after(reading, marked, by + 1, end))
            .filter(|via| !via.is_empty());
    } else {
        edge = subject.start.checked_sub(1);
        frame.via = Some(subject).filter(|via| !via.is_empty());
        frame.source = Some(token + 1..saying - 1).filter(|source| !source.is_empty());
    }
    frame.cue = saying - 1..saying + 1;
    let edge = edge.filter(|&edge| edge >= first && (scene.is_marked(edge) || scene.word(edge) == ","));
    let before = edge.map(|edge| cut_content(scene, content_floor(scene, found, edge)..edge + 1));
    if let Some(content) = before.filter(|content| content.len() > 2) {
        frame.contents.push(content);
        return Some(frame);
    }
    let content = content_after(scene, saying + 1, verb("said")?)?;
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
    fn the_speaker_stands_behind_the_agency() {
        assert_said(
            "“The bridge is safe,” Northland News Agency quoted the head of the office, Ada Brown, as saying last week.",
            &["direct, Ada Brown via Northland News Agency: “The bridge is safe,”"],
        );
        assert_said(
            "Ada Brown was quoted as saying that the bridge was safe.",
            &["indirect, Ada Brown: the bridge was safe"],
        );
    }
}
