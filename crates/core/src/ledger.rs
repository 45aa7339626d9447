//! All facts of a story.

use crate::{
    Credibility, EntityKind, Expectation, History, MentionKind, Published, SourceGrade, Span, Status,
};

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// How many.
    Quantity,
    /// When.
    Time,
    /// Where.
    Place,
    /// Who takes part.
    Participant,
    /// What happened.
    Event,
    /// Whether it is so.
    Status,
    /// What is the case.
    Statement,
    /// What was said, word for word.
    Quote,
}

impl FactKind {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Time => "time",
            Self::Place => "place",
            Self::Participant => "participant",
            Self::Event => "event",
            Self::Status => "status",
            Self::Statement => "statement",
            Self::Quote => "quote",
        }
    }
}

/// How a fact's reports stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// What they say fits together.
    Agree,
    /// What they say does not fit together.
    Differ,
    /// Only one report speaks of it.
    Single,
}

impl Verdict {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Differ => "differ",
            Self::Single => "single",
        }
    }
}

/// In what a fact's reports differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// A number, bound, time, place, name or the wording of a quote.
    Value,
    /// One says that it is so, another that it may be, is expected or is denied.
    Certainty,
    /// The same point is characterised in another way.
    Framing,
    /// The same claim rests on different sources.
    Attribution,
}

impl Difference {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Certainty => "certainty",
            Self::Framing => "framing",
            Self::Attribution => "attribution",
        }
    }
}

/// What one report says of a fact, in one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The report, as a position in the story's reports.
    pub report: usize,
    /// The sentence of the report's reading.
    pub sentence: usize,
    /// Where the sentence stands in the report's text.
    pub span: Span,
    /// The part of it that speaks of the fact: inside `span`.
    pub evidence: Span,
    /// What it says, in a few words of the report or as a normal form of them: "~15,000 troops", "2025-09-03".
    pub value: String,
    /// On whose word; `None` in the report's own voice.
    pub attributed_to: Option<String>,
    /// How surely.
    pub status: Status,
    /// Where the statement first comes from, as far as the text tells: cells of one origin have the same text here.
    pub origin: String,
    /// How reliable the origin is, by the user's register.
    pub grade: SourceGrade,
    /// How well what the cell says is supported.
    pub credibility: Credibility,
    /// Whether the verdict rests on it; false for a clause that speaks of the point and takes no side in the difference.
    pub decisive: bool,
}

/// One point that a story's reports speak of.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Names the fact inside its story: "f1".
    pub id: String,
    /// Names the point for a reader, in words of the reports.
    pub label: String,
    /// What it is about.
    pub kind: FactKind,
    /// How the reports stand to each other.
    pub verdict: Verdict,
    /// In what they differ; `None` unless they do.
    pub difference: Option<Difference>,
    /// Why the verdict is what it is, in words for a reader.
    pub reason: String,
    /// How many independent origins stand behind it.
    pub origins: usize,
    /// How many outlets print it; a report without an outlet counts as one of its own.
    pub outlets: usize,
    /// How well what stands at the end is supported.
    pub credibility: Credibility,
    /// The values in the order of time, where reports of different times give different ones.
    pub history: Option<History>,
    /// How much it matters to its story: more is more. Comparable only inside a story.
    pub weight: f64,
    /// What the reports say, in the order of the story's reports and then of the text.
    pub cells: Vec<Cell>,
}

/// A mention of an entity in one of the story's reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryMention {
    /// The report, as a position in the story's reports.
    pub report: usize,
    /// Where it stands.
    pub span: Span,
    /// How it points.
    pub kind: MentionKind,
}

/// Someone or something named in a story, across its reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryEntity {
    /// Names the entity inside its story: "e1".
    pub id: String,
    /// The fullest name that the reports give it.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// Where it is meant.
    pub mentions: Vec<StoryMention>,
}

/// All facts of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// The facts, weightiest first.
    pub facts: Vec<Fact>,
    /// The entities, most mentioned first.
    pub entities: Vec<StoryEntity>,
    /// For each report and each entity of its reading, the position of the story's entity in `entities`.
    pub entity_of: Vec<Vec<usize>>,
    /// For each report, when it was published, with what could be inferred.
    pub published: Vec<Published>,
    /// For each report, how reliable its outlet is, by the user's register.
    pub grades: Vec<SourceGrade>,
    /// What is said of the time to come, in the order of its dates; what has none stands last.
    pub expectations: Vec<Expectation>,
}
