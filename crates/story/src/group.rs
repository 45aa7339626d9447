//! A whole set of reports grouped at once, whatever its order.

use std::cmp::Ordering;

use rashomon_core::Story;

use crate::bag::Scales;
use crate::grouper::Grouper;
use crate::hash::StableHash;
use crate::look_alikes::split;
use crate::options::GroupingOptions;
use crate::signature::ReportSignature;

/// Groups reports into stories; the same for the same reports in any order.
///
/// Reports are placed by day (those without a date last) and then by a hash of what they say. A story's reports are
/// positions in `signatures`, dated ones first by date, then by id; its own id depends on its earliest report alone.
/// Stories are in the order of their earliest reports.
pub fn group(signatures: &[ReportSignature]) -> Vec<Story> {
    group_with(signatures, &GroupingOptions::default())
}

/// Groups reports as [`group`] does, with settings of one's own.
pub fn group_with(signatures: &[ReportSignature], options: &GroupingOptions) -> Vec<Story> {
    let mut order: Vec<(usize, &ReportSignature)> = signatures.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| {
        by_day(a, b)
            .then(a.content().cmp(&b.content()))
            .then_with(|| a.id().cmp(b.id()))
    });
    let mut grouper = Grouper::new(options.clone());
    for (_, signature) in &order {
        grouper.learn(signature);
    }
    for (_, signature) in &order {
        grouper.place(signature);
    }
    let frequencies = grouper.frequencies().clone();
    let mut stories: Vec<Vec<(usize, &ReportSignature)>> = Vec::new();
    for reports in grouper.finish() {
        let reports: Vec<_> = reports
            .into_iter()
            .filter_map(|position| order.get(position).copied())
            .collect();
        let signatures: Vec<_> = reports.iter().map(|&(_, signature)| signature).collect();
        for part in split(
            &signatures,
            Scales {
                frequencies: &frequencies,
                options,
            },
        ) {
            stories.push(
                part.into_iter()
                    .filter_map(|index| reports.get(index).copied())
                    .collect(),
            );
        }
    }
    for reports in &mut stories {
        reports.sort_by(|(_, a), (_, b)| in_story(a, b));
    }
    stories.sort_by(|a, b| match (a.first(), b.first()) {
        (Some((_, a)), Some((_, b))) => in_story(a, b),
        _ => a.len().cmp(&b.len()),
    });
    stories
        .into_iter()
        .map(|reports| Story {
            id: reports
                .first()
                .map(|(_, first)| story_id(first))
                .unwrap_or_default(),
            reports: reports.into_iter().map(|(position, _)| position).collect(),
        })
        .collect()
}

/// Returns all reports as one story: the user knows that they belong together. No report, no story.
pub fn one_story(signatures: &[ReportSignature]) -> Vec<Story> {
    let mut order: Vec<(usize, &ReportSignature)> = signatures.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| in_story(a, b));
    let first = order.first().map(|(_, first)| story_id(first));
    let reports = order.into_iter().map(|(position, _)| position).collect();
    first.map(|id| Story { id, reports }).into_iter().collect()
}

/// Compares two reports of a story: by day, then by id.
fn in_story(a: &ReportSignature, b: &ReportSignature) -> Ordering {
    by_day(a, b)
        .then_with(|| a.id().cmp(b.id()))
        .then(a.content().cmp(&b.content()))
}

/// Compares by day; reports without one come last.
fn by_day(a: &ReportSignature, b: &ReportSignature) -> Ordering {
    match (a.day(), b.day()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Returns the id of the story whose earliest report is `first`.
fn story_id(first: &ReportSignature) -> String {
    let hash = StableHash::new()
        .with(first.id().as_bytes())
        .with(&first.content().to_le_bytes())
        .finish();
    format!("s-{:012x}", hash >> 16)
}
