//! Weighted terms, and how alike two sets of them are.

use crate::frequency::ReportFrequencies;
use crate::options::GroupingOptions;
use crate::signature::{ReportSignature, TermKind};

/// A term with its weights before its rarity is taken into account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) term: u32,
    /// The weight among words, or among pairs.
    all: f32,
    /// The weight among names; 0 for a word that is none.
    name: f32,
    pair: bool,
}

/// The parts in which bags are compared: words, names, pairs.
type Parts = [f32; 3];

/// Weighted terms in ascending order, with the lengths of their three parts as vectors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bag {
    entries: Vec<Entry>,
    lengths: Parts,
    /// How many reports were met when the lengths were computed.
    computed_at: f32,
}

/// Returns the lengths of the three parts as vectors.
fn lengths_of(entries: impl Iterator<Item = Entry>, frequencies: &ReportFrequencies) -> Parts {
    let mut squares = Parts::default();
    for entry in entries {
        let rarity = frequencies.rarity(entry.term);
        let weight = entry.all * rarity;
        squares[0] += weight * weight;
        if entry.pair {
            squares[2] += weight * weight;
        } else {
            squares[1] += entry.name * entry.name * rarity * rarity;
        }
    }
    squares.map(f32::sqrt)
}

/// Returns true when lengths computed after `computed_at` reports are to be computed anew: when a tenth more reports
/// were met since.
fn is_stale(computed_at: f32, frequencies: &ReportFrequencies) -> bool {
    frequencies.reports() > computed_at * 1.1 + 8.0
}

/// A report of a story, kept to be compared with others: its signature, a tenth of a bag's size.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    signature: ReportSignature,
    lengths: Parts,
    computed_at: f32,
}

impl Member {
    /// Returns the member that stands for a report.
    pub(crate) fn new(signature: ReportSignature, bag: &Bag) -> Self {
        Self {
            signature,
            lengths: bag.lengths,
            computed_at: bag.computed_at,
        }
    }

    /// Returns its report's signature.
    pub(crate) fn signature(&self) -> &ReportSignature {
        &self.signature
    }

    /// Computes the lengths anew when they are stale.
    pub(crate) fn refresh(&mut self, frequencies: &ReportFrequencies) {
        if is_stale(self.computed_at, frequencies) {
            self.lengths = lengths_of(Bag::entries_of(&self.signature, frequencies), frequencies);
            self.computed_at = frequencies.reports();
        }
    }
}

/// The most terms that the bag of a story holds, and what it is cut to when it grows beyond.
const LARGEST_BAG: usize = 900;
const CUT_BAG: usize = 500;

impl Bag {
    /// Returns the terms of a report.
    fn entries_of<'a>(
        signature: &'a ReportSignature,
        frequencies: &'a ReportFrequencies,
    ) -> impl Iterator<Item = Entry> + 'a {
        signature.terms().map(|term| Entry {
            term: term.term,
            all: term.weight
                * match term.kind {
                    TermKind::Word => 1.0,
                    TermKind::Name => frequencies.name_boost,
                    TermKind::Pair => frequencies.pair_boost,
                },
            name: if term.kind == TermKind::Name {
                term.weight
            } else {
                0.0
            },
            pair: term.kind == TermKind::Pair,
        })
    }

    /// Returns the bag of one report.
    pub(crate) fn of(signature: &ReportSignature, frequencies: &ReportFrequencies) -> Self {
        let entries: Vec<Entry> = Self::entries_of(signature, frequencies).collect();
        let lengths = lengths_of(entries.iter().copied(), frequencies);
        Self {
            entries,
            lengths,
            computed_at: frequencies.reports(),
        }
    }

    /// Returns the length of the part of words.
    pub(crate) fn breadth(&self) -> f32 {
        self.lengths[0]
    }

    /// Computes the lengths anew.
    fn measure(&mut self, frequencies: &ReportFrequencies) {
        self.lengths = lengths_of(self.entries.iter().copied(), frequencies);
        self.computed_at = frequencies.reports();
    }

    /// Computes the lengths anew when a tenth more reports were met since.
    pub(crate) fn refresh(&mut self, frequencies: &ReportFrequencies) {
        if is_stale(self.computed_at, frequencies) {
            self.measure(frequencies);
        }
    }

    /// Adds `other`, scaled so that long and short reports count alike.
    pub(crate) fn add(&mut self, other: &Self, frequencies: &ReportFrequencies) {
        let scale = if other.lengths[0] > 0.0 {
            1.0 / other.lengths[0]
        } else {
            1.0
        };
        self.add_scaled(other, scale, frequencies);
    }

    /// Adds `other` times `scale`.
    pub(crate) fn add_scaled(&mut self, other: &Self, scale: f32, frequencies: &ReportFrequencies) {
        let scaled = |entry: &Entry| Entry {
            all: entry.all * scale,
            name: entry.name * scale,
            ..*entry
        };
        let mut merged = Vec::with_capacity(self.entries.len() + other.entries.len());
        let mut mine = self.entries.iter().peekable();
        for entry in &other.entries {
            while let Some(before) = mine.next_if(|before| before.term < entry.term) {
                merged.push(*before);
            }
            let mut sum = scaled(entry);
            if let Some(same) = mine.next_if(|same| same.term == entry.term) {
                sum.all += same.all;
                sum.name += same.name;
            }
            merged.push(sum);
        }
        merged.extend(mine.copied());
        if merged.len() > LARGEST_BAG {
            let mut ranked: Vec<(f32, u32)> = merged
                .iter()
                .map(|entry| (entry.all * frequencies.rarity(entry.term), entry.term))
                .collect();
            ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            ranked.truncate(CUT_BAG);
            let mut kept: Vec<u32> = ranked.into_iter().map(|(_, term)| term).collect();
            kept.sort_unstable();
            merged.retain(|entry| kept.binary_search(&entry.term).is_ok());
        }
        self.entries = merged;
        self.measure(frequencies);
    }
}

/// A bag made ready to be compared with many others: the square of each term's rarity stands beside it.
#[derive(Clone, Debug)]
pub(crate) struct Query<'bag> {
    bag: &'bag Bag,
    squares: Vec<f32>,
}

impl<'bag> Query<'bag> {
    /// Returns the query that asks for bags like `bag`.
    pub(crate) fn new(bag: &'bag Bag, frequencies: &ReportFrequencies) -> Self {
        let squares = bag
            .entries
            .iter()
            .map(|entry| {
                let rarity = frequencies.rarity(entry.term);
                rarity * rarity
            })
            .collect();
        Self { bag, squares }
    }

    /// Returns the terms of words by falling weight, with the weight.
    pub(crate) fn weightiest_terms(&self) -> Vec<(u32, f32)> {
        let mut terms: Vec<(u32, f32)> = self
            .bag
            .entries
            .iter()
            .zip(&self.squares)
            .map(|(entry, &square)| {
                (
                    entry.term,
                    entry.all * square * if entry.pair { 0.5 } else { 1.0 },
                )
            })
            .collect();
        terms.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        terms
    }

    /// Returns how alike the query and a bag are, 0 to 1.
    pub(crate) fn likeness(&self, other: &Bag, options: &GroupingOptions) -> f32 {
        self.likeness_to(other.entries.iter().copied(), other.lengths, options)
    }

    /// Returns how alike the query and a report are, 0 to 1.
    pub(crate) fn likeness_to_member(
        &self,
        member: &Member,
        options: &GroupingOptions,
        frequencies: &ReportFrequencies,
    ) -> f32 {
        self.likeness_to(
            Bag::entries_of(&member.signature, frequencies),
            member.lengths,
            options,
        )
    }

    /// Returns the weighted mean of the cosines of words, names and pairs. A part that one of the two lacks does not
    /// count.
    fn likeness_to(
        &self,
        others: impl Iterator<Item = Entry>,
        lengths: Parts,
        options: &GroupingOptions,
    ) -> f32 {
        let mut products = Parts::default();
        let mut mine = self.bag.entries.iter().zip(&self.squares).peekable();
        for other in others {
            while mine.next_if(|(entry, _)| entry.term < other.term).is_some() {}
            let Some((entry, square)) = mine.next_if(|(entry, _)| entry.term == other.term) else {
                continue;
            };
            let product = entry.all * other.all * square;
            products[0] += product;
            if entry.pair {
                products[2] += product;
            } else {
                products[1] += entry.name * other.name * square;
            }
        }
        let weights = [options.word_weight, options.name_weight, options.pair_weight];
        let (mut sum, mut total) = (0.0, 0.0);
        for part in 0..3 {
            let length =
                self.bag.lengths[part] * lengths[part] + if part == 0 { 0.0 } else { options.shrink };
            if length > 0.0 {
                sum += weights[part] * (products[part] / length).min(1.0);
                total += weights[part];
            }
        }
        if total > 0.0 { sum / total } else { 0.0 }
    }
}
