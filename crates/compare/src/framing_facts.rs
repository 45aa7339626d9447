//! Facts that the reports tell alike and characterise otherwise: one writes "fired" where another writes "stepped down".
//!
//! A wrong "contested" costs trust, so that only plain evidence counts: words of one line of a table whose sides rule each other
//! out, in the reports' own voices, in sentences that likely speak of one point and name somebody in common, of reports of which
//! neither uses the other's words at all. Where the words tell what became of a person, it must be the same person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rashomon_core::{
    Difference, EntityKind, FactKind, MentionKind, QuoteKind, Reading, Span, Status, StoryEntity,
    StoryReadings,
};
use rustc_hash::FxHashMap;

use crate::draft::{Draft, DraftCell};
use crate::evidence::{self, Evidence};
use crate::points::{Point, Points};

const RIVAL_WORDS: &str = include_str!("data/rival_words.txt");

/// What the words of a line tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    /// What someone or something is called: it stays called so in a clause that denies something else.
    Called,
    /// What became of a person.
    Who,
    /// What was done.
    What,
}

/// A word or phrase of the table.
#[derive(Clone, Copy, Debug)]
struct RivalWord {
    /// In small letters.
    words: &'static str,
    /// Its line.
    thing: usize,
    /// Its side of the line.
    side: usize,
    /// What its line tells.
    telling: Telling,
}

/// The table, by the first word of each phrase.
static TABLE: LazyLock<FxHashMap<&'static str, Vec<RivalWord>>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, Vec<RivalWord>> = FxHashMap::default();
    let lines = RIVAL_WORDS.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter_map(|line| line.split_once(':'));
    for (thing, (telling, line)) in lines.enumerate() {
        let telling = match telling {
            "who" => Telling::Who,
            "what" => Telling::What,
            _ => Telling::Called,
        };
        for (side, words) in line.split('|').enumerate() {
            for words in words.split(',').map(str::trim) {
                let rival = RivalWord {
                    words,
                    thing,
                    side,
                    telling,
                };
                table.entry(first_word(words)).or_default().push(rival);
            }
        }
    }
    table
});

/// So many words before those of the table are shown with them,
const WORDS_BEFORE: usize = 2;
/// and so many behind them.
const WORDS_BEHIND: usize = 4;

/// Clauses that share less than this tell of other things that were done.
const LEAST_ALIKE: f64 = 0.05;

/// A place where a report uses a word of the table.
#[derive(Clone, Copy, Debug)]
struct Use {
    word: RivalWord,
    span: Span,
    /// The person of whom it tells, where it tells what became of one.
    person: Option<usize>,
}

/// Of whom words tell, where they tell what became of a person, and on which side they stand.
type Told = (Option<usize>, usize);

/// Returns the facts of a story that two reports characterise otherwise. `pairs` are positions of points with their
/// likelihoods; pairs below `least` are left out.
pub(crate) fn framing_facts(
    story: &StoryReadings<'_>,
    points: &Points,
    pairs: &[((usize, usize), f64)],
    entities: &[StoryEntity],
    least: f64,
) -> Vec<Draft> {
    let uses: Vec<Vec<Use>> = (0..points.all.len())
        .map(|point| uses(point, points, story, entities))
        .collect();
    // By report and thing, of whom and on which sides the report tells.
    let mut told: BTreeMap<(usize, usize), Vec<Told>> = BTreeMap::new();
    for (point, uses) in points.all.iter().zip(&uses) {
        for found in uses {
            let sides = told.entry((point.report, found.word.thing)).or_default();
            sides.push((found.person, found.word.side));
        }
    }
    // "He was fired" may tell of anybody.
    let keeps_to_its_side = |report: usize, own: &Use| {
        let sides = told.get(&(report, own.word.thing)).into_iter().flatten();
        let mut of_it = sides.filter(|(person, _)| person.is_none() || *person == own.person);
        of_it.all(|(_, side)| *side == own.word.side)
    };
    // For each thing the places that stand against another, by point.
    let mut against: BTreeMap<(usize, Option<usize>), BTreeMap<usize, Use>> = BTreeMap::new();
    for &((one, other), _) in pairs.iter().filter(|(_, likelihood)| *likelihood >= least) {
        let (Some(mine), Some(theirs)) = (points.all.get(one), points.all.get(other)) else {
            continue;
        };
        if mine.report == theirs.report || !names_in_common(mine, theirs) {
            continue;
        }
        for own in uses.get(one).into_iter().flatten() {
            for their in uses.get(other).into_iter().flatten() {
                if own.word.thing == their.word.thing
                    && own.word.side != their.word.side
                    && own.person == their.person
                    && keeps_to_its_side(mine.report, own)
                    && keeps_to_its_side(theirs.report, their)
                    && is_one_thing((one, own), (other, their), points, story)
                {
                    let places = against.entry((own.word.thing, own.person)).or_default();
                    places.entry(one).or_insert(*own);
                    places.entry(other).or_insert(*their);
                }
            }
        }
    }
    against
        .into_values()
        .filter_map(|places| draft(&places, points, story))
        .collect()
}

/// Returns the fact of the places where a thing is called by words that rule each other out.
fn draft(places: &BTreeMap<usize, Use>, points: &Points, story: &StoryReadings<'_>) -> Option<Draft> {
    let mut cells = Vec::new();
    let mut reports = BTreeSet::new();
    // By side, the first words for it.
    let mut said: BTreeMap<usize, &str> = BTreeMap::new();
    for (&point, found) in places {
        let report = points.all.get(point)?.report;
        let words = story.text(report, found.span);
        said.entry(found.word.side).or_insert(words);
        reports.insert(report);
        let evidence = evidence::at(point, found.span, &points.all, story)?;
        let value = in_context(report, found.span, evidence.span, story);
        cells.push(DraftCell::new(evidence, value));
    }
    let words: Vec<String> = said.values().map(|words| format!("“{words}”")).collect();
    let reason = format!("other words for it: {}", words.join(" against "));
    let draft = Draft::new(FactKind::Statement, reports.len(), cells);
    Some(draft.differs(Difference::Framing, reason))
}

/// Returns words with a few of those before and behind them in their clause: "a cooling of relations with China".
fn in_context(report: usize, words: Span, clause: Span, story: &StoryReadings<'_>) -> String {
    let clause = clause.join(words);
    let before = story.text(report, Span::new(clause.start, words.start));
    let after = story.text(report, Span::new(words.end, clause.end));
    let start = before
        .split_inclusive(char::is_whitespace)
        .rev()
        .take(WORDS_BEFORE)
        .map(str::len)
        .sum::<usize>();
    let end = after
        .split_inclusive(char::is_whitespace)
        .take(WORDS_BEHIND + 1)
        .map(str::len)
        .sum::<usize>();
    let around = story.text(report, Span::new(words.start - start, words.end + end));
    around
        .trim_end_matches(|mark: char| !mark.is_alphanumeric())
        .trim_start()
        .to_owned()
}

/// Returns true where two places, given with their points, tell of one thing as far as the kind of words asks for it.
fn is_one_thing(
    (one, own): (usize, &Use),
    (other, their): (usize, &Use),
    points: &Points,
    story: &StoryReadings<'_>,
) -> bool {
    if own.word.telling == Telling::Called {
        return true;
    }
    let clause = |point: usize, found: &Use| {
        let evidence = evidence::at(point, found.span, &points.all, story)?;
        tells_what_is_so(&evidence, points, story).then_some(evidence)
    };
    let (Some(clause), Some(their_clause)) = (clause(one, own), clause(other, their)) else {
        return false;
    };
    match own.word.telling {
        Telling::Who => own.person.is_some(),
        Telling::What | Telling::Called => {
            evidence::alike(&clause, &their_clause, &points.all) >= LEAST_ALIKE
        }
    }
}

/// Returns true for a clause that tells what is so: not "would have fired", not "did not resign".
fn tells_what_is_so(evidence: &Evidence, points: &Points, story: &StoryReadings<'_>) -> bool {
    let Some(report) = points.all.get(evidence.point).map(|point| point.report) else {
        return false;
    };
    let reading = story.readings.get(report);
    let statement = reading.and_then(|reading| reading.statements.get(evidence.statement?));
    let mut words = story.text(report, evidence.span).split_whitespace();
    evidence.status == Status::Asserted
        && statement.is_none_or(|statement| !statement.negated)
        && words.all(|word| word != "would")
}

/// Returns the person of whom words tell: whom the tree says, else who is named nearest to them in their clause.
fn person_of(
    words: Span,
    first_token: usize,
    clause: &Evidence,
    points: &Points,
    story: &StoryReadings<'_>,
    entities: &[StoryEntity],
) -> Option<usize> {
    let report = points.all.get(clause.point)?.report;
    let persons = entities.iter().enumerate();
    let persons = persons.filter(|(_, entity)| entity.kind == EntityKind::Person);
    let mentions = persons.flat_map(|(person, entity)| {
        let own = entity.mentions.iter();
        let own = own.filter(|mention| mention.report == report && mention.kind == MentionKind::Name);
        let inside = own.filter(|mention| clause.span.contains(mention.span));
        inside.map(move |mention| (mention.span, person))
    });
    let patient = patient(story.readings.get(report)?, first_token);
    let apart = |span: Span| {
        let before = words.start.saturating_sub(span.end);
        before.max(span.start.saturating_sub(words.end))
    };
    let rank = |span: Span| {
        let is_patient = patient.is_some_and(|patient| span.overlaps(patient));
        (!is_patient, apart(span), span)
    };
    let nearest = mentions.min_by_key(|(span, person)| (rank(*span), *person));
    nearest.map(|(_, person)| person)
}

/// Returns the word for the one to whom something happens: what the verb is done to, else who does it, else the noun that it
/// stands with ("the ousted minister").
fn patient(reading: &Reading, verb: usize) -> Option<Span> {
    let of = |relations: &[&str]| {
        let mut below = reading.tokens.iter().filter(|token| token.head == Some(verb));
        below.find(|token| {
            token
                .relation
                .is_some_and(|relation| relations.contains(&relation))
        })
    };
    let above = || {
        let own = reading.tokens.get(verb)?;
        let with = matches!(own.relation, Some("amod" | "acl"));
        reading.tokens.get(own.head.filter(|_| with)?)
    };
    of(&["obj", "nsubj:pass"])
        .or_else(|| of(&["nsubj"]))
        .or_else(above)
        .map(|token| token.span)
}

/// Returns true for two sentences that name somebody or something in common.
fn names_in_common(one: &Point, other: &Point) -> bool {
    one.names
        .iter()
        .any(|name| other.names.binary_search(name).is_ok())
}

/// Returns where a sentence uses words of the table in its report's own voice.
fn uses(index: usize, points: &Points, story: &StoryReadings<'_>, entities: &[StoryEntity]) -> Vec<Use> {
    let Some(point) = points.all.get(index) else {
        return Vec::new();
    };
    let report = point.report;
    let Some(reading) = story.readings.get(report) else {
        return Vec::new();
    };
    let tokens = reading
        .sentences
        .get(point.sentence)
        .map_or(0..0, |sentence| sentence.first_token..sentence.last_token);
    let mut found = Vec::new();
    for token in tokens {
        let Some(first) = reading.tokens.get(token).map(|token| token.span) else {
            continue;
        };
        let word = story.text(report, first).to_ascii_lowercase();
        let Some(rivals) = TABLE.get(first_word(&word)) else {
            continue;
        };
        let spans = rivals.iter().filter_map(|rival| {
            let span = Span::new(first.start, first.start + rival.words.len());
            is_written(report, span, rival.words, story).then_some((span, rival))
        });
        // Of "damaged" and "damaged beyond repair" the longer.
        let Some((span, rival)) = spans.max_by_key(|(span, _)| span.len()) else {
            continue;
        };
        if is_quoted(reading, span) {
            continue;
        }
        let clause = (rival.telling == Telling::Who)
            .then(|| evidence::at(index, span, &points.all, story))
            .flatten();
        found.push(Use {
            word: *rival,
            span,
            person: clause.and_then(|clause| person_of(span, token, &clause, points, story, entities)),
        });
    }
    found
}

/// Returns true where a report has these words, in letters of any case, and no more letters behind them.
fn is_written(report: usize, span: Span, words: &str, story: &StoryReadings<'_>) -> bool {
    let Some(text) = story.reports.get(report).map(|report| report.text.as_str()) else {
        return false;
    };
    let after = text.get(span.end..).and_then(|rest| rest.chars().next());
    text.get(span.start..span.end)
        .is_some_and(|written| written.eq_ignore_ascii_case(words))
        && after.is_none_or(|after| !after.is_alphanumeric())
}

/// Returns true where words stand between quotation marks: they are another's.
pub(crate) fn is_quoted(reading: &Reading, span: Span) -> bool {
    let marked = reading
        .quotes
        .iter()
        .filter(|quote| quote.kind != QuoteKind::Indirect);
    marked
        .flat_map(|quote| &quote.pieces)
        .any(|piece| piece.overlaps(span))
}

/// Returns the letters and digits with which a phrase begins: "pro" of "pro-life".
fn first_word(words: &str) -> &str {
    let end = words.find(|mark: char| !mark.is_alphanumeric());
    &words[..end.unwrap_or(words.len())]
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Report, Verdict};

    use super::*;
    use crate::test_story::ledger_of;

    fn reasons(reports: &[Report]) -> Vec<String> {
        let facts = ledger_of(reports).facts;
        facts
            .into_iter()
            .filter(|fact| fact.difference == Some(Difference::Framing))
            .map(|fact| fact.reason)
            .collect()
    }

    #[test]
    fn every_thing_has_sides_and_every_word_one_of_them() {
        let mut seen = BTreeSet::new();
        for line in RIVAL_WORDS.lines().filter(|line| !line.starts_with('#')) {
            let (telling, line) = line.split_once(": ").unwrap();
            assert!(["called", "who", "what"].contains(&telling), "{telling}");
            assert!(line.contains('|'), "{line}");
            for words in line.split(['|', ',']).map(str::trim) {
                assert_eq!(words, words.to_lowercase());
                assert!(!words.is_empty() && seen.insert(words), "{words} in {line}");
            }
        }
    }

    #[test]
    fn words_that_rule_each_other_out_are_another_framing() {
        let reports = [
            Report::new(
                "herald",
                "Finance Minister Olwen Tarrick was fired by the council of Senby on Monday over the missing ferry money.",
            ),
            Report::new(
                "post",
                "Finance Minister Olwen Tarrick stepped down from the council of Senby on Monday over the missing ferry money.",
            ),
        ];
        assert_eq!(
            reasons(&reports),
            ["other words for it: “fired” against “stepped down”"]
        );
        let facts = ledger_of(&reports).facts;
        let framing = facts
            .iter()
            .find(|fact| fact.difference == Some(Difference::Framing))
            .unwrap();
        assert_eq!(framing.verdict, Verdict::Differ);
        let values: Vec<&str> = framing.cells.iter().map(|cell| cell.value.as_str()).collect();
        assert_eq!(
            values,
            [
                "Tarrick was fired by the council of",
                "Olwen Tarrick stepped down from the council of"
            ]
        );
    }

    #[test]
    fn it_must_be_the_same_person() {
        let post = Report::new(
            "post",
            "Olwen Tarrick stepped down as finance minister on Monday after Mayor Ada Brenn of Senby had seen the ferry books.",
        );
        let fired = Report::new(
            "herald",
            "Mayor Ada Brenn of Senby fired Olwen Tarrick as finance minister on Monday, after she had seen the ferry books.",
        );
        assert_eq!(
            reasons(&[fired, post.clone()]),
            ["other words for it: “fired” against “stepped down”"]
        );
        let both = Report::new(
            "herald",
            "Mayor Ada Brenn of Senby fired Olwen Tarrick as finance minister on Monday. Captain Joss Kerrel resigned the same day.",
        );
        assert_eq!(
            reasons(&[both, post.clone()]).len(),
            1,
            "another person may resign"
        );
        let another = Report::new(
            "herald",
            "Mayor Ada Brenn of Senby fired Captain Joss Kerrel on Monday, after Finance Minister Olwen Tarrick had seen the \
             ferry books.",
        );
        assert!(reasons(&[another, post.clone()]).is_empty());
        let perhaps = Report::new(
            "herald",
            "Mayor Ada Brenn of Senby would have fired Olwen Tarrick as finance minister on Monday over the ferry books.",
        );
        assert!(reasons(&[perhaps, post]).is_empty());
    }

    #[test]
    fn what_is_quoted_or_said_both_ways_is_none() {
        let herald = Report::new(
            "herald",
            "Finance Minister Olwen Tarrick was fired by the council of Senby on Monday over the missing ferry money.",
        );
        let both = Report::new(
            "post",
            "Finance Minister Olwen Tarrick stepped down from the council of Senby on Monday over the missing ferry money. She \
             was fired, her party said.",
        );
        assert!(reasons(&[herald.clone(), both]).is_empty());
        let quoted = Report::new(
            "post",
            "“Olwen Tarrick resigned from the council of Senby on Monday over the missing ferry money,” said Finance Minister \
             Ode Lind.",
        );
        assert!(reasons(&[herald, quoted]).is_empty());
    }
}
