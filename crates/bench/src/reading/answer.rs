//! What the program says of the reports of a labelled set: the JSON that `rashomon read --format jsonl` prints.
//!
//! The reports take the way of the program: from a line of JSON through the reading in, the reading and its rendering.
//! What is scored is read back from the printed line, so that a score is one of what users get.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::input::LabelledReport;
use super::text::CharacterSpan;
use crate::data::reports_of;

/// A reading, as it was printed. One of nothing stands for a report that could not be read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReadingAnswer {
    pub(super) id: String,
    pub(super) sentences: Vec<CharacterSpan>,
    pub(super) tokens: Vec<TokenAnswer>,
    pub(super) entities: Vec<EntityAnswer>,
    pub(super) quotes: Vec<QuoteAnswer>,
    pub(super) quantities: Vec<QuantityAnswer>,
    pub(super) times: Vec<TimeAnswer>,
    pub(super) places: Vec<PlaceAnswer>,
    pub(super) statements: Vec<StatementAnswer>,
}

/// A printed statement.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct StatementAnswer {
    pub(super) sentence: usize,
    pub(super) event: Option<EventAnswer>,
}

/// A printed event.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct EventAnswer {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) score: f64,
}

/// A printed token.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct TokenAnswer {
    #[serde(flatten)]
    pub(super) span: CharacterSpan,
    #[serde(flatten)]
    pub(super) grammar: GrammarAnswer,
}

/// What is said of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct GrammarAnswer {
    pub(super) tag: Option<String>,
    /// The word that it depends on, by its position among all words; `None` for a root.
    pub(super) head: Option<usize>,
    pub(super) relation: Option<String>,
}

/// A printed entity.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct EntityAnswer {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) mentions: Vec<MentionAnswer>,
}

/// A printed mention.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct MentionAnswer {
    #[serde(flatten)]
    pub(super) span: CharacterSpan,
    /// Whether it is a name, and no pronoun or description.
    pub(super) name: bool,
}

/// A printed quote.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct QuoteAnswer {
    #[serde(flatten)]
    span: CharacterSpan,
    #[serde(default)]
    spans: Vec<CharacterSpan>,
    pub(super) speaker: Option<CharacterSpan>,
}

impl QuoteAnswer {
    /// Returns the parts of the text that the content stands in.
    pub(super) fn content(&self) -> Vec<CharacterSpan> {
        if self.spans.is_empty() {
            vec![self.span]
        } else {
            self.spans.clone()
        }
    }
}

/// A printed quantity.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct QuantityAnswer {
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) relation: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) counted: Option<String>,
    pub(super) trend: Option<String>,
}

/// A printed time.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct TimeAnswer {
    #[serde(flatten)]
    pub(super) span: CharacterSpan,
    pub(super) value: Option<String>,
}

/// A printed place.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct PlaceAnswer {
    #[serde(flatten)]
    pub(super) span: CharacterSpan,
    #[serde(rename = "lat")]
    pub(super) latitude: Option<f64>,
    #[serde(rename = "lon")]
    pub(super) longitude: Option<f64>,
}

/// Returns the reading of each report, in their order, whatever the number of threads. Where there is a folder of answers,
/// the printed lines go there, named for the set.
pub(super) fn read_all<Gold>(
    name: &str,
    reports: &[LabelledReport<Gold>],
    answers: Option<&Path>,
) -> Result<Vec<ReadingAnswer>> {
    let input: String = reports
        .iter()
        .map(|report| Value::Object(report.input.clone()).to_string() + "\n")
        .collect();
    let lines: Vec<String> = reports_of(&input, "input.jsonl")
        .par_iter()
        .map(|report| rashomon_brief::json::reading_line(report, &rashomon_brief::read(report)))
        .collect::<Result<_, _>>()?;
    if let Some(folder) = answers {
        let path = folder.join(format!("{}.jsonl", name.replace(' ', "-")));
        fs::create_dir_all(folder)?;
        fs::write(&path, lines.join("\n") + "\n").with_context(|| path.display().to_string())?;
    }
    let readings: Vec<ReadingAnswer> = lines
        .par_iter()
        .map(|line| serde_json::from_str(line))
        .collect::<Result<_, _>>()
        .with_context(|| format!("the readings of {name}"))?;
    let mut by_id: BTreeMap<String, ReadingAnswer> = readings
        .into_iter()
        .map(|reading| (reading.id.clone(), reading))
        .collect();
    Ok(reports
        .iter()
        .map(|report| by_id.remove(report.id()).unwrap_or_default())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::input::{LabelledReport, report_row};

    #[test]
    fn readings_come_in_the_order_of_the_reports_and_an_unreadable_one_is_empty() {
        let report = |id: &str, text: &str| {
            let row = serde_json::from_value(serde_json::json!({"id": id, "text": text})).unwrap();
            LabelledReport::new(report_row(&row), ())
        };
        let reports = [
            report("b", "The ferry sank on 3 May 2019."),
            report("empty", " "),
            report("a", "Two men paid $ 5."),
        ];
        let readings = read_all("set", &reports, None).unwrap();
        let starts: Vec<usize> = readings.iter().map(|reading| reading.tokens.len()).collect();
        assert!(starts[0] > 5 && starts[1] == 0 && starts[2] > 3, "{starts:?}");
        assert_eq!(readings[0].times[0].value.as_deref(), Some("2019-05-03"));
        assert_eq!(readings[0].times[0].span, CharacterSpan::new(18, 28));
    }
}
