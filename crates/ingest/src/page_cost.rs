//! What taking a web page apart will cost, told by one scan before it is done.
//!
//! Parsers of HTML build a tree. Three kinds of page make that tree, or the work on it, far larger than the page: elements
//! nested without end (work on the tree is recursive, and the stack is finite); very many elements; and formatting
//! elements that are never closed, which the parser opens again inside every block that follows (HTML Standard, "the list
//! of active formatting elements"), so that n of them before n paragraphs make n² elements.

use crate::ReadOptions;
use crate::markup::{Piece, Pieces};

/// Elements that hold nothing.
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "frame",
];
/// Elements that the next of their kind closes, so that leaving them open nests nothing.
const CLOSED_BY_NEXT: [&str; 15] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "html", "head",
    "body",
];
/// Formatting elements.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Returns in what the page goes too far, with the limit, or `None` for a page that can be taken apart.
pub(crate) fn excess(source: &str, options: &ReadOptions) -> Option<(&'static str, usize)> {
    let mut elements = 0_usize;
    let mut depth = 0_usize;
    let mut open_formatting = 0_usize;
    for piece in Pieces::new(source) {
        match piece {
            Piece::Text(_) => {}
            Piece::Open(name, inside) => {
                let is_in = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
                elements += 1;
                if is_in(&VOID) {
                    continue;
                }
                if is_in(&FORMATTING) {
                    open_formatting += 1;
                } else {
                    elements = elements.saturating_add(open_formatting);
                }
                if !is_in(&CLOSED_BY_NEXT) && !inside.ends_with('/') {
                    depth += 1;
                }
            }
            Piece::Close(name) => {
                let is_in = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
                if is_in(&FORMATTING) {
                    open_formatting = open_formatting.saturating_sub(1);
                }
                if !is_in(&CLOSED_BY_NEXT) && !is_in(&VOID) {
                    depth = depth.saturating_sub(1);
                }
            }
        }
        if depth > options.max_page_depth {
            return Some(("is nested too deeply", options.max_page_depth));
        }
        if elements > options.max_page_elements {
            return Some(("has too many elements", options.max_page_elements));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_excess(source: &str, expected: Option<&str>) {
        assert_eq!(
            excess(source, &ReadOptions::default()).map(|(what, _)| what),
            expected
        );
    }

    #[test]
    fn what_would_cost_too_much_is_told() {
        assert_excess(&"<div>".repeat(100_000), Some("is nested too deeply"));
        assert_excess(&"<div/>".repeat(100), None);
        assert_excess(&"<p>x".repeat(200_000), Some("has too many elements"));
        let unclosed = format!("{}{}", "<b id=1>".repeat(200), "<p>x".repeat(2000));
        assert_excess(&unclosed, Some("has too many elements"));
    }

    #[test]
    fn common_pages_pass() {
        assert_excess(&"<p>x<li>y<tr><td>z<br><img src=a>".repeat(2000), None);
        assert_excess(&"<div><span><b>x</b></span></div>".repeat(5000), None);
        assert_excess("<script>'<div><div>'.repeat()</script>", None);
    }
}
