//! Sentences, headings and lines of provenance.
//!
//! A line end ends a paragraph, unless the lines around it are wrapped at one width. Inside a paragraph a stop, a
//! question mark or an exclamation mark ends a sentence where what stands before and after it allows.

use std::sync::LazyLock;

use rashomon_core::{Report, Sentence, SentenceKind, Span};

/// Abbreviations by what follows them.
const ABBREVIATIONS: &str = include_str!("data/abbreviations.txt");
/// Words that begin sentences.
const SENTENCE_STARTERS: &str = include_str!("data/sentence_starters.txt");

/// A line that stands alone and ends without a stop is a heading up to so many words.
const MOST_WORDS_OF_HEADING: usize = 16;
/// Wrapped lines are at least so long, in bytes.
const LEAST_WRAPPED_LINE: usize = 50;
/// Wrapped lines are at most so long, in bytes.
const MOST_WRAPPED_LINE: usize = 110;

/// Returns the sentences of a report, without their tokens: in order, apart from each other, trimmed, and together
/// covering all that is no white space.
pub(crate) fn sentences(report: &Report) -> Vec<Sentence> {
    let text = report.text.as_str();
    let mut sentences = Vec::new();
    for (paragraph, span) in paragraphs(text).into_iter().enumerate() {
        let mut from = span.start;
        let own = report
            .provenance
            .iter()
            .copied()
            .filter(|part| part.overlaps(span));
        for part in own {
            news(
                text,
                Span::new(from, part.start.max(from)),
                paragraph,
                false,
                &mut sentences,
            );
            let inside = Span::new(part.start.max(from), part.end.min(span.end)).trimmed(text);
            push(inside, SentenceKind::Provenance, paragraph, &mut sentences);
            from = part.end.clamp(from, span.end);
        }
        let alone = from == span.start;
        news(text, Span::new(from, span.end), paragraph, alone, &mut sentences);
    }
    sentences
}

/// Adds a sentence, unless it is empty.
fn push(span: Span, kind: SentenceKind, paragraph: usize, sentences: &mut Vec<Sentence>) {
    if !span.is_empty() {
        sentences.push(Sentence {
            span,
            kind,
            paragraph,
            first_token: 0,
            last_token: 0,
        });
    }
}

/// Adds the sentences of a stretch of news; `alone` says that it is a whole paragraph.
fn news(text: &str, span: Span, paragraph: usize, alone: bool, sentences: &mut Vec<Sentence>) {
    let span = span.trimmed(text);
    let inside = span.text(text);
    let cuts = boundaries(inside);
    if alone && cuts.is_empty() && is_heading(inside) {
        push(span, SentenceKind::Heading, paragraph, sentences);
        return;
    }
    let mut from = 0;
    for cut in cuts.into_iter().chain([inside.len()]) {
        push(
            Span::new(span.start + from, span.start + cut).trimmed(text),
            SentenceKind::Text,
            paragraph,
            sentences,
        );
        from = cut;
    }
}

/// Returns true for a line that is no sentence: short, and without a final mark.
fn is_heading(line: &str) -> bool {
    let last = line.trim_end_matches(is_closing).chars().next_back();
    let ends = last.is_some_and(|mark| matches!(mark, '.' | '!' | '…' | ',' | ';' | ':' | '-' | '—'));
    let question_heading = last == Some('?') && line.split_whitespace().count() <= 6;
    (!ends && last != Some('?') || question_heading)
        && line.split_whitespace().count() <= MOST_WORDS_OF_HEADING
}

/// Returns the paragraphs of a text, trimmed.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut paragraphs = Vec::new();
    let mut block: Vec<Span> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\u{2029}']) {
        let span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        if span.is_empty() {
            close_block(text, &mut block, &mut paragraphs);
        } else {
            block.push(span);
        }
    }
    close_block(text, &mut block, &mut paragraphs);
    paragraphs
}

/// Adds the paragraphs of some lines that follow each other without an empty one: one where they are wrapped, else
/// one for each.
fn close_block(text: &str, block: &mut Vec<Span>, paragraphs: &mut Vec<Span>) {
    let full = block.split_last().map_or(&[][..], |(_, full)| full);
    let wrapped_widths = full
        .iter()
        .all(|line| (LEAST_WRAPPED_LINE..=MOST_WRAPPED_LINE).contains(&line.len()));
    let ending = full
        .iter()
        .filter(|line| line.text(text).ends_with(['.', '!', '?', '”', '"']))
        .count();
    if full.len() > 1 && wrapped_widths && ending * 2 < full.len() {
        if let (Some(first), Some(last)) = (block.first(), block.last()) {
            paragraphs.push(first.join(*last));
        }
    } else {
        paragraphs.append(block);
    }
    block.clear();
}

/// Returns true for a mark that closes: it belongs to the sentence before it.
fn is_closing(mark: char) -> bool {
    matches!(mark, '”' | '’' | '"' | '\'' | ')' | ']' | '»')
}

/// Returns where sentences end inside a paragraph, its own end left out.
fn boundaries(paragraph: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    for (position, mark) in paragraph.char_indices() {
        if !matches!(mark, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = position + mark.len_utf8();
        let rest = paragraph.get(end..).unwrap_or_default();
        if rest.starts_with(['.', '!', '?', '…']) {
            continue;
        }
        // Closing marks that follow at once, or after the one space of texts rebuilt from tokens.
        for closing in rest.chars().take_while(|&mark| is_closing(mark)).take(3) {
            end += closing.len_utf8();
        }
        let rest = paragraph.get(end..).unwrap_or_default();
        let closed = end > position + mark.len_utf8();
        if ends_sentence(paragraph, position, mark, closed, rest) {
            cuts.push(end);
        }
    }
    cuts.retain(|&cut| cut < paragraph.len());
    cuts
}

/// Returns true when the mark at `position` ends a sentence: `closed` says that a closing mark follows it, `rest` is
/// what stands behind.
fn ends_sentence(paragraph: &str, position: usize, mark: char, closed: bool, rest: &str) -> bool {
    let before = paragraph.get(..position).unwrap_or_default();
    let word = before.rsplit(|character: char| character.is_whitespace() || "([“\"‘—–/".contains(character));
    let word = word.map(str::trim).next().unwrap_or_default();
    let Some(next) = rest.chars().next() else {
        return false;
    };
    if !next.is_whitespace() {
        // Text pasted without a space: "… systems.North Korea".
        let glued =
            mark != '…' && next.is_uppercase() && word.len() > 3 && word.chars().all(char::is_lowercase);
        return glued || (closed && (next.is_uppercase() || matches!(next, '“')) && word.chars().count() > 2);
    }
    let following = rest.trim_start();
    let Some(first) = following.chars().next() else {
        return false;
    };
    let opens = matches!(
        first,
        '“' | '"' | '‘' | '\'' | '(' | '[' | '«' | '—' | '–' | '-' | '•'
    );
    let next_word: String = following
        .trim_start_matches(|character: char| !character.is_alphanumeric())
        .chars()
        .take_while(|character| character.is_alphanumeric())
        .collect();
    let starts_upper = next_word
        .chars()
        .next()
        .is_some_and(|first| first.is_uppercase() || first.is_numeric());
    if !starts_upper && !(opens && first != '-' && mark != '.') {
        // "… he asked." goes on in lower case; scripts without case go on anywhere.
        let caseless = first.is_alphabetic() && !first.is_lowercase() && !first.is_uppercase();
        return caseless;
    }
    if mark != '.' {
        return starts_upper;
    }
    let bare = word.trim_end_matches('.').to_lowercase();
    let starter = TABLES
        .starters
        .binary_search(&next_word.to_lowercase().as_str())
        .is_ok();
    let followed_by_number = next_word.chars().next().is_some_and(char::is_numeric);
    if TABLES.before_name.binary_search(&bare.as_str()).is_ok() && !closed {
        return false;
    }
    if TABLES.before_number.binary_search(&bare.as_str()).is_ok() && followed_by_number {
        return false;
    }
    let letters = word.chars().filter(|character| character.is_alphabetic()).count();
    let initial = letters == 1 && word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted =
        word.contains('.') && letters <= 5 && !word.chars().any(char::is_numeric) && !word.ends_with("..");
    if initial && !closed {
        return false;
    }
    if dotted || TABLES.either.binary_search(&bare.as_str()).is_ok() {
        return closed || starter || (opens && first != '(');
    }
    true
}

/// The tables, sorted.
struct Tables {
    before_name: Vec<&'static str>,
    before_number: Vec<&'static str>,
    either: Vec<&'static str>,
    starters: Vec<&'static str>,
}

/// The tables, read once.
static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let sorted = |mut words: Vec<&'static str>| {
        words.sort_unstable();
        words
    };
    let row = |name: &str| {
        let line = ABBREVIATIONS.lines().find_map(|line| line.strip_prefix(name));
        sorted(line.unwrap_or_default().split_whitespace().collect())
    };
    let starters = SENTENCE_STARTERS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace);
    Tables {
        before_name: row("before-name "),
        before_number: row("before-number "),
        either: row("either "),
        starters: sorted(starters.collect()),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let report = Report::new("r", text);
        sentences(&report)
            .iter()
            .map(|sentence| sentence.span.text(text).to_owned())
            .collect()
    }

    fn is_one(text: &str) {
        assert_eq!(split(text), [text]);
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        is_one("Gen. Ada Brown met Mr. Carl Dunn at 9 a.m. Tuesday in St. Orla.");
        is_one("The U.S. Senate met on Jan. 5.");
        is_one("J. K. Marsh of Dunn Inc. said so.");
    }

    #[test]
    fn abbreviations_end_a_sentence_before_a_word_that_begins_one() {
        assert_eq!(split("He flew to the U.S. The talks failed.").len(), 2);
        assert_eq!(split("It was 9 a.m. “Go,” she said.").len(), 2);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence() {
        assert_eq!(
            split("“We are safe.” He left. (They stayed.) All"),
            ["“We are safe.”", "He left.", "(They stayed.)", "All"]
        );
        is_one("“Are we safe?” he asked.");
    }

    #[test]
    fn pasted_text_is_parted() {
        assert_eq!(split("It beat the systems.Northern troops came.").len(), 2);
        is_one("See example.com and version 1.5 of it.");
    }

    #[test]
    fn spaced_marks_end_sentences() {
        assert_eq!(split("The navy said . Then it left .").len(), 2);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The council of Port Ansel met on Tuesday to hear what the harbour master\nhad to say about the ferry that burned, and then heard nothing at all from\nhim. It met again on Friday.\n\nNo more.";
        assert_eq!(split(text).len(), 3);
        assert_eq!(split("A line\nAnother line").len(), 2);
    }

    #[test]
    fn short_lines_are_headings_and_provenance_is_parted() {
        let text = "What To Know\nPORT ANSEL (MPA) — The ferry sank.";
        let mut report = Report::new("r", text);
        report.provenance = vec![Span::of(text, "PORT ANSEL (MPA) —").unwrap()];
        let kinds: Vec<SentenceKind> = sentences(&report).iter().map(|sentence| sentence.kind).collect();
        assert_eq!(
            kinds,
            [
                SentenceKind::Heading,
                SentenceKind::Provenance,
                SentenceKind::Text
            ]
        );
    }
}
