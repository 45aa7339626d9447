//! What the tree of a sentence tells of a number: whether it is part of a name, what it counts, which verb moves it,
//! whose age it is, and what a number without a noun shares with the one before it.

use rashomon_core::{PartOfSpeech, Quantity, Trend};

use super::amounts::Amount;
use super::{Reader, trend};
use crate::times::words;

/// How far from a number its noun may stand, in pieces.
const NOUN_REACH: usize = 10;

/// How many heads lie at most between a number and the verb that moves it.
const VERB_DEPTH: usize = 4;

/// Two numbers of one thing differ by this factor at most.
const SAME_THING: f64 = 1000.0;

impl Reader<'_> {
    /// "Nasdaq 100 futures", "iPhone 11": a number that hangs on the name before it tells a kind, and counts nothing.
    pub(super) fn names_a_kind(&self, at: usize, amount: &Amount) -> bool {
        let pieces = &self.pieces;
        let plain =
            pieces.plain(at).is_some() && amount.unit.is_none() && !amount.scaled && amount.start == at;
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        if !plain
            || pieces.tag(before) != Some(PartOfSpeech::Propn)
            || words::month(pieces.lower(before)).is_some()
            || words::weekday(pieces.lower(before)).is_some()
        {
            return false;
        }
        let Some(token) = pieces.token(at) else {
            return false;
        };
        self.context.tokens.get(token).is_some_and(|number| {
            number.head.is_some_and(|head| head < token && head + 3 >= token)
                && matches!(
                    number.relation,
                    Some("nummod" | "flat" | "compound" | "nmod" | "appos" | "dep")
                )
        })
    }

    /// Returns the piece after the noun that the amount's number counts, where that lies behind the piece `last`:
    /// "27,000 Model S sedans".
    pub(super) fn head_of_count(&self, amount: &Amount, last: usize) -> Option<usize> {
        let pieces = &self.pieces;
        let number = self
            .context
            .tokens
            .get(pieces.token(amount.end.checked_sub(1)?)?)?;
        let head = number.head.filter(|_| number.relation == Some("nummod"))?;
        let noun = (last..last + NOUN_REACH).find(|&index| pieces.token(index) == Some(head))?;
        let is_noun = matches!(pieces.tag(noun), Some(PartOfSpeech::Noun | PartOfSpeech::Propn));
        let in_between = (last..noun).all(|index| {
            matches!(
                pieces.tag(index),
                Some(PartOfSpeech::Noun | PartOfSpeech::Propn | PartOfSpeech::Adj | PartOfSpeech::Num)
            )
        });
        (is_noun && in_between && !self.is_time(noun)).then_some(noun + 1)
    }

    /// "He will be 35", "Rhee was 87.": a bare number that is said of a person.
    pub(super) fn is_age_of_subject(&self, amount: &Amount) -> bool {
        let pieces = &self.pieces;
        let fits = amount.value().is_some_and(|value| {
            (1.0..=115.0).contains(&value) && value.fract() == 0.0 && amount.end == amount.start + 1
        });
        if !fits
            || !matches!(
                pieces.lower(amount.end),
                "" | "." | "," | "when" | "in" | "at" | "by" | "on" | "and"
            )
        {
            return false;
        }
        let Some(number) = pieces.token(amount.start) else {
            return false;
        };
        let (mut copula, mut person) = (false, false);
        for token in self.context.tokens_of(self.sentence) {
            let Some(word) = self
                .context
                .tokens
                .get(token)
                .filter(|word| word.head == Some(number))
            else {
                continue;
            };
            match word.relation {
                Some("cop") => copula = true,
                Some("nsubj") => {
                    person = matches!(self.context.lower(token), "he" | "she" | "i" | "who")
                        || word.tag == Some(PartOfSpeech::Propn)
                            && amount.value() >= Some(15.0)
                            && matches!(pieces.lower(amount.end), "" | "." | "," | "when");
                }
                _ => {}
            }
        }
        copula && person
    }

    /// "cut costs by 35 percent": the trend of the verb that a number with "by" belongs to.
    pub(super) fn trend_of_verb(&self, start: usize, amount: &Amount) -> Option<Trend> {
        if self.pieces.before(start) != "by" {
            return None;
        }
        let mut token = self.pieces.token(amount.end.checked_sub(1)?)?;
        for _ in 0..VERB_DEPTH {
            token = self.context.tokens.get(token)?.head?;
            if self.context.tokens.get(token)?.tag == Some(PartOfSpeech::Verb) {
                return trend::moving_verb(self.context.lower(token));
            }
        }
        None
    }

    /// "190 points, or 0.6%", "Mill shares fell 2%, Bay shares by 3%": the second number moves as the first.
    pub(super) fn inherited_trend(
        &self,
        start: usize,
        unit: Option<&str>,
        before: &[Quantity],
    ) -> Option<Trend> {
        let last = before.last()?;
        let word = self.pieces.before(start);
        if word == "by" && last.unit.as_deref() == unit {
            return last.trend;
        }
        let gap = self.pieces.get(start)?.span.start.saturating_sub(last.span.end);
        (matches!(word, "or" | "(") && gap <= 6)
            .then_some(last.trend)
            .flatten()
    }

    /// Returns the quantity before a number without a noun that it shares the noun or unit with: "rose to 3.9 million
    /// sets from 2.4 million", "60 vehicles, compared with 43".
    pub(super) fn elided<'before>(
        &self,
        start: usize,
        amount: &Amount,
        before: &'before [Quantity],
    ) -> Option<&'before Quantity> {
        let last = before.last()?;
        let joint = self.pieces.before(start);
        let told = match joint {
            "to" | "at" => self.moves(start),
            "from" | "with" | "than" | "versus" => true,
            "and" | "or" | "," => {
                let other = self.coordinated(amount, before)?;
                return Self::near(amount, other).then_some(other);
            }
            _ => false,
        };
        if !told {
            return None;
        }
        // "rose 0.1 percent to 1,333.18": what moves by percents is counted in something else.
        let whole = if matches!(joint, "to" | "at") {
            before
                .iter()
                .rev()
                .find(|other| other.unit.as_deref() != Some("percent"))?
        } else {
            last
        };
        Self::near(amount, whole).then_some(whole)
    }

    /// Returns true where the amount may be one of what the other quantity counts.
    fn near(amount: &Amount, other: &Quantity) -> bool {
        let number = other.low.or(other.high).unwrap_or_default().abs();
        let value = amount.low.or(amount.high).unwrap_or_default().abs();
        let age = other.unit.as_deref().is_some_and(|unit| unit.ends_with("of age"));
        number > 0.0
            && value > 0.0
            && value / number < SAME_THING
            && number / value < SAME_THING
            && !age
            && (other.unit.is_some() || other.counted.is_some())
    }

    /// Returns true where a verb of rise or fall stands before the quantity that ends before piece `start`.
    fn moves(&self, start: usize) -> bool {
        (start.saturating_sub(10)..start)
            .rev()
            .take_while(|&index| !matches!(self.pieces.lower(index), ";" | "." | "while"))
            .any(|index| trend::word_trend(self.pieces.lower(index)).is_some())
    }

    /// Returns the quantity before that the tree joins the number to.
    fn coordinated<'before>(
        &self,
        amount: &Amount,
        before: &'before [Quantity],
    ) -> Option<&'before Quantity> {
        let token = self.pieces.token(amount.end.checked_sub(1)?)?;
        let number = self.context.tokens.get(token)?;
        if number.relation != Some("conj") {
            return None;
        }
        let head = self.context.tokens.get(number.head?)?;
        before
            .iter()
            .rev()
            .find(|other| other.span.holds(head.span.start))
    }
}
