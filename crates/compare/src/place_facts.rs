//! Facts about places: where.

use rashomon_core::{EntityKind, FactKind, StoryEntity, StoryReadings};

use crate::draft::{Draft, DraftCell};
use crate::evidence::{self, Evidence};
use crate::points::Points;

/// Words before the name of a place where something is.
const LOCATIVES: [&str; 14] = [
    "in", "at", "near", "off", "outside", "inside", "on", "from", "to", "into", "around", "over", "through",
    "across",
];
/// A place that more than this share of the story's sentences name tells nothing of any of them.
const MOST_COMMON: f64 = 0.2;

/// Returns the fact of where the event of a group was, where at least two of its reports name the same place.
pub(crate) fn place_fact(
    group: &[Evidence],
    points: &Points,
    story: &StoryReadings<'_>,
    entities: &[StoryEntity],
    entity_of: &[Vec<usize>],
) -> Option<Draft> {
    let mut found: Vec<(usize, usize, Evidence)> = Vec::new();
    for evidence in group {
        let point = points.all.get(evidence.point)?;
        let reading = story.readings.get(point.report)?;
        let text = &story.reports.get(point.report)?.text;
        for (entity, &of_story) in reading.entities.iter().zip(entity_of.get(point.report)?) {
            if entity.kind != EntityKind::Place {
                continue;
            }
            let located = entity.mentions.iter().find(|mention| {
                mention.sentence == point.sentence && {
                    let before = text.get(..mention.span.start).unwrap_or_default().trim_end();
                    let mut words = before.rsplit(|character: char| !character.is_alphabetic());
                    let last = words.next().unwrap_or_default();
                    let last = if last.eq_ignore_ascii_case("the") {
                        words.find(|word| !word.is_empty()).unwrap_or_default()
                    } else {
                        last
                    };
                    LOCATIVES.contains(&last.to_lowercase().as_str())
                }
            });
            if let Some(mention) = located {
                let own = if evidence.span.contains(mention.span) {
                    evidence.clone()
                } else {
                    evidence::at(evidence.point, mention.span, &points.all, story)?
                };
                found.push((of_story, point.report, own));
            }
        }
    }
    let named_in = |entity: usize| {
        points
            .all
            .iter()
            .filter(|point| point.names.contains(&entity))
            .count()
    };
    let most = (points.all.len() as f64 * MOST_COMMON).max(2.0) as usize;
    let mut best: Option<(usize, std::cmp::Reverse<usize>, std::cmp::Reverse<usize>)> = None;
    for &(entity, ..) in &found {
        let mut reports: Vec<usize> = found
            .iter()
            .filter(|(other, ..)| *other == entity)
            .map(|(_, report, _)| *report)
            .collect();
        reports.dedup();
        let common = named_in(entity);
        if reports.len() > 1 && common <= most {
            let candidate = (
                reports.len(),
                std::cmp::Reverse(common),
                std::cmp::Reverse(entity),
            );
            best = best.max(Some(candidate));
        }
    }
    let (_, _, std::cmp::Reverse(place)) = best?;
    let name = entities.get(place)?.name.clone();
    let cells = found
        .into_iter()
        .filter(|(entity, ..)| *entity == place)
        .map(|(_, _, evidence)| DraftCell::new(evidence, name.clone()))
        .collect();
    let mut draft = Draft::new(FactKind::Place, 2, cells);
    draft.topic = Some(name);
    Some(draft)
}
