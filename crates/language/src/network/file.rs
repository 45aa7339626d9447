//! The file a model is kept in: a line of JSON, then the strings, the tables and the numbers that it lists.
//!
//! After the line come, without gaps: the word pieces and the feature keys, each a text with a line a row; for each of the
//! two tables a scale a row (32-bit), then its rows as 8-bit numbers; the dense tensors as 32-bit numbers in the order
//! of the header. All numbers are little-endian.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::network::vectors::with_vectors;

/// What the first line of a model's file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The form of the file; [`FORMAT`].
    pub format: u32,
    /// Numbers a word between the layers.
    pub width: usize,
    /// Recurrent layers that all tasks share.
    pub shared_layers: usize,
    /// Recurrent layers of tags and trees.
    pub tree_layers: usize,
    /// Recurrent layers of names.
    pub name_layers: usize,
    /// Numbers a word for finding its head.
    pub arc_width: usize,
    /// Numbers a word for naming its relation.
    pub relation_width: usize,
    /// Flags that a word can have.
    pub flags: usize,
    /// The parts of speech, by number.
    pub tags: Vec<String>,
    /// The relations, by number.
    pub relations: Vec<String>,
    /// The kinds of names, by number.
    pub kinds: Vec<String>,
    /// Bytes and lines of the word pieces.
    pub pieces: [usize; 2],
    /// Bytes and lines of the feature keys.
    pub keys: [usize; 2],
    /// The lengths of the dense tensors.
    pub tensors: Vec<usize>,
}

/// The form that this program reads and writes.
pub const FORMAT: u32 = 1;

/// What is wrong with a model's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// The first line is no header.
    Header(String),
    /// It has another form than this program reads.
    Format(u32),
    /// It ends too early, or its parts do not fit together.
    Shape(&'static str),
}

impl fmt::Display for ModelError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(reason) => write!(formatter, "the model's first line is no header: {reason}"),
            Self::Format(format) => write!(
                formatter,
                "the model has form {format}, not {FORMAT}; train it again"
            ),
            Self::Shape(part) => write!(formatter, "the model's {part} do not fit its header"),
        }
    }
}

impl std::error::Error for ModelError {}

/// A table of rows of 8-bit numbers, each row with its scale.
#[derive(Clone, Debug, Default)]
pub struct SmallTable<'file> {
    scales: Vec<f32>,
    rows: &'file [u8],
    width: usize,
}

impl SmallTable<'_> {
    /// Adds `factor` times a row to `sum`; nothing for a row that there is not.
    pub fn add(&self, row: usize, factor: f32, sum: &mut [f32]) {
        let (Some(scale), Some(values)) = (
            self.scales.get(row),
            self.rows.get(row * self.width..(row + 1) * self.width),
        ) else {
            return;
        };
        let scale = scale * factor;
        with_vectors(
            #[inline(always)]
            || {
                for (sum, value) in sum.iter_mut().zip(values) {
                    *sum += scale * f32::from(value.cast_signed());
                }
            },
        );
    }
}

/// A model's file in its parts.
#[derive(Clone, Debug)]
pub struct ModelFile<'file> {
    /// Its first line.
    pub header: Header,
    /// The word pieces, by row of their table.
    pub pieces: Vec<&'file str>,
    /// The rows of the word pieces.
    pub piece_table: SmallTable<'file>,
    /// The feature keys, by row of their table.
    pub keys: Vec<&'file str>,
    /// The rows of the features.
    pub key_table: SmallTable<'file>,
    /// The dense tensors.
    pub tensors: Vec<Vec<f32>>,
}

impl<'file> ModelFile<'file> {
    /// Takes a file apart.
    pub fn parse(bytes: &'file [u8]) -> Result<Self, ModelError> {
        let end = bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or_else(|| ModelError::Header("it does not end".to_owned()))?;
        let header: Header =
            serde_json::from_slice(&bytes[..end]).map_err(|error| ModelError::Header(error.to_string()))?;
        if header.format != FORMAT {
            return Err(ModelError::Format(header.format));
        }
        let mut rest = &bytes[end + 1..];
        let mut take = |length: Option<usize>, part: &'static str| -> Result<&'file [u8], ModelError> {
            let (taken, left) = length
                .and_then(|length| rest.split_at_checked(length))
                .ok_or(ModelError::Shape(part))?;
            rest = left;
            Ok(taken)
        };
        let mut strings = |[bytes, count]: [usize; 2], part| -> Result<Vec<&'file str>, ModelError> {
            let text = std::str::from_utf8(take(Some(bytes), part)?).map_err(|_| ModelError::Shape(part))?;
            let lines: Vec<&str> = text.split_terminator('\n').collect();
            if lines.len() == count {
                Ok(lines)
            } else {
                Err(ModelError::Shape(part))
            }
        };
        let pieces = strings(header.pieces, "word pieces")?;
        let keys = strings(header.keys, "feature keys")?;
        let mut table = |count: usize, part| -> Result<SmallTable<'file>, ModelError> {
            let scales = numbers(take(count.checked_mul(4), part)?);
            let rows = take(count.checked_mul(header.width), part)?;
            Ok(SmallTable {
                scales,
                rows,
                width: header.width,
            })
        };
        let piece_table = table(header.pieces[1], "word piece rows")?;
        let key_table = table(header.keys[1], "feature rows")?;
        let tensors = header
            .tensors
            .iter()
            .map(|length| Ok(numbers(take(length.checked_mul(4), "tensors")?)))
            .collect::<Result<Vec<_>, _>>()?;
        if !rest.is_empty() {
            return Err(ModelError::Shape("last bytes"));
        }
        Ok(Self {
            header,
            pieces,
            piece_table,
            keys,
            key_table,
            tensors,
        })
    }
}

/// Writes a model's file; the header's counts and lengths are filled in. The tables hold a row for each string.
pub fn write_model(
    mut header: Header,
    pieces: (&[String], &[f32]),
    keys: (&[String], &[f32]),
    tensors: &[Vec<f32>],
) -> Vec<u8> {
    let text = |strings: &[String]| -> String { strings.iter().flat_map(|string| [string, "\n"]).collect() };
    let (piece_text, key_text) = (text(pieces.0), text(keys.0));
    header.format = FORMAT;
    header.pieces = [piece_text.len(), pieces.0.len()];
    header.keys = [key_text.len(), keys.0.len()];
    header.tensors = tensors.iter().map(Vec::len).collect();
    let mut bytes = serde_json::to_vec(&header).unwrap_or_default();
    bytes.push(b'\n');
    bytes.extend(piece_text.bytes());
    bytes.extend(key_text.bytes());
    for table in [pieces.1, keys.1] {
        let rows = table.chunks_exact(header.width.max(1));
        let scale = |row: &[f32]| row.iter().fold(0.0f32, |most, value| most.max(value.abs())) / 127.0;
        for row in rows.clone() {
            bytes.extend(scale(row).to_le_bytes());
        }
        for row in rows {
            let scale = scale(row).max(f32::MIN_POSITIVE);
            bytes.extend(
                row.iter()
                    .map(|value| ((value / scale).round() as i8).cast_unsigned()),
            );
        }
    }
    for value in tensors.iter().flatten() {
        bytes.extend(value.to_le_bytes());
    }
    bytes
}

fn numbers(bytes: &[u8]) -> Vec<f32> {
    bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let header = Header {
            width: 2,
            ..Header::default()
        };
        let strings = |list: &[&str]| -> Vec<String> { list.iter().map(|one| (*one).to_owned()).collect() };
        write_model(
            header,
            (&strings(&["a", "##b"]), &[1.0, -2.0, 0.0, 0.0]),
            (&strings(&["w", "wthe", "hx"]), &[127.0, 1.0, 0.5, 0.5, 3.0, -3.0]),
            &[vec![1.5], vec![], vec![-2.0, 4.0]],
        )
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = file();
        let model = ModelFile::parse(&bytes).unwrap();
        assert_eq!(model.pieces, ["a", "##b"]);
        assert_eq!(model.keys, ["w", "wthe", "hx"]);
        assert_eq!(model.tensors, [vec![1.5], vec![], vec![-2.0, 4.0]]);
        let mut sum = [0.0; 2];
        model.key_table.add(0, 1.0, &mut sum);
        assert_eq!(sum, [127.0, 1.0]);
        model.piece_table.add(1, 1.0, &mut sum);
        model.piece_table.add(9, 1.0, &mut sum);
        assert_eq!(sum, [127.0, 1.0]);
    }

    #[test]
    fn a_clipped_file_is_an_error() {
        let bytes = file();
        for length in 0..bytes.len() {
            assert!(ModelFile::parse(&bytes[..length]).is_err(), "{length}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert_eq!(
            ModelFile::parse(&longer).unwrap_err(),
            ModelError::Shape("last bytes")
        );
    }
}
