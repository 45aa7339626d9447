//! Photo credits: "(AP Photo/Ada Brown)", "Photo: Ada Brown", "REUTERS/Ada Brown". Whoever took a picture is no origin of
//! what the text says, so that they get no place among the credits.

use rashomon_core::Span;

use super::{Findings, Lines, last_part, starts_with_ignoring_case};

/// How far from the end of a caption its credit may begin, in bytes.
const REACH: usize = 160;
/// The longest line that is a photo credit as a whole, in bytes.
const LONGEST: usize = 160;

/// Words with which a line begins that is a photo credit as a whole.
const OPENINGS: [&str; 17] = [
    "photo:",
    "photos:",
    "photo by ",
    "photos by ",
    "photo credit",
    "photo courtesy",
    "photograph:",
    "photograph by ",
    "photography by ",
    "image:",
    "image credit",
    "image source",
    "image by ",
    "picture:",
    "pictures:",
    "video:",
    "file photo",
];

/// Words inside the brackets, or at the end, of a caption that make it a photo credit.
const INSIDE: [&str; 16] = [
    "AP Photo",
    "AP Images",
    "Getty Images",
    "REUTERS/",
    "Reuters/",
    "AFP/",
    "/AFP",
    "EPA/",
    "/EPA",
    "Photo by",
    "Photo:",
    "File Photo",
    "file photo",
    "Photo/",
    "Shutterstock",
    "Image:",
];

pub(super) fn find(lines: &Lines<'_>, findings: &mut Findings) {
    for line in &lines.filled {
        if findings.holds(line.span) {
            continue;
        }
        if let Some(part) = credit(line.text) {
            findings.mark(Span::new(
                line.span.start + part.start,
                line.span.start + part.end,
            ));
        }
    }
}

fn credit(text: &str) -> Option<Span> {
    let bare = text.trim_start_matches(['(', '[']);
    let is_opened = OPENINGS
        .iter()
        .any(|opening| starts_with_ignoring_case(bare, opening));
    if text.len() <= LONGEST && is_opened {
        return Some(Span::new(0, text.len()));
    }
    let (offset, end) = last_part(text, REACH);
    if let Some(open) = end.rfind(['(', '['])
        && end.trim_end_matches('.').ends_with([')', ']'])
        && INSIDE
            .iter()
            .any(|words| end.get(open..).is_some_and(|inside| inside.contains(words)))
    {
        return Some(Span::new(offset + open, text.len()));
    }
    // "REUTERS/Ada Brown" behind a caption.
    let slash = ["REUTERS/", "AFP/", "EPA/", "AP Photo/"]
        .iter()
        .filter_map(|words| end.rfind(words))
        .max()?;
    let credit = end.get(slash..)?;
    let before = end.get(..slash)?;
    let is_name = credit.split_whitespace().count() <= 5
        && credit
            .split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase))
        && !credit.trim_end().ends_with('.');
    (is_name && (before.is_empty() || before.ends_with(char::is_whitespace)))
        .then(|| Span::new(offset + slash, text.len()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::assert_marked;

    #[test]
    fn photo_credits_are_marked() {
        assert_marked("Snow fell.\nPhoto: Ada Brown", &["Photo: Ada Brown"]);
        assert_marked("A road in Ostby. (AP Photo/Ada Brown)", &["(AP Photo/Ada Brown)"]);
        assert_marked(
            "A road in Ostby on Tuesday. REUTERS/Ada Brown",
            &["REUTERS/Ada Brown"],
        );
        assert_marked(
            "Snow fell.\n(Photo by Ada Brown/Getty Images)",
            &["(Photo by Ada Brown/Getty Images)"],
        );
    }

    #[test]
    fn news_is_left() {
        assert_marked("The photo shows Ada Brown (left) in Ostby.", &[]);
        assert_marked("The photographs by Ada Brown hang in Ostby.", &[]);
        assert_marked("AFP/Reuters style guides differ, said Brown.", &[]);
    }
}
