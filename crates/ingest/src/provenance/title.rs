//! The title line of a text file.
//!
//! The first line of a file is its title when it is short, has no sentence's final stop, and a blank line, a byline or
//! a date follows. It stays in the text and is marked as provenance, so that it is not read once more as news. In the
//! text taken from a page, a first line that repeats the title is marked likewise. The text of a row of JSON is left as
//! it came: there the title is a field of its own.

use super::{Findings, Lines, TextForm};

/// The longest title, in bytes.
const LONGEST: usize = 250;
/// The most words of a title.
const MOST_WORDS: usize = 30;

pub(super) fn find(lines: &Lines<'_>, known_title: Option<&str>, findings: &mut Findings) {
    let mut others = lines.filled.iter().filter(|line| !findings.holds(line.span));
    let (Some(first), Some(_)) = (others.next(), others.next()) else {
        return;
    };
    let repeats = known_title.is_some_and(|title| same_words(title, first.text));
    let is_title = match lines.form {
        TextForm::Article => false,
        TextForm::Page => repeats,
        TextForm::WholeFile => {
            let follower = lines
                .filled
                .iter()
                .find(|line| line.span.start > first.span.start);
            let is_set_off = first.before_gap || follower.is_some_and(|line| findings.holds(line.span));
            repeats || known_title.is_none() && is_set_off && looks_like_title(first.text)
        }
    };
    if is_title {
        let (span, title) = (first.span, first.text.to_owned());
        findings.mark(span);
        findings.title = Some(title);
    }
}

fn looks_like_title(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let bare = text.trim_end_matches(['"', '”', '’', '\'', ')', '»']);
    text.len() <= LONGEST
        && (2..=MOST_WORDS).contains(&words)
        && !bare.ends_with(['.', ',', ';', ':', '…', '。'])
        && text.chars().any(char::is_alphabetic)
}

/// Returns true when two lines have the same letters and digits.
fn same_words(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        text.chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    one.len() <= 2 * LONGEST && other.len() <= 2 * LONGEST && letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::super::TextForm;
    use super::super::testing::read_as;

    #[track_caller]
    fn assert_title(text: &str, expected: Option<&str>) {
        let report = read_as(text, TextForm::WholeFile);
        assert_eq!(report.title.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_short_line_that_is_set_off_is_the_title() {
        assert_title(
            "Snow Closes Roads\n\nSnow fell in Ostby.",
            Some("Snow Closes Roads"),
        );
        assert_title(
            "Snow Closes Roads\nBy Ada Brown\nSnow fell in Ostby.",
            Some("Snow Closes Roads"),
        );
        assert_title("Will it melt?\n\nSnow fell in Ostby.", Some("Will it melt?"));
        assert_title(
            "3 September 2025\n\nSnow Closes Roads\n\nSnow fell.",
            Some("Snow Closes Roads"),
        );
    }

    #[test]
    fn other_first_lines_are_news() {
        assert_title("Snow fell in Ostby.\n\nIt melted.", None);
        assert_title("Snow fell “and fell.”\n\nIt melted.", None);
        assert_title("Snow Closes Roads\nSnow fell in Ostby.", None);
        assert_title("Snow Closes Roads", None);
    }

    #[test]
    fn a_page_that_repeats_its_title_has_it_marked() {
        let mut report = rashomon_core::Report::new("r", "Snow closes roads\nSnow fell.");
        report.title = Some("Snow Closes Roads!".to_owned());
        super::super::read_provenance(&mut report, TextForm::Page);
        assert_eq!(report.provenance.len(), 1);
        assert_eq!(report.title.as_deref(), Some("Snow Closes Roads!"));
    }
}
