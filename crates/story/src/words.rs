//! The words of a text in the form in which reports are compared.

use unicode_segmentation::UnicodeSegmentation;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// In lower case, without a possessive or plural ending.
    pub(crate) form: String,
    /// Its first letter is a capital, and it does not open a sentence or a line.
    pub(crate) capital_inside: bool,
    /// Its first letter is a capital.
    pub(crate) capital: bool,
    /// It follows the word before it with nothing but spaces between.
    pub(crate) follows: bool,
}

/// Returns true for a character of a script that is written without spaces between words.
fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        0x0E00..=0x0EFF         // Thai, Lao
        | 0x1000..=0x109F       // Myanmar
        | 0x1780..=0x17FF       // Khmer
        | 0x3005..=0x3007
        | 0x3040..=0x30FF       // Hiragana, Katakana
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF       // Han
        | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF)
}

/// The longest word that is taken as it stands, in bytes; of a longer one its first part counts. A line of five
/// million letters must not become a word of five million letters.
const LONGEST_WORD: usize = 64;

/// Calls `take` for each word of `text`, in order. Scripts without spaces give pairs of characters.
pub(crate) fn for_each_word(text: &str, mut take: impl FnMut(Word)) {
    let mut previous_end = 0;
    let mut before: Option<(usize, char)> = None;
    let mut opens_sentence = true;
    for (start, piece) in text.unicode_word_indices() {
        let between = text.get(previous_end..start).unwrap_or_default();
        if previous_end == 0 || between.contains(['.', '!', '?', ':', '\n', '"', '“', '”', '•', '|', '…'])
        {
            opens_sentence = true;
        }
        let follows = previous_end > 0 && between.chars().all(|character| character == ' ');
        let adjacent = previous_end == start;
        previous_end = start + piece.len();
        let Some(first) = piece.chars().next() else {
            continue;
        };
        if is_unspaced(first) {
            let mut last = before
                .filter(|&(end, _)| adjacent && end == start)
                .map(|(_, last)| last);
            let lone = last.is_none() && piece.chars().nth(1).is_none();
            for character in piece.chars() {
                if let Some(last) = last {
                    take(Word {
                        start,
                        form: [last, character].iter().collect(),
                        capital_inside: false,
                        capital: false,
                        follows: false,
                    });
                }
                last = Some(character);
            }
            // A character that stands alone between marks would be lost.
            if lone
                && !text
                    .get(previous_end..)
                    .and_then(|rest| rest.chars().next())
                    .is_some_and(is_unspaced)
            {
                take(Word {
                    start,
                    form: piece.to_owned(),
                    capital_inside: false,
                    capital: false,
                    follows,
                });
            }
            before = last.map(|last| (previous_end, last));
            opens_sentence = false;
            continue;
        }
        before = None;
        let capital = first.is_uppercase();
        let form = normal_form(piece);
        if form.is_empty() {
            continue;
        }
        take(Word {
            start,
            form,
            capital_inside: capital && !opens_sentence,
            capital,
            follows,
        });
        opens_sentence = false;
    }
}

/// Returns a word in lower case, without "'s" and without the plural s of English, French and Spanish: crude, but it
/// joins "troops" and "troop" in any language that adds an s, and treats both reports alike in all others.
pub(crate) fn normal_form(piece: &str) -> String {
    let mut end = piece.len().min(LONGEST_WORD);
    while !piece.is_char_boundary(end) {
        end -= 1;
    }
    let mut form = piece
        .get(..end)
        .unwrap_or_default()
        .to_lowercase()
        .replace('’', "'");
    if let Some(stem) = form.strip_suffix("'s").or_else(|| form.strip_suffix('\'')) {
        form.truncate(stem.len());
    }
    if form.is_ascii() && form.len() > 3 && form.ends_with('s') {
        if form.ends_with("ies") && form.len() > 4 {
            form.truncate(form.len() - 3);
            form.push('y');
        } else if !form.ends_with("ss") && !form.ends_with("us") && !form.ends_with("is") {
            form.truncate(form.len() - 1);
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        let mut forms = Vec::new();
        for_each_word(text, |word| forms.push(word.form));
        forms
    }

    fn capitals(text: &str) -> Vec<String> {
        let mut names = Vec::new();
        for_each_word(text, |word| {
            if word.capital_inside {
                names.push(word.form);
            }
        });
        names
    }

    #[test]
    fn takes_words_in_lower_case_without_endings() {
        assert_eq!(
            forms("Varna’s TROOPS crossed 3.5 cities; 15,000 at the U.S. pass"),
            [
                "varna", "troop", "crossed", "3.5", "city", "15,000", "at", "the", "u.s", "pass"
            ]
        );
    }

    #[test]
    fn a_capital_that_opens_a_sentence_is_no_name() {
        assert_eq!(
            capitals("Trains stopped. Officials of Varna told Ada Brown."),
            ["varna", "ada", "brown"]
        );
    }

    #[test]
    fn scripts_without_spaces_give_pairs_of_characters() {
        assert_eq!(forms("北京大火。火"), ["北京", "京大", "大火", "火"]);
        assert_eq!(forms("อาหา").len(), 3);
    }

    #[test]
    fn strange_texts_pass() {
        assert!(forms("\u{0301}\u{0301} \u{0} 🎉🎉").len() <= 2);
        assert_eq!(forms(&"a".repeat(5_000_000)).first().map(String::len), Some(64));
    }
}
