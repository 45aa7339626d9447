//! Scores of copies: which reports were taken from one another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use rashomon_core::Report;
use rashomon_story::copies;
use serde_json::json;

use crate::data::{blind_id, blind_input, put_answer, read_rows, reports_of, story_rows, text_of};
use crate::stories::{Scores, group_reports};

/// Two reports, by id, the lesser first.
pub(crate) type Pair = (String, String);

/// The scores of copies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CopyScores {
    /// Each report with what it is said to copy.
    pub(crate) pairs: Scores,
    /// Reports linked by copies in any number of steps make a group: the pairs inside groups.
    pub(crate) groups: Scores,
}

/// Returns a pair in order.
pub(crate) fn pair(a: &str, b: &str) -> Pair {
    if a <= b {
        (a.to_owned(), b.to_owned())
    } else {
        (b.to_owned(), a.to_owned())
    }
}

/// Returns all pairs inside the groups that pairs make.
fn closed(pairs: &BTreeSet<Pair>) -> BTreeSet<Pair> {
    let mut group_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for (a, b) in pairs {
        let number = |id: &str, group_of: &BTreeMap<&str, usize>| group_of.get(id).copied();
        match (number(a, &group_of), number(b, &group_of)) {
            (None, None) => {
                group_of.extend([(a.as_str(), groups.len()), (b.as_str(), groups.len())]);
                groups.push(vec![a, b]);
            }
            (Some(group), None) => {
                group_of.insert(b, group);
                groups[group].push(b);
            }
            (None, Some(group)) => {
                group_of.insert(a, group);
                groups[group].push(a);
            }
            (Some(first), Some(second)) if first != second => {
                let moved = std::mem::take(&mut groups[second]);
                group_of.extend(moved.iter().map(|id| (*id, first)));
                groups[first].extend(moved);
            }
            _ => {}
        }
    }
    let mut all = BTreeSet::new();
    for group in &groups {
        for (index, a) in group.iter().enumerate() {
            all.extend(group[index + 1..].iter().map(|b| pair(a, b)));
        }
    }
    all
}

/// Scores pairs that are said to be copies.
pub(crate) fn score(gold: &BTreeSet<Pair>, said: &BTreeSet<Pair>) -> CopyScores {
    let scores = |gold: &BTreeSet<Pair>, said: &BTreeSet<Pair>| {
        Scores::of_counts(gold.intersection(said).count(), said.len(), gold.len())
    };
    CopyScores {
        pairs: scores(gold, said),
        groups: scores(&closed(gold), &closed(said)),
    }
}

/// Returns the copies that the program finds among reports: inside each story, pairs of ids.
fn said_of(reports: &[Report]) -> BTreeSet<Pair> {
    let mut said = BTreeSet::new();
    for story in group_reports(reports) {
        let members: Vec<&Report> = story
            .reports
            .iter()
            .filter_map(|&position| reports.get(position))
            .collect();
        for copy in copies(&members) {
            if let (Some(report), Some(of)) = (members.get(copy.report), members.get(copy.of)) {
                said.insert(pair(&report.id, &of.id));
            }
        }
    }
    said
}

/// Scores the copies found in all of ECB+ on the pairs of a split.
pub(crate) fn run_wire(
    pairs: &Path,
    reports: &Path,
    split: &str,
    answers: Option<&Path>,
) -> Result<CopyScores> {
    let rows = story_rows(reports)?;
    let said = said_of(&reports_of(&blind_input(&rows), "reports.jsonl"));
    let mut copy_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (a, b) in &said {
        copy_of.entry(a).or_default().push(b);
    }
    let answer: Vec<_> = copy_of
        .iter()
        .map(|(report, copies)| json!({"report": report, "copy_of": copies}))
        .collect();
    put_answer(answers, "copies.jsonl", &answer)?;
    let in_split = |row: &&serde_json::Map<_, _>| text_of(row, "split") == Some(split);
    let inside: BTreeSet<String> = rows
        .iter()
        .filter(in_split)
        .filter_map(|row| text_of(row, "id"))
        .map(blind_id)
        .collect();
    let gold: BTreeSet<Pair> = read_rows(pairs)?
        .iter()
        .filter(in_split)
        .filter(|row| text_of(row, "label") == Some("copy"))
        .filter_map(|row| Some(pair(&blind_id(text_of(row, "a")?), &blind_id(text_of(row, "b")?))))
        .collect();
    let said = said
        .into_iter()
        .filter(|(a, b)| inside.contains(a) && inside.contains(b))
        .collect();
    Ok(score(&gold, &said))
}

/// Scores the copies found among reports whose `cluster` names the group of copies.
pub(crate) fn run_planted(path: &Path) -> Result<CopyScores> {
    let rows = story_rows(path)?;
    let said = said_of(&reports_of(&blind_input(&rows), "reports.jsonl"));
    let mut clusters: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &rows {
        if let (Some(cluster), Some(id)) = (text_of(row, "cluster"), text_of(row, "id")) {
            clusters.entry(cluster).or_default().push(blind_id(id));
        }
    }
    let mut gold = BTreeSet::new();
    for ids in clusters.values() {
        for (index, a) in ids.iter().enumerate() {
            gold.extend(ids[index + 1..].iter().map(|b| pair(a, b)));
        }
    }
    Ok(score(&gold, &said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> BTreeSet<Pair> {
        text.split(' ')
            .filter_map(|two| two.split_once('-'))
            .map(|(a, b)| pair(a, b))
            .collect()
    }

    #[test]
    fn pairs_and_groups_are_those_counted_by_hand() {
        let scores = score(&pairs("a-b a-c b-c d-e"), &pairs("b-a c-b x-y"));
        assert_eq!(scores.pairs, Scores::of_counts(2, 3, 4));
        // The answer links a, b, c: three pairs, all in the gold's group; x-y is wrong, d-e is missing.
        assert_eq!(scores.groups, Scores::of_counts(3, 4, 4));
    }

    #[test]
    fn groups_run_together_over_late_links() {
        assert_eq!(closed(&pairs("a-b c-d b-c")).len(), 6);
    }
}
