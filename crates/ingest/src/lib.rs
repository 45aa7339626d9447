//! From bytes to reports.

mod dates;
mod encoding;
mod error;
mod files;
mod html;
mod ids;
mod json;
mod kind;
mod language;
mod markdown;
mod names;
mod options;
mod provenance;
mod read;
mod row;
mod source;
mod text;

pub use error::{IngestError, RowPlace};
pub use files::{list_files, read_file};
pub use ids::make_ids_unique;
pub use options::ReadOptions;
pub use read::{read_bytes, read_stream};
