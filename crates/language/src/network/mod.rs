//! The network that reads: words become rows of numbers, two-way recurrent layers let each word see its sentence, and small
//! heads read off parts of speech, trees and names.
//!
//! All sums run in a fixed order, and a multiplication is fused with the addition behind it everywhere or nowhere, so that the
//! same text gives the same numbers on every machine; vector instructions change the speed alone.

// The inner loops must stand in the function that was made for the vectors of the processor, or they have none.
#![allow(clippy::inline_always)]

mod activation;
mod features;
mod file;
mod flags;
mod keys;
mod known;
mod labels;
mod matrix;
mod product;
mod recurrence;
mod rounded_product;
mod spanning;
mod tagger;
mod vectors;
mod word_pieces;

pub use activation::{add_bias, leaky_rectify, normalise_rows, sigmoid_in_place, softmax_row};
pub use features::{FeatureTable, shape_of, word_features};
pub use file::{FORMAT, Header, ModelError, ModelFile, SmallTable, write_model};
pub use flags::{FLAG_COUNT, word_flags};
pub use known::Known;
pub use labels::{SHARED_KINDS, best_labels, kind_shares, label_follows, names_of_labels};
pub use matrix::Matrix;
pub use product::{Packed, multiply_add};
pub use recurrence::{GATES, open_gates, recur, recur_in_place};
pub use rounded_product::{Rounded, RoundedRows};
pub use spanning::heads_of_tree;
pub use tagger::{Tagger, WordReading};
pub use word_pieces::WordPieces;
