//! Reads any bytes under the name "a.txt.zst".
#![no_main]

libfuzzer_sys::fuzz_target!(init: rashomon_fuzz::let_panics_be_caught(), |bytes: &[u8]| {
    // The magic bytes, so that the fuzzer need not find them.
    let packed = [&[0x28, 0xB5, 0x2F, 0xFD], bytes].concat();
    rashomon_fuzz::check(&packed, "a.txt.zst");
});
