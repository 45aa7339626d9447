//! "The post TITLE appeared first on OUTLET.", which feeds of many sites put under a report.

use rashomon_core::Span;

use super::{Findings, Lines, last_part};

/// How far from the end of a line the sentence may begin, in bytes.
const REACH: usize = 600;
/// Words between title and outlet.
const JOINTS: [&str; 4] = [
    " appeared first on ",
    " first appeared on ",
    " was first published on ",
    " was originally published on ",
];

pub(super) fn find(lines: &Lines<'_>, findings: &mut Findings) {
    for line in &lines.filled {
        let (offset, end) = last_part(line.text, REACH);
        let Some((joint, length)) = JOINTS
            .iter()
            .find_map(|joint| Some((end.rfind(joint)?, joint.len())))
        else {
            continue;
        };
        let before = end.get(..joint).unwrap_or_default();
        let Some((start, opening)) = ["The post ", "The article "]
            .iter()
            .find_map(|opening| Some((before.rfind(opening)?, opening.len())))
        else {
            continue;
        };
        let inside = |from: usize, to: usize| end.get(from..to).unwrap_or_default().trim();
        let title = inside(start + opening, joint).trim_matches(['"', '“', '”']);
        let outlet = inside(joint + length, end.len()).trim_end_matches('.').trim_end();
        // An outlet's name is short: what goes on is a sentence that merely sounds like this one.
        if title.is_empty() || outlet.is_empty() || outlet.split_whitespace().count() > 8 {
            continue;
        }
        findings.mark(Span::new(line.span.start + offset + start, line.span.end));
        findings.title.get_or_insert_with(|| title.to_owned());
        findings.outlet.get_or_insert_with(|| outlet.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::super::TextForm;
    use super::super::testing::{assert_marked, read_as};

    #[test]
    fn it_gives_title_and_outlet() {
        let text =
            "Snow fell in Ostby.\nThe post Ostby’s Roads Close as Snow Falls appeared first on Example Post.";
        let report = read_as(text, TextForm::WholeFile);
        assert_eq!(report.title.as_deref(), Some("Ostby’s Roads Close as Snow Falls"));
        assert_eq!(report.outlet.as_deref(), Some("Example Post"));
        assert_marked(
            text,
            &["The post Ostby’s Roads Close as Snow Falls appeared first on Example Post."],
        );
    }

    #[test]
    fn it_may_stand_at_the_end_of_a_paragraph() {
        assert_marked(
            "Snow fell. The post Roads Close appeared first on Example Post",
            &["The post Roads Close appeared first on Example Post"],
        );
    }

    #[test]
    fn a_sentence_of_news_is_left() {
        assert_marked(
            "The post office fire appeared first on cameras that the town had put up only in May.",
            &[],
        );
        assert_marked("The comet appeared first on Tuesday.", &[]);
    }
}
