//! The ledger in the forms of other programs: tables, maps, calendars and linked data.
//!
//! | form | what it holds | for |
//! |---|---|---|
//! | [`csv`], [`parquet`] | a row for each cell of each fact | spreadsheets, pandas, DuckDB |
//! | [`stix`] | a STIX 2.1 bundle: reports, facts as notes, differences as opinions | MISP, OpenCTI |
//! | [`geojson`] | the places, each with its mentions | maps |
//! | [`icalendar`] | what is expected, day by day | calendars |
//! | [`json_ld`] | articles, claims and quotations of schema.org | linked data |
//!
//! All are pure as the other renderers are: no clock is read, and identifiers follow from what they name.

pub mod csv;
pub mod geojson;
pub mod icalendar;
pub mod json_ld;
mod list;
pub mod parquet;
pub mod stix;
mod table;

#[cfg(test)]
mod tests;
