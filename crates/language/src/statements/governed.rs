//! Clauses without a tense of their own, which are said as surely as the clause that governs them: in "the council will
//! close the road and open the bridge, ending the delay", nothing has opened and nothing has ended.

use std::ops::Range;

use rashomon_core::Status;

use crate::context::Context;
use crate::quotes::words::is_modal;

/// How many steps up the tree of a sentence are taken: what lies further is not the governor of a verb.
const MOST_STEPS: usize = 6;

/// A clause, in tokens.
#[derive(Clone, Debug)]
pub(super) struct Governed {
    /// From its first to after its last token.
    pub(super) tokens: Range<usize>,
    /// Its verb with the auxiliaries.
    pub(super) predicate: Range<usize>,
    /// How surely its own words say it.
    pub(super) status: Status,
}

/// Returns how surely each clause of a sentence is said, in the order of `clauses`: an asserted one without a tense of its
/// own is as sure as the expected or possible one on which its verb hangs.
pub(super) fn statuses(context: &Context<'_>, clauses: &[Governed]) -> Vec<Status> {
    let mut statuses: Vec<Status> = clauses.iter().map(|clause| clause.status).collect();
    for (index, clause) in clauses.iter().enumerate() {
        if clause.status != Status::Asserted {
            continue;
        }
        // The one that governs stands before it and has its status by now.
        let governor = governor(context, clause)
            .and_then(|token| {
                clauses
                    .iter()
                    .take(index)
                    .rposition(|other| other.tokens.contains(&token))
            })
            .and_then(|governor| statuses.get(governor).copied());
        if let (Some(status @ (Status::Expected | Status::Possible)), Some(slot)) =
            (governor, statuses.get_mut(index))
        {
            *slot = status;
        }
    }
    statuses
}

/// Returns the first token outside a clause on which its verb hangs, where that verb has no tense of its own.
fn governor(context: &Context<'_>, clause: &Governed) -> Option<usize> {
    let verb = clause.predicate.end.checked_sub(1)?;
    if clause.predicate.len() != 1 {
        return None;
    }
    let own = context.tokens.get(verb)?;
    let head = own.head?;
    let word = context.lower(verb);
    let participle =
        word.ends_with("ing") && matches!(own.relation, Some("advcl" | "conj" | "xcomp" | "acl"));
    let bare = own.relation == Some("conj")
        && !word.ends_with("ed")
        && !word.ends_with('s')
        && has_modal(context, head)
        && !has_subject(context, clause, verb);
    if !participle && !bare {
        return None;
    }
    let mut at = head;
    for _ in 0..MOST_STEPS {
        if !clause.tokens.contains(&at) {
            return Some(at);
        }
        at = context.tokens.get(at)?.head?;
    }
    None
}

/// Returns true for a verb before which a modal or "to" stands: "will open", "plans to open".
fn has_modal(context: &Context<'_>, verb: usize) -> bool {
    (verb.saturating_sub(4)..verb).any(|token| {
        let hangs = context
            .tokens
            .get(token)
            .is_some_and(|found| found.head == Some(verb));
        hangs && (is_modal(context.lower(token)) || context.lower(token) == "to")
    })
}

/// Returns true for a verb with a subject in its clause.
fn has_subject(context: &Context<'_>, clause: &Governed, verb: usize) -> bool {
    clause.tokens.clone().any(|token| {
        let found = context.tokens.get(token);
        found.is_some_and(|found| {
            found.head == Some(verb)
                && matches!(found.relation, Some("nsubj" | "nsubj:pass" | "csubj" | "expl"))
        })
    })
}
