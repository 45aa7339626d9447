//! Words and marks.

use rashomon_core::{Sentence, Span, Token};

/// Returns the tokens of all sentences, and writes into each sentence which of them are its own.
pub(crate) fn tokens(text: &str, sentences: &mut [Sentence]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for sentence in sentences {
        sentence.first_token = tokens.len();
        let mut word_start = None;
        let characters: Vec<(usize, char)> = sentence.span.text(text).char_indices().collect();
        for (index, &(offset, character)) in characters.iter().enumerate() {
            let position = sentence.span.start + offset;
            let inner = |mark: char| matches!(mark, '-' | '.' | ',' | '\'' | '’' | '&');
            let next = characters.get(index + 1).map(|&(_, next)| next);
            let in_word = character.is_alphanumeric()
                || (word_start.is_some() && inner(character) && next.is_some_and(char::is_alphanumeric));
            if in_word {
                word_start.get_or_insert(position);
                continue;
            }
            if let Some(start) = word_start.take() {
                tokens.push(Token {
                    span: Span::new(start, position),
                    ..Token::default()
                });
            }
            if !character.is_whitespace() {
                tokens.push(Token {
                    span: Span::new(position, position + character.len_utf8()),
                    ..Token::default()
                });
            }
        }
        if let Some(start) = word_start {
            tokens.push(Token {
                span: Span::new(start, sentence.span.end),
                ..Token::default()
            });
        }
        sentence.last_token = tokens.len();
    }
    tokens
}
