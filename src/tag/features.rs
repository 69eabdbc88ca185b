//! The features of the tagger: what is known about a word form, about its neighbours and about the tags before it,
//! each as a 32-bit key under which the weight file may hold a row.
//!
//! The templates follow Ratnaparkhi (1996) and Collins (2002): the word, its beginnings and endings, how it is
//! written, the words around it and the tags before it. Nearly all of them depend on one word form only, so a caller
//! can add their rows up once for each distinct form.

use super::context::Facts;
use super::normal::{LOOK_COUNT, Look, Normal};

/// Where the sum of a form's rows is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Place {
    /// The form itself, within a sentence.
    Own,
    /// The form itself, where a sentence or a quotation begins; only given for forms with a capital.
    Opening,
    /// The form itself, in a line whose words nearly all have capitals; only given for forms with a capital.
    Titled,
    /// The token before the one to be tagged.
    Before,
    /// The token after.
    After,
    /// Two tokens before.
    SecondBefore,
    /// Two tokens after.
    SecondAfter,
}

/// How many places there are.
pub const PLACE_COUNT: usize = 7;

/// Bits that say in which name lists a form is.
pub mod name_bit {
    /// A woman's given name.
    pub const WOMAN: u8 = 1;
    /// A man's given name.
    pub const MAN: u8 = 2;
    /// A surname that is no ordinary word.
    pub const SURNAME: u8 = 4;
}

/// Kinds of features; the number goes into the key, so that equal texts of different kinds keep apart.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Kind {
    Names = 1,
    Fixed,
    Word,
    Exact,
    Suffix,
    Prefix,
    LookOf,
    LookSuffix,
    Stem,
    HyphenTail,
    HyphenHead,
    Name = 24,
    Before = 40,
    After = 60,
    SecondBefore = 80,
    SecondAfter = 100,
    OneTag = 120,
    TwoTags,
    Looks,
    TagWord,
    TagNext,
    WordNext,
    WordBefore,
    BeforeAfter,
    OneAfter,
    TagsAround,
    TagsAfter,
    WordAfter,
    EndingAfter,
    WordAround,
    Opening = 160,
    Titled,
}

const PRIME: u64 = 0x0000_0100_0000_01b3;
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// Spreads all bits of `value` and keeps the upper half.
fn spread(value: u64) -> u32 {
    let mut mixed = value ^ (value >> 32);
    mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^= mixed >> 29;
    mixed = mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    u32::try_from(mixed >> 32).unwrap_or(0)
}

/// The key of a text under a kind; `offset` tells the members of a family of kinds apart, for which the numbering of
/// [`Kind`] leaves room.
fn text_key(kind: Kind, offset: u8, text: &str) -> u32 {
    joined_key(kind, offset, text, "")
}

/// The key of a text that comes in two parts.
fn joined_key(kind: Kind, offset: u8, first: &str, second: &str) -> u32 {
    let start = SEED ^ u64::from((kind as u8).wrapping_add(offset));
    let bytes = first.bytes().chain(second.bytes());
    spread(bytes.fold(start.wrapping_mul(PRIME), |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)))
}

/// The key of two numbers under a kind.
fn pair_key(kind: Kind, first: u32, second: u32) -> u32 {
    let both = (u64::from(first) << 32) | u64::from(second);
    spread(both.wrapping_mul(0xd6e8_feb8_6659_fd93) ^ u64::from(kind as u8).wrapping_mul(PRIME))
}

/// The key under which the name lists of a lower-case form are kept.
#[must_use]
pub fn names_key(lower: &str) -> u32 {
    text_key(Kind::Names, 0, lower)
}

/// The key under which the tag of a form that has only one is kept.
#[must_use]
pub fn fixed_key(exact: &str) -> u32 {
    text_key(Kind::Fixed, 0, exact)
}

/// Number that stands for a lower-case form in the keys of word pairs.
#[must_use]
pub fn word_number(form: &Normal) -> u32 {
    text_key(Kind::Word, 0, &form.lower)
}

/// Key of the tag before; tags are numbers, 47 stands for the edge of the sentence.
#[must_use]
pub fn one_tag_key(before: u8) -> u32 {
    pair_key(Kind::OneTag, u32::from(before), 0)
}

/// Key of the two tags before.
#[must_use]
pub fn two_tags_key(second_before: u8, before: u8) -> u32 {
    pair_key(Kind::TwoTags, u32::from(second_before), u32::from(before))
}

/// Key of the looks of a token and of its two neighbours.
#[must_use]
pub fn looks_key(before: usize, own: usize, after: usize) -> u32 {
    pair_key(Kind::Looks, u32::try_from(before * LOOK_COUNT + own).unwrap_or(0), u32::try_from(after).unwrap_or(0))
}

/// How many keys [`word_keys`] gives.
pub const WORD_COUNT: usize = 3;

/// Keys of the features that join two words: the word with the one after and with the one before, the words on both
/// sides.
#[must_use]
pub fn word_keys(before: &Facts, own: &Facts, after: &Facts) -> [u32; WORD_COUNT] {
    [
        pair_key(Kind::WordNext, own.word, after.word),
        pair_key(Kind::WordBefore, own.word, before.word),
        pair_key(Kind::BeforeAfter, before.word, after.word),
    ]
}

/// How many keys [`tag_keys`] gives.
pub const TAG_KEY_COUNT: usize = 2;

/// Keys of the features that join the tag before with the word and with the word after.
#[must_use]
pub fn tag_keys(tag: u8, own: &Facts, after: &Facts) -> [u32; TAG_KEY_COUNT] {
    let tag = u32::from(tag);
    [pair_key(Kind::TagWord, tag, own.word), pair_key(Kind::TagNext, tag, after.word)]
}

/// How many keys [`after_keys`] gives.
pub const AFTER_COUNT: usize = 6;

/// Keys of the features of the second pass, which knows the tags on both sides: the tag after, the tags beside, the
/// two tags after, the tag after with the word or its ending, the tags beside with the word.
#[must_use]
pub fn after_keys(before: u8, after: u8, second_after: u8, own: &Facts) -> [u32; AFTER_COUNT] {
    let (before, after, second_after) = (u32::from(before), u32::from(after), u32::from(second_after));
    [
        pair_key(Kind::OneAfter, after, 0),
        pair_key(Kind::TagsAround, before, after),
        pair_key(Kind::TagsAfter, after, second_after),
        pair_key(Kind::WordAfter, after, own.word),
        pair_key(Kind::EndingAfter, after, own.ending),
        pair_key(Kind::WordAround, (before << 8) | after, own.word),
    ]
}

/// Number that stands for the last letters of a form and for how it looks.
#[must_use]
pub fn ending_number(form: &Normal) -> u32 {
    let ending = suffix(&form.lower, 3).or_else(|| suffix(&form.lower, 2)).unwrap_or("");
    joined_key(Kind::LookSuffix, 7, look_text(form.look), ending)
}

/// Calls `found` with the place and key of every feature of one form. `names` holds [`name_bit`]s.
pub fn form_features(form: &Normal, names: u8, found: &mut impl FnMut(Place, u32)) {
    own_features(form, &mut |key| found(Place::Own, key));
    own_name_features(form, names, &mut |key| found(Place::Own, key));
    if form.is_capital() {
        for (place, kind) in [(Place::Opening, Kind::Opening), (Place::Titled, Kind::Titled)] {
            own_features_without_case(form, &mut |key| found(place, key));
            capital_features(form, kind, names, &mut |key| found(place, key));
        }
    }
    neighbour_features(form, Kind::Before, names, &mut |key| found(Place::Before, key));
    neighbour_features(form, Kind::After, names, &mut |key| found(Place::After, key));
    far_features(form, Kind::SecondBefore, &mut |key| found(Place::SecondBefore, key));
    far_features(form, Kind::SecondAfter, &mut |key| found(Place::SecondAfter, key));
}

/// Features of the edge of the sentence, which is a neighbour without a form.
pub fn edge_features(found: &mut impl FnMut(Place, u32)) {
    for (place, kind) in [
        (Place::Before, Kind::Before),
        (Place::After, Kind::After),
        (Place::SecondBefore, Kind::SecondBefore),
        (Place::SecondAfter, Kind::SecondAfter),
    ] {
        found(place, text_key(kind, 9, "edge"));
    }
}

/// Everything about the form itself, its case included.
fn own_features(form: &Normal, found: &mut impl FnMut(u32)) {
    own_features_without_case(form, found);
    found(text_key(Kind::Exact, 0, &form.exact));
    let look = look_text(form.look);
    found(text_key(Kind::LookOf, 0, look));
    for length in [1, 2, 3] {
        if let Some(suffix) = suffix(&form.lower, length) {
            found(joined_key(Kind::LookSuffix, 0, look, suffix));
        }
    }
}

/// Everything about the form itself that capitals do not change.
fn own_features_without_case(form: &Normal, found: &mut impl FnMut(u32)) {
    let lower = form.lower.as_str();
    found(text_key(Kind::Word, 0, lower));
    for length in 1..=5 {
        if let Some(suffix) = suffix(lower, length) {
            found(text_key(Kind::Suffix, 0, suffix));
        }
    }
    for length in 1..=4 {
        if let Some(prefix) = prefix(lower, length) {
            found(text_key(Kind::Prefix, 0, prefix));
        }
    }
    if let Some(stem) = stem(lower) {
        found(text_key(Kind::Stem, 0, stem));
    }
    if let Some((head, tail)) = lower.rsplit_once('-') {
        found(text_key(Kind::HyphenTail, 0, tail));
        found(text_key(Kind::HyphenHead, 0, head));
    }
}

/// Membership in the name lists.
fn own_name_features(form: &Normal, names: u8, found: &mut impl FnMut(u32)) {
    found(text_key(Kind::Name, names, look_text(form.look)));
}

/// What a capital says where it may stand only for the beginning of a sentence or a title.
fn capital_features(form: &Normal, kind: Kind, names: u8, found: &mut impl FnMut(u32)) {
    let sort = if matches!(kind, Kind::Opening) { 0 } else { 10 };
    found(text_key(Kind::Opening, 20 + sort + names, look_text(form.look)));
    found(text_key(kind, 0, &form.lower));
    for length in [1, 2, 3] {
        if let Some(suffix) = suffix(&form.lower, length) {
            found(joined_key(kind, 0, "-", suffix));
        }
    }
}

/// What a form says about the token beside it.
fn neighbour_features(form: &Normal, kind: Kind, names: u8, found: &mut impl FnMut(u32)) {
    found(text_key(kind, 0, &form.lower));
    found(text_key(kind, 1, look_text(form.look)));
    for length in [2, 3] {
        if let Some(suffix) = suffix(&form.lower, length) {
            found(text_key(kind, 2, suffix));
        }
    }
    if form.is_capital() {
        found(text_key(kind, 3 + names, ""));
    }
}

/// What a form says about the token beyond its neighbour.
fn far_features(form: &Normal, kind: Kind, found: &mut impl FnMut(u32)) {
    found(text_key(kind, 0, &form.lower));
    found(text_key(kind, 1, look_text(form.look)));
    if let Some(suffix) = suffix(&form.lower, 3) {
        found(text_key(kind, 2, suffix));
    }
}

/// A one-letter name for a look.
fn look_text(look: Look) -> &'static str {
    match look {
        Look::Edge => "e",
        Look::Small => "s",
        Look::Capital => "c",
        Look::Capitals => "a",
        Look::Initial => "i",
        Look::Mixed => "m",
        Look::Figures => "f",
        Look::Hyphened => "h",
        Look::CapitalHyphened => "p",
        Look::Comma => ",",
        Look::Quote => "q",
        Look::Mark => ".",
    }
}

/// The last `length` letters, if the text is longer than that or just as long.
fn suffix(text: &str, length: usize) -> Option<&str> {
    let (start, _) = text.char_indices().rev().nth(length.checked_sub(1)?)?;
    text.get(start..)
}

/// The first `length` letters, if the text is longer than that.
fn prefix(text: &str, length: usize) -> Option<&str> {
    let (end, _) = text.char_indices().nth(length)?;
    text.get(..end)
}

/// What is left of a word when a common ending is taken off, so that `walk`, `walks`, `walked` and `walking` share it.
fn stem(lower: &str) -> Option<&str> {
    let long_enough = |stem: &&str| stem.len() >= 3;
    let bare = ["ing", "ed", "es", "er", "ly", "s", "d"]
        .into_iter()
        .find_map(|ending| lower.strip_suffix(ending).filter(long_enough))
        .unwrap_or(lower);
    let bare = bare.strip_suffix(['e', 'y', 'i']).filter(long_enough).unwrap_or(bare);
    long_enough(&bare).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affixes() {
        assert_eq!(suffix("naïve", 3), Some("ïve"));
        assert_eq!(suffix("it", 3), None);
        assert_eq!(prefix("über", 1), Some("ü"));
        assert_eq!(prefix("it", 2), None);
        assert_eq!(suffix("", 0), None);
    }

    #[test]
    fn stems_meet() {
        for form in ["walk", "walks", "walked", "walking"] {
            assert_eq!(stem(form), Some("walk"));
        }
        assert_eq!(stem("carries"), stem("carried"));
    }

    #[test]
    fn capitals_have_more_places() {
        let places = |form: &str| {
            let mut seen = [0; PLACE_COUNT];
            form_features(&Normal::new(form), 0, &mut |place, _| seen[place as usize] += 1);
            seen
        };
        assert_eq!(places("house")[Place::Opening as usize], 0);
        assert!(places("House")[Place::Opening as usize] > 5);
        assert!(places("")[Place::Own as usize] > 0);
    }
}
