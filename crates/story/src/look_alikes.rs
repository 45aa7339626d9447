//! Two events that look alike, two earthquakes or two arrests of players of one team, are told apart by what all
//! reports of the one say and no report of the other: names, numbers, places.

use crate::bag::{Bag, Member, Query, Scales};
use crate::frequency::ReportFrequencies;
use crate::signature::{ReportSignature, TermKind};

/// The share of a side's reports that must hold a term of its core.
const IN_CORE: f32 = 0.55;
/// How fast a term loses its weight as a side's own when reports of the other side hold it too.
const SHARED_LOSS: f32 = 4.0;
/// How many reports of the smaller side halve the evidence: two reports share many words by chance.
const DOUBT: f32 = 2.0;
/// How often reports are moved between two sides until they settle.
const ROUNDS: usize = 6;

/// How many reports of a set hold each term, in ascending order of terms.
fn holding(signatures: &[&ReportSignature]) -> Vec<(u32, f32)> {
    let mut terms: Vec<u32> = signatures
        .iter()
        .flat_map(|signature| signature.terms())
        .filter(|term| term.kind != TermKind::Pair)
        .map(|term| term.hash)
        .collect();
    terms.sort_unstable();
    terms
        .chunk_by(|a, b| a == b)
        .filter_map(|chunk| Some((*chunk.first()?, chunk.len() as f32 / signatures.len() as f32)))
        .collect()
}

/// Returns the share of the core of `own` (terms that nearly all its reports hold, by rarity) that hardly any report
/// of `other` holds.
fn own_share(own: &[(u32, f32)], other: &[(u32, f32)], frequencies: &ReportFrequencies) -> f32 {
    let (mut core, mut only) = (0.0, 0.0);
    for &(term, share) in own.iter().filter(|&&(_, share)| share >= IN_CORE) {
        let weight = frequencies.rarity(term) * share * share * share;
        core += weight;
        let elsewhere = other
            .binary_search_by_key(&term, |&(term, _)| term)
            .ok()
            .and_then(|index| other.get(index))
            .map_or(0.0, |&(_, share)| share);
        only += weight * (1.0 - SHARED_LOSS * elsewhere / share).max(0.0);
    }
    if core > 0.0 { only / core } else { 0.0 }
}

/// Returns how far two sets of reports exclude each other, 0 to 1: each side's core must lack in the other, so the
/// smaller share counts. A side of one report shows nothing.
pub(crate) fn exclusion(
    a: &[&ReportSignature],
    b: &[&ReportSignature],
    frequencies: &ReportFrequencies,
) -> f32 {
    if a.len() < 2 || b.len() < 2 {
        return 0.0;
    }
    let (in_a, in_b) = (holding(a), holding(b));
    let smaller = a.len().min(b.len()) as f32;
    let share = own_share(&in_a, &in_b, frequencies).min(own_share(&in_b, &in_a, frequencies));
    share * smaller / (smaller + DOUBT)
}

/// Splits a story into the events that exclude each other; one list where there is one event. Positions are those
/// of `signatures`, each list ascending.
pub(crate) fn split(signatures: &[&ReportSignature], scales: Scales<'_>) -> Vec<Vec<usize>> {
    let mut done = Vec::new();
    let mut open: Vec<Vec<usize>> = vec![(0..signatures.len()).collect()];
    while let Some(positions) = open.pop() {
        let some: Vec<&ReportSignature> = positions
            .iter()
            .filter_map(|&position| signatures.get(position).copied())
            .collect();
        let (a, b) = two_sides(&some, scales);
        let pick = |side: &[usize]| -> Vec<&ReportSignature> {
            side.iter()
                .filter_map(|&index| some.get(index).copied())
                .collect()
        };
        if exclusion(&pick(&a), &pick(&b), scales.frequencies) >= scales.options.split_threshold {
            for side in [a, b] {
                open.push(
                    side.iter()
                        .filter_map(|&index| positions.get(index).copied())
                        .collect(),
                );
            }
        } else {
            done.push(positions);
        }
    }
    done
}

/// Parts reports into two sides by spherical 2-means (Dhillon and Modha 2001), begun with two that are far apart.
fn two_sides(signatures: &[&ReportSignature], scales: Scales<'_>) -> (Vec<usize>, Vec<usize>) {
    let none = (Vec::new(), Vec::new());
    if signatures.len() < 4 {
        return none;
    }
    let bags: Vec<Bag> = signatures
        .iter()
        .map(|signature| Bag::of(signature, scales))
        .collect();
    let members: Vec<Member> = signatures
        .iter()
        .zip(&bags)
        .map(|(signature, bag)| Member::new((*signature).clone(), bag))
        .collect();
    let likeness = |bag: &Bag| -> Vec<f32> {
        let query = Query::new(bag, scales);
        members
            .iter()
            .map(|member| query.likeness(member, scales))
            .collect()
    };
    let farthest = |likenesses: &[f32]| {
        likenesses
            .iter()
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(b.1))
            .map_or(0, |(position, _)| position)
    };
    let mut whole = Bag::default();
    for bag in &bags {
        whole.add(bag, scales);
    }
    let one = farthest(&likeness(&whole));
    let other = bags.get(one).map_or(0, |bag| farthest(&likeness(bag)));
    let (Some(mut first), Some(mut second)) = (bags.get(one).cloned(), bags.get(other).cloned()) else {
        return none;
    };
    let mut side_of: Vec<bool> = Vec::new();
    for _ in 0..ROUNDS {
        let sides: Vec<bool> = likeness(&first)
            .iter()
            .zip(likeness(&second))
            .map(|(a, b)| b > *a)
            .collect();
        if sides == side_of {
            break;
        }
        side_of = sides;
        first = Bag::default();
        second = Bag::default();
        for (bag, &is_second) in bags.iter().zip(&side_of) {
            if is_second { &mut second } else { &mut first }.add(bag, scales);
        }
    }
    (0..signatures.len()).partition(|&index| side_of.get(index) == Some(&false))
}
