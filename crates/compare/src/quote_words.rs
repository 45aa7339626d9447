//! The words of quotes, and where two quotes have other words in place of each other.

use std::ops::Range;

use rashomon_core::{Quote, QuoteKind, Span};

use crate::terms::normal_form;

/// The longest common subsequence is computed for this many words of a quote.
const MOST_WORDS: usize = 400;

/// Returns the pairs of positions of the longest common subsequence of two lists.
pub(crate) fn alignment<T: PartialEq>(one: &[T], other: &[T]) -> Vec<(usize, usize)> {
    let (one, other) = (
        &one[..one.len().min(MOST_WORDS)],
        &other[..other.len().min(MOST_WORDS)],
    );
    let width = other.len() + 1;
    let mut lengths = vec![0u16; (one.len() + 1) * width];
    for (row, own) in one.iter().enumerate().rev() {
        for (column, their) in other.iter().enumerate().rev() {
            lengths[row * width + column] = if own == their {
                lengths[(row + 1) * width + column + 1] + 1
            } else {
                lengths[(row + 1) * width + column].max(lengths[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < one.len() && column < other.len() {
        if one[row] == other[column] {
            pairs.push((row, column));
            row += 1;
            column += 1;
        } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// A word of a quote in a form that can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) form: String,
    /// Where it stands, with the signs around it.
    pub(crate) span: Span,
    /// True where the report itself marks that something may be missing before it, or was put there by an editor: a new
    /// piece of the quote, an ellipsis, a bracket.
    pub(crate) marked: bool,
}

/// Runs of other words longer than this are another passage and no other wording.
const LONGEST_OTHER_WORDING: usize = 6;
/// Of two runs in place of each other the one has at most so many times the letters of the other.
const MOST_TIMES_AS_LONG: usize = 6;
/// So many words on both sides, or all that there are, must be the same.
const LEAST_SAME_AROUND: usize = 2;

/// Returns the positions of the words that stand in two quotes in place of each other; `None` where one is a cut of the other.
/// A cut leaves words out; another wording has other words between the same neighbours, where the report does not mark a
/// change itself.
pub(crate) fn other_words(one: &[Word], other: &[Word]) -> Option<(Range<usize>, Range<usize>)> {
    let forms_in = |words: &[Word]| -> Vec<String> { words.iter().map(|word| word.form.clone()).collect() };
    let (before_list, after_list) = (forms_in(one), forms_in(other));
    let pairs = alignment(&before_list, &after_list);
    // Runs of words that are the same in both.
    let mut runs: Vec<&[(usize, usize)]> = pairs
        .chunk_by(|before, after| before.0 + 1 == after.0 && before.1 + 1 == after.1)
        .collect();
    // A single word that is the same by chance, between words that are not, is no neighbour.
    let last = runs.len().saturating_sub(1);
    let mut place = 0;
    let is_edge = |run: &[(usize, usize)]| {
        let (first, last) = (run.first(), run.last());
        let begins = first.is_some_and(|&(own, their)| begins_piece(one, own) && begins_piece(other, their));
        let ends = last.is_some_and(|&(own, their)| ends_piece(one, own) && ends_piece(other, their));
        (begins, ends)
    };
    runs.retain(|run| {
        let keep =
            run.len() >= LEAST_SAME_AROUND || place == 0 || place == last || is_edge(run) != (false, false);
        place += 1;
        keep
    });
    for (before, after) in runs.iter().zip(runs.iter().skip(1)) {
        let (&(own_before, their_before), &(own_after, their_after)) = (before.last()?, after.first()?);
        let own = one.get(own_before + 1..own_after).unwrap_or_default();
        let their = other.get(their_before + 1..their_after).unwrap_or_default();
        let enough = |run: &[(usize, usize)], at_end: bool| run.len() >= LEAST_SAME_AROUND || at_end;
        let (starts, _) = is_edge(before);
        let (_, ends) = is_edge(after);
        let marked = |words: &[Word], from: usize, to: usize| {
            words
                .get(from..=to)
                .unwrap_or_default()
                .iter()
                .any(|word| word.marked)
        };
        let near = own.len().max(their.len()) <= LONGEST_OTHER_WORDING
            && enough(before, starts)
            && enough(after, ends)
            && !marked(one, own_before + 1, own_after)
            && !marked(other, their_before + 1, their_after);
        // "To get rid" and "in our politics that we get rid": words were put in, none in place of others.
        let letters = |words: &[Word]| words.iter().map(|word| word.form.len()).sum::<usize>();
        let (mine, theirs) = (letters(own), letters(their));
        let both = mine.max(theirs) <= mine.min(theirs) * MOST_TIMES_AS_LONG;
        if near && both && !is_the_same_said(own, their) {
            return Some((own_before + 1..own_after, their_before + 1..their_after));
        }
    }
    None
}

/// Returns true for the first word of a quote, or of a piece of one.
fn begins_piece(words: &[Word], place: usize) -> bool {
    place == 0 || words.get(place).is_some_and(|word| word.marked)
}

/// Returns true for the last word of a quote, or of a piece of one.
fn ends_piece(words: &[Word], place: usize) -> bool {
    words.get(place + 1).is_none_or(|word| word.marked)
}

/// Returns true where two runs of words are one saying, heard or written in two ways: compounds, short forms of verbs, articles and
/// what joins two words.
fn is_the_same_said(one: &[Word], other: &[Word]) -> bool {
    let said = |words: &[Word]| -> String { words.iter().map(|word| in_full(&word.form)).collect() };
    said(one) == said(other)
}

/// Returns a word with its short form written out; nothing for an article and for what joins two words.
fn in_full(word: &str) -> String {
    const SHORT: [(&str, &str); 6] = [
        ("n't", "not"),
        ("'ll", "will"),
        ("'re", "are"),
        ("'ve", "have"),
        ("'m", "am"),
        ("'d", "would"),
    ];
    if matches!(word, "a" | "an" | "the" | "and" | "or" | "that") {
        return String::new();
    }
    let word = word.replace('’', "'");
    match word.as_str() {
        "gonna" => return "goingto".to_owned(),
        "wanna" => return "wantto".to_owned(),
        _ => {}
    }
    let found = SHORT
        .iter()
        .find_map(|(short, full)| Some((word.strip_suffix(short)?, full)));
    found.map_or_else(|| word.clone(), |(stem, full)| format!("{stem}{full}"))
}

/// Returns the words of a quote in a form that can be compared. Of a quote that is partly told in the report's own words only
/// those between quotation marks are somebody's.
pub(crate) fn words(quote: &Quote, text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let all_quoted = quote.kind != QuoteKind::Mixed;
    let mut inside = false;
    for piece in &quote.pieces {
        let mut marked = !words.is_empty();
        let mut start = piece.start;
        for part in piece
            .text(text)
            .split_inclusive(|character: char| character.is_whitespace() || "—–-".contains(character))
        {
            // Without the space behind it, which lies outside of the last word's sentence.
            let span = Span::new(start, start + part.trim_end().len());
            start += part.len();
            marked |= part.contains(['…', '[', '(']) || part.starts_with("..");
            // An editor's asterisks stand for letters.
            marked |= part.contains('*');
            let opens = part.starts_with(['“', '"', '„', '«']);
            let closes = part.trim_end().trim_end_matches(['.', ',', ';', ':', '?', '!']);
            let closes = closes.ends_with(['”', '"', '»']) && closes.chars().count() > 1;
            inside |= opens;
            if inside || all_quoted {
                let form = normal_form(part.trim_matches(|character: char| !character.is_alphanumeric()));
                if !form.is_empty() {
                    let form = digits_of(&form).map_or(form, str::to_owned);
                    words.push(Word { form, span, marked });
                    marked = false;
                }
            } else {
                // The report's own words between two quoted pieces.
                marked = !words.is_empty();
            }
            if closes {
                inside = false;
            }
            marked |= part.contains([']', ')', '…', '*']) || part.trim_end().ends_with("..");
        }
    }
    words
}

/// Returns the digits that a small number in words is also written with.
fn digits_of(word: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 12] = [
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
    ];
    let found = WORDS.iter().find(|(written, _)| *written == word);
    found.map(|&(_, digits)| digits)
}

/// Returns words in their comparable forms, with spaces between them.
pub(crate) fn forms(words: &[Word]) -> String {
    let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
    forms.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<Word> {
        let word = |word: &str| Word {
            form: word.to_owned(),
            span: Span::default(),
            marked: false,
        };
        text.split_whitespace().map(word).collect()
    }

    #[test]
    fn a_cut_is_no_other_wording() {
        let whole = split("we will never leave this harbour to them");
        assert_eq!(other_words(&whole, &split("never leave this harbour")), None);
        assert_eq!(other_words(&whole, &split("we will leave this harbour")), None);
    }

    #[test]
    fn words_in_place_of_each_other_are() {
        let found = other_words(
            &split("it is like they ruined his life"),
            &split("it is like it ruined his life"),
        );
        assert_eq!(found, Some((3..4, 3..4)));
    }

    #[test]
    fn a_word_that_is_the_same_by_chance_parts_no_other_wording() {
        let one = split("no meeting between this president and haro");
        let other = split("no meeting between president lind and velda haro");
        let (own, their) = other_words(&one, &other).unwrap();
        assert_eq!(forms(&one[own]), "this president and");
        assert_eq!(forms(&other[their]), "president lind and velda");
    }

    #[test]
    fn what_the_report_marks_as_changed_is_no_other_wording() {
        let mut changed = split("we will never leave their port to them");
        changed[4].marked = true;
        assert_eq!(
            other_words(&split("we will never leave this port to them"), &changed),
            None
        );
    }

    #[test]
    fn short_forms_and_articles_are_no_other_wording() {
        let one = split("we have won before and we'll win here again");
        assert_eq!(
            other_words(&one, &split("we have won before we will win here again")),
            None
        );
        assert_eq!(
            other_words(
                &split("is this the circus of ours"),
                &split("is this a circus of ours")
            ),
            None
        );
        assert!(other_words(&one, &split("we have won before and they'll win here again")).is_some());
    }

    #[test]
    fn compounds_are_one_wording() {
        assert_eq!(
            other_words(
                &split("a long term plan for us"),
                &split("a longterm plan for us")
            ),
            None
        );
    }
}
