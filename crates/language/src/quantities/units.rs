//! Units of measure and money.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::times::pieces::Pieces;
use crate::times::words;

/// The table of units: a name, what it measures, and the words for it.
const UNITS: &str = include_str!("../data/units.txt");

/// A row of the table.
#[derive(Clone, Copy, Debug)]
struct Row {
    name: &'static str,
    /// "length", "mass"; `None` for what is never converted.
    dimension: Option<&'static str>,
}

/// The rows by their words, and by their names.
static BY_WORD: LazyLock<FxHashMap<&'static str, Row>> = LazyLock::new(|| {
    rows()
        .flat_map(|(row, words)| words.map(move |word| (word, row)))
        .collect()
});
static BY_NAME: LazyLock<FxHashMap<&'static str, Row>> =
    LazyLock::new(|| rows().map(|(row, _)| (row.name, row)).collect());

fn rows() -> impl Iterator<Item = (Row, std::str::Split<'static, char>)> {
    UNITS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (name, dimension) = (cells.next()?, cells.next()?);
            let dimension = (dimension != "-").then_some(dimension);
            Some((Row { name, dimension }, cells))
        })
}

/// Returns the unit that a word or mark names, in the singular and in full; money by its sign.
pub(super) fn unit_word(word: &str) -> Option<&'static str> {
    BY_WORD.get(word).map(|row| row.name)
}

/// Returns what a unit measures, where reports give it in two units: "length" for miles.
pub(super) fn dimension(unit: &str) -> Option<&'static str> {
    if let Some(row) = BY_NAME.get(unit) {
        return row.dimension;
    }
    if let Some((plain, _)) = unit.split_once(" per ") {
        return (dimension(plain) == Some("length")).then_some("speed");
    }
    let (first, base) = unit.split_once(' ')?;
    match first {
        "square" => Some("area"),
        "cubic" => Some("volume"),
        _ => dimension(base),
    }
}

/// Returns the unit of one letter that is glued to its number: "5m", "10W".
fn letter_unit(word: &str) -> Option<&'static str> {
    Some(match word {
        "m" => "metre",
        "g" => "gram",
        "w" => "watt",
        "v" => "volt",
        "l" => "litre",
        "c" => "celsius",
        "f" => "fahrenheit",
        "p" => "penny",
        "t" => "tonne",
        "h" => "hour",
        "s" => "second",
        _ => return None,
    })
}

/// Returns the unit of time that a word names, in the singular.
fn time_unit(word: &str) -> Option<&'static str> {
    use rashomon_core::TimeUnit as Unit;
    let (unit, _) = words::unit(word)?;
    Some(match unit {
        Unit::Second => "second",
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::Year => "year",
        Unit::Decade => "decade",
        Unit::Century => "century",
    })
}

/// A unit as read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    /// The piece after it.
    pub(super) end: usize,
    /// Its name.
    pub(super) name: String,
    /// True for a unit of time.
    pub(super) time: bool,
}

/// Returns the unit that stands at `index`, after a number: "percent", "per cent", "square miles", "miles per hour".
pub(super) fn unit_at(pieces: &Pieces<'_>, index: usize) -> Option<Unit> {
    let word = pieces.lower(index);
    let named = |name: &str, end: usize| Some((name.to_owned(), end, false));
    let (mut name, mut end, time) = compound_unit(pieces, index)
        .or_else(|| unit_word(word).and_then(|unit| named(unit, index + 1)))
        .or_else(|| Some((time_unit(word)?.to_owned(), index + 1, true)))
        .or_else(|| {
            is_letter_unit(pieces, index)
                .then(|| letter_unit(word))
                .flatten()
                .and_then(|unit| named(unit, index + 1))
        })
        .or_else(|| national_money(pieces, index).map(|(name, end)| (name, end, false)))?;
    if name == "degree" {
        let from = pieces.after_stop(end);
        let scale = match pieces.lower(from) {
            "c" => "celsius",
            "f" => "fahrenheit",
            word => unit_word(word)
                .filter(|&unit| matches!(unit, "celsius" | "fahrenheit"))
                .unwrap_or_default(),
        };
        if !scale.is_empty() {
            scale.clone_into(&mut name);
            end = from + 1;
        }
    }
    // "km2", "m²"
    if dimension(&name) == Some("length") && pieces.glued(end) {
        let power = match pieces.lower(end) {
            "2" | "²" => Some("square"),
            "3" | "³" => Some("cubic"),
            _ => None,
        };
        if let Some(power) = power {
            name = format!("{power} {name}");
            end += 1;
        } else if pieces.number(end).is_some() {
            // "12m212" is a code.
            return None;
        }
    }
    if name == "kilometre" && pieces.lower(end) == "/" && pieces.lower(end + 1) == "h" {
        return Some(Unit {
            end: end + 2,
            name: "kilometre per hour".to_owned(),
            time: false,
        });
    }
    if let Some((rate, after)) = rate_at(pieces, end) {
        name = format!("{name} per {rate}");
        end = after;
    }
    Some(Unit { end, name, time })
}

/// Returns a unit of several words and the piece after it: "percentage points", "square miles", "pound-feet".
fn compound_unit(pieces: &Pieces<'_>, index: usize) -> Option<(String, usize, bool)> {
    let next = pieces.lower(index + 1);
    let after_hyphen = pieces.lower(index + 2);
    let hyphen = next == "-" && pieces.glued(index + 1);
    match pieces.lower(index) {
        "per" if next == "cent" => Some(("percent".to_owned(), index + 2, false)),
        word @ ("percentage" | "basis") if matches!(next, "point" | "points") => {
            Some((format!("{word} point"), index + 2, false))
        }
        "parts" | "part" if next == "per" => match after_hyphen {
            "million" => Some(("part per million".to_owned(), index + 3, false)),
            "billion" => Some(("parts-per-billion".to_owned(), index + 3, false)),
            _ => None,
        },
        "pound" | "pounds" | "lb" | "lbs" if hyphen && unit_word(after_hyphen) == Some("foot") => {
            Some(("pound-foot".to_owned(), index + 3, false))
        }
        "foot" | "ft" if hyphen && unit_word(after_hyphen) == Some("pound") => {
            Some(("pound-foot".to_owned(), index + 3, false))
        }
        "light" if hyphen && matches!(after_hyphen, "year" | "years") => {
            Some(("light-year".to_owned(), index + 3, false))
        }
        word @ ("square" | "cubic" | "sq" | "nautical" | "metric") => {
            let at = pieces.after_stop(index + 1);
            let unit = unit_word(pieces.lower(at)).or((pieces.lower(at) == "m").then_some("metre"))?;
            let kind = if word == "sq" { "square" } else { word };
            Some((format!("{kind} {unit}"), at + 1, false))
        }
        "m" if next == "." && after_hyphen == "p" && pieces.lower(index + 4) == "h" => {
            Some(("mile per hour".to_owned(), pieces.after_stop(index + 5), false))
        }
        _ => None,
    }
}

/// Returns true where a letter may be a unit: glued to its number, "5m", or a capital or an "m" that stands alone.
fn is_letter_unit(pieces: &Pieces<'_>, index: usize) -> bool {
    let next = index + 1;
    if pieces.glued(index) {
        return !(pieces.is_word(next) && pieces.glued(next));
    }
    match pieces.lower(index) {
        "w" | "v" | "c" => pieces.capital(index) && !pieces.glued(next),
        "m" => {
            !pieces.capital(index)
                && (!pieces.is_word(next)
                    || matches!(
                        pieces.lower(next),
                        "x" | "by" | "long" | "tall" | "high" | "wide" | "deep"
                    ))
        }
        _ => false,
    }
}

/// Returns money with its country and the piece after it: "Australian dollars", "Hong Kong dollars", "US dollars".
fn national_money(pieces: &Pieces<'_>, index: usize) -> Option<(String, usize)> {
    if !pieces.capital(index) {
        return None;
    }
    let (country, at) = match (pieces.lower(index), pieces.lower(index + 1)) {
        ("us" | "american", _) => ("US", index + 1),
        ("u", ".") if pieces.lower(index + 2) == "s" => ("US", pieces.after_stop(index + 3)),
        ("hong", "kong") => ("Hong Kong", index + 2),
        ("new", "zealand") => ("New Zealand", index + 2),
        ("british", _) => ("British", index + 1),
        (
            "australian" | "canadian" | "singapore" | "taiwan" | "swiss" | "mexican" | "indian" | "pakistani"
            | "chinese" | "japanese" | "philippine" | "egyptian" | "turkish" | "brazilian" | "argentine"
            | "chilean" | "colombian" | "iranian" | "israeli" | "russian" | "malaysian" | "sudanese"
            | "syrian" | "lebanese",
            _,
        ) => ("", index + 1),
        _ => return None,
    };
    let word = pieces.lower(at);
    let money = unit_word(word).filter(|&unit| dimension(unit) == Some("money") || unit == "pound")?;
    let singular = if money == "$" { "dollar" } else { money };
    let name = match (country, singular) {
        ("US", "dollar") => "$".to_owned(),
        ("British", "pound") => "£".to_owned(),
        ("US" | "British", _) => return None,
        ("", _) => {
            let word = pieces.lower(index);
            let mut letters = word.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase())?;
            let country = format!("{first}{}", letters.as_str());
            if money.starts_with(country.as_str()) {
                money.to_owned()
            } else {
                format!("{country} {singular}")
            }
        }
        (country, _) => format!("{country} {singular}"),
    };
    Some((name, at + 1))
}

/// Returns what comes after "per", "a" or "/" where it makes a rate: "per barrel", "a month"; and the piece after it.
pub(super) fn rate_at(pieces: &Pieces<'_>, index: usize) -> Option<(String, usize)> {
    let from = pieces.after_hyphen(index);
    let word = pieces.lower(from + 1);
    match pieces.lower(from) {
        "per" => {
            let next = if pieces.lower(from + 1) == "-" {
                from + 2
            } else {
                from + 1
            };
            let word = pieces.lower(next);
            let singular = match word {
                "annum" => "year",
                _ => time_unit(word).or_else(|| unit_word(word)).unwrap_or(word),
            };
            (pieces.is_word(next) && word != "cent" && word != "capita")
                .then(|| (singular.to_owned(), next + 1))
        }
        "a" | "an" => {
            let next = pieces.after_hyphen(from + 1);
            let unit = time_unit(pieces.lower(next)).or_else(|| match pieces.lower(next) {
                word @ ("share" | "barrel" | "gallon" | "ounce" | "pound" | "ton" | "tonne" | "head"
                | "person" | "dozen" | "litre" | "liter") => Some(match word {
                    "share" => "share",
                    "head" => "head",
                    "person" => "person",
                    "dozen" => "dozen",
                    _ => unit_word(word)?,
                }),
                _ => None,
            })?;
            if matches!(pieces.lower(next + 1), "ago" | "earlier" | "later" | "before") {
                return None;
            }
            (words::unit(pieces.lower(next)).is_none_or(|(_, plural)| !plural))
                .then(|| (unit.to_owned(), next + 1))
        }
        "/" if pieces.glued(from) => {
            let unit = unit_word(word)
                .or_else(|| time_unit(word))
                .or_else(|| letter_unit(word))?;
            Some((unit.to_owned(), from + 2))
        }
        _ => None,
    }
}

/// Returns the money that a sign, or letters before an amount, name, and its first piece: "$", "US$", "Rs", "USD".
/// `index` is the piece of the number.
pub(super) fn money_before(pieces: &Pieces<'_>, index: usize) -> Option<(String, usize)> {
    let mut at = index.checked_sub(1)?;
    if pieces.lower(at) == "." && pieces.before(at) == "rs" {
        return Some(("rupee".to_owned(), at - 1));
    }
    if pieces.lower(at) == "-" && at >= 1 && pieces.lower(at - 1) == "$" && pieces.glued(index) {
        at -= 1;
    }
    // "$US160 million", "$A5"
    if at >= 1 && pieces.lower(at - 1) == "$" && pieces.glued(at) && pieces.glued(index) {
        return dollars_of(pieces.lower(at)).map(|name| (name.to_owned(), at - 1));
    }
    let sign = match pieces.lower(at) {
        "$" => {
            let country = at.checked_sub(1).and_then(|before| {
                let name = dollars_of(pieces.lower(before))?;
                (pieces.width(before) > 1 || pieces.glued(at)).then_some(name)
            });
            return Some(match country {
                Some(name) => (name.to_owned(), at - 1),
                None => ("$".to_owned(), at),
            });
        }
        "usd" => "$",
        "£" | "gbp" => "£",
        "€" | "eur" => "€",
        "¥" => "Japanese yen",
        "₹" => "Indian rupee",
        "rs" => "rupee",
        "₩" => "won",
        "₽" => "rouble",
        "₪" => "shekel",
        "rm" if pieces.capital(at) => "Malaysian ringgit",
        // Texts that lost all but ASCII write "PS2.7m" for pounds and "Y300bn" for yen.
        "ps" if is_lost_sign(pieces, at) => "£",
        "y" if is_lost_sign(pieces, at) => "Japanese yen",
        // The same for yen: "Y=5,182".
        "=" if pieces.before(at) == "y"
            && pieces.glued(at)
            && pieces.glued(index)
            && pieces.capital(at - 1) =>
        {
            return Some(("Japanese yen".to_owned(), at - 1));
        }
        code if code.len() == 3 && pieces.is_word(at) => BY_WORD
            .get(code)
            .filter(|row| row.dimension == Some("money") && is_code(code))
            .map(|row| row.name)?,
        _ => return None,
    };
    Some((sign.to_owned(), at))
}

/// Returns the dollar of a country by the letters before or after its sign.
fn dollars_of(letters: &str) -> Option<&'static str> {
    Some(match letters {
        "us" | "u.s" => "$",
        "hk" => "Hong Kong dollar",
        "a" | "au" => "Australian dollar",
        "c" | "ca" => "Canadian dollar",
        "s" => "Singapore dollar",
        "nz" => "New Zealand dollar",
        "r" => "Brazilian real",
        _ => return None,
    })
}

/// Returns true for the codes of money that stand before their number.
pub(super) fn is_code(word: &str) -> bool {
    matches!(
        word,
        "usd"
            | "eur"
            | "gbp"
            | "inr"
            | "jpy"
            | "cny"
            | "rmb"
            | "chf"
            | "nis"
            | "krw"
            | "myr"
            | "aud"
            | "cad"
            | "hkd"
            | "nzd"
            | "sgd"
            | "aed"
            | "brl"
            | "mxn"
    )
}

/// Returns true where the capitals at `at` stand for a sign of money that the text lost: glued to an amount that no
/// name has, "PS2.7m", "PS21,700".
pub(super) fn is_lost_sign(pieces: &Pieces<'_>, at: usize) -> bool {
    let number = at + 1;
    let scaled = pieces.glued(number + 1) && matches!(pieces.lower(number + 1), "m" | "bn" | "k" | "b")
        || crate::times::numbers::scale(pieces.lower(number + 1)).is_some();
    matches!(pieces.lower(at), "ps" | "y")
        && pieces.capital(at)
        && (!pieces.glued(at) || pieces.before(at) == "(")
        && pieces.glued(number)
        && pieces.number(number).is_some()
        && (scaled || pieces.lower(number).contains([',', '.']))
}
