//! Tests of the grouping of a stream.

use std::collections::BTreeMap;
use std::time::Duration;

use rashomon_core::{Date, Published, Report};

use super::*;
use crate::group::group;
use crate::signature::signature;

const FERRY: &str = "A ferry ran aground off Lindvik on Monday with 300 people on board. Nobody was hurt.";
const FERRY_AGAIN: &str =
    "Tugs freed the ferry off Lindvik; the 300 people on board were not hurt, police said.";
const BANK: &str =
    "The national bank of Ostrenia left its rate at 3.5 percent on Monday, police said nothing.";

fn signed(id: &str, text: &str, day: Option<u64>) -> ReportSignature {
    let mut report = Report::new(id, text);
    if let Some(day) = day {
        let first = Date::constant(2031, 1, 1);
        report.published = Published::stated(first.checked_add(Duration::from_secs(day * 86_400)).unwrap());
    }
    signature(&report)
}

/// A report of an event that has its own names, words and numbers.
fn told(event: u64, report: u64) -> String {
    let word = |number: u64| {
        let syllables = ["ka", "lo", "mi", "tu", "re", "sho", "van", "go", "del", "pri"];
        let mut rest = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        let mut word = String::new();
        for _ in 0..4 {
            word.push_str(syllables[(rest % 10) as usize]);
            rest /= 10;
        }
        word
    };
    let own = |from: u64, to: u64| {
        (from..to)
            .map(|place| word(event * 1_000 + place))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let varied = |count: u64| {
        (0..count)
            .map(|place| word(1 << 40 | event << 20 | report << 8 | place))
            .collect::<Vec<_>>()
            .join(" ")
    };
    format!("{} in {}. {} {}", own(0, 10), own(10, 14), own(14, 22), varied(8))
}

/// Adds reports and returns the story of each at the end.
fn stories_of(grouper: &mut Grouper, signatures: &[ReportSignature]) -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    for signature in signatures {
        let placement = grouper.add(signature);
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
    said.into_iter()
        .map(|(report, story)| (report, grouper.current(&story).to_owned()))
        .collect()
}

/// Returns the reports of each story, ascending.
fn parts(said: &BTreeMap<String, String>) -> Vec<Vec<String>> {
    let mut stories: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (report, story) in said {
        stories.entry(story).or_default().push(report.clone());
    }
    let mut parts: Vec<_> = stories.into_values().collect();
    parts.sort_unstable();
    parts
}

fn grouper(stream: StreamOptions) -> Grouper {
    Grouper::new(GroupingOptions::default(), stream)
}

#[test]
fn each_report_is_placed_at_once() {
    let mut grouper = grouper(StreamOptions::default());
    let placed: Vec<String> = [FERRY, BANK, FERRY_AGAIN, BANK]
        .iter()
        .enumerate()
        .map(|(number, text)| grouper.add(&signed(&number.to_string(), text, None)).story)
        .collect();
    assert_eq!(placed[0], placed[2]);
    assert_eq!(placed[1], placed[3]);
    assert_ne!(placed[0], placed[1]);
    assert_eq!((grouper.open_stories(), grouper.open_reports()), (2, 3));
}

#[test]
fn texts_of_few_or_no_words_stand_alone() {
    let mut grouper = grouper(StreamOptions::default());
    let texts = ["", "", "Ferry", "the", "🎉"];
    let signatures: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(id, text)| signed(&id.to_string(), text, None))
        .collect();
    assert_eq!(parts(&stories_of(&mut grouper, &signatures)).len(), 5);
}

#[test]
fn in_the_end_a_small_stream_is_grouped_as_a_whole_set_in_any_order() {
    let mut signatures: Vec<ReportSignature> = (0..300)
        .map(|number| {
            signed(
                &format!("{number:03}"),
                &told(number % 40, number),
                (number % 4 > 0).then_some(number % 9),
            )
        })
        .collect();
    let mut whole: Vec<Vec<String>> = group(&signatures)
        .into_iter()
        .map(|story| {
            story
                .reports
                .into_iter()
                .map(|report| signatures[report].id().to_owned())
                .collect()
        })
        .collect();
    for story in &mut whole {
        story.sort_unstable();
    }
    whole.sort_unstable();
    assert_eq!(whole.len(), 40);
    assert_eq!(
        parts(&stories_of(&mut grouper(StreamOptions::default()), &signatures)),
        whole
    );
    signatures.reverse();
    assert_eq!(
        parts(&stories_of(&mut grouper(StreamOptions::default()), &signatures)),
        whole
    );
}

#[test]
fn old_stories_leave_and_a_late_report_finds_its_own() {
    let mut grouper = grouper(StreamOptions {
        reports_kept: 50,
        ..StreamOptions::default()
    });
    let ids: Vec<String> = (0..3)
        .map(|report| {
            grouper
                .add(&signed(&format!("old{report}"), &told(7_777, report), Some(0)))
                .story
        })
        .collect();
    let id = grouper.current(&ids[0]).to_owned();
    for number in 0..600 {
        grouper.add(&signed(
            &format!("{number:03}"),
            &told(number / 3, number),
            Some(number / 10),
        ));
    }
    assert!(
        grouper
            .archived()
            .any(|story| story.id == id && story.reports == 3)
    );
    assert!(grouper.open_reports() < 300, "{}", grouper.open_reports());
    let late = grouper.add(&signed("late", &told(7_777, 99), Some(2)));
    assert_eq!((late.story.as_str(), late.reopened), (id.as_str(), true));
    assert!(!grouper.archived().any(|story| story.id == id));
    // A new event finds none of the old ones.
    assert!(!grouper.add(&signed("new", &told(8_888, 0), Some(60))).reopened);
}

#[test]
fn what_nothing_new_is_known_of_stays_as_it_is() {
    let mut grouper = grouper(StreamOptions {
        reports_kept: 0,
        ..StreamOptions::default()
    });
    let reports = |events: std::ops::Range<u64>| -> Vec<ReportSignature> {
        let numbers = events.flat_map(|event| (0..5).map(move |report| (event, report)));
        numbers
            .map(|(event, report)| signed(&format!("{event:02}.{report}"), &told(event, report), None))
            .collect()
    };
    let first = stories_of(&mut grouper, &reports(0..20));
    // Of the events before only the first goes on.
    let mut later = reports(20..40);
    later.push(signed("00.5", &told(0, 5), None));
    let second = stories_of(&mut grouper, &later);
    assert_eq!(parts(&first).len(), 20);
    assert_eq!(parts(&second).len(), 21);
    assert_eq!(second["00.5"], first["00.0"]);
    // Their reports are still there to be joined.
    for event in [3, 25] {
        let placement = grouper.add(&signed(&format!("{event:02}.9"), &told(event, 9), None));
        let before = if event < 20 { &first } else { &second };
        assert_eq!(placement.story, before[&format!("{event:02}.0")]);
    }
    let active = grouper.active();
    assert!(
        (12..25).contains(&active.reports.len()),
        "{}",
        active.reports.len()
    );
    assert!(grouper.settle().is_empty());
    assert_eq!((grouper.open_reports(), grouper.open_stories()), (203, 40));
}

#[test]
fn an_archive_can_be_carried_into_another_run() {
    let mut first = grouper(StreamOptions {
        reports_open: 20,
        ..StreamOptions::default()
    });
    for number in 0..60 {
        first.add(&signed(&format!("{number:02}"), &told(number, 0), None));
    }
    let kept: Vec<ArchivedStory> = first.archived().cloned().collect();
    assert!(kept.len() >= 40 && kept.iter().all(|story| story.size() < 300));
    let id = kept[0].id.clone();
    let mut second = grouper(StreamOptions::default());
    for story in kept {
        second.archive(story);
    }
    let placement = second.add(&signed("again", &told(0, 0), None));
    assert_eq!((placement.story, placement.reopened), (id, true));
}

#[test]
fn what_is_open_stays_bounded_without_dates_and_with_one_endless_story() {
    let mut grouper = grouper(StreamOptions {
        reports_open: 100,
        reports_kept: 10,
        reports_of_story: 20,
        stories_archived: 50,
        ..StreamOptions::default()
    });
    let mut of_endless = std::collections::BTreeSet::new();
    for number in 0..2_000 {
        let event = if number % 10 == 0 { 5_000 } else { number };
        let story = grouper
            .add(&signed(&format!("{number:04}"), &told(event, number), None))
            .story;
        assert!(grouper.open_reports() <= 100);
        if event == 5_000 {
            of_endless.insert(story);
        }
    }
    let of_endless: std::collections::BTreeSet<&str> =
        of_endless.iter().map(|id| grouper.current(id)).collect();
    // Words of one report in ten seem common: the story may be cut, but it is no heap of single reports.
    assert!(of_endless.len() <= 10, "{}", of_endless.len());
    assert!(grouper.archived().count() <= 50);
}

#[test]
fn a_flood_of_the_same_words_is_one_story_and_costs_nothing() {
    let mut grouper = grouper(StreamOptions::default());
    for number in 0..10_000 {
        grouper.add(&signed(&number.to_string(), FERRY, None));
    }
    assert_eq!((grouper.open_stories(), grouper.open_reports()), (1, 1));
}
