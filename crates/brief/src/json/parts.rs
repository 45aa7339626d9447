//! The parts of readings, as both the reading and the brief write them.

use rashomon_core::{CharacterOffsets, Place, Quantity, Quote, Source, Span, TimeMention};
use serde::Serialize as DeriveSerialize;
use serde::ser::{Serialize, Serializer};

/// Where a part stands, in Unicode characters.
#[derive(Clone, Copy, Debug, DeriveSerialize)]
pub(super) struct SpanJson {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl SpanJson {
    pub(super) fn new(span: Span, offsets: &CharacterOffsets<'_>) -> Self {
        let span = offsets.span(span);
        Self {
            start: span.start,
            end: span.end,
        }
    }
}

/// A number: whole ones without a point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number(pub(super) f64);

/// Up to here every whole number has its own `f64`.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_finite() && self.0.fract() == 0.0 && self.0.abs() <= LARGEST_WHOLE {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// Which report a part stands in, its text, and how an entity of its reading is named outside.
pub(super) struct Context<'story> {
    /// The report's id; `None` where the document is of one report only.
    pub(super) report: Option<&'story str>,
    pub(super) text: &'story str,
    pub(super) offsets: &'story CharacterOffsets<'story>,
    pub(super) entity_names: &'story [String],
}

impl<'story> Context<'story> {
    pub(super) fn span(&self, span: Span) -> SpanJson {
        SpanJson::new(span, self.offsets)
    }

    pub(super) fn entity(&self, entity: usize) -> Option<&'story str> {
        self.entity_names.get(entity).map(String::as_str)
    }
}

#[derive(Debug, DeriveSerialize)]
pub(super) struct SourceJson<'story> {
    name: &'story str,
    entity: Option<&'story str>,
    start: usize,
    end: usize,
    kind: &'static str,
}

impl<'story> SourceJson<'story> {
    pub(super) fn new(source: &'story Source, context: &Context<'story>) -> Self {
        let span = context.span(source.span);
        Self {
            name: &source.name,
            entity: source.entity.and_then(|entity| context.entity(entity)),
            start: span.start,
            end: span.end,
            kind: source.kind.as_str(),
        }
    }
}

#[derive(Debug, DeriveSerialize)]
pub(super) struct QuoteJson<'story> {
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'story str>,
    start: usize,
    end: usize,
    text: &'story str,
    spans: Vec<SpanJson>,
    kind: &'static str,
    speaker: Option<SourceJson<'story>>,
    via: Option<SourceJson<'story>>,
}

impl<'story> QuoteJson<'story> {
    pub(super) fn new(quote: &'story Quote, context: &Context<'story>) -> Self {
        let span = context.span(quote.span);
        Self {
            report: context.report,
            start: span.start,
            end: span.end,
            text: quote.span.text(context.text),
            spans: quote.pieces.iter().map(|&piece| context.span(piece)).collect(),
            kind: quote.kind.as_str(),
            speaker: quote
                .speaker
                .as_ref()
                .map(|source| SourceJson::new(source, context)),
            via: quote.via.as_ref().map(|source| SourceJson::new(source, context)),
        }
    }
}

#[derive(Debug, DeriveSerialize)]
pub(super) struct QuantityJson<'story> {
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'story str>,
    start: usize,
    end: usize,
    text: &'story str,
    low: Option<Number>,
    high: Option<Number>,
    relation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    unit: Option<&'story str>,
    counted: Option<&'story str>,
    trend: Option<&'static str>,
    attributed_to: Option<&'story str>,
}

impl<'story> QuantityJson<'story> {
    pub(super) fn new(quantity: &'story Quantity, context: &Context<'story>) -> Self {
        let span = context.span(quantity.span);
        Self {
            report: context.report,
            start: span.start,
            end: span.end,
            text: quantity.span.text(context.text),
            low: quantity.low.map(Number),
            high: quantity.high.map(Number),
            relation: quantity.relation.as_str(),
            kind: context.report.is_none().then(|| quantity.kind().as_str()),
            unit: quantity.unit.as_deref(),
            counted: quantity.counted.as_deref(),
            trend: quantity.trend.map(rashomon_core::Trend::as_str),
            attributed_to: quantity.attributed_to.as_ref().map(|source| source.name.as_str()),
        }
    }
}

#[derive(Debug, DeriveSerialize)]
pub(super) struct TimeJson<'story> {
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'story str>,
    start: usize,
    end: usize,
    text: &'story str,
    value: Option<String>,
}

impl<'story> TimeJson<'story> {
    pub(super) fn new(time: &'story TimeMention, context: &Context<'story>) -> Self {
        let span = context.span(time.span);
        Self {
            report: context.report,
            start: span.start,
            end: span.end,
            text: time.span.text(context.text),
            value: time.value.as_ref().map(ToString::to_string),
        }
    }
}

#[derive(Debug, DeriveSerialize)]
pub(super) struct PlaceJson<'story> {
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'story str>,
    start: usize,
    end: usize,
    text: &'story str,
    name: &'story str,
    country: Option<&'story str>,
    lat: Option<Number>,
    lon: Option<Number>,
    geonames: Option<u32>,
}

impl<'story> PlaceJson<'story> {
    pub(super) fn new(place: &'story Place, context: &Context<'story>) -> Self {
        let span = context.span(place.span);
        Self {
            report: context.report,
            start: span.start,
            end: span.end,
            text: place.span.text(context.text),
            name: &place.name,
            country: place.country.as_deref(),
            lat: place.latitude.map(Number),
            lon: place.longitude.map(Number),
            geonames: place.geonames,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: f64) -> String {
        serde_json::to_string(&Number(number)).unwrap()
    }

    #[test]
    fn whole_numbers_have_no_point() {
        assert_eq!(written(15_000.0), "15000");
        assert_eq!(written(-2.0), "-2");
        assert_eq!(written(3.5), "3.5");
        assert_eq!(written(f64::NAN), "null");
    }
}
