//! What comes in and what goes out: the messages that change the model, and the commands it answers with.

use std::sync::Arc;

use ratatui::layout::Size;

use super::key::Key;
use crate::analysis::Analysis;
use crate::document::{Day, Document};
use crate::export::{Exported, Exporter};
use crate::index::{Index, Query};
use crate::store::{Change, Following, Match, Offer, Remark, Shelved, Spread, ThreadEdit, Turn};
use crate::story::Story;

/// How many files of the story have been looked through, of how many.
pub type Progress = (usize, usize);

/// What the library knows of a document.
#[derive(Clone, Debug, Default)]
pub struct Recollection {
    /// What was said of it.
    pub remarks: Vec<Remark>,
    /// Where the reader was, in bytes.
    pub place: usize,
    /// Changes that can be taken back, the last one last.
    pub done: Vec<Change>,
    /// Changes that were, the next one to be done again last.
    pub undone: Vec<Change>,
}

/// One opening of a document; reading a file again makes a new one, so that a late answer can be told apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct DocumentId(pub u32);

/// Something that happened.
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// The wheel was turned by so many rows, down if positive.
    Wheel(i32),
    /// The left button was pressed on a cell.
    Click(u16, u16),
    /// The screen has a size.
    Resize(Size),
    /// The findings of the beginning of a document are there; the others follow.
    Begun(DocumentId, Arc<Analysis>, Arc<Index>),
    /// The findings of a document are there.
    Analysed(DocumentId, Arc<Analysis>, Arc<Index>),
    /// The findings with the reader's corrections are there.
    Corrected(DocumentId, Arc<Analysis>, Arc<Index>),
    /// What the library knows of a document.
    Recalled(DocumentId, Recollection),
    /// A document was read again.
    Reread(DocumentId, Result<Arc<Document>, String>),
    /// Files of the story have been looked through; the days of those that are known, when all have been.
    Added(Progress, Option<Vec<(String, Option<Day>)>>),
    /// An article of the story names a thread of the built-in story.
    Named,
    /// The story over time.
    Story(Arc<Story>),
    /// What the library holds.
    Shelf(Vec<Shelved>),
    /// What was found in the library, for the question of this number.
    Matches(u32, Vec<Match>),
    /// Where else in the story a correction may hold.
    Offered(Vec<Offer>),
    /// Something to tell the reader.
    Tell(String),
}

/// Something to be done outside.
#[derive(Clone, Debug)]
pub enum Cmd {
    /// Find what is in the beginning of a document, before the whole is read.
    Begin(DocumentId, Arc<Document>),
    /// Find what is in a document.
    Analyse(DocumentId, Arc<Document>),
    /// Make the lists anew from findings with the reader's corrections.
    Correct(DocumentId, Arc<Document>, Arc<Analysis>),
    /// Ask the library for what it knows of a document.
    Recall(DocumentId, Arc<Document>),
    /// Save a remark, and what it means for undoing.
    Remember(DocumentId, Remark, Turn),
    /// Look through the library: the question's number, what is asked.
    Find(u32, Query),
    /// List the library.
    Shelf,
    /// Look in these files of the story for what a correction is about.
    Alike(Vec<String>, Spread),
    /// Save a remark of an article that is not open.
    Accept(String, Remark),
    /// Keep in the library what was found in a document, as the reader corrected it.
    Keep(DocumentId, Arc<Document>, Arc<Analysis>),
    /// Look through the files of the story for what is to be kept anew.
    Refresh,
    /// Tell the story of these files.
    Follow(Vec<String>),
    /// Save what the reader changed about threads and what it means for undoing; what is followed now.
    Threads(ThreadEdit, Turn, Box<Following>),
    /// Save where the reader is, in bytes.
    Place(DocumentId, usize),
    /// Read the file of an article for the first time.
    Load(DocumentId, String),
    /// Read a document's file again.
    Reread(DocumentId, String),
    /// Put a text on the terminal's clipboard.
    Copy(String),
    /// Write an export to a new file of this name, with what its source tells when it is read again.
    Export(String, &'static Exporter, Exported),
    /// Write a text to a new file of this name.
    Write(String, String),
    /// Have the terminal report the mouse, or not.
    Mouse(bool),
    /// Write the whole screen again.
    Redraw,
    /// Give the terminal back and stop until told to go on.
    Suspend,
    /// End the program.
    Quit,
}
