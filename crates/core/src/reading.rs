//! What was understood in one report.

use crate::event::Event;
use crate::{LabelledNumber, Span, TimeExpression, TimeValue};

/// What was understood in one report. Every list is in the order of the text; numbers that point from one list into
/// another (a `usize` field named for the list) are positions in that list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The sentences, headings and lines of provenance.
    pub sentences: Vec<Sentence>,
    /// The words and marks.
    pub tokens: Vec<Token>,
    /// Those who are named, each with all its mentions.
    pub entities: Vec<Entity>,
    /// What is quoted.
    pub quotes: Vec<Quote>,
    /// Numbers and amounts.
    pub quantities: Vec<Quantity>,
    /// The numbers that count and measure nothing, as far as they are of a known kind.
    pub numbers: Vec<LabelledNumber>,
    /// Points and stretches of time.
    pub times: Vec<TimeMention>,
    /// Places.
    pub places: Vec<Place>,
    /// Clauses that say something.
    pub statements: Vec<Statement>,
}

/// What a sentence is to its report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum SentenceKind {
    /// News.
    #[default]
    Text,
    /// A line above a part of the text: "What To Know".
    Heading,
    /// It tells of the report itself: a byline, a credit.
    Provenance,
}

/// A sentence, or a line that stands alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without white space at its ends.
    pub span: Span,
    /// What it is.
    pub kind: SentenceKind,
    /// The paragraph it belongs to, from 0.
    pub paragraph: usize,
    /// Its first token.
    pub first_token: usize,
    /// The token after its last one.
    pub last_token: usize,
}

/// A part of speech of Universal Dependencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartOfSpeech {
    /// Adjective.
    Adj,
    /// Preposition.
    Adp,
    /// Adverb.
    Adv,
    /// Auxiliary.
    Aux,
    /// Coordinating conjunction.
    Cconj,
    /// Determiner.
    Det,
    /// Interjection.
    Intj,
    /// Noun.
    Noun,
    /// Number.
    Num,
    /// Particle.
    Part,
    /// Pronoun.
    Pron,
    /// Proper noun.
    Propn,
    /// Punctuation.
    Punct,
    /// Subordinating conjunction.
    Sconj,
    /// Symbol.
    Sym,
    /// Verb.
    Verb,
    /// Other.
    X,
}

impl PartOfSpeech {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// Returns the tag as Universal Dependencies writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Adj => "ADJ",
            Self::Adp => "ADP",
            Self::Adv => "ADV",
            Self::Aux => "AUX",
            Self::Cconj => "CCONJ",
            Self::Det => "DET",
            Self::Intj => "INTJ",
            Self::Noun => "NOUN",
            Self::Num => "NUM",
            Self::Part => "PART",
            Self::Pron => "PRON",
            Self::Propn => "PROPN",
            Self::Punct => "PUNCT",
            Self::Sconj => "SCONJ",
            Self::Sym => "SYM",
            Self::Verb => "VERB",
            Self::X => "X",
        }
    }
}

/// A word or a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its part of speech, where it is known.
    pub tag: Option<PartOfSpeech>,
    /// The token it depends on; `None` for the root of a sentence and where no tree was made.
    pub head: Option<usize>,
    /// Its relation to its head, by the name Universal Dependencies gives it.
    pub relation: Option<&'static str>,
}

/// What kind of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person.
    Person,
    /// A group with a name: a state body, a firm, a party, an outlet.
    Organisation,
    /// A place, a country or its people.
    Place,
    /// Anything else with a name: an event, a law, a ship, a work.
    Other,
}

impl EntityKind {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Other => "other",
        }
    }
}

/// How a mention points at its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// By name: "Kim Jong Un", "Kim".
    Name,
    /// By what it is: "the North Korean leader".
    Description,
    /// By a pronoun: "he".
    Pronoun,
}

/// One place where an entity is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// The sentence it stands in.
    pub sentence: usize,
    /// How it points.
    pub kind: MentionKind,
}

/// Someone or something named in a report, with all mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name the report gives it.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// Other names the report introduces for it: "KCNA".
    pub aliases: Vec<String>,
    /// What the report says it is: "North Korean leader", each as written.
    pub descriptions: Vec<String>,
    /// Where it is meant, in order.
    pub mentions: Vec<Mention>,
}

/// What kind of source stands behind a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// A named person.
    Person,
    /// A state, a ministry, the police, an army, or someone who speaks for one.
    Official,
    /// A news agency.
    Agency,
    /// Another outlet: a newspaper, a broadcaster, "state media".
    Outlet,
    /// A paper: a statement, a study, a court filing.
    Document,
    /// Someone who was there.
    Witness,
    /// Someone who knows the field: "analysts", "experts".
    Expert,
    /// Someone who is kept unnamed, or only hinted at: "reportedly", "sources".
    Unnamed,
}

impl SourceKind {
    /// Returns the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Official => "official",
            Self::Agency => "agency",
            Self::Outlet => "outlet",
            Self::Document => "document",
            Self::Witness => "witness",
            Self::Expert => "expert",
            Self::Unnamed => "unnamed",
        }
    }
}

/// On whose word something is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where the report names the source.
    pub span: Span,
    /// The source's best name: for a pronoun or a short form, the full name of whom it means.
    pub name: String,
    /// The entity it is, where it is one.
    pub entity: Option<usize>,
    /// What kind of source it is.
    pub kind: SourceKind,
}

/// How a quote repeats what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// Word for word, in quotation marks.
    Direct,
    /// In the report's own words.
    Indirect,
    /// A few words in quotation marks inside the report's own sentence.
    Mixed,
}

impl QuoteKind {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

/// What someone is said to have said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// From the first to the last character of its content; quotation marks belong to it.
    pub span: Span,
    /// The pieces of its content, where the report's own words stand between them; one piece otherwise.
    pub pieces: Vec<Span>,
    /// The sentence in which it begins.
    pub sentence: usize,
    /// How it repeats what was said.
    pub kind: QuoteKind,
    /// Who said it.
    pub speaker: Option<Source>,
    /// Through whom it came: the agency that quotes the speaker.
    pub via: Option<Source>,
    /// The words that tell of the saying: "said", "according to".
    pub cue: Option<Span>,
}

/// How the true number stands to the one that is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuantityRelation {
    /// "26 leaders"
    #[default]
    Equal,
    /// "approximately 15,000", "dozens"
    About,
    /// "up to 15,000"
    AtMost,
    /// "at least five", "more than 300"
    AtLeast,
    /// "1,000-1,200", "between 3 and 5"
    Range,
}

impl QuantityRelation {
    /// Returns the sign for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::About => "~",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Range => "range",
        }
    }
}

/// Whether a number is said to have gone up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trend {
    /// "rose 3 percent"
    Up,
    /// "fell by 200"
    Down,
}

impl Trend {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// A number or an amount, as an interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Where it stands, with its bound and the thing counted: "up to 15,000 troops".
    pub span: Span,
    /// The sentence it stands in.
    pub sentence: usize,
    /// The least it can be; `None` for no lower bound. One number has `low` = `high`.
    pub low: Option<f64>,
    /// The most it can be; `None` for no upper bound.
    pub high: Option<f64>,
    /// How the number is bounded.
    pub relation: QuantityRelation,
    /// A unit of measure: "percent", "$", "km".
    pub unit: Option<String>,
    /// The thing counted, as written: "military construction workers".
    pub counted: Option<String>,
    /// Where the thing counted stands.
    pub counted_span: Option<Span>,
    /// Whether it is said to have gone up or down.
    pub trend: Option<Trend>,
    /// On whose word it rests, where the sentence says so.
    pub attributed_to: Option<Source>,
}

/// A point or a stretch of time, where the text names it.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    /// Where it stands.
    pub span: Span,
    /// The sentence it stands in.
    pub sentence: usize,
    /// What the words say, before a reference day makes a value of it.
    pub expression: TimeExpression,
    /// The value; `None` until a reference day is known where one is needed.
    pub value: Option<TimeValue>,
}

/// A place, where the text names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Where it stands.
    pub span: Span,
    /// The sentence it stands in.
    pub sentence: usize,
    /// Its usual name.
    pub name: String,
    /// Its country as an ISO 3166 code of two letters.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Its number in GeoNames.
    pub geonames: Option<u32>,
}

/// How surely something is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It is, or was, so.
    #[default]
    Asserted,
    /// It will be so: "is set to", "is expected to".
    Expected,
    /// It may be so.
    Possible,
    /// Someone says that it is not so.
    Denied,
    /// Nobody has confirmed it.
    Unconfirmed,
}

impl Status {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Expected => "expected",
            Self::Possible => "possible",
            Self::Denied => "denied",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

/// A clause that says something: who does what to whom, when, where, how many, on whose word, how certain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// The sentence it stands in.
    pub sentence: usize,
    /// The clause, inside its sentence.
    pub span: Span,
    /// The words of the action: "may stand".
    pub predicate: Option<Span>,
    /// Who acts.
    pub actor: Option<Span>,
    /// What it is done to, and the rest of the clause.
    pub object: Option<Span>,
    /// True where the clause is negated: "did not attend".
    pub negated: bool,
    /// On whose word it rests; `None` in the report's own voice.
    pub attribution: Option<Source>,
    /// Through whom that word came.
    pub via: Option<Source>,
    /// How surely it is said.
    pub status: Status,
    /// Its entities.
    pub entities: Vec<usize>,
    /// Its quantities.
    pub quantities: Vec<usize>,
    /// Its times.
    pub times: Vec<usize>,
    /// Its places.
    pub places: Vec<usize>,
    /// The quotes it holds or belongs to.
    pub quotes: Vec<usize>,
    /// What kind of event it seems to tell of.
    pub event: Option<Event>,
}
