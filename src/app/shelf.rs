//! `L`: the library, the newest article first, narrowed down by typing.

use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use crate::document::Day;
use crate::store::Shelved;
use crate::story::Dated;
use crate::text::{fold_plain, shown_name};
use crate::widgets::{Input, Line, Role, shorten};

/// The list of the library.
pub(super) struct Shelf {
    pub input: Input,
    pub all: Vec<Shelved>,
    /// What each of them can be found by, folded.
    names: Vec<String>,
    /// The places in `all` that fit what is typed.
    pub fitting: Vec<usize>,
    pub chosen: usize,
}

impl Shelf {
    fn narrow(&mut self) {
        let typed = fold_plain(self.input.text());
        let words: Vec<&str> = typed.split(' ').filter(|w| !w.is_empty()).collect();
        let fits = |&i: &usize| words.iter().all(|w| self.names[i].contains(w));
        self.fitting = (0..self.all.len()).filter(fits).collect();
        self.chosen = 0;
    }
}

impl Model {
    /// Shows what the library holds.
    pub(super) fn show_shelf(&mut self, all: Vec<Shelved>) {
        self.told = None;
        if all.is_empty() {
            self.tell("the library is empty: sayso library add FOLDER, or sayso FOLDER");
            return;
        }
        let names = all.iter().map(name).collect();
        // One that is open already keeps what is typed and chosen.
        let (input, chosen) = match self.overlays.pop() {
            Some(Overlay::Shelf(before)) => (before.input, before.chosen),
            other => {
                self.overlays.extend(other);
                (Input::default(), 0)
            }
        };
        let mut shelf = Shelf { input, all, names, fitting: Vec::new(), chosen: 0 };
        shelf.narrow();
        shelf.chosen = chosen.min(shelf.fitting.len().saturating_sub(1));
        self.overlays.push(Overlay::Shelf(shelf));
    }

    /// A key while the library is shown.
    pub(super) fn shelf_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Shelf(mut shelf)) = self.overlays.pop() else { return Vec::new() };
        let last = shelf.fitting.len().saturating_sub(1);
        match key.code {
            Code::Esc => return Vec::new(),
            Code::Char('c') if key.ctrl => return super::run::run(self, super::action::Action::Quit, None),
            Code::Enter => {
                let mut commands = Vec::new();
                match shelf.fitting.get(shelf.chosen).and_then(|&i| shelf.all.get(i)) {
                    Some(shelved) if shelved.path.is_empty() => self.tell("it was no file; it cannot be opened again"),
                    Some(shelved) => self.open_file(&shelved.path, None, &mut commands),
                    None => self.tell("nothing in the library fits"),
                }
                return commands;
            }
            Code::Down => shelf.chosen = (shelf.chosen + 1).min(last),
            Code::Up => shelf.chosen = shelf.chosen.saturating_sub(1),
            Code::PageDown => shelf.chosen = (shelf.chosen + 10).min(last),
            Code::PageUp => shelf.chosen = shelf.chosen.saturating_sub(10),
            _ => {
                if type_into(&mut shelf.input, key) {
                    shelf.narrow();
                }
            }
        }
        self.overlays.push(Overlay::Shelf(shelf));
        Vec::new()
    }
}

fn name(shelved: &Shelved) -> String {
    let day = shelved.day.map(Day::iso).unwrap_or_default();
    let news = if shelved.turn == 0 { "new" } else { "" };
    fold_plain(&format!("{news} {} {} {day} {}", shelved.title, shelved.outlet, shelved.path))
}

/// The title of the sheet.
pub(super) fn title(shelf: &Shelf) -> String {
    let unread = shelf.all.iter().filter(|s| s.turn == 0).count();
    format!("Library · {} of {} · {unread} new", shelf.fitting.len(), shelf.all.len())
}

/// The rows from the `first` fitting one on.
pub(super) fn lines(shelf: &Shelf, first: usize, rows: usize, cells: usize) -> Vec<Line> {
    let shown = shelf.fitting.iter().enumerate().skip(first).take(rows);
    shown.filter_map(|(number, &place)| Some(line(shelf.all.get(place)?, number == shelf.chosen, cells))).collect()
}

fn line(shelved: &Shelved, chosen: bool, cells: usize) -> Line {
    let day = match (shelved.day, shelved.dated) {
        (None, _) => "no date".to_owned(),
        (Some(day), Dated::Text) => day.to_string(),
        (Some(day), Dated::File) => Dated::File.mark(day.iso()),
    };
    let state = match (shelved.turn, shelved.remarks) {
        (0, 0) => "new".to_owned(),
        (_, 0) => String::new(),
        (_, notes) => format!("i {notes}"),
    };
    let bar = if chosen { "▌ " } else { "  " };
    // A text without a title is called by its path, of which the end says most.
    let title = shelved.title.rsplit('/').next().unwrap_or_default();
    let quotes = match shelved.quotes {
        _ if !shelved.known => "not read through".to_owned(),
        1 => "1 quote".to_owned(),
        count => format!("{count} quotes"),
    };
    Line::of(bar, Role::Bar)
        .say(day, Role::Dim)
        .to(15)
        .say(shorten(&shelved.outlet, 16), Role::Text)
        .to(33)
        .say(shorten(shown_name(title).as_str(), cells.saturating_sub(49)), Role::Heading)
        .end(format!("{state}  {quotes} "), Role::Dim)
}
