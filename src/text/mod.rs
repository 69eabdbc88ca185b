//! Places in a text and the cells it takes. This folder knows nothing of documents, speech or screens.

mod base64;
mod codepoint;
mod fold;
mod shown;
mod span;
mod wrap;

pub use base64::base64;
pub use codepoint::CodePoints;
pub use fold::{Folded, fold, fold_plain};
pub use shown::{Glyph, Shown, glyphs, name as shown_name, width};
pub use span::{Pos, Span};
pub use wrap::{Breaks, Row, wrap};
