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
const DOUBT_OF_REPORTS: f32 = 5.0;
/// How many words a report halve the evidence: what a headline does not say, it may still mean.
const DOUBT_OF_WORDS: f32 = 30.0;
/// How many reports of a side are compared with each other.
const COMPARED: usize = 24;
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

/// Returns how far two sets of reports exclude each other, 0 to 1. Each side's core must lack in the other, so the
/// smaller share counts; and reports of different sides must be less alike than those of one side. A side of one
/// report shows nothing.
pub(crate) fn exclusion(a: &[&ReportSignature], b: &[&ReportSignature], scales: Scales<'_>) -> f32 {
    if a.len() < 2 || b.len() < 2 {
        return 0.0;
    }
    let (in_a, in_b) = (holding(a), holding(b));
    let smaller = a.len().min(b.len()) as f32;
    let share = own_share(&in_a, &in_b, scales.frequencies).min(own_share(&in_b, &in_a, scales.frequencies));
    if share == 0.0 {
        return 0.0;
    }
    let words = words_of(a).min(words_of(b));
    let certainty = smaller / (smaller + DOUBT_OF_REPORTS) * words / (words + DOUBT_OF_WORDS);
    share * (1.0 - closeness(a, b, scales)) * certainty
}

/// Returns how many words the signatures of a side hold on average.
fn words_of(side: &[&ReportSignature]) -> f32 {
    let words = |signature: &ReportSignature| {
        signature
            .terms()
            .filter(|term| term.kind != TermKind::Pair)
            .count()
    };
    side.iter().map(|signature| words(signature)).sum::<usize>() as f32 / side.len().max(1) as f32
}

/// Returns how alike reports of different sides are, as a share of how alike those of one side are: 0 to 1, near 1
/// where the two sides are one.
fn closeness(a: &[&ReportSignature], b: &[&ReportSignature], scales: Scales<'_>) -> f32 {
    let some = |side: &[&ReportSignature]| -> Vec<(Bag, Member)> {
        side.iter()
            .step_by(side.len().div_ceil(COMPARED))
            .map(|signature| {
                let bag = Bag::of(signature, scales);
                let member = Member::new((*signature).clone(), &bag);
                (bag, member)
            })
            .collect()
    };
    let (a, b) = (some(a), some(b));
    let mean = |likenesses: &[f32]| likenesses.iter().sum::<f32>() / likenesses.len().max(1) as f32;
    let across = |one: &[(Bag, Member)], other: &[(Bag, Member)], same: bool| -> f32 {
        let mut likenesses = Vec::new();
        for (index, (bag, _)) in one.iter().enumerate() {
            let query = Query::new(bag, scales);
            let others = other
                .iter()
                .enumerate()
                .filter(|&(position, _)| !same || position > index);
            likenesses.extend(others.map(|(_, (_, member))| query.likeness(member, scales)));
        }
        mean(&likenesses)
    };
    let inside = (across(&a, &a, true) * across(&b, &b, true)).sqrt();
    if inside > 0.0 {
        (across(&a, &b, false) / inside).min(1.0)
    } else {
        1.0
    }
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
        if exclusion(&pick(&a), &pick(&b), scales) >= scales.options.split_threshold {
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

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    use super::*;
    use crate::options::GroupingOptions;
    use crate::signature::signature;

    const ARREST: &str = "The Harbour City goalkeeper was arrested near the stadium and charged with drunken driving, \
        police said, days before the cup final. He was released on bail and the club said that it would look into it. \
        Harbour City have won the cup three times and hope to win it again under their new coach this spring.";

    fn reports(player: &str, street: &str, number: usize) -> Vec<ReportSignature> {
        (0..number)
            .map(|number| {
                let text = format!("{player} was stopped on {street} at {player}'s home. {ARREST} {player}, {number}0 said, left {street}.");
                signature(&Report::new(format!("{player}{number}"), text))
            })
            .collect()
    }

    fn parts(signatures: &[ReportSignature]) -> usize {
        let options = GroupingOptions::default();
        let mut frequencies = ReportFrequencies::new(options.prior_reports);
        for signature in signatures {
            frequencies.learn(signature);
        }
        let references: Vec<&ReportSignature> = signatures.iter().collect();
        split(
            &references,
            Scales {
                frequencies: &frequencies,
                options: &options,
            },
        )
        .len()
    }

    #[test]
    fn two_arrests_of_two_players_are_two_events() {
        let mut both = reports("Orlen Vask Tamrin", "Quarrel Lane Bridge Seven", 6);
        assert_eq!(parts(&both), 1);
        both.extend(reports("Dario Pellenquist Umber", "Ninth Foundry Square Gate", 6));
        assert_eq!(parts(&both), 2);
    }

    #[test]
    fn few_reports_show_nothing() {
        assert_eq!(parts(&reports("Orlen Vask", "Quarrel Lane", 3)), 1);
        assert_eq!(parts(&[]), 1);
    }
}
