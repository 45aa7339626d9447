//! What must hold for any bytes that are read.

use rashomon_ingest::{ReadOptions, read_bytes};

/// Reads the bytes, and checks that something is told of them and that every span of provenance fits its text.
///
/// # Panics
///
/// When it does not hold, which is how a fuzzer learns of it.
pub fn check(bytes: &[u8], name: &str) {
    let mut options = ReadOptions::default();
    options.max_file_bytes = 16 << 20;
    let mut results = 0;
    read_bytes(bytes, name, &options, &mut |result| {
        results += 1;
        if let Ok(report) = result {
            let mut end = 0;
            for span in &report.provenance {
                assert!(span.fits(&report.text) && span.start >= end, "{span:?}");
                end = span.end;
            }
        }
    });
    assert!(results > 0, "nothing was told");
}
