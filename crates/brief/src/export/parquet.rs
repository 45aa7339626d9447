//! The ledger as an Apache Parquet file: the table of [`csv`](super::csv) with its types.

use std::io;
use std::sync::Arc;

use ::parquet::basic::{LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::Type;
use rashomon_core::Brief;

use super::table::{COLUMNS, ColumnKind, Value, rows};
use crate::{RenderError, Renderer};

/// So many rows make a group: enough to pack well, few enough to be held.
const ROWS_OF_A_GROUP: usize = 1 << 16;

/// Writes briefs as a Parquet file. The file is known only when its last story is, so that all of it is written by
/// [`write_end`](Renderer::write_end).
#[derive(Debug, Default)]
pub struct Parquet {
    rows: Vec<Vec<Value>>,
    file: Option<SerializedFileWriter<Vec<u8>>>,
}

impl Parquet {
    /// Returns a file without rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes the rows at hand as a group.
    fn write_group(&mut self) -> Result<(), RenderError> {
        let rows = std::mem::take(&mut self.rows);
        let file = match &mut self.file {
            Some(file) => file,
            empty => empty.insert(new_file()?),
        };
        let mut group = file.next_row_group()?;
        for (place, (_, kind)) in COLUMNS.iter().enumerate() {
            let values = rows.iter().filter_map(|row| row.get(place));
            let levels: Vec<i16> = values
                .clone()
                .map(|value| i16::from(!matches!(value, Value::Text(None) | Value::Integer(None))))
                .collect();
            let Some(mut column) = group.next_column()? else {
                break;
            };
            match kind {
                ColumnKind::Text => {
                    let texts: Vec<ByteArray> = values
                        .filter_map(|value| match value {
                            Value::Text(Some(text)) => Some(ByteArray::from(text.as_bytes().to_vec())),
                            _ => None,
                        })
                        .collect();
                    column
                        .typed::<ByteArrayType>()
                        .write_batch(&texts, Some(&levels), None)?;
                }
                ColumnKind::Integer => {
                    let numbers: Vec<i64> = values
                        .filter_map(|value| match value {
                            Value::Integer(number) => *number,
                            Value::Text(_) => None,
                        })
                        .collect();
                    column
                        .typed::<Int64Type>()
                        .write_batch(&numbers, Some(&levels), None)?;
                }
            }
            column.close()?;
        }
        group.close()?;
        Ok(())
    }
}

/// Returns a file with its columns and no rows.
fn new_file() -> Result<SerializedFileWriter<Vec<u8>>, ParquetError> {
    let fields = COLUMNS.iter().map(|(name, kind)| {
        let physical = match kind {
            ColumnKind::Text => Physical::BYTE_ARRAY,
            ColumnKind::Integer => Physical::INT64,
        };
        let logical = (*kind == ColumnKind::Text).then_some(LogicalType::String);
        Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
            .map(Arc::new)
    });
    let schema = Type::group_type_builder("ledger")
        .with_fields(fields.collect::<Result<_, _>>()?)
        .build()?;
    let properties = WriterProperties::builder()
        .set_created_by(concat!("rashomon ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))
}

impl Renderer for Parquet {
    fn begin(&mut self) -> Result<String, RenderError> {
        Ok(String::new())
    }

    fn story(&mut self, brief: &Brief<'_>) -> Result<String, RenderError> {
        self.rows.extend(rows(brief));
        if self.rows.len() >= ROWS_OF_A_GROUP {
            self.write_group()?;
        }
        Ok(String::new())
    }

    fn end(&mut self) -> Result<String, RenderError> {
        Err(RenderError::NotText("parquet"))
    }

    fn write_end(&mut self, target: &mut dyn io::Write) -> Result<(), RenderError> {
        if !self.rows.is_empty() || self.file.is_none() {
            self.write_group()?;
        }
        if let Some(file) = self.file.take() {
            target.write_all(&file.into_inner()?)?;
        }
        Ok(())
    }
}
