//! A verb of saying with who says it and what: before it, around it or after it.

use std::ops::Range;

use super::content::{closes_speech, content_after, cut_content, starts_noun_phrase};
use super::frames::{Frame, content_floor};
use super::participle::gerund;
use super::phrases::{antecedent, noun_phrase_after, subject_before};
use super::quoted::quoted_as_saying;
use super::scene::{Scene, sentence_subject};
use super::verb_group::{group, is_no_verb};
use super::verbs::{Form, Takes, Verb, verb};
use super::words::{is_adverb, is_clause_word, is_finite_verb, is_mark, is_preposition, is_time_word};

/// Returns the frame of a verb of saying at `token`.
pub(super) fn said(
    scene: &Scene<'_, '_>,
    sentence: usize,
    token: usize,
    verb: Verb,
    found: &mut [Frame],
) -> Option<Frame> {
    let (reading, marked) = (scene.context, scene.marked);
    let group = group(scene, token);
    if is_no_verb(scene, token, verb, &group) {
        return None;
    }
    let first = scene.tokens.start;
    let before = group.start.checked_sub(1).filter(|&before| before >= first);
    let passive = group.be && matches!(verb.form, Form::Past | Form::Participle);
    let mut frame = Frame {
        sentence,
        source: None,
        named: None,
        via: None,
        cue: group.start..token + 1,
        contents: Vec::new(),
        takes: verb.takes,
        announces: false,
        in_tree: false,
    };
    if verb.form == Form::Gerund && !group.be {
        return gerund(scene, verb, token, frame, found);
    }
    if verb.base == "quote" || verb.base == "cite" {
        return quoted_as_saying(scene, token, &group, passive, frame, found);
    }
    if passive {
        return None;
    }
    let before = before?;
    let after_speech = closes_speech(scene, before);
    let after_clause = scene.word(before) == ","
        && before > first + 3
        && verb.takes.has(Takes::CLAUSE)
        && !verb.takes.has(Takes::PERSON);
    // "…," said the mayor
    if (after_speech || after_clause)
        && !group.helped
        && matches!(verb.form, Form::Past | Form::Third)
        && starts_noun_phrase(scene, token + 1)
    {
        let subject = noun_phrase_after(reading, marked, token + 1, scene.tokens.end);
        let closed = after_speech
            || matches!(
                scene.word(subject.end),
                "," | "." | "" | "in" | "on" | "at" | "during"
            );
        let apposed = !after_speech && {
            let subject = subject_before(reading, marked, first, before + 1);
            !subject.is_empty() && (subject.start == first || scene.is_marked(subject.start - 1))
        };
        if closed && !apposed && !subject.is_empty() {
            let floor = content_floor(scene, found, before);
            frame.contents.push(cut_content(scene, floor..before + 1));
            let end = subject.end;
            frame.source = Some(subject);
            add_second_piece(scene, &mut frame, end);
            return (!frame.contents[0].is_empty()).then_some(frame);
        }
    }
    let subject = if matches!(scene.word(before), "who" | "which" | "that") {
        antecedent(reading, marked, first, before)
    } else {
        subject_before(reading, marked, first, before + 1)
    };
    let relative = matches!(scene.word(before), "who" | "which" | "that");
    if subject.is_empty() {
        let elided = matches!(scene.word(before), "and" | "but" | "then" | "," | "also" | "or");
        if !elided || verb.form == Form::Base {
            return None;
        }
        frame.source = match found.last() {
            Some(_) => None,
            None => Some(sentence_subject(scene, group.start)?),
        };
    } else {
        let edge = subject.start.checked_sub(1).filter(|&edge| edge >= first);
        if relative {
            frame.named = Some(subject);
            frame.source = Some(before..before + 1);
        } else {
            frame.source = Some(subject);
        }
        if let Some(edge) = edge
            && !relative
            && (closes_speech(scene, edge) || matches!(scene.word(edge), "," | "—" | "–"))
            && (content_stands_before(scene, edge, token, verb)
                || parted_by_the_cue(scene, &(content_floor(scene, found, edge)..edge), token + 1))
        {
            let floor = content_floor(scene, found, edge);
            let content = cut_content(scene, floor..edge + 1);
            let parted = parted_by_the_cue(scene, &content, token + 1);
            let enough = parted
                || content.clone().any(|token| scene.is_marked(token))
                || (content.len() > 3
                    && (verb.takes.has(Takes::CLAUSE) || verb.takes.has(Takes::THAT))
                    && content.clone().any(|token| is_finite_verb(reading, token)));
            if enough {
                frame.contents.push(content);
                add_second_piece(scene, &mut frame, token + 1);
                return Some(frame);
            }
        }
    }
    // “…?” The mayor asked in reply. The sentence ended inside the quotation.
    if let Some(subject) = frame.source.as_ref()
        && subject.start == first
        && !relative
        && scene.nothing_follows(token + 1)
        && content_after(scene, token + 1, verb).is_none()
        && let Some(content) = quotation_before(scene, first)
    {
        frame.contents.push(content);
        add_second_piece(scene, &mut frame, token + 1);
        return Some(frame);
    }
    let content = content_after(scene, token + 1, verb)?;
    if group.negated && !content.clone().any(|token| scene.is_marked(token)) {
        return None;
    }
    frame.cue.end = content
        .start
        .min(frame.cue.end + content_gap(scene, &frame, &content));
    frame.announces = scene.word(content.start.wrapping_sub(1)) == ":";
    let content = cut_content(scene, content);
    if !content.is_empty() {
        frame.contents.push(content);
    }
    Some(frame)
}

/// Returns true where a sentence is parted by the words that tell who says it, and ends in a quotation that begins in the
/// middle of it: "The bridge, she said, “is a trap.”"
fn parted_by_the_cue(scene: &Scene<'_, '_>, content: &Range<usize>, after: usize) -> bool {
    let comma = scene.word(after) == "," && scene.word(content.end) == ",";
    let opens = scene.is_marked(after + 1) && scene.context.word(after + 2).starts_with(char::is_lowercase);
    let opening = scene.word(content.start);
    comma
        && opens
        && !content.is_empty()
        && content
            .clone()
            .all(|token| !scene.is_marked(token) && scene.word(token) != ",")
        && !is_preposition(opening)
        && !is_time_word(opening)
        && !is_adverb(opening)
        && !is_clause_word(opening)
}

/// Returns how many tokens of a phrasal verb follow its first: "called for", "pointed out".
pub(super) fn content_gap(scene: &Scene<'_, '_>, frame: &Frame, content: &Range<usize>) -> usize {
    let next = scene.word(frame.cue.end);
    usize::from(frame.cue.end < content.start && matches!(next, "for" | "out"))
}

/// Returns true where what is said stands before the subject that follows `edge`, not after the verb at `token`.
pub(super) fn content_stands_before(scene: &Scene<'_, '_>, edge: usize, token: usize, verb: Verb) -> bool {
    let after_quotation = closes_speech(scene, edge);
    let next = scene.word(token + 1);
    if after_quotation {
        // "on “Northland This Morning,” the mayor said she …": a title before, a clause after.
        let last = edge - usize::from(!scene.is_marked(edge));
        let length = (scene.tokens.start..=last)
            .rev()
            .take_while(|&token| scene.is_marked(token))
            .filter(|&token| !is_mark(scene.word(token)))
            .take(4)
            .count();
        let after = content_after(scene, token + 1, verb);
        if length < 4 && after.is_some_and(|content| !scene.is_marked(content.start)) {
            return false;
        }
        return next != "that" && !matches!(next, ":");
    }
    let person = verb.takes.has(Takes::PERSON) && content_after(scene, token + 1, verb).is_none();
    (scene.nothing_follows(token + 1) || person)
        && (content_after(scene, token + 1, verb).is_none() || matches!(next, "," | "." | ""))
}

/// Returns the quotation that ends right before the sentence, in its paragraph.
pub(super) fn quotation_before(scene: &Scene<'_, '_>, first: usize) -> Option<Range<usize>> {
    let last = first.checked_sub(1)?;
    let mark = scene.marked.get(last).copied().filter(|&mark| mark > 0)?;
    let paragraph = |token: usize| {
        let position = scene
            .context
            .tokens
            .get(token)
            .map_or(0, |token| token.span.start);
        scene
            .context
            .sentences
            .get(scene.context.sentence_at(position))
            .map(|sentence| sentence.paragraph)
    };
    let same_paragraph = paragraph(last) == paragraph(first);
    let mut start = last;
    while start > 0 && scene.marked.get(start - 1) == Some(&mark) {
        start -= 1;
    }
    same_paragraph.then_some(start..first)
}

/// Adds what goes on after the cue: “A,” he said, “B.”
pub(super) fn add_second_piece(scene: &Scene<'_, '_>, frame: &mut Frame, after: usize) {
    let quoted = frame
        .contents
        .first()
        .is_some_and(|content| content.clone().any(|token| scene.is_marked(token)));
    let end = scene.tokens.end;
    if quoted {
        let Some(next) = (after..end.min(after + 40)).find(|&token| scene.is_marked(token)) else {
            return;
        };
        let closes = matches!(scene.word(next - 1), "," | ":" | "—" | "–") || next == after;
        let clear = (after..next)
            .all(|token| !is_finite_verb(scene.context, token) && verb(scene.word(token)).is_none());
        let goes_on = scene.context.word(next + 1).starts_with(char::is_lowercase);
        if closes && (clear && next < after + 14 || goes_on) {
            let last = (next..end).take_while(|&token| scene.is_marked(token)).last();
            frame.contents.push(next..last.map_or(next, |last| last + 1));
        }
    } else if let Some(first) = frame.contents.first()
        && parted_by_the_cue(scene, first, after)
    {
        let last = (after + 1..end)
            .take_while(|&token| scene.is_marked(token))
            .last();
        frame
            .contents
            .push(after + 1..last.map_or(after + 1, |last| last + 1));
    } else if scene.word(after) == "," && after + 3 < end {
        let next = scene.word(after + 1);
        let joins = matches!(
            next,
            "and" | "but" | "who" | "which" | "as" | "while" | "citing" | "when" | "after" | "because"
        ) || next.ends_with("ing")
            || is_time_word(next)
            || scene.is_marked(after + 1);
        let rest = cut_content(scene, after + 1..end);
        if !joins
            && rest.len() > 2
            && frame
                .contents
                .first()
                .is_some_and(|content| content.len() < rest.len() * 3)
        {
            frame.contents.push(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::quotes::testing::assert_said;

    #[test]
    fn a_clause_after_the_verb() {
        assert_said(
            "Ada Brown said that the bridge was closed.",
            &["indirect, Ada Brown: the bridge was closed"],
        );
        assert_said(
            "The mayor said the bridge was closed.",
            &["indirect, mayor: the bridge was closed"],
        );
        assert_said(
            "Ada Brown told reporters on Monday that the bridge was closed.",
            &["indirect, Ada Brown: the bridge was closed"],
        );
        assert_said(
            "Analysts suggest the bridge could fall.",
            &["indirect, analysts: the bridge could fall"],
        );
    }

    #[test]
    fn a_clause_before_the_verb() {
        assert_said(
            "The bridge was closed on Monday, Ada Brown said.",
            &["indirect, Ada Brown: The bridge was closed on Monday"],
        );
        assert_said(
            "The bridge was closed on Monday, said Ada Brown.",
            &["indirect, Ada Brown: The bridge was closed on Monday"],
        );
    }

    #[test]
    fn a_quotation_before_and_after() {
        assert_said(
            "“We will rebuild,” Ada Brown said.",
            &["direct, Ada Brown: “We will rebuild,”"],
        );
        assert_said(
            "“We will rebuild,” said Ada Brown, the mayor.",
            &["direct, Ada Brown: “We will rebuild,”"],
        );
        assert_said(
            "Ada Brown, the mayor of Northport, said during a visit: “We will rebuild.”",
            &["direct, Ada Brown: “We will rebuild.”"],
        );
        assert_said(
            "“Will we rebuild?” Ada Brown asked.",
            &["direct, Ada Brown: “Will we rebuild?”"],
        );
    }

    #[test]
    fn a_quotation_that_the_cue_parts_is_one() {
        assert_said(
            "“We will rebuild,” Ada Brown said, “and we will do it soon.”",
            &["direct, Ada Brown: “We will rebuild,” … “and we will do it soon.”"],
        );
        assert_said(
            "“We will rebuild,” Ada Brown said. “It will take a year.”",
            &["direct, Ada Brown: “We will rebuild,” … “It will take a year.”"],
        );
    }

    #[test]
    fn words_in_marks_inside_a_clause() {
        assert_said(
            "The train, “led by old engines” from the depot, is going “to reach the coast before the first snow of the winter,” Ada Brown said.",
            &[
                "mixed, Ada Brown: “led by old engines”",
                "direct, Ada Brown: “to reach the coast before the first snow of the winter,”",
            ],
        );
        assert_said(
            "Ada Brown said the old wooden bridge over the river had become “a trap” for all of us.",
            &["mixed, Ada Brown: the old wooden bridge over the river had become “a trap” for all of us"],
        );
    }

    #[test]
    fn a_pronoun_means_who_spoke_before() {
        assert_said(
            "Ada Brown said the bridge was closed. “We will rebuild it,” she said.",
            &[
                "indirect, Ada Brown: the bridge was closed",
                "direct, Ada Brown: “We will rebuild it,”",
            ],
        );
    }

    #[test]
    fn a_dateline_is_not_said() {
        assert_said(
            "NORTHPORT, Northland (NNA) — The bridge was closed on Monday, Ada Brown said.",
            &["indirect, Ada Brown: The bridge was closed on Monday"],
        );
    }

    #[test]
    fn names_and_nouns_are_no_verbs() {
        assert_said("Compensation claims could follow.", &[]);
        assert_said("The United States led the talks on the claims.", &[]);
        assert_said("The report was late.", &[]);
    }

    #[test]
    fn a_sentence_that_the_cue_parts_is_one_quote() {
        assert_said(
            "The old bridge, Ada Brown said, “is a trap for all of us.”",
            &["mixed, Ada Brown: The old bridge … “is a trap for all of us.”"],
        );
    }
}
