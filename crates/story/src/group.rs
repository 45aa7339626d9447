//! A whole set of reports grouped at once, whatever its order.

use std::cmp::Ordering;

use rashomon_core::Story;
use rustc_hash::FxHashMap;

use crate::frequency::ReportFrequencies;
use crate::hash::StableHash;
use crate::join::{COMPARED, Crowd, join};
use crate::kind::ReportKind;
use crate::linkage::{Item, share_at_one_time};
use crate::look_alikes::{Scales, split};
use crate::neighbours::links;
use crate::options::GroupingOptions;
use crate::signature::ReportSignature;
use crate::vector::{TermVector, number_terms};

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
    let (stories, frequencies) = joined(&order, options);
    let scales = Scales {
        frequencies: &frequencies,
        options,
    };
    let mut stories: Vec<Vec<(usize, &ReportSignature)>> = stories
        .into_iter()
        .flat_map(|reports| {
            let signatures: Vec<_> = reports.iter().map(|&(_, signature)| signature).collect();
            let vectors: Vec<TermVector> = signatures
                .iter()
                .map(|signature| TermVector::whole(signature, &frequencies, options))
                .collect();
            let vectors: Vec<&TermVector> = vectors.iter().collect();
            let parts = split(&signatures, &vectors, scales).into_iter();
            let pick = move |part: Vec<usize>| -> Vec<(usize, &ReportSignature)> {
                part.into_iter()
                    .filter_map(|index| reports.get(index).copied())
                    .collect()
            };
            parts.map(pick).collect::<Vec<_>>()
        })
        .collect();
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

/// Fewer telling words than this say of no report which event it speaks of.
pub(crate) const FEWEST_WORDS: usize = 2;

/// A report with its position in what was given.
type Placed<'signatures> = (usize, &'signatures ReportSignature);

/// Joins reports to stories; `order` puts equal reports side by side. Reports of the very same words are one report to
/// the linkage, so that a flood of them neither costs much nor outweighs all others.
fn joined<'signatures>(
    order: &[Placed<'signatures>],
    options: &GroupingOptions,
) -> (Vec<Vec<Placed<'signatures>>>, ReportFrequencies) {
    let mut first_of: FxHashMap<u64, usize> = FxHashMap::default();
    let mut alike: Vec<Vec<Placed<'signatures>>> = Vec::new();
    for &(position, signature) in order {
        let next = alike.len();
        let place = if signature.number_of_terms() == 0 || signature.kind() == ReportKind::RoundUp {
            next
        } else {
            *first_of.entry(signature.content()).or_insert(next)
        };
        match alike.get_mut(place) {
            Some(list) => list.push((position, signature)),
            None => alike.push(vec![(position, signature)]),
        }
    }
    drop(first_of);
    let firsts: Vec<&ReportSignature> = alike
        .iter()
        .filter_map(|list| list.first().map(|&(_, signature)| signature))
        .collect();
    let frequencies = ReportFrequencies::of_all(&firsts, options.prior_reports);
    let mut vectors: Vec<TermVector> = firsts
        .iter()
        .map(|signature| TermVector::of(signature, &frequencies, options))
        .collect();
    let days: Vec<Option<f64>> = firsts.iter().map(|signature| signature.day()).collect();
    let mut links = links(&vectors, &days, options);
    let tells_of_one_event = |report: u32| {
        firsts.get(report as usize).is_some_and(|signature| {
            signature.kind() != ReportKind::RoundUp && signature.number_of_words() >= FEWEST_WORDS
        })
    };
    links.retain(|link| tells_of_one_event(link.earlier) && tells_of_one_event(link.later));
    let terms = number_terms(vectors.iter_mut());
    let items = vectors
        .into_iter()
        .zip(&firsts)
        .map(|(vector, signature)| Item {
            vector,
            day: signature.day(),
            words: signature.number_of_words() as f32,
        })
        .collect();
    let crowd = Crowd {
        beside: 0,
        at_one_time: share_at_one_time(days.iter().copied(), options),
    };
    let stories = join(items, terms, &links, COMPARED, crowd, options)
        .into_iter()
        .map(|items| {
            items
                .into_iter()
                .filter_map(|item| alike.get(item))
                .flatten()
                .copied()
                .collect()
        })
        .collect();
    (stories, frequencies)
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
pub(crate) fn story_id(first: &ReportSignature) -> String {
    let hash = StableHash::new()
        .with(first.id().as_bytes())
        .with(&first.content().to_le_bytes())
        .finish();
    format!("s-{:012x}", hash >> 16)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rashomon_core::{Published, Report};

    use super::*;
    use crate::signature::signature;

    fn signed(id: &str, text: &str, day: Option<&str>) -> ReportSignature {
        let mut report = Report::new(id, text);
        if let Some(day) = day {
            report.published = Published::stated(day.parse().unwrap());
        }
        signature(&report)
    }

    fn reports_of(stories: &[Story]) -> Vec<Vec<usize>> {
        stories.iter().map(|story| story.reports.clone()).collect()
    }

    const QUAKE: &str =
        "An earthquake of magnitude 6.1 struck the Sarrow valley at dawn and killed five people in Velm.";
    const QUAKE_TOLL: &str =
        "Rescuers in Velm said that the magnitude 6.1 earthquake in the Sarrow valley killed 11 people.";
    const STRIKE: &str =
        "Train drivers of the northern line walked out over pay and left half of the commuters waiting.";

    #[test]
    fn two_reports_of_one_event_are_one_story_and_two_others_are_two() {
        assert_eq!(
            reports_of(&group(&[signed("a", QUAKE, None), signed("b", QUAKE_TOLL, None)])),
            [[0, 1]]
        );
        assert_eq!(
            reports_of(&group(&[signed("a", QUAKE, None), signed("b", STRIKE, None)])),
            [[0], [1]]
        );
    }

    #[test]
    fn dated_reports_come_first_by_date_and_ids_keep() {
        let stories = group(&[
            signed("a", QUAKE, None),
            signed("b", QUAKE_TOLL, Some("2031-04-03")),
            signed("c", QUAKE, Some("2031-04-02")),
        ]);
        assert_eq!(reports_of(&stories), [[2, 1, 0]]);
        assert_eq!(stories[0].id, one_story(&[signed("c", QUAKE, None)])[0].id);
        assert_eq!(stories[0].id.len(), 14);
    }

    #[test]
    fn ten_thousand_identical_reports_are_one_story() {
        let same: Vec<ReportSignature> = (0..10_000)
            .map(|number| signed(&format!("{number:05}"), QUAKE, None))
            .collect();
        let stories = group(&same);
        assert_eq!(stories.len(), 1);
        assert_eq!(stories[0].reports.len(), 10_000);
    }

    #[test]
    fn a_flood_of_one_template_is_placed() {
        let flood: Vec<ReportSignature> = (0..4_000)
            .map(|number| {
                let text = format!(
                    "Weather for Place{number}: Place{number} has {number} mm of rain, wind {number} and sun."
                );
                signed(&format!("{number:05}"), &text, None)
            })
            .collect();
        let reports: usize = group(&flood).iter().map(|story| story.reports.len()).sum();
        assert_eq!(reports, 4_000);
    }

    #[test]
    fn nothing_gives_no_story() {
        assert_eq!(group(&[]), []);
        assert_eq!(one_story(&[]), []);
    }

    proptest! {
        #[test]
        fn the_order_of_the_input_does_not_matter(order in Just([0, 1, 2, 3, 4, 5]).prop_shuffle()) {
            let texts = [QUAKE, QUAKE_TOLL, STRIKE, QUAKE, "", "Train drivers walked out over pay on the northern line."];
            let all: Vec<ReportSignature> = texts.iter().enumerate().map(|(id, text)| signed(&id.to_string(), text, None)).collect();
            let names = |signatures: &[ReportSignature]| -> Vec<(String, Vec<String>)> {
                let name = |&position: &usize| signatures[position].id().to_owned();
                group(signatures).iter().map(|story| (story.id.clone(), story.reports.iter().map(name).collect())).collect()
            };
            let shuffled: Vec<ReportSignature> = order.iter().map(|&position| all[position].clone()).collect();
            prop_assert_eq!(names(&all), names(&shuffled));
        }
    }
}
