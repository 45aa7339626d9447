//! Numbers that are no quantities: parts of names, scores, versions, addresses, telephone numbers.

use rashomon_core::NumberKind;

use super::units;
use crate::times::numbers::{Number, scale};
use crate::times::pieces::{PieceKind, Pieces};

/// Words after which a number is a label: "Flight 370", "page 4".
const LABELS: &[&str] = &[
    "act",
    "apollo",
    "article",
    "appendix",
    "b",
    "boeing",
    "airbus",
    "catch",
    "channel",
    "chapter",
    "clause",
    "class",
    "covid",
    "division",
    "exhibit",
    "exit",
    "figure",
    "flight",
    "formula",
    "gate",
    "grade",
    "group",
    "highway",
    "interstate",
    "iphone",
    "galaxy",
    "item",
    "level",
    "line",
    "mark",
    "model",
    "no",
    "number",
    "page",
    "paragraph",
    "part",
    "phase",
    "pier",
    "platform",
    "playstation",
    "xbox",
    "psalm",
    "resolution",
    "room",
    "route",
    "rule",
    "season",
    "section",
    "series",
    "sector",
    "stage",
    "step",
    "study",
    "super",
    "table",
    "terminal",
    "tier",
    "title",
    "track",
    "type",
    "unit",
    "verse",
    "version",
    "volume",
    "ward",
    "windows",
    "zone",
    "nos",
    "episode",
    "game",
    "round",
    "lap",
    "pick",
    "ak",
    "proposition",
    "prop",
    "bill",
    // Indexes of shares.
    "p",
    "ftse",
    "nasdaq",
    "russell",
    "fortune",
    "nikkei",
    "stoxx",
    "csi",
    "cac",
    "dax",
];

/// Words that close an address after a number: "221 Mill Road".
const STREETS: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "drive",
    "boulevard",
    "blvd",
    "square",
    "place",
    "court",
    "terrace",
];

/// Returns true where the number in the pieces `at..number.end` is none that counts or measures.
pub(super) fn is_no_quantity(pieces: &Pieces<'_>, at: usize, number: &Number, money: bool) -> bool {
    is_glued_to_name(pieces, at)
        || is_code_or_year(pieces, at, number)
        || is_version_or_clock(pieces, at, number)
        || (!money && !number.scaled && is_label(pieces, at, number))
        || is_address(pieces, at, number)
}

/// "F-16", "A320", "COVID-19": something is glued before the number.
fn is_glued_to_name(pieces: &Pieces<'_>, at: usize) -> bool {
    if !pieces.glued(at) || at == 0 {
        return false;
    }
    let Some(before) = pieces.get(at - 1) else {
        return false;
    };
    match before.kind {
        PieceKind::Word => {
            let word = before.lower.as_ref();
            let dollars = at >= 2
                && pieces.lower(at - 2) == "$"
                && pieces.glued(at - 1)
                && matches!(word, "us" | "a" | "c" | "s" | "hk" | "nz" | "au" | "ca");
            !(matches!(word, "rs" | "rm")
                || units::is_code(word)
                || dollars
                || units::is_lost_sign(pieces, at - 1))
        }
        PieceKind::Number => true,
        PieceKind::Mark => match before.lower.as_ref() {
            "-" => {
                let word_before = at >= 2 && pieces.glued(at - 1);
                if at >= 2 && pieces.capital(at - 2) && LABELS.contains(&pieces.lower(at - 2)) {
                    // "COVID -19"
                    return true;
                }
                word_before
                    && !matches!(
                        pieces.lower(at - 2),
                        "minus" | "sub" | "to" | "mid" | "plus" | "now" | "then"
                    )
                    && (pieces.is_word(at - 2) || pieces.number(at - 2).is_some())
            }
            "#" | "@" | "_" | "&" | "\\" => true,
            // "the ID.7": a name with a stop.
            "." => at >= 2 && pieces.glued(at - 1) && pieces.is_word(at - 2),
            _ => false,
        },
    }
}

/// "000", "0401 GMT", "the 2018s", "in his 30s": digits that are written as no number is.
fn is_code_or_year(pieces: &Pieces<'_>, at: usize, number: &Number) -> bool {
    let written = pieces.lower(at);
    let next = pieces.lower(number.end);
    let year = number.digits && written.len() == 4 && (1000.0..=2100.0).contains(&number.value);
    number.digits && written.len() > 1 && written.bytes().all(|byte| byte == b'0')
        || written.len() == 4 && matches!(next, "gmt" | "utc" | "hrs")
        || (year || is_tens(number)) && next == "s" && pieces.glued(number.end)
}

/// Twenty to ninety: with an "s" they are the years of somebody's life, or a decade, or temperatures.
fn is_tens(number: &Number) -> bool {
    (20.0..=90.0).contains(&number.value) && number.value % 10.0 == 0.0
}

/// "1.5.3", "9:25", "24/7", "555-0142".
fn is_version_or_clock(pieces: &Pieces<'_>, at: usize, number: &Number) -> bool {
    let digits_at = |index: usize| {
        pieces
            .get(index)
            .is_some_and(|piece| piece.kind == PieceKind::Number)
    };
    let joined_after = matches!(pieces.lower(number.end), "." | ":" | "/" | "@" | "_")
        && pieces.glued(number.end)
        && pieces.glued(number.end + 1)
        && digits_at(number.end + 1);
    let joined_before = at >= 2
        && matches!(pieces.lower(at - 1), "." | ":" | "/" | "_")
        && pieces.glued(at)
        && pieces.glued(at - 1)
        && digits_at(at - 2);
    joined_after || joined_before || is_telephone(pieces, at, number)
}

/// "555-0142", "+1 (555) 555-0142".
fn is_telephone(pieces: &Pieces<'_>, at: usize, number: &Number) -> bool {
    let digits_at = |index: usize| {
        pieces
            .get(index)
            .is_some_and(|piece| piece.kind == PieceKind::Number)
    };
    let telephone = number.digits
        && pieces.lower(number.end) == "-"
        && pieces.glued(number.end + 1)
        && digits_at(number.end + 1)
        && pieces.glued(number.end)
        && pieces.width(number.end + 1) >= 3
        && pieces.width(at) >= 3
        && !pieces.lower(at).contains([',', '.'])
        && !pieces.lower(number.end + 1).contains([',', '.'])
        && (pieces.width(at) != pieces.width(number.end + 1)
            || pieces.lower(number.end + 2) == "-" && pieces.glued(number.end + 2));
    // "+1 (555) 555-0142": the code of a country, and of a region.
    let next = pieces.lower(number.end);
    let country = number.digits
        && pieces.before(at) == "+"
        && pieces.glued(at)
        && (next == "(" || next == "-" || digits_at(number.end));
    let region = number.digits
        && pieces.before(at) == "("
        && next == ")"
        && digits_at(number.end + 1)
        && pieces.lower(number.end + 2) == "-"
        && digits_at(number.end + 3);
    telephone || country || region
}

/// "Flight 370", "Big 12", "No. 5", "1. First".
fn is_label(pieces: &Pieces<'_>, at: usize, number: &Number) -> bool {
    let plain = number.digits && number.value.fract() == 0.0 && !pieces.lower(at).contains(',');
    if at == 0 {
        // "1. First": the number of a list.
        return plain
            && number.value < 100.0
            && matches!(pieces.lower(number.end), "." | ")")
            && pieces.is_word(number.end + 1);
    }
    let stop = pieces.before(at) == "." && pieces.glued(at - 1);
    // "February 31": no day, and no number of anything either.
    let month = at >= 2 && stop && crate::times::words::month(pieces.lower(at - 2)).is_some()
        || pieces.capital(at - 1) && crate::times::words::month(pieces.before(at)).is_some();
    if plain && month && number.value <= 31.0 && pieces.width(at) <= 2 && !pieces.is_word(number.end) {
        return true;
    }
    // "31 February"
    let day = plain && number.value <= 31.0 && pieces.width(at) <= 2 && pieces.capital(number.end);
    if day && crate::times::words::month(pieces.lower(number.end)).is_some() {
        return true;
    }
    let before_at = if at >= 2 && (stop || pieces.before(at) == "-") {
        at - 2
    } else {
        at - 1
    };
    let label = pieces.lower(before_at);
    let measured =
        matches!(pieces.lower(number.end), "%" | "°") || units::unit_word(pieces.lower(number.end)).is_some();
    if LABELS.contains(&label)
        && (number.digits || pieces.capital(before_at))
        && before_at == at - 1
        && !measured
    {
        // "Group 15 workers" is rare; "number 15" is not.
        return true;
    }
    if matches!(label, "no" | "nos") && before_at + 2 == at && number.digits {
        return true;
    }
    // A name and a bare number: "Apollo 11", "Big 12"; not "Rhee, 65" and not at the start of a sentence.
    plain
        && before_at == at - 1
        && pieces.is_word(before_at)
        && pieces.capital(before_at)
        && before_at > 0
        && !super::counted::is_function_word(label)
        && crate::times::words::month(label).is_none()
        && crate::times::words::weekday(label).is_none()
        && !matches!(label, "nearly" | "about")
        && (!pieces.is_word(number.end)
            || pieces.capital(number.end)
            || super::trend::word_trend(pieces.lower(number.end)).is_some()
            || super::counted::is_function_word(pieces.lower(number.end)))
        && !matches!(pieces.lower(number.end), "%" | "-" | "°")
        && scale(pieces.lower(number.end)).is_none()
}

/// "221 Mill Road".
fn is_address(pieces: &Pieces<'_>, at: usize, number: &Number) -> bool {
    address_end(pieces, at, number).is_some()
}

/// Returns the piece after an address that begins with the number at `at`.
fn address_end(pieces: &Pieces<'_>, at: usize, number: &Number) -> Option<usize> {
    if !number.digits || number.end != at + 1 {
        return None;
    }
    (number.end + 1..number.end + 4)
        .find(|&index| {
            STREETS.contains(&pieces.lower(index))
                && (number.end..=index).all(|between| pieces.capital(between))
        })
        .map(|index| index + 1)
}

/// Returns of what kind a number is that is no quantity, with the pieces that it takes.
pub(super) fn number_kind(
    pieces: &Pieces<'_>,
    at: usize,
    number: &Number,
) -> Option<(NumberKind, usize, usize)> {
    if let Some(end) = address_end(pieces, at, number) {
        return Some((NumberKind::Address, at, end));
    }
    if is_telephone(pieces, at, number) {
        return Some((NumberKind::Telephone, at, number.end));
    }
    // "1.5.3"
    let mut end = number.end;
    let mut parts = pieces.lower(at).matches('.').count();
    while pieces.lower(end) == "."
        && pieces.glued(end)
        && pieces.glued(end + 1)
        && pieces
            .get(end + 1)
            .is_some_and(|piece| piece.kind == PieceKind::Number)
    {
        end += 2;
        parts += 1;
    }
    if parts >= 2 {
        return Some((NumberKind::Version, at, end));
    }
    let label = (is_glued_to_name(pieces, at) && pieces.is_word(at.saturating_sub(1)))
        || at > 0 && is_label(pieces, at, number);
    label.then_some((NumberKind::Label, at, number.end))
}
