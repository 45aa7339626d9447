//! Reads any bytes under the name "a.json".
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rashomon_fuzz::check(bytes, "a.json");
});
