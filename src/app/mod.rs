//! The reader as a pure machine: messages change a [`Model`], a [`Model`] is drawn into cells. Nothing here touches the
//! terminal, the disk or a clock; what has to be done outside is answered as a [`Cmd`].
//!
//! [`update`] is the only way in, [`view`] the only way out. Both ask [`layout::layout`] where things are.

pub mod action;
mod card;
mod chronicle;
mod copy;
mod export;
mod filtering;
mod help;
pub mod key;
pub mod keymap;
pub mod layout;
mod model;
mod msg;
mod needs;
mod notes;
mod offers;
mod open_article;
mod opening;
mod overlay;
pub mod panes;
mod reading;
mod recall;
mod run;
mod saying;
mod search;
mod search_view;
mod select_keys;
mod selection;
mod shelf;
mod state;
mod story_text;
mod threading;
mod tour;
mod travel;
mod update;
mod view;
pub mod words;

pub use crate::remarks::{Remarks, anchor};
pub use export::said;
pub use key::{Code, Key, script};
pub use model::{MEASURES, Model, Options};
pub use msg::{Cmd, DocumentId, Msg, Progress, Recollection};
pub use opening::Opening;
pub use saying::VERDICTS;
pub use search_view::MOST_MATCHES;
pub use story_text::markdown;
pub use update::update;
pub use view::view;
