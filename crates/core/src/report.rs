//! One article of an outlet, as published.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::Span;

/// How a report's day of publication is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublishedBasis {
    /// The report's own data says so.
    Stated,
    /// It was worked out from what the story's reports say together.
    Inferred,
    /// Nothing tells.
    #[default]
    Unknown,
}

impl PublishedBasis {
    /// Returns the word for it that the JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::Unknown => "unknown",
        }
    }
}

/// When a report was published, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// The day, in the report's own zone where it states one.
    pub day: Option<Date>,
    /// The instant, where the report states a time of day with its zone.
    pub instant: Option<Timestamp>,
    /// How the day is known.
    pub basis: PublishedBasis,
    /// For an inferred day: the reason, in words for a reader.
    pub reason: Option<String>,
}

impl Published {
    /// Returns a stated day.
    pub fn stated(day: Date) -> Self {
        Self {
            day: Some(day),
            instant: None,
            basis: PublishedBasis::Stated,
            reason: None,
        }
    }
}

/// One article of an outlet, as published. Absent parts are `None` or empty, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Names the report; unique among the reports read together.
    pub id: String,
    /// The file it came from, as the user named it.
    pub path: Option<String>,
    /// Its web address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it, as printed: "Ada Brown and Carl Dunn".
    pub byline: Option<String>,
    /// When it was published.
    pub published: Published,
    /// The language of its text as an ISO 639-1 code.
    pub language: Option<String>,
    /// Agencies and outlets to whom it gives credit: "Associated Press".
    pub credits: Vec<String>,
    /// The place of its dateline: "Beijing".
    pub dateline: Option<String>,
    /// Its text, as it came. Positions everywhere refer to this text. Paragraphs are parted by line ends.
    pub text: String,
    /// Parts of the text that tell of the report itself (byline, dateline, credit, "appeared first on"), in order;
    /// they are never read as news.
    pub provenance: Vec<Span>,
}

impl Report {
    /// Returns a report that has only an id and a text.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// Returns true when `span` overlaps a part of the text that tells of the report itself.
    pub fn is_provenance(&self, span: Span) -> bool {
        self.provenance.iter().any(|part| part.overlaps(span))
    }

    /// Returns what a reader would call the report: its outlet, or else its id.
    pub fn display_name(&self) -> &str {
        self.outlet.as_deref().unwrap_or(&self.id)
    }
}
