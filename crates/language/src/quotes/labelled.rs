//! "Ada Brown: “We will rebuild.”": a name as a label of what is said.

use rashomon_core::PartOfSpeech;

use super::frames::Frame;
use super::scene::Scene;
use super::verbs::Takes;

/// The longest label, in tokens.
const LONGEST_LABEL: usize = 8;

/// Returns the frame of the mark at `token` where only a name stands before it in the sentence, and a quotation or, after a
/// colon, anything behind it.
pub(super) fn labelled(scene: &Scene<'_, '_>, sentence: usize, token: usize) -> Option<Frame> {
    let (first, end) = (scene.tokens.start, scene.tokens.end);
    let quoted = scene.is_marked(token + 1);
    if token == first || token - first > LONGEST_LABEL || token + 3 > end {
        return None;
    }
    let tag = |token: usize| scene.context.tokens.get(token).and_then(|token| token.tag);
    let is_name = (first..token).all(|token| {
        matches!(
            tag(token),
            Some(PartOfSpeech::Propn | PartOfSpeech::Cconj | PartOfSpeech::Punct)
        ) || (quoted
            && matches!(
                tag(token),
                Some(PartOfSpeech::Noun | PartOfSpeech::Adj | PartOfSpeech::Adp)
            ))
    });
    let has_name = (first..token).any(|token| tag(token) == Some(PartOfSpeech::Propn));
    let starts_clause = quoted || (scene.word(token) == ":" && token - first <= 4);
    if !is_name || !has_name || !starts_clause || scene.is_marked(first) {
        return None;
    }
    let end = if quoted {
        (token + 1..end)
            .take_while(|&token| scene.is_marked(token))
            .last()?
            + 1
    } else {
        end
    };
    let content = token + 1..end;
    Some(Frame {
        sentence,
        source: Some(first..token),
        named: None,
        via: None,
        cue: token..token + 1,
        contents: vec![content],
        takes: Takes::CLAUSE,
        announces: true,
        in_tree: false,
    })
}

#[cfg(test)]
mod tests {
    use crate::quotes::testing::assert_said;

    #[test]
    fn a_name_and_a_colon() {
        assert_said(
            "Ada Brown: “We will rebuild the bridge.”",
            &["direct, Ada Brown: “We will rebuild the bridge.”"],
        );
        assert_said("Northport: the bridge is closed.", &[]);
    }
}
