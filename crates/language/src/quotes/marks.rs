//! Quotation marks: what stands between which.
//!
//! Curly and straight double marks, doubled back ticks, angle marks, and single marks where they clearly quote. A
//! quotation that a paragraph leaves open goes on where the next paragraph opens again; otherwise it ends with its
//! paragraph.

use rashomon_core::Span;

/// How far a single mark may be from the one that closes it, in bytes.
const LONGEST_SINGLE: usize = 1500;

/// What stands between two quotation marks, with the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// From the opening to the closing mark, both inside.
    pub(crate) span: Span,
    /// The same without the marks.
    pub(crate) inner: Span,
    /// Whether another mark opens inside.
    nested: bool,
}

/// A quotation that is still open.
struct Open {
    start: usize,
    inner: usize,
    /// Whether another mark opened inside.
    nested: bool,
    straight: bool,
}

/// Returns what stands between quotation marks, in order and without overlaps.
pub(crate) fn marked(text: &str) -> Vec<Marked> {
    let mut found: Vec<Marked> = Vec::new();
    let mut open: Option<Open> = None;
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let start = line_start;
        line_start += line.len();
        let trimmed = Span::new(start, line_start).trimmed(text);
        if trimmed.is_empty() {
            continue;
        }
        // A paragraph that opens again carries on what the one before left open; the closing mark is still to come.
        let mut skip_to = trimmed.start;
        if let Some(before) = open.take_if(|_| opening_mark(text, trimmed.start).is_none()) {
            close(&mut found, &before, previous_end(text, start), 0);
        } else if open.is_some() {
            skip_to += opening_mark(text, trimmed.start).unwrap_or(0);
        }
        let first_of_line = found.len();
        let mut before = if skip_to > trimmed.start { '“' } else { ' ' };
        let inside = text.get(skip_to..trimmed.end).unwrap_or_default();
        let mut resume = skip_to;
        for (offset, mark) in inside.char_indices() {
            let position = skip_to + offset;
            if position < resume {
                continue;
            }
            let width = mark.len_utf8();
            let after = text.get(position + width..trimmed.end).unwrap_or_default();
            let next = after.chars().next();
            let opens_here = (before.is_whitespace()
                || matches!(before, '(' | '[' | '—' | '–' | '-' | '‘' | '“'))
                && next.is_some_and(|next| !next.is_whitespace());
            match mark {
                // “A closing mark that was typed as an opening one,“ he said.
                '“' if open.is_some() && !opens_here && !next.is_some_and(char::is_alphanumeric) => {
                    close_or_extend(&mut found, &mut open, first_of_line, position, width);
                }
                '“' | '„' | '«' => match &mut open {
                    Some(open) => open.nested = true,
                    None => open = Some(Open::new(position, width)),
                },
                '”' | '»' => close_or_extend(&mut found, &mut open, first_of_line, position, width),
                '"' => match &open {
                    None if opens_here || next.is_some_and(char::is_alphanumeric) => {
                        open = Some(Open {
                            straight: true,
                            ..Open::new(position, width)
                        });
                    }
                    // A straight mark that opens while one is open: the first was never closed.
                    Some(earlier)
                        if earlier.straight && opens_here && next.is_some_and(char::is_alphanumeric) =>
                    {
                        let end = text.get(..position).unwrap_or_default().trim_end().len();
                        if earlier.start >= trimmed.start {
                            close(&mut found, earlier, end, 0);
                        }
                        open = Some(Open {
                            straight: true,
                            ..Open::new(position, width)
                        });
                    }
                    _ => close_or_extend(&mut found, &mut open, first_of_line, position, width),
                },
                '`' if next == Some('`') && open.is_none() => {
                    open = Some(Open::new(position, 2));
                    resume = position + 2;
                }
                '\'' if next == Some('\'') && open.is_none() && opens_here => {
                    open = Some(Open::new(position, 2));
                    resume = position + 2;
                }
                '\'' if next == Some('\'') && open.is_some() => {
                    close_or_extend(&mut found, &mut open, first_of_line, position, 2);
                    resume = position + 2;
                }
                '‘' | '\'' if open.is_none() && opens_here => {
                    if let Some(end) = single_close(text, position, trimmed.end, mark == '\'') {
                        found.push(Marked {
                            span: Span::new(position, end.end),
                            inner: Span::new(position + width, end.start),
                            nested: false,
                        });
                        resume = end.end;
                    }
                }
                _ => {}
            }
            before = mark;
        }
    }
    if let Some(last) = open {
        close(&mut found, &last, text.trim_end().len(), 0);
    }
    found.retain(|marked| !marked.inner.trimmed(text).is_empty());
    found
}

impl Open {
    fn new(start: usize, width: usize) -> Self {
        Self {
            start,
            inner: start + width,
            nested: false,
            straight: false,
        }
    }
}

/// Returns the width of an opening mark at `position`, if one stands there.
fn opening_mark(text: &str, position: usize) -> Option<usize> {
    let rest = text.get(position..)?;
    let first = rest.chars().next()?;
    if rest.starts_with("``") || rest.starts_with("''") {
        return Some(2);
    }
    matches!(first, '“' | '"' | '«' | '„').then(|| first.len_utf8())
}

/// Returns where the text before a line ends.
fn previous_end(text: &str, line_start: usize) -> usize {
    text.get(..line_start).unwrap_or_default().trim_end().len()
}

fn close(found: &mut Vec<Marked>, open: &Open, position: usize, width: usize) {
    if position >= open.inner {
        found.push(Marked {
            span: Span::new(open.start, position + width),
            inner: Span::new(open.inner, position),
            nested: open.nested,
        });
    }
}

/// Closes what is open; where nothing is, and a mark opened inside the last quotation of the line, that one goes on
/// to here.
fn close_or_extend(
    found: &mut Vec<Marked>,
    open: &mut Option<Open>,
    first_of_line: usize,
    position: usize,
    width: usize,
) {
    if let Some(open) = open.take() {
        close(found, &open, position, width);
        return;
    }
    let count = found.len();
    if let Some(last) = found
        .last_mut()
        .filter(|last| count > first_of_line && last.nested)
    {
        last.span.end = position + width;
        last.inner.end = position;
    }
}

/// Returns the mark that closes a single mark at `position`, if what stands between clearly is a quotation.
fn single_close(text: &str, position: usize, end: usize, straight: bool) -> Option<Span> {
    let mut limit = end.min(position + LONGEST_SINGLE);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let inside = text.get(position..limit)?;
    let mut characters = inside.char_indices().skip(1).peekable();
    let mut before = ' ';
    let mut words = 1;
    while let Some((offset, mark)) = characters.next() {
        let closes = if straight { mark == '\'' } else { mark == '’' };
        let next = characters.peek().map(|&(_, next)| next);
        if mark.is_whitespace() {
            words += 1;
        }
        let opens = before.is_whitespace()
            && (mark == '‘' || (mark == '\'' && next.is_some_and(char::is_alphanumeric)));
        if opens || matches!(mark, '“' | '”' | '"') {
            return None;
        }
        if closes && !next.is_some_and(char::is_alphanumeric) {
            let stopped = matches!(before, '.' | ',' | '?' | '!' | '…');
            let clear = stopped || (!straight && before != 's' && words > 1);
            if clear {
                let start = position + offset;
                return Some(Span::new(start, start + mark.len_utf8()));
            }
        }
        before = mark;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        marked(text).iter().map(|marked| marked.span.text(text)).collect()
    }

    #[test]
    fn curly_straight_and_tick_marks() {
        assert_eq!(texts("“Go,” she said. “Now.”"), ["“Go,”", "“Now.”"]);
        assert_eq!(texts("\"Go,\" she said. \"Now.\""), ["\"Go,\"", "\"Now.\""]);
        assert_eq!(texts("``Go,'' she said."), ["``Go,''"]);
        assert_eq!(texts("''Go,'' she said. ''Now.''"), ["''Go,''", "''Now.''"]);
        assert_eq!(texts("«Go», she said."), ["«Go»"]);
        assert_eq!(texts("“Go,“ she said."), ["“Go,“"]);
    }

    #[test]
    fn single_marks_only_where_they_quote() {
        assert_eq!(texts("‘We will rebuild,’ he said."), ["‘We will rebuild,’"]);
        assert_eq!(texts("'We will rebuild,' he said."), ["'We will rebuild,'"]);
        assert!(texts("The workers’ hall and the ’90s").is_empty());
        assert!(texts("The workers' hall and the '90s").is_empty());
    }

    #[test]
    fn the_next_paragraph_opens_again() {
        assert_eq!(texts("“One.\n\n“Two,” he said."), ["“One.\n\n“Two,”"]);
        assert_eq!(texts("\"One.\n\n\"Two,\" he said."), ["\"One.\n\n\"Two,\""]);
    }

    #[test]
    fn an_unclosed_mark_ends_with_its_paragraph() {
        assert_eq!(texts("He said “one.\nThen “two” came."), ["“one.", "“two”"]);
    }

    #[test]
    fn a_mark_inside_a_mark_belongs_to_it() {
        assert_eq!(
            texts("“He said “go” to me,” she said."),
            ["“He said “go” to me,”"]
        );
        assert_eq!(
            texts("“He said ‘go’ to me,” she said."),
            ["“He said ‘go’ to me,”"]
        );
    }

    proptest! {
        #[test]
        fn spans_fit_and_do_not_overlap(text in "([“”\"‘’'`«» \n.a-c]|\\PC){0,80}") {
            let mut end = 0;
            for marked in marked(&text) {
                prop_assert!(marked.span.fits(&text) && marked.inner.fits(&text));
                prop_assert!(marked.span.contains(marked.inner) && marked.span.start >= end);
                end = marked.span.end;
            }
        }
    }
}
