//! Quotations that no word of saying takes: speech that goes on, or words used at a distance.

use rashomon_core::{Quote, QuoteKind, SentenceKind, Source, SourceKind, Span};

use super::assemble::{Assembly, FEW_WORDS, MANY_WORDS, count_words};
use super::frames::LONGEST_SENTENCE;
use super::marks::Marked;
use super::phrases::noun_phrase_after;
use super::scene::{Scene, sentence_subject};
use super::verbs::verb;
use super::words::{is_clause_word, is_determiner, is_finite_verb, is_preposition};

impl Assembly<'_, '_> {
    /// Places the quotations that no frame takes and that begin before `limit`.
    pub(super) fn place_leftovers(
        &mut self,
        next: &mut usize,
        limit: usize,
        taken: &[bool],
        announced: Option<&(usize, Source)>,
    ) {
        while let Some(&quotation) = self.marked.get(*next) {
            if quotation.span.start >= limit {
                break;
            }
            if !taken.get(*next).copied().unwrap_or(true) {
                self.place_leftover(quotation, announced);
            }
            *next += 1;
        }
    }

    /// Places a quotation that no frame takes.
    fn place_leftover(&mut self, quotation: Marked, announced: Option<&(usize, Source)>) {
        let context = self.context;
        let text = context.text;
        let sentence = context.sentence_at(quotation.span.start);
        let Some(place) = context
            .sentences
            .get(sentence)
            .filter(|place| place.kind == SentenceKind::Text && place.span.holds(quotation.span.start))
        else {
            return;
        };
        let inner = quotation.inner.trimmed(text).text(text);
        let words = count_words(inner);
        let whole = inner.starts_with(|first: char| first.is_uppercase() || !first.is_alphabetic())
            && inner.ends_with(['.', '!', '?', ',', '…', '—', '-'])
            && words > 0;
        let before = text
            .get(place.span.start..quotation.span.start)
            .unwrap_or_default()
            .trim_end();
        let opens_sentence = before.is_empty() || (before.ends_with('.') && !before.ends_with(".."));
        if let Some((announcing, source)) = announced
            && announcing + 1 == sentence
            && opens_sentence
        {
            let source = source.clone();
            self.push(vec![quotation.span], QuoteKind::Direct, Some(&source), None, None);
            return;
        }
        // “…,” the mayor shot back: any verb tells of speech after a quotation that ends with a comma.
        let after = context.token_at(quotation.span.end);
        // "On “Northland Today,” the mayor told …": what a sentence leads into is a title.
        let begins = before.is_empty() || before.ends_with(|last: char| !last.is_alphanumeric());
        if words > 0 && begins && inner.ends_with([',', '?', '!']) && place.span.holds(quotation.span.end) {
            let tokens = context.tokens_of(sentence);
            let subject = noun_phrase_after(context, self.marked_tokens, after, tokens.end);
            let verb_follows = is_finite_verb(context, subject.end)
                || (context.lower(subject.end) == "," && subject.len() > 4)
                || matches!(context.lower(subject.end), "." | "");
            if !subject.is_empty()
                && verb_follows
                && !is_preposition(context.lower(after))
                && !is_clause_word(context.lower(after))
                && let Some(speaker) = self.mentions.source(context, subject, &self.sources)
            {
                self.sources.push(speaker.clone());
                self.last_told = Some((sentence, speaker.clone()));
                let kind = if whole {
                    QuoteKind::Direct
                } else {
                    QuoteKind::Mixed
                };
                self.push(vec![quotation.span], kind, Some(&speaker), None, None);
                return;
            }
        }
        if whole && opens_sentence {
            if self.goes_on(quotation.span, quotation.span, sentence) {
                return;
            }
            if words < 2 {
                return;
            }
            // The one who acts in the sentence before, in the same paragraph, speaks; else who spoke last.
            let earlier = sentence
                .checked_sub(1)
                .and_then(|index| context.sentences.get(index))
                .filter(|earlier| {
                    earlier.paragraph == place.paragraph
                        && self
                            .last_told
                            .as_ref()
                            .is_none_or(|(told, _)| told + 1 < sentence)
                })
                .and_then(|_| self.subject_of(sentence - 1));
            let told = self.last_told.as_ref().map(|(_, source)| source);
            let speaker = earlier.or_else(|| told.or_else(|| self.sources.last()).cloned());
            self.push(
                vec![quotation.span],
                QuoteKind::Direct,
                speaker.as_ref(),
                None,
                None,
            );
            return;
        }
        // “A,” she said. “B” and the like: the sentence goes on with what she said.
        let opens_clause = opens_sentence && words > FEW_WORDS && inner.starts_with(char::is_uppercase);
        let rest = quotation.span.join(place.span);
        let rest = Span::new(quotation.span.start, rest.end).trimmed(text);
        let ends = rest.text(text).trim_end_matches(['.', '!', '?']).len();
        let rest = Span::new(rest.start, (rest.start + ends).max(quotation.span.end));
        let same_paragraph = sentence
            .checked_sub(1)
            .and_then(|earlier| context.sentences.get(earlier))
            .is_some_and(|earlier| earlier.paragraph == place.paragraph);
        if opens_clause && same_paragraph && !is_title(inner) && self.goes_on(quotation.span, rest, sentence)
        {
            return;
        }
        let colon = before.ends_with(':');
        if (colon && words > 1)
            || (whole && words > FEW_WORDS && !is_title(inner))
            || self.is_said(&quotation, sentence, words)
        {
            let subject = self.subject_of(sentence);
            let is_clear = |subject: &Source| {
                let kind = matches!(subject.kind, SourceKind::Person | SourceKind::Document);
                !colon || subject.entity.is_some() || kind
            };
            let speaker = match subject {
                Some(subject) if is_clear(&subject) => Some(subject),
                subject => self
                    .named_before(place.span.start, quotation.span.start)
                    .or(subject),
            };
            let kind = if colon || (whole && words >= MANY_WORDS) {
                QuoteKind::Direct
            } else {
                QuoteKind::Mixed
            };
            if let Some(speaker) = speaker {
                self.sources.push(speaker.clone());
                self.last_told = Some((sentence, speaker.clone()));
                self.push(vec![quotation.span], kind, Some(&speaker), None, None);
            }
        }
    }

    /// Adds a quotation that opens its sentence, with what follows it there, to the quote it goes on from, and returns
    /// whether there is one.
    fn goes_on(&mut self, span: Span, whole: Span, sentence: usize) -> bool {
        let context = self.context;
        let Some(place) = context.sentences.get(sentence) else {
            return false;
        };
        // The last direct quote, past what its speaker is said to have added: “…,” she said, noting that ….
        // A clause that ends with quoted words before its cue goes on too: it was “a trap,” she said. “We …”
        let text = context.text;
        let ends_in_quotation = |quote: &Quote| {
            quote.kind == QuoteKind::Mixed
                && quote.cue.is_some_and(|cue| cue.start >= quote.span.end)
                && quote.span.text(text).ends_with(['”', '"', '\''])
        };
        let told = self.last_told.as_ref().map(|(_, source)| source);
        let speaker = told
            .or_else(|| self.sources.last())
            .map(|source| source.name.as_str());
        let Some(last) = self
            .quotes
            .iter_mut()
            .rev()
            .take(3)
            .find(|quote| quote.kind == QuoteKind::Direct || ends_in_quotation(quote))
            .filter(|quote| quote.speaker.as_ref().map(|source| source.name.as_str()) == speaker)
        else {
            return false;
        };
        let reach = last.cue.map_or(last.span.end, |cue| cue.end.max(last.span.end));
        let last_sentence = context.sentence_at(reach.saturating_sub(1));
        let near = last_sentence <= sentence
            && last_sentence + 1 >= sentence
            && context.sentences.get(last_sentence).is_some_and(|earlier| {
                earlier.paragraph == place.paragraph || earlier.paragraph + 1 == place.paragraph
            });
        if near && span.start >= last.span.end {
            last.pieces.push(whole);
            last.span = last.span.join(whole);
            return true;
        }
        false
    }

    /// Returns who acts in a sentence.
    fn subject_of(&self, sentence: usize) -> Option<Source> {
        let tokens = self.context.tokens_of(sentence);
        // Asked for each quotation of the sentence, which may hold any number of them.
        let limit = tokens.end.min(tokens.start + LONGEST_SENTENCE);
        let scene = Scene {
            context: self.context,
            marked: self.marked_tokens,
            tokens,
        };
        let subject = sentence_subject(&scene, limit)?;
        self.mentions
            .source(self.context, subject, &self.sources)
            .filter(|source| source.name.len() > 2)
    }

    /// Returns the last person named between two places: "It surprises Ada Brown: “…”".
    fn named_before(&self, start: usize, end: usize) -> Option<Source> {
        let span = self.mentions.last_person(Span::new(start, end))?;
        let context = self.context;
        let tokens = context.token_at(span.start)..context.token_at(span.end.saturating_sub(1)) + 1;
        self.mentions.source(context, tokens, &self.sources)
    }

    /// Returns true for words in marks that someone in the sentence is told to have used; false for titles, names
    /// and words used at a distance.
    fn is_said(&self, quotation: &Marked, sentence: usize, words: usize) -> bool {
        let context = self.context;
        let inner = quotation.inner.text(context.text);
        if is_title(inner) || words < 2 {
            return false;
        }
        let first = context.token_at(quotation.span.start);
        let before = context.lower(first.saturating_sub(1));
        let in_noun_phrase = is_determiner(before) || is_preposition(before) && words <= FEW_WORDS;
        let tokens = context.tokens_of(sentence);
        let told = (tokens.start.max(first.saturating_sub(12))..first).any(|token| {
            verb(context.lower(token)).is_some_and(|verb| verb.base != "go" && verb.base != "see")
        });
        (told && words > 1 && !(in_noun_phrase && words <= FEW_WORDS)) || words >= MANY_WORDS - 2
    }
}

/// Returns true for words of which more than half begin with a capital letter.
fn is_title(words: &str) -> bool {
    let lower = words
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_lowercase))
        .count();
    lower * 2 < count_words(words) && words.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use crate::quotes::testing::assert_said;

    #[test]
    fn titles_nicknames_and_distance_are_no_quotes() {
        assert_said("The film “Rivers of the North” opened on Monday.", &[]);
        assert_said("They cheered for Carl “Dusty” Dunn.", &[]);
        assert_said("The so-called “ghost fleet” sailed.", &[]);
    }

    #[test]
    fn any_verb_after_a_quotation_tells_of_speech() {
        assert_said(
            "“We will rebuild the bridge,” Ada Brown intoned.",
            &["direct, Ada Brown: “We will rebuild the bridge,”"],
        );
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_paragraph() {
        assert_said(
            "“We will rebuild,” Ada Brown said.\n\n“It will take a year.”",
            &["direct, Ada Brown: “We will rebuild,” … “It will take a year.”"],
        );
    }

    #[test]
    fn the_one_named_before_a_colon_speaks() {
        assert_said(
            "The timing of the works was no surprise to Ada Brown: “We always knew that they would come.”",
            &["direct, Ada Brown: “We always knew that they would come.”"],
        );
    }

    #[test]
    fn a_sentence_that_opens_with_a_quotation_goes_on() {
        assert_said(
            "“We will rebuild,” Ada Brown said. “We want to think of the people who live here” and of their children.",
            &[
                "direct, Ada Brown: “We will rebuild,” … “We want to think of the people who live here” and of their children",
            ],
        );
    }
}
