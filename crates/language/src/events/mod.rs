//! What kind of event a statement tells of, by the types of PLOVER.
//!
//! A word of `data/events.txt` ([`table`]) is a trigger. What governs it in the tree may change its type: what someone
//! plans is agreed to or threatened, what someone refuses is rejected, what someone ends is taken back. Of the triggers
//! of a statement the one highest in the tree stands for it. Everything is a candidate with its evidence: words in a row
//! are no proof that something happened.

mod table;

use std::ops::Range;

use rashomon_core::{Entity, Event, EventKind, PartOfSpeech, Span, Statement};

use self::table::{Governor, Table, TriggerKind};
use crate::context::Context;
use crate::lemmas::LemmaRules;
use crate::quotes::tree::Tree;

/// Sentences with more tokens than this tell of no event: they are no sentences.
const LONGEST_SENTENCE: usize = 400;
/// How far up the tree is looked at most.
const HIGHEST: usize = 40;
/// How many heads above a trigger may change what it tells of.
const GOVERNED: usize = 3;

/// Gives the statements of a text the events that they seem to tell of. `statements` are in the order of the text.
pub(crate) fn fill_events(context: &Context<'_>, entities: &[Entity], statements: &mut [Statement]) {
    let mut mentions: Vec<(Span, usize)> = entities
        .iter()
        .enumerate()
        .flat_map(|(index, entity)| entity.mentions.iter().map(move |mention| (mention.span, index)))
        .collect();
    mentions.sort_unstable();
    for group in statements.chunk_by_mut(|left, right| left.sentence == right.sentence) {
        let Some(sentence) = group.first().map(|statement| statement.sentence) else {
            continue;
        };
        let tokens = context.tokens_of(sentence);
        if tokens.len() > LONGEST_SENTENCE {
            continue;
        }
        let triggers = triggers(context, tokens.clone());
        if triggers.is_empty() {
            continue;
        }
        let told = Clause {
            context,
            tree: Tree::new(context, tokens),
            triggers,
            mentions: &mentions,
        };
        told.fill(group);
    }
}

/// A word that may tell of an event.
#[derive(Clone, Copy, Debug)]
struct Trigger {
    token: usize,
    kind: TriggerKind,
}

/// Returns the words of the table among the tokens.
fn triggers(context: &Context<'_>, tokens: Range<usize>) -> Vec<Trigger> {
    let table = Table::shipped();
    tokens
        .filter_map(|token| {
            let kind = match context.tokens.get(token)?.tag? {
                PartOfSpeech::Verb => TriggerKind::Verb,
                PartOfSpeech::Noun => TriggerKind::Noun,
                PartOfSpeech::Adj => TriggerKind::Adjective,
                _ => return None,
            };
            let lemma = lemma(context, token);
            let known = !table.meanings(kind, &lemma).is_empty()
                || kind == TriggerKind::Verb
                    && table.begins_names(&lemma)
                    && !table
                        .meanings(kind, &with_particle(&lemma, context.lower(token + 1)))
                        .is_empty()
                || kind == TriggerKind::Verb && opens_particle(context, token);
            known.then_some(Trigger { token, kind })
        })
        .collect()
}

/// Returns true where a particle follows later: "called the talks off".
fn opens_particle(context: &Context<'_>, token: usize) -> bool {
    (token + 1..token + 5).any(|later| {
        context
            .tokens
            .get(later)
            .is_some_and(|found| found.head == Some(token) && found.relation == Some("compound:prt"))
    })
}

fn with_particle(lemma: &str, particle: &str) -> String {
    format!("{lemma}_{particle}")
}

/// Returns the dictionary form of a token, in lower case.
fn lemma(context: &Context<'_>, token: usize) -> String {
    let tag = context.tokens.get(token).and_then(|token| token.tag);
    tag.map_or_else(
        || context.lower(token).to_owned(),
        |tag| {
            let mut lemma = LemmaRules::shipped().lemma(context.word(token), tag);
            if lemma.is_ascii() {
                lemma.make_ascii_lowercase();
                lemma
            } else {
                lemma.to_lowercase()
            }
        },
    )
}

/// A sentence with its triggers.
struct Clause<'scene, 'reading> {
    context: &'scene Context<'reading>,
    tree: Tree<'scene, 'reading>,
    triggers: Vec<Trigger>,
    mentions: &'scene [(Span, usize)],
}

impl Clause<'_, '_> {
    /// Gives each statement of the sentence the event of its clearest trigger.
    fn fill(&self, statements: &mut [Statement]) {
        for trigger in &self.triggers {
            let Some(place) = self.context.tokens.get(trigger.token).map(|token| token.span) else {
                continue;
            };
            let Some(statement) = statements
                .iter_mut()
                .filter(|statement| statement.span.contains(place))
                .min_by_key(|statement| statement.span.len())
            else {
                continue;
            };
            let Some(event) = self.event(*trigger, statement.attribution.is_some()) else {
                continue;
            };
            if statement.event.is_none_or(|known| known.score < event.score) {
                statement.event = Some(event);
            }
        }
    }

    /// Returns the event of a trigger; `told` where it is laid on someone.
    fn event(&self, trigger: Trigger, told: bool) -> Option<Event> {
        let (meant, evidence) = self.meaning(trigger)?;
        let kind = self.governed(trigger, meant, told)?;
        let (mut depth, mut below_another) = (0, false);
        let mut token = trigger.token;
        while let Some(head) = self.tree.head(token).filter(|_| depth < HIGHEST) {
            let relation = self.tree.relation(token).split(':').next().unwrap_or_default();
            let linked = matches!(
                relation,
                "xcomp"
                    | "obj"
                    | "obl"
                    | "nmod"
                    | "ccomp"
                    | "acl"
                    | "advcl"
                    | "amod"
                    | "compound"
                    | "conj"
                    | "nsubj"
            );
            below_another |= linked && self.is_event(head);
            token = head;
            depth += 1;
        }
        let clear = match trigger.kind {
            TriggerKind::Verb | TriggerKind::Passive => 1.0,
            TriggerKind::Adjective => 0.85,
            TriggerKind::Noun => 0.5,
        };
        let score = clear - 0.08 * depth as f64 - if below_another { 0.5 } else { 0.0 };
        let (actor, recipient) = self.parties(trigger);
        Some(Event {
            kind,
            evidence,
            actor,
            recipient: recipient.filter(|_| recipient != actor),
            score: (score.clamp(0.01, 1.0) * 100.0).round() / 100.0,
        })
    }

    /// Returns true for a token that tells of an event.
    fn is_event(&self, token: usize) -> bool {
        let trigger = self.triggers.iter().find(|trigger| trigger.token == token);
        trigger.is_some_and(|&trigger| self.meaning(trigger).is_some())
    }

    /// Returns what a verb may be called in the table: with its particle, with the next word, alone; and the last token
    /// that this takes.
    fn names(&self, token: usize) -> Vec<(String, usize)> {
        let lemma = lemma(self.context, token);
        let mut names = Vec::with_capacity(3);
        if let Some(particle) = self.tree.child(token, &["compound:prt"]) {
            names.push((with_particle(&lemma, self.context.lower(particle)), particle));
        }
        names.push((with_particle(&lemma, self.context.lower(token + 1)), token + 1));
        names.push((lemma, token));
        names
    }

    /// Returns the event that a trigger tells of by itself, with the words that tell it.
    fn meaning(&self, trigger: Trigger) -> Option<(EventKind, Span)> {
        let table = Table::shipped();
        let names = match trigger.kind {
            TriggerKind::Verb | TriggerKind::Passive => self.names(trigger.token),
            TriggerKind::Noun | TriggerKind::Adjective => {
                vec![(lemma(self.context, trigger.token), trigger.token)]
            }
        };
        let first = self.context.tokens.get(trigger.token)?.span;
        for (name, last) in names {
            let mut meanings = table.meanings(trigger.kind, &name);
            // "People were killed": by whom, or by what, is open.
            if trigger.kind == TriggerKind::Verb && self.hides_who_acts(trigger.token) {
                let passive = table.meanings(TriggerKind::Passive, &name);
                meanings = if passive.is_empty() { meanings } else { passive };
            }
            for meaning in meanings {
                let beside = if meaning.beside.is_empty() {
                    Some(trigger.token)
                } else {
                    self.beside(trigger.token, &meaning.beside)
                };
                if let Some(beside) = beside {
                    let span =
                        |token: usize| self.context.tokens.get(token).map_or(first, |token| token.span);
                    let evidence = first.join(span(last)).join(span(beside));
                    return meaning.event.map(|event| (event, evidence));
                }
            }
        }
        None
    }

    /// Returns true for a verb in the passive that does not say by whom.
    fn hides_who_acts(&self, verb: usize) -> bool {
        self.tree.child(verb, &["nsubj:pass", "aux:pass"]).is_some()
            && self.tree.child(verb, &["obl:agent"]).is_none()
    }

    /// Returns one of `words` in what belongs to a verb: what stands behind it, or the subject of a passive.
    fn beside(&self, verb: usize, words: &[&str]) -> Option<usize> {
        let belongs = self.tree.children(verb).filter(|&child| {
            let relation = self.tree.relation(child);
            let apart = ["conj", "punct", "cc", "parataxis"]
                .iter()
                .any(|other| relation.starts_with(other));
            child > verb && !apart || relation == "nsubj:pass"
        });
        belongs
            .flat_map(|child| self.tree.range(child))
            .filter(|&token| token != verb)
            .find(|&token| {
                let lemma = lemma(self.context, token);
                let word = self.context.lower(token);
                words.iter().any(|&wanted| match wanted.split_once('_') {
                    Some((first, second)) => {
                        word == first && second == crate::events::lemma(self.context, token + 1)
                    }
                    None => wanted == lemma || wanted == word,
                })
            })
    }

    /// Returns what a trigger tells of once what governs it has been heard; `None` where nothing happens.
    fn governed(&self, trigger: Trigger, kind: EventKind, told: bool) -> Option<EventKind> {
        let yields = gives_way(kind);
        let verb = trigger.token;
        if trigger.kind == TriggerKind::Verb {
            let helps = |words: &[&str]| {
                self.tree.children(verb).any(|child| {
                    self.tree.relation(child).starts_with("aux") && words.contains(&self.context.lower(child))
                })
            };
            let negated = self
                .tree
                .children(verb)
                .any(|child| matches!(self.context.lower(child), "not" | "n't" | "never" | "no"));
            if negated {
                return yields.then_some(EventKind::Reject);
            }
            if helps(&["will", "shall", "'ll"]) {
                return Some(intended(kind));
            }
            if told && (yields || kind == EventKind::Sanction) && helps(&["must", "should"]) {
                return Some(EventKind::Request);
            }
        }
        let table = Table::shipped();
        let mut token = verb;
        for _ in 0..GOVERNED {
            let relation = self.tree.relation(token);
            let Some(head) = self.tree.head(token) else {
                break;
            };
            let is_adjective =
                self.context.tokens.get(head).and_then(|head| head.tag) == Some(PartOfSpeech::Adj);
            let general = relation.split(':').next().unwrap_or_default();
            let linked = matches!(
                general,
                "xcomp" | "obj" | "obl" | "nmod" | "ccomp" | "acl" | "nsubj"
            ) && relation != "nsubj"
                || general == "advcl" && is_adjective;
            if !linked {
                break;
            }
            let names = self.names(head);
            let governs = |governor: Governor| names.iter().any(|(name, _)| table.governs(governor, name));
            if governs(Governor::Refusal) {
                return Some(EventKind::Reject);
            }
            if governs(Governor::End) && matches!(relation, "obj" | "xcomp" | "nsubj:pass") {
                return Some(match kind {
                    EventKind::Protest | EventKind::Accuse | EventKind::Reject | EventKind::Request => kind,
                    _ if yields => EventKind::Sanction,
                    _ => EventKind::Retreat,
                });
            }
            if governs(Governor::Intent) && matches!(general, "xcomp" | "ccomp" | "acl" | "advcl") {
                return Some(intended(kind));
            }
            token = head;
        }
        Some(kind)
    }

    /// Returns who acts and to whom it is done, as entities.
    fn parties(&self, trigger: Trigger) -> (Option<usize>, Option<usize>) {
        let mut verb = trigger.token;
        if trigger.kind != TriggerKind::Verb
            && let Some(head) = self
                .tree
                .head(verb)
                .filter(|_| self.tree.child(verb, &["cop"]).is_none())
        {
            verb = head;
        }
        let named = |token: usize| self.entity_in(self.tree.range(token));
        let passive = self.tree.child(verb, &["nsubj:pass"]);
        let mut recipient = passive
            .into_iter()
            .chain(self.tree.children(verb).filter(|&child| {
                let relation = self.tree.relation(child);
                child > verb && matches!(relation, "obj" | "iobj" | "obl") && !self.is_time_or_place(child)
            }));
        let recipient = recipient.find_map(named).or_else(|| {
            // "threatened to attack Ada Brown"
            let complement = self.tree.child(verb, &["xcomp", "advcl"])?;
            named(self.tree.child(complement, &["obj"])?)
        });
        let mut actor = None;
        for _ in 0..GOVERNED {
            let found = self
                .tree
                .child(verb, &["obl:agent"])
                .or_else(|| self.tree.child(verb, &["nsubj"]));
            if let Some(found) = found {
                actor = named(found);
                break;
            }
            let Some(head) = self.tree.head(verb).filter(|_| passive.is_none()) else {
                break;
            };
            if !matches!(
                self.tree.relation(verb),
                "xcomp" | "conj" | "advcl" | "obj" | "acl"
            ) {
                break;
            }
            verb = head;
        }
        (actor, recipient)
    }

    /// Returns true for a phrase that tells when or where: "on Monday", "in the capital".
    fn is_time_or_place(&self, token: usize) -> bool {
        self.tree.relation(token) == "obl"
            && !self.tree.children(token).any(|child| {
                let to = matches!(
                    self.context.lower(child),
                    "to" | "with" | "against" | "for" | "from"
                );
                self.tree.relation(child) == "case" && to
            })
    }

    /// Returns the first entity that is named in a range of tokens.
    fn entity_in(&self, tokens: Range<usize>) -> Option<usize> {
        let span = self.context.span(tokens);
        let from = self
            .mentions
            .partition_point(|(mention, _)| mention.start < span.start);
        self.mentions
            .get(from)
            .filter(|(mention, _)| mention.end <= span.end)
            .map(|&(_, entity)| entity)
    }
}

/// Returns true for an event by which someone helps, meets or gives way.
fn gives_way(kind: EventKind) -> bool {
    use EventKind as Kind;
    matches!(
        kind,
        Kind::Agree
            | Kind::Consult
            | Kind::Support
            | Kind::Cooperate
            | Kind::Aid
            | Kind::Concede
            | Kind::Retreat
    )
}

/// Returns what it is to intend an event.
fn intended(kind: EventKind) -> EventKind {
    match kind {
        EventKind::Request | EventKind::Accuse | EventKind::Reject => kind,
        _ if gives_way(kind) => EventKind::Agree,
        _ => EventKind::Threaten,
    }
}

#[cfg(test)]
mod tests {
    use crate::quotes::testing::reading_of;

    /// Returns the events of a text, each as "KIND ‹words›: actor > recipient".
    fn events(text: &str) -> Vec<String> {
        let reading = reading_of(text);
        let name = |entity: Option<usize>| {
            let entity = entity.and_then(|entity| reading.entities.get(entity));
            entity.map_or("-", |entity| entity.name.as_str())
        };
        let events = reading.statements.iter().filter_map(|statement| statement.event);
        events
            .map(|event| {
                let (kind, words) = (event.kind.as_str(), event.evidence.text(text));
                format!(
                    "{kind} ‹{words}›: {} > {}",
                    name(event.actor),
                    name(event.recipient)
                )
            })
            .collect()
    }

    #[test]
    fn a_verb_tells_of_an_event() {
        assert_eq!(
            events("Ada Brown rejected the proposal on Monday."),
            ["REJECT ‹rejected›: Ada Brown > -"]
        );
        assert_eq!(
            events("Carl Dunn accused Ada Brown of a breach of the treaty."),
            ["ACCUSE ‹accused›: Carl Dunn > Ada Brown"]
        );
        assert!(events("The bridge opened on Monday.").is_empty());
        assert!(events("Two people were killed in a fire.").is_empty());
        assert_eq!(
            events("Two people were killed in an attack."),
            ["ASSAULT ‹killed in an attack›: - > -"]
        );
    }

    #[test]
    fn what_governs_a_verb_changes_the_event() {
        assert_eq!(
            events("Ada Brown threatened to attack Carl Dunn."),
            ["THREATEN ‹threatened›: Ada Brown > Carl Dunn"]
        );
        assert_eq!(
            events("Ada Brown refused to meet Carl Dunn."),
            ["REJECT ‹refused›: Ada Brown > Carl Dunn"]
        );
        assert_eq!(
            events("Ada Brown will attack Carl Dunn."),
            ["THREATEN ‹attack›: Ada Brown > Carl Dunn"]
        );
        assert!(events("Ada Brown did not attack Carl Dunn.").is_empty());
    }

    #[test]
    fn other_words_decide() {
        assert_eq!(
            events("Ada Brown suspended its aid to Carl Dunn."),
            ["SANCTION ‹suspended its aid›: Ada Brown > Carl Dunn"]
        );
        assert_eq!(
            events("Workers held a rally in the city."),
            ["PROTEST ‹held a rally›: - > -"]
        );
    }
}
