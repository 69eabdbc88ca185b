//! Drawing of plain data: styled lines, wrapped passages, strips, an input line. Nothing here knows of findings or keys,
//! and nothing reaches a cell but through [`put`], which lets only clean clusters pass.

mod input;
mod line;
mod passage;
mod strip;
mod theme;

pub use input::Input;
pub use line::{Line, Piece, matched, put, rule, shorten, wrapped};
pub use passage::{Layer, draw_row};
pub use strip::{density, strip};
pub use theme::{Palette, Role, Theme};
