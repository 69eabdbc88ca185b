//! The weight file: for each feature key, the tags it speaks for or against and how strongly.
//!
//! Layout, all numbers little-endian: the four letters `SAYT`; one byte each for the version, the number of tags and
//! two zeros; the length of the entries (u32); a checksum of everything after it (u64); 65,536 bytes that give the
//! length of each bucket of entries; the entries. A key's upper 16 bits choose the bucket, its lower 16 bits stand at
//! the beginning of its entry; then come pairs of a tag number (the last pair of an entry marked by the highest bit)
//! and a weight (i8). Rare features speak of two or three tags only, so this takes a fifth of the room of full rows.

use std::borrow::Cow;
use std::fmt;

use super::tags::TAG_COUNT;

/// First bytes of a weight file.
pub const MAGIC: [u8; 4] = *b"SAYT";
/// Version of the layout and of the feature templates.
pub const VERSION: u8 = 1;
/// How many buckets there are.
pub const BUCKET_COUNT: usize = 1 << 16;
/// Bytes before the bucket lengths.
pub const HEAD_LENGTH: usize = 20;
/// Marks the last pair of an entry, in the tag byte.
pub const LAST_PAIR: u8 = 0x80;

/// Why a weight file cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaggerError {
    /// It does not begin as a weight file does.
    NotWeights,
    /// It is of another version or tag set.
    OtherVersion,
    /// It is longer or shorter than it says.
    WrongLength,
    /// Its checksum does not agree.
    Damaged,
}

impl fmt::Display for TaggerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotWeights => "not a file of tagger weights",
            Self::OtherVersion => "tagger weights of another version",
            Self::WrongLength => "tagger weights cut short or too long",
            Self::Damaged => "tagger weights damaged: the checksum does not agree",
        })
    }
}

impl std::error::Error for TaggerError {}

/// A weight file, ready for looking up keys.
#[derive(Debug)]
pub struct Weights {
    entries: Cow<'static, [u8]>,
    /// Where each bucket begins, and where the last one ends.
    starts: Vec<u32>,
}

impl Weights {
    /// Reads a weight file.
    ///
    /// # Errors
    /// When the bytes are no whole, undamaged weight file of this version.
    pub fn read(file: Cow<'static, [u8]>) -> Result<Self, TaggerError> {
        check(&file)?;
        let body = HEAD_LENGTH + BUCKET_COUNT;
        let lengths = file.get(HEAD_LENGTH..body).ok_or(TaggerError::WrongLength)?;
        let starts = bucket_starts(lengths);
        let entries = match file {
            Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(body..).ok_or(TaggerError::WrongLength)?),
            Cow::Owned(mut bytes) => Cow::Owned(bytes.split_off(body)),
        };
        if starts.last().copied().map(|end| end as usize) != Some(entries.len()) {
            return Err(TaggerError::WrongLength);
        }
        Ok(Self { entries, starts })
    }

    /// A table without entries.
    #[must_use]
    pub fn empty() -> Self {
        Self { entries: Cow::Borrowed(&[]), starts: vec![0; BUCKET_COUNT + 1] }
    }

    /// Calls `found` with each tag number and weight held under `key`; with nothing if the key is not there.
    #[inline]
    pub fn each(&self, key: u32, mut found: impl FnMut(u8, i8)) {
        let bucket = (key >> 16) as usize;
        let Some(&[start, end]) = self.starts.get(bucket..bucket + 2) else { return };
        let [low, high, ..] = key.to_le_bytes();
        let mut left = (end - start) as usize;
        let mut rest = self.entries.get(start as usize..).unwrap_or(&[]);
        while left > 0
            && let [first, second, pairs @ ..] = rest
        {
            let length = pairs_length(pairs);
            if *first == low && *second == high {
                for pair in pairs.get(..length).unwrap_or(&[]).chunks_exact(2) {
                    found(pair[0] & !LAST_PAIR, pair[1].cast_signed());
                }
                return;
            }
            left = left.saturating_sub(length + 2);
            rest = pairs.get(length..).unwrap_or(&[]);
        }
    }
}

/// How many bytes the pairs of an entry take, up to the one that is marked as its last.
#[inline]
fn pairs_length(bytes: &[u8]) -> usize {
    const LASTS: u64 = u64::from_le_bytes([LAST_PAIR, 0, LAST_PAIR, 0, LAST_PAIR, 0, LAST_PAIR, 0]);
    // Most entries have up to four pairs, which are looked at together.
    let first = bytes.first_chunk().map_or(0, |four| u64::from_le_bytes(*four) & LASTS);
    if first != 0 {
        return first.trailing_zeros() as usize / 16 * 2 + 2;
    }
    let last = bytes.chunks_exact(2).position(|pair| pair[0] & LAST_PAIR != 0);
    last.map_or(bytes.len(), |pair| pair * 2 + 2)
}

/// Where each bucket begins, from the lengths of all, and the end of the last.
fn bucket_starts(lengths: &[u8]) -> Vec<u32> {
    let mut starts = Vec::with_capacity(lengths.len() + 1);
    let mut position = 0_u32;
    starts.push(position);
    for length in lengths {
        position += u32::from(*length);
        starts.push(position);
    }
    starts
}

/// Checks the head of a weight file, its length and its checksum.
fn check(file: &[u8]) -> Result<(), TaggerError> {
    let Some((head, body)) = file.split_first_chunk::<HEAD_LENGTH>() else {
        return Err(TaggerError::NotWeights);
    };
    let [a, b, c, d, version, tags, _, _, l0, l1, l2, l3, sum @ ..] = *head;
    if [a, b, c, d] != MAGIC {
        return Err(TaggerError::NotWeights);
    }
    if version != VERSION || usize::from(tags) != TAG_COUNT {
        return Err(TaggerError::OtherVersion);
    }
    let length = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
    if body.len().checked_sub(BUCKET_COUNT) != Some(length) {
        return Err(TaggerError::WrongLength);
    }
    if u64::from_le_bytes(sum) != checksum(body) {
        return Err(TaggerError::Damaged);
    }
    Ok(())
}

/// Sum over eight bytes at a time, in four lanes so that a megabyte takes well under a millisecond.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u64 {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut lanes = [1_u64, 2, 3, 4];
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (lane, part) in lanes.iter_mut().zip(block.chunks_exact(8)) {
            let word = part.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte));
            *lane = (*lane ^ word).wrapping_mul(MULTIPLIER).rotate_left(29);
        }
    }
    let rest = blocks.remainder().iter().fold(5, |sum: u64, byte| (sum ^ u64::from(*byte)).wrapping_mul(MULTIPLIER));
    lanes.iter().fold(rest, |sum, lane| (sum ^ lane).wrapping_mul(MULTIPLIER).rotate_left(31))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one entry under the key `0x0001_0002`.
    fn small_file() -> Vec<u8> {
        let mut body = vec![0_u8; BUCKET_COUNT];
        body[1] = 6;
        body.extend([2, 0, 7, 5, 9 | LAST_PAIR, 0xff]);
        let mut file = MAGIC.to_vec();
        file.extend([VERSION, u8::try_from(TAG_COUNT).unwrap(), 0, 0, 6, 0, 0, 0]);
        file.extend(checksum(&body).to_le_bytes());
        file.extend(body);
        file
    }

    #[test]
    fn entries_are_found() {
        let weights = Weights::read(Cow::Owned(small_file())).unwrap();
        let pairs = |key| {
            let mut pairs = Vec::new();
            weights.each(key, |tag, weight| pairs.push((tag, weight)));
            pairs
        };
        assert_eq!(pairs(0x0001_0002), [(7, 5), (9, -1)]);
        assert_eq!(pairs(0x0001_0003), []);
        assert_eq!(pairs(0xffff_ffff), []);
    }

    #[test]
    fn an_entry_ends_with_its_marked_pair() {
        for count in 1..9 {
            let mut bytes = [7, 0xff].repeat(count);
            bytes[count * 2 - 2] |= LAST_PAIR;
            assert_eq!(pairs_length(&bytes), count * 2);
            bytes.extend([9 | LAST_PAIR, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
            assert_eq!(pairs_length(&bytes), count * 2);
        }
        assert_eq!(pairs_length(&[1, 2, 3]), 3);
    }

    #[test]
    fn damage_is_reported() {
        let error = |file: Vec<u8>| Weights::read(Cow::Owned(file)).err();
        assert_eq!(error(Vec::new()), Some(TaggerError::NotWeights));
        let mut file = small_file();
        file[70_000 - 7_000] ^= 1;
        assert_eq!(error(file), Some(TaggerError::Damaged));
        let mut file = small_file();
        file.pop();
        assert_eq!(error(file), Some(TaggerError::WrongLength));
        let mut file = small_file();
        file[4] = 99;
        assert_eq!(error(file), Some(TaggerError::OtherVersion));
    }
}
