//! The library's part in the program's life: what it knew of a document when it opens, what the reader's corrections change,
//! and where the reader is.

use std::sync::Arc;

use super::model::Model;
use super::msg::{Cmd, DocumentId};
use crate::store::Remark;
use crate::text::Pos;

/// What the library knew: remarks find their findings, and a reader who has not moved yet is taken back to the place.
pub(super) fn recalled(model: &mut Model, id: DocumentId, remarks: Vec<Remark>, byte: usize) -> Vec<Cmd> {
    let Some(place) = model.articles.iter().position(|a| a.reading.id == id) else { return Vec::new() };
    let article = &mut model.articles[place];
    article.reading.remarks.recall(remarks);
    article.settle_remarks(model.order);
    let lost = article.reading.remarks.lost;
    let inside = byte > 0 && byte < article.reading.document.text().len();
    if inside && article.text.anchor() == Pos::at(0) {
        article.text.go(&article.reading.document, Pos::at(byte));
        model.saved = Some((id, byte));
        if place == model.current && model.found().is_some() {
            model.lists_follow_text();
        }
    }
    if lost > 0 && place == model.current && model.found().is_some() {
        model.tell(format!("{lost} of your remarks have lost their words in this text; they are kept"));
    }
    corrections(model, id).into_iter().collect()
}

/// The command that makes the lists with the reader's corrections, if there are any.
pub(super) fn corrections(model: &Model, id: DocumentId) -> Option<Cmd> {
    let article = model.articles.iter().find(|a| a.reading.id == id)?;
    let (reading, original) = (&article.reading, article.reading.original.as_ref()?);
    let corrected = reading.remarks.corrected(original);
    (!Arc::ptr_eq(&corrected, original)).then(|| Cmd::Correct(id, Arc::clone(&reading.document), corrected))
}

/// Where the reader is, to be saved, when that has changed.
pub(super) fn moved(model: &mut Model) -> Option<Cmd> {
    let article = model.article();
    let here = (article.reading.id, article.text.anchor().byte());
    let before = model.saved.replace(here);
    let started = before.is_some_and(|(id, _)| id == here.0) || here.1 > 0;
    (before != Some(here) && started).then_some(Cmd::Place(here.0, here.1))
}
