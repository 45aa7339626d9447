//! The whole way in a few lines: files and folders in, the ledger of each story out, as an indented list.
//!
//! `cargo run -p rashomon-brief --example ledger -- examples/reports`

use std::io::Write as _;
use std::path::Path;

use rashomon_brief::{PipelineOptions, brief_of, stories_of};
use rashomon_ingest::{ReadOptions, list_files, make_ids_unique, read_file};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    // Bytes to reports: what cannot be read is named, the rest is read.
    let mut reports = Vec::new();
    for path in std::env::args().skip(1) {
        for file in list_files(Path::new(&path))? {
            read_file(&file, &ReadOptions::default(), &mut |result| match result {
                Ok(report) => reports.push(report),
                Err(error) => {
                    let _ = writeln!(std::io::stderr(), "{error}");
                }
            });
        }
    }
    make_ids_unique(&mut reports);
    // Reports to stories, and each story to its brief, which holds the ledger.
    let options = PipelineOptions::default();
    for story in stories_of(&reports, &options, &|| {}) {
        let brief = brief_of(&reports, &story, &options);
        writeln!(out, "{}: {}", story.id, brief.headline)?;
        for fact in &brief.ledger.facts {
            let difference = fact.difference.map_or("", |difference| difference.as_str());
            let verdict = fact.verdict.as_str();
            writeln!(
                out,
                "  {} {} {verdict} {difference} · {}",
                fact.id,
                fact.kind.as_str(),
                fact.label
            )?;
            for cell in &fact.cells {
                let report = brief
                    .story
                    .reports
                    .get(cell.report)
                    .map_or("", |report| report.id.as_str());
                let source = cell.attributed_to.as_deref().unwrap_or("-");
                writeln!(
                    out,
                    "      {report}:{} {} [{}] {source} ({})",
                    cell.sentence,
                    cell.value,
                    cell.status.as_str(),
                    cell.origin
                )?;
            }
        }
    }
    Ok(())
}
