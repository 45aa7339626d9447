//! A scan of markup, tag by tag, in linear time and constant memory: enough to count, and to tell paragraphs, without
//! building a tree.

/// A piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'source> {
    /// Text between tags, as written.
    Text(&'source str),
    /// An opening tag: its name, as written, and what follows in the tag.
    Open(&'source str, &'source str),
    /// A closing tag: its name, as written.
    Close(&'source str),
}

/// Elements whose content is no markup.
const RAW: [&str; 6] = ["script", "style", "textarea", "title", "xmp", "noscript"];

/// The pieces of markup. Comments and declarations are passed over; so is the content of scripts and styles.
pub(crate) struct Pieces<'source> {
    rest: &'source str,
    /// The name of the element whose content, which is no markup, comes next.
    raw: Option<&'source str>,
}

impl<'source> Pieces<'source> {
    pub(crate) fn new(source: &'source str) -> Self {
        Self {
            rest: source,
            raw: None,
        }
    }

    /// Returns the first `length` bytes that are left, and steps over them.
    fn take(&mut self, length: usize) -> &'source str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Steps over the content of a raw element, up to its closing tag.
    fn skip_raw(&mut self, name: &str) {
        let end = self
            .rest
            .match_indices("</")
            .find(|(position, _)| {
                let after = self.rest.as_bytes().get(position + 2..position + 2 + name.len());
                after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes()))
            })
            .map_or(self.rest.len(), |(position, _)| position);
        self.take(end);
    }
}

impl<'source> Iterator for Pieces<'source> {
    type Item = Piece<'source>;

    fn next(&mut self) -> Option<Piece<'source>> {
        loop {
            if let Some(name) = self.raw.take() {
                self.skip_raw(name);
            }
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Piece::Text(self.take(end)));
            }
            if self.rest.starts_with("<!--") {
                let end = self.rest.find("-->").map_or(self.rest.len(), |end| end + 3);
                self.take(end);
                continue;
            }
            let after = self.rest.get(1..).unwrap_or_default();
            let is_close = after.starts_with('/');
            let named = after.strip_prefix('/').unwrap_or(after);
            if !named.starts_with(|first: char| first.is_ascii_alphabetic()) {
                if after.starts_with(['!', '?', '/']) {
                    let end = self.rest.find('>').map_or(self.rest.len(), |end| end + 1);
                    self.take(end);
                    continue;
                }
                // A lone `<` is text.
                return Some(Piece::Text(self.take(1)));
            }
            let name_length = named
                .find(|character: char| character.is_ascii_whitespace() || matches!(character, '>' | '/'))
                .unwrap_or(named.len());
            let name = named.get(..name_length).unwrap_or_default();
            let inside = named.get(name_length..).unwrap_or_default();
            let length = tag_length(inside);
            let attributes = inside.get(..length).unwrap_or_default();
            let total = 1 + usize::from(is_close) + name_length + length + usize::from(length < inside.len());
            self.take(total);
            if is_close {
                return Some(Piece::Close(name));
            }
            if RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
                self.raw = Some(name);
            }
            return Some(Piece::Open(name, attributes));
        }
    }
}

/// Returns where the `>` stands that ends a tag; those inside quoted values do not.
fn tag_length(inside: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (position, byte) in inside.bytes().enumerate() {
        match quote {
            Some(open) if open == byte => quote = None,
            None if after_equals && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if byte == b'>' => return position,
            _ => {}
        }
        after_equals = byte == b'=' || after_equals && byte.is_ascii_whitespace();
    }
    inside.len()
}

/// Elements that stand apart from the text around them.
const BLOCKS: [&str; 33] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "li",
    "dt",
    "dd",
    "blockquote",
    "quote",
    "pre",
    "table",
    "tr",
    "article",
    "section",
    "main",
    "aside",
    "header",
    "footer",
    "figure",
    "figcaption",
    "body",
    "html",
    "head",
    "list",
    "item",
    "hr",
];

/// Returns the text of markup: paragraphs, headings and items are parted by a blank line, white space inside them is one
/// space, and `<br>` is a line end. Entities become their characters.
pub(crate) fn text_of_markup(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    // What must come before the next word.
    let mut gap = "";
    let mut after_tag = false;
    for piece in Pieces::new(source) {
        match piece {
            Piece::Text(words) => {
                let words = with_characters(words);
                let mut is_first = true;
                for word in words.split(|character: char| character.is_whitespace() && character != '\u{a0}')
                {
                    if gap.is_empty() && (!is_first || after_tag && is_torn(&text, word)) {
                        gap = " ";
                    }
                    is_first = false;
                    if word.is_empty() {
                        continue;
                    }
                    if !text.is_empty() {
                        text.push_str(gap);
                    }
                    text.push_str(word);
                    gap = "";
                    after_tag = false;
                }
            }
            Piece::Open(name, _) | Piece::Close(name) => {
                after_tag = true;
                let is = |known: &str| known.eq_ignore_ascii_case(name);
                if BLOCKS.iter().any(|block| is(block)) {
                    gap = "\n\n";
                } else if is("br") || is("lb") {
                    gap = if gap.starts_with('\n') { "\n\n" } else { "\n" };
                } else if (is("td") || is("th")) && !gap.starts_with('\n') {
                    gap = " ";
                }
            }
        }
    }
    text
}

/// Returns true when a space is missing between `text` and a word behind a tag. The extraction drops white space at the
/// edges of links and emphasis, so that two words are more often torn apart there than one word is marked in part; what
/// is no letter ("(" before a link, "’s" behind it) stays close.
fn is_torn(text: &str, word: &str) -> bool {
    let ends = text
        .ends_with(|last: char| last.is_alphanumeric() || matches!(last, ',' | ';' | ':' | '.' | '!' | '?'));
    ends && word.starts_with(char::is_alphanumeric)
}

/// Returns text with its entities as characters. Only those are known that a serialiser of HTML writes, and numbers.
pub(crate) fn with_characters(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(position) = rest.find('&') {
        let (before, after) = rest.split_at(position);
        result.push_str(before);
        let end = after.bytes().take(12).position(|byte| byte == b';');
        let character = end.and_then(|end| entity(after.get(1..end)?));
        if let (Some(character), Some(end)) = (character, end) {
            result.push(character);
            rest = after.get(end + 1..).unwrap_or_default();
        } else {
            result.push('&');
            rest = after.get(1..).unwrap_or_default();
        }
    }
    result.push_str(rest);
    result.into()
}

/// Returns the character that an entity names.
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return code
            .ok()
            .and_then(char::from_u32)
            .filter(|&character| character != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_kept_apart() {
        let source =
            "<p>Snow <b>fell</b>\n in&nbsp;Ostby &amp; Midby.</p><h2>Roads</h2>One<br>two<ul><li>a<li>b</ul>";
        insta::assert_snapshot!(text_of_markup(source).replace('\u{a0}', "_"), @"
        Snow fell in_Ostby & Midby.

        Roads

        One
        two

        a

        b
        ");
    }

    #[test]
    fn scripts_comments_and_quoted_marks_are_passed_over() {
        let source = "<!-- <p>no --><script>if (a<b) '<p>'</SCRIPT><p title=\"a>b\">yes &lt; 1 < 2 &bogus; &";
        assert_eq!(text_of_markup(source), "yes < 1 < 2 &bogus; &");
    }

    #[test]
    fn words_at_the_edges_of_links_are_kept_apart() {
        assert_eq!(
            text_of_markup("said<a>Ada Brown</a>(<b>mayor</b>)of <i>Ostby</i>’s"),
            "said Ada Brown(mayor)of Ostby’s"
        );
    }

    #[test]
    fn broken_markup_ends() {
        for source in [
            "<",
            "<a",
            "</",
            "<!",
            "<!--",
            "<script>",
            "<a b='",
            "&#x110000;",
            "<a =\">",
            "</é>",
        ] {
            let _ = text_of_markup(source);
        }
    }
}
