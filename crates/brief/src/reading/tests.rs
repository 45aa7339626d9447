//! Tests of a reading for people.

use proptest::prelude::*;
use rashomon_core::{
    Entity, EntityKind, Mention, MentionKind, Place, Quantity, QuantityRelation, Quote, QuoteKind, Reading,
    Report, Sentence, SentenceKind, Source, SourceKind, Span, TimeExpression, TimeMention, TimeValue,
};
use unicode_width::UnicodeWidthStr;

use super::{CARRIER, marked_text, text};
use crate::terminal::TerminalOptions;
use crate::visible::visible;

const RESET: &str = "\u{1b}[0m";

fn options(width: usize, colour: bool) -> TerminalOptions {
    TerminalOptions { width, colour }
}

/// Returns an entity with one mention.
fn entity(name: &str, kind: EntityKind, span: Span) -> Entity {
    Entity {
        name: name.to_owned(),
        kind,
        aliases: Vec::new(),
        descriptions: Vec::new(),
        mentions: vec![Mention {
            span,
            sentence: 0,
            kind: MentionKind::Name,
        }],
    }
}

fn place(span: Span, name: &str) -> Place {
    Place {
        span,
        sentence: 0,
        name: name.to_owned(),
        country: Some("GB".to_owned()),
        latitude: Some(51.5),
        longitude: Some(-2.0),
        geonames: None,
    }
}

fn quote(pieces: Vec<Span>, speaker: Option<Source>) -> Quote {
    let first = pieces.first().copied().unwrap_or_default();
    Quote {
        span: pieces.iter().fold(first, |whole, piece| whole.join(*piece)),
        pieces,
        sentence: 0,
        kind: QuoteKind::Direct,
        speaker,
        via: None,
        cue: None,
    }
}

fn quantity(span: Span) -> Quantity {
    Quantity {
        span,
        sentence: 0,
        low: Some(12.0),
        high: None,
        relation: QuantityRelation::AtLeast,
        unit: None,
        counted: Some("people".to_owned()),
        counted_span: None,
        trend: None,
        attributed_to: None,
    }
}

fn time(span: Span) -> TimeMention {
    TimeMention {
        span,
        sentence: 0,
        expression: TimeExpression::Absolute(TimeValue::Year(2031)),
        value: Some(TimeValue::Year(2031)),
    }
}

/// Returns the marked text of a report of one sentence with these entities and pieces of a quote.
fn marked(words: &str, entities: &[(&str, EntityKind)], quoted: &[&str]) -> String {
    let at = |needle: &str| Span::of(words, needle).unwrap();
    let reading = Reading {
        entities: entities
            .iter()
            .map(|&(name, kind)| entity(name, kind, at(name)))
            .collect(),
        places: entities
            .iter()
            .filter(|(_, kind)| *kind == EntityKind::Place)
            .map(|(name, _)| place(at(name), name))
            .collect(),
        quotes: vec![quote(quoted.iter().map(|piece| at(piece)).collect(), None)],
        ..Reading::default()
    };
    marked_text(&Report::new("r", words), &reading, &options(60, false))
}

#[test]
fn a_name_inside_a_quote_and_a_place_that_is_a_name() {
    let words = "“Jon Aldous left,” she said in Kesterby, “for Orrin.”";
    let entities = [
        ("Jon Aldous", EntityKind::Person),
        ("Kesterby", EntityKind::Place),
    ];
    insta::assert_snapshot!(marked(words, &entities, &["“Jon Aldous left,”", "“for Orrin.”"]), @r"
    [“[Jon Aldous e1] left,” q1] she said in [Kesterby e2 p1],
    [“for Orrin.” q1]
    ");
}

#[test]
fn paragraphs_headings_and_lines_about_the_report_are_kept() {
    let text = "What To Know\nIt rained.\n\n\n  It  rained\ttwice.\r\nBy Ada Quill";
    let sentence = |needle: &str, kind| Sentence {
        span: Span::of(text, needle).unwrap(),
        kind,
        ..Sentence::default()
    };
    let reading = Reading {
        sentences: vec![
            sentence("What To Know", SentenceKind::Heading),
            sentence("By Ada Quill", SentenceKind::Provenance),
        ],
        ..Reading::default()
    };
    let report = Report::new("r", text);
    insta::assert_snapshot!(marked_text(&report, &reading, &options(60, false)), @r"
    # What To Know
    It rained.

    It rained twice.
    {By Ada Quill}
    ");
    let coloured = marked_text(&report, &reading, &options(60, true));
    insta::assert_snapshot!(coloured.replace('\u{1b}', "␛"), @r"
    ␛[1mWhat To Know␛[0m
    It rained.

    It rained twice.
    ␛[2mBy Ada Quill␛[0m
    ");
}

#[test]
fn control_characters_are_shown_and_steer_nothing() {
    let report = Report::new(
        "a\u{1b}]0;x\u{7}",
        "A\u{1b}[2J bell\u{7} and \u{202E}turned\u{2069} \u{301}e.",
    );
    let reading = Reading {
        entities: vec![entity("\u{1b}[31m\u{9b}", EntityKind::Other, Span::new(0, 1))],
        ..Reading::default()
    };
    let shown = text(&report, &reading, &options(60, false));
    assert!(
        shown.contains("[A e1]␛[2J bell␇ and \u{FFFD}turned\u{FFFD} ◌\u{301}e.\n"),
        "{shown}"
    );
    assert!(
        !shown
            .chars()
            .any(|character| character != '\n' && character != visible(character)),
        "{shown:?}"
    );
}

/// Returns the reading of an invented report, with the report.
fn kesterby() -> (Report, Reading) {
    let mut reports = crate::fixture::reports();
    let report = reports.remove(0);
    let mut reading = crate::fixture::readings().remove(0);
    let at = |needle: &str| Span::of(&report.text, needle).unwrap();
    reading
        .entities
        .push(entity("Kesterby", EntityKind::Place, at("Kesterby")));
    reading.entities.push(Entity {
        aliases: vec!["the Mayor of the Free City".to_owned()],
        ..entity("Ilse Brandt", EntityKind::Person, at("Ilse Brandt"))
    });
    reading.entities.push(entity(
        "橋の近くのパン屋",
        EntityKind::Organisation,
        at("city council"),
    ));
    (report, reading)
}

#[test]
fn a_reading_is_shown_whole() {
    let (report, reading) = kesterby();
    insta::assert_snapshot!("reading", text(&report, &reading, &options(80, false)));
}

#[test]
fn lines_fit_the_width_and_no_colour_outlasts_them() {
    let (report, reading) = kesterby();
    for width in [40, 61, 100] {
        for line in text(&report, &reading, &options(width, false)).lines() {
            assert!(line.width() <= width, "{line}");
        }
        let coloured = text(&report, &reading, &options(width, true));
        assert!(coloured.contains('\u{1b}'));
        for line in coloured.lines() {
            let last = line.rfind('\u{1b}').map(|start| line[start..].starts_with(RESET));
            assert_ne!(last, Some(false), "{line:?}");
        }
    }
}

/// Returns the characters of a coloured text without its styles, its keys and its white space.
fn without_marks(coloured: &str) -> String {
    let key = super::KEY.render().to_string();
    let mut shown = String::new();
    let mut is_key = false;
    for (number, piece) in coloured.split('\u{1b}').enumerate() {
        let mut words = piece;
        if number > 0 {
            let end = piece.find('m').map_or(piece.len(), |end| end + 1);
            let (style, rest) = piece.split_at(end);
            is_key = key == format!("\u{1b}{style}");
            words = rest;
        }
        if !is_key {
            shown.extend(words.chars().filter(|character| !character.is_whitespace()));
        }
    }
    shown
}

/// Returns the characters of a report as they should be shown, without white space.
fn as_shown(text: &str) -> String {
    let words = text.chars().filter(|character| !character.is_whitespace());
    words.map(visible).collect()
}

/// Returns true where `part` is what remains of `whole` when some characters are left out.
fn is_within(part: &str, whole: &str) -> bool {
    let mut whole = whole.chars();
    part.chars()
        .all(|wanted| whole.any(|character| character == wanted))
}

/// Any text of the kinds of characters that give trouble.
fn any_text() -> impl Strategy<Value = String> {
    proptest::string::string_regex(
        "([A-Ca-c0-9.,“”\"'-]|[ \n\t\r]|\u{301}|\u{202E}|\u{1b}|\u{7}|日|👩‍👧|\u{200B}|Mira Tolland |\\PC|\\p{Cc}){0,80}",
    )
    .unwrap()
}

/// A span near a text, on its boundaries or not.
fn any_span() -> impl Strategy<Value = Span> {
    (0usize..90, 0usize..40).prop_map(|(start, length)| Span::new(start, start + length))
}

/// Any reading: its spans may lie anywhere, cross each other, and point at nothing.
fn any_reading() -> impl Strategy<Value = Reading> {
    let spans = || prop::collection::vec(any_span(), 0..5);
    (spans(), spans(), spans(), spans(), spans(), spans()).prop_map(
        |(names, places, quotes, quantities, times, sentences)| {
            let kinds = [
                SentenceKind::Text,
                SentenceKind::Heading,
                SentenceKind::Provenance,
            ];
            let sentences = sentences.into_iter().zip(kinds.into_iter().cycle());
            let speaker = Source {
                span: Span::new(3, 700),
                name: "x".to_owned(),
                entity: Some(99),
                kind: SourceKind::Unnamed,
            };
            Reading {
                sentences: sentences
                    .map(|(span, kind)| Sentence {
                        span,
                        kind,
                        paragraph: span.len(),
                        first_token: span.end,
                        last_token: span.start,
                    })
                    .collect(),
                tokens: Vec::new(),
                entities: names
                    .into_iter()
                    .map(|span| entity("Mira Tolland", EntityKind::Person, span))
                    .collect(),
                quotes: vec![quote(quotes, Some(speaker))],
                quantities: quantities.into_iter().map(quantity).collect(),
                numbers: Vec::new(),
                times: times.into_iter().map(time).collect(),
                places: places.into_iter().map(|span| place(span, "Kesterby")).collect(),
                statements: Vec::new(),
            }
        },
    )
}

/// Asserts that every character of a report is shown in order.
fn assert_shown(report: &Report, reading: &Reading, width: usize) -> Result<(), TestCaseError> {
    let wanted = as_shown(&report.text);
    let coloured = marked_text(report, reading, &options(width, true));
    prop_assert_eq!(&without_marks(&coloured), &wanted);
    let plain = marked_text(report, reading, &options(width, false));
    prop_assert!(is_within(&wanted, &plain), "{}", plain);
    let marks = plain
        .chars()
        .filter(|character| "{[".contains(*character))
        .count();
    let ends = plain
        .chars()
        .filter(|character| "]}".contains(*character))
        .count();
    let own = |signs: &str| {
        wanted
            .chars()
            .filter(|character| signs.contains(*character))
            .count()
    };
    prop_assert_eq!(marks - own("{["), ends - own("]}"));
    let steers = |character: char| character != '\n' && character != visible(character);
    let whole = text(report, reading, &options(width, false));
    prop_assert!(!whole.chars().any(steers));
    prop_assert!(!crate::inspection::text(report, reading).chars().any(steers));
    Ok(())
}

proptest! {
    #[test]
    fn every_character_is_shown_in_order_with_any_marks(
        text in any_text(), reading in any_reading(), width in 0usize..120,
    ) {
        assert_shown(&Report::new("r", text.as_str()), &reading, width)?;
    }
}

proptest! {
    // The network takes its time.
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn every_character_is_shown_in_order_with_its_own_marks(text in any_text()) {
        let report = Report::new("r", text.as_str());
        assert_shown(&report, &rashomon_language::read(&report), 60)?;
    }
}

#[test]
fn a_long_line_is_shown_in_time() {
    let report = Report::new("r", "日本a\u{301}".repeat(200_000));
    let shown = marked_text(&report, &Reading::default(), &options(80, false));
    assert!(!shown.contains(CARRIER));
    assert_eq!(shown.lines().map(UnicodeWidthStr::width).max(), Some(80));
}
