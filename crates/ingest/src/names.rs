//! Names of those who write and publish.

/// Returns the names of the authors as one byline, or `None` when there are none: "Ada Brown, Carl Dunn and Eve Fox".
/// A single text is kept as it is printed, without a "By" before it.
pub(crate) fn byline(names: &[String]) -> Option<String> {
    let mut kept: Vec<&str> = Vec::new();
    for name in names {
        let name = without_by(name.trim());
        let is_address = name.contains("://") || name.starts_with('@');
        if !name.is_empty() && !is_address && !kept.contains(&name) {
            kept.push(name);
        }
    }
    let (last, others) = kept.split_last()?;
    if others.is_empty() {
        return Some((*last).to_owned());
    }
    Some(format!("{} and {last}", others.join(", ")))
}

/// Returns `text` without a "By " before it.
pub(crate) fn without_by(text: &str) -> &str {
    match text.split_once(char::is_whitespace) {
        Some((by, rest)) if by.trim_end_matches(':').eq_ignore_ascii_case("by") => rest.trim_start(),
        _ => text,
    }
}

/// Returns the name of an outlet, or `None` for an empty one. A host does without "www.".
pub(crate) fn outlet(name: &str) -> Option<String> {
    let name = name.trim();
    let name = match name.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("www.") => name.get(4..).unwrap_or(name),
        _ => name,
    };
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_byline(names: &[&str], expected: Option<&str>) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(byline(&names).as_deref(), expected);
    }

    #[test]
    fn authors_become_one_byline() {
        assert_byline(&["By Ada Brown"], Some("Ada Brown"));
        assert_byline(
            &["Ada Brown", "Carl Dunn", "Ada Brown"],
            Some("Ada Brown and Carl Dunn"),
        );
        assert_byline(
            &["Ada Brown", "Carl Dunn", "Eve Fox"],
            Some("Ada Brown, Carl Dunn and Eve Fox"),
        );
        assert_byline(&["https://example.org/ada", " "], None);
        assert_byline(&["Byron Hill"], Some("Byron Hill"));
    }

    #[test]
    fn a_host_does_without_www() {
        assert_eq!(outlet("www.example.org").as_deref(), Some("example.org"));
        assert_eq!(outlet(" ").as_deref(), None);
    }
}
