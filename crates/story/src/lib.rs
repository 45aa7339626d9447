//! From reports to stories.
//!
//! Groups reports into stories, a whole set at once or a stream report by report, and finds which reports of a story are copies of others.
//!
//! ```
//! use rashomon_core::Report;
//! use rashomon_story::{copies, group, signature};
//!
//! let reports = [
//!     Report::new("a", "A ferry ran aground off Lindvik on Monday with 300 people on board. Nobody was hurt."),
//!     Report::new("b", "The ferry that ran aground off Lindvik on Monday was pulled free; 300 people were on board."),
//!     Report::new("c", "The national bank of Ostrenia left its rate at 3.5 percent and lowered its forecast."),
//! ];
//! let signatures: Vec<_> = reports.iter().map(signature).collect();
//! let stories = group(&signatures);
//! let groups: Vec<_> = stories.iter().map(|story| story.reports.clone()).collect();
//! assert_eq!(groups, [vec![0, 1], vec![2]]);
//! assert!(copies(&[&reports[0], &reports[1]]).is_empty());
//! ```
//!
//! # Concepts
//!
//! - **signature**: what grouping keeps of a report once its text is dropped: its weightiest words, names, numbers and
//!   pairs of words, its day, about a kilobyte ([`ReportSignature`]).
//! - **likeness**: the cosine of two signatures, each term weighed by how rare it is. Built-in tables of general words
//!   stand for experience until enough reports were read, so that two reports alone can be judged.
//! - **exclusion**: how far two sets of reports say what all of the one say and none of the other: names, numbers,
//!   places. It tells apart events that look alike.
//! - **copy**: a report half of whose words, or more, stand in runs of eight words that another holds too.
//!
//! # The way of the data
//!
//! 1. [`signature`] makes the signature of each report.
//! 2. [`group`] links and joins a whole set in an order of its own, so that the result does not depend on the order of
//!    the input, and then parts look-alikes; [`StoryIds`] keeps ids when a set has grown. [`explain`] says why
//!    two reports are together, or apart, and [`Similarity`] how much they tell of the same.
//! 3. [`copies`] compares the texts inside one story.
//!
//! A stream has no end: [`Grouper`] places signatures one by one, as they come, and lets old stories leave memory so that
//! they can be found again; [`CopyFinder`] finds copies by [`fingerprint`]s, when the texts are gone.

mod copies;
mod explain;
mod fingerprint;
mod frequency;
mod general_words;
mod group;
mod grouper;
mod hash;
mod ids;
mod join;
mod kind;
mod linkage;
mod look_alikes;
mod nearness;
mod neighbours;
mod options;
mod origins;
mod quotation;
mod signature;
mod similarity;
mod vector;
mod words;

pub use copies::copies;
pub use explain::{Explanation, SharedTerm, explain};
pub use fingerprint::{CopyFinder, Fingerprint, StreamCopy, fingerprint};
pub use group::{group, group_with, one_story};
pub use grouper::{ArchivedStory, Grouper, Move, Placement};
pub use ids::StoryIds;
pub use kind::{ReportKind, kind_of};
pub use options::{GroupingOptions, StreamOptions};
pub use origins::{Origins, SameOrigin, origins};
pub use signature::{ReportSignature, signature};
pub use similarity::Similarity;
