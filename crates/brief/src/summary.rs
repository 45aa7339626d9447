//! Counts over stories: reports, outlets, origins, facts and differences.

use std::collections::BTreeSet;
use std::fmt;

use rashomon_core::{Brief, Verdict};

use crate::view::{count, origins_words};

/// Counts over the stories of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many reports were read.
    pub reports: usize,
    /// The outlets; a report that names none counts as one of its own.
    pub outlets: BTreeSet<String>,
    /// Whose own work the reports are: copies, and what one agency wrote, are one.
    pub origins: BTreeSet<String>,
    /// How many stories there are.
    pub stories: usize,
    /// In how many facts the reports agree.
    pub agree: usize,
    /// In how many facts the reports differ.
    pub differ: usize,
    /// How many facts stand in one report only.
    pub single: usize,
}

impl Summary {
    /// Counts a story.
    pub fn add(&mut self, brief: &Brief<'_>) {
        self.stories += 1;
        self.reports += brief.story.reports.len();
        self.outlets.extend(
            brief
                .story
                .reports
                .iter()
                .map(|report| report.display_name().to_owned()),
        );
        let cells = || brief.ledger.facts.iter().flat_map(|fact| &fact.cells);
        let named: BTreeSet<&str> = cells()
            .filter(|cell| cell.attributed_to.is_some())
            .map(|cell| cell.origin.as_str())
            .collect();
        // What a report says in its own voice may rest on a source that it names, and then counts with it.
        let is_newsroom = |origin: &str| {
            let mut reports = brief.story.reports.iter();
            !named.contains(origin)
                || reports.any(|report| {
                    report.display_name() == origin || report.credits.iter().any(|credit| credit == origin)
                })
        };
        for cell in cells().filter(|cell| cell.attributed_to.is_none()) {
            if !self.origins.contains(&cell.origin) && is_newsroom(&cell.origin) {
                self.origins.insert(cell.origin.clone());
            }
        }
        for fact in &brief.ledger.facts {
            match fact.verdict {
                Verdict::Agree => self.agree += 1,
                Verdict::Differ => self.differ += 1,
                Verdict::Single => self.single += 1,
            }
        }
    }

    /// Returns the counts of one story.
    pub fn of(brief: &Brief<'_>) -> Self {
        let mut summary = Self::default();
        summary.add(brief);
        summary
    }

    /// Returns the counts of a story in a line: "4 reports · 4 outlets · 2 origins · 31 facts · 3 differences".
    pub(crate) fn line(&self) -> String {
        let mut parts = vec![count(self.reports, "report")];
        for (number, noun) in [(self.outlets.len(), "outlet"), (self.origins.len(), "origin")] {
            if number > 0 {
                parts.push(count(number, noun));
            }
        }
        parts.push(count(self.facts(), "fact"));
        if self.reports > 1 {
            parts.push(count(self.differ, "difference"));
        }
        parts.join(" · ")
    }

    /// Returns how many facts there are.
    pub fn facts(&self) -> usize {
        self.agree + self.differ + self.single
    }
}

impl fmt::Display for Summary {
    /// Writes the counts in a line: "2 reports · 2 outlets · 2 origins · 1 story · 16 facts: 9 agree, 3 differ, 4 in one report
    /// only".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", count(self.reports, "report"))?;
        if !self.outlets.is_empty() {
            write!(formatter, " · {}", count(self.outlets.len(), "outlet"))?;
        }
        if !self.origins.is_empty() {
            write!(formatter, " · {}", origins_words(self.origins.len()))?;
        }
        write!(
            formatter,
            " · {} · {}",
            count(self.stories, "story"),
            count(self.facts(), "fact")
        )?;
        if self.facts() > 0 {
            write!(
                formatter,
                ": {} agree, {} differ, {} in one report only",
                self.agree, self.differ, self.single
            )?;
        }
        Ok(())
    }
}
