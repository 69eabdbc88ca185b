//! Brings mean weights to eight bits and writes the weight file.

use sayso::tag::Tag;
use sayso::tag::features::{fixed_key, names_key};
use sayso::tag::tags::TAG_COUNT;
use sayso::tag::weights::{BUCKET_COUNT, MAGIC, VERSION, checksum};

use crate::settings::Settings;

/// Mean weights of a feature under its key.
pub type Means = Vec<(u32, [i64; TAG_COUNT])>;

/// The pairs of tag number and weight that a file holds under a key.
pub type Entry = (u32, Vec<(u8, i8)>);

/// The entries for mean weights, those of least use left out until the rest takes no more room than allowed.
pub fn entries(means: &Means, settings: &Settings) -> Vec<Entry> {
    let top = top_weight(means, settings.clip);
    let mut entries: Vec<(i64, Entry)> = means
        .iter()
        .filter_map(|(key, row)| {
            let pairs = eight_bit_pairs(row, top, settings.least_weight);
            let worth: i64 = pairs.iter().map(|(_, weight)| i64::from(weight.unsigned_abs())).sum();
            (!pairs.is_empty()).then_some((worth, (*key, pairs)))
        })
        .collect();
    entries.sort_by_key(|(worth, (key, _))| (-worth, *key));
    let mut room = settings.room;
    entries.retain(|(_, entry)| {
        let size = 2 + entry.1.len() * 2;
        let fits = size <= room;
        room = if fits { room - size } else { 0 };
        fits
    });
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// The mean weight that becomes 127: all but one in `clip` weights are below it.
fn top_weight(means: &Means, clip: usize) -> i64 {
    let mut sizes: Vec<i64> = means.iter().flat_map(|(_, row)| row).filter(|w| **w != 0).map(|w| w.abs()).collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() - sizes.len() / clip.max(1) - 1).copied().unwrap_or(1).max(1)
}

/// Entries for weights that are in steps already.
pub fn plain_entries(means: &Means) -> Vec<Entry> {
    let entries = means.iter().map(|(key, row)| (*key, eight_bit_pairs(row, 127, 2)));
    entries.filter(|(_, pairs)| !pairs.is_empty()).collect()
}

fn eight_bit_pairs(row: &[i64; TAG_COUNT], top: i64, least: i64) -> Vec<(u8, i8)> {
    let mut pairs = Vec::new();
    for (tag, weight) in (0_u8..).zip(row) {
        let rounded = (weight * 254 + weight.signum() * top) / (2 * top);
        if rounded.abs() >= least {
            pairs.push((tag, i8::try_from(rounded.clamp(-127, 127)).unwrap_or(0)));
        }
    }
    pairs
}

/// The bytes of a weight file.
pub fn file(mut entries: Vec<Entry>, fixed: &[(String, Tag)], names: &[(&str, u8)]) -> Vec<u8> {
    let fixed = fixed.iter().map(|(form, tag)| (fixed_key(form), vec![(*tag as u8, 1)]));
    let names = names.iter().map(|(name, bits)| (names_key(name), vec![(*bits, 1)]));
    // Lists first, so that in an overfull bucket it is weights that are left out.
    let lists: Vec<Entry> = fixed.chain(names).collect();
    entries.splice(0..0, lists);
    let mut buckets: Vec<Vec<u8>> = vec![Vec::new(); BUCKET_COUNT];
    for (key, pairs) in &entries {
        if let Some(bucket) = buckets.get_mut((key >> 16) as usize) {
            add_entry(bucket, *key, pairs);
        }
    }
    assemble(&buckets)
}

/// Adds an entry unless the bucket would grow beyond what its length byte can say.
fn add_entry(bucket: &mut Vec<u8>, key: u32, pairs: &[(u8, i8)]) {
    if bucket.len() + 3 + pairs.len() * 2 > usize::from(u8::MAX) {
        return;
    }
    let [low, high, ..] = key.to_le_bytes();
    bucket.extend([low, high, u8::try_from(pairs.len()).unwrap_or(0)]);
    for (tag, weight) in pairs {
        bucket.extend([*tag, weight.cast_unsigned()]);
    }
}

fn assemble(buckets: &[Vec<u8>]) -> Vec<u8> {
    let mut body: Vec<u8> = buckets.iter().map(|bucket| u8::try_from(bucket.len()).unwrap_or(0)).collect();
    body.extend(buckets.iter().flatten());
    let length = u32::try_from(body.len() - BUCKET_COUNT).unwrap_or(0);
    let mut file = MAGIC.to_vec();
    file.extend([VERSION, u8::try_from(TAG_COUNT).unwrap_or(0), 0, 0]);
    file.extend(length.to_le_bytes());
    file.extend(checksum(&body).to_le_bytes());
    file.extend(body);
    file
}
