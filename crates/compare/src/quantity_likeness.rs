//! Which quantities of two reports are one point's: what each counts, what became of it, and what stands in the way.

use rashomon_core::{EntityKind, Quantity, QuantityRelation, StoryReadings};

use crate::evidence;
use crate::points::Point;
use crate::quantities::{Agreement, agreement_in, fate};
use crate::quantity_words::{YEAR_OF_AGE, value};

/// A length of time, a distance or a vague number is joined with another one only in sentences this likely one point.
const LIKELY: f64 = 0.5;
/// The same with the same one.
const LIKELY_TO_AGREE: f64 = 0.3;
/// A length of time or a distance differs from another one only in clauses this much alike.
const ALIKE: f64 = 0.2;
/// The same number of things by other names is taken for one quantity above this number: small ones meet by chance.
const LEAST_TELLING_NUMBER: f64 = 12.0;

/// A quantity of the story, with what is asked of it for each other quantity.
pub(crate) struct Node<'story> {
    pub(crate) point: usize,
    pub(crate) quantity: &'story Quantity,
    /// What it counts, and the scale of its number.
    pub(crate) measure: (f64, String),
    pub(crate) tells_little: bool,
    /// What became of those whom it counts.
    pub(crate) fate: Option<&'static str>,
    /// True for a bound that the number itself lies outside of, as far as its words tell.
    pub(crate) is_strict: Option<bool>,
}

impl Node<'_> {
    /// Returns how two quantities stand to each other, or `None` where they do not count the same thing.
    pub(crate) fn agreement(&self, other: &Self) -> Option<Agreement> {
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
    pub(crate) fn value(&self) -> String {
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
    pub(crate) fn is_one_with(&self, other: &Self) -> bool {
        match self.agreement(other) {
            Some(Agreement::OtherNumber) => false,
            Some(_) => true,
            None => self.quantity.low == other.quantity.low && self.quantity.high == other.quantity.high,
        }
    }
}

/// Returns whether the words of a bound leave the number itself out: "more than 30", not "at least 30".
pub(crate) fn is_strict(words: &str) -> Option<bool> {
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
pub(crate) fn likelihood(
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
pub(crate) fn fate_of(quantity: &Quantity, point: &Point, story: &StoryReadings<'_>) -> Option<&'static str> {
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
pub(crate) fn is_one_of_many(quantity: &Quantity, point: &Point, story: &StoryReadings<'_>) -> bool {
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
