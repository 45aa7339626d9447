//! The stories that reports were in before, from what `rashomon stories` printed then.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use rashomon_story::StoryIds;
use serde::Deserialize;

use crate::input::UsageError;

/// A longer line is none that `rashomon stories` printed.
const LONGEST_LINE: u64 = 64 << 20;

/// What is read of a line of `rashomon stories`.
#[derive(Debug, Deserialize)]
struct StoryLine {
    report: String,
    story: String,
}

/// Returns the ids that stories had, by the lines of a file, or none where no file is named.
///
/// # Errors
///
/// Returns [`UsageError`] where the file cannot be read, has no line, or has one that is not of `rashomon stories`.
pub(crate) fn ids_from(path: Option<&Path>) -> anyhow::Result<StoryIds> {
    let mut ids = StoryIds::new();
    let Some(path) = path else {
        return Ok(ids);
    };
    let named = |reason: &str| UsageError(format!("--ids-from {}: {reason}", path.display()));
    let mut file = BufReader::new(File::open(path).map_err(|error| named(&error.to_string()))?);
    let mut line = String::new();
    let mut lines = 0_usize;
    for number in 1_usize.. {
        line.clear();
        let read = file.by_ref().take(LONGEST_LINE).read_line(&mut line);
        if read.map_err(|error| named(&format!("line {number}: {error}")))? == 0 {
            break;
        }
        if line.trim().is_empty() {
            continue;
        }
        let known: StoryLine = serde_json::from_str(&line).map_err(|error| {
            named(&format!(
                "line {number}: {error}; the file must hold what `rashomon stories --format jsonl` printed"
            ))
        })?;
        ids.place(&known.report, &known.story);
        lines += 1;
    }
    if lines == 0 {
        let advice = "was it just written over? Write the new stories to another file";
        return Err(named(&format!("is empty; {advice}")).into());
    }
    Ok(ids)
}
