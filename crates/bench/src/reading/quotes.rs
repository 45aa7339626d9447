//! Quotes: the words that stand in a content or a source, and pairs of content and source.
//!
//! A pair is right where the contents share at least half of their words and the sources overlap; where the gold has no
//! source, the content decides. Of pairs with quotation marks, one that is said is right with any gold attribution, and a
//! gold one is found with any that is said.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;

use super::answer::{ReadingAnswer, read_all};
use super::input::{LabelledReport, give_ids, report_row};
use super::tally::{Tally, one_to_one, parts, tallies};
use super::text::{CharacterSpan, CharacterText, is_space, is_word_character};
use super::treebank::stem;
use crate::data::read_rows;
use crate::stories::Scores;
use crate::table::Row;

/// What is measured.
pub(super) const MEASURES: [&str; 4] = [
    "content tokens F1",
    "source tokens F1",
    "pairs F1",
    "marked pairs F1",
];

/// A labelled attribution.
#[derive(Clone, Debug, Deserialize)]
struct GoldQuote {
    source: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
}

/// Content and source, as spans.
#[derive(Clone, Debug, Default)]
struct Attribution {
    content: Vec<CharacterSpan>,
    source: Vec<CharacterSpan>,
    /// The words of the content, by their position among the tokens.
    words: BTreeSet<usize>,
    /// Whether the content holds a quotation mark, or stands beside one.
    marked: bool,
}

/// Returns the rows of a set of attributions.
pub(super) fn rows(name: &str, path: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let mut reports = Vec::new();
    let mut rows = read_rows(path)?;
    give_ids(&stem(path), &mut rows);
    for row in &rows {
        let attributions = row.get("attributions").cloned().unwrap_or(Value::Null);
        let gold: Vec<GoldQuote> =
            serde_json::from_value(attributions).with_context(|| format!("the attributions of {name}"))?;
        reports.push(LabelledReport::new(report_row(row), gold));
    }
    let readings = read_all(name, &reports, answers)?;
    let [content, source, pairs, contents, marked_said, marked_gold] = tallies(&reports, &readings, score);
    let contents = format!("; contents alone {:.3}", contents.scores().f1);
    let marked = Scores::new(marked_said.scores().precision, marked_gold.scores().recall);
    let [of_content, of_source, of_pairs, of_marked] = MEASURES;
    Ok(vec![
        content.row(name, of_content, ""),
        source.row(name, of_source, ""),
        pairs.row(name, of_pairs, &contents),
        Row::new(
            name,
            of_marked,
            marked.f1,
            format!(
                "{}; with quotation marks: said {}, gold {}",
                parts(marked),
                marked_said.said,
                marked_gold.gold
            ),
        ),
    ])
}

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct QuoteToken {
    span: CharacterSpan,
    /// Whether it is a word, and no mark.
    word: bool,
}

/// Returns the tokens of a text: words, with what hyphens and apostrophes join; three points; and single marks.
fn tokens(text: &CharacterText) -> Vec<QuoteToken> {
    let characters = text.all();
    let is_word = |position: usize| {
        characters
            .get(position)
            .is_some_and(|&found| is_word_character(found))
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(&first) = characters.get(start) {
        if is_space(first) {
            start += 1;
            continue;
        }
        let mut end = start + 1;
        let word = is_word_character(first);
        if word {
            let joins = |position: usize| matches!(characters.get(position), Some('-' | '\'' | '’'));
            while is_word(end) || joins(end) && is_word(end + 1) {
                end += 1;
            }
        } else if characters.get(start..start + 3) == Some(&['.', '.', '.']) {
            end = start + 3;
        }
        let span = CharacterSpan::new(start, end);
        tokens.push(QuoteToken { span, word });
        start = end;
    }
    tokens
}

/// Returns the positions of the tokens that stand in any of `spans`, at least in part; of words alone where `words`.
fn covered(tokens: &[QuoteToken], spans: &[CharacterSpan], words: bool) -> BTreeSet<usize> {
    let mut covered = BTreeSet::new();
    for &span in spans {
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let inside = tokens.iter().enumerate().skip(first);
        covered.extend(
            inside
                .take_while(|(_, token)| token.span.start < span.end)
                .filter(|(_, token)| token.word || !words)
                .map(|(index, _)| index),
        );
    }
    covered
}

/// Returns true where the spans, each with a character on both sides, hold a quotation mark.
fn is_marked(text: &CharacterText, spans: &[CharacterSpan]) -> bool {
    let characters: Vec<char> = spans
        .iter()
        .flat_map(|span| text.part(CharacterSpan::new(span.start.saturating_sub(1), span.end + 1)))
        .copied()
        .collect();
    characters
        .iter()
        .any(|character| matches!(character, '“' | '”' | '"' | '«' | '»' | '„'))
        || characters
            .windows(2)
            .any(|two| matches!(two, ['`', '`'] | ['\'', '\'']))
}

/// Counts of one report: tokens of contents and of sources, pairs, contents alone, and pairs with quotation marks as said
/// and as in the gold.
fn score(report: &LabelledReport<Vec<GoldQuote>>, reading: &ReadingAnswer) -> [Tally; 6] {
    let text = &report.text;
    let tokens = tokens(text);
    let attribution = |content: Vec<CharacterSpan>, source: Vec<CharacterSpan>| Attribution {
        words: covered(&tokens, &content, true),
        marked: is_marked(text, &content),
        content,
        source,
    };
    let spans = |spans: &[(usize, usize)]| spans.iter().map(|&span| span.into()).collect();
    let gold: Vec<Attribution> = report
        .gold
        .iter()
        .filter(|quote| !quote.content.is_empty())
        .map(|quote| attribution(spans(&quote.content), spans(&quote.source)))
        .collect();
    let said: Vec<Attribution> = reading
        .quotes
        .iter()
        .map(|quote| attribution(quote.content(), quote.speaker.into_iter().collect()))
        .collect();

    let role = |of: fn(&Attribution) -> &[CharacterSpan]| {
        let all = |side: &[Attribution]| -> BTreeSet<usize> {
            side.iter()
                .flat_map(|one| covered(&tokens, of(one), false))
                .collect()
        };
        let (in_gold, in_said) = (all(&gold), all(&said));
        Tally::new(
            in_gold.intersection(&in_said).count(),
            in_said.len(),
            in_gold.len(),
        )
    };
    let pairs =
        |gold: &[&Attribution], said: &[&Attribution], weight: fn(&Attribution, &Attribution) -> f64| {
            let right = one_to_one(gold, said, |gold, said| weight(gold, said)).len();
            Tally::new(right, said.len(), gold.len())
        };
    let all_gold: Vec<&Attribution> = gold.iter().collect();
    let all_said: Vec<&Attribution> = said.iter().collect();
    let marked_gold: Vec<&Attribution> = gold.iter().filter(|one| one.marked).collect();
    let marked_said: Vec<&Attribution> = said.iter().filter(|one| one.marked).collect();
    [
        role(|one| &one.content),
        role(|one| &one.source),
        pairs(&all_gold, &all_said, pair_weight),
        pairs(&all_gold, &all_said, content_weight),
        pairs(&all_gold, &marked_said, pair_weight),
        pairs(&marked_gold, &all_said, pair_weight),
    ]
}

/// Returns the share of words that two contents have in common; none where it is below a half.
fn content_weight(gold: &Attribution, said: &Attribution) -> f64 {
    let both = gold.words.intersection(&said.words).count();
    let either = gold.words.len() + said.words.len() - both;
    if either > 0 && 2 * both >= either {
        both as f64 / either as f64
    } else {
        0.0
    }
}

/// Returns the share of words that two contents have in common, where the sources overlap or the gold has none.
fn pair_weight(gold: &Attribution, said: &Attribution) -> f64 {
    let overlap = |one: &CharacterSpan| said.source.iter().any(|other| one.overlap(*other) > 0);
    if gold.source.is_empty() || gold.source.iter().any(overlap) {
        content_weight(gold, said)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::input::text_row;

    fn report(text: &str, attributions: &str) -> LabelledReport<Vec<GoldQuote>> {
        LabelledReport::new(text_row("x", text), serde_json::from_str(attributions).unwrap())
    }

    fn reading(quotes: &str) -> ReadingAnswer {
        serde_json::from_str(&format!(r#"{{"quotes": {quotes}}}"#)).unwrap()
    }

    #[test]
    fn tokens_are_words_points_and_marks() {
        let text = CharacterText::new("It's re-run... so- 'no'");
        let words: Vec<String> = tokens(&text)
            .iter()
            .map(|token| text.part(token.span).iter().collect())
            .collect();
        assert_eq!(words, ["It's", "re-run", "...", "so", "-", "'", "no", "'"]);
    }

    #[test]
    fn contents_need_half_of_their_words_and_sources_an_overlap() {
        let text = "Ada said one two three four. Bo said five six.";
        let gold = report(
            text,
            r#"[{"source": [[0, 3]], "content": [[9, 27]]}, {"source": [[29, 31]], "content": [[37, 45]]}]"#,
        );
        let said = reading(
            r#"[{"start": 9, "end": 16, "spans": [], "speaker": {"start": 0, "end": 3}},
                {"start": 37, "end": 45, "spans": [], "speaker": {"start": 0, "end": 3}}]"#,
        );
        let [content, source, pairs, contents, ..] = score(&gold, &said);
        assert_eq!(content, Tally::new(4, 4, 6));
        assert_eq!(source, Tally::new(1, 1, 2));
        // The second has the wrong source.
        assert_eq!(pairs, Tally::new(1, 2, 2));
        assert_eq!(contents, Tally::new(2, 2, 2));
    }

    #[test]
    fn without_a_source_in_the_gold_the_content_decides() {
        let gold = report(
            "one two",
            r#"[{"source": [], "content": [[0, 7]]}, {"source": [], "content": []}]"#,
        );
        let said = reading(r#"[{"start": 0, "end": 3, "speaker": null}]"#);
        assert_eq!(score(&gold, &said)[2], Tally::new(1, 1, 1));
    }

    #[test]
    fn marks_beside_the_content_count() {
        let text = CharacterText::new("“one” two ``x''");
        assert!(is_marked(&text, &[CharacterSpan::new(1, 4)]));
        assert!(!is_marked(&text, &[CharacterSpan::new(7, 9)]));
        assert!(is_marked(&text, &[CharacterSpan::new(12, 14)]));
    }

    #[test]
    fn a_marked_pair_is_right_with_any_attribution() {
        // The gold leaves the marks out of its content, what is said has them: both are the same pair.
        let gold = report(
            "Ada: “one two”",
            r#"[{"source": [[0, 3]], "content": [[10, 13]]}]"#,
        );
        let said = reading(r#"[{"start": 5, "end": 14, "speaker": {"start": 0, "end": 3}}]"#);
        let [.., marked_said, marked_gold] = score(&gold, &said);
        assert_eq!(marked_said, Tally::new(1, 1, 1));
        assert_eq!(marked_gold, Tally::new(1, 1, 1));
    }
}
