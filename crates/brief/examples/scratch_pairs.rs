//! scratch
use rashomon_core::*;
fn main() {
    let mut reports = Vec::new();
    for path in std::env::args().skip(1) {
        rashomon_ingest::read_file(std::path::Path::new(&path), &Default::default(), &mut |r| {
            reports.push(r.unwrap())
        });
    }
    let mut readings: Vec<_> = reports.iter().map(rashomon_brief::read).collect();
    let refs: Vec<&Report> = reports.iter().collect();
    let days = rashomon_language::infer_dates(&refs, &readings, None);
    for (r, d) in readings.iter_mut().zip(days) {
        if let Some(d) = d {
            rashomon_language::resolve_times(r, d.day);
        }
    }
    for (i, r) in readings.iter().enumerate() {
        for t in &r.times {
            println!(
                "T {i} s{} {} {:?} {:?}",
                t.sentence,
                t.span.text(&reports[i].text),
                t.value.as_ref().map(|v| v.to_string()),
                t.expression
            );
        }
    }
    let story = StoryReadings {
        id: String::new(),
        reports: refs,
        readings,
        copies: vec![],
    };
    let model: rashomon_compare::alignment::BoostedTrees =
        serde_json::from_str(&std::fs::read_to_string("models/alignment.json").unwrap()).unwrap();
    let mut v: Vec<_> = rashomon_compare::alignment::candidate_pairs(&story)
        .into_iter()
        .map(|p| (model.probability(&p.features), p))
        .collect();
    v.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (p, c) in v.iter().filter(|x| x.0 > 0.06) {
        println!(
            "{p:.3} {}:{} {}:{} | {:.60} | {:.60} cos {:.2} stmt {:.2}",
            c.one.report,
            c.one.sentence,
            c.other.report,
            c.other.sentence,
            c.one.span.text(&story.reports[c.one.report].text),
            c.other.span.text(&story.reports[c.other.report].text),
            c.features[0],
            c.features[18]
        );
    }
}
