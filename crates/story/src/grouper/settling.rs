//! The open reports, linked again as a whole set: stories are merged and cut, and old ones leave.

use rashomon_core::Story;
use rustc_hash::FxHashMap;

use super::{ArchivedStory, Grouper, Move, OpenReport, OpenStory, joins_no_story};
use crate::bag::Scales;
use crate::group::story_id;
use crate::linkage::{Item, Set, join, measures, share_at_one_time};
use crate::look_alikes::split;
use crate::neighbours::{Link, likeness};
use crate::signature::ReportSignature;
use crate::vector::TermVector;

/// How many sets a set is compared with when it has grown.
const SETS_COMPARED: usize = 24;
/// A position that is no more.
const GONE: u32 = u32::MAX;

impl Grouper {
    /// Groups the open reports anew, as a whole set, and lets stories leave that got no report for a while. Returns the
    /// reports that are now in another story, in the order in which they came.
    ///
    /// This happens by itself while reports come; at the end of a stream it takes in what came since.
    pub fn settle(&mut self) -> Vec<Move> {
        let links = self.fresh_links();
        let groups = self.regrouped(&links);
        let before: Vec<String> = self
            .reports
            .iter()
            .map(|report| {
                self.stories
                    .get(self.root(report.story) as usize)
                    .map(|story| story.id.clone())
                    .unwrap_or_default()
            })
            .collect();
        let signatures: Vec<ReportSignature> = self
            .reports
            .iter()
            .map(|report| report.signature.clone())
            .collect();
        let mut stories: Vec<Story> = groups
            .into_iter()
            .map(|reports| Story {
                id: reports
                    .first()
                    .and_then(|&first| signatures.get(first))
                    .map(story_id)
                    .unwrap_or_default(),
                reports,
            })
            .collect();
        let archive = &self.archive;
        self.ids
            .renew_beside(&mut stories, &signatures, &|id| archive.holds(id));
        drop(signatures);
        let earlier = self.earlier_reports(&stories);
        self.stories.clear();
        self.open.clear();
        for (position, (story, earlier)) in stories.iter().zip(earlier).enumerate() {
            self.open.insert(story.id.clone(), position as u32);
            self.stories.push(OpenStory {
                id: story.id.clone(),
                earlier,
                ..OpenStory::default()
            });
            for &report in &story.reports {
                if let Some(report) = self.reports.get_mut(report) {
                    report.story = position as u32;
                }
            }
        }
        let moves = self.moves(&before);
        let measures = measures(self.reports.len(), &links, &self.options);
        for (report, measure) in self.reports.iter().zip(measures) {
            let set = Set::of(report.item(report.vector.clone()), measure, &self.options);
            if let Some(story) = self.stories.get_mut(report.story as usize) {
                if story.set.count == 0.0 {
                    story.set = set;
                } else {
                    story.set.take(set, &self.options);
                }
            }
        }
        self.leave();
        self.at_one_time = share_at_one_time(
            self.reports.iter().map(|report| report.signature.day()),
            &self.options,
        );
        self.unsettled = 0;
        moves
    }

    /// Weighs the terms of all open reports by what is known now, and returns their links.
    fn fresh_links(&mut self) -> Vec<Link> {
        for report in self
            .reports
            .iter_mut()
            .filter(|report| !joins_no_story(&report.signature))
        {
            report.vector = TermVector::of(&report.signature, &self.frequencies, &self.options);
        }
        let mut links = Vec::new();
        for (later, report) in self.reports.iter().enumerate() {
            self.spread.lay_out(&report.vector);
            links.extend(report.links.iter().filter_map(|&(earlier, _)| {
                let other = self.reports.get(earlier as usize)?;
                let (day, other_day) = (report.signature.day(), other.signature.day());
                let likeness = likeness(self.spread.dot(&other.vector), day, other_day, &self.options);
                Some(Link {
                    earlier,
                    later: later as u32,
                    likeness,
                })
            }));
        }
        links
    }

    /// Groups the open reports by their links; positions are ascending in each group.
    fn regrouped(&self, links: &[Link]) -> Vec<Vec<usize>> {
        // A term of one report makes no likeness, and half of all terms are such.
        let shared = |term: u32| self.frequencies.holding(term) > 1;
        let items: Vec<Item> = self
            .reports
            .iter()
            .map(|report| report.item(report.vector.filtered(shared)))
            .collect();
        let scales = Scales {
            frequencies: &self.frequencies,
            options: &self.options,
        };
        join(items, links, SETS_COMPARED, &self.options)
            .into_iter()
            .flat_map(|group| {
                let signatures: Vec<&ReportSignature> = group
                    .iter()
                    .filter_map(|&report| self.reports.get(report))
                    .map(|report| &report.signature)
                    .collect();
                let parts = split(&signatures, scales).into_iter();
                parts
                    .map(|part| {
                        part.into_iter()
                            .filter_map(|place| group.get(place).copied())
                            .collect()
                    })
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// Returns for each of the new stories how many reports it has that are open no more.
    fn earlier_reports(&self, stories: &[Story]) -> Vec<u32> {
        let places: FxHashMap<&str, usize> = stories
            .iter()
            .enumerate()
            .map(|(place, story)| (story.id.as_str(), place))
            .collect();
        let mut earlier = vec![0; stories.len()];
        for story in self
            .stories
            .iter()
            .filter(|story| story.earlier > 0 && story.merged_into.is_none())
        {
            let place = places.get(self.ids.current(&story.id));
            if let Some(count) = place.and_then(|&place| earlier.get_mut(place)) {
                *count += story.earlier;
            }
        }
        earlier
    }

    /// Returns the reports whose story is not the one where the id of their story `before` leads.
    fn moves(&self, before: &[String]) -> Vec<Move> {
        let mut moves = Vec::new();
        for (report, before) in self.reports.iter().zip(before) {
            let Some(story) = self.stories.get(report.story as usize) else {
                continue;
            };
            if self.ids.current(before) == story.id {
                continue;
            }
            let ids = std::iter::once(report.signature.id()).chain(report.repeats.iter().map(|id| &**id));
            moves.extend(ids.map(|id| Move {
                report: id.to_owned(),
                story: story.id.clone(),
            }));
        }
        moves
    }

    /// Lets old stories go to the archive, and the oldest reports of long ones; what stays gets new positions.
    fn leave(&mut self) {
        let mut last: Vec<(u64, Option<f64>)> = vec![(0, None); self.stories.len()];
        let mut order: Vec<(u64, u32)> = Vec::new();
        for (position, report) in self.reports.iter().enumerate() {
            order.push((report.number, position as u32));
            if let Some(last) = last.get_mut(report.story as usize)
                && report.number > last.0
            {
                *last = (report.number, report.clock);
            }
        }
        // Long stories: the oldest reports stay in them for good.
        order.sort_unstable_by(|a, b| b.cmp(a));
        let mut stays = vec![true; self.reports.len()];
        let mut open_of: Vec<usize> = vec![0; self.stories.len()];
        for (_, position) in order {
            let Some(report) = self.reports.get(position as usize) else {
                continue;
            };
            let Some(open) = open_of.get_mut(report.story as usize) else {
                continue;
            };
            *open += 1;
            if *open > self.stream.reports_of_story.max(1) && self.reports.len() > self.stream.reports_kept {
                *open -= 1;
                if let Some(stays) = stays.get_mut(position as usize) {
                    *stays = false;
                }
            }
        }
        // Quiet stories: the longest quiet first.
        let mut by_last: Vec<(u64, usize)> = last
            .iter()
            .enumerate()
            .map(|(story, last)| (last.0, story))
            .collect();
        by_last.sort_unstable();
        let mut open: usize = open_of.iter().sum();
        let most = self.stream.reports_open / 2;
        let mut story_leaves = vec![false; self.stories.len()];
        for (_, story) in by_last {
            let quiet = last.get(story).and_then(|last| last.1).zip(self.clock);
            let is_old = quiet.is_some_and(|(last, now)| now - last > self.stream.days_open);
            if is_old && open > self.stream.reports_kept || open > most {
                open -= open_of.get(story).copied().unwrap_or_default();
                if let Some(leaves) = story_leaves.get_mut(story) {
                    *leaves = true;
                }
            }
        }
        self.compact(&stays, &story_leaves);
    }

    /// Drops what leaves and gives new positions to the rest.
    fn compact(&mut self, stays: &[bool], story_leaves: &[bool]) {
        let mut story_position = Vec::with_capacity(self.stories.len());
        let mut stories = Vec::new();
        self.open.clear();
        for (story, &leaves) in std::mem::take(&mut self.stories).into_iter().zip(story_leaves) {
            if leaves {
                story_position.push(GONE);
                self.archive
                    .enter(ArchivedStory::of(story.id, &story.set, story.earlier));
            } else {
                story_position.push(stories.len() as u32);
                self.open.insert(story.id.clone(), stories.len() as u32);
                stories.push(story);
            }
        }
        self.stories = stories;
        let mut report_position = Vec::with_capacity(self.reports.len());
        let mut reports: Vec<OpenReport> = Vec::new();
        for (mut report, &stays) in std::mem::take(&mut self.reports).into_iter().zip(stays) {
            let story = story_position.get(report.story as usize).copied().unwrap_or(GONE);
            if !stays || story == GONE {
                self.ids.forget(report.signature.id());
                report_position.push(GONE);
                if let Some(story) = self.stories.get_mut(story as usize) {
                    story.earlier += 1;
                }
                continue;
            }
            report.story = story;
            report_position.push(reports.len() as u32);
            reports.push(report);
        }
        self.reports = reports;
        self.index.clear();
        self.first_of.clear();
        for (position, report) in self.reports.iter_mut().enumerate() {
            for (other, _) in &mut report.links {
                *other = report_position.get(*other as usize).copied().unwrap_or(GONE);
            }
            report.links.retain(|&(other, _)| other != GONE);
            self.first_of.insert(report.signature.content(), position as u32);
            if !joins_no_story(&report.signature) {
                self.index.enter(position as u32, &report.vector);
            }
        }
    }
}

impl OpenReport {
    /// Returns the report as linkage takes it, with a vector.
    fn item(&self, vector: TermVector) -> Item {
        Item {
            vector,
            day: self.signature.day(),
            words: self.signature.number_of_words() as f32,
        }
    }
}
