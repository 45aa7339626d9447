//! Lines that say when the report was published or changed: "Published 3 September 2025", "Last updated: …".

use super::{Findings, LONGEST_SHORT_LINE, Lines};
use crate::dates;

/// Words that stand around a date of publication. A line that holds others is news.
const AROUND: [&str; 51] = [
    "published",
    "posted",
    "updated",
    "modified",
    "created",
    "issued",
    "released",
    "first",
    "last",
    "originally",
    "on",
    "at",
    "date",
    "time",
    "the",
    "of",
    "and",
    "by",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "hrs",
    "hours",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "gmt",
    "utc",
    "et",
    "est",
    "edt",
    "pt",
    "ist",
    "cet",
    "cest",
];

pub(super) fn find(lines: &Lines<'_>, findings: &mut Findings) {
    for line in lines.ends() {
        if line.text.len() > LONGEST_SHORT_LINE || !line.text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let parts: Option<Vec<_>> = line
            .text
            .split(['|', '•', '·'])
            .filter(|part| !part.trim().is_empty())
            .map(dated_part)
            .collect();
        let Some(parts) = parts.filter(|parts| !parts.is_empty()) else {
            continue;
        };
        findings.mark(line.span);
        for (is_update, published) in parts {
            let place = if is_update {
                &mut findings.updated
            } else {
                &mut findings.published
            };
            place.get_or_insert(published);
        }
    }
}

/// Returns whether a part of a line tells of a change, and its date; `None` for a part that says anything else.
fn dated_part(part: &str) -> Option<(bool, rashomon_core::Published)> {
    let found = dates::find(part)?;
    let is_around = |word: &&str| AROUND.iter().any(|around| around.eq_ignore_ascii_case(word));
    if found.has_other_numbers || !found.other_words.iter().all(is_around) {
        return None;
    }
    let is_update = found
        .other_words
        .iter()
        .any(|word| word.eq_ignore_ascii_case("updated") || word.eq_ignore_ascii_case("modified"));
    Some((is_update, found.published))
}

#[cfg(test)]
mod tests {
    use super::super::TextForm;
    use super::super::testing::read_as;

    #[track_caller]
    fn assert_day(text: &str, expected: Option<&str>) {
        let report = read_as(text, TextForm::Article);
        assert_eq!(
            report.published.day.map(|day| day.to_string()).as_deref(),
            expected,
            "{text}"
        );
        assert_eq!(!report.provenance.is_empty(), expected.is_some(), "{text}");
    }

    #[test]
    fn lines_of_publication_are_read() {
        assert_day("Published 3 September 2025\nSnow fell.", Some("2025-09-03"));
        assert_day(
            "Snow fell.\nLast updated: Wednesday, September 3, 2025, 10:39 GMT",
            Some("2025-09-03"),
        );
        assert_day("Posted 12/19/2025 3:36 PM\nSnow fell.", Some("2025-12-19"));
        assert_day("September 3, 2025\nSnow fell.", Some("2025-09-03"));
        assert_day(
            "UPDATED: 06:55 GMT, 4 June 2025 | PUBLISHED: 16:05 GMT, 3 June 2025\nSnow fell.",
            Some("2025-06-03"),
        );
    }

    #[test]
    fn news_with_a_date_is_left() {
        assert_day("Snow fell on 3 September 2025.", None);
        assert_day("Published in 2025\nSnow fell.", None);
        assert_day("The 3 September 2025 storm\nSnow fell.", None);
    }
}
