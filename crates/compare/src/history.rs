//! How a number changed: the values of a fact in the order of time.
//!
//! A series of values in reports of different times is a history and not a quarrel. It is `superseded` where a count
//! grew, `corrected` where a value is taken back, and `disputed` where two values stand against each other at its end.

use rashomon_core::{
    Change, Date, Difference, Fact, FactKind, History, HistoryStep, Published, Quantity, StoryReadings,
    Verdict,
};

use crate::quantities::{Agreement, agreement};

/// Words that tell that a value is taken back, in small letters.
const CORRECTIONS: &[&str] = &[
    "corrected",
    "correction",
    "downgraded",
    "lowered",
    "revised",
    "revises",
];
/// Words that tell of an earlier value. A count that grew has earlier values without a correction.
const EARLIER: &[&str] = &[
    "earlier reported",
    "earlier said",
    "had reported",
    "had said",
    "initially",
    "its estimate",
    "originally",
    "previously reported",
    "previously said",
];

/// A cell with its number and its time.
struct Sighting<'story> {
    cell: usize,
    report: usize,
    quantity: &'story Quantity,
    day: Date,
    instant: Option<jiff::Timestamp>,
    /// Its place in the order of time; the same for what cannot be told apart.
    time: (Date, Option<jiff::Timestamp>),
}

/// Returns the history of a fact; `None` unless reports of different times give different numbers.
pub(crate) fn history(fact: &Fact, story: &StoryReadings<'_>, published: &[Published]) -> Option<History> {
    if (fact.kind, fact.verdict, fact.difference)
        != (FactKind::Quantity, Verdict::Differ, Some(Difference::Value))
    {
        return None;
    }
    let mut sightings: Vec<Sighting<'_>> = fact
        .cells
        .iter()
        .enumerate()
        .filter_map(|(cell, _)| sighting(fact, cell, story, published))
        .collect();
    put_in_order(&mut sightings);
    let (first, last) = (sightings.first()?.time, sightings.last()?.time);
    if first == last {
        return None;
    }
    // Each step is the sightings that give its value, the first of which brought it up.
    let mut steps: Vec<Vec<&Sighting<'_>>> = Vec::new();
    for sighting in &sightings {
        let fits = |step: &&mut Vec<&Sighting<'_>>| {
            step.first()
                .is_some_and(|lead| same_number(lead.quantity, sighting.quantity))
        };
        match steps.iter_mut().rev().find(fits) {
            Some(step) => step.push(sighting),
            None => steps.push(vec![sighting]),
        }
    }
    if steps.len() < 2 {
        return None;
    }
    let newest = steps.last()?.first()?;
    let late: Vec<&Sighting<'_>> = steps
        .iter()
        .rev()
        .skip(1)
        .flatten()
        .copied()
        .filter(|sighting| sighting.time > newest.time)
        .collect();
    let change = change(fact, story, &steps, &late);
    // Where nobody knows which value stands, nobody is late.
    let mut never_updated: Vec<usize> = match change {
        Change::Disputed => Vec::new(),
        _ => late.iter().map(|sighting| sighting.report).collect(),
    };
    never_updated.sort_unstable();
    never_updated.dedup();
    let steps = steps
        .iter()
        .filter_map(|step| {
            let lead = step.first()?;
            Some(HistoryStep {
                value: fact.cells.get(lead.cell)?.value.clone(),
                number: number(lead.quantity),
                day: lead.day,
                instant: lead.instant,
                cells: step.iter().map(|sighting| sighting.cell).collect(),
            })
        })
        .collect();
    Some(History {
        change,
        steps,
        never_updated,
    })
}

/// Returns a history in words: "superseded: ≥5 people, then 11 people, then 24 people".
pub(crate) fn reason(history: &History) -> String {
    let values: Vec<&str> = history.steps.iter().map(|step| step.value.as_str()).collect();
    format!("{}: {}", history.change.as_str(), values.join(", then "))
}

/// Returns the printed number of a quantity.
fn number(quantity: &Quantity) -> f64 {
    quantity.low.or(quantity.high).unwrap_or_default()
}

/// Returns true when two quantities give one number.
fn same_number(one: &Quantity, other: &Quantity) -> bool {
    agreement(one, other) != Some(Agreement::OtherNumber)
}

/// Returns a cell with its number and time; `None` where it has no number, or its report no day.
fn sighting<'story>(
    fact: &Fact,
    cell: usize,
    story: &'story StoryReadings<'_>,
    published: &[Published],
) -> Option<Sighting<'story>> {
    let found = fact.cells.get(cell)?;
    let published = published.get(found.report)?;
    let day = published.day?;
    Some(Sighting {
        cell,
        report: found.report,
        quantity: quantity_of(fact, cell, story)?,
        day,
        instant: published.instant,
        time: (day, published.instant),
    })
}

/// Returns the quantity of the reading that a cell of a quantity fact gives.
pub(crate) fn quantity_of<'story>(
    fact: &Fact,
    cell: usize,
    story: &'story StoryReadings<'_>,
) -> Option<&'story Quantity> {
    let cell = fact.cells.get(cell)?;
    let printed = first_number(&cell.value)?;
    let reading = story.readings.get(cell.report)?;
    let from = reading
        .quantities
        .partition_point(|quantity| quantity.span.end <= cell.span.start);
    reading
        .quantities
        .get(from..)?
        .iter()
        .take_while(|quantity| quantity.span.start < cell.span.end)
        .filter(|quantity| quantity.low == Some(printed) || quantity.high == Some(printed))
        .max_by_key(|quantity| quantity.span.overlap(cell.evidence))
}

/// Returns the first number of a value as a cell writes it: "≥15,000 troops" gives 15000.
fn first_number(value: &str) -> Option<f64> {
    let start = value.find(|character: char| character.is_ascii_digit())?;
    let negative = value.get(..start)?.ends_with('-');
    let digits: String = value
        .get(start..)?
        .chars()
        .take_while(|character| character.is_ascii_digit() || matches!(character, ',' | '.'))
        .filter(|character| *character != ',')
        .collect();
    let number: f64 = digits.trim_end_matches('.').parse().ok()?;
    Some(if negative { -number } else { number })
}

/// Puts sightings in the order of time. Instants count only where all of a day state one: a report without one may have
/// come at any hour.
fn put_in_order(sightings: &mut [Sighting<'_>]) {
    if sightings.iter().all(|sighting| sighting.instant.is_some()) {
        // The same day may begin and end at other instants in other zones.
        for sighting in sightings.iter_mut() {
            sighting.time.0 = Date::default();
        }
    } else {
        let vague: Vec<Date> = sightings
            .iter()
            .filter(|sighting| sighting.instant.is_none())
            .map(|sighting| sighting.day)
            .collect();
        for sighting in sightings.iter_mut() {
            if vague.contains(&sighting.day) {
                sighting.time.1 = None;
            }
        }
    }
    sightings.sort_by_key(|sighting| (sighting.time, sighting.report, sighting.cell));
}

/// Returns why the value changed. `late` are the sightings of earlier values after the newest was out.
fn change(
    fact: &Fact,
    story: &StoryReadings<'_>,
    steps: &[Vec<&Sighting<'_>>],
    late: &[&Sighting<'_>],
) -> Change {
    let origin = |sighting: &Sighting<'_>| {
        fact.cells
            .get(sighting.cell)
            .map_or("", |cell| cell.origin.as_str())
    };
    let leads: Vec<&Sighting<'_>> = steps.iter().filter_map(|step| step.first().copied()).collect();
    let (Some(newest), Some(before)) = (leads.last(), leads.get(leads.len().saturating_sub(2))) else {
        return Change::Superseded;
    };
    // Two values of the last hour stand against each other, as does an earlier value that someone new vouches for.
    let at_once = before.time == newest.time && origin(before) != origin(newest);
    let vouched = late.iter().any(|sighting| {
        let cell = fact.cells.get(sighting.cell);
        let named = cell.is_some_and(|cell| cell.attributed_to.is_some());
        let known = steps
            .iter()
            .flatten()
            .any(|other| other.time < sighting.time && origin(other) == origin(sighting));
        named && !known
    });
    if at_once || vouched {
        return Change::Disputed;
    }
    let same_origin = leads.windows(2).all(|pair| match pair {
        [one, other] => origin(one) == origin(other),
        _ => false,
    });
    let grew = leads.windows(2).all(|pair| match pair {
        [one, other] => number(one.quantity) <= number(other.quantity),
        _ => false,
    });
    let tells = |words: &[&str]| {
        let later = steps.iter().skip(1).flatten();
        later
            .into_iter()
            .any(|sighting| says(fact, sighting, story, words))
    };
    let counts = leads.iter().all(|sighting| sighting.quantity.unit.is_none());
    if tells(CORRECTIONS) {
        return Change::Corrected;
    }
    match (counts, grew) {
        // A count goes on; what is measured stays what it is, unless its own source says otherwise.
        (true, true) => Change::Superseded,
        _ if same_origin || tells(EARLIER) => Change::Corrected,
        _ => Change::Disputed,
    }
}

/// Returns true when the sentence of a sighting has one of some words.
fn says(fact: &Fact, sighting: &Sighting<'_>, story: &StoryReadings<'_>, words: &[&str]) -> bool {
    let (Some(cell), Some(report)) = (fact.cells.get(sighting.cell), story.reports.get(sighting.report))
    else {
        return false;
    };
    let sentence = cell.span.text(&report.text).to_lowercase();
    words.iter().any(|words| {
        sentence.match_indices(words).any(|(at, _)| {
            let before = sentence.get(..at).and_then(|text| text.chars().next_back());
            !before.is_some_and(char::is_alphanumeric)
        })
    })
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Ledger, Published, Report};

    use super::*;

    /// Returns the ledger of reports, each with the day and the name of its outlet.
    fn ledger(reports: &[(&str, &str, &str)]) -> Ledger {
        let reports: Vec<Report> = reports
            .iter()
            .map(|(outlet, day, text)| {
                let mut report = Report::new(*outlet, *text);
                report.outlet = Some((*outlet).to_owned());
                report.published = Published::stated(day.parse().unwrap());
                report
            })
            .collect();
        crate::test_story::ledger_of(&reports)
    }

    fn history_of(ledger: &Ledger) -> &History {
        ledger
            .facts
            .iter()
            .find_map(|fact| fact.history.as_ref())
            .unwrap_or_else(|| panic!("no history: {ledger:#?}"))
    }

    fn values(history: &History) -> Vec<&str> {
        history.steps.iter().map(|step| step.value.as_str()).collect()
    }

    #[test]
    fn a_toll_that_rises_is_superseded() {
        let ledger = ledger(&[
            (
                "Ansel Post",
                "2031-05-06",
                "At least five people were killed when a ferry sank off Port Ansel on Tuesday.",
            ),
            (
                "Orrin Herald",
                "2031-05-07",
                "Eleven people were killed when the ferry sank off Port Ansel on Tuesday.",
            ),
            (
                "Kesterby Times",
                "2031-05-08",
                "Twenty-four people were killed when the ferry sank off Port Ansel on Tuesday.",
            ),
        ]);
        let history = history_of(&ledger);
        assert_eq!(history.change, Change::Superseded);
        assert_eq!(values(history), ["≥5 people", "11 people", "24 people"]);
        assert!(history.never_updated.is_empty());
    }

    #[test]
    fn who_keeps_to_the_old_value_never_updated() {
        let ledger = ledger(&[
            (
                "Ansel Post",
                "2031-05-06",
                "Five people were killed when a ferry sank off Port Ansel on Tuesday.",
            ),
            (
                "Orrin Herald",
                "2031-05-07",
                "Eleven people were killed when the ferry sank off Port Ansel on Tuesday.",
            ),
            (
                "Ansel Mail",
                "2031-05-08",
                "Five people were killed when the ferry sank off Port Ansel on Tuesday.",
            ),
        ]);
        let history = history_of(&ledger);
        assert_eq!(history.change, Change::Superseded);
        assert_eq!(history.never_updated, [2]);
    }

    #[test]
    fn a_value_that_is_taken_back_is_corrected() {
        let ledger = ledger(&[
            (
                "Ansel Post",
                "2031-05-06",
                "Seven people were killed when a ferry sank off Port Ansel on Tuesday, police said.",
            ),
            (
                "Orrin Herald",
                "2031-05-07",
                "Five people were killed when the ferry sank off Port Ansel on Tuesday, police said in a revised count.",
            ),
        ]);
        assert_eq!(history_of(&ledger).change, Change::Corrected);
    }

    #[test]
    fn values_of_one_day_are_no_history() {
        let ledger = ledger(&[
            (
                "Ansel Post",
                "2031-05-06",
                "Seven people were killed when a ferry sank off Port Ansel on Tuesday.",
            ),
            (
                "Orrin Herald",
                "2031-05-06",
                "Five people were killed when the ferry sank off Port Ansel on Tuesday.",
            ),
        ]);
        assert!(ledger.facts.iter().all(|fact| fact.history.is_none()));
    }

    #[test]
    fn numbers_are_read_back_from_values() {
        assert_eq!(first_number("≥15,000 troops"), Some(15000.0));
        assert_eq!(first_number("$1.2 billion"), Some(1.2));
        assert_eq!(first_number("some"), None);
    }
}
