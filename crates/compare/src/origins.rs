//! Where a statement first comes from, as far as the text tells.
//!
//! Two reports that rest on the same word are one origin: "South Korean estimates" and "South Korean assessments" are
//! both South Korea's. So are a report and its copy, and two reports that an agency wrote.

use rashomon_core::{Report, Source, SourceKind, StoryReadings};

use crate::terms::normal_form;

/// Words of a source that say what kind of word it is, not whose.
const GENERIC: &str = include_str!("data/source_words.txt");

/// The origins of a story's reports.
#[derive(Clone, Debug)]
pub(crate) struct Origins {
    /// For each report, whose work it is where it speaks in its own voice.
    own: Vec<String>,
    /// The generic words, sorted.
    generic: Vec<&'static str>,
}

impl Origins {
    /// Returns the origins of a story.
    pub(crate) fn new(story: &StoryReadings<'_>) -> Self {
        let mut own: Vec<String> = story.reports.iter().map(|report| voice(report)).collect();
        // A copy has the origin of what it was taken from; chains are followed to their first report.
        for _ in 0..own.len() {
            let mut changed = false;
            for copy in &story.copies {
                if let (Some(of), Some(report)) = (own.get(copy.of).cloned(), own.get_mut(copy.report))
                    && *report != of
                {
                    *report = of;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let mut generic: Vec<&'static str> = GENERIC
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect();
        generic.sort_unstable();
        Self { own, generic }
    }

    /// Returns the origin of what `report` says on the word of `source`, in words for a reader. Cells of one origin
    /// have the same text.
    pub(crate) fn origin(&self, report: usize, source: Option<&Source>) -> String {
        let named = source.and_then(|source| self.whose(source));
        named.unwrap_or_else(|| self.own.get(report).cloned().unwrap_or_default())
    }

    /// Returns whose word a source is; `None` for "reportedly" and the like, which name nobody.
    fn whose(&self, source: &Source) -> Option<String> {
        let words: Vec<&str> = source.name.split_whitespace().collect();
        let telling: Vec<String> = words
            .iter()
            .map(|word| word.trim_matches(|character: char| !character.is_alphanumeric()))
            .filter(|word| !word.is_empty())
            // A capital makes it part of a name: "Central News Agency".
            .filter(|word| {
                let named = word.chars().next().is_some_and(char::is_uppercase);
                named || self.generic.binary_search(&normal_form(word).as_str()).is_err()
            })
            .filter(|word| !matches!(*word, "The" | "A" | "An"))
            .map(|word| {
                word.strip_suffix("’s")
                    .or_else(|| word.strip_suffix("'s"))
                    .unwrap_or(word)
                    .to_owned()
            })
            .collect();
        if !telling.is_empty() {
            return Some(telling.join(" "));
        }
        match source.kind {
            SourceKind::Unnamed => None,
            _ => Some(source.name.clone()),
        }
    }
}

/// Returns whose work a report is where it speaks in its own voice: the agency that wrote it, else its outlet, else
/// itself.
fn voice(report: &Report) -> String {
    let written_by_agency = match (&report.byline, report.credits.as_slice()) {
        // A credit without another byline or outlet of its own: the agency wrote it.
        (None, [agency]) if report.outlet.is_none() => Some(agency.clone()),
        (Some(byline), credits) => credits
            .iter()
            .find(|agency| byline.contains(agency.as_str()))
            .cloned(),
        _ => None,
    };
    written_by_agency.unwrap_or_else(|| report.display_name().to_owned())
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Copy, Span};

    use super::*;

    fn source(name: &str, kind: SourceKind) -> Source {
        Source {
            span: Span::default(),
            name: name.to_owned(),
            entity: None,
            kind,
        }
    }

    fn origins(reports: &[Report], copies: Vec<Copy>) -> Origins {
        let story = StoryReadings {
            id: String::new(),
            reports: reports.iter().collect(),
            readings: Vec::new(),
            copies,
        };
        Origins::new(&story)
    }

    #[test]
    fn words_for_the_kind_of_source_do_not_make_another_origin() {
        let reports = [Report::new("a", ""), Report::new("b", "")];
        let origins = origins(&reports, Vec::new());
        let estimates = origins.origin(0, Some(&source("Varennan estimates", SourceKind::Official)));
        let assessments = origins.origin(1, Some(&source("Varennan assessments", SourceKind::Official)));
        assert_eq!(estimates, assessments);
        assert_eq!(estimates, "Varennan");
    }

    #[test]
    fn who_names_nobody_leaves_the_report_itself() {
        let reports = [Report::new("a", "")];
        assert_eq!(
            origins(&reports, Vec::new()).origin(0, Some(&source("reports", SourceKind::Unnamed))),
            "a"
        );
    }

    #[test]
    fn a_copy_has_the_origin_of_its_source() {
        let reports = [Report::new("a", ""), Report::new("b", ""), Report::new("c", "")];
        let copy = |report, of| Copy {
            report,
            of,
            share: 0.9,
            passages: Vec::new(),
        };
        let origins = origins(&reports, vec![copy(2, 1), copy(1, 0)]);
        assert_eq!(origins.origin(2, None), "a");
    }
}
