//! The times of MEANTIME: a corpus of tokens, of which only the first sentences of a report are labelled.
//!
//! The text is the one that `bench_inputs.py` makes: sentences spaced by rule, a line each. `score_read.py` has no scorer
//! for this corpus; the definitions are those of the other sets of times, with two additions. The time that the labels
//! call that of creation, the date line above a report, is given to the program as the day of publication, and does not
//! count as a time to be found. And what is said beyond the labelled sentences is left out.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;

use super::input::{LabelledReport, report_row};
use super::spacing::paragraphs;
use super::text::CharacterSpan;
use super::times::{GoldTime, GoldTimes, rows_of};
use crate::data::read_rows;
use crate::table::Row;

/// The topics: files of the corpus, beside the one that names it.
const TOPICS: [&str; 3] = ["airbus", "apple", "gm"];

/// Times are labelled in so many sentences of a report, the title and the date line among them. Behind them stand labels of
/// entities and events alone: those that are spoken of in the first sentences.
const LABELLED_SENTENCES: usize = 6;

/// A report of the corpus.
#[derive(Debug, Deserialize)]
struct TokenRow {
    tokens: Vec<String>,
    /// The number of each token's sentence.
    sent: Vec<i64>,
    mentions: Vec<TokenMention>,
}

/// A labelled mention, by token numbers.
#[derive(Debug, Deserialize)]
struct TokenMention {
    kind: String,
    tokens: Vec<usize>,
    value: Option<String>,
    #[serde(rename = "functionInDocument")]
    function: Option<String>,
}

/// Returns the rows of the corpus; `path` is the file of its first topic.
pub(super) fn rows(name: &str, path: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let mut reports = Vec::new();
    for topic in TOPICS {
        let path = path.with_file_name(format!("corpus_{topic}.jsonl.zst"));
        for row in read_rows(&path)? {
            let tokens: TokenRow = serde_json::from_value(Value::Object(row.clone()))
                .with_context(|| path.display().to_string())?;
            let (text, gold, published) = labelled(&tokens);
            let mut row = row;
            row.insert("text".to_owned(), Value::String(text));
            row.extend(published.map(|day| ("published".to_owned(), Value::String(day))));
            reports.push(LabelledReport::new(report_row(&row), gold));
        }
    }
    rows_of(name, &reports, answers)
}

/// Returns a report's text, its times, and its day of publication.
fn labelled(row: &TokenRow) -> (String, GoldTimes, Option<String>) {
    // Sentences by their first token, in the order of the text.
    let mut sentences: Vec<Vec<&str>> = Vec::new();
    let mut place_of = BTreeMap::new();
    for (token, sentence) in row.tokens.iter().zip(&row.sent) {
        let place = *place_of.entry(sentence).or_insert(sentences.len());
        match sentences.get_mut(place) {
            Some(words) => words.push(token),
            None => sentences.push(vec![token]),
        }
    }
    let (text, spans) = paragraphs(&sentences, true);
    let flat: Vec<CharacterSpan> = spans.iter().flatten().copied().collect();
    let times = row.mentions.iter().filter(|mention| mention.kind == "TIMEX3");
    let mut unlabelled: Vec<CharacterSpan> = Vec::new();
    if let Some(last) = spans
        .get(LABELLED_SENTENCES - 1)
        .and_then(|sentence| sentence.last())
    {
        unlabelled.push(CharacterSpan::new(last.end, text.chars().count()));
    }
    let mut published = None;
    let mut labelled = Vec::new();
    for time in times {
        let first = time.tokens.iter().min().and_then(|&token| flat.get(token));
        let last = time.tokens.iter().max().and_then(|&token| flat.get(token));
        let (Some(first), Some(last)) = (first, last) else {
            continue;
        };
        let span = CharacterSpan::new(first.start, last.end);
        if time.function.as_deref() == Some("CREATION_TIME") {
            published.clone_from(&time.value);
            unlabelled.push(span);
        } else {
            labelled.push(GoldTime {
                span,
                value: time.value.clone(),
            });
        }
    }
    let gold = GoldTimes {
        times: labelled,
        unlabelled,
    };
    (text, gold, published)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_put_into_the_text_and_the_date_line_is_none_of_them() {
        let row: TokenRow = serde_json::from_value(serde_json::json!({
            "tokens": ["Fire", "May", "3", ",", "2019", "It", "burned", "Friday", ".", "A", "B", "C", "Later", "."],
            "sent": [0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4, 5, 6, 6],
            "mentions": [
                {"kind": "TIMEX3", "tokens": [4, 1, 2, 3], "value": "2019-05-03",
                 "functionInDocument": "CREATION_TIME"},
                {"kind": "TIMEX3", "tokens": [7], "value": "2019-05-03", "functionInDocument": "NONE"},
                {"kind": "EVENT_MENTION", "tokens": [6]}
            ]
        }))
        .unwrap();
        let (text, gold, published) = labelled(&row);
        assert_eq!(text, "Fire\nMay 3, 2019\nIt burned Friday.\nA\nB\nC\nLater.");
        assert_eq!(published.as_deref(), Some("2019-05-03"));
        let spans: Vec<CharacterSpan> = gold.times.iter().map(|time| time.span).collect();
        assert_eq!(spans, [CharacterSpan::new(27, 33)]);
        assert_eq!(
            gold.unlabelled,
            [CharacterSpan::new(40, 47), CharacterSpan::new(5, 16)]
        );
    }
}
