//! Searching: a line to type in, hits while one types, and the matches that stay marked afterwards.

use super::key::{Code, Key};
use super::model::{Model, Place};
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use super::panes::PaneId;
use crate::index::{Hit, Query, Scope};
use crate::text::Span;
use crate::widgets::Input;

/// An open search line.
pub(super) struct Prompt {
    pub input: Input,
    pub scope: Scope,
    pub hits: Vec<Hit>,
    pub chosen: usize,
    /// Where the reader was when the search was opened.
    pub from: Place,
}

/// A finished search: `n` and `N` walk its hits.
pub(super) struct Searched {
    pub hits: Vec<Hit>,
    pub at: usize,
}

/// The scopes in the order in which Tab widens.
pub(super) const SCOPES: [(Scope, &str); 5] = [
    (Scope::Quotes, "quotes"),
    (Scope::Claims, "claims"),
    (Scope::Threads, "threads"),
    (Scope::Text, "article"),
    (Scope::All, "all"),
];

impl Model {
    /// Opens the search line.
    pub(super) fn open_search(&mut self) {
        let from = self.place();
        let scope = self.arrangement.focus.scope();
        self.overlays.push(Overlay::Search(Prompt {
            input: Input::default(),
            scope,
            hits: Vec::new(),
            chosen: 0,
            from,
        }));
    }

    /// A key in the search line.
    pub(super) fn search_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Search(mut prompt)) = self.overlays.pop() else { return Vec::new() };
        match key.code {
            Code::Esc => {
                self.searched = None;
                return self.give_up_search(prompt.from);
            }
            Code::Char('c') if key.ctrl => return self.give_up_search(prompt.from),
            Code::Enter => {
                self.finish_search(prompt);
                return Vec::new();
            }
            Code::Tab => self.widen(&mut prompt, 1),
            Code::BackTab => self.widen(&mut prompt, SCOPES.len() - 1),
            Code::Down => prompt.chosen = (prompt.chosen + 1).min(prompt.hits.len().saturating_sub(1)),
            Code::Up => prompt.chosen = prompt.chosen.saturating_sub(1),
            Code::PageDown => prompt.chosen = (prompt.chosen + 5).min(prompt.hits.len().saturating_sub(1)),
            Code::PageUp => prompt.chosen = prompt.chosen.saturating_sub(5),
            _ if type_into(&mut prompt.input, key) => self.look(&mut prompt),
            _ => {}
        }
        if let Some(hit) = prompt.hits.get(prompt.chosen) {
            let span = first_place(hit);
            self.show(span);
        }
        self.overlays.push(Overlay::Search(prompt));
        Vec::new()
    }

    fn give_up_search(&mut self, from: Place) -> Vec<Cmd> {
        let mut commands = Vec::new();
        self.go_to_place(from, &mut commands);
        commands
    }

    fn widen(&mut self, prompt: &mut Prompt, by: usize) {
        let here = SCOPES.iter().position(|(s, _)| *s == prompt.scope).unwrap_or(0);
        prompt.scope = SCOPES[(here + by) % SCOPES.len()].0;
        self.look(prompt);
    }

    fn look(&mut self, prompt: &mut Prompt) {
        let query = Query::parse(prompt.input.text());
        let reading = &self.article().reading;
        prompt.hits = match &reading.found {
            Some(found) => found.index.search(&reading.document, &found.analysis, &query, prompt.scope),
            None => Vec::new(),
        };
        prompt.chosen = 0;
        if prompt.hits.is_empty() {
            // The place is kept while nothing is found.
            let from = prompt.from;
            self.go_to_place(from, &mut Vec::new());
        }
    }

    /// Enter: goes to the chosen hit; the others stay for `n` and `N`.
    fn finish_search(&mut self, prompt: Prompt) {
        if prompt.input.text().trim().is_empty() {
            self.searched = None;
            return;
        }
        if prompt.hits.is_empty() {
            self.tell(format!("no match for {}", prompt.input.text()));
            self.searched = None;
            return;
        }
        self.past.push(prompt.from);
        self.future.clear();
        self.searched = Some(Searched { hits: prompt.hits, at: prompt.chosen });
        self.go_to_hit();
    }

    /// The next or previous hit of the last search.
    pub(super) fn step_match(&mut self, by: isize) {
        let Some(searched) = &mut self.searched else {
            self.tell("nothing searched for yet: press /");
            return;
        };
        let count = searched.hits.len();
        let target = searched.at.saturating_add_signed(by);
        let stays = target == searched.at || target >= count;
        if stays {
            self.tell(if by > 0 { "this is the last match" } else { "this is the first match" });
            return;
        }
        searched.at = target;
        self.go_to_hit();
    }

    fn go_to_hit(&mut self) {
        let Some(searched) = &self.searched else { return };
        let Some(hit) = searched.hits.get(searched.at) else { return };
        let (place, finding) = (first_place(hit), hit.finding);
        let told = format!("match {} of {}", searched.at + 1, searched.hits.len());
        match finding {
            Some(finding) => self.select(finding),
            None => self.arrangement.focus = PaneId::Article,
        }
        self.show(place);
        let own = self.arrangement.list;
        self.lists_follow(place, |pane| finding.is_none() || pane != own);
        self.settle();
        self.tell(told);
    }

    /// The matched words that stand in a row of the text.
    pub(super) fn matches_in(&self, row: Span) -> Vec<Span> {
        let hits = match (self.overlays.last(), &self.searched) {
            (Some(Overlay::Search(prompt)), _) => &prompt.hits,
            (_, Some(searched)) => &searched.hits,
            _ => return Vec::new(),
        };
        hits.iter().flat_map(|h| &h.marks).filter(|m| m.overlaps(row)).copied().collect()
    }
}

/// Where a hit is shown: its first matched word, else its start.
fn first_place(hit: &Hit) -> Span {
    hit.marks.first().copied().unwrap_or(hit.span)
}
