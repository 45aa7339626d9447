//! Reads any bytes under the name "a.txt.gz".
#![no_main]

libfuzzer_sys::fuzz_target!(init: rashomon_fuzz::let_panics_be_caught(), |bytes: &[u8]| {
    // The magic bytes, so that the fuzzer need not find them.
    let packed = [&[0x1F, 0x8B, 8, 0], bytes].concat();
    rashomon_fuzz::check(&packed, "a.txt.gz");
});
