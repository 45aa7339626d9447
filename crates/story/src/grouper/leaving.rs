//! Old stories leave for the archive, and the oldest reports of long ones.

use super::settling::GONE;
use super::{ArchivedStory, Grouper, OpenReport, joins_no_story};

/// When the most reports are open that may be, stories leave until one part of so many is left.
const PARTS_OF_OPEN: usize = 3;

impl Grouper {
    /// Lets old stories go to the archive, and the oldest reports of long ones; what stays gets new positions.
    pub(super) fn leave(&mut self) {
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
        let most = if self.reports.len() < self.stream.reports_open {
            usize::MAX
        } else {
            self.stream.reports_open / PARTS_OF_OPEN
        };
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
