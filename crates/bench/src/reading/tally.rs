//! Counting: what was said, what is right of it, and which of the gold it stands for.

use rayon::prelude::*;

use super::answer::ReadingAnswer;
use super::input::LabelledReport;
use crate::stories::Scores;
use crate::table::Row;

/// How many were right, said, and in the gold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) right: usize,
    pub(super) said: usize,
    pub(super) gold: usize,
}

impl Tally {
    /// Returns the tally of three counts.
    pub(super) fn new(right: usize, said: usize, gold: usize) -> Self {
        Self { right, said, gold }
    }

    /// Returns the sum of two tallies.
    fn plus(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            said: self.said + other.said,
            gold: self.gold + other.gold,
        }
    }

    /// Returns precision, recall and F1.
    pub(super) fn scores(self) -> Scores {
        Scores::of_counts(self.right, self.said, self.gold)
    }

    /// Returns the row of the table, its value the F1.
    pub(super) fn row(self, name: &str, measure: &str, more: &str) -> Row {
        let Self { right, said, gold } = self;
        let scores = self.scores();
        let detail = format!("{}; right {right}, said {said}, gold {gold}{more}", parts(scores));
        Row::new(name, measure, scores.f1, detail)
    }
}

/// Returns precision and recall in words.
pub(super) fn parts(scores: Scores) -> String {
    format!("P {:.3} R {:.3}", scores.precision, scores.recall)
}

/// Returns the sums of the tallies of all reports. Counts are whole, so that their sum does not depend on threads.
pub(super) fn tallies<Gold: Sync, const MEASURES: usize>(
    reports: &[LabelledReport<Gold>],
    readings: &[ReadingAnswer],
    score: impl Fn(&LabelledReport<Gold>, &ReadingAnswer) -> [Tally; MEASURES] + Sync,
) -> [Tally; MEASURES] {
    reports
        .par_iter()
        .zip(readings)
        .map(|(report, reading)| score(report, reading))
        .reduce(
            || [Tally::default(); MEASURES],
            |sums, more| std::array::from_fn(|measure| sums[measure].plus(more[measure])),
        )
}

/// Returns pairs of positions in `gold` and `said`, none of them twice: greedily, the heaviest pair first, and of
/// equally heavy ones the first in both lists. No weight, no pair.
pub(super) fn one_to_one<Gold, Said>(
    gold: &[Gold],
    said: &[Said],
    weight: impl Fn(&Gold, &Said) -> f64,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (in_gold, wanted) in gold.iter().enumerate() {
        for (in_said, found) in said.iter().enumerate() {
            let weight = weight(wanted, found);
            if weight > 0.0 {
                pairs.push((weight, in_gold, in_said));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut gold_taken, mut said_taken) = (vec![false; gold.len()], vec![false; said.len()]);
    let mut matched = Vec::new();
    for (_, in_gold, in_said) in pairs {
        if !gold_taken[in_gold] && !said_taken[in_said] {
            gold_taken[in_gold] = true;
            said_taken[in_said] = true;
            matched.push((in_gold, in_said));
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_pair_is_taken_first_and_none_twice() {
        let weights = [[2.0, 3.0], [0.0, 2.5], [2.0, 0.0]];
        let pairs = one_to_one(&[0, 1, 2], &[0, 1], |&gold: &usize, &said: &usize| {
            weights[gold][said]
        });
        // Gold 0 takes said 1 with the greatest weight; said 0 goes to gold 2, since gold 0 has one already.
        assert_eq!(pairs, [(0, 1), (2, 0)]);
    }

    #[test]
    fn of_equal_pairs_the_first_is_taken() {
        let pairs = one_to_one(&[1, 1], &[1, 1], |gold, said| f64::from(u8::from(gold == said)));
        assert_eq!(pairs, [(0, 0), (1, 1)]);
    }

    #[test]
    fn a_row_holds_f1_and_its_counts() {
        let row = Tally::new(1, 2, 4).row("set", "measure", "; more");
        assert!((row.value.unwrap() - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(row.detail, "P 0.500 R 0.250; right 1, said 2, gold 4; more");
    }
}
