//! What people are said to have said.
//!
//! [`marks`] finds what stands between quotation marks, [`frames`] where a sentence tells that someone says
//! something, [`sources`] who that is; [`assemble`] makes quotes of the three.

#[cfg(test)]
pub(crate) mod testing;

mod according;
mod assemble;
mod attitudes;
pub(crate) mod choice;
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
mod source_phrases;
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

/// What the rules find.
pub(crate) struct Found {
    /// What stands between quotation marks.
    pub(crate) marked: Vec<marks::Marked>,
    /// For each token the quotation it stands in, from 1, or 0.
    pub(crate) marked_tokens: Vec<u32>,
    /// The quotes.
    pub(crate) quotes: Vec<Quote>,
}

/// Returns the quotes that the rules find in a text.
pub(crate) fn found_by_rules(context: &Context<'_>, entities: &[Entity]) -> Found {
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
    let quotes = assemble::assemble(context, entities, &marked, &marked_tokens, frames);
    Found {
        marked,
        marked_tokens,
        quotes,
    }
}

/// Returns the quotes of a text with their speakers: what the rules find, and where quotation marks stand what the models
/// choose.
pub(crate) fn quotes(context: &Context<'_>, entities: &[Entity]) -> Vec<Quote> {
    let found = found_by_rules(context, entities);
    match choice::model::Models::shipped() {
        Some(models) => choice::choosing::choose(
            context,
            entities,
            &found.marked,
            &found.marked_tokens,
            found.quotes,
            models,
        ),
        None => found.quotes,
    }
}
