//! Reads any bytes under the name "a.jsonl".
#![no_main]

libfuzzer_sys::fuzz_target!(init: rashomon_fuzz::let_panics_be_caught(), |bytes: &[u8]| {
    rashomon_fuzz::check(bytes, "a.jsonl");
});
