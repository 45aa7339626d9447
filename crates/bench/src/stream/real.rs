//! The story sets of the benches as streams: their reports come in the order of their days, one by one.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rashomon_story::{Grouper, GroupingOptions, ReportSignature, StreamOptions, group, signature};

use crate::data::{blind_id, blind_input, reports_of, story_rows, text_of};
use crate::stories::score;
use crate::table::Row;

/// The sets and splits on which settings may be chosen.
const SETS: [(&str, &str, &str); 9] = [
    ("ecbplus dev", "story-ecbplus/ecbplus.jsonl.zst", "dev"),
    ("ecbplus train", "story-ecbplus/ecbplus.jsonl.zst", "train"),
    ("wikinews dev", "story-wikinews/wikinews_dev.jsonl.zst", "dev"),
    ("neus dev", "story-allsides/neus_triples.jsonl.zst", "dev"),
    ("neus train", "story-allsides/neus_triples.jsonl.zst", "train"),
    (
        "allsides 2021 dev",
        "story-allsides/allsides_2021.jsonl.zst",
        "dev",
    ),
    ("basil dev", "story-basil/basil.jsonl.zst", "dev"),
    ("uci-titles dev", "story-uci-titles/uci_first6k.jsonl.zst", "dev"),
    // Dates of all kinds and none, in any order.
    (
        "ecbplus train, unordered",
        "story-ecbplus/ecbplus.jsonl.zst",
        "train",
    ),
];

/// Puts signatures in the order in which they come: by day, those without one spread evenly among them.
fn in_order(signatures: &mut [ReportSignature]) {
    signatures.sort_by(|a, b| {
        let day = |signature: &ReportSignature| signature.day().unwrap_or(f64::INFINITY);
        day(a).total_cmp(&day(b)).then_with(|| a.id().cmp(b.id()))
    });
    let dated = signatures.iter().filter(|one| one.day().is_some()).count();
    let undated = signatures.len() - dated;
    let mut placed: Vec<(f64, ReportSignature)> = signatures
        .iter()
        .enumerate()
        .map(|(place, signature)| {
            let (place, of) = if place < dated {
                (place, dated)
            } else {
                (place - dated, undated)
            };
            ((place as f64 + 0.5) / of as f64, signature.clone())
        })
        .collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (place, (_, signature)) in signatures.iter_mut().zip(placed) {
        *place = signature;
    }
}

/// Returns for each set how well its reports are grouped as a stream: when all have come and it was settled a last time,
/// and right when each came; beside them the grouping of the whole set at once.
pub(crate) fn rows(shared: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (name, file, split) in SETS {
        let path = shared.join("bench").join(file);
        let some: Vec<_> = story_rows(&path)?
            .into_iter()
            .filter(|row| text_of(row, "split") == Some(split))
            .collect();
        let reports = reports_of(&blind_input(&some), "input.jsonl");
        let mut signatures: Vec<ReportSignature> = reports.iter().map(signature).collect();
        if !name.ends_with("unordered") {
            in_order(&mut signatures);
        }
        let gold: BTreeMap<String, String> = some
            .iter()
            .map(|row| {
                let id = blind_id(text_of(row, "id").unwrap_or_default());
                (id, text_of(row, "cluster").unwrap_or_default().to_owned())
            })
            .collect();
        let gold: Vec<String> = signatures
            .iter()
            .map(|signature| gold.get(signature.id()).cloned().unwrap_or_default())
            .collect();
        let mut at_once_whole = vec![String::new(); signatures.len()];
        for story in group(&signatures) {
            for report in story.reports {
                at_once_whole[report].clone_from(&story.id);
            }
        }
        let mut grouper = Grouper::new(GroupingOptions::default(), StreamOptions::default());
        let mut said: BTreeMap<String, String> = BTreeMap::new();
        let mut when_it_came = Vec::new();
        for signature in &signatures {
            let placement = grouper.add(signature);
            when_it_came.push(placement.story.clone());
            said.insert(signature.id().to_owned(), placement.story);
            said.extend(
                placement
                    .moves
                    .into_iter()
                    .map(|moved| (moved.report, moved.story)),
            );
        }
        said.extend(
            grouper
                .settle()
                .into_iter()
                .map(|moved| (moved.report, moved.story)),
        );
        let current = |id: &String| grouper.current(id).to_owned();
        let in_end: Vec<String> = signatures
            .iter()
            .filter_map(|signature| said.get(signature.id()))
            .map(current)
            .collect();
        let when_it_came: Vec<String> = when_it_came.iter().map(current).collect();
        let end = score(&gold, &in_end);
        rows.push(Row::new(
            &format!("stream of {name}"),
            "BCubed F1",
            end.bcubed.f1,
            format!(
                "P {:.3} R {:.3}, {} stories; when each came {:.4}; whole set {:.4}",
                end.bcubed.precision,
                end.bcubed.recall,
                end.stories,
                score(&gold, &when_it_came).bcubed.f1,
                score(&gold, &at_once_whole).bcubed.f1,
            ),
        ));
    }
    Ok(rows)
}
