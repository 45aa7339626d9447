//! From a ledger to a brief, and its renderers.

mod compose;
mod pipeline;

pub use compose::{ComposeOptions, compose};
pub use pipeline::{PipelineOptions, brief_of, stories_of};
