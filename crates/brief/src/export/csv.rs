//! The ledger as comma-separated values (RFC 4180): a row for each cell, with a line of names on top.

use rashomon_core::Brief;

use super::table::{COLUMNS, Value, rows};
use crate::{RenderError, Renderer};

/// Writes briefs as comma-separated values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Csv;

impl Renderer for Csv {
    fn begin(&mut self) -> Result<String, RenderError> {
        let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        Ok(names.join(",") + "\r\n")
    }

    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError> {
        let mut out = String::new();
        for row in rows(brief) {
            for (place, value) in row.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                match value {
                    Value::Text(Some(text)) => out.push_str(&quoted(text)),
                    Value::Integer(Some(number)) => out.push_str(&number.to_string()),
                    Value::Text(None) | Value::Integer(None) => {}
                }
            }
            out.push_str("\r\n");
        }
        Ok(out)
    }

    fn end(&mut self) -> Result<String, RenderError> {
        Ok(String::new())
    }
}

/// Returns a text as a field: in quotation marks where it holds a sign of the format.
fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
