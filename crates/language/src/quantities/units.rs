//! Units of measure and money.

use crate::times::pieces::Pieces;
use crate::times::words;

/// Returns the unit that a word or mark names, in the singular and in full; money by its sign.
pub(super) fn unit_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "%" | "percent" | "pct" | "pc" => "percent",
        "km" | "kms" | "kilometer" | "kilometers" | "kilometre" | "kilometres" => "kilometre",
        "meter" | "meters" | "metre" | "metres" => "metre",
        "cm" | "centimeter" | "centimeters" | "centimetre" | "centimetres" => "centimetre",
        "mm" | "millimeter" | "millimeters" | "millimetre" | "millimetres" => "millimetre",
        "mile" | "miles" => "mile",
        "yard" | "yards" => "yard",
        "foot" | "feet" | "ft" => "foot",
        "inch" | "inches" => "inch",
        "kg" | "kgs" | "kilo" | "kilos" | "kilogram" | "kilograms" | "kilogramme" | "kilogrammes" => {
            "kilogram"
        }
        "gram" | "grams" | "gramme" | "grammes" => "gram",
        "mg" | "milligram" | "milligrams" => "milligram",
        "ton" | "tons" => "ton",
        "tonne" | "tonnes" => "tonne",
        "lb" | "lbs" | "pound" | "pounds" => "pound",
        "ounce" | "ounces" | "oz" => "ounce",
        "liter" | "liters" | "litre" | "litres" => "litre",
        "ml" | "milliliter" | "milliliters" | "millilitre" | "millilitres" => "millilitre",
        "gallon" | "gallons" => "gallon",
        "barrel" | "barrels" => "barrel",
        "mph" => "mile per hour",
        "mpg" => "mile per gallon",
        "kph" | "kmh" => "kilometre per hour",
        "knot" | "knots" => "knot",
        "rpm" => "revolutions per minute",
        "watt" | "watts" => "watt",
        "kw" | "kilowatt" | "kilowatts" => "kilowatt",
        "mw" | "megawatt" | "megawatts" => "megawatt",
        "gw" | "gigawatt" | "gigawatts" => "gigawatt",
        "kwh" => "kilowatt hour",
        "mwh" => "megawatt hour",
        "gwh" => "gigawatt hour",
        "hp" | "horsepower" => "horsepower",
        "bhp" => "brake horsepower",
        "nm" => "newton metre",
        "volt" | "volts" => "volt",
        "mah" => "milliampere-hour",
        "hz" | "hertz" => "hertz",
        "khz" => "kilohertz",
        "mhz" => "megahertz",
        "ghz" => "gigahertz",
        "kb" | "kilobyte" | "kilobytes" => "kilobyte",
        "mb" | "megabyte" | "megabytes" => "megabyte",
        "gb" | "gigabyte" | "gigabytes" => "gigabyte",
        "tb" | "terabyte" | "terabytes" => "terabyte",
        "db" | "decibel" | "decibels" => "decibel",
        "mpa" => "megapascal",
        "acre" | "acres" => "acre",
        "hectare" | "hectares" => "hectare",
        "sqm" => "square metre",
        "°" | "degree" | "degrees" => "degree",
        "celsius" => "celsius",
        "fahrenheit" => "fahrenheit",
        "ppm" => "part per million",
        "ppb" => "parts-per-billion",
        "magnitude" => "magnitude",
        "dollar" | "dollars" | "usd" | "dlrs" => "$",
        "euro" | "euros" | "eur" => "€",
        "gbp" => "£",
        "cent" | "cents" => "cent",
        "pence" => "pence",
        "yen" | "jpy" => "yen",
        "yuan" | "renminbi" | "rmb" | "cny" => "yuan",
        "rupee" | "rupees" | "inr" => "rupee",
        "ruble" | "rubles" | "rouble" | "roubles" | "rub" => "rouble",
        "won" | "krw" => "won",
        "shekel" | "shekels" | "nis" => "shekel",
        "franc" | "francs" | "chf" => "franc",
        "peso" | "pesos" => "peso",
        "real" | "reais" => "real",
        "rand" => "rand",
        "naira" => "naira",
        "lira" | "liras" => "lira",
        "hryvnia" | "hryvnias" => "hryvnia",
        _ => return None,
    })
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
        "p" => "pence",
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
    let (mut name, mut end, time) = if word == "per" && pieces.lower(index + 1) == "cent" {
        ("percent".to_owned(), index + 2, false)
    } else if matches!(word, "percentage" | "basis") && matches!(pieces.lower(index + 1), "point" | "points")
    {
        (format!("{word} point"), index + 2, false)
    } else if matches!(word, "square" | "cubic" | "sq" | "nautical" | "metric") {
        let unit = unit_word(pieces.lower(pieces.after_stop(index + 1)))?;
        let kind = if word == "sq" { "square" } else { word };
        (format!("{kind} {unit}"), pieces.after_stop(index + 1) + 1, false)
    } else if word == "m"
        && pieces.lower(index + 1) == "."
        && pieces.lower(index + 2) == "p"
        && pieces.lower(index + 4) == "h"
    {
        ("mile per hour".to_owned(), pieces.after_stop(index + 5), false)
    } else if let Some(unit) = unit_word(word) {
        (unit.to_owned(), index + 1, false)
    } else if let Some(unit) = time_unit(word) {
        (unit.to_owned(), index + 1, true)
    } else if pieces.glued(index)
        && !(pieces.is_word(index + 1) && pieces.glued(index + 1))
        && let Some(unit) = letter_unit(word)
    {
        (unit.to_owned(), index + 1, false)
    } else {
        return None;
    };
    if name == "degree" {
        let scale = match pieces.lower(end) {
            "celsius" | "c" => "celsius",
            "fahrenheit" | "f" => "fahrenheit",
            _ => "",
        };
        if !scale.is_empty() {
            scale.clone_into(&mut name);
            end += 1;
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
            let singular = time_unit(word).or_else(|| unit_word(word)).unwrap_or(word);
            (pieces.is_word(next) && word != "cent" && word != "capita")
                .then(|| (singular.to_owned(), next + 1))
        }
        "a" | "an" => {
            let next = pieces.after_hyphen(from + 1);
            let unit = time_unit(pieces.lower(next)).or_else(|| match pieces.lower(next) {
                word @ ("share" | "barrel" | "gallon" | "ounce" | "pound" | "ton" | "tonne" | "head"
                | "person" | "litre" | "liter") => Some(match word {
                    "share" => "share",
                    "head" => "head",
                    "person" => "person",
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
    let sign = match pieces.lower(at) {
        "$" => {
            let country = at.checked_sub(1).map_or("", |before| match pieces.lower(before) {
                "hk" => "HK$",
                "us" | "u.s" => "$",
                "a" if pieces.glued(at) => "A$",
                "c" if pieces.glued(at) => "C$",
                "s" if pieces.glued(at) => "S$",
                "nz" => "NZ$",
                "r" if pieces.glued(at) => "R$",
                "au" => "A$",
                "ca" => "C$",
                _ => "",
            });
            if country.is_empty() {
                return Some(("$".to_owned(), at));
            }
            return Some((country.to_owned(), at - 1));
        }
        "usd" => "$",
        "£" | "gbp" => "£",
        "€" | "eur" => "€",
        "¥" | "jpy" => "yen",
        "₹" | "rs" | "inr" => "rupee",
        "₩" | "krw" => "won",
        "₽" => "rouble",
        "₪" | "nis" => "shekel",
        "rm" | "myr" if pieces.capital(at) => "RM",
        "cny" | "rmb" => "yuan",
        "chf" => "franc",
        _ => return None,
    };
    Some((sign.to_owned(), at))
}

/// Returns true for units that reports give twice, the second time in brackets: "10 kilometers (six miles)".
pub(super) fn is_measure(unit: &str) -> bool {
    matches!(
        unit.split(" per ").next().unwrap_or_default(),
        "kilometre"
            | "metre"
            | "centimetre"
            | "millimetre"
            | "mile"
            | "nautical mile"
            | "yard"
            | "foot"
            | "inch"
            | "kilogram"
            | "gram"
            | "ton"
            | "tonne"
            | "metric ton"
            | "pound"
            | "ounce"
            | "litre"
            | "gallon"
            | "degree"
            | "celsius"
            | "fahrenheit"
            | "acre"
            | "hectare"
            | "knot"
            | "square kilometre"
            | "square mile"
            | "square metre"
            | "square foot"
    )
}
