//! How similar two reports are, as people judged it: pairs of SemEval 2022 task 8.

use std::path::Path;

use anyhow::Result;
use rashomon_core::Report;
use rashomon_story::{ReportSignature, Similarity, signature};
use serde_json::Value;

use crate::data::{bench_folder, read_rows, text_of};
use crate::table::Row;

/// Returns the rows of the pairs that are there: Pearson's correlation with the judgement, of all and of the English
/// ones.
pub(crate) fn rows(shared: &Path) -> Result<Vec<Row>> {
    let path = bench_folder(shared, "pairs-semeval2022-t8").join("pairs.jsonl.zst");
    if !path.is_file() {
        return Ok(vec![Row::missing(
            "pairs-semeval2022 test en",
            "Pearson",
            "not measured: data missing",
        )]);
    }
    let pairs = read_rows(&path)?;
    let mut rows = Vec::new();
    for split in ["test", "dev"] {
        let pairs: Vec<_> = pairs
            .iter()
            .filter(|row| text_of(row, "split") == Some(split))
            .collect();
        let signed = |field: &str| -> Vec<ReportSignature> {
            let texts = pairs.iter().map(|row| text_of(row, field).unwrap_or_default());
            texts.map(|text| signature(&Report::new("r", text))).collect()
        };
        let (one, other) = (signed("text1"), signed("text2"));
        let all: Vec<ReportSignature> = one.iter().chain(&other).cloned().collect();
        let similarity = Similarity::of_all(&all);
        let judged: Vec<(bool, f64, f64)> = pairs
            .iter()
            .zip(one.iter().zip(&other))
            .filter_map(|(row, (one, other))| {
                let english = ["lang1", "lang2"]
                    .iter()
                    .all(|field| text_of(row, field) == Some("en"));
                let distance = row.get("overall").and_then(Value::as_f64)?;
                Some((english, similarity.between(one, other), -distance))
            })
            .collect();
        let english: Vec<_> = judged.iter().copied().filter(|pair| pair.0).collect();
        for (name, some) in [("en", &english), ("all", &judged)] {
            rows.push(Row::new(
                &format!("pairs-semeval2022 {split} {name}"),
                "Pearson",
                correlation(some),
                format!(
                    "{} pairs{}",
                    some.len(),
                    if name == "all" {
                        " in eight pairs of languages"
                    } else {
                        ""
                    }
                ),
            ));
        }
    }
    Ok(rows)
}

/// Returns Pearson's correlation.
fn correlation(pairs: &[(bool, f64, f64)]) -> f64 {
    let count = pairs.len().max(1) as f64;
    let mean = |value: fn(&(bool, f64, f64)) -> f64| pairs.iter().map(value).sum::<f64>() / count;
    let (x, y) = (mean(|pair| pair.1), mean(|pair| pair.2));
    let sum = |value: &dyn Fn(f64, f64) -> f64| {
        pairs
            .iter()
            .map(|pair| value(pair.1 - x, pair.2 - y))
            .sum::<f64>()
    };
    let spread = (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt();
    if spread > 0.0 {
        sum(&|x, y| x * y) / spread
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_correlates_fully_and_a_constant_not_at_all() {
        let line: Vec<_> = (0..9)
            .map(|x| (true, f64::from(x), 3.0 - 2.0 * f64::from(x)))
            .collect();
        assert!((correlation(&line) + 1.0).abs() < 1e-12);
        let flat: Vec<_> = (0..9).map(|x| (true, 1.0, f64::from(x))).collect();
        assert_eq!(correlation(&flat), 0.0);
    }
}
