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
