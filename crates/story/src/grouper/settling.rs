//! The open reports of stories that something new is known of, linked again as a whole set: stories are merged and cut.

use rashomon_core::Story;
use rustc_hash::FxHashMap;

use super::{Grouper, Move, OpenReport, OpenStory, joins_no_story};
use crate::group::story_id;
use crate::join::{Crowd, join};
use crate::linkage::{Item, Set, measures, share_at_one_time};
use crate::look_alikes::{Scales, split};
use crate::neighbours::{Link, likeness};
use crate::signature::ReportSignature;
use crate::vector::{DenseVector, TermVector, number_terms};

/// How many sets a set is compared with when it has grown.
const SETS_COMPARED: usize = 24;
/// A position that is none.
pub(super) const GONE: u32 = u32::MAX;

/// What is linked again: the reports of stories that something new is known of.
pub(super) struct Active {
    /// Their positions among the open reports, ascending.
    pub(super) reports: Vec<usize>,
    /// For each open report its place in that list.
    places: Vec<u32>,
    /// For each open story whether it stays as it is.
    rests: Vec<bool>,
}

impl Active {
    /// Returns the place of an open report; `None` where its story stays as it is.
    fn place(&self, report: u32) -> Option<u32> {
        let place = self.places.get(report as usize).copied()?;
        (place != GONE).then_some(place)
    }
}

impl Grouper {
    /// Groups anew, as a whole set, the open reports of all stories that got a report since the last time, or that a new
    /// report is linked to; and lets stories leave that got none for a while. Returns the reports that are now in another
    /// story, in the order in which they came.
    ///
    /// This happens by itself while reports come; at the end of a stream it takes in what came since.
    pub fn settle(&mut self) -> Vec<Move> {
        self.at_one_time = share_at_one_time(self.reports.iter().map(|report| report.day), &self.options);
        let active = self.active();
        let (vectors, terms, links) = self.reweighed(&active);
        let groups = self.regrouped(&active, vectors, terms, &links);
        let open: Vec<&OpenReport> = active
            .reports
            .iter()
            .filter_map(|&report| self.reports.get(report))
            .collect();
        let before: Vec<String> = open
            .iter()
            .map(|report| {
                self.stories
                    .get(self.root(report.story) as usize)
                    .map(|story| story.id.clone())
                    .unwrap_or_default()
            })
            .collect();
        let signatures: Vec<ReportSignature> = open.iter().map(|report| report.signature.clone()).collect();
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
        let rests = |id: &str| {
            let story = self.open.get(id);
            story.is_some_and(|&story| active.rests.get(story as usize) == Some(&true))
        };
        let archive = &self.archive;
        self.ids
            .renew_beside(&mut stories, &signatures, &|id| archive.holds(id) || rests(id));
        drop(signatures);
        let earlier = self.earlier_reports(&stories, &active);
        self.replace(&stories, earlier, &active);
        let moves = self.moves(&before, &active);
        let measures = measures(active.reports.len(), &links, &self.options);
        for (&report, measure) in active.reports.iter().zip(measures) {
            let Some(report) = self.reports.get(report) else {
                continue;
            };
            let set = Set::of(report.item(report.vector.clone()), measure, &self.options);
            if let Some(story) = self.stories.get_mut(report.story as usize) {
                if story.set.count == 0.0 {
                    story.set = set;
                } else {
                    story.set.take(&set, &self.options);
                }
            }
        }
        self.leave();
        self.unsettled = 0;
        self.settled = self.reports.len();
        moves
    }

    /// Returns the reports of stories that something new is known of; all reports while few are open.
    pub(super) fn active(&self) -> Active {
        let few = self.reports.len() <= self.stream.reports_kept;
        let mut rests = vec![!few; self.stories.len()];
        let mut wake = |story: u32| {
            if let Some(rests) = rests.get_mut(self.root(story) as usize) {
                *rests = false;
            }
        };
        for report in self.reports.iter().skip(self.settled) {
            wake(report.story);
            for &(other, likeness) in &report.links {
                if likeness >= self.options.link_threshold
                    && let Some(other) = self.reports.get(other as usize)
                {
                    wake(other.story);
                }
            }
        }
        for (rests, story) in rests.iter_mut().zip(&self.stories) {
            *rests &= story.merged_into.is_none();
        }
        let mut reports = Vec::new();
        let mut places = vec![GONE; self.reports.len()];
        for ((position, report), place) in self.reports.iter().enumerate().zip(&mut places) {
            if rests.get(self.root(report.story) as usize) != Some(&true) {
                *place = reports.len() as u32;
                reports.push(position);
            }
        }
        Active {
            reports,
            places,
            rests,
        }
    }

    /// Weighs the terms of the active reports by what is known now. Returns their vectors over the terms that two or more
    /// of them hold, by number; how many terms these are; and the links between them.
    ///
    /// All this goes story by story, so that what is compared lies side by side in memory.
    fn reweighed(&mut self, active: &Active) -> (Vec<TermVector>, usize, Vec<Link>) {
        let mut order: Vec<(u32, usize, usize)> = active
            .reports
            .iter()
            .enumerate()
            .filter_map(|(place, &position)| {
                Some((self.root(self.reports.get(position)?.story), place, position))
            })
            .collect();
        order.sort_unstable();
        for &(.., position) in &order {
            if let Some(report) = self.reports.get_mut(position) {
                report.vector = TermVector::default();
            }
        }
        let mut vectors = vec![TermVector::default(); order.len()];
        for &(_, place, position) in &order {
            if let Some(report) = self.reports.get_mut(position)
                && let Some(vector) = vectors.get_mut(place)
                && !joins_no_story(&report.signature)
            {
                report.vector = TermVector::of(&report.signature, &self.frequencies, &self.options);
                vector.clone_from(&report.vector);
            }
        }
        let terms = number_terms(vectors.iter_mut());
        let mut laid_out = DenseVector::new(terms);
        let mut links = Vec::new();
        for (_, later, position) in order {
            let (Some(report), Some(vector)) = (self.reports.get(position), vectors.get(later)) else {
                continue;
            };
            laid_out.lay_out(vector);
            links.extend(report.links.iter().filter_map(|&(other, _)| {
                let other_day = self.reports.get(other as usize)?.day;
                let earlier = active.place(other)?;
                let product = laid_out.dot(vectors.get(earlier as usize)?);
                Some(Link {
                    earlier,
                    later: later as u32,
                    product,
                    likeness: likeness(product, report.day, other_day, &self.options),
                })
            }));
        }
        (vectors, terms, links)
    }

    /// Groups the active reports by their links and their vectors of so many numbered terms; places are ascending in each
    /// group.
    fn regrouped(
        &self,
        active: &Active,
        vectors: Vec<TermVector>,
        terms: usize,
        links: &[Link],
    ) -> Vec<Vec<usize>> {
        let open = |place: usize| self.reports.get(*active.reports.get(place)?);
        let items: Vec<Item> = vectors
            .into_iter()
            .enumerate()
            .filter_map(|(place, vector)| Some(open(place)?.item(vector)))
            .collect();
        let scales = Scales {
            frequencies: &self.frequencies,
            options: &self.options,
        };
        let crowd = Crowd {
            beside: active.rests.iter().filter(|rests| **rests).count(),
            at_one_time: self.at_one_time,
        };
        join(items, terms, links, SETS_COMPARED, crowd, &self.options)
            .into_iter()
            .flat_map(|group| {
                let reports: Vec<&OpenReport> = group.iter().filter_map(|&place| open(place)).collect();
                let signatures: Vec<&ReportSignature> =
                    reports.iter().map(|report| &report.signature).collect();
                let vectors: Vec<&TermVector> = reports.iter().map(|report| &report.vector).collect();
                split(&signatures, &vectors, scales)
                    .into_iter()
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
    fn earlier_reports(&self, stories: &[Story], active: &Active) -> Vec<u32> {
        let places: FxHashMap<&str, usize> = stories
            .iter()
            .enumerate()
            .map(|(place, story)| (story.id.as_str(), place))
            .collect();
        let mut earlier = vec![0; stories.len()];
        for (story, rests) in self.stories.iter().zip(&active.rests) {
            if *rests || story.earlier == 0 || story.merged_into.is_some() {
                continue;
            }
            let place = places.get(self.ids.current(&story.id));
            if let Some(count) = place.and_then(|&place| earlier.get_mut(place)) {
                *count += story.earlier;
            }
        }
        earlier
    }

    /// Puts new stories in the place of the active ones; `earlier` tells how many reports of each are open no more.
    fn replace(&mut self, stories: &[Story], earlier: Vec<u32>, active: &Active) {
        let mut positions = Vec::with_capacity(self.stories.len());
        let mut kept = Vec::new();
        for (story, &rests) in std::mem::take(&mut self.stories).into_iter().zip(&active.rests) {
            positions.push(kept.len() as u32);
            if rests {
                kept.push(story);
            }
        }
        self.stories = kept;
        for (report, &place) in self.reports.iter_mut().zip(&active.places) {
            if place == GONE {
                report.story = positions.get(report.story as usize).copied().unwrap_or_default();
            }
        }
        for (story, earlier) in stories.iter().zip(earlier) {
            let position = self.stories.len() as u32;
            self.stories.push(OpenStory {
                id: story.id.clone(),
                earlier,
                ..OpenStory::default()
            });
            for report in story
                .reports
                .iter()
                .filter_map(|&place| active.reports.get(place))
            {
                if let Some(report) = self.reports.get_mut(*report) {
                    report.story = position;
                }
            }
        }
        self.open.clear();
        let ids = (0..)
            .zip(&self.stories)
            .map(|(position, story)| (story.id.clone(), position));
        self.open.extend(ids);
    }

    /// Returns the active reports whose story is not the one where the id of their story `before` leads.
    fn moves(&self, before: &[String], active: &Active) -> Vec<Move> {
        let mut moves = Vec::new();
        for (&report, before) in active.reports.iter().zip(before) {
            let Some(report) = self.reports.get(report) else {
                continue;
            };
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
