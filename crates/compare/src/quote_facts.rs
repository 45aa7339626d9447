//! Facts about quotes: what was said, word for word.

use std::ops::Range;

use rashomon_core::{Difference, FactKind, Quote, QuoteKind, Span, StoryReadings};

use crate::draft::{Draft, DraftCell};
use crate::evidence;
use crate::features::longest_run;
use crate::groups::{GroupingThresholds, groups};
use crate::points::{Point, Points};
use crate::terms::{Vocabulary, normal_form};

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
    groups(&bearers, &links, thresholds)
        .iter()
        .filter_map(|group| {
            let nearest = |pair: (usize, usize)| is_nearest(pair, &nodes, &links);
            draft(group, &nodes, &wholes, &nearest, points, story)
        })
        .collect()
}

/// Returns the fact of some quotes that are one.
fn draft(
    group: &[usize],
    nodes: &[Node<'_>],
    wholes: &[Vec<Word>],
    is_nearest: &dyn Fn((usize, usize)) -> bool,
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
            if !is_nearest(pair) {
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

/// Returns true where no sentence of the report of the one is nearer to the other, and the other way round: what somebody says twice
/// in like words is no other wording.
fn is_nearest(pair: (usize, usize), nodes: &[Node<'_>], links: &[((usize, usize), f64)]) -> bool {
    let report = |node: usize| nodes.get(node).map(|node| node.report);
    let own = links
        .iter()
        .find(|(link, _)| *link == pair)
        .map_or(0.0, |(_, share)| *share);
    let beside = |kept: usize, given: usize, link: (usize, usize)| {
        link.0 == kept && report(link.1) == report(given) || link.1 == kept && report(link.0) == report(given)
    };
    let mut rivals = links
        .iter()
        .filter(|(link, _)| beside(pair.0, pair.1, *link) || beside(pair.1, pair.0, *link));
    rivals.all(|(_, share)| *share <= own)
}

/// Returns words in their comparable forms, with spaces between them.
fn forms(words: &[Word]) -> String {
    let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
    forms.join(" ")
}

/// Returns the words of a quote in a form that can be compared. Of a quote that is partly told in the report's own words only
/// those between quotation marks are somebody's.
fn words(quote: &Quote, text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let all_quoted = quote.kind != QuoteKind::Mixed;
    let mut inside = false;
    for piece in &quote.pieces {
        let mut marked = !words.is_empty();
        let mut start = piece.start;
        for part in piece
            .text(text)
            .split_inclusive(|character: char| character.is_whitespace() || "—–-".contains(character))
        {
            // Without the space behind it, which lies outside of the last word's sentence.
            let span = Span::new(start, start + part.trim_end().len());
            start += part.len();
            marked |= part.contains(['…', '[', '(']) || part.starts_with("..");
            // An editor's asterisks stand for letters.
            marked |= part.contains('*');
            let opens = part.starts_with(['“', '"', '„', '«']);
            let closes = part.trim_end().trim_end_matches(['.', ',', ';', ':', '?', '!']);
            let closes = closes.ends_with(['”', '"', '»']) && closes.chars().count() > 1;
            inside |= opens;
            if inside || all_quoted {
                let form = normal_form(part.trim_matches(|character: char| !character.is_alphanumeric()));
                if !form.is_empty() {
                    let form = digits_of(&form).map_or(form, str::to_owned);
                    words.push(Word { form, span, marked });
                    marked = false;
                }
            } else {
                // The report's own words between two quoted pieces.
                marked = !words.is_empty();
            }
            if closes {
                inside = false;
            }
            marked |= part.contains([']', ')', '…', '*']) || part.trim_end().ends_with("..");
        }
    }
    words
}

/// Returns the digits that a small number in words is also written with.
fn digits_of(word: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 12] = [
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
    ];
    let found = WORDS.iter().find(|(written, _)| *written == word);
    found.map(|&(_, digits)| digits)
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

/// The longest common subsequence is computed for this many words of a quote.
const MOST_WORDS: usize = 400;

/// Returns the pairs of positions of the longest common subsequence of two lists.
fn alignment<T: PartialEq>(one: &[T], other: &[T]) -> Vec<(usize, usize)> {
    let (one, other) = (
        &one[..one.len().min(MOST_WORDS)],
        &other[..other.len().min(MOST_WORDS)],
    );
    let width = other.len() + 1;
    let mut lengths = vec![0u16; (one.len() + 1) * width];
    for (row, own) in one.iter().enumerate().rev() {
        for (column, their) in other.iter().enumerate().rev() {
            lengths[row * width + column] = if own == their {
                lengths[(row + 1) * width + column + 1] + 1
            } else {
                lengths[(row + 1) * width + column].max(lengths[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < one.len() && column < other.len() {
        if one[row] == other[column] {
            pairs.push((row, column));
            row += 1;
            column += 1;
        } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// A word of a quote in a form that can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    form: String,
    /// Where it stands, with the signs around it.
    span: Span,
    /// True where the report itself marks that something may be missing before it, or was put there by an editor: a new
    /// piece of the quote, an ellipsis, a bracket.
    marked: bool,
}

/// Runs of other words longer than this are another passage and no other wording.
const LONGEST_OTHER_WORDING: usize = 6;
/// Of two runs in place of each other the one is at most so many times as long as the other.
const MOST_TIMES_AS_LONG: usize = 4;
/// So many words on both sides, or all that there are, must be the same.
const LEAST_SAME_AROUND: usize = 2;

/// Returns the positions of the words that stand in two quotes in place of each other; `None` where one is a cut of the other.
/// A cut leaves words out; another wording has other words between the same neighbours, where the report does not mark a
/// change itself.
fn other_words(one: &[Word], other: &[Word]) -> Option<(Range<usize>, Range<usize>)> {
    let forms_in = |words: &[Word]| -> Vec<String> { words.iter().map(|word| word.form.clone()).collect() };
    let (before_list, after_list) = (forms_in(one), forms_in(other));
    let pairs = alignment(&before_list, &after_list);
    // Runs of words that are the same in both.
    let mut runs: Vec<&[(usize, usize)]> = pairs
        .chunk_by(|before, after| before.0 + 1 == after.0 && before.1 + 1 == after.1)
        .collect();
    // A single word that is the same by chance, between words that are not, is no neighbour.
    let last = runs.len().saturating_sub(1);
    let mut place = 0;
    let is_edge = |run: &[(usize, usize)]| {
        let (first, last) = (run.first(), run.last());
        let begins = first.is_some_and(|&(own, their)| begins_piece(one, own) && begins_piece(other, their));
        let ends = last.is_some_and(|&(own, their)| ends_piece(one, own) && ends_piece(other, their));
        (begins, ends)
    };
    runs.retain(|run| {
        let keep =
            run.len() >= LEAST_SAME_AROUND || place == 0 || place == last || is_edge(run) != (false, false);
        place += 1;
        keep
    });
    for (before, after) in runs.iter().zip(runs.iter().skip(1)) {
        let (&(own_before, their_before), &(own_after, their_after)) = (before.last()?, after.first()?);
        let own = one.get(own_before + 1..own_after).unwrap_or_default();
        let their = other.get(their_before + 1..their_after).unwrap_or_default();
        let enough = |run: &[(usize, usize)], at_end: bool| run.len() >= LEAST_SAME_AROUND || at_end;
        let (starts, _) = is_edge(before);
        let (_, ends) = is_edge(after);
        let marked = |words: &[Word], from: usize, to: usize| {
            words
                .get(from..=to)
                .unwrap_or_default()
                .iter()
                .any(|word| word.marked)
        };
        let near = own.len().max(their.len()) <= LONGEST_OTHER_WORDING
            && enough(before, starts)
            && enough(after, ends)
            && !marked(one, own_before + 1, own_after)
            && !marked(other, their_before + 1, their_after);
        // "To get rid" and "in our politics that we get rid": words were put in, none in place of others.
        let both = own.len().max(their.len()) <= own.len().min(their.len()) * MOST_TIMES_AS_LONG;
        if near && both && !is_the_same_said(own, their) {
            return Some((own_before + 1..own_after, their_before + 1..their_after));
        }
    }
    None
}

/// Returns true for the first word of a quote, or of a piece of one.
fn begins_piece(words: &[Word], place: usize) -> bool {
    place == 0 || words.get(place).is_some_and(|word| word.marked)
}

/// Returns true for the last word of a quote, or of a piece of one.
fn ends_piece(words: &[Word], place: usize) -> bool {
    words.get(place + 1).is_none_or(|word| word.marked)
}

/// Returns true where two runs of words are one saying, heard or written in two ways: compounds, short forms of verbs, articles and
/// what joins two words.
fn is_the_same_said(one: &[Word], other: &[Word]) -> bool {
    let said = |words: &[Word]| -> String { words.iter().map(|word| in_full(&word.form)).collect() };
    said(one) == said(other)
}

/// Returns a word with its short form written out; nothing for an article and for what joins two words.
fn in_full(word: &str) -> String {
    const SHORT: [(&str, &str); 6] = [
        ("n't", "not"),
        ("'ll", "will"),
        ("'re", "are"),
        ("'ve", "have"),
        ("'m", "am"),
        ("'d", "would"),
    ];
    if matches!(word, "a" | "an" | "the" | "and" | "or" | "that") {
        return String::new();
    }
    let word = word.replace('’', "'");
    match word.as_str() {
        "gonna" => return "goingto".to_owned(),
        "wanna" => return "wantto".to_owned(),
        _ => {}
    }
    let found = SHORT
        .iter()
        .find_map(|(short, full)| Some((word.strip_suffix(short)?, full)));
    found.map_or_else(|| word.clone(), |(stem, full)| format!("{stem}{full}"))
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Report, Verdict};

    use super::*;
    use crate::test_story::ledger_of;

    fn split(text: &str) -> Vec<Word> {
        let word = |word: &str| Word {
            form: word.to_owned(),
            span: Span::default(),
            marked: false,
        };
        text.split_whitespace().map(word).collect()
    }

    #[test]
    fn a_cut_is_no_other_wording() {
        let whole = split("we will never leave this harbour to them");
        assert_eq!(other_words(&whole, &split("never leave this harbour")), None);
        assert_eq!(other_words(&whole, &split("we will leave this harbour")), None);
    }

    #[test]
    fn words_in_place_of_each_other_are() {
        let found = other_words(
            &split("it is like they ruined his life"),
            &split("it is like it ruined his life"),
        );
        assert_eq!(found, Some((3..4, 3..4)));
    }

    #[test]
    fn a_word_that_is_the_same_by_chance_parts_no_other_wording() {
        let one = split("no meeting between this president and haro");
        let other = split("no meeting between president lind and velda haro");
        let (own, their) = other_words(&one, &other).unwrap();
        assert_eq!(forms(&one[own]), "this president and");
        assert_eq!(forms(&other[their]), "president lind and velda");
    }

    #[test]
    fn what_the_report_marks_as_changed_is_no_other_wording() {
        let mut changed = split("we will never leave their port to them");
        changed[4].marked = true;
        assert_eq!(
            other_words(&split("we will never leave this port to them"), &changed),
            None
        );
    }

    #[test]
    fn short_forms_and_articles_are_no_other_wording() {
        let one = split("we have won before and we'll win here again");
        assert_eq!(
            other_words(&one, &split("we have won before we will win here again")),
            None
        );
        assert_eq!(
            other_words(
                &split("is this the circus of ours"),
                &split("is this a circus of ours")
            ),
            None
        );
        assert!(other_words(&one, &split("we have won before and they'll win here again")).is_some());
    }

    #[test]
    fn compounds_are_one_wording() {
        assert_eq!(
            other_words(
                &split("a long term plan for us"),
                &split("a longterm plan for us")
            ),
            None
        );
    }

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
