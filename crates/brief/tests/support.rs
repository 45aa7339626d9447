//! Every line of every brief is supported by the sentence that it cites: over the examples, and over the stories of the
//! comparison bench where they lie beside the workspace.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use rashomon_brief::{Length, PipelineOptions, brief_of, stories_of};
    use rashomon_core::{Brief, Report, SentenceKind};
    use rashomon_ingest::{ReadOptions, list_files, make_ids_unique, read_file};

    /// Returns the reports of a file or folder.
    fn reports(path: &Path) -> Vec<Report> {
        let mut reports = Vec::new();
        for file in list_files(path).unwrap() {
            read_file(&file, &ReadOptions::default(), &mut |report| {
                reports.extend(report);
            });
        }
        make_ids_unique(&mut reports);
        reports
    }

    /// Returns the stories of the comparison bench that are there, each with its file of reports.
    fn bench_stories() -> Vec<PathBuf> {
        let bench = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/bench/compare");
        let Ok(entries) = fs::read_dir(bench) else {
            return Vec::new();
        };
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path().join("reports.jsonl")))
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        files
    }

    /// Asserts that a line is the text of its first cite, from the start of a sentence of news to the end of one, and that
    /// every further cite is such sentences too. Returns how many lines there are.
    fn assert_supported(brief: &Brief<'_>) -> usize {
        let mut count = 0;
        for line in brief.sections.lines() {
            let first = line.cites[0];
            assert_eq!(
                line.text,
                first.span.text(&brief.story.reports[first.report].text)
            );
            for cite in &line.cites {
                let sentences = &brief.story.readings[cite.report].sentences;
                let within: Vec<_> = sentences
                    .iter()
                    .filter(|sentence| cite.span.overlaps(sentence.span))
                    .collect();
                assert!(
                    within.iter().all(|sentence| sentence.kind == SentenceKind::Text),
                    "{line:?}"
                );
                assert_eq!(
                    within.first().map(|sentence| sentence.span.start),
                    Some(cite.span.start),
                    "{line:?}"
                );
                assert_eq!(
                    within.last().map(|sentence| sentence.span.end),
                    Some(cite.span.end),
                    "{line:?}"
                );
            }
            count += 1;
        }
        for fact in &brief.ledger.facts {
            for cell in &fact.cells {
                assert!(cell.span.contains(cell.evidence), "{cell:?}");
            }
        }
        for expectation in &brief.ledger.expectations {
            for cite in expectation.cites.iter().chain(&expectation.settled_by) {
                assert_eq!(
                    cite.span,
                    brief.story.readings[cite.report].sentences[cite.sentence].span
                );
                assert!(cite.span.contains(cite.evidence), "{cite:?}");
            }
        }
        let headline = brief.headline.as_str();
        let stands = |report: &&Report| {
            report.title.as_deref().map(str::trim) == Some(headline) || report.text.contains(headline)
        };
        assert!(
            headline == brief.story.id || brief.story.reports.iter().any(stands),
            "{headline}"
        );
        count
    }

    #[test]
    fn every_line_of_the_examples_is_supported() {
        let reports = reports(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports"));
        for length in [Length::Short, Length::Normal, Length::Long] {
            let options = PipelineOptions {
                compose: length.options(None),
                ..PipelineOptions::default()
            };
            let stories = stories_of(&reports, &options, &|| {});
            let counts = stories
                .iter()
                .map(|story| assert_supported(&brief_of(&reports, story, &options)));
            assert!(counts.sum::<usize>() > stories.len());
        }
    }

    #[test]
    fn every_line_of_the_bench_is_supported() {
        for file in bench_stories() {
            let reports = reports(&file);
            let options = PipelineOptions {
                same_story: true,
                ..PipelineOptions::default()
            };
            for story in stories_of(&reports, &options, &|| {}) {
                let count = assert_supported(&brief_of(&reports, &story, &options));
                assert!(count > 3, "{}: {count} lines", file.display());
            }
        }
    }
}
