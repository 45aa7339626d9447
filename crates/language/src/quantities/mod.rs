//! Numbers and amounts, as intervals: with their bound, their unit or the thing they count, and their trend.
//!
//! A sentence is cut into pieces; at each number an amount is read, then the words before and after it that bound it,
//! a second number that makes it a range, and the noun phrase that it counts.

mod amounts;
mod bounds;
mod conversions;
mod counted;
mod guards;
mod labels;
mod parts;
mod ranges;
mod ratios;
mod rounds;
mod tolls;
mod trees;
mod trend;
mod units;

use rashomon_core::{
    LabelledNumber, NumberKind, Quantity, QuantityRelation, SentenceKind, Span, TimeMention,
};

use self::amounts::Amount;
use crate::context::Context;
use crate::times::pieces::Pieces;

/// Returns the quantities of a text. A number that is part of a time is none, unless it counts units of time: "six
/// years". Lines of provenance have none. The second list holds the numbers that count and measure nothing, as far as they
/// are of a known kind.
pub(crate) fn quantities(
    context: &Context<'_>,
    times: &[TimeMention],
) -> (Vec<Quantity>, Vec<LabelledNumber>) {
    let mut found = Vec::new();
    let mut numbers = Vec::new();
    let mut next_time = 0;
    for (sentence, whole) in context.sentences.iter().enumerate() {
        if whole.kind == SentenceKind::Provenance {
            continue;
        }
        while times
            .get(next_time)
            .is_some_and(|time| time.span.end <= whole.span.start)
        {
            next_time += 1;
        }
        let rest = times.get(next_time..).unwrap_or_default();
        let count = rest.partition_point(|time| time.span.start < whole.span.end);
        let spans: Vec<Span> = rest.iter().take(count).map(|time| time.span).collect();
        let reader = Reader {
            context,
            pieces: Pieces::of_sentence(context, sentence),
            text: context.text,
            sentence,
            times: spans,
        };
        reader.read(&mut found, &mut numbers);
    }
    (found, numbers)
}

/// One sentence, as it is read.
struct Reader<'text> {
    context: &'text Context<'text>,
    pieces: Pieces<'text>,
    text: &'text str,
    sentence: usize,
    times: Vec<Span>,
}

impl Reader<'_> {
    fn read(&self, found: &mut Vec<Quantity>, numbers: &mut Vec<LabelledNumber>) {
        let mut at = 0;
        let first = found.len();
        while at < self.pieces.len() {
            if !amounts::starts_number(&self.pieces, at) {
                if self.pieces.is_word(at)
                    && let Some((number, after)) = self.labelled_at(at)
                {
                    numbers.push(number);
                    at = after;
                } else {
                    at += 1;
                }
                continue;
            }
            if let Some(after) = self.score(at) {
                let telephone = self
                    .labelled_at(at)
                    .filter(|(number, _)| number.kind == NumberKind::Telephone);
                if let Some((number, end)) = telephone {
                    numbers.push(number);
                    at = end.max(after);
                    continue;
                }
                if !self.is_time(at) {
                    numbers.push(self.labelled(NumberKind::Score, at, after));
                }
                at = after;
                continue;
            }
            let Some(amount) = amounts::amount_at(&self.pieces, at).filter(|amount| self.is_free(at, amount))
            else {
                let labelled = self.labelled_at(at);
                at = labelled
                    .as_ref()
                    .map_or_else(|| self.past_number(at), |&(_, after)| after);
                numbers.extend(labelled.map(|(number, _)| number));
                continue;
            };
            let (quantity, end) = self.quantity(amount, found, first);
            let (converted, after) = self.conversions(&quantity, end);
            let whole = quantity.span.join(self.pieces.span(end, after));
            found.push(Quantity {
                span: if after > end { whole } else { quantity.span },
                ..quantity
            });
            found.extend(converted);
            at = after.max(end).max(at + 1);
        }
    }

    /// Returns the piece after a number that is no quantity.
    fn past_number(&self, at: usize) -> usize {
        amounts::number_of(&self.pieces, at).map_or(at + 1, |number| number.end.max(at + 1))
    }

    /// Returns true for a piece that belongs to a time.
    fn is_time(&self, index: usize) -> bool {
        self.pieces.get(index).is_some_and(|piece| {
            let after = self.times.partition_point(|span| span.end <= piece.span.start);
            self.times
                .get(after)
                .is_some_and(|span| span.start <= piece.span.start)
        })
    }

    /// Returns true where the amount is no part of a time, or counts the units of one.
    fn is_free(&self, at: usize, amount: &Amount) -> bool {
        if self.names_a_kind(at, amount) {
            return false;
        }
        if !self.is_time(at) {
            return true;
        }
        let article = matches!(self.pieces.lower(at), "a" | "an") && !amount.scaled;
        amount.time && !article
    }

    /// "3-1", "2-2": the piece after a score, or after another pair that does not rise and counts nothing.
    fn score(&self, at: usize) -> Option<usize> {
        let pieces = &self.pieces;
        let low = pieces.number(at)?;
        if pieces.lower(at + 1) != "-" || !pieces.glued(at + 1) || !pieces.glued(at + 2) {
            return None;
        }
        let high = pieces.number(at + 2)?;
        let signed = matches!(pieces.before(at), "$" | "£" | "€");
        let named = pieces.is_word(at + 3) && !counted::is_function_word(pieces.lower(at + 3))
            || matches!(pieces.lower(at + 3), "%" | "-" | "°")
            || pieces.lower(at).contains(',')
            || signed;
        // "5-4 decision", "6-3 ruling": votes.
        let falls = high <= low;
        let vote = matches!(
            pieces.lower(at + 3),
            "vote"
                | "decision"
                | "ruling"
                | "win"
                | "victory"
                | "loss"
                | "defeat"
                | "draw"
                | "lead"
                | "majority"
                | "record"
                | "score"
        );
        let third = pieces.lower(at + 3) == "-" && pieces.glued(at + 3) && pieces.number(at + 4).is_some();
        (falls || vote || third || !named && high < 20.0).then(|| if third { at + 5 } else { at + 3 })
    }

    /// Returns the quantity of an amount and the piece after it. `earlier` are the quantities of the text before it; those
    /// of the sentence are from `first` on.
    fn quantity(&self, amount: Amount, earlier: &[Quantity], first: usize) -> (Quantity, usize) {
        let pieces = &self.pieces;
        let before = earlier.get(first..).unwrap_or_default();
        let mut amount = amount;
        let mut start = amount.start;
        let ranged = self.range(&mut amount, &mut start);
        let mut relation = amount.relation;
        if ranged {
            relation = QuantityRelation::Range;
        }
        if let Some((bound, first)) =
            bounds::before(pieces, start).filter(|&(_, first)| !self.is_time(first) || amount.time)
        {
            relation = bind(&mut amount, relation, bound);
            start = first;
        }
        if let Some((bound, end)) = bounds::after(pieces, amount.end) {
            relation = bind(&mut amount, relation, bound);
            amount.end = end;
        }
        let mut end = amount.end;
        let mut unit = amount.unit.take();
        let aged = matches!(pieces.before(start), "aged" | "age");
        if unit.is_none() && (aged || self.is_age(start, &amount)) {
            unit = Some("year of age".to_owned());
            if aged {
                start -= 1;
            }
        }
        let counted = self.counted(&amount, unit.as_deref(), start, before);
        let counted = self.measured_as(counted, &mut unit);
        if let Some((_, last)) = &counted.pieces_after {
            end = end.max(*last);
        }
        let mut counted_as = (counted.text, counted.span);
        if unit.is_none() && counted_as.0.is_none() {
            if self.is_age_of_subject(&amount) {
                unit = Some("year of age".to_owned());
            } else if let Some(whole) = self.elided(start, &amount, before) {
                unit.clone_from(&whole.unit);
                counted_as = (whole.counted.clone(), whole.counted_span);
            } else if let Some((noun, span)) = self.whole_told_before(start, amount.end, earlier) {
                counted_as = (Some(noun), span);
            }
        }
        let measured = unit.is_some() || matches!(counted_as.0.as_deref(), Some("points" | "point"));
        // "Fell from $75 to $45": an interval that both levels lie in, and goes neither way.
        let levels = ranged && pieces.lower(start) == "from";
        let trend = (!levels)
            .then(|| trend::trend(pieces, start, measured))
            .flatten()
            .or_else(|| self.trend_of_verb(start, &amount))
            .or_else(|| self.inherited_trend(start, unit.as_deref(), before));
        let quantity = Quantity {
            span: pieces.span(start, end),
            sentence: self.sentence,
            low: amount.low,
            high: amount.high,
            relation,
            unit,
            counted: counted_as.0,
            counted_span: counted_as.1,
            trend,
            attributed_to: None,
        };
        (quantity, end)
    }

    /// "Two of the five came back": what both numbers count, where a number before said it.
    fn whole_told_before(
        &self,
        start: usize,
        end: usize,
        earlier: &[Quantity],
    ) -> Option<(String, Option<Span>)> {
        // For the five itself: the same of a part that ends before it.
        let of = (start.saturating_sub(4)..start)
            .find(|&index| self.pieces.lower(index) == "of" && parts::is_whole(&self.pieces, index, start));
        parts::known_whole(&self.pieces, of.unwrap_or(end), earlier)
    }

    /// "517 rushing yards", "3,000 tests per day": the noun is a unit, or a rate follows it.
    fn measured_as(&self, counted: Counted, unit: &mut Option<String>) -> Counted {
        let pieces = &self.pieces;
        let Some((first, last)) = counted.pieces_after.filter(|_| unit.is_none()) else {
            return counted;
        };
        let noun = pieces.lower(last.saturating_sub(1));
        if last > first + 1
            && let Some(name) = units::unit_word(noun)
            && matches!(
                units::dimension(name),
                Some("length" | "mass" | "area" | "volume")
            )
            && counted::is_plural(noun)
        {
            *unit = Some(name.to_owned());
        } else if pieces.lower(last) == "per"
            && let Some((rate, end)) = units::rate_at(pieces, last)
        {
            let noun = noun.strip_suffix('s').unwrap_or(noun);
            *unit = Some(format!("{noun} per {rate}"));
            return Counted {
                pieces_after: Some((first, end)),
                ..counted
            };
        }
        counted
    }

    /// "Rhee, 65, said": a number between commas after a name.
    fn is_age(&self, start: usize, amount: &Amount) -> bool {
        let pieces = &self.pieces;
        start >= 2
            && pieces.before(start) == ","
            && pieces.is_word(start - 2)
            && pieces.capital(start - 2)
            && matches!(pieces.lower(amount.end), "," | ".")
            && !amount.scaled
            && amount
                .value()
                .is_some_and(|value| (1.0..=115.0).contains(&value) && value.fract() == 0.0)
            && start + 1 == amount.end
    }

    /// Returns what an amount counts.
    fn counted(&self, amount: &Amount, unit: Option<&str>, start: usize, before: &[Quantity]) -> Counted {
        let pieces = &self.pieces;
        let after = |first: usize, last: usize| {
            let span = pieces.span(first, last);
            Counted {
                text: Some(span.text(self.text).to_owned()),
                span: Some(span),
                pieces_after: Some((first, last)),
            }
        };
        let from = if amount.hyphen && amount.unit.is_none() && unit.is_none() {
            pieces.after_hyphen(amount.end)
        } else {
            amount.end
        };
        let from = if pieces.lower(from) == "strong" && amount.hyphen {
            from + 1
        } else {
            from
        };
        if amount.time && unit.is_some_and(|unit| !unit.contains(" of age")) {
            // A unit of time is what is counted; "14-year rule" counts a rule of years.
            let word = amount.end.saturating_sub(1);
            if amount.hyphen
                && let Some((_, last)) = counted::noun_phrase(pieces, amount.end, |index| self.is_time(index))
                && pieces.lower(amount.end) != "of"
            {
                return after(word, last);
            }
            let mut counted = after(word, amount.end);
            counted.pieces_after = None;
            return counted;
        }
        if unit.is_some_and(|unit| unit.ends_with("of age")) {
            return Counted::default();
        }
        if unit.is_none() {
            if let Some(fate) = tolls::fate_after(pieces, from).filter(|&fate| fate == from) {
                return after(fate, fate + 1);
            }
            if let Some((first, last)) = counted::noun_phrase(pieces, from, |index| self.is_time(index)) {
                return after(first, self.head_of_count(amount, last).unwrap_or(last));
            }
            // "Four of the five ferries": the noun stands with the whole, which is a quantity of its own.
            if let Some((first, last)) = parts::noun_of_whole(pieces, from, |index| self.is_time(index)) {
                return Counted {
                    pieces_after: None,
                    ..after(first, last)
                };
            }
            return self.toll(start, from, before);
        }
        // "70 percent of voters", "$5 in fines": only what "of" names belongs to a measure.
        if pieces.lower(from) == "of"
            && let Some((first, last)) = counted::noun_phrase(pieces, from, |index| self.is_time(index))
        {
            let mut counted = after(first, last);
            counted.pieces_after = Some((first, last));
            return counted;
        }
        Counted::default()
    }

    /// Returns what a number without a noun counts: those who died, or what the number before counted.
    fn toll(&self, start: usize, end: usize, before: &[Quantity]) -> Counted {
        let pieces = &self.pieces;
        if let Some(fate) = tolls::fate_after(pieces, end) {
            let span = pieces.span(fate, fate + 1);
            let word = span.text(self.text);
            let noun = before
                .iter()
                .rev()
                .filter(|quantity| quantity.unit.is_none())
                .find_map(|quantity| quantity.counted.as_deref());
            let text = match noun {
                Some(noun) if !noun.ends_with(word) => format!("{noun} {word}"),
                _ => word.to_owned(),
            };
            return Counted {
                text: Some(text),
                span: Some(span),
                pieces_after: None,
            };
        }
        let (first, last) = match tolls::fate_before(pieces, start) {
            Some(fate) => (fate, fate + 1),
            None => match tolls::toll_before(pieces, start) {
                Some(pair) => pair,
                None => return Counted::default(),
            },
        };
        let span = pieces.span(first, last);
        Counted {
            text: Some(span.text(self.text).to_owned()),
            span: Some(span),
            pieces_after: None,
        }
    }
}

/// The thing counted.
#[derive(Debug, Default)]
struct Counted {
    text: Option<String>,
    span: Option<Span>,
    /// The pieces it takes after the number.
    pieces_after: Option<(usize, usize)>,
}

/// Bounds an amount, and returns its relation.
fn bind(amount: &mut Amount, relation: QuantityRelation, bound: QuantityRelation) -> QuantityRelation {
    match (relation, bound) {
        (QuantityRelation::Range, QuantityRelation::About) => QuantityRelation::Range,
        // "<5+" cannot be both.
        (QuantityRelation::AtLeast, QuantityRelation::AtMost)
        | (QuantityRelation::AtMost, QuantityRelation::AtLeast) => relation,
        (_, QuantityRelation::AtMost) => {
            amount.low = None;
            bound
        }
        (_, QuantityRelation::AtLeast) => {
            amount.high = None;
            bound
        }
        (QuantityRelation::AtLeast | QuantityRelation::AtMost, _) => relation,
        _ => bound,
    }
}

#[cfg(test)]
mod tests;
