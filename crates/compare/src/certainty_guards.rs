//! What only looks like another certainty: two plans, a question, a clause that is hedged itself.

use rashomon_core::{Status, StoryReadings};

use crate::clause_words::Clause;
use crate::evidence::Evidence;
use crate::points::Points;

/// Words by which a clause that counts as asserted holds something open itself.
const HEDGES: [&str; 5] = ["alleged", "allegedly", "suspected", "apparently", "reportedly"];

/// Returns true where two clauses with other statuses do not differ in how surely they tell of one thing.
pub(crate) fn is_no_difference(
    one: &Evidence,
    other: &Evidence,
    points: &Points,
    story: &StoryReadings<'_>,
) -> bool {
    let (plain, open) = match (one.status, other.status) {
        (Status::Asserted, _) => (one, other),
        (_, Status::Asserted) => (other, one),
        // Who denies what another says may be is no surer; and one may doubt, or hold possible, what another expects.
        (Status::Denied | Status::Expected, _) | (_, Status::Denied | Status::Expected) => return false,
        // "May" and "allegedly" leave it open alike.
        _ => return true,
    };
    let (Some(own), Some(their)) = (Clause::of(plain, points, story), Clause::of(open, points, story)) else {
        return true;
    };
    if own.is_asked || their.is_asked {
        return true;
    }
    match open.status {
        // Done is done: whoever says that it is, or has no verb to say it with, is no surer than who says that it will be.
        Status::Expected => own.is_present() || own.is_quoted || tells_of_another_day(plain, points, story),
        Status::Possible | Status::Unconfirmed => own.has_any(&HEDGES),
        // "They say that we did, but we did not": the sentence denies it as well.
        Status::Denied => own.sentence.iter().any(|word| is_negation(word)),
        Status::Asserted => false,
    }
}

/// Returns true where a clause sets what is still to come ("set the hearing for 28 June"), or tells of what was before.
fn tells_of_another_day(evidence: &Evidence, points: &Points, story: &StoryReadings<'_>) -> bool {
    let to_come = || {
        let point = points.all.get(evidence.point)?;
        let reading = story.readings.get(point.report)?;
        let published = story.reports.get(point.report)?.published.day?;
        let statement = reading.statements.get(evidence.statement?)?;
        let mut times = statement
            .times
            .iter()
            .filter_map(|&time| reading.times.get(time)?.value.as_ref()?.days());
        Some(times.any(|(first, _)| first > published))
    };
    let before =
        Clause::of(evidence, points, story).is_some_and(|clause| clause.has_any(&["previously", "formerly"]));
    before || to_come().unwrap_or_default()
}

/// Returns true for a word that denies.
fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "no" | "never" | "nor" | "denied" | "denies")
        || word.ends_with("n't")
        || word.ends_with("n’t")
}

#[cfg(test)]
mod tests {
    use rashomon_core::Difference;

    use crate::test_story::reasons_of;

    /// Returns the reasons of the differences of certainty between two reports.
    fn differences(one: &str, other: &str) -> Vec<String> {
        reasons_of(one, other, |fact| fact.difference == Some(Difference::Certainty))
    }

    #[test]
    fn a_plan_told_in_the_present_is_as_sure_as_one_told_in_the_future() {
        let will =
            "Governor Olwen Tarrick will nominate the engineer Bo Lind to lead the water board of Senby.";
        let is =
            "Governor Olwen Tarrick is nominating the engineer Bo Lind to lead the water board of Senby.";
        let did = "Governor Olwen Tarrick nominated the engineer Bo Lind to lead the water board of Senby.";
        assert_eq!(differences(will, is), Vec::<String>::new());
        assert_eq!(differences(will, did).len(), 1);
    }

    #[test]
    fn what_is_asked_is_not_asserted() {
        let asked =
            "A reporter asked the miner Bo Lind whether he supports the mayor of Senby, Olwen Tarrick.";
        let question =
            "“Do you support the mayor of Senby, Olwen Tarrick?” a reporter asked the miner Bo Lind.";
        assert_eq!(differences(asked, question), Vec::<String>::new());
    }

    #[test]
    fn a_hedge_in_both_is_one_certainty() {
        let charged = "The miner Bo Lind was charged in Senby on Monday for allegedly forging 300 permits of the water board.";
        let alleged = "The miner Bo Lind allegedly forged 300 permits of the water board, prosecutors in Senby said on Monday.";
        assert_eq!(differences(charged, alleged), Vec::<String>::new());
    }
}
