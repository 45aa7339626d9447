//! Names: spans and kinds, over persons, organisations and places.
//!
//! A mention that is exactly a facility of the gold is set aside, since readings have no such kind; so are the gold's other
//! labels, the reading's other kinds, and mentions that are no names.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use super::answer::{ReadingAnswer, read_all};
use super::bio::{GoldName, read_names};
use super::input::{LabelledReport, text_row};
use super::tally::{Tally, tallies};
use super::text::CharacterSpan;
use crate::table::Row;

/// What is measured.
pub(super) const MEASURES: [&str; 2] = ["names F1", "spans F1"];

/// The kinds that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Person,
    Organisation,
    Place,
}

/// Returns the kind that a label of a set or of a reading stands for.
fn kind_of(label: &str) -> Option<Kind> {
    match label.to_uppercase().as_str() {
        "PER" | "PERSON" => Some(Kind::Person),
        "ORG" | "ORGANIZATION" | "ORGANISATION" => Some(Kind::Organisation),
        "LOC" | "LOCATION" | "GPE" | "PLACE" => Some(Kind::Place),
        _ => None,
    }
}

/// Returns the rows of a set of labelled names.
pub(super) fn rows(name: &str, path: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let reports: Vec<LabelledReport<Vec<GoldName>>> = read_names(path)?
        .into_iter()
        .map(|document| LabelledReport::new(text_row(&document.id, &document.text), document.names))
        .collect();
    let readings = read_all(name, &reports, answers)?;
    let [all, spans, person, organisation, place] = tallies(&reports, &readings, score);
    let kinds = format!(
        "; persons {:.3}, organisations {:.3}, places {:.3}",
        person.scores().f1,
        organisation.scores().f1,
        place.scores().f1
    );
    let [of_names, of_spans] = MEASURES;
    Ok(vec![
        all.row(name, of_names, &kinds),
        spans.row(name, of_spans, "; whatever the kind"),
    ])
}

/// Counts of one report: names, spans whatever the kind, and the names of each kind.
fn score(report: &LabelledReport<Vec<GoldName>>, reading: &ReadingAnswer) -> [Tally; 5] {
    let gold: BTreeSet<(CharacterSpan, Kind)> = report
        .gold
        .iter()
        .filter_map(|name| Some((name.span, kind_of(&name.label)?)))
        .collect();
    let facilities: BTreeSet<CharacterSpan> = report
        .gold
        .iter()
        .filter(|name| matches!(name.label.to_uppercase().as_str(), "FACILITY" | "FAC"))
        .map(|name| name.span)
        .collect();
    let mut said = BTreeSet::new();
    for entity in &reading.entities {
        let Some(kind) = kind_of(&entity.kind) else {
            continue;
        };
        for mention in entity.mentions.iter().filter(|mention| mention.name) {
            let name = (report.text.trim(mention.span), kind);
            if !facilities.contains(&name.0) || gold.contains(&name) {
                said.insert(name);
            }
        }
    }
    let spans = |names: &BTreeSet<(CharacterSpan, Kind)>| -> BTreeSet<CharacterSpan> {
        names.iter().map(|&(span, _)| span).collect()
    };
    let of_kind = |kind: Kind| {
        let of = |names: &BTreeSet<(CharacterSpan, Kind)>| -> BTreeSet<CharacterSpan> {
            names
                .iter()
                .filter(|&&(_, found)| found == kind)
                .map(|&(span, _)| span)
                .collect()
        };
        tally(&of(&gold), &of(&said))
    };
    [
        tally(&gold, &said),
        tally(&spans(&gold), &spans(&said)),
        of_kind(Kind::Person),
        of_kind(Kind::Organisation),
        of_kind(Kind::Place),
    ]
}

/// Returns the tally of two sets.
fn tally<T: Ord>(gold: &BTreeSet<T>, said: &BTreeSet<T>) -> Tally {
    Tally::new(gold.intersection(said).count(), said.len(), gold.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::answer::{EntityAnswer, MentionAnswer};

    #[test]
    fn kinds_count_and_facilities_are_set_aside() {
        let gold = |start: usize, end: usize, label: &str| GoldName {
            span: CharacterSpan::new(start, end),
            label: label.to_owned(),
        };
        let text = "Ada Bo, Oslo, Tower, Yak";
        let names = vec![
            gold(0, 6, "Person"),
            gold(8, 12, "LOC"),
            gold(14, 19, "Facility"),
            gold(21, 24, "Misc"),
        ];
        let report = LabelledReport::new(text_row("x", text), names);
        let entity = |kind: &str, mentions: &[(usize, usize, bool)]| EntityAnswer {
            id: String::new(),
            kind: kind.to_owned(),
            mentions: mentions
                .iter()
                .map(|&(start, end, name)| MentionAnswer {
                    span: CharacterSpan::new(start, end),
                    name,
                })
                .collect(),
        };
        let reading = ReadingAnswer {
            entities: vec![
                entity("person", &[(0, 6, true), (21, 24, false)]),
                entity("organisation", &[(7, 12, true), (14, 19, true)]),
                entity("other", &[(21, 24, true)]),
            ],
            ..ReadingAnswer::default()
        };
        assert_eq!(
            score(&report, &reading),
            [
                Tally::new(1, 2, 2),
                Tally::new(2, 2, 2),
                Tally::new(1, 1, 1),
                Tally::new(0, 1, 0),
                Tally::new(0, 0, 1)
            ]
        );
    }
}
