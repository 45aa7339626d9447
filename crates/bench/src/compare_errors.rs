//! What a comparison misses, by kind of fact: for those who work on it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;

use crate::compare::{AnswerFact, Fact, facts_of_story, pairs, story_folders};

/// The facts of the gold of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Missed {
    facts: usize,
    /// Facts with sentences of two reports that stand together in some fact of the answer.
    together: usize,
    /// Pairs of sentences, and how many of them stand in some fact of the answer.
    pairs: usize,
    found_pairs: usize,
    /// Differences of value or certainty, those that are said, and those whose sentences stand together without.
    differences: usize,
    said: usize,
    taken_for_agreement: usize,
}

/// The differences of the answer of one sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Said {
    all: usize,
    right: usize,
    /// The gold has a fact of these sentences, and its reports agree.
    agreement: usize,
}

/// The counts over stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Errors {
    missed: BTreeMap<String, Missed>,
    said: BTreeMap<(String, String), Said>,
}

impl Errors {
    /// Adds the facts of a story.
    fn add(&mut self, gold: &[Fact], answer: &[Fact]) {
        let found = pairs(answer);
        for fact in gold {
            let own = self.missed.entry(fact.kind.clone()).or_default();
            let together = answer.iter().any(|other| other.touches(fact));
            own.facts += 1;
            own.together += usize::from(together);
            let of_fact = pairs(std::slice::from_ref(fact));
            own.pairs += of_fact.len();
            own.found_pairs += of_fact.intersection(&found).count();
            if fact.differs_hard() {
                let said = answer
                    .iter()
                    .any(|other| other.differs_hard() && other.touches(fact));
                own.differences += 1;
                own.said += usize::from(said);
                own.taken_for_agreement += usize::from(together && !said);
            }
        }
        for fact in answer.iter().filter(|fact| fact.differs_hard()) {
            let key = (fact.difference.clone().unwrap_or_default(), fact.kind.clone());
            let own = self.said.entry(key).or_default();
            let right = gold
                .iter()
                .any(|other| other.verdict == "differ" && other.touches(fact));
            own.all += 1;
            own.right += usize::from(right);
            own.agreement += usize::from(!right && gold.iter().any(|other| other.touches(fact)));
        }
    }

    /// Returns the counts as two tables.
    fn render(&self) -> String {
        let share = |part: usize, whole: usize| {
            if whole == 0 {
                String::new()
            } else {
                format!("{:.2}", part as f64 / whole as f64)
            }
        };
        let mut out = String::from(
            "| kind | facts | together | pairs | pairs found | differences | said | taken for agreement | never together |\n\
             |---|---|---|---|---|---|---|---|---|\n",
        );
        for (kind, own) in &self.missed {
            let _ = writeln!(
                out,
                "| {kind} | {} | {} | {} | {} | {} | {} | {} | {} |",
                own.facts,
                share(own.together, own.facts),
                own.pairs,
                share(own.found_pairs, own.pairs),
                own.differences,
                own.said,
                own.taken_for_agreement,
                own.differences - own.said - own.taken_for_agreement,
            );
        }
        out.push_str("\n| difference | kind | said | right | the reports agree | no such fact |\n|---|---|---|---|---|---|\n");
        for ((difference, kind), own) in &self.said {
            let _ = writeln!(
                out,
                "| {difference} | {kind} | {} | {} | {} | {} |",
                own.all,
                own.right,
                own.agreement,
                own.all - own.right - own.agreement,
            );
        }
        out
    }
}

/// Returns what is missed and what is said wrongly on the annotated stories of a folder, by kind, as two tables; `answer`
/// makes the facts of a story from its folder.
pub(crate) fn table(folder: &Path, answer: &dyn Fn(&Path) -> Result<Vec<AnswerFact>>) -> Result<String> {
    let mut errors = Errors::default();
    for story in story_folders(folder)? {
        let (gold, answer) = facts_of_story(&story, &answer(&story)?)?;
        errors.add(&gold, &answer);
    }
    Ok(errors.render())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(kind: &str, difference: Option<&str>, sentence: usize) -> Fact {
        Fact {
            kind: kind.to_owned(),
            verdict: difference.map_or("agree", |_| "differ").to_owned(),
            difference: difference.map(str::to_owned),
            at: [("a".to_owned(), sentence), ("b".to_owned(), sentence)].into(),
        }
    }

    #[test]
    fn facts_are_counted_by_kind() {
        let gold = [
            fact("time", Some("value"), 0),
            fact("time", Some("value"), 1),
            fact("time", Some("value"), 2),
            fact("event", None, 3),
        ];
        let answer = [
            fact("time", Some("value"), 0),
            fact("event", None, 1),
            fact("status", Some("certainty"), 3),
        ];
        let mut errors = Errors::default();
        errors.add(&gold, &answer);
        let time = errors.missed["time"];
        assert_eq!(
            (time.facts, time.together, time.pairs, time.found_pairs),
            (3, 2, 3, 2)
        );
        assert_eq!((time.differences, time.said, time.taken_for_agreement), (3, 1, 1));
        let status = errors.said[&("certainty".to_owned(), "status".to_owned())];
        assert_eq!((status.all, status.right, status.agreement), (1, 0, 1));
        assert!(
            errors
                .render()
                .contains("| time | 3 | 0.67 | 3 | 0.67 | 3 | 1 | 1 | 1 |")
        );
    }
}
