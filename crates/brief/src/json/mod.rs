//! The JSON of a brief, of a grouping, of a reading and of a report. Offsets are Unicode characters. `docs/FORMATS.md`
//! describes every field, `docs/schema/` holds the schemas.

mod judgement;
mod parts;
mod reading;
mod report;
mod story;

use std::io;

use serde::Serialize;

pub use reading::reading_line;
pub use report::{report_line, story_line};

use rashomon_core::Brief;

use crate::{RenderError, Renderer};

/// The JSON document of briefs, story by story.
#[derive(Clone, Debug, Default)]
pub struct BriefDocument {
    stories: usize,
}

impl BriefDocument {
    /// Returns a document without stories.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns what stands before the next story, and counts it.
    fn separator(&mut self) -> &'static str {
        self.stories += 1;
        if self.stories == 1 { "\n" } else { ",\n" }
    }
}

impl Renderer for BriefDocument {
    fn begin(&mut self) -> Result<String, RenderError> {
        let version = serde_json::to_string(env!("CARGO_PKG_VERSION"))?;
        Ok(format!("{{\"rashomon\":{version},\"stories\":["))
    }

    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError> {
        Ok(format!("{}{}", self.separator(), story(brief)?))
    }

    fn write_story(&mut self, brief: &Brief<'_>, target: &mut dyn io::Write) -> Result<(), RenderError> {
        target.write_all(self.separator().as_bytes())?;
        serde_json::to_writer(target, &story::StoryDocument::new(brief)).map_err(|error| {
            if error.is_io() {
                RenderError::Write(error.into())
            } else {
                RenderError::Json(error)
            }
        })
    }

    fn end(&mut self) -> Result<String, RenderError> {
        let separator = if self.stories == 0 { "" } else { "\n" };
        Ok(format!("{separator}]}}\n"))
    }
}

/// Returns the JSON object of one story.
pub fn story(brief: &Brief<'_>) -> Result<String, RenderError> {
    line(&story::StoryDocument::new(brief))
}

/// Returns a value as one line of JSON, without the line's end.
fn line(value: &impl Serialize) -> Result<String, RenderError> {
    Ok(serde_json::to_string(value)?)
}
