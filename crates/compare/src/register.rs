//! The user's own register of sources: how reliable each is, by the letters of the Admiralty scale.
//!
//! Rashomon ships no ratings. A source that no register grades is F: it cannot be judged.
//!
//! ```
//! use rashomon_compare::SourceRegister;
//! use rashomon_core::SourceGrade;
//!
//! let register = SourceRegister::read(
//!     "[[source]]\nname = \"Orrin Post\"\ngrade = \"B\"\nsince = \"2031-01-01\"\nreason = \"ten years of use\"\n",
//! )?;
//! assert_eq!(register.grade("Orrin Post"), SourceGrade::B);
//! assert_eq!(register.grade("Kesterby Herald"), SourceGrade::F);
//! # Ok::<(), rashomon_compare::RegisterError>(())
//! ```

use std::collections::BTreeMap;

use rashomon_core::SourceGrade;
use serde::Deserialize;
use thiserror::Error;

/// Why a register could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// It is no TOML of the wanted form.
    #[error("not a register in TOML: {0}; each source is a table [[source]] with name and grade")]
    Toml(String),
    /// A line of a table is not of the wanted form.
    #[error(
        "line {line}: {reason}; a register in CSV has the columns name and grade, and may have since and reason"
    )]
    Csv {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A grade is no letter of the scale.
    #[error(
        "source '{name}': no grade '{grade}'; a grade is a letter from A (completely reliable) to F (cannot be judged)"
    )]
    Grade {
        /// The source.
        name: String,
        /// What stands for its grade.
        grade: String,
    },
}

/// A source with its grade, as a register writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    grade: String,
    #[serde(default, rename = "since")]
    _since: Option<String>,
    #[serde(default, rename = "reason")]
    _reason: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(default)]
    source: Vec<Entry>,
}

/// How reliable sources are, as the user says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceRegister {
    grades: BTreeMap<String, SourceGrade>,
}

impl SourceRegister {
    /// Reads a register: TOML with a table `[[source]]` for each source, or CSV with the columns `name` and `grade`.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the text, with its line or its source.
    pub fn read(text: &str) -> Result<Self, RegisterError> {
        let entries = if is_csv(text) {
            from_csv(text)?
        } else {
            from_toml(text)?
        };
        let mut grades = BTreeMap::new();
        for entry in entries {
            let grade = SourceGrade::of(entry.grade.trim()).ok_or_else(|| RegisterError::Grade {
                name: entry.name.clone(),
                grade: entry.grade.clone(),
            })?;
            grades.insert(key(&entry.name), grade);
        }
        Ok(Self { grades })
    }

    /// Returns the grade of a source by its name, without regard to case and a leading "the"; F where none is given.
    pub fn grade(&self, name: &str) -> SourceGrade {
        if self.grades.is_empty() {
            return SourceGrade::F;
        }
        self.grades.get(&key(name)).copied().unwrap_or_default()
    }
}

/// Returns the form by which a name is found.
fn key(name: &str) -> String {
    let lower = name.trim().to_lowercase().replace('’', "'");
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}

/// Returns true for a text whose first line names the columns of a table.
fn is_csv(text: &str) -> bool {
    let first = text
        .trim_start_matches('\u{FEFF}')
        .lines()
        .next()
        .unwrap_or_default();
    !first.trim_start().starts_with('[')
        && !first.contains('=')
        && first.contains("name")
        && first.contains("grade")
}

fn from_toml(text: &str) -> Result<Vec<Entry>, RegisterError> {
    let tables: Tables = toml::from_str(text)
        .map_err(|error| RegisterError::Toml(error.to_string().trim().replace('\n', " ")))?;
    Ok(tables.source)
}

fn from_csv(text: &str) -> Result<Vec<Entry>, RegisterError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    reader
        .deserialize()
        .map(|row| {
            row.map_err(|error: csv::Error| RegisterError::Csv {
                line: error.position().map_or(1, csv::Position::line),
                reason: error.to_string(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_is_toml_or_csv() {
        let csv = SourceRegister::read(
            "name,grade,since,reason\n\"Post, The\",c,2031-01-01,\nThe Mail,A,,long use\n",
        )
        .unwrap();
        assert_eq!(csv.grade("post, the"), SourceGrade::C);
        assert_eq!(csv.grade("mail"), SourceGrade::A);
        assert_eq!(SourceRegister::read("").unwrap(), SourceRegister::default());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let grade = SourceRegister::read("name,grade\nPost,Q\n")
            .unwrap_err()
            .to_string();
        assert!(grade.contains("'Post'") && grade.contains("'Q'"), "{grade}");
        let column = SourceRegister::read("name,grade,rank\nPost,A,1\n")
            .unwrap_err()
            .to_string();
        assert!(column.contains("line"), "{column}");
        assert!(SourceRegister::read("[[source]]\nname = 1").is_err());
    }
}
