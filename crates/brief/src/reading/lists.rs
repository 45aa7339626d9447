//! The lists below the text: who is who, quotes, quantities, times and places.

use std::collections::BTreeMap;

use rashomon_core::{Entity, Place, Quantity, QuantityRelation, Reading, Report, Source};

use super::KEY;
use super::marks::{PLACE, QUANTITY, TIME, kind_style};
use super::table::{Cell, table};
use crate::terminal::TerminalOptions;
use crate::visible::{line_of, shortened};

/// Passages are cut to so many columns: they stand in full in the text.
const PASSAGE: usize = 40;

/// Returns the lists of what was found, each left out where it is empty.
pub(super) fn lists(report: &Report, reading: &Reading, options: &TerminalOptions) -> String {
    let text = report.text.as_str();
    let passage = |span: rashomon_core::Span| shortened(&line_of(span.text(text)), PASSAGE);
    let place_of_start: BTreeMap<usize, &Place> = reading
        .places
        .iter()
        .map(|place| (place.span.start, place))
        .collect();
    let entities: Vec<_> = reading
        .entities
        .iter()
        .enumerate()
        .map(|(index, entity)| {
            let place = place_of(entity, &place_of_start);
            [
                key('e', index),
                Cell::new(&entity.name, kind_style(entity.kind)),
                entity.kind.as_str().into(),
                format!("{}×", entity.mentions.len()).into(),
                entity.aliases.join("; ").into(),
                entity.descriptions.join("; ").into(),
                place.map(where_it_lies).unwrap_or_default().into(),
            ]
        })
        .collect();
    let quotes: Vec<_> = reading
        .quotes
        .iter()
        .enumerate()
        .map(|(index, quote)| {
            [
                key('q', index),
                quote.kind.as_str().into(),
                Cell::new(&passage(quote.span), super::marks::QUOTE),
                quote.speaker.as_ref().map(source).unwrap_or_default().into(),
                quote.via.as_ref().map(source).unwrap_or_default().into(),
            ]
        })
        .collect();
    let quantities: Vec<_> = reading
        .quantities
        .iter()
        .enumerate()
        .map(|(index, quantity)| {
            let attributed_to = quantity.attributed_to.as_ref();
            [
                key('n', index),
                Cell::new(&passage(quantity.span), QUANTITY),
                interval(quantity).into(),
                quantity.unit.as_deref().into(),
                quantity.counted.as_deref().into(),
                quantity.trend.map(rashomon_core::Trend::as_str).into(),
                attributed_to.map(source).unwrap_or_default().into(),
            ]
        })
        .collect();
    let times: Vec<_> = reading
        .times
        .iter()
        .enumerate()
        .map(|(index, time)| {
            let value = time.value.as_ref().map(ToString::to_string);
            [
                key('t', index),
                Cell::new(&passage(time.span), TIME),
                value
                    .unwrap_or_else(|| "unknown without the report's day".to_owned())
                    .into(),
            ]
        })
        .collect();
    let places: Vec<_> = reading
        .places
        .iter()
        .enumerate()
        .map(|(index, place)| {
            [
                key('p', index),
                Cell::new(&passage(place.span), PLACE),
                place.name.as_str().into(),
                where_it_lies(place).into(),
                place
                    .geonames
                    .map(|number| number.to_string())
                    .unwrap_or_default()
                    .into(),
            ]
        })
        .collect();
    [
        table(
            "Who is who",
            ["", "name", "kind", "", "also called", "described as", "where"],
            &entities,
            options,
        ),
        table(
            "Quotes",
            ["", "kind", "words", "speaker", "via"],
            &quotes,
            options,
        ),
        table(
            "Quantities",
            ["", "words", "value", "unit", "counted", "trend", "according to"],
            &quantities,
            options,
        ),
        table("Times", ["", "words", "value"], &times, options),
        table(
            "Places",
            ["", "words", "place", "where", "GeoNames"],
            &places,
            options,
        ),
    ]
    .concat()
}

/// Returns the number of an element of a list: "e1".
fn key(letter: char, index: usize) -> Cell {
    Cell::new(&format!("{letter}{}", index + 1), KEY)
}

/// Returns the name of a source, with the number of who it is.
fn source(source: &Source) -> String {
    match source.entity {
        Some(entity) => format!("{} e{}", source.name, entity + 1),
        None => source.name.clone(),
    }
}

/// Returns the place that is found where an entity is mentioned.
fn place_of<'reading>(
    entity: &Entity,
    place_of_start: &BTreeMap<usize, &'reading Place>,
) -> Option<&'reading Place> {
    entity.mentions.iter().find_map(|mention| {
        let (_, place) = place_of_start.range(..mention.span.end).next_back()?;
        place.span.overlaps(mention.span).then_some(*place)
    })
}

/// Returns the country and the point of a place: "GB 51.50, -2.00".
fn where_it_lies(place: &Place) -> String {
    let country = place.country.as_deref().unwrap_or_default();
    match (place.latitude, place.longitude) {
        (Some(latitude), Some(longitude)) => format!("{country} {latitude:.2}, {longitude:.2}"),
        _ => country.to_owned(),
    }
}

/// Returns the interval of a quantity with its bound: "≥ 12", "1000–1200".
fn interval(quantity: &Quantity) -> String {
    let sign = match quantity.relation {
        QuantityRelation::Equal | QuantityRelation::Range => "",
        QuantityRelation::About => "~ ",
        QuantityRelation::AtMost => "≤ ",
        QuantityRelation::AtLeast => "≥ ",
    };
    let numbers = match (quantity.low, quantity.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
        (None, None) => "?".to_owned(),
    };
    format!("{sign}{numbers}")
}
