//! The limits of reading.

/// The limits of reading, against input that would exhaust memory or time. All sizes are in bytes after
/// decompression.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The largest report: a text, Markdown or HTML file, or a row of JSON. Default: 16 MiB.
    pub max_report_bytes: u64,
    /// The largest JSON document that is one value (an object, or an array of rows), which is held as a whole.
    /// JSON Lines are not bound by it. Default: 256 MiB.
    pub max_document_bytes: u64,
    /// The largest file of reports. Default: 2 GiB.
    pub max_file_bytes: u64,
    /// How deep the elements of a web page may be nested, on which the time and the stack that extraction takes depend.
    /// Default: 256; of 746 news pages none goes beyond 60.
    pub max_page_depth: usize,
    /// How many elements a web page may have, on which time and memory depend. Default: 50,000; of 746 news pages
    /// none has more than 10,000.
    pub max_page_elements: usize,
    /// How many broken rows of one file are named; of the others only the count is told. Default: 100.
    pub max_named_errors: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            max_report_bytes: 16 << 20,
            max_document_bytes: 256 << 20,
            max_file_bytes: 2 << 30,
            max_page_depth: 256,
            max_page_elements: 50_000,
            max_named_errors: 100,
        }
    }
}
