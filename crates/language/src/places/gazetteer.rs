//! The gazetteer: one sorted text, searched without loading anything.

/// What a line of the gazetteer names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceKind {
    /// A country.
    Country,
    /// The capital of a country.
    Capital,
    /// Another city.
    City,
    /// A first-level region of a country.
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
}

/// The gazetteer's text: see `models/gazetteer.md`.
static TEXT: &str = include_str!("../../../../models/gazetteer.tsv");

/// Returns the places of a folded name, the most populous first.
pub(crate) fn lookup(key: &str) -> impl Iterator<Item = GazetteerPlace> {
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
    let (mut low, mut high) = (0, bytes.len());
    // `low` and `high` are starts of lines or the end; every line before `low` has a smaller key, the one at `high` not.
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[..middle]
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |end| end + 1)
            .max(low);
        let line = TEXT[start..].lines().next().unwrap_or_default();
        if line_key(line) < key {
            low = (start + line.len() + 1).min(bytes.len());
        } else {
            high = start;
        }
    }
    low
}

fn line_key(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default()
}

fn parse(line: &'static str) -> Option<GazetteerPlace> {
    let mut fields = line.split('\t').skip(1);
    Some(GazetteerPlace {
        name: fields.next()?,
        kind: match fields.next()? {
            "country" => PlaceKind::Country,
            "capital" => PlaceKind::Capital,
            "city" => PlaceKind::City,
            "region" => PlaceKind::Region,
            _ => PlaceKind::Area,
        },
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
            assert!(lookup(line_key(line)).any(|found| found == place), "{line}");
        }
    }

    #[test]
    fn names_that_are_not_there_are_not_found() {
        for key in ["zzzz", "", "port amber"] {
            assert_eq!(lookup(key).next(), None);
        }
    }
}
