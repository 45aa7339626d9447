//! Text that no terminal stumbles over: control characters made visible, widths in columns, words wrapped.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Stands for a character that would steer the terminal and has no picture of its own.
const REPLACEMENT: char = '\u{FFFD}';

/// Returns the character that is shown for `character`: a picture of a control character, a replacement for those that
/// turn the direction of writing or carry hidden text, and every other character as it is.
pub(crate) fn visible(character: char) -> char {
    match character {
        '\0'..='\u{1F}' => char::from_u32(u32::from(character) + 0x2400).unwrap_or(REPLACEMENT),
        '\u{7F}' => '\u{2421}',
        // The other controls; marks, embeddings and isolates of direction; separators of lines and paragraphs;
        // annotations; tags.
        '\u{80}'..='\u{9F}'
        | '\u{61C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2066}'..='\u{206F}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => REPLACEMENT,
        _ => character,
    }
}

/// Returns a text on one line, its control characters made visible.
pub(crate) fn line_of(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(visible).collect()
}

/// Returns true where a line must not be broken before `character`, as it joins what stands before it.
pub(crate) fn joins(before: Option<char>, character: char) -> bool {
    character.width().unwrap_or(0) == 0 || before == Some('\u{200D}')
}

/// Returns a text cut to a width in columns, with "…" where something is cut off.
pub(crate) fn shortened(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for character in text.chars() {
        used += character.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(character);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Returns the lines of a text wrapped at `columns`; a word that is longer is broken.
pub(crate) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let wide = word.width();
        if column > 0 && column + 1 + wide > columns {
            lines.push(std::mem::take(&mut line));
            column = 0;
        }
        if column > 0 {
            line.push(' ');
            column += 1;
        }
        if column + wide <= columns {
            line.push_str(word);
            column += wide;
            continue;
        }
        let mut before = None;
        for character in word.chars() {
            let wide = character.width().unwrap_or(0);
            if column > 0 && column + wide > columns && !joins(before, character) {
                lines.push(std::mem::take(&mut line));
                column = 0;
            }
            line.push(character);
            column += wide;
            before = Some(character);
        }
    }
    if column > 0 || !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_instead() {
        assert_eq!(line_of("a\u{1b}[2J\u{7}\u{7f}b"), "a␛[2J␇␡b");
        assert_eq!(
            line_of("a\u{202E}b\u{2066}c\u{9b}d"),
            "a\u{FFFD}b\u{FFFD}c\u{FFFD}d"
        );
        assert_eq!(line_of(" 女\t👩‍👩‍👧 \n e\u{301} "), "女 👩‍👩‍👧 e\u{301}");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(
            wrapped("日本語のテキスト ab", 6),
            ["日本語", "のテキ", "スト", "ab"]
        );
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(
            wrapped("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"]
        );
        assert_eq!(wrapped(" ", 7), [""; 0]);
        assert_eq!(shortened("日本語のテキスト", 6), "日本…");
        assert_eq!(shortened("six", 3), "six");
    }
}
