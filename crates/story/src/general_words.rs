//! What is known of words before the first report is read: a cold start with two reports must not take "the" or
//! "police" for the mark of an event.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::signature::word_term;
use crate::words::normal_form;

/// Words that tell nothing of an event.
const STOP_WORDS: &str = include_str!("data/stop_words.txt");

/// Words that stand in very many reports, with the share of reports.
const FREQUENT_WORDS: &str = include_str!("data/frequent_words.txt");

/// The share of reports that hold a word of which nothing is known.
pub(crate) const SHARE_OF_UNKNOWN_WORD: f32 = 0.002;

/// The share of reports that hold each word of the tables, by the word's term; for a stop word 1.
pub(crate) fn share_of_reports() -> &'static FxHashMap<u32, f32> {
    static SHARES: OnceLock<FxHashMap<u32, f32>> = OnceLock::new();
    SHARES.get_or_init(|| {
        let mut shares = FxHashMap::default();
        for line in lines(STOP_WORDS) {
            for word in line.split_whitespace().skip(1) {
                shares.entry(word_term(&normal_form(word))).or_insert(1.0);
            }
        }
        for line in lines(FREQUENT_WORDS) {
            let mut words = line.split_whitespace();
            let share = words
                .next()
                .and_then(|share| share.parse().ok())
                .unwrap_or(SHARE_OF_UNKNOWN_WORD);
            for word in words {
                shares.entry(word_term(&normal_form(word))).or_insert(share);
            }
        }
        shares
    })
}

/// Returns the lines of a table without its comments.
fn lines(table: &str) -> impl Iterator<Item = &str> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(word: &str) -> Option<f32> {
        share_of_reports().get(&word_term(&normal_form(word))).copied()
    }

    #[test]
    fn tables_are_read() {
        assert_eq!(share("the"), Some(1.0));
        assert_eq!(share("und"), Some(1.0));
        assert_eq!(share("police"), Some(0.10));
        assert_eq!(share("earthquake"), None);
    }
}
