//! `I`: all notes on a text in one list, those on findings and those on passages; each leads to its place.

use super::action::Action;
use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::Overlay;
use super::run::run;
use crate::analysis::FindingId;
use crate::remarks::Noted;
use crate::store::Field;
use crate::text::shown_name;
use crate::widgets::{Line, Role, shorten, wrapped};

/// Cells before the words of a note.
const TEXT: usize = 17;

impl Model {
    /// The notes on the article on the screen, in the order of the text; lost ones last.
    pub(super) fn notes(&self) -> Vec<Noted> {
        let reading = &self.article().reading;
        reading.found_all().map(|found| reading.remarks.notes(&reading.document, &found.analysis)).unwrap_or_default()
    }

    /// Opens the list.
    pub(super) fn open_notes(&mut self) {
        if self.notes().is_empty() {
            let key = |action| self.keymap.key_of(action);
            let (note, mark) = (key(Action::Note), key(Action::Select));
            self.tell(format!(
                "no notes on this text yet: {note} on what is selected, or {mark} and {note} on any words"
            ));
        } else {
            self.overlays.push(Overlay::Notes { chosen: 0 });
        }
    }

    /// A key in that list.
    pub(super) fn notes_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Notes { mut chosen }) = self.overlays.pop() else { return Vec::new() };
        let notes = self.notes();
        let mut commands = Vec::new();
        match (key.code, key.ctrl) {
            (Code::Esc | Code::Char('q' | 'I'), false) => return commands,
            (Code::Char('c'), true) | (Code::Char('Q'), false) => return run(self, Action::Quit, None),
            (Code::Down | Code::Char('j'), false) => chosen += 1,
            (Code::Up | Code::Char('k'), false) => chosen = chosen.saturating_sub(1),
            (Code::Enter, _) => {
                if let Some(noted) = notes.get(chosen) {
                    self.go_to_note(noted);
                }
                return commands;
            }
            (Code::Char('x'), false) => {
                if let Some(noted) = notes.get(chosen) {
                    let order = self.next_order();
                    let reading = &mut self.article_mut().reading;
                    let (remark, turn) = reading.remarks.say_at(noted.anchor.clone(), Field::Note, "", order);
                    commands.push(Cmd::Remember(reading.id, remark, turn));
                    if let Some(found) = &reading.found {
                        reading.remarks.settle(&reading.document, &found.analysis);
                    }
                    self.refill_all();
                    self.tell("the note is gone (u brings it back)");
                }
            }
            (Code::Char('u'), false) => commands = run(self, Action::Undo, None),
            _ => {}
        }
        let count = self.notes().len();
        if count > 0 {
            self.overlays.push(Overlay::Notes { chosen: chosen.min(count - 1) });
        }
        commands
    }

    fn go_to_note(&mut self, noted: &Noted) {
        let Some(span) = noted.span else {
            self.tell("its words are not in this text any more; the note is kept");
            return;
        };
        self.leave();
        if let Some(finding) = noted.finding {
            self.select(finding);
        }
        self.focus(super::panes::PaneId::Article);
        self.show(span);
        if noted.finding.is_none() {
            self.lists_follow(span, |_| true);
        }
    }
}

/// The rows, with the first row of the chosen note.
pub(super) fn lines(model: &Model, chosen: usize, cells: usize) -> (Vec<Line>, usize) {
    let reading = &model.article().reading;
    let (mut lines, mut at) = (Vec::new(), 0);
    for (number, noted) in model.notes().iter().enumerate() {
        let bar = || Line::of(if number == chosen { "▌ " } else { "  " }, Role::Bar);
        if number == chosen {
            at = lines.len();
        }
        let place = match (noted.span, noted.finding) {
            (None, _) => "lost".to_owned(),
            (_, Some(FindingId::Thread(_))) => "thread".to_owned(),
            (Some(span), _) => format!("paragraph {}", reading.paragraph(span.start())),
        };
        let room = cells.saturating_sub(TEXT + 2);
        for (row, text) in wrapped(&noted.note, room, 4).into_iter().enumerate() {
            let line = if row == 0 { bar().say(place.as_str(), Role::Dim) } else { bar() };
            lines.push(line.to(TEXT).say(text, Role::Heading));
        }
        let words = noted.anchor.exact.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push(bar().to(TEXT).say(shorten(shown_name(&words).as_str(), room), Role::Dim));
    }
    (lines, at)
}
