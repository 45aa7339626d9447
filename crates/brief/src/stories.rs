//! Stories as a table, and why two reports are in one or are not, for people.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rashomon_core::{Copy, Report, Story};
use rashomon_story::{Explanation, SameOrigin, copies, kind_of, origins};
use unicode_width::UnicodeWidthStr;

use crate::terminal::{TerminalOptions, width};
use crate::view::{count, date_range, percent};
use crate::visible::{line_of, shortened, wrapped};

/// What a table says of one story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryRow {
    /// Names the story.
    pub id: String,
    /// How many reports it has.
    pub reports: usize,
    /// How many outlets published them; reports without an outlet count as one each.
    pub outlets: usize,
    /// How many independent origins they have, as far as copies and credits tell.
    pub origins: usize,
    /// From when to when they were published; empty where nothing tells.
    pub published: String,
    /// The title of its first report that has one and is no copy, or else the beginning of its first report.
    pub headline: String,
}

/// Returns what a table says of a story of `reports`.
pub fn row(reports: &[Report], story: &Story) -> StoryRow {
    let own: Vec<&Report> = story
        .reports
        .iter()
        .filter_map(|&report| reports.get(report))
        .collect();
    let copies = copies(&own);
    let named: BTreeSet<String> = own
        .iter()
        .filter_map(|report| report.outlet.as_deref())
        .map(str::to_lowercase)
        .collect();
    let unnamed = own.iter().filter(|report| report.outlet.is_none()).count();
    let days = || own.iter().filter_map(|report| report.published.day);
    let is_copy = |report: usize| copies.iter().any(|copy| copy.report == report);
    let title = |report: &Report| {
        report
            .title
            .as_deref()
            .map(str::trim)
            .filter(|title| !title.is_empty())
            .map(line_of)
    };
    let headline = own
        .iter()
        .enumerate()
        .filter(|&(position, _)| !is_copy(position))
        .find_map(|(_, report)| title(report))
        .or_else(|| own.iter().find_map(|report| title(report)))
        .or_else(|| {
            own.first()
                .and_then(|report| report.text.trim().lines().next())
                .map(line_of)
        })
        .unwrap_or_default();
    StoryRow {
        id: story.id.clone(),
        reports: own.len(),
        outlets: named.len() + unnamed,
        origins: origins(&own, &copies).reports.len(),
        published: date_range(days().min().zip(days().max())).unwrap_or_default(),
        headline,
    }
}

/// The heads of the columns before the headline.
const HEADS: [&str; 5] = ["story", "reports", "outlets", "origins", "published"];
/// The least columns that a headline gets; it goes on below where the line is too narrow.
const LEAST_HEADLINE: usize = 24;

/// Returns a table of stories, those of most origins first, and a line that says how large the largest is.
pub fn table(rows: &[StoryRow], options: &TerminalOptions) -> String {
    let mut rows: Vec<&StoryRow> = rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.origins, row.reports)));
    let cells = |row: &StoryRow| {
        [
            row.id.clone(),
            row.reports.to_string(),
            row.outlets.to_string(),
            row.origins.to_string(),
            row.published.clone(),
        ]
    };
    let mut widths = HEADS.map(UnicodeWidthStr::width);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(cells(row)) {
            *width = (*width).max(cell.width());
        }
    }
    let taken: usize = widths.iter().map(|width| width + 2).sum();
    let room = options.width.max(40).saturating_sub(taken);
    let mut out = String::new();
    let mut line = |cells: [String; 5], headline: &str| {
        let mut text = String::new();
        for (number, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let fill = " ".repeat(width.saturating_sub(cell.width()));
            // Numbers stand to the right.
            let _ = if (1..=3).contains(&number) {
                write!(text, "{fill}{cell}  ")
            } else {
                write!(text, "{cell}{fill}  ")
            };
        }
        if room >= LEAST_HEADLINE {
            text.push_str(&shortened(headline, room));
            let _ = writeln!(out, "{}", text.trim_end());
        } else {
            let below = shortened(headline, options.width.max(40).saturating_sub(4));
            let _ = writeln!(out, "{}\n    {below}", text.trim_end());
        }
    };
    line(HEADS.map(str::to_owned), "headline");
    for row in &rows {
        line(cells(row), &row.headline);
    }
    let reports: usize = rows.iter().map(|row| row.reports).sum();
    let largest = rows.iter().map(|row| row.reports).max().unwrap_or(0);
    if reports > 0 {
        let share = percent(largest as f64 / reports as f64);
        let stories = if rows.len() == 1 {
            "1 story".to_owned()
        } else {
            format!("{} stories", rows.len())
        };
        let _ = writeln!(
            out,
            "\n{stories} of {}; the largest holds {share} of them",
            count(reports, "report")
        );
    }
    out
}

/// Returns in words why two reports are in one story, or are not; `None` where a position is none of the reports'.
pub fn explanation(
    reports: &[Report],
    stories: &[Story],
    why: &Explanation,
    first: usize,
    second: usize,
    options: &TerminalOptions,
) -> Option<String> {
    let (a, b) = (reports.get(first)?, reports.get(second)?);
    let (story_a, story_b) = (stories.get(why.stories.0)?, stories.get(why.stories.1)?);
    let mut out = String::new();
    let mut say = |text: &str| {
        for line in wrapped(&line_of(text), width(options)) {
            let _ = writeln!(out, "{line}");
        }
    };
    let name = |report: &Report| {
        let title = report
            .title
            .as_deref()
            .map(|title| format!(": {title}"))
            .unwrap_or_default();
        let kind = match kind_of(report) {
            rashomon_story::ReportKind::Report => String::new(),
            kind => format!(" ({})", kind.as_str()),
        };
        format!("{}{kind}{title}", report.id)
    };
    say(&name(a));
    say(&name(b));
    if story_a.id == story_b.id {
        say(&format!(
            "Together, in story {} of {}.",
            story_a.id,
            count(story_a.reports.len(), "report")
        ));
    } else {
        say(&format!(
            "Apart, in the stories {} and {}.",
            story_a.id, story_b.id
        ));
    }
    let days = match why.days_apart {
        Some(days) => format!("{days:.1} days apart, which makes it {:.2}", why.likeness_in_time),
        None => "the day of one is not known, which changes nothing".to_owned(),
    };
    say(&format!(
        "Likeness of their terms: {:.2} of 1; {days}.",
        why.likeness
    ));
    say(&format!(
        "Similarity, as people judge two reports: {:.2}; 0 is nothing in common, 1 all the same.",
        why.similarity
    ));
    let best = |report: &Report, best: Option<f64>| match best {
        Some(best) => format!("{} reaches {best:.2} with another report of its story", report.id),
        None => format!("{} has no other report in its story", report.id),
    };
    say(&format!(
        "{}; {}.",
        best(a, why.best_in_story.0),
        best(b, why.best_in_story.1)
    ));
    let terms: Vec<String> = why
        .shared
        .iter()
        .map(|term| format!("{} {}", term.text, percent(term.part)))
        .collect();
    say(&format!(
        "They share (with its part of the likeness): {}.",
        if terms.is_empty() {
            "nothing".to_owned()
        } else {
            terms.join(", ")
        }
    ));
    for (report, names) in [(a, &why.only_first), (b, &why.only_second)] {
        if !names.is_empty() {
            say(&format!(
                "Names and numbers of {} alone: {}.",
                report.id,
                names.join(", ")
            ));
        }
    }
    if let Some(report) = why.through.and_then(|report| reports.get(report)) {
        say(&format!("Both are more like {} than like each other.", report.id));
    }
    if let Some(copy) = &why.copy {
        for line in copy_words(reports, copy) {
            say(&line);
        }
    }
    let pair = [a, b];
    for reason in origins(&pair, &[]).reasons {
        if let SameOrigin::Credit { name, .. } = reason {
            say(&format!("Both rest on {name}: one origin."));
        }
    }
    Some(out)
}

/// Returns what is to be said of a copy: of whom, how much, who was first, and the passages.
fn copy_words(reports: &[Report], copy: &Copy) -> Vec<String> {
    let (Some(report), Some(of)) = (reports.get(copy.report), reports.get(copy.of)) else {
        return Vec::new();
    };
    let when = match (report.published.day, of.published.day) {
        (Some(day), Some(first)) if first < day => format!(" {} was first, on {first}.", of.id),
        (Some(day), Some(first)) if first == day => " Both are of one day.".to_owned(),
        _ => " Who was first is not known by their dates.".to_owned(),
    };
    let mut lines = vec![format!(
        "{} is a copy of {}: {} of its words stand there too.{when}",
        report.id,
        of.id,
        percent(copy.share)
    )];
    let passages = copy.passages.iter().map(|passage| passage.text(&report.text));
    lines.extend(passages.map(|passage| format!("  “{passage}”")));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_story::{explain, group, signature};

    fn reports() -> Vec<Report> {
        let ferry = "A ferry ran aground off Lindvik early on Monday with 300 people on board, the harbour master said.";
        let mut first = Report::new("wire-1", ferry);
        first.title = Some("Ferry aground off Lindvik".to_owned());
        first.outlet = Some("Northern Wire".to_owned());
        let mut second = Report::new("post-2", format!("{ferry} Tugs are on their way."));
        second.outlet = Some("Lindvik Post".to_owned());
        let third = Report::new(
            "bank-3",
            "The national bank of Ostrenia left its rate at 3.5 percent.\nMore.",
        );
        vec![first, second, third]
    }

    #[test]
    fn the_table_shows_each_story_and_the_share_of_the_largest() {
        let reports = reports();
        let signatures: Vec<_> = reports.iter().map(signature).collect();
        let stories = group(&signatures);
        let rows: Vec<StoryRow> = stories.iter().map(|story| row(&reports, story)).collect();
        let table = table(&rows, &TerminalOptions::default());
        assert!(table.contains("Ferry aground off Lindvik"), "{table}");
        assert!(
            table.contains("2 stories of 3 reports; the largest holds 67 % of them"),
            "{table}"
        );
        let ferry = rows.iter().find(|row| row.reports == 2).unwrap();
        assert_eq!((ferry.outlets, ferry.origins), (2, 1));
        assert!(table.lines().all(|line| line.width() <= 80), "{table}");
    }

    #[test]
    fn the_explanation_shows_the_copied_passage() {
        let reports = reports();
        let signatures: Vec<_> = reports.iter().map(signature).collect();
        let stories = group(&signatures);
        let why = explain(&reports, &signatures, &stories, 0, 1).unwrap();
        let text = explanation(&reports, &stories, &why, 0, 1, &TerminalOptions::default()).unwrap();
        assert!(
            text.contains("Together") && text.contains("is a copy of"),
            "{text}"
        );
        let why = explain(&reports, &signatures, &stories, 0, 2).unwrap();
        let text = explanation(&reports, &stories, &why, 0, 2, &TerminalOptions::default()).unwrap();
        assert!(text.contains("Apart") && text.contains("Ostrenia"), "{text}");
    }
}
