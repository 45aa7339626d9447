//! The sentences that may become lines of a brief, with what the choice needs to know of each.

use std::collections::BTreeMap;

use rashomon_core::{Change, Date, Ledger, LineCite, SentenceKind, Span, StoryReadings, Verdict};
use rustc_hash::FxHashMap;

use super::cues::{Part, matters, opening_weight, part_of_heading, wholeness};
use super::quotations::{Quotation, asks, quotations};

/// Words of fewer characters say little of what a sentence is about.
const SHORTEST_CONTENT_WORD: usize = 4;

/// A value that later reports replaced counts so much of what it counted when it was new.
const REPLACED: f64 = 0.1;

/// A sentence that gives a replaced value is worth so much of another one.
const OLD_NEWS: f64 = 0.7;
/// So much more a sentence of the last report is worth than one of the first.
const RECENCY: f64 = 0.3;

/// One sentence of news of one report.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<'text> {
    pub(crate) report: usize,
    pub(crate) sentence: usize,
    pub(crate) span: Span,
    pub(crate) text: &'text str,
    /// How many sentences of news stand before it in its report.
    pub(crate) position: usize,
    /// The part of a brief that the heading above it names.
    pub(crate) part: Option<Part>,
    /// The facts it stands in, in order.
    pub(crate) facts: Vec<usize>,
    /// Those of `facts` of which it gives a value that later reports replaced, in order.
    pub(crate) replaced: Vec<usize>,
    /// The numbers of its longer words in small letters, sorted, each once.
    pub(crate) words: Vec<u32>,
    /// How clearly its words tell why the event matters: 0 to 1.
    pub(crate) clarity: f64,
    /// How well it can be read on its own, and how much it says of what the story speaks of: 0 to 1.
    pub(crate) worth: f64,
    /// How late its report came among those of the story: 0 the first, 1 the last, half of it where that is not known.
    pub(crate) recency: f64,
    /// True where it stands in a passage taken from another report of the story.
    pub(crate) copied: bool,
    /// How it stands to the direct quotations of its report.
    pub(crate) quotation: Quotation,
    /// True for a question.
    pub(crate) asks: bool,
}

impl Candidate<'_> {
    /// Returns true where it may stand as a line of news: neither a question nor another's words that do not say whose.
    pub(crate) fn is_news(&self) -> bool {
        !self.asks && self.quotation.is_news()
    }
}

/// All sentences of news of a story, by report and then in the order of the text.
#[derive(Debug)]
pub(crate) struct Candidates<'text> {
    pub(crate) all: Vec<Candidate<'text>>,
    /// The weight of every fact, 0 to 1.
    pub(crate) fact_weights: Vec<f64>,
    positions: BTreeMap<(usize, usize), usize>,
}

impl<'text> Candidates<'text> {
    /// Returns the sentences of news of a story.
    pub(crate) fn new(story: &StoryReadings<'text>, ledger: &Ledger) -> Self {
        let mut facts_of: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (fact, found) in ledger.facts.iter().enumerate() {
            for cell in &found.cells {
                let facts = facts_of.entry((cell.report, cell.sentence)).or_default();
                if facts.last() != Some(&fact) {
                    facts.push(fact);
                }
            }
        }
        let mut replaced = replaced_facts(ledger);
        let recency = recencies(story, ledger);
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut all = Vec::new();
        for (report, (source, reading)) in story.reports.iter().zip(&story.readings).enumerate() {
            let copied: Vec<Span> = story
                .copies
                .iter()
                .filter(|copy| copy.report == report)
                .flat_map(|copy| copy.passages.iter().copied())
                .collect();
            let quotations = quotations(&source.text, reading);
            let mut part = None;
            let mut position = 0;
            for (sentence, found) in reading.sentences.iter().enumerate() {
                let text: &'text str = found.span.text(&source.text);
                match found.kind {
                    SentenceKind::Heading => part = part_of_heading(text),
                    SentenceKind::Provenance => {}
                    SentenceKind::Text if text.trim().is_empty() => {}
                    SentenceKind::Text => {
                        let shared: usize = copied.iter().map(|passage| passage.overlap(found.span)).sum();
                        all.push(Candidate {
                            report,
                            sentence,
                            span: found.span,
                            text,
                            position,
                            part,
                            facts: facts_of.remove(&(report, sentence)).unwrap_or_default(),
                            replaced: replaced.remove(&(report, sentence)).unwrap_or_default(),
                            words: numbered(content_words(text), &mut numbers),
                            clarity: matters(text),
                            worth: opening_weight(text) * wholeness(text),
                            recency: recency.get(report).copied().unwrap_or(0.5),
                            copied: shared * 2 > found.span.len(),
                            quotation: quotations.get(sentence).copied().unwrap_or_default(),
                            asks: asks(text),
                        });
                        position += 1;
                    }
                }
            }
        }
        weigh_by_common_words(&mut all, numbers.len());
        let positions = all
            .iter()
            .enumerate()
            .map(|(index, candidate)| ((candidate.report, candidate.sentence), index))
            .collect();
        Self {
            all,
            fact_weights: fact_weights(ledger),
            positions,
        }
    }

    /// Returns the sentence of a report's reading; `None` where it is no news.
    pub(crate) fn find(&self, report: usize, sentence: usize) -> Option<&Candidate<'text>> {
        self.positions
            .get(&(report, sentence))
            .and_then(|&index| self.all.get(index))
    }

    /// Returns the report and the sentence that a cite points at; `None` where it is no whole sentence of news.
    pub(crate) fn at(&self, cite: &LineCite) -> Option<(usize, usize)> {
        let place = self.all.partition_point(|candidate| {
            (candidate.report, candidate.span.start) < (cite.report, cite.span.start)
        });
        let candidate = self.all.get(place)?;
        (candidate.report == cite.report && candidate.span == cite.span)
            .then_some((candidate.report, candidate.sentence))
    }

    /// Returns how much a sentence says that `covered` (a flag for each fact) does not hold yet.
    pub(crate) fn gain(&self, candidate: &Candidate<'_>, covered: &[bool]) -> f64 {
        let new: f64 = candidate
            .facts
            .iter()
            .map(|&fact| {
                let weight = self.fact_weights.get(fact).copied().unwrap_or_default();
                // Newer news goes before what it replaced.
                let weight = if candidate.replaced.contains(&fact) {
                    REPLACED * weight
                } else {
                    weight
                };
                // Another sentence on a weighty fact mostly says more of it.
                if covered.get(fact) == Some(&true) {
                    0.3 * weight
                } else {
                    weight
                }
            })
            .sum();
        let lead = 1.0 / (1.0 + 0.5 * candidate.position as f64);
        // A long sentence holds more facts only because it is long.
        let length = 1.0 + candidate.words.len() as f64 / 40.0;
        let copied = if candidate.copied { 0.5 } else { 1.0 };
        let old = if candidate.replaced.is_empty() {
            1.0
        } else {
            OLD_NEWS
        };
        let new_news = 1.0 + RECENCY * (candidate.recency - 0.5);
        (new / length + 0.5 * lead) * candidate.worth * copied * old * new_news
    }
}

/// Returns for each report how late it came: 0 the first, 1 the last.
fn recencies(story: &StoryReadings<'_>, ledger: &Ledger) -> Vec<f64> {
    let days: Vec<Option<Date>> = (0..story.reports.len())
        .map(|report| ledger.published.get(report).and_then(|published| published.day))
        .collect();
    let instants: Vec<_> = ledger
        .published
        .iter()
        .map(|published| published.instant)
        .collect();
    let whole = !instants.is_empty() && instants.iter().all(Option::is_some);
    // Days alone order reports where not every one states its hour.
    let time = |report: usize| {
        let instant = instants.get(report).copied().flatten().filter(|_| whole);
        (days.get(report).copied().flatten().filter(|_| !whole), instant)
    };
    let mut times: Vec<_> = (0..story.reports.len())
        .filter(|&report| days.get(report).copied().flatten().is_some())
        .map(time)
        .collect();
    times.sort_unstable();
    times.dedup();
    (0..story.reports.len())
        .map(|report| match times.binary_search(&time(report)) {
            Ok(place) if times.len() > 1 => place as f64 / (times.len() - 1) as f64,
            _ => 0.5,
        })
        .collect()
}

/// Returns for each sentence the facts of which it gives a value that later reports replaced.
fn replaced_facts(ledger: &Ledger) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut replaced: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (place, fact) in ledger.facts.iter().enumerate() {
        let Some(history) = fact
            .history
            .as_ref()
            .filter(|history| history.change != Change::Disputed)
        else {
            continue;
        };
        let earlier = history.steps.iter().rev().skip(1).flat_map(|step| &step.cells);
        for cell in earlier.filter_map(|&cell| fact.cells.get(cell)) {
            replaced
                .entry((cell.report, cell.sentence))
                .or_default()
                .push(place);
        }
    }
    replaced
}

/// Returns the weights of the facts as shares of the largest, raised where independent origins stand behind them.
fn fact_weights(ledger: &Ledger) -> Vec<f64> {
    let largest = ledger.facts.iter().map(|fact| fact.weight).fold(0.0, f64::max);
    let scale = if largest > 0.0 { 1.0 / largest } else { 1.0 };
    ledger
        .facts
        .iter()
        .map(|fact| {
            let origins = match fact.verdict {
                Verdict::Single => 0.6,
                _ if fact.origins > 1 => 1.0,
                _ => 0.8,
            };
            (fact.weight * scale).clamp(0.0, 1.0) * origins
        })
        .collect()
}

/// Returns the numbers of words, sorted; a word that has none yet gets the next one.
fn numbered(words: Vec<String>, numbers: &mut FxHashMap<String, u32>) -> Vec<u32> {
    let mut own: Vec<u32> = words
        .into_iter()
        .map(|word| {
            let next = numbers.len() as u32;
            *numbers.entry(word).or_insert(next)
        })
        .collect();
    own.sort_unstable();
    own
}

/// Lowers the worth of sentences whose words no other sentence of the story uses; `words` is how many words there are.
fn weigh_by_common_words(all: &mut [Candidate<'_>], words: usize) {
    let mut counts = vec![0usize; words];
    for candidate in all.iter() {
        for &word in &candidate.words {
            counts[word as usize] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1) as f64;
    for candidate in all {
        let sum: usize = candidate.words.iter().map(|&word| counts[word as usize]).sum();
        let common = sum as f64 / most / candidate.words.len().max(1) as f64;
        candidate.worth *= 0.7 + 0.3 * common;
    }
}

/// Returns the longer words and all numbers of a text in small letters, sorted, each once.
pub(crate) fn content_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| {
            word.chars().count() >= SHORTEST_CONTENT_WORD
                || word.chars().any(|character| character.is_ascii_digit())
        })
        .map(str::to_lowercase)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Returns how many words two sorted lists share.
pub(crate) fn shared_words<Word: Ord>(one: &[Word], other: &[Word]) -> usize {
    let (mut left, mut right, mut shared) = (0, 0, 0);
    while let (Some(own), Some(their)) = (one.get(left), other.get(right)) {
        match own.cmp(their) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                left += 1;
                right += 1;
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_words_are_longer_words_and_numbers() {
        assert_eq!(
            content_words("At 9 a.m. the Ferry, the ferry sank."),
            ["9", "ferry", "sank"]
        );
    }

    #[test]
    fn shared_words_are_counted_once() {
        let words = |text: &str| content_words(text);
        assert_eq!(
            shared_words(&words("alpha bravo delta"), &words("bravo charlie delta")),
            2
        );
        assert_eq!(shared_words(&words(""), &words("bravo")), 0);
    }
}
