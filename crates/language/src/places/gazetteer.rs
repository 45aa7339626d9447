//! The gazetteer: one sorted text, searched without loading anything.

use std::sync::LazyLock;

/// What a line of the gazetteer names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceKind {
    /// A country.
    Country,
    /// The capital of a country.
    Capital,
    /// Another city or town.
    City,
    /// A region of a country, of the first or second level.
    Region,
    /// A continent, a sea, a river, a well-known part of a country.
    Area,
}

/// A place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct GazetteerPlace {
    /// Its usual name.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) kind: PlaceKind,
    /// Its country as an ISO 3166 code; empty for none.
    pub(crate) country: &'static str,
    /// Its first-level region in GeoNames; empty for none.
    pub(crate) admin1: &'static str,
    /// Degrees north.
    pub(crate) latitude: f64,
    /// Degrees east.
    pub(crate) longitude: f64,
    /// Its number in GeoNames.
    pub(crate) geonames: Option<u32>,
    /// How many people live there.
    pub(crate) population: u64,
    /// Too little known to make a name that of a place: a town of less than 15,000 people, a second-level region.
    pub(crate) minor: bool,
}

/// The gazetteer's text: see `models/gazetteer.md`.
static TEXT: &str = include_str!("../../../../models/gazetteer.tsv");

/// Returns the well-known places of a folded name, the most populous first.
pub(crate) fn lookup(key: &str) -> impl Iterator<Item = GazetteerPlace> {
    lookup_all(key).filter(|place| !place.minor)
}

/// Returns all places of a folded name: the well-known ones first, each part from the most populous on.
pub(crate) fn lookup_all(key: &str) -> impl Iterator<Item = GazetteerPlace> {
    let first = if key.is_empty() {
        TEXT.len()
    } else {
        first_line(key)
    };
    TEXT[first..]
        .lines()
        .take_while(move |line| line_key(line) == key)
        .filter_map(parse)
}

/// Returns where the first line starts whose key is not before `key`.
fn first_line(key: &str) -> usize {
    let bytes = TEXT.as_bytes();
    let (mut low, mut high) = near_lines(key);
    // `low` and `high` are starts of lines or the end; every line before `low` has a smaller key, the one at `high` not.
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[..middle]
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |end| end + 1)
            .max(low);
        if is_before(&bytes[start..], key.as_bytes()) {
            let end = bytes[middle..].iter().position(|&byte| byte == b'\n');
            low = end.map_or(bytes.len(), |end| middle + end + 1);
        } else {
            high = start;
        }
    }
    low
}

/// The text is parted in pieces of so many bytes.
const PIECE: usize = 4096;

/// Returns starts of lines between which the first line stands whose key is not before `key`: what the first letters of the
/// pieces tell. They are kept side by side, where half of a search looks at the same few.
fn near_lines(key: &str) -> (usize, usize) {
    static PIECES: LazyLock<Vec<(u64, u32)>> = LazyLock::new(|| {
        let bytes = TEXT.as_bytes();
        (0..bytes.len())
            .step_by(PIECE)
            .filter_map(|piece| {
                let end = bytes[piece..].iter().position(|&byte| byte == b'\n')?;
                let start = piece + end + 1;
                let line = bytes.get(start..).filter(|line| !line.is_empty())?;
                Some((first_letters(line), start as u32))
            })
            .collect()
    });
    let letters = first_letters(key.as_bytes());
    let start_of = |piece: Option<&(u64, u32)>| piece.map(|&(_, start)| start as usize);
    let low = PIECES.partition_point(|&(first, _)| first < letters);
    let high = low + PIECES[low..].partition_point(|&(first, _)| first == letters);
    (
        start_of(low.checked_sub(1).and_then(|before| PIECES.get(before))).unwrap_or(0),
        start_of(PIECES.get(high)).unwrap_or(TEXT.len()),
    )
}

/// Returns the first eight bytes of the key that `text` begins with as a number, in the order of the keys.
fn first_letters(text: &[u8]) -> u64 {
    let letters = text
        .iter()
        .take_while(|&&byte| byte != b'\t' && byte != b'\n')
        .take(8);
    let (number, count) = letters.fold((0, 0), |(number, count), &byte| {
        (number << 8 | u64::from(byte), count + 1)
    });
    number.checked_shl(64 - 8 * count).unwrap_or(0)
}

/// Returns true where the key of the line that `text` begins with comes before `key`. It looks at no more of the line than it
/// must: a search asks for some twenty lines.
fn is_before(text: &[u8], key: &[u8]) -> bool {
    let same = text
        .iter()
        .zip(key)
        .take_while(|(own, their)| own == their)
        .count();
    match (text.get(same), key.get(same)) {
        (_, None) => false,
        (None | Some(b'\t' | b'\n'), Some(_)) => true,
        (Some(own), Some(their)) => own < their,
    }
}

fn line_key(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default()
}

fn parse(line: &'static str) -> Option<GazetteerPlace> {
    let mut fields = line.split('\t').skip(1);
    let name = fields.next()?;
    let kind = fields.next()?;
    Some(GazetteerPlace {
        name,
        kind: match kind {
            "country" => PlaceKind::Country,
            "capital" => PlaceKind::Capital,
            "city" | "town" => PlaceKind::City,
            "region" | "county" => PlaceKind::Region,
            _ => PlaceKind::Area,
        },
        minor: matches!(kind, "town" | "county"),
        country: fields.next()?,
        admin1: fields.next()?,
        latitude: fields.next()?.parse().ok()?,
        longitude: fields.next()?.parse().ok()?,
        geonames: fields.next()?.parse().ok(),
        population: fields.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_sorted_and_every_line_is_found() {
        let mut last = "";
        for line in TEXT.lines() {
            let key = line_key(line);
            assert!(key >= last, "{key} stands after {last}");
            assert_eq!(crate::fold_name(key), key);
            last = key;
        }
        for line in TEXT.lines().step_by(97).chain(TEXT.lines().last()) {
            let place = parse(line).unwrap();
            assert!(lookup_all(line_key(line)).any(|found| found == place), "{line}");
        }
    }

    #[test]
    fn names_that_are_not_there_are_not_found() {
        for key in ["zzzz", "", "port amber"] {
            assert_eq!(lookup(key).next(), None);
        }
    }
}
