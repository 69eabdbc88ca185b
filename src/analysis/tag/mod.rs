//! Parts of speech.

mod tags;

pub use tags::{ALL_TAGS, TAG_COUNT, Tag};
