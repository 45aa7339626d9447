//! Quantities: values, and values with their unit or their change.
//!
//! A unit is right where it equals one of the gold's two forms after small rules of spelling; where the gold has none, the
//! value decides. Up and down come from what is said of the trend; "<=" reads as "<" and ">=" as ">".

use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;

use super::answer::{QuantityAnswer, ReadingAnswer, read_all};
use super::input::{LabelledReport, give_ids, report_row};
use super::tally::{Tally, one_to_one, tallies};
use super::treebank::stem;
use crate::data::read_rows;
use crate::table::Row;

/// What is measured.
pub(super) const MEASURES: [&str; 3] = ["value F1", "value+unit F1", "value+change F1"];

/// A labelled quantity, as it is written.
#[derive(Clone, Debug, Deserialize)]
struct GoldRow {
    value: Value,
    unit: Option<String>,
    normalized_unit: Option<String>,
    change: Option<String>,
}

/// A labelled quantity.
#[derive(Clone, Debug)]
struct GoldQuantity {
    value: Option<(f64, f64)>,
    /// Its unit in one or two forms; none where nothing is measured or counted.
    units: Vec<String>,
    change: String,
}

/// A quantity that was said.
#[derive(Clone, Debug)]
struct SaidQuantity {
    value: Option<(f64, f64)>,
    unit: String,
    change: String,
    relation: String,
}

/// Returns the rows of a set of quantities.
pub(super) fn rows(name: &str, path: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let mut reports = Vec::new();
    let mut rows = read_rows(path)?;
    give_ids(&stem(path), &mut rows);
    for row in &rows {
        let quantities = row.get("quantities").cloned().unwrap_or(Value::Null);
        let quantities: Vec<GoldRow> =
            serde_json::from_value(quantities).with_context(|| format!("the quantities of {name}"))?;
        let gold: Vec<GoldQuantity> = quantities.iter().map(gold_quantity).collect();
        reports.push(LabelledReport::new(report_row(row), gold));
    }
    let readings = read_all(name, &reports, answers)?;
    let [value, unit, change, relation] = tallies(&reports, &readings, score);
    let relation = format!("; with up and down as equal {:.3}", relation.scores().f1);
    let [of_value, of_unit, of_change] = MEASURES;
    Ok(vec![
        value.row(name, of_value, ""),
        unit.row(name, of_unit, ""),
        change.row(name, of_change, &relation),
    ])
}

/// Returns what a labelled quantity means.
fn gold_quantity(row: &GoldRow) -> GoldQuantity {
    let units = [&row.unit, &row.normalized_unit]
        .into_iter()
        .map(|form| unit(form.as_deref().unwrap_or_default()))
        .filter(|unit| !unit.is_empty())
        .collect();
    let value = match &row.value {
        Value::String(value) => number(value),
        value => number(&value.to_string()),
    };
    GoldQuantity {
        value,
        units,
        change: row.change.clone().unwrap_or_else(|| "=".to_owned()),
    }
}

/// Returns what is said of a quantity in the terms of the gold.
fn said_quantity(quantity: &QuantityAnswer) -> SaidQuantity {
    let low = quantity.low.or(quantity.high);
    let high = quantity.high.or(quantity.low);
    let relation = match quantity.relation.as_deref() {
        Some("<=") => "<",
        Some(">=") => ">",
        Some("range") | None => "=",
        Some(relation) => relation,
    };
    let stated = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    SaidQuantity {
        value: low.zip(high).map(in_order),
        unit: unit(
            &stated(&quantity.unit)
                .or_else(|| stated(&quantity.counted))
                .unwrap_or_default(),
        ),
        change: stated(&quantity.trend).unwrap_or_else(|| relation.to_owned()),
        relation: relation.to_owned(),
    }
}

/// Counts of one report: values, values with unit, with change, and with relation.
fn score(report: &LabelledReport<Vec<GoldQuantity>>, reading: &ReadingAnswer) -> [Tally; 4] {
    let gold = &report.gold;
    let said: Vec<SaidQuantity> = reading.quantities.iter().map(said_quantity).collect();
    let tally = |also: fn(&GoldQuantity, &SaidQuantity) -> bool| {
        let pairs = one_to_one(gold, &said, |gold, said| {
            f64::from(u8::from(same(gold.value, said.value) && also(gold, said)))
        });
        Tally::new(pairs.len(), said.len(), gold.len())
    };
    [
        tally(|_, _| true),
        tally(|gold, said| gold.units.is_empty() || gold.units.contains(&said.unit)),
        tally(|gold, said| gold.change == said.change),
        tally(|gold, said| level(&gold.change) == level(&said.relation)),
    ]
}

/// Returns a change without its direction.
fn level(change: &str) -> &str {
    match change {
        "up" | "down" => "=",
        other => other,
    }
}

/// Returns the smaller number first.
fn in_order((first, second): (f64, f64)) -> (f64, f64) {
    if second < first {
        (second, first)
    } else {
        (first, second)
    }
}

/// Returns true where both values are known and equal, but for the error of floating numbers.
fn same(gold: Option<(f64, f64)>, said: Option<(f64, f64)>) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= (1e-5 * a.abs().max(b.abs())).max(1e-8);
    gold.zip(said)
        .is_some_and(|(gold, said)| close(gold.0, said.0) && close(gold.1, said.1))
}

/// Returns a written value, "5", "-1.4", "1-2", as its two ends; `None` for anything else.
fn number(written: &str) -> Option<(f64, f64)> {
    let whole = written.trim();
    let digits = |text: &str| {
        text.bytes()
            .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
            .count()
    };
    let sign = usize::from(whole.starts_with('-'));
    let mut end = sign + digits(whole.get(sign..)?);
    if end == sign {
        return None;
    }
    if let Some(exponent) = whole.get(end..)?.strip_prefix(['e', 'E']) {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = unsigned.bytes().take_while(u8::is_ascii_digit).count();
        if length > 0 {
            end += 1 + (exponent.len() - unsigned.len()) + length;
        }
    }
    let first = whole.get(..end)?.parse::<f64>().ok()?;
    let rest = whole.get(end..)?.trim_start();
    if rest.is_empty() {
        return Some((first, first));
    }
    let second = rest.strip_prefix('-')?.trim_start();
    if digits(second) != second.len() {
        return None;
    }
    Some(in_order((first, second.parse::<f64>().ok()?)))
}

/// Returns the common spelling of a unit's word.
fn spelled(word: &str) -> Option<&'static str> {
    Some(match word {
        "%" | "percentage" | "per cent" | "pct" => "percent",
        "$" | "us$" | "usd" | "us dollar" => "dollar",
        "£" | "gbp" => "pound sterling",
        "€" | "eur" => "euro",
        "people" => "person",
        "feet" => "foot",
        "men" => "man",
        "women" => "woman",
        "children" => "child",
        _ => return None,
    })
}

/// Returns a unit in one spelling: small letters, British metres and litres, singular.
fn unit(written: &str) -> String {
    let lower = written.to_lowercase();
    let joined = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = joined.trim_matches([' ', '.', '-']);
    let british = british(spelled(bare).unwrap_or(bare));
    let mut words: Vec<String> = british
        .split_whitespace()
        .map(|word| spelled(word).unwrap_or(word).to_owned())
        .collect();
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words.join(" ")
}

/// Returns a text with "meter" and "liter" at the ends of its words, and their plurals, in British spelling.
fn british(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((position, stem)) = ["meter", "liter"]
        .into_iter()
        .filter_map(|stem| Some((rest.find(stem)?, stem)))
        .min()
    {
        let (before, found) = rest.split_at(position);
        let (found, behind) = found.split_at(stem.len());
        out.push_str(before);
        let after = behind.strip_prefix('s').unwrap_or(behind);
        if after.starts_with(super::text::is_word_character) {
            out.push_str(found);
        } else {
            out.push_str(&stem[..3]);
            out.push_str("re");
        }
        rest = behind;
    }
    out + rest
}

/// Returns the singular of a unit's last word.
fn singular(word: &str) -> String {
    if let Some(known) = spelled(word) {
        known.to_owned()
    } else if let Some(stem) = word.strip_suffix("ies") {
        format!("{stem}y")
    } else if word.ends_with("ss") {
        word.to_owned()
    } else {
        word.strip_suffix('s').unwrap_or(word).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::input::text_row;

    #[test]
    fn values_are_one_number_or_two() {
        assert_eq!(number("5"), Some((5.0, 5.0)));
        assert_eq!(number(" -1.4 "), Some((-1.4, -1.4)));
        assert_eq!(number("3 - 2"), Some((2.0, 3.0)));
        assert_eq!(number("1e-2"), Some((0.01, 0.01)));
        for wrong in ["", "-", "five", "1-", "1-2-3", "1.2.3", "2 km"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn units_have_one_spelling() {
        for (written, expected) in [
            ("Kilometers", "kilometre"),
            ("square meter ", "square metre"),
            ("literal", "literal"),
            ("US$", "dollar"),
            ("%", "percent"),
            ("US dollars", "us dollar"),
            ("young people", "young person"),
            ("cities", "city"),
            ("glass", "glass"),
            ("£", "pound sterling"),
            (" - ", ""),
        ] {
            assert_eq!(unit(written), expected, "{written}");
        }
    }

    #[test]
    fn quantities_are_paired_for_each_measure_alone() {
        let rows: Vec<GoldRow> = serde_json::from_str(
            r#"[{"value": "5", "unit": "km", "normalized_unit": "kilometre", "change": "up"},
                {"value": "5", "unit": "men", "change": "="}, {"value": "1-2", "change": ">"}]"#,
        )
        .unwrap();
        let report = LabelledReport::new(text_row("x", "x"), rows.iter().map(gold_quantity).collect());
        let reading: ReadingAnswer = serde_json::from_str(
            r#"{"quantities": [{"low": 5, "high": 5, "relation": "=", "counted": "man"},
                {"low": 5.00001, "high": null, "relation": "=", "unit": "kilometers", "trend": "up"},
                {"low": 1, "high": 2, "relation": ">="}, {"low": null, "high": null}]}"#,
        )
        .unwrap();
        let tally = |right| Tally::new(right, 4, 3);
        assert_eq!(score(&report, &reading), [tally(3), tally(3), tally(3), tally(3)]);
        let reading: ReadingAnswer = serde_json::from_str(
            r#"{"quantities": [{"low": 5, "high": 5, "relation": "~", "counted": "dog"}]}"#,
        )
        .unwrap();
        let tally = |right| Tally::new(right, 1, 3);
        assert_eq!(score(&report, &reading), [tally(1), tally(0), tally(0), tally(0)]);
    }
}
