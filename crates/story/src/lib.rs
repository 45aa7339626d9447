//! From reports to stories.

mod bag;
mod copies;
mod frequency;
mod general_words;
mod group;
mod grouper;
mod hash;
mod look_alikes;
mod options;
mod quotation;
mod signature;
mod words;

pub use copies::copies;
pub use group::{group, group_with, one_story};
pub use grouper::Grouper;
pub use options::GroupingOptions;
pub use signature::{ReportSignature, signature};
