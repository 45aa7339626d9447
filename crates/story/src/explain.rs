//! Why two reports are in one story, or are not.

use std::collections::BTreeMap;

use rashomon_core::{Copy, Report, Story};

use crate::copies::copies;
use crate::frequency::ReportFrequencies;
use crate::nearness::nearness;
use crate::options::GroupingOptions;
use crate::signature::{ReportSignature, TermKind, pair_term, word_term};
use crate::similarity::Similarity;
use crate::vector::TermVector;
use crate::words::for_each_word;

/// How many terms of each sort an explanation names.
const NAMED: usize = 12;

/// A term that two reports share.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedTerm {
    /// As the first report writes it.
    pub text: String,
    /// It is a name or a number.
    pub name: bool,
    /// Its part of the likeness of the two, 0 to 1.
    pub part: f64,
}

/// Why two reports are in one story, or are not.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The stories of the two, as positions in the list of stories.
    pub stories: (usize, usize),
    /// The cosine of their weighted terms, 0 to 1.
    pub likeness: f64,
    /// How much the two tell of the same, time left aside, 0 to 1 ([`Similarity`]).
    pub similarity: f64,
    /// What their distance in time makes of it.
    pub likeness_in_time: f64,
    /// How many days lie between them, where both have a day.
    pub days_apart: Option<f64>,
    /// The terms that they share, those that tell most first.
    pub shared: Vec<SharedTerm>,
    /// Names and numbers that only the first has, those that tell most first.
    pub only_first: Vec<String>,
    /// Names and numbers that only the second has.
    pub only_second: Vec<String>,
    /// The best likeness in time of each to another report of its own story; `None` where it is alone.
    pub best_in_story: (Option<f64>, Option<f64>),
    /// Where they are in one story: a report that is more like both than they are like each other.
    pub through: Option<usize>,
    /// The copy that one is of the other, its positions those of all reports.
    pub copy: Option<Copy>,
}

/// Says why two of the reports that were grouped together are in one story, or are not. `signatures` are those of
/// `reports`, `stories` what [`group`](crate::group) made of them. Returns `None` where a position is none of theirs.
pub fn explain(
    reports: &[Report],
    signatures: &[ReportSignature],
    stories: &[Story],
    first: usize,
    second: usize,
) -> Option<Explanation> {
    let options = GroupingOptions::default();
    let all: Vec<&ReportSignature> = signatures.iter().collect();
    let frequencies = ReportFrequencies::of_all(&all, options.prior_reports);
    let vector = |report: usize| Some(TermVector::of(signatures.get(report)?, &frequencies, &options));
    let story_of = |report: usize| stories.iter().position(|story| story.reports.contains(&report));
    let in_time = |one: usize, other: usize, cosine: f32| -> f64 {
        let day = |report: usize| signatures.get(report).and_then(ReportSignature::day);
        let apart = day(one).zip(day(other)).map(|(one, other)| (one - other).abs());
        f64::from((cosine * nearness(apart, &options)).min(1.0))
    };
    let (a, b) = (vector(first)?, vector(second)?);
    let (signature_a, signature_b) = (signatures.get(first)?, signatures.get(second)?);
    let (story_a, story_b) = (story_of(first)?, story_of(second)?);
    let cosine = a.dot(&b).min(1.0);
    let likeness_in_time = in_time(first, second, cosine);

    let (text_a, text_b) = (surfaces(reports.get(first)?), surfaces(reports.get(second)?));
    let kinds = |signature: &ReportSignature| -> BTreeMap<u32, TermKind> {
        signature.terms().map(|term| (term.hash, term.kind)).collect()
    };
    let (kinds_a, kinds_b) = (kinds(signature_a), kinds(signature_b));
    let mut shared: Vec<(f32, u32)> = a
        .entries()
        .iter()
        .filter_map(|&(term, weight)| {
            let place = b
                .entries()
                .binary_search_by_key(&term, |&(other, _)| other)
                .ok()?;
            Some((weight * b.entries().get(place)?.1, term))
        })
        .collect();
    shared.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let shared = shared
        .iter()
        .filter_map(|&(product, term)| {
            Some(SharedTerm {
                text: text_a.get(&term).or_else(|| text_b.get(&term))?.clone(),
                name: kinds_a.get(&term) == Some(&TermKind::Name)
                    || kinds_b.get(&term) == Some(&TermKind::Name),
                part: if cosine > 0.0 {
                    f64::from(product / cosine).min(1.0)
                } else {
                    0.0
                },
            })
        })
        .take(NAMED)
        .collect();
    let only =
        |own: &BTreeMap<u32, TermKind>, other: &BTreeMap<u32, TermKind>, texts: &BTreeMap<u32, String>| {
            let mut names: Vec<(f32, &String)> = own
                .iter()
                .filter(|(term, kind)| **kind == TermKind::Name && !other.contains_key(term))
                .filter_map(|(term, _)| Some((frequencies.rarity(*term), texts.get(term)?)))
                .collect();
            names.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
            names
                .into_iter()
                .take(NAMED)
                .map(|(_, text)| text.clone())
                .collect::<Vec<_>>()
        };

    let likenesses = |report: usize, own: &TermVector, story: usize| -> Vec<(usize, f64)> {
        let members = stories
            .get(story)
            .map(|story| story.reports.as_slice())
            .unwrap_or_default();
        members
            .iter()
            .filter(|&&other| other != report)
            .filter_map(|&other| Some((other, in_time(report, other, vector(other)?.dot(own).min(1.0)))))
            .collect()
    };
    let (of_a, of_b) = (likenesses(first, &a, story_a), likenesses(second, &b, story_b));
    let best = |list: &[(usize, f64)]| list.iter().map(|&(_, likeness)| likeness).reduce(f64::max);
    let mut through: Option<(f64, usize)> = None;
    for &(other, likeness) in &of_a {
        let Some(&(_, back)) = of_b.iter().find(|&&(report, _)| report == other) else {
            continue;
        };
        let weaker = likeness.min(back);
        if weaker > likeness_in_time && through.is_none_or(|(most, _)| weaker > most) {
            through = Some((weaker, other));
        }
    }
    let pair = [reports.get(first)?, reports.get(second)?];
    let position = |place: usize| if place == 0 { first } else { second };
    let copy = copies(&pair).into_iter().next().map(|copy| Copy {
        report: position(copy.report),
        of: position(copy.of),
        ..copy
    });
    Some(Explanation {
        stories: (story_a, story_b),
        likeness: f64::from(cosine),
        similarity: Similarity::of_all(signatures).between(signature_a, signature_b),
        likeness_in_time,
        days_apart: signature_a
            .day()
            .zip(signature_b.day())
            .map(|(one, other)| (one - other).abs()),
        shared,
        only_first: only(&kinds_a, &kinds_b, &text_a),
        only_second: only(&kinds_b, &kinds_a, &text_b),
        best_in_story: (best(&of_a), best(&of_b)),
        through: through.filter(|_| story_a == story_b).map(|(_, report)| report),
        copy,
    })
}

/// Returns the first written form of each term of a report.
fn surfaces(report: &Report) -> BTreeMap<u32, String> {
    let mut found = BTreeMap::new();
    for text in [report.title.as_deref().unwrap_or_default(), &report.text] {
        let mut before: Option<(String, String)> = None;
        for_each_word(text, |word| {
            let written: String = text
                .get(word.start..)
                .unwrap_or_default()
                .chars()
                .take(word.form.chars().count())
                .collect();
            found
                .entry(word_term(&word.form))
                .or_insert_with(|| written.clone());
            if let Some((form, first)) = before.take().filter(|_| word.follows) {
                found
                    .entry(pair_term(&form, &word.form))
                    .or_insert_with(|| format!("{first} {written}"));
            }
            before = Some((word.form, written));
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{group, signature};

    #[test]
    fn says_what_is_shared_and_what_is_not() {
        let reports = [
            Report::new(
                "a",
                "A ferry ran aground off Lindvik on Monday with 300 people on board. Nobody was hurt.",
            ),
            Report::new(
                "b",
                "On Monday tugs freed the ferry off Lindvik; all 300 people on board are well, said Ada Moen.",
            ),
            Report::new(
                "c",
                "The bank of Ostrenia left its rate at 3.5 percent, said its governor, Ilse Varn.",
            ),
        ];
        let signatures: Vec<_> = reports.iter().map(signature).collect();
        let stories = group(&signatures);
        let together = explain(&reports, &signatures, &stories, 0, 1).unwrap();
        assert_eq!(together.stories.0, together.stories.1);
        let shared: Vec<&str> = together.shared.iter().map(|term| term.text.as_str()).collect();
        assert!(
            shared.contains(&"Lindvik") && shared.contains(&"300"),
            "{shared:?}"
        );
        assert!(together.only_second.iter().any(|name| name == "Moen"));
        assert_eq!(together.copy, None);
        let apart = explain(&reports, &signatures, &stories, 0, 2).unwrap();
        assert_ne!(apart.stories.0, apart.stories.1);
        assert!(apart.likeness < together.likeness);
        assert!(apart.similarity < together.similarity, "{apart:?} {together:?}");
        assert_eq!(explain(&reports, &signatures, &stories, 0, 9), None);
    }
}
