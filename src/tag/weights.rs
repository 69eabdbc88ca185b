//! The weight file: for each feature key, the tags it speaks for or against and how strongly.
//!
//! Layout, all numbers little-endian: the four letters `SAYT`; one byte each for the version, the number of tags and
//! two zeros; the length of the entries (u32); a checksum of everything after it (u64); 65,536 bytes that give the
//! length of each bucket of entries; the entries. A key's upper 16 bits choose the bucket, its lower 16 bits stand at
//! the beginning of its entry; then come the number of its pairs (one byte), so that an entry that is not asked for is
//! passed over in one step, and the pairs of a tag number and a weight (i8). Rare features speak of two or three tags
//! only, so this takes a fifth of the room of full rows.

use std::borrow::Cow;
use std::fmt;

use super::tags::TAG_COUNT;

/// First bytes of a weight file.
pub const MAGIC: [u8; 4] = *b"SAYT";
/// Version of the layout and of the feature templates.
pub const VERSION: u8 = 2;
/// How many buckets there are.
pub const BUCKET_COUNT: usize = 1 << 16;
/// Bytes before the bucket lengths.
pub const HEAD_LENGTH: usize = 20;

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
    /// For each bucket the upper four bits of the keys in it, a bit for each of their values. Most keys that are asked for
    /// are not there, and this table is a tenth of the rest.
    present: Vec<u16>,
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
        let mut weights = Self { entries, starts, present: vec![0; BUCKET_COUNT] };
        weights.note_present();
        Ok(weights)
    }

    /// A table without entries.
    #[must_use]
    pub fn empty() -> Self {
        Self { entries: Cow::Borrowed(&[]), starts: vec![0; BUCKET_COUNT + 1], present: vec![0; BUCKET_COUNT] }
    }

    /// Calls `found` with each tag number and weight held under `key`; with nothing if the key is not there.
    #[inline]
    pub fn each(&self, key: u32, mut found: impl FnMut(u8, i8)) {
        let bucket = (key >> 16) as usize;
        let [low, high, ..] = key.to_le_bytes();
        if self.present.get(bucket).is_none_or(|bits| bits & present_bit(high) == 0) {
            return;
        }
        let entry = entries(self.bucket(bucket)).find(|(first, second, _)| *first == low && *second == high);
        let Some((.., pairs)) = entry else { return };
        for pair in pairs.chunks_exact(2) {
            found(pair[0], pair[1].cast_signed());
        }
    }

    fn bucket(&self, number: usize) -> &[u8] {
        let Some(&[start, end]) = self.starts.get(number..number + 2) else { return &[] };
        self.entries.get(start as usize..end as usize).unwrap_or(&[])
    }

    fn note_present(&mut self) {
        let mut present = std::mem::take(&mut self.present);
        for (number, bits) in present.iter_mut().enumerate() {
            *bits = entries(self.bucket(number)).fold(0, |bits, (_, high, _)| bits | present_bit(high));
        }
        self.present = present;
    }
}

/// The bit of a key in [`Weights::present`], from the second byte of the key.
#[inline]
fn present_bit(high: u8) -> u16 {
    1 << (high >> 4)
}

/// The entries of a bucket: the lower two bytes of the key, and the pairs.
#[inline]
fn entries(mut bucket: &[u8]) -> impl Iterator<Item = (u8, u8, &[u8])> {
    std::iter::from_fn(move || {
        let [low, high, count, rest @ ..] = bucket else { return None };
        let (pairs, rest) = rest.split_at_checked(usize::from(*count) * 2)?;
        bucket = rest;
        Some((*low, *high, pairs))
    })
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
            let word = part.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
            *lane = (*lane ^ word).wrapping_mul(MULTIPLIER).rotate_left(29);
        }
    }
    let rest = blocks.remainder().iter().fold(5, |sum: u64, byte| (sum ^ u64::from(*byte)).wrapping_mul(MULTIPLIER));
    lanes.iter().fold(rest, |sum, lane| (sum ^ lane).wrapping_mul(MULTIPLIER).rotate_left(31))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with entries under the keys `0x0001_0001` and `0x0001_0002`.
    fn small_file() -> Vec<u8> {
        let mut body = vec![0_u8; BUCKET_COUNT];
        body[1] = 12;
        body.extend([1, 0, 1, 3, 3, 2, 0, 2, 7, 5, 9, 0xff]);
        let mut file = MAGIC.to_vec();
        file.extend([VERSION, u8::try_from(TAG_COUNT).unwrap(), 0, 0, 12, 0, 0, 0]);
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
        assert_eq!(pairs(0x0001_0001), [(3, 3)]);
        assert_eq!(pairs(0x0001_0003), []);
        assert_eq!(pairs(0xffff_ffff), []);
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
