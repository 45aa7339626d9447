//! Scores of readings: sentences, words, tags and trees, names, names that mean the same, quotes, quantities, times,
//! places. A module a task.
//!
//! The definitions are those of `score_read.py` of the shared tools, the inputs those of `bench_inputs.py`, and what is
//! scored is the JSON that `rashomon read --format jsonl` prints ([`answer`]). All were run beside each other: for every
//! set but MEANTIME and the events, the counts of what is right, said and in the gold, and the scores of these modules and of the Python
//! tools were the same to the last digit that is printed, and the printed readings the same bytes as those of the program
//! on the tools' inputs. For MEANTIME, which the tools have no scorer for, their scorer of times was given its gold and the
//! readings in the form of the other sets, and printed the same. `bench --answers FOLDER` writes the readings, so that
//! this can be done again.

mod answer;
mod bio;
mod coreference;
mod events;
mod input;
mod meantime;
mod names;
mod parse;
mod places;
mod quantities;
mod quotes;
mod spacing;
mod tally;
mod text;
mod times;
mod treebank;
mod words;

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::table::Row;

/// Makes the rows of a set: its name, its (first) file, and the folder that takes the answers.
type Scorer = fn(name: &str, path: &Path, answers: Option<&Path>) -> Result<Vec<Row>>;

/// A labelled set.
struct LabelledSet {
    /// How its rows are named.
    name: &'static str,
    /// Its files, below the folder of benches.
    files: &'static [&'static str],
    /// What is measured.
    measures: &'static [&'static str],
    scorer: Scorer,
}

/// Returns a set of one file.
const fn set(
    name: &'static str,
    files: &'static [&'static str],
    measures: &'static [&'static str],
    scorer: Scorer,
) -> LabelledSet {
    LabelledSet {
        name,
        files,
        measures,
        scorer,
    }
}

/// The sets that are scored, in the order of the table.
const SETS: [LabelledSet; 14] = [
    set(
        "parse en_ewt-test",
        &["parse/en_ewt-test.conllu.zst"],
        &parse::MEASURES,
        parse::rows,
    ),
    set(
        "parse en_gum-dev",
        &["parse/en_gum-dev.conllu.zst"],
        &parse::MEASURES,
        parse::rows,
    ),
    set(
        "gold words en_ewt-test",
        &["parse/en_ewt-test.conllu.zst"],
        &words::MEASURES,
        words::rows,
    ),
    set(
        "ner worldwide-test",
        &["ner/worldwide-test.bio.zst"],
        &names::MEASURES,
        names::rows,
    ),
    set(
        "ner uner-ewt-test",
        &["ner/uner-ewt-test.bio.zst"],
        &names::MEASURES,
        names::rows,
    ),
    set(
        "coref gum-open-dev",
        &["coref/gum-open-dev.jsonl.zst"],
        &coreference::MEASURES,
        coreference::rows,
    ),
    set(
        "quotes polnear-dev",
        &["quotes/polnear-dev.jsonl.zst"],
        &quotes::MEASURES,
        quotes::rows,
    ),
    set(
        "quantities newsquant-half-a",
        &["quantities/newsquant-half-a.jsonl.zst"],
        &quantities::MEASURES,
        quantities::rows,
    ),
    set(
        "events plover-gsr-half-a",
        &["events/plover-gsr-half-a.jsonl.zst"],
        &events::MEASURES,
        events::rows,
    ),
    set(
        "time tempeval3-tbaq",
        &["time/tempeval3-tbaq.jsonl.zst"],
        &times::MEASURES,
        times::rows,
    ),
    set(
        "time meantime",
        &[
            "meantime/corpus_airbus.jsonl.zst",
            "meantime/corpus_apple.jsonl.zst",
            "meantime/corpus_gm.jsonl.zst",
        ],
        &times::MEASURES,
        meantime::rows,
    ),
    set(
        "places tr-news",
        &["geo/tr-news.jsonl.zst"],
        &places::MEASURES,
        places::rows,
    ),
    set(
        "places lgl",
        &["geo/lgl.jsonl.zst"],
        &places::MEASURES,
        places::rows,
    ),
    set(
        "places geovirus",
        &["geo/geovirus.jsonl.zst"],
        &places::MEASURES,
        places::rows,
    ),
];

/// Returns the rows of all sets below the folder of benches; those of an absent set say so.
pub(crate) fn rows(bench: &Path, answers: Option<&Path>) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for set in &SETS {
        let first = set.files.first().map(|file| bench.join(file));
        match first {
            Some(path) if set.files.iter().all(|file| bench.join(file).is_file()) => {
                rows.extend((set.scorer)(set.name, &path, answers).with_context(|| set.name.to_owned())?);
            }
            _ => rows.extend(
                set.measures
                    .iter()
                    .map(|measure| Row::missing(set.name, measure, "not measured: data missing")),
            ),
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_sets_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let rows = rows(folder.path(), None).unwrap();
        let measures: usize = SETS.iter().map(|set| set.measures.len()).sum();
        assert_eq!(rows.len(), measures);
        assert!(
            rows.iter()
                .all(|row| row.value.is_none() && row.detail.contains("missing"))
        );
    }

    #[test]
    fn a_set_has_the_rows_that_are_told_where_it_is_absent() {
        let folder = tempfile::tempdir().unwrap();
        let time = folder.path().join("time/tempeval3-tbaq.jsonl.zst");
        std::fs::create_dir_all(time.parent().unwrap()).unwrap();
        let row = concat!(
            r#"{"id": "a", "dct": "2019-05-04", "text": "The bridge fell on Friday.", "#,
            r#""timex": [{"start": 19, "end": 25, "value": "2019-05-03"}]}"#,
        );
        std::fs::write(&time, zstd::encode_all(row.as_bytes(), 1).unwrap()).unwrap();
        let rows = rows(folder.path(), None).unwrap();
        let measured: Vec<(&str, Option<f64>)> = rows
            .iter()
            .filter(|row| row.name == "time tempeval3-tbaq")
            .map(|row| (row.measure.as_str(), row.value))
            .collect();
        assert_eq!(measured, times::MEASURES.map(|measure| (measure, Some(1.0))));
    }
}
