//! Lines that outlets put around their reports: "Read more", newsletters, rights, notes on corrections. The phrases stand
//! in `data/lines_about_the_report.tsv`.

use std::sync::LazyLock;

use super::{Findings, LONGEST_SHORT_LINE, Lines, starts_with_ignoring_case};

/// The phrases: whether a line must be no more than it, and its words in small letters.
static PHRASES: LazyLock<Vec<(bool, &'static str)>> = LazyLock::new(|| {
    include_str!("../data/lines_about_the_report.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(how, phrase)| (how == "whole", phrase))
        .collect()
});

/// Words at the end of a line by which rights are kept.
const RIGHTS: [&str; 2] = ["all rights reserved.", "all rights reserved"];

pub(super) fn find(lines: &Lines<'_>, findings: &mut Findings) {
    for line in &lines.filled {
        if line.text.len() <= LONGEST_SHORT_LINE && is_about_the_report(line.text) {
            findings.mark(line.span);
        }
    }
}

fn is_about_the_report(text: &str) -> bool {
    let keeps_rights = RIGHTS.iter().any(|words| {
        let start = text.len().saturating_sub(words.len());
        text.get(start..)
            .is_some_and(|end| end.eq_ignore_ascii_case(words))
    });
    keeps_rights
        || PHRASES.iter().any(|&(whole, phrase)| {
            if !starts_with_ignoring_case(text, phrase) {
                return false;
            }
            let after = text.get(phrase.len()..).unwrap_or_default();
            if whole {
                after.chars().all(|character| !character.is_alphanumeric())
            } else {
                !phrase.ends_with(char::is_alphabetic)
                    || !after.starts_with(|next: char| next.is_alphabetic() && !phrase.ends_with("stor"))
            }
        })
}

#[cfg(test)]
mod tests {
    use super::super::testing::assert_marked;

    #[track_caller]
    fn assert_line(line: &str, is_marked: bool) {
        let text = format!("Snow fell.\n{line}\nIt melted.");
        assert_marked(
            &text,
            if is_marked {
                std::slice::from_ref(&line)
            } else {
                &[]
            },
        );
    }

    #[test]
    fn lines_about_the_report_are_known() {
        assert_line("Read more: Roads close in Ostby", true);
        assert_line("READ MORE", true);
        assert_line("Sign up for our newsletter", true);
        assert_line("© 2024 Example Post. All rights reserved", true);
        assert_line("Copyright 2024 Example Post. All rights reserved.", true);
        assert_line(
            "This article was originally published on examplepost.example.",
            true,
        );
        assert_line("This is a developing story. Check back for updates.", true);
    }

    #[test]
    fn news_is_left() {
        assert_line("Why It Matters", false);
        assert_line("What People Are Saying", false);
        assert_line("Share prices fell on Monday.", false);
        assert_line("Related charges were dropped.", false);
        assert_line("Sign up sheets were full by noon.", false);
    }
}
