//! What a reader calls a fact: its clearest clause, behind the value where the reports agree on one.

use std::collections::BTreeSet;

use rashomon_core::{FactKind, Span, StoryReadings};

use crate::draft::{Draft, DraftCell};
use crate::points::{Point, Points};

/// A label's clause has at most so many characters.
const LABEL_LENGTH: usize = 90;
/// A clause of fewer characters tells too little.
const LEAST_LENGTH: usize = 25;
/// All clauses of at most so many characters are short.
const SHORT_LENGTH: usize = 50;

/// First words of a clause that stands in another one and says nothing without it: "which lies in the east".
const LINKING: [&str; 23] = [
    "which", "who", "whom", "whose", "that", "what", "whether", "if", "because", "although", "though",
    "while", "when", "where", "as", "and", "but", "or", "so", "to", "since", "unless", "until",
];
/// First words that point at someone or something told before.
const POINTING: [&str; 14] = [
    "he", "she", "it", "they", "his", "her", "its", "their", "this", "these", "those", "i", "we", "you",
];

/// Gives the facts of a story their labels, each another one as far as their clauses allow.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// What was said of earlier facts, and their whole labels.
    used: BTreeSet<String>,
}

impl Labels {
    /// Returns the label of the next fact: its clearest clause that names no earlier fact, or its clearest one where all do;
    /// `None` for a fact without a decisive cell.
    pub(crate) fn next(
        &mut self,
        draft: &Draft,
        points: &Points,
        story: &StoryReadings<'_>,
    ) -> Option<String> {
        let decisive = draft.cells.iter().filter(|cell| cell.decisive);
        let mut cells: Vec<(&DraftCell, &Point)> = decisive
            .filter_map(|cell| Some((cell, points.all.get(cell.evidence.point)?)))
            .collect();
        // Most facts have one cell, which is the clearest.
        if cells.len() > 1 {
            cells.sort_by_cached_key(|(cell, point)| clarity(cell, point, draft.kind, story));
        }
        let clauses = cells.iter().map(|(cell, point)| standing(cell, point, story));
        // A sentence says more than the clause that another fact is called by already.
        let sentences = cells.iter().map(|(_, point)| clause(point, point.span, story));
        let mut others: Vec<String> = Vec::new();
        for clause in clauses.chain(sentences) {
            let label = label(draft, &clause);
            if self.used.insert(key(&clause)) {
                self.used.insert(key(&label));
                return Some(label);
            }
            others.push(label);
        }
        // The same clause with another value before it is another label still.
        let other = others.iter().position(|label| self.used.insert(key(label)));
        others.into_iter().nth(other.unwrap_or_default())
    }
}

/// Labels that are the same in so many letters and digits look the same to a reader.
const SAME_LABEL: usize = 48;

/// Returns what of a label tells it from others: its first letters and digits, in small letters.
fn key(label: &str) -> String {
    let mut key = String::with_capacity(SAME_LABEL);
    let signs = label.chars().filter(|character| character.is_alphanumeric());
    for sign in signs.take(SAME_LABEL) {
        if sign.is_ascii() {
            key.push(sign.to_ascii_lowercase());
        } else {
            key.extend(sign.to_lowercase());
        }
    }
    key
}

/// How clearly a clause says what a fact is about, the clearest first: whether it is its report's title where a value needs
/// a clause, how little it says (it leans on other words, or is too short), how long, how far down, and where it stands.
type Clarity = (bool, u8, usize, usize, usize, Span);

/// Returns how clearly a cell's clause says what its fact is about.
fn clarity(cell: &DraftCell, point: &Point, kind: FactKind, story: &StoryReadings<'_>) -> Clarity {
    let clause = clause(point, cell.evidence.span, story);
    let length = clause.chars().count();
    let title = story
        .reports
        .get(point.report)
        .and_then(|report| report.title.as_deref());
    let is_title = matches!(kind, FactKind::Time | FactKind::Quantity)
        && title.is_some_and(|title| {
            let title = title.trim();
            title.starts_with(clause.as_str()) || clause.starts_with(title)
        });
    (
        is_title,
        leaning(&clause, has_actor(cell, point, story)) + 2 * u8::from(length < LEAST_LENGTH),
        length.max(SHORT_LENGTH),
        point.position,
        point.report,
        cell.evidence.span,
    )
}

/// Returns the clause of a cell, or its whole sentence where that is short and the clause does not stand alone: "will include
/// 26 leaders".
fn standing(cell: &DraftCell, point: &Point, story: &StoryReadings<'_>) -> String {
    let own = clause(point, cell.evidence.span, story);
    if leaning(&own, has_actor(cell, point, story)) == 0 {
        return own;
    }
    let sentence = clause(point, point.span, story);
    if sentence.chars().count() <= LABEL_LENGTH && leaning(&sentence, true) == 0 {
        sentence
    } else {
        own
    }
}

/// Returns true where the clause of a cell tells who acts.
fn has_actor(cell: &DraftCell, point: &Point, story: &StoryReadings<'_>) -> bool {
    let statement = cell
        .evidence
        .statement
        .and_then(|statement| story.readings.get(point.report)?.statements.get(statement));
    statement.is_some_and(|statement| {
        statement
            .actor
            .is_some_and(|actor| cell.evidence.span.contains(actor))
    })
}

/// Returns how much a clause leans on words outside it: 0 where it stands alone, 2 where it only goes on with a sentence.
fn leaning(clause: &str, has_actor: bool) -> u8 {
    let mut words = clause
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let small = first.to_lowercase();
    let begins_small = first.starts_with(char::is_lowercase);
    if begins_small && LINKING.contains(&small.as_str()) {
        2
    } else {
        // A question says nothing of what is the case.
        let asks = clause.ends_with('?') || clause.ends_with("?”") || clause.ends_with("?\"");
        u8::from(POINTING.contains(&small.as_str()) || begins_small && !has_actor || asks)
    }
}

/// Returns a clause on one line, without the signs and half pairs of quotation marks around it.
fn clause(point: &Point, span: Span, story: &StoryReadings<'_>) -> String {
    let text = story.text(point.report, span);
    let mut joined = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    let mut clause = joined.trim_matches(|character: char| ",;:—–- ".contains(character));
    for (open, close) in [('“', '”'), ('"', '"')] {
        let count = |sign| clause.matches(sign).count();
        let (opened, closed) = if open == close {
            (count(open) % 2, 0)
        } else {
            (count(open), count(close))
        };
        if opened != closed {
            clause = clause.trim_start_matches(open).trim_end_matches(close);
        }
    }
    clause.to_owned()
}

/// Returns the label that a clause makes: with the value or what is counted before it, where the kind of fact has one.
fn label(draft: &Draft, clause: &str) -> String {
    let cut = cut(clause, LABEL_LENGTH);
    let topic = draft.topic.as_deref();
    let topic = match draft.kind {
        FactKind::Quantity | FactKind::Place => topic.unwrap_or_default(),
        FactKind::Time => topic.unwrap_or("when"),
        _ => "",
    };
    if topic.is_empty() || clause.to_lowercase().starts_with(&topic.to_lowercase()) {
        cut
    } else {
        format!("{topic}: {cut}")
    }
}

/// Returns a text cut at a word after at most `length` characters, with an ellipsis where it was cut.
fn cut(text: &str, length: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(length) else {
        return text.to_owned();
    };
    let head = text.get(..end).unwrap_or_default();
    let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
    format!(
        "{}…",
        head.trim_end_matches(|character: char| ",;:—–- ".contains(character))
    )
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Fact, Published, Report, Verdict};

    use super::*;

    #[test]
    fn labels_are_cut_at_words() {
        assert_eq!(cut("the ferry sank off the coast", 14), "the ferry…");
        assert_eq!(cut("the ferry", 14), "the ferry");
    }

    #[test]
    fn a_clause_that_leans_on_others_is_no_clear_one() {
        assert_eq!(leaning("The ferry sank off Ansel", true), 0);
        assert_eq!(leaning("three ferries sank off Ansel", true), 0);
        assert_eq!(leaning("sank off the coast of Ansel", false), 1);
        assert_eq!(leaning("He owned the ferry", true), 1);
        assert_eq!(leaning("“Who owned the ferry?”", true), 1);
        assert_eq!(leaning("which lies off the coast of Ansel", true), 2);
    }

    /// Returns the facts of several reports in which they agree, from two texts of one day, a Wednesday.
    fn agreeing(one: &str, other: &str) -> Vec<Fact> {
        let report = |id: &str, text: &str| {
            let mut report = Report::new(id, text);
            report.published = Published::stated("2031-05-07".parse().unwrap());
            report
        };
        let facts = crate::test_story::ledger_of(&[report("a", one), report("b", other)]).facts;
        let agreeing = facts.into_iter().filter(|fact| fact.verdict == Verdict::Agree);
        agreeing.collect()
    }

    /// Returns the labels of the facts of a kind.
    fn labels_of(facts: &[Fact], kind: FactKind) -> Vec<&str> {
        let facts = facts.iter().filter(|fact| fact.kind == kind);
        facts.map(|fact| fact.label.as_str()).collect()
    }

    const ONE: &str = "The council of Orsel approved the new harbour on Tuesday. \
        About 4,000 people marched against the harbour of Orsel, police said.";
    const OTHER: &str = "Orsel's council approved the new harbour on Tuesday, after a debate of nine hours. \
        Some 4,000 people marched against the harbour of Orsel.";

    #[test]
    fn a_time_and_a_number_are_said_first() {
        let facts = agreeing(ONE, OTHER);
        let times = labels_of(&facts, FactKind::Time);
        assert!(
            times
                .iter()
                .all(|label| label.starts_with("Tuesday 6 May 2031: ")),
            "{times:?}"
        );
        let numbers = labels_of(&facts, FactKind::Quantity);
        assert!(
            numbers
                .iter()
                .all(|label| label.to_lowercase().contains("4,000 people")),
            "{numbers:?}"
        );
        assert!(!numbers.is_empty());
    }

    #[test]
    fn labels_that_look_the_same_are_the_same() {
        assert_eq!(key("“The ferry sank,”"), key("the ferry sank."));
        assert_ne!(key("the ferry sank"), key("the ferry sank off Ansel"));
    }

    #[test]
    fn no_two_facts_have_one_label() {
        let facts = agreeing(ONE, OTHER);
        let labels: BTreeSet<&str> = facts.iter().map(|fact| fact.label.as_str()).collect();
        assert_eq!(labels.len(), facts.len(), "{facts:#?}");
    }
}
