//! A brief as Markdown that reads well raw and rendered.

use std::fmt::Write as _;

use rashomon_core::{Brief, Cell, ClauseCite, Difference, Fact, Line, PublishedBasis, Verdict};

use crate::speaker::unnamed_speaker;
use crate::summary::Summary;
use crate::view::{
    MOST_COLUMNS, asides_words, cells_in_order, date_range, difference_of, long_date, name_of, only_copies,
    outcome_words, percent, published_basis, published_day, published_range, report_names, settled,
    some_names, source_words, status_words, support_words, values_of, verdict_words,
};
use crate::{PEOPLE, RenderError, Renderer, sections};

/// Writes briefs as Markdown.
#[derive(Clone, Debug, Default)]
pub struct Markdown {
    summary: Summary,
}

impl Markdown {
    /// Returns a document without stories.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Renderer for Markdown {
    fn begin(&mut self) -> Result<String, RenderError> {
        Ok(String::new())
    }

    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError> {
        let separator = if self.summary.stories == 0 { "" } else { "---\n\n" };
        self.summary.add(brief);
        Ok(format!("{separator}{}", story(brief)))
    }

    fn end(&mut self) -> Result<String, RenderError> {
        Ok(format!("---\n\n{}\n", self.summary))
    }
}

/// Returns one story.
pub fn story(brief: &Brief<'_>) -> String {
    let names = report_names(&brief.story);
    let mut out = String::new();
    // Writing into a `String` cannot fail; `write!` returns a result only because other targets can.
    let _ = write_story(&mut out, brief, &names);
    out
}

fn write_story(out: &mut String, brief: &Brief<'_>, names: &[String]) -> std::fmt::Result {
    writeln!(out, "# {}\n", plain(&brief.headline))?;
    let numbers = Summary::of(brief).line();
    match date_range(published_range(brief)) {
        Some(dates) => writeln!(out, "*{dates} · {numbers}*\n")?,
        None => writeln!(out, "*{numbers}*\n")?,
    }
    for (title, lines) in sections(brief) {
        if lines.is_empty() {
            continue;
        }
        writeln!(out, "## {title}\n")?;
        let quoted = title == PEOPLE;
        for line in lines {
            let speaker = unnamed_speaker(brief, line, quoted);
            write_line(out, line, speaker, names, quoted)?;
        }
        if !quoted {
            writeln!(out)?;
        }
    }
    write_settled(out, brief, names)?;
    write_differences(out, brief, names)?;
    write_facts(out, brief, names)?;
    write_reports(out, brief, names)
}

/// Writes a line as a list item or a block quote, with its speaker where its words name none, and its cites.
fn write_line(
    out: &mut String,
    line: &Line,
    speaker: Option<&str>,
    names: &[String],
    quoted: bool,
) -> std::fmt::Result {
    let cites: Vec<String> = line
        .cites
        .iter()
        .map(|cite| format!("[{}]", plain(name_of(names, cite.report))))
        .collect();
    let cites = cites.join(" ");
    let speaker = speaker
        .map(|name| format!("{} ", plain(name)))
        .unwrap_or_default();
    match (quoted, speaker.as_str()) {
        (true, _) => writeln!(out, "> {}\n>\n> — {speaker}{cites}\n", plain(&line.text)),
        (false, "") => writeln!(out, "- {} {cites}", plain(&line.text)),
        (false, _) => writeln!(out, "- {} — {speaker}{cites}", plain(&line.text)),
    }
}

/// Writes the facts in which the reports differ, each with what every report says.
fn write_differences(out: &mut String, brief: &Brief<'_>, names: &[String]) -> std::fmt::Result {
    if brief.sections.where_reports_differ.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Where reports differ\n")?;
    for fact in brief
        .sections
        .where_reports_differ
        .iter()
        .filter_map(|&fact| brief.ledger.facts.get(fact))
    {
        writeln!(
            out,
            "**{}** ({}, {})\n",
            plain(&fact.label),
            difference_of(fact),
            support_words(fact)
        )?;
        for (cell, time) in cells_in_order(fact, brief) {
            let Some(cell) = fact.cells.get(cell).filter(|cell| cell.decisive) else {
                continue;
            };
            let time = time.map(|time| format!(", {time}")).unwrap_or_default();
            let text = brief
                .story
                .reports
                .get(cell.report)
                .map_or("", |report| cell.span.text(&report.text));
            writeln!(
                out,
                "- {}{time}: **{}**{} — “{}”",
                plain(name_of(names, cell.report)),
                plain(&cell.value),
                notes(cell, fact.difference),
                plain(text)
            )?;
        }
        if let Some(aside) = asides_words(fact) {
            writeln!(out, "- *{aside}*")?;
        }
        let late = fact.history.iter().flat_map(|history| &history.never_updated);
        let late: Vec<String> = late.map(|&report| plain(name_of(names, report))).collect();
        if !late.is_empty() {
            writeln!(out, "- *never updated: {}*", late.join(", "))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Writes what was expected and what became of it.
fn write_settled(out: &mut String, brief: &Brief<'_>, names: &[String]) -> std::fmt::Result {
    let text_of = |cite: &ClauseCite| {
        format!(
            "{} [{}]",
            plain(brief.story.text(cite.report, cite.span)),
            plain(name_of(names, cite.report))
        )
    };
    let mut any = false;
    for expectation in settled(brief) {
        let (Some(cite), Some(by)) = (expectation.cites.first(), &expectation.settled_by) else {
            continue;
        };
        if !any {
            writeln!(out, "## What was expected\n")?;
            any = true;
        }
        writeln!(
            out,
            "- {}\n  **{}**: {}",
            text_of(cite),
            outcome_words(expectation.outcome),
            text_of(by)
        )?;
    }
    if any { writeln!(out) } else { Ok(()) }
}

/// Returns on whose word and how surely a cell says it, in brackets; nothing for a plain assertion.
fn notes(cell: &Cell, difference: Option<Difference>) -> String {
    let source = cell
        .attributed_to
        .as_deref()
        .and_then(source_words)
        .map(|source| plain(&source));
    let status = status_words(cell.status, difference).map(str::to_owned);
    let notes: Vec<String> = status.into_iter().chain(source).collect();
    if notes.is_empty() {
        String::new()
    } else {
        format!(" ({})", notes.join(", "))
    }
}

/// Writes the table of the facts that stand in more than one report, and a list of the others.
fn write_facts(out: &mut String, brief: &Brief<'_>, names: &[String]) -> std::fmt::Result {
    if brief.story.reports.len() < 2 {
        return writeln!(out, "*There is only one report: nothing to compare.*\n");
    }
    let (single, shared): (Vec<&Fact>, Vec<&Fact>) = brief
        .ledger
        .facts
        .iter()
        .partition(|fact| fact.verdict == Verdict::Single);
    if only_copies(&brief.story) {
        writeln!(
            out,
            "*All reports are copies of one: nothing independent to compare.*\n"
        )?;
    } else if shared.is_empty() {
        writeln!(
            out,
            "*No fact was found in more than one report: nothing to compare.*\n"
        )?;
    }
    if !shared.is_empty() {
        writeln!(out, "## Facts across reports\n")?;
        write!(out, "| Fact | Verdict | Origins | Credibility |")?;
        let wide = names.len() > MOST_COLUMNS;
        if wide {
            writeln!(out, " What the reports say |\n|---|---|---|---|---|")?;
        } else {
            for name in names {
                write!(out, " {} |", in_table(name))?;
            }
            writeln!(out, "\n|---|---|---|---|{}", "---|".repeat(names.len()))?;
        }
        for fact in shared {
            let verdict = match fact.verdict {
                Verdict::Differ => format!(
                    "{} **{}**",
                    if fact.history.is_some() { "→" } else { "≠" },
                    difference_of(fact)
                ),
                verdict => format!("= {}", verdict_words(verdict)),
            };
            write!(
                out,
                "| {} | {verdict} | {} | {} |",
                in_table(&fact.label),
                fact.origins,
                fact.credibility.number()
            )?;
            if wide {
                let values = values_of(fact, brief).into_iter().map(|(cell, reports)| {
                    let notes = notes(cell, fact.difference).replace('|', "\\|");
                    let names = in_table(&some_names(names, &reports));
                    format!("{}{notes} [{names}]", in_table(&cell.value))
                });
                writeln!(out, " {} |", values.collect::<Vec<_>>().join("; "))?;
                continue;
            }
            for report in 0..names.len() {
                let cells = fact.cells.iter().filter(|cell| cell.report == report);
                let values: Vec<String> = cells
                    .map(|cell| {
                        format!(
                            "{}{}",
                            in_table(&cell.value),
                            notes(cell, fact.difference).replace('|', "\\|")
                        )
                    })
                    .collect();
                write!(
                    out,
                    " {} |",
                    if values.is_empty() {
                        "–".to_owned()
                    } else {
                        values.join("; ")
                    }
                )?;
            }
            writeln!(out)?;
        }
        writeln!(out)?;
    }
    if !single.is_empty() {
        writeln!(out, "## In one report only\n")?;
        for fact in single {
            let Some(cell) = fact.cells.first() else { continue };
            writeln!(
                out,
                "- {}{} [{}]",
                plain(&fact.label),
                notes(cell, fact.difference),
                plain(name_of(names, cell.report))
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Writes the list of the reports.
fn write_reports(out: &mut String, brief: &Brief<'_>, names: &[String]) -> std::fmt::Result {
    writeln!(out, "## Reports\n")?;
    for (position, report) in brief.story.reports.iter().enumerate() {
        write!(out, "{}. **{}**", position + 1, plain(name_of(names, position)))?;
        if let Some(title) = &report.title {
            write!(out, ": {}", plain(title))?;
        }
        if let Some(byline) = &report.byline {
            write!(out, ". By {}", plain(byline))?;
        }
        let (basis, reason) = published_basis(brief, position);
        match published_day(brief, position) {
            Some(day) if basis == PublishedBasis::Inferred => {
                write!(out, ". {} (inferred", long_date(day))?;
                if let Some(reason) = reason {
                    write!(out, ": {}", plain(reason))?;
                }
                write!(out, ")")?;
            }
            Some(day) => write!(out, ". {}", long_date(day))?,
            None => write!(out, ". Undated")?,
        }
        if !report.credits.is_empty() {
            write!(out, ". Credits: {}", plain(&report.credits.join(", ")))?;
        }
        for copy in brief.story.copies.iter().filter(|copy| copy.report == position) {
            write!(
                out,
                ". Copy of {}, {}",
                plain(name_of(names, copy.of)),
                percent(copy.share)
            )?;
        }
        if let Some(url) = &report.url {
            write!(out, ". <{}>", url.replace(['<', '>', ' ', '\n', '\r'], ""))?;
        }
        writeln!(out)?;
    }
    writeln!(out)
}

/// Returns a text on one line, with the signs escaped that Markdown would read as markup.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, word) in text.split_whitespace().enumerate() {
        if place > 0 {
            out.push(' ');
        }
        for character in word.chars() {
            if matches!(character, '*' | '_' | '`' | '<' | '>' | '[' | ']' | '\\' | '#') {
                out.push('\\');
            }
            out.push(character);
        }
    }
    out
}

/// Returns a text for a cell of a table.
fn in_table(text: &str) -> String {
    plain(text).replace('|', "\\|")
}
