//! The marks in a text: what was found where, so nested that no mark crosses another.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use anstyle::{AnsiColor, Style};
use rashomon_core::{EntityKind, MentionKind, Reading, Report, SentenceKind, Span};

pub(super) const PERSON: Style = AnsiColor::Cyan.on_default();
pub(super) const ORGANISATION: Style = AnsiColor::Magenta.on_default();
pub(super) const PLACE: Style = AnsiColor::Green.on_default();
pub(super) const OTHER: Style = AnsiColor::Blue.on_default();
pub(super) const QUANTITY: Style = AnsiColor::Yellow.on_default();
pub(super) const TIME: Style = AnsiColor::Red.on_default();
pub(super) const QUOTE: Style = Style::new().italic();
pub(super) const PROVENANCE: Style = Style::new().dimmed();

/// Returns the style of names of a kind.
pub(super) fn kind_style(kind: EntityKind) -> Style {
    match kind {
        EntityKind::Person => PERSON,
        EntityKind::Organisation => ORGANISATION,
        EntityKind::Place => PLACE,
        EntityKind::Other => OTHER,
    }
}

/// Returns a style over another one: its colour, and the effects of both.
pub(super) fn over(below: Style, above: Style) -> Style {
    above
        .fg_color(above.get_fg_color().or(below.get_fg_color()))
        .effects(above.get_effects() | below.get_effects())
}

/// What is marked at one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Mark {
    /// Its numbers in the lists below the text: "e3 p1"; empty for what tells of the report itself.
    pub(super) keys: String,
    /// How it looks in colour.
    pub(super) style: Style,
}

/// A mark where it stands, or a part of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    /// Where it stands; it begins and ends with no white space.
    pub(super) span: Span,
    /// What is marked.
    pub(super) mark: Mark,
}

/// Returns the marks of a reading in the order in which they open: of two marks that share a character, one lies inside the
/// other, and a mark that would cross the end of another is parted there. What has the same place is one mark.
pub(super) fn marks(report: &Report, reading: &Reading) -> Vec<Placed> {
    let text = report.text.as_str();
    // In the order of insertion at one place: the later one lies inside, as its style shows.
    let mut found: BTreeMap<(usize, Reverse<usize>), Mark> = BTreeMap::new();
    let mut add = |span: Span, key: &str, style: Style| {
        let span = span.trimmed(text);
        if span.fits(text) && !span.is_empty() {
            let mark = found.entry((span.start, Reverse(span.end))).or_default();
            // The name comes first, as it is what the place is best known by.
            mark.keys = match (mark.keys.as_str(), key.starts_with('e')) {
                ("", _) => key.to_owned(),
                (others, true) => format!("{key} {others}"),
                (others, false) => format!("{others} {key}"),
            };
            mark.style = over(mark.style, style);
        }
    };
    for (index, quote) in reading.quotes.iter().enumerate() {
        let key = format!("q{}", index + 1);
        let whole = [quote.span];
        let pieces = if quote.pieces.is_empty() {
            &whole[..]
        } else {
            &quote.pieces
        };
        for &piece in pieces {
            add(piece, &key, QUOTE);
        }
    }
    for (index, quantity) in reading.quantities.iter().enumerate() {
        add(quantity.span, &format!("n{}", index + 1), QUANTITY);
    }
    for (index, time) in reading.times.iter().enumerate() {
        add(time.span, &format!("t{}", index + 1), TIME);
    }
    for (index, place) in reading.places.iter().enumerate() {
        add(place.span, &format!("p{}", index + 1), PLACE);
    }
    for (index, entity) in reading.entities.iter().enumerate() {
        let key = format!("e{}", index + 1);
        for mention in &entity.mentions {
            let style = kind_style(entity.kind);
            let named = mention.kind == MentionKind::Name;
            add(mention.span, &key, if named { style.bold() } else { style });
        }
    }
    nested(text, provenance(report, reading), found)
}

/// Returns the parts of the text that tell of the report itself, in order and without overlaps.
fn provenance(report: &Report, reading: &Reading) -> Vec<Span> {
    let lines = reading
        .sentences
        .iter()
        .filter(|sentence| sentence.kind == SentenceKind::Provenance)
        .map(|sentence| sentence.span);
    let mut spans: Vec<Span> = lines.chain(report.provenance.iter().copied()).collect();
    spans.retain(|span| span.fits(&report.text));
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start < last.end => *last = last.join(span),
            _ => joined.push(span),
        }
    }
    joined
}

/// Returns the marks so parted that none crosses another, `outer` outside all others of the same place.
fn nested(text: &str, outer: Vec<Span>, found: BTreeMap<(usize, Reverse<usize>), Mark>) -> Vec<Placed> {
    let mut all: Vec<Mark> = Vec::new();
    let mut waiting: BTreeSet<(usize, Reverse<usize>, usize)> = BTreeSet::new();
    for span in outer {
        let span = span.trimmed(text);
        if !span.is_empty() {
            waiting.insert((span.start, Reverse(span.end), all.len()));
            all.push(Mark {
                keys: String::new(),
                style: PROVENANCE,
            });
        }
    }
    for ((start, end), mark) in found {
        waiting.insert((start, end, all.len()));
        all.push(mark);
    }
    let mut placed = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    while let Some((start, Reverse(end), index)) = waiting.pop_first() {
        while ends.last().is_some_and(|&open| open <= start) {
            ends.pop();
        }
        if let Some(&open) = ends.last()
            && open < end
        {
            for part in [Span::new(start, open), Span::new(open, end)] {
                let part = part.trimmed(text);
                if !part.is_empty() {
                    waiting.insert((part.start, Reverse(part.end), index));
                }
            }
            continue;
        }
        ends.push(end);
        if let Some(mark) = all.get(index) {
            placed.push(Placed {
                span: Span::new(start, end),
                mark: mark.clone(),
            });
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(marks: &[(usize, usize, &str)]) -> BTreeMap<(usize, Reverse<usize>), Mark> {
        let mark = |key: &str| Mark {
            keys: key.to_owned(),
            style: Style::new(),
        };
        marks
            .iter()
            .map(|&(start, end, key)| ((start, Reverse(end)), mark(key)))
            .collect()
    }

    fn parts(text: &str, marks: &[(usize, usize, &str)]) -> Vec<String> {
        nested(text, Vec::new(), found(marks))
            .iter()
            .map(|placed| format!("{} {}", placed.span.text(text), placed.mark.keys))
            .collect()
    }

    #[test]
    fn marks_that_cross_are_parted() {
        let text = "one two three four";
        assert_eq!(
            parts(text, &[(0, 13, "q1"), (4, 7, "e1")]),
            ["one two three q1", "two e1"]
        );
        assert_eq!(
            parts(text, &[(0, 7, "n1"), (4, 13, "t1")]),
            ["one two n1", "two t1", "three t1"]
        );
        assert_eq!(
            parts(text, &[(0, 7, "n1"), (4, 13, "t1"), (8, 18, "e1")]),
            ["one two n1", "two t1", "three four e1", "three t1"]
        );
    }
}
