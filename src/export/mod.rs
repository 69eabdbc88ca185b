//! Findings for other programs. This folder reads analyses and never makes one; it opens no file.
//!
//! `sayso extract` prints a [`Report`]: everything, for programs. An export is what a reader chose, with what they said of it, in
//! a form that somebody else reads: [`EXPORTERS`] lists the forms, a file each. An export that names places is read back by [`read`] and checked
//! against its sources by [`Sought`].

mod annotation;
mod bibtex;
mod citron;
mod csl;
mod csv;
mod hypothesis;
mod item;
mod jsonl;
mod markdown;
mod read;
mod row;
mod safe_json;
mod schema;
mod tei;
mod tei_body;
mod verify;
mod wikitext;
mod wire;
mod word;

pub use item::{Bundle, Exported, Item, Reader, Source, sha256};
pub use read::{Kept, read};
pub use row::{Place, Row, Speller};
pub use safe_json::{write_compact, write_pretty};
pub use verify::{Outcome, Sought};
pub use wire::Report;

use std::io;

/// A form of export.
#[derive(Debug)]
pub struct Exporter {
    /// Its name for `--format`.
    pub name: &'static str,
    /// Endings of file names that ask for it, the usual one first.
    pub endings: &'static [&'static str],
    /// One line about it, for the help.
    pub about: &'static str,
    /// Writes it.
    pub write: fn(&Exported, &mut dyn io::Write) -> io::Result<()>,
}

/// The forms.
#[rustfmt::skip]
pub const EXPORTERS: &[Exporter] = &[
    Exporter { name: "csv", endings: &["csv"], about: "a table for spreadsheets (RFC 4180)", write: csv::write },
    Exporter { name: "jsonl", endings: &["jsonl", "ndjson"], about: "a finding a line (sayso.finding/1)", write: jsonl::write },
    Exporter { name: "markdown", endings: &["md", "markdown"], about: "to be read, with citations", write: markdown::write },
    Exporter { name: "annotation", endings: &["jsonld", "annotation.json"], about: "W3C Web Annotation", write: annotation::write },
    Exporter { name: "hypothesis", endings: &["hypothesis.json"], about: "for the import of the Hypothesis client", write: hypothesis::write },
    Exporter { name: "schema", endings: &["schema.json", "schema.jsonld"], about: "schema.org Claim and Quotation", write: schema::write },
    Exporter { name: "citron", endings: &["citron.json"], about: "the BBC's Citron, quotes only", write: citron::write },
    Exporter { name: "tei", endings: &["xml", "tei"], about: "TEI P5, the text with said, seg and rs", write: tei::write },
    Exporter { name: "wikitext", endings: &["wiki", "wikitext"], about: "{{Quote}} and {{cite news}}", write: wikitext::write },
    Exporter { name: "bibtex", endings: &["bib"], about: "the sources, for LaTeX", write: bibtex::write },
    Exporter { name: "csl", endings: &["csl.json", "csl"], about: "the sources, CSL-JSON", write: csl::write },
];

/// The form of a name.
pub fn exporter(name: &str) -> Option<&'static Exporter> {
    EXPORTERS.iter().find(|e| e.name == name)
}

/// The form that a file's name asks for by its ending; of two that fit, the longer ending decides.
pub fn exporter_for(file: &str) -> Option<&'static Exporter> {
    let lower = file.to_ascii_lowercase();
    let fitting = |e: &Exporter| {
        e.endings.iter().filter(|ending| lower.ends_with(&format!(".{ending}"))).map(|ending| ending.len()).max()
    };
    EXPORTERS.iter().filter(|e| fitting(e).is_some()).max_by_key(|e| fitting(e))
}
