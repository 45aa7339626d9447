//! The models that choose: boosted decision trees, as `train quotes` writes them.

use std::sync::LazyLock;

use rashomon_trees::{BoostedTrees, FlatTrees};
use serde::Deserialize;

use super::contents::CONTENT_FEATURES;
use super::speakers::SPEAKER_FEATURES;

/// The models that are shipped; `models/quotes.md` is their card.
const QUOTES_MODEL: &str = include_str!("../../../../../models/quotes.json");

/// Trees as they are asked.
#[derive(Clone, Debug)]
pub(crate) struct Trees {
    flat: FlatTrees,
    /// What is less likely is left out.
    pub(crate) threshold: f64,
}

impl From<BoostedTrees> for Trees {
    fn from(trees: BoostedTrees) -> Self {
        Self {
            flat: trees.flat(),
            threshold: trees.threshold,
        }
    }
}

impl Trees {
    /// Returns the log odds of each of those that have these features.
    pub(crate) fn odds_of_all<Row: AsRef<[f64]>>(&self, features: &[Row]) -> Vec<f64> {
        self.flat.odds_of_all(features)
    }
}

/// Both models as the file has them.
#[derive(Deserialize)]
struct ModelsFile {
    contents: BoostedTrees,
    speakers: BoostedTrees,
}

/// Both models.
#[derive(Clone, Debug)]
pub(crate) struct Models {
    /// How likely a stretch of words is what is said.
    pub(crate) contents: Trees,
    /// How likely someone says it.
    pub(crate) speakers: Trees,
}

impl Models {
    /// Returns the models of a file's text; none where their features are not those of this program.
    ///
    /// # Errors
    ///
    /// Fails where the text is not that of such a file.
    pub(crate) fn read(text: &str) -> Result<Option<Self>, serde_json::Error> {
        let file: ModelsFile = serde_json::from_str(text)?;
        let known = file.contents.features == CONTENT_FEATURES && file.speakers.features == SPEAKER_FEATURES;
        Ok(known.then(|| Self {
            contents: file.contents.into(),
            speakers: file.speakers.into(),
        }))
    }

    /// Returns the shipped models; none where their features are not those of this program.
    pub(crate) fn shipped() -> Option<&'static Self> {
        static MODELS: LazyLock<Option<Models>> = LazyLock::new(|| Models::read(QUOTES_MODEL).ok().flatten());
        MODELS.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_models_have_the_features_of_this_program() {
        let models = Models::shipped().unwrap();
        assert!(models.speakers.threshold > 0.0 && models.speakers.threshold < 1.0);
    }
}
