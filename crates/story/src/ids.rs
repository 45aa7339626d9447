//! Ids of stories that stay while stories grow, merge and part.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_core::Story;

use crate::signature::ReportSignature;

/// Remembers which story each report was in. When reports are grouped again, with more reports among them, a story
/// keeps its id; after a merge the ids of the others lead to the one that is kept; of a story that is cut in two the
/// larger part keeps the id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryIds {
    /// The story of each report, by id.
    story_of: BTreeMap<String, String>,
    /// Ids that were given up, each with the one it leads to.
    now: BTreeMap<String, String>,
}

impl StoryIds {
    /// Returns a memory of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives `stories`, just grouped, the ids that their reports are known by, and remembers them.
    ///
    /// Of the ids that the reports of a story had, the one that most of them had is kept, where no other story has more
    /// of it; of equals the lesser. A story of new reports keeps the id it came with.
    pub fn renew(&mut self, stories: &mut [Story], signatures: &[ReportSignature]) {
        self.renew_beside(stories, signatures, &|_| false);
    }

    /// Does what [`StoryIds::renew`] does beside other stories; `taken` tells which ids are theirs.
    pub(crate) fn renew_beside(
        &mut self,
        stories: &mut [Story],
        signatures: &[ReportSignature],
        taken: &dyn Fn(&str) -> bool,
    ) {
        let mut claims: Vec<(usize, String, usize)> = Vec::new();
        for (number, story) in stories.iter().enumerate() {
            let mut held: BTreeMap<&str, usize> = BTreeMap::new();
            for signature in story.reports.iter().filter_map(|&report| signatures.get(report)) {
                if let Some(id) = self.story_of.get(signature.id()) {
                    *held.entry(self.current(id)).or_default() += 1;
                }
            }
            claims.extend(held.into_iter().map(|(id, count)| (count, id.to_owned(), number)));
        }
        claims.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut given: BTreeMap<&str, usize> = BTreeMap::new();
        let mut kept: BTreeMap<usize, String> = BTreeMap::new();
        for (_, id, number) in &claims {
            if !given.contains_key(id.as_str()) && !kept.contains_key(number) {
                given.insert(id, *number);
                kept.insert(*number, id.clone());
            }
        }
        let mut used: BTreeSet<String> = kept.values().cloned().collect();
        for (number, story) in stories.iter_mut().enumerate() {
            if let Some(id) = kept.get(&number) {
                story.id.clone_from(id);
                continue;
            }
            // The earliest report of an older story may have gone to a story of its own.
            while used.contains(&story.id) || self.now.contains_key(&story.id) || taken(&story.id) {
                story.id.push('b');
            }
            used.insert(story.id.clone());
        }
        for (_, id, number) in &claims {
            if let Some(story) = stories.get(*number)
                && !used.contains(id)
                && !self.now.contains_key(id)
            {
                self.now.insert(id.clone(), story.id.clone());
            }
        }
        for story in &*stories {
            for signature in story.reports.iter().filter_map(|&report| signatures.get(report)) {
                self.story_of.insert(signature.id().to_owned(), story.id.clone());
            }
        }
    }

    /// Returns the story that a report was in when it was last remembered.
    pub fn story_of(&self, report: &str) -> Option<&str> {
        self.story_of.get(report).map(String::as_str)
    }

    /// Remembers that a report, by id, was placed in a story.
    pub fn place(&mut self, report: &str, story: &str) {
        self.story_of.insert(report.to_owned(), story.to_owned());
    }

    /// Forgets in which story a report is: it will not be grouped again.
    pub(crate) fn forget(&mut self, report: &str) {
        self.story_of.remove(report);
    }

    /// Remembers that a story was merged into another.
    pub(crate) fn lead(&mut self, from: &str, to: &str) {
        self.now.insert(from.to_owned(), to.to_owned());
    }

    /// Returns true where an id leads to another story.
    pub(crate) fn leads_on(&self, id: &str) -> bool {
        self.now.contains_key(id)
    }

    /// Returns the id that a story goes by now: its own, or that of the story it was merged into.
    pub fn current<'ids>(&'ids self, id: &'ids str) -> &'ids str {
        let mut id = id;
        let mut steps = self.now.len();
        while let Some(next) = self.now.get(id).filter(|_| steps > 0) {
            id = next;
            steps -= 1;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    use super::*;
    use crate::signature::signature;

    fn signed(ids: &[&str]) -> Vec<ReportSignature> {
        ids.iter()
            .map(|id| signature(&Report::new(*id, "text")))
            .collect()
    }

    fn story(id: &str, reports: &[usize]) -> Story {
        Story {
            id: id.to_owned(),
            reports: reports.to_vec(),
        }
    }

    fn names(stories: &[Story]) -> Vec<&str> {
        stories.iter().map(|story| story.id.as_str()).collect()
    }

    #[test]
    fn a_story_keeps_its_id_as_it_grows() {
        let mut ids = StoryIds::new();
        ids.renew(&mut [story("s-b", &[0])], &signed(&["b"]));
        // An earlier report comes late: grouped alone, the story would be named for it.
        let mut grown = [story("s-a", &[0, 1])];
        ids.renew(&mut grown, &signed(&["a", "b"]));
        assert_eq!(names(&grown), ["s-b"]);
    }

    #[test]
    fn after_a_merge_the_old_id_leads_to_the_new() {
        let mut ids = StoryIds::new();
        let reports = signed(&["a", "b", "c"]);
        ids.renew(&mut [story("s-a", &[0]), story("s-b", &[1, 2])], &reports);
        let mut merged = [story("s-a", &[0, 1, 2])];
        ids.renew(&mut merged, &reports);
        assert_eq!(names(&merged), ["s-b"]);
        assert_eq!(ids.current("s-a"), "s-b");
        assert_eq!(ids.current("s-b"), "s-b");
        let mut again = [story("s-a", &[0, 1, 2])];
        ids.renew(&mut again, &reports);
        assert_eq!(names(&again), ["s-b"]);
    }

    #[test]
    fn of_a_story_cut_in_two_the_larger_part_keeps_the_id() {
        let mut ids = StoryIds::new();
        let reports = signed(&["a", "b", "c"]);
        ids.renew(&mut [story("s-a", &[0, 1, 2])], &reports);
        let mut parts = [story("s-a", &[0]), story("s-b", &[1, 2])];
        ids.renew(&mut parts, &reports);
        assert_eq!(names(&parts), ["s-ab", "s-a"]);
    }
}
