//! The settings of grouping.

/// The settings of grouping. The defaults were chosen on the training and development splits of several sets of news
/// reports, one setting for all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupingOptions {
    /// The likeness from which two sets of reports become one.
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
    /// How much a name or a number counts where a plain word counts 1.
    pub name_boost: f32,
    /// How much a pair of words counts where a plain word counts 1.
    pub pair_boost: f32,
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
}

impl Default for GroupingOptions {
    fn default() -> Self {
        Self {
            link_threshold: 0.1,
            leftover_share: 0.6,
            crowding: 0.2,
            neighbourhood: 0.6,
            least_neighbourhood: 0.4,
            least_inside: 0.08,
            inside: 2.5,
            doubt_of_words: 25.0,
            split_threshold: 0.035,
            name_boost: 1.3,
            pair_boost: 0.6,
            days: 2.0,
            near_bonus: 0.4,
            far_share: 0.5,
            prior_reports: 300.0,
        }
    }
}

/// How long a stream keeps reports and stories in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamOptions {
    /// A story that got no report for so many days leaves for the archive. Days are those of the stream: the median
    /// of the days of its last hundred dated reports, so that a stray date moves nothing.
    pub days_open: f64,
    /// While no more reports than this are open, none leaves: small inputs are grouped as a whole.
    pub reports_kept: usize,
    /// The most reports that are open at once. When so many are, the stories that have been longest without a report
    /// leave until a third of them are left: this bounds memory where dates do not.
    pub reports_open: usize,
    /// The most reports of one story that are open. Of a longer story the oldest stay in it for good.
    pub reports_of_story: usize,
    /// The most stories in the archive; beyond, the half that left first is forgotten.
    pub stories_archived: usize,
    /// How alike a report and an archived story must be, as a share of what joins two open ones. An archived story is
    /// known by few terms, so that a likeness to it is smaller than it was.
    pub archive_share: f32,
}

impl Default for StreamOptions {
    fn default() -> Self {
        Self {
            days_open: 14.0,
            reports_kept: 2_048,
            reports_open: 16_384,
            reports_of_story: 128,
            stories_archived: 1 << 20,
            archive_share: 0.7,
        }
    }
}
