//! "According to X, ...", "..., according to X" and "In a poll by X, ...".

use super::content::cut_content;
use super::frames::{Frame, content_floor};
use super::phrases::noun_phrase_after;
use super::scene::Scene;
use super::tree::Tree;
use super::verbs::Takes;
use super::words::is_preposition;

/// The longest phrase that names a poll, in tokens.
const LONGEST_POLL: usize = 16;

/// Returns the frame of "In a poll by X, ..." where it opens the sentence at `token`.
pub(super) fn in_a_poll(scene: &Scene<'_, '_>, sentence: usize, token: usize) -> Option<Frame> {
    if token != scene.tokens.start || scene.is_marked(token) {
        return None;
    }
    let end = scene.tokens.end;
    let comma = (token..end.min(token + LONGEST_POLL)).find(|&token| scene.word(token) == ",")?;
    let is_poll = |token: usize| matches!(scene.word(token), "poll" | "polls" | "survey" | "surveys");
    // The poll itself, not "in the weeks before the poll".
    let head = (token + 1..comma)
        .take_while(|&token| !is_preposition(scene.word(token)))
        .find(|&token| is_poll(token))?;
    let content = cut_content(scene, comma + 1..end);
    (head > token && content.len() > 3).then(|| Frame {
        sentence,
        source: Some(token + 1..comma),
        named: None,
        via: None,
        cue: token..token + 1,
        contents: vec![content],
        takes: Takes::CLAUSE,
        announces: false,
        in_tree: false,
    })
}

/// Returns how many words from `token` on lay the sentence on whom they are followed by: "according to", "in the words of".
pub(super) fn lays_on(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let word = |offset: usize| scene.word(token + offset);
    match word(0) {
        "according" if word(1) == "to" => Some(2),
        "in" if word(1) == "the" && word(2) == "words" && word(3) == "of" => {
            let apart = token == scene.tokens.start || scene.word(token - 1) == ",";
            apart.then_some(4)
        }
        _ => None,
    }
}

/// Returns the frame of "according to X", where the words that lay the sentence on X are `words` long.
pub(super) fn according(
    scene: &Scene<'_, '_>,
    tree: &Tree<'_, '_>,
    sentence: usize,
    token: usize,
    words: usize,
    found: &[Frame],
) -> Option<Frame> {
    let (reading, marked) = (scene.context, scene.marked);
    let end = scene.tokens.end;
    let mut source = noun_phrase_after(reading, marked, token + words, end);
    // "according to interviews with residents": as far as the tree has it, up to a comma.
    if let Some(noun) = tree.head(token).filter(|noun| source.contains(noun)) {
        let reach = (source.end..tree.end(noun).min(end))
            .find(|&token| scene.is_marked(token) || !scene.word(token).contains(char::is_alphanumeric))
            .unwrap_or(tree.end(noun));
        source.end = source.end.max(reach);
    }
    if source.is_empty() {
        return None;
    }
    let cue = token..token + words;
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
    fn in_the_words_of_someone() {
        assert_said(
            "In the words of Ada Brown, the bridge is a trap for the poor.",
            &["indirect, Ada Brown: the bridge is a trap for the poor"],
        );
        assert_said("The mayor found peace in the words of the song.", &[]);
    }

    #[test]
    fn a_poll_that_opens_the_sentence() {
        assert_said(
            "In a poll released on Monday, most residents were against the bridge.",
            &["indirect, poll: most residents were against the bridge"],
        );
    }

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
