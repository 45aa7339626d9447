//! Compares any texts, and writes their briefs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rashomon_fuzz::check_stories(bytes);
});
