//! Prints the reports of files and folders, a JSON line a report: `cargo run --example extract -- PATH …`.

// An example prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::PathBuf;

use rashomon_ingest::{ReadOptions, list_files, make_ids_unique, read_file};

fn main() {
    let options = ReadOptions::default();
    let mut reports = Vec::new();
    for path in std::env::args_os().skip(1).map(PathBuf::from) {
        match list_files(&path) {
            Ok(files) => {
                for file in files {
                    read_file(&file, &options, &mut |result| match result {
                        Ok(report) => reports.push(report),
                        Err(error) => eprintln!("{error}"),
                    });
                }
            }
            Err(error) => eprintln!("{error}"),
        }
    }
    make_ids_unique(&mut reports);
    for report in reports {
        let published = report.published.day.map(|day| day.to_string());
        let provenance: Vec<&str> = report
            .provenance
            .iter()
            .map(|span| span.text(&report.text))
            .collect();
        let line = serde_json::json!({
            "id": report.id, "path": report.path, "url": report.url, "outlet": report.outlet, "title": report.title,
            "byline": report.byline, "published": published, "language": report.language, "credits": report.credits,
            "dateline": report.dateline, "text": report.text, "provenance": provenance,
        });
        println!("{line}");
    }
}
