//! What grouping keeps of a report: its telling words, its names, its day.

use std::sync::Arc;

use rashomon_core::{Date, Report, Span};
use rustc_hash::FxHashMap;

use crate::general_words::{SHARE_OF_UNKNOWN_WORD, share_of_reports};
use crate::hash::{StableHash, hash_of};
use crate::kind::{ReportKind, kind_of};
use crate::words::for_each_word;

/// How often a word of the title counts.
const TITLE_COUNT: f32 = 3.5;
/// How often a word of the lead counts.
const LEAD_COUNT: f32 = 2.2;
/// How many words of the text are its lead.
const LEAD_WORDS: usize = 100;
/// How many words of the text are looked at: what a long report says later says little of its event.
const TEXT_WORDS: usize = 1_200;
/// How many words a signature keeps.
const KEPT_WORDS: usize = 140;
/// How many pairs of words a signature keeps.
const KEPT_PAIRS: usize = 40;
/// Steps of a stored weight for one unit of weight.
const WEIGHT_STEPS: f32 = 10.0;

/// What a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TermKind {
    /// A word.
    Word,
    /// A word that is a name, a part of one, or a number: what tells one event from another that looks like it.
    Name,
    /// Two words, one after the other.
    Pair,
}

/// A term of a report with its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Term {
    /// The hash of its form.
    pub(crate) hash: u32,
    /// What it is.
    pub(crate) kind: TermKind,
    /// How much the report speaks of it: 1 plus the logarithm of its weighted count.
    pub(crate) weight: f32,
}

/// What grouping keeps of a report once its text and reading are dropped: about a kilobyte. A clone shares it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportSignature(Arc<Kept>);

/// What a signature holds.
#[derive(Debug, PartialEq)]
struct Kept {
    /// The report's id.
    id: Box<str>,
    /// When it was published, in days since 1970-01-01.
    day: Option<f64>,
    /// The hash of its title and text.
    content: u64,
    /// What it is.
    kind: ReportKind,
    /// The hashes of its terms, ascending.
    terms: Box<[u32]>,
    /// For each term its kind (two low bits) and its weight (six high bits).
    weights: Box<[u8]>,
}

impl ReportSignature {
    /// Returns the report's id.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Returns when the report was published, in days since 1970-01-01 with the time of day as a fraction; `None`
    /// where nothing tells.
    pub fn day(&self) -> Option<f64> {
        self.0.day
    }

    /// Returns how much memory the signature takes, in bytes.
    pub fn size(&self) -> usize {
        size_of::<Kept>() + self.0.id.len() + self.0.terms.len() * size_of::<u32>() + self.0.weights.len()
    }

    /// Returns what the report is.
    pub fn kind(&self) -> ReportKind {
        self.0.kind
    }

    /// Returns the hash of the report's title and text.
    pub(crate) fn content(&self) -> u64 {
        self.0.content
    }

    /// Returns how many words it holds; pairs of words are none.
    pub(crate) fn number_of_words(&self) -> usize {
        self.terms().filter(|term| term.kind != TermKind::Pair).count()
    }

    /// Returns how many terms it has.
    pub(crate) fn number_of_terms(&self) -> usize {
        self.0.terms.len()
    }

    /// Returns its terms in ascending order.
    pub(crate) fn terms(&self) -> impl Iterator<Item = Term> {
        self.0
            .terms
            .iter()
            .zip(&*self.0.weights)
            .map(|(&hash, &packed)| Term {
                hash,
                kind: match packed & 3 {
                    0 => TermKind::Word,
                    1 => TermKind::Name,
                    _ => TermKind::Pair,
                },
                weight: f32::from(packed >> 2) / WEIGHT_STEPS,
            })
    }
}

/// Returns the term of a word in lower case.
pub(crate) fn word_term(word: &str) -> u32 {
    (hash_of(word) >> 32) as u32
}

/// Returns the term of two words.
pub(crate) fn pair_term(first: &str, second: &str) -> u32 {
    (StableHash::new()
        .with(first.as_bytes())
        .with(second.as_bytes())
        .finish()
        >> 32) as u32
}

/// Returns a day in days since 1970-01-01.
fn day_number(day: Date) -> f64 {
    let seconds = day.duration_since(Date::constant(1970, 1, 1)).as_secs();
    seconds as f64 / 86_400.0
}

/// Returns when a report was published, in days since 1970-01-01 with the time of day as a fraction.
pub(crate) fn published_day(report: &Report) -> Option<f64> {
    match (report.published.instant, report.published.day) {
        (Some(instant), _) => Some(instant.as_second() as f64 / 86_400.0),
        (None, day) => day.map(day_number),
    }
}

/// What is counted of a term while a report is read.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// How often it stands there, weighted.
    times: f32,
    name: bool,
    pair: bool,
    /// Its rank by first occurrence.
    first: usize,
}

/// Counts the terms of a report.
#[derive(Debug, Default)]
struct Counts {
    counts: FxHashMap<u32, Count>,
    seen: usize,
}

impl Counts {
    fn add(&mut self, term: u32, times: f32, name: bool, pair: bool) {
        self.seen += 1;
        let first = self.seen;
        let entry = self.counts.entry(term).or_insert(Count {
            pair,
            first,
            ..Count::default()
        });
        entry.times += times;
        entry.name |= name;
    }

    /// Counts the words of `text`; `skip` tells of a byte position whether it is left out.
    fn read(
        &mut self,
        text: &str,
        count_at: impl Fn(usize) -> f32,
        last_pair: usize,
        capitals_are_names: bool,
        skip: impl Fn(usize) -> bool,
    ) {
        let shares = share_of_reports();
        let mut before: Option<(String, bool)> = None;
        let mut position = 0;
        for_each_word(text, |word| {
            if position >= TEXT_WORDS || skip(word.start) {
                before = None;
                return;
            }
            position += 1;
            let term = word_term(&word.form);
            let share = shares.get(&term).copied().unwrap_or(SHARE_OF_UNKNOWN_WORD);
            if share >= 1.0 || word.form.chars().nth(1).is_none() && word.form.is_ascii() {
                before = None;
                return;
            }
            let count = count_at(position);
            let number = word.form.starts_with(|first: char| first.is_ascii_digit());
            let name = number || capitals_are_names && word.capital_inside;
            self.add(term, count, name, false);
            if let Some((first, first_name)) = before.take().filter(|_| word.follows)
                && (position <= last_pair || first_name && name)
            {
                self.add(pair_term(&first, &word.form), count, false, true);
            }
            before = Some((word.form, name || word.capital && capitals_are_names));
        });
    }
}

/// Returns what grouping keeps of `report`. Words with a capital inside a sentence, and numbers, are taken for names: that
/// the names of a full reading do not group better was measured, and this works in any language with capitals.
/// Parts of the text that tell of the report itself are left out.
pub fn signature(report: &Report) -> ReportSignature {
    let title = report.title.as_deref().unwrap_or_default();
    let text = &report.text;
    let is_provenance = |position: usize| report.is_provenance(Span::new(position, position + 1));

    let mut counts = Counts::default();
    counts.read(title, |_| TITLE_COUNT, usize::MAX, false, |_| false);
    let lead = |position: usize| if position <= LEAD_WORDS { LEAD_COUNT } else { 1.0 };
    counts.read(text, lead, LEAD_WORDS, true, is_provenance);

    let mut terms = kept_terms(counts);
    terms.sort_unstable_by_key(|term| term.hash);
    ReportSignature(Arc::new(Kept {
        id: report.id.as_str().into(),
        day: published_day(report),
        content: StableHash::new()
            .with(title.as_bytes())
            .with(text.as_bytes())
            .finish(),
        kind: kind_of(report),
        terms: terms.iter().map(|term| term.hash).collect(),
        weights: terms
            .iter()
            .map(|term| {
                let steps = (term.weight * WEIGHT_STEPS).clamp(1.0, 63.0) as u8;
                steps << 2
                    | match term.kind {
                        TermKind::Word => 0,
                        TermKind::Name => 1,
                        TermKind::Pair => 2,
                    }
            })
            .collect(),
    }))
}

/// Returns the weightiest terms: those that the report speaks of most and that are rare in general.
fn kept_terms(counts: Counts) -> Vec<Term> {
    let shares = share_of_reports();
    let mut words = Vec::new();
    let mut pairs = Vec::new();
    #[expect(clippy::iter_over_hash_type, reason = "what comes out is sorted below")]
    for (hash, count) in counts.counts {
        let weight = 1.0 + libm::logf(count.times.max(1.0));
        let share = shares.get(&hash).copied().unwrap_or(SHARE_OF_UNKNOWN_WORD);
        let rank = if count.pair {
            weight
        } else {
            weight * -libm::logf(share)
        };
        let kind = match count {
            Count { pair: true, .. } => TermKind::Pair,
            Count { name: true, .. } => TermKind::Name,
            _ => TermKind::Word,
        };
        let list = if count.pair { &mut pairs } else { &mut words };
        list.push((rank, count.first, Term { hash, kind, weight }));
    }
    for (list, kept) in [(&mut words, KEPT_WORDS), (&mut pairs, KEPT_PAIRS)] {
        list.sort_unstable_by(|a, b| {
            b.0.total_cmp(&a.0)
                .then(a.1.cmp(&b.1))
                .then(a.2.hash.cmp(&b.2.hash))
        });
        list.truncate(kept);
    }
    words.into_iter().chain(pairs).map(|(_, _, term)| term).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(text: &str) -> ReportSignature {
        signature(&Report::new("a", text))
    }

    #[test]
    fn a_signature_is_far_smaller_than_a_long_text() {
        let words: Vec<String> = (0..3_000)
            .map(|number| format!("word{number} Name{}", number % 400))
            .collect();
        let text = words.join(" ");
        assert!(sign(&text).size() < 1_400, "{}", sign(&text).size());
    }

    #[test]
    fn provenance_leaves_no_trace() {
        let mut report = Report::new("a", "Ferry aground off Lindvik. By Ada Brown");
        report.provenance = Span::of(&report.text, "By Ada Brown").into_iter().collect();
        let with = signature(&report);
        assert_eq!(
            with.terms().collect::<Vec<_>>(),
            sign("Ferry aground off Lindvik.").terms().collect::<Vec<_>>()
        );
    }

    #[test]
    fn capitals_inside_sentences_and_numbers_are_names() {
        let kinds = |word: &str| {
            let term = word_term(word);
            sign("Ferries off Lindvik carried 300 people")
                .terms()
                .find(|found| found.hash == term)
                .map(|found| found.kind)
        };
        assert_eq!(kinds("lindvik"), Some(TermKind::Name));
        assert_eq!(kinds("300"), Some(TermKind::Name));
        assert_eq!(kinds("ferry"), Some(TermKind::Word));
        assert_eq!(kinds("off"), None);
    }
}
