//! Words in pieces, as the embedding table knows them: the longest known beginning, then the longest known
//! continuation (Schuster and Nakajima 2012, "Japanese and Korean Voice Search"; WordPiece as BERT uses it).

use crate::network::keys::KeyPlaces;

/// A piece of a word is looked for in at most so many bytes.
const LONGEST_PIECE: usize = 40;
/// Words of more letters are one unknown piece.
const LONGEST_WORD: usize = 100;

/// The pieces and their numbers.
#[derive(Clone, Debug, Default)]
pub struct WordPieces {
    /// By the piece; continuations begin with "##".
    numbers: KeyPlaces,
}

impl WordPieces {
    /// Takes the pieces in the order of their numbers.
    pub fn new<'piece>(pieces: impl IntoIterator<Item = &'piece str>) -> Self {
        Self {
            numbers: pieces.into_iter().collect(),
        }
    }

    /// Appends the numbers of the pieces of a word; nothing for a word of which no piece is known.
    pub fn cut(&self, word: &str, numbers: &mut Vec<u32>) {
        let folded = fold(word);
        let mut part = String::new();
        let mut key = String::new();
        for character in folded.chars() {
            if character.is_alphanumeric() {
                part.push(character);
                continue;
            }
            self.cut_part(&part, &mut key, numbers);
            part.clear();
            if !character.is_whitespace() {
                key.clear();
                key.push(character);
                numbers.extend(self.numbers.get(&key));
            }
        }
        self.cut_part(&part, &mut key, numbers);
    }

    /// Cuts a word without marks in it.
    fn cut_part(&self, part: &str, key: &mut String, numbers: &mut Vec<u32>) {
        if part.is_empty() || part.len() > LONGEST_WORD {
            return;
        }
        let before = numbers.len();
        let mut start = 0;
        while start < part.len() {
            let mut end = part.floor_char_boundary((start + LONGEST_PIECE).min(part.len()));
            let mut found = None;
            while end > start {
                key.clear();
                if start > 0 {
                    key.push_str("##");
                }
                key.push_str(&part[start..end]);
                if let Some(number) = self.numbers.get(key) {
                    found = Some(number);
                    break;
                }
                end = part.floor_char_boundary(end - 1);
            }
            let Some(number) = found else {
                numbers.truncate(before);
                return;
            };
            numbers.push(number);
            start = end;
        }
    }
}

/// Returns the word in small letters without accents, as the table's own tokenizer folds it.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for character in word.chars().flat_map(char::to_lowercase) {
        match character {
            '’' | '‘' => folded.push('\''),
            '“' | '”' => folded.push('"'),
            _ if character.is_ascii() => folded.push(character),
            _ if is_combining(character) => {}
            _ => folded.push_str(&crate::places::fold_letter(character)),
        }
    }
    folded
}

/// Returns true for a mark that stands on the letter before it.
fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces_of(word: &str) -> Vec<u32> {
        let pieces = WordPieces::new(["un", "##afford", "##able", "-", "é", "e", "(", "un-"]);
        let mut numbers = Vec::new();
        pieces.cut(word, &mut numbers);
        numbers
    }

    #[test]
    fn takes_the_longest_piece_first() {
        assert_eq!(pieces_of("Unaffordable"), [0, 1, 2]);
        assert_eq!(pieces_of("un-able"), [0, 3]);
        assert_eq!(pieces_of("É"), [5]);
        assert_eq!(pieces_of("e\u{301}"), [5]);
        assert_eq!(pieces_of("zzz"), [0u32; 0]);
        assert_eq!(pieces_of(""), [0u32; 0]);
    }
}
