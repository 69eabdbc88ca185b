//! `t`: the reader's own threads. One line holds a thread: its name, then what else it goes by. Nothing is written into the
//! files threads come from; what the reader changes lies over them.

use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use crate::analysis::{FindingId, ThreadDefinition};
use crate::store::{OwnThread, laid_over};
use crate::widgets::Input;

impl Model {
    /// Opens the line for the selected thread; from another pane, or with nothing selected, for a new one.
    pub(super) fn ask_for_thread(&mut self) {
        let thread = match self.selected() {
            Some(FindingId::Thread(id)) => self.found().and_then(|f| f.analysis.threads.get(id.index())),
            _ => None,
        };
        let (was, text) = match thread {
            Some(thread) if !thread.suggested => {
                let own = self.threads.iter().find(|t| t.name == thread.name);
                let aliases = own.map_or(thread.aliases.as_slice(), |t| t.aliases.as_slice());
                let names: Vec<&str> = std::iter::once(&thread.name).chain(aliases).map(String::as_str).collect();
                (Some(thread.name.clone()), names.join(", "))
            }
            Some(thread) => (None, thread.name.clone()),
            None => (None, String::new()),
        };
        self.overlays.push(Overlay::Thread { was, input: Input::with(&text) });
    }

    /// A key in that line.
    pub(super) fn thread_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Thread { was, mut input }) = self.overlays.pop() else { return Vec::new() };
        match key.code {
            Code::Esc => Vec::new(),
            Code::Char('c') if key.ctrl => Vec::new(),
            Code::Enter => self.set_thread(was.as_deref(), input.text()),
            _ => {
                type_into(&mut input, key);
                self.overlays.push(Overlay::Thread { was, input });
                Vec::new()
            }
        }
    }

    /// Makes, changes or drops a thread, and has the texts looked through for it.
    pub(super) fn set_thread(&mut self, was: Option<&str>, typed: &str) -> Vec<Cmd> {
        let changes = changed(&self.threads, was, typed);
        let Some(told) = describe(was, &changes) else { return Vec::new() };
        self.threads = laid_over(std::mem::take(&mut self.threads), &changes);
        self.tell(told);
        let mut commands = vec![Cmd::Threads(changes, self.threads.clone())];
        for article in self.articles.iter_mut().filter(|a| a.read && a.asked) {
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
fn changed(threads: &[ThreadDefinition], was: Option<&str>, typed: &str) -> Vec<OwnThread> {
    let mut names: Vec<String> = Vec::new();
    for name in typed.split(',').map(|n| n.split_whitespace().collect::<Vec<_>>().join(" ")) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let named = |name: &str| threads.iter().find(|t| t.name == name);
    let hide = |t: &ThreadDefinition| OwnThread { definition: t.clone(), hidden: true };
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
    changes.push(OwnThread { definition: ThreadDefinition { name, aliases, letter, kind }, hidden: false });
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(was: Option<&str>, typed: &str, expected: &[&str]) {
        let thread = |name: &str, alias: &str| ThreadDefinition {
            name: name.to_owned(),
            aliases: vec![alias.to_owned()],
            letter: name.chars().next().unwrap_or('?'),
            kind: None,
        };
        let threads = [thread("Zalem", "Tiphares"), thread("Nova", "Desty Nova")];
        let laid = laid_over(threads.to_vec(), &changed(&threads, was, typed));
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
}
