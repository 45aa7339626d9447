//! What was found in a sentence, a line each, with the evidence that a reading keeps.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rashomon_core::{MentionKind, Reading, Source, Span, Statement};

use crate::visible::line_of;

/// Parts what is said of one thing: each part stands on a line of its own, below the first.
const NEXT: &str = "\n                         ";

/// A reading with its parts by sentence, and where its tokens stand.
pub(super) struct Found<'reading> {
    text: &'reading str,
    reading: &'reading Reading,
    /// By sentence: the positions of an entity and of its mention.
    mentions: BTreeMap<usize, Vec<(usize, usize)>>,
    places: BTreeMap<usize, Vec<usize>>,
    times: BTreeMap<usize, Vec<usize>>,
    quantities: BTreeMap<usize, Vec<usize>>,
    quotes: BTreeMap<usize, Vec<usize>>,
    statements: BTreeMap<usize, Vec<usize>>,
}

/// Returns the positions of parts by the sentence of each.
fn by_sentence(sentences: impl Iterator<Item = usize>) -> BTreeMap<usize, Vec<usize>> {
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, sentence) in sentences.enumerate() {
        parts.entry(sentence).or_default().push(index);
    }
    parts
}

/// Returns the parts of a list that stand in a sentence, with their positions.
fn parts_of<'list, Part>(
    list: &'list [Part],
    positions: &'list BTreeMap<usize, Vec<usize>>,
    sentence: usize,
) -> impl Iterator<Item = (usize, &'list Part)> {
    let positions = positions.get(&sentence).into_iter().flatten();
    positions.filter_map(|&index| Some((index, list.get(index)?)))
}

impl<'reading> Found<'reading> {
    /// Returns what was found in a text.
    pub(super) fn new(text: &'reading str, reading: &'reading Reading) -> Self {
        let mut mentions: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (entity, whole) in reading.entities.iter().enumerate() {
            for (index, mention) in whole.mentions.iter().enumerate() {
                mentions
                    .entry(mention.sentence)
                    .or_default()
                    .push((entity, index));
            }
        }
        Self {
            text,
            reading,
            mentions,
            places: by_sentence(reading.places.iter().map(|place| place.sentence)),
            times: by_sentence(reading.times.iter().map(|time| time.sentence)),
            quantities: by_sentence(reading.quantities.iter().map(|quantity| quantity.sentence)),
            quotes: by_sentence(reading.quotes.iter().map(|quote| quote.sentence)),
            statements: by_sentence(reading.statements.iter().map(|statement| statement.sentence)),
        }
    }

    /// Writes what was found in a sentence.
    pub(super) fn write(&self, out: &mut String, sentence: usize) {
        let reading = self.reading;
        let mut line = |what: &str, key: String, words: String| {
            let _ = writeln!(out, "      {what:<11} {key:<4} {words}");
        };
        for &(index, mention) in self.mentions.get(&sentence).into_iter().flatten() {
            let Some(entity) = reading.entities.get(index) else {
                continue;
            };
            let Some(mention) = entity.mentions.get(mention) else {
                continue;
            };
            let what = match mention.kind {
                MentionKind::Name => "name",
                MentionKind::Description => "description",
                MentionKind::Pronoun => "pronoun",
            };
            let words = format!(
                "{} = {} ({})",
                self.passage(mention.span, sentence),
                line_of(&entity.name),
                entity.kind.as_str()
            );
            line(what, key('e', index), words);
        }
        for (index, place) in parts_of(&reading.places, &self.places, sentence) {
            let country = place.country.as_deref().unwrap_or("no country");
            let mut words = format!(
                "{} = {}, {}",
                self.passage(place.span, sentence),
                line_of(&place.name),
                line_of(country)
            );
            if let (Some(latitude), Some(longitude)) = (place.latitude, place.longitude) {
                let _ = write!(words, ", {latitude}, {longitude}");
            }
            if let Some(number) = place.geonames {
                let _ = write!(words, ", GeoNames {number}");
            }
            line("place", key('p', index), words);
        }
        for (index, time) in parts_of(&reading.times, &self.times, sentence) {
            let value = time.value.as_ref().map(ToString::to_string);
            let words = format!(
                "{} = {} from {:?}",
                self.passage(time.span, sentence),
                value.as_deref().unwrap_or("?"),
                time.expression
            );
            line("time", key('t', index), words);
        }
        for (index, quantity) in parts_of(&reading.quantities, &self.quantities, sentence) {
            let bound = |bound: Option<f64>| bound.map_or_else(|| "?".to_owned(), |bound| bound.to_string());
            let mut words = format!(
                "{} = {} {}..{}",
                self.passage(quantity.span, sentence),
                quantity.relation.as_str(),
                bound(quantity.low),
                bound(quantity.high)
            );
            let named = |words: &mut String, name: &str, value: Option<&str>| {
                if let Some(value) = value {
                    let _ = write!(words, " · {name} {}", line_of(value));
                }
            };
            named(&mut words, "unit", quantity.unit.as_deref());
            named(&mut words, "counted", quantity.counted.as_deref());
            if let Some(counted) = quantity.counted_span {
                let _ = write!(words, " {}", self.numbers(counted, sentence));
            }
            named(
                &mut words,
                "trend",
                quantity.trend.map(rashomon_core::Trend::as_str),
            );
            self.source(
                &mut words,
                "according to",
                quantity.attributed_to.as_ref(),
                sentence,
            );
            line("quantity", key('n', index), words);
        }
        for (index, quote) in parts_of(&reading.quotes, &self.quotes, sentence) {
            let mut words = quote.kind.as_str().to_owned();
            for &piece in &quote.pieces {
                let _ = write!(words, " {}", self.passage(piece, sentence));
            }
            self.source(&mut words, "speaker", quote.speaker.as_ref(), sentence);
            self.source(&mut words, "via", quote.via.as_ref(), sentence);
            if let Some(cue) = quote.cue {
                let _ = write!(words, "{NEXT}cue {}", self.passage(cue, sentence));
            }
            line("quote", key('q', index), words);
        }
        for (index, statement) in parts_of(&reading.statements, &self.statements, sentence) {
            line("statement", key('s', index), self.statement(statement, sentence));
        }
    }

    /// Returns a statement in words.
    fn statement(&self, statement: &Statement, sentence: usize) -> String {
        let not = if statement.negated { "not, " } else { "" };
        let mut words = format!(
            "{not}{} {}",
            statement.status.as_str(),
            self.passage(statement.span, sentence)
        );
        let parts = [
            ("actor", statement.actor),
            ("predicate", statement.predicate),
            ("object", statement.object),
        ];
        for (name, part) in parts {
            if let Some(part) = part {
                let _ = write!(words, "{NEXT}{name} {}", self.passage(part, sentence));
            }
        }
        self.source(
            &mut words,
            "attribution",
            statement.attribution.as_ref(),
            sentence,
        );
        self.source(&mut words, "via", statement.via.as_ref(), sentence);
        let lists = [
            ('e', &statement.entities),
            ('n', &statement.quantities),
            ('t', &statement.times),
            ('p', &statement.places),
            ('q', &statement.quotes),
        ];
        let keys: Vec<String> = lists
            .into_iter()
            .flat_map(|(letter, list)| list.iter().map(move |&index| key(letter, index)))
            .collect();
        if !keys.is_empty() {
            let _ = write!(words, "{NEXT}has {}", keys.join(" "));
        }
        words
    }

    /// Adds a source with where it is named.
    fn source(&self, words: &mut String, name: &str, source: Option<&Source>, sentence: usize) {
        let Some(source) = source else { return };
        let entity = source.entity.map(|entity| format!(" {}", key('e', entity)));
        let _ = write!(
            words,
            "{NEXT}{name} {}{} ({}) at {}",
            line_of(&source.name),
            entity.unwrap_or_default(),
            source.kind.as_str(),
            self.passage(source.span, sentence)
        );
    }

    /// Returns a passage with the numbers of its tokens.
    fn passage(&self, span: Span, sentence: usize) -> String {
        format!(
            "‹{}› {}",
            line_of(span.text(self.text)),
            self.numbers(span, sentence)
        )
    }

    /// Returns the numbers of the tokens of a passage in their sentence, counted from 1: "5–9". Tokens of another
    /// sentence than `sentence` have its number before them: "12:1–3".
    fn numbers(&self, span: Span, sentence: usize) -> String {
        let tokens = &self.reading.tokens;
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let last = tokens.partition_point(|token| token.span.start < span.end);
        if first >= last {
            return "–".to_owned();
        }
        let own = |found: usize| {
            let own = self.reading.sentences.get(found);
            own.filter(|own| (own.first_token..own.last_token).contains(&first))
        };
        let found = own(sentence).map(|own| (sentence, own)).or_else(|| {
            let sentences = &self.reading.sentences;
            let found = sentences.partition_point(|other| other.last_token <= first);
            own(found).map(|other| (found, other))
        });
        let Some((found, own)) = found else {
            return "–".to_owned();
        };
        let (first, last) = (first - own.first_token + 1, last.saturating_sub(own.first_token));
        let other = if found == sentence {
            String::new()
        } else {
            format!("{found}:")
        };
        if last <= first {
            format!("{other}{first}")
        } else {
            format!("{other}{first}–{last}")
        }
    }
}

/// Returns the number of an element of a list: "e1".
fn key(letter: char, index: usize) -> String {
    format!("{letter}{}", index.saturating_add(1))
}
