//! Who is who across the reports of a story.

use std::collections::BTreeMap;

use rashomon_core::{EntityKind, MentionKind, StoryEntity, StoryMention, StoryReadings};

use crate::terms::normal_form;

/// Returns the story's entities, most mentioned first, and for each report the story's entity of each of its
/// entities. Entities of two reports are one where a full name or an alias is the same; a person named by one word
/// alone joins the only person of the story whose name holds that word. A wrong merge is worse than a missed one.
pub(crate) fn story_entities(story: &StoryReadings<'_>) -> (Vec<StoryEntity>, Vec<Vec<usize>>) {
    let mut keys: BTreeMap<(EntityKind, String), usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    // Full names first, so that a short name finds the full one whichever report it stands in.
    let mut order: Vec<(bool, usize, usize)> = Vec::new();
    for (report, reading) in story.readings.iter().enumerate() {
        for (index, entity) in reading.entities.iter().enumerate() {
            let short = entity.kind == EntityKind::Person && word_count(&entity.name) == 1;
            order.push((short, report, index));
        }
    }
    order.sort_unstable();
    let mut entity_of: Vec<Vec<usize>> = story
        .readings
        .iter()
        .map(|reading| vec![0; reading.entities.len()])
        .collect();
    for (short, report, index) in order {
        let Some(entity) = story
            .readings
            .get(report)
            .and_then(|reading| reading.entities.get(index))
        else {
            continue;
        };
        let names: Vec<String> = std::iter::once(&entity.name)
            .chain(&entity.aliases)
            .map(|name| name_key(name))
            .collect();
        let known = names
            .iter()
            .find_map(|name| keys.get(&(entity.kind, name.clone())).copied());
        let known = known.or_else(|| {
            if short {
                only_person_named(&groups, &name_key(&entity.name))
            } else {
                None
            }
        });
        let group = known.unwrap_or_else(|| {
            groups.push(Group {
                name: entity.name.clone(),
                kind: entity.kind,
                mentions: Vec::new(),
            });
            groups.len() - 1
        });
        for name in names {
            keys.entry((entity.kind, name)).or_insert(group);
        }
        if let Some(own) = groups.get_mut(group) {
            if word_count(&name_key(&entity.name)) > word_count(&name_key(&own.name)) {
                own.name.clone_from(&entity.name);
            }
            own.mentions
                .extend(entity.mentions.iter().map(|mention| StoryMention {
                    report,
                    span: mention.span,
                    kind: mention.kind,
                }));
        }
        if let Some(slot) = entity_of.get_mut(report).and_then(|own| own.get_mut(index)) {
            *slot = group;
        }
    }
    number(groups, entity_of)
}

/// An entity of the story before it has its number.
struct Group {
    name: String,
    kind: EntityKind,
    mentions: Vec<StoryMention>,
}

/// Returns the entities in their order with their ids, and the map onto them.
fn number(groups: Vec<Group>, entity_of: Vec<Vec<usize>>) -> (Vec<StoryEntity>, Vec<Vec<usize>>) {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    let named = |group: usize| {
        groups.get(group).map_or(0, |group: &Group| {
            group
                .mentions
                .iter()
                .filter(|mention| mention.kind == MentionKind::Name)
                .count()
        })
    };
    order.sort_by_key(|&group| (std::cmp::Reverse(named(group)), group));
    let mut place = vec![0; groups.len()];
    for (position, &group) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(group) {
            *slot = position;
        }
    }
    let mut numbered: Vec<Option<StoryEntity>> = (0..groups.len()).map(|_| None).collect();
    for (group, position) in groups.into_iter().zip(&place) {
        let mut mentions = group.mentions;
        mentions.sort_by_key(|mention| (mention.report, mention.span));
        if let Some(slot) = numbered.get_mut(*position) {
            *slot = Some(StoryEntity {
                id: format!("e{}", position + 1),
                name: group.name,
                kind: group.kind,
                mentions,
            });
        }
    }
    let entity_of = entity_of
        .into_iter()
        .map(|own| {
            own.into_iter()
                .map(|group| place.get(group).copied().unwrap_or_default())
                .collect()
        })
        .collect();
    (numbered.into_iter().flatten().collect(), entity_of)
}

/// Returns the one person whose name of several words holds `word`, where there is exactly one.
fn only_person_named(groups: &[Group], word: &str) -> Option<usize> {
    let mut found = groups.iter().enumerate().filter(|(_, group)| {
        group.kind == EntityKind::Person && name_key(&group.name).split(' ').any(|part| part == word)
    });
    let first = found.next()?;
    found.next().is_none().then_some(first.0)
}

/// Returns how many words a name has.
fn word_count(name: &str) -> usize {
    name.split_whitespace().count()
}

/// Returns a name in the form by which names are compared: lower case, hyphens as spaces, no article.
pub(crate) fn name_key(name: &str) -> String {
    let plain = name.replace(['-', '‐', '–'], " ");
    let words: Vec<String> = plain
        .split_whitespace()
        .map(normal_form)
        .filter(|word| word != "the")
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Entity, Mention, Reading, Report, Span};

    use super::*;

    fn names(reports: &[&[&str]]) -> Vec<String> {
        let report = Report::new("r", "");
        let readings = reports
            .iter()
            .map(|names| Reading {
                entities: names
                    .iter()
                    .map(|name| Entity {
                        name: (*name).to_owned(),
                        kind: EntityKind::Person,
                        aliases: Vec::new(),
                        descriptions: Vec::new(),
                        mentions: vec![Mention {
                            span: Span::default(),
                            sentence: 0,
                            kind: MentionKind::Name,
                        }],
                    })
                    .collect(),
                ..Reading::default()
            })
            .collect();
        let story = StoryReadings {
            id: String::new(),
            reports: vec![&report; reports.len()],
            readings,
            copies: Vec::new(),
        };
        story_entities(&story)
            .0
            .into_iter()
            .map(|entity| format!("{}×{}", entity.name, entity.mentions.len()))
            .collect()
    }

    #[test]
    fn spellings_and_short_names_are_one_person() {
        assert_eq!(
            names(&[&["Anna Berg-Holm"], &["Anna Berg Holm"], &["Holm"]]),
            ["Anna Berg-Holm×3"]
        );
    }

    #[test]
    fn a_short_name_of_two_persons_joins_none() {
        assert_eq!(
            names(&[&["Anna Berg", "Carl Berg"], &["Berg"]]),
            ["Anna Berg×1", "Carl Berg×1", "Berg×1"]
        );
    }
}
