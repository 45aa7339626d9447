//! Sentences, headings and lines of provenance.

mod paragraphs;

use rashomon_core::{Report, Sentence, SentenceKind, Span};

use crate::lexicon::{Abbreviation, abbreviation, starts_sentences};

/// A line without a final stop is a heading up to this many words.
const LONGEST_HEADING: usize = 16;
/// So many characters before a stop are looked at.
const LONGEST_WORD: usize = 40;

/// Returns the sentences of a report, without their tokens.
pub(crate) fn sentences(report: &Report) -> Vec<Sentence> {
    let text = report.text.as_str();
    let provenance = provenance(report);
    let paragraphs = paragraphs::paragraphs(text);
    let alone = paragraphs.len() == 1;
    let mut sentences = Vec::new();
    let mut part = 0;
    for (number, paragraph) in paragraphs.into_iter().enumerate() {
        let mut push = |span: Span, kind: SentenceKind| {
            let span = span.trimmed(text);
            if !span.is_empty() {
                sentences.push(Sentence {
                    span,
                    kind,
                    paragraph: number,
                    first_token: 0,
                    last_token: 0,
                });
            }
        };
        let mut start = paragraph.start;
        let mut whole = true;
        while let Some(known) = provenance.get(part).filter(|known| known.start < paragraph.end) {
            let inside = Span::new(known.start.max(start), known.end.min(paragraph.end));
            if !inside.is_empty() {
                whole = false;
                split(text, Span::new(start, inside.start), |span| {
                    push(span, SentenceKind::Text);
                });
                push(inside, SentenceKind::Provenance);
                start = inside.end;
            }
            if known.end > paragraph.end {
                break;
            }
            part += 1;
        }
        let rest = Span::new(start, paragraph.end);
        if whole && !alone && is_heading(rest.text(text)) {
            push(rest, SentenceKind::Heading);
        } else {
            split(text, rest, |span| push(span, SentenceKind::Text));
        }
    }
    sentences
}

/// Returns the report's spans of provenance in order, each where it fits the text, without overlaps.
fn provenance(report: &Report) -> Vec<Span> {
    let mut spans: Vec<Span> = report
        .provenance
        .iter()
        .copied()
        .filter(|span| span.fits(&report.text) && !span.is_empty())
        .collect();
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    for span in spans {
        match apart.last_mut() {
            Some(last) if last.end > span.start => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    apart
}

/// Returns true for a short line that names what follows it and is no sentence.
fn is_heading(line: &str) -> bool {
    let words = line.split_whitespace().take(LONGEST_HEADING + 1).count();
    if words > LONGEST_HEADING || line.starts_with(['-', '•', '*', '–', '·', '"', '“']) {
        return false;
    }
    let mut ends = line.trim_end_matches(['"', '”', '’', '\'', ')']).chars();
    match ends.next_back() {
        Some('.' | '!' | '…' | ',' | ';') => false,
        Some('?') => words <= 6 && is_title_case(line),
        Some(':') => words <= 6,
        _ => line.chars().any(char::is_alphabetic),
    }
}

/// Returns true when every long word of a line begins with a capital.
fn is_title_case(line: &str) -> bool {
    line.split_whitespace()
        .filter(|word| word.len() > 3)
        .all(|word| !word.starts_with(char::is_lowercase))
}

/// Gives each sentence of a piece of text to `push`, in order.
fn split(text: &str, span: Span, mut push: impl FnMut(Span)) {
    let inside = span.text(text);
    let bytes = inside.as_bytes();
    let mut from = 0;
    let mut position = 0;
    let mut scanned = 0;
    // Whether an unpaired straight quotation mark is open in this paragraph.
    let mut open_quote = false;
    while let Some(step) = inside[position..].find(['.', '!', '?', '…', '。', '！', '？']) {
        let mark = position + step;
        open_quote ^= odd_quotes(&bytes[scanned..mark]);
        let stops = inside[mark..]
            .find(|next: char| !matches!(next, '.' | '!' | '?' | '…' | '。' | '！' | '？'))
            .unwrap_or(inside.len() - mark);
        let after_stops = mark + stops;
        let end = closing_marks(
            inside,
            after_stops,
            open_quote,
            mark > 0 && bytes[mark - 1] == b' ',
        );
        open_quote ^= odd_quotes(&bytes[mark..end]);
        scanned = end;
        position = end.max(mark + 1);
        if ends_sentence(inside, from, mark, after_stops, end) {
            push(Span::new(span.start + from, span.start + end));
            from = end + (inside[end..].len() - inside[end..].trim_start().len());
        }
    }
    push(Span::new(span.start + from, span.end));
}

fn odd_quotes(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |odd, &byte| odd ^ (byte == b'"'))
}

/// Returns the position after the closing quotation marks and brackets that follow the stop ending at `end`.
fn closing_marks(text: &str, mut end: usize, open_quote: bool, spaced: bool) -> usize {
    let mut open_quote = open_quote;
    loop {
        let rest = &text[end..];
        // Texts made from tokens put a space before every mark.
        let gap = usize::from(spaced && rest.starts_with(' '));
        let Some(next) = rest[gap..].chars().next() else {
            return end;
        };
        let closes = match next {
            '”' | '’' | ')' | ']' | '»' => true,
            '"' => {
                let closes = open_quote || (gap == 0 && !rest[1..].starts_with(char::is_alphanumeric));
                open_quote = false;
                closes
            }
            '\'' => {
                gap == 0 && !rest[1..].starts_with(char::is_alphanumeric) || rest[gap..].starts_with("'' ")
            }
            _ => false,
        };
        if !closes {
            return end;
        }
        end += gap + next.len_utf8();
    }
}

/// Returns true when the stops at `mark..after_stops`, with closing marks up to `end`, end the sentence that began at
/// `from`.
fn ends_sentence(text: &str, from: usize, mark: usize, after_stops: usize, end: usize) -> bool {
    let rest = &text[end..];
    let follows = rest.trim_start();
    let Some(next) = follows.chars().next() else {
        return true;
    };
    let before = &text[from..mark];
    // A longer word is no abbreviation: what is looked at stays short in any text.
    let near = before
        .char_indices()
        .rev()
        .take(LONGEST_WORD)
        .last()
        .map_or(0, |(start, _)| start);
    let word = before[near..]
        .rsplit(|mark: char| {
            mark.is_whitespace() || matches!(mark, '(' | '“' | '"' | '‘' | '[' | '-' | '–' | '—' | '/' | '’')
        })
        .next()
        .unwrap_or_default();
    if !rest.starts_with(char::is_whitespace) {
        return is_pasted(word, &text[after_stops..end], rest, text[mark..].starts_with('.'));
    }
    let next_word = follows
        .split(|mark: char| !mark.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let closed = end > after_stops;
    let single_stop = after_stops == mark + 1 && text[mark..].starts_with('.');
    if single_stop && !word.is_empty() {
        let digit_follows = next.is_ascii_digit();
        match abbreviation(word) {
            Some(Abbreviation::Title | Abbreviation::Inner) if !closed => return false,
            Some(Abbreviation::Number | Abbreviation::Month) if digit_follows => return false,
            Some(Abbreviation::Month) => return starts_sentences(next_word) && next.is_uppercase(),
            Some(Abbreviation::Open) => {
                let clock = word.ends_with(['m', 'M']) && word.len() == 3;
                return next.is_uppercase()
                    && (starts_sentences(next_word) || closed || (clock && !is_time_word(next_word)))
                    || matches!(next, '“' | '"') && !closed && clock;
            }
            _ => {}
        }
        // An initial, or the number of an item of a list at the start of the sentence.
        let mut characters = word.chars();
        let one = characters.next().filter(|_| characters.next().is_none());
        if one.is_some_and(|letter| letter.is_uppercase() && (letter != 'I' || before.trim_end().len() == 1))
        {
            return closed;
        }
        if before.trim_start() == word && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
    }
    if next.is_lowercase() {
        let plain = word.chars().count() > 1 && word.chars().all(char::is_lowercase);
        return single_stop && !closed && plain;
    }
    if closed && !single_stop && is_said_after(follows) {
        return false;
    }
    next.is_alphanumeric()
        || matches!(
            next,
            '“' | '"'
                | '‘'
                | '\''
                | '('
                | '['
                | '«'
                | '•'
                | '`'
                | '–'
                | '—'
                | '-'
                | '*'
                | '@'
                | '#'
                | '$'
                | '£'
                | '€'
        )
        || !next.is_ascii()
}

/// Returns true for a stop at which two sentences were pasted together: "…the bridge.Later the…".
fn is_pasted(word: &str, closing: &str, rest: &str, full_stop: bool) -> bool {
    let mut next = rest.chars();
    let capital = next
        .next()
        .is_some_and(|next| next.is_uppercase() || matches!(next, '“' | '‘'));
    let small = next
        .next()
        .is_some_and(|next| next.is_lowercase() || next == ' ' || next.is_uppercase());
    let plain = word.chars().count() > 2
        && word.chars().all(|mark| mark.is_alphanumeric() || mark == ',')
        && !word.chars().skip(1).any(char::is_uppercase);
    let quoted = closing.ends_with(['”', '"', '’', ')']);
    // The rest of a web address or of a file's name goes on with a full stop or a slash.
    let address = rest
        .find(|mark: char| !mark.is_alphanumeric())
        .is_some_and(|end| {
            let after = &rest[end..];
            after.starts_with(['/', '@', '_'])
                || after
                    .strip_prefix('.')
                    .is_some_and(|after| after.starts_with(char::is_alphanumeric))
        });
    let mark_alone = !full_stop && word.chars().count() > 1;
    capital && small && !address && (plain || (quoted && !word.is_empty()) || mark_alone)
}

/// Returns true for a word that goes on with a time of day: "a.m. EST", "p.m. Monday".
fn is_time_word(word: &str) -> bool {
    matches!(
        word,
        "EST"
            | "EDT"
            | "ET"
            | "PST"
            | "PT"
            | "GMT"
            | "UTC"
            | "BST"
            | "CET"
            | "Eastern"
            | "Pacific"
            | "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "January"
            | "February"
            | "March"
            | "April"
            | "May"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
    )
}

/// Returns true when a speaker and a verb of saying follow: "…?” Brown asked".
fn is_said_after(follows: &str) -> bool {
    for word in follows.split_whitespace().take(5) {
        let bare = word.trim_end_matches([',', '.', ':']);
        if matches!(
            bare,
            "said" | "says" | "asked" | "asks" | "added" | "told" | "wrote" | "shouted" | "cried" | "tweeted"
        ) {
            return true;
        }
        if bare.len() < word.len() {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<String> {
        cut_report(&Report::new("r", text))
    }

    fn cut_report(report: &Report) -> Vec<String> {
        sentences(report)
            .iter()
            .map(|sentence| sentence.span.text(&report.text).to_owned())
            .collect()
    }

    fn kinds(text: &str) -> Vec<SentenceKind> {
        sentences(&Report::new("r", text))
            .iter()
            .map(|sentence| sentence.kind)
            .collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        let one = "Gen. Ada Brown met Mr. J. K. Dunn of the U.S. Navy at 9 a.m. on Jan. 5 about No. 7.";
        assert_eq!(cut(one), [one]);
        assert_eq!(cut("He left the U.S. The ferry was late.").len(), 2);
        assert_eq!(cut("It sold 3.5 million at Brown Inc. last year.").len(), 1);
        assert_eq!(cut("They met at 5 p.m. Nobody came.").len(), 2);
        assert_eq!(cut("They met at 5 p.m. Monday in Amber.").len(), 1);
    }

    #[test]
    fn closing_quotation_marks_belong_to_the_sentence() {
        assert_eq!(
            cut("“It is late. We wait.” Brown left."),
            ["“It is late.", "We wait.”", "Brown left."]
        );
        assert_eq!(
            cut("\"We wait.\" \"Why?\" Dunn asked."),
            ["\"We wait.\"", "\"Why?\" Dunn asked."]
        );
        assert_eq!(
            cut("the navy said . The \" ferry \" left ."),
            ["the navy said .", "The \" ferry \" left ."]
        );
    }

    #[test]
    fn pasted_sentences_are_parted() {
        assert_eq!(cut("It opened two bridges.Port Amber waits.").len(), 2);
        assert_eq!(cut("“We wait.”The mayor left.").len(), 2);
        assert_eq!(cut("See www.Amber.Example today.").len(), 1);
    }

    #[test]
    fn ellipses_go_on_before_small_letters() {
        assert_eq!(cut("We wait ... and wait. He said… Nothing came.").len(), 3);
    }

    #[test]
    fn short_lines_without_a_stop_are_headings() {
        use SentenceKind::{Heading, Text};
        assert_eq!(
            kinds("What To Know\nThe ferry left.\nWhat Happens Next?\nNobody knows."),
            [Heading, Text, Heading, Text]
        );
        assert_eq!(kinds("The ferry left"), [Text]);
    }

    #[test]
    fn provenance_is_cut_out() {
        let text = "PORT AMBER (Wire) — The ferry left. It was late.";
        let report = Report {
            provenance: vec![Span::new(0, "PORT AMBER (Wire) —".len())],
            ..Report::new("r", text)
        };
        assert_eq!(
            cut_report(&report),
            ["PORT AMBER (Wire) —", "The ferry left.", "It was late."]
        );
        assert_eq!(sentences(&report)[0].kind, SentenceKind::Provenance);
    }

    proptest! {
        #[test]
        fn sentences_cover_any_text(
            text in "([a-cA-C.!?\"“”’')( \n]|\\PC){0,80}",
            (start, end) in (0_usize..80, 0_usize..80),
        ) {
            let report = Report { provenance: vec![Span::new(start, end)], ..Report::new("r", text.as_str()) };
            let mut covered = 0;
            for sentence in sentences(&report) {
                let span = sentence.span;
                prop_assert!(span.fits(&text) && !span.is_empty() && span.start >= covered);
                prop_assert_eq!(span.trimmed(&text), span);
                prop_assert!(text[covered..span.start].trim().is_empty());
                covered = span.end;
            }
            prop_assert!(text[covered..].trim().is_empty());
        }
    }
}
