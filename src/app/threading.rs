//! `t`: the reader's own threads. One line holds a thread: its name, then what else it goes by. Nothing is written into the
//! files threads come from; what the reader changes lies over them.

use super::action::Action;
use super::key::{Code, Key};
use super::model::{Model, Naming};
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use super::panes::PaneId;
use crate::analysis::{Analysis, FindingId, ThreadDefinition};
use crate::lexicon::threads;
use crate::store::belonging::EVERYWHERE;
use crate::store::{Following, OwnThread, ThreadEdit, Turn};
use crate::widgets::Input;

impl Model {
    /// Opens the line for the thread that is selected in its pane or shown on a card; from elsewhere for a new one.
    pub(super) fn ask_for_thread(&mut self) {
        let at_it =
            self.arrangement.focus == PaneId::Threads || matches!(self.overlays.last(), Some(Overlay::Card { .. }));
        let thread = match self.selected().filter(|_| at_it) {
            Some(FindingId::Thread(id)) => self.found().and_then(|f| f.analysis.threads.get(id.index())),
            _ => None,
        };
        let (was, text) = match thread {
            Some(thread) if !thread.suggested => {
                let followed = self.followed();
                let own = followed.iter().find(|t| t.name == thread.name);
                let aliases = own.map_or(thread.aliases.as_slice(), |t| t.aliases.as_slice());
                let names: Vec<&str> = std::iter::once(&thread.name).chain(aliases).map(String::as_str).collect();
                (Some(thread.name.clone()), names.join(", "))
            }
            Some(thread) => (None, thread.name.clone()),
            None => (None, String::new()),
        };
        let everywhere = was.as_deref().is_some_and(|was| self.following.is_everywhere(was));
        self.overlays.push(Overlay::Thread { was, everywhere, input: Input::with(&text) });
    }

    /// The threads that are looked for in the article on the screen.
    fn followed(&self) -> Vec<ThreadDefinition> {
        self.following.of(self.article().path.as_deref())
    }

    /// A key in that line.
    pub(super) fn thread_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Thread { was, mut everywhere, mut input }) = self.overlays.pop() else { return Vec::new() };
        match key.code {
            Code::Esc => return Vec::new(),
            Code::Char('c') if key.ctrl => return Vec::new(),
            Code::Enter => return self.set_thread(was.as_deref(), input.text(), everywhere),
            Code::Tab => everywhere = !everywhere,
            _ => drop(type_into(&mut input, key)),
        }
        self.overlays.push(Overlay::Thread { was, everywhere, input });
        Vec::new()
    }

    /// Makes, changes or drops a thread, in this story or everywhere, and has the texts looked through for it.
    pub(super) fn set_thread(&mut self, was: Option<&str>, typed: &str, everywhere: bool) -> Vec<Cmd> {
        // A name alone would take the thread that has it its other names.
        let mut typed = typed.trim().to_owned();
        if let (None, Some(thread)) = (was, self.followed().into_iter().find(|t| t.name == typed)) {
            if self.article().aside.contains(&typed) {
                typed = std::iter::once(thread.name).chain(thread.aliases).collect::<Vec<_>>().join(", ");
            } else {
                let name = typed;
                self.tell(format!("{name} is followed already; t on it in Threads changes it"));
                return Vec::new();
            }
        }
        let made_in = self.story();
        let story = if everywhere { EVERYWHERE.to_owned() } else { made_in.clone() };
        let changes = changed(&self.followed(), was, &typed, &story);
        let Some(told) = describe(was, &changes) else { return Vec::new() };
        let instead = Following::instead(&story, &made_in);
        let order = self.next_order();
        let edit = self.following.change(changes, instead.as_deref(), &made_in, order);
        self.tell(if everywhere { format!("{told}, in every text") } else { told });
        self.look_through(edit, Turn::New(String::new()))
    }

    /// Takes the last change to threads back, or does it again.
    pub(super) fn turn_threads_back(&mut self, story: &str, again: bool) -> Vec<Cmd> {
        let Some(edit) = self.following.turn_back(story, again) else { return Vec::new() };
        let mut names: Vec<&str> = Vec::new();
        for (_, name) in edit.rows.iter().filter_map(|r| r.key()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        self.tell(format!("{} thread {}", if again { "done again:" } else { "taken back:" }, names.join(", ")));
        self.look_through(edit, if again { Turn::Redo } else { Turn::Undo })
    }

    /// The threads of the built-in story are not listed in a text of another story that names none of them.
    pub(super) fn set_threads_aside(&mut self, place: usize, analysis: &Analysis) {
        let Some(id) = self.articles.get(place).map(|a| a.reading.id) else { return };
        let path = self.articles[place].path.clone();
        let mut own = threads::of_story(&self.threads_of(id));
        own.retain(|name| !self.following.is_asked_for(name, path.as_deref()));
        let named = analysis.threads.iter().any(|t| !t.mentions.is_empty() && own.contains(&t.name));
        let alone = self.articles[place].alone;
        if named && !alone {
            self.own_is_named();
        }
        self.articles[place].aside = if self.own_threads == Naming::Named && !alone { Vec::new() } else { own };
    }

    /// An article of the story names a thread of the built-in story: they are listed in all of them.
    pub(super) fn own_is_named(&mut self) {
        if std::mem::replace(&mut self.own_threads, Naming::Named) == Naming::Named {
            return;
        }
        let order = self.order;
        for article in self.articles.iter_mut().filter(|a| !a.alone && !a.aside.is_empty()) {
            article.aside.clear();
            let filter = article.lists[PaneId::Threads.list_place().unwrap_or(0)].filter.clone();
            article.refill(PaneId::Threads, &filter, order);
        }
    }

    /// Selects the thread of a name, or the one that has taken it in.
    pub(super) fn choose_thread(&mut self, name: &str) {
        let threads = self.found().map_or(&[][..], |f| &f.analysis.threads);
        let place = threads.iter().position(|t| t.name == name);
        let place = place.or_else(|| threads.iter().position(|t| t.aliases.iter().any(|a| a == name)));
        if let Some(place) = place {
            self.list_mut(PaneId::Threads).select(place);
        }
    }

    /// Whether a list shows a thread that the reader follows, not only what is proposed.
    pub(super) fn lists_a_thread(&self) -> bool {
        let threads = self.found().map_or(&[][..], |f| &f.analysis.threads);
        self.list(PaneId::Threads).shown.iter().any(|&i| threads.get(i).is_some_and(|t| !t.suggested))
    }

    /// How a thread comes to be followed, in one line.
    pub(super) fn how_to_follow(&self) -> String {
        let key = |action| self.keymap.key_of(action);
        let (new, accept) = (key(Action::Thread), key(Action::Accept));
        if self.list(PaneId::Threads).shown.is_empty() {
            format!("none yet: {new} and a name follows one")
        } else {
            format!("{accept} follows it; {new} and a name, another")
        }
    }

    /// Saves a change to threads and has the texts looked through again.
    fn look_through(&self, edit: ThreadEdit, turn: Turn) -> Vec<Cmd> {
        let mut commands = vec![Cmd::Threads(edit, turn, Box::new(self.following.clone()))];
        for article in self.articles.iter().filter(|a| a.read && a.asked) {
            commands.push(Cmd::Analyse(article.reading.id, std::sync::Arc::clone(&article.reading.document)));
        }
        commands
    }
}

fn describe(was: Option<&str>, changes: &[OwnThread]) -> Option<String> {
    let kept = changes.iter().find(|c| !c.hidden);
    Some(match (was, kept) {
        (_, None) if changes.is_empty() => return None,
        (Some(was), None) => format!("{was} is not followed any more; t and its name bring it back"),
        (None, None) => return None,
        (None, Some(new)) => format!("{} is followed from now on", new.definition.name),
        (Some(was), Some(new)) if was == new.definition.name => format!("{was} is changed"),
        (Some(was), Some(new)) => format!("{was} is called {} now", new.definition.name),
    })
}

/// What a typed line changes. Names of other threads among its aliases take those threads in; a thread that is given another
/// name keeps the old one as an alias.
fn changed(threads: &[ThreadDefinition], was: Option<&str>, typed: &str, story: &str) -> Vec<OwnThread> {
    let mut names: Vec<String> = Vec::new();
    for name in typed.split(',').map(|n| n.split_whitespace().collect::<Vec<_>>().join(" ")) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let named = |name: &str| threads.iter().find(|t| t.name == name);
    let hide = |t: &ThreadDefinition| OwnThread { story: story.to_owned(), definition: t.clone(), hidden: true };
    let Some(name) = names.first().cloned() else { return was.and_then(named).map(hide).into_iter().collect() };
    let mut aliases: Vec<String> = names.split_off(1);
    let mut changes = Vec::new();
    for taken in was.into_iter().filter(|w| *w != name).chain(aliases.clone().iter().map(String::as_str)) {
        let Some(other) = named(taken).filter(|t| t.name != name) else { continue };
        changes.push(hide(other));
        let names = std::iter::once(&other.name).chain(&other.aliases);
        aliases.extend(names.filter(|n| **n != name).cloned().collect::<Vec<_>>());
    }
    let mut seen: Vec<String> = Vec::new();
    aliases.retain(|a| {
        !seen.contains(a) && {
            seen.push(a.clone());
            true
        }
    });
    let old = named(&name).or_else(|| was.and_then(named));
    let first = name.chars().next().unwrap_or('?').to_uppercase().next().unwrap_or('?');
    let letter = old.filter(|o| o.name == name).map_or(first, |o| o.letter);
    let kind = old.and_then(|o| o.kind.clone());
    let definition = ThreadDefinition { name, aliases, letter, kind };
    changes.push(OwnThread { story: story.to_owned(), definition, hidden: false });
    changes
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::layout::Size;

    use super::*;
    use crate::app::key::script;
    use crate::app::panes::PaneId;
    use crate::app::{Msg, Options, update};
    use crate::index::{Index, sample};

    fn check(was: Option<&str>, typed: &str, expected: &[&str]) {
        let thread = |name: &str, alias: &str| ThreadDefinition {
            name: name.to_owned(),
            aliases: vec![alias.to_owned()],
            letter: name.chars().next().unwrap_or('?'),
            kind: None,
        };
        let threads = [thread("Zalem", "Tiphares"), thread("Nova", "Desty Nova")];
        let mut following = Following::from(threads.to_vec());
        following.change(changed(&threads, was, typed, "/news"), None, "/news", 1);
        let laid = following.of(Some("/news/a.txt"));
        let drawn: Vec<String> =
            laid.iter().map(|t| format!("{} {} = {}", t.letter, t.name, t.aliases.join(", "))).collect();
        assert_eq!(drawn, expected);
    }

    #[test]
    fn threads_are_made_changed_renamed_taken_in_and_dropped() {
        check(None, "budget, the  money", &["Z Zalem = Tiphares", "N Nova = Desty Nova", "B budget = the money"]);
        check(Some("Zalem"), "Zalem, Sky City", &["Z Zalem = Sky City", "N Nova = Desty Nova"]);
        check(Some("Zalem"), "Sky City", &["N Nova = Desty Nova", "S Sky City = Zalem, Tiphares"]);
        check(Some("Zalem"), "Zalem, Nova", &["Z Zalem = Nova, Desty Nova"]);
        check(Some("Zalem"), " ", &["N Nova = Desty Nova"]);
        check(None, " , ", &["Z Zalem = Tiphares", "N Nova = Desty Nova"]);
    }

    fn press(model: &mut Model, keys: &str) -> Vec<Cmd> {
        script(keys).into_iter().flat_map(|key| update(model, Msg::Key(key))).collect()
    }

    fn names(model: &Model) -> String {
        model.threads().iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_was_done_last_is_taken_back_first() {
        let (document, analysis) = sample::article();
        let index = Index::new(&document, &analysis);
        let (mut model, commands) = Model::open(vec![Arc::new(document)], Options::default(), Size::new(80, 24));
        let Some(Cmd::Analyse(id, _)) = commands.first() else { panic!("asks for the findings") };
        update(&mut model, Msg::Analysed(*id, Arc::new(analysis), Arc::new(index)));
        model.following = std::mem::take(&mut model.following).opened("/news/a.txt".into());
        let quotes = model.list(PaneId::Quotes).shown.len();
        press(&mut model, "2 t <ctrl-u> D a m <enter> x t <ctrl-u> Z o o <tab> <enter>");
        assert_eq!(names(&model), "Nova Zalem Motorball Zoo Dam");
        let saved = press(&mut model, "u");
        assert!(matches!(saved.first(), Some(Cmd::Threads(_, Turn::Undo, _))), "{saved:?}");
        assert_eq!(names(&model), "Nova Zalem Motorball Dam");
        let saved = press(&mut model, "u");
        assert!(matches!(saved.first(), Some(Cmd::Remember(..))), "{saved:?}");
        assert_eq!(model.list(PaneId::Quotes).shown.len(), quotes);
        press(&mut model, "u");
        assert_eq!(names(&model), "Nova Zalem Motorball");
        press(&mut model, "<ctrl-r>");
        assert_eq!(names(&model), "Nova Zalem Motorball Dam");
        let saved = press(&mut model, "<ctrl-r>");
        assert!(matches!(saved.first(), Some(Cmd::Remember(..))), "{saved:?}");
        press(&mut model, "<ctrl-r>");
        assert_eq!(names(&model), "Nova Zalem Motorball Zoo Dam");
        press(&mut model, "t <ctrl-u> Q u a y <enter> u");
        let told = model.told.clone().unwrap_or_default();
        assert_eq!(told.matches("Quay").count(), 1, "{told}");
    }
}
