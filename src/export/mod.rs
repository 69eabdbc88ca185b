//! Findings for other programs. This folder reads analyses and never makes one.

mod safe_json;
mod wire;

pub use safe_json::{write_compact, write_pretty};
pub use wire::Report;
