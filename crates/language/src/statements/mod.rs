//! Clauses that say something.

use rashomon_core::{Reading, SentenceKind, Statement};

/// Fills the statements of a reading from all else that it holds, and says of each quantity on whose word it rests.
pub(crate) fn fill_statements(_text: &str, reading: &mut Reading) {
    reading.statements = reading
        .sentences
        .iter()
        .enumerate()
        .filter(|(_, sentence)| sentence.kind == SentenceKind::Text)
        .map(|(index, sentence)| Statement {
            sentence: index,
            span: sentence.span,
            ..Statement::default()
        })
        .collect();
}
