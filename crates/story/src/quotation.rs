//! Where a text stands inside quotation marks, as far as the marks alone tell.

use rashomon_core::Span;

/// Pairs of marks that open and close.
const MARKS: [(char, char); 5] = [('“', '”'), ('«', '»'), ('„', '“'), ('「', '」'), ('『', '』')];

/// Returns the parts of `text` inside quotation marks, in order. A quotation that is not closed ends with its line.
pub(crate) fn quoted_spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (position, character) in text.char_indices() {
        match open {
            Some((start, close)) if character == close || character == '\n' => {
                spans.push(Span::new(start, position));
                open = None;
            }
            Some(_) => {}
            None if character == '"' => open = Some((position, '"')),
            None => {
                open = MARKS
                    .iter()
                    .find(|(opening, _)| *opening == character)
                    .map(|&(_, closing)| (position, closing));
            }
        }
    }
    spans.extend(open.map(|(start, _)| Span::new(start, text.len())));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        quoted_spans(text).iter().map(|span| span.text(text)).collect()
    }

    #[test]
    fn takes_what_stands_between_marks() {
        assert_eq!(quoted("He said “no,” then \"yes\"."), ["“no,", "\"yes"]);
        assert_eq!(quoted("„Gut“ und «bien»"), ["„Gut", "«bien"]);
    }

    #[test]
    fn a_mark_that_is_not_closed_ends_with_its_line() {
        assert_eq!(quoted("“One\ntwo “three"), ["“One", "“three"]);
    }
}
