//! The words of the corpora, and the rows and pieces by which the network knows them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use rashomon_language::network::{FeatureTable, WordPieces, word_features};

use crate::reader::network::WordType;

/// Words and shapes that are rarer than this have no row of their own.
const LEAST_WORD: usize = 2;
/// Beginnings and ends that are rarer than this have no row.
const LEAST_AFFIX: usize = 4;

/// The embedding table of word pieces.
pub(crate) struct PieceTable {
    pub(crate) pieces: Vec<String>,
    pub(crate) cutter: WordPieces,
    /// Pieces × width.
    pub(crate) values: Vec<f32>,
    pub(crate) width: usize,
}

impl PieceTable {
    /// Reads `tokenizer.json` and `model.safetensors` of a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("tokenizer.json");
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let tokenizer: serde_json::Value = serde_json::from_str(&text)?;
        let vocabulary = tokenizer["model"]["vocab"]
            .as_object()
            .context("no vocabulary in tokenizer.json")?;
        let mut pieces: Vec<(u64, String)> = vocabulary
            .iter()
            .map(|(piece, number)| (number.as_u64().unwrap_or(0), piece.clone()))
            .collect();
        pieces.sort();
        let pieces: Vec<String> = pieces.into_iter().map(|(_, piece)| piece).collect();
        let path = folder.join("model.safetensors");
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        ensure!(bytes.len() > 8, "{} is too short", path.display());
        let mut length = [0; 8];
        length.copy_from_slice(&bytes[..8]);
        let header_end = 8 + u64::from_le_bytes(length) as usize;
        let header: serde_json::Value =
            serde_json::from_slice(bytes.get(8..header_end).context("a clipped header")?)?;
        let entry = &header["embeddings"];
        ensure!(
            entry["dtype"] == "I8",
            "embeddings of another type: {}",
            entry["dtype"]
        );
        let number = |value: &serde_json::Value| value.as_u64().unwrap_or(0) as usize;
        let (rows, width) = (number(&entry["shape"][0]), number(&entry["shape"][1]));
        let start = header_end + number(&entry["data_offsets"][0]);
        let data = bytes
            .get(start..start + rows * width)
            .context("a clipped table")?;
        ensure!(rows == pieces.len(), "{rows} rows for {} pieces", pieces.len());
        let values = data
            .iter()
            .map(|byte| f32::from(byte.cast_signed()) / 16.0)
            .collect();
        Ok(Self {
            cutter: WordPieces::new(pieces.iter().map(String::as_str)),
            pieces,
            values,
            width,
        })
    }

    /// Returns the mean vector of a word's pieces; zeros where none is known.
    fn mean(&self, word: &str) -> Vec<f32> {
        let mut numbers = Vec::new();
        self.cutter.cut(word, &mut numbers);
        let mut mean = vec![0.0; self.width];
        for number in &numbers {
            let row = &self.values[*number as usize * self.width..][..self.width];
            for (mean, value) in mean.iter_mut().zip(row) {
                *mean += value / numbers.len() as f32;
            }
        }
        mean
    }
}

/// All word types that were met.
pub(crate) struct Lexicon {
    pub(crate) keys: Vec<String>,
    features: FeatureTable,
    counts: BTreeMap<String, usize>,
    numbers: BTreeMap<String, usize>,
    pub(crate) types: Vec<WordType>,
}

impl Lexicon {
    /// Makes the feature table from the words of the training corpora.
    pub(crate) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
        for word in words {
            *forms.entry(word).or_default() += 1;
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (form, count) in forms {
            word_features(form, |key| *counts.entry(key.to_owned()).or_default() += count);
        }
        // Row 0 stands for words that are not known.
        let mut keys = vec!["w".to_owned()];
        for (key, count) in &counts {
            let least = if key.starts_with(['w', 'h']) {
                LEAST_WORD
            } else {
                LEAST_AFFIX
            };
            if *count >= least && key.len() > 1 {
                keys.push(key.clone());
            }
        }
        Self {
            features: FeatureTable::new(keys.iter().map(String::as_str)),
            keys,
            counts,
            numbers: BTreeMap::new(),
            types: Vec::new(),
        }
    }

    /// Returns the number of a word type, which is made where it is new.
    pub(crate) fn number(&mut self, word: &str, table: &PieceTable) -> usize {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let mut rows = Vec::new();
        let mut count = 0;
        word_features(word, |key| {
            if key.starts_with('w') {
                count = self.counts.get(key).copied().unwrap_or(0);
                rows.push(self.features.row(key).unwrap_or(0));
            } else {
                rows.extend(self.features.row(key));
            }
        });
        self.types.push(WordType {
            rows,
            count,
            pieces: table.mean(word),
        });
        self.numbers.insert(word.to_owned(), self.types.len() - 1);
        self.types.len() - 1
    }
}
