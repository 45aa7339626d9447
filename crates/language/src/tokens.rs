//! Words and marks, cut as Universal Dependencies cuts English.

use rashomon_core::{Sentence, Span, Token};

/// Returns the tokens of all sentences, and writes into each sentence which of them are its own.
pub(crate) fn tokens(text: &str, sentences: &mut [Sentence]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for sentence in sentences {
        sentence.first_token = tokens.len();
        let inside = sentence.span.text(text);
        let mut start = None;
        for (offset, character) in inside.char_indices() {
            match (character.is_whitespace() || character == '\0', start) {
                (true, Some(from)) => {
                    chunk(text, Span::new(from, sentence.span.start + offset), &mut tokens);
                    start = None;
                }
                (false, None) => start = Some(sentence.span.start + offset),
                _ => {}
            }
        }
        if let Some(from) = start {
            chunk(text, Span::new(from, sentence.span.end), &mut tokens);
        }
        sentence.last_token = tokens.len();
    }
    tokens
}

/// Adds a token.
fn push(span: Span, tokens: &mut Vec<Token>) {
    if !span.is_empty() {
        tokens.push(Token {
            span,
            ..Token::default()
        });
    }
}

/// Adds the tokens of a piece of text without white space.
fn chunk(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let inside = span.text(text);
    if inside.contains("://") || inside.starts_with("www.") || is_address(inside) {
        let core = inside.trim_end_matches(['.', ',', ')', ';', ':', '”', '"']);
        push(Span::new(span.start, span.start + core.len()), tokens);
        marks(text, Span::new(span.start + core.len(), span.end), tokens);
        return;
    }
    // Marks at the two ends are tokens of their own.
    let leading = inside.len() - inside.trim_start_matches(is_edge).len();
    marks(text, Span::new(span.start, span.start + leading), tokens);
    let rest = inside.get(leading..).unwrap_or_default();
    let mut core = rest.trim_end_matches(is_edge);
    // A stop that belongs to an abbreviation stays with it.
    let behind = rest.get(core.len()..).unwrap_or_default();
    if behind.starts_with('.') && !behind.starts_with("..") && keeps_stop(core, behind.len() == 1) {
        core = rest.get(..=core.len()).unwrap_or(core);
    }
    let core_span = Span::new(span.start + leading, span.start + leading + core.len());
    words(text, core_span, tokens);
    marks(text, Span::new(core_span.end, span.end), tokens);
}

/// Returns true for a mark that stands apart at the edge of a word.
fn is_edge(character: char) -> bool {
    !character.is_alphanumeric() && !matches!(character, '\u{0300}'..='\u{036F}' | '\u{200D}' | '\u{FE0F}')
}

/// Returns true for an e-mail address.
fn is_address(chunk: &str) -> bool {
    chunk
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

/// Returns true when a stop after `word` is part of it: "U.S", "a.m", "Mr", an initial. `last` says that nothing but
/// the stop follows.
fn keeps_stop(word: &str, last: bool) -> bool {
    let letters = word.chars().filter(|character| character.is_alphabetic()).count();
    let dotted = word.contains('.') && !word.chars().any(char::is_numeric) && letters <= 6;
    let initial = letters == 1 && word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let known = matches!(
        word.to_lowercase().as_str(),
        "mr" | "mrs"
            | "ms"
            | "dr"
            | "prof"
            | "gen"
            | "lt"
            | "col"
            | "maj"
            | "capt"
            | "sgt"
            | "adm"
            | "sen"
            | "rep"
            | "gov"
            | "rev"
            | "st"
            | "mt"
            | "jr"
            | "sr"
            | "inc"
            | "corp"
            | "ltd"
            | "co"
            | "vs"
            | "etc"
            | "jan"
            | "feb"
            | "aug"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
    );
    dotted || initial || (known && last)
}

/// Adds each mark as a token; the same mark repeated ("...", "--", "``") is one.
fn marks(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let inside = span.text(text);
    let mut characters = inside.char_indices().peekable();
    while let Some((offset, mark)) = characters.next() {
        let mut end = offset + mark.len_utf8();
        while matches!(mark, '.' | '-' | '!' | '?' | '`' | '\'' | '*' | '=' | '_')
            && let Some((next, _)) = characters.next_if(|&(_, next)| next == mark)
        {
            end = next + mark.len_utf8();
        }
        push(Span::new(span.start + offset, span.start + end), tokens);
    }
}

/// Adds the tokens of a word without marks at its edges: contractions and compounds are cut.
fn words(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let inside = span.text(text);
    let bytes = inside.len();
    let mut from = 0;
    let mut characters = inside.char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        if character.is_alphanumeric() || offset < from {
            continue;
        }
        let next = characters.peek().map(|&(_, next)| next);
        let before = inside.get(..offset).and_then(|before| before.chars().next_back());
        let digits = before.is_some_and(char::is_numeric) && next.is_some_and(char::is_numeric);
        let whole = match character {
            '.' | '\'' | '’' | '&' | '_' | '@' | '#' | '+' => true,
            ',' | ':' => digits,
            '/' => digits,
            '\u{0300}'..='\u{036F}' | '\u{200D}' | '\u{FE0F}' | '\u{AD}' => true,
            _ => false,
        };
        if !whole {
            contraction(text, Span::new(span.start + from, span.start + offset), tokens);
            let mut end = offset + character.len_utf8();
            while let Some((place, mark)) = characters.next_if(|&(_, next)| next == character) {
                end = place + mark.len_utf8();
            }
            push(Span::new(span.start + offset, span.start + end), tokens);
            from = end;
        }
    }
    contraction(text, Span::new(span.start + from, span.start + bytes), tokens);
}

/// Adds a word, cut where it is a contraction: "do" "n't", "Kim" "'s", "ca" "n't", "we" "'ve".
fn contraction(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let inside = span.text(text);
    let lower = inside.to_lowercase().replace('’', "'");
    // Lower case may change a word's length in bytes; then it is no English contraction.
    let apostrophe = inside.rfind(['\'', '’']);
    let cut = match apostrophe {
        Some(place) if lower.ends_with("n't") && place > 1 => Some(place - 1),
        Some(place)
            if place > 0
                && matches!(
                    lower.rsplit('\'').next(),
                    Some("s" | "m" | "d" | "re" | "ve" | "ll")
                ) =>
        {
            Some(place)
        }
        _ if lower == "cannot" => Some(3),
        _ if lower == "gonna" || lower == "wanna" || lower == "gotta" => Some(3),
        _ => number_unit(inside),
    };
    match cut.filter(|&cut| inside.is_char_boundary(cut) && cut > 0 && cut < inside.len()) {
        Some(cut) => {
            push(Span::new(span.start, span.start + cut), tokens);
            push(Span::new(span.start + cut, span.end), tokens);
        }
        None => push(span, tokens),
    }
}

/// Returns where the number of "1.2bn", "340km" or "9am" ends.
fn number_unit(word: &str) -> Option<usize> {
    let end = word.find(|character: char| !character.is_ascii_digit() && !matches!(character, '.' | ','))?;
    let unit = word.get(end..)?.to_lowercase();
    let known = matches!(
        unit.as_str(),
        "m" | "mn"
            | "bn"
            | "b"
            | "k"
            | "tn"
            | "km"
            | "kg"
            | "cm"
            | "mm"
            | "mph"
            | "kph"
            | "am"
            | "pm"
            | "a.m."
            | "p.m."
            | "ft"
            | "gmt"
    );
    (end > 0 && known).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut sentences = [Sentence {
            span: Span::new(0, text.len()),
            ..Sentence::default()
        }];
        tokens(text, &mut sentences)
            .iter()
            .map(|token| token.span.text(text))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn contractions_are_cut() {
        assert_eq!(
            cut("Kim’s men don't know what they’ve done; I cannot."),
            "Kim ’s men do n't know what they ’ve done ; I can not ."
        );
    }

    #[test]
    fn marks_stand_apart() {
        assert_eq!(
            cut("“Gut,” (he) said... No--yes!"),
            "“ Gut , ” ( he ) said ... No -- yes !"
        );
    }

    #[test]
    fn abbreviations_keep_their_stops() {
        assert_eq!(
            cut("The U.S. and J. Dunn at 9 a.m."),
            "The U.S. and J. Dunn at 9 a.m."
        );
    }

    #[test]
    fn numbers_stay_whole_and_their_units_stand_apart() {
        assert_eq!(
            cut("$3.4m for 15,000-strong 1.2bn at 9:25"),
            "$ 3.4 m for 15,000 - strong 1.2 bn at 9:25"
        );
    }

    #[test]
    fn addresses_stay_whole() {
        assert_eq!(
            cut("(see https://a.example/b?c=1, or a.b@c.example)."),
            "( see https://a.example/b?c=1 , or a.b@c.example ) ."
        );
    }
}
