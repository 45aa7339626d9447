//! Kinds of events between actors.

use crate::Span;

/// A kind of event between actors: the types of PLOVER, the ontology that event data of the news are coded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Accuses, criticises, sues, investigates.
    Accuse,
    /// Says that it will do what is asked.
    Agree,
    /// Gives aid, arms or asylum.
    Aid,
    /// Uses force.
    Assault,
    /// Arrests, bans, seizes, restricts.
    Coerce,
    /// Yields.
    Concede,
    /// Meets, talks, visits.
    Consult,
    /// Trades, extradites, shares what it knows.
    Cooperate,
    /// Raises or moves forces.
    Mobilize,
    /// Demonstrates, strikes, riots.
    Protest,
    /// Refuses.
    Reject,
    /// Asks or demands.
    Request,
    /// Releases, withdraws, lays down arms.
    Retreat,
    /// Ends or reduces ties or aid.
    Sanction,
    /// Praises, recognises, signs.
    Support,
    /// Threatens, warns.
    Threaten,
}

impl EventKind {
    /// All kinds, in the order of their names.
    pub const ALL: [Self; 16] = [
        Self::Accuse,
        Self::Agree,
        Self::Aid,
        Self::Assault,
        Self::Coerce,
        Self::Concede,
        Self::Consult,
        Self::Cooperate,
        Self::Mobilize,
        Self::Protest,
        Self::Reject,
        Self::Request,
        Self::Retreat,
        Self::Sanction,
        Self::Support,
        Self::Threaten,
    ];

    /// Returns the name that PLOVER and the JSON use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accuse => "ACCUSE",
            Self::Agree => "AGREE",
            Self::Aid => "AID",
            Self::Assault => "ASSAULT",
            Self::Coerce => "COERCE",
            Self::Concede => "CONCEDE",
            Self::Consult => "CONSULT",
            Self::Cooperate => "COOPERATE",
            Self::Mobilize => "MOBILIZE",
            Self::Protest => "PROTEST",
            Self::Reject => "REJECT",
            Self::Request => "REQUEST",
            Self::Retreat => "RETREAT",
            Self::Sanction => "SANCTION",
            Self::Support => "SUPPORT",
            Self::Threaten => "THREATEN",
        }
    }
}

/// What kind of event a statement seems to tell of: a candidate, with its evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// The kind.
    pub kind: EventKind,
    /// The words that tell it: "rejected", "held talks".
    pub evidence: Span,
    /// The entity that acts, where one is known.
    pub actor: Option<usize>,
    /// The entity that it is done to, where one is known.
    pub recipient: Option<usize>,
    /// How clearly the words stand for the statement as a whole, from 0 to 1; not a probability.
    pub score: f64,
}
