//! The library's part in the program's life: what it knew of a document when it opens, what the reader's corrections change,
//! and where the reader is.

use std::sync::Arc;

use super::model::{Model, Place};
use super::msg::{Cmd, DocumentId, Progress, Recollection};
use super::overlay::Overlay;
use crate::document::Day;
use crate::store::{Anchor, Subject, Turn};
use crate::text::{Pos, Span};

/// Code points of a text that a mark is known by.
const MARKED: usize = 40;

/// What the library knew: remarks find their findings, and a reader who has not moved yet is taken back to the place.
pub(super) fn recalled(model: &mut Model, id: DocumentId, known: Recollection) -> Vec<Cmd> {
    let byte = known.place;
    let Some(place) = model.articles.iter().position(|a| a.reading.id == id) else { return Vec::new() };
    let article = &mut model.articles[place];
    article.reading.remarks.recall(known.remarks, known.done, known.undone);
    article.settle_remarks(model.order);
    for (letter, span) in article.reading.remarks.marks(&article.reading.document) {
        model.marks.entry(letter).or_insert(Place { article: place, at: (span.start(), 0) });
    }
    let article = &mut model.articles[place];
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

impl Model {
    /// What saves a mark: its letter at the words where it was set.
    pub(super) fn remember_mark(&mut self, letter: char) -> Vec<Cmd> {
        let article = self.article_mut();
        let start = article.text.anchor();
        let reading = &mut article.reading;
        let rest = reading.document.text().get(start.byte()..).unwrap_or_default();
        let length = rest.char_indices().nth(MARKED).map_or(rest.len(), |(at, _)| at);
        let span = Span::new(start, Pos::at(start.byte() + length));
        let anchor = Anchor::of(Subject::Passage, reading.document.text(), span);
        let saved = if length == 0 { Vec::new() } else { reading.remarks.mark(letter, anchor) };
        saved.into_iter().map(|remark| Cmd::Remember(reading.id, remark, Turn::Plain)).collect()
    }

    /// How far the story's files have been looked through; when all have, the articles are put in order.
    pub(super) fn added(&mut self, (seen, files): Progress, days: Option<&[(String, Option<Day>)]>) -> Vec<Cmd> {
        self.adding = days.is_none().then_some((seen, files));
        let Some(days) = days else { return Vec::new() };
        self.put_in_order(days);
        self.ask_again()
    }

    /// What is shown of the library is asked for again, once more is known.
    fn ask_again(&mut self) -> Vec<Cmd> {
        match self.overlays.last() {
            Some(Overlay::Story(_)) => vec![Cmd::Follow(self.paths())],
            Some(Overlay::Shelf(_)) => vec![Cmd::Shelf],
            _ => Vec::new(),
        }
    }

    /// The files of the open articles.
    pub(super) fn paths(&self) -> Vec<String> {
        self.articles.iter().filter_map(|a| a.path.clone()).collect()
    }
}

/// The command that keeps what was found in a document.
pub(super) fn kept(model: &Model, id: DocumentId) -> Option<Cmd> {
    let reading = &model.articles.iter().find(|a| a.reading.id == id)?.reading;
    Some(Cmd::Keep(id, Arc::clone(&reading.document), Arc::clone(reading.original.as_ref()?)))
}

/// What was found is kept anew after something was said that corrects it, here or in other articles of the story.
pub(super) fn keep_corrected(model: &Model, commands: &mut Vec<Cmd>) {
    let mut corrected: Vec<DocumentId> = Vec::new();
    for command in commands.iter() {
        match command {
            Cmd::Remember(id, remark, _) if remark.corrects() && !corrected.contains(id) => corrected.push(*id),
            _ => {}
        }
    }
    commands.extend(corrected.into_iter().filter_map(|id| kept(model, id)));
    if commands.iter().any(|c| matches!(c, Cmd::Accept(..))) {
        commands.push(Cmd::Refresh);
    }
}

/// The command that makes the lists with the reader's corrections, if there are any.
pub(super) fn corrections(model: &Model, id: DocumentId) -> Option<Cmd> {
    let article = model.articles.iter().find(|a| a.reading.id == id)?;
    let (reading, original) = (&article.reading, article.reading.original.as_ref()?);
    let corrected = reading.remarks.corrected(&reading.document, original);
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
