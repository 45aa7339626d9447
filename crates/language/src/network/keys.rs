//! Places of texts in a list, found by their hash alone.

use rustc_hash::FxHashMap;

/// The places of texts in a list. Only hashes of 64 bits are kept: that a text which is not in a list of a hundred thousand is
/// taken for one that is happens once in a hundred million million texts, and does no harm.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyPlaces(FxHashMap<u64, u32>);

impl KeyPlaces {
    /// Returns the place of a text.
    pub(super) fn get(&self, key: &str) -> Option<u32> {
        self.0.get(&hash_of(key)).copied()
    }

    /// Returns how many texts are told apart.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'key> FromIterator<&'key str> for KeyPlaces {
    fn from_iter<Keys: IntoIterator<Item = &'key str>>(keys: Keys) -> Self {
        let hashes = keys.into_iter().map(hash_of);
        Self(hashes.zip(0..).collect())
    }
}

/// Returns a hash of a text, the same on every machine (FNV-1a of 64 bits: Fowler, Noll and Vo).
fn hash_of(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_where_they_stood() {
        let places: KeyPlaces = ["wthe", "pth", "", "sé"].into_iter().collect();
        assert_eq!(places.get("sé"), Some(3));
        assert_eq!(places.get(""), Some(2));
        assert_eq!(places.get("the"), None);
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(hash_of("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn the_keys_of_the_shipped_model_have_a_hash_each() {
        let file = crate::network::ModelFile::parse(crate::grammar::MODEL).unwrap();
        let pieces: KeyPlaces = file.pieces.iter().copied().collect();
        assert_eq!(pieces.len(), file.pieces.len());
        let keys: KeyPlaces = file.keys.iter().copied().collect();
        assert_eq!(keys.len(), file.keys.len());
    }
}
