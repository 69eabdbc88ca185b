//! Quotes: who says what.

pub(super) mod marks;
