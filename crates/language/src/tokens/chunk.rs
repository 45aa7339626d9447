//! A run of characters without white space, split into tokens.

use rashomon_core::Span;

use crate::lexicon::{Abbreviation, abbreviation};

/// Prefixes after which a hyphen stays inside its word.
const PREFIXES: &[&str] = &[
    "anti", "bi", "co", "counter", "de", "e", "ex", "extra", "inter", "intra", "mega", "micro", "mid",
    "mini", "multi", "neo", "non", "over", "pan", "post", "pre", "pro", "proto", "pseudo", "quasi", "re",
    "semi", "sub", "super", "trans", "ultra", "un",
];

/// Units that are written onto their number.
const UNITS: &[&str] = &[
    "am", "b", "bn", "cm", "ft", "gb", "ghz", "hrs", "hz", "in", "k", "kg", "km", "kph", "kw", "lb", "lbs",
    "m", "mb", "mbps", "mg", "mhz", "min", "ml", "mm", "mn", "mph", "mw", "pm", "tn", "trn", "yrs",
];

/// Ends of web addresses that are written without "www".
const DOMAINS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "co", "uk", "io", "info", "tv", "eu",
];

/// What follows the apostrophe of a clitic.
const CLITICS: &[&str] = &["s", "re", "ve", "ll", "d", "m"];

/// Words that are two words, with the length of the first.
const JOINED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("gimme", 3),
];

/// Marks that are one token with their like beside them.
const RUNS: &[char] = &['.', '-', '*', '=', '_', '~', '–', '—', '`', '>', '<'];

/// Faces made of marks.
const FACES: &[&str] = &[":-)", ":-(", ";-)", ":)", ":(", ";)", ":D", ":P"];

/// Gives the tokens of `chunk` to `push`, in order, as positions in it; `after` is what follows in the sentence.
pub(super) fn split(chunk: &str, after: &str, mut push: impl FnMut(Span)) {
    if chunk.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return word(chunk, 0, &mut push);
    }
    if let Some(rest) = chunk.strip_prefix(['\'', '’'])
        && CLITICS.contains(&rest.to_ascii_lowercase().as_str())
    {
        return push(Span::new(0, chunk.len()));
    }
    let mut at = 0;
    // Whether the last character can belong to a web address: then none begins here.
    let mut in_address = false;
    while let Some(first) = chunk[at..].chars().next() {
        let rest = &chunk[at..];
        let whole = if in_address { None } else { address(rest) };
        let length = if let Some(length) = whole {
            push(Span::new(at, at + length));
            length
        } else if is_word(first) {
            let length = word_length(rest);
            let stop = usize::from(keeps_stop(&rest[..length], &rest[length..], after));
            let dollar = usize::from(is_currency_prefix(&rest[..length]) && rest[length..].starts_with('$'));
            if stop + dollar > 0 {
                push(Span::new(at, at + length + stop + dollar));
            } else {
                word(&rest[..length], at, &mut push);
            }
            length + stop + dollar
        } else {
            let length = marks_length(rest, first, at == 0);
            push(Span::new(at, at + length));
            length
        };
        at += length;
        in_address = chunk[..at].ends_with(is_address_mark);
    }
}

/// Returns true for a character of which words are made.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || is_joiner(character)
}

/// Returns true for a character that belongs to the one before it.
fn is_joiner(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe0f}' | '\u{20e3}' | '\u{ad}'
    )
}

fn is_address_mark(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '.' | '_' | '%' | '+' | '-')
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’')
}

/// Returns true for what stands before a dollar sign to say whose dollar it is: "US", "A", "HK".
fn is_currency_prefix(word: &str) -> bool {
    word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns the length of the web or mail address with which `text` begins.
fn address(text: &str) -> Option<usize> {
    let run = text.find(|mark| !is_address_mark(mark)).unwrap_or(text.len());
    let (host, rest) = text.split_at(run);
    let web = matches!(host, "http" | "https" | "ftp") && rest.starts_with("://") || host.starts_with("www.");
    let path = rest.starts_with('/')
        && host
            .rsplit_once('.')
            .is_some_and(|(name, domain)| !name.is_empty() && is_domain(domain));
    let mail = run > 0
        && rest.strip_prefix('@').is_some_and(|rest| {
            let end = rest.find(|mark| !is_address_mark(mark)).unwrap_or(rest.len());
            rest[..end].trim_end_matches('.').contains('.')
        });
    if !(web || path || mail) {
        return None;
    }
    let end = text
        .find(['<', '>', '"', '“', '”', '’', ')', ']', '}', ','])
        .unwrap_or(text.len());
    let length = text[..end]
        .trim_end_matches(['.', ';', ':', '!', '?', '\''])
        .len();
    (length > 0).then_some(length)
}

fn is_domain(word: &str) -> bool {
    DOMAINS.contains(&word)
}

/// Returns the length of the word with which `text` begins, with its clitics but without a last full stop.
fn word_length(text: &str) -> usize {
    if let Some(length) = dashed_digits(text) {
        return length;
    }
    // The start of the part after the last full stop or hyphen, and whether all parts so far are of a letter or two.
    let (mut part, mut dotted) = (0, true);
    let mut previous = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((position, character)) = characters.next() {
        if is_word(character) {
            previous = character;
            continue;
        }
        let Some(next) = characters
            .peek()
            .map(|&(_, next)| next)
            .filter(|&next| is_word(next))
        else {
            return position;
        };
        let digits = previous.is_ascii_digit() && next.is_ascii_digit();
        let letters = previous.is_alphabetic() && next.is_alphabetic();
        let inside = match character {
            '.' if letters => {
                dotted &= position - part <= 2;
                let tail = &text[position + 1..];
                let tail_end = tail.find(|mark| !is_word(mark)).unwrap_or(tail.len());
                (dotted && tail_end <= 2) || is_domain(&tail[..tail_end])
            }
            '.' | ',' | ':' | '/' => digits,
            '&' => letters && previous.is_uppercase() && next.is_uppercase(),
            '_' => true,
            '-' => part == 0 && PREFIXES.contains(&text[..position].to_ascii_lowercase().as_str()),
            _ => is_apostrophe(character) && (previous.is_alphanumeric() && next.is_alphabetic()),
        };
        if !inside {
            return position;
        }
        if matches!(character, '.' | '-') {
            part = position + 1;
        }
        previous = character;
    }
    text.len()
}

/// Returns the length of digits parted by two hyphens or more, or by one with seven digits: telephone numbers, dates.
fn dashed_digits(text: &str) -> Option<usize> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let end = text
        .find(|mark: char| !mark.is_ascii_digit() && mark != '-')
        .unwrap_or(text.len());
    let digits = text[..end].trim_end_matches('-');
    let hyphens = digits.bytes().filter(|&byte| byte == b'-').count();
    let whole = !text[end..].starts_with(|next: char| is_word(next) || next == ',')
        && !digits.contains("--")
        && (hyphens > 1 || (hyphens == 1 && digits.len() == 8 && digits.as_bytes()[3] == b'-'));
    whole.then_some(digits.len())
}

/// Returns true when the full stop with which `rest` begins belongs to `word`.
fn keeps_stop(word: &str, rest: &str, after: &str) -> bool {
    let Some(rest) = rest.strip_prefix('.') else {
        return false;
    };
    if rest.starts_with('.') {
        return false;
    }
    let last = rest.is_empty() && after.trim_start().is_empty();
    let mut letters = word.chars();
    if letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() {
        return !last;
    }
    match abbreviation(word) {
        Some(Abbreviation::Number) => {
            rest.is_empty() && after.trim_start().starts_with(|next: char| next.is_ascii_digit())
        }
        Some(Abbreviation::Open) => {
            !last
                || word.contains('.')
                || matches!(word, "Jr" | "Sr" | "Inc" | "Ltd" | "Co" | "Corp" | "etc" | "al")
        }
        Some(_) => !last,
        None => false,
    }
}

/// Returns the length of the mark, or run of marks, with which `text` begins.
fn marks_length(text: &str, first: char, at_start: bool) -> usize {
    if matches!(first, '@' | '#') && at_start {
        let name = text[1..]
            .find(|mark: char| !mark.is_alphanumeric() && mark != '_')
            .map_or(text.len(), |end| end + 1);
        if text[1..name].starts_with(char::is_alphabetic) {
            return name;
        }
    }
    if let Some(face) = FACES.iter().find(|face| text.starts_with(**face)) {
        return face.len();
    }
    let same: fn(char, char) -> bool = match first {
        '!' | '?' => |_, next| matches!(next, '!' | '?'),
        '\'' | '’' if text[first.len_utf8()..].starts_with(first) => |first, next| first == next,
        _ if RUNS.contains(&first) => |first, next| first == next,
        _ => |_, _| false,
    };
    text.char_indices()
        .skip(1)
        .find(|&(_, next)| !same(first, next) && !is_joiner(next))
        .map_or(text.len(), |(position, _)| position)
}

/// Gives the tokens of a word that may carry clitics or a unit.
fn word(word: &str, offset: usize, push: &mut impl FnMut(Span)) {
    let mut parts = [0; 4];
    let mut count = 0;
    let mut stem = word;
    if let Some(apostrophe) = word.rfind(is_apostrophe)
        && apostrophe > 0
    {
        let clitic = word[apostrophe..]
            .trim_start_matches(is_apostrophe)
            .to_lowercase();
        if clitic == "t" && apostrophe > 1 && word[..apostrophe].ends_with(['n', 'N']) {
            stem = &word[..apostrophe - 1];
        } else if CLITICS.contains(&clitic.as_str()) {
            stem = &word[..apostrophe];
        }
    }
    if let Some(cut) = joined(stem).or_else(|| before_unit(stem)) {
        parts[count] = cut;
        count += 1;
    }
    if stem.len() < word.len() {
        parts[count] = stem.len();
        count += 1;
    }
    parts[count] = word.len();
    let mut start = 0;
    for &end in &parts[..=count] {
        push(Span::new(offset + start, offset + end));
        start = end;
    }
}

/// Returns where a word of two words is cut.
fn joined(word: &str) -> Option<usize> {
    if !matches!(word.len(), 5 | 6) {
        return None;
    }
    JOINED
        .iter()
        .find(|(whole, _)| whole.eq_ignore_ascii_case(word))
        .map(|&(_, cut)| cut)
}

/// Returns where a number ends to which its unit is written.
fn before_unit(word: &str) -> Option<usize> {
    if !word.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let digits = word.trim_end_matches(|mark: char| mark.is_ascii_alphabetic());
    let unit = &word[digits.len()..];
    (unit.len() <= 4 && UNITS.contains(&unit.to_ascii_lowercase().as_str())).then_some(digits.len())
}
