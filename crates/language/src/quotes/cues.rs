//! The words that lay what follows them on someone though they need not tell of speech, from
//! `data/attributions.txt`: "wants to ...", "criticised ...", "her belief that ...".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The table as a person writes it.
const TABLE: &str = include_str!("../data/attributions.txt");

/// What a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum CueKind {
    /// "criticised the plan"
    Verb,
    /// "is expected to rise"
    Passive,
    /// "the belief that ..."
    Noun,
    /// "was confident that ..."
    Adjective,
}

/// Bases with their patterns.
type Bases = FxHashMap<&'static str, Vec<&'static str>>;

/// Cues by kind and base, with the patterns in which they attribute.
static CUES: LazyLock<FxHashMap<CueKind, Bases>> = LazyLock::new(|| {
    let mut cues: FxHashMap<CueKind, Bases> = FxHashMap::default();
    for (kind, base, patterns) in TABLE.lines().filter_map(entry) {
        cues.entry(kind)
            .or_default()
            .entry(base)
            .or_default()
            .extend(patterns.split_whitespace());
    }
    cues
});

/// Returns kind, base and patterns of a line of the table.
fn entry(line: &'static str) -> Option<(CueKind, &'static str, &'static str)> {
    if line.starts_with('#') {
        return None;
    }
    let (word, patterns) = line.split_once(": ")?;
    let (kind, base) = word.split_once(' ')?;
    let kind = match kind {
        "verb" => CueKind::Verb,
        "passive" => CueKind::Passive,
        "noun" => CueKind::Noun,
        "adjective" => CueKind::Adjective,
        _ => return None,
    };
    Some((kind, base, patterns))
}

/// Returns the patterns in which a base attributes what follows; none for other words.
pub(super) fn patterns(kind: CueKind, base: &str) -> &'static [&'static str] {
    let Some(bases) = CUES.get(&kind) else { return &[] };
    let known = |base: &str| bases.get(base).map(Vec::as_slice);
    if let Some(patterns) = known(base) {
        return patterns;
    }
    if !matches!(kind, CueKind::Verb | CueKind::Passive) {
        return &[];
    }
    // Lemmas are guessed by rule: "underscor" and "applaude" are meant for "underscore" and "applaud".
    let with_e = format!("{base}e");
    known(&with_e)
        .or_else(|| base.strip_suffix('e').and_then(known))
        .unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_are_found_with_and_without_their_last_e() {
        assert!(patterns(CueKind::Verb, "want").contains(&"to"));
        assert!(!patterns(CueKind::Verb, "criticiz").is_empty());
        assert!(patterns(CueKind::Verb, "walk").is_empty());
    }

    #[test]
    fn every_line_is_an_entry() {
        for line in TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (_, _, patterns) = entry(line).expect(line);
            assert!(!patterns.trim().is_empty(), "{line}");
        }
    }
}
