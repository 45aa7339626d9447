//! Where names stand: runs of capitalised words, cut at titles and peoples.

use std::ops::Range;

use rashomon_core::SentenceKind;
use rustc_hash::FxHashSet;

use super::lists::{
    NotName, begins_demonym, demonym, first_name, is_honorific, is_known_organisation, is_role,
    is_role_modifier, not_name, organisation_head,
};
use crate::context::Context;
use crate::places::{fold_name, gazetteer};

/// The longest name that is looked up as a whole, in tokens.
const LONGEST_KNOWN: usize = 6;
/// The longest run of capitalised words that is looked at, in tokens.
const LONGEST_RUN: usize = 14;

/// A name where it stands, before it is known what it names.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// The sentence it stands in.
    pub(super) sentence: usize,
    /// Its folded words.
    pub(super) key: String,
    /// The tokens of a title that stands before it: "Foreign Minister", "Mr."
    pub(super) title: Option<Range<usize>>,
}

/// What the words of a text show of each other.
pub(super) struct Evidence<'reading> {
    /// Words in lower case that stand with a small letter somewhere.
    small: FxHashSet<&'reading str>,
    /// Words that stand with a capital where no sentence begins.
    capital: FxHashSet<&'reading str>,
}

/// Returns the candidates of a text in order.
pub(super) fn candidates(context: &Context<'_>) -> Vec<Candidate> {
    let evidence = evidence(context);
    let mut candidates = Vec::new();
    let mut loud = Vec::new();
    for sentence in 0..context.sentences.len() {
        if is_loud(context, sentence) {
            loud.push(sentence);
        } else {
            in_sentence(context, sentence, &evidence, &mut candidates);
        }
    }
    // In headings and titles every word has a capital: only names that the rest of the text shows are taken.
    let known: FxHashSet<String> = candidates.iter().map(|candidate| candidate.key.clone()).collect();
    for sentence in loud {
        in_loud_sentence(context, sentence, &known, &mut candidates);
    }
    candidates.sort_by_key(|candidate| candidate.tokens.start);
    candidates
}

/// Returns true for a sentence whose capitals tell nothing.
fn is_loud(context: &Context<'_>, sentence: usize) -> bool {
    if context.sentences[sentence].kind == SentenceKind::Provenance {
        return true;
    }
    let (mut small, mut capital) = (0, 0);
    for token in context.tokens_of(sentence) {
        let word = context.word(token);
        if word.len() > 3 && word.starts_with(char::is_alphabetic) {
            if word.starts_with(char::is_lowercase) {
                small += 1;
            } else {
                capital += 1;
            }
        }
    }
    let heading = context.sentences[sentence].kind == SentenceKind::Heading;
    (capital > 3 * small && capital > 4) || (heading && capital > 0 && small == 0)
}

fn evidence<'reading>(context: &'reading Context<'_>) -> Evidence<'reading> {
    let mut evidence = Evidence {
        small: FxHashSet::default(),
        capital: FxHashSet::default(),
    };
    for sentence in 0..context.sentences.len() {
        let tokens = context.tokens_of(sentence);
        let loud = is_loud(context, sentence);
        for token in tokens.clone() {
            if starts_small(context, token) {
                evidence.small.insert(context.lower(token));
            } else if !loud && is_capital(context, token) && !begins_speech(context, &tokens, token) {
                evidence.capital.insert(context.lower(token));
            }
        }
    }
    evidence
}

/// Returns true when a token begins with a small letter.
fn starts_small(context: &Context<'_>, token: usize) -> bool {
    context.word(token).starts_with(char::is_lowercase)
}

/// Returns true when a token begins with a capital.
pub(super) fn is_capital(context: &Context<'_>, token: usize) -> bool {
    context.word(token).starts_with(char::is_uppercase)
}

/// Returns true where a capital is owed to the place: at the start of a sentence, of a quotation, of an item.
fn begins_speech(context: &Context<'_>, sentence: &Range<usize>, token: usize) -> bool {
    token == sentence.start
        || matches!(
            context.word(token - 1),
            "“" | "\""
                | "‘"
                | "'"
                | ":"
                | "-"
                | "–"
                | "—"
                | "•"
                | "*"
                | "``"
                | "("
                | "«"
                | "."
                | "?"
                | "!"
                | "..."
                | "…"
                | "--"
        ) && !(token > sentence.start + 1 && is_joined(context, token - 1) && is_joined(context, token))
}

/// Returns true when no space stands before a token.
fn is_joined(context: &Context<'_>, token: usize) -> bool {
    token > 0
        && match (context.tokens.get(token - 1), context.tokens.get(token)) {
            (Some(before), Some(after)) => before.span.end == after.span.start,
            _ => false,
        }
}

/// Returns the folded words of a range of tokens.
fn key(context: &Context<'_>, tokens: Range<usize>) -> String {
    fold_name(context.span(tokens).text(context.text))
}

/// Finds the names of a sentence in which capitals mean something.
fn in_sentence(
    context: &Context<'_>,
    sentence: usize,
    evidence: &Evidence<'_>,
    candidates: &mut Vec<Candidate>,
) {
    let tokens = context.tokens_of(sentence);
    let mut token = tokens.start;
    while token < tokens.end {
        if !is_capital(context, token) {
            token += 1;
            continue;
        }
        let run = run(context, token, tokens.end);
        let begins = begins_speech(context, &tokens, token);
        let run = if begins {
            settle_start(context, run, evidence)
        } else {
            run
        };
        if run.is_empty() {
            token += 1;
            continue;
        }
        token = run.end;
        cut_run(context, sentence, run, candidates);
    }
}

/// Returns the run of words that may form one name from `start`.
fn run(context: &Context<'_>, start: usize, limit: usize) -> Range<usize> {
    let mut end = start + 1;
    if is_never(context, start) {
        return start..end;
    }
    while end < limit && end - start < LONGEST_RUN {
        let word = context.word(end);
        let next_capital =
            |token: usize| token < limit && is_capital(context, token) && !is_never(context, token);
        if next_capital(end) {
            end += 1;
        } else if word == "-" && is_joined(context, end) && is_joined(context, end + 1) && end + 1 < limit {
            // "Al-Noor", "Jong-un", but not "Amber-based".
            let after = context.word(end + 1);
            let given = after.len() <= 5 && after.starts_with(char::is_lowercase) && end > start + 1;
            let particle = matches!(
                after,
                "au" | "la" | "de" | "sur" | "le" | "i" | "e" | "on" | "upon" | "en"
            );
            let function = not_name(context.lower(end + 1)) == Some(NotName::Function);
            if next_capital(end + 1) && !function || given && !is_common_tail(after) {
                end += 2;
            } else if particle && end + 3 < limit && next_capital(end + 3) {
                end += 4;
            } else {
                break;
            }
        } else if is_name_particle(word) {
            let mut after = end + 1;
            while after < limit && is_name_particle(context.word(after)) {
                after += 1;
            }
            if !next_capital(after) {
                break;
            }
            end = after + 1;
        } else if matches!(word, "of" | "for") {
            let mut after = end + 1;
            if matches!(context.word(after), "the" | "and") {
                after += 1;
            }
            let head = context.lower(end - 1);
            let takes = if word == "of" {
                takes_of(head)
            } else {
                organisation_head(head).last
            };
            let person = first_name(context.lower(after)).is_some()
                && context.word(after + 1).starts_with(char::is_uppercase);
            if !takes || !next_capital(after) || (person && head == "government") {
                break;
            }
            end = after + 1;
        } else if matches!(word, "and" | "&") && next_capital(end + 1) {
            // "Ministry of Health and Welfare", "Food and Drug Administration", "Bosnia and Herzegovina"
            let inside = (start..end).any(|token| context.word(token) == "of")
                && organisation_head(context.lower(start)).first
                && !is_role(context.lower(end + 1));
            let whole = key(context, start..end + 2);
            if word == "&"
                || inside
                || gazetteer::holds(&whole)
                || joins_before_head(context, start, end, limit)
            {
                end += 2;
            } else {
                break;
            }
        } else if matches!(word, "'s" | "’s")
            && takes_possessive(context.lower(end - 1))
            && next_capital(end + 1)
        {
            end += 2;
        } else {
            break;
        }
    }
    start..end
}

/// Returns true for what never begins or continues a name; a month after a first name is one.
fn is_never(context: &Context<'_>, token: usize) -> bool {
    let lower = context.lower(token).trim_end_matches('.');
    not_name(lower) == Some(NotName::Never)
        && !(matches!(lower, "may" | "april" | "june" | "august" | "god" | "march")
            && token > 0
            && (first_name(context.lower(token - 1)).is_some() || is_honorific(context.lower(token - 1))))
}

/// Returns true for a small word inside the names of people and places.
fn is_name_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da"
            | "del"
            | "della"
            | "di"
            | "dos"
            | "das"
            | "do"
            | "du"
            | "des"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ten"
            | "ter"
            | "bin"
            | "ibn"
            | "al"
            | "el"
            | "la"
            | "le"
            | "las"
            | "los"
            | "ben"
            | "bint"
            | "ul"
            | "ur"
            | "y"
            | "al-"
            | "zu"
    )
}

/// Returns true for what often follows a name and a hyphen and is no part of it.
fn is_common_tail(word: &str) -> bool {
    matches!(
        word,
        "led"
            | "run"
            | "made"
            | "era"
            | "born"
            | "style"
            | "wide"
            | "like"
            | "based"
            | "held"
            | "owned"
            | "rich"
            | "free"
            | "only"
            | "type"
            | "bound"
            | "sized"
            | "hit"
            | "day"
            | "year"
            | "old"
            | "in"
            | "to"
            | "for"
            | "off"
    )
}

/// Returns true for a word after which "of" goes on with the same name.
fn takes_of(head: &str) -> bool {
    let organisation = organisation_head(head);
    organisation.last && !matches!(head, "group" | "team" | "city" | "press" | "bank")
        || matches!(
            head,
            "republic"
                | "kingdom"
                | "bank"
                | "gulf"
                | "bay"
                | "sea"
                | "strait"
                | "isle"
                | "cape"
                | "city"
                | "college"
                | "duke"
                | "duchess"
                | "state"
                | "states"
                | "province"
                | "emirates"
                | "cathedral"
                | "battle"
                | "declaration"
                | "treaty"
                | "convention"
                | "court"
                | "secretary"
                | "chamber"
                | "bill"
                | "law"
                | "rock"
                | "port"
                | "horn"
                | "house"
                | "institute"
                | "university"
                | "school"
                | "leader"
                | "ministry"
                | "minister"
                | "order"
                | "day"
                | "cup"
                | "church"
                | "friends"
                | "sons"
                | "daughters"
                | "knights"
                | "bishops"
                | "states-general"
                | "district"
                | "federation"
        )
}

/// Returns true for a word whose possessive goes on with the same name: "People's Republic".
fn takes_possessive(lower: &str) -> bool {
    matches!(
        lower,
        "people"
            | "women"
            | "men"
            | "children"
            | "lord"
            | "king"
            | "queen"
            | "workers"
            | "teachers"
            | "farmers"
            | "veterans"
            | "mcdonald"
            | "sotheby"
            | "christie"
            | "macy"
            | "lloyd"
            | "moody"
            | "john"
            | "levi"
            | "wendy"
            | "domino"
    )
}

/// Returns true for a single word joined by "and" to a run that ends with the head of an organisation.
fn joins_before_head(context: &Context<'_>, start: usize, and: usize, limit: usize) -> bool {
    let mut end = and + 1;
    while end < limit && is_capital(context, end) {
        end += 1;
    }
    and == start + 1
        && end > and + 2
        && organisation_head(context.lower(end - 1)).last
        && demonym(context.lower(start)).is_none()
        && !gazetteer::holds(&key(context, start..and))
        && !is_known_organisation(&key(context, start..and))
}

/// Takes from a run at the start of a sentence the word that has its capital only from there.
fn settle_start(context: &Context<'_>, run: Range<usize>, evidence: &Evidence<'_>) -> Range<usize> {
    let first = run.start;
    let lower = context.lower(first);
    let rest = first + 1..run.end;
    if is_known_whole(context, &run) || is_acronym(context.word(first)) {
        return run;
    }
    let list = not_name(lower);
    match list {
        Some(NotName::Never) => return run,
        Some(NotName::Function) => return 0..0,
        _ => {}
    }
    if is_honorific(lower) || (is_role(lower) || is_role_modifier(lower)) && !rest.is_empty() {
        return run;
    }
    if !rest.is_empty() {
        let head = organisation_head(context.lower(run.end - 1)).last;
        let title = is_role(context.lower(rest.start)) && !is_first_name(context, first);
        return match list {
            Some(_) if head || title => run,
            Some(_) => 0..0,
            None if looks_common(lower)
                && (evidence.small.contains(lower) || lower.ends_with("ing"))
                && !is_first_name(context, first) =>
            {
                0..0
            }
            None => run,
        };
    }
    let known = evidence.capital.contains(lower) || is_first_name(context, first) || demonym(lower).is_some();
    let place = || {
        gazetteer::lookup(&fold_name(lower))
            .next()
            .is_some_and(|place| place.population > 100_000)
    };
    if list.is_some() || (evidence.small.contains(lower) && !known) {
        return 0..0;
    }
    let named = known
        || place()
        || (!looks_common(lower)
            && matches!(
                context.lower(first + 1),
                "'s" | "said"
                    | "says"
                    | "told"
                    | "has"
                    | "is"
                    | "was"
                    | "had"
                    | "will"
                    | "also"
                    | "added"
                    | "did"
                    | "would"
                    | ","
                    | "and"
            ));
    if named { run } else { 0..0 }
}

fn is_first_name(context: &Context<'_>, token: usize) -> bool {
    first_name(context.lower(token)).is_some()
}

fn is_acronym(word: &str) -> bool {
    word.chars().filter(|mark| mark.is_uppercase()).count() > 1
        && word
            .chars()
            .all(|mark| mark.is_uppercase() || mark == '.' || mark.is_ascii_digit())
}

/// Returns true for a run that the gazetteer or the list of organisations holds as a whole.
fn is_known_whole(context: &Context<'_>, run: &Range<usize>) -> bool {
    if run.len() > LONGEST_KNOWN || (run.len() == 1 && not_name(context.lower(run.start)).is_some()) {
        return false;
    }
    let key = key(context, run.clone());
    is_known_organisation(&key) || (run.len() > 1 && gazetteer::holds(&key))
}

/// Returns true for a word with the look of a common noun, verb or adverb at the start of a sentence.
fn looks_common(lower: &str) -> bool {
    lower.len() > 4
        && [
            "ing", "ly", "ed", "ists", "ers", "ors", "ians", "ants", "ents", "tion", "tions", "ment",
            "ments", "ness", "ities", "ity", "ies", "ism", "ful", "less", "able", "ible", "ous", "ive",
            "ology", "ship", "ships", "ages", "ances", "ings", "ests", "als",
        ]
        .iter()
        .any(|tail| lower.ends_with(tail))
}

/// Cuts a run at demonyms and titles and keeps the names in it.
fn cut_run(context: &Context<'_>, sentence: usize, run: Range<usize>, candidates: &mut Vec<Candidate>) {
    let mut push = |tokens: Range<usize>, title: Option<Range<usize>>| {
        let tokens = trim(context, tokens);
        if !tokens.is_empty() {
            let key = key(context, tokens.clone());
            if key.len() > 1
                && !(tokens.len() == 1 && not_name(context.lower(tokens.start)) == Some(NotName::Never))
            {
                candidates.push(Candidate {
                    tokens,
                    sentence,
                    key,
                    title,
                });
            }
        }
    };
    if is_known_whole(context, &run) {
        return push(run, None);
    }
    if run.len() > 1 && not_name(context.lower(run.start)) == Some(NotName::Function) {
        return cut_run(context, sentence, run.start + 1..run.end, candidates);
    }
    let last = run.end - 1;
    let head = run.len() > 1 && ends_as_organisation(context, &run);
    // The last word of the title: what stands after it is a person.
    let person_named_like_role = |token: usize| token > run.start && is_first_name(context, token - 1);
    let title_end = (run.start..last)
        .rev()
        .find(|&token| is_title(context, token) && !person_named_like_role(token))
        .filter(|&token| !head || is_honorific(context.lower(token)));
    if !head
        && !person_named_like_role(last)
        && is_title(context, last)
        && !gazetteer::holds(&key(context, run.clone()))
    {
        // A title without a name: "the Prime Minister". What stands before it may be one: "Amber Council President".
        let start = title_start(context, run.start, last);
        if start > run.start && !is_honorific(context.lower(last)) {
            cut_run(context, sentence, run.start..start, candidates);
        }
        return;
    }
    if let Some(mut end) = title_end {
        // "Secretary of State Ada Brown": the office belongs to the title.
        if context.word(end + 1) == "of" {
            while end + 1 < last
                && (context.word(end + 1) == "of"
                    || is_role_modifier(context.lower(end + 1))
                    || is_office(context.lower(end + 1)))
            {
                end += 1;
            }
        }
        let mut start = title_start(context, run.start, end);
        if start > run.start && context.word(start - 1) == "of" {
            start = run.start;
        }
        if start > run.start {
            cut_run(context, sentence, run.start..start, candidates);
        }
        let mut push = |tokens: Range<usize>, title: Range<usize>| {
            let tokens = trim(context, tokens);
            if !tokens.is_empty() {
                candidates.push(Candidate {
                    key: key(context, tokens.clone()),
                    tokens,
                    sentence,
                    title: Some(title),
                });
            }
        };
        return push(end + 1..run.end, start..end + 1);
    }
    // "Senior North Korean": the start of a description.
    let described = (run.start..run.end)
        .find(|&token| !is_role_modifier(context.lower(token)))
        .unwrap_or(run.start);
    if described > run.start && after_demonyms(context, described..run.end).is_empty() {
        return;
    }
    let rest = after_demonyms(context, run.clone());
    if rest.start > run.start && (rest.is_empty() || !head) {
        if !rest.is_empty() && (rest.len() > 1 || !is_role(context.lower(rest.start))) {
            push(rest, None);
        }
        return;
    }
    push(run, None);
}

/// Returns true for a Roman numeral.
fn is_numeral(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Returns true for a run that ends, or begins, like the name of an organisation.
fn ends_as_organisation(context: &Context<'_>, run: &Range<usize>) -> bool {
    let last = organisation_head(context.lower(run.end - 1));
    let of = run
        .clone()
        .find(|&token| matches!(context.word(token), "of" | "for"));
    last.last || last.firm || of.is_some_and(|of| organisation_head(context.lower(of - 1)).last)
}

fn is_title(context: &Context<'_>, token: usize) -> bool {
    let lower = context.lower(token);
    is_role(lower) || is_honorific(lower)
}

/// Returns true for an office that follows "of" in a title.
fn is_office(lower: &str) -> bool {
    matches!(
        lower,
        "state"
            | "staff"
            | "affairs"
            | "the"
            | "war"
            | "treasury"
            | "commerce"
            | "veterans"
            | "homeland"
            | "parliament"
            | "house"
            | "and"
    )
}

/// Returns where the title begins that ends with the token `end`.
fn title_start(context: &Context<'_>, first: usize, end: usize) -> usize {
    let mut start = end;
    while start > first {
        let before = start - 1;
        let lower = context.lower(before);
        let belongs = is_role_modifier(lower)
            || is_role(lower)
            || is_honorific(lower)
            || lower == "-"
            || (lower == "of" && before > first);
        if !belongs {
            break;
        }
        start = before;
    }
    start
}

/// Returns a run without the demonyms at its start.
fn after_demonyms(context: &Context<'_>, run: Range<usize>) -> Range<usize> {
    let mut start = run.start;
    while start < run.end {
        let length = demonym_length(context, start, run.end);
        if length == 0 {
            break;
        }
        start += length;
        if start < run.end && matches!(context.word(start), "-" | "and") {
            start += 1;
        }
    }
    start..run.end
}

/// Returns how many tokens the demonym takes that begins at `token`; 0 for none.
pub(super) fn demonym_length(context: &Context<'_>, token: usize, limit: usize) -> usize {
    if token >= limit || !is_capital(context, token) {
        return 0;
    }
    let lower = context.lower(token);
    if begins_demonym(lower) && token + 1 < limit {
        let two = format!("{lower} {}", context.lower(token + 1));
        if demonym(&two).is_some() {
            return 2;
        }
        if context.word(token + 1) == "-"
            && token + 2 < limit
            && demonym(&format!("{lower} {}", context.lower(token + 2))).is_some()
        {
            return 3;
        }
    }
    usize::from(demonym(lower).is_some())
}

/// Returns a range without joining words and hyphens at its ends.
fn trim(context: &Context<'_>, tokens: Range<usize>) -> Range<usize> {
    let loose = |token: usize| {
        matches!(
            context.word(token),
            "-" | "of" | "for" | "and" | "&" | "the" | "'s" | "’s"
        )
    };
    let mut range = tokens;
    while !range.is_empty() && loose(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && loose(range.end - 1) {
        range.end -= 1;
    }
    range
}

/// Finds names that are known from elsewhere in a sentence whose words all have capitals.
fn in_loud_sentence(
    context: &Context<'_>,
    sentence: usize,
    known: &FxHashSet<String>,
    candidates: &mut Vec<Candidate>,
) {
    let tokens = context.tokens_of(sentence);
    let mut token = tokens.start;
    while token < tokens.end {
        let found = (1..=LONGEST_KNOWN.min(tokens.end - token))
            .rev()
            .find_map(|length| {
                let range = token..token + length;
                if !is_capital(context, token) || !is_capital(context, range.end - 1) {
                    return None;
                }
                let key = key(context, range.clone());
                let country = || {
                    gazetteer::lookup(&key).next().is_some_and(|place| {
                        matches!(
                            place.kind,
                            gazetteer::PlaceKind::Country | gazetteer::PlaceKind::Capital
                        )
                    })
                };
                let plain = not_name(context.lower(token)).is_some() && length == 1;
                (!plain && (known.contains(&key) || is_known_organisation(&key) || country()))
                    .then_some((range, key))
            });
        match found {
            Some((range, key)) => {
                token = range.end;
                candidates.push(Candidate {
                    tokens: range,
                    sentence,
                    key,
                    title: None,
                });
            }
            None => token += 1,
        }
    }
}
