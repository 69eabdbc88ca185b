//! What comes from the terminal: keys and pasted text, the mouse, and its answers to what it was asked.

use crate::app::Key;

/// Something the terminal sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted between the marks of bracketed paste.
    Paste(String),
    /// The left button was pressed on a cell, counted from 0.
    Press(u16, u16),
    /// The wheel was turned: down if positive.
    Wheel(i32),
    /// The terminal answers.
    Reply(Reply),
}

/// An answer of the terminal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// To the status report (DSR 5): all written before it has been shown.
    Ready,
    /// To a question for a private mode (DECRQM): 1 set, 2 reset, 3 and 4 for ever so, 0 unknown.
    Mode(u16, u16),
    /// Where the cursor is (CPR): row and column, from 1.
    Cursor(u16, u16),
    /// What it is (DA1, DA2): the numbers.
    Attributes(Vec<u16>),
    /// A string (OSC) such as its background colour.
    Text(String),
}
