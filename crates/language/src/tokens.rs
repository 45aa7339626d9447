//! Words and marks, in the style of the English treebanks of Universal Dependencies.
//!
//! A word is parted from its clitics ("do" + "n't", "Brown" + "'s") and at its hyphens, except after a prefix
//! ("non-stop") and inside a number of a telephone; web addresses, numbers with their stops and dotted abbreviations
//! stay whole; every other mark stands alone, runs of stops and dashes together.

mod chunk;

use rashomon_core::{Sentence, Span, Token};

/// Returns the tokens of all sentences, and writes into each sentence which of them are its own.
pub(crate) fn tokens(text: &str, sentences: &mut [Sentence]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    for sentence in sentences {
        sentence.first_token = tokens.len();
        let inside = sentence.span.text(text);
        let mut start = 0;
        for chunk in inside.split(char::is_whitespace) {
            if !chunk.is_empty() {
                chunk::split(chunk, &inside[start + chunk.len()..], |part: Span| {
                    let offset = sentence.span.start + start;
                    tokens.push(Token {
                        span: Span::new(offset + part.start, offset + part.end),
                        ..Token::default()
                    });
                });
            }
            // A white space may be longer than a byte: the next piece starts after it.
            start += chunk.len();
            start += inside[start..].chars().next().map_or(0, char::len_utf8);
        }
        sentence.last_token = tokens.len();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rashomon_core::Report;

    use super::*;

    fn words(text: &str) -> String {
        let report = Report::new("r", text);
        let mut sentences = crate::sentences::sentences(&report);
        let tokens = tokens(text, &mut sentences);
        let words: Vec<&str> = tokens.iter().map(|token| token.span.text(text)).collect();
        words.join("|")
    }

    #[test]
    fn clitics_are_tokens_of_their_own() {
        assert_eq!(
            words("They don't, can’t and cannot see Brown's or the Dunns’ boat"),
            "They|do|n't|,|ca|n’t|and|can|not|see|Brown|'s|or|the|Dunns|’|boat"
        );
        assert_eq!(words("We'll say O'Hara'd won"), "We|'ll|say|O'Hara|'d|won");
    }

    #[test]
    fn numbers_and_amounts() {
        assert_eq!(
            words("$3.4m, US$1.2bn, 15,000-strong, 9/11, 10:30am, 80th, 1990s, 5%"),
            "$|3.4|m|,|US$|1.2|bn|,|15,000|-|strong|,|9/11|,|10:30|am|,|80th|,|1990s|,|5|%"
        );
        assert_eq!(
            words("call 555-010-4477 or 3-4 of us"),
            "call|555-010-4477|or|3|-|4|of|us"
        );
    }

    #[test]
    fn abbreviations_and_addresses_stay_whole() {
        assert_eq!(
            words(
                "The U.S. saw Mr. J. Dunn at 5 p.m. (see https://amber.example/a?b=1, or a.b@amber.example)."
            ),
            "The|U.S.|saw|Mr.|J.|Dunn|at|5|p.m.|(|see|https://amber.example/a?b=1|,|or|a.b@amber.example|)|."
        );
        assert_eq!(words("AT&T and S&P fell."), "AT&T|and|S&P|fell|.");
    }

    #[test]
    fn hyphens_part_words_but_not_prefixes() {
        assert_eq!(
            words("state-run non-stop e-mail re-elected"),
            "state|-|run|non-stop|e-mail|re-elected"
        );
        assert_eq!(
            words("rain--or snow - and/or hail"),
            "rain|--|or|snow|-|and|/|or|hail"
        );
    }

    #[test]
    fn marks_stand_alone_and_stops_together() {
        assert_eq!(words("“We wait ...” she said!!"), "“|We|wait|...|”|she|said|!!");
        assert_eq!(words("'It is late,' he said."), "'|It|is|late|,|'|he|said|.");
    }

    proptest! {
        #[test]
        fn tokens_cover_any_text(text in "([a-cA-C0-9.,!?'’\"$%&/:@( \n-]|\\PC){0,60}") {
            let report = Report::new("r", text.as_str());
            let mut sentences = crate::sentences::sentences(&report);
            let tokens = tokens(&text, &mut sentences);
            let mut covered = 0;
            for token in &tokens {
                prop_assert!(token.span.fits(&text) && !token.span.is_empty() && token.span.start >= covered);
                prop_assert!(text[covered..token.span.start].trim().is_empty());
                covered = token.span.end;
            }
            prop_assert!(text[covered..].trim().is_empty());
        }
    }
}
