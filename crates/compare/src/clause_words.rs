//! The words of a clause, and those of its verb.

use rashomon_core::{QuoteKind, Span, Statement, StoryReadings};

use crate::evidence::Evidence;
use crate::points::Points;
use crate::terms::Vocabulary;

/// Verbs of too many clauses to tell that two are of one thing.
const LIGHT_VERBS: [&str; 34] = [
    "be", "is", "are", "was", "were", "been", "being", "have", "has", "had", "do", "does", "did", "done",
    "make", "makes", "made", "take", "takes", "took", "get", "got", "go", "goes", "went", "gone", "come",
    "came", "say", "says", "said", "told", "will", "would",
];

/// Returns true where the verbs of two clauses are one: "are expected to be indicted", "were indicted".
pub(crate) fn have_one_verb(
    one: &Evidence,
    other: &Evidence,
    points: &Points,
    story: &StoryReadings<'_>,
    vocabulary: &mut Vocabulary,
) -> bool {
    let mut verb = |evidence: &Evidence| -> Option<u32> {
        let point = points.all.get(evidence.point)?;
        let reading = story.readings.get(point.report)?;
        let predicate = reading.statements.get(evidence.statement?)?.predicate?;
        let last = plain(story.text(point.report, predicate).split_whitespace().last()?);
        vocabulary
            .term(&last)
            .filter(|_| !LIGHT_VERBS.contains(&last.as_str()))
    };
    verb(one).is_some_and(|own| Some(own) == verb(other))
}

/// Returns a word in small letters without the marks around it.
fn plain(word: &str) -> String {
    let word = word.trim_matches(|mark: char| !mark.is_alphanumeric() && mark != '\'' && mark != '’');
    word.to_lowercase()
}

/// A clause in its words.
pub(crate) struct Clause {
    words: Vec<String>,
    verb: Vec<String>,
    /// The words of its sentence.
    pub(crate) sentence: Vec<String>,
    /// True where its sentence asks.
    pub(crate) is_asked: bool,
    /// True for "to nominate".
    is_infinitive: bool,
    /// True where its verb stands between quotation marks.
    pub(crate) is_quoted: bool,
}

impl Clause {
    /// Returns the clause of some evidence; `None` for one without a verb, which asserts nothing by itself.
    pub(crate) fn of(evidence: &Evidence, points: &Points, story: &StoryReadings<'_>) -> Option<Self> {
        let point = points.all.get(evidence.point)?;
        let reading = story.readings.get(point.report)?;
        let statement: &Statement = reading.statements.get(evidence.statement?)?;
        let verb = statement.predicate?;
        let words = |span| -> Vec<String> {
            let words = story.text(point.report, span).split_whitespace();
            words.map(plain).collect()
        };
        let sentence = story.text(point.report, point.span);
        let ends = sentence.trim_end_matches(|mark: char| !mark.is_alphanumeric() && mark != '?');
        let marked = reading
            .quotes
            .iter()
            .filter(|quote| quote.kind == QuoteKind::Direct);
        let mut pieces = marked.flat_map(|quote| &quote.pieces);
        let is_quoted = pieces.any(|piece| piece.contains(verb));
        let before = story.text(point.report, Span::new(point.span.start, verb.start));
        let is_infinitive = before.split_whitespace().last() == Some("to");
        Some(Self {
            is_quoted,
            is_infinitive,
            sentence: words(point.span),
            words: words(evidence.span),
            verb: words(verb),
            is_asked: ends.ends_with('?'),
        })
    }

    /// Returns true where one of some words stands in it.
    pub(crate) fn has_any(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&word.as_str()))
    }

    /// Returns true where the verb tells of the present or of no time: "is nominating", "wants", "challenging", "to nominate".
    pub(crate) fn is_present(&self) -> bool {
        let Some(first) = self.verb.first().map(String::as_str) else {
            return true;
        };
        match first {
            "was" | "has" | "had" | "have" | "were" | "did" => false,
            "am" | "is" | "are" | "do" | "does" | "be" | "want" | "remain" => true,
            _ => {
                let alone = self.verb.len() == 1 || self.verb.get(1).is_some_and(|next| next == "to");
                self.is_infinitive
                    || alone && (first.ends_with("ing") || first.ends_with('s') && !first.ends_with("ss"))
            }
        }
    }
}
