//! How many facts of an annotated story are found whole: with all reports that have them, their verdict and their kind of difference.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use crate::compare::{AnswerFact, Fact, facts_of_story};
use crate::table::Row;

/// The story of the comparison bench whose facts are counted one by one.
const STORY: &str = "seeds";

/// Returns the rows of the seeds: facts of the gold that are found whole, and differences in value or certainty that the gold has not.
pub(crate) fn rows(bench: &Path, answer: &dyn Fn(&Path) -> Result<Vec<AnswerFact>>) -> Result<Vec<Row>> {
    let folder = bench.join(STORY);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let (gold, answer) = facts_of_story(&folder, &answer(&folder)?)?;
    let found = gold.iter().filter(|fact| is_found_whole(fact, &answer)).count();
    let differing: Vec<&Fact> = gold.iter().filter(|fact| fact.verdict == "differ").collect();
    let wrong = answer
        .iter()
        .filter(|fact| fact.differs_hard() && !differing.iter().any(|other| fact.touches(other)))
        .count();
    let name = format!("compare {STORY}");
    Ok(vec![
        Row::new(
            &name,
            "facts found whole",
            found as f64,
            format!("of {}", gold.len()),
        ),
        Row::new(&name, "wrong differences", wrong as f64, "in value or certainty"),
    ])
}

/// Returns true where one fact of the answer has a sentence of the gold's fact from each of its reports, and says the same of them.
fn is_found_whole(gold: &Fact, answer: &[Fact]) -> bool {
    let reports = |places: &mut dyn Iterator<Item = &(String, usize)>| -> BTreeSet<String> {
        places.map(|(report, _)| report.clone()).collect()
    };
    let all = reports(&mut gold.at.iter());
    answer.iter().any(|fact| {
        fact.verdict == gold.verdict
            && fact.difference == gold.difference
            && reports(&mut gold.at.intersection(&fact.at)) == all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(verdict: &str, difference: Option<&str>, at: &[(&str, usize)]) -> Fact {
        Fact {
            kind: String::new(),
            verdict: verdict.to_owned(),
            difference: difference.map(str::to_owned),
            at: at
                .iter()
                .map(|(report, sentence)| ((*report).to_owned(), *sentence))
                .collect(),
        }
    }

    #[test]
    fn a_fact_is_found_with_all_its_reports_and_its_verdict() {
        let gold = fact("differ", Some("value"), &[("a", 1), ("b", 2), ("b", 3)]);
        let found = fact("differ", Some("value"), &[("a", 1), ("b", 3), ("b", 7)]);
        assert!(is_found_whole(&gold, std::slice::from_ref(&found)));
        let other_kind = fact("differ", Some("certainty"), &[("a", 1), ("b", 2)]);
        let one_report = fact("differ", Some("value"), &[("b", 2), ("b", 3)]);
        let agreeing = fact("agree", None, &[("a", 1), ("b", 2)]);
        assert!(!is_found_whole(&gold, &[other_kind, one_report, agreeing]));
    }
}
