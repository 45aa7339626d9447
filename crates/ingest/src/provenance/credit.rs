//! Credit lines: "The Associated Press contributed to this report.", "(Reporting by Ada Brown; editing by Carl Dunn)",
//! "With files from Reuters", "Source: Reuters", "(AP)".

use rashomon_core::Span;

use super::agencies::{agencies_in, agency, credited_in, looks_like_outlet};
use super::{Findings, LONGEST_SHORT_LINE, Lines, is_capitalised, last_part, starts_with_ignoring_case};

/// How far from the end of a paragraph a credit may begin, in bytes.
const REACH: usize = 600;

/// Words that make the sentence around them a credit, in small letters.
const CONTRIBUTIONS: [&str; 21] = [
    "contributed to this report",
    "contributed to this article",
    "contributed to this story",
    "contributed to this piece",
    "contributed to this post",
    "contributed to this dispatch",
    "contributed to the report",
    "contributed reporting",
    "contributed additional reporting",
    "contributed research",
    "contributed to reporting",
    "was used in this report",
    "was used in this article",
    "were used in this report",
    "was included in this report",
    "was used to compile this report",
    "this report includes information from",
    "this report includes material from",
    "this report contains material from",
    "this article includes reporting from",
    "this article contains material from",
];

/// Words with which a line of credit begins, and whether it names those to whom credit is due (or else people who wrote,
/// edited and translated).
const OPENINGS: [&str; 27] = [
    "reporting by ",
    "additional reporting by ",
    "additional reporting from ",
    "reporting from ",
    "with reporting by ",
    "with reporting from ",
    "with additional reporting by ",
    "writing by ",
    "writing and editing by ",
    "written by ",
    "editing by ",
    "edited by ",
    "compiled by ",
    "translated by ",
    "based on reporting by ",
    "based on reports by ",
    "with files from ",
    "with file from ",
    "with inputs from ",
    "with input from ",
    "with agency inputs",
    "with information from ",
    "with material from ",
    "with wire reports",
    "source: ",
    "sources: ",
    "credit: ",
];

/// Small words that may stand in a line of credit beside names.
const AROUND: [&str; 45] = [
    "and",
    "by",
    "in",
    "from",
    "for",
    "with",
    "the",
    "of",
    "to",
    "at",
    "a",
    "reporting",
    "additional",
    "writing",
    "editing",
    "edited",
    "written",
    "compiled",
    "translated",
    "translation",
    "graphics",
    "graphic",
    "research",
    "files",
    "file",
    "inputs",
    "input",
    "agency",
    "agencies",
    "wire",
    "wires",
    "reports",
    "staff",
    "newsroom",
    "bureau",
    "team",
    "reporters",
    "writers",
    "correspondents",
    "van",
    "von",
    "de",
    "al",
    "el",
    "bin",
];

pub(super) fn find(lines: &Lines<'_>, findings: &mut Findings) {
    for line in &lines.filled {
        if findings.holds(line.span) {
            continue;
        }
        let is_whole = whole_line(line.text);
        let is_found = is_whole || contribution(line.text).is_some();
        if !is_found {
            continue;
        }
        let span = if is_whole {
            line.span
        } else {
            let part = contribution(line.text).unwrap_or_default();
            Span::new(line.span.start + part.start, line.span.start + part.end)
        };
        let phrase = span.text(lines.text);
        findings.mark(span);
        findings.credit(span.start, credited_in(credit_part(phrase)));
    }
}

/// Returns the part of a credit that names those who get it: of "Reporting from X contributed to this article." the X.
fn credit_part(phrase: &str) -> &str {
    let lower = phrase.to_ascii_lowercase();
    let end = [" contributed", " was used", " were used", " was included"]
        .iter()
        .filter_map(|verb| lower.find(verb))
        .min()
        .unwrap_or(phrase.len());
    let inside = phrase
        .get(..end)
        .unwrap_or(phrase)
        .trim()
        .trim_start_matches(['(', '[', '—', '-'])
        .trim_start();
    let lower = inside.to_ascii_lowercase();
    let start = OPENINGS
        .iter()
        .chain(&[
            "information from ",
            "material from ",
            "this report includes material from ",
        ])
        .filter(|opening| lower.starts_with(**opening))
        .map(|opening| opening.len())
        .max()
        .unwrap_or(0);
    inside.get(start..).unwrap_or(inside)
}

/// Returns true when a line is a credit as a whole.
fn whole_line(text: &str) -> bool {
    if text.len() > LONGEST_SHORT_LINE {
        return false;
    }
    let bare = text.trim_start_matches(['(', '[', '—', '–', '-', ' ', '*', '_']);
    let inside = bare.trim_end_matches([')', ']', '.', ' ', '*', '_']);
    // "(AP)", "— AFP", "With agency inputs"
    if agency(inside).is_some() && (bare.len() < text.len() || inside.len() + 1 >= text.len()) {
        return true;
    }
    if let Some(start) = bare
        .get(..8.min(bare.len()))
        .filter(|start| starts_with_ignoring_case(start, "source"))
    {
        // "Source: Reuters" gives credit, "Sources: three officials" is news.
        let _ = start;
        return bare.split_once(':').is_some_and(|(_, names)| {
            names.len() < 120
                && (agency(names.trim()).is_some()
                    || looks_like_outlet(names.trim().trim_end_matches('.'))
                    || !agencies_in(names).is_empty() && only_names(names))
        });
    }
    let is_opened = OPENINGS.iter().any(|opening| {
        starts_with_ignoring_case(bare, opening) || bare.eq_ignore_ascii_case(opening.trim_end())
    });
    is_opened && only_names(inside)
}

/// Returns true when a line has no words but names and those of [`AROUND`]: "Reporting by Ada Brown; editing by Carl
/// Dunn" and not "Reporting by the newspaper showed that roads were closed".
fn only_names(text: &str) -> bool {
    text.split(|character: char| {
        character.is_whitespace() || matches!(character, '/' | ';' | ',' | '(' | ')')
    })
    .map(|word| word.trim_end_matches(['.', ':']))
    .filter(|word| !word.is_empty())
    .all(|word| {
        is_capitalised(word)
            || AROUND.contains(&word.to_ascii_lowercase().as_str())
            || agency(word).is_some()
            || matches!(word, "&" | "|" | "—" | "–" | "-" | "+")
    })
}

/// Returns the sentence at the end of a paragraph that says who contributed, in bytes of `text`.
fn contribution(text: &str) -> Option<Span> {
    let (offset, end) = last_part(text, REACH);
    // Most paragraphs hold none of these words.
    if !end.contains("ontribut") && !end.contains("this report") && !end.contains("this article") {
        return short_contribution(text);
    }
    let lower = end.to_ascii_lowercase();
    let found = CONTRIBUTIONS.iter().filter_map(|words| lower.find(words)).min();
    let Some(position) = found else {
        return short_contribution(text);
    };
    let start = sentence_start(end, position);
    let stop = end
        .get(position..)
        .and_then(|rest| rest.find(". "))
        .map_or(end.len(), |stop| position + stop + 1);
    // "contributed from" alone may tell of money: a credit begins with a name and is short.
    let sentence = end.get(start..stop)?;
    let is_credit = sentence
        .trim_start_matches(['(', '[', '*', '_'])
        .starts_with(|first: char| first.is_uppercase())
        && sentence.split_whitespace().count() <= 60;
    is_credit.then(|| Span::new(offset + start, offset + stop).trimmed(text))
}

/// Returns "AFP contributed." and the like: a short line that begins with an agency.
fn short_contribution(text: &str) -> Option<Span> {
    let words = text.split_whitespace().take(13).count();
    let is_credit = words <= 12
        && text.trim_end_matches(['.', ')']).ends_with(" contributed")
        && !agencies_in(text).is_empty();
    is_credit.then(|| Span::new(0, text.len()))
}

/// Returns where the sentence begins that holds byte `position` of `text`: after a final stop, or an opening bracket
/// that is not closed before.
fn sentence_start(text: &str, position: usize) -> usize {
    let before = text.get(..position).unwrap_or_default();
    let mut start = 0;
    for (stop, mark) in before.match_indices(['.', '!', '?', '”', '"']) {
        let rest = before.get(stop + mark.len()..).unwrap_or_default();
        let next = rest.trim_start();
        let is_apart =
            rest.len() > next.len() && next.starts_with(|first: char| first.is_uppercase() || first == '(');
        // "U.S. writer", "Ada B. Brown": a stop after a single letter ends no sentence.
        let word_before = before.get(..stop).unwrap_or_default();
        let is_initial = mark == "."
            && word_before.chars().next_back().is_some_and(char::is_uppercase)
            && word_before
                .chars()
                .rev()
                .nth(1)
                .is_none_or(|second| !second.is_alphabetic());
        if is_apart && !is_initial {
            start = stop + mark.len() + (rest.len() - next.len());
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::super::TextForm;
    use super::super::testing::{assert_marked, read_as};

    #[track_caller]
    fn assert_credit(line: &str, credits: &[&str]) {
        let text = format!("Snow fell in Ostby.\n{line}");
        assert_marked(&text, &[line]);
        assert_eq!(read_as(&text, TextForm::Article).credits, credits, "{line}");
    }

    #[test]
    fn credits_are_read() {
        assert_credit(
            "Reporting from the Associated Press contributed to this article.",
            &["Associated Press"],
        );
        assert_credit(
            "The Associated Press contributed to this report.",
            &["Associated Press"],
        );
        assert_credit(
            "AFP and Reuters contributed to this story.",
            &["Agence France-Presse", "Reuters"],
        );
        assert_credit(
            "With files from The Canadian Press and Example Radio",
            &["Canadian Press"],
        );
        assert_credit("With files from Example Radio", &["Example Radio"]);
        assert_credit("(With inputs from PTI)", &["Press Trust of India"]);
        assert_credit(
            "(Reporting by Ada Brown in Ostby; Writing by Carl Dunn; Editing by Eve Fox)",
            &[],
        );
        assert_credit("Additional reporting by Ada Brown; editing by Carl Dunn", &[]);
        assert_credit("Ada B. Brown and Carl Dunn contributed reporting.", &[]);
        assert_credit(
            "Associated Press writers Ada Brown in Ostby and Carl Dunn in Midby contributed to this report.",
            &["Associated Press"],
        );
        assert_credit("AFP contributed.", &["Agence France-Presse"]);
        assert_credit("Source: Reuters", &["Reuters"]);
        assert_credit("(AP)", &["Associated Press"]);
        assert_credit("— AFP", &["Agence France-Presse"]);
        assert_credit(
            "Information from dpa was used in this report.",
            &["Deutsche Presse-Agentur"],
        );
    }

    #[test]
    fn a_credit_may_end_a_paragraph() {
        assert_marked(
            "Snow fell, he said. The Associated Press contributed to this report.",
            &["The Associated Press contributed to this report."],
        );
    }

    #[test]
    fn news_is_left() {
        for line in [
            "Reporting by the newspaper showed that roads were closed.",
            "The storm contributed to this year’s losses.",
            "Sources: three officials who asked not to be named",
            "Heavy rain contributed to the flood.",
            "Reuters reported that snow fell.",
            "He contributed from his own purse.",
        ] {
            assert_marked(&format!("Snow fell in Ostby.\n{line}"), &[]);
        }
    }
}
