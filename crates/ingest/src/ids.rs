//! Ids: what a report is called.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rashomon_core::Report;

/// Endings that say how a file is packed or written; an id does without them.
const PACKED: [&str; 4] = ["gz", "gzip", "zst", "zstd"];
/// Endings of the forms that are read.
const FORMS: [&str; 11] = [
    "txt",
    "text",
    "md",
    "markdown",
    "html",
    "htm",
    "xhtml",
    "json",
    "jsonl",
    "ndjson",
    "jsonlines",
];

/// Returns `name` without its folders and its known endings: "north.en.html.gz" gives "north.en". Standard input
/// ("-") is called "stdin".
pub(crate) fn stem(name: &str) -> String {
    if name == "-" {
        return "stdin".to_owned();
    }
    let file_name = Path::new(name).file_name().map_or_else(
        || name.to_owned(),
        |file_name| file_name.to_string_lossy().into_owned(),
    );
    let unpacked = without_ending(&file_name, &PACKED);
    let stem = without_ending(unpacked, &FORMS);
    if stem.is_empty() {
        file_name.clone()
    } else {
        stem.to_owned()
    }
}

/// Returns the path of a report that was read from `name`: none for standard input.
pub(crate) fn path_of(name: &str) -> Option<String> {
    (name != "-").then(|| name.to_owned())
}

/// Returns the ending of `name` in small letters, after a packing ending was taken off: "html" for "a.HTML.gz".
pub(crate) fn form_ending(name: &str) -> String {
    let unpacked = without_ending(name, &PACKED);
    unpacked
        .rsplit_once('.')
        .map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

/// Returns `name` without a last ending that is one of `endings`.
fn without_ending<'name>(name: &'name str, endings: &[&str]) -> &'name str {
    match name.rsplit_once('.') {
        Some((before, ending))
            if !before.is_empty() && endings.iter().any(|known| ending.eq_ignore_ascii_case(known)) =>
        {
            before
        }
        _ => name,
    }
}

/// Makes the ids unique: of several reports with one id the first keeps it, the others get "~2", "~3" behind it, in
/// the order of `reports`. A number that would give an id which another report came with is passed over.
///
/// ```
/// use rashomon_core::Report;
///
/// let mut reports = vec![Report::new("a", "x"), Report::new("a", "y"), Report::new("a", "z")];
/// rashomon_ingest::make_ids_unique(&mut reports);
/// let ids: Vec<&str> = reports.iter().map(|report| report.id.as_str()).collect();
/// assert_eq!(ids, ["a", "a~2", "a~3"]);
/// ```
pub fn make_ids_unique(reports: &mut [Report]) {
    let came_with: BTreeSet<String> = reports.iter().map(|report| report.id.clone()).collect();
    // For each id that was met, the number that its next duplicate tries first.
    let mut next_number: BTreeMap<String, usize> = BTreeMap::new();
    for report in reports {
        let Some(number) = next_number.get_mut(&report.id) else {
            next_number.insert(report.id.clone(), 2);
            continue;
        };
        let mut unique = format!("{}~{number}", report.id);
        while came_with.contains(&unique) {
            *number += 1;
            unique = format!("{}~{number}", report.id);
        }
        *number += 1;
        report.id = unique;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_stem(name: &str, expected: &str) {
        assert_eq!(stem(name), expected);
    }

    #[test]
    fn known_endings_are_taken_off_once() {
        assert_stem("news/north.en.html.gz", "north.en");
        assert_stem("south.TXT", "south");
        assert_stem("a.txt.txt", "a.txt");
        assert_stem("report.v2", "report.v2");
        assert_stem(".txt", ".txt");
        assert_stem("-", "stdin");
        assert_stem("rows.jsonl.zst", "rows");
    }

    #[test]
    fn a_number_that_is_taken_is_passed_over() {
        let mut reports: Vec<Report> = ["a", "a", "a~2", "a", "b"].map(|id| Report::new(id, "x")).into();
        make_ids_unique(&mut reports);
        let ids: Vec<&str> = reports.iter().map(|report| report.id.as_str()).collect();
        assert_eq!(ids, ["a", "a~3", "a~2", "a~4", "b"]);
    }

    #[test]
    fn many_duplicates_take_linear_time() {
        let mut reports: Vec<Report> = (0..20_000).map(|_| Report::new("a", "x")).collect();
        make_ids_unique(&mut reports);
        assert_eq!(reports[19_999].id, "a~20000");
    }
}
