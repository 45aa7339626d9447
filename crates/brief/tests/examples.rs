//! The whole way over the examples: what must hold of every brief of real input.

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rashomon_brief::html::Page;
    use rashomon_brief::json::{BriefDocument, reading_line, report_line, story_line};
    use rashomon_brief::{PipelineOptions, brief_of, document, stories_of};
    use rashomon_core::{Brief, Report};
    use rashomon_ingest::{ReadOptions, list_files, make_ids_unique, read_file};
    use rashomon_story::ReportKind;

    /// Returns the reports of `examples/reports`.
    fn reports() -> Vec<Report> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
        let mut reports = Vec::new();
        for file in list_files(&folder).unwrap() {
            read_file(&file, &ReadOptions::default(), &mut |report| {
                reports.push(report.unwrap());
            });
        }
        make_ids_unique(&mut reports);
        reports
    }

    /// Returns the briefs of some reports.
    fn briefs(reports: &[Report]) -> Vec<Brief<'_>> {
        let options = PipelineOptions::default();
        let stories = stories_of(reports, &options, &|| {});
        stories
            .iter()
            .map(|story| brief_of(reports, story, &options))
            .collect()
    }

    /// Panics where a JSON text does not fit a schema of `docs/schema`.
    fn assert_fits(schema: &str, json: &str) {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/schema/{schema}.schema.json"));
        let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let value = serde_json::from_str(json).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path))
            .collect();
        assert_eq!(faults, [""; 0]);
    }

    #[test]
    fn the_json_of_the_examples_fits_its_schemas() {
        let reports = reports();
        assert!(reports.len() > 10);
        let briefs = briefs(&reports);
        assert_fits("brief", &document(&mut BriefDocument::new(), &briefs).unwrap());
        for brief in &briefs {
            for (report, reading) in brief.story.reports.iter().zip(&brief.story.readings) {
                assert_fits("read", &reading_line(report, reading).unwrap());
                assert_fits("extract", &report_line(report).unwrap());
                assert_fits(
                    "stories",
                    &story_line(report, (&brief.story.id, None), ReportKind::Report, &[]).unwrap(),
                );
            }
        }
    }

    #[test]
    fn every_line_of_the_examples_stands_in_its_report() {
        let reports = reports();
        let mut lines = 0;
        for brief in briefs(&reports) {
            let sections = &brief.sections;
            assert!(!sections.what_happened.is_empty(), "{}", brief.headline);
            for line in sections.lines() {
                let cite = line.cites[0];
                assert_eq!(line.text, cite.span.text(&brief.story.reports[cite.report].text));
                for cite in &line.cites {
                    let reading = &brief.story.readings[cite.report];
                    let starts = reading
                        .sentences
                        .iter()
                        .any(|sentence| sentence.span.start == cite.span.start);
                    let ends = reading
                        .sentences
                        .iter()
                        .any(|sentence| sentence.span.end == cite.span.end);
                    assert!(starts && ends, "a cite of {} is no whole sentence", line.text);
                }
                lines += 1;
            }
        }
        assert!(lines > 40, "only {lines} lines");
    }

    #[test]
    fn links_inside_the_page_of_the_examples_have_their_targets() {
        let reports = reports();
        let page = document(&mut Page::new().unwrap(), &briefs(&reports)).unwrap();
        let mut ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id stands twice");
        for target in page
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(
                ids.binary_search(&target).is_ok(),
                "no element has the id {target}"
            );
        }
    }
}
