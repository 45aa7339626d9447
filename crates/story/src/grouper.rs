//! Reports come one by one, and each is placed at once.

use rustc_hash::FxHashMap;

use crate::bag::{Bag, Member, Query};
use crate::frequency::ReportFrequencies;
use crate::options::GroupingOptions;
use crate::signature::ReportSignature;

/// How many of a report's terms are looked up to find stories that may be its own.
const TERMS_LOOKED_UP: usize = 60;
/// How many entries of the index one report may read, so that its cost does not grow with the number of stories.
const ENTRIES_READ: usize = 12_000;
/// How many entries of one term are read, newest first.
const ENTRIES_OF_TERM: usize = 1_500;

/// How many terms of a report stand in the index.
const TERMS_INDEXED: usize = 80;

/// A story while it grows.
#[derive(Clone, Debug, Default)]
struct OpenStory {
    /// The sum of its reports; empty while it has one.
    sum: Bag,
    /// Some of its reports: the first ones and the latest ones.
    members: Vec<Member>,
    /// How many reports it has.
    count: usize,
    /// The first and the last of its days.
    days: Option<(f64, f64)>,
    /// The story it was merged into.
    merged_into: Option<usize>,
}

impl OpenStory {
    /// Takes in a report.
    fn take(
        &mut self,
        bag: &Bag,
        signature: &ReportSignature,
        members_kept: usize,
        frequencies: &ReportFrequencies,
    ) {
        if self.count == 1 {
            if let Some(first) = self.members.first() {
                let first = Bag::of(first.signature(), frequencies);
                self.sum.add(&first, frequencies);
            }
        }
        if self.count > 0 {
            self.sum.add(bag, frequencies);
        }
        let member = Member::new(signature.clone(), bag);
        if self.members.len() < members_kept.max(1) {
            self.members.push(member);
        } else {
            // The first half stays, so that a story does not drift away from its event; the second half turns over.
            let fixed = self.members.len() / 2;
            let slot = fixed + self.count % (self.members.len() - fixed);
            if let Some(kept) = self.members.get_mut(slot) {
                *kept = member;
            }
        }
        self.count += 1;
        if let Some(day) = signature.day() {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }

    /// Computes stale lengths anew.
    fn refresh(&mut self, frequencies: &ReportFrequencies) {
        self.sum.refresh(frequencies);
        for member in &mut self.members {
            member.refresh(frequencies);
        }
    }

    /// Returns how well a report or story fits, 0 to 1.
    fn score(
        &self,
        query: &Query<'_>,
        days: Option<(f64, f64)>,
        options: &GroupingOptions,
        frequencies: &ReportFrequencies,
    ) -> f32 {
        let (mut best, mut sum) = (0.0_f32, 0.0);
        for member in &self.members {
            let likeness = query.likeness_to_member(member, options, frequencies);
            best = best.max(likeness);
            sum += likeness;
        }
        let mean = sum / self.members.len().max(1) as f32;
        let centroid = if self.count > 1 {
            query.likeness(&self.sum, options)
        } else {
            mean
        };
        let mean_share = 1.0 - options.centroid_share - options.best_share;
        let likeness = options.centroid_share * centroid + options.best_share * best + mean_share * mean;
        let Some(((first, last), (own_first, own_last))) = days.zip(self.days) else {
            return likeness;
        };
        let apart = (own_first - last).max(first - own_last).max(0.0);
        let nearness = libm::exp(-apart * apart / (2.0 * options.days * options.days)) as f32;
        likeness * (options.far_share + (1.0 + options.near_bonus - options.far_share) * nearness)
    }
}

/// Groups reports into stories in one pass.
///
/// A report is compared with the stories that share telling terms with it: with the sum of each story, with the most
/// alike of its reports and with the mean of them, so that a chain of reports, each a little like the next, does not
/// become one story. Words, names and pairs of words are compared apart, each term weighted by how rare it is.
/// Distance in time lowers the score; a report without a date loses nothing.
///
/// Cost for a report does not grow with the number of reports before it.
#[derive(Clone, Debug)]
pub struct Grouper {
    options: GroupingOptions,
    frequencies: ReportFrequencies,
    stories: Vec<OpenStory>,
    /// For each term the stories that hold it, in the order in which they came to hold it.
    index: FxHashMap<u32, Vec<u32>>,
    /// For each report the story in which it was placed.
    placed: Vec<usize>,
}

impl Grouper {
    /// Returns a grouper without reports.
    pub fn new(options: GroupingOptions) -> Self {
        let frequencies =
            ReportFrequencies::new(options.prior_reports, options.name_boost, options.pair_boost);
        Self {
            options,
            frequencies,
            stories: Vec::new(),
            index: FxHashMap::default(),
            placed: Vec::new(),
        }
    }

    /// Places a report, learns its words and returns the number of its story.
    pub fn add(&mut self, signature: &ReportSignature) -> usize {
        self.learn(signature);
        self.place(signature)
    }

    /// Returns what is known of words.
    pub(crate) fn frequencies(&self) -> &ReportFrequencies {
        &self.frequencies
    }

    /// Learns how frequent words are from a report without placing it.
    pub(crate) fn learn(&mut self, signature: &ReportSignature) {
        self.frequencies.learn(signature);
    }

    /// Places a report whose words are learnt.
    pub(crate) fn place(&mut self, signature: &ReportSignature) -> usize {
        let bag = Bag::of(signature, &self.frequencies);
        let query = Query::new(&bag, &self.frequencies);
        let days = signature.day().map(|day| (day, day));
        let number = match self.best_story(&query, days, self.options.join_threshold, None) {
            Some(number) => number,
            None => {
                self.stories.push(OpenStory::default());
                self.stories.len() - 1
            }
        };
        self.enter(number, &query);
        if let Some(story) = self.stories.get_mut(number) {
            story.take(&bag, signature, self.options.members_kept, &self.frequencies);
        }
        self.placed.push(number);
        number
    }

    /// Returns the story that fits best, if one reaches `threshold`; the earliest of equals.
    fn best_story(
        &mut self,
        query: &Query<'_>,
        days: Option<(f64, f64)>,
        threshold: f32,
        without: Option<usize>,
    ) -> Option<usize> {
        let mut best: Option<(f32, usize)> = None;
        for number in self.candidates(query, without) {
            let Some(story) = self.stories.get_mut(number) else {
                continue;
            };
            story.refresh(&self.frequencies);
            let score = story.score(query, days, &self.options, &self.frequencies);
            let better = |(most, earlier): (f32, usize)| score > most || score == most && number < earlier;
            if score >= threshold && best.is_none_or(better) {
                best = Some((score, number));
            }
        }
        best.map(|(_, number)| number)
    }

    /// Enters the terms of a story's new report into the index.
    fn enter(&mut self, number: usize, query: &Query<'_>) {
        for (term, _) in query.weightiest_terms().into_iter().take(TERMS_INDEXED) {
            let stories = self.index.entry(term).or_default();
            // A story may stand twice for a term that it came to hold between two others; that costs little.
            if stories.last() != Some(&(number as u32)) {
                stories.push(number as u32);
            }
        }
    }

    /// Returns the stories that share the most weight of telling terms with the query, best first.
    fn candidates(&self, query: &Query<'_>, without: Option<usize>) -> Vec<usize> {
        let mut shared: FxHashMap<u32, (f32, usize)> = FxHashMap::default();
        let mut order: Vec<u32> = Vec::new();
        let mut read = 0;
        for (rank, (term, weight)) in query
            .weightiest_terms()
            .into_iter()
            .take(TERMS_LOOKED_UP)
            .enumerate()
        {
            let Some(stories) = self.index.get(&term) else {
                continue;
            };
            for &story in stories.iter().rev().take(ENTRIES_OF_TERM) {
                let (sum, counted) = shared.entry(story).or_insert_with(|| {
                    order.push(story);
                    (0.0, usize::MAX)
                });
                if *counted != rank {
                    *counted = rank;
                    *sum += weight;
                }
                read += 1;
            }
            if read > ENTRIES_READ {
                break;
            }
        }
        let mut ranked: Vec<(f32, usize)> = order
            .into_iter()
            .map(|story| (shared.get(&story).map_or(0.0, |&(sum, _)| sum), story as usize))
            .filter(|&(_, story)| {
                Some(story) != without
                    && self
                        .stories
                        .get(story)
                        .is_some_and(|story| story.merged_into.is_none())
            })
            .collect();
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(self.options.candidates);
        ranked.into_iter().map(|(_, story)| story).collect()
    }

    /// Merges stories that turned out to be alike, and returns the reports of each story, by their numbers in the
    /// order in which they were added. Stories are in the order of their first report.
    pub fn finish(mut self) -> Vec<Vec<usize>> {
        self.merge();
        let mut reports: Vec<Vec<usize>> = vec![Vec::new(); self.stories.len()];
        for (report, &number) in self.placed.iter().enumerate() {
            if let Some(list) = reports.get_mut(self.root(number)) {
                list.push(report);
            }
        }
        reports.retain(|list| !list.is_empty());
        reports.sort_unstable();
        reports
    }

    /// Returns the story that a story was merged into, through all steps.
    fn root(&self, mut number: usize) -> usize {
        while let Some(next) = self.stories.get(number).and_then(|story| story.merged_into) {
            number = next;
        }
        number
    }

    /// Merges each story into the one that is most alike, from the latest on, where the likeness suffices.
    fn merge(&mut self) {
        if self.options.merge_threshold >= 1.0 {
            return;
        }
        for number in (0..self.stories.len()).rev() {
            let Some(story) = self.stories.get(number) else {
                continue;
            };
            let bag = match story.members.first() {
                Some(only) if story.count == 1 => Bag::of(only.signature(), &self.frequencies),
                _ => story.sum.clone(),
            };
            let days = story.days;
            let query = Query::new(&bag, &self.frequencies);
            let Some(into) = self.best_story(&query, days, self.options.merge_threshold, Some(number)) else {
                continue;
            };
            let own: Vec<_> = self.stories[number]
                .members
                .iter()
                .map(Member::signature)
                .collect();
            let other: Vec<_> = self.stories[into].members.iter().map(Member::signature).collect();
            if crate::look_alikes::exclusion(&own, &other, &self.frequencies, &self.options)
                >= self.options.split_threshold
            {
                continue;
            }
            let story = std::mem::take(&mut self.stories[number]);
            self.stories[number].merged_into = Some(into);
            self.enter(into, &query);
            let Some(target) = self.stories.get_mut(into) else {
                continue;
            };
            if target.count == 1 {
                if let Some(first) = target.members.first() {
                    let first = Bag::of(first.signature(), &self.frequencies);
                    target.sum.add(&first, &self.frequencies);
                }
            }
            if story.count == 1 {
                target.sum.add(&bag, &self.frequencies);
            } else {
                target.sum.add_scaled(&bag, 1.0, &self.frequencies);
            }
            target.count += story.count;
            target.members.extend(story.members);
            target.members.truncate(self.options.members_kept.max(1));
            target.days = match (target.days, story.days) {
                (Some((first, last)), Some((other_first, other_last))) => {
                    Some((first.min(other_first), last.max(other_last)))
                }
                (days, other) => days.or(other),
            };
        }
    }
}
