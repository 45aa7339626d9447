//! A stream of reports, as long as one likes, always the same: stories of heavy-tailed sizes over days, each told by
//! reports with words of their own and by copies.
//!
//! The sentences are those of the benches. Each story gives the names and numbers in its sentences others of its own, and
//! some of the words, so that two stories with a sentence in common are not copies; each report does so with more words.
//! Nothing is kept but the reports of stories that are under way, as numbers: a copy makes its original again.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::time::Duration;

use rashomon_core::{Date, Published, Report};

/// How many reports come in a day.
const REPORTS_A_DAY: u64 = 2_000;
/// How many reports a story has on average, with the sizes drawn below.
const MEAN_SIZE: f64 = 4.4;
/// The most reports of a story.
const LARGEST_STORY: f64 = 2_000.0;
/// The exponent by which large stories become rare.
const TAIL: f64 = 1.25;
/// How many sentences a story can be told with.
const SENTENCES_OF_STORY: u64 = 24;
/// How many names there are in the world.
const NAMES: u64 = 20_000;
/// Seconds in a day.
const DAY: u64 = 86_400;

/// A seedable source of numbers: SplitMix64 (Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// Returns the source of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// Returns a number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// Returns a number from 0 to 1, neither included.
    fn share(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }
}

/// Returns a number that depends on every bit of `number`.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Returns a number that depends on a seed and a word.
pub(super) fn of_word(seed: u64, word: &str) -> u64 {
    let hash = word.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    mixed(hash)
}

/// What stories are made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pool {
    sentences: Vec<String>,
    /// Words in lower case, of four letters or more, ascending.
    words: Vec<String>,
}

impl Pool {
    /// Returns the sentences of texts that are neither very short nor very long, and their words.
    pub(crate) fn of<'texts>(texts: impl Iterator<Item = &'texts str>) -> Self {
        let mut sentences = BTreeSet::new();
        let mut words = BTreeSet::new();
        for piece in texts.flat_map(|text| text.split_inclusive(['.', '?', '!', '\n'])) {
            let sentence = piece.split_whitespace().collect::<Vec<_>>().join(" ");
            if (6..=50).contains(&sentence.split(' ').count()) {
                let ordinary =
                    |word: &&str| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
                words.extend(sentence.split(' ').filter(ordinary).map(str::to_owned));
                sentences.insert(sentence);
            }
        }
        Self {
            sentences: sentences.into_iter().collect(),
            words: words.into_iter().collect(),
        }
    }

    /// Returns true where no story can be told.
    pub(crate) fn is_empty(&self) -> bool {
        self.sentences.is_empty() || self.words.is_empty()
    }

    /// Returns the word that stands for `number`.
    fn word(&self, number: u64) -> &str {
        self.words
            .get((number % self.words.len().max(1) as u64) as usize)
            .map_or("", String::as_str)
    }

    /// Writes the sentence of a story with the story's names and words and the report's.
    fn write(&self, sentence: u64, story: u64, report: u64, text: &mut String) {
        let place = (mixed(story ^ (sentence << 40)) % self.sentences.len().max(1) as u64) as usize;
        for word in self
            .sentences
            .get(place)
            .map(String::as_str)
            .unwrap_or_default()
            .split(' ')
        {
            if !text.is_empty() {
                text.push(' ');
            }
            let core = word.trim_matches(|character: char| !character.is_alphanumeric());
            let (before, after) = word
                .split_once(core)
                .filter(|_| !core.is_empty())
                .unwrap_or((word, ""));
            text.push_str(before);
            let (in_story, in_report) = (of_word(story, core), of_word(report, core));
            let lower = core.to_lowercase();
            let is_word = core.len() < 4 || self.words.binary_search(&lower).is_ok();
            if core.starts_with(|first: char| first.is_ascii_digit()) {
                text.push_str(&(in_story % 1_000).to_string());
            } else if core.starts_with(char::is_uppercase) && !is_word {
                write_name(in_story % NAMES, text);
            } else if core.len() >= 4 && in_report % 100 < 30 {
                text.push_str(self.word(in_report / 100));
            } else if core.len() >= 5 && in_story % 100 < 35 {
                text.push_str(self.word(in_story / 100));
            } else {
                text.push_str(core);
            }
            text.push_str(after);
        }
    }
}

/// Writes one of the world's names.
fn write_name(number: u64, text: &mut String) {
    const SYLLABLES: [&str; 20] = [
        "ba", "dor", "el", "fin", "gar", "hol", "is", "jun", "kal", "lin", "mor", "nav", "os", "pel", "ran",
        "sul", "tor", "ul", "vik", "zen",
    ];
    let mut rest = mixed(number);
    for place in 0..3 {
        let syllable = SYLLABLES[(rest % 20) as usize];
        rest /= 20;
        if place == 0 {
            text.push_str(&syllable[..1].to_uppercase());
            text.push_str(&syllable[1..]);
        } else {
            text.push_str(syllable);
        }
    }
}

/// A report of the stream with what is true of it.
#[derive(Clone, Debug)]
pub(crate) struct Generated {
    pub(crate) report: Report,
    /// The number of its story.
    pub(crate) story: u32,
    /// Reports of one number in one story are copies of one text.
    pub(crate) family: u32,
}

/// When a report comes: the second, its story, its number in the story.
type Coming = Reverse<(u64, u32, u32)>;

/// The stream.
#[derive(Clone, Debug)]
pub(crate) struct Generator<'pool> {
    pool: &'pool Pool,
    seed: u64,
    random: Random,
    coming: BinaryHeap<Coming>,
    next_story: u64,
    stories: u32,
}

impl<'pool> Generator<'pool> {
    /// Returns the stream of a seed.
    pub(crate) fn new(pool: &'pool Pool, seed: u64) -> Self {
        Self {
            pool,
            seed,
            random: Random::new(seed),
            coming: BinaryHeap::new(),
            next_story: 0,
            stories: 0,
        }
    }

    /// Lets a story begin: its reports come in the following days, a few of them much later.
    fn begin_story(&mut self) {
        let size = libm::pow(self.random.share(), -1.0 / TAIL).min(LARGEST_STORY) as u32;
        for number in 0..size {
            let length = DAY as f64 * (0.8 + f64::from(size) / 100.0);
            let mut delay = if number == 0 {
                0.0
            } else {
                -libm::log(self.random.share()) * length
            };
            if self.random.below(100) == 0 {
                delay += (15 + self.random.below(45)) as f64 * DAY as f64;
            }
            self.coming
                .push(Reverse((self.next_story + delay as u64, self.stories, number)));
        }
        self.stories += 1;
        let mean = DAY as f64 * MEAN_SIZE / REPORTS_A_DAY as f64;
        self.next_story += (-libm::log(self.random.share()) * mean) as u64 + 1;
    }

    /// Returns which report of its story a report takes its text from: itself, unless it is a copy.
    fn family(story: u64, number: u32) -> (u32, Random) {
        let mut random = Random::new(mixed(story ^ u64::from(number).rotate_left(48)));
        let kind = random.below(100);
        if number == 0 || kind >= 40 {
            return (number, random);
        }
        // One early report in three is what agencies wrote: most copies are of those.
        let of = random.below(u64::from(number).min(6)) as u32;
        (Self::family(story, of).0, random)
    }

    /// Writes the sentences that a report has of its own.
    fn sentences(&self, story: u64, number: u32) -> Vec<String> {
        let report = mixed(story.rotate_left(17) ^ u64::from(number));
        let mut random = Random::new(report);
        let first = random.below(SENTENCES_OF_STORY);
        let count = 6 + random.below(9);
        // The first sentences of a story stand in most of its reports.
        (0..count)
            .map(|place| {
                let sentence = if place < 3 {
                    place
                } else {
                    (first + place) % SENTENCES_OF_STORY
                };
                let mut text = String::new();
                self.pool.write(sentence, story, report, &mut text);
                text
            })
            .collect()
    }

    /// Makes a report.
    fn make(&self, second: u64, story: u32, number: u32) -> Generated {
        let seed = mixed(mixed(self.seed) ^ (u64::from(story) + 1));
        let (family, mut random) = Self::family(seed, number);
        let mut sentences = self.sentences(seed, family);
        let is_verbatim = random.below(100) < 35;
        if family != number && !is_verbatim {
            let kept = sentences.len() - random.below(sentences.len() as u64 / 3 + 1) as usize;
            sentences.truncate(kept);
            if random.below(2) == 0 {
                let turned = random.below(kept as u64) as usize;
                sentences.rotate_left(turned);
            }
            let padding = self.sentences(seed, number);
            sentences.extend(padding.into_iter().skip(3).take(1 + random.below(3) as usize));
        }
        let mut report = Report::new(format!("{story}.{number}"), sentences.join(" "));
        let mut title = String::new();
        self.pool
            .write(0, seed, mixed(seed ^ u64::from(number)), &mut title);
        report.title = Some(title.split(' ').take(9).collect::<Vec<_>>().join(" "));
        // A quarter has no date.
        if random.below(4) > 0 {
            // Some come long after their day.
            let late = if random.below(50) == 0 {
                random.below(30) * DAY
            } else {
                0
            };
            let day =
                Date::constant(2031, 1, 1).checked_add(Duration::from_secs(second.saturating_sub(late)));
            report.published = day.map(Published::stated).unwrap_or_default();
        }
        Generated {
            report,
            story,
            family,
        }
    }
}

impl Iterator for Generator<'_> {
    type Item = Generated;

    fn next(&mut self) -> Option<Generated> {
        while self
            .coming
            .peek()
            .is_none_or(|Reverse((second, ..))| *second >= self.next_story)
        {
            self.begin_story();
        }
        let Reverse((second, story, number)) = self.coming.pop()?;
        Some(self.make(second, story, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool() -> Pool {
        Pool::of(
            [
                "The ferry from Lindvik ran aground on Monday with 300 people aboard. Nobody was hurt in the harbour.",
                "Tugs pulled the vessel free before noon while passengers waited quietly. The owners will look at it.",
            ]
            .into_iter(),
        )
    }

    #[test]
    fn the_stream_is_always_the_same() {
        let pool = pool();
        let texts = || -> Vec<String> {
            Generator::new(&pool, 3)
                .take(50)
                .map(|one| one.report.text)
                .collect()
        };
        assert_eq!(texts(), texts());
        assert_ne!(
            texts()[0],
            Generator::new(&pool, 4)
                .next()
                .map(|one| one.report.text)
                .unwrap_or_default()
        );
    }

    #[test]
    fn it_has_copies_growing_stories_and_reports_without_a_date() {
        let pool = pool();
        let all: Vec<Generated> = Generator::new(&pool, 3).take(4_000).collect();
        let undated = all
            .iter()
            .filter(|one| one.report.published.day.is_none())
            .count();
        assert!((800..1_200).contains(&undated), "{undated}");
        let mut families: Vec<(u32, u32)> = all.iter().map(|one| (one.story, one.family)).collect();
        families.sort_unstable();
        families.dedup();
        assert!((2_400..3_600).contains(&families.len()), "{}", families.len());
        let mut sizes = std::collections::BTreeMap::<u32, usize>::new();
        for one in &all {
            *sizes.entry(one.story).or_default() += 1;
        }
        assert!(sizes.values().any(|&size| size > 50) && sizes.len() > 400);
    }
}
