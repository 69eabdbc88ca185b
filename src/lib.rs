//! sayso, a terminal reader for a story and its claims.
//!
//! sayso is two pure functions with a thin shell around them:
//!
//! ```text
//! bytes ─document::read→ Document ─analysis::analyse→ Analysis ─→ lists, search, export        (no screen, no disk)
//! key ─→ Msg ─app::update(&mut Model)→ Cmd ─worker→ Msg …   Model ─app::view→ cells ─→ terminal
//! ```
//!
//! A place in a text is a [`text::Pos`] or a [`text::Span`] of bytes everywhere; rows, columns and code points exist only at
//! the edges. Modules in reading order, each importing only from those before it:
//! [`text`], [`tag`], [`document`], [`lexicon`], [`analysis`], [`index`], [`export`], [`story`], [`page`], [`store`], [`remarks`], [`intake`], [`widgets`],
//! [`app`], [`config`], [`linear`], [`terminal`], [`cli`].

#![cfg_attr(
    test,
    allow(
        clippy::format_collect,
        clippy::string_slice,
        clippy::unwrap_used,
        reason = "a test that stops on a wrong value says what it should"
    )
)]

pub mod analysis;
pub mod app;
pub mod cli;
pub mod config;
pub mod document;
pub mod export;
pub mod index;
pub mod intake;
pub mod lexicon;
pub mod linear;
pub mod page;
pub mod remarks;
pub mod store;
pub mod story;
pub mod tag;
pub mod terminal;
pub mod text;
pub mod widgets;
