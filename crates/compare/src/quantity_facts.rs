//! Facts about numbers: how many.

use std::collections::BTreeSet;

use rashomon_core::{Difference, EntityKind, FactKind, Quantity, QuantityRelation, StoryReadings, Verdict};

use crate::draft::{Draft, DraftCell};
use crate::evidence;
use crate::groups::{GroupingThresholds, groups};
use crate::points::{Point, Points};
use crate::quantities::{Agreement, agreement_in, fate, tells_little};
use crate::quantity_words::{YEAR_OF_AGE, counted_words, value};

/// Two quantities are joined from this likelihood of their sentences on.
const JOIN: f64 = 0.16;
/// A length of time, a distance or a vague number is joined with another one only in sentences this likely one point.
const LIKELY: f64 = 0.5;
/// The same with the same one.
const LIKELY_TO_AGREE: f64 = 0.3;
/// A length of time or a distance differs from another one only in clauses this much alike.
const ALIKE: f64 = 0.2;
/// The same number of things by other names is taken for one quantity above this number: small ones meet by chance.
const LEAST_TELLING_NUMBER: f64 = 12.0;

/// A quantity of the story, with what is asked of it for each other quantity.
struct Node<'story> {
    point: usize,
    quantity: &'story Quantity,
    /// What it counts, and the scale of its number.
    measure: (f64, String),
    tells_little: bool,
    /// What became of those whom it counts.
    fate: Option<&'static str>,
    /// True for a bound that the number itself lies outside of, as far as its words tell.
    is_strict: Option<bool>,
}

impl Node<'_> {
    /// Returns how two quantities stand to each other, or `None` where they do not count the same thing.
    fn agreement(&self, other: &Self) -> Option<Agreement> {
        let found = agreement_in(self.quantity, &self.measure, other.quantity, &other.measure)?;
        // "More than 30" and "at least 30".
        let other_bound = !self.tells_little
            && self.quantity.relation == other.quantity.relation
            && self.quantity.low == other.quantity.low
            && self.quantity.high == other.quantity.high
            && self.is_strict.is_some_and(|own| other.is_strict == Some(!own));
        Some(if found == Agreement::Agree && other_bound {
            Agreement::OtherBound
        } else {
            found
        })
    }

    /// Returns the quantity in a few signs: "≥30 nations", ">30 nations".
    fn value(&self) -> String {
        let value = value(self.quantity);
        match value
            .strip_prefix('≥')
            .map(|rest| ('>', rest))
            .or_else(|| value.strip_prefix('≤').map(|rest| ('<', rest)))
        {
            Some((sign, rest)) if self.is_strict == Some(true) => format!("{sign}{rest}"),
            _ => value,
        }
    }

    /// Returns true where two quantities are one number: they agree, or the same number counts things by other names.
    fn is_one_with(&self, other: &Self) -> bool {
        match self.agreement(other) {
            Some(Agreement::OtherNumber) => false,
            Some(_) => true,
            None => self.quantity.low == other.quantity.low && self.quantity.high == other.quantity.high,
        }
    }
}

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

/// Returns whether the words of a bound leave the number itself out: "more than 30", not "at least 30".
fn is_strict(words: &str) -> Option<bool> {
    const STRICT: [&str; 6] = [
        "more than ",
        "over ",
        "above ",
        "less than ",
        "fewer than ",
        "under ",
    ];
    const OTHER: [&str; 6] = [
        "at least ",
        "at most ",
        "up to ",
        "no more than ",
        "no fewer than ",
        "no less than ",
    ];
    let lower = words.to_lowercase();
    let begins = |with: &[&str]| with.iter().any(|bound| lower.starts_with(bound));
    let ends = |with: &str| lower.contains(with);
    if begins(&STRICT) {
        Some(true)
    } else if begins(&OTHER) || ends(" or more") || ends(" or older") || ends(" or fewer") || ends(" or less")
    {
        Some(false)
    } else {
        None
    }
}

/// Returns how likely two quantities are one point's, or `None` where they count other things.
fn likelihood(
    one: &Node<'_>,
    other: &Node<'_>,
    probability: f64,
    points: &[Point],
    story: &StoryReadings<'_>,
) -> Option<f64> {
    let weak = one.tells_little || other.tells_little;
    // "90 people were injured" is no other number of "five people were killed".
    if let (Some(own), Some(their)) = (one.fate, other.fate)
        && own != their
    {
        return None;
    }
    match one.agreement(other) {
        // "Six of the dead" are no other toll than "eleven dead".
        Some(found)
            if found != Agreement::Agree && is_part(one, points, story) != is_part(other, points, story) =>
        {
            None
        }
        // "McCarthy, 49," and "the 46-year-old Labrador" are no two answers; nor are a rule of 14 years and a first visit
        // in six.
        Some(found)
            if found != Agreement::Agree
                && (of_other_people(one, other, points, story)
                    || weak && clause_likeness(one, other, points, story) < ALIKE) =>
        {
            None
        }
        Some(found) if weak => {
            let near = if found == Agreement::Agree {
                LIKELY_TO_AGREE
            } else {
                LIKELY
            };
            (probability >= near).then_some(probability)
        }
        Some(Agreement::Agree) => Some((probability + 0.2).min(1.0)),
        Some(Agreement::OtherBound) => Some((probability + 0.1).min(1.0)),
        Some(Agreement::OtherNumber) => Some(probability),
        None => {
            // "26 leaders" and "the leaders of 26 countries": the same number, and the sentence of the one names what
            // the other counts.
            let number = one.quantity.low.filter(|number| *number > LEAST_TELLING_NUMBER)?;
            let same = other.quantity.low == Some(number)
                && one.quantity.relation == QuantityRelation::Equal
                && other.quantity.relation == QuantityRelation::Equal
                && one.quantity.unit.is_none()
                && other.quantity.unit.is_none();
            let names = |node: &Node<'_>, head: &str| {
                let point = points.get(node.point);
                let text =
                    point.and_then(|point| Some(point.span.text(&story.reports.get(point.report)?.text)));
                text.is_some_and(|text| text.to_lowercase().contains(head))
            };
            let (own, their) = (&one.measure.1, &other.measure.1);
            (same && (names(one, their) || names(other, own))).then(|| (probability + 0.1).min(1.0))
        }
    }
}

/// So many words after a quantity tell what became of those it counts: "people are now known to have died".
const WORDS_AFTER: usize = 7;
/// So many before it: "killed at least 11 people".
const WORDS_BEFORE: usize = 3;

/// Returns what became of those whom a quantity counts, where words near it in its clause say so.
fn fate_of(quantity: &Quantity, point: &Point, story: &StoryReadings<'_>) -> Option<&'static str> {
    let text = story.reports.get(point.report)?.text.as_str();
    let of_word = |word: &str| {
        let word = word.trim_matches(|character: char| !character.is_alphanumeric());
        fate(&word.to_lowercase())
    };
    let ends = |word: &str| word.ends_with([',', ';', ':', '.']) || matches!(word, "and" | "but" | "while");
    let after = text.get(quantity.span.start..point.span.end)?;
    let counted = quantity.span.len();
    let mut at = 0;
    for word in after
        .split_inclusive(char::is_whitespace)
        .take(WORDS_AFTER + counted)
    {
        at += word.len();
        let word = word.trim_end();
        if let Some(found) = of_word(word) {
            return Some(found);
        }
        if at > counted && (ends(word) || after.get(counted..at)?.split_whitespace().count() > WORDS_AFTER) {
            break;
        }
    }
    let before = text.get(point.span.start..quantity.span.start)?;
    let near = before.split_whitespace().rev().take(WORDS_BEFORE);
    near.take_while(|word| !ends(word)).find_map(of_word)
}

/// Returns how alike the clauses are in which two quantities stand, 0 to 1.
fn clause_likeness(one: &Node<'_>, other: &Node<'_>, points: &[Point], story: &StoryReadings<'_>) -> f64 {
    let clause = |node: &Node<'_>| evidence::at(node.point, node.quantity.span, points, story);
    match (clause(one), clause(other)) {
        (Some(own), Some(their)) => evidence::alike(&own, &their, points),
        _ => 0.0,
    }
}

/// Returns true for the ages of two people, and for ages that nobody is named beside.
fn of_other_people(one: &Node<'_>, other: &Node<'_>, points: &[Point], story: &StoryReadings<'_>) -> bool {
    if one.quantity.unit.as_deref() != Some(YEAR_OF_AGE) {
        return false;
    }
    match (person_of(one, points, story), person_of(other, points, story)) {
        (Some(own), Some(their)) => own != their,
        _ => true,
    }
}

/// Returns the last word of the name of the person nearest to a quantity in its sentence.
fn person_of<'story>(
    node: &Node<'_>,
    points: &[Point],
    story: &'story StoryReadings<'_>,
) -> Option<&'story str> {
    let point = points.get(node.point)?;
    let reading = story.readings.get(point.report)?;
    let at = node.quantity.span;
    let persons = reading
        .entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Person);
    let near = persons.flat_map(|entity| {
        let mentions = entity
            .mentions
            .iter()
            .filter(|mention| mention.span.overlaps(point.span));
        mentions.map(move |mention| {
            let after = mention.span.start.saturating_sub(at.end);
            let before = at.start.saturating_sub(mention.span.end);
            (before.max(after), entity.name.as_str())
        })
    });
    let (_, name) = near.min()?;
    name.split_whitespace().last()
}

/// Words that stand before a whole of which a quantity is a part: "six of the dead", "two of them".
const WHOLES: [&str; 9] = [
    "the", "them", "those", "these", "his", "her", "its", "their", "our",
];

/// Returns true for "one of my daughters", "one of the worst days": it names one and counts none.
fn is_one_of_many(quantity: &Quantity, point: &Point, story: &StoryReadings<'_>) -> bool {
    let text = story
        .reports
        .get(point.report)
        .and_then(|report| report.text.get(quantity.span.start..point.span.end));
    let mut words = text.unwrap_or_default().split_whitespace();
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("one")) && words.next() == Some("of")
}

/// Returns true for a quantity that counts a part of something that was counted before.
fn is_part(node: &Node<'_>, points: &[Point], story: &StoryReadings<'_>) -> bool {
    let text = points.get(node.point).and_then(|point| {
        story
            .reports
            .get(point.report)?
            .text
            .get(node.quantity.span.start..)
    });
    let mut words = text.unwrap_or_default().split_whitespace().skip(1);
    words.next() == Some("of") && words.next().is_some_and(|word| WHOLES.contains(&word))
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
