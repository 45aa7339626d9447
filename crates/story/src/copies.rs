//! Which reports of a story were taken from others: verbatim runs of words tell.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rashomon_core::{Copy, Report, Span};
use rustc_hash::FxHashMap;

use crate::quotation::quoted_spans;

/// How many words in a row two reports must share for the run to count. Shorter runs are names, titles and turns of
/// phrase.
pub(crate) const RUN: usize = 8;
/// The share of a report's words in shared runs from which it is a copy.
const COPY_SHARE: f64 = 0.5;
/// The most reports of which all pairs are looked at; beyond, each run of words is looked for in a bounded number of
/// reports.
const ALL_PAIRS: usize = 200;
/// In how many reports a run of words is looked for when there are more reports than [`ALL_PAIRS`].
const REPORTS_OF_RUN: usize = 24;

/// The words of a report as numbers that are the same for the same word.
#[derive(Debug, Default)]
struct Words {
    numbers: Vec<u32>,
    spans: Vec<Span>,
    /// Whether a word stands inside quotation marks.
    quoted: Vec<bool>,
    /// How many words stand outside quotation marks.
    own: usize,
}

/// Shared runs of a report, in order, as ranges of its words.
type Runs = Vec<(usize, usize)>;

/// Finds the copies among the reports of one story. Positions in the result are those of `reports`, which come in any
/// order; the result is ordered by report and then by original.
///
/// Two reports share a run when eight or more words, in any spelling of capitals, stand in both in a row. Parts that
/// tell of the report itself do not count. One is a copy of the other when shared runs make up half of its words, and
/// some of them stand outside quotation marks: two reports of one speech need not know of each other. The original is the
/// one published first; else the one to whose outlet the other gives credit; else the longer one; else the one whose
/// id comes first. Where the one that would be the copy has mostly words of its own, the other is the copy, whatever
/// the dates say. Of reports with the very same words, all are copies of one.
///
/// Time is linear in the length of the texts; with up to 200 reports, times the number of reports that share a run.
pub fn copies(reports: &[&Report]) -> Vec<Copy> {
    let mut numbers = FxHashMap::default();
    let words: Vec<Words> = reports
        .iter()
        .map(|report| Words::of(report, &mut numbers))
        .collect();
    drop(numbers);

    let mut found = Vec::new();
    let mut different = Vec::new();
    for alike in same_words(&words) {
        let original = alike
            .iter()
            .copied()
            .min_by(|&a, &b| precedence(reports, &words, a, b));
        let Some(original) = original else { continue };
        different.push(original);
        for report in alike.into_iter().filter(|&report| report != original) {
            let whole = words
                .get(report)
                .and_then(|words| words.passage(0, words.numbers.len()));
            found.push(Copy {
                report,
                of: original,
                share: 1.0,
                passages: whole.into_iter().collect(),
            });
        }
    }
    different.sort_unstable();

    let runs = shared_runs(&words, &different);
    let none = Runs::new();
    // Where runs were looked for in some reports only, a pair may be known from one side alone.
    for (&(a, b), in_a) in runs
        .iter()
        .filter(|&(&(a, b), _)| a < b || !runs.contains_key(&(b, a)))
    {
        let in_b = runs.get(&(b, a)).unwrap_or(&none);
        let a_copies = || judge(&words, a, b, in_a);
        let b_copies = || judge(&words, b, a, in_b);
        if precedence(reports, &words, a, b).is_lt() {
            found.extend(b_copies().or_else(a_copies));
        } else {
            found.extend(a_copies().or_else(b_copies));
        }
    }
    found.sort_by_key(|copy| (copy.report, copy.of));
    found
}

impl Words {
    /// Returns the words of a report; `numbers` holds the number of each word met so far.
    fn of(report: &Report, numbers: &mut FxHashMap<String, u32>) -> Self {
        let mut words = Self::default();
        plain_words(report, |span, form, quoted| {
            let next = numbers.len() as u32;
            words.numbers.push(*numbers.entry(form).or_insert(next));
            words.spans.push(span);
            words.quoted.push(quoted);
            words.own += usize::from(!quoted);
        });
        words
    }

    /// Returns the part of the text from word `first` to before word `last`.
    fn passage(&self, first: usize, last: usize) -> Option<Span> {
        Some(
            self.spans
                .get(first)?
                .join(*self.spans.get(last.checked_sub(1)?)?),
        )
    }

    /// Returns the share of the words that stand in `runs`; 0 where the runs hold nothing but quotes, unless the report
    /// itself does.
    fn share(&self, runs: &Runs) -> f64 {
        let (mut in_runs, mut own_in_runs) = (0, 0);
        for quoted in runs
            .iter()
            .filter_map(|&(first, last)| self.quoted.get(first..last))
        {
            in_runs += quoted.len();
            own_in_runs += quoted.iter().filter(|&&quoted| !quoted).count();
        }
        if in_runs == 0 || own_in_runs < RUN.min(self.own) {
            return 0.0;
        }
        in_runs as f64 / self.numbers.len() as f64
    }
}

/// Calls `take` with each word of a report that does not tell of the report itself: where it stands, its form in lower
/// case, and whether it stands inside quotation marks.
pub(crate) fn plain_words(report: &Report, mut take: impl FnMut(Span, String, bool)) {
    let text = report.text.as_str();
    let marked = quoted_spans(text);
    let mut coming = marked.iter().peekable();
    let mut rest = 0;
    while let Some(offset) = text.get(rest..).and_then(|text| text.find(char::is_alphanumeric)) {
        let start = rest + offset;
        let tail = text.get(start..).unwrap_or_default();
        rest = start
            + tail
                .find(|character: char| !character.is_alphanumeric())
                .unwrap_or(tail.len());
        let span = Span::new(start, rest);
        if report.is_provenance(span) {
            continue;
        }
        while coming.next_if(|span| span.end <= start).is_some() {}
        let quoted = coming.peek().is_some_and(|span| span.start <= start);
        take(
            span,
            text.get(start..rest).unwrap_or_default().to_lowercase(),
            quoted,
        );
    }
}

/// Returns the reports in groups of the very same words; a report without words is a group of its own.
fn same_words(words: &[Words]) -> Vec<Vec<usize>> {
    let mut group_of: FxHashMap<&[u32], usize> = FxHashMap::default();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (report, words) in words.iter().enumerate() {
        let next = groups.len();
        let group = if words.numbers.is_empty() {
            next
        } else {
            *group_of.entry(&words.numbers).or_insert(next)
        };
        match groups.get_mut(group) {
            Some(list) => list.push(report),
            None => groups.push(vec![report]),
        }
    }
    groups
}

/// Returns which of two reports is the original: less when it is `a`.
fn precedence(reports: &[&Report], words: &[Words], a: usize, b: usize) -> Ordering {
    let (Some(first), Some(second)) = (reports.get(a), reports.get(b)) else {
        return a.cmp(&b);
    };
    let moments = match (first.published.instant, second.published.instant) {
        (Some(first), Some(second)) => first.cmp(&second),
        _ => Ordering::Equal,
    };
    let days = match (first.published.day, second.published.day) {
        (Some(first), Some(second)) => first.cmp(&second),
        _ => Ordering::Equal,
    };
    let length = |report: usize| words.get(report).map_or(0, |words| words.numbers.len());
    days.then(moments)
        .then_with(|| gives_credit(first, second).cmp(&gives_credit(second, first)))
        .then_with(|| length(b).cmp(&length(a)))
        .then_with(|| first.id.cmp(&second.id))
        .then(a.cmp(&b))
}

/// Returns true when `report` gives credit to the outlet of `other`.
fn gives_credit(report: &Report, other: &Report) -> bool {
    let Some(outlet) = other.outlet.as_deref() else {
        return false;
    };
    report
        .credits
        .iter()
        .any(|credit| credit.eq_ignore_ascii_case(outlet))
}

/// Returns the copy that `report` is of `of`, where it is one.
fn judge(words: &[Words], report: usize, of: usize, runs: &Runs) -> Option<Copy> {
    let own = words.get(report)?;
    let share = own.share(runs);
    let passages = || {
        runs.iter()
            .filter_map(|&(first, last)| own.passage(first, last))
            .collect()
    };
    (share >= COPY_SHARE).then(|| Copy {
        report,
        of,
        share,
        passages: passages(),
    })
}

/// Returns for each pair of reports that share runs of words the runs in the first of the pair.
fn shared_runs(words: &[Words], reports: &[usize]) -> BTreeMap<(usize, usize), Runs> {
    let most = if reports.len() > ALL_PAIRS {
        REPORTS_OF_RUN
    } else {
        usize::MAX
    };
    let numbers = |report: usize| {
        words
            .get(report)
            .map_or(&[][..], |words| words.numbers.as_slice())
    };
    let shared = shared_places(reports, &numbers);
    let mut runs: BTreeMap<(usize, usize), Runs> = BTreeMap::new();
    for &report in reports {
        for (position, run) in numbers(report).windows(RUN).enumerate() {
            let hash = hash_of_run(run);
            let first = shared.partition_point(|place| place.hash < hash);
            let places = shared.get(first..).unwrap_or_default().iter();
            for place in places.take(most).take_while(|place| place.hash == hash) {
                let (other, place) = (place.report as usize, place.position as usize);
                if other == report {
                    continue;
                }
                if numbers(other).get(place..place + RUN) != Some(run) {
                    continue;
                }
                let list = runs.entry((report, other)).or_default();
                match list.last_mut() {
                    Some((_, end)) if position <= *end => *end = position + RUN,
                    _ => list.push((position, position + RUN)),
                }
            }
        }
    }
    runs
}

/// Where a run of words stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RunPlace {
    hash: u64,
    report: u32,
    position: u32,
}

/// Returns the runs of words that more than one report holds, in order: for each report the first place of a run.
fn shared_places<'words>(reports: &[usize], numbers: &impl Fn(usize) -> &'words [u32]) -> Vec<RunPlace> {
    let mut places: Vec<RunPlace> = reports
        .iter()
        .flat_map(|&report| {
            let runs = numbers(report).windows(RUN).enumerate();
            runs.map(move |(position, run)| RunPlace {
                hash: hash_of_run(run),
                report: report as u32,
                position: position as u32,
            })
        })
        .collect();
    places.sort_unstable();
    places.dedup_by_key(|place| (place.hash, place.report));
    places
        .chunk_by(|one, other| one.hash == other.hash)
        .filter(|same| same.len() > 1)
        .flatten()
        .copied()
        .collect()
}

/// Returns a hash of a run of words.
fn hash_of_run(run: &[u32]) -> u64 {
    run.iter().fold(0, |hash: u64, &number| {
        (hash.rotate_left(7) ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str = "A ferry ran aground off Norrland early on Monday with three hundred people on board";
    const MORE: &str =
        "nobody was hurt and tugs pulled it free before noon the harbour master of Lindvik said";
    const OTHER: &str =
        "Engineers will look at the hull this week while a smaller ship takes over the crossing";

    fn report(id: &str, text: String) -> Report {
        Report::new(id, text)
    }

    fn pairs(reports: &[Report]) -> Vec<(usize, usize, String)> {
        let references: Vec<&Report> = reports.iter().collect();
        copies(&references)
            .iter()
            .map(|copy| (copy.report, copy.of, format!("{:.2}", copy.share)))
            .collect()
    }

    #[test]
    fn the_shorter_is_a_copy_of_the_longer_where_nothing_else_tells() {
        let reports = [
            report("a", format!("{LEAD}.")),
            report("b", format!("{LEAD}, {MORE}.")),
        ];
        assert_eq!(pairs(&reports), [(0, 1, "1.00".to_owned())]);
    }

    #[test]
    fn the_earlier_is_the_original() {
        let mut reports = [
            report("a", format!("{LEAD}, {MORE}.")),
            report("b", format!("{LEAD}; {MORE}. Photo.")),
        ];
        reports[0].published = rashomon_core::Published::stated("2031-05-02".parse().unwrap());
        reports[1].published = rashomon_core::Published::stated("2031-05-01".parse().unwrap());
        assert_eq!(pairs(&reports), [(0, 1, "1.00".to_owned())]);
    }

    #[test]
    fn the_one_that_is_given_credit_is_the_original() {
        let mut reports = [
            report("a", format!("{LEAD}, {MORE}. {OTHER}.")),
            report("b", format!("{LEAD}, {MORE}.")),
        ];
        reports[0].credits.push("Northern Wire".to_owned());
        reports[1].outlet = Some("Northern Wire".to_owned());
        assert_eq!(pairs(&reports), [(0, 1, "0.66".to_owned())]);
    }

    #[test]
    fn a_shared_quote_is_no_copy() {
        let mine = format!(
            "The master of the ship gave a statement: “{LEAD}, {MORE}.” He would not say more about it."
        );
        let yours = format!(
            "In Lindvik the owners put it like this on Tuesday: “{LEAD}, {MORE}.” Shares fell a little."
        );
        assert_eq!(pairs(&[report("a", mine), report("b", yours)]), []);
    }

    #[test]
    fn passages_are_parts_of_the_copy() {
        let reports = [
            report("a", format!("{LEAD}. Örebro waits. {MORE}.")),
            report("b", format!("{LEAD} {MORE}, {OTHER}")),
        ];
        let references: Vec<&Report> = reports.iter().collect();
        let found = copies(&references);
        let texts: Vec<&str> = found[0]
            .passages
            .iter()
            .map(|span| span.text(&reports[0].text))
            .collect();
        assert_eq!(texts, [LEAD, MORE]);
    }

    #[test]
    fn provenance_does_not_count() {
        let credit = "Reporting from the Northern Wire contributed to this article on Monday";
        let mut reports = [
            report("a", format!("{LEAD}. {credit}")),
            report("b", format!("{OTHER}. {credit}")),
        ];
        for report in &mut reports {
            report.provenance = Span::of(&report.text, credit).into_iter().collect();
        }
        assert_eq!(pairs(&reports), []);
    }

    #[test]
    fn reports_of_few_or_no_words_pass() {
        let reports = ["", "Ferry", "", "ferry!", "🎉\u{301}"].map(|text| report("x", text.to_owned()));
        assert_eq!(pairs(&reports), [(3, 1, "1.00".to_owned())]);
    }

    #[test]
    fn ten_thousand_identical_reports_are_copies_of_one() {
        let reports: Vec<Report> = (0..10_000)
            .map(|number| report(&format!("{number:05}"), format!("{LEAD} {MORE}")))
            .collect();
        let found = pairs(&reports);
        assert_eq!(found.len(), 9_999);
        assert!(found.iter().all(|&(_, of, _)| of == 0));
    }

    #[test]
    fn a_flood_of_one_template_is_bounded() {
        let reports: Vec<Report> = (0..2_000)
            .map(|number| {
                report(
                    &format!("{number:05}"),
                    format!("Item {number}. {LEAD} {MORE} {OTHER} {number}"),
                )
            })
            .collect();
        let found = pairs(&reports);
        assert!(
            found.len() >= 1_900 && found.len() < 2_000 * REPORTS_OF_RUN * 2,
            "{}",
            found.len()
        );
    }
}
