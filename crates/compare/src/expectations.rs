//! What the reports expect, and what later reports say became of it.
//!
//! An expectation is a clause that looks ahead ("is expected to visit the site on Wednesday"). The same expectation of
//! several reports is one. A clause of a later report settles it that speaks of the same: with its own verb and most of
//! its words, as something that was so (met) or was not, was called off or put off (not met).

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::{
    ClauseCite, Date, Expectation, Ledger, Outcome, Published, Reading, SentenceKind, Statement, Status,
    StoryReadings, TimeMention,
};
use rustc_hash::FxHashMap;

use crate::clause_terms::ClauseTerms;

/// Two expectations of one day with this share of the shorter one's words in common are one; so are two without a day.
const SAME: f64 = 0.6;
/// A later clause settles an expectation that has this share of the expectation's words.
const SETTLES: f64 = 0.6;
/// The same for an expectation without a day, which much may look like.
const SETTLES_WITHOUT_DAY: f64 = 0.85;
/// The same where both stand in one fact.
const SETTLES_IN_A_FACT: f64 = 0.4;
/// With fewer words in common a share says nothing.
const LEAST_SHARED: usize = 3;
/// A word that stands in more clauses than this tells none apart and is not looked up.
const MOST_CLAUSES_OF_A_WORD: usize = 400;

/// Words that tell that something did not come as expected, in small letters.
const CALLED_OFF: &[&str] = &[
    "abandoned",
    "called off",
    "canceled",
    "cancelled",
    "delayed",
    "failed to",
    "postponed",
    "put off",
    "scrapped",
    "shelved",
    "suspended",
];

/// A clause with what finds it again.
struct Clause<'story> {
    cite: ClauseCite,
    statement: &'story Statement,
    /// Its terms without those of its times, sorted, each once.
    terms: Vec<u32>,
    /// The term of its verb.
    verb: Option<u32>,
    facts: Vec<usize>,
    days: Option<(Date, Date)>,
    when: Option<String>,
}

/// Returns the expectations of a story: those with a day in its order, then the others in the order of the reports.
pub(crate) fn expectations(ledger: &Ledger, story: &StoryReadings<'_>) -> Vec<Expectation> {
    let mut terms = ClauseTerms::new();
    let facts_of = facts_of_sentences(ledger);
    let (ahead, said) = clauses(ledger, story, &facts_of, &mut terms);
    let mut by_term: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (place, clause) in said.iter().enumerate() {
        for &term in &clause.terms {
            by_term.entry(term).or_default().push(place);
        }
    }
    let mut found: Vec<Expectation> = together(&ahead)
        .into_iter()
        .filter_map(|group| {
            let members: Vec<&Clause<'_>> = group.iter().filter_map(|&place| ahead.get(place)).collect();
            let first = members.first()?;
            let settled = settlement(&members, &said, &by_term, ledger, story);
            Some(Expectation {
                id: String::new(),
                cites: members.iter().map(|member| member.cite).collect(),
                status: members.iter().map(|member| member.statement.status).min()?,
                attributed_to: first
                    .statement
                    .attribution
                    .as_ref()
                    .map(|source| source.name.clone()),
                days: first.days,
                when: first.when.clone(),
                outcome: settled.map_or(Outcome::Open, |(outcome, _)| outcome),
                settled_by: settled.map(|(_, cite)| cite),
            })
        })
        .collect();
    found.sort_by_key(|expectation| {
        let place = expectation.cites.first().map(|cite| (cite.report, cite.evidence));
        (expectation.days.is_none(), expectation.days, place)
    });
    for (place, expectation) in found.iter_mut().enumerate() {
        expectation.id = format!("x{}", place + 1);
    }
    found
}

/// Returns for each sentence the facts of several reports that it stands in.
fn facts_of_sentences(ledger: &Ledger) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut facts_of: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (place, fact) in ledger.facts.iter().enumerate() {
        if fact.cells.len() > 1 {
            for cell in &fact.cells {
                facts_of
                    .entry((cell.report, cell.sentence))
                    .or_default()
                    .push(place);
            }
        }
    }
    for facts in facts_of.values_mut() {
        facts.dedup();
    }
    facts_of
}

/// Returns the clauses that look ahead, by the time of their reports, and those that tell what was.
fn clauses<'story>(
    ledger: &Ledger,
    story: &'story StoryReadings<'_>,
    facts_of: &BTreeMap<(usize, usize), Vec<usize>>,
    terms: &mut ClauseTerms,
) -> (Vec<Clause<'story>>, Vec<Clause<'story>>) {
    let (mut ahead, mut said) = (Vec::new(), Vec::new());
    let mut order: Vec<usize> = (0..story.readings.len()).collect();
    order.sort_by_key(|&report| (time_of(ledger, report), report));
    for report in order {
        let (Some(reading), Some(source)) = (story.readings.get(report), story.reports.get(report)) else {
            continue;
        };
        let published = ledger.published.get(report).and_then(|published| published.day);
        for statement in &reading.statements {
            let Some(sentence) = reading.sentences.get(statement.sentence) else {
                continue;
            };
            if sentence.kind != SentenceKind::Text {
                continue;
            }
            let looks_ahead = matches!(statement.status, Status::Expected | Status::Possible);
            let time = looks_ahead
                .then(|| time_ahead(statement, reading, published))
                .flatten();
            let days = time.and_then(|(_, days)| days);
            let kept = match statement.status {
                // A guess without a day is about what is, as often as about what will be.
                Status::Possible => days.is_some(),
                // A day that is over when the report tells of it was expected by someone else, before.
                Status::Expected => time.is_none_or(|(_, days)| days.is_some()),
                _ => true,
            };
            if !kept {
                continue;
            }
            let clause = Clause {
                cite: ClauseCite {
                    report,
                    sentence: statement.sentence,
                    span: sentence.span,
                    evidence: statement.span,
                },
                statement,
                terms: terms.of(statement, reading, &source.text),
                verb: terms.verb(statement, &source.text),
                facts: facts_of
                    .get(&(report, statement.sentence))
                    .cloned()
                    .unwrap_or_default(),
                days,
                when: time
                    .and_then(|(time, _)| time.value.as_ref())
                    .map(ToString::to_string),
            };
            if looks_ahead {
                ahead.push(clause);
            } else {
                said.push(clause);
            }
        }
    }
    (ahead, said)
}

/// Returns when a report was published, for putting reports in order; what is not known stands last.
fn time_of(ledger: &Ledger, report: usize) -> (bool, Option<Date>, Option<jiff::Timestamp>) {
    let published = ledger.published.get(report);
    let day = published.and_then(|published| published.day);
    (
        day.is_none(),
        day,
        published.and_then(|published| published.instant),
    )
}

/// Returns the time of a clause that looks ahead, the nearest one not over on the day of the report, with its days:
/// `None` where it is over, or no stretch of the calendar.
fn time_ahead<'reading>(
    statement: &Statement,
    reading: &'reading Reading,
    published: Option<Date>,
) -> Option<(&'reading TimeMention, Option<(Date, Date)>)> {
    let mut own: Vec<&TimeMention> = statement
        .times
        .iter()
        .filter_map(|&time| reading.times.get(time))
        .collect();
    // A guess is about the day that its own clause names, and about no other of its sentence.
    if own.is_empty() && statement.status == Status::Expected {
        own.extend(
            reading
                .times
                .iter()
                .filter(|time| time.sentence == statement.sentence),
        );
        if own.len() > 1 {
            return None;
        }
    }
    let days = |time: &TimeMention| time.value.as_ref().and_then(rashomon_core::TimeValue::days);
    // The day of the report itself, named elsewhere in the sentence, is the day on which it was said.
    let own_times = !statement.times.is_empty();
    let to_come = own.iter().filter_map(|&time| {
        let days = days(time).filter(|(first, last)| {
            published.is_none_or(|published| *last >= published && (own_times || *first > published))
        })?;
        Some((time, days))
    });
    let nearest = to_come.min_by_key(|(time, days)| (*days, time.span));
    match nearest {
        Some((time, days)) => Some((time, Some(days))),
        None => own
            .iter()
            .find(|time| days(time).is_some())
            .map(|&time| (time, None)),
    }
}

/// For each term the groups whose first clause has it.
type GroupsOfTerms = FxHashMap<u32, Vec<usize>>;

/// Returns the groups of clauses that tell the same expectation.
fn together(ahead: &[Clause<'_>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_day: BTreeMap<Option<(Date, Date)>, GroupsOfTerms> = BTreeMap::new();
    for (place, clause) in ahead.iter().enumerate() {
        let near = by_day.entry(clause.days).or_default();
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for term in &clause.terms {
            for &group in near.get(term).into_iter().flatten() {
                *shared.entry(group).or_default() += 1;
            }
        }
        let same = shared.into_iter().find(|&(group, shared)| {
            let lead = groups
                .get(group)
                .and_then(|group: &Vec<usize>| ahead.get(*group.first()?));
            lead.is_some_and(|lead| {
                let least = lead.terms.len().min(clause.terms.len());
                shared >= LEAST_SHARED && shared as f64 >= SAME * least as f64
            })
        });
        if let Some(group) = same.and_then(|(group, _)| groups.get_mut(group)) {
            let report = clause.cite.report;
            if group
                .iter()
                .all(|&other| ahead.get(other).is_none_or(|other| other.cite.report != report))
            {
                group.push(place);
            }
            continue;
        }
        let number = groups.len();
        groups.push(vec![place]);
        for &term in &clause.terms {
            let groups_of = near.entry(term).or_default();
            if groups_of.len() < MOST_CLAUSES_OF_A_WORD {
                groups_of.push(number);
            }
        }
    }
    groups
}

/// Returns what a later report says became of an expectation: the last one that does.
fn settlement(
    members: &[&Clause<'_>],
    said: &[Clause<'_>],
    by_term: &FxHashMap<u32, Vec<usize>>,
    ledger: &Ledger,
    story: &StoryReadings<'_>,
) -> Option<(Outcome, ClauseCite)> {
    let first = members.first()?;
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for term in &first.terms {
        let clauses = by_term.get(term).map_or(&[][..], Vec::as_slice);
        if clauses.len() <= MOST_CLAUSES_OF_A_WORD {
            for &place in clauses {
                *shared.entry(place).or_default() += 1;
            }
        }
    }
    let facts: BTreeSet<usize> = members
        .iter()
        .flat_map(|member| member.facts.iter().copied())
        .collect();
    let published = |report: usize| ledger.published.get(report);
    let day = |report: usize| published(report).and_then(|published| published.day);
    let mut best: Option<(Option<Date>, usize, Outcome, ClauseCite)> = None;
    for (place, shared) in shared {
        let Some(clause) = said.get(place) else { continue };
        let report = clause.cite.report;
        // Only who writes later knows.
        let later = members.iter().all(
            |member| match (published(member.cite.report), published(report)) {
                (Some(own), Some(their)) => is_later(their, own),
                _ => false,
            },
        );
        let near = if first.days.is_none() {
            SETTLES_WITHOUT_DAY
        } else if clause.facts.iter().any(|fact| facts.contains(fact)) {
            SETTLES_IN_A_FACT
        } else {
            SETTLES
        };
        if !later || shared < LEAST_SHARED || (shared as f64) < near * first.terms.len() as f64 {
            continue;
        }
        let words = story.text(report, clause.cite.evidence).to_lowercase();
        let off = CALLED_OFF.iter().any(|cue| words.contains(cue));
        let same_verb = clause.verb.is_some() && clause.verb == first.verb;
        let began = match (first.days, day(report)) {
            (Some((begins, _)), Some(published)) => published >= begins,
            (None, Some(_)) => true,
            _ => false,
        };
        let outcome = if off || same_verb && clause.statement.status == Status::Denied {
            Outcome::NotMet
        } else if same_verb && clause.statement.status == Status::Asserted && began {
            if clause.statement.negated {
                Outcome::NotMet
            } else {
                Outcome::Met
            }
        } else {
            continue;
        };
        let candidate = (day(report), shared, outcome, clause.cite);
        if best
            .as_ref()
            .is_none_or(|best| (candidate.0, candidate.1) > (best.0, best.1))
        {
            best = Some(candidate);
        }
    }
    best.map(|(_, _, outcome, cite)| (outcome, cite))
}

/// Returns true where one report was published after another for certain.
fn is_later(one: &Published, other: &Published) -> bool {
    match (one.instant, other.instant) {
        (Some(own), Some(their)) => own > their,
        _ => match (one.day, other.day) {
            (Some(own), Some(their)) => own > their,
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Published, Report};

    use super::*;

    /// Returns the expectations of reports, each with its day.
    fn expected(reports: &[(&str, &str)]) -> Vec<Expectation> {
        let reports: Vec<Report> = reports
            .iter()
            .enumerate()
            .map(|(place, (day, text))| {
                let mut report = Report::new(format!("r{place}"), *text);
                report.published = Published::stated(day.parse().unwrap());
                report
            })
            .collect();
        crate::test_story::ledger_of(&reports).expectations
    }

    #[test]
    fn what_is_said_of_another_day_is_listed_once() {
        let found = expected(&[
            (
                "2031-05-06",
                "Mayor Ilse Brandt is expected to visit the site on Wednesday.",
            ),
            (
                "2031-05-06",
                "Mayor Ilse Brandt will visit the site on Wednesday. The bridge fell on Tuesday.",
            ),
        ]);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].when.as_deref(), Some("2031-05-07"));
        assert_eq!(found[0].cites.len(), 2);
        assert_eq!(found[0].outcome, Outcome::Open);
    }

    #[test]
    fn a_later_report_settles_it() {
        let will = (
            "2031-05-06",
            "Mayor Ilse Brandt will visit the collapsed bridge on Wednesday.",
        );
        let met = expected(&[
            will,
            (
                "2031-05-07",
                "Mayor Ilse Brandt visited the collapsed bridge on Wednesday.",
            ),
        ]);
        assert_eq!(met[0].outcome, Outcome::Met, "{met:#?}");
        let off = expected(&[
            will,
            (
                "2031-05-07",
                "Mayor Ilse Brandt cancelled her visit to the collapsed bridge.",
            ),
        ]);
        assert_eq!(off[0].outcome, Outcome::NotMet, "{off:#?}");
        let not = expected(&[
            will,
            (
                "2031-05-08",
                "Mayor Ilse Brandt did not visit the collapsed bridge.",
            ),
        ]);
        assert_eq!(not[0].outcome, Outcome::NotMet, "{not:#?}");
        let else_ = expected(&[will, ("2031-05-07", "Mayor Ilse Brandt spoke in the town hall.")]);
        assert_eq!(else_[0].outcome, Outcome::Open, "{else_:#?}");
    }

    #[test]
    fn what_is_over_is_not_expected() {
        assert!(
            expected(&[(
                "2031-05-08",
                "The council was expected to meet on May 6, 2031. The bridge fell."
            )])
            .iter()
            .all(|expectation| expectation.days.is_none())
        );
    }
}
