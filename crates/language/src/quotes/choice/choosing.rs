//! Chooses among the proposals.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

use rashomon_core::{Entity, Quote, QuoteKind, SentenceKind, Source, SourceKind};

use super::Scenery;
use super::contents::{Proposal, proposals};
use super::model::Models;
use super::speakers::{Said, SpeakerProposal, proposals as speaker_proposals};
use crate::context::Context;
use crate::quotes::marks::Marked;
use crate::quotes::sources::Mentions;

/// The most tokens of a quote of the rules that is looked at again.
const LONGEST: usize = 3000;
/// How much likelier, in log odds, another content must be than that of the rules. It changes little in the reports the trees
/// were chosen on; in others the rules know better where a clause begins.
const LEAD_CONTENT: f64 = 0.5;
/// For how many proposals of a quotation a speaker is looked for.
const LIKELIEST: usize = 6;
/// The share of the threshold that is asked of a quote for which the rules have a verb of saying.
const TOLD: f64 = 0.2;
/// The log odds of a quote that nobody may say.
const NOBODY: f64 = -0.4;

/// Returns for each quotation the quotes of the rules that hold words of it. Quotations of very long quotes get none and
/// are told apart by `false`.
pub(crate) fn quotes_of_marks(scenery: &Scenery<'_, '_>) -> Vec<(Vec<usize>, bool)> {
    let mut found = vec![(Vec::new(), true); scenery.marked.len()];
    for (index, quote) in scenery.quotes.iter().enumerate() {
        let length: usize = quote
            .pieces
            .iter()
            .map(|&piece| scenery.tokens(piece).len())
            .sum();
        for mark in scenery.marks_of(quote) {
            if let Some((quotes, is_open)) = found.get_mut(mark) {
                quotes.push(index);
                *is_open &= length <= LONGEST && quote.pieces.len() <= 20;
            }
        }
    }
    found
}

/// Returns true where a quotation stands in a sentence of the report itself, no heading and no note of provenance.
fn stands_in_text(scenery: &Scenery<'_, '_>, mark: usize) -> bool {
    let context = scenery.context;
    let sentence = scenery.marked.get(mark).and_then(|marked| {
        let sentence = context.sentence_at(marked.span.start);
        context.sentences.get(sentence)
    });
    sentence.is_some_and(|sentence| sentence.kind == SentenceKind::Text)
}

/// Returns all proposals for what is said, by the quotation they are made for.
pub(crate) fn all_proposals(scenery: &Scenery<'_, '_>) -> Vec<(usize, Proposal)> {
    let mut found = Vec::new();
    for (mark, (quotes, is_open)) in quotes_of_marks(scenery).into_iter().enumerate() {
        if is_open && quotes.len() <= 4 && stands_in_text(scenery, mark) {
            found.extend(
                proposals(scenery, mark, &quotes)
                    .into_iter()
                    .map(|proposal| (mark, proposal)),
            );
        }
    }
    found
}

/// Returns who may say a proposal.
pub(crate) fn speakers_of(
    scenery: &Scenery<'_, '_>,
    tokens: &[Range<usize>],
    rule: Option<usize>,
) -> Vec<SpeakerProposal> {
    let start = tokens
        .first()
        .and_then(|piece| scenery.context.tokens.get(piece.start))
        .map_or(0, |token| token.span.start);
    let place = scenery.quotes.partition_point(|quote| quote.span.start < start);
    let before = scenery
        .quotes
        .get(place.saturating_sub(6)..place)
        .unwrap_or_default()
        .iter()
        .rev()
        .find(|quote| quote.span.end <= start && quote.speaker.is_some());
    let said = Said {
        tokens,
        rule: rule.and_then(|rule| scenery.quotes.get(rule)),
        before,
    };
    speaker_proposals(scenery, &said)
}

/// Returns the quotes of a text, from those of the rules.
pub(crate) fn choose(
    context: &Context<'_>,
    entities: &[Entity],
    marked: &[Marked],
    marked_tokens: &[u32],
    quotes: Vec<Quote>,
    models: &Models,
) -> Vec<Quote> {
    if marked.is_empty() {
        return quotes;
    }
    let mentions = Mentions::new(entities);
    let scenery = Scenery {
        context,
        mentions: &mentions,
        marked,
        marked_tokens,
        quotes: &quotes,
    };
    let all = all_proposals(&scenery);
    let mut turns = BinaryHeap::from(likeliest(&scenery, &all, models));
    // Each quotation is said once, and no word twice.
    let mut is_taken = vec![false; context.tokens.len()];
    let mut chosen: Vec<Pair> = Vec::new();
    while let Some(turn) = turns.pop() {
        let Some((_, proposal)) = all.get(turn.proposal) else {
            continue;
        };
        let tokens = || proposal.tokens.iter().cloned().flatten();
        if tokens().any(|token| is_taken.get(token).copied().unwrap_or(true)) {
            continue;
        }
        let Some(pair) = turn.pair else {
            // A speaker makes it less likely: its turn comes again.
            let best = best_speaker(models, speakers_of(&scenery, &proposal.tokens, proposal.rule));
            let (odds, speaker) = best.map_or((NOBODY, None), |(odds, speaker)| (odds, Some(speaker)));
            let pair = Pair {
                proposal: turn.proposal,
                speaker,
                probability: turn.probability * logistic(odds),
            };
            turns.push(Turn {
                probability: pair.probability,
                proposal: turn.proposal,
                pair: Some(pair),
            });
            continue;
        };
        for token in tokens() {
            if let Some(place) = is_taken.get_mut(token) {
                *place = true;
            }
        }
        chosen.push(pair);
    }
    chosen.sort_by_key(|pair| {
        let tokens = all
            .get(pair.proposal)
            .and_then(|(_, proposal)| proposal.tokens.first());
        tokens.map(|piece| piece.start)
    });
    let looked_at: Vec<bool> = {
        let open: Vec<bool> = quotes_of_marks(&scenery)
            .into_iter()
            .enumerate()
            .map(|(mark, (quotes, is_open))| is_open && quotes.len() <= 4 && stands_in_text(&scenery, mark))
            .collect();
        quotes
            .iter()
            .map(|quote| {
                let marks = scenery.marks_of(quote);
                !marks.is_empty() && marks.iter().all(|&mark| open.get(mark).copied().unwrap_or(false))
            })
            .collect()
    };
    let mut found: Vec<Quote> = quotes
        .iter()
        .zip(&looked_at)
        .filter(|(_, looked_at)| !**looked_at)
        .map(|(quote, _)| quote.clone())
        .collect();
    let mut earlier: Vec<Source> = Vec::new();
    for pair in chosen {
        let Some((_, proposal)) = all.get(pair.proposal) else {
            continue;
        };
        let rule = proposal.rule.and_then(|rule| quotes.get(rule));
        // What a verb of saying lays on someone, or the rules on someone named, stays.
        let has_name = |quote: &Quote| {
            quote
                .speaker
                .as_ref()
                .is_some_and(|speaker| speaker.entity.is_some())
        };
        let is_told = proposal.is_rule && rule.is_some_and(|quote| quote.cue.is_some() || has_name(quote));
        let share = if is_told { TOLD } else { 1.0 };
        let threshold = models.speakers.threshold * share;
        if pair.probability < threshold {
            continue;
        }
        let of_rules = rule.and_then(|quote| quote.speaker.clone());
        // The trees have seen few agencies; where the rules lay words on one, they stay its words.
        let is_agency = of_rules
            .as_ref()
            .is_some_and(|source| source.kind == SourceKind::Agency);
        let speaker = match pair.speaker {
            Some(best) if !best.is_rule && !is_agency => {
                mentions.source(context, best.tokens, &earlier).or(of_rules)
            }
            _ => of_rules,
        };
        if let Some(speaker) = &speaker {
            earlier.push(speaker.clone());
        }
        found.extend(quote_of(&scenery, proposal, rule, speaker));
    }
    found.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    found.dedup_by(|later, earlier| later.span == earlier.span);
    found
}

/// What is said with who says it.
struct Pair {
    /// The position of the proposal.
    proposal: usize,
    /// Who says it; `None` where nobody may.
    speaker: Option<SpeakerProposal>,
    /// How likely both are right.
    probability: f64,
}

/// A proposal that waits for its turn: the likeliest comes first, and of equals the first. Who may say it is looked for when it
/// is its turn, because most have lost their words to a likelier one by then.
struct Turn {
    /// How likely it is at most.
    probability: f64,
    /// The position of the proposal.
    proposal: usize,
    /// With its speaker, where one was looked for.
    pair: Option<Pair>,
}

impl Ord for Turn {
    fn cmp(&self, other: &Self) -> Ordering {
        // One that may yet be less likely is looked at before one that is as likely for sure.
        self.probability
            .total_cmp(&other.probability)
            .then_with(|| self.pair.is_none().cmp(&other.pair.is_none()))
            .then_with(|| other.proposal.cmp(&self.proposal))
    }
}

impl PartialOrd for Turn {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Turn {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Turn {}

/// Returns the probability of log odds.
fn logistic(odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-odds))
}

/// Returns the likeliest proposals of each quotation.
fn likeliest(scenery: &Scenery<'_, '_>, all: &[(usize, Proposal)], models: &Models) -> Vec<Turn> {
    let mut turns = Vec::new();
    let mut start = 0;
    for group in all.chunk_by(|one, other| one.0 == other.0) {
        let rows: Vec<_> = group.iter().map(|(_, proposal)| &proposal.features).collect();
        let odds = models.contents.odds_of_all(&rows);
        let mut order: Vec<(f64, usize)> = group
            .iter()
            .zip(odds)
            .enumerate()
            .map(|(index, ((_, proposal), odds))| {
                let lead = if proposal.is_rule { LEAD_CONTENT } else { 0.0 };
                (odds + lead, index)
            })
            .collect();
        order.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        for (content_odds, index) in order.into_iter().take(LIKELIEST) {
            let Some((_, proposal)) = group.get(index) else {
                continue;
            };
            // Whoever says it, nobody would take it.
            if logistic(content_odds) < models.speakers.threshold * TOLD {
                continue;
            }
            // The trees have seen few agencies; what the rules lay on one, they lay as it stands.
            let is_of_agency = proposal
                .rule
                .and_then(|rule| scenery.quotes.get(rule)?.speaker.as_ref())
                .is_some_and(|source| source.kind == SourceKind::Agency);
            if is_of_agency && !proposal.is_rule {
                continue;
            }
            turns.push(Turn {
                probability: logistic(content_odds),
                proposal: start + index,
                pair: None,
            });
        }
        start += group.len();
    }
    turns
}

/// Returns the likeliest speaker with their log odds.
fn best_speaker(models: &Models, candidates: Vec<SpeakerProposal>) -> Option<(f64, SpeakerProposal)> {
    let rows: Vec<_> = candidates.iter().map(|candidate| &candidate.features).collect();
    let odds = models.speakers.odds_of_all(&rows);
    let mut best: Option<(f64, SpeakerProposal)> = None;
    for (odds, candidate) in odds.into_iter().zip(candidates) {
        if best.as_ref().is_none_or(|(so_far, _)| odds > *so_far) {
            best = Some((odds, candidate));
        }
    }
    best
}

/// Returns the quote of a proposal.
fn quote_of(
    scenery: &Scenery<'_, '_>,
    proposal: &Proposal,
    rule: Option<&Quote>,
    speaker: Option<Source>,
) -> Option<Quote> {
    let span = proposal
        .pieces
        .iter()
        .copied()
        .reduce(rashomon_core::Span::join)?;
    if let Some(rule) = rule.filter(|_| proposal.is_rule) {
        return Some(Quote {
            speaker,
            ..rule.clone()
        });
    }
    let all_marked = proposal
        .tokens
        .iter()
        .cloned()
        .flatten()
        .all(|token| scenery.is_marked(token));
    let cue = rule
        .and_then(|quote| quote.cue)
        .filter(|cue| cue.overlap(span) == 0);
    Some(Quote {
        span,
        pieces: proposal.pieces.clone(),
        sentence: scenery.context.sentence_at(span.start),
        kind: if all_marked && rule.is_none_or(|quote| quote.kind == QuoteKind::Direct) {
            QuoteKind::Direct
        } else {
            QuoteKind::Mixed
        },
        speaker,
        via: rule
            .and_then(|quote| quote.via.clone())
            .filter(|via| via.span.overlap(span) == 0),
        cue,
    })
}
