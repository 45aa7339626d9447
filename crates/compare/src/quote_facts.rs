//! Facts about quotes: what was said, word for word.

use std::collections::BTreeMap;

use rashomon_core::{Difference, FactKind, Quote, QuoteKind, Span, StoryReadings};

use crate::draft::{Draft, DraftCell};
use crate::evidence;
use crate::features::longest_run;
use crate::groups::{GroupingThresholds, groups};
use crate::points::{Point, Points};
use crate::quote_words::{Word, alignment, forms, other_words, words};
use crate::terms::Vocabulary;

/// A quote of fewer words with a topic is no fact of its own.
const LEAST_WORDS: usize = 3;
/// Two quotes are one from this share of the shorter one's words on that stand in the other in order.
const SAME_QUOTE: f64 = 0.6;

/// Two quotes are one only where they share so many words in a row,
const LEAST_RUN: usize = 4;
/// and so many where one speaker says both.
const LEAST_RUN_OF_ONE_SPEAKER: usize = 3;

/// What stands of a quote in one sentence.
struct Node<'story> {
    /// The points in which its words stand.
    points: Vec<usize>,
    report: usize,
    quote: &'story Quote,
    /// Its words in a form that can be compared.
    words: Vec<Word>,
    /// The terms of its words.
    terms: Vec<u32>,
    /// The words of the whole quote, as a position among those of all.
    whole: usize,
}

impl Node<'_> {
    /// Returns true where both are on the word of one, as far as the last words of their names tell.
    fn has_speaker_of(&self, other: &Self) -> bool {
        let speaker = |node: &Self| {
            let speaker = node.quote.speaker.as_ref()?;
            speaker.name.split_whitespace().last().map(str::to_owned)
        };
        speaker(self).is_some_and(|own| Some(own) == speaker(other))
    }
}

/// Returns the facts about quotes that at least two reports have.
pub(crate) fn quote_facts(
    story: &StoryReadings<'_>,
    points: &Points,
    vocabulary: &mut Vocabulary,
) -> Vec<Draft> {
    let mut nodes = Vec::new();
    let mut wholes: Vec<Vec<Word>> = Vec::new();
    for (report, reading) in story.readings.iter().enumerate() {
        let Some(text) = story.reports.get(report).map(|report| report.text.as_str()) else {
            continue;
        };
        for quote in reading
            .quotes
            .iter()
            .filter(|quote| quote.kind != QuoteKind::Indirect)
        {
            let words = words(quote, text);
            let own = points.all.iter().enumerate();
            let own = own.filter(|(_, point)| point.report == report && point.span.overlaps(quote.span));
            // A long quote is cut in other places by each report, sentence by sentence.
            for (point, found) in own {
                let words: Vec<Word> = words
                    .iter()
                    .filter(|word| found.span.contains(word.span))
                    .cloned()
                    .collect();
                let terms: Vec<u32> = words
                    .iter()
                    .filter_map(|word| vocabulary.term(&word.form))
                    .collect();
                let topics = terms.iter().filter(|term| !vocabulary.is_stop(**term)).count();
                if topics >= LEAST_WORDS {
                    nodes.push(Node {
                        points: vec![point],
                        report,
                        quote,
                        words,
                        terms,
                        whole: wholes.len(),
                    });
                }
            }
            wholes.push(words);
        }
    }
    let mut links = Vec::new();
    for (index, one) in nodes.iter().enumerate() {
        for (place, other) in nodes.iter().enumerate().skip(index + 1) {
            if one.report != other.report {
                let run = if one.has_speaker_of(other) {
                    LEAST_RUN_OF_ONE_SPEAKER
                } else {
                    LEAST_RUN
                };
                let share = shared(&one.terms, &other.terms, run);
                if share >= SAME_QUOTE {
                    links.push(((index, place), share));
                }
            }
        }
    }
    let bearers: Vec<Point> = nodes
        .iter()
        .map(|node| Point {
            report: node.report,
            ..Point::default()
        })
        .collect();
    let thresholds = GroupingThresholds {
        join: SAME_QUOTE * 0.6,
        also: 2.0,
        pair: 2.0,
    };
    let joined = groups(&bearers, &links, thresholds);
    let nearness = Nearness::new(links, &nodes);
    joined
        .iter()
        .filter_map(|group| draft(group, &nodes, &wholes, &nearness, points, story))
        .collect()
}

/// Returns the fact of some quotes that are one.
fn draft(
    group: &[usize],
    nodes: &[Node<'_>],
    wholes: &[Vec<Word>],
    nearness: &Nearness,
    points: &Points,
    story: &StoryReadings<'_>,
) -> Option<Draft> {
    let members: Vec<(usize, &Node<'_>)> = group
        .iter()
        .filter_map(|&node| Some((node, nodes.get(node)?)))
        .collect();
    let mut cells = Vec::new();
    for (_, node) in &members {
        let text = story.reports.get(node.report)?.text.as_str();
        for &point in &node.points {
            let place = points.all.get(point)?.span;
            let inside = Span::new(
                place.start.max(node.quote.span.start),
                place.end.min(node.quote.span.end),
            );
            let mut evidence = evidence::at(point, inside, &points.all, story)?;
            evidence.span = inside.trimmed(text);
            evidence.source = node.quote.speaker.clone().or(evidence.source);
            let words = evidence.span.text(text).to_owned();
            cells.push(DraftCell::new(evidence, words));
        }
    }
    let draft = Draft::new(FactKind::Quote, 2, cells);
    for (place, &(own_node, one)) in members.iter().enumerate() {
        let others = members.iter().skip(place + 1);
        for &(their_node, other) in others.filter(|(_, other)| other.report != one.report) {
            let pair = (own_node.min(their_node), own_node.max(their_node));
            let Some((own, their)) = words_of_difference(one, other, wholes) else {
                continue;
            };
            if !nearness.is_nearest(pair, nodes) {
                continue;
            }
            let reason = format!(
                "another wording of the quote: “{}” against “{}”",
                forms(own),
                forms(their)
            );
            let mut draft = draft.differs(Difference::Value, reason);
            // A quote may be long: the verdict rests on the sentences with the other words.
            for cell in &mut draft.cells {
                let report = points.all.get(cell.evidence.point).map(|point| point.report);
                let holds = |node: &Node<'_>, words: &[Word]| {
                    report == Some(node.report)
                        && words.iter().any(|word| cell.evidence.span.contains(word.span))
                };
                cell.decisive = holds(one, own) || holds(other, their);
            }
            return Some(draft);
        }
    }
    Some(draft)
}

/// Returns the words that stand in two sentences of quotes in place of each other; what follows in the next sentence of a quote may
/// tell that its last words are other ones.
fn words_of_difference<'words>(
    one: &'words Node<'_>,
    other: &'words Node<'_>,
    wholes: &'words [Vec<Word>],
) -> Option<(&'words [Word], &'words [Word])> {
    let in_sentence =
        || other_words(&one.words, &other.words).map(|ranges| (ranges, &one.words, &other.words));
    let in_whole = || {
        let (own, their) = (wholes.get(one.whole)?, wholes.get(other.whole)?);
        Some((other_words(own, their)?, own, their))
    };
    let ((own, their), own_words, their_words) = in_sentence().or_else(in_whole)?;
    let (own, their) = (own_words.get(own)?, their_words.get(their)?);
    let inside = |node: &Node<'_>, words: &[Word]| words.iter().all(|word| node.words.contains(word));
    (inside(one, own) && inside(other, their)).then_some((own, their))
}

/// How near the sentences of quotes are to those of other reports.
struct Nearness {
    /// The pairs that may be one, in order, with the shares of their words.
    links: Vec<((usize, usize), f64)>,
    /// By sentence and report, the share of its nearest there.
    nearest: BTreeMap<(usize, usize), f64>,
}

impl Nearness {
    fn new(links: Vec<((usize, usize), f64)>, nodes: &[Node<'_>]) -> Self {
        let mut nearest: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for &((one, other), share) in &links {
            for (own, their) in [(one, other), (other, one)] {
                if let Some(their) = nodes.get(their) {
                    let best = nearest.entry((own, their.report)).or_insert(share);
                    *best = best.max(share);
                }
            }
        }
        Self { links, nearest }
    }

    /// Returns true where no sentence of the report of the one is nearer to the other, and the other way round: what somebody says
    /// twice in like words is no other wording.
    fn is_nearest(&self, (one, other): (usize, usize), nodes: &[Node<'_>]) -> bool {
        let found = self.links.binary_search_by(|(link, _)| link.cmp(&(one, other)));
        let share = found
            .ok()
            .and_then(|found| self.links.get(found))
            .map_or(0.0, |(_, share)| *share);
        let best = |own: usize, their: usize| {
            let report = nodes.get(their).map_or(0, |node| node.report);
            self.nearest.get(&(own, report)).copied().unwrap_or_default()
        };
        best(one, other) <= share && best(other, one) <= share
    }
}

/// Returns the share of the shorter list's terms that stand in the other in the same order, at least in a run of
/// `run` terms or of the whole shorter list.
fn shared(one: &[u32], other: &[u32], run: usize) -> f64 {
    let shorter = one.len().min(other.len());
    if shorter == 0 || longest_run(one, other, |_| true) < shorter.min(run) {
        return 0.0;
    }
    let matched = alignment(one, other).len();
    matched as f64 / shorter as f64
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Report, Verdict};

    use super::*;
    use crate::test_story::ledger_of;

    /// Returns the reason and the decisive sentences of the quotes that two reports differ in.
    fn differing(texts: [&str; 2]) -> Vec<(String, Vec<String>)> {
        let reports = [Report::new("a", texts[0]), Report::new("b", texts[1])];
        let ledger = ledger_of(&reports);
        let facts = ledger.facts.into_iter();
        let facts = facts.filter(|fact| fact.kind == FactKind::Quote && fact.verdict == Verdict::Differ);
        let words = facts.map(|fact| {
            let cells = fact.cells.iter().filter(|cell| cell.decisive);
            (fact.reason, cells.map(|cell| cell.value.clone()).collect())
        });
        words.collect()
    }

    #[test]
    fn the_verdict_rests_on_the_sentences_with_the_other_words() {
        let found = differing([
            "“The mayor of Senby has a problem with the weir. We will not leave this valley to them,” said Olwen Tarrick.",
            "“The mayor of Senby has a problem with the dam. We will not leave this valley to them,” said Olwen Tarrick.",
        ]);
        let [(reason, cells)] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert!(reason.contains("“weir” against “dam”"), "{reason}");
        assert_eq!(cells.len(), 2, "{cells:?}");
        assert!(cells.iter().all(|cell| cell.contains("problem")), "{cells:?}");
    }

    #[test]
    fn the_reports_own_words_and_other_ways_to_write_are_no_other_wording() {
        let found = differing([
            "Olwen Tarrick called the plan for the valley “a one-in-three chance to save the f****** dam of Senby”.",
            "Olwen Tarrick described the new scheme of the mayor as “a 1 in 3 chance to save the flooded dam of Senby”.",
        ]);
        assert!(found.is_empty(), "{found:?}");
    }
}
