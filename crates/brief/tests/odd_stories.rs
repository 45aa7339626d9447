//! Stories that are hardly any: one report, thousands, copies alone, reports with nothing in common, and no text at all.
//! Each gives a sensible brief, or says plainly that there is nothing to compare.

#[cfg(test)]
mod tests {
    use rashomon_brief::html::page;
    use rashomon_brief::terminal::{TerminalOptions, story as text_of};
    use rashomon_brief::{PipelineOptions, brief_of, markdown, stories_of};
    use rashomon_core::{Brief, Published, Report, Verdict};

    const FERRY: &str = "A ferry sank off Port Ansel on Tuesday, and five people were killed, the coastguard said. \
        Rescuers searched the bay with nine boats until dark. The mayor, Ilse Brandt, will visit the harbour on Friday.";
    const CINEMA: &str = "An old cinema shows its last film tonight. Its owner sold the house to a baker.";

    fn report(id: &str, text: &str) -> Report {
        let mut report = Report::new(id, text);
        report.published = Published::stated("2031-05-06".parse().unwrap());
        report
    }

    fn brief(reports: &[Report]) -> Brief<'_> {
        let options = PipelineOptions {
            same_story: true,
            ..PipelineOptions::default()
        };
        let stories = stories_of(reports, &options, &|| {});
        assert_eq!(stories.len(), 1);
        brief_of(reports, &stories[0], &options)
    }

    /// Asserts that all forms for readers say so.
    #[track_caller]
    fn assert_says(brief: &Brief<'_>, words: &str) {
        let options = TerminalOptions {
            width: 100,
            colour: false,
        };
        for text in [text_of(brief, &options), markdown::story(brief)] {
            assert!(text.contains(words), "no '{words}': {text}");
        }
    }

    #[test]
    fn one_report_has_nothing_to_compare() {
        let reports = [report("a", FERRY)];
        let brief = brief(&reports);
        assert!(
            brief
                .ledger
                .facts
                .iter()
                .all(|fact| fact.verdict == Verdict::Single)
        );
        assert_eq!(brief.sections.what_happened[0].cites.len(), 1);
        assert_says(&brief, "nly one report");
        assert!(page(&[brief]).unwrap().contains("only one report"));
    }

    #[test]
    fn copies_alone_confirm_nothing() {
        let reports = [report("a", FERRY), report("b", FERRY), report("c", FERRY)];
        let brief = brief(&reports);
        assert!(brief.ledger.facts.iter().all(|fact| fact.origins == 1
            || fact.credibility.number() != 1
            || {
                // The coastguard is an origin of its own beside the report.
                fact.cells.iter().any(|cell| cell.attributed_to.is_some())
            }));
        assert_says(&brief, "ll reports are copies of one");
        assert!(page(&[brief]).unwrap().contains("copies of one"));
    }

    #[test]
    fn reports_without_a_common_fact_say_so() {
        let reports = [report("a", FERRY), report("b", CINEMA)];
        let brief = brief(&reports);
        assert!(brief.sections.where_reports_differ.is_empty());
        assert_says(&brief, "nothing to compare");
        assert!(
            page(&[brief])
                .unwrap()
                .contains("No fact was found in more than one report")
        );
    }

    #[test]
    fn an_empty_text_is_a_report_that_says_nothing() {
        for reports in [
            vec![report("a", "")],
            vec![report("a", ""), report("b", FERRY)],
            vec![report("a", " \n "); 2],
        ] {
            let mut reports = reports;
            for (place, report) in reports.iter_mut().enumerate() {
                report.id = format!("r{place}");
            }
            let brief = brief(&reports);
            assert_says(&brief, "nothing to compare");
            assert!(!page(&[brief]).unwrap().is_empty());
        }
    }

    #[test]
    fn thousands_of_reports_take_bounded_time_and_pages() {
        // Two thousand reports of a sentence each, in forty wordings.
        let reports: Vec<Report> = (0..2000)
            .map(|place| {
                let number = place % 40;
                report(
                    &format!("r{place}"),
                    &format!(
                        "A ferry sank off Port Ansel with {number} crates of plums and {} goats aboard.",
                        number * 7 + 2
                    ),
                )
            })
            .collect();
        let brief = brief(&reports);
        assert!(!brief.sections.what_happened.is_empty());
        let text = text_of(&brief, &TerminalOptions::default());
        // The list of reports has a line or two each; all else is short.
        assert!(text.lines().count() < 5000, "{}", text.lines().count());
    }
}
