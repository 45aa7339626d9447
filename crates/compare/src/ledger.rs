//! All facts of a story, drafted, weighed, labelled and in order.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::{Cell, Credibility, Fact, FactKind, Ledger, SourceGrade, Span, StoryReadings, Verdict};
use rashomon_trees::BoostedTrees;

use crate::anniversary_facts::anniversary_facts;
use crate::candidates::for_each_candidate;
use crate::certainty_facts::certainty_fact;
use crate::clock_facts::clock_fact;
use crate::draft::{Draft, DraftCell};
use crate::entities::story_entities;
use crate::evidence::{self, Evidence};
use crate::framing_facts::framing_facts;
use crate::groups::{GroupingThresholds, groups};
use crate::judge::{CompareOptions, judge};
use crate::kin_facts::kin_facts;
use crate::labels::Labels;
use crate::model::{probabilities, shipped};
use crate::name_facts::name_facts;
use crate::origins::Origins;
use crate::people_facts::{is_held, people_facts};
use crate::place_facts::place_fact;
use crate::point_facts::point_fact;
use crate::points::{Points, points};
use crate::quantity_facts::quantity_facts;
use crate::quote_facts::quote_facts;
use crate::terms::Vocabulary;
use crate::time_facts::time_facts;

/// Returns the ledger of a story: what its reports say, fact by fact, with how it changed, how well it is supported, and
/// what is expected. The story's readings should have their times resolved. The result does not depend on anything but
/// the story.
pub fn compare(story: &StoryReadings<'_>) -> Ledger {
    compare_with_options(story, &CompareOptions::default())
}

/// Returns what [`compare`] returns, with what the user knows besides the reports.
pub fn compare_with_options(story: &StoryReadings<'_>, options: &CompareOptions) -> Ledger {
    let mut ledger = compare_with_model(story, shipped());
    judge(&mut ledger, story, options);
    ledger
}

/// Returns the ledger that another model of alignment than the shipped one makes: what chooses a model needs.
pub fn compare_with_model(story: &StoryReadings<'_>, model: &BoostedTrees) -> Ledger {
    let (entities, entity_of) = story_entities(story);
    let mut vocabulary = Vocabulary::new();
    let points = points(story, &entities, &entity_of, &mut vocabulary);
    let pairs = likely_pairs(story, &points, model);
    let thresholds = GroupingThresholds {
        join: model.threshold * JOIN_OF_THRESHOLD,
        also: model.threshold * ALSO_OF_THRESHOLD,
        pair: model.threshold,
    };
    let grouped = groups(&points.all, &pairs, thresholds);
    let origins = Origins::new(story, &entities, &entity_of);
    let mut drafts = quote_facts(story, &points, &mut vocabulary);
    drafts.extend(quantity_facts(story, &points, &pairs));
    drafts.extend(name_facts(story, &points, &pairs, &entities, thresholds.join));
    drafts.extend(framing_facts(story, &points, &pairs, &entities, thresholds.join));
    drafts.extend(kin_facts(story, &points, &entities));
    drafts.extend(anniversary_facts(story, &points, &mut vocabulary));
    let together = people_facts(story, &points, &pairs, &entities);
    for group in &grouped {
        let evidence: Vec<Evidence> = group
            .iter()
            .filter_map(|&point| evidence::of_group(point, group, &points.all, story))
            .collect();
        let likelihood = mean_likelihood(group, &pairs);
        let mut point = point_fact(&evidence, &points, story, &origins, likelihood);
        // Of two facts with the same cells the first stays: one day may hold two times of day.
        drafts.extend(clock_fact(&evidence, &points, story));
        drafts.extend(time_facts(&evidence, &points, story, &mut vocabulary));
        drafts.extend(place_fact(&evidence, &points, story, &entities, &entity_of));
        if point.verdict == Verdict::Agree && point.kind != FactKind::Event && mostly_quoted(group, &points) {
            point.kind = FactKind::Quote;
        }
        let open = certainty_fact(&evidence, &points, story, likelihood, &mut vocabulary).unwrap_or(point);
        if !together.iter().any(|held| is_held(&open, held)) {
            drafts.push(open);
        }
    }
    drafts.extend(together);
    let drafts = without_repeats(drafts);
    let mut drafts = drafts;
    drafts.extend(single_facts(&drafts, &points, story, &origins));
    let mut found: Vec<(Fact, &Draft)> = drafts
        .iter()
        .filter_map(|draft| Some((fact(draft, &points, story, &origins)?, draft)))
        .collect();
    // What is equal in all of these stays in the order of the drafts, which the story alone decides.
    found.sort_by(|(one, _), (other, _)| {
        other
            .weight
            .total_cmp(&one.weight)
            .then_with(|| position(one).cmp(&position(other)))
            .then_with(|| one.kind.cmp(&other.kind))
    });
    let mut labels = Labels::default();
    let mut facts: Vec<Fact> = Vec::with_capacity(found.len());
    for (mut fact, draft) in found {
        let Some(label) = labels.next(draft, &points, story) else {
            continue;
        };
        fact.label = label;
        fact.id = format!("f{}", facts.len() + 1);
        facts.push(fact);
    }
    let published = story
        .reports
        .iter()
        .map(|report| report.published.clone())
        .collect();
    Ledger {
        facts,
        entities,
        entity_of,
        published,
        grades: Vec::new(),
        expectations: Vec::new(),
    }
}

/// So many pairs are put to the trees at once; all with their features would be too many for memory.
const PAIRS_AT_ONCE: usize = 64;

/// Returns the pairs of sentences that are looked at, in order, with how likely each speaks of one point.
fn likely_pairs(
    story: &StoryReadings<'_>,
    points: &Points,
    model: &BoostedTrees,
) -> Vec<((usize, usize), f64)> {
    let trees = model.flat();
    let mut likely = Vec::new();
    let (mut pairs, mut rows) = (Vec::new(), Vec::with_capacity(PAIRS_AT_ONCE));
    for_each_candidate(story, points, |pair, features| {
        pairs.push(pair);
        rows.push(*features);
        if rows.len() == PAIRS_AT_ONCE {
            likely.extend(pairs.drain(..).zip(probabilities(&trees, &rows)));
            rows.clear();
        }
    });
    likely.extend(pairs.into_iter().zip(probabilities(&trees, &rows)));
    likely
}

/// Groups are joined from this share of the model's threshold on; chosen with the model.
const JOIN_OF_THRESHOLD: f64 = 0.9;
/// A sentence joins a further group from this share of the model's threshold on; chosen with the model.
const ALSO_OF_THRESHOLD: f64 = 1.3;

/// Returns the place of a fact's first cell.
fn position(fact: &Fact) -> (usize, Span) {
    fact.cells
        .first()
        .map_or((0, Span::default()), |cell| (cell.report, cell.span))
}

/// Returns the mean likelihood of the pairs inside a group.
fn mean_likelihood(group: &[usize], pairs: &[((usize, usize), f64)]) -> f64 {
    let (mut sum, mut count) = (0.0, 0usize);
    for (place, &one) in group.iter().enumerate() {
        for &other in group.iter().skip(place + 1) {
            if let Ok(found) = pairs.binary_search_by(|(pair, _)| pair.cmp(&(one, other))) {
                sum += pairs.get(found).map_or(0.0, |(_, probability)| *probability);
                count += 1;
            }
        }
    }
    if count == 0 { 0.0 } else { sum / count as f64 }
}

/// Returns true when most sentences of a group are mostly quoted.
fn mostly_quoted(group: &[usize], points: &Points) -> bool {
    let quoted = group
        .iter()
        .filter_map(|&point| points.all.get(point))
        .filter(|point| point.quoted.len() * 2 > point.terms.len())
        .count();
    quoted * 2 > group.len()
}

/// Leaves out a point's own fact where its numbers, times, places or quotes already lay the same sentences side by
/// side, unless it differs itself.
fn without_repeats(drafts: Vec<Draft>) -> Vec<Draft> {
    let places =
        |draft: &Draft| -> BTreeSet<usize> { draft.cells.iter().map(|cell| cell.evidence.point).collect() };
    // By point, the parts that hold it: only those can hold all points of a fact with it.
    let mut parts: BTreeMap<usize, Vec<BTreeSet<usize>>> = BTreeMap::new();
    for draft in &drafts {
        let part = matches!(draft.kind, FactKind::Quantity | FactKind::Quote | FactKind::Time);
        if part && draft.verdict != Verdict::Single {
            let own = places(draft);
            for &point in &own {
                parts.entry(point).or_default().push(own.clone());
            }
        }
    }
    let held = |draft: &Draft| {
        let own = places(draft);
        let near = own.first().and_then(|point| parts.get(point));
        near.is_some_and(|near| near.iter().any(|part| part.is_superset(&own)))
    };
    let mut seen: BTreeSet<(FactKind, Vec<(usize, Span)>)> = BTreeSet::new();
    drafts
        .into_iter()
        .filter(|draft| {
            let whole = matches!(draft.kind, FactKind::Event | FactKind::Statement);
            if whole && draft.verdict == Verdict::Agree && held(draft) {
                return false;
            }
            let key = draft
                .cells
                .iter()
                .map(|cell| (cell.evidence.point, cell.evidence.span))
                .collect();
            seen.insert((draft.kind, key))
        })
        .collect()
}

/// Returns a fact for every statement that stands in no fact yet.
fn single_facts(
    drafts: &[Draft],
    points: &Points,
    story: &StoryReadings<'_>,
    origins: &Origins<'_>,
) -> Vec<Draft> {
    let mut covered: Vec<Vec<Span>> = vec![Vec::new(); points.all.len()];
    for cell in drafts.iter().flat_map(|draft| &draft.cells) {
        if let Some(own) = covered.get_mut(cell.evidence.point) {
            own.push(cell.evidence.span);
        }
    }
    let mut singles = Vec::new();
    for (index, point) in points.all.iter().enumerate() {
        let Some(reading) = story.readings.get(point.report) else {
            continue;
        };
        let known = covered.get(index).map_or(&[][..], Vec::as_slice);
        for &statement in &point.statements {
            let Some(found) = reading.statements.get(statement) else {
                continue;
            };
            if known
                .iter()
                .any(|span| span.overlap(found.span) * 2 > found.span.len())
            {
                continue;
            }
            if let Some(evidence) = evidence::at(index, found.span, &points.all, story) {
                singles.push(point_fact(&[evidence], points, story, origins, 0.0));
            }
        }
    }
    singles
}

/// Returns the fact of a draft without its label; `None` where a cell has no sentence.
fn fact(draft: &Draft, points: &Points, story: &StoryReadings<'_>, origins: &Origins<'_>) -> Option<Fact> {
    let mut cells: Vec<Cell> = Vec::new();
    for DraftCell {
        evidence,
        value,
        decisive,
    } in &draft.cells
    {
        let point = points.all.get(evidence.point)?;
        cells.push(Cell {
            report: point.report,
            sentence: point.sentence,
            span: point.span,
            evidence: evidence.span,
            value: value.clone(),
            attributed_to: evidence.source.as_ref().map(|source| source.name.clone()),
            status: evidence.status,
            origin: origins.origin(point.report, evidence.source.as_ref()),
            grade: SourceGrade::default(),
            credibility: Credibility::default(),
            decisive: *decisive,
        });
    }
    cells.sort_by(|one, other| {
        (one.report, one.span, one.evidence).cmp(&(other.report, other.span, other.evidence))
    });
    cells.dedup_by(|again, first| {
        let same = again.report == first.report && again.span == first.span && again.value == first.value;
        first.decisive |= same && again.decisive;
        same
    });
    bring_origins_together(&mut cells, draft.verdict, origins);
    let mut all_origins: Vec<&str> = cells.iter().map(|cell| cell.origin.as_str()).collect();
    all_origins.sort_unstable();
    all_origins.dedup();
    let origin_count = all_origins.len();
    Some(Fact {
        id: String::new(),
        label: String::new(),
        kind: draft.kind,
        verdict: draft.verdict,
        difference: draft.difference,
        reason: draft.reason.clone(),
        origins: origin_count,
        outlets: 0,
        credibility: Credibility::default(),
        history: None,
        weight: weight(draft, &cells, points, story),
        cells,
    })
}

/// Gives cells of a fact that cannot be held to have two origins one. Where a report names on whose word the point rests, what it
/// says of it elsewhere in its own voice may rest on the same word: it confirms nothing. A report that differs from its own
/// source says something of its own.
fn bring_origins_together(cells: &mut [Cell], verdict: Verdict, origins: &Origins<'_>) {
    if cells.len() < 2 {
        return;
    }
    let mut sources: BTreeMap<usize, String> = BTreeMap::new();
    for cell in cells.iter() {
        if !origins.is_own_voice(cell.report, &cell.origin) {
            sources.entry(cell.report).or_insert_with(|| cell.origin.clone());
        }
    }
    for cell in cells.iter_mut().filter(|_| verdict != Verdict::Differ) {
        if let Some(source) = sources.get(&cell.report)
            && origins.is_own_voice(cell.report, &cell.origin)
        {
            cell.origin.clone_from(source);
        }
    }
    let all: BTreeSet<String> = cells.iter().map(|cell| cell.origin.clone()).collect();
    if sources.is_empty() || all.len() < 2 {
        return;
    }
    let counted_as = origins.counted_as(&all);
    for cell in cells {
        if let Some(origin) = counted_as.get(&cell.origin) {
            cell.origin.clone_from(origin);
        }
    }
}

/// Returns how much a fact matters: how many reports have it, how near the top it stands, and whether they differ.
fn weight(draft: &Draft, cells: &[Cell], points: &Points, story: &StoryReadings<'_>) -> f64 {
    // The cells stand in the order of their reports.
    let reports = cells.chunk_by(|one, other| one.report == other.report).count();
    let share = reports as f64 / story.reports.len().max(1) as f64;
    let lead = draft
        .cells
        .iter()
        .filter_map(|cell| points.all.get(cell.evidence.point))
        .map(|point| 1.0 / (1.0 + point.position as f64 * 0.25))
        .fold(0.0, f64::max);
    let verdict = match draft.verdict {
        Verdict::Differ => 0.6,
        Verdict::Agree => 0.3,
        Verdict::Single => 0.0,
    };
    let kind = match draft.kind {
        FactKind::Quantity | FactKind::Status | FactKind::Event => 0.2,
        FactKind::Place => -0.2,
        _ => 0.0,
    };
    2.0 * share + lead + verdict + kind
}
