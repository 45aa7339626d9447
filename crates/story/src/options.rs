//! The settings of grouping.

/// The settings of grouping. The defaults were chosen on the training and development splits of several sets of news
/// reports, one setting for all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupingOptions {
    /// The score from which a report joins a story, 0 to 1. Higher: more and purer stories.
    pub join_threshold: f32,
    /// The score from which two stories become one when all reports are placed; 1 or more: never.
    pub merge_threshold: f32,
    /// How much all words count in the likeness of two reports.
    pub word_weight: f32,
    /// How much names alone count.
    pub name_weight: f32,
    /// How much pairs of words count.
    pub pair_weight: f32,
    /// How much the likeness to the whole of a story counts, beside that to its single reports.
    pub centroid_share: f32,
    /// How much the likeness to the most alike report of a story counts; the rest is the mean over its reports.
    pub best_share: f32,
    /// x
    pub name_boost: f32,
    /// x
    pub pair_boost: f32,
    /// x
    pub shrink: f32,
    /// The standard deviation, in days, of the Gaussian by which distance in time lowers a score.
    pub days: f64,
    /// x
    pub near_bonus: f32,
    /// What is left of the score of two reports that lie far apart in time. A report without a date loses nothing.
    pub far_share: f32,
    /// How many reports of experience the built-in tables of words stand for: the frequencies met in the reports
    /// themselves outweigh the tables once there are more reports than this.
    pub prior_reports: f32,
    /// How far two sets of reports must exclude each other to be two events, 0 to 1; above 1: never.
    pub split_threshold: f32,
    /// x
    pub kappa: f32,
    /// x
    pub in_core: f32,
    /// x
    pub in_other: f32,
    /// How many reports of a story are kept to compare single reports with.
    pub members_kept: usize,
    /// How many stories are compared in full with each report.
    pub candidates: usize,
}

impl Default for GroupingOptions {
    fn default() -> Self {
        Self {
            join_threshold: 0.2,
            merge_threshold: 0.25,
            word_weight: 1.0,
            name_weight: 0.0,
            pair_weight: 0.0,
            centroid_share: 0.0,
            best_share: 0.2,
            name_boost: 1.3,
            pair_boost: 0.4,
            shrink: 0.0,
            days: 2.0,
            near_bonus: 0.4,
            far_share: 0.5,
            prior_reports: 300.0,
            split_threshold: 0.25,
            kappa: 1.0,
            in_core: 0.66,
            in_other: 0.1,
            members_kept: 12,
            candidates: 24,
        }
    }
}
