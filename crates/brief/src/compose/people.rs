//! What people are saying: quotes with their speakers, mostly one a speaker.

use rashomon_core::{
    Ledger, Line, LineCite, Quote, QuoteKind, SentenceKind, SourceKind, Span, StoryReadings,
};

use super::candidates::{Candidates, content_words};
use super::cues::{Part, wholeness};
use super::selection::{Chosen, same_words, without_copies};

/// A few words in quotation marks are no quote worth a line.
const LEAST_WORDS_OF_DIRECT: usize = 4;
/// The same inside a sentence of the report's own.
const LEAST_WORDS_OF_MIXED: usize = 6;
/// A line goes over at most so many sentences.
const MOST_SENTENCES: usize = 4;

/// A line takes in a further sentence up to so many bytes, and a longer one is left to shorter ones.
const LONGEST_LINE: usize = 360;

/// A quote that may become a line.
struct Saying {
    report: usize,
    first_sentence: usize,
    last_sentence: usize,
    span: Span,
    speaker: String,
    words: Vec<String>,
    rank: f64,
}

/// Returns the name by which a quote's speaker is told from others: the story's entity, or else the name.
fn speaker_key(quote: &Quote, report: usize, ledger: &Ledger) -> Option<String> {
    let speaker = quote.speaker.as_ref()?;
    let entity = speaker
        .entity
        .and_then(|entity| ledger.entity_of.get(report)?.get(entity).copied());
    Some(match entity.and_then(|entity| ledger.entities.get(entity)) {
        Some(entity) => entity.id.clone(),
        None => speaker.name.to_lowercase(),
    })
}

/// Returns the whole sentences of one paragraph that hold a quote.
fn sentences_of(quote: &Quote, story: &StoryReadings<'_>, report: usize) -> Option<(usize, usize, Span)> {
    let sentences = &story.readings.get(report)?.sentences;
    let first = sentences.get(quote.sentence)?;
    if first.kind != SentenceKind::Text {
        return None;
    }
    let (mut last, mut span) = (quote.sentence, first.span);
    for (place, sentence) in sentences
        .iter()
        .enumerate()
        .skip(quote.sentence + 1)
        .take(MOST_SENTENCES - 1)
    {
        let goes_on = sentence.kind == SentenceKind::Text
            && sentence.span.end - span.start <= LONGEST_LINE
            && sentence.paragraph == first.paragraph
            && sentence.span.start < quote.span.end;
        if !goes_on {
            break;
        }
        last = place;
        span = Span::new(span.start, sentence.span.end);
    }
    Some((quote.sentence, last, span))
}

/// Returns the quotes of a story that are worth a line, the weightiest first.
fn sayings(candidates: &Candidates<'_>, story: &StoryReadings<'_>, ledger: &Ledger) -> Vec<Saying> {
    let mut all = Vec::new();
    for (report, (source, reading)) in story.reports.iter().zip(&story.readings).enumerate() {
        for quote in &reading.quotes {
            let content: String = quote
                .pieces
                .iter()
                .map(|piece| piece.text(&source.text))
                .collect::<Vec<_>>()
                .join(" ");
            let length = content.split_whitespace().count();
            let (least, kind) = match quote.kind {
                QuoteKind::Direct => (LEAST_WORDS_OF_DIRECT, 1.0),
                QuoteKind::Mixed => (LEAST_WORDS_OF_MIXED, 0.6),
                QuoteKind::Indirect => continue,
            };
            let (Some(speaker), Some(key)) = (quote.speaker.as_ref(), speaker_key(quote, report, ledger))
            else {
                continue;
            };
            let Some((first_sentence, last_sentence, span)) = sentences_of(quote, story, report) else {
                continue;
            };
            let Some(candidate) = candidates.find(report, first_sentence) else {
                continue;
            };
            if length < least || candidate.copied {
                continue;
            }
            let who = match speaker.kind {
                SourceKind::Person | SourceKind::Witness => 1.0,
                SourceKind::Official | SourceKind::Expert => 0.8,
                _ => 0.5,
            };
            let weight: f64 = candidate
                .facts
                .iter()
                .filter_map(|&fact| candidates.fact_weights.get(fact))
                .fold(0.0, |a, &b| a.max(b));
            let whole = wholeness(span.text(&source.text));
            let long = if span.len() > LONGEST_LINE { 1.0 } else { 0.0 };
            let headed = if candidate.part == Some(Part::Saying) {
                0.8
            } else {
                0.0
            };
            all.push(Saying {
                report,
                first_sentence,
                last_sentence,
                span,
                speaker: key,
                words: content_words(&content),
                rank: kind + who + weight + headed + 0.4 * (length.min(30) as f64 / 30.0)
                    - long
                    - 2.0 * (1.0 - whole),
            });
        }
    }
    all.sort_by(|one, other| {
        let place = |saying: &Saying| (saying.report, saying.span);
        other
            .rank
            .total_cmp(&one.rank)
            .then_with(|| place(one).cmp(&place(other)))
    });
    all
}

/// Returns at most `most` lines with quotes, and the sentences they hold. What stands in a chosen line already is left out.
pub(crate) fn lines(
    candidates: &Candidates<'_>,
    chosen: &Chosen,
    story: &StoryReadings<'_>,
    ledger: &Ledger,
    most: usize,
) -> (Vec<Line>, Vec<(usize, usize)>) {
    let mut sayings = sayings(candidates, story, ledger);
    sayings.retain(|saying| {
        !(saying.first_sentence..=saying.last_sentence).any(|sentence| {
            candidates
                .find(saying.report, sentence)
                .is_some_and(|candidate| chosen.has(candidate))
        })
    });
    let mut chosen: Vec<(&Saying, Vec<LineCite>)> = Vec::new();
    let mut later: Vec<&Saying> = Vec::new();
    // One line a speaker; a second round fills up with what the same speakers said besides.
    for saying in &sayings {
        let same = chosen.iter_mut().find(|(other, _)| is_same(other, saying));
        if let Some((other, cites)) = same {
            if cites.iter().all(|cite| cite.report != saying.report) && other.span != saying.span {
                cites.push(LineCite {
                    report: saying.report,
                    span: saying.span,
                });
            }
        } else if chosen.iter().any(|(other, _)| other.speaker == saying.speaker) {
            later.push(saying);
        } else if chosen.len() < most {
            chosen.push((saying, vec![cite(saying)]));
        }
    }
    for saying in later {
        if chosen.len() >= most.min(4) {
            break;
        }
        if !chosen.iter().any(|(other, _)| is_same(other, saying)) {
            chosen.push((saying, vec![cite(saying)]));
        }
    }
    let sentences = chosen
        .iter()
        .flat_map(|(saying, _)| {
            (saying.first_sentence..=saying.last_sentence).map(|sentence| (saying.report, sentence))
        })
        .collect();
    let lines = chosen
        .into_iter()
        .map(|(saying, cites)| Line {
            text: story
                .reports
                .get(saying.report)
                .map_or("", |report| saying.span.text(&report.text))
                .to_owned(),
            cites: without_copies(&cites, story),
        })
        .collect();
    (lines, sentences)
}

/// Returns the cite of a quote's sentences.
fn cite(saying: &Saying) -> LineCite {
    LineCite {
        report: saying.report,
        span: saying.span,
    }
}

/// Returns true when two quotes are one, or stand in the same sentences.
fn is_same(one: &Saying, other: &Saying) -> bool {
    let together = one.report == other.report && one.span.overlaps(other.span);
    together || same_words(&one.words, &other.words)
}
