//! The settings of grouping.

/// The settings of grouping. The defaults were chosen on the training and development splits of several sets of news
/// reports, one setting for all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupingOptions {
    /// The score from which a report joins a story, 0 to 1. Higher: more and purer stories.
    pub join_threshold: f32,
    /// The likeness from which two sets of reports become one when a whole set of reports is grouped.
    pub link_threshold: f32,
    /// The share of the needed likeness at which a few reports that were left over still join a larger story, where
    /// no other comes near.
    pub leftover_share: f32,
    /// How much more likeness is needed for each e-fold of stories of one time beyond some hundreds: among many events
    /// two are alike by chance.
    pub crowding: f32,
    /// How much the neighbourhood of a report counts for what a likeness means, 0 to 1.
    pub neighbourhood: f32,
    /// The least measure of a neighbourhood.
    pub least_neighbourhood: f32,
    /// How far the likeness of two large sets of short reports is divided by the likeness inside them.
    pub inside: f32,
    /// A likeness inside a set counts as at least so much, so that a set that has grown beyond one event does not draw in
    /// all others.
    pub least_inside: f32,
    /// So many words in a report double the likeness that is needed: what two short reports share may be chance.
    pub doubt_of_words: f32,
    /// The score from which two stories become one when all reports are placed; 1 or more: never.
    pub merge_threshold: f32,
    /// How much a name or a number counts where a plain word counts 1.
    pub name_boost: f32,
    /// How much a pair of words counts where a plain word counts 1.
    pub pair_boost: f32,
    /// How much the likeness to the most alike report of a story counts; the rest is the mean over its reports, which
    /// keeps chains of reports, each a little like the next, from becoming one story.
    pub best_share: f32,
    /// The standard deviation, in days, of the Gaussian by which distance in time lowers a score.
    pub days: f64,
    /// What is added to the score, as a share of it, of two reports of one moment; it fades with distance in time.
    pub near_bonus: f32,
    /// What is left of the score of two reports that lie far apart in time. A report without a date loses nothing.
    pub far_share: f32,
    /// How many reports of experience the built-in tables of words stand for: the frequencies met in the reports
    /// themselves outweigh the tables once there are more reports than this.
    pub prior_reports: f32,
    /// How far two sets of reports must exclude each other to be two events, 0 to 1; above 1: never.
    pub split_threshold: f32,
    /// How many reports of a story are kept to compare single reports with.
    pub members_kept: usize,
    /// How many stories are compared in full with each report.
    pub candidates: usize,
}

impl Default for GroupingOptions {
    fn default() -> Self {
        Self {
            join_threshold: 0.18,
            link_threshold: 0.1,
            leftover_share: 0.6,
            crowding: 0.2,
            neighbourhood: 0.6,
            least_neighbourhood: 0.4,
            least_inside: 0.08,
            inside: 2.5,
            doubt_of_words: 25.0,
            merge_threshold: 0.2,
            split_threshold: 0.03,
            name_boost: 1.3,
            pair_boost: 0.6,
            best_share: 0.2,
            days: 2.0,
            near_bonus: 0.4,
            far_share: 0.5,
            prior_reports: 300.0,
            members_kept: 12,
            candidates: 24,
        }
    }
}
