//! Choosing and ordering the sentences of a brief.
//!
//! Lines are taken greedily: the next line is the sentence that adds most weight of facts which no line holds yet.
//! A sentence whose facts are all held, or whose words mostly stand in a line already, is left out.

mod candidates;
mod cues;
mod length;
mod next;
mod people;
mod quotations;
mod selection;

use rashomon_core::{
    Brief, Change, Date, Difference, HistoryStep, Ledger, Line, Sections, StoryReadings, Verdict,
};

use candidates::{Candidate, Candidates};
use cues::Part;
pub use length::Length;
use selection::{Chosen, line};

/// How a brief is composed.
#[derive(Clone, Debug)]
pub struct ComposeOptions {
    /// The most lines of "what happened".
    pub what_happened: usize,
    /// The most lines of "why it matters".
    pub why_it_matters: usize,
    /// The most lines of "what to know".
    pub what_to_know: usize,
    /// The most lines of "what people are saying".
    pub what_people_are_saying: usize,
    /// The most lines of "what happens next".
    pub what_happens_next: usize,
    /// What "today" is: what lies before it does not happen next. `None`: the last day on which a report of the story
    /// was published.
    pub as_of: Option<Date>,
}

impl Default for ComposeOptions {
    fn default() -> Self {
        Self {
            what_happened: 4,
            why_it_matters: 4,
            what_to_know: 8,
            what_people_are_saying: 6,
            what_happens_next: 8,
            as_of: None,
        }
    }
}

/// "What happened" is taken from the first so many sentences of each report.
const LEAD_SENTENCES: usize = 8;
/// A further line of "what happened" adds at least this share of what the first one said.
const LEAST_FURTHER_GAIN: f64 = 0.35;
/// A sentence tells why an event matters from this clarity on.
const LEAST_CLARITY: f64 = 0.5;
/// A sentence without a fact and far from the lead is no line of "what to know".
const LEAST_GAIN: f64 = 0.05;

/// Returns the brief of a story: sentences of its reports, chosen and ordered, each with all its cites.
pub fn compose<'reports>(
    story: StoryReadings<'reports>,
    ledger: Ledger,
    options: &ComposeOptions,
) -> Brief<'reports> {
    let candidates = Candidates::new(&story, &ledger);
    let today = options.as_of.or_else(|| next::last_published(&ledger, &story));
    let expectations = next::expectations(&candidates, &story, &ledger, today);
    let dated: Vec<usize> = expectations
        .iter()
        .filter(|expectation| expectation.is_dated())
        .map(|expectation| expectation.candidate)
        .collect();
    let mut chosen = Chosen::new(ledger.facts.len());
    let write = |candidate: &Candidate<'_>| line(candidate, &candidates, &story, &ledger);

    let what_happened = what_happened(&candidates, &mut chosen, &dated, options.what_happened, &write);

    let (what_people_are_saying, said) = people::lines(
        &candidates,
        &chosen,
        &story,
        &ledger,
        options.what_people_are_saying,
    );
    for (report, sentence) in said {
        if let Some(candidate) = candidates.find(report, sentence) {
            chosen.add(candidate);
        }
    }

    let to_come = next::lines(
        &expectations,
        &candidates,
        &story,
        &ledger,
        options.what_happens_next,
        &chosen,
    );
    let mut what_happens_next: Vec<Line> = Vec::new();
    for (candidate, line) in to_come {
        chosen.add(candidate);
        chosen.add_cites(&line, &candidates);
        what_happens_next.push(line);
    }

    let why_it_matters = why_it_matters(&candidates, &mut chosen, options.why_it_matters, &write);
    let what_to_know = what_to_know(&candidates, &mut chosen, options.what_to_know, &write);

    let sections = Sections {
        what_happened,
        why_it_matters,
        what_to_know,
        what_people_are_saying,
        what_happens_next,
        where_reports_differ: where_reports_differ(&ledger),
    };
    let headline = headline(&story, &ledger, &sections);
    Brief {
        story,
        ledger,
        headline,
        sections,
    }
}

/// Returns the sentence of the largest worth among those that `worth` gives one and that are `wanted`, which is asked only where
/// it decides.
fn best<'candidates, 'text>(
    candidates: &'candidates Candidates<'text>,
    worth: impl Fn(&Candidate<'_>) -> Option<f64>,
    wanted: impl Fn(&Candidate<'_>) -> bool,
) -> Option<(&'candidates Candidate<'text>, f64)> {
    let mut best: Option<(&'candidates Candidate<'text>, f64)> = None;
    for candidate in &candidates.all {
        if let Some(worth) = worth(candidate)
            && best.is_none_or(|(_, most)| worth > most)
            && wanted(candidate)
        {
            best = Some((candidate, worth));
        }
    }
    best
}

/// Chooses a sentence and returns its line.
fn take(
    candidate: &Candidate<'_>,
    candidates: &Candidates<'_>,
    chosen: &mut Chosen,
    write: &impl Fn(&Candidate<'_>) -> Line,
) -> Line {
    let line = write(candidate);
    chosen.add(candidate);
    chosen.add_cites(&line, candidates);
    line
}

/// Chooses the lines around the central event: the best first sentence, then what the first sentences add to it.
fn what_happened(
    candidates: &Candidates<'_>,
    chosen: &mut Chosen,
    dated: &[usize],
    most: usize,
    write: &impl Fn(&Candidate<'_>) -> Line,
) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    if most == 0 {
        return lines;
    }
    let is_dated = |candidate: &Candidate<'_>| {
        dated
            .iter()
            .filter_map(|&position| candidates.all.get(position))
            .any(|other| (other.report, other.sentence) == (candidate.report, candidate.sentence))
    };
    // What is still to come stands among what happens next, and no line stands twice.
    let gain = |candidate: &Candidate<'_>| candidates.gain(candidate, &chosen.covered);
    let is_news = |candidate: &Candidate<'_>| candidate.is_news();
    let first = |wanted: &dyn Fn(&Candidate<'_>) -> bool, deepest: usize| {
        let worth = |candidate: &Candidate<'_>| (candidate.position <= deepest).then(|| gain(candidate));
        best(candidates, worth, wanted)
    };
    // A story of nothing but one's words still begins with a line.
    let lead = first(&|candidate| is_news(candidate) && !is_dated(candidate), 0)
        .or_else(|| first(&is_news, 0))
        .or_else(|| first(&is_news, LEAD_SENTENCES))
        .or_else(|| first(&|_| true, 0));
    let Some((lead, first_gain)) = lead else {
        return lines;
    };
    lines.push(take(lead, candidates, chosen, write));
    while lines.len() < most {
        let worth = |candidate: &Candidate<'_>| {
            let fits = candidate.position < LEAD_SENTENCES
                && !matches!(candidate.part, Some(Part::Matters | Part::Saying | Part::Next))
                && candidate.clarity < 0.8
                && is_news(candidate)
                // Another report's lead on the same event is cited by the first line: as a line it would tell it again.
                && !chosen.cites(candidate);
            fits.then(|| candidates.gain(candidate, &chosen.covered))
        };
        let further = best(candidates, worth, |candidate| {
            !is_dated(candidate) && !chosen.repeats(candidate, candidates)
        });
        match further {
            // A second line is always wanted; after that it must add something.
            Some((candidate, gain)) if lines.len() < 2 || gain >= LEAST_FURTHER_GAIN * first_gain => {
                lines.push(take(candidate, candidates, chosen, write));
            }
            _ => break,
        }
    }
    lines
}

/// Chooses the lines that tell why the event matters.
fn why_it_matters(
    candidates: &Candidates<'_>,
    chosen: &mut Chosen,
    most: usize,
    write: &impl Fn(&Candidate<'_>) -> Line,
) -> Vec<Line> {
    let clarity: Vec<f64> = candidates
        .all
        .iter()
        .map(|candidate| {
            let headed = if candidate.part == Some(Part::Matters) {
                0.8
            } else {
                0.0
            };
            headed + candidate.clarity
        })
        .collect();
    let mut lines: Vec<Line> = Vec::new();
    while lines.len() < most {
        let mut found: Option<(&Candidate<'_>, f64)> = None;
        for (candidate, clarity) in candidates.all.iter().zip(&clarity) {
            let fits = *clarity >= LEAST_CLARITY && candidate.is_news();
            if !fits {
                continue;
            }
            let worth = clarity * candidate.worth + 0.5 * candidates.gain(candidate, &chosen.covered);
            if found.is_none_or(|(_, most)| worth > most) && !chosen.repeats(candidate, candidates) {
                found = Some((candidate, worth));
            }
        }
        let Some((candidate, _)) = found else { break };
        lines.push(take(candidate, candidates, chosen, write));
    }
    lines
}

/// Chooses the further lines, by the weight of the facts that they add.
fn what_to_know(
    candidates: &Candidates<'_>,
    chosen: &mut Chosen,
    most: usize,
    write: &impl Fn(&Candidate<'_>) -> Line,
) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    while lines.len() < most {
        let gain = |candidate: &Candidate<'_>| {
            let is_news = candidate.is_news();
            is_news.then(|| candidates.gain(candidate, &chosen.covered))
        };
        let found = best(candidates, gain, |candidate| {
            !chosen.repeats(candidate, candidates)
        });
        match found {
            Some((candidate, gain)) if gain >= LEAST_GAIN => {
                lines.push(take(candidate, candidates, chosen, write));
            }
            _ => break,
        }
    }
    lines
}

/// Returns the facts in which the reports differ, the most consequential first.
fn where_reports_differ(ledger: &Ledger) -> Vec<usize> {
    let rank = |difference: Option<Difference>| match difference {
        Some(Difference::Value | Difference::Certainty) => 0,
        _ => 1,
    };
    let mut differing: Vec<(usize, f64, usize)> = ledger
        .facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| fact.verdict == Verdict::Differ)
        .map(|(position, fact)| (rank(fact.difference), fact.weight, position))
        .collect();
    differing.sort_by(|one, other| {
        one.0
            .cmp(&other.0)
            .then_with(|| other.1.total_cmp(&one.1))
            .then_with(|| one.2.cmp(&other.2))
    });
    differing.into_iter().map(|(_, _, position)| position).collect()
}

/// Returns the title of the report that shares most with the others, or else the first line of the brief.
fn headline(story: &StoryReadings<'_>, ledger: &Ledger, sections: &Sections) -> String {
    let mut shared = vec![0.0; story.reports.len()];
    for fact in ledger.facts.iter().filter(|fact| fact.verdict != Verdict::Single) {
        let standing = fact.history.as_ref().and_then(|history| history.steps.last());
        let mut last = None;
        for (place, cell) in fact.cells.iter().enumerate() {
            // A title that gives what was replaced is old news.
            if standing.is_some_and(|step| !step.cells.contains(&place)) {
                continue;
            }
            if last != Some(cell.report)
                && let Some(sum) = shared.get_mut(cell.report)
            {
                *sum += fact.weight;
            }
            last = Some(cell.report);
        }
    }
    let mut best: Option<(f64, &str)> = None;
    for (position, report) in story.reports.iter().enumerate() {
        let Some(title) = report
            .title
            .as_deref()
            .map(str::trim)
            .filter(|title| is_headline(title))
        else {
            continue;
        };
        let old = if gives_old_news(ledger, position) {
            OLD_TITLE
        } else {
            1.0
        };
        let copied: f64 = story
            .copies
            .iter()
            .filter(|copy| copy.report == position)
            .map(|copy| copy.share)
            .fold(0.0, f64::max);
        let sum = shared.get(position).copied().unwrap_or_default() * (1.0 - 0.5 * copied) * old;
        if best.is_none_or(|(most, _)| sum > most) {
            best = Some((sum, title));
        }
    }
    if let Some((_, title)) = best {
        return title.to_owned();
    }
    let lines = sections.what_happened.iter().chain(&sections.what_to_know);
    let first = lines.map(|line| line.text.clone()).next();
    first
        .or_else(|| story.reports.iter().find_map(|report| report.title.clone()))
        .unwrap_or_else(|| story.id.clone())
}

/// The title of a report whose figures were replaced is worth so much of another one.
const OLD_TITLE: f64 = 0.5;

/// Returns true for a report that gives a replaced value of a fact, and not the one that stands.
fn gives_old_news(ledger: &Ledger, report: usize) -> bool {
    let histories = ledger
        .facts
        .iter()
        .filter_map(|fact| Some((fact, fact.history.as_ref()?)));
    histories
        .filter(|(_, history)| history.change != Change::Disputed)
        .any(|(fact, history)| {
            let gives = |step: &HistoryStep| {
                let mut cells = step.cells.iter().filter_map(|&cell| fact.cells.get(cell));
                cells.any(|cell| cell.report == report)
            };
            let mut steps = history.steps.iter().rev();
            !steps.next().is_some_and(gives) && steps.any(gives)
        })
}

/// Returns true for a title that reads as a headline: more than a word, and not all in capitals.
fn is_headline(title: &str) -> bool {
    title.split_whitespace().count() > 2 && title.chars().any(char::is_lowercase)
}
