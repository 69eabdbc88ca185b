//! The reader's own keys: an action that is named gets these keys and no others; a key that another action had is taken from
//! it, which is noted. Two actions cannot ask for the same keys, nor may one key hide longer ones that begin with it.

use std::collections::BTreeMap;

use toml::Spanned;

use super::fault::{Fault, meant};
use super::file::Sequences;
use crate::app::action::{ACTIONS, Action};
use crate::app::keymap::Keymap;

/// What became of the keys.
pub(super) struct Keys {
    pub keymap: Keymap,
    pub rebound: Vec<&'static str>,
    pub notes: Vec<String>,
}

/// Reads the table of keys.
pub(super) fn read(table: &BTreeMap<Spanned<String>, Spanned<Sequences>>, text: &str, faults: &mut Vec<Fault>) -> Keys {
    let mut keys = Keys { keymap: Keymap::standard(), rebound: Vec::new(), notes: Vec::new() };
    let before = faults.len();
    let mut given: BTreeMap<String, &str> = BTreeMap::new();
    let mut lines: Vec<_> = table.iter().collect();
    lines.sort_by_key(|(name, _)| name.span().start);
    for (name, sequences) in lines {
        let at = |what, remedy| Fault::at(text, name.span().start, what, remedy);
        let Some(action) = Action::named(name.get_ref()) else {
            let remedy = meant(name.get_ref(), ACTIONS.iter().map(|e| e.name));
            faults.push(at(format!("there is no action {:?}", name.get_ref()), remedy));
            continue;
        };
        let mut fine = Vec::new();
        for sequence in sequences.get_ref().all() {
            let plain = sequence.split_whitespace().collect::<Vec<_>>().join(" ");
            if !Keymap::reads(&plain) {
                let remedy = "write j, G, Space, Ctrl-d, F1, or several with spaces between".to_owned();
                faults.push(at(format!("{sequence:?} is not a key"), remedy));
            } else if let Some(other) =
                given.insert(plain.clone(), action.entry().name).filter(|o| *o != action.entry().name)
            {
                faults.push(at(
                    format!("the key {plain} is given to {other} too"),
                    "give one of them another".to_owned(),
                ));
            } else {
                fine.push(plain);
            }
        }
        for (sequence, other) in keys.keymap.rebind(action, &fine) {
            keys.notes.push(format!("{sequence} is taken from {} by {}", other.entry().name, action.entry().name));
        }
        keys.rebound.push(action.entry().name);
    }
    if faults.len() == before {
        whole(&keys.keymap, faults);
    }
    keys
}

/// Whether every key can be reached, and the program be left.
fn whole(keymap: &Keymap, faults: &mut Vec<Fault>) {
    let fault = |what, remedy: &str| Fault { place: "keys".to_owned(), what, remedy: remedy.to_owned() };
    for (short, long, action) in keymap.hidden() {
        let what = format!("{short} alone does something, so that {long} ({}) is never reached", action.entry().name);
        faults.push(fault(what, "give one of them another key"));
    }
    if keymap.keys_of(Action::Quit).is_empty() && keymap.keys_of(Action::Close).is_empty() {
        faults.push(fault("no key would quit".to_owned(), "give quit or close a key"));
    }
}
