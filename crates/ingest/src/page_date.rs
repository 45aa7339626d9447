//! The instant at which a web page says that it was published.
//!
//! The library that takes pages apart gives a day alone. Most outlets state the instant, for search engines, as
//! `datePublished` of JSON-LD (schema.org) or as the meta tag `article:published_time` (Open Graph).

use rashomon_core::Published;

use crate::dates;

/// Names under which pages state the instant.
const NAMES: [&str; 3] = ["datePublished", "article:published_time", "pubdate"];
/// How far behind a name its value is looked for, in bytes.
const REACH: usize = 100;
/// How many places are looked at for one name.
const PLACES: usize = 8;

/// Returns the date of a page: `day`, which the library found, with the instant where the page states one on that day, or
/// what the page states where the library found none.
pub(crate) fn published(source: &str, library: Option<Published>) -> Option<Published> {
    let day = library.as_ref().and_then(|published| published.day);
    for name in NAMES {
        for (position, _) in source.match_indices(name).take(PLACES) {
            let Some(found) = value_after(source, position + name.len()).and_then(dates::published) else {
                continue;
            };
            if day.is_none() || found.instant.is_some() && found.day == day {
                return Some(found);
            }
        }
    }
    library
}

/// Returns the first text in quotation marks behind `position`, past the mark that ends the name itself.
fn value_after(source: &str, position: usize) -> Option<&str> {
    let mut end = source.len().min(position + REACH);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let after = source.get(position..end)?;
    after
        .split(['"', '\''])
        .find(|value| value.len() >= 8 && value.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(source: &str, day: Option<&str>) -> Option<String> {
        let library = day.map(|day| Published::stated(day.parse().unwrap()));
        let published = published(source, library)?;
        published
            .instant
            .map(|instant| instant.to_string())
            .or(published.day.map(|day| day.to_string()))
    }

    #[test]
    fn the_instant_is_read_where_it_fits_the_day() {
        let script = "<script>{\"datePublished\": \"2025-09-02T14:05:00+02:00\"}</script>";
        assert_eq!(
            instant(script, Some("2025-09-02")).as_deref(),
            Some("2025-09-02T12:05:00Z")
        );
        assert_eq!(instant(script, Some("2025-09-01")).as_deref(), Some("2025-09-01"));
        let meta = "<meta property=\"article:published_time\" content=\"2025-09-02T14:05:00Z\">";
        assert_eq!(instant(meta, None).as_deref(), Some("2025-09-02T14:05:00Z"));
        assert_eq!(
            instant("<meta property=\"article:published_time\" content=\"é", None),
            None
        );
        assert_eq!(instant("datePublished", None), None);
    }
}
