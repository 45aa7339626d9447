//! A reading for people: the report's own text with its marks in it, and lists of what was found below.

mod flow;
mod lists;
mod marks;
mod table;
#[cfg(test)]
mod tests;

use anstyle::{AnsiColor, Style};
use rashomon_core::{Reading, Report, SentenceKind, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use self::flow::Flow;
use self::marks::{Placed, marks};
use crate::terminal::{TerminalOptions, width};
use crate::view::long_date;
use crate::visible::{line_of, visible};

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
/// The numbers behind marks; no text of a report has this style.
const KEY: Style = AnsiColor::BrightBlack.on_default();
/// Carries a combining character that follows no other.
const CARRIER: char = '◌';

/// Returns a reading as text: the text of the report as it came, wrapped, with names, quotes, quantities, times and places
/// marked in it, and lists of them below. In colour a mark is a colour with its number behind it in grey; without, it
/// stands in brackets: "[Mira Tolland e1]". White space is that of wrapped text, and control characters are shown by
/// others; every other character of the text comes as it is and in order.
pub fn text(report: &Report, reading: &Reading, options: &TerminalOptions) -> String {
    let mut out = header(report, options);
    out.push_str(&marked_text(report, reading, options));
    out.push('\n');
    out.push_str(&lists::lists(report, reading, options));
    out
}

/// Returns the id of the report in a rule, what is known of it, and what the marks mean.
fn header(report: &Report, options: &TerminalOptions) -> String {
    let mut flow = Flow::new(width(options), options.colour);
    flow.words(&line_of(&report.id), BOLD);
    flow.end_paragraph();
    let rule = "─".repeat(line_of(&report.id).width().clamp(3, width(options)));
    flow.push_str(&rule, KEY);
    flow.end_paragraph();
    let day = report.published.day.map(long_date);
    let known = [
        report.outlet.as_deref(),
        report.title.as_deref(),
        report.byline.as_deref(),
        day.as_deref(),
    ];
    let known: Vec<String> = known.into_iter().flatten().map(line_of).collect();
    flow.words(&known.join(" · "), PLAIN);
    flow.end_paragraph();
    legend(&mut flow, options.colour);
    flow.blank();
    flow.finish()
}

/// Writes what the marks mean.
fn legend(flow: &mut Flow, colour: bool) {
    if !colour {
        flow.words(
            "[words e1]: e name, q quote, n quantity, t time, p place; the number leads to the lists below. \
             {words}: about the report itself. # heading",
            PLAIN,
        );
        flow.end_paragraph();
        return;
    }
    let samples = [
        ("person", marks::PERSON.bold()),
        ("organisation", marks::ORGANISATION.bold()),
        ("place", marks::PLACE.bold()),
        ("other name", marks::OTHER.bold()),
        ("quote", marks::QUOTE),
        ("quantity", marks::QUANTITY),
        ("time", marks::TIME),
        ("about the report itself", marks::PROVENANCE),
        ("heading", BOLD),
    ];
    for (index, (name, style)) in samples.into_iter().enumerate() {
        if index > 0 {
            flow.space();
            flow.push('·', KEY);
            flow.space();
        }
        flow.words(name, style);
    }
    flow.space();
    flow.words("· e1 q1 n1 t1 p1: numbers of the lists below", KEY);
    flow.end_paragraph();
}

/// Returns the text of the report, wrapped and with its marks.
fn marked_text(report: &Report, reading: &Reading, options: &TerminalOptions) -> String {
    let headings = headings(report, reading);
    let mut headings = headings.iter().copied().peekable();
    let marks = marks(report, reading);
    let mut waiting = marks.iter().peekable();
    let mut open: Vec<(&Placed, Style)> = Vec::new();
    let mut flow = Flow::new(width(options), options.colour);
    let mut empty_lines = 0;
    let mut line_is_empty = true;
    for (position, character) in report.text.char_indices() {
        close(&mut flow, &mut open, position, options.colour);
        if character.is_whitespace() {
            flow.space();
            if character == '\n' {
                empty_lines += usize::from(line_is_empty);
                flow.end_paragraph();
                line_is_empty = true;
            }
            continue;
        }
        while headings.next_if(|heading| heading.end <= position).is_some() {}
        let in_heading = headings.peek().is_some_and(|heading| heading.holds(position));
        if line_is_empty {
            if empty_lines > 0 {
                flow.blank();
            }
            (empty_lines, line_is_empty) = (0, false);
            if in_heading && !options.colour {
                flow.push('#', PLAIN);
                flow.space();
                flow.set_margin(2);
            }
        }
        let below = if in_heading { BOLD } else { PLAIN };
        while let Some(placed) = waiting.next_if(|placed| placed.span.start <= position) {
            let around = open.last().map_or(below, |(_, style)| *style);
            open.push((placed, marks::over(around, placed.mark.style)));
            if !options.colour {
                flow.push(if placed.mark.keys.is_empty() { '{' } else { '[' }, PLAIN);
            }
        }
        if flow.at_word_start() && is_lone(character) {
            flow.push(CARRIER, KEY);
        }
        flow.push(visible(character), open.last().map_or(below, |(_, style)| *style));
    }
    close(&mut flow, &mut open, usize::MAX, options.colour);
    flow.finish()
}

/// Writes the ends of the marks that end at or before `position`, the inner ones first.
fn close(flow: &mut Flow, open: &mut Vec<(&Placed, Style)>, position: usize, colour: bool) {
    while let Some((placed, _)) = open.pop_if(|(placed, _)| placed.span.end <= position) {
        let keys = placed.mark.keys.as_str();
        if !keys.is_empty() {
            flow.push(' ', KEY);
            flow.push_str(keys, KEY);
        }
        if !colour {
            flow.push(if keys.is_empty() { '}' } else { ']' }, KEY);
        }
    }
}

/// Returns the headings, in order.
fn headings(report: &Report, reading: &Reading) -> Vec<Span> {
    let headings = reading
        .sentences
        .iter()
        .filter(|sentence| sentence.kind == SentenceKind::Heading)
        .map(|sentence| sentence.span);
    let mut headings: Vec<Span> = headings.filter(|heading| heading.fits(&report.text)).collect();
    headings.sort_unstable();
    headings
}

/// Returns true for a character that is drawn over the one before it, which must not be a bracket or the margin.
fn is_lone(character: char) -> bool {
    let is_space =
        ('\u{2000}'..='\u{206F}').contains(&character) || matches!(character, '\u{AD}' | '\u{FEFF}');
    character.width() == Some(0) && !is_space
}
