//! A reading for those who work on the rules: each sentence with its tree, and below it all that was found in it.

mod found;
mod tree;

use std::fmt::Write as _;

use rashomon_core::{Reading, Report, SentenceKind};

use self::found::Found;
use crate::visible::line_of;

/// Returns a reading as text, sentence by sentence: its number and kind, its tokens one a line (number, form in the drawn
/// tree, lemma, part of speech, number of the head, relation), and what was found in it, each with the evidence there is.
/// Lines are as long as they need to be.
pub fn text(report: &Report, reading: &Reading) -> String {
    let text = report.text.as_str();
    let found = Found::new(text, reading);
    let mut out = format!("{}\n", line_of(&report.id));
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let kind = match sentence.kind {
            SentenceKind::Text => "text",
            SentenceKind::Heading => "heading",
            SentenceKind::Provenance => "provenance",
        };
        let _ = writeln!(
            out,
            "\n# {index} · {kind} · paragraph {} · bytes {}–{}\n# {}",
            sentence.paragraph,
            sentence.span.start,
            sentence.span.end,
            line_of(sentence.span.text(text))
        );
        tree::write(&mut out, text, reading, sentence);
        found.write(&mut out, index);
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use rashomon_core::{
        Entity, EntityKind, Mention, MentionKind, PartOfSpeech, Quantity, QuantityRelation, Quote, QuoteKind,
        Sentence, Source, SourceKind, Span, Statement, Status, Token,
    };

    use super::*;

    const TEXT: &str = "What To Know\n“It may fall,” two bakers told Wire.";

    fn at(words: &str) -> Span {
        Span::of(TEXT, words).unwrap()
    }

    /// Returns tokens, given by form, part of speech, head (from 1 in the sentence, 0 for the root) and relation.
    fn tokens(first: usize, start: usize, rows: &[(&str, PartOfSpeech, usize, &'static str)]) -> Vec<Token> {
        let mut end = start;
        rows.iter()
            .map(|&(form, tag, head, relation)| {
                let begin = end + TEXT[end..].find(form).unwrap();
                end = begin + form.len();
                Token {
                    span: Span::new(begin, end),
                    tag: Some(tag),
                    head: head.checked_sub(1).map(|head| first + head),
                    relation: Some(relation),
                }
            })
            .collect()
    }

    /// Returns a reading of the text that no model has made, so that it changes with none.
    fn reading() -> Reading {
        use PartOfSpeech::{Aux, Noun, Num, Part, Pron, Propn, Punct, Verb};
        let heading = [
            ("What", Pron, 0, "root"),
            ("To", Part, 3, "mark"),
            ("Know", Verb, 1, "acl"),
        ];
        let quoted = [
            ("“", Punct, 4, "punct"),
            ("It", Pron, 4, "nsubj"),
            ("may", Aux, 4, "aux"),
            ("fall", Verb, 9, "ccomp"),
            (",", Punct, 4, "punct"),
            ("”", Punct, 4, "punct"),
            ("two", Num, 8, "nummod"),
            ("bakers", Noun, 9, "nsubj"),
            ("told", Verb, 0, "root"),
            ("Wire", Propn, 9, "iobj"),
            (".", Punct, 9, "punct"),
        ];
        let bakers = Source {
            span: at("two bakers"),
            name: "two bakers".to_owned(),
            entity: None,
            kind: SourceKind::Witness,
        };
        let second = Span::new(13, TEXT.len());
        Reading {
            sentences: vec![
                Sentence {
                    span: Span::new(0, 12),
                    kind: SentenceKind::Heading,
                    last_token: 3,
                    ..Sentence::default()
                },
                Sentence {
                    span: second,
                    paragraph: 1,
                    first_token: 3,
                    last_token: 14,
                    ..Sentence::default()
                },
            ],
            tokens: [tokens(0, 0, &heading), tokens(3, 13, &quoted)].concat(),
            entities: vec![Entity {
                name: "North Wire".to_owned(),
                kind: EntityKind::Organisation,
                aliases: Vec::new(),
                descriptions: Vec::new(),
                mentions: vec![Mention {
                    span: at("Wire"),
                    sentence: 1,
                    kind: MentionKind::Name,
                }],
            }],
            quotes: vec![Quote {
                span: at("“It may fall,”"),
                pieces: vec![at("“It may fall,”")],
                sentence: 1,
                kind: QuoteKind::Direct,
                speaker: Some(bakers.clone()),
                via: None,
                cue: Some(at("told")),
            }],
            quantities: vec![Quantity {
                span: at("two bakers"),
                sentence: 1,
                low: Some(2.0),
                high: Some(2.0),
                relation: QuantityRelation::Equal,
                unit: None,
                counted: Some("bakers".to_owned()),
                counted_span: Some(at("bakers")),
                trend: None,
                attributed_to: None,
            }],
            statements: vec![Statement {
                sentence: 1,
                span: at("“It may fall,”"),
                predicate: Some(at("may fall")),
                actor: Some(at("It")),
                attribution: Some(bakers),
                status: Status::Possible,
                quotes: vec![0],
                ..Statement::default()
            }],
            ..Reading::default()
        }
    }

    #[test]
    fn a_sentence_is_shown_with_its_tree_and_what_was_found() {
        insta::assert_snapshot!("inspection", text(&Report::new("r1", TEXT), &reading()));
    }
}
