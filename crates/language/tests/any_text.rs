//! Any text at all has a reading, and what the crate promises of a reading holds for it.

mod invariants;

use proptest::prelude::*;
use rashomon_core::{Published, Report, Span};
use rashomon_language::{infer_dates, read, resolve_times};

/// Pieces that the rules look for, and characters that rules forget, to be put together in any order.
const PIECES: [&str; 96] = [
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{b}",
    "\u{85}",
    "\u{a0}",
    "\u{200b}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{301}",
    "e\u{301}\u{323}",
    "\u{20dd}",
    "\u{202e}",
    "\u{202c}",
    "\u{2067}",
    "\u{2069}",
    "\u{200d}",
    "🌨",
    "👩\u{200d}🚒",
    "🇳🇴",
    "ß",
    "İ",
    "ŉ",
    "ǆ",
    "ﬁ",
    "Σ",
    "ς",
    "𝐀𝐝𝐚",
    "Ада Браун сказала",
    "雪が降った。",
    "「はい」",
    "قال إن ثلاثة",
    "הוא אמר",
    "तीन",
    "٣",
    "Ⅷ",
    "½",
    "²",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "``",
    "''",
    "«",
    "»",
    "„",
    "(",
    ")",
    "[",
    ".",
    "...",
    "…",
    "!",
    "?",
    ",",
    ";",
    ":",
    "-",
    "–",
    " — ",
    "/",
    "%",
    "$",
    "€",
    "°",
    "@",
    "&",
    "Ada Brown",
    " ADA BROWN ",
    " said ",
    " according to ",
    " told reporters that ",
    " who ",
    " and ",
    " the minister ",
    " he ",
    " Gov. ",
    " U.S. ",
    " Monday ",
    " Sept. 2, 2025 ",
    " last week ",
    "31 February",
    " 15,000 ",
    "1.2 billion",
    "9999999999999999999999",
    " between 7 and 3 ",
    " dozens of people ",
    " at least ",
    " Norway ",
];

/// Reads a report and does all that can be done with its reading alone.
fn check(report: &Report) {
    let mut reading = read(report);
    invariants::assert_holds(report, &reading);
    infer_dates(&[report], std::slice::from_ref(&reading), None);
    resolve_times(&mut reading, jiff::civil::date(2025, 9, 2));
    invariants::assert_holds(report, &reading);
}

/// Pieces in any order, with anything between them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "[A-Z][a-z]{0,6} ",
        1 => "[a-z]{1,7} ",
        1 => "[0-9]{1,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_characters(text in any::<String>()) {
        check(&Report::new("r", text));
    }

    #[test]
    fn pieces_in_any_order(text in pieces()) {
        check(&Report::new("r", text.as_str()));
        check(&Report::new("r", text.to_uppercase()));
    }

    #[test]
    fn with_a_day_a_title_and_provenance(
        text in pieces(),
        title in pieces(),
        (start, end) in (0_usize..80, 0_usize..80),
    ) {
        check(&Report {
            title: Some(title.clone()),
            outlet: Some(title.clone()),
            byline: Some(title),
            published: Published::stated(jiff::civil::date(9999, 12, 31)),
            provenance: vec![Span::new(start, end)],
            ..Report::new("r", text)
        });
    }
}

#[test]
fn a_reading_is_the_same_whatever_was_read_before() {
    let texts = [
        "The ferry Lindvik ran aground near Port Ansel on Tuesday.\n\nNobody was hurt, Mayor Ada Brown said.",
        "Nobody was hurt, Mayor Ada Brown said. The mayor of Lindvik was not there.",
        "NOBODY WAS HURT",
    ];
    let mut reader = rashomon_language::Reader::new();
    for text in texts.iter().chain(&texts) {
        let report = Report::new("r", *text);
        assert_eq!(reader.read(&report), rashomon_language::read(&report));
    }
}

#[test]
fn a_description_before_the_first_name() {
    check(&Report::new("r", "  the minister 00\t½Acc "));
}

#[test]
fn words_too_long_for_names() {
    let word = "b".repeat(20_000);
    for text in [
        format!("B{word} Brown said it was late. Brown said no."),
        format!("B{word} said it was late. He said no."),
        format!("The {word} minister said it was late. The minister said no."),
        format!("According to {word}, it was late. They said no."),
        format!("“No,” the {word} said. “It is late.”"),
        format!(
            "Mayor Ada Brown of {word} came. Nearly 20,000 {word} people came to B{word} on {word} Monday."
        ),
        format!("B{word} {word} (B{word}) said no. The B{word}-{word} B{word} said no."),
    ] {
        check(&Report::new("r", text));
    }
}

#[test]
fn long_runs_of_one_piece() {
    for piece in PIECES {
        check(&Report::new("r", piece.repeat(500)));
    }
}
