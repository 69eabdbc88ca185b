//! The help of a pane and the list of all commands, both made from the table of actions and narrowed down by typing.

use super::action::{ACTIONS, Action, Entry, Scope};
use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use super::update::run;
use crate::text::fold_plain;
use crate::widgets::{Line, Role};

/// Cells of the column with the keys.
const KEYS: usize = 16;

/// What the marks mean.
const MARKS: &[(&str, &str)] = &[
    ("“", "a quote"),
    ("~", "said without quotation marks"),
    ("!", "a claim"),
    ("#", "a heading"),
    ("N", "a thread's letter, where it is named"),
    ("RS", "a speaker's initials, where the words begin"),
    ("?", "the speaker is likely"),
    ("??", "the speaker is guessed"),
    ("▌", "what is selected"),
    ("▸", "the pane with the keys"),
];

/// A key while the help is open.
pub(super) fn help_key(model: &mut Model, key: Key) -> Vec<Cmd> {
    let Some(Overlay::Help { mut input, mut top }) = model.overlays.pop() else { return Vec::new() };
    match key.code {
        Code::Esc | Code::Enter => return Vec::new(),
        Code::Char('c') if key.ctrl => return run(model, Action::Quit, None),
        Code::Char('q' | '?') if input.text().is_empty() => return Vec::new(),
        Code::Down => top += 1,
        Code::Up => top = top.saturating_sub(1),
        Code::PageDown => top += 10,
        Code::PageUp => top = top.saturating_sub(10),
        Code::Char(' ') if input.text().is_empty() => top += 10,
        _ => {
            if type_into(&mut input, key) {
                top = 0;
            }
        }
    }
    model.overlays.push(Overlay::Help { input, top });
    Vec::new()
}

/// A key while the commands are listed.
pub(super) fn commands_key(model: &mut Model, key: Key) -> Vec<Cmd> {
    let Some(Overlay::Commands { mut input, mut chosen }) = model.overlays.pop() else { return Vec::new() };
    let listed = listed(input.text());
    match key.code {
        Code::Esc => return Vec::new(),
        Code::Char('c') if key.ctrl => return run(model, Action::Quit, None),
        Code::Enter => {
            let action = listed.get(chosen).map(|e| e.action);
            return match action {
                Some(Action::SetMark | Action::GoToMark) => {
                    model.tell("press m or ' and a letter");
                    Vec::new()
                }
                Some(action) if action.needs_findings() && model.found().is_none() => {
                    model.tell("still reading");
                    Vec::new()
                }
                Some(action) => run(model, action, None),
                None => Vec::new(),
            };
        }
        Code::Down | Code::Tab => chosen = (chosen + 1).min(listed.len().saturating_sub(1)),
        Code::Up | Code::BackTab => chosen = chosen.saturating_sub(1),
        _ => {
            if type_into(&mut input, key) {
                chosen = 0;
            }
        }
    }
    model.overlays.push(Overlay::Commands { input, chosen });
    Vec::new()
}

/// The commands whose name or sentence holds what was typed.
pub(super) fn listed(typed: &str) -> Vec<&'static Entry> {
    let wanted = fold_plain(typed);
    let fits = |e: &&Entry| e.name.contains(wanted.trim()) || e.help.contains(wanted.trim());
    ACTIONS.iter().filter(fits).collect()
}

/// The rows of the list of commands.
pub(super) fn command_lines(model: &Model, typed: &str, chosen: usize) -> Vec<Line> {
    let rows = listed(typed).into_iter().enumerate();
    rows.map(|(number, entry)| {
        let bar = if number == chosen { "▌ " } else { "  " };
        Line::of(bar, Role::Bar)
            .say(entry.name, Role::Heading)
            .to(24)
            .say(entry.help, Role::Text)
            .end(format!("{} ", model.keymap.key_of(entry.action)), Role::Key)
    })
    .collect()
}

/// The rows of the help, two columns where there is room.
pub(super) fn help_lines(model: &Model, typed: &str, cells: usize) -> Vec<Line> {
    let entries = listed(typed);
    let of = |scope: Scope| entries.iter().copied().filter(move |e| e.scope == scope).collect::<Vec<_>>();
    let (pane, everywhere) = (of(Scope::Pane), of(Scope::Everywhere));
    let mut lines = vec![Line::new()];
    if cells >= 76 {
        lines.push(Line::of("  THIS PANE", Role::Heading).to(cells / 2).say("EVERYWHERE", Role::Heading));
        for number in 0..pane.len().max(everywhere.len()) {
            let mut line = pane.get(number).map_or_else(Line::new, |e| row(model, e, cells / 2 - 2));
            if let Some(entry) = everywhere.get(number) {
                line = cell(model, entry, line.to(cells / 2), cells / 2 + KEYS, cells / 2 - KEYS - 1);
            }
            lines.push(line);
        }
    } else {
        lines.push(Line::of("  THIS PANE", Role::Heading));
        lines.extend(pane.iter().map(|e| row(model, e, cells)));
        lines.push(Line::of("  EVERYWHERE", Role::Heading));
        lines.extend(everywhere.iter().map(|e| row(model, e, cells)));
    }
    lines.push(Line::new());
    lines.push(Line::of("  MARKS", Role::Heading));
    let wanted = fold_plain(typed);
    let marks = MARKS.iter().filter(|(_, meaning)| meaning.contains(wanted.trim()));
    lines.extend(marks.map(|(mark, meaning)| {
        Line::of("  ", Role::Text).say(*mark, Role::Key).to(2 + KEYS).say(*meaning, Role::Text)
    }));
    lines
}

fn row(model: &Model, entry: &Entry, cells: usize) -> Line {
    cell(model, entry, Line::of("  ", Role::Text), 2 + KEYS, cells.saturating_sub(2 + KEYS))
}

fn cell(model: &Model, entry: &Entry, line: Line, column: usize, room: usize) -> Line {
    let keys = model.keymap.keys_of(entry.action).join("  ");
    let keys = crate::widgets::shorten(&keys, KEYS - 1);
    line.say(keys, Role::Key).to(column).say(crate::widgets::shorten(entry.help, room), Role::Text)
}
