//! Quotes, from quotation marks and the places that tell of a saying.

use std::ops::Range;

use rashomon_core::{Entity, Quote, QuoteKind, Source, SourceKind, Span};

use super::frames::Frame;
use super::marks::Marked;
use super::sources::Mentions;
use super::verbs::Takes;
use super::words::is_mark;
use crate::context::Context;

/// Up to how many words a quotation without any word of saying counts as a word used at a distance, a nickname, a
/// slogan.
pub(super) const FEW_WORDS: usize = 3;
/// From how many words a piece of a sentence counts as quoted word for word rather than as a few words.
pub(super) const MANY_WORDS: usize = 8;

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
pub(super) struct Assembly<'scene, 'reading> {
    pub(super) context: &'scene Context<'reading>,
    pub(super) mentions: Mentions<'reading>,
    pub(super) marked: &'scene [Marked],
    pub(super) marked_tokens: &'scene [u32],
    pub(super) used: Vec<bool>,
    pub(super) quotes: Vec<Quote>,
    /// The sources so far, in order, for pronouns.
    pub(super) sources: Vec<Source>,
    /// The last of them who is told to speak, not only to want or to fear, and in which sentence.
    pub(super) last_told: Option<(usize, Source)>,
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
    pub(super) fn mark_of(&self, token: usize) -> Option<usize> {
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

    pub(super) fn push(
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
}

/// Returns how many words a text has.
pub(super) fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}
