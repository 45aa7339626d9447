//! A report of one event, a live page that runs on, or a round-up of many stories.

use rashomon_core::Report;

/// Titles of live pages and round-ups.
const KINDS: &str = include_str!("data/kinds.txt");

/// How many lines that begin with a time of day make a live page.
const ENTRIES_OF_LIVE_PAGE: usize = 5;
/// A text with more paragraphs than this is looked at for entries.
const MOST_LINES: usize = 2_000;

/// What a report is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportKind {
    /// A report of one event.
    #[default]
    Report,
    /// A page that is written on while the event runs, entry by entry.
    LivePage,
    /// A page that tells of many stories in brief. It joins no story: it would make one of them all.
    RoundUp,
}

impl ReportKind {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::LivePage => "live",
            Self::RoundUp => "round-up",
        }
    }
}

/// Returns what a report is, as far as its title and the form of its text tell: a title that says so, or entry upon
/// entry that begins with a time of day. Titles are known in a dozen languages, times of day in any.
pub fn kind_of(report: &Report) -> ReportKind {
    let title = report.title.as_deref().unwrap_or_default().to_lowercase();
    for line in KINDS.lines().filter(|line| !line.starts_with('#')) {
        if let Some((kind, words)) = line.split_once(' ')
            && stands_whole(&title, words)
        {
            return if kind == "live" {
                ReportKind::LivePage
            } else {
                ReportKind::RoundUp
            };
        }
    }
    let entries = report
        .text
        .lines()
        .take(MOST_LINES)
        .filter(|line| begins_with_time(line.trim_start()))
        .count();
    if entries >= ENTRIES_OF_LIVE_PAGE {
        ReportKind::LivePage
    } else {
        ReportKind::Report
    }
}

/// Returns true where `words` stand in `title` and no letter touches them.
fn stands_whole(title: &str, words: &str) -> bool {
    title.match_indices(words).any(|(start, found)| {
        let before = title.get(..start).and_then(|text| text.chars().next_back());
        let after = title
            .get(start + found.len()..)
            .and_then(|text| text.chars().next());
        let letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        !(letter(before) || letter(after) && found.ends_with(char::is_alphanumeric))
    })
}

/// Returns true for a line that begins with a time of day: "14:05", "9.30 Uhr", "7:15 a.m.".
fn begins_with_time(line: &str) -> bool {
    let bytes = line.as_bytes();
    let hour = bytes
        .iter()
        .take(2)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let digit = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
    let value = line.get(..hour).and_then(|text| text.parse::<u8>().ok());
    value.is_some_and(|value| value < 24)
        && bytes
            .get(hour)
            .is_some_and(|mark| matches!(mark, b':' | b'.' | b'h'))
        && digit(hour + 1)
        && digit(hour + 2)
        && !digit(hour + 3)
        && bytes.get(hour + 1).is_some_and(|tens| *tens < b'6')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(title: &str, text: &str) -> ReportKind {
        let mut report = Report::new("a", text);
        report.title = Some(title.to_owned());
        kind_of(&report)
    }

    #[test]
    fn titles_tell() {
        assert_eq!(kind("Lindvik ferry – live updates", ""), ReportKind::LivePage);
        assert_eq!(kind("Liveticker: Fähre vor Lindvik", ""), ReportKind::LivePage);
        assert_eq!(kind("EN DIRECT. Le ferry de Lindvik", ""), ReportKind::LivePage);
        assert_eq!(
            kind("Morning briefing: ferry, bank, rain", ""),
            ReportKind::RoundUp
        );
        assert_eq!(kind("Обзор прессы за понедельник", ""), ReportKind::RoundUp);
    }

    #[test]
    fn a_report_that_speaks_of_living_is_none() {
        for title in [
            "Ferry crew live aboard for a year",
            "Olive updates fail growers",
            "White House briefing ends early",
            "Police round up suspects",
        ] {
            assert_eq!(
                kind(title, "One paragraph. At 14:05 the ferry sailed."),
                ReportKind::Report,
                "{title}"
            );
        }
    }

    #[test]
    fn entries_with_times_make_a_live_page() {
        let entries =
            "14:05 Tugs arrive.\n14:20 The master speaks.\n14:41 It floats.\n15:02 Applause.\n15.30 Home.\n";
        assert_eq!(kind("Ferry off Lindvik", entries), ReportKind::LivePage);
        assert_eq!(
            kind("Ferry off Lindvik", "14:05 Tugs arrive.\n99:99 no\n3.141 no\n"),
            ReportKind::Report
        );
    }
}
