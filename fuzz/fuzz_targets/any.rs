//! Reads any bytes under the name "-".
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rashomon_fuzz::check(bytes, "-");
});
