//! Reports come one by one, and each is placed at once.

use rustc_hash::FxHashMap;

use crate::bag::{Bag, Member, Query, Scales};
use crate::frequency::ReportFrequencies;
use crate::look_alikes::exclusion;
use crate::nearness::{days_apart, join_days, nearness};
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
    /// The sum of its reports, of a story of two or more: most stories have one, whose sum is soon made.
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
    fn take(&mut self, bag: &Bag, signature: &ReportSignature, scales: Scales<'_>) {
        if self.count > 0 {
            self.sum = self.take_sum(scales);
            self.sum.add(bag, scales);
        }
        let member = Member::new(signature.clone(), bag);
        if self.members.len() < scales.options.members_kept.max(1) {
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
            self.days = join_days(self.days, Some((day, day)));
        }
    }

    /// Returns the sum of its reports and leaves none behind.
    fn take_sum(&mut self, scales: Scales<'_>) -> Bag {
        match self.members.first() {
            Some(only) if self.count == 1 => {
                let mut sum = Bag::default();
                sum.add(&only.bag(scales), scales);
                sum
            }
            _ => std::mem::take(&mut self.sum),
        }
    }

    /// Returns how well a report or story fits: about 0 to 1.
    fn score(&self, query: &Query<'_>, days: Option<(f64, f64)>, scales: Scales<'_>) -> f32 {
        let options = scales.options;
        let (mut best, mut sum) = (0.0_f32, 0.0);
        for member in &self.members {
            let likeness = query.likeness(member, scales);
            best = best.max(likeness);
            sum += likeness;
        }
        let mean = sum / self.members.len().max(1) as f32;
        let likeness = options.best_share * best + (1.0 - options.best_share) * mean;
        likeness * nearness(days_apart(days, self.days), options)
    }
}

/// Groups reports into stories in one pass.
///
/// A report is compared with the stories that share telling terms with it: with the sum of each story, with the most
/// alike of its reports and with the mean of them, so that a chain of reports, each a little like the next, does not
/// become one story. Words, names and pairs of words are compared apart, each term weighted by how rare it is.
/// Distance in time lowers the score; a report without a date loses nothing.
///
/// The cost of a report is bounded, however many reports came before it.
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
        let frequencies = ReportFrequencies::new(options.prior_reports);
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

    /// Learns how frequent words are from a report without placing it.
    pub(crate) fn learn(&mut self, signature: &ReportSignature) {
        self.frequencies.learn(signature);
    }

    /// Returns what terms are weighed with.
    fn scales(&self) -> Scales<'_> {
        Scales {
            frequencies: &self.frequencies,
            options: &self.options,
        }
    }

    /// Places a report whose words are learnt.
    pub(crate) fn place(&mut self, signature: &ReportSignature) -> usize {
        let bag = Bag::of(signature, self.scales());
        let query = Query::new(&bag, self.scales());
        let days = signature.day().map(|day| (day, day));
        let found = self.best_story(&query, days, self.options.join_threshold, None);
        let number = found.unwrap_or_else(|| {
            self.stories.push(OpenStory::default());
            self.stories.len() - 1
        });
        self.enter(number, &query);
        if let Some(story) = self.stories.get_mut(number) {
            let scales = Scales {
                frequencies: &self.frequencies,
                options: &self.options,
            };
            story.take(&bag, signature, scales);
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
            let scales = Scales {
                frequencies: &self.frequencies,
                options: &self.options,
            };
            let Some(story) = self.stories.get_mut(number) else {
                continue;
            };
            for member in &mut story.members {
                member.refresh(scales);
            }
            let score = story.score(query, days, scales);
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
            if self.frequencies.is_of_one_report(term) {
                continue;
            }
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

    /// Merges each story into the one that is most alike, from the latest on, where the likeness suffices; twice,
    /// since a story that has grown may have become like another.
    fn merge(&mut self) {
        if self.options.merge_threshold >= 1.0 {
            return;
        }
        let latest_first = (0..self.stories.len()).rev();
        for number in latest_first.clone().chain(latest_first) {
            let scales = Scales {
                frequencies: &self.frequencies,
                options: &self.options,
            };
            let Some(story) = self.stories.get_mut(number).filter(|story| story.count > 0) else {
                continue;
            };
            let (sum, days) = (story.take_sum(scales), story.days);
            let query = Query::new(&sum, scales);
            let into = self.best_story(&query, days, self.options.merge_threshold, Some(number));
            let Some(into) = into.filter(|&into| !self.exclude_each_other(number, into)) else {
                if let Some(story) = self.stories.get_mut(number).filter(|story| story.count > 1) {
                    story.sum = sum;
                }
                continue;
            };
            let story = self
                .stories
                .get_mut(number)
                .map(std::mem::take)
                .unwrap_or_default();
            if let Some(emptied) = self.stories.get_mut(number) {
                emptied.merged_into = Some(into);
            }
            self.enter(into, &query);
            let scales = Scales {
                frequencies: &self.frequencies,
                options: &self.options,
            };
            let Some(target) = self.stories.get_mut(into) else {
                continue;
            };
            target.sum = target.take_sum(scales);
            target.sum.add_scaled(&sum, 1.0, scales);
            target.count += story.count;
            target.members.extend(story.members);
            target.members.truncate(scales.options.members_kept.max(1));
            target.days = join_days(target.days, days);
        }
    }

    /// Returns true when the reports of two stories say that they are two events.
    fn exclude_each_other(&self, number: usize, other: usize) -> bool {
        let reports = |number: usize| -> Vec<&ReportSignature> {
            let members = self.stories.get(number).map(|story| story.members.as_slice());
            members
                .unwrap_or_default()
                .iter()
                .map(Member::signature)
                .collect()
        };
        exclusion(&reports(number), &reports(other), self.scales()) >= self.options.split_threshold
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::Report;

    use super::*;
    use crate::signature::signature;

    fn placed(texts: &[&str]) -> Vec<usize> {
        let mut grouper = Grouper::new(GroupingOptions::default());
        let sign = |(number, text): (usize, &&str)| signature(&Report::new(number.to_string(), *text));
        texts
            .iter()
            .enumerate()
            .map(|text| grouper.add(&sign(text)))
            .collect()
    }

    const FERRY: &str =
        "A ferry ran aground off Lindvik on Monday with 300 people on board. Nobody was hurt.";
    const FERRY_AGAIN: &str =
        "Tugs freed the ferry off Lindvik; the 300 people on board were not hurt, police said.";
    const BANK: &str =
        "The national bank of Ostrenia left its rate at 3.5 percent on Monday, police said nothing.";

    #[test]
    fn each_report_is_placed_at_once() {
        assert_eq!(placed(&[FERRY, BANK, FERRY_AGAIN, BANK]), [0, 1, 0, 1]);
    }

    #[test]
    fn texts_of_few_or_no_words_pass() {
        assert_eq!(placed(&["", "", "Ferry", "the", "🎉"]), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn other_scripts_are_grouped_too() {
        assert_eq!(
            placed(&[
                "北京发生大火，三人死亡。消防员赶到现场。",
                "东京股市上涨，投资者乐观。",
                "北京大火造成三人死亡，消防员已赶到。"
            ]),
            [0, 1, 0]
        );
    }

    #[test]
    fn finish_gives_reports_by_number() {
        let mut grouper = Grouper::new(GroupingOptions::default());
        for (number, text) in [FERRY, BANK, FERRY_AGAIN].iter().enumerate() {
            grouper.add(&signature(&Report::new(number.to_string(), *text)));
        }
        assert_eq!(grouper.finish(), [vec![0, 2], vec![1]]);
    }
}
