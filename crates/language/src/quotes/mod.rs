//! What people are said to have said.
//!
//! [`marks`] finds what stands between quotation marks, [`frames`] where a sentence tells that someone says
//! something, [`sources`] who that is; [`assemble`] makes quotes of the three.

#[cfg(test)]
pub(crate) mod testing;

mod according;
mod assemble;
mod attitudes;
mod content;
mod cues;
mod frames;
mod labelled;
mod leftovers;
mod marks;
mod parenthetical;
mod participle;
mod phrases;
mod quoted;
mod said;
mod scene;
mod sources;
mod subjects;
pub(crate) mod tree;
mod verb_group;
mod verbs;
pub(crate) mod words;

use rashomon_core::{Entity, Quote, SentenceKind};

pub(crate) use self::phrases::{antecedent, subject_before};
pub(crate) use self::verbs::{Takes, verb};
use crate::context::Context;

/// Returns for each token of a text the quotation it stands in, from 1, or 0.
pub(crate) fn mark_text(context: &Context<'_>) -> Vec<u32> {
    assemble::mark_tokens(context, &marks::marked(context.text))
}

/// Returns the quotes of a text with their speakers.
pub(crate) fn quotes(context: &Context<'_>, entities: &[Entity]) -> Vec<Quote> {
    let marked = marks::marked(context.text);
    let marked_tokens = assemble::mark_tokens(context, &marked);
    let frames: Vec<frames::Frame> = (0..context.sentences.len())
        .filter(|&sentence| {
            context
                .sentences
                .get(sentence)
                .is_some_and(|sentence| sentence.kind == SentenceKind::Text)
        })
        .flat_map(|sentence| frames::frames(context, &marked_tokens, sentence))
        .collect();
    assemble::assemble(context, entities, &marked, &marked_tokens, frames)
}
