//! The words by which a sentence is known to say why an event matters, or what happens next.

/// A part of a brief that a heading in a report can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Why it matters.
    Matters,
    /// What to know.
    Know,
    /// What people are saying.
    Saying,
    /// What happens next.
    Next,
}

/// Words of headings, with the part of a brief that such a heading opens; the first that is found decides.
const HEADINGS: &[(&str, Part)] = &[
    ("why it matters", Part::Matters),
    ("why this matters", Part::Matters),
    ("why it's important", Part::Matters),
    ("what it means", Part::Matters),
    ("what this means", Part::Matters),
    ("the big picture", Part::Matters),
    ("the stakes", Part::Matters),
    ("background", Part::Matters),
    ("context", Part::Matters),
    ("people are saying", Part::Saying),
    ("what they're saying", Part::Saying),
    ("what they are saying", Part::Saying),
    ("reaction", Part::Saying),
    ("in their words", Part::Saying),
    ("happens next", Part::Next),
    ("what's next", Part::Next),
    ("what is next", Part::Next),
    ("what comes next", Part::Next),
    ("looking ahead", Part::Next),
    ("next steps", Part::Next),
    ("what to know", Part::Know),
    ("what we know", Part::Know),
    ("key facts", Part::Know),
];

/// Returns the part of a brief that a heading names.
pub(crate) fn part_of_heading(heading: &str) -> Option<Part> {
    let heading = plain(heading);
    HEADINGS
        .iter()
        .find(|(words, _)| heading.contains(words))
        .map(|&(_, part)| part)
}

/// Words that tell why an event matters or what it stands before, with how clearly they tell it: 0 to 1.
const MATTERS: &[(&str, f64)] = &[
    ("a blow to", 0.9),
    ("a boost", 0.6),
    ("a key test", 0.9),
    ("a test of", 0.7),
    ("amid", 0.4),
    ("at stake", 1.0),
    ("biggest", 0.5),
    ("comes after", 0.6),
    ("comes amid", 1.0),
    ("comes as", 0.8),
    ("concerns about", 0.6),
    ("concerns that", 0.6),
    ("could affect", 0.9),
    ("could lead to", 1.0),
    ("could mean", 0.8),
    ("critics say", 0.5),
    ("crucial", 0.7),
    ("deadliest", 0.9),
    ("depends on", 0.6),
    ("fears that", 0.6),
    ("for decades", 0.6),
    ("for the first time", 0.7),
    ("has long", 0.5),
    ("historic", 0.8),
    ("implications", 0.8),
    ("important", 0.6),
    ("in a generation", 0.9),
    ("in decades", 0.8),
    ("in recent years", 0.6),
    ("largest", 0.5),
    ("marking a", 1.0),
    ("marks a", 0.9),
    ("marks the first", 1.0),
    ("milestone", 0.8),
    ("most serious", 0.7),
    ("notable", 0.8),
    ("raises questions", 0.9),
    ("raising concerns", 0.9),
    ("raising fears", 0.9),
    ("rarely", 0.5),
    ("relies on", 0.5),
    ("rely on", 0.5),
    ("seen as", 0.5),
    ("significance", 0.9),
    ("significant", 0.8),
    ("symbol", 0.7),
    ("tensions", 0.6),
    ("threaten", 0.5),
    ("turning point", 1.0),
    ("unprecedented", 1.0),
    ("worst", 0.7),
];

/// Returns how clearly a sentence tells why an event matters: 0 to 1.
pub(crate) fn matters(sentence: &str) -> f64 {
    let sentence = plain(sentence);
    let cue = word_starts(&sentence)
        .flat_map(|rest| MATTERS.iter().filter(move |(words, _)| begins_with(rest, words)))
        .map(|&(_, weight)| weight)
        .fold(0.0, f64::max);
    let first = word_starts(&sentence).find(|rest| rest.starts_with("first"));
    let first_since = first.is_some_and(|rest| {
        word_starts(rest).any(|rest| {
            ["since", "in years", "visit", "during", "ever"]
                .iter()
                .any(|words| begins_with(rest, words))
        })
    });
    if first_since { cue.max(0.9) } else { cue }
}

/// Words of a sentence that tells what is still to come.
const NEXT: &[&str] = &[
    "aims to",
    "are due",
    "are expected",
    "are scheduled",
    "are set",
    "are to",
    "expects to",
    "in the coming",
    "intends to",
    "is due",
    "is expected",
    "is scheduled",
    "is set",
    "is slated",
    "is to",
    "later this",
    "next month",
    "next week",
    "next year",
    "plan to",
    "planned for",
    "plans to",
    "scheduled for",
    "shall",
    "upcoming",
    "will",
    "would be published",
    "would meet",
    "would resume",
];

/// Returns true for a sentence with words that tell what is still to come.
pub(crate) fn tells_what_comes(sentence: &str) -> bool {
    let sentence = plain(sentence);
    let mut before = "";
    for rest in word_starts(&sentence) {
        let is_noun = rest.starts_with("plan") && OF_NOUNS.contains(&before);
        if !is_noun && NEXT.iter().any(|words| begins_with(rest, words)) {
            return true;
        }
        before = first_word(rest);
    }
    false
}

/// Words before a plan that is a thing and is not being made: "defended the government's plan to".
const OF_NOUNS: &[&str] = &[
    "a", "about", "against", "any", "her", "his", "its", "no", "of", "on", "our", "over", "s", "such",
    "that", "the", "their", "this",
];

/// Returns the first word of a text.
fn first_word(text: &str) -> &str {
    text.split(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// First words that point at an earlier sentence, with how well a sentence that begins so stands alone.
const OPENINGS: &[(&str, f64)] = &[
    ("additionally", 0.8),
    ("also", 0.8),
    ("and", 0.7),
    ("but", 0.7),
    ("he", 0.5),
    ("however", 0.7),
    ("it", 0.45),
    ("meanwhile", 0.85),
    ("she", 0.5),
    ("that", 0.5),
    ("these", 0.5),
    ("they", 0.5),
    ("this", 0.6),
    ("those", 0.5),
];

/// Returns how well a sentence can be read without those before it: 0 to 1.
pub(crate) fn opening_weight(sentence: &str) -> f64 {
    let mut words = sentence
        .split(|character: char| !character.is_alphanumeric() && character != '\'')
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_lowercase();
    let opening = OPENINGS
        .iter()
        .find(|(word, _)| *word == first)
        .map_or(1.0, |&(_, weight)| weight);
    // Fragments ("Not so.") say nothing on their own.
    let length = if words.count() < 4 { 0.4 } else { 1.0 };
    opening * length
}

/// Returns how whole a sentence is by its looks: 1, or less where it breaks off, begins in its middle, or holds one half of a
/// pair of quotation marks.
pub(crate) fn wholeness(sentence: &str) -> f64 {
    let sentence = sentence.trim();
    let quotes = |character: char| matches!(character, '"' | '”' | '’' | '\'' | ')' | ']');
    let ends = sentence
        .trim_end_matches(quotes)
        .ends_with(['.', '!', '?', '…', ',', '。']);
    let breaks_off = !ends || sentence.ends_with([',', ';', ':', '-', '–', '—']);
    let first = sentence.chars().find(|character| character.is_alphanumeric());
    let from_the_middle = first.is_some_and(char::is_lowercase);
    let straight = sentence.matches('"').count() % 2 == 1;
    let curly = sentence.matches('“').count() != sentence.matches('”').count();
    let mut whole = 1.0;
    for (broken, weight) in [
        (breaks_off, 0.4),
        (from_the_middle, 0.5),
        (straight || curly, 0.7),
    ] {
        if broken {
            whole *= weight;
        }
    }
    whole
}

/// Returns the text in small letters with straight apostrophes.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// Returns the text from each start of a word to its end.
fn word_starts(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, character)| {
        let before = std::mem::replace(&mut inside, character.is_alphanumeric());
        (inside && !before).then(|| text.get(at..)).flatten()
    })
}

/// Returns true where a text begins with `words` as whole words; the last one may go on ("symbol" finds "symbolic") when it
/// stands alone and has more than four letters.
fn begins_with(text: &str, words: &str) -> bool {
    // Nearly all phrases fail with their first letter, which is seen without a call.
    if text.as_bytes().first() != words.as_bytes().first() {
        return false;
    }
    text.strip_prefix(words).is_some_and(|rest| {
        words.len() > 4 && !words.contains(' ') || !rest.starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_parts() {
        assert_eq!(part_of_heading("Why It Matters"), Some(Part::Matters));
        assert_eq!(part_of_heading("What’s next?"), Some(Part::Next));
        assert_eq!(part_of_heading("Rain in Ansel"), None);
    }

    #[test]
    fn what_matters_is_told_by_words() {
        assert!(matters("It is her first visit to Ostrenia in six years.") > 0.8);
        assert!(matters("The vote comes amid a dispute over fishing.") > 0.9);
        assert!(matters("The ferry left at nine.") < 0.1);
    }

    #[test]
    fn words_are_found_whole() {
        assert!(tells_what_comes("The council will vote."));
        assert!(!tells_what_comes("The goodwill mission ended."));
        assert!(tells_what_comes("The owners plan to sell the ferry."));
        assert!(!tells_what_comes(
            "The mayor defended the council's plan to sell the ferry."
        ));
        assert!(!tells_what_comes("She is today's guest."));
    }

    #[test]
    fn fragments_are_not_whole() {
        assert!(wholeness("“The bridge fell,” she said. “I saw it.”") > 0.9);
        assert!(wholeness("He called it \"a day to forget.\"") > 0.9);
        assert!(wholeness("Children will do what they want as teenagers;") < 0.5);
        assert!(wholeness("and the mayor agreed.") < 0.6);
        assert!(wholeness("\"The bridge fell at nine.") < 0.8);
    }

    #[test]
    fn a_pronoun_at_the_start_lowers_the_worth() {
        assert!(opening_weight("It was opened by the mayor of Ansel.") < 0.5);
        assert!(opening_weight("The bridge was opened by the mayor.") > 0.9);
    }
}
