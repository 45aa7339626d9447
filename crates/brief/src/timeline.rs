//! The days that a story's reports name, with what is said of each.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::{Brief, Date, DayPart, SentenceKind, Span, TimeValue};

/// A timeline has at most so many days.
const MOST_DAYS: usize = 12;
/// A day has at most so many entries.
const MOST_ENTRIES: usize = 3;

/// Whether a part of the day is named, the hour and the minute.
type PlaceInDay = (u8, i8, i8);

/// What a report says of a day.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) report: usize,
    pub(crate) sentence: usize,
    /// The sentence.
    pub(crate) span: Span,
    /// The part of the day, or the time of day: "morning", "09:25".
    pub(crate) clock: Option<String>,
    /// What else says the same: report and sentence.
    pub(crate) also: Vec<(usize, usize)>,
    weight: f64,
    order: PlaceInDay,
}

/// A day with what is said of it.
#[derive(Clone, Debug)]
pub(crate) struct TimelineDay {
    pub(crate) day: Date,
    pub(crate) entries: Vec<Entry>,
}

/// Returns the day that a value names, its part or time of day in words, and its place in the order of the day.
fn day_of(value: &TimeValue) -> Option<(Date, Option<String>, PlaceInDay)> {
    Some(match value {
        TimeValue::Day(day) => (*day, None, (0, 0, 0)),
        TimeValue::Part(day, part) => {
            let (word, hour) = match part {
                DayPart::Morning => ("morning", 8),
                DayPart::Midday => ("midday", 12),
                DayPart::Afternoon => ("afternoon", 15),
                DayPart::Evening => ("evening", 19),
                DayPart::Night => ("night", 22),
            };
            (*day, Some(word.to_owned()), (1, hour, 0))
        }
        TimeValue::Clock(day, hour, minute) | TimeValue::UtcClock(day, hour, minute) => {
            (*day, Some(format!("{hour:02}:{minute:02}")), (1, *hour, *minute))
        }
        _ => return None,
    })
}

/// Returns the days of a story in order; the most spoken of where there are many.
pub(crate) fn timeline(brief: &Brief<'_>) -> Vec<TimelineDay> {
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut facts: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
    for (position, fact) in brief.ledger.facts.iter().enumerate() {
        for cell in &fact.cells {
            *weights.entry((cell.report, cell.sentence)).or_default() += fact.weight;
            if fact.cells.len() > 1 {
                facts
                    .entry((cell.report, cell.sentence))
                    .or_default()
                    .insert(position);
            }
        }
    }
    let mut days: BTreeMap<Date, Vec<Entry>> = BTreeMap::new();
    for (report, reading) in brief.story.readings.iter().enumerate() {
        for time in &reading.times {
            let Some((day, clock, order)) = time.value.as_ref().and_then(day_of) else {
                continue;
            };
            let Some(sentence) = reading.sentences.get(time.sentence) else {
                continue;
            };
            let entries = days.entry(day).or_default();
            let known = entries
                .iter()
                .any(|entry| (entry.report, entry.sentence) == (report, time.sentence));
            if sentence.kind == SentenceKind::Text && !known {
                let weight = weights.get(&(report, time.sentence)).copied().unwrap_or_default();
                entries.push(Entry {
                    report,
                    sentence: time.sentence,
                    span: sentence.span,
                    clock,
                    also: Vec::new(),
                    weight,
                    order,
                });
            }
        }
    }
    let mut timeline: Vec<(f64, TimelineDay)> = days
        .into_iter()
        .map(|(day, entries)| {
            let weight = entries.iter().map(|entry| entry.weight).sum();
            let entries = without_repeats(entries, &facts);
            (weight, TimelineDay { day, entries })
        })
        .filter(|(_, day)| !day.entries.is_empty())
        .collect();
    timeline.sort_by(|one, other| {
        other
            .0
            .total_cmp(&one.0)
            .then_with(|| one.1.day.cmp(&other.1.day))
    });
    timeline.truncate(MOST_DAYS);
    timeline.sort_by_key(|(_, day)| day.day);
    timeline.into_iter().map(|(_, day)| day).collect()
}

/// Returns the weightiest entries of a day in the order of the day; those that share a fact become one.
fn without_repeats(mut entries: Vec<Entry>, facts: &BTreeMap<(usize, usize), BTreeSet<usize>>) -> Vec<Entry> {
    entries.sort_by(|one, other| {
        let place = |entry: &Entry| (entry.report, entry.span);
        other
            .weight
            .total_cmp(&one.weight)
            .then_with(|| place(one).cmp(&place(other)))
    });
    let none = BTreeSet::new();
    let of = |entry: &Entry| facts.get(&(entry.report, entry.sentence)).unwrap_or(&none);
    let mut kept: Vec<Entry> = Vec::new();
    for entry in entries {
        let same = kept
            .iter()
            .position(|other| other.report != entry.report && !of(other).is_disjoint(of(&entry)));
        if let Some(other) = same.and_then(|place| kept.get_mut(place)) {
            if other.also.iter().all(|(report, _)| *report != entry.report) {
                other.also.push((entry.report, entry.sentence));
            }
        } else if kept.len() < MOST_ENTRIES {
            kept.push(entry);
        }
    }
    kept.sort_by(|one, other| {
        let place = |entry: &Entry| (entry.order, entry.report, entry.span);
        place(one).cmp(&place(other))
    });
    kept
}
