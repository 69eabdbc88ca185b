//! Searching: a line to type in, hits while one types, and the matches that stay marked afterwards.

use super::key::{Code, Key};
use super::model::{Model, Place};
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use super::panes::PaneId;
use crate::index::{Hit, Query, Scope};
use crate::store::Match;
use crate::text::Span;
use crate::widgets::Input;

/// An open search line.
pub(super) struct Prompt {
    pub input: Input,
    pub scope: Where,
    pub hits: Vec<Hit>,
    /// What the library answered.
    pub matches: Vec<Match>,
    /// The number of the last question to the library, until it is answered.
    pub asked: Option<u32>,
    pub chosen: usize,
    /// Where else in the article there are matches, and how many, when there are none here.
    pub elsewhere: Vec<(Where, &'static str, usize)>,
    /// Where the reader was when the search was opened.
    pub from: Place,
}

impl Prompt {
    /// How many entries there are to choose from.
    pub fn count(&self) -> usize {
        if self.scope == Where::Library { self.matches.len() } else { self.hits.len() }
    }
}

/// A finished search: `n` and `N` walk its hits.
pub(super) struct Searched {
    pub hits: Vec<Hit>,
    pub at: usize,
}

/// Where to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Where {
    /// In the article on the screen.
    Here(Scope),
    /// In all that is saved.
    Library,
}

/// The scopes in the order in which Tab widens.
pub(super) const SCOPES: [(Where, &str); 6] = [
    (Where::Here(Scope::Quotes), "quotes"),
    (Where::Here(Scope::Claims), "claims"),
    (Where::Here(Scope::Threads), "threads"),
    (Where::Here(Scope::Text), "article"),
    (Where::Here(Scope::All), "all"),
    (Where::Library, "library"),
];

impl Model {
    /// Opens the search line.
    pub(super) fn open_search(&mut self) {
        let scope = Where::Here(self.arrangement.focus.scope());
        self.search_for("", scope);
    }

    /// Opens the search line with something typed already.
    pub(super) fn search_for(&mut self, typed: &str, scope: Where) -> Vec<Cmd> {
        let from = self.place();
        let input = Input::with(typed);
        let (hits, matches) = (Vec::new(), Vec::new());
        let mut prompt = Prompt { input, scope, hits, matches, asked: None, chosen: 0, elsewhere: Vec::new(), from };
        let commands = self.look(&mut prompt);
        self.overlays.push(Overlay::Search(prompt));
        commands
    }

    /// A key in the search line.
    pub(super) fn search_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Search(mut prompt)) = self.overlays.pop() else { return Vec::new() };
        let last = prompt.count().saturating_sub(1);
        let mut commands = Vec::new();
        match key.code {
            Code::Esc => {
                self.searched = None;
                return self.give_up_search(prompt.from);
            }
            Code::Char('c') if key.ctrl => return self.give_up_search(prompt.from),
            Code::Enter => return self.finish_search(prompt),
            Code::Tab => commands = self.widen(&mut prompt, 1),
            Code::BackTab => commands = self.widen(&mut prompt, SCOPES.len() - 1),
            Code::Down => prompt.chosen = (prompt.chosen + 1).min(last),
            Code::Up => prompt.chosen = prompt.chosen.saturating_sub(1),
            Code::PageDown => prompt.chosen = (prompt.chosen + 5).min(last),
            Code::PageUp => prompt.chosen = prompt.chosen.saturating_sub(5),
            _ if type_into(&mut prompt.input, key) => commands = self.look(&mut prompt),
            _ => {}
        }
        if let Some(hit) = prompt.hits.get(prompt.chosen) {
            let span = first_place(hit);
            self.show(span);
        }
        self.overlays.push(Overlay::Search(prompt));
        commands
    }

    fn give_up_search(&mut self, from: Place) -> Vec<Cmd> {
        let mut commands = Vec::new();
        self.go_to_place(from, &mut commands);
        commands
    }

    fn widen(&mut self, prompt: &mut Prompt, by: usize) -> Vec<Cmd> {
        let here = SCOPES.iter().position(|(s, _)| *s == prompt.scope).unwrap_or(0);
        prompt.scope = SCOPES[(here + by) % SCOPES.len()].0;
        self.look(prompt)
    }

    fn look(&mut self, prompt: &mut Prompt) -> Vec<Cmd> {
        let query = Query::parse(prompt.input.text());
        prompt.chosen = 0;
        prompt.hits.clear();
        prompt.elsewhere.clear();
        let Where::Here(scope) = prompt.scope else {
            if query.is_empty() {
                prompt.matches.clear();
                return Vec::new();
            }
            self.questions += 1;
            prompt.asked = Some(self.questions);
            return vec![Cmd::Find(self.questions, query)];
        };
        let reading = &self.article().reading;
        if let Some(found) = &reading.found {
            let hits = |scope| found.index.search(&reading.document, &found.analysis, &query, scope);
            prompt.hits = hits(scope);
            if prompt.hits.is_empty() && !query.is_empty() {
                prompt.elsewhere = others(scope).map(|(place, name, scope)| (place, name, hits(scope).len())).collect();
                prompt.elsewhere.retain(|&(_, _, count)| count > 0);
            }
        }
        if prompt.hits.is_empty() {
            // The place is kept while nothing is found.
            let from = prompt.from;
            self.go_to_place(from, &mut Vec::new());
        }
        Vec::new()
    }

    /// Takes in what the library found, if it is still what is asked.
    pub(super) fn answered(&mut self, number: u32, matches: Vec<Match>) {
        if let Some(Overlay::Search(prompt)) = self.overlays.last_mut()
            && prompt.asked == Some(number)
        {
            prompt.asked = None;
            prompt.matches = matches;
            prompt.chosen = 0;
        }
    }

    /// Enter: goes to the chosen hit; the others stay for `n` and `N`.
    fn finish_search(&mut self, prompt: Prompt) -> Vec<Cmd> {
        let mut commands = Vec::new();
        if prompt.input.text().trim().is_empty() {
            self.searched = None;
            return commands;
        }
        if let Some(&(scope, ..)) = prompt.elsewhere.first() {
            return self.look_in(prompt, scope);
        }
        if prompt.count() == 0 {
            let typed = prompt.input.text();
            let place = if prompt.scope == Where::Library { "the library" } else { "this text" };
            self.tell(Query::parse(typed).fault().unwrap_or_else(|| format!("no match for {typed} in {place}")));
            self.searched = None;
            return commands;
        }
        if prompt.scope == Where::Library {
            match prompt.matches.get(prompt.chosen) {
                Some(found) if found.path.is_empty() => self.tell("it was no file; it cannot be opened again"),
                Some(found) => self.open_file(&found.path, Some(found.kept.span.start().byte()), &mut commands),
                None => {}
            }
            return commands;
        }
        self.past.push(prompt.from);
        self.future.clear();
        self.searched = Some(Searched { hits: prompt.hits, at: prompt.chosen });
        self.go_to_hit();
        commands
    }

    /// Looks for the same in another place, with the line still open.
    fn look_in(&mut self, mut prompt: Prompt, scope: Where) -> Vec<Cmd> {
        prompt.scope = scope;
        let commands = self.look(&mut prompt);
        if let Some(hit) = prompt.hits.first() {
            self.show(first_place(hit));
        }
        self.overlays.push(Overlay::Search(prompt));
        commands
    }

    /// The next or previous hit of the last search.
    pub(super) fn step_match(&mut self, by: isize) {
        let Some(searched) = &mut self.searched else {
            self.tell("no matches to walk: / searches");
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

/// The places of the article other than one, those that hold one kind of thing each.
fn others(scope: Scope) -> impl Iterator<Item = (Where, &'static str, Scope)> {
    SCOPES.into_iter().filter_map(move |(place, name)| match place {
        Where::Here(other) if other != Scope::All && scope != Scope::All && other != scope => {
            Some((place, name, other))
        }
        _ => None,
    })
}

/// Where a hit is shown: its first matched word, else its start.
fn first_place(hit: &Hit) -> Span {
    hit.marks.first().copied().unwrap_or(hit.span)
}
