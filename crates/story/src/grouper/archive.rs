//! Stories that get no more reports: a few terms of each, by which a late report finds it again.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::hash::hash_of;
use crate::linkage::{Set, doubt};
use crate::nearness::{days_apart, nearness};
use crate::options::GroupingOptions;

/// How many terms are kept of a story.
const TERMS_KEPT: usize = 16;
/// How many of a report's terms are looked up.
const TERMS_LOOKED_UP: usize = 24;
/// How many stories of one term are looked at, the last to leave first.
const STORIES_OF_TERM: usize = 64;
/// Steps of a stored weight for one unit of weight.
const WEIGHT_STEPS: f32 = 255.0;

/// What is kept of a story that has left: some 200 bytes, and as many again to find it.
#[derive(Clone, Debug, PartialEq)]
pub struct ArchivedStory {
    /// Its id.
    pub id: String,
    /// Its first and its last day, in days since 1970-01-01.
    pub days: Option<(f64, f64)>,
    /// How many reports it has.
    pub reports: u32,
    /// How many words the signatures of its reports hold on average.
    pub words: f32,
    /// What likenesses to it are divided by.
    pub divisor: f32,
    /// Hashes of its weightiest terms, ascending.
    pub terms: Box<[u32]>,
    /// The weight of each, in 255ths.
    pub weights: Box<[u8]>,
}

impl ArchivedStory {
    /// Returns what is kept of a story; `earlier` of its reports are not in the set.
    pub(super) fn of(id: String, set: &Set, earlier: u32) -> Self {
        let count = set.count.max(1.0);
        let terms = set.sum.weightiest(TERMS_KEPT);
        let steps = |weight: f32| (weight / count * WEIGHT_STEPS).clamp(1.0, WEIGHT_STEPS) as u8;
        Self {
            id,
            days: set.days,
            reports: set.count as u32 + earlier,
            words: set.words / count,
            divisor: set.divisor,
            weights: terms.iter().map(|&(_, weight)| steps(weight)).collect(),
            terms: terms.into_iter().map(|(term, _)| term).collect(),
        }
    }

    /// Returns how alike it and the set of a report are, as far as its terms tell.
    fn likeness(&self, set: &Set, options: &GroupingOptions) -> f32 {
        let product: f32 = self
            .terms
            .iter()
            .zip(&*self.weights)
            .filter_map(|(term, &weight)| {
                let entries = set.sum.entries();
                let place = entries.binary_search_by_key(term, |&(term, _)| term).ok()?;
                Some(entries.get(place)?.1 * f32::from(weight) / WEIGHT_STEPS)
            })
            .sum();
        let words = self.words.max(set.words / set.count.max(1.0));
        product * nearness(days_apart(self.days, set.days), options) / (self.divisor * doubt(words, options))
    }

    /// Returns how much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        size_of::<Self>() + self.id.capacity() + self.terms.len() * size_of::<u32>() + self.weights.len()
    }
}

/// The stories that have left.
#[derive(Clone, Debug)]
pub(super) struct Archive {
    most: usize,
    /// `None` where a story came back.
    stories: VecDeque<Option<ArchivedStory>>,
    /// How many stories were forgotten: the number of the first in `stories`.
    forgotten: u32,
    /// For each term the numbers of the stories that it is kept of.
    index: FxHashMap<u32, Vec<u32>>,
    /// Hashes of the ids.
    ids: FxHashSet<u32>,
}

/// Returns the hash by which an id is known.
fn id_hash(id: &str) -> u32 {
    (hash_of(id) >> 32) as u32
}

impl Archive {
    /// Returns an archive that holds at most so many stories.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            stories: VecDeque::new(),
            forgotten: 0,
            index: FxHashMap::default(),
            ids: FxHashSet::default(),
        }
    }

    /// Returns the stories in the order in which they left.
    pub(super) fn stories(&self) -> impl Iterator<Item = &ArchivedStory> {
        self.stories.iter().flatten()
    }

    /// Returns how much memory it takes, in bytes.
    pub(super) fn size(&self) -> usize {
        // An entry of the index has a list of its own, and both tables are at most seven eighths full.
        let entries = self.index.capacity() * (size_of::<(u32, Vec<u32>)>() + 1);
        let lists: usize = self
            .stories()
            .map(|story| story.terms.len() * size_of::<u32>())
            .sum();
        let gaps = (self.stories.capacity() - self.stories.len()) * size_of::<ArchivedStory>();
        self.stories().map(ArchivedStory::size).sum::<usize>()
            + entries
            + lists
            + gaps
            + self.ids.capacity() * 5
    }

    /// Returns false where no story of that id has left.
    pub(super) fn holds(&self, id: &str) -> bool {
        self.ids.contains(&id_hash(id))
    }

    /// Takes in a story.
    pub(super) fn enter(&mut self, story: ArchivedStory) {
        if self.most == 0 {
            return;
        }
        if self.stories.len() >= self.most {
            self.forget(self.most.div_ceil(2));
        }
        let number = self.forgotten + self.stories.len() as u32;
        for &term in &story.terms {
            self.index.entry(term).or_default().push(number);
        }
        self.ids.insert(id_hash(&story.id));
        self.stories.push_back(Some(story));
    }

    /// Forgets the stories that left first.
    fn forget(&mut self, number: usize) {
        for story in self.stories.drain(..number.min(self.stories.len())).flatten() {
            self.ids.remove(&id_hash(&story.id));
        }
        self.forgotten += number as u32;
        let first = self.forgotten;
        self.index.retain(|_, stories| {
            stories.retain(|&story| story >= first);
            stories.shrink_to_fit();
            !stories.is_empty()
        });
    }

    /// Takes out the story that is most like the set of a report, where one is alike enough; of equals the last to leave.
    pub(super) fn find(
        &mut self,
        set: &Set,
        needed: f32,
        options: &GroupingOptions,
    ) -> Option<ArchivedStory> {
        let mut seen: Vec<u32> = Vec::new();
        for (term, _) in set.sum.weightiest(TERMS_LOOKED_UP) {
            if let Some(stories) = self.index.get(&term) {
                seen.extend(stories.iter().rev().take(STORIES_OF_TERM));
            }
        }
        seen.sort_unstable();
        // One shared term alone is no event.
        let mut best: Option<(f32, usize)> = None;
        for same in seen
            .chunk_by(|one, other| one == other)
            .filter(|same| same.len() > 1)
        {
            let Some(place) = same.first().and_then(|number| number.checked_sub(self.forgotten)) else {
                continue;
            };
            let Some(Some(story)) = self.stories.get(place as usize) else {
                continue;
            };
            let likeness = story.likeness(set, options);
            if likeness >= needed && best.is_none_or(|(most, _)| likeness >= most) {
                best = Some((likeness, place as usize));
            }
        }
        let story = self.stories.get_mut(best?.1)?.take()?;
        self.ids.remove(&id_hash(&story.id));
        Some(story)
    }
}
