//! From a ledger to a brief, and its renderers.

mod compose;

pub use compose::{ComposeOptions, compose};
