//! What the models of quotes are trained on: `train quotes` asks for it.

use std::ops::Range;

use rashomon_core::{Quote, Reading, Report, Span};

use super::Scenery;
use super::choosing::{all_proposals, choose, speakers_of};
use super::contents::CONTENT_FEATURES;
use super::model::Models;
use super::speakers::SPEAKER_FEATURES;
use crate::context::Context;
use crate::quotes::sources::Mentions;
use crate::quotes::{found_by_rules, marks};

/// A stretch of words that may be what is said.
#[derive(Clone, Debug)]
pub struct ContentProposal {
    /// Which quotation of the text it is made for.
    pub quotation: usize,
    /// Its words, as positions of tokens.
    pub words: Vec<usize>,
    /// What the model sees.
    pub features: [f64; CONTENT_FEATURES.len()],
    /// Its tokens, in pieces.
    tokens: Vec<Range<usize>>,
    /// The quote of the rules.
    rule: Option<usize>,
}

/// One who may say it.
#[derive(Clone, Debug)]
pub struct SpeakerProposal {
    /// The head of the phrase that names them.
    pub head: Span,
    /// What the model sees.
    pub features: [f64; SPEAKER_FEATURES.len()],
}

/// The text of a report with the quotes that the rules find.
#[derive(Clone, Debug)]
pub struct Unchosen<'report> {
    report: &'report Report,
    reading: &'report Reading,
    quotes: Vec<Quote>,
}

impl<'report> Unchosen<'report> {
    /// Returns the quotes that the rules find in a report, whose reading is [`Reader::read_language`]'s.
    ///
    /// [`Reader::read_language`]: crate::Reader::read_language
    pub fn new(report: &'report Report, reading: &'report Reading) -> Self {
        let context = Context::new(&report.text, &reading.sentences, &reading.tokens);
        let quotes = found_by_rules(&context, &reading.entities).quotes;
        Self {
            report,
            reading,
            quotes,
        }
    }

    /// Returns the quotes of the rules.
    pub fn quotes(&self) -> &[Quote] {
        &self.quotes
    }

    /// Returns what `make` makes of the scenery.
    fn with_scenery<T>(&self, make: impl FnOnce(&Scenery<'_, '_>) -> T) -> T {
        let context = Context::new(&self.report.text, &self.reading.sentences, &self.reading.tokens);
        let marked = marks::marked(context.text);
        let marked_tokens = crate::quotes::assemble::mark_tokens(&context, &marked);
        let mentions = Mentions::new(&self.reading.entities);
        make(&Scenery {
            context: &context,
            mentions: &mentions,
            marked: &marked,
            marked_tokens: &marked_tokens,
            quotes: &self.quotes,
        })
    }

    /// Returns the proposals for all quotations.
    pub fn contents(&self) -> Vec<ContentProposal> {
        self.with_scenery(|scenery| {
            let is_word = |token: &usize| scenery.context.lower(*token).contains(char::is_alphanumeric);
            all_proposals(scenery)
                .into_iter()
                .map(|(quotation, proposal)| ContentProposal {
                    quotation,
                    words: proposal
                        .tokens
                        .iter()
                        .cloned()
                        .flatten()
                        .filter(is_word)
                        .collect(),
                    features: proposal.features,
                    tokens: proposal.tokens,
                    rule: proposal.rule,
                })
                .collect()
        })
    }

    /// Returns who may say each of the contents.
    pub fn speakers(&self, contents: &[&ContentProposal]) -> Vec<Vec<SpeakerProposal>> {
        self.with_scenery(|scenery| {
            contents
                .iter()
                .map(|content| {
                    speakers_of(scenery, &content.tokens, content.rule)
                        .into_iter()
                        .map(|speaker| SpeakerProposal {
                            head: speaker.head,
                            features: speaker.features,
                        })
                        .collect()
                })
                .collect()
        })
    }

    /// Returns the quotes that models choose, which are given as `models/quotes.json` holds them; those of the rules where the
    /// models are of other features.
    ///
    /// # Errors
    ///
    /// Fails where the models cannot be read.
    pub fn choose(&self, models: &str) -> Result<Vec<Quote>, serde_json::Error> {
        let Some(models) = Models::read(models)? else {
            return Ok(self.quotes.clone());
        };
        Ok(self.with_scenery(|scenery| {
            choose(
                scenery.context,
                &self.reading.entities,
                scenery.marked,
                scenery.marked_tokens,
                self.quotes.clone(),
                &models,
            )
        }))
    }
}

/// The names of the features of contents and of speakers.
pub fn feature_names() -> (&'static [&'static str], &'static [&'static str]) {
    (&CONTENT_FEATURES, &SPEAKER_FEATURES)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The dam is safe, the water board said on Monday.\n\n“We looked at every stone of it,” said Olwen \
                        Tarrick, the chief of the board, “and it will stand.”\n\nHild Mason, a farmer, called the report “a \
                        joke”.";

    /// Makes something of what the rules leave unchosen in [`TEXT`].
    fn with_unchosen<T>(make: impl FnOnce(&Unchosen<'_>) -> T) -> T {
        let report = Report::new("r", TEXT);
        let reading = crate::Reader::new().read_language(&report);
        make(&Unchosen::new(&report, &reading))
    }

    #[test]
    fn each_quotation_has_its_own_words_among_its_proposals() {
        with_unchosen(|unchosen| {
            let contents = unchosen.contents();
            let quotations: std::collections::BTreeSet<usize> =
                contents.iter().map(|content| content.quotation).collect();
            assert_eq!(quotations.into_iter().collect::<Vec<_>>(), [0, 1, 2]);
            for content in &contents {
                assert!(!content.words.is_empty());
                assert!(content.features.iter().all(|value| value.is_finite()));
            }
            // The rules' own stand among them.
            assert!(contents.iter().any(|content| content.rule.is_some()));
        });
    }

    #[test]
    fn who_is_named_beside_a_quotation_may_say_it() {
        with_unchosen(|unchosen| {
            let contents = unchosen.contents();
            let contents: Vec<&ContentProposal> = contents.iter().collect();
            let speakers = unchosen.speakers(&contents);
            assert_eq!(speakers.len(), contents.len());
            let first: Vec<&str> = speakers[0]
                .iter()
                .map(|speaker| speaker.head.text(TEXT))
                .collect();
            assert!(first.contains(&"Olwen"), "{first:?}");
        });
    }

    #[test]
    fn the_shipped_models_choose_what_the_program_reads() {
        let shipped = include_str!("../../../../../models/quotes.json");
        let chosen = with_unchosen(|unchosen| unchosen.choose(shipped)).unwrap();
        let said: Vec<(&str, &str)> = chosen
            .iter()
            .filter_map(|quote| {
                Some((
                    quote.pieces.first()?.text(TEXT),
                    quote.speaker.as_ref()?.name.as_str(),
                ))
            })
            .collect();
        assert!(
            said.contains(&("“We looked at every stone of it,”", "Olwen Tarrick")),
            "{said:?}"
        );
        let joke = |&(words, speaker): &(&str, &str)| words.ends_with("“a joke”") && speaker == "Hild Mason";
        assert!(said.iter().any(joke), "{said:?}");
    }

    #[test]
    fn models_of_other_features_leave_the_rules_quotes() {
        with_unchosen(|unchosen| {
            assert_eq!(unchosen.choose("{}").unwrap_or_default(), Vec::new());
            assert!(unchosen.choose("no models").is_err());
        });
    }
}
