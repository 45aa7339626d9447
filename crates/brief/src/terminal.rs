//! A brief as text for a terminal: wrapped, with colour if wanted, without cursor movement.

use anstyle::{AnsiColor, Style};
use rashomon_core::{Brief, Cell, ClauseCite, Difference, Fact, Line, PublishedBasis, Verdict};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::speaker::unnamed_speaker;
use crate::summary::Summary;
use crate::view::{
    agreeing_by_sentences, asides_words, cells_in_order, count, date_range, difference_of, long_date,
    name_of, only_copies, outcome_words, percent, published_basis, published_day, published_range,
    report_names, settled, some_names, source_words, status_words, support_words, values_of, verdict_words,
};
use crate::{PEOPLE, RenderError, Renderer, sections};

/// What the terminal is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalOptions {
    /// How many columns lines may take; narrower than 40 counts as 40.
    pub width: usize,
    /// Whether colours and bold print are written.
    pub colour: bool,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self {
            width: 80,
            colour: false,
        }
    }
}

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;
/// More facts of a kind than this nobody reads in a terminal.
const MOST_FACTS: usize = 16;
/// More cites than this are counted.
const MOST_CITES: usize = 8;
/// More cells of a fact than this are brought together by what they say.
const MOST_CELLS: usize = 8;
/// The least width that still holds a word beside its margin.
const NARROWEST: usize = 40;

/// Writes briefs as text for a terminal.
#[derive(Clone, Debug)]
pub struct Terminal {
    options: TerminalOptions,
    summary: Summary,
}

impl Terminal {
    /// Returns a document without stories.
    pub fn new(options: TerminalOptions) -> Self {
        Self {
            options,
            summary: Summary::default(),
        }
    }
}

impl Renderer for Terminal {
    fn begin(&mut self) -> Result<String, RenderError> {
        Ok(String::new())
    }

    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError> {
        let separator = if self.summary.stories == 0 {
            String::new()
        } else {
            format!("{}\n\n", "─".repeat(width(&self.options)))
        };
        self.summary.add(brief);
        Ok(format!("{separator}{}", story(brief, &self.options)))
    }

    fn end(&mut self) -> Result<String, RenderError> {
        let mut page = Page::new(&self.options);
        page.paragraph("", "", &page.painted(DIM, &self.summary.to_string()));
        Ok(page.out)
    }
}

/// Returns one story.
pub fn story(brief: &Brief<'_>, options: &TerminalOptions) -> String {
    let names = report_names(&brief.story);
    let mut page = Page::new(options);
    page.paragraph("", "", &page.painted(BOLD, &one_line(&brief.headline)));
    let dates = date_range(published_range(brief))
        .map(|dates| format!("{dates} · "))
        .unwrap_or_default();
    let numbers = Summary::of(brief).line();
    page.paragraph("", "", &page.painted(DIM, &format!("{dates}{numbers}")));
    page.blank();
    for (title, lines) in sections(brief) {
        if lines.is_empty() {
            continue;
        }
        page.heading(title);
        for line in lines {
            let speaker = unnamed_speaker(brief, line, title == PEOPLE);
            let speaker = speaker.map(|name| format!("— {} ", one_line(name)));
            let added = format!("{}{}", speaker.unwrap_or_default(), cites(line));
            let text = format!("{} {}", one_line(&line.text), page.painted(DIM, &added));
            page.paragraph("  • ", "    ", &text);
        }
        page.blank();
    }
    settled_expectations(&mut page, brief);
    differences(&mut page, brief, &names);
    facts(&mut page, brief, &names);
    reports_list(&mut page, brief, &names);
    page.out
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const AGREE: Style = AnsiColor::Green.on_default();
const DIFFER: Style = AnsiColor::Yellow.on_default().bold();

/// Returns the width that lines are wrapped at.
pub(crate) fn width(options: &TerminalOptions) -> usize {
    options.width.clamp(NARROWEST, WIDEST)
}

/// Returns the cites of a line as numbers of the list of reports: "[1][3]".
fn cites(line: &Line) -> String {
    numbers(line.cites.iter().map(|cite| cite.report))
}

/// Returns reports as numbers of the list of reports.
fn numbers(mut reports: impl Iterator<Item = usize>) -> String {
    let shown = reports.by_ref().take(MOST_CITES);
    let mut numbers: Vec<String> = shown.map(|report| format!("[{}]", report + 1)).collect();
    let more = reports.count();
    if more > 0 {
        numbers.push(format!("+{more}"));
    }
    numbers.concat()
}

/// Returns a text on one line, without characters that would steer the terminal.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .filter(|character| !character.is_control())
        .collect()
}

/// Writes what was expected and what became of it.
fn settled_expectations(page: &mut Page, brief: &Brief<'_>) {
    let text_of = |cite: &ClauseCite| one_line(brief.story.text(cite.report, cite.span));
    let mut any = false;
    for expectation in settled(brief) {
        let (Some(cite), Some(settled)) = (expectation.cites.first(), &expectation.settled_by) else {
            continue;
        };
        if !any {
            page.heading("What was expected");
            any = true;
        }
        let said = numbers(expectation.cites.iter().map(|cite| cite.report));
        let text = format!("{} {}", text_of(cite), page.painted(DIM, &said));
        page.paragraph("  • ", "    ", &text);
        let outcome = page.painted(BOLD, outcome_words(expectation.outcome));
        let by = page.painted(DIM, &numbers(std::iter::once(settled.report)));
        page.paragraph(
            "      ",
            "      ",
            &format!("{outcome}: {} {by}", text_of(settled)),
        );
    }
    if any {
        page.blank();
    }
}

/// Writes the facts in which the reports differ, one report under the other.
fn differences(page: &mut Page, brief: &Brief<'_>, names: &[String]) {
    if brief.sections.where_reports_differ.is_empty() {
        return;
    }
    page.heading("Where reports differ");
    for fact in brief
        .sections
        .where_reports_differ
        .iter()
        .filter_map(|&fact| brief.ledger.facts.get(fact))
        .take(MOST_FACTS)
    {
        let kind = format!("{}, {}", difference_of(fact), support_words(fact));
        let title = format!(
            "{} {}",
            one_line(&fact.label),
            page.painted(DIM, &format!("({kind})"))
        );
        let sign = if fact.history.is_some() { "→" } else { "≠" };
        page.paragraph(&format!("  {} ", page.painted(DIFFER, sign)), "    ", &title);
        let decisive = fact.cells.iter().filter(|cell| cell.decisive);
        let aside = asides_words(fact).map(|words| page.painted(DIM, &words));
        if decisive.clone().count() > MOST_CELLS {
            values(page, fact, brief, names);
            continue;
        }
        let widest = decisive
            .map(|cell| name_of(names, cell.report).width())
            .max()
            .unwrap_or(0);
        let column = widest.min(width(&page.options) / 3);
        for (cell, time) in cells_in_order(fact, brief) {
            let Some(cell) = fact.cells.get(cell).filter(|cell| cell.decisive) else {
                continue;
            };
            let name = fitted(&one_line(name_of(names, cell.report)), column);
            let time = time.map(|time| format!(" · {time}")).unwrap_or_default();
            let text = format!(
                "{}{}{}",
                page.painted(BOLD, &one_line(&cell.value)),
                notes(cell, fact.difference),
                page.painted(DIM, &time)
            );
            page.paragraph(&format!("      {name}  "), &" ".repeat(column + 8), &text);
        }
        if let Some(aside) = aside {
            page.paragraph("      ", "      ", &aside);
        }
        let late = fact.history.iter().flat_map(|history| &history.never_updated);
        let late: Vec<String> = late.map(|&report| one_line(name_of(names, report))).collect();
        if !late.is_empty() {
            let text = format!("never updated: {}", late.join(", "));
            page.paragraph("      ", "      ", &page.painted(DIM, &text));
        }
    }
    let all = brief.sections.where_reports_differ.len();
    page.more(all.saturating_sub(MOST_FACTS), "differ");
    page.blank();
}

/// Writes what the reports say of a fact that many of them have, value by value.
fn values(page: &mut Page, fact: &Fact, brief: &Brief<'_>, names: &[String]) {
    let all = values_of(fact, brief);
    let more = all.len().saturating_sub(MOST_CELLS);
    for (cell, reports) in all.into_iter().take(MOST_CELLS) {
        let text = format!(
            "{}{} {}",
            page.painted(BOLD, &one_line(&cell.value)),
            notes(cell, fact.difference),
            page.painted(DIM, &format!("· {}", one_line(&some_names(names, &reports))))
        );
        page.paragraph("      ", "        ", &text);
    }
    if more > 0 {
        let text = page.painted(DIM, &format!("and {} more", count(more, "value")));
        page.paragraph("      ", "      ", &text);
    }
}

/// Returns on whose word and how surely a cell says it.
fn notes(cell: &Cell, difference: Option<Difference>) -> String {
    let status = status_words(cell.status, difference).map(|status| format!(" · {status}"));
    let source = cell.attributed_to.as_deref();
    let source = source
        .and_then(source_words)
        .map(|source| format!(" · {}", one_line(&source)));
    status.into_iter().chain(source).collect()
}

/// Writes the facts on which the reports agree, and how many stand in one report only.
fn facts(page: &mut Page, brief: &Brief<'_>, names: &[String]) {
    if brief.story.reports.len() < 2 {
        page.paragraph("", "", &page.painted(DIM, "Only one report: nothing to compare."));
        page.blank();
        return;
    }
    if only_copies(&brief.story) {
        let text = "All reports are copies of one: nothing independent to compare.";
        page.paragraph("", "", &page.painted(DIM, text));
        page.blank();
    } else if brief
        .ledger
        .facts
        .iter()
        .all(|fact| fact.verdict == Verdict::Single)
    {
        let text = "No fact was found in more than one report: nothing to compare.";
        page.paragraph("", "", &page.painted(DIM, text));
        page.blank();
    }
    let (agreeing, all) = agreeing_by_sentences(brief);
    if !agreeing.is_empty() {
        page.heading("Where reports agree");
        let shown = agreeing.len().min(MOST_FACTS);
        for fact in agreeing.into_iter().take(MOST_FACTS) {
            let mut reports: Vec<usize> = fact.cells.iter().map(|cell| cell.report).collect();
            reports.dedup();
            let note = format!("({}) {}", support_words(fact), numbers(reports.into_iter()));
            let text = format!("{} {}", one_line(&fact.label), page.painted(DIM, &note));
            page.paragraph(&format!("  {} ", page.painted(AGREE, "=")), "    ", &text);
        }
        page.more(all - shown, "agree");
        page.blank();
    }
    let single = brief
        .ledger
        .facts
        .iter()
        .filter(|fact| fact.verdict == Verdict::Single);
    let mut counts = vec![0usize; names.len()];
    for report in single
        .filter_map(|fact| fact.cells.first())
        .map(|cell| cell.report)
    {
        if let Some(count) = counts.get_mut(report) {
            *count += 1;
        }
    }
    if counts.iter().any(|&count| count > 0) {
        let parts: Vec<String> = counts
            .iter()
            .zip(names)
            .filter(|(count, _)| **count > 0)
            .map(|(&number, name)| format!("{} {number}", one_line(name)))
            .collect();
        let text = format!("{}: {}", verdict_words(Verdict::Single), parts.join(", "));
        page.paragraph("  ", "  ", &page.painted(DIM, &format!("Facts in {text}")));
        page.blank();
    }
}

/// Writes the list of the reports with the numbers of the cites.
fn reports_list(page: &mut Page, brief: &Brief<'_>, names: &[String]) {
    page.heading("Reports");
    for (position, report) in brief.story.reports.iter().enumerate() {
        let mut parts = vec![page.painted(BOLD, &one_line(name_of(names, position)))];
        parts.extend(report.title.as_deref().map(one_line));
        let (basis, reason) = published_basis(brief, position);
        parts.push(match published_day(brief, position) {
            Some(day) if basis == PublishedBasis::Inferred => {
                let reason = reason.map(|reason| format!(": {}", one_line(reason)));
                format!("{} (inferred{})", long_date(day), reason.unwrap_or_default())
            }
            Some(day) => long_date(day),
            None => "undated".to_owned(),
        });
        if !report.credits.is_empty() {
            parts.push(format!("credits: {}", one_line(&report.credits.join(", "))));
        }
        for copy in brief.story.copies.iter().filter(|copy| copy.report == position) {
            parts.push(format!("copy of [{}], {}", copy.of + 1, percent(copy.share)));
        }
        let text = parts.join(" · ");
        let number = format!("{:>4} ", format!("[{}]", position + 1));
        page.paragraph(&format!(" {number}"), "      ", &text);
    }
    page.blank();
}

/// Returns a text cut or filled to a width in columns.
fn fitted(text: &str, columns: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    let whole = text.width() <= columns;
    let room = if whole { columns } else { columns.saturating_sub(1) };
    for character in text.chars() {
        let wide = character.width().unwrap_or(0);
        if used + wide > room {
            break;
        }
        out.push(character);
        used += wide;
    }
    if !whole {
        out.push('…');
        used += 1;
    }
    out.push_str(&" ".repeat(columns.saturating_sub(used)));
    out
}

/// Text under construction.
struct Page {
    options: TerminalOptions,
    out: String,
}

impl Page {
    fn new(options: &TerminalOptions) -> Self {
        Self {
            options: *options,
            out: String::new(),
        }
    }

    /// Returns the text in a style, word by word, so that a wrapped line never carries a style over its end.
    fn painted(&self, style: Style, text: &str) -> String {
        if !self.options.colour {
            return text.to_owned();
        }
        let words: Vec<String> = text
            .split(' ')
            .map(|word| format!("{}{word}{}", style.render(), style.render_reset()))
            .collect();
        words.join(" ")
    }

    fn heading(&mut self, title: &str) {
        let title = self.painted(BOLD, &title.to_uppercase());
        self.paragraph("", "", &title);
    }

    /// Writes how many facts more there are than are shown.
    fn more(&mut self, more: usize, verdict: &str) {
        if more > 0 {
            // "1 more fact agrees", "9 more facts agree".
            let (noun, ending) = if more == 1 { ("fact", "s") } else { ("facts", "") };
            let text =
                format!("{more} more {noun} {verdict}{ending}: --format markdown, html and json have all.");
            let text = self.painted(DIM, &text);
            self.paragraph("    ", "    ", &text);
        }
    }

    fn blank(&mut self) {
        self.out.push('\n');
    }

    /// Writes a text wrapped at the page's width, `first` before its first line and `further` before the others. A
    /// style lasts over the words of a line and never over its end, so that a pager may cut anywhere.
    fn paragraph(&mut self, first: &str, further: &str, text: &str) {
        let most = width(&self.options);
        let mut column = visible_width(first);
        self.out.push_str(first);
        let mut at_start = true;
        let mut open = "";
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let wide = visible_width(word);
            let (style, word) = styled(word);
            let wraps = !at_start && column + 1 + wide > most;
            if !open.is_empty() && (wraps || style != open) {
                self.out.push_str(RESET);
                open = "";
            }
            if wraps {
                self.out.push('\n');
                self.out.push_str(further);
                column = visible_width(further);
            } else if !at_start {
                self.out.push(' ');
                column += 1;
            }
            if style != open {
                self.out.push_str(style);
                open = style;
            }
            self.out.push_str(word);
            column += wide;
            at_start = false;
        }
        if !open.is_empty() {
            self.out.push_str(RESET);
        }
        self.out.push('\n');
    }
}

/// What ends a style.
const RESET: &str = "\u{1b}[0m";

/// Returns the style of a word and the word without it; only [`Page::painted`] makes styles, one for a whole word.
fn styled(word: &str) -> (&str, &str) {
    let inside = word.strip_suffix(RESET).filter(|_| word.starts_with('\u{1b}'));
    let Some(inside) = inside else { return ("", word) };
    match inside.find('m') {
        Some(end) => inside.split_at(end + 1),
        None => ("", word),
    }
}

/// Returns how many columns a text takes, its styles left out.
fn visible_width(text: &str) -> usize {
    let mut columns = 0;
    let mut rest = text;
    while let Some(start) = rest.find('\u{1b}') {
        columns += rest.get(..start).map_or(0, UnicodeWidthStr::width);
        let style = rest.get(start..).unwrap_or_default();
        let end = style.find('m').map_or(style.len(), |end| end + 1);
        rest = style.get(end..).unwrap_or_default();
    }
    columns + rest.width()
}
