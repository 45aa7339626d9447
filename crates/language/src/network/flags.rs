//! What lists and the rest of a text say of a word: bits that the names' part of the network takes beside its own reading.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::names::lists::{
    demonym, is_first_name, is_honorific, is_known_organisation, is_leading_family_name, is_role,
    organisation_head,
};
use crate::places::gazetteer::{self, PlaceKind};
use crate::places::{fold_name, is_common_word};
use crate::verbs::is_verb_of_saying;

/// How many flags a word can have.
pub const FLAG_COUNT: usize = 30;

const FIRST_NAME: u32 = 0;
const HONORIFIC: u32 = 1;
const ROLE: u32 = 2;
const PEOPLE: u32 = 3;
const LAST_OF_ORGANISATION: u32 = 4;
const FIRST_OF_ORGANISATION: u32 = 5;
const FIRM: u32 = 6;
/// Each of these has its next number for the words after the first.
const TOWN: u32 = 7;
const CITY: u32 = 9;
const COUNTRY: u32 = 11;
const REGION: u32 = 13;
const COMMON_WORD: u32 = 15;
const ORGANISATION: u32 = 16;
const FAMILY_NAME: u32 = 18;
/// What the rest of the text shows: from here on, a flag for each field of [`Shown`].
const SHOWN: u32 = 19;
const LOUD_SENTENCE: u32 = 26;
const SENTENCE_START: u32 = 27;
const ALL_CAPITALS: u32 = 28;
const CAPITAL: u32 = 29;

/// A city of so many people is a large one.
const LARGE_CITY: u64 = 200_000;
/// The longest name that is looked for in the gazetteer, in words.
const LONGEST_PLACE: usize = 4;
/// The longest name of an organisation that is looked for, in words.
const LONGEST_ORGANISATION: usize = 5;

/// How often a text shows a word in each of these ways.
#[derive(Clone, Copy, Debug, Default)]
struct Shown([u16; 7]);

const SMALL: usize = 0;
const CAPITAL_INSIDE: usize = 1;
const AFTER_TITLE_OR_FIRST_NAME: usize = 2;
const BESIDE_CAPITAL: usize = 3;
const IN_BRACKETS: usize = 4;
const AFTER_IN: usize = 5;
const BEFORE_SAID: usize = 6;

/// Returns the flags of the words of a text, whose sentences are given as ranges of `words`.
pub fn word_flags(words: &[&str], sentences: &[Range<usize>]) -> Vec<u32> {
    let lower: Vec<Cow<'_, str>> = words.iter().map(|word| small_letters(word)).collect();
    let capital: Vec<bool> = words
        .iter()
        .map(|word| word.starts_with(char::is_uppercase))
        .collect();
    let mut flags = vec![0u32; words.len()];
    let mut ways: Vec<Shown> = vec![Shown::default(); words.len()];
    let mut shown: FxHashMap<&str, Shown> = FxHashMap::default();
    for sentence in sentences {
        let loud = is_loud(words, sentence);
        let mut place_end = sentence.start;
        let mut organisation_end = sentence.start;
        for at in sentence.clone() {
            let word = &*lower[at];
            let mut add = |flag: u32, on: bool| flags[at] |= u32::from(on) << flag;
            add(LOUD_SENTENCE, loud);
            add(SENTENCE_START, at == sentence.start);
            add(ROLE, is_role(word));
            add(CAPITAL, capital[at]);
            if capital[at] {
                add(FIRST_NAME, is_first_name(word));
                add(HONORIFIC, is_honorific(word));
                add(PEOPLE, demonym(word).is_some());
                let head = organisation_head(word);
                add(LAST_OF_ORGANISATION, head.last);
                add(FIRST_OF_ORGANISATION, head.first);
                add(FIRM, head.firm);
                add(FAMILY_NAME, is_leading_family_name(word));
                add(
                    ALL_CAPITALS,
                    words[at].chars().count() > 1 && !words[at].contains(char::is_lowercase),
                );
                if at >= place_end {
                    place_end = mark_place(words, &capital, at, sentence.end, &mut flags);
                }
                if at >= organisation_end {
                    organisation_end = mark_organisation(words, at, sentence.end, &mut flags);
                }
            }
            if !words[at].starts_with(char::is_alphabetic) {
                continue;
            }
            let before = at.checked_sub(1).filter(|before| sentence.contains(before));
            let after = Some(at + 1).filter(|after| sentence.contains(after));
            let inside = capital[at] && at > sentence.start && !loud;
            let way = &mut ways[at].0;
            way[SMALL] = u16::from(!capital[at]);
            way[CAPITAL_INSIDE] = u16::from(inside);
            if capital[at] && !loud {
                way[AFTER_TITLE_OR_FIRST_NAME] = u16::from(before.is_some_and(|before| {
                    capital[before] && (is_first_name(&lower[before]) || is_honorific(&lower[before]))
                        || is_role(&lower[before])
                }));
                way[BESIDE_CAPITAL] = u16::from(
                    before.is_some_and(|before| before > sentence.start && capital[before])
                        || after.is_some_and(|after| capital[after]),
                );
                way[IN_BRACKETS] = u16::from(before.is_some_and(|before| words[before] == "("));
                way[AFTER_IN] =
                    u16::from(before.is_some_and(|before| matches!(&*lower[before], "in" | "near" | "from")));
                way[BEFORE_SAID] = u16::from(after.is_some_and(|after| is_verb_of_saying(&lower[after])));
            }
            let sum = &mut shown.entry(word).or_default().0;
            for (sum, way) in sum.iter_mut().zip(ways[at].0) {
                *sum = sum.saturating_add(way);
            }
        }
    }
    for (at, flags) in flags.iter_mut().enumerate() {
        if !capital[at] {
            continue;
        }
        let Some(sum) = shown.get(&*lower[at]) else {
            continue;
        };
        for (way, (sum, own)) in sum.0.iter().zip(ways[at].0).enumerate() {
            *flags |= u32::from(*sum > own) << (SHOWN + way as u32);
        }
    }
    flags
}

/// Returns a word in small letters, as most words are.
fn small_letters(word: &str) -> Cow<'_, str> {
    if word
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// Returns true for a sentence whose capitals tell nothing.
fn is_loud(words: &[&str], sentence: &Range<usize>) -> bool {
    let (mut small, mut capital) = (0, 0);
    for word in &words[sentence.clone()] {
        if word.len() > 3 && word.starts_with(char::is_alphabetic) {
            if word.starts_with(char::is_lowercase) {
                small += 1;
            } else {
                capital += 1;
            }
        }
    }
    capital > 6 * small && capital > 2
}

/// Flags the longest name of a place that begins at a word; returns where it ends, or the word where there is none.
fn mark_place(words: &[&str], capital: &[bool], start: usize, end: usize, flags: &mut [u32]) -> usize {
    let mut longest = start + 1;
    while longest < end.min(start + LONGEST_PLACE) && (capital[longest] || words[longest] == "-") {
        longest += 1;
    }
    for stop in (start + 1..=longest).rev() {
        let key = fold_name(&words[start..stop].join(" "));
        let Some(place) = gazetteer::lookup(&key).next() else {
            continue;
        };
        let flag = match place.kind {
            PlaceKind::Country => COUNTRY,
            PlaceKind::Region | PlaceKind::Area => REGION,
            PlaceKind::Capital => CITY,
            PlaceKind::City if place.population >= LARGE_CITY => CITY,
            PlaceKind::City => TOWN,
        };
        for (at, flags) in flags[start..stop].iter_mut().enumerate() {
            *flags |= 1 << (flag + u32::from(at > 0));
            *flags |= u32::from(is_common_word(&key)) << COMMON_WORD;
        }
        return stop;
    }
    start
}

/// Flags the longest known name of an organisation that begins at a word; returns where it ends, or the word.
fn mark_organisation(words: &[&str], start: usize, end: usize, flags: &mut [u32]) -> usize {
    for stop in (start + 1..=end.min(start + LONGEST_ORGANISATION)).rev() {
        if !words[stop - 1].starts_with(char::is_uppercase) {
            continue;
        }
        if is_known_organisation(&fold_name(&words[start..stop].join(" "))) {
            for (at, flags) in flags[start..stop].iter_mut().enumerate() {
                *flags |= 1 << (ORGANISATION + u32::from(at > 0));
            }
            return stop;
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_the_rest_of_the_text_speak() {
        let words = [
            "Mary", "Veltin", "left", "South", "Korea", ".", "Veltin", "smiled", ".",
        ];
        let flags = word_flags(&words, &[0..6, 6..9]);
        let has = |word: usize, flag: u32| flags[word] >> flag & 1 == 1;
        assert!(has(0, FIRST_NAME) && !has(1, FIRST_NAME));
        assert!(has(3, COUNTRY) && has(4, COUNTRY + 1) && !has(4, COUNTRY));
        assert!(has(6, SHOWN + AFTER_TITLE_OR_FIRST_NAME as u32));
        assert!(
            !has(1, SHOWN + AFTER_TITLE_OR_FIRST_NAME as u32),
            "only elsewhere counts"
        );
        assert!(has(6, SENTENCE_START) && !has(1, SENTENCE_START));
    }
}
