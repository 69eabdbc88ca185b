//! `:tour`: a walk over the real panes of the built-in story with the real keys. A step goes on with the key it teaches, or with
//! Enter, which presses it; Esc leaves. Nothing else is kept from the reader meanwhile.

use std::sync::LazyLock;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde::Deserialize;

use super::action::Action;
use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::run::run;
use super::view::clear;
use crate::document::{STORY, story};
use crate::widgets::{Line, Role};

/// A step of the tour.
struct Step {
    action: Action,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    step: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    action: String,
    text: String,
}

/// The steps, as `assets/tour.toml` tells them.
static STEPS: LazyLock<Vec<Step>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../assets/tour.toml")).expect("embedded and tested");
    let step = |w: Written| Step { action: Action::named(&w.action).expect("embedded and tested"), text: w.text };
    file.step.into_iter().map(step).collect()
});

/// How far the reader has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Tour {
    step: usize,
    /// What the step teaches has been done; it goes on once nothing is being typed any more.
    done: bool,
}

impl Model {
    /// Starts the tour, on the built-in story.
    pub(super) fn start_tour(&mut self, commands: &mut Vec<Cmd>) {
        // The same text from a file of its own will do.
        if self.article().reading.document.text() != story().text() {
            self.open_file(STORY, None, commands);
        }
        self.overlays.clear();
        self.arrangement.text_only = false;
        self.tour = Some(Tour::default());
    }

    /// The sentence that offers it.
    pub fn offer_tour(&mut self) {
        let (help, commands) = (self.keymap.key_of(Action::Help), self.keymap.key_of(Action::Commands));
        let keys = self.keymap.key_of(Action::Tour);
        self.tell(format!("first time here?  {help} tells the keys · {keys} or {commands}tour shows you round"));
    }

    /// A key while the tour goes on; none when it means what it always means.
    pub(super) fn tour_key(&mut self, key: Key) -> Option<Vec<Cmd>> {
        let tour = self.tour.filter(|_| !self.takes_text())?;
        match (key.code, STEPS.get(tour.step)) {
            (Code::Esc, _) => {
                self.end_tour("the tour is over");
                Some(Vec::new())
            }
            (Code::Enter, None) => {
                self.end_tour("that was the tour; enjoy the story");
                Some(Vec::new())
            }
            (Code::Enter, Some(step)) => {
                if step.action.needs_findings() && self.found().is_none() {
                    self.tell("still reading; a moment");
                    return Some(Vec::new());
                }
                Some(run(self, step.action, None))
            }
            _ => None,
        }
    }

    fn end_tour(&mut self, said: &str) {
        self.tour = None;
        self.overlays.clear();
        let (keys, commands) = (self.keymap.key_of(Action::Tour), self.keymap.key_of(Action::Commands));
        self.tell(format!("{said}: {keys} or {commands}tour comes back to it"));
    }

    /// An action was done: was it what the step teaches?
    pub(super) fn tour_saw(&mut self, action: Action) {
        if let Some(tour) = &mut self.tour {
            tour.done |= STEPS.get(tour.step).is_some_and(|step| step.action == action);
        }
    }

    /// Goes on to the next step when this one is done.
    pub(super) fn tour_on(&mut self) {
        let typing = self.takes_text();
        if let Some(tour) = self.tour.as_mut().filter(|tour| tour.done && !typing) {
            *tour = Tour { step: tour.step + 1, done: false };
        }
    }
}

/// The sentence of a step.
fn sentence(model: &Model, step: usize) -> String {
    if let Some(step) = STEPS.get(step) {
        return step.text.replace("{key}", &model.keymap.key_of(step.action));
    }
    let (undo, close) = (model.keymap.key_of(Action::Undo), model.keymap.key_of(Action::Close));
    format!("That was all. {undo} takes back what you changed; {close} quits, and all is kept.")
}

/// Draws the step over the last rows of the screen; the line at the foot is left to what is typed.
pub(super) fn draw(model: &Model, buffer: &mut Buffer) {
    let Some(tour) = model.tour else { return };
    let size = model.size;
    let row = |y| Rect::new(0, y, size.width, 1);
    let top = row(size.height.saturating_sub(2));
    clear(top, buffer);
    Line::of(" ▸ ", Role::Active).say(sentence(model, tour.step), Role::Heading).draw(top, model.theme, buffer);
    if model.takes_text() || model.told.is_some() {
        return;
    }
    let foot = row(size.height.saturating_sub(1));
    clear(foot, buffer);
    let place = if tour.step < STEPS.len() {
        format!(" Tour {} of {}   Enter does it, or press the key   Esc leaves", tour.step + 1, STEPS.len())
    } else {
        " Enter ends the tour".to_owned()
    };
    Line::of(place, Role::Dim).draw(foot, model.theme, buffer);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keymap::Keymap;

    #[test]
    fn every_step_teaches_an_action_in_a_line() {
        assert!((6..=8).contains(&STEPS.len()));
        for step in STEPS.iter() {
            let text = step.text.replace("{key}", &Keymap::standard().key_of(step.action));
            assert!(step.text.contains("{key}"), "{text}");
            assert!(Line::of(text.as_str(), Role::Text).width() <= 76, "{text}");
        }
    }
}
