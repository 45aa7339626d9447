//! What is expected, as iCalendar (RFC 5545): an event of whole days for each expectation with a date.

use rashomon_core::{Brief, Date, Expectation, Outcome, Status};

use crate::view::{name_of, outcome_words, published_day, published_range, report_names, source_words};
use crate::{RenderError, Renderer};

/// The most octets of a line, without its end.
const LINE: usize = 75;

/// Writes the expectations of briefs as a calendar.
#[derive(Clone, Copy, Debug, Default)]
pub struct ICalendar;

impl Renderer for ICalendar {
    fn begin(&mut self) -> Result<String, RenderError> {
        let product = concat!("PRODID:-//rashomon//", env!("CARGO_PKG_VERSION"), "//EN");
        Ok(folded(&[
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            product,
            "CALSCALE:GREGORIAN",
        ]))
    }

    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError> {
        let names = report_names(&brief.story);
        let events = brief
            .ledger
            .expectations
            .iter()
            .filter_map(|expectation| event(expectation, brief, &names));
        Ok(events.collect())
    }

    fn end(&mut self) -> Result<String, RenderError> {
        Ok(folded(&["END:VCALENDAR"]))
    }
}

/// Returns the event of an expectation; `None` for one without a day.
fn event(expectation: &Expectation, brief: &Brief<'_>, names: &[String]) -> Option<String> {
    let (first, last) = expectation.days?;
    let cite = expectation.cites.first()?;
    let report = brief.story.reports.get(cite.report)?;
    let sentence = cite.span.text(&report.text);
    let mut description = vec![
        format!("{}: {}", name_of(names, cite.report), sentence),
        format!("Story: {}", brief.headline),
        format!("Said as: {}", expectation.status.as_str()),
        format!("Outcome: {}", outcome_words(expectation.outcome)),
    ];
    if let Some(source) = &expectation.attributed_to {
        description.extend(source_words(source));
    }
    if let Some(settled) = &expectation.settled_by
        && let Some(by) = brief.story.reports.get(settled.report)
    {
        description.push(format!(
            "{}: {}",
            name_of(names, settled.report),
            settled.span.text(&by.text)
        ));
    }
    let status = match (expectation.outcome, expectation.status) {
        (Outcome::NotMet, _) => "CANCELLED",
        (Outcome::Met, _) | (Outcome::Open, Status::Expected) => "CONFIRMED",
        _ => "TENTATIVE",
    };
    // No clock is read: an event is as old as the report that tells of it.
    let stamp = published_day(brief, cite.report)
        .or_else(|| published_range(brief).map(|(_, last)| last))
        .unwrap_or(first);
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}-{}@rashomon", escaped(&brief.story.id), expectation.id),
        format!("DTSTAMP:{}T000000Z", basic(stamp)),
        format!("DTSTART;VALUE=DATE:{}", basic(first)),
        format!("DTEND;VALUE=DATE:{}", basic(last.tomorrow().unwrap_or(last))),
        format!("SUMMARY:{}", escaped(cite.evidence.text(&report.text))),
        format!("DESCRIPTION:{}", escaped(&description.join("\n"))),
        format!("STATUS:{status}"),
        "TRANSP:TRANSPARENT".to_owned(),
    ];
    if let Some(url) = report.url.as_deref().filter(|url| url.starts_with("http")) {
        let url: String = url.chars().filter(|character| !character.is_control()).collect();
        lines.push(format!("URL:{url}"));
    }
    lines.push("END:VEVENT".to_owned());
    Some(folded(&lines))
}

/// Returns a day in the basic format: "20310507".
fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Returns a text as a value.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// Returns lines folded and ended as the format wants them.
fn folded(lines: &[impl AsRef<str>]) -> String {
    let mut out = String::new();
    for line in lines {
        let mut octets = 0;
        for character in line.as_ref().chars() {
            if octets + character.len_utf8() > LINE {
                out.push_str("\r\n ");
                octets = 1;
            }
            out.push(character);
            octets += character.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let text = folded(&[format!("SUMMARY:{}", "é".repeat(60))]);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert_eq!(
            text.replace("\r\n ", "").trim_end(),
            format!("SUMMARY:{}", "é".repeat(60))
        );
    }

    #[test]
    fn signs_of_the_format_are_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne\u{7}"), "a\\, b\\; c\\\\d\\ne ");
    }
}
