//! From the corpora to the model.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result};

use crate::reader::augmentation::{NamePool, headings, shouted};
use crate::reader::coreference::mentioned_names;
use crate::reader::evaluation::{name_score, tree_scores};
use crate::reader::export::model_file;
use crate::reader::learning::Learnt;
use crate::reader::lexicon::{Lexicon, PieceTable};
use crate::reader::names::{LABELS, NamedSentence, Scheme, names};
use crate::reader::network::{Example, Network, Sizes, WordType};
use crate::reader::parameters::{Adam, Gradients};
use crate::reader::random::Random;
use crate::reader::treebank::{TreeWord, treebank};
use crate::say;

/// Words of a step.
const BATCH: usize = 1600;
/// Parts of a step that may be worked on at the same time; their number does not depend on that of the threads.
const PARTS: usize = 4;
/// The highest rate of learning.
const RATE: f32 = 2e-3;
/// The rate falls to this share of the highest.
const LEAST_RATE: f32 = 0.04;
/// The running mean of all numbers, which becomes the model, is moved every so many steps,
const STEPS_OF_MEAN: usize = 10;
/// by this share of the way.
const MEAN_SHARE: f32 = 0.025;

/// Trains the network on the corpora of `folder` (that of all training data) and writes it to `output`.
pub(crate) fn train(folder: &Path, output: &Path, epochs: usize) -> Result<()> {
    let table = PieceTable::read(&folder.join("embed"))?;
    let parse = folder.join("parse");
    let mut trees = treebank(&parse.join("en_ewt-train.conllu.zst"))?;
    trees.extend(treebank(&parse.join("en_gumopen-train.conllu.zst"))?);
    let tree_tests = [
        treebank(&parse.join("en_ewt-dev.conllu.zst"))?,
        treebank(&parse.join("en_gumopen-dev.conllu.zst"))?,
    ];
    let ner = folder.join("ner");
    let mut named = names(&ner.join("worldwide-train.bio.zst"), Scheme::Whole)?;
    named.extend(names(&ner.join("wikigold.bio.zst"), Scheme::Mixed)?);
    named.extend(names(&ner.join("uner-ewt-dev.bio.zst"), Scheme::Three)?);
    named.extend(mentioned_names(
        &folder.join("coref").join("gum-open-train.jsonl.zst"),
    )?);
    let mut random = Random::new(1);
    named.extend(headings(&named, 0.05, &mut random));
    let tree_headings: Vec<Vec<TreeWord>> = trees
        .iter()
        .filter(|words| words.len() < 25 && random.share() < 0.03)
        .enumerate()
        .map(|(number, words)| {
            let heading = |word: &TreeWord| TreeWord {
                form: shouted(&word.form, number % 4 == 0),
                ..word.clone()
            };
            words.iter().map(heading).collect()
        })
        .collect();
    trees.extend(tree_headings);
    let name_test = names(&ner.join("worldwide-dev.bio.zst"), Scheme::Whole)?;
    let mut lexicon = Lexicon::new(
        trees.iter().flatten().map(|word| word.form.as_str()).chain(
            named
                .iter()
                .flat_map(|sentence| sentence.words.iter().map(String::as_str)),
        ),
    );
    let collect = |of: fn(&TreeWord) -> &str| -> Vec<String> {
        let set: std::collections::BTreeSet<&str> = trees.iter().flatten().map(of).collect();
        set.into_iter().map(str::to_owned).collect()
    };
    let tags = collect(|word| &word.tag);
    let fine_tags = collect(|word| &word.fine_tag);
    let relations = collect(|word| &word.relation);
    let mut tree_example = |words: &[TreeWord]| Example {
        words: words
            .iter()
            .map(|word| lexicon.number(&word.form, &table))
            .collect(),
        tags: words.iter().map(|word| position(&tags, &word.tag)).collect(),
        fine_tags: words
            .iter()
            .map(|word| position(&fine_tags, &word.fine_tag))
            .collect(),
        heads: words.iter().map(|word| word.head).collect(),
        relations: words
            .iter()
            .map(|word| position(&relations, &word.relation))
            .collect(),
        ..Example::default()
    };
    let mut examples: Vec<Example> = trees.iter().map(|words| tree_example(words)).collect();
    let tree_tests: Vec<Vec<Example>> = tree_tests
        .iter()
        .map(|test| test.iter().map(|words| tree_example(words)).collect())
        .collect();
    let mut name_example = |sentence: &NamedSentence| Example {
        words: sentence
            .words
            .iter()
            .map(|word| lexicon.number(word, &table))
            .collect(),
        flags: sentence.flags.clone(),
        labels: sentence.labels.clone(),
        ..Example::default()
    };
    let named: Vec<Example> = named.iter().map(&mut name_example).collect();
    let pool = NamePool::new(&named);
    examples.extend(named);
    let name_test: Vec<Example> = name_test.iter().map(&mut name_example).collect();
    let types = &lexicon.types;
    let sizes = Sizes {
        width: 176,
        shared: 2,
        trees: 1,
        names: 1,
        arc: 96,
        relation: 96,
        piece: table.width,
        rows: lexicon.keys.len(),
        tags: tags.len(),
        fine_tags: fine_tags.len(),
        relations: relations.len(),
        labels: LABELS,
    };
    say(&format!(
        "{} sentences, {} word types, {} rows, {} tags, {} relations, {sizes:?}",
        examples.len(),
        types.len(),
        lexicon.keys.len(),
        tags.len(),
        relations.len()
    ));
    let mut network = Network::new(sizes, &mut random);
    let mut mean = network.clone();
    let mut adam = Adam::new(&network.parameters, network.table.len());
    let words: usize = examples.iter().map(|example| example.words.len()).sum();
    let steps = words * epochs / BATCH;
    let mut step = 0;
    for epoch in 0..epochs {
        let mut losses = [0.0; 4];
        for batch in batches(&examples, &mut random) {
            let batch: Vec<Example> = batch
                .into_iter()
                .map(|at| match &examples[at] {
                    example if example.labels.is_empty() => example.clone(),
                    example => pool.exchange(example, &mut random),
                })
                .collect();
            let left = (1.0 - step as f32 / steps.max(1) as f32).max(LEAST_RATE);
            let rate = RATE * (step as f32 / 300.0).min(1.0) * left;
            let (gradients, part) = gradients_of(&network, types, &batch, &mut random);
            adam.step(
                &mut network.parameters,
                &mut network.table,
                sizes.width,
                &gradients,
                rate,
            );
            for (sum, part) in losses.iter_mut().zip(part) {
                *sum += part;
            }
            step += 1;
            if step % STEPS_OF_MEAN == 0 {
                // In the beginning the mean follows more closely.
                let share = MEAN_SHARE.max(1.0 / (1.0 + (step / STEPS_OF_MEAN) as f32));
                mean.move_to(&network, share);
            }
        }
        let losses: Vec<String> = losses
            .iter()
            .map(|loss| format!("{:.4}", loss / words as f64))
            .collect();
        let mut line = format!(
            "epoch {epoch:2}: heads, relations, tags, labels {}",
            losses.join(" ")
        );
        if epoch % 2 == 1 || epoch + 1 == epochs {
            for test in &tree_tests {
                let scores = tree_scores(&mean, types, test, &relations);
                let _ = write!(
                    line,
                    "; tags {:.4} heads {:.4} and relations {:.4}",
                    scores.tags, scores.heads, scores.relations
                );
            }
            let _ = write!(line, "; names {:.4}", name_score(&mean, types, &name_test));
        }
        say(&line);
    }
    let bytes = model_file(&mean, &table, &lexicon.keys, &tags, &relations);
    std::fs::write(output, &bytes).with_context(|| format!("cannot write {}", output.display()))?;
    say(&format!("{}: {} bytes", output.display(), bytes.len()));
    Ok(())
}

fn position(list: &[String], item: &str) -> usize {
    list.binary_search_by(|known| known.as_str().cmp(item))
        .unwrap_or(0)
}

/// Returns batches of sentences of about the same length, in another order each time.
fn batches(examples: &[Example], random: &mut Random) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..examples.len()).collect();
    random.shuffle(&mut order);
    let mut batches = Vec::new();
    let mut batch = Vec::new();
    let mut words = 0;
    for at in order {
        words += examples[at].words.len();
        batch.push(at);
        if words >= BATCH {
            batches.push(std::mem::take(&mut batch));
            words = 0;
        }
    }
    if !batch.is_empty() {
        batches.push(batch);
    }
    batches
}

/// Returns the gradients over a batch. Its parts are worked on by as many threads as there are, and added in their order.
fn gradients_of(network: &Network, types: &[WordType], batch: &[Example], random: &mut Random) -> Learnt {
    let words: usize = batch.iter().map(|example| example.words.len()).sum();
    let weight = 1.0 / words as f32;
    let parts: Vec<(&[Example], Random)> = batch
        .chunks(batch.len().div_ceil(PARTS))
        .map(|part| (part, Random::new(random.below(usize::MAX) as u64)))
        .collect();
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<Learnt>>> = Mutex::new(parts.iter().map(|_| None).collect());
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(PARTS);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((part, random)) = parts.get(at) else {
                        break;
                    };
                    let part: Vec<&Example> = part.iter().collect();
                    let result = network.learn(types, &part, weight, &mut random.clone());
                    if let Ok(mut done) = done.lock() {
                        done[at] = Some(result);
                    }
                }
            });
        }
    });
    let mut sum: Option<Learnt> = None;
    for (gradients, losses) in done.into_inner().unwrap_or_default().into_iter().flatten() {
        match &mut sum {
            None => sum = Some((gradients, losses)),
            Some((sum, total)) => {
                sum.add(gradients);
                for (total, loss) in total.iter_mut().zip(losses) {
                    *total += loss;
                }
            }
        }
    }
    sum.unwrap_or_else(|| {
        let empty = Gradients {
            dense: network.parameters.zeros(),
            rows: std::collections::BTreeMap::new(),
        };
        (empty, [0.0; 4])
    })
}
