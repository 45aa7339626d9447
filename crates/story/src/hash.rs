//! A hash that is the same on every platform and in every version: ids and terms are made with it.

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo) of bytes that come in pieces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StableHash(u64);

impl StableHash {
    /// Returns the hash of nothing.
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Takes in `bytes`, and their end, so that ("ab", "c") and ("a", "bc") differ.
    #[must_use]
    pub(crate) fn with(self, bytes: &[u8]) -> Self {
        let mut state = self.0;
        // No UTF-8 text holds the byte 0xFF.
        for &byte in bytes.iter().chain(&[0xFF]) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Self(state)
    }

    /// Returns the hash, with its bits stirred (the finaliser of MurmurHash3): FNV alone leaves the high bits of
    /// short inputs alike.
    pub(crate) fn finish(self) -> u64 {
        let mut state = self.0;
        state = (state ^ (state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        state = (state ^ (state >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        state ^ (state >> 33)
    }
}

/// Returns the hash of one text.
pub(crate) fn hash_of(text: &str) -> u64 {
    StableHash::new().with(text.as_bytes()).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_its_value_over_versions() {
        // Story ids of released versions rest on these values.
        assert_eq!(format!("{:016x}", hash_of("harbour")), "bf205c07ceeb0147");
        assert_eq!(format!("{:016x}", hash_of("")), "1bbd5c813c69a8d7");
        assert_ne!(hash_of("harbour"), hash_of("harbours"));
    }

    #[test]
    fn pieces_do_not_run_together() {
        let pieces =
            |first: &str, second: &str| StableHash::new().with(first.as_bytes()).with(second.as_bytes());
        assert_ne!(pieces("ab", "c").finish(), pieces("a", "bc").finish());
    }
}
