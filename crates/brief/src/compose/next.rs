//! What happens next: expectations with a date first, in the order of their dates.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::{Date, Ledger, Line, LineCite, Status, StoryReadings};

use super::candidates::{Candidate, Candidates, shared_words};
use super::cues::{Part, tells_what_comes, wholeness};
use super::selection::{Chosen, line};

/// Two expectations of one day with this share of all their words in common are one.
const SAME_EXPECTATION: f64 = 0.6;
/// So many expectations without a date are enough beside those with one.
const MOST_UNDATED: usize = 3;
/// An expectation without a date must be readable on its own at least so well.
const LEAST_WORTH_OF_UNDATED: f64 = 0.5;

/// An expectation must look like a whole sentence at least so much.
const LEAST_WHOLE: f64 = 0.6;

/// A sentence that tells what is still to come.
#[derive(Debug)]
pub(crate) struct Expectation {
    /// Its place in the list of candidates.
    pub(crate) candidate: usize,
    /// The last and the first day on which it will be so; `None` without a date.
    days: Option<(Date, Date)>,
    rank: f64,
}

impl Expectation {
    /// Returns true when it has a date.
    pub(crate) fn is_dated(&self) -> bool {
        self.days.is_some()
    }
}

/// Returns the last day on which a report of the story was published, as far as it is known.
pub(crate) fn last_published(ledger: &Ledger, story: &StoryReadings<'_>) -> Option<Date> {
    let inferred = ledger
        .published
        .iter()
        .filter_map(|published| published.day)
        .max();
    inferred.or_else(|| {
        story
            .reports
            .iter()
            .filter_map(|report| report.published.day)
            .max()
    })
}

/// Returns the expectations of a story: those with a date in its order, then the others, the weightiest first.
pub(crate) fn expectations(
    candidates: &Candidates<'_>,
    story: &StoryReadings<'_>,
    ledger: &Ledger,
    today: Option<Date>,
) -> Vec<Expectation> {
    let days = days_of_sentences(candidates, story, today);
    let uncovered = vec![false; candidates.fact_weights.len()];
    let listed: BTreeSet<(usize, usize)> = ledger
        .expectations
        .iter()
        .flat_map(|expectation| &expectation.cites)
        .map(|cite| (cite.report, cite.sentence))
        .collect();
    let mut found: Vec<Expectation> = Vec::new();
    for (position, candidate) in candidates.all.iter().enumerate() {
        let key = (candidate.report, candidate.sentence);
        let Some((status, days)) = days.get(&key).copied() else {
            continue;
        };
        let listed = listed.contains(&key);
        let expected = status == Some(Status::Expected) || status == Some(Status::Possible) && listed;
        let cue = tells_what_comes(candidate.text);
        let headed = candidate.part == Some(Part::Next);
        let dated = days.filter(|_| expected || cue);
        let undated =
            headed || status == Some(Status::Expected) && cue || status == Some(Status::Possible) && cue;
        // What breaks off tells nobody what will be.
        let whole = wholeness(candidate.text) >= LEAST_WHOLE;
        // What somebody says by the way of the future ("we will see") is rhetoric, unless it has a day or is said to be
        // somebody's word; and a question expects nothing.
        let rhetoric = candidate.asks || dated.is_none() && candidate.quotation.is_unsaid();
        if whole && !rhetoric && (dated.is_some() || undated) {
            found.push(Expectation {
                candidate: position,
                days: dated,
                rank: candidates.gain(candidate, &uncovered) + if headed { 1.0 } else { 0.0 },
            });
        }
    }
    found.sort_by(|one, other| {
        let undated = one.days.is_none().cmp(&other.days.is_none());
        undated
            .then_with(|| one.days.cmp(&other.days))
            .then_with(|| other.rank.total_cmp(&one.rank))
            .then_with(|| one.candidate.cmp(&other.candidate))
    });
    found
}

/// For each sentence of news: its surest status among those that look ahead, and the days on or after `today` that it
/// names, the last one first.
type DaysOfSentences = BTreeMap<(usize, usize), (Option<Status>, Option<(Date, Date)>)>;

fn days_of_sentences(
    candidates: &Candidates<'_>,
    story: &StoryReadings<'_>,
    today: Option<Date>,
) -> DaysOfSentences {
    let mut all: DaysOfSentences = candidates
        .all
        .iter()
        .map(|candidate| ((candidate.report, candidate.sentence), (None, None)))
        .collect();
    for (report, reading) in story.readings.iter().enumerate() {
        for statement in &reading.statements {
            if let Some((status, _)) = all.get_mut(&(report, statement.sentence)) {
                let own = Some(statement.status)
                    .filter(|status| matches!(status, Status::Expected | Status::Possible));
                *status = match (*status, own) {
                    (None, own) => own,
                    (found, None) => found,
                    (Some(found), Some(own)) => Some(found.min(own)),
                };
            }
        }
        for time in &reading.times {
            let covers = time.value.as_ref().and_then(rashomon_core::TimeValue::days);
            let (Some((first, last)), Some(today)) = (covers, today) else {
                continue;
            };
            if last < today {
                continue;
            }
            if let Some((_, days)) = all.get_mut(&(report, time.sentence)) {
                // The nearest day decides: what a sentence tells of the far future it tells as an aside.
                *days = Some(days.map_or((last, first), |known| known.min((last, first))));
            }
        }
    }
    all
}

/// Returns the lines of the first `most` expectations that differ from each other. Another report's telling of the
/// same becomes a cite. What `chosen_before` holds is left out, and what resembles it without having a date.
pub(crate) fn lines<'candidates, 'text>(
    expectations: &[Expectation],
    candidates: &'candidates Candidates<'text>,
    story: &StoryReadings<'_>,
    ledger: &Ledger,
    most: usize,
    chosen_before: &Chosen,
) -> Vec<(&'candidates Candidate<'text>, Line)> {
    let mut chosen: Vec<(&'candidates Candidate<'text>, Line)> = Vec::new();
    let mut undated = 0;
    for expectation in expectations {
        let Some(candidate) = candidates.all.get(expectation.candidate) else {
            continue;
        };
        if !expectation.is_dated() {
            let enough = undated >= MOST_UNDATED || candidate.worth < LEAST_WORTH_OF_UNDATED;
            if enough || chosen_before.resembles(candidate) {
                continue;
            }
        }
        if chosen_before.has(candidate) {
            continue;
        }
        let same = chosen.iter_mut().find(|(other, _)| is_same(other, candidate));
        if let Some((other, line)) = same {
            let known = line.cites.iter().any(|cite| cite.report == candidate.report);
            if !known && !candidate.copied && other.report != candidate.report {
                line.cites.push(LineCite {
                    report: candidate.report,
                    span: candidate.span,
                });
            }
        } else if chosen.len() < most {
            undated += usize::from(!expectation.is_dated());
            chosen.push((candidate, line(candidate, candidates, story, ledger)));
        }
    }
    chosen
}

/// Returns true when two sentences tell the same expectation.
fn is_same(one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let shared = shared_words(&one.words, &other.words);
    let all = one.words.len() + other.words.len() - shared;
    shared as f64 >= SAME_EXPECTATION * all.max(1) as f64
}
