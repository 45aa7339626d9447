//! Weighted terms, and how alike two sets of them are.

use crate::frequency::ReportFrequencies;
use crate::options::GroupingOptions;
use crate::signature::{ReportSignature, TermKind};

/// A term with its weight before its rarity is taken into account.
#[derive(Clone, Copy, Debug)]
struct Entry {
    term: u32,
    weight: f32,
}

/// What terms are weighed with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scales<'grouper> {
    pub(crate) frequencies: &'grouper ReportFrequencies,
    pub(crate) options: &'grouper GroupingOptions,
}

/// Returns how much a term of a kind counts.
pub(crate) fn term_boost(kind: TermKind, options: &GroupingOptions) -> f32 {
    match kind {
        TermKind::Word => 1.0,
        TermKind::Name => options.name_boost,
        TermKind::Pair => options.pair_boost,
    }
}

impl<'grouper> Scales<'grouper> {
    /// Returns the terms of a report.
    fn entries(self, signature: &'grouper ReportSignature) -> impl Iterator<Item = Entry> {
        signature.terms().map(move |term| Entry {
            term: term.hash,
            weight: term.weight * term_boost(term.kind, self.options),
        })
    }

    /// Returns the length of a vector of terms.
    fn length(self, entries: impl Iterator<Item = Entry>) -> f32 {
        let squares: f32 = entries
            .map(|entry| {
                let weight = entry.weight * self.frequencies.rarity(entry.term);
                weight * weight
            })
            .sum();
        squares.sqrt()
    }
}

/// Weighted terms in ascending order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bag {
    entries: Vec<Entry>,
    /// The length as a vector; of a sum it is worked out when a query is made of it.
    length: f32,
}

/// The most terms that the bag of a story holds.
const LARGEST_BAG: usize = 900;
/// What the bag of a story is cut to when it grows beyond.
const CUT_BAG: usize = 500;

impl Bag {
    /// Returns the bag of one report.
    pub(crate) fn of(signature: &ReportSignature, scales: Scales<'_>) -> Self {
        let entries: Vec<Entry> = scales.entries(signature).collect();
        let length = scales.length(entries.iter().copied());
        Self { entries, length }
    }

    /// Adds the bag of a report, scaled so that long and short reports count alike.
    pub(crate) fn add(&mut self, other: &Self, scales: Scales<'_>) {
        let scale = if other.length > 0.0 {
            1.0 / other.length
        } else {
            1.0
        };
        let mut merged = Vec::with_capacity(self.entries.len() + other.entries.len());
        let mut mine = self.entries.iter().peekable();
        for entry in &other.entries {
            while let Some(before) = mine.next_if(|before| before.term < entry.term) {
                merged.push(*before);
            }
            let mut sum = Entry {
                term: entry.term,
                weight: entry.weight * scale,
            };
            if let Some(same) = mine.next_if(|same| same.term == entry.term) {
                sum.weight += same.weight;
            }
            merged.push(sum);
        }
        merged.extend(mine.copied());
        if merged.len() > LARGEST_BAG {
            let rank = |entry: &Entry| entry.weight * scales.frequencies.rarity(entry.term);
            let mut ranked: Vec<(f32, Entry)> = merged.iter().map(|entry| (rank(entry), *entry)).collect();
            ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.term.cmp(&b.1.term)));
            ranked.truncate(CUT_BAG);
            merged = ranked.into_iter().map(|(_, entry)| entry).collect();
            merged.sort_unstable_by_key(|entry| entry.term);
        }
        self.entries = merged;
    }
}

/// A report of a story, kept to be compared with others: its signature, a small part of a bag's size.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    signature: ReportSignature,
    length: f32,
}

impl Member {
    /// Returns the member that stands for a report with its bag.
    pub(crate) fn new(signature: ReportSignature, bag: &Bag) -> Self {
        Self {
            signature,
            length: bag.length,
        }
    }
}

/// A bag made ready to be compared with many reports: the square of each term's rarity stands beside it.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    terms: Vec<(Entry, f32)>,
    /// A bit for each part of the terms' range, set where the query has a term with that remainder: most terms of another
    /// report are none of the query's, which one look shows.
    filter: Vec<u64>,
    length: f32,
}

/// The bits of a query's filter.
const FILTER_BITS: u32 = 1 << 14;

/// Returns the word and the bit of a filter for a term.
fn filter_place(term: u32) -> (usize, u64) {
    let bit = term % FILTER_BITS;
    ((bit / 64) as usize, 1 << (bit % 64))
}

impl Query {
    /// Returns the query that asks for reports like `bag`.
    pub(crate) fn new(bag: &Bag, scales: Scales<'_>) -> Self {
        let mut squares = 0.0;
        let with_rarity = |entry: &Entry| {
            let rarity = scales.frequencies.rarity(entry.term);
            let weight = entry.weight * rarity;
            squares += weight * weight;
            (*entry, rarity * rarity)
        };
        let terms = bag.entries.iter().map(with_rarity).collect();
        let mut filter = vec![0; (FILTER_BITS / 64) as usize];
        for entry in &bag.entries {
            let (word, bit) = filter_place(entry.term);
            filter[word] |= bit;
        }
        Self {
            terms,
            filter,
            length: squares.sqrt(),
        }
    }

    /// Returns how alike the query and a report are: the cosine of their vectors, 0 to 1.
    pub(crate) fn likeness(&self, member: &Member, scales: Scales<'_>) -> f32 {
        let mut product = 0.0;
        for other in scales.entries(&member.signature) {
            let (word, bit) = filter_place(other.term);
            if self.filter[word] & bit == 0 {
                continue;
            }
            if let Ok(place) = self
                .terms
                .binary_search_by_key(&other.term, |(entry, _)| entry.term)
            {
                let (entry, square) = self.terms[place];
                product += entry.weight * other.weight * square;
            }
        }
        let length = self.length * member.length;
        if length > 0.0 {
            (product / length).min(1.0)
        } else {
            0.0
        }
    }
}
