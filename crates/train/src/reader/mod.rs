//! The network that reads: parts of speech, trees and names from treebanks and corpora of names.

mod augmentation;
mod coreference;
mod evaluation;
mod export;
mod layers;
mod learning;
mod lexicon;
mod names;
mod network;
mod parameters;
mod paths;
mod random;
mod training;
mod treebank;

pub(crate) use training::train;
pub(crate) use treebank::{TreeWord, treebank};
