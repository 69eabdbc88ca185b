//! Part-of-speech tagger: an averaged perceptron (Collins 2002) over features of the word, its neighbours and the
//! tags before it, tagging greedily from left to right.
//!
//! A caller asks once for the [`FormRows`] of each distinct word form and then tags sentences that are lists of
//! indices into them. Words are expected as the Penn Treebank cuts them: `do` + `n't`, `it` + `'s`, marks apart, but
//! hyphenated words whole.

pub mod context;
pub mod features;
pub mod normal;
pub mod tagger;
pub mod tags;
pub mod weights;

pub use tagger::{FormRows, Sums, Tagger};
pub use tags::Tag;
pub use weights::TaggerError;
