//! What all renderers for readers need: names of reports, dates in words, counts.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::{
    Brief, Cell, Change, Date, Difference, Expectation, Fact, FactKind, Outcome, PublishedBasis, Status,
    StoryReadings, Verdict,
};

use crate::speaker::is_pronoun;

/// Returns a day as a reader writes it: "2 September 2025".
pub(crate) fn long_date(day: Date) -> String {
    format!("{} {}", day.strftime("%-d %B"), day.year())
}

/// Returns a stretch of days as a reader writes it: one day, or the first and the last.
pub(crate) fn date_range(range: Option<(Date, Date)>) -> Option<String> {
    let (first, last) = range?;
    if first == last {
        return Some(long_date(first));
    }
    let whole = long_date(first);
    let first_in_short = if first.year() != last.year() {
        whole
    } else if first.month() == last.month() {
        first.day().to_string()
    } else {
        whole
            .rsplit_once(' ')
            .map_or_else(String::new, |(head, _)| head.to_owned())
    };
    Some(format!("{first_in_short} – {}", long_date(last)))
}

/// Returns the name of each report of a story for a reader: its outlet or else its id, numbered where several reports
/// have the same. What the ids of all reports without an outlet begin with tells them not apart and is left out.
pub(crate) fn report_names(story: &StoryReadings<'_>) -> Vec<String> {
    let unnamed: Vec<&str> = story
        .reports
        .iter()
        .filter(|report| report.outlet.is_none())
        .map(|report| report.id.as_str())
        .collect();
    let common = common_beginning(&unnamed);
    let names: Vec<&str> = story
        .reports
        .iter()
        .map(|report| match &report.outlet {
            Some(outlet) => outlet.as_str(),
            None => report.id.get(common..).unwrap_or(&report.id),
        })
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        *counts.entry(name).or_default() += 1;
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    names
        .iter()
        .map(|&name| {
            let number = seen.entry(name).or_default();
            *number += 1;
            if counts.get(name).copied().unwrap_or_default() > 1 {
                format!("{name} ({number})")
            } else {
                name.to_owned()
            }
        })
        .collect()
}

/// Returns the length of the whole words that several ids begin with; 0 where an id is nothing else or too little
/// would be left of it to be a name.
fn common_beginning(ids: &[&str]) -> usize {
    let (Some(first), true) = (ids.first(), ids.len() > 1) else {
        return 0;
    };
    let mut common = 0;
    for (place, separator) in first.match_indices(['-', '_', '/', ' ']) {
        let end = place + separator.len();
        let beginning = first.get(..end);
        let names = |id: &&str| {
            id.get(end..)
                .is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        };
        if ids.iter().all(|id| id.get(..end) == beginning && names(id)) {
            common = end;
        }
    }
    common
}

/// Returns the first and the last day on which reports of the story were published.
pub(crate) fn published_range(brief: &Brief<'_>) -> Option<(Date, Date)> {
    let days = || (0..brief.story.reports.len()).filter_map(|report| published_day(brief, report));
    Some((days().min()?, days().max()?))
}

/// Returns the day on which a report was published, with what could be inferred.
pub(crate) fn published_day(brief: &Brief<'_>, report: usize) -> Option<Date> {
    let known = brief
        .ledger
        .published
        .get(report)
        .and_then(|published| published.day);
    known.or_else(|| {
        brief
            .story
            .reports
            .get(report)
            .and_then(|report| report.published.day)
    })
}

/// Returns how the day of a report is known, and for an inferred day the reason.
pub(crate) fn published_basis<'brief>(
    brief: &'brief Brief<'_>,
    report: usize,
) -> (PublishedBasis, Option<&'brief str>) {
    let own = brief.story.reports.get(report).map(|report| &report.published);
    match brief.ledger.published.get(report).or(own) {
        Some(published) => (published.basis, published.reason.as_deref()),
        None => (PublishedBasis::Unknown, None),
    }
}

/// A copy that holds this share of its source's words is nothing else.
pub(crate) const WHOLE_COPY: f64 = 0.6;

/// Returns true where there are several reports and all but one are copies.
pub(crate) fn only_copies(story: &StoryReadings<'_>) -> bool {
    let copied: BTreeSet<usize> = story
        .copies
        .iter()
        .filter(|copy| copy.share >= WHOLE_COPY)
        .map(|copy| copy.report)
        .collect();
    story.reports.len() > 1 && copied.len() + 1 >= story.reports.len()
}

/// Returns the name of a report by its position.
pub(crate) fn name_of(names: &[String], report: usize) -> &str {
    names.get(report).map_or("?", String::as_str)
}

/// Returns the facts in which reports agree, for a list: without those that rest on the very same sentences as a fact listed
/// before, and those that are called by the same words; and the number of all.
pub(crate) fn agreeing_by_sentences<'brief>(brief: &'brief Brief<'_>) -> (Vec<&'brief Fact>, usize) {
    let sentences = |fact: &Fact| -> BTreeSet<(usize, usize)> {
        fact.cells
            .iter()
            .map(|cell| (cell.report, cell.sentence))
            .collect()
    };
    let of_verdict = |verdict: Verdict| {
        brief
            .ledger
            .facts
            .iter()
            .filter(move |fact| fact.verdict == verdict)
    };
    let mut seen: BTreeSet<BTreeSet<(usize, usize)>> = BTreeSet::new();
    let mut labels: BTreeSet<&str> = of_verdict(Verdict::Differ)
        .map(|fact| fact.label.as_str())
        .collect();
    let listed = of_verdict(Verdict::Agree)
        .filter(|fact| seen.insert(sentences(fact)) && labels.insert(&fact.label))
        .collect();
    (listed, of_verdict(Verdict::Agree).count())
}

/// Returns a verdict in words for a reader.
pub(crate) fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agree => "agree",
        Verdict::Differ => "differ",
        Verdict::Single => "one report",
    }
}

/// Returns the kind of a difference in words for a reader.
pub(crate) fn difference_words(difference: Option<Difference>) -> &'static str {
    match difference {
        Some(Difference::Value) => "different values",
        Some(Difference::Certainty) => "different certainty",
        Some(Difference::Framing) => "different framing",
        Some(Difference::Attribution) => "different sources",
        None => "different",
    }
}

/// Returns in what a fact's reports differ in words for a reader: how its value changed, where it has a history.
pub(crate) fn difference_of(fact: &Fact) -> &'static str {
    match fact.history.as_ref().map(|history| history.change) {
        Some(Change::Superseded) => "changed over time",
        Some(Change::Corrected) => "corrected",
        Some(Change::Disputed) => "disputed",
        None => difference_words(fact.difference),
    }
}

/// Returns who stands behind a fact, and how well it is supported: "2 origins in 3 outlets, credibility 1".
pub(crate) fn support_words(fact: &Fact) -> String {
    format!(
        "{}, credibility {}",
        origins_in_outlets(fact),
        fact.credibility.number()
    )
}

/// Returns who stands behind a fact: "2 origins in 3 outlets".
pub(crate) fn origins_in_outlets(fact: &Fact) -> String {
    if fact.outlets > 0 && fact.outlets != fact.origins {
        format!(
            "{} in {}",
            origins_words(fact.origins),
            count(fact.outlets, "outlet")
        )
    } else {
        origins_words(fact.origins)
    }
}

/// Returns the cells of a fact in the order in which they are read: by time where it has a history, each with the day
/// of its report, and then the others.
pub(crate) fn cells_in_order(fact: &Fact, brief: &Brief<'_>) -> Vec<(usize, Option<String>)> {
    let Some(history) = &fact.history else {
        return (0..fact.cells.len()).map(|cell| (cell, None)).collect();
    };
    let mut order: Vec<usize> = history
        .steps
        .iter()
        .flat_map(|step| step.cells.iter().copied())
        .collect();
    let known: BTreeSet<usize> = order.iter().copied().collect();
    let others = (0..fact.cells.len()).filter(|cell| !known.contains(cell));
    let others: Vec<usize> = others.collect();
    order.extend(others);
    order
        .into_iter()
        .filter_map(|cell| {
            let report = fact.cells.get(cell)?.report;
            Some((cell, published_time(brief, report)))
        })
        .collect()
}

/// Returns how many sentences speak of a fact's point and take no side in what the reports differ in, in words; `None` where
/// there are none.
pub(crate) fn asides_words(fact: &Fact) -> Option<String> {
    let asides = fact.cells.iter().filter(|cell| !cell.decisive).count();
    (asides > 0).then(|| format!("and {} on this point", count(asides, "other sentence")))
}

/// A story of more reports than this is laid out by what they say: a column for each would fit no page.
pub(crate) const MOST_COLUMNS: usize = 8;

/// Returns the cells that a fact's verdict rests on, brought together by what they say, in the order in which they are read:
/// for each value the first cell that gives it, and the reports that do.
pub(crate) fn values_of<'fact>(fact: &'fact Fact, brief: &Brief<'_>) -> Vec<(&'fact Cell, Vec<usize>)> {
    let mut places: BTreeMap<(&str, Status, Option<&str>), usize> = BTreeMap::new();
    let mut values: Vec<(&Cell, Vec<usize>)> = Vec::new();
    for (place, _) in cells_in_order(fact, brief) {
        let Some(cell) = fact.cells.get(place).filter(|cell| cell.decisive) else {
            continue;
        };
        let key = (cell.value.as_str(), cell.status, cell.attributed_to.as_deref());
        let number = *places.entry(key).or_insert_with(|| {
            values.push((cell, Vec::new()));
            values.len() - 1
        });
        if let Some((_, reports)) = values.get_mut(number)
            && !reports.contains(&cell.report)
        {
            reports.push(cell.report);
        }
    }
    values
}

/// Returns the first few names of reports, and how many more there are: "Post, Herald and 12 more".
pub(crate) fn some_names(names: &[String], reports: &[usize]) -> String {
    const MOST: usize = 4;
    let shown: Vec<&str> = reports
        .iter()
        .take(MOST)
        .map(|&report| name_of(names, report))
        .collect();
    let shown = shown.join(", ");
    match reports.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Returns when a report was published, with its time of day in its own words where it states one: "4 March 2026, 06:40 UTC".
fn published_time(brief: &Brief<'_>, report: usize) -> Option<String> {
    let day = published_day(brief, report)?;
    let instant = brief
        .ledger
        .published
        .get(report)
        .and_then(|published| published.instant);
    Some(match instant {
        Some(instant) => format!("{}, {} UTC", long_date(day), instant.strftime("%H:%M")),
        None => long_date(day),
    })
}

/// Returns the outcome of an expectation in words for a reader.
pub(crate) fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::NotMet => "not met",
        Outcome::Open => "open",
    }
}

/// Returns the expectations that later reports settled.
pub(crate) fn settled<'brief>(brief: &'brief Brief<'_>) -> impl Iterator<Item = &'brief Expectation> {
    brief
        .ledger
        .expectations
        .iter()
        .filter(|expectation| expectation.outcome != Outcome::Open)
}

/// Returns what a fact is about in words for a reader.
pub(crate) fn kind_words(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Quantity => "how many",
        FactKind::Time => "when",
        FactKind::Place => "where",
        FactKind::Participant => "who",
        FactKind::Event => "what happened",
        FactKind::Status => "whether",
        FactKind::Statement => "what is the case",
        FactKind::Quote => "what was said",
    }
}

/// Returns how surely a cell says it where that is worth a word: an assertion is the rule, and is named only where the
/// reports differ in certainty.
pub(crate) fn status_words(status: Status, difference: Option<Difference>) -> Option<&'static str> {
    let wanted = status != Status::Asserted || difference == Some(Difference::Certainty);
    wanted.then(|| status.as_str())
}

/// Words for a source that tell a reader nothing of whose word it is.
const NOBODY: [&str; 21] = [
    "a", "all", "another", "anyone", "both", "everyone", "few", "many", "more", "most", "mr", "mrs", "ms",
    "nobody", "other", "others", "several", "some", "someone", "that", "which",
];

/// Returns on whose word a cell says it: "according to the police"; "reportedly" stays what it is. `None` for words that name
/// nobody: "some", "he".
pub(crate) fn source_words(source: &str) -> Option<String> {
    let plain = source.trim().trim_end_matches('.').to_lowercase();
    if is_pronoun(source) || NOBODY.contains(&plain.as_str()) {
        None
    } else if source.ends_with("edly") && !source.contains(' ') {
        Some(plain)
    } else {
        Some(format!("according to {source}"))
    }
}

/// Returns the number of independent origins in words: "1 origin", "3 origins".
pub(crate) fn origins_words(origins: usize) -> String {
    count(origins, "origin")
}

/// Returns a number with its noun, in the plural where there is not exactly one.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match (number, noun) {
        (1, _) => format!("1 {noun}"),
        (_, "story") => format!("{number} stories"),
        (_, "copy") => format!("{number} copies"),
        _ => format!("{number} {noun}s"),
    }
}

/// Returns whole percents of a share.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share.clamp(0.0, 1.0) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_on_the_same_sentences_are_listed_once() {
        let reports = crate::fixture::reports();
        let mut brief = crate::fixture::brief(&reports);
        let (listed, all) = agreeing_by_sentences(&brief);
        assert_eq!(listed.len(), all);
        let mut again = (*listed.first().unwrap()).clone();
        again.label = "the same in other words".to_owned();
        brief.ledger.facts.push(again);
        let (listed, more) = agreeing_by_sentences(&brief);
        assert_eq!((listed.len(), more), (all, all + 1));
    }

    #[test]
    fn a_source_that_names_nobody_is_not_shown() {
        assert_eq!(source_words("some"), None);
        assert_eq!(source_words("He"), None);
        assert_eq!(source_words("Mr."), None);
        assert_eq!(source_words("reportedly"), Some("reportedly".to_owned()));
        assert_eq!(
            source_words("the police"),
            Some("according to the police".to_owned())
        );
    }

    fn range(first: &str, last: &str) -> String {
        date_range(Some((first.parse().unwrap(), last.parse().unwrap()))).unwrap()
    }

    #[test]
    fn dates_are_written_in_words() {
        assert_eq!(range("2025-09-02", "2025-09-02"), "2 September 2025");
        assert_eq!(range("2025-09-02", "2025-09-04"), "2 – 4 September 2025");
        assert_eq!(range("2025-08-31", "2025-09-01"), "31 August – 1 September 2025");
        assert_eq!(
            range("2025-12-31", "2026-01-01"),
            "31 December 2025 – 1 January 2026"
        );
    }

    #[test]
    fn what_all_ids_begin_with_is_left_out() {
        assert_eq!(common_beginning(&["fire-daily-post", "fire-day"]), 5);
        assert_eq!(common_beginning(&["fire-1", "fire-2"]), 0);
        assert_eq!(common_beginning(&["fire-daily-post"]), 0);
        assert_eq!(common_beginning(&["fire-", "fire-day"]), 0);
    }

    #[test]
    fn counts_have_their_plural() {
        assert_eq!(count(1, "story"), "1 story");
        assert_eq!(count(0, "story"), "0 stories");
        assert_eq!(count(2, "origin"), "2 origins");
    }
}
