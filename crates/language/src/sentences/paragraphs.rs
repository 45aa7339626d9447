//! Paragraphs: lines, and lines that were wrapped at a column joined again.

use rashomon_core::Span;

/// The widest column at which texts are wrapped by hand or by mail programs, in characters.
const WIDEST_WRAP: usize = 100;
/// A line shorter than this was ended on purpose.
const NARROWEST_WRAP: usize = 45;

/// A line of a text, trimmed, with what joining needs to know of it.
struct Line {
    span: Span,
    /// Its length in characters.
    width: usize,
    /// The length of its first word in characters.
    first_word: usize,
    /// True where an empty line stands before it.
    after_gap: bool,
    starts_lower: bool,
    ends_sentence: bool,
}

/// Returns the paragraphs of a text: its lines, except that a line which was broken only because it was full is joined
/// with the next one.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    // The column at which the text is wrapped, if it is: its longest line.
    let width = lines.iter().map(|line| line.width).max().unwrap_or_default();
    let mut paragraphs: Vec<Span> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let joined = index > 0
            && !line.after_gap
            && width <= WIDEST_WRAP
            && is_full(&lines[index - 1], line, width)
            && (!lines[index - 1].ends_sentence || in_wrapped_block(&lines, index, width));
        match paragraphs.last_mut() {
            Some(paragraph) if joined => *paragraph = paragraph.join(line.span),
            _ => paragraphs.push(line.span),
        }
    }
    paragraphs
}

/// Returns true when the first word of `next` had no room left in `line`.
fn is_full(line: &Line, next: &Line, width: usize) -> bool {
    line.width >= NARROWEST_WRAP
        && (line.width + 1 + next.first_word > width || (next.starts_lower && !line.ends_sentence))
}

/// Returns true when the lines around the gap before `index` go on in the way of wrapped text: the line before or
/// after the gap's two lines is joined for a reason of its own, so that a full stop at the end of a full line is chance.
fn in_wrapped_block(lines: &[Line], index: usize, width: usize) -> bool {
    let wrapped = |first: usize| {
        lines
            .get(first)
            .zip(lines.get(first + 1))
            .is_some_and(|(line, next)| !next.after_gap && !line.ends_sentence && is_full(line, next, width))
    };
    (index >= 2 && wrapped(index - 2)) || wrapped(index)
}

/// Returns the lines of a text that hold more than white space.
fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut after_gap) = (0, true);
    let is_end = |mark: char| {
        matches!(
            mark,
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}'
        )
    };
    for piece in text.split_inclusive(is_end) {
        let span = Span::new(start, start + piece.len()).trimmed(text);
        // The second character of "\r\n" ends no second line.
        let halves = piece == "\n" && text[..start].ends_with('\r');
        start += piece.len();
        if span.is_empty() {
            after_gap |= !halves;
            continue;
        }
        let inside = span.text(text);
        lines.push(Line {
            span,
            width: inside.chars().count(),
            first_word: inside
                .split_whitespace()
                .next()
                .map_or(0, |word| word.chars().count()),
            after_gap,
            starts_lower: inside.starts_with(char::is_lowercase),
            ends_sentence: inside
                .trim_end_matches(['"', '”', '’', '\'', ')'])
                .ends_with(['.', '!', '?', ':', '…']),
        });
        after_gap = false;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        paragraphs(text).len()
    }

    #[test]
    fn each_line_is_a_paragraph() {
        assert_eq!(count("The ferry left.\nIt was late.\r\n\r\nNobody waved"), 3);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The ferry left the harbour of Port Amber on Tuesday with more than two\n\
                    hundred passengers on board, and nobody on the quay waved to them.\n\
                    Later the wind rose to a storm and the captain turned round again to\n\
                    the north.\n\nThe mayor said so.\n";
        assert_eq!(count(text), 2);
    }

    #[test]
    fn short_lines_stay_apart() {
        assert_eq!(count("What we know\nThe ferry left\nthe harbour"), 3);
    }
}
