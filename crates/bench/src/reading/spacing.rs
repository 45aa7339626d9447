//! The spaces of sentences that were kept as words alone, put back by rule.

use super::text::{CharacterSpan, is_word_character};

/// Words that follow what stands before them without a space.
const FOLLOWS: [&str; 16] = [
    ",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "…", "”", "»", "™", "...", "''",
];
/// Words that what stands behind them follows without a space.
const LEADS: [&str; 11] = ["(", "[", "{", "$", "£", "€", "#", "“", "‘", "«", "@"];
/// Another one: the opening quotation mark of typewriters.
const TYPED_MARK: &str = "``";
/// What stands behind an apostrophe without a space.
const ENDINGS: [&str; 7] = ["s", "t", "m", "d", "re", "ve", "ll"];

/// Returns true for the second half of a short form: "n't", "'s".
fn is_clitic(word: &str) -> bool {
    let word = word.to_lowercase();
    if matches!(word.as_str(), "n't" | "n’t") {
        return true;
    }
    word.strip_prefix(['\'', '’'])
        .is_some_and(|ending| ENDINGS.contains(&ending))
}

/// Returns true where a word holds a letter or a digit.
fn is_wordlike(word: Option<&&str>) -> bool {
    word.is_some_and(|word| word.chars().any(is_word_character))
}

/// Adds a sentence to `text` and returns where its words stand. `hyphens`: a lone "-" between two words is part of a
/// compound that was split, and no dash.
fn add_sentence(text: &mut String, words: &[&str], hyphens: bool) -> Vec<CharacterSpan> {
    let mut position = text.chars().count();
    let mut spans = Vec::with_capacity(words.len());
    let mut open = Vec::new();
    let mut glued = true;
    for (index, &word) in words.iter().enumerate() {
        let previous = index.checked_sub(1).and_then(|previous| words.get(previous));
        let next = words.get(index + 1);
        let mut spaced = !glued;
        glued = LEADS.contains(&word) || word == TYPED_MARK;
        if FOLLOWS.contains(&word) || is_clitic(word) {
            spaced = false;
        } else if word == "’" {
            spaced = false;
            glued = next.is_some_and(|next| ENDINGS.contains(&next.to_lowercase().as_str()));
        } else if matches!(word, "\"" | "'" | "\"'") {
            if let Some(at) = open.iter().position(|&mark| mark == word) {
                open.remove(at);
                spaced = false;
            } else if word == "'"
                && previous.is_some_and(|previous| previous.ends_with('s'))
                && !words.iter().skip(index + 1).any(|&later| later == "'")
            {
                // The apostrophe of a plural: no quotation ends later.
                spaced = false;
            } else {
                open.push(word);
                glued = true;
            }
        } else if (word == "-" && hyphens || word == "/") && is_wordlike(previous) && is_wordlike(next) {
            spaced = false;
            glued = true;
        }
        if spaced {
            text.push(' ');
            position += 1;
        }
        let start = position;
        text.push_str(word);
        position += word.chars().count();
        spans.push(CharacterSpan::new(start, position));
    }
    spans
}

/// Returns sentences as one text, a line each, and where the words of each stand.
pub(super) fn paragraphs(sentences: &[Vec<&str>], hyphens: bool) -> (String, Vec<Vec<CharacterSpan>>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(sentences.len());
    for words in sentences {
        if !text.is_empty() {
            text.push('\n');
        }
        spans.push(add_sentence(&mut text, words, hyphens));
    }
    (text, spans)
}

/// Returns true where a lone "-" is rather a hyphen than a dash: where it is more frequent than words that hold one.
pub(super) fn splits_hyphens<'word>(words: impl Iterator<Item = &'word str>) -> bool {
    let (mut alone, mut inside) = (0_usize, 0_usize);
    for word in words {
        alone += usize::from(word == "-");
        let characters: Vec<char> = word.chars().collect();
        let holds = characters
            .windows(3)
            .any(|three| three[1] == '-' && is_word_character(three[0]) && is_word_character(three[2]));
        inside += usize::from(holds);
    }
    alone > inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_joined(words: &str, hyphens: bool, expected: &str) {
        let words: Vec<&str> = words.split(' ').collect();
        let (text, spans) = paragraphs(std::slice::from_ref(&words), hyphens);
        assert_eq!(text, expected);
        let characters: Vec<char> = text.chars().collect();
        for (word, span) in words.iter().zip(&spans[0]) {
            assert_eq!(
                characters[span.start..span.end].iter().collect::<String>(),
                **word
            );
        }
    }

    #[test]
    fn marks_and_short_forms_stand_close() {
        assert_joined(
            "He did n't pay $ 5 ( or € 4 ) .",
            true,
            "He didn't pay $5 (or €4).",
        );
        assert_joined("It ’ s Ada ’ home", true, "It’s Ada’ home");
    }

    #[test]
    fn quotation_marks_open_and_close() {
        assert_joined("\" Go \" , he said \" now \"", true, "\"Go\", he said \"now\"");
        assert_joined("the workers ' pay", true, "the workers' pay");
        assert_joined("the workers ' pay ' rose", true, "the workers 'pay' rose");
    }

    #[test]
    fn a_lone_hyphen_is_one_or_a_dash() {
        assert_joined("two - day talks", true, "two-day talks");
        assert_joined("two - day talks", false, "two - day talks");
        assert_joined("talks - \" again", true, "talks - \"again");
        assert_joined("and / or", false, "and/or");
        assert!(splits_hyphens(["two", "-", "day"].into_iter()));
        assert!(!splits_hyphens(["two-day", "-", "a-"].into_iter()));
    }

    #[test]
    fn sentences_stand_on_lines_of_their_own() {
        let (text, spans) = paragraphs(&[vec!["Yes", "."], vec!["No", "."]], true);
        assert_eq!(text, "Yes.\nNo.");
        assert_eq!(spans[1][1], CharacterSpan::new(7, 8));
    }
}
