//! Facts about numbers: how many.

use std::collections::BTreeSet;

use rashomon_core::{Difference, FactKind, QuantityRelation, StoryReadings, Verdict};

use crate::draft::{Draft, DraftCell};
use crate::evidence;
use crate::groups::{GroupingThresholds, groups};
use crate::points::{Point, Points};
use crate::quantities::{Agreement, tells_little};
use crate::quantity_likeness::{Node, fate_of, is_one_of_many, is_strict, likelihood};
use crate::quantity_words::{YEAR_OF_AGE, counted_words, value};

/// Two quantities are joined from this likelihood of their sentences on.
const JOIN: f64 = 0.16;

/// Returns the facts about numbers: those of several reports, and those of one. `pairs` are positions of points with
/// their likelihoods.
pub(crate) fn quantity_facts(
    story: &StoryReadings<'_>,
    points: &Points,
    pairs: &[((usize, usize), f64)],
) -> Vec<Draft> {
    let nodes: Vec<Node<'_>> = points
        .all
        .iter()
        .enumerate()
        .filter_map(|(index, point)| Some((index, point, story.readings.get(point.report)?)))
        .flat_map(|(index, point, reading)| {
            let own = point.quantities.iter().zip(&point.measures);
            let own =
                own.filter_map(|(&quantity, measure)| Some((reading.quantities.get(quantity)?, measure)));
            own.filter(|(quantity, measure)| !measure.1.is_empty() && !is_one_of_many(quantity, point, story))
                .map(move |(quantity, measure)| Node {
                    point: index,
                    quantity,
                    measure: measure.clone(),
                    tells_little: tells_little(quantity, measure),
                    fate: fate_of(quantity, point, story),
                    is_strict: is_strict(story.text(point.report, quantity.span)),
                })
        })
        .collect();
    let mut nodes_of: Vec<Vec<usize>> = vec![Vec::new(); points.all.len()];
    for (index, node) in nodes.iter().enumerate() {
        if let Some(own) = nodes_of.get_mut(node.point) {
            own.push(index);
        }
    }
    let mut links = Vec::new();
    for &((one, other), probability) in pairs.iter().filter(|(_, probability)| *probability >= JOIN * 0.5) {
        for &own in nodes_of.get(one).into_iter().flatten() {
            for &their in nodes_of.get(other).into_iter().flatten() {
                let (Some(mine), Some(theirs)) = (nodes.get(own), nodes.get(their)) else {
                    continue;
                };
                if let Some(likelihood) = likelihood(mine, theirs, probability, &points.all, story) {
                    links.push(((own.min(their), own.max(their)), likelihood));
                }
            }
        }
    }
    let bearers: Vec<Point> = nodes
        .iter()
        .map(|node| Point {
            report: points.all.get(node.point).map_or(0, |point| point.report),
            ..Point::default()
        })
        .collect();
    let thresholds = GroupingThresholds {
        join: JOIN,
        also: 2.0,
        pair: 2.0,
    };
    let joined = groups(&bearers, &links, thresholds);
    let mut alone = vec![true; nodes.len()];
    let mut drafts = Vec::new();
    for group in &joined {
        for &node in group {
            if let Some(slot) = alone.get_mut(node) {
                *slot = false;
            }
        }
        let members = one_number_a_report(group, &nodes, &links, &bearers);
        for &node in group.iter().filter(|node| !members.contains(node)) {
            if let Some(slot) = alone.get_mut(node) {
                *slot = true;
            }
        }
        let members: Vec<&Node<'_>> = members.iter().filter_map(|&node| nodes.get(node)).collect();
        drafts.extend(drafts_of(&members, &nodes, points, story));
    }
    for (node, alone) in nodes.iter().zip(alone) {
        if alone {
            drafts.extend(draft(&[node], &nodes, points, story));
        }
    }
    drafts
}

/// Returns the members of a group without those that another quantity of their own report contradicts and that are
/// less likely of the point: a report does not contradict itself, it speaks of two things.
fn one_number_a_report(
    group: &[usize],
    nodes: &[Node<'_>],
    links: &[((usize, usize), f64)],
    bearers: &[Point],
) -> Vec<usize> {
    let report = |node: usize| bearers.get(node).map_or(0, |bearer| bearer.report);
    let strength = |node: usize| {
        let own = links.iter().filter(|((one, other), _)| {
            (*one == node && group.contains(other)) || (*other == node && group.contains(one))
        });
        own.map(|(_, likelihood)| *likelihood).fold(0.0, f64::max)
    };
    let mut order: Vec<(usize, f64)> = group.iter().map(|&node| (node, strength(node))).collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let mut kept: Vec<usize> = Vec::new();
    for (node, _) in order {
        let contradicted = kept
            .iter()
            .filter(|&&other| report(other) == report(node))
            .any(|&other| {
                let (Some(one), Some(other)) = (nodes.get(node), nodes.get(other)) else {
                    return false;
                };
                one.agreement(other) != Some(Agreement::Agree) || one.tells_little != other.tells_little
            });
        if !contradicted {
            kept.push(node);
        }
    }
    kept.sort_unstable();
    kept
}

/// Returns the facts of some quantities of one point: one in which they differ, or one for each number that they give. Where the
/// sentence of one number gives the other as well ("first with 21 percent, second with 17"), no report contradicts another, and
/// they do not agree on both either.
fn drafts_of(
    members: &[&Node<'_>],
    all: &[Node<'_>],
    points: &Points,
    story: &StoryReadings<'_>,
) -> Vec<Draft> {
    let Some(whole) = draft(members, all, points, story) else {
        return Vec::new();
    };
    if whole.verdict != Verdict::Agree {
        return vec![whole];
    }
    let report_of = |node: &Node<'_>| points.all.get(node.point).map_or(0, |point| point.report);
    let mut left: Vec<&Node<'_>> = members.to_vec();
    let mut parts: Vec<Vec<&Node<'_>>> = Vec::new();
    // The number that most reports give is taken first, with all that fits it.
    while !left.is_empty() {
        let fitting =
            |lead: &Node<'_>| -> Vec<bool> { left.iter().map(|node| lead.is_one_with(node)).collect() };
        let mut best: Option<(usize, Vec<bool>)> = None;
        for lead in &left {
            let fits = fitting(lead);
            let chosen = left.iter().zip(&fits).filter(|(_, fits)| **fits);
            let reports: BTreeSet<usize> = chosen.map(|(node, _)| report_of(node)).collect();
            if best.as_ref().is_none_or(|(most, _)| reports.len() > *most) {
                best = Some((reports.len(), fits));
            }
        }
        let Some((_, fits)) = best else { break };
        let mut fits = fits.into_iter();
        let (part, other): (Vec<_>, Vec<_>) = left.into_iter().partition(|_| fits.next().unwrap_or(true));
        if part.is_empty() {
            break;
        }
        parts.push(part);
        left = other;
    }
    if parts.len() == 1 {
        return vec![whole];
    }
    parts
        .iter()
        .filter_map(|part| draft(part, all, points, story))
        .collect()
}

/// Returns the fact of some quantities of one point.
fn draft(
    members: &[&Node<'_>],
    all: &[Node<'_>],
    points: &Points,
    story: &StoryReadings<'_>,
) -> Option<Draft> {
    let mut cells = Vec::new();
    let mut reports = Vec::new();
    for node in members {
        let mut evidence = evidence::at(node.point, node.quantity.span, &points.all, story)?;
        if evidence.source.is_none() {
            evidence.source.clone_from(&node.quantity.attributed_to);
        }
        reports.push(points.all.get(node.point)?.report);
        cells.push(DraftCell::new(evidence, node.value()));
    }
    reports.sort_unstable();
    reports.dedup();
    let mut draft = Draft::new(FactKind::Quantity, reports.len(), cells);
    draft.topic = said_number(members, points, story);
    let report_of = |node: &Node<'_>| points.all.get(node.point).map_or(0, |point| point.report);
    // Each report's own numbers are laid against each other's: they differ where no number of the one fits any of
    // the other.
    for (place, &one) in reports.iter().enumerate() {
        for &other in reports.iter().skip(place + 1) {
            let mut worst: Option<(&Node<'_>, &Node<'_>, Agreement)> = None;
            let mut fits = false;
            for own in members.iter().filter(|node| report_of(node) == one) {
                for their in members.iter().filter(|node| report_of(node) == other) {
                    match own.agreement(their) {
                        Some(Agreement::Agree) | None => fits = true,
                        Some(Agreement::OtherNumber) if gives(own, their, all) || gives(their, own, all) => {
                            fits = true;
                        }
                        Some(found) => worst = Some((own, their, found)),
                    }
                }
            }
            if let (false, Some((own, their, found))) = (fits, worst) {
                let what = if found == Agreement::OtherBound {
                    "another bound"
                } else {
                    "another number"
                };
                let reason = format!("{what}: {} against {}", own.value(), their.value());
                draft.topic = counted(members, points, story);
                return Some(draft.differs(Difference::Value, reason));
            }
        }
    }
    Some(draft)
}

/// Returns true where the sentence of a number gives another number too: to its report the two are of two things.
fn gives(one: &Node<'_>, other: &Node<'_>, all: &[Node<'_>]) -> bool {
    let beside = all.iter().filter(|node| node.point == one.point);
    beside
        .map(|node| node.agreement(other))
        .any(|found| found == Some(Agreement::Agree))
}

/// Words that name a number may go over so many characters.
const LONGEST_NUMBER: usize = 48;

/// Returns the words of a report for the number on which some quantities agree: the surest and shortest ones, "some 4,000
/// people".
fn said_number(members: &[&Node<'_>], points: &Points, story: &StoryReadings<'_>) -> Option<String> {
    let words = members.iter().filter_map(|node| {
        let point = points.all.get(node.point)?;
        let quantity = node.quantity;
        let written = story.text(point.report, quantity.span);
        let whole: Vec<&str> = written.split_whitespace().collect();
        let mut words = whole.join(" ");
        // "Six people died": only the sentence gives the number its capital.
        if quantity.span.start == point.span.start
            && words.chars().nth(1).is_some_and(char::is_lowercase)
            && let Some(first) = words.get_mut(..1)
        {
            first.make_ascii_lowercase();
        }
        if quantity.unit.as_deref() == Some(YEAR_OF_AGE) {
            words = format!("age {}", value(quantity).trim_end_matches(YEAR_OF_AGE).trim_end());
        }
        let length = words.chars().count();
        let vague = quantity.relation == QuantityRelation::About && quantity.low != quantity.high;
        let bounded = quantity.relation != QuantityRelation::Equal;
        // "A three-day meeting" and "the eight year term" tell the number less plainly than "three days".
        let unit = quantity
            .unit
            .as_deref()
            .filter(|unit| !matches!(*unit, "percent" | YEAR_OF_AGE));
        let singular = unit.is_some_and(|unit| quantity.low != Some(1.0) && words.ends_with(unit));
        let joined = singular || words.contains('-');
        (length <= LONGEST_NUMBER).then_some(((vague, bounded, joined, length), words))
    });
    let best = words.min_by(|(one, _), (other, _)| one.cmp(other));
    best.map(|(_, words)| words)
        .or_else(|| counted(members, points, story))
}

/// Returns what some quantities count or measure in words for a reader. The first word behind "a five-place penalty" is part of
/// the number.
fn counted(members: &[&Node<'_>], points: &Points, story: &StoryReadings<'_>) -> Option<String> {
    members.iter().find_map(|node| {
        let words = counted_words(node.quantity)?;
        let text = &story.reports.get(points.all.get(node.point)?.report)?.text;
        let joined = node
            .quantity
            .counted_span
            .and_then(|span| text.get(..span.start))
            .is_some_and(|before| before.ends_with('-'));
        match words.split_once(' ') {
            Some((_, noun)) if joined => Some(noun.to_owned()),
            _ => Some(words),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the reasons of the differences between numbers of two reports.
    fn differences(one: &str, other: &str) -> Vec<String> {
        let reports = [
            rashomon_core::Report::new("a", one),
            rashomon_core::Report::new("b", other),
        ];
        let facts = crate::test_story::ledger_of(&reports).facts.into_iter();
        facts
            .filter(|fact| fact.kind == FactKind::Quantity && fact.difference.is_some())
            .map(|fact| fact.reason)
            .collect()
    }

    #[test]
    fn the_dead_are_not_the_injured_and_a_part_is_not_the_whole() {
        let first = "At least five people were killed in the Orsel quake on Monday, police said.";
        let toll = "At least nine people were killed in the Orsel quake on Monday, police said.";
        let injured = "At least ninety people were injured in the Orsel quake on Monday, police said.";
        let part = "Six of the people killed in the Orsel quake on Monday were miners, police said.";
        assert_eq!(differences(first, toll).len(), 1);
        assert_eq!(differences(first, injured), Vec::<String>::new());
        assert_eq!(differences(first, part), Vec::<String>::new());
    }

    #[test]
    fn reports_agree_on_one_number_and_not_on_two() {
        let reports = [
            rashomon_core::Report::new(
                "a",
                "In the Senby poll, Bo Lind leads with 21 percent of the voters and Ada Brown has 17 percent.",
            ),
            rashomon_core::Report::new("b", "Ada Brown has 17 percent of the voters in the Senby poll."),
        ];
        let facts = crate::test_story::ledger_of(&reports).facts;
        let agreed = facts
            .iter()
            .filter(|fact| fact.kind == FactKind::Quantity && fact.verdict == Verdict::Agree);
        for fact in agreed {
            assert!(fact.cells.iter().all(|cell| cell.value == "17%"), "{fact:?}");
        }
    }

    #[test]
    fn one_of_many_counts_nothing() {
        let one = "One of his daughters, the miner Ada Brown of Senby, spoke at the fair of Orsel.";
        let other = "His two daughters, the miners Ada and Eva Brown of Senby, spoke at the fair of Orsel.";
        assert_eq!(differences(one, other), Vec::<String>::new());
    }
}
