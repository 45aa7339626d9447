//! What is worked out over a ledger: how a value changed, how well a fact is supported, and what became of what was
//! expected.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Span, Status};

/// Why a value changed from one report to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Later reports give a newer value, as a toll that rises.
    Superseded,
    /// An earlier value is taken back.
    Corrected,
    /// Two values stand against each other at the end.
    Disputed,
}

impl Change {
    /// Returns the word for it that the JSON uses.
    ///
    /// ```
    /// assert_eq!(rashomon_core::Change::Superseded.as_str(), "superseded");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::Corrected => "corrected",
            Self::Disputed => "disputed",
        }
    }
}

/// One value of a history, with those who report it.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryStep {
    /// The value as its first report gives it: "≥5 people".
    pub value: String,
    /// Its number, the bound where there is only one.
    pub number: f64,
    /// The day of the first report that gives it.
    pub day: Date,
    /// The instant of that report, where it states one.
    pub instant: Option<Timestamp>,
    /// The cells that give it, as positions in the fact's cells; who reported it first stands first.
    pub cells: Vec<usize>,
}

/// The values of a fact in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// What kind of change it is.
    pub change: Change,
    /// The values, the earliest first; always two or more.
    pub steps: Vec<HistoryStep>,
    /// The reports (positions in the story) that still give an earlier value when a newer one was out.
    pub never_updated: Vec<usize>,
}

/// How reliable a source is, by the user's register: the letter of the Admiralty scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceGrade {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged: what no register grades.
    #[default]
    F,
}

impl SourceGrade {
    /// Returns its letter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
        }
    }

    /// Returns the grade of a letter, large or small.
    ///
    /// ```
    /// use rashomon_core::SourceGrade;
    ///
    /// assert_eq!(SourceGrade::of("b"), Some(SourceGrade::B));
    /// assert_eq!(SourceGrade::of("G"), None);
    /// ```
    pub fn of(letter: &str) -> Option<Self> {
        [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F]
            .into_iter()
            .find(|grade| grade.as_str().eq_ignore_ascii_case(letter))
    }

    /// Returns how much the word of such a source weighs against another's: more is more. What is not known weighs less
    /// than what is fairly reliable and more than what is not usually reliable.
    pub fn weight(self) -> u8 {
        match self {
            Self::A => 5,
            Self::B => 4,
            Self::C => 3,
            Self::F => 2,
            Self::D => 1,
            Self::E => 0,
        }
    }
}

/// The rule that gives a piece of information its number of the Admiralty scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credibility {
    /// 1: two or more independent origins, and no live contradiction.
    Confirmed,
    /// 2: one origin, which other origins confirm in other facts of the story.
    Consistent,
    /// 2: an earlier bound that later values keep to.
    StillFits,
    /// 3: one origin, and nothing to compare it with.
    Alone,
    /// 4: contradicted by an origin of at least equal grade.
    Contradicted,
    /// 5: contradicted by several origins, more than stand behind it.
    ContradictedBySeveral,
    /// 5: replaced by what later reports say.
    Replaced,
    /// 6: nobody says that it is so: it is expected, possible or unconfirmed.
    #[default]
    NotJudged,
}

impl Credibility {
    /// Returns the number, 1 to 6.
    ///
    /// ```
    /// assert_eq!(rashomon_core::Credibility::Confirmed.number(), 1);
    /// ```
    pub fn number(self) -> u8 {
        match self {
            Self::Confirmed => 1,
            Self::Consistent | Self::StillFits => 2,
            Self::Alone => 3,
            Self::Contradicted => 4,
            Self::ContradictedBySeveral | Self::Replaced => 5,
            Self::NotJudged => 6,
        }
    }

    /// Returns the rule in words for a reader.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Confirmed => "two or more independent origins, and none contradicts",
            Self::Consistent => "one origin, which others confirm in other facts",
            Self::StillFits => "an earlier bound that later values keep to",
            Self::Alone => "one origin, and nothing to compare it with",
            Self::Contradicted => "contradicted by an origin of at least equal grade",
            Self::ContradictedBySeveral => "contradicted by more origins than stand behind it",
            Self::Replaced => "replaced by what later reports say",
            Self::NotJudged => "nobody says that it is so: it is expected, possible or unconfirmed",
        }
    }
}

impl fmt::Display for Credibility {
    /// Writes the number and the rule: "2: one origin, which others confirm in other facts".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.number(), self.rule())
    }
}

/// What became of an expectation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// A later report says that it came so.
    Met,
    /// A later report says that it did not come so, or not then.
    NotMet,
    /// No later report of the story says.
    #[default]
    Open,
}

impl Outcome {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Open => "open",
        }
    }
}

/// A clause of a sentence of one of the story's reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseCite {
    /// The report, as a position in the story's reports.
    pub report: usize,
    /// The sentence of the report's reading.
    pub sentence: usize,
    /// Where the sentence stands.
    pub span: Span,
    /// The clause: inside `span`.
    pub evidence: Span,
}

/// A statement about what will happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Names the expectation inside its story: "x1".
    pub id: String,
    /// Where it is said: the report that said it first stands first.
    pub cites: Vec<ClauseCite>,
    /// How surely.
    pub status: Status,
    /// On whose word; `None` in the report's own voice.
    pub attributed_to: Option<String>,
    /// The first and the last day on which it is to be so; `None` where no day is known.
    pub days: Option<(Date, Date)>,
    /// The same as a TIMEX3 value.
    pub when: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// The clause of a later report that settles it.
    pub settled_by: Option<ClauseCite>,
}
