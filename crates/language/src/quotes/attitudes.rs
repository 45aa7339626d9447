//! What someone wants, fears, supports or criticises, and what is laid on someone without a verb of saying: found
//! in the tree of the sentence.

use std::ops::Range;

use rashomon_core::PartOfSpeech;

use super::content::cut_content;
use super::cues::{CueKind, patterns};
use super::frames::Frame;
use super::scene::Scene;
use super::subjects::{Subject, subject_of};
use super::tree::Tree;
use super::verbs::Takes;
use crate::lemmas::LemmaRules;

/// What follows a cue, and in which pattern of the table.
struct Following {
    pattern: &'static str,
    content: Range<usize>,
}

/// Returns the frame of the cue at `token`, if it is one.
pub(super) fn attitude(
    scene: &Scene<'_, '_>,
    tree: &Tree<'_, '_>,
    sentence: usize,
    token: usize,
) -> Option<Frame> {
    let tag = scene.context.tokens.get(token)?.tag?;
    let kind = match tag {
        PartOfSpeech::Verb if tree.child(token, &["aux:pass", "nsubj:pass"]).is_some() => CueKind::Passive,
        PartOfSpeech::Verb => CueKind::Verb,
        PartOfSpeech::Noun => CueKind::Noun,
        PartOfSpeech::Adj if tree.child(token, &["cop"]).is_some() => CueKind::Adjective,
        _ => return None,
    };
    let known = patterns(kind, &LemmaRules::shipped().lemma(scene.context.word(token), tag));
    if known.is_empty() {
        return None;
    }
    let following = match kind {
        CueKind::Verb | CueKind::Passive => after_verb(scene, tree, token, known)?,
        CueKind::Noun | CueKind::Adjective => after_noun(scene, tree, token, known)?,
    };
    let says_a_clause = following.pattern == "clause";
    let content = cut_content(scene, following.content);
    if content.is_empty() || content.start <= token {
        return None;
    }
    let mut frame = Frame {
        sentence,
        source: None,
        named: None,
        via: None,
        cue: token..token + 1,
        contents: vec![content],
        takes: if says_a_clause {
            Takes::CLAUSE
        } else {
            Takes::OBJECT
        },
        announces: false,
        in_tree: true,
    };
    if kind == CueKind::Passive || known.contains(&"nobody") {
        frame.takes = Takes::OBJECT;
        let subject = tree.child(token, &["nsubj:pass", "nsubj"])?;
        let subject = cut_content(scene, tree.low(subject)..tree.end(subject).min(token));
        if !subject.is_empty() && subject.end <= token {
            frame.contents.insert(0, subject);
        }
        frame.source = tree.child(token, &["obl:agent"]).map(|agent| {
            let range = tree.range(agent);
            range.start + 1..range.end
        });
        return Some(frame);
    }
    let Subject { source, named } = subject_of(scene, tree, token, kind)?;
    frame.source = Some(source);
    frame.named = named;
    Some(frame)
}

/// Returns what follows a verb in one of the patterns.
fn after_verb(
    scene: &Scene<'_, '_>,
    tree: &Tree<'_, '_>,
    verb: usize,
    known: &'static [&'static str],
) -> Option<Following> {
    let after = || tree.children(verb).filter(|&child| child > verb);
    let with = |relation: &str| after().find(|&child| tree.relation(child) == relation);
    let last = after()
        .filter(|&child| match tree.relation(child) {
            "obj" | "iobj" | "obl" | "xcomp" | "ccomp" | "advmod" | "obl:npmod" | "compound:prt" => true,
            // "..., because it was late": why or when it is said, not what.
            "advcl" => !is_aside(scene, tree, child),
            _ => false,
        })
        .map(|child| tree.end(child))
        .max()?;
    let found = |name: &str, content: Range<usize>| {
        known
            .iter()
            .find(|&&pattern| pattern == name)
            .map(|&pattern| Following { pattern, content })
    };
    if let Some(clause) = with("ccomp") {
        return found("clause", tree.range(clause));
    }
    if let Some(object) = with("obj") {
        return found("object", tree.low(object)..last);
    }
    if let Some(complement) = with("xcomp") {
        let marker = tree
            .children(complement)
            .filter(|&child| child < complement)
            .any(|child| scene.word(child) == "to" && matches!(tree.relation(child), "mark" | "aux"));
        let name = if marker {
            "to"
        } else if scene.word(complement).ends_with("ing") {
            "ing"
        } else {
            "complement"
        };
        return found(name, tree.low(complement)..last);
    }
    for child in after().filter(|&child| matches!(tree.relation(child), "obl" | "advcl")) {
        if let Some(marker) = marker_of(tree, verb, child) {
            if scene.word(marker) == "to" && tree.relation(marker) == "mark" {
                return found("to", marker..last);
            }
            return known
                .iter()
                .find(|pattern| pattern.strip_prefix('+') == Some(scene.word(marker)))
                .map(|&pattern| Following {
                    pattern,
                    content: marker + 1..last,
                });
        }
    }
    let clause = with("parataxis")?;
    found("clause", tree.range(clause))
}

/// Returns what follows a noun or an adjective in one of the patterns.
fn after_noun(
    scene: &Scene<'_, '_>,
    tree: &Tree<'_, '_>,
    noun: usize,
    known: &'static [&'static str],
) -> Option<Following> {
    for child in tree.children(noun).filter(|&child| child > noun) {
        if !matches!(
            tree.relation(child),
            "acl" | "ccomp" | "acl:relcl" | "advcl" | "xcomp" | "obl" | "nmod"
        ) {
            continue;
        }
        let Some(marker) = marker_of(tree, noun, child) else {
            continue;
        };
        let word = scene.word(marker);
        let is_mark = tree.relation(marker) == "mark";
        if tree.relation(child) == "acl:relcl" && word != "that" {
            continue;
        }
        let (name, start) = match word {
            "that" | "whether" => ("clause", marker),
            "to" if is_mark => ("to", marker),
            _ => (word, marker + 1),
        };
        return known
            .iter()
            .find(|&&pattern| pattern == name || pattern.strip_prefix('+') == Some(name))
            .map(|&pattern| Following {
                pattern,
                content: start..tree.end(child),
            });
    }
    None
}

/// Returns true for a clause that a comma, or a word like "because", sets apart.
fn is_aside(scene: &Scene<'_, '_>, tree: &Tree<'_, '_>, clause: usize) -> bool {
    let low = tree.low(clause);
    matches!(
        scene.word(low),
        "," | "because" | "while" | "when" | "as" | "although" | "though" | "after" | "even"
    ) || scene.word(low.wrapping_sub(1)) == ","
}

/// Returns the preposition or conjunction of `child` that stands behind `token`.
fn marker_of(tree: &Tree<'_, '_>, token: usize, child: usize) -> Option<usize> {
    tree.children(child)
        .find(|&marker| marker < child && marker > token && matches!(tree.relation(marker), "case" | "mark"))
}

#[cfg(test)]
mod tests {
    use crate::quotes::testing::assert_said;

    #[test]
    fn what_someone_wants_or_criticises() {
        assert_said(
            "Ada Brown wants to rebuild the bridge.",
            &["indirect, Ada Brown: to rebuild the bridge"],
        );
        assert_said(
            "Ada Brown criticised the plan for the bridge.",
            &["indirect, Ada Brown: the plan for the bridge"],
        );
        assert_said(
            "Ada Brown, who opposes the plan, left early.",
            &["indirect, Ada Brown: the plan"],
        );
    }

    #[test]
    fn a_noun_or_an_adjective_tells_it() {
        assert_said(
            "Ada Brown is confident that the bridge will open in May.",
            &["indirect, Ada Brown: the bridge will open in May"],
        );
    }

    #[test]
    fn nobody_stands_behind_what_seems() {
        assert_said(
            "The bridge seems to be closed.",
            &["indirect, nobody: The bridge … to be closed"],
        );
    }

    #[test]
    fn verbs_of_doing_tell_nothing() {
        assert_said("Ada Brown opened the bridge on Monday.", &[]);
    }
}
