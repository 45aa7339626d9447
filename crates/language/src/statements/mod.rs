//! Clauses that say something.
//!
//! [`clauses`] cuts a sentence, [`predicate`] finds the verb and who acts, [`attribution`] on whose word it rests,
//! [`status`] how surely it is said, [`governed`] how surely where another clause tells.

mod attribution;
mod clauses;
mod governed;
mod phrases;
mod predicate;
mod status;

use std::ops::Range;

use rashomon_core::{Reading, SentenceKind, Span, Statement};

use self::attribution::{attribution, zones};
use self::clauses::Parts;
use self::governed::Governed;
use self::predicate::predicate;
use crate::context::Context;
use crate::events::fill_events;
use crate::quotes::mark_text;
use crate::quotes::words::{is_finite_verb, is_mark};

/// Sentences with more tokens than this are read as one statement: they are no sentences.
const LONGEST_SENTENCE: usize = 400;

/// Fills the statements of a reading from all else that it holds, and says of each quantity on whose word it rests.
pub(crate) fn fill_statements(text: &str, reading: &mut Reading) {
    let mut statements = {
        let context = Context::new(text, &reading.sentences, &reading.tokens);
        let mut statements = statements(&context, reading);
        fill_events(&context, &reading.entities, &mut statements);
        statements
    };
    let index = Index::new(reading);
    for statement in &mut statements {
        index.fill(statement);
    }
    exclude_inner(&mut statements, reading);
    for statement in &statements {
        for &quantity in &statement.quantities {
            if let Some(quantity) = reading.quantities.get_mut(quantity)
                && quantity.attributed_to.is_none()
            {
                quantity.attributed_to.clone_from(&statement.attribution);
            }
        }
    }
    reading.statements = statements;
}

/// Returns the statements of a text, without their index lists.
fn statements(context: &Context<'_>, reading: &Reading) -> Vec<Statement> {
    let marked = mark_text(context);
    let zones = zones(context, &reading.quotes);
    let mut found = Vec::new();
    for (index, sentence) in context.sentences.iter().enumerate() {
        if sentence.kind != SentenceKind::Text {
            continue;
        }
        let tokens = content_tokens(context, context.tokens_of(index));
        if tokens.is_empty() || tokens.len() > LONGEST_SENTENCE {
            found.push(Statement {
                sentence: index,
                span: sentence.span,
                ..Statement::default()
            });
            continue;
        }
        let zones = zones.get(index).map(Vec::as_slice).unwrap_or_default();
        // A few quoted words are no clause of their own.
        let is_word = |token: &usize| !is_mark(context.lower(*token));
        let is_clause = |zone: &Range<usize>| {
            let mut words = zone.clone().filter(is_word).skip(1);
            words.any(|token| is_finite_verb(context, token))
        };
        let parts = Parts {
            zones: zones
                .iter()
                .map(|zone| zone.tokens.clone())
                .filter(is_clause)
                .collect(),
            cues: zones
                .iter()
                .filter_map(|zone| reading.quotes.get(zone.quote)?.cue)
                .map(|cue| token_range(context, cue))
                .collect(),
        };
        let mut actor: Option<Range<usize>> = None;
        let first = found.len();
        let mut governed: Vec<Governed> = Vec::new();
        for clause in clauses::clauses(context, &marked, &tokens, &parts) {
            let mut found_parts = predicate(
                context,
                &marked,
                &clause.core,
                &clause.inner,
                actor.as_ref(),
                tokens.start,
            );
            // "Analysts suggest": the words that tell of a saying are a verb, whatever their form.
            let cue = parts
                .cues
                .iter()
                .find(|cue| clause.tokens.start <= cue.start && cue.end <= clause.tokens.end);
            if let Some(cue) = cue.filter(|_| found_parts.tokens.is_empty()) {
                found_parts.tokens = cue.clone();
                let before = content_tokens(context, clause.tokens.start..cue.start);
                found_parts.actor = Some(before).filter(|before| !before.is_empty());
            }
            let behind = attribution(context, &clause.core, zones, &reading.quotes);
            let span = context.span(content_tokens(context, clause.tokens.clone()));
            if span.is_empty() {
                continue;
            }
            let span_of = |tokens: Option<Range<usize>>| {
                tokens
                    .map(|tokens| context.span(tokens))
                    .filter(|span| !span.is_empty())
            };
            let status = status::status(context, &clause.core, &found_parts, behind.cue.as_ref());
            governed.push(Governed {
                tokens: clause.tokens.clone(),
                predicate: found_parts.tokens.clone(),
                status,
            });
            found.push(Statement {
                sentence: index,
                span,
                predicate: span_of(Some(found_parts.tokens.clone())),
                actor: span_of(found_parts.actor.clone()),
                object: span_of(found_parts.object.clone()),
                negated: found_parts.negated,
                status,
                attribution: behind.source,
                via: behind.via,
                ..Statement::default()
            });
            actor = found_parts.actor.or(actor);
        }
        let statuses = governed::statuses(context, &governed);
        for (statement, status) in found.iter_mut().skip(first).zip(statuses) {
            statement.status = status;
        }
    }
    found
}

/// Returns the tokens of a span.
fn token_range(context: &Context<'_>, span: Span) -> Range<usize> {
    let start = context.token_at(span.start);
    start..context.token_at(span.end.saturating_sub(1)).max(start) + 1
}

/// Returns the tokens without marks of punctuation at their ends; quotation marks and brackets stay.
fn content_tokens(context: &Context<'_>, tokens: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (tokens.start, tokens.end);
    let drops = |token: usize| {
        let word = context.lower(token);
        is_mark(word) && matches!(word, "," | ";" | ":" | "." | "—" | "–" | "-" | "--")
    };
    let joins = |token: usize| matches!(context.lower(token), "and" | "but" | "yet");
    while start < end && drops(start) {
        start += 1;
    }
    if end - start > 1 && joins(start) {
        start += 1;
    }
    while start < end && drops(end - 1) {
        end -= 1;
    }
    if end - start > 1 && joins(end - 1) {
        end -= 1;
    }
    start..end
}

/// The spans of a reading's lists in order, to find those in a clause.
struct Index {
    entities: Vec<(Span, usize)>,
    quantities: Vec<(Span, usize)>,
    times: Vec<(Span, usize)>,
    places: Vec<(Span, usize)>,
    quotes: Vec<(Span, usize)>,
    /// The longest span of the quotes, to know how far back to look.
    longest: [usize; 5],
}

impl Index {
    fn new(reading: &Reading) -> Self {
        let sorted = |spans: Vec<(Span, usize)>| {
            let mut spans = spans;
            spans.sort_unstable();
            spans
        };
        let mentions = reading.entities.iter().enumerate();
        let entities = sorted(
            mentions
                .flat_map(|(index, entity)| entity.mentions.iter().map(move |mention| (mention.span, index)))
                .collect(),
        );
        let numbered = |spans: &mut dyn Iterator<Item = Span>| {
            sorted(spans.enumerate().map(|(index, span)| (span, index)).collect())
        };
        let quantities = numbered(&mut reading.quantities.iter().map(|item| item.span));
        let times = numbered(&mut reading.times.iter().map(|item| item.span));
        let places = numbered(&mut reading.places.iter().map(|item| item.span));
        let pieces = reading.quotes.iter().enumerate();
        let quotes = sorted(
            pieces
                .flat_map(|(index, quote)| quote.pieces.iter().map(move |&piece| (piece, index)))
                .collect(),
        );
        let longest = [&entities, &quantities, &times, &places, &quotes]
            .map(|spans| spans.iter().map(|(span, _)| span.len()).max().unwrap_or(0));
        Self {
            entities,
            quantities,
            times,
            places,
            quotes,
            longest,
        }
    }

    fn fill(&self, statement: &mut Statement) {
        let [entities, quantities, times, places, quotes] = self.longest;
        statement.entities = overlapping(&self.entities, entities, statement.span);
        statement.quantities = overlapping(&self.quantities, quantities, statement.span);
        statement.times = overlapping(&self.times, times, statement.span);
        statement.places = overlapping(&self.places, places, statement.span);
        statement.quotes = overlapping(&self.quotes, quotes, statement.span);
    }
}

/// Returns the numbers of the spans that overlap `span`, in rising order, each once.
fn overlapping(spans: &[(Span, usize)], longest: usize, span: Span) -> Vec<usize> {
    let from = spans.partition_point(|(other, _)| other.start + longest <= span.start);
    let mut found: Vec<usize> = spans
        .iter()
        .skip(from)
        .take_while(|(other, _)| other.start < span.end)
        .filter(|(other, _)| other.overlaps(span))
        .map(|&(_, index)| index)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Takes out of a statement the quantities, times and places of a statement inside it.
fn exclude_inner(statements: &mut [Statement], reading: &Reading) {
    for inner in 1..statements.len() {
        let Some(outer) = (0..inner)
            .rev()
            .take(4)
            .find(|&outer| statements[outer].span.contains(statements[inner].span))
        else {
            continue;
        };
        let span = statements[inner].span;
        let outside = |other: Option<Span>| other.is_none_or(|other| !span.contains(other));
        let outer = &mut statements[outer];
        outer
            .quantities
            .retain(|&index| outside(reading.quantities.get(index).map(|item| item.span)));
        outer
            .times
            .retain(|&index| outside(reading.times.get(index).map(|item| item.span)));
        outer
            .places
            .retain(|&index| outside(reading.places.get(index).map(|item| item.span)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quotes::testing::reading_of;

    /// Returns the statements of a text, each as "status, on whose word: actor | verb | rest", "not" before a negated
    /// verb.
    fn stated(text: &str) -> Vec<String> {
        let part = |span: Option<Span>| span.map_or("", |span| span.text(text));
        reading_of(text)
            .statements
            .iter()
            .map(|statement| {
                let source = statement
                    .attribution
                    .as_ref()
                    .map_or("report", |source| source.name.as_str());
                let not = if statement.negated { "not " } else { "" };
                format!(
                    "{}, {source}: {} | {not}{} | {}",
                    statement.status.as_str(),
                    part(statement.actor),
                    part(statement.predicate),
                    part(statement.object)
                )
            })
            .collect()
    }

    fn assert_stated(text: &str, expected: &[&str]) {
        assert_eq!(stated(text), expected, "{text}");
    }

    #[test]
    fn one_clause() {
        assert_stated(
            "Ada Brown opened the bridge.",
            &["asserted, report: Ada Brown | opened | the bridge"],
        );
        assert_stated(
            "Ada Brown, Carl Dunn and Eva Frost may stand there.",
            &["possible, report: Ada Brown, Carl Dunn and Eva Frost | may stand | there"],
        );
        assert_stated(
            "Ada Brown did not attend the meeting.",
            &["asserted, report: Ada Brown | not did not attend | the meeting"],
        );
    }

    #[test]
    fn the_verb_of_a_described_subject_is_the_clauses() {
        assert_stated(
            "Anyone who wants to dine in Senby will have to show a pass.",
            &["expected, report: Anyone | will have to show | a pass"],
        );
    }

    #[test]
    fn a_participle_before_its_noun_is_no_verb() {
        assert_stated(
            "Legally married couples will now be allowed to file together.",
            &["expected, report: married couples | will now be allowed to file | together"],
        );
    }

    #[test]
    fn a_wish_that_is_spoken_is_nothing_to_come() {
        assert_stated(
            "Ada Brown said she would like to thank her crew.",
            &[
                "asserted, report: Ada Brown | said | ",
                "asserted, Ada Brown: she | would like | to thank her crew",
            ],
        );
        assert_stated(
            "Ada Brown said she would thank her crew.",
            &[
                "asserted, report: Ada Brown | said | ",
                "expected, Ada Brown: she | would thank | her crew",
            ],
        );
    }

    #[test]
    fn clauses_beside_each_other() {
        assert_stated(
            "Ada Brown opened the bridge, and Carl Dunn crossed it.",
            &[
                "asserted, report: Ada Brown | opened | the bridge",
                "asserted, report: Carl Dunn | crossed | it",
            ],
        );
        assert_stated(
            "Ada Brown opened the bridge on Monday, marking the end of the works.",
            &[
                "asserted, report: Ada Brown | opened | the bridge on Monday",
                "asserted, report: Ada Brown | marking | the end of the works",
            ],
        );
        assert_stated(
            "While the bridge has opened, the road is closed.",
            &[
                "asserted, report: the bridge | has opened | ",
                "asserted, report: the road | is closed | ",
            ],
        );
    }

    #[test]
    fn a_relative_clause_inside() {
        assert_stated(
            "Ada Brown, who is known as the builder, has opened the bridge.",
            &[
                "asserted, report: Ada Brown | has opened | the bridge",
                "asserted, report: Ada Brown | is known | as the builder",
            ],
        );
    }

    #[test]
    fn what_is_said_and_that_it_is_said() {
        assert_stated(
            "Ada Brown said on Monday that the bridge will open.",
            &[
                "asserted, report: Ada Brown | said | on Monday that",
                "expected, Ada Brown: the bridge | will open | ",
            ],
        );
        assert_stated(
            "According to officials, the bridge was closed.",
            &["asserted, officials: the bridge | was closed | "],
        );
    }

    #[test]
    fn a_clause_without_a_tense_is_as_sure_as_the_one_that_governs_it() {
        assert_stated(
            "The council will close the road on Monday, ending the long delay.",
            &[
                "expected, report: The council | will close | the road on Monday",
                "expected, report: The council | ending | the long delay",
            ],
        );
        assert_stated(
            "The council closed the road on Monday, ending the long delay.",
            &[
                "asserted, report: The council | closed | the road on Monday",
                "asserted, report: The council | ending | the long delay",
            ],
        );
    }

    #[test]
    fn how_surely_it_is_said() {
        assert_stated(
            "The bridge is expected to open.",
            &["expected, report: The bridge | is expected to open | "],
        );
        assert_stated(
            "The bridge may open.",
            &["possible, report: The bridge | may open | "],
        );
        assert_stated(
            "There has been no confirmation of the plan.",
            &["unconfirmed, report: There | not has been | no confirmation of the plan"],
        );
        assert_stated(
            "Ada Brown denied that the bridge was closed.",
            &[
                "denied, report: Ada Brown | denied | that",
                "denied, Ada Brown: the bridge | was closed | ",
            ],
        );
        assert_stated(
            "The bridge is believed to have cost millions.",
            &["asserted, believed: The bridge | is believed to have | cost millions"],
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([“”\"‘’',.;:\n]| said | that | who | and |, | Ada Brown | the | will | was closed|[A-Z][a-z]{1,5} |[a-z]{1,6} |\\PC){0,60}") {
            let reading = reading_of(&text);
            for quote in &reading.quotes {
                prop_assert!(quote.span.fits(&text) && !quote.pieces.is_empty());
                for piece in &quote.pieces {
                    prop_assert!(piece.fits(&text) && quote.span.contains(*piece));
                }
                for source in quote.speaker.iter().chain(&quote.via) {
                    prop_assert!(source.span.fits(&text) && !source.name.is_empty());
                }
            }
            for statement in &reading.statements {
                let sentence = reading.sentences[statement.sentence].span;
                prop_assert!(statement.span.fits(&text) && sentence.contains(statement.span));
                for part in [statement.predicate, statement.actor, statement.object].into_iter().flatten() {
                    prop_assert!(part.fits(&text) && sentence.contains(part));
                }
            }
            for (index, sentence) in reading.sentences.iter().enumerate() {
                if sentence.kind != SentenceKind::Text {
                    continue;
                }
                let inside = || reading.statements.iter().filter(|statement| statement.sentence == index);
                prop_assert!(inside().count() > 0);
                for token in &reading.tokens[sentence.first_token..sentence.last_token] {
                    let word = token.span.text(&text).to_lowercase();
                    let content = word.chars().any(char::is_alphanumeric) && !matches!(word.as_str(), "and" | "but" | "yet");
                    prop_assert!(!content || inside().any(|statement| statement.span.contains(token.span)), "{word}");
                }
            }
        }
    }
}
