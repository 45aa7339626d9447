//! How much of a sentence is somebody's words: what is wholly said by another is no news of the report's own.

use rashomon_core::{Quote, QuoteKind, Reading, Span};

use crate::speaker;

/// How a sentence stands to the direct quotations of its report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// A quotation goes on from the sentence before it or into the one behind it, or one half of its marks is missing.
    pub(crate) is_cut: bool,
    /// More of its words are quoted than are the report's own, or it begins with a quotation.
    pub(crate) is_most: bool,
    /// It names the speaker of a quotation by more than a pronoun.
    pub(crate) names_speaker: bool,
}

impl Quotation {
    /// Returns how a sentence stands to `quotes`, those of its report that may overlap it.
    fn new(text: &str, sentence: Span, quotes: &[&Quote]) -> Self {
        let has_words = |from: usize, to: usize| {
            text.get(from..to)
                .is_some_and(|text| text.contains(char::is_alphanumeric))
        };
        let (mut of_others, mut is_cut, mut begins, mut names_speaker) = (0, false, false, false);
        for quote in quotes {
            let inside = quote.pieces.iter().filter(|piece| piece.overlaps(sentence));
            let mut is_inside = false;
            for piece in inside {
                let own = Span::new(piece.start.max(sentence.start), piece.end.min(sentence.end));
                of_others += own.text(text).split_whitespace().count();
                begins |= !has_words(sentence.start, own.start);
                is_cut |= has_words(piece.start, own.start) || has_words(own.end, piece.end);
                is_inside = true;
            }
            names_speaker |= is_inside && speaker::names_speaker(text, sentence, quote);
        }
        let words = sentence.text(text);
        Self {
            is_cut: is_cut || has_half_a_pair(words),
            is_most: begins || of_others * 2 > words.split_whitespace().count(),
            names_speaker,
        }
    }

    /// Returns true for a sentence that may stand as a line of news: the report's own words, or a quotation that says whose
    /// it is.
    pub(crate) fn is_news(self) -> bool {
        !self.is_cut && (!self.is_most || self.names_speaker)
    }

    /// Returns true for a sentence that is another's words and does not say whose.
    pub(crate) fn is_unsaid(self) -> bool {
        (self.is_cut || self.is_most) && !self.names_speaker
    }
}

/// Returns for each sentence of a reading how it stands to the direct quotations.
pub(crate) fn quotations(text: &str, reading: &Reading) -> Vec<Quotation> {
    let mut quotes: Vec<&Quote> = reading
        .quotes
        .iter()
        .filter(|quote| quote.kind != QuoteKind::Indirect)
        .collect();
    quotes.sort_by_key(|quote| quote.span);
    let mut open: Vec<&Quote> = Vec::new();
    let mut next = quotes.into_iter().peekable();
    let mut all = Vec::with_capacity(reading.sentences.len());
    for sentence in &reading.sentences {
        open.retain(|quote| quote.span.end > sentence.span.start);
        while let Some(quote) = next.next_if(|quote| quote.span.start < sentence.span.end) {
            open.push(quote);
        }
        all.push(Quotation::new(text, sentence.span, &open));
    }
    all
}

/// Returns true for a text with one half of a pair of quotation marks. Of single ones, which are apostrophes too, only those
/// at its ends are seen.
fn has_half_a_pair(text: &str) -> bool {
    let count = |sign: char| text.matches(sign).count();
    if count('"') % 2 == 1 || count('“') != count('”') {
        return true;
    }
    let text = text.trim();
    let letters = |text: &str| text.starts_with(char::is_alphabetic);
    if let Some(rest) = text.strip_prefix(['\'', '‘']).filter(|rest| letters(rest)) {
        let mut closing = rest.match_indices(['\'', '’']);
        return !closing.any(|(at, sign)| !letters(rest.get(at + sign.len()..).unwrap_or_default()));
    }
    if let Some(rest) = text
        .strip_suffix(['\'', '’'])
        .filter(|rest| rest.ends_with(['.', '!', '?', ',']))
    {
        let mut opening = rest.match_indices(['\'', '‘']);
        return !opening.any(|(at, _)| {
            !rest
                .get(..at)
                .unwrap_or_default()
                .ends_with(char::is_alphanumeric)
        });
    }
    false
}

/// Returns true for a sentence that ends with a question mark.
pub(crate) fn asks(sentence: &str) -> bool {
    let closing = |character: char| matches!(character, '"' | '”' | '’' | '\'' | ')' | ']' | ' ');
    sentence.trim_end_matches(closing).ends_with('?')
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Sentence, Source, SourceKind};

    use super::*;

    const TEXT: &str = "Ada Brandt opened the bridge. “It is safe,” she said. “It will stand. It is ours.” \
        “It is a waste,” said Jon Aldous. Is it a bridge? He called it “a waste of money” on Monday.";

    /// Returns the reading of the text with its quotes.
    fn quotations_of_text() -> Vec<Quotation> {
        let at = |words: &str| Span::of(TEXT, words).unwrap();
        let quote = |pieces: &[&str], speaker: &str| {
            let pieces: Vec<Span> = pieces.iter().map(|piece| at(piece)).collect();
            Quote {
                span: Span::new(pieces[0].start, pieces[pieces.len() - 1].end),
                sentence: 0,
                kind: QuoteKind::Direct,
                speaker: Some(Source {
                    span: at(speaker),
                    name: speaker.to_owned(),
                    entity: None,
                    kind: SourceKind::Person,
                }),
                via: None,
                cue: None,
                pieces,
            }
        };
        let sentences = [
            "Ada Brandt opened the bridge.",
            "“It is safe,” she said.",
            "“It will stand.",
            "It is ours.”",
            "“It is a waste,” said Jon Aldous.",
            "Is it a bridge?",
            "He called it “a waste of money” on Monday.",
        ];
        let reading = Reading {
            sentences: sentences
                .iter()
                .map(|sentence| Sentence {
                    span: at(sentence),
                    ..Sentence::default()
                })
                .collect(),
            quotes: vec![
                quote(&["“It is safe,”", "“It will stand. It is ours.”"], "she"),
                quote(&["“It is a waste,”"], "Jon Aldous"),
                quote(&["“a waste of money”"], "He"),
            ],
            ..Reading::default()
        };
        quotations(TEXT, &reading)
    }

    #[test]
    fn only_own_words_and_quotations_with_their_speaker_are_news() {
        let news: Vec<bool> = quotations_of_text().into_iter().map(Quotation::is_news).collect();
        assert_eq!(news, [true, false, false, false, true, true, true]);
    }

    #[test]
    fn a_cut_quotation_is_seen_without_its_reading_too() {
        assert!(has_half_a_pair("America is an idea.\""));
        assert!(has_half_a_pair("The man asked, “Hello."));
        assert!(has_half_a_pair("'One side will not pay and will spend."));
        assert!(has_half_a_pair("It sets people free.'"));
        assert!(!has_half_a_pair("“Hello,” he said."));
        assert!(!has_half_a_pair("'Hello,' he said to the mayor's son."));
        assert!(!has_half_a_pair("She called it 'ours.'"));
        assert!(asks("“Is it so?”"));
        assert!(!asks("He asked whether it is so."));
    }
}
