//! The one table of results, and the floors that hold them.

use std::fmt::Write as _;

use serde::Deserialize;

/// The floors and what they rest on: `floors.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Floors {
    /// What is measured.
    pub(crate) floor: Vec<Floor>,
    /// The evaluation data, each file with its hash.
    pub(crate) data: Vec<PinnedFile>,
}

/// What a measure may not fall below.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Floor {
    /// The row of the table: the set.
    pub(crate) name: String,
    /// The row of the table: the measure.
    pub(crate) measure: String,
    /// The least value; absent where a value is only reported.
    #[serde(rename = "floor")]
    pub(crate) least: Option<f64>,
    /// The greatest value, for what should be small.
    #[serde(rename = "ceiling")]
    pub(crate) most: Option<f64>,
    /// What others reach, with its source.
    #[serde(default)]
    pub(crate) peers: String,
    /// Where the floor comes from.
    #[serde(default)]
    pub(crate) note: String,
}

/// A file of evaluation data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PinnedFile {
    /// The path below the folder of benches.
    pub(crate) path: String,
    /// Its SHA-1.
    pub(crate) sha1: String,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) measure: String,
    /// `None` where it was not measured.
    pub(crate) value: Option<f64>,
    /// More about it, or why it was not measured.
    pub(crate) detail: String,
}

impl Row {
    /// Returns a measured row.
    pub(crate) fn new(name: &str, measure: &str, value: f64, detail: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            measure: measure.to_owned(),
            value: Some(value),
            detail: detail.into(),
        }
    }

    /// Returns a row that was not measured, with the reason.
    pub(crate) fn missing(name: &str, measure: &str, reason: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            measure: measure.to_owned(),
            value: None,
            detail: reason.into(),
        }
    }
}

/// Returns the floors written in `text`.
pub(crate) fn parse_floors(text: &str) -> Result<Floors, toml::de::Error> {
    toml::from_str(text)
}

/// Whether a row holds its floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Pass,
    Fail,
    NotMeasured,
    NoFloor,
}

/// Returns whether `row` holds its floor.
pub(crate) fn outcome(row: &Row, floor: Option<&Floor>) -> Outcome {
    let Some(value) = row.value else {
        return Outcome::NotMeasured;
    };
    match floor {
        Some(Floor {
            least: None,
            most: None,
            ..
        })
        | None => Outcome::NoFloor,
        Some(floor) => {
            let held =
                floor.least.is_none_or(|least| value >= least) && floor.most.is_none_or(|most| value <= most);
            if held { Outcome::Pass } else { Outcome::Fail }
        }
    }
}

impl Floors {
    /// Returns the floor of a row.
    pub(crate) fn of(&self, row: &Row) -> Option<&Floor> {
        self.floor
            .iter()
            .find(|floor| floor.name == row.name && floor.measure == row.measure)
    }
}

/// Returns a value with as many digits as it needs to be told from its floor.
fn written(value: f64) -> String {
    if value.abs() >= 100.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.3}")
    }
}

/// Returns the table as Markdown.
pub(crate) fn render(rows: &[Row], floors: &Floors) -> String {
    let mut cells =
        vec![["set", "measure", "value", "floor", "outcome", "others", "detail"].map(str::to_owned)];
    for row in rows {
        let floor = floors.of(row);
        let limit = floor.map(|floor| match (floor.least, floor.most) {
            (Some(least), _) => format!("≥ {}", written(least)),
            (None, Some(most)) => format!("≤ {}", written(most)),
            (None, None) => String::new(),
        });
        let outcome = match outcome(row, floor) {
            Outcome::Pass => "pass",
            Outcome::Fail => "FAIL",
            Outcome::NotMeasured => "not measured",
            Outcome::NoFloor => "",
        };
        cells.push([
            row.name.clone(),
            row.measure.clone(),
            row.value.map(written).unwrap_or_default(),
            limit.unwrap_or_default(),
            outcome.to_owned(),
            floor.map(|floor| floor.peers.clone()).unwrap_or_default(),
            row.detail.clone(),
        ]);
    }
    let mut widths = [3; 7];
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut table = String::new();
    for (number, row) in cells.iter().enumerate() {
        for (cell, &width) in row.iter().zip(&widths) {
            // Writing to a text cannot fail.
            let _ = write!(table, "| {cell:width$} ");
        }
        table.push_str("|\n");
        if number == 0 {
            table.push_str(&widths.map(|width| format!("|{}", "-".repeat(width + 2))).concat());
            table.push_str("|\n");
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floors() -> Floors {
        parse_floors(
            "data = []\n[[floor]]\nname = \"a\"\nmeasure = \"F1\"\nfloor = 0.5\npeers = \"TF-IDF 0.4\"\n[[floor]]\nname = \"b\"\nmeasure = \"s\"\nceiling = 0.2\n",
        )
        .unwrap()
    }

    #[test]
    fn a_row_holds_its_floor_or_not() {
        let floors = floors();
        let judge = |row: Row| outcome(&row, floors.of(&row));
        assert_eq!(judge(Row::new("a", "F1", 0.5, "")), Outcome::Pass);
        assert_eq!(judge(Row::new("a", "F1", 0.499, "")), Outcome::Fail);
        assert_eq!(judge(Row::new("b", "s", 0.3, "")), Outcome::Fail);
        assert_eq!(judge(Row::missing("b", "s", "no binary")), Outcome::NotMeasured);
        assert_eq!(judge(Row::new("c", "F1", 0.1, "")), Outcome::NoFloor);
        assert_eq!(judge(Row::new("a", "F1", f64::NAN, "")), Outcome::Fail);
    }

    #[test]
    fn the_table_names_all() {
        let table = render(&[Row::new("a", "F1", 0.61, "P 0.5")], &floors());
        assert!(
            table.contains("| a   | F1      | 0.610 | ≥ 0.500 | pass    | TF-IDF 0.4 | P 0.5  |"),
            "{table}"
        );
    }

    #[test]
    fn the_floors_of_the_project_are_read() {
        assert!(
            !parse_floors(include_str!("../floors.toml"))
                .unwrap()
                .floor
                .is_empty()
        );
    }
}
