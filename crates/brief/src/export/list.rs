//! A JSON document with one list of objects, written story by story.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::RenderError;

/// A list of objects, each of which has an id and stands once.
#[derive(Clone, Debug, Default)]
pub(super) struct ObjectList {
    known: BTreeSet<String>,
    any: bool,
}

impl ObjectList {
    /// Returns the objects that are new, a line each, with what parts them from those before.
    pub(super) fn add(&mut self, objects: Vec<(String, Value)>) -> Result<String, RenderError> {
        let mut out = String::new();
        for (id, object) in objects {
            if self.known.insert(id) {
                out.push_str(if self.any { ",\n" } else { "\n" });
                self.any = true;
                out.push_str(&serde_json::to_string(&object)?);
            }
        }
        Ok(out)
    }
}
