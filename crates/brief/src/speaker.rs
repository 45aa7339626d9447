//! Who says a line, where its words show no more of the speaker than a pronoun.

use rashomon_core::{Brief, EntityKind, Line, Quote, QuoteKind, SourceKind, Span};

/// Words that stand for somebody whom other sentences name.
const PRONOUNS: [&str; 16] = [
    "he", "she", "they", "it", "i", "we", "you", "him", "her", "them", "us", "me", "who", "his", "their",
    "one",
];

/// Words that stand for one person.
const OF_ONE_PERSON: [&str; 4] = ["he", "she", "him", "her"];

/// Returns true for a word that stands for somebody whom other sentences name.
pub(crate) fn is_pronoun(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    PRONOUNS.contains(&words.as_str())
}

/// Returns true where the words of `span` that are not quoted name a quote's speaker by more than a pronoun.
pub(crate) fn names_speaker(text: &str, span: Span, quote: &Quote) -> bool {
    quote.speaker.as_ref().is_some_and(|speaker| {
        span.contains(speaker.span)
            && !is_pronoun(speaker.span.text(text))
            && !quote.pieces.iter().any(|piece| piece.contains(speaker.span))
    })
}

/// Returns the best name of a quote's speaker: the story's, or else the report's; `None` where only a pronoun is known.
pub(crate) fn name_of_speaker<'brief>(
    brief: &'brief Brief<'_>,
    quote: &'brief Quote,
    report: usize,
) -> Option<&'brief str> {
    let speaker = quote.speaker.as_ref()?;
    let entity = speaker
        .entity
        .and_then(|entity| brief.ledger.entity_of.get(report)?.get(entity).copied())
        .and_then(|entity| brief.ledger.entities.get(entity));
    let name = entity.map_or(speaker.name.as_str(), |entity| entity.name.as_str());
    (!is_pronoun(name)).then_some(name)
}

/// Returns who says a line whose own words do not name the speaker: what a renderer adds behind the verbatim words. `None`
/// as well where several speak, and for a line that does not stand among what people say (`is_saying`) and is mostly its
/// report's own words.
pub(crate) fn unnamed_speaker<'brief>(
    brief: &'brief Brief<'_>,
    line: &Line,
    is_saying: bool,
) -> Option<&'brief str> {
    let cite = line.cites.first()?;
    let text = &brief.story.reports.get(cite.report)?.text;
    let quotes: Vec<&Quote> = brief
        .story
        .readings
        .get(cite.report)?
        .quotes
        .iter()
        .filter(|quote| quote.kind != QuoteKind::Indirect && quote.speaker.is_some())
        .filter(|quote| quote.pieces.iter().any(|piece| piece.overlaps(cite.span)))
        .collect();
    let mut pieces: Vec<Span> = quotes
        .iter()
        .flat_map(|quote| quote.pieces.iter().copied())
        .filter(|piece| piece.overlaps(cite.span))
        .collect();
    pieces.sort_unstable();
    let own = own_words(text, cite.span, &pieces);
    let words = cite.span.text(text);
    // "He said" is no word of a party's.
    let is_one = own
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| OF_ONE_PERSON.contains(&word.to_lowercase().as_str()));
    if !is_saying && own.len() * 2 > cite.span.len() {
        return None;
    }
    let mut name: Option<&str> = None;
    for quote in quotes {
        let said = name_of_speaker(brief, quote, cite.report)?;
        if name.is_some_and(|name| name != said) {
            return None;
        }
        if names_speaker(text, cite.span, quote) || !can_speak(brief, quote, cite.report, is_one) {
            return None;
        }
        name = Some(said);
    }
    // Who is named in a quotation is mostly somebody of whom its speaker tells.
    name.filter(|name| !names(words, name))
}

/// Returns true where a line shows that a quote of it is its speaker's: its own words name the speaker, or the speaker may be
/// added to them.
pub(crate) fn is_shown(brief: &Brief<'_>, line: &Line, quote: &Quote) -> bool {
    let Some(cite) = line.cites.first() else {
        return false;
    };
    let text = brief
        .story
        .reports
        .get(cite.report)
        .map_or("", |report| report.text.as_str());
    names_speaker(text, cite.span, quote)
        || unnamed_speaker(brief, line, true).is_some()
        || name_of_speaker(brief, quote, cite.report)
            .is_some_and(|name| names(&own_words(text, cite.span, &quote.pieces), name))
}

/// Returns true where a quote's speaker is somebody who speaks, as far as it is known: a person, or an organisation where
/// `is_one` does not say that it is one person.
fn can_speak(brief: &Brief<'_>, quote: &Quote, report: usize, is_one: bool) -> bool {
    let Some(speaker) = &quote.speaker else {
        return false;
    };
    let entity = speaker
        .entity
        .and_then(|entity| brief.story.readings.get(report)?.entities.get(entity));
    match entity.map(|entity| entity.kind) {
        Some(EntityKind::Person) => true,
        Some(EntityKind::Organisation) => !is_one,
        Some(_) => false,
        None => {
            !is_one
                || matches!(
                    speaker.kind,
                    SourceKind::Person | SourceKind::Official | SourceKind::Expert | SourceKind::Witness
                )
        }
    }
}

/// Returns what of `span` stands outside of `pieces`, which are in order.
fn own_words(text: &str, span: Span, pieces: &[Span]) -> String {
    let mut own = String::new();
    let mut at = span.start;
    for piece in pieces {
        own.push_str(text.get(at..piece.start.clamp(at, span.end)).unwrap_or_default());
        own.push(' ');
        at = at.max(piece.end.min(span.end));
    }
    own.push_str(text.get(at..span.end).unwrap_or_default());
    own
}

/// Returns true where a text holds a part of a name that begins with a capital, as a word of its own.
fn names(text: &str, name: &str) -> bool {
    let of_name = |character: char| !character.is_alphanumeric();
    let mut words = text.split(of_name).filter(|word| !word.is_empty());
    let mut parts = name
        .split(of_name)
        .filter(|part| part.chars().count() > 1 && part.starts_with(char::is_uppercase));
    words.any(|word| parts.clone().any(|part| part == word)) || parts.next().is_none() && text.contains(name)
}

#[cfg(test)]
mod tests {
    use rashomon_core::{LineCite, Reading, Report, Source};

    use super::*;

    #[test]
    fn a_part_of_a_name_names() {
        assert!(names("said Mr. Brandt on Monday", "Ilse Brandt"));
        assert!(!names("he said to the mayor", "Ilse Brandt"));
        assert!(!names("the brandt", "Ilse Brandt"));
    }

    #[test]
    fn the_speaker_is_added_where_only_a_pronoun_stands() {
        let text = "“It is safe and it will stand,” she said. “It is a waste of money,” said Jon Aldous.";
        let at = |words: &str| Span::of(text, words).unwrap();
        let quote = |content: &str, speaker: &str, name: &str| Quote {
            span: at(content),
            pieces: vec![at(content)],
            sentence: 0,
            kind: QuoteKind::Direct,
            speaker: Some(Source {
                span: at(speaker),
                name: name.to_owned(),
                entity: None,
                kind: SourceKind::Person,
            }),
            via: None,
            cue: None,
        };
        let reading = Reading {
            quotes: vec![
                quote("“It is safe and it will stand,”", "she", "Ilse Brandt"),
                quote("“It is a waste of money,”", "Jon Aldous", "Jon Aldous"),
            ],
            ..Reading::default()
        };
        let report = Report::new("r", text);
        let mut brief = crate::fixture::brief_of_one(&report);
        brief.story.readings = vec![reading];
        let speaker = |words: &str| {
            let line = Line {
                text: words.to_owned(),
                cites: vec![LineCite {
                    report: 0,
                    span: at(words),
                }],
            };
            unnamed_speaker(&brief, &line, false).map(str::to_owned)
        };
        assert_eq!(
            speaker("“It is safe and it will stand,” she said.").as_deref(),
            Some("Ilse Brandt")
        );
        assert_eq!(speaker("“It is a waste of money,” said Jon Aldous."), None);
        assert_eq!(speaker(text), None, "two speak");
    }
}
