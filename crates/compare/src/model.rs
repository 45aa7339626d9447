//! The model of alignment: how likely two sentences speak of one point.

use std::sync::LazyLock;

use rashomon_trees::{BoostedTrees, FlatTrees};

use crate::features::{FEATURE_NAMES, Features};

/// The model that is shipped; `models/alignment.md` is its card.
const ALIGNMENT_MODEL: &str = include_str!("../../../models/alignment.json");

/// Returns for each pair with these features how likely it speaks of one point, 0 to 1.
pub(crate) fn probabilities(trees: &FlatTrees, features: &[Features]) -> impl Iterator<Item = f64> {
    let odds = trees.odds_of_all(features);
    odds.into_iter().map(|odds| 1.0 / (1.0 + libm::exp(-odds)))
}

/// Returns the shipped model, or one that joins nothing where its features are not those of this program.
pub(crate) fn shipped() -> &'static BoostedTrees {
    static MODEL: LazyLock<BoostedTrees> = LazyLock::new(|| {
        let model: BoostedTrees = serde_json::from_str(ALIGNMENT_MODEL).unwrap_or_default();
        if model.features == FEATURE_NAMES {
            model
        } else {
            BoostedTrees {
                threshold: 2.0,
                ..BoostedTrees::default()
            }
        }
    });
    &MODEL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_has_the_features_of_this_program() {
        let model: BoostedTrees = serde_json::from_str(ALIGNMENT_MODEL).unwrap();
        assert_eq!(model.features, FEATURE_NAMES);
        assert!(model.trees.len() > 10 && model.threshold > 0.0 && model.threshold < 1.0);
    }
}
