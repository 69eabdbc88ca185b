//! A map from feature keys, which are well spread already and need no further hashing.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Takes a key as it is, spread over the width of the hash.
#[derive(Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = (self.0 ^ u64::from(key)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A map with feature keys.
pub type KeyMap<V> = HashMap<u32, V, BuildHasherDefault<KeyHasher>>;
