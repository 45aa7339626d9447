//! The tokens of a sentence, one a line, with their dependency tree drawn before them.

use std::fmt::Write as _;

use rashomon_core::{PartOfSpeech, Reading, Sentence, Token};
use rashomon_language::token_lemma;
use unicode_width::UnicodeWidthStr;

use crate::visible::line_of;

/// Deeper tokens are drawn at this depth: their heads stand in a column of their own anyway.
const DEEPEST: usize = 16;
/// A longer word does not move the columns of the others.
const LONGEST: usize = 44;

/// Where a cell of the drawing has lines.
const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// Writes the tokens of a sentence.
pub(super) fn write(out: &mut String, text: &str, reading: &Reading, sentence: &Sentence) {
    let first = sentence.first_token;
    let tokens = reading
        .tokens
        .get(first..sentence.last_token.min(reading.tokens.len()))
        .unwrap_or_default();
    let heads: Vec<Option<usize>> = tokens
        .iter()
        .map(|token| {
            let head = token.head?.checked_sub(first)?;
            (head < tokens.len()).then_some(head)
        })
        .collect();
    let drawn = draw(&heads);
    let rows: Vec<[String; 5]> = tokens
        .iter()
        .zip(&drawn)
        .map(|(token, drawn)| {
            [
                format!("{drawn}{}", line_of(token.span.text(text))),
                token_lemma(text, token).map_or_else(|| "_".to_owned(), |lemma| line_of(&lemma)),
                token.tag.map_or("_", PartOfSpeech::as_str).to_owned(),
                head(token, first, sentence.last_token),
                token.relation.unwrap_or("_").to_owned(),
            ]
        })
        .collect();
    let widths = [0, 1, 2, 3].map(|column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| cell.width())
            .filter(|wide| *wide <= LONGEST)
            .max()
            .unwrap_or(0)
    });
    for (index, row) in rows.iter().enumerate() {
        let _ = write!(out, "{:>4}  ", index + 1);
        for (cell, wide) in row.iter().zip(widths.into_iter().chain([0])) {
            let spaces = if wide == 0 {
                0
            } else {
                wide.saturating_sub(cell.width()) + 2
            };
            let _ = write!(out, "{cell}{:spaces$}", "");
        }
        out.push('\n');
    }
}

/// Returns the number of a token's head in its sentence, counted from 1 as in CoNLL-U: 0 for a root, "_" where no tree
/// was made.
fn head(token: &Token, first: usize, last: usize) -> String {
    match token.head {
        Some(head) if (first..last).contains(&head) => (head - first + 1).to_string(),
        // No reading of ours has it; one that has should be seen.
        Some(head) => format!("?{head}"),
        None if token.relation.is_some() => "0".to_owned(),
        None => "_".to_owned(),
    }
}

/// Returns the drawing of a tree, a line a token: what stands before its form. A token stands at its depth, and a line
/// leads from each head to its dependents.
fn draw(heads: &[Option<usize>]) -> Vec<String> {
    let depths: Vec<usize> = depths(heads)
        .into_iter()
        .map(|depth| depth.min(DEEPEST))
        .collect();
    let deepest = depths.iter().copied().max().unwrap_or(0);
    // For each token the first and the last row of the line that leads down or up to its dependents.
    let mut reach: Vec<(usize, usize)> = (0..heads.len()).map(|row| (row, row)).collect();
    for (row, head) in heads.iter().enumerate() {
        if let Some((first, last)) = head.and_then(|head| reach.get_mut(head)) {
            *first = row.min(*first);
            *last = row.max(*last);
        }
    }
    let mut cells = vec![0u8; heads.len() * deepest];
    for column in 0..deepest {
        // How many lines go up from, and down from, each row.
        let mut begins = vec![0usize; heads.len() + 1];
        let mut ends = vec![0usize; heads.len() + 1];
        for (&(first, last), _) in reach.iter().zip(&depths).filter(|(_, depth)| **depth == column) {
            if let (true, Some(begin)) = (first < last, begins.get_mut(first)) {
                *begin += 1;
            }
            if let (true, Some(end)) = (first < last, ends.get_mut(last)) {
                *end += 1;
            }
        }
        let mut lines = 0usize;
        for (row, (begin, end)) in begins.iter().zip(&ends).enumerate() {
            let up = lines > 0;
            lines = (lines + begin).saturating_sub(*end);
            if let Some(cell) = cells.get_mut(row * deepest + column) {
                *cell |= if up { UP } else { 0 } | if lines > 0 { DOWN } else { 0 };
            }
        }
    }
    for (row, ((head, &depth), (first, last))) in heads.iter().zip(&depths).zip(reach).enumerate() {
        let has_dependents = first < last;
        let column = match head {
            Some(_) if depth > 0 => depth - 1,
            _ => continue,
        };
        if let Some(cell) = cells.get_mut(row * deepest + column) {
            *cell |= RIGHT;
        }
        if let Some(cell) = cells.get_mut(row * deepest + depth)
            && depth < deepest
            && has_dependents
        {
            *cell |= LEFT;
        }
    }
    depths
        .iter()
        .enumerate()
        .map(|(row, &depth)| {
            let cells = cells.get(row * deepest..(row + 1) * deepest).unwrap_or_default();
            let mut line = String::new();
            for &cell in cells.iter().take(depth) {
                line.push(glyph(cell));
                line.push(if cell & RIGHT != 0 { '─' } else { ' ' });
            }
            if let Some(&own) = cells.get(depth).filter(|own| **own != 0) {
                line.push(glyph(own));
                line.push(' ');
            }
            line
        })
        .collect()
}

/// Returns how many heads stand above each token; what would go round in a circle begins at 0.
fn depths(heads: &[Option<usize>]) -> Vec<usize> {
    let mut depths: Vec<Option<usize>> = vec![None; heads.len()];
    let mut on_path = vec![false; heads.len()];
    let mut path = Vec::new();
    for token in 0..heads.len() {
        let mut at = Some(token);
        let mut depth = 0;
        while let Some(here) = at {
            if let Some(known) = depths.get(here).copied().flatten() {
                depth = known + 1;
                break;
            }
            match on_path.get_mut(here) {
                Some(seen) if !*seen => *seen = true,
                _ => break,
            }
            path.push(here);
            at = heads.get(here).copied().flatten();
        }
        while let Some(here) = path.pop() {
            if let (Some(slot), Some(seen)) = (depths.get_mut(here), on_path.get_mut(here)) {
                *slot = Some(depth);
                *seen = false;
            }
            depth += 1;
        }
    }
    depths.into_iter().map(|depth| depth.unwrap_or(0)).collect()
}

/// Returns the character with lines in these directions.
fn glyph(cell: u8) -> char {
    const BOTH: u8 = UP | DOWN;
    const ACROSS: u8 = LEFT | RIGHT;
    match (cell & BOTH, cell & ACROSS) {
        (0, 0) => ' ',
        (0, _) => '─',
        (DOWN, LEFT) => '┐',
        (UP, LEFT) => '┘',
        (BOTH, LEFT) => '┤',
        (DOWN, RIGHT) => '┌',
        (UP, RIGHT) => '└',
        (BOTH, RIGHT) => '├',
        (DOWN, ACROSS) => '┬',
        (UP, ACROSS) => '┴',
        (BOTH, ACROSS) => '┼',
        (DOWN, _) => '╷',
        (UP, _) => '╵',
        _ => '│',
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawing(words: &str, heads: &[usize]) -> String {
        let heads: Vec<_> = heads.iter().map(|head| head.checked_sub(1)).collect();
        let lines = draw(&heads);
        let lines: Vec<String> = lines
            .iter()
            .zip(words.split(' '))
            .map(|(line, word)| format!("{line}{word}"))
            .collect();
        lines.join("\n")
    }

    #[test]
    fn a_tree_is_drawn() {
        let words = "The mayor opened the new bridge on Tuesday .";
        insta::assert_snapshot!(drawing(words, &[2, 3, 0, 6, 6, 3, 8, 3, 3]), @r"
          ┌─The
        ┌─┘ mayor
        │ opened
        │ ┌─the
        │ ├─new
        ├─┘ bridge
        │ ┌─on
        ├─┘ Tuesday
        └─.
        ");
    }

    #[test]
    fn a_circle_ends() {
        assert_eq!(depths(&[Some(1), Some(0), Some(1)]), [1, 0, 1]);
        assert_eq!(draw(&[Some(0)]).len(), 1);
    }

    proptest! {
        #[test]
        fn any_heads_are_drawn(heads in prop::collection::vec(prop::option::of(0usize..12), 0..12)) {
            let count = heads.len();
            let heads: Vec<_> = heads.into_iter().map(|head| head.filter(|head| *head < count)).collect();
            prop_assert_eq!(draw(&heads).len(), count);
        }
    }
}
