//! The sentences of a story, prepared for comparison.

use std::collections::BTreeSet;

use rashomon_core::{Date, SentenceKind, Span, StoryEntity, StoryReadings};

use crate::features::WeightedTerms;
use crate::quantities::measure;
use crate::terms::Vocabulary;

/// A sentence of one report, with all that the comparison asks of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Point {
    /// The report, as a position in the story's reports.
    pub(crate) report: usize,
    /// The sentence of the report's reading.
    pub(crate) sentence: usize,
    /// Where it stands.
    pub(crate) span: Span,
    /// Its place among the sentences of its report that are compared, from 0.
    pub(crate) position: usize,
    /// `position` as a share of the report, 0 to 1.
    pub(crate) depth: f64,
    /// All its terms in order.
    pub(crate) terms: Vec<u32>,
    /// The distinct terms that carry a topic, sorted, each with its weight (TF-IDF over the story's sentences).
    pub(crate) weights: Vec<(u32, f64)>,
    /// The length of `weights` as a vector.
    pub(crate) norm: f64,
    /// The sum of `weights`.
    pub(crate) total: f64,
    /// The story's entities that it names, sorted.
    pub(crate) names: Vec<usize>,
    /// The days its times name, sorted.
    pub(crate) days: Vec<Date>,
    /// The quantities of the reading that stand in it.
    pub(crate) quantities: Vec<usize>,
    /// For each of `quantities`, what it counts, and the scale of its number.
    pub(crate) measures: Vec<(f64, String)>,
    /// The quotes of the reading that begin in it.
    pub(crate) quotes: Vec<usize>,
    /// The terms of its quoted words, in order.
    pub(crate) quoted: Vec<u32>,
    /// The story's entities that speak in it, sorted.
    pub(crate) speakers: Vec<usize>,
    /// The statements of the reading that stand in it.
    pub(crate) statements: Vec<usize>,
    /// For each of `statements`, its terms with their weights in the sentence.
    pub(crate) statement_weights: Vec<WeightedTerms>,
    /// The pairs of neighbouring terms, sorted.
    pub(crate) bigrams: Vec<(u32, u32)>,
    /// The values of its quantities as bits, sorted.
    pub(crate) values: Vec<u64>,
}

/// All points of a story, and how much each term tells.
#[derive(Debug)]
pub(crate) struct Points {
    /// The points, by report and then by place in the text.
    pub(crate) all: Vec<Point>,
    /// How much a term tells: high for what few sentences say.
    pub(crate) inverse_frequency: Vec<f64>,
    /// How much an entity tells.
    pub(crate) name_weight: Vec<f64>,
}

/// The least number of words of a heading that is compared: a shorter one parts a text, a longer one says something.
const LEAST_WORDS_OF_HEADING: usize = 5;

/// Returns the points of a story.
pub(crate) fn points(
    story: &StoryReadings<'_>,
    entities: &[StoryEntity],
    entity_of: &[Vec<usize>],
    vocabulary: &mut Vocabulary,
) -> Points {
    let mut points = Vec::new();
    for (report_index, reading) in story.readings.iter().enumerate() {
        let Some(report) = story.reports.get(report_index) else {
            continue;
        };
        let text = report.text.as_str();
        let first_of_report = points.len();
        for (sentence_index, sentence) in reading.sentences.iter().enumerate() {
            let tokens = reading
                .tokens
                .get(sentence.first_token..sentence.last_token)
                .unwrap_or_default();
            let terms: Vec<u32> = tokens
                .iter()
                .filter_map(|token| vocabulary.term(token.span.text(text)))
                .collect();
            let speaks = match sentence.kind {
                SentenceKind::Text => !terms.is_empty(),
                SentenceKind::Heading => terms.len() >= LEAST_WORDS_OF_HEADING,
                SentenceKind::Provenance => false,
            };
            if speaks {
                points.push(Point {
                    report: report_index,
                    sentence: sentence_index,
                    span: sentence.span,
                    position: points.len() - first_of_report,
                    terms,
                    ..Point::default()
                });
            }
        }
        let count = points.len() - first_of_report;
        let own = &mut points[first_of_report..];
        for point in own.iter_mut() {
            point.depth = point.position as f64 / count.max(1) as f64;
        }
        fill_findings(
            own,
            text,
            reading,
            entity_of.get(report_index).map_or(&[], Vec::as_slice),
            vocabulary,
        );
    }
    let inverse_frequency = inverse_frequencies(&points, vocabulary);
    for point in &mut points {
        weigh(point, &inverse_frequency, vocabulary);
    }
    for point in &mut points {
        if let (Some(reading), Some(report)) =
            (story.readings.get(point.report), story.reports.get(point.report))
        {
            point.statement_weights = point
                .statements
                .iter()
                .filter_map(|&statement| reading.statements.get(statement))
                .map(|statement| {
                    let tokens = reading
                        .sentences
                        .get(point.sentence)
                        .map_or(0..0, |s| s.first_token..s.last_token);
                    let mut own: Vec<u32> = reading
                        .tokens
                        .get(tokens)
                        .unwrap_or_default()
                        .iter()
                        .filter(|token| statement.span.contains(token.span))
                        .filter_map(|token| vocabulary.term(token.span.text(&report.text)))
                        .collect();
                    own.sort_unstable();
                    own.dedup();
                    point
                        .weights
                        .iter()
                        .filter(|(term, _)| own.binary_search(term).is_ok())
                        .copied()
                        .collect()
                })
                .collect();
            point.measures = point
                .quantities
                .iter()
                .map(|&quantity| {
                    reading
                        .quantities
                        .get(quantity)
                        .map_or((1.0, String::new()), measure)
                })
                .collect();
        }
    }
    let mut name_counts = vec![0usize; entities.len()];
    for point in &points {
        for &name in &point.names {
            if let Some(count) = name_counts.get_mut(name) {
                *count += 1;
            }
        }
    }
    let sentences = points.len() as f64;
    let name_weight = name_counts
        .iter()
        .map(|&count| libm::log((sentences + 1.0) / (count.max(1) as f64 + 0.5)))
        .collect();
    Points {
        all: points,
        inverse_frequency,
        name_weight,
    }
}

/// Writes into the points of one report what its reading found in their sentences.
fn fill_findings(
    points: &mut [Point],
    text: &str,
    reading: &rashomon_core::Reading,
    entity_of: &[usize],
    vocabulary: &mut Vocabulary,
) {
    let mut point_of = vec![None; reading.sentences.len()];
    for (index, point) in points.iter().enumerate() {
        if let Some(slot) = point_of.get_mut(point.sentence) {
            *slot = Some(index);
        }
    }
    let at = |sentence: usize| point_of.get(sentence).copied().flatten();
    for (entity, &story_entity) in reading.entities.iter().zip(entity_of) {
        for mention in &entity.mentions {
            if let Some(point) = at(mention.sentence).and_then(|index| points.get_mut(index)) {
                point.names.push(story_entity);
            }
        }
    }
    for time in &reading.times {
        if let Some(point) = at(time.sentence).and_then(|index| points.get_mut(index))
            && let Some((first, last)) = time.value.as_ref().and_then(rashomon_core::TimeValue::days)
            && first == last
        {
            point.days.push(first);
        }
    }
    let mut whole: Option<&rashomon_core::Quantity> = None;
    for (index, quantity) in reading.quantities.iter().enumerate() {
        // "10 kilometers (six miles)" says one thing: what stands in the brackets agrees with what stands before them.
        if whole.is_some_and(|whole| {
            whole.span.holds(quantity.span.start) && measure(whole).1 == measure(quantity).1
        }) {
            continue;
        }
        whole = Some(quantity);
        if let Some(point) = at(quantity.sentence).and_then(|index| points.get_mut(index)) {
            point.quantities.push(index);
            point
                .values
                .extend(quantity.low.or(quantity.high).map(f64::to_bits));
        }
    }
    for (index, quote) in reading.quotes.iter().enumerate() {
        if let Some(point) = at(quote.sentence).and_then(|index| points.get_mut(index)) {
            point.quotes.push(index);
        }
        if quote.kind != rashomon_core::QuoteKind::Indirect {
            for point in points.iter_mut().filter(|point| point.span.overlaps(quote.span)) {
                let tokens = reading
                    .sentences
                    .get(point.sentence)
                    .map_or(0..0, |s| s.first_token..s.last_token);
                for token in reading.tokens.get(tokens).unwrap_or_default() {
                    if quote.pieces.iter().any(|piece| piece.contains(token.span)) {
                        point.quoted.extend(vocabulary.term(token.span.text(text)));
                    }
                }
            }
        }
        if let Some(speaker) = quote.speaker.as_ref().and_then(|speaker| speaker.entity)
            && let Some(&story_entity) = entity_of.get(speaker)
        {
            for point in points.iter_mut().filter(|point| point.span.overlaps(quote.span)) {
                point.speakers.push(story_entity);
            }
        }
    }
    let cues: Vec<Span> = reading.quotes.iter().filter_map(|quote| quote.cue).collect();
    let mut known: BTreeSet<(usize, Span)> = BTreeSet::new();
    for (index, statement) in reading.statements.iter().enumerate() {
        // "The agency reported" tells who speaks, which the cells of what it reported say themselves.
        let only_speaks = statement
            .predicate
            .is_some_and(|predicate| cues.iter().any(|cue| cue.overlaps(predicate)));
        if let Some(point) = at(statement.sentence).and_then(|index| points.get_mut(index))
            && !only_speaks
            && known.insert((statement.sentence, statement.span))
        {
            point.statements.push(index);
        }
    }
    for point in points {
        point.names.sort_unstable();
        point.names.dedup();
        point.days.sort_unstable();
        point.days.dedup();
        point.speakers.sort_unstable();
        point.speakers.dedup();
        point.values.sort_unstable();
        point.values.dedup();
        let neighbours = point.terms.iter().zip(point.terms.iter().skip(1));
        point.bigrams = neighbours.map(|(&term, &next)| (term, next)).collect();
        point.bigrams.sort_unstable();
        point.bigrams.dedup();
    }
}

/// Returns for each term the logarithm of how few sentences hold it.
fn inverse_frequencies(points: &[Point], vocabulary: &Vocabulary) -> Vec<f64> {
    let mut counts = vec![0usize; vocabulary.len()];
    for point in points {
        let mut terms = point.terms.clone();
        terms.sort_unstable();
        terms.dedup();
        for term in terms {
            if let Some(count) = counts.get_mut(term as usize) {
                *count += 1;
            }
        }
    }
    let sentences = points.len() as f64;
    counts
        .iter()
        .map(|&count| libm::log((sentences + 1.0) / count.max(1) as f64))
        .collect()
}

/// Gives a point the weights of its terms.
fn weigh(point: &mut Point, inverse_frequency: &[f64], vocabulary: &Vocabulary) {
    let mut terms = point.terms.clone();
    terms.sort_unstable();
    let mut weights: Vec<(u32, f64)> = Vec::new();
    for run in terms.chunk_by(|one, other| one == other) {
        let Some(&term) = run.first() else { continue };
        if vocabulary.is_stop(term) {
            continue;
        }
        let rarity = inverse_frequency.get(term as usize).copied().unwrap_or_default();
        weights.push((term, (1.0 + libm::log(run.len() as f64)) * rarity));
    }
    point.norm = weights
        .iter()
        .map(|(_, weight)| weight * weight)
        .sum::<f64>()
        .sqrt();
    point.total = weights.iter().map(|(_, weight)| weight).sum();
    point.weights = weights;
}
