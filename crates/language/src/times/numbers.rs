//! Whole numbers and fractions in words and digits: "twenty-six", "1.5 million", "two and a half".

use super::pieces::{PieceKind, Pieces};

/// A number as read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// The piece after it.
    pub(crate) end: usize,
    /// Its value.
    pub(crate) value: f64,
    /// True where it is in digits.
    pub(crate) digits: bool,
    /// True where "million" or the like belongs to it.
    pub(crate) scaled: bool,
}

/// Returns the value of a number word below one hundred.
pub(crate) fn small(word: &str) -> Option<f64> {
    Some(match word {
        "zero" => 0.0,
        "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "eleven" => 11.0,
        "twelve" => 12.0,
        "thirteen" => 13.0,
        "fourteen" => 14.0,
        "fifteen" => 15.0,
        "sixteen" => 16.0,
        "seventeen" => 17.0,
        "eighteen" => 18.0,
        "nineteen" => 19.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        _ => return None,
    })
}

/// Returns the value of a word that multiplies: "hundred", "million".
pub(crate) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "lakh" | "lakhs" => 1e5,
        "million" | "millions" => 1e6,
        "crore" | "crores" => 1e7,
        "billion" | "billions" => 1e9,
        "trillion" | "trillions" => 1e12,
        _ => return None,
    })
}

/// Returns the value of a short form that multiplies when it is glued to a number: "bn", "k".
pub(crate) fn short_scale(word: &str) -> Option<f64> {
    Some(match word {
        "k" => 1e3,
        "mn" | "mln" => 1e6,
        "bn" | "bln" => 1e9,
        "tn" | "trn" => 1e12,
        _ => return None,
    })
}

/// Returns the value of an ordinal word from first to tenth.
pub(crate) fn ordinal(word: &str) -> Option<i8> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        _ => return None,
    })
}

/// Returns the ordinal in words or digits at `index` ("third", "3rd") and the piece after it.
pub(crate) fn ordinal_at(pieces: &Pieces<'_>, index: usize) -> Option<(i32, usize)> {
    if let Some(number) = ordinal(pieces.lower(index)) {
        return Some((i32::from(number), index + 1));
    }
    let number = pieces.plain(index)?;
    if pieces.glued(index + 1) && matches!(pieces.lower(index + 1), "st" | "nd" | "rd" | "th") {
        return Some((number, index + 2));
    }
    None
}

/// Returns the value of a mark that is a fraction: "½".
pub(crate) fn fraction_mark(mark: &str) -> Option<f64> {
    Some(match mark {
        "½" => 0.5,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        _ => return None,
    })
}

/// Returns the number that begins at `index`: digits or words, with the words that multiply it and "and a half".
pub(crate) fn number_at(pieces: &Pieces<'_>, index: usize) -> Option<Number> {
    let piece = pieces.get(index)?;
    let mut number = match piece.kind {
        PieceKind::Number => Number {
            end: index + 1,
            value: piece.number?,
            digits: true,
            scaled: false,
        },
        PieceKind::Word => words_at(pieces, index)?,
        PieceKind::Mark => Number {
            end: index + 1,
            value: fraction_mark(&piece.lower)?,
            digits: true,
            scaled: false,
        },
    };
    if number.digits {
        if let Some(part) = fraction_mark(pieces.lower(number.end)) {
            number.value += part;
            number.end += 1;
        } else if let Some((part, end)) = slash_fraction(pieces, number.end)
            && number.value.fract() == 0.0
            && !pieces.glued(number.end)
        {
            number.value += part;
            number.end = end;
        }
        scale_digits(pieces, &mut number);
    }
    add_half(pieces, &mut number);
    Some(number)
}

/// Returns the value of "1/2" at `index` and the piece after it.
fn slash_fraction(pieces: &Pieces<'_>, index: usize) -> Option<(f64, usize)> {
    let (above, below) = (pieces.plain(index)?, pieces.plain(index + 2)?);
    if pieces.lower(index + 1) == "/" && 0 < above && above < below && below <= 10 {
        Some((f64::from(above) / f64::from(below), index + 3))
    } else {
        None
    }
}

/// Multiplies a number in digits by what follows it: "1.5 million", "1.2bn", "5 lakh crore".
fn scale_digits(pieces: &Pieces<'_>, number: &mut Number) {
    loop {
        let from = if number.scaled {
            number.end
        } else {
            pieces.after_hyphen(number.end)
        };
        let word = pieces.lower(from);
        let factor = scale(word).or_else(|| short_scale(word).filter(|_| pieces.glued(from) || word != "k"));
        let Some(factor) = factor else { break };
        number.value = multiply(number.value, factor);
        number.scaled = true;
        number.end = from + 1;
        if matches!(word, "bn" | "mn") {
            number.end = pieces.after_stop_before_lower(number.end);
        }
    }
}

/// Returns the product, rounded to the whole number that was meant: 4.35 times 100 is 435.
fn multiply(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    let whole = product.round();
    if (product - whole).abs() < 1e-6 * product.abs() && whole.abs() >= 1.0 && (product - whole).abs() < 0.01
    {
        whole
    } else {
        product
    }
}

/// Adds "and a half", "-and-a-half".
fn add_half(pieces: &Pieces<'_>, number: &mut Number) {
    let mut at = pieces.after_hyphen(number.end);
    if pieces.lower(at) != "and" {
        return;
    }
    at = pieces.after_hyphen(at + 1);
    if !matches!(pieces.lower(at), "a" | "one") {
        return;
    }
    at = pieces.after_hyphen(at + 1);
    if pieces.lower(at) == "half" {
        let last = number.end.saturating_sub(1);
        let factor = scale(pieces.lower(last)).unwrap_or(1.0);
        number.value += factor / 2.0;
        number.end = at + 1;
    }
}

/// Returns the number in words that begins at `index`.
fn words_at(pieces: &Pieces<'_>, index: usize) -> Option<Number> {
    let (mut total, mut group, mut at, mut scaled) = (0.0, 0.0, index, false);
    // What may still follow inside the group: a number below this bound.
    let mut room = f64::INFINITY;
    let mut any = false;
    if matches!(pieces.lower(index), "a" | "an") {
        scale(pieces.lower(index + 1)).filter(|_| !pieces.lower(index + 1).ends_with('s'))?;
        group = 1.0;
        at = index + 1;
    }
    loop {
        let mut next = at;
        if any {
            next = pieces.after_hyphen(next);
            if pieces.lower(next) == "and" && room >= 100.0 && room.is_finite() {
                next += 1;
            }
        }
        let word = pieces.lower(next);
        if let Some(value) = small(word) {
            if value >= room || (value == 0.0 && any) {
                break;
            }
            group += value;
            room = if value >= 20.0 { 10.0 } else { 0.0 };
            any = true;
            at = next + 1;
        } else if let Some(factor) = scale(word) {
            if group == 0.0 || (next != at && pieces.lower(at) != "-") || word.ends_with('s') {
                break;
            }
            if factor == 100.0 {
                group *= factor;
                room = 100.0;
            } else {
                total += group * factor;
                group = 0.0;
                room = 1000.0;
            }
            scaled = true;
            any = true;
            at = next + 1;
        } else {
            break;
        }
    }
    any.then_some(Number {
        end: at,
        value: total + group,
        digits: false,
        scaled,
    })
}

impl Pieces<'_> {
    /// Returns the index after a glued full stop that a lower-case word follows ("$2 bn. loan"), or `index` itself.
    fn after_stop_before_lower(&self, index: usize) -> usize {
        let after = self.after_stop(index);
        if after != index && self.is_word(after) && !self.capital(after) {
            after
        } else {
            index
        }
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::Span;

    use super::*;

    fn value(text: &str) -> Option<f64> {
        let pieces = Pieces::of_text(text, Span::new(0, text.len()));
        number_at(&pieces, 0).map(|number| number.value)
    }

    #[test]
    fn reads_digits_and_words() {
        assert_eq!(value("15,000 troops"), Some(15_000.0));
        assert_eq!(value("twenty-six leaders"), Some(26.0));
        assert_eq!(value("one hundred and five"), Some(105.0));
        assert_eq!(value("two thousand five hundred"), Some(2500.0));
        assert_eq!(value("a hundred boats"), Some(100.0));
        assert_eq!(value("a boat"), None);
        assert_eq!(value("1.5 million"), Some(1_500_000.0));
        assert_eq!(value("1.2bn"), Some(1_200_000_000.0));
        assert_eq!(value("4.35 million"), Some(4_350_000.0));
        assert_eq!(value("two and a half years"), Some(2.5));
        assert_eq!(value("2 1/2 years"), Some(2.5));
        assert_eq!(value("2½ years"), Some(2.5));
        assert_eq!(value("two three"), Some(2.0));
        assert_eq!(value("two and three"), Some(2.0));
        assert_eq!(value("5 lakh crore"), Some(5e12));
    }
}
