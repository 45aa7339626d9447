//! Tests of whole documents: what must hold of every brief, in every format.

use rashomon_core::{Brief, Copy, Difference, Line, Quote, QuoteKind, Report, Source, SourceKind, Span};
use rashomon_story::ReportKind;

use crate::html::Page;
use crate::json::BriefDocument;
use crate::markdown::Markdown;
use crate::terminal::{Terminal, TerminalOptions};
use crate::{ComposeOptions, Renderer, compose, document, fixture, json, sections};

/// Returns the fixture's brief in all four formats.
fn all_formats(briefs: &[Brief<'_>], colour: bool) -> Vec<String> {
    let options = TerminalOptions { width: 72, colour };
    let renderers: [&mut dyn Renderer; 4] = [
        &mut BriefDocument::new(),
        &mut Markdown::new(),
        &mut Terminal::new(options),
        &mut Page::new().unwrap(),
    ];
    renderers
        .into_iter()
        .map(|renderer| document(renderer, briefs).unwrap())
        .collect()
}

#[test]
fn every_line_stands_in_its_report_word_for_word() {
    let reports = fixture::reports();
    let brief = fixture::brief(&reports);
    let mut lines = 0;
    for (_, section) in sections(&brief) {
        for line in section {
            let cite = line.cites[0];
            assert_eq!(line.text, cite.span.text(&reports[cite.report].text));
            lines += 1;
        }
    }
    assert!(lines >= 8, "only {lines} lines");
}

#[test]
fn the_same_brief_gives_the_same_bytes() {
    let reports = fixture::reports();
    let once = all_formats(&[fixture::brief(&reports)], true);
    let again = all_formats(&[fixture::brief(&reports)], true);
    assert_eq!(once, again);
}

#[test]
fn no_text_of_a_report_becomes_markup() {
    let mut report = Report::new(
        "<i>id",
        "<script>alert(1)</script> was painted on the wall of the town hall & \"signed\" by nobody.",
    );
    report.title = Some("</title><script>alert(2)</script>".to_owned());
    report.outlet = Some("\"><img src=x onerror=alert(3)>".to_owned());
    report.url = Some("javascript:alert(4)".to_owned());
    let page = crate::html::page(&[fixture::brief_of_one(&report)]).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains("<script"));
    assert!(!page.contains("<img"));
    assert!(!page.contains("javascript:"));
}

#[test]
fn nothing_is_fetched_by_the_page() {
    let reports = fixture::reports();
    let page = crate::html::page(&[fixture::brief(&reports)]).unwrap();
    assert!(page.contains("default-src 'none'"));
    for fetching in ["src=", "<link", "@import", "url(", "<iframe", "<form"] {
        assert!(!page.contains(fetching), "the page has {fetching}");
    }
}

#[test]
fn every_link_inside_the_page_has_its_target() {
    let reports = fixture::reports();
    let page = crate::html::page(&[fixture::brief(&reports), fixture::brief(&reports)]).unwrap();
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

#[test]
fn a_terminal_gets_no_control_characters_of_a_report() {
    let report = Report::new(
        "r1",
        "The town hall \u{1b}[2J\u{7}was painted red by a group of students on Monday.",
    );
    let text = crate::terminal::story(&fixture::brief_of_one(&report), &TerminalOptions::default());
    assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'));
}

#[test]
fn a_story_of_one_report_has_nothing_to_compare() {
    let report = Report::new(
        "r1",
        "The town hall was painted red by a group of students on Monday.",
    );
    let brief = fixture::brief_of_one(&report);
    assert_eq!(brief.headline, report.text);
    for text in all_formats(&[brief], false).iter().skip(1) {
        assert!(text.to_lowercase().contains("only one report"), "{text}");
    }
}

#[test]
fn a_report_without_words_gives_a_brief() {
    let report = Report::new("empty", "");
    let brief = fixture::brief_of_one(&report);
    assert_eq!(brief.headline, "s-one");
    assert_eq!(all_formats(&[brief], true).len(), 4);
    assert_eq!(
        document(&mut BriefDocument::new(), &[]).unwrap(),
        format!(
            "{{\"rashomon\":\"{}\",\"stories\":[]}}\n",
            env!("CARGO_PKG_VERSION")
        )
    );
}

#[test]
fn lines_of_a_terminal_fit_its_width() {
    let reports = fixture::reports();
    let text = crate::terminal::story(
        &fixture::brief(&reports),
        &TerminalOptions {
            width: 50,
            colour: false,
        },
    );
    for line in text.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 50, "{line}");
    }
}

/// Returns what is wrong with a JSON text by a schema of `docs/schema`.
fn faults(schema: &str, json: &str) -> Vec<String> {
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let value = serde_json::from_str(json).unwrap();
    validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path))
        .collect()
}

#[test]
fn the_json_fits_its_schemas() {
    let reports = fixture::reports();
    let one = Report::new("r1", "");
    let briefs = [fixture::brief(&reports), fixture::brief_of_one(&one)];
    let document = document(&mut BriefDocument::new(), &briefs).unwrap();
    let brief = include_str!("../../../docs/schema/brief.schema.json");
    assert_eq!(faults(brief, &document), [""; 0]);
    assert_eq!(faults(brief, &document.replace("\"agree\"", "\"true\"")).len(), 3);
    for (report, reading) in reports.iter().zip(fixture::readings()) {
        let read = json::reading_line(report, &reading).unwrap();
        assert_eq!(
            faults(include_str!("../../../docs/schema/read.schema.json"), &read),
            [""; 0]
        );
        let extract = json::report_line(report).unwrap();
        assert_eq!(
            faults(include_str!("../../../docs/schema/extract.schema.json"), &extract),
            [""; 0]
        );
    }
    let report = Report::new("post-3", "A footbridge fell into the Orrin.");
    let copy = Copy {
        report: 0,
        of: 1,
        share: 0.5,
        passages: vec![Span::new(0, 12)],
    };
    let line = json::story_line(
        &report,
        ("s-kesterby", None),
        ReportKind::Report,
        &[("wire-7", &copy)],
    )
    .unwrap();
    assert_eq!(
        faults(include_str!("../../../docs/schema/stories.schema.json"), &line),
        [""; 0]
    );
}

#[test]
fn positions_in_the_json_are_characters() {
    let reports = fixture::reports();
    let document: serde_json::Value =
        serde_json::from_str(&document(&mut BriefDocument::new(), &[fixture::brief(&reports)]).unwrap())
            .unwrap();
    let story = &document["stories"][0];
    let passage = |part: &serde_json::Value| {
        let report = reports
            .iter()
            .find(|report| report.id == part["report"].as_str().unwrap())
            .unwrap();
        let position = |name: &str| usize::try_from(part[name].as_u64().unwrap()).unwrap();
        let (start, end) = (position("start"), position("end"));
        report
            .text
            .chars()
            .skip(start)
            .take(end - start)
            .collect::<String>()
    };
    let mut checked = 0;
    for list in ["quotes", "quantities", "times", "places"] {
        for part in story[list].as_array().unwrap() {
            assert_eq!(part["text"].as_str().unwrap(), passage(part));
            checked += 1;
        }
    }
    for fact in story["facts"].as_array().unwrap() {
        for cell in fact["cells"].as_array().unwrap() {
            assert_eq!(cell["text"].as_str().unwrap(), passage(cell));
            checked += 1;
        }
    }
    assert!(checked > 20);
}

#[test]
fn expectations_with_a_date_come_in_its_order() {
    let reports = fixture::reports();
    let brief = fixture::brief(&reports);
    let next: Vec<&str> = brief
        .sections
        .what_happens_next
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(
        next,
        [
            "Mayor Ilse Brandt is expected to visit the site on Wednesday.",
            "The city council will meet on Thursday to decide whether to close two bridges of the same make.",
        ]
    );
}

#[test]
fn a_copied_passage_is_not_cited_beside_its_source() {
    let reports = fixture::reports();
    let brief = fixture::brief(&reports);
    for (_, section) in sections(&brief) {
        for line in section {
            let cited: Vec<usize> = line.cites.iter().map(|cite| cite.report).collect();
            let copied = line.text.contains("8:40") || line.text.contains("died");
            assert!(
                !copied || !cited.contains(&2),
                "{} is cited to {cited:?}",
                line.text
            );
        }
    }
}

#[test]
fn the_terminal_shows_the_whole_brief() {
    let reports = fixture::reports();
    let briefs = [fixture::brief(&reports)];
    let options = TerminalOptions {
        width: 80,
        colour: false,
    };
    insta::assert_snapshot!(
        "terminal",
        document(&mut Terminal::new(options), &briefs).unwrap()
    );
}

#[test]
fn colour_ends_with_its_line() {
    let reports = fixture::reports();
    let options = TerminalOptions {
        width: 60,
        colour: true,
    };
    let text = crate::terminal::story(&fixture::brief(&reports), &options);
    assert!(text.contains("\u{1b}[1mFourteen die as footbridge falls in Kesterby\u{1b}[0m\n"));
    for line in text.lines() {
        assert!(
            line.rfind("\u{1b}[0m") >= line.rfind("\u{1b}[1m"),
            "{line:?} ends in bold"
        );
    }
}

#[test]
fn markdown_shows_the_whole_brief() {
    let reports = fixture::reports();
    insta::assert_snapshot!("markdown", crate::markdown::story(&fixture::brief(&reports)));
}

#[test]
fn a_report_that_says_otherwise_is_not_cited() {
    let reports = fixture::reports();
    let brief = fixture::brief(&reports);
    let toll = &brief.sections.what_happened[0];
    assert!(toll.text.starts_with("Fourteen people died"));
    let cited: Vec<usize> = toll.cites.iter().map(|cite| cite.report).collect();
    assert_eq!(cited, [1], "the Herald says at least 12");
}

#[test]
fn differences_come_with_the_most_consequential_first() {
    let reports = fixture::reports();
    let mut ledger = fixture::ledger();
    ledger.facts[0].difference = Some(Difference::Framing);
    let brief = compose(fixture::story(&reports), ledger, &ComposeOptions::default());
    assert_eq!(brief.sections.where_reports_differ, [2, 0]);
}

#[test]
fn a_headline_is_not_in_capitals() {
    let mut reports = fixture::reports();
    reports[1].title = Some("FOURTEEN DIE AS BRIDGE FALLS".to_owned());
    assert_eq!(fixture::brief(&reports).headline, "Bridge falls into the Orrin");
    for report in &mut reports {
        report.title = None;
    }
    let brief = fixture::brief(&reports);
    assert_eq!(brief.headline, brief.sections.what_happened[0].text);
}

#[test]
fn what_lies_before_today_does_not_happen_next() {
    let reports = fixture::reports();
    let options = ComposeOptions {
        as_of: Some("2031-05-08".parse().unwrap()),
        ..ComposeOptions::default()
    };
    let brief = compose(fixture::story(&reports), fixture::ledger(), &options);
    let first = &brief.sections.what_happens_next[0].text;
    assert!(first.contains("on Thursday"), "{first}");
}

#[test]
fn no_section_is_longer_than_asked_for() {
    let reports = fixture::reports();
    let options = ComposeOptions {
        what_happened: 0,
        why_it_matters: 0,
        what_to_know: 1,
        what_people_are_saying: 1,
        what_happens_next: 1,
        as_of: None,
    };
    let brief = compose(fixture::story(&reports), fixture::ledger(), &options);
    let lengths: Vec<usize> = sections(&brief).iter().map(|(_, lines)| lines.len()).collect();
    assert_eq!(lengths, [0, 0, 1, 1, 1]);
}

#[test]
fn any_text_is_rendered() {
    for text in [
        "\u{0}",
        "\u{301}\u{301}",
        "🜚 👩‍👩‍👧 —",
        "a|b *c* [d](e) <f> `g` \\ # {{ h }} {% i %}",
    ] {
        let report = Report::new("r1", text);
        for rendered in all_formats(&[fixture::brief_of_one(&report)], true) {
            assert!(!rendered.is_empty());
        }
    }
}

/// Returns a story of one report: news, a quotation of three sentences, a question and what is to come.
fn of_quotes() -> Report {
    Report::new(
        "r1",
        "The council of Kesterby opened the new bridge over the River Orrin on Monday.\n\
         “The bridge is an idea that sets people free.\n\
         The bridge is no circus.\n\
         We will see who dares to cross it,” Mayor Ilse Brandt told the crowd at the opening.\n\
         Is the bridge of Kesterby a big story for the people of the valley?\n\
         Will the bridge of Kesterby stand for a hundred years?\n\
         The bridge of Kesterby is closed to lorries and is open to all others.",
    )
}

#[test]
fn the_words_of_others_and_questions_are_no_news() {
    let report = of_quotes();
    let mut reading = fixture::reading(&report.text);
    let at = |words: &str| Span::of(&report.text, words).unwrap();
    let quoted = Span::new(at("“The bridge is an idea").start, at("dares to cross it,”").end);
    reading.quotes.push(Quote {
        span: quoted,
        pieces: vec![quoted],
        sentence: 1,
        kind: QuoteKind::Direct,
        speaker: Some(Source {
            span: at("Mayor Ilse Brandt"),
            name: "Ilse Brandt".to_owned(),
            entity: None,
            kind: SourceKind::Person,
        }),
        via: None,
        cue: None,
    });
    let mut brief = fixture::brief_of_one(&report);
    brief.story.readings = vec![reading];
    let brief = compose(brief.story, brief.ledger, &ComposeOptions::default());
    let texts = |lines: &[Line]| -> Vec<String> { lines.iter().map(|line| line.text.clone()).collect() };
    let news: Vec<String> = [
        &brief.sections.what_happened,
        &brief.sections.why_it_matters,
        &brief.sections.what_to_know,
        &brief.sections.what_happens_next,
    ]
    .into_iter()
    .flat_map(|lines| texts(lines))
    .collect();
    assert!(!news.is_empty());
    for line in &news {
        assert!(
            line.starts_with("The council") || line.ends_with("to all others."),
            "{line}"
        );
    }
}
