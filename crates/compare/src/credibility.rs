//! How well a fact is supported: the number of the Admiralty scale, 1 to 6, with the rule that gave it.
//!
//! The rule looks at origins, never at the number of outlets: copies of one report confirm nothing. It does not say what
//! is true. The scale is that of NATO's AJP-2.1: 1 confirmed by other sources, 6 cannot be judged.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::{
    Change, Credibility, Difference, Fact, FactKind, Ledger, QuantityRelation, Status, StoryReadings, Verdict,
};

use crate::history::quantity_of;
use crate::quantities::{Agreement, agreement};

/// Cells of one fact that say the same of it.
#[derive(Debug, Default)]
struct Claim {
    cells: Vec<usize>,
    origins: BTreeSet<String>,
    /// The weight of the best grade among its origins.
    weight: u8,
    /// It denies what other claims say.
    denies: bool,
}

/// Gives every cell and every fact its credibility.
pub(crate) fn judge_credibility(ledger: &mut Ledger, story: &StoryReadings<'_>) {
    let confirmed = confirmed_origins(ledger);
    for fact in &mut ledger.facts {
        let claims = claims(fact, story);
        let of_cells: Vec<Credibility> = (0..fact.cells.len())
            .map(|cell| of_cell(fact, cell, &claims, &confirmed, story))
            .collect();
        for (cell, credibility) in fact.cells.iter_mut().zip(&of_cells) {
            cell.credibility = *credibility;
        }
        // The fact is as well supported as what stands at its end.
        let standing: Vec<usize> = match &fact.history {
            Some(history) if history.change != Change::Disputed => history
                .steps
                .last()
                .map_or_else(Vec::new, |step| step.cells.clone()),
            _ => (0..fact.cells.len()).collect(),
        };
        fact.credibility = standing
            .iter()
            .filter_map(|&cell| of_cells.get(cell).copied())
            .min()
            .unwrap_or_default();
    }
}

/// Returns the origins that another origin agrees with somewhere in the story.
fn confirmed_origins(ledger: &Ledger) -> BTreeMap<String, BTreeSet<String>> {
    let mut confirmed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for fact in &ledger.facts {
        if fact.verdict == Verdict::Agree && fact.origins > 1 {
            for cell in &fact.cells {
                let facts = confirmed.entry(cell.origin.clone()).or_default();
                facts.insert(fact.id.clone());
            }
        }
    }
    confirmed
}

/// Returns the claims of a fact: what its cells say of it, brought together where it fits.
fn claims(fact: &Fact, story: &StoryReadings<'_>) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for (place, cell) in fact.cells.iter().enumerate() {
        let denies = cell.status == Status::Denied;
        let fits = |claim: &Claim| {
            claim.denies == denies
                && claim
                    .cells
                    .first()
                    .is_some_and(|&lead| says_the_same(fact, lead, place, story))
        };
        let found = claims.iter().position(fits).unwrap_or(claims.len());
        if found == claims.len() {
            claims.push(Claim {
                denies,
                ..Claim::default()
            });
        }
        if let Some(claim) = claims.get_mut(found) {
            claim.cells.push(place);
            // Who guesses or expects stands behind nothing.
            if !matches!(cell.status, Status::Asserted | Status::Denied) {
                continue;
            }
            claim.origins.insert(cell.origin.clone());
            claim.weight = claim.weight.max(cell.grade.weight());
        }
    }
    claims
}

/// Returns true when two cells of a fact say the same of it.
fn says_the_same(fact: &Fact, one: usize, other: usize, story: &StoryReadings<'_>) -> bool {
    if (fact.verdict, fact.difference) != (Verdict::Differ, Some(Difference::Value)) {
        return true;
    }
    if fact.kind == FactKind::Quantity
        && let (Some(own), Some(their)) = (quantity_of(fact, one, story), quantity_of(fact, other, story))
    {
        return agreement(own, their).is_none_or(|found| found == Agreement::Agree);
    }
    match (fact.cells.get(one), fact.cells.get(other)) {
        (Some(own), Some(their)) => own.value.eq_ignore_ascii_case(&their.value),
        _ => false,
    }
}

/// Returns the credibility of what one cell says.
fn of_cell(
    fact: &Fact,
    cell: usize,
    claims: &[Claim],
    confirmed: &BTreeMap<String, BTreeSet<String>>,
    story: &StoryReadings<'_>,
) -> Credibility {
    let (Some(found), Some(own)) = (
        fact.cells.get(cell),
        claims.iter().find(|claim| claim.cells.contains(&cell)),
    ) else {
        return Credibility::NotJudged;
    };
    if !matches!(found.status, Status::Asserted | Status::Denied) {
        return Credibility::NotJudged;
    }
    let history = fact
        .history
        .as_ref()
        .filter(|history| history.change != Change::Disputed);
    let standing: Option<&[usize]> =
        history.and_then(|history| history.steps.last().map(|step| step.cells.as_slice()));
    if let Some(standing) = standing
        && !standing.contains(&cell)
        && history.is_some_and(|history| history.steps.iter().any(|step| step.cells.contains(&cell)))
    {
        let fits = standing
            .first()
            .is_some_and(|&newest| holds(fact, cell, newest, story));
        return if fits {
            Credibility::StillFits
        } else {
            Credibility::Replaced
        };
    }
    let mut against: BTreeSet<&str> = BTreeSet::new();
    for other in claims {
        // What was replaced contradicts nothing any more.
        let live = standing.is_none_or(|standing| other.cells.iter().any(|cell| standing.contains(cell)));
        if other.cells != own.cells && live && other.weight >= own.weight && contradicts(own, other, fact) {
            against.extend(other.origins.difference(&own.origins).map(String::as_str));
        }
    }
    match against.len() {
        0 if own.origins.len() > 1 => Credibility::Confirmed,
        0 => {
            let elsewhere = confirmed
                .get(&found.origin)
                .is_some_and(|facts| facts.iter().any(|other| *other != fact.id));
            if elsewhere {
                Credibility::Consistent
            } else {
                Credibility::Alone
            }
        }
        several if several > 1 && several > own.origins.len() => Credibility::ContradictedBySeveral,
        _ => Credibility::Contradicted,
    }
}

/// Returns true when two claims of a fact cannot stand side by side.
fn contradicts(own: &Claim, other: &Claim, fact: &Fact) -> bool {
    own.denies != other.denies
        || (fact.verdict, fact.difference) == (Verdict::Differ, Some(Difference::Value))
}

/// Returns true when the number of the cell `newest` lies within the bounds that the cell `earlier` gives.
fn holds(fact: &Fact, earlier: usize, newest: usize, story: &StoryReadings<'_>) -> bool {
    let (Some(own), Some(newest)) = (
        quantity_of(fact, earlier, story),
        quantity_of(fact, newest, story),
    ) else {
        return false;
    };
    let number = newest.low.or(newest.high).unwrap_or_default();
    match own.relation {
        QuantityRelation::AtLeast => own.low.is_some_and(|low| number >= low),
        QuantityRelation::AtMost => own.high.is_some_and(|high| number <= high),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Cell, SourceGrade, Span};

    use super::*;

    fn cell(report: usize, value: &str, origin: &str, status: Status, grade: SourceGrade) -> Cell {
        Cell {
            report,
            sentence: 0,
            span: Span::default(),
            evidence: Span::default(),
            value: value.to_owned(),
            attributed_to: None,
            status,
            origin: origin.to_owned(),
            grade,
            credibility: Credibility::default(),
            decisive: true,
        }
    }

    /// Returns the credibility of a fact and the numbers of its cells; each cell is value, origin, status and grade.
    fn judged(
        difference: Option<Difference>,
        cells: &[(&str, &str, Status, SourceGrade)],
    ) -> (Credibility, Vec<u8>) {
        let cells: Vec<Cell> = cells
            .iter()
            .enumerate()
            .map(|(report, (value, origin, status, grade))| cell(report, value, origin, *status, *grade))
            .collect();
        let origins: BTreeSet<&String> = cells.iter().map(|cell| &cell.origin).collect();
        let fact = Fact {
            id: "f1".to_owned(),
            label: String::new(),
            kind: FactKind::Time,
            verdict: match (difference, cells.len()) {
                (Some(_), _) => Verdict::Differ,
                (None, 1) => Verdict::Single,
                _ => Verdict::Agree,
            },
            difference,
            reason: String::new(),
            origins: origins.len(),
            outlets: cells.len(),
            credibility: Credibility::default(),
            history: None,
            weight: 1.0,
            cells,
        };
        let mut ledger = Ledger {
            facts: vec![fact],
            ..Ledger::default()
        };
        let story = StoryReadings {
            id: String::new(),
            reports: Vec::new(),
            readings: Vec::new(),
            copies: Vec::new(),
        };
        judge_credibility(&mut ledger, &story);
        let fact = &ledger.facts[0];
        let numbers = fact.cells.iter().map(|cell| cell.credibility.number()).collect();
        (fact.credibility, numbers)
    }

    const A: Status = Status::Asserted;
    const F: SourceGrade = SourceGrade::F;

    #[test]
    fn independent_origins_confirm_and_copies_do_not() {
        assert_eq!(
            judged(None, &[("Tuesday", "Post", A, F), ("Tuesday", "police", A, F)]).0,
            Credibility::Confirmed
        );
        assert_eq!(
            judged(None, &[("Tuesday", "Wire", A, F), ("Tuesday", "Wire", A, F)]).0,
            Credibility::Alone
        );
    }

    #[test]
    fn a_contradiction_counts_where_the_grade_is_equal() {
        let value = Some(Difference::Value);
        assert_eq!(
            judged(value, &[("Monday", "Post", A, F), ("Tuesday", "Mail", A, F)]).1,
            [4, 4]
        );
        assert_eq!(
            judged(
                value,
                &[
                    ("Monday", "Post", A, SourceGrade::B),
                    ("Tuesday", "Mail", A, SourceGrade::D)
                ]
            )
            .1,
            [3, 4]
        );
        assert_eq!(
            judged(
                value,
                &[
                    ("Monday", "Post", A, F),
                    ("Tuesday", "Mail", A, F),
                    ("Tuesday", "police", A, F)
                ]
            )
            .1,
            [5, 4, 4]
        );
    }

    #[test]
    fn a_denial_contradicts_and_a_guess_is_not_judged() {
        let certainty = Some(Difference::Certainty);
        assert_eq!(
            judged(
                certainty,
                &[("x", "Post", A, F), ("x", "mayor", Status::Denied, F)]
            )
            .1,
            [4, 4]
        );
        assert_eq!(
            judged(
                certainty,
                &[("x", "Post", A, F), ("x", "mayor", Status::Possible, F)]
            )
            .1[1],
            6
        );
    }
}
