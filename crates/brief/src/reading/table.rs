//! Tables in columns: each as wide as its widest cell while there is room, cells wrapped inside their column.

use std::fmt::Write as _;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::terminal::{TerminalOptions, width};
use crate::visible::{line_of, wrapped};

/// No column is made narrower.
const NARROWEST: usize = 3;
/// Columns between columns, and before the first.
const GAP: usize = 2;

/// A cell: its words and how they look in colour.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(super) fn new(text: &str, style: Style) -> Self {
        Self {
            text: line_of(text),
            style,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, Style::new())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Option<&str>> for Cell {
    fn from(text: Option<&str>) -> Self {
        Self::from(text.unwrap_or_default())
    }
}

/// Returns a table with its title, or nothing where it has no rows. A column without a cell is left out.
pub(super) fn table<const COLUMNS: usize>(
    title: &str,
    heads: [&str; COLUMNS],
    rows: &[[Cell; COLUMNS]],
    options: &TerminalOptions,
) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut widths = heads.map(UnicodeWidthStr::width);
    for (column, wide) in widths.iter_mut().enumerate() {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| cell.text.width()).max().unwrap_or(0);
        *wide = if widest == 0 { 0 } else { widest.max(*wide) };
    }
    narrow(&mut widths, width(options));
    let painted = |text: &str, style: Style| {
        if options.colour && !text.is_empty() {
            format!("{}{text}{}", style.render(), style.render_reset())
        } else {
            text.to_owned()
        }
    };
    let mut out = painted(&title.to_uppercase(), super::BOLD);
    out.push('\n');
    let heads = heads.map(|head| Cell::new(head, super::KEY));
    let heads = (heads.iter().any(|head| !head.text.is_empty())).then_some(&heads);
    for row in heads.into_iter().chain(rows) {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, wide)| {
                if wide == 0 {
                    Vec::new()
                } else {
                    wrapped(&cell.text, wide)
                }
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            // Spaces are written before the next cell, so that no line ends with them.
            let mut spaces = 0;
            for ((cell, wide), lines) in row.iter().zip(widths).zip(&cells) {
                if wide == 0 {
                    continue;
                }
                spaces += GAP;
                let text = lines.get(line).map_or("", String::as_str);
                if text.is_empty() {
                    spaces += wide;
                } else {
                    let _ = write!(out, "{:spaces$}{}", "", painted(text, cell.style));
                    spaces = wide.saturating_sub(text.width());
                }
            }
            out.push('\n');
        }
    }
    out.push('\n');
    out
}

/// Makes the widest columns narrower until all fit into `most`, as far as that goes.
fn narrow(widths: &mut [usize], most: usize) {
    let shown = widths.iter().filter(|wide| **wide > 0).count();
    let room = most.saturating_sub(shown * GAP);
    // The widest columns get the same width, the others keep theirs.
    let mut sorted: Vec<usize> = widths.iter().copied().filter(|wide| *wide > 0).collect();
    sorted.sort_unstable();
    let (mut left, mut others) = (room, sorted.len());
    for wide in sorted {
        let share = left / others;
        if wide > share {
            for column in widths.iter_mut().filter(|column| **column > share) {
                *column = share.max(NARROWEST);
            }
            return;
        }
        left -= wide;
        others -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_wrapped_in_their_column() {
        let rows = [
            [
                "e1",
                "",
                "Mira Tolland of the baker's shop beside the old bridge",
                "person",
            ],
            ["e2", "", "橋の近くのパン屋", "other"],
        ]
        .map(|row| row.map(Cell::from));
        let options = TerminalOptions {
            width: 40,
            colour: false,
        };
        let text = table("who", ["", "gone", "name", "kind"], &rows, &options);
        insta::assert_snapshot!(text, @r"
        WHO
              name                        kind
          e1  Mira Tolland of the         person
              baker's shop beside the
              old bridge
          e2  橋の近くのパン屋            other
        ");
    }

    #[test]
    fn narrow_columns_keep_their_width() {
        let mut widths = [2, 50, 6, 40];
        narrow(&mut widths, 48);
        assert_eq!(widths, [2, 16, 6, 16]);
        let mut widths = [2, 0, 6];
        narrow(&mut widths, 48);
        assert_eq!(widths, [2, 0, 6]);
    }
}
