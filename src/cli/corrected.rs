//! A document with what was found in it, as the reader has corrected it: the same for lists, exports and reports.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::What;
use super::report::Reporter;
use crate::analysis::{Analysis, ClaimId, FindingId, QuoteId, ThreadId};
use crate::app::Remarks;
use crate::document::Document;
use crate::store::belonging::of_text;
use crate::store::{Remark, Store, StoreError, default_path};

/// A document, its findings with the corrections in them, and what the reader said besides.
pub struct Corrected {
    /// The text.
    pub document: Document,
    /// What was found, corrected.
    pub analysis: Arc<Analysis>,
    /// What the reader said of it.
    pub remarks: Remarks,
}

impl Corrected {
    /// Corrects what was found in the file at a path. Without a library nothing is corrected.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn of(path: &Path, document: Document, found: Analysis, library: Option<&Store>) -> Result<Self, StoreError> {
        let found = Arc::new(found);
        let mut remarks = Remarks::default();
        if let Some(library) = library {
            remarks.recall(known(library, path, &document)?, Vec::new(), Vec::new());
        }
        let analysis = remarks.corrected(&document, &found);
        remarks.settle(&document, &analysis);
        Ok(Self { document, analysis, remarks })
    }

    /// The findings of a sort: quotes, then claims, then threads.
    pub fn findings(&self, what: What) -> Vec<FindingId> {
        let analysis = &self.analysis;
        let quotes = (0..analysis.quotes.len()).map(|i| FindingId::Quote(QuoteId::at(i)));
        let claims = (0..analysis.claims.len()).map(|i| FindingId::Claim(ClaimId::at(i)));
        let threads = (0..analysis.threads.len()).map(|i| FindingId::Thread(ThreadId::at(i)));
        match what {
            What::Quotes => quotes.collect(),
            What::Claims => claims.collect(),
            What::Threads => threads.collect(),
            What::All => quotes.chain(claims).chain(threads).collect(),
        }
    }
}

fn known(library: &Store, path: &Path, document: &Document) -> Result<Vec<Remark>, StoreError> {
    let file = path.canonicalize().ok().filter(|p| p.is_file());
    let file = file.as_ref().map(|p| p.to_string_lossy());
    match library.key_of(file.as_deref(), document.text())? {
        Some(key) => library.remarks(key),
        None => Ok(Vec::new()),
    }
}

/// The library, if there is one; no command that only reads it makes one.
pub fn library(path: Option<&Path>, reporter: &mut Reporter) -> Option<Store> {
    let path = path.map_or_else(default_path, |p| Ok(PathBuf::from(p))).ok().filter(|p| p.exists())?;
    match Store::open(&path) {
        Ok(store) => Some(store),
        Err(error) => {
            reporter.tell(&format!("your remarks are left out: {error}"));
            None
        }
    }
}

/// What a document belongs to, for the threads that are followed in it: its file, or its text when it has none.
pub fn belonging(path: &Path, document: &Document) -> String {
    path.canonicalize().map_or_else(|_| of_text(document.text()), |p| p.to_string_lossy().into_owned())
}
