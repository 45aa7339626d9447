//! How distance in time raises or lowers a likeness.

use crate::options::GroupingOptions;

/// Returns by what a likeness is multiplied when two reports or stories lie `apart` days from each other; 1 where the
/// day of one is not known.
pub(crate) fn nearness(apart: Option<f64>, options: &GroupingOptions) -> f32 {
    let Some(apart) = apart else { return 1.0 };
    let near = libm::exp(-apart * apart / (2.0 * options.days * options.days)) as f32;
    options.far_share + (1.0 + options.near_bonus - options.far_share) * near
}

/// Returns how many days lie between two spans of days; 0 where they overlap.
pub(crate) fn days_apart(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> Option<f64> {
    a.zip(b)
        .map(|((a_first, a_last), (b_first, b_last))| (a_first - b_last).max(b_first - a_last).max(0.0))
}

/// Returns the span of days that holds both.
pub(crate) fn join_days(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> Option<(f64, f64)> {
    match (a, b) {
        (Some((a_first, a_last)), Some((b_first, b_last))) => {
            Some((a_first.min(b_first), a_last.max(b_last)))
        }
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_raises_far_lowers_and_no_date_changes_nothing() {
        let options = GroupingOptions::default();
        assert!(nearness(Some(0.0), &options) > 1.3);
        assert!((nearness(Some(400.0), &options) - options.far_share).abs() < 1e-6);
        assert_eq!(nearness(None, &options), 1.0);
    }

    #[test]
    fn spans_of_days() {
        assert_eq!(days_apart(Some((1.0, 2.0)), Some((5.0, 9.0))), Some(3.0));
        assert_eq!(days_apart(Some((1.0, 6.0)), Some((5.0, 9.0))), Some(0.0));
        assert_eq!(days_apart(None, Some((5.0, 9.0))), None);
        assert_eq!(join_days(Some((1.0, 2.0)), Some((5.0, 9.0))), Some((1.0, 9.0)));
    }
}
