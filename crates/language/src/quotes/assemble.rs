//! Quotes, from quotation marks and the places that tell of a saying.

use std::ops::Range;

use rashomon_core::{Entity, Quote, QuoteKind, SentenceKind, Source, SourceKind, Span};

use super::frames::{Frame, LONGEST_SENTENCE};
use super::marks::Marked;
use super::phrases::noun_phrase_after;
use super::scene::{Scene, sentence_subject};
use super::sources::Mentions;
use super::verbs::{Takes, verb};
use super::words::{is_clause_word, is_determiner, is_finite_verb, is_mark, is_preposition};
use crate::context::Context;

/// Up to how many words a quotation without any word of saying counts as a word used at a distance, a nickname, a
/// slogan.
const FEW_WORDS: usize = 3;
/// From how many words a piece of a sentence counts as quoted word for word rather than as a few words.
const MANY_WORDS: usize = 8;

/// Returns for each token the quotation it stands in, from 1, or 0.
pub(crate) fn mark_tokens(context: &Context<'_>, marked: &[Marked]) -> Vec<u32> {
    let mut tokens = vec![0; context.tokens.len()];
    for (index, quotation) in marked.iter().enumerate() {
        let mut token = context.token_at(quotation.span.start);
        while let Some(place) = tokens.get_mut(token) {
            if context
                .tokens
                .get(token)
                .is_none_or(|token| token.span.start >= quotation.span.end)
            {
                break;
            }
            *place = index as u32 + 1;
            token += 1;
        }
    }
    tokens
}

/// The quotes under construction.
struct Assembly<'scene, 'reading> {
    context: &'scene Context<'reading>,
    mentions: Mentions<'reading>,
    marked: &'scene [Marked],
    marked_tokens: &'scene [u32],
    used: Vec<bool>,
    quotes: Vec<Quote>,
    /// The sources so far, in order, for pronouns.
    sources: Vec<Source>,
    /// The last of them who is told to speak, not only to want or to fear, and in which sentence.
    last_told: Option<(usize, Source)>,
}

/// Returns the quotes of a text.
pub(crate) fn assemble(
    context: &Context<'_>,
    entities: &[Entity],
    marked: &[Marked],
    marked_tokens: &[u32],
    frames: Vec<Frame>,
) -> Vec<Quote> {
    let mut assembly = Assembly {
        context,
        mentions: Mentions::new(entities),
        marked,
        marked_tokens,
        used: vec![false; marked.len()],
        quotes: Vec::new(),
        sources: Vec::new(),
        last_told: None,
    };
    // Quotations that no frame takes are placed as soon as all frames before them are.
    let mut taken = vec![false; marked.len()];
    for frame in &frames {
        for token in frame.contents.iter().cloned().flatten() {
            if let Some(index) = assembly.mark_of(token)
                && let Some(place) = taken.get_mut(index)
            {
                *place = true;
            }
        }
    }
    let mut next = 0;
    let mut announced: Option<(usize, Source)> = None;
    for frame in frames {
        let start = context
            .tokens
            .get(frame.cue.start)
            .map_or(0, |token| token.span.start);
        assembly.place_leftovers(&mut next, start, &taken, announced.as_ref());
        if let Some(source) = assembly.place_frame(&frame)
            && frame.announces
        {
            announced = Some((frame.sentence, source));
        }
    }
    assembly.place_leftovers(&mut next, usize::MAX, &taken, announced.as_ref());
    let mut quotes = assembly.quotes;
    quotes.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    quotes.dedup_by(|later, earlier| later.span == earlier.span);
    quotes
}

impl Assembly<'_, '_> {
    /// Returns the quotation that holds a token.
    fn mark_of(&self, token: usize) -> Option<usize> {
        match self.marked_tokens.get(token) {
            Some(&mark) if mark > 0 => Some(mark as usize - 1),
            _ => None,
        }
    }

    /// Returns the quotations among the tokens.
    fn marks_in(&self, tokens: &Range<usize>) -> Vec<usize> {
        let mut marks: Vec<usize> = tokens.clone().filter_map(|token| self.mark_of(token)).collect();
        marks.dedup();
        marks
    }

    /// Returns how many of the tokens are words, and how many of these are quoted.
    fn words_in(&self, tokens: &Range<usize>) -> (usize, usize) {
        let words = tokens
            .clone()
            .filter(|&token| !is_mark(self.context.lower(token)));
        words.fold((0, 0), |(all, quoted), token| {
            (all + 1, quoted + usize::from(self.mark_of(token).is_some()))
        })
    }

    fn push(
        &mut self,
        pieces: Vec<Span>,
        kind: QuoteKind,
        source: Option<&Source>,
        via: Option<&Source>,
        cue: Option<Span>,
    ) {
        let Some(span) = pieces
            .iter()
            .copied()
            .reduce(Span::join)
            .filter(|span| !span.is_empty())
        else {
            return;
        };
        self.quotes.push(Quote {
            span,
            pieces,
            sentence: self.context.sentence_at(span.start),
            kind,
            speaker: source.cloned(),
            via: via.cloned(),
            cue,
        });
    }

    /// Adds the quotes of a frame, and returns who speaks.
    fn place_frame(&mut self, frame: &Frame) -> Option<Source> {
        let context = self.context;
        let source = match &frame.source {
            Some(tokens) => self.mentions.source(context, tokens.clone(), &self.sources),
            None if frame.in_tree => None,
            None => self.sources.last().cloned(),
        };
        let source = match (&frame.named, &frame.source) {
            (Some(named), Some(pronoun)) => {
                self.mentions
                    .source(context, named.clone(), &self.sources)
                    .map(|source| Source {
                        span: context.span(pronoun.clone()),
                        ..source
                    })
            }
            _ => source,
        };
        // "Northport: the bridge is closed": a place is a label, a person speaks.
        let is_label = context.lower(frame.cue.start) == ":"
            && frame
                .contents
                .iter()
                .any(|content| self.mark_of(content.start).is_none());
        if is_label
            && source
                .as_ref()
                .is_none_or(|source| source.kind != SourceKind::Person)
        {
            return None;
        }
        let via = frame
            .via
            .clone()
            .and_then(|tokens| self.mentions.source(context, tokens, &self.sources));
        if let Some(source) = &source {
            self.sources.push(source.clone());
            if !frame.in_tree {
                self.last_told = Some((frame.sentence, source.clone()));
            }
        }
        // A cue tells of words: a statement that only wants or supports something keeps its own verb.
        let only_an_attitude = frame.in_tree && !frame.takes.has(Takes::CLAUSE);
        let cue = Some(context.span(frame.cue.clone())).filter(|cue| !cue.is_empty() && !only_an_attitude);
        let (mut all, mut quoted) = (0, 0);
        for content in &frame.contents {
            let (words, in_marks) = self.words_in(content);
            all += words;
            quoted += in_marks;
        }
        let marks: Vec<usize> = frame
            .contents
            .iter()
            .flat_map(|content| self.marks_in(content))
            .filter(|&mark| !self.used.get(mark).copied().unwrap_or(true))
            .collect();
        let said_before = frame
            .contents
            .iter()
            .all(|content| content.end <= frame.cue.start);
        let (speaker, via) = (source.as_ref(), via.as_ref());
        if !marks.is_empty() && quoted == all {
            let spans = self.spans_of(&marks);
            self.push(spans, QuoteKind::Direct, speaker, via, cue);
        } else if marks.len() > 1 && quoted * 2 >= all && said_before {
            // Of several pieces, a word or two say nothing on their own.
            let says_something = |mark: &usize| {
                let words = |span: Span| count_words(span.text(context.text));
                let span = self.marked.get(*mark).map(|marked| marked.span);
                marks.len() == 1 || span.is_some_and(|span| words(span) >= FEW_WORDS)
            };
            for &mark in marks.iter().filter(|mark| says_something(mark)) {
                let spans = self.spans_of(&[mark]);
                let words = spans
                    .iter()
                    .map(|span| count_words(span.text(context.text)))
                    .sum::<usize>();
                let kind = if words >= MANY_WORDS {
                    QuoteKind::Direct
                } else {
                    QuoteKind::Mixed
                };
                self.push(spans, kind, speaker, via, cue);
            }
        } else {
            let kind = if marks.is_empty() {
                QuoteKind::Indirect
            } else {
                QuoteKind::Mixed
            };
            let mut pieces: Vec<Span> = frame
                .contents
                .iter()
                .map(|content| context.span(content.clone()))
                .collect();
            // A quotation that begins or ends outside of the sentence belongs whole to what is said.
            for (piece, content) in pieces.iter_mut().zip(&frame.contents) {
                for token in [content.start, content.end.saturating_sub(1)] {
                    if let Some(mark) = self.mark_of(token).and_then(|mark| self.marked.get(mark)) {
                        *piece = piece.join(mark.span);
                    }
                }
            }
            pieces.retain(|piece| !piece.is_empty());
            self.push(pieces, kind, speaker, via, cue);
        }
        for mark in marks {
            if let Some(used) = self.used.get_mut(mark) {
                *used = true;
            }
        }
        source
    }

    fn spans_of(&self, marks: &[usize]) -> Vec<Span> {
        marks
            .iter()
            .filter_map(|&mark| self.marked.get(mark))
            .map(|marked| marked.span)
            .collect()
    }

    /// Places the quotations that no frame takes and that begin before `limit`.
    fn place_leftovers(
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
            if self.goes_on(quotation.span, sentence) {
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
        let colon = before.ends_with(':');
        if (colon && words > 1)
            || (whole && words > FEW_WORDS && !is_title(inner))
            || self.is_said(&quotation, sentence, words)
        {
            let speaker = self.subject_of(sentence);
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

    /// Adds a quotation that opens its sentence to the quote it goes on from, and returns whether there is one.
    fn goes_on(&mut self, span: Span, sentence: usize) -> bool {
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
            last.pieces.push(span);
            last.span = last.span.join(span);
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

fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
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
}
