//! Files and folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rashomon_core::Report;

use crate::{IngestError, ReadOptions, read_stream};

/// How deep folders may be nested; deeper ones are passed over with an error.
const DEEPEST: usize = 64;

/// Reads the reports of the file at `path`, handing each to `sink` as it comes, in the order of the file. Failures go to
/// `sink` too; whatever can be read is read.
pub fn read_file(path: &Path, options: &ReadOptions, sink: &mut dyn FnMut(Result<Report, IngestError>)) {
    let name = path.display().to_string();
    match fs::metadata(path) {
        Err(source) if source.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => {
            return sink(Err(not_found(path)));
        }
        Err(source) => return sink(Err(IngestError::Unreadable { path: name, source })),
        Ok(metadata) if metadata.is_dir() => {
            let error = match fs::read_dir(path) {
                Ok(_) => IngestError::IsFolder { path: name },
                Err(source) => IngestError::Unreadable { path: name, source },
            };
            return sink(Err(error));
        }
        Ok(_) => {}
    }
    match fs::File::open(path) {
        Ok(mut file) => read_stream(&mut file, &name, options, sink),
        Err(source) => sink(Err(IngestError::Unreadable { path: name, source })),
    }
}

/// Returns the files at `path`: those of a folder and of the folders in it, sorted by path, or the file itself. Hidden
/// files and folders (whose names begin with a dot) are passed over, as are links to folders (they may lead in circles),
/// pipes and devices. A folder that cannot be opened, and a link that leads nowhere, are in the list, so that reading
/// them names the reason.
///
/// # Errors
///
/// [`IngestError::NotFound`] when nothing stands at `path`, with the nearest name that exists;
/// [`IngestError::Unreadable`] when `path` itself is a folder that cannot be opened.
pub fn list_files(path: &Path) -> Result<Vec<PathBuf>, IngestError> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(_) if fs::symlink_metadata(path).is_ok() => return Ok(vec![path.to_owned()]),
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Err(not_found(path)),
        Err(source) => {
            return Err(IngestError::Unreadable {
                path: path.display().to_string(),
                source,
            });
        }
    };
    if !metadata.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![(path.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(source) if depth == 0 => {
                return Err(IngestError::Unreadable {
                    path: folder.display().to_string(),
                    source,
                });
            }
            Err(_) => {
                files.push(folder);
                continue;
            }
        };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                if depth < DEEPEST {
                    folders.push((entry.path(), depth + 1));
                } else {
                    files.push(entry.path());
                }
            } else if kind.is_file() {
                files.push(entry.path());
            } else if kind.is_symlink() {
                // A link that leads nowhere is listed; of those that lead somewhere, only those to files.
                if fs::metadata(entry.path()).is_ok_and(|target| !target.is_file()) {
                    continue;
                }
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Returns the error for a path at which nothing stands, with the nearest name in its folder.
fn not_found(path: &Path) -> IngestError {
    IngestError::NotFound {
        path: path.display().to_string(),
        suggestion: nearest(path),
    }
}

/// Returns the path that exists nearest to `path`: the first part of it that does not exist is replaced by the name in
/// its folder that takes the fewest changes, at most a third of its letters.
fn nearest(path: &Path) -> Option<String> {
    let existing = path
        .ancestors()
        .skip(1)
        .find(|folder| folder.as_os_str().is_empty() || folder.is_dir())?;
    let missing = path.strip_prefix(existing).ok()?.components().next()?;
    let wanted = missing.as_os_str().to_string_lossy().to_lowercase();
    let folder = if existing.as_os_str().is_empty() {
        Path::new(".")
    } else {
        existing
    };
    let mut best: Option<(usize, String)> = None;
    let entries = fs::read_dir(folder).ok()?;
    // A folder of very many files is not worth going through for a hint.
    for entry in entries.flatten().take(10_000) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let lower = name.to_lowercase();
        let mut changes = edits(&wanted, &lower);
        // "report" for "report.txt"
        if Path::new(&lower)
            .file_stem()
            .is_some_and(|stem| stem.to_string_lossy() == wanted)
        {
            changes = changes.min(1);
        }
        let is_near = changes * 3 <= wanted.chars().count().max(3);
        if is_near
            && best
                .as_ref()
                .is_none_or(|found| (changes, &name) < (found.0, &found.1))
        {
            best = Some((changes, name));
        }
    }
    best.map(|(_, name)| existing.join(name).display().to_string())
}

/// Returns how many letters must be put in, taken out or replaced to turn one name into the other (Levenshtein 1966).
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, left) in one.chars().enumerate() {
        let mut diagonal = above;
        let mut previous = above + 1;
        for (cell, character) in row.iter_mut().skip(1).zip(&other) {
            let replaced = diagonal + usize::from(left != *character);
            diagonal = *cell;
            *cell = replaced.min(previous + 1).min(diagonal + 1);
            previous = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = above + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        assert_eq!(edits("reports", "reports"), 0);
        assert_eq!(edits("reprts", "reports"), 1);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("kitten", "sitting"), 3);
    }
}
