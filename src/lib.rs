//! sayso: a terminal reader for a story and its claims.
pub mod analysis;
pub mod document;
pub mod lexicon;
pub mod text;
