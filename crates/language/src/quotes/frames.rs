//! Where a sentence tells that something is said: the words that tell it, who says it, and what is said.

use std::ops::Range;

use super::content::{closes_speech, content_after, cut_content, starts_noun_phrase};
use super::phrases::{antecedent, noun_phrase_after, subject_before};
use super::verbs::{Form, Takes, Verb, verb};
use super::words::{
    is_adverb, is_auxiliary, is_be, is_capitalised, is_determiner, is_finite_verb, is_modal, is_negation,
    is_preposition, is_subject_pronoun, is_time_word,
};
use crate::context::Context;

/// A saying that a sentence tells of, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The sentence.
    pub(crate) sentence: usize,
    /// Who says it; `None` where the one before goes on: "adding that ...".
    pub(crate) source: Option<Range<usize>>,
    /// Through whom it comes: "X quoted Y as saying".
    pub(crate) via: Option<Range<usize>>,
    /// The words that tell of the saying.
    pub(crate) cue: Range<usize>,
    /// What is said, in pieces; empty where it follows in the next sentence.
    pub(crate) contents: Vec<Range<usize>>,
    /// What the verb makes of it.
    pub(crate) takes: Takes,
    /// Whether a colon after the cue announces what comes next.
    pub(crate) announces: bool,
}

/// A sentence under reading.
pub(crate) struct Scene<'scene, 'reading> {
    /// The text with its tokens.
    pub(crate) context: &'scene Context<'reading>,
    /// For each token the quotation it stands in, from 1; 0 outside.
    pub(crate) marked: &'scene [u32],
    /// The sentence's tokens.
    pub(crate) tokens: Range<usize>,
}

impl Scene<'_, '_> {
    /// Returns true for a token inside quotation marks.
    pub(crate) fn is_marked(&self, token: usize) -> bool {
        self.marked.get(token).is_some_and(|&mark| mark > 0)
    }

    /// Returns the word of a token in lower case; outside of the sentence, the empty word.
    pub(crate) fn word(&self, token: usize) -> &str {
        if self.tokens.contains(&token) {
            self.context.lower(token)
        } else {
            ""
        }
    }

    /// Returns true where from `token` on only a stop, or time and place of the saying, follow.
    fn nothing_follows(&self, token: usize) -> bool {
        let word = self.word(token);
        matches!(word, "" | "," | "." | ";" | "!" | "?" | "—" | "–")
            || is_time_word(word)
            || is_adverb(word)
            || is_preposition(word)
            || matches!(word, "as" | "while" | "when" | "through" | "and" | "of")
    }
}

/// The most tokens that are read as one sentence: what has more is no sentence, and is read in parts, so that the
/// time stays linear.
const LONGEST_SENTENCE: usize = 400;

/// Returns the sayings that a sentence tells of, in order.
pub(crate) fn frames(context: &Context<'_>, marked: &[u32], sentence: usize) -> Vec<Frame> {
    let tokens = context.tokens_of(sentence);
    tokens
        .clone()
        .step_by(LONGEST_SENTENCE)
        .flat_map(|start| {
            let part = start..tokens.end.min(start + LONGEST_SENTENCE);
            frames_in(context, marked, sentence, part)
        })
        .collect()
}

/// Returns the sayings of a sentence, or of a part of a very long one.
fn frames_in(context: &Context<'_>, marked: &[u32], sentence: usize, tokens: Range<usize>) -> Vec<Frame> {
    let scene = Scene {
        context,
        marked,
        tokens,
    };
    let mut found: Vec<Frame> = Vec::new();
    let mut token = scene.tokens.start;
    while token < scene.tokens.end {
        if scene.is_marked(token) {
            token += 1;
            continue;
        }
        let word = context.lower(token);
        let frame = if word == "according" && scene.word(token + 1) == "to" {
            according(&scene, sentence, token, &found)
        } else if let Some(verb) = verb(word) {
            said(&scene, sentence, token, verb, &mut found)
        } else {
            None
        };
        token += 1;
        if let Some(frame) = frame {
            token = token.max(frame.cue.end);
            cut_earlier(&scene, &mut found, &frame);
            found.push(frame);
        }
    }
    found.retain(|frame| !frame.contents.is_empty() || frame.announces);
    found
}

/// Ends what an earlier frame said where a later one begins of its own: "X said A, but Y said B".
fn cut_earlier(scene: &Scene<'_, '_>, found: &mut Vec<Frame>, frame: &Frame) {
    // Where what stands before the cue holds an earlier saying with a quotation, the quotation is the later's.
    let before: Vec<&Range<usize>> = frame
        .contents
        .iter()
        .filter(|content| content.end <= frame.cue.start)
        .collect();
    if !before.is_empty() {
        found.retain(|earlier| {
            let inside = before
                .iter()
                .any(|content| content.contains(&earlier.cue.start) && !earlier.contents.is_empty());
            let quotes = || {
                earlier
                    .contents
                    .iter()
                    .cloned()
                    .flatten()
                    .any(|token| scene.is_marked(token))
            };
            !(inside && quotes())
        });
    }
    let mut start = frame
        .source
        .as_ref()
        .map_or(frame.cue.start, |source| source.start);
    start = start.min(frame.cue.start);
    if let (Some(outer), Some(last)) = (before.first(), found.last_mut()) {
        for content in last
            .contents
            .iter_mut()
            .filter(|content| outer.contains(&content.start))
        {
            content.end = content.end.min(outer.end).max(content.start);
        }
    }
    let Some(last) = found.last_mut() else { return };
    let before = scene.word(start.wrapping_sub(1));
    let earlier = scene.word(start.wrapping_sub(2));
    let edge = match before {
        "," | ";" | "—" | "–" => start - 1,
        "and" | "but" | "while" | "though" | "although" | "as" | "whereas" => {
            if earlier == "," {
                start - 2
            } else {
                start - 1
            }
        }
        _ => return,
    };
    if let Some(content) = last.contents.last_mut()
        && content.start < edge
        && edge < content.end
        && last.cue.end <= content.start
    {
        content.end = edge;
    }
}

/// Returns the frame of "according to X".
fn according(scene: &Scene<'_, '_>, sentence: usize, token: usize, found: &[Frame]) -> Option<Frame> {
    let (context, marked) = (scene.context, scene.marked);
    let end = scene.tokens.end;
    let source = noun_phrase_after(context, marked, token + 2, end);
    if source.is_empty() {
        return None;
    }
    let cue = token..token + 2;
    let after = source.end;
    let opens = token == scene.tokens.start
        || (token == scene.tokens.start + 1 && matches!(scene.word(token - 1), "but" | "and" | "meanwhile"));
    let content = if opens {
        let start = after + usize::from(matches!(scene.word(after), "," | ":" | "—"));
        start..end
    } else {
        let floor = content_floor(scene, found, token);
        let stop = token - usize::from(matches!(scene.word(token - 1), "," | "—" | "–"));
        floor..stop
    };
    let content = cut_content(scene, content);
    (!content.is_empty()).then(|| Frame {
        sentence,
        source: Some(source),
        via: None,
        cue,
        contents: vec![content],
        takes: Takes::CLAUSE,
        announces: false,
    })
}

/// Returns where content that stands before its cue can begin: after the frame before, or at the sentence's start.
fn content_floor(scene: &Scene<'_, '_>, found: &[Frame], limit: usize) -> usize {
    let mut floor = scene.tokens.start;
    if let Some(last) = found.last() {
        let said_before = last.contents.iter().all(|content| content.end <= last.cue.start);
        let end = last
            .source
            .as_ref()
            .map_or(0, |source| source.end)
            .max(last.cue.end);
        // "X said A, Y reported": what Y reports is all of "X said A".
        if said_before {
            floor = end;
        }
    }
    while floor < limit
        && (matches!(scene.word(floor), "but" | "and" | "," | "." | ";" | ":" | "yet")
            && !scene.is_marked(floor))
    {
        floor += 1;
    }
    floor
}

/// The words of a verb with its auxiliaries.
struct Group {
    start: usize,
    be: bool,
    helped: bool,
    negated: bool,
}

/// Returns the auxiliaries and adverbs before the verb at `token`.
fn group(scene: &Scene<'_, '_>, token: usize) -> Group {
    let mut group = Group {
        start: token,
        be: false,
        helped: false,
        negated: false,
    };
    while group.start > scene.tokens.start && !scene.is_marked(group.start - 1) {
        let word = scene.word(group.start - 1);
        if !(is_auxiliary(word) || is_adverb(word) || word == "not") {
            break;
        }
        group.be |= is_be(word);
        group.helped |= is_auxiliary(word);
        group.negated |= is_negation(word);
        group.start -= 1;
    }
    group
}

/// Returns true where the verb's form at `token` is a noun or no verb of its own.
fn is_no_verb(scene: &Scene<'_, '_>, token: usize, verb: Verb, group: &Group) -> bool {
    let before = scene.word(token.wrapping_sub(1));
    // "the United States", "Times": a name, not a verb.
    if is_capitalised(scene.context, token) && token > scene.tokens.start && !scene.is_marked(token - 1) {
        return true;
    }
    if matches!(before, "to" | "of" | "by")
        && !(before == "to" && scene.word(token.wrapping_sub(3)) == "went")
    {
        return true;
    }
    if is_determiner(before) && !is_subject_pronoun(before) && !matches!(before, "some" | "many" | "most") {
        return true;
    }
    if matches!(
        scene.context.tokens.get(token).and_then(|token| token.tag),
        Some(
            rashomon_core::PartOfSpeech::Noun
                | rashomon_core::PartOfSpeech::Propn
                | rashomon_core::PartOfSpeech::Adj
        )
    ) {
        return true;
    }
    match verb.form {
        Form::Base => {
            let subject = before;
            let plural = (subject.ends_with('s') && !subject.ends_with("'s") && !subject.ends_with("ss"))
                || matches!(
                    subject,
                    "i" | "we"
                        | "you"
                        | "they"
                        | "people"
                        | "police"
                        | "media"
                        | "some"
                        | "others"
                        | "many"
                        | "who"
                        | ","
                )
                || scene.is_marked(token.wrapping_sub(1));
            !(group.helped || plural || is_adverb(before))
        }
        Form::Third => is_preposition(before) || before.ends_with("'s"),
        Form::Participle => !group.helped,
        Form::Past => before.ends_with("'s") && before.len() > 4,
        Form::Gerund => false,
    }
}

/// Returns the frame of a verb of saying at `token`.
fn said(
    scene: &Scene<'_, '_>,
    sentence: usize,
    token: usize,
    verb: Verb,
    found: &mut [Frame],
) -> Option<Frame> {
    let (context, marked) = (scene.context, scene.marked);
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
        via: None,
        cue: group.start..token + 1,
        contents: Vec::new(),
        takes: verb.takes,
        announces: false,
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
    let Some(before) = before else { return None };
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
        let subject = noun_phrase_after(context, marked, token + 1, scene.tokens.end);
        let closed = after_speech
            || matches!(
                scene.word(subject.end),
                "," | "." | "" | "in" | "on" | "at" | "during"
            );
        let apposed = !after_speech && {
            let subject = subject_before(context, marked, first, before + 1);
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
        antecedent(context, marked, first, before)
    } else {
        subject_before(context, marked, first, before + 1)
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
        frame.source = Some(subject);
        if let Some(edge) = edge
            && !relative
            && (closes_speech(scene, edge) || matches!(scene.word(edge), "," | "—" | "–"))
            && content_stands_before(scene, edge, token, verb)
        {
            let floor = content_floor(scene, found, edge);
            let content = cut_content(scene, floor..edge + 1);
            let enough = content.clone().any(|token| scene.is_marked(token))
                || (content.len() > 3
                    && (verb.takes.has(Takes::CLAUSE) || verb.takes.has(Takes::THAT))
                    && content.clone().any(|token| is_finite_verb(context, token)));
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

/// Returns how many tokens of a phrasal verb follow its first: "called for", "pointed out".
fn content_gap(scene: &Scene<'_, '_>, frame: &Frame, content: &Range<usize>) -> usize {
    let next = scene.word(frame.cue.end);
    usize::from(frame.cue.end < content.start && matches!(next, "for" | "out" | "on" | "to"))
}

/// Returns true where what is said stands before the subject that follows `edge`, not after the verb at `token`.
fn content_stands_before(scene: &Scene<'_, '_>, edge: usize, token: usize, verb: Verb) -> bool {
    let after_quotation = closes_speech(scene, edge);
    let next = scene.word(token + 1);
    if after_quotation {
        return next != "that" && !matches!(next, ":");
    }
    let person = verb.takes.has(Takes::PERSON) && content_after(scene, token + 1, verb).is_none();
    (scene.nothing_follows(token + 1) || person)
        && (content_after(scene, token + 1, verb).is_none() || matches!(next, "," | "." | ""))
}

/// Returns the quotation that ends right before the sentence, in its paragraph.
fn quotation_before(scene: &Scene<'_, '_>, first: usize) -> Option<Range<usize>> {
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
fn add_second_piece(scene: &Scene<'_, '_>, frame: &mut Frame, after: usize) {
    let quoted = frame
        .contents
        .first()
        .is_some_and(|content| content.clone().any(|token| scene.is_marked(token)));
    let end = scene.tokens.end;
    if quoted {
        let Some(next) = (after..end.min(after + 14)).find(|&token| scene.is_marked(token)) else {
            return;
        };
        let closes = matches!(scene.word(next - 1), "," | ":" | "—" | "–") || next == after;
        let clear = (after..next)
            .all(|token| !is_finite_verb(scene.context, token) && verb(scene.word(token)).is_none());
        if closes && clear {
            let last = (next..end).take_while(|&token| scene.is_marked(token)).last();
            frame.contents.push(next..last.map_or(next, |last| last + 1));
        }
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

/// Returns the frame of "…, adding that …"; "…, citing X" instead names the source of the frame before.
fn gerund(
    scene: &Scene<'_, '_>,
    verb: Verb,
    token: usize,
    mut frame: Frame,
    found: &mut [Frame],
) -> Option<Frame> {
    let before = scene.word(frame.cue.start.wrapping_sub(1));
    if matches!(verb.base, "cite" | "quote") {
        let cited = noun_phrase_after(scene.context, scene.marked, token + 1, scene.tokens.end);
        if let Some(last) = found
            .last_mut()
            .filter(|last| last.via.is_none() && !cited.is_empty())
        {
            last.via = last.source.take();
            last.source = Some(cited);
            if let Some(content) = last.contents.last_mut()
                && content.contains(&token)
            {
                content.end = token - usize::from(before == ",");
            }
        }
        return None;
    }
    let joined = matches!(before, "," | "and" | "while" | "by" | "as" | "")
        || scene.is_marked(frame.cue.start.wrapping_sub(1));
    if !joined || verb.takes == Takes::QUOTE {
        return None;
    }
    if found.is_empty() {
        frame.source = Some(sentence_subject(scene, frame.cue.start)?);
    }
    let content = content_after(scene, token + 1, verb)?;
    frame.announces = scene.word(content.start.wrapping_sub(1)) == ":";
    let content = cut_content(scene, content);
    if !content.is_empty() {
        frame.contents.push(content);
    }
    Some(frame)
}

/// Returns the frame of "X quoted Y as saying …" and "Y was quoted as saying by X".
fn quoted_as_saying(
    scene: &Scene<'_, '_>,
    token: usize,
    group: &Group,
    passive: bool,
    mut frame: Frame,
    found: &[Frame],
) -> Option<Frame> {
    let (context, marked, first, end) = (scene.context, scene.marked, scene.tokens.start, scene.tokens.end);
    let saying = (token + 1..end.min(token + 40))
        .find(|&at| scene.word(at) == "saying" && scene.word(at - 1) == "as" && !scene.is_marked(at))?;
    let subject = subject_before(context, marked, first, group.start);
    let edge;
    if passive {
        edge = subject.start.checked_sub(1);
        frame.source = Some(subject);
        let by = (token + 1..end.min(saying + 4)).find(|&at| matches!(scene.word(at), "by" | "in"));
        frame.via = by
            .map(|by| noun_phrase_after(context, marked, by + 1, end))
            .filter(|via| !via.is_empty());
    } else {
        edge = subject.start.checked_sub(1);
        frame.via = Some(subject).filter(|via| !via.is_empty());
        frame.source = Some(token + 1..saying - 1).filter(|source| !source.is_empty());
    }
    frame.cue = saying - 1..saying + 1;
    let edge = edge.filter(|&edge| edge >= first && (scene.is_marked(edge) || scene.word(edge) == ","));
    let before = edge.map(|edge| cut_content(scene, content_floor(scene, found, edge)..edge + 1));
    if let Some(content) = before.filter(|content| content.len() > 2) {
        frame.contents.push(content);
        return Some(frame);
    }
    let content = content_after(scene, saying + 1, verb("said")?)?;
    frame.announces = scene.word(content.start.wrapping_sub(1)) == ":";
    let content = cut_content(scene, content);
    if !content.is_empty() {
        frame.contents.push(content);
    }
    Some(frame)
}

/// Returns the noun phrase that opens the sentence, where it stands before its first verb.
pub(crate) fn sentence_subject(scene: &Scene<'_, '_>, limit: usize) -> Option<Range<usize>> {
    let context = scene.context;
    let mut start = scene.tokens.start;
    // An opening phrase up to its comma: "On Monday, the mayor …"
    if is_preposition(context.lower(start))
        || matches!(context.lower(start), "when" | "while" | "as" | "after")
    {
        let comma = (start..limit.min(start + 20)).find(|&token| context.lower(token) == ",");
        start = comma.map_or(start, |comma| comma + 1);
    }
    let verb = (start + 1..limit.max(start + 1))
        .find(|&token| is_finite_verb(context, token) && !scene.is_marked(token))
        .unwrap_or(limit);
    let mut edge = verb;
    while edge > start && (is_adverb(context.lower(edge - 1)) || is_modal(context.lower(edge - 1))) {
        edge -= 1;
    }
    let subject = subject_before(context, scene.marked, start, edge);
    (!subject.is_empty()).then_some(subject)
}
