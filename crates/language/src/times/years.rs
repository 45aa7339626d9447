//! Years: "2012", "nineteen ninety-six", "fiscal 1989".

use rashomon_core::{TimeExpression, TimeValue};

use super::numbers::{number_at, ordinal_at, small};
use super::{Hit, Place};

/// Returns the year at `index`, where the piece is one: four digits.
pub(super) fn year_at(place: Place<'_, '_>, index: usize) -> Option<i16> {
    let pieces = place.pieces();
    let year = pieces.plain(index)?;
    let fits = pieces.width(index) == 4 && (1000..=2199).contains(&year);
    // "2012.5" and "2012-13-1" are none; "2012-13" is left to the year alone.
    fits.then(|| i16::try_from(year).ok()).flatten()
}

/// A year that stands alone.
pub(super) fn bare_year(place: Place<'_, '_>) -> Option<Hit> {
    let pieces = place.pieces();
    let at = place.at;
    let year = year_at(place, at)?;
    let before = pieces.before(at);
    let next = pieces.lower(at + 1);
    let glued_before = pieces.glued(at) && !matches!(before, "(" | "-" | "/" | "[" | "'" | "“" | "\"" | "‘");
    let next_is_mark = !pieces.is_word(at + 1);
    // "2024-02-31": a day that does not exist is no year either.
    let day = next == "-"
        && (1..=4).all(|offset| pieces.glued(at + offset))
        && pieces.lower(at + 3) == "-"
        && pieces.plain(at + 2).is_some()
        && pieces.plain(at + 4).is_some();
    if glued_before
        || day
        || matches!(before, "$" | "£" | "€" | "¥" | "rs" | "#" | "no" | "least" | "about" | "some" | "nearly" | "than" | "most" | "to" | "roughly" | "approximately" | "over" | "x" | "exactly" | "only" | "another" | "-" | "for" | "of" | "and")
            && !(1900..=2050).contains(&year)
        || matches!(before, "$" | "£" | "€" | "¥" | "#" | "least" | "some" | "nearly" | "roughly" | "approximately" | "exactly" | "iphone" | "least,")
        || matches!(next, "%" | "°" | "percent" | "per" | "people" | "men" | "women" | "children" | "million" | "rpm" | "km" | "kg" | "miles" | "feet" | "metres" | "meters" | "years" | "hours" | "days")
        || (pieces.glued(at + 1) && (pieces.is_word(at + 1) || matches!(next, "/" | ":" | "@")))
        // "03/04/2025": part of a date that does not tell which way round it is.
        || (before == "/" && pieces.glued(at) && at >= 2 && pieces.number(at - 2).is_some())
        // "555-2012" and "2012-555" are numbers of another kind.
        || (before == "-" && pieces.glued(at) && at >= 2 && pieces.number(at - 2).is_some() && !is_year_like(place, at - 2))
    {
        return None;
    }
    let modern = (1900..=2050).contains(&year);
    // "between 1000 and 1260"
    let second =
        before == "and" && at >= 3 && pieces.lower(at - 3) == "between" && is_year_like(place, at - 2);
    let introduced = second
        || matches!(
            before,
            "in" | "since"
                | "of"
                | "by"
                | "until"
                | "till"
                | "from"
                | "before"
                | "after"
                | "during"
                | "between"
                | "through"
                | "early"
                | "late"
                | "mid"
                | "year"
                | "circa"
                | "the"
                | "summer"
                | "winter"
                | "spring"
                | "fall"
                | "autumn"
                | "'s"
                | "("
                | "his"
                | "her"
                | "their"
                | "its"
                | "back"
                | "around"
                | "a"
                | "fiscal"
                | "election"
        );
    // "2000 troops": a number before a plural that no article introduces.
    let plural = pieces.is_word(at + 1)
        && !pieces.capital(at + 1)
        && next.len() > 3
        && next.ends_with('s')
        && !next.ends_with("ss")
        && !matches!(
            pieces.tag(at + 1),
            Some(
                rashomon_core::PartOfSpeech::Verb
                    | rashomon_core::PartOfSpeech::Aux
                    | rashomon_core::PartOfSpeech::Adv
            )
        )
        && !matches!(next, "as" | "was" | "has" | "is" | "this" | "always" | "perhaps");
    let named = at > 0 && (1990..=2030).contains(&year) && pieces.capital(at - 1);
    if plural && !named && !matches!(before, "the" | "'s" | "his" | "her" | "their" | "its" | "a") {
        return None;
    }
    // "In 1066", not "the 1066 hp engine".
    let describes = matches!(
        before,
        "the" | "a" | "'s" | "his" | "her" | "their" | "its" | "around" | "of"
    );
    if !modern && (!introduced || plural || describes && !next_is_mark) {
        return None;
    }
    let end = at + 1;
    // "the 1988 second quarter", "the 1988 third-quarter"
    if let Some((number, after)) = ordinal_at(pieces, end) {
        let after = pieces.after_hyphen(after);
        if pieces.lower(after) == "quarter" && (1..=4).contains(&number) {
            let quarter = i8::try_from(number).ok()?;
            return Some(Hit::with_article(
                after + 1,
                TimeExpression::Absolute(TimeValue::Quarter(year, quarter)),
            ));
        }
    }
    Some(Hit::new(end, TimeExpression::Absolute(TimeValue::Year(year))))
}

fn is_year_like(place: Place<'_, '_>, index: usize) -> bool {
    year_at(place, index).is_some()
}

/// "nineteen ninety-six" and the piece after it.
pub(super) fn spoken_year(place: Place<'_, '_>, index: usize) -> Option<(i16, usize)> {
    let pieces = place.pieces();
    let century = match pieces.lower(index) {
        "eighteen" => 1800,
        "nineteen" => 1900,
        _ => return None,
    };
    let tens = pieces.after_hyphen(index + 1);
    let year = number_at(pieces, tens)?;
    if year.digits || year.value < 10.0 || year.value >= 100.0 || small(pieces.lower(tens)).is_none() {
        return None;
    }
    Some((century + year.value as i16, year.end))
}

pub(super) fn year_in_words(place: Place<'_, '_>) -> Option<Hit> {
    let (year, end) = spoken_year(place, place.at)?;
    Some(Hit::new(end, TimeExpression::Absolute(TimeValue::Year(year))))
}

/// "fiscal 1989", "FY 2024".
pub(super) fn fiscal_year(place: Place<'_, '_>) -> Option<Hit> {
    if !matches!(place.word(0), "fiscal" | "fy") {
        return None;
    }
    let year = year_at(place, place.at + 1)?;
    Some(Hit::new(
        place.at + 2,
        TimeExpression::Absolute(TimeValue::Year(year)),
    ))
}
