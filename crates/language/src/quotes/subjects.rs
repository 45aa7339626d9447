//! Who holds what a cue tells of, by the tree of the sentence.

use std::ops::Range;

use rashomon_core::SourceKind;

use super::cues::CueKind;
use super::scene::Scene;
use super::sources::noun_kind;
use super::tree::Tree;

/// How many heads are asked for a subject at most.
const FARTHEST: usize = 6;

/// A subject, in tokens.
pub(super) struct Subject {
    /// Its words beside the cue: "who".
    pub(super) source: Range<usize>,
    /// The words that name it, where these are a pronoun's: "the mayor, who".
    pub(super) named: Option<Range<usize>>,
}

/// Returns who holds what the cue at `cue` tells of.
pub(super) fn subject_of(
    scene: &Scene<'_, '_>,
    tree: &Tree<'_, '_>,
    cue: usize,
    kind: CueKind,
) -> Option<Subject> {
    let mut verb = cue;
    let mut may_follow = false;
    if kind == CueKind::Noun {
        if let Some(owner) = tree.child(cue, &["nmod:poss"]) {
            return Some(plain(tree.range(owner)));
        }
        let by = tree.children(cue).find(|&child| {
            child > cue
                && tree.relation(child) == "nmod"
                && matches!(scene.word(tree.low(child)), "by" | "from" | "among")
        });
        if let Some(by) = by {
            return Some(plain(tree.low(by) + 1..tree.end(by)));
        }
        // "he has no intention of ...": the one who has it
        verb = tree.head(cue)?;
        if !matches!(tree.relation(cue), "obj" | "obl" | "xcomp") {
            return None;
        }
    }
    for _ in 0..FARTHEST {
        if let Some(subject) = tree.children(verb).find(|&child| {
            // "After saying so, the mayor left": the subject of the clause around may stand behind.
            (child < cue || may_follow) && matches!(tree.relation(child), "nsubj" | "nsubj:pass")
        }) {
            return subject_at(scene, tree, verb, subject);
        }
        let head = tree.head(verb)?;
        may_follow = tree.relation(verb) == "advcl" && head > verb;
        match tree.relation(verb) {
            "conj" | "advcl" | "parataxis" => verb = head,
            "xcomp" => {
                if let Some(object) = tree.child(head, &["obj", "iobj"]).filter(|&object| object < verb) {
                    return Some(plain(tree.range(object)));
                }
                verb = head;
            }
            // "issued a statement saying": the one who issued it
            "acl"
                if matches!(tree.relation(head), "obj" | "obl")
                    && noun_kind(scene.word(head)) == Some(SourceKind::Document)
                    && let Some(outer) = tree.head(head) =>
            {
                verb = outer;
            }
            "acl" | "acl:relcl" => {
                // "by the failure to ...": without the preposition
                let start = tree
                    .children(head)
                    .take_while(|&child| tree.relation(child) == "case")
                    .last()
                    .map_or(tree.low(head), |case| case + 1);
                let range = start..tree.low(verb).max(start);
                return (!range.is_empty()).then(|| plain(range));
            }
            _ => return None,
        }
    }
    None
}

/// Returns the subject at `subject` of the verb at `verb`.
pub(super) fn subject_at(
    scene: &Scene<'_, '_>,
    tree: &Tree<'_, '_>,
    verb: usize,
    subject: usize,
) -> Option<Subject> {
    let word = scene.word(subject);
    // "What do you think of it?": nobody.
    if word == "you" || (matches!(word, "it" | "there") && scene.word(subject + 1) == "'s") {
        return None;
    }
    let end = if subject < verb {
        tree.end(subject).min(verb)
    } else {
        tree.end(subject)
    };
    let source = tree.low(subject)..end.max(subject + 1);
    if matches!(word, "who" | "which" | "that")
        && tree.relation(verb) == "acl:relcl"
        && let Some(noun) = tree.head(verb)
        && tree.low(noun) < source.start
    {
        return Some(Subject {
            named: Some(tree.low(noun)..source.start),
            source,
        });
    }
    Some(plain(source))
}

/// Returns a subject that its own words name.
fn plain(source: Range<usize>) -> Subject {
    Subject { source, named: None }
}
