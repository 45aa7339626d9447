//! Who may say what is quoted: the nouns, names and pronouns around it.

use std::ops::Range;

use rashomon_core::{MentionKind, PartOfSpeech, Quote, SourceKind, Span};

use super::Scenery;
use super::standing::{Standing, standing_features};
use super::words::{class, relation, tag, takes, which_verb};
use crate::quotes::sources::noun_kind;
use crate::quotes::tree::Tree;
use crate::quotes::verbs::verb;
use crate::quotes::words::is_finite_verb;

/// How many sentences before what is said are searched.
const SENTENCES_BEFORE: usize = 2;
/// The most tokens of a sentence that are searched.
const LONGEST: usize = 150;
/// The most proposals.
const MOST: usize = 60;
/// How far up the tree a connection is looked for.
pub(super) const HIGHEST: usize = 8;

/// Where the distance stands among the features.
const DISTANCE: usize = 3;
/// Where the rank stands among the features, and behind it the rank from behind.
const RANK: usize = 21;

/// What is known of a proposal, in the order of its features.
pub(crate) const SPEAKER_FEATURES: [&str; 59] = [
    "is of the rules",
    "rules have a speaker",
    "sentence",
    "distance",
    "side",
    "relation",
    "tag",
    "pronoun",
    "governor says",
    "what the governor takes",
    "tag of the governor",
    "distance of the governor",
    "between governor and content",
    "steps from the content to the governor",
    "relation below the governor",
    "steps from the governor to the content",
    "relation of the governor",
    "kind of entity",
    "kind of mention",
    "capital",
    "kind of noun",
    "rank",
    "rank from behind",
    "speaker of the quote before",
    "entity of the speaker before",
    "sentences since the quote before",
    "depth",
    "class before",
    "class behind",
    "words of the content",
    "content opens its sentence",
    "content closes its sentence",
    "content is all in marks",
    "pieces",
    "content opens its paragraph",
    "same paragraph",
    "sayers in the sentence",
    "class before the content",
    "class behind the content",
    "governor is the cue of the rules",
    "entity of the rules",
    "said by the rules elsewhere",
    "commas between",
    "quotations between",
    "verb of the governor",
    "says in earlier sentence",
    "inside another quote of the rules",
    "verbs of saying above the governor",
    "sayers above the governor",
    "subjects between",
    "times said by the rules",
    "mentions",
    "hangs on another that may speak",
    "words of the phrase",
    "governor is finite",
    "governor has a clause",
    "content below the governor",
    "words to the nearest quotation",
    "candidates of the sentence",
];

/// One who may say it.
#[derive(Clone, Debug)]
pub(crate) struct SpeakerProposal {
    /// The word at the head of the phrase that names them.
    pub(crate) head: Span,
    /// The phrase.
    pub(crate) tokens: Range<usize>,
    /// Whether the phrase of the rules holds the head.
    pub(crate) is_rule: bool,
    /// The numbers of [`SPEAKER_FEATURES`].
    pub(crate) features: [f64; SPEAKER_FEATURES.len()],
}

/// What is said, and what the rules make of it.
pub(crate) struct Said<'quote> {
    /// Its tokens, in pieces.
    pub(crate) tokens: &'quote [Range<usize>],
    /// The quote of the rules.
    pub(crate) rule: Option<&'quote Quote>,
    /// The quote of the rules that stands before it.
    pub(crate) before: Option<&'quote Quote>,
}

/// Returns who may say something.
pub(crate) fn proposals(scenery: &Scenery<'_, '_>, said: &Said<'_>) -> Vec<SpeakerProposal> {
    let context = scenery.context;
    let (Some(first), Some(last)) = (said.tokens.first(), said.tokens.last()) else {
        return Vec::new();
    };
    let sentence_of = |token: usize| {
        context
            .tokens
            .get(token)
            .map_or(0, |token| context.sentence_at(token.span.start))
    };
    let home = sentence_of(first.start);
    let end = sentence_of(last.end.saturating_sub(1)).max(home);
    let mut sentences: Vec<usize> = (home.saturating_sub(SENTENCES_BEFORE)..=home).collect();
    sentences.extend((home + 1..=end + 1).take(6));
    if end > home + 6 {
        sentences.extend([end, end + 1]);
    }
    sentences.dedup();
    let mut found: Vec<SpeakerProposal> = Vec::new();
    for sentence in sentences {
        let tokens = context.tokens_of(sentence);
        if tokens.is_empty() {
            continue;
        }
        let part = tokens.start..tokens.end.min(tokens.start + LONGEST);
        let tree = Tree::new(context, part.clone());
        for head in part.clone() {
            if found.len() >= MOST {
                break;
            }
            let is_far = sentence != home && sentence != end;
            if !may_speak(scenery, &tree, said, head, is_far) {
                continue;
            }
            let distance = sentence as f64 - home as f64;
            let features = features(scenery, &tree, said, head, &part, distance);
            found.push(SpeakerProposal {
                head: context
                    .tokens
                    .get(head)
                    .map_or_else(Span::default, |token| token.span),
                tokens: phrase(scenery, &tree, said, head),
                is_rule: features[0] > 0.0,
                features,
            });
        }
    }
    // The ranks need all of them.
    let count = found.len();
    let distance = |index: usize| {
        found
            .get(index)
            .map_or(0.0, |proposal| proposal.features[DISTANCE])
    };
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&one, &other| distance(one).total_cmp(&distance(other)));
    for (rank, &index) in order.iter().enumerate() {
        if let Some(proposal) = found.get_mut(index) {
            proposal.features[RANK] = rank as f64;
            proposal.features[RANK + 1] = (count - rank) as f64;
        }
    }
    found
}

/// Returns true for the head of a phrase that may name who speaks.
fn may_speak(
    scenery: &Scenery<'_, '_>,
    tree: &Tree<'_, '_>,
    said: &Said<'_>,
    head: usize,
    is_far: bool,
) -> bool {
    let Some(token) = scenery.context.tokens.get(head) else {
        return false;
    };
    if scenery.is_marked(head) || said.tokens.iter().any(|piece| piece.contains(&head)) {
        return false;
    }
    let of_rules = said
        .rule
        .and_then(|quote| quote.speaker.as_ref())
        .is_some_and(|speaker| speaker.span.contains(token.span));
    let relation = tree.relation(head);
    let is_noun = matches!(
        token.tag,
        Some(PartOfSpeech::Noun | PartOfSpeech::Propn | PartOfSpeech::Pron)
    ) || relation.starts_with("nsubj");
    let is_part = matches!(
        relation,
        "compound" | "flat" | "det" | "amod" | "case" | "mark" | "expl" | "advmod"
    );
    if !is_noun || is_part {
        return false;
    }
    let word = scenery.context.lower(head);
    if matches!(
        word,
        "this" | "that" | "these" | "those" | "there" | "what" | "you"
    ) && !of_rules
    {
        return false;
    }
    let is_subject = relation.starts_with("nsubj") || relation == "nmod:poss" || relation == "obl:agent";
    of_rules || is_subject || !is_far || token.tag == Some(PartOfSpeech::Propn)
}

/// Returns the phrase of a head: its words in the tree, without what is said, prepositions before and a clause behind.
fn phrase(scenery: &Scenery<'_, '_>, tree: &Tree<'_, '_>, said: &Said<'_>, head: usize) -> Range<usize> {
    let mut tokens = tree.range(head);
    let stops =
        |token: usize| scenery.is_marked(token) || said.tokens.iter().any(|piece| piece.contains(&token));
    if let Some(stop) = (tokens.start..head).rev().find(|&token| stops(token)) {
        tokens.start = stop + 1;
    }
    for child in tree.children(head) {
        match tree.relation(child) {
            "case" | "cc" | "mark" if child < head => tokens.start = tokens.start.max(child + 1),
            "acl:relcl" | "acl" | "parataxis" | "advcl" if child > head => {
                tokens.end = tokens.end.min(tree.low(child).max(head + 1));
            }
            _ => {}
        }
    }
    if let Some(stop) = (head + 1..tokens.end).find(|&token| stops(token)) {
        tokens.end = stop;
    }
    let is_edge = |token: usize| !scenery.context.lower(token).contains(char::is_alphanumeric);
    while tokens.start < head && is_edge(tokens.start) {
        tokens.start += 1;
    }
    while tokens.end > head + 1 && is_edge(tokens.end - 1) && scenery.context.lower(tokens.end - 1) != ")" {
        tokens.end -= 1;
    }
    tokens
}

/// Returns in how many steps up from `low` the tree reaches `high`, and the relation of the last step.
fn climb(tree: &Tree<'_, '_>, low: usize, high: usize) -> Option<(f64, f64)> {
    let (mut node, mut last) = (low, 0.0);
    for steps in 0..HIGHEST {
        if node == high {
            return Some((steps as f64, last));
        }
        last = relation(tree.relation(node));
        node = tree.head(node)?;
    }
    None
}

/// Returns the features of a proposal; the ranks are filled in later.
fn features(
    scenery: &Scenery<'_, '_>,
    tree: &Tree<'_, '_>,
    said: &Said<'_>,
    head: usize,
    around: &Range<usize>,
    sentence_distance: f64,
) -> [f64; SPEAKER_FEATURES.len()] {
    let context = scenery.context;
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let span = context
        .tokens
        .get(head)
        .map_or_else(Span::default, |token| token.span);
    let whole =
        said.tokens.first().map_or(0, |piece| piece.start)..said.tokens.last().map_or(0, |piece| piece.end);
    let distance_to = |token: usize| {
        let distances = said.tokens.iter().map(|piece| {
            if token < piece.start {
                piece.start - token
            } else {
                (token + 1).saturating_sub(piece.end)
            }
        });
        distances.min().unwrap_or(0)
    };
    let side = if head < whole.start {
        0.0
    } else if head >= whole.end {
        2.0
    } else {
        1.0
    };
    let rule_speaker = said.rule.and_then(|quote| quote.speaker.as_ref());
    let own_entity = scenery.mentions.at(span);
    let pronoun = match context.lower(head) {
        "he" | "she" => 1.0,
        "they" => 2.0,
        "it" => 3.0,
        "who" | "which" => 4.0,
        "i" | "we" => 5.0,
        "his" | "her" | "their" | "its" => 6.0,
        "him" | "them" => 7.0,
        _ => 0.0,
    };
    let governor = tree.head(head);
    let says = |token: usize| verb(context.lower(token)).is_some();
    // The word at the head of what is said, in the sentence at hand.
    let content_head = said
        .tokens
        .iter()
        .cloned()
        .flatten()
        .filter(|token| around.contains(token))
        .take(LONGEST)
        .find(|&token| {
            context.lower(token).contains(char::is_alphanumeric)
                && tree
                    .head(token)
                    .is_none_or(|head| !said.tokens.iter().any(|piece| piece.contains(&head)))
        });
    let up = content_head
        .zip(governor)
        .and_then(|(content, governor)| climb(tree, content, governor));
    let down = content_head
        .zip(governor)
        .and_then(|(content, governor)| climb(tree, governor, content));
    let between = |one: usize, other: usize| {
        let (low, high) = (one.min(other), one.max(other));
        (low..high.min(low + LONGEST))
            .filter(|&token| context.lower(token).contains(char::is_alphanumeric))
            .count()
    };
    let gap = governor.map_or(99, |governor| {
        let gaps = said.tokens.iter().map(|piece| {
            if governor < piece.start {
                between(governor + 1, piece.start)
            } else {
                between(piece.end, governor.max(piece.end))
            }
        });
        gaps.min().unwrap_or(99)
    });
    let mut depth = 0.0;
    let mut node = head;
    while let Some(next) = tree.head(node).filter(|_| depth < HIGHEST as f64) {
        node = next;
        depth += 1.0;
    }
    let before_speaker = said.before.and_then(|quote| quote.speaker.as_ref());
    let before_sentences = said.before.map_or(99.0, |quote| {
        let home = context
            .tokens
            .get(whole.start)
            .map_or(0, |token| context.sentence_at(token.span.start));
        let there = context.sentence_at(quote.span.end.saturating_sub(1));
        home as f64 - there as f64
    });
    let all: usize = said.tokens.iter().map(Range::len).sum();
    let sentence_at = |token: usize| {
        context
            .tokens
            .get(token)
            .map_or(0, |token| context.sentence_at(token.span.start))
    };
    let (home, end) = (sentence_at(whole.start), sentence_at(whole.end.saturating_sub(1)));
    let (opening, closing) = (context.tokens_of(home), context.tokens_of(end));
    let paragraph = |sentence: usize| context.sentences.get(sentence).map(|sentence| sentence.paragraph);
    let here = context.sentence_at(span.start);
    let (low, high) = if head < whole.start {
        (head, whole.start)
    } else {
        (whole.end.min(head), head)
    };
    let stretch = low..high.min(low + LONGEST);
    let mut marks: Vec<u32> = stretch
        .clone()
        .filter_map(|token| scenery.marked_tokens.get(token).copied())
        .filter(|&mark| mark > 0)
        .collect();
    marks.dedup();
    let said_elsewhere = scenery
        .quotes
        .iter()
        .skip(
            scenery
                .quotes
                .partition_point(|quote| quote.span.start + 2000 < span.start),
        )
        .take(20)
        .filter(|quote| said.rule.is_none_or(|rule| rule.span != quote.span))
        .any(|quote| {
            quote
                .speaker
                .as_ref()
                .is_some_and(|speaker| speaker.span.contains(span))
        });
    let own_features = [
        flag(rule_speaker.is_some_and(|speaker| speaker.span.contains(span))),
        flag(rule_speaker.is_some()),
        sentence_distance,
        distance_to(head) as f64,
        side,
        relation(tree.relation(head)),
        tag(scenery, head),
        pronoun,
        flag(governor.is_some_and(says)),
        governor.map_or(0.0, |governor| takes(scenery, governor)),
        governor.map_or(0.0, |governor| tag(scenery, governor)),
        governor.map_or(99.0, |governor| distance_to(governor) as f64),
        gap as f64,
        up.map_or(-1.0, |(steps, _)| steps),
        up.map_or(-1.0, |(_, relation)| relation),
        down.map_or(-1.0, |(steps, _)| steps),
        governor.map_or(0.0, |governor| relation(tree.relation(governor))),
        own_entity.map_or(0.0, |(entity, _)| scenery.mentions.kind_number(entity)),
        own_entity.map_or(0.0, |(_, kind)| match kind {
            MentionKind::Name => 3.0,
            MentionKind::Description => 2.0,
            MentionKind::Pronoun => 1.0,
        }),
        flag(context.word(head).starts_with(char::is_uppercase)),
        noun_kind(context.lower(head)).map_or(0.0, |kind| match kind {
            SourceKind::Document => 1.0,
            SourceKind::Unnamed => 2.0,
            SourceKind::Agency | SourceKind::Outlet => 3.0,
            _ => 4.0,
        }),
        0.0,
        0.0,
        flag(before_speaker.is_some_and(|speaker| speaker.span.contains(span))),
        flag(
            own_entity.is_some()
                && before_speaker.and_then(|speaker| speaker.entity) == own_entity.map(|(entity, _)| entity),
        ),
        before_sentences,
        depth,
        class(scenery, tree.low(head).wrapping_sub(1), around),
        class(scenery, tree.end(head), around),
        all as f64,
        flag(whole.start <= opening.start),
        flag(between(whole.end, closing.end.max(whole.end)) == 0),
        flag(
            said.tokens
                .iter()
                .cloned()
                .flatten()
                .all(|token| scenery.is_marked(token)),
        ),
        said.tokens.len() as f64,
        flag(home == 0 || paragraph(home) != paragraph(home - 1)),
        flag(paragraph(here) == paragraph(home)),
        around
            .clone()
            .filter(|&token| !scenery.is_marked(token) && says(token) && is_finite_verb(context, token))
            .count() as f64,
        class(scenery, whole.start.wrapping_sub(1), &opening),
        class(scenery, whole.end, &closing),
        flag(governor.is_some_and(|governor| {
            let span = context.span(governor..governor + 1);
            said.rule
                .and_then(|quote| quote.cue)
                .is_some_and(|cue| cue.contains(span))
        })),
        flag(
            own_entity.is_some()
                && rule_speaker.and_then(|speaker| speaker.entity) == own_entity.map(|(entity, _)| entity),
        ),
        flag(said_elsewhere),
        stretch
            .clone()
            .filter(|&token| context.lower(token) == ",")
            .count() as f64,
        marks.len() as f64,
        governor.map_or(0.0, |governor| which_verb(scenery, governor)),
        said.before.and_then(|quote| quote.cue).map_or(0.0, |cue| {
            let governor = governor.map_or(Span::default(), |governor| context.span(governor..governor + 1));
            flag(cue.overlap(governor) > 0)
        }),
    ];
    let of_standing = standing_features(
        scenery,
        tree,
        said,
        &Standing {
            head,
            span,
            governor,
            content_head,
            entity: own_entity.map(|(entity, _)| entity),
            stretch: &stretch,
            around,
        },
    );
    let mut all_features = [0.0; SPEAKER_FEATURES.len()];
    for (place, value) in all_features
        .iter_mut()
        .zip(own_features.into_iter().chain(of_standing))
    {
        *place = value;
    }
    all_features
}
