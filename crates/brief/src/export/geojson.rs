//! The places of a story as GeoJSON (RFC 7946): a point for each place, with where it is named.

use std::collections::BTreeMap;

use rashomon_core::{Brief, CharacterOffsets};
use serde_json::{Value, json};

use super::list::ObjectList;
use crate::{RenderError, Renderer};

/// Writes briefs as a GeoJSON feature collection.
#[derive(Clone, Debug, Default)]
pub struct GeoJson {
    features: ObjectList,
}

impl GeoJson {
    /// Returns a collection without features.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Renderer for GeoJson {
    fn begin(&mut self) -> Result<String, RenderError> {
        Ok("{\"type\":\"FeatureCollection\",\"features\":[".to_owned())
    }

    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError> {
        self.features.add(features(brief))
    }

    fn end(&mut self) -> Result<String, RenderError> {
        Ok("\n]}\n".to_owned())
    }
}

/// A place of a story with where it is named.
struct Found {
    feature: Value,
    mentions: Vec<Value>,
}

/// Returns the features of a story, in the order in which its reports name the places; what has no position is no
/// feature.
fn features(brief: &Brief<'_>) -> Vec<(String, Value)> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut all: Vec<(String, Found)> = Vec::new();
    for (report, (source, reading)) in brief.story.reports.iter().zip(&brief.story.readings).enumerate() {
        let offsets = CharacterOffsets::new(&source.text);
        let grade = brief.ledger.grades.get(report).copied().unwrap_or_default();
        for place in &reading.places {
            let (Some(latitude), Some(longitude)) = (place.latitude, place.longitude) else {
                continue;
            };
            let key = place.geonames.map_or_else(
                || format!("{} {latitude} {longitude}", place.name),
                |number| number.to_string(),
            );
            let id = format!("{}:{key}", brief.story.id);
            let number = *places.entry(key).or_insert_with(|| {
                let feature = json!({
                    "type": "Feature",
                    "id": id,
                    "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
                    "properties": {
                        "name": place.name,
                        "country": place.country,
                        "geonames": place.geonames,
                        "story": brief.story.id,
                        "headline": brief.headline,
                    },
                });
                all.push((
                    id.clone(),
                    Found {
                        feature,
                        mentions: Vec::new(),
                    },
                ));
                all.len() - 1
            });
            let span = offsets.span(place.span);
            if let Some((_, found)) = all.get_mut(number) {
                found.mentions.push(json!({
                    "report": source.id,
                    "outlet": source.outlet,
                    "grade": grade.as_str(),
                    "start": span.start,
                    "end": span.end,
                    "text": place.span.text(&source.text),
                }));
            }
        }
    }
    all.into_iter()
        .map(|(id, mut found)| {
            if let Some(properties) = found.feature.get_mut("properties").and_then(Value::as_object_mut) {
                properties.insert("mentions".to_owned(), Value::Array(found.mentions));
            }
            (id, found.feature)
        })
        .collect()
}
