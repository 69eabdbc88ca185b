//! What lies over the panes. The topmost takes the keys; there is one stack, so that two never fight for them.

use super::chronicle::Chronicle;
use super::key::{Code, Key};
use super::panes::PaneId;
use super::search::Prompt;
use super::select_keys::Purpose;
use super::selection::Selection;
use super::shelf::Shelf;
use crate::store::Field;
use crate::widgets::Input;

/// Something over the panes.
pub(super) enum Overlay {
    /// The card of the selected finding; `row` is the passage chosen on a thread's card.
    Card { row: usize },
    /// The search line with its hits.
    Search(Prompt),
    /// A line that filters the list with the keys.
    Filter(Input),
    /// The help of the pane, narrowed down by what is typed, scrolled by rows.
    Help { input: Input, top: usize },
    /// All commands by name.
    Commands { input: Input, chosen: usize },
    /// A line in which something is said of the selected finding.
    Say { field: Field, input: Input },
    /// Words of the text whose ends the keys move; `back` is the pane that has the keys afterwards.
    Select { selection: Selection, purpose: Purpose, back: PaneId },
    /// A line in which something is said of marked words, of which a finding is made.
    SayOf { field: Field, selection: Selection, input: Input },
    /// Corrections that may hold in other articles; how many have been accepted and left out.
    Offers { chosen: usize, accepted: usize, left: usize },
    /// The notes on the text.
    Notes { chosen: usize },
    /// The name of the file to export to.
    Export(Input),
    /// A number to go to.
    Goto(Input),
    /// The story over time.
    Story(Chronicle),
    /// What the library holds.
    Shelf(Shelf),
    /// A line with a thread's name and what else it goes by; `was` is the name of the one that is changed. It is followed
    /// everywhere, or in this story.
    Thread { was: Option<String>, everywhere: bool, input: Input },
}

impl Overlay {
    /// Whether it is only a line at the foot of the screen, with what lies below it still to be seen.
    pub fn is_line(&self) -> bool {
        matches!(
            self,
            Overlay::Filter(_) | Overlay::Say { .. } | Overlay::Export(_) | Overlay::Goto(_) | Overlay::Thread { .. }
        )
    }
}

/// Types a key into an input line; false when the key means nothing there.
pub(super) fn type_into(input: &mut Input, key: Key) -> bool {
    match (key.code, key.ctrl) {
        (Code::Char('w'), true) => input.erase_word(),
        (Code::Char('u'), true) => input.erase_all(),
        (Code::Char('a'), true) | (Code::Home, _) => input.home(),
        (Code::Char('e'), true) | (Code::End, _) => input.end(),
        (Code::Char('h'), true) | (Code::Backspace, _) => {
            input.backspace();
        }
        (Code::Char(c), false) => input.insert(c),
        (Code::Delete, _) => input.delete(),
        (Code::Left, _) => input.left(),
        (Code::Right, _) => input.right(),
        _ => return false,
    }
    true
}
