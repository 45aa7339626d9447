//! Styled text wrapped word by word.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::visible::joins;

/// Text under construction: words come piece by piece, each piece with its style. A style ends with its line, so that a
/// pager may cut anywhere.
pub(super) struct Flow {
    out: String,
    width: usize,
    colour: bool,
    /// What stands before the further lines of a paragraph.
    margin: usize,
    column: usize,
    line_has_words: bool,
    open: Style,
    word: Vec<(Style, String)>,
}

impl Flow {
    /// Returns an empty text.
    pub(super) fn new(width: usize, colour: bool) -> Self {
        Self {
            out: String::new(),
            width,
            colour,
            margin: 0,
            column: 0,
            line_has_words: false,
            open: Style::new(),
            word: Vec::new(),
        }
    }

    /// Sets the margin of the further lines of the paragraph that begins.
    pub(super) fn set_margin(&mut self, columns: usize) {
        self.margin = columns;
    }

    /// Adds a character to the word.
    pub(super) fn push(&mut self, character: char, style: Style) {
        match self.word.last_mut() {
            Some((last, text)) if *last == style => text.push(character),
            _ => self.word.push((style, character.to_string())),
        }
    }

    /// Adds a piece to the word; spaces inside do not part it.
    pub(super) fn push_str(&mut self, piece: &str, style: Style) {
        for character in piece.chars() {
            self.push(character, style);
        }
    }

    /// Adds words of one style.
    pub(super) fn words(&mut self, text: &str, style: Style) {
        for (index, word) in text.split(' ').enumerate() {
            if index > 0 {
                self.space();
            }
            self.push_str(word, style);
        }
    }

    /// Returns true where the word holds nothing yet.
    pub(super) fn at_word_start(&self) -> bool {
        self.word.is_empty()
    }

    /// Ends the word.
    pub(super) fn space(&mut self) {
        let word = std::mem::take(&mut self.word);
        let Some((first, _)) = word.first() else { return };
        // The width of a sequence of characters may be less than that of each: a family of emoji.
        let wide: usize = word.iter().map(|(_, text)| text.width()).sum();
        if self.line_has_words {
            if self.column + 1 + wide > self.width {
                self.wrap();
            } else {
                if self.open != *first {
                    self.set(Style::new());
                }
                self.out.push(' ');
                self.column += 1;
            }
        }
        self.line_has_words = true;
        if self.column + wide <= self.width {
            for (style, text) in &word {
                self.set(*style);
                self.out.push_str(text);
            }
            self.column += wide;
            return;
        }
        let mut before = None;
        for (style, text) in &word {
            self.set(*style);
            for character in text.chars() {
                let wide = character.width().unwrap_or(0);
                if self.column + wide > self.width && !joins(before, character) {
                    self.wrap();
                    self.set(*style);
                }
                self.out.push(character);
                self.column += wide;
                before = Some(character);
            }
        }
    }

    /// Ends the paragraph, if it holds anything.
    pub(super) fn end_paragraph(&mut self) {
        self.space();
        if self.line_has_words {
            self.margin = 0;
            self.wrap();
            self.line_has_words = false;
        }
    }

    /// Writes an empty line.
    pub(super) fn blank(&mut self) {
        self.end_paragraph();
        self.out.push('\n');
    }

    /// Returns the text.
    pub(super) fn finish(mut self) -> String {
        self.end_paragraph();
        self.out
    }

    fn wrap(&mut self) {
        self.set(Style::new());
        self.out.push('\n');
        self.out.push_str(&" ".repeat(self.margin));
        self.column = self.margin;
    }

    fn set(&mut self, style: Style) {
        if self.open == style || !self.colour {
            return;
        }
        if !self.open.is_plain() {
            self.out.push_str(&self.open.render_reset().to_string());
        }
        self.out.push_str(&style.render().to_string());
        self.open = style;
    }
}
