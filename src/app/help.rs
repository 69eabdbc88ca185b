//! The help of a pane and the list of all commands, both made from the table of actions and narrowed down by typing.

use super::action::{ACTIONS, Action, Entry, Scope};
use super::chronicle;
use super::filtering;
use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use super::panes::PaneId;
use super::run::run;
use crate::text::fold_plain;
use crate::widgets::{Line, Role, shorten, wrapped};

/// Cells of the column with the keys.
const KEYS: usize = 16;
/// The same on a narrow screen.
const NARROW_KEYS: usize = 11;
/// Cells from which on there are two columns.
const TWO_COLUMNS: usize = 110;

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
    ("i", "your note"),
    ("+", "a thread that is only suggested"),
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

/// What a pane is for: its own keys, which the help tells first.
fn own(pane: PaneId) -> &'static [Action] {
    use Action::{
        Accept, CopyCitation, CopyMarkdown, CopyPlace, CopyQuote, CopyWords, Ends, Export, Filter, Goto, NextItem,
        NextParagraph, NextUnsure, Note, Notes, Open, Order, PreviousItem, PreviousParagraph, PreviousUnsure, Reject,
        Select, SetSpeaker, Thread, TurnStatus, Verdict, Why,
    };
    match pane {
        PaneId::Article => {
            &[NextItem, PreviousItem, Open, Select, Note, Notes, NextParagraph, PreviousParagraph, Goto, Why, Thread]
        }
        PaneId::Quotes => &[
            Open,
            SetSpeaker,
            Accept,
            Reject,
            Ends,
            Note,
            Filter,
            Why,
            NextUnsure,
            PreviousUnsure,
            CopyQuote,
            CopyWords,
            CopyCitation,
            CopyMarkdown,
            CopyPlace,
            Export,
        ],
        PaneId::Claims => &[
            Open,
            Verdict,
            Accept,
            Reject,
            Order,
            Note,
            Filter,
            Why,
            NextUnsure,
            PreviousUnsure,
            CopyQuote,
            CopyCitation,
            CopyPlace,
            Export,
        ],
        PaneId::Threads => {
            &[Open, Thread, TurnStatus, Accept, Reject, Note, Filter, Why, NextUnsure, PreviousUnsure, Export]
        }
    }
}

/// A group of the help: its name, and keys with what they do.
type Group = (&'static str, Vec<(String, String)>);

/// What the help tells, in its order; `typed` narrows it down.
fn groups(model: &Model, typed: &str) -> Vec<Group> {
    let wanted = fold_plain(typed);
    let wanted = wanted.trim();
    let row = |e: &Entry| (model.keymap.keys_of(e.action).join("  "), e.help.to_owned());
    let pane = model.arrangement.focus;
    let own = own(pane);
    let fits = |e: &&Entry| e.name.contains(wanted) || e.help.contains(wanted);
    let entries = || ACTIONS.iter().filter(fits);
    let scope = |scope| entries().filter(move |e| e.scope == scope && !own.contains(&e.action));
    let typed_row = |(key, text): &(&str, String)| ((*key).to_owned(), text.clone());
    let told = |(key, text): &(String, String)| key.contains(wanted) || fold_plain(text).contains(wanted);
    let mut groups: Vec<Group> = if model.overlays.iter().any(|o| matches!(o, Overlay::Story(_))) {
        let keys = chronicle::KEYS.iter().map(|&(key, text)| (key.to_owned(), text.to_owned()));
        vec![("THE STORY", keys.filter(told).collect())]
    } else {
        vec![
            ("THIS PANE", own.iter().map(|a| a.entry()).filter(fits).map(row).collect()),
            ("MOVING", scope(Scope::Moving).map(row).collect()),
            ("IN OTHER PANES", scope(Scope::Pane).map(row).collect()),
        ]
    };
    groups.push(("EVERYWHERE", scope(Scope::Everywhere).map(row).collect()));
    let marks = MARKS.iter().map(|&(mark, meaning)| (mark.to_owned(), meaning.to_owned()));
    groups.push(("MARKS", marks.filter(told).collect()));
    groups.push(("WORDS OF THE FILTER", filtering::help(pane).iter().map(typed_row).filter(told).collect()));
    groups.retain(|(_, rows)| !rows.is_empty());
    groups
}

/// The rows of the help: this pane's keys first; two columns where each has room for whole sentences.
pub(super) fn help_lines(model: &Model, typed: &str, cells: usize) -> Vec<Line> {
    let groups = groups(model, typed);
    if cells < TWO_COLUMNS {
        return groups.iter().flat_map(|group| rows(group, cells)).collect();
    }
    let half = cells / 2;
    let left = ["THIS PANE", "THE STORY", "MOVING", "WORDS OF THE FILTER"];
    let (left, right): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(|(name, _)| left.contains(name));
    let column = |groups: Vec<Group>, cells| groups.iter().flat_map(|group| rows(group, cells)).collect::<Vec<_>>();
    let (left, right) = (column(left, half), column(right, cells - half));
    let mut lines = Vec::new();
    for number in 0..left.len().max(right.len()) {
        let line = left.get(number).cloned().unwrap_or_default();
        lines.push(match right.get(number) {
            Some(other) => line.to(half).then(other.clone()),
            None => line,
        });
    }
    lines
}

/// The rows of a group: a blank one, its name, then each key with its sentence, which goes on below itself.
fn rows((name, keys): &Group, cells: usize) -> Vec<Line> {
    let column = 2 + if cells < 60 { NARROW_KEYS } else { KEYS };
    let mut lines = vec![Line::new(), Line::of(format!("  {name}"), Role::Heading)];
    for (key, text) in keys {
        for (number, part) in wrapped(text, cells.saturating_sub(column + 1), 4).into_iter().enumerate() {
            // Where there is no room for all keys, the first.
            let first = key.split("  ").next().filter(|_| key.chars().count() > column - 3).unwrap_or(key);
            let key = if number == 0 { shorten(first, column - 3) } else { String::new() };
            lines.push(Line::of("  ", Role::Text).say(key, Role::Key).to(column).say(part, Role::Text));
        }
    }
    lines
}
