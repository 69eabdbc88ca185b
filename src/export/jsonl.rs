//! JSON Lines, schema `sayso.finding/1`: one finding a line, each with its source, so that a line makes sense alone.

use std::io::{self, Write};

use serde::Serialize;

use super::item::{Exported, Source};
use super::row::{Row, Speller};
use super::safe_json::write_compact;

/// The name of the layout.
pub(super) const SCHEMA: &str = "sayso.finding/1";

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    #[serde(flatten)]
    row: &'a Row,
    source: &'a Source,
}

/// Writes the lines.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    for bundle in &exported.documents {
        for row in Speller::of(bundle).rows() {
            write_compact(&Line { schema: SCHEMA, row: &row, source: &bundle.source }, out)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}
