//! Names that mean the same: B3 over persons, organisations and places that have a proper name.
//!
//! A mention of the reading stands for the shortest gold mention around it whose name it touches. Mentions that stand for
//! one of another cluster, and those without a gold mention whose kind is another, are left out; others without one cost
//! precision.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::answer::{ReadingAnswer, read_all};
use super::input::{LabelledReport, report_row};
use super::tally::parts;
use super::text::CharacterSpan;
use super::treebank::{read_treebank, treebanks_beside};
use crate::data::read_rows;
use crate::stories::Scores;
use crate::table::Row;

/// What is measured.
pub(super) const MEASURES: [&str; 2] = ["B3 of names F1", "B3 of mentions F1"];

/// The kinds of clusters that count, as the gold names them.
const CLUSTER_KINDS: [&str; 3] = ["person", "organization", "place"];
/// The kinds of entities that cost precision where the gold has no mention.
const ENTITY_KINDS: [&str; 3] = ["person", "organisation", "place"];

/// A report of the set, as it is written.
#[derive(Debug, Deserialize)]
struct CoreferenceRow {
    id: String,
    /// With the space behind them.
    tokens: Vec<String>,
    sents: Vec<(usize, usize)>,
    mentions: Vec<MentionRow>,
    #[serde(default)]
    meta: Value,
}

/// A mention, by token numbers.
#[derive(Debug, Deserialize)]
struct MentionRow {
    start: usize,
    end: usize,
    cluster: Value,
    #[serde(rename = "type")]
    kind: String,
    /// The number of the head among the tokens of the mention, from 1.
    head: Value,
    #[serde(default)]
    wiki: Option<String>,
}

/// A labelled mention.
#[derive(Clone, Debug, PartialEq, Eq)]
struct GoldMention {
    span: CharacterSpan,
    cluster: String,
    kind: String,
    /// Whether its head is a proper name.
    name: bool,
    /// The proper name at its head, or the head.
    head: CharacterSpan,
}

/// Returns the rows of a set of mentions.
pub(super) fn rows(name: &str, path: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let mut tags = BTreeMap::new();
    for treebank in treebanks_beside(path)? {
        for document in read_treebank(&treebank)? {
            let own: Vec<bool> = document.words.iter().map(|word| word.tag == "PROPN").collect();
            tags.insert(document.id, own);
        }
    }
    let mut reports = Vec::new();
    for row in read_rows(path)? {
        let row: CoreferenceRow =
            serde_json::from_value(Value::Object(row)).with_context(|| path.display().to_string())?;
        let gold = mentions(&row, tags.get(&row.id).map(Vec::as_slice))
            .with_context(|| format!("{}: a mention of {} has no tokens", path.display(), row.id))?;
        let mut input = Map::new();
        input.insert("id".to_owned(), Value::String(row.id));
        input.insert("text".to_owned(), Value::String(row.tokens.concat()));
        input.insert("meta".to_owned(), row.meta);
        reports.push(LabelledReport::new(report_row(&input), gold));
    }
    let readings = read_all(name, &reports, answers)?;
    let scores: Vec<[BCubed; 2]> = reports
        .par_iter()
        .zip(&readings)
        .map(|(report, reading)| score(report, reading))
        .collect();
    // One after the other: a sum of floating numbers depends on its order.
    let rows = MEASURES.into_iter().enumerate().map(|(index, measure)| {
        let total = scores
            .iter()
            .fold(BCubed::default(), |sum, scores| sum.plus(scores[index]));
        let of = total.scores();
        let detail = format!("{}; said {}, gold {}", parts(of), total.said, total.gold);
        Row::new(name, measure, of.f1, detail)
    });
    Ok(rows.collect())
}

/// Returns the mentions of a report. `proper` says which of its tokens a treebank calls proper nouns; without it they are
/// guessed by their capitals. `None` where a mention lies outside the report.
fn mentions(row: &CoreferenceRow, proper: Option<&[bool]>) -> Option<Vec<GoldMention>> {
    let mut spans = Vec::with_capacity(row.tokens.len());
    let mut position = 0;
    for token in &row.tokens {
        spans.push(CharacterSpan::new(
            position,
            position + token.trim_end().chars().count(),
        ));
        position += token.chars().count();
    }
    let proper = proper.filter(|proper| proper.len() == spans.len());
    let firsts: BTreeSet<usize> = row.sents.iter().map(|&(first, _)| first).collect();
    let is_capital = |token: usize| {
        let word = row.tokens.get(token).map_or("", |token| token.as_str());
        word.starts_with(char::is_uppercase)
    };
    let is_proper = |token: usize| match proper {
        Some(proper) => proper.get(token).copied().unwrap_or(false),
        None => {
            !firsts.contains(&token)
                && is_capital(token)
                && row.tokens.get(token).is_some_and(|token| token.trim() != "I")
        }
    };
    row.mentions
        .iter()
        .map(|mention| {
            let number: String = plain(&mention.head)
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            let head = (mention.start + number.parse::<usize>().ok()?).checked_sub(1)?;
            let has_page = mention.wiki.as_deref().is_some_and(|page| !page.is_empty());
            let name = is_proper(head) || (proper.is_none() && has_page && is_capital(head));
            let (mut first, mut last) = (head, head);
            while name && first > mention.start && is_proper(first - 1) {
                first -= 1;
            }
            while name && last + 1 < mention.end && is_proper(last + 1) {
                last += 1;
            }
            Some(GoldMention {
                span: CharacterSpan::new(
                    spans.get(mention.start)?.start,
                    spans.get(mention.end.checked_sub(1)?)?.end,
                ),
                cluster: plain(&mention.cluster),
                kind: mention.kind.clone(),
                name,
                head: CharacterSpan::new(spans.get(first)?.start, spans.get(last)?.end),
            })
        })
        .collect()
}

/// Returns a text or a number as a text.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Sums of B3.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct BCubed {
    precision: f64,
    said: usize,
    recall: f64,
    gold: usize,
}

impl BCubed {
    /// Returns the sums of two.
    fn plus(self, other: Self) -> Self {
        Self {
            precision: self.precision + other.precision,
            said: self.said + other.said,
            recall: self.recall + other.recall,
            gold: self.gold + other.gold,
        }
    }

    /// Returns the scores.
    fn scores(self) -> Scores {
        let share = |sum: f64, of: usize| if of > 0 { sum / of as f64 } else { 0.0 };
        Scores::new(share(self.precision, self.said), share(self.recall, self.gold))
    }
}

/// Returns the clusters of persons, organisations and places that hold a proper name. A cluster is of the kind that most
/// of its mentions have, and of several the first.
fn wanted_clusters(gold: &[GoldMention]) -> BTreeSet<&str> {
    let mut kinds = BTreeMap::<&str, Vec<(&str, usize)>>::new();
    for mention in gold {
        let counts = kinds.entry(&mention.cluster).or_default();
        match counts.iter_mut().find(|(kind, _)| *kind == mention.kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((&mention.kind, 1)),
        }
    }
    let named: BTreeSet<&str> = gold
        .iter()
        .filter(|mention| mention.name)
        .map(|mention| mention.cluster.as_str())
        .collect();
    named
        .into_iter()
        .filter(|cluster| {
            let counts = kinds.get(cluster).map(Vec::as_slice).unwrap_or_default();
            let most = counts.iter().map(|&(_, count)| count).max();
            let kind = counts.iter().find(|&&(_, count)| Some(count) == most);
            kind.is_some_and(|(kind, _)| CLUSTER_KINDS.contains(kind))
        })
        .collect()
}

/// B3 of one report: over the gold's names, and over all its mentions.
fn score(report: &LabelledReport<Vec<GoldMention>>, reading: &ReadingAnswer) -> [BCubed; 2] {
    let gold = &report.gold;
    let wanted = wanted_clusters(gold);
    let mut said = BTreeSet::new();
    for entity in &reading.entities {
        for mention in &entity.mentions {
            // The longest first: it stands for the wider mention where a shorter one lies in it.
            let order = std::cmp::Reverse(mention.span.length());
            said.insert((order, mention.span, entity.id.as_str(), entity.kind.as_str()));
        }
    }
    let mut entity_for: Vec<Option<&str>> = vec![None; gold.len()];
    let mut extra = Vec::new();
    for (_, span, entity, kind) in said {
        let span = report.text.trim(span);
        let around: Vec<usize> = (0..gold.len())
            .filter(|&index| {
                let mention = &gold[index];
                mention.span.start <= span.start
                    && span.end <= mention.span.end
                    && mention.head.overlap(span) > 0
            })
            .collect();
        let shortest = around.iter().map(|&index| gold[index].span.length()).min();
        let free = around
            .iter()
            .find(|&&index| Some(gold[index].span.length()) == shortest && entity_for[index].is_none());
        if let Some(&index) = free {
            entity_for[index] = Some(entity);
        } else if ENTITY_KINDS.contains(&kind) {
            extra.push(entity);
        }
    }
    [true, false].map(|names_alone| {
        let counted = gold.iter().zip(&entity_for).filter(|(mention, _)| {
            wanted.contains(mention.cluster.as_str()) && (mention.name || !names_alone)
        });
        let mut gold_sizes = BTreeMap::<&str, usize>::new();
        let mut said_sizes = BTreeMap::<&str, usize>::new();
        let mut both = BTreeMap::<(&str, &str), usize>::new();
        for (mention, entity) in counted {
            *gold_sizes.entry(&mention.cluster).or_default() += 1;
            if let Some(entity) = entity {
                *said_sizes.entry(entity).or_default() += 1;
                *both.entry((&mention.cluster, entity)).or_default() += 1;
            }
        }
        for &entity in &extra {
            *said_sizes.entry(entity).or_default() += 1;
        }
        let sum = |size: &dyn Fn(&(&str, &str)) -> Option<usize>| -> f64 {
            both.iter()
                .map(|(key, &count)| (count * count) as f64 / size(key).unwrap_or(1) as f64)
                .sum()
        };
        BCubed {
            precision: sum(&|(_, entity)| said_sizes.get(entity).copied()),
            said: said_sizes.values().sum(),
            recall: sum(&|(cluster, _)| gold_sizes.get(cluster).copied()),
            gold: gold_sizes.values().sum(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::answer::{EntityAnswer, MentionAnswer};
    use crate::reading::input::text_row;

    fn mention(start: usize, end: usize, cluster: &str, kind: &str, name: bool) -> GoldMention {
        GoldMention {
            span: CharacterSpan::new(start, end),
            cluster: cluster.to_owned(),
            kind: kind.to_owned(),
            name,
            head: CharacterSpan::new(start, end),
        }
    }

    fn entity(id: &str, kind: &str, mentions: &[(usize, usize)]) -> EntityAnswer {
        EntityAnswer {
            id: id.to_owned(),
            kind: kind.to_owned(),
            mentions: mentions
                .iter()
                .map(|&(start, end)| MentionAnswer {
                    span: CharacterSpan::new(start, end),
                    name: true,
                })
                .collect(),
        }
    }

    fn report(gold: Vec<GoldMention>) -> LabelledReport<Vec<GoldMention>> {
        LabelledReport::new(text_row("x", &"x".repeat(60)), gold)
    }

    #[test]
    fn b3_is_the_one_counted_by_hand() {
        let report = report(vec![
            mention(0, 3, "1", "person", true),
            mention(10, 13, "1", "person", true),
            mention(15, 17, "1", "person", false),
            mention(20, 23, "2", "organization", true),
            // Of another kind: counts for nothing.
            mention(30, 33, "3", "event", true),
            // Never named: counts for nothing.
            mention(40, 43, "4", "person", false),
        ]);
        let reading = ReadingAnswer {
            entities: vec![
                entity("e1", "person", &[(0, 3), (20, 23), (30, 33), (40, 43)]),
                entity("e2", "person", &[(10, 13), (50, 53)]),
                entity("e3", "other", &[(54, 56)]),
            ],
            ..ReadingAnswer::default()
        };
        let [names, all] = score(&report, &reading);
        // Said: e1 {0, 20}, e2 {10, one without gold}; gold: 1 {0, 10}, 2 {20}.
        assert_eq!(
            names,
            BCubed {
                precision: 0.5 + 0.5 + 0.5,
                said: 4,
                recall: 0.5 + 0.5 + 1.0,
                gold: 3
            }
        );
        assert_eq!((all.said, all.gold), (4, 4));
        assert!((all.recall - (1.0 / 3.0 + 1.0 / 3.0 + 1.0)).abs() < 1e-12);
    }

    #[test]
    fn a_mention_stands_for_the_shortest_around_it_whose_head_it_touches() {
        let mut wide = mention(0, 20, "1", "person", true);
        wide.head = CharacterSpan::new(0, 3);
        let inner = mention(8, 20, "2", "place", true);
        let report = report(vec![wide, inner]);
        let reading = ReadingAnswer {
            entities: vec![
                entity("e1", "person", &[(0, 3)]),
                entity("e2", "place", &[(10, 20)]),
            ],
            ..ReadingAnswer::default()
        };
        let [names, _] = score(&report, &reading);
        assert_eq!(names.scores(), Scores::new(1.0, 1.0));
        // A second mention of the same name has no gold mention left.
        let reading = ReadingAnswer {
            entities: vec![entity("e1", "person", &[(0, 3), (0, 2)])],
            ..ReadingAnswer::default()
        };
        assert_eq!(score(&report, &reading)[0].said, 2);
    }

    #[test]
    fn a_cluster_has_the_kind_of_most_of_its_mentions_and_of_several_the_first() {
        let gold = [
            mention(0, 1, "1", "event", true),
            mention(2, 3, "1", "place", true),
            mention(4, 5, "2", "place", true),
            mention(6, 7, "2", "event", false),
        ];
        assert_eq!(wanted_clusters(&gold).into_iter().collect::<Vec<_>>(), ["2"]);
    }

    #[test]
    fn names_are_heads_that_a_treebank_calls_proper() {
        let row: CoreferenceRow = serde_json::from_value(serde_json::json!({
            "id": "x", "tokens": ["The ", "mayor ", "Ada ", "Brown", "."], "sents": [[0, 5]],
            "mentions": [{"start": 0, "end": 4, "cluster": 1, "type": "person", "head": "3", "wiki": ""}]
        }))
        .unwrap();
        let proper = [false, false, true, true, false];
        let with_treebank = mentions(&row, Some(&proper)).unwrap();
        assert!(with_treebank[0].name);
        assert_eq!(with_treebank[0].span, CharacterSpan::new(0, 19));
        assert_eq!(with_treebank[0].head, CharacterSpan::new(10, 19));
        // Without a treebank, capitals inside a sentence do.
        assert_eq!(mentions(&row, None).unwrap(), with_treebank);
        assert!(!mentions(&row, Some(&[false; 5])).unwrap()[0].name);
    }
}
