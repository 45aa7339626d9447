//! Reports come one by one, and each is placed at once.
//!
//! The likeness is that of [`group`](crate::group): average linkage over sums of vectors, scaled by neighbourhoods. Three
//! things are different, so that a report costs the same however many came before it:
//!
//! - a report is compared with the stories of its nearest reports, found in an index of the open ones (`mod.rs`);
//! - from time to time the open reports of all stories that got new ones are linked again as a whole set, which merges
//!   and cuts stories (`settling.rs`);
//! - stories that get no more reports leave (`leaving.rs`) for an archive of a few terms each, and come back when a late
//!   report fits (`archive.rs`).

mod archive;
mod leaving;
mod settling;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashMap;

use self::archive::Archive;
pub use self::archive::ArchivedStory;
use crate::frequency::ReportFrequencies;
use crate::group::{FEWEST_WORDS, story_id};
use crate::ids::StoryIds;
use crate::kind::ReportKind;
use crate::linkage::{AHEAD, Item, Set, TIMES_AS_LARGE, likeness_of, measure, needed};
use crate::neighbours::{Effort, NeighbourIndex};
use crate::options::{GroupingOptions, StreamOptions};
use crate::signature::ReportSignature;
use crate::vector::{SpreadVector, TermVector};

/// How much of the index one report may read. Reading three times as much changed nothing that can be measured.
const EFFORT: Effort = Effort {
    terms_entered: 40,
    entries_read: 800,
    entries_of_term: 100,
    compared: 16,
    linked: 12,
};
/// Frequencies are halved when they tell of so many reports.
const REPORTS_COUNTED: f32 = 65_536.0;
/// The clock of the stream is the median of so many days.
const DAYS_OF_CLOCK: usize = 101;
/// So many of the stories near a report are looked at when its own has grown and may become one with another.
const STORIES_TO_MERGE: usize = 4;
/// Of those, the ones to which the report has at least this share of the likeness that is needed.
const SHARE_TO_MERGE: f32 = 0.5;
/// Fewer new reports than this do not make the grouper settle.
const FEWEST_TO_SETTLE: usize = 64;
/// While fewer reports are open than the most divided by this, it settles when as many have come as were open.
const FEW_OF_OPEN: usize = 4;
/// Afterwards it settles when so many times as many have come as were open.
const TIMES_WHEN_MANY: usize = 2;

/// Where a report was placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// The id of its story.
    pub story: String,
    /// The story had left for the archive and came back.
    pub reopened: bool,
    /// Reports that were placed before and are now in another story, in the order in which they came.
    pub moves: Vec<Move>,
}

/// A report that is now in another story. Reports whose whole story was merged into another are not told one by one:
/// [`Grouper::current`] says where its id leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The id of the report.
    pub report: String,
    /// The id of the story that it is now in.
    pub story: String,
}

/// A report whose story may still change.
#[derive(Clone, Debug)]
struct OpenReport {
    signature: ReportSignature,
    /// The day of the signature, where comparing finds it without going further.
    day: Option<f64>,
    vector: TermVector,
    /// The nearest reports before it, by position, with the likeness that they had when it came.
    links: Vec<(u32, f32)>,
    /// Ids of further reports of the very same words.
    repeats: Vec<Box<str>>,
    /// Its story, by position.
    story: u32,
    /// The clock when it or the last of its repeats came.
    clock: Option<f64>,
    /// Counts the reports: when it or the last of its repeats came.
    number: u64,
}

/// A story that may still grow.
#[derive(Clone, Debug, Default)]
struct OpenStory {
    id: String,
    set: Set,
    /// How many reports it has that are open no more.
    earlier: u32,
    merged_into: Option<u32>,
}

/// Groups the reports of a stream into stories.
///
/// A report is placed at once, at a bounded cost. What is open is settled whenever as many reports have come as were
/// open before, or twice as many, once many are open: stories are then merged and cut as [`group`](crate::group) would group the open reports, and those that got
/// no report for a while leave ([`StreamOptions`]). Ids stay ([`StoryIds`]).
///
/// Memory is a few kilobytes an open report, whose number is bounded, and about 400 bytes an archived story; of
/// a report that left nothing stays but its part in its story. Who needs to know the story of every report keeps what
/// [`Grouper::add`] says.
#[derive(Clone, Debug)]
pub struct Grouper {
    options: GroupingOptions,
    stream: StreamOptions,
    frequencies: ReportFrequencies,
    index: NeighbourIndex,
    /// The set that is compared with others.
    spread: SpreadVector,
    reports: Vec<OpenReport>,
    stories: Vec<OpenStory>,
    /// The position of each open story, by id.
    open: BTreeMap<String, u32>,
    /// The first open report of each content.
    first_of: FxHashMap<u64, u32>,
    archive: Archive,
    ids: StoryIds,
    days: VecDeque<f64>,
    clock: Option<f64>,
    added: u64,
    /// How many reports came since it settled.
    unsettled: usize,
    /// How many of the open reports were there when it settled.
    settled: usize,
    /// The share of the open stories that are of one time.
    at_one_time: f32,
}

/// Returns true for a report that tells of no one event, or says too little to tell of which.
fn joins_no_story(signature: &ReportSignature) -> bool {
    signature.kind() == ReportKind::RoundUp || signature.number_of_words() < FEWEST_WORDS
}

impl Grouper {
    /// Returns a grouper without reports.
    pub fn new(options: GroupingOptions, stream: StreamOptions) -> Self {
        Self {
            frequencies: ReportFrequencies::new(options.prior_reports),
            options,
            archive: Archive::new(stream.stories_archived),
            stream,
            index: NeighbourIndex::new(EFFORT),
            spread: SpreadVector::default(),
            reports: Vec::new(),
            stories: Vec::new(),
            open: BTreeMap::new(),
            first_of: FxHashMap::default(),
            ids: StoryIds::new(),
            days: VecDeque::new(),
            clock: None,
            added: 0,
            unsettled: 0,
            settled: 0,
            at_one_time: 1.0,
        }
    }

    /// Places a report. Ids of reports should be unique among those that are open.
    pub fn add(&mut self, signature: &ReportSignature) -> Placement {
        self.added += 1;
        self.unsettled += 1;
        self.tick(signature.day());
        self.frequencies.learn(signature);
        if self.frequencies.reports() >= REPORTS_COUNTED {
            self.frequencies.age();
        }
        let (story, reopened) = self.place(signature);
        let mut placement = Placement {
            story: self
                .stories
                .get(story as usize)
                .map(|story| story.id.clone())
                .unwrap_or_default(),
            reopened,
            moves: Vec::new(),
        };
        let times = if self.settled < self.stream.reports_open / FEW_OF_OPEN {
            1
        } else {
            TIMES_WHEN_MANY
        };
        let due = FEWEST_TO_SETTLE.max(self.settled * times);
        if self.unsettled >= due || self.reports.len() >= self.stream.reports_open.max(2) {
            placement.moves = self.settle();
            let own = placement
                .moves
                .iter()
                .rfind(|moved| moved.report == signature.id());
            placement.story = match own {
                Some(moved) => moved.story.clone(),
                None => self.ids.current(&placement.story).to_owned(),
            };
        }
        placement
    }

    /// Returns the id that a story goes by now: its own, or that of the story it was merged into.
    pub fn current<'ids>(&'ids self, id: &'ids str) -> &'ids str {
        self.ids.current(id)
    }

    /// Returns how many reports may still change their story; those of the very same words count once.
    pub fn open_reports(&self) -> usize {
        self.reports.len()
    }

    /// Returns how many stories may still grow.
    pub fn open_stories(&self) -> usize {
        self.open.len()
    }

    /// Returns the stories that have left, in the order in which they did.
    pub fn archived(&self) -> impl Iterator<Item = &ArchivedStory> {
        self.archive.stories()
    }

    /// Returns how much memory the archive takes in bytes, with what finds its stories.
    pub fn archive_size(&self) -> usize {
        self.archive.size()
    }

    /// Puts back a story that left an earlier run. The last ones to leave go last.
    pub fn archive(&mut self, story: ArchivedStory) {
        self.archive.enter(story);
    }

    /// Sets the clock by the day of a report.
    fn tick(&mut self, day: Option<f64>) {
        let Some(day) = day else { return };
        if self.days.len() == DAYS_OF_CLOCK {
            self.days.pop_front();
        }
        self.days.push_back(day);
        let mut days: Vec<f64> = self.days.iter().copied().collect();
        let middle = days.len() / 2;
        let (_, median, _) = days.select_nth_unstable_by(middle, f64::total_cmp);
        self.clock = Some(*median);
    }

    /// Places a report whose words are learnt; returns the position of its story, and whether that was archived.
    fn place(&mut self, signature: &ReportSignature) -> (u32, bool) {
        let closed = joins_no_story(signature);
        let repeats = signature.kind() != ReportKind::RoundUp && signature.number_of_terms() > 0;
        if repeats && let Some(story) = self.repeat(signature) {
            return (story, false);
        }
        let position = self.reports.len() as u32;
        if repeats {
            self.first_of.insert(signature.content(), position);
        }
        let vector = if closed {
            TermVector::default()
        } else {
            TermVector::of(signature, &self.frequencies, &self.options)
        };
        let mut report = OpenReport {
            day: signature.day(),
            signature: signature.clone(),
            vector: TermVector::default(),
            links: Vec::new(),
            repeats: Vec::new(),
            story: 0,
            clock: self.clock,
            number: self.added,
        };
        let (mut reopened, mut found) = (false, None);
        let mut near = Vec::new();
        let mut ranked = Vec::new();
        let mut best_likenesses = Vec::new();
        if !closed {
            let reports = &self.reports;
            let known = |report: u32| {
                let report = reports.get(report as usize)?;
                Some((&report.vector, report.day))
            };
            let found = self.index.nearest(&vector, signature.day(), known, &self.options);
            report.links = found.iter().map(|near| (near.report, near.likeness)).collect();
            best_likenesses.extend(found.iter().map(|near| near.likeness));
            self.index.enter_asked(position, &vector);
            near = report
                .links
                .iter()
                .filter_map(|&(other, _)| Some(reports.get(other as usize)?.story))
                .collect();
            near.sort_unstable();
            near.dedup();
        }
        let item = Item {
            vector: vector.clone(),
            day: signature.day(),
            words: signature.number_of_words() as f32,
        };
        let set = Set::of(item, measure(&best_likenesses, &self.options), &self.options);
        report.vector = vector;
        if !closed {
            self.spread.lay_out(&set.sum);
            ranked = self.ranked(&set, &near, None);
            found = self.best_story(&ranked);
            if found.is_none()
                && let Some(story) =
                    self.archive
                        .find(&set, self.needed() * self.stream.archive_share, &self.options)
            {
                reopened = true;
                found = Some(self.open_story(story.id, story.reports));
            }
        }
        let story = found.unwrap_or_else(|| {
            let id = self.new_id(signature);
            self.open_story(id, 0)
        });
        report.story = story;
        let is_first = self.enter(story, set);
        self.reports.push(report);
        if let Some(open) = self.stories.get(story as usize) {
            self.ids.place(signature.id(), &open.id);
        }
        if !is_first {
            let enough = self.needed() * SHARE_TO_MERGE;
            let near: Vec<u32> = ranked
                .iter()
                .filter(|&&(likeness, other)| likeness >= enough && other != story)
                .take(STORIES_TO_MERGE)
                .map(|&(_, other)| other)
                .collect();
            self.merge_with_nearest(story, &near);
        }
        (self.root(story), reopened)
    }

    /// Takes in a report of the very same words as an open one; returns its story.
    fn repeat(&mut self, signature: &ReportSignature) -> Option<u32> {
        let &first = self.first_of.get(&signature.content())?;
        let (clock, number) = (self.clock, self.added);
        let report = self.reports.get_mut(first as usize)?;
        report.clock = clock;
        report.number = number;
        if report.repeats.len() < self.stream.reports_of_story {
            report.repeats.push(signature.id().into());
        }
        let story = report.story;
        let root = self.root(story);
        if let Some(open) = self.stories.get_mut(root as usize) {
            open.earlier += 1;
        }
        Some(root)
    }

    /// Returns an id that no story has.
    fn new_id(&self, first: &ReportSignature) -> String {
        let mut id = story_id(first);
        while self.open.contains_key(&id) || self.ids.leads_on(&id) || self.archive.holds(&id) {
            id.push('b');
        }
        id
    }

    /// Opens a story without open reports; returns its position.
    fn open_story(&mut self, id: String, earlier: u32) -> u32 {
        let position = self.stories.len() as u32;
        self.open.insert(id.clone(), position);
        self.stories.push(OpenStory {
            id,
            earlier,
            ..OpenStory::default()
        });
        position
    }

    /// Puts a set into a story; returns true where it is the story's first.
    fn enter(&mut self, story: u32, set: Set) -> bool {
        let Some(open) = self.stories.get_mut(story as usize) else {
            return true;
        };
        let is_first = open.set.count == 0.0;
        if is_first {
            open.set = set;
        } else {
            open.set.take(&set, &self.options);
        }
        is_first
    }

    /// Returns the likeness that two open stories need to be one.
    fn needed(&self) -> f32 {
        needed(self.open.len() as f32 * self.at_one_time, &self.options)
    }

    /// Returns the stories at `near` that are still open, each once, with their likeness to `set`, which is laid out, the
    /// best first.
    fn ranked(&self, set: &Set, near: &[u32], without: Option<u32>) -> Vec<(f32, u32)> {
        let mut roots: Vec<u32> = near.iter().map(|&story| self.root(story)).collect();
        roots.sort_unstable();
        roots.dedup();
        let mut ranked: Vec<(f32, u32)> = roots
            .into_iter()
            .filter(|&story| Some(story) != without)
            .filter_map(|story| {
                let open = self.stories.get(story as usize)?;
                let product = self.spread.dot(&open.set.sum);
                Some((likeness_of(set, &open.set, product, &self.options), story))
            })
            .collect();
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked
    }

    /// Returns the story that a report joins, by the likenesses of those near it: the most alike one, where that suffices; else a story that is nearly
    /// alike enough, has some reports, and is far ahead of the next.
    fn best_story(&self, ranked: &[(f32, u32)]) -> Option<u32> {
        let &(best, story) = ranked.first()?;
        let needed = self.needed();
        let next = ranked.get(1).map_or(0.0, |&(next, _)| next);
        let grown = self.stories.get(story as usize)?.set.count >= TIMES_AS_LARGE;
        let left_over = grown && best >= needed * self.options.leftover_share && best >= next * AHEAD;
        (best >= needed || left_over).then_some(story)
    }

    /// Merges a story that has grown with the most alike one of `near`, where that suffices.
    fn merge_with_nearest(&mut self, story: u32, near: &[u32]) {
        let Some(grown) = self.stories.get(story as usize).filter(|_| !near.is_empty()) else {
            return;
        };
        self.spread.lay_out(&grown.set.sum);
        let ranked = self.ranked(&grown.set, near, Some(story));
        let Some(&(_, other)) = ranked.first().filter(|&&(likeness, _)| likeness >= self.needed()) else {
            return;
        };
        let count = |story: u32| {
            self.stories
                .get(story as usize)
                .map_or(0.0, |story| story.set.count + story.earlier as f32)
        };
        // The larger one keeps its id; of equals the earlier one.
        let order = count(other).total_cmp(&count(story)).then(story.cmp(&other));
        let (kept, dropped) = if order.is_gt() {
            (other, story)
        } else {
            (story, other)
        };
        let Some(source) = self.stories.get_mut(dropped as usize) else {
            return;
        };
        source.merged_into = Some(kept);
        let (id, set, earlier) = (
            std::mem::take(&mut source.id),
            std::mem::take(&mut source.set),
            source.earlier,
        );
        self.open.remove(&id);
        self.enter(kept, set);
        if let Some(target) = self.stories.get_mut(kept as usize) {
            target.earlier += earlier;
            self.ids.lead(&id, &target.id);
        }
    }

    /// Returns the story that a story was merged into, through all steps.
    fn root(&self, mut story: u32) -> u32 {
        while let Some(next) = self
            .stories
            .get(story as usize)
            .and_then(|story| story.merged_into)
        {
            story = next;
        }
        story
    }
}
