//! What an action needs to be there before it can be done: findings, all of them, or the whole text.

use super::action::Action;
use super::model::Model;
use super::panes::PaneId;

/// Whether the findings of the beginning are not enough for an action: it looks through all, or says something of one.
pub(super) fn needs_all(model: &Model, action: Action) -> bool {
    use Action::{
        CopyCitation, CopyMarkdown, CopyPlace, CopyQuote, CopyWords, Down, HalfDown, HalfUp, NextItem, Open, PageDown,
        PageUp, PreviousItem, Up, Why,
    };
    let looks = matches!(
        action,
        NextItem
            | PreviousItem
            | Open
            | Why
            | CopyQuote
            | CopyWords
            | CopyCitation
            | CopyMarkdown
            | CopyPlace
            | Down
            | Up
            | PageDown
            | PageUp
            | HalfDown
            | HalfUp
    );
    needs_findings(model, action) && !looks
}

/// Whether the beginning of a text is not enough for an action.
pub(super) fn needs_the_end(action: Action) -> bool {
    matches!(action, Action::Bottom | Action::Goto | Action::GoToMark | Action::Reload)
}

pub(super) fn needs_findings(model: &Model, action: Action) -> bool {
    let moves = matches!(
        action,
        Action::Down
            | Action::Up
            | Action::PageDown
            | Action::PageUp
            | Action::HalfDown
            | Action::HalfUp
            | Action::Bottom
            | Action::Goto
    );
    action.needs_findings() || action == Action::Search || moves && model.arrangement.focus != PaneId::Article
}
