//! Which keys ask for which action. Keys may follow one another (`g g`, `y q`); a started sequence waits for its next key
//! without a clock and is given up by a key that does not fit.

use std::collections::BTreeMap;

use super::action::Action;
use super::key::{Code, Key};

/// A part of a sequence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    One(Key),
    AnyChar,
    Digit,
}

/// Sequences of keys with their actions.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bindings: Vec<(Vec<Step>, Action)>,
}

/// What a sequence of keys means so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lookup {
    /// The start of something.
    Started,
    /// An action, with the character that stood for `*` or `#`.
    Found(Action, Option<char>),
    /// Nothing.
    Unknown,
}

impl Keymap {
    /// Reads a table like `assets/keys.toml`.
    ///
    /// # Errors
    /// With a sentence that names the action or the key that is not known.
    pub fn read(toml: &str) -> Result<Self, String> {
        let table = match simple(toml) {
            Some(table) => table,
            None => toml::from_str(toml).map_err(|e| e.message().to_owned())?,
        };
        let mut bindings = Vec::new();
        for (name, keys) in table {
            let action = Action::named(&name).ok_or_else(|| format!("there is no action {name:?}"))?;
            for sequence in keys {
                let steps = steps(&sequence).ok_or_else(|| format!("{sequence:?} is not a key"))?;
                if bindings.iter().any(|(other, _)| *other == steps) {
                    return Err(format!("the key {sequence:?} is given twice"));
                }
                bindings.push((steps, action));
            }
        }
        Ok(Self { bindings })
    }

    /// The keys that come with the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: a test reads the embedded table.
    pub fn standard() -> Self {
        Self::read(include_str!("../../assets/keys.toml")).expect("embedded and tested")
    }

    /// Whether a sequence is written as the table wants it.
    pub fn reads(sequence: &str) -> bool {
        steps(sequence).is_some()
    }

    /// Gives an action these keys and no others; answers the keys that another action loses by it.
    pub fn rebind(&mut self, action: Action, sequences: &[String]) -> Vec<(String, Action)> {
        self.bindings.retain(|(_, other)| *other != action);
        let mut taken = Vec::new();
        for sequence in sequences {
            let Some(steps) = steps(sequence) else { continue };
            if let Some(place) = self.bindings.iter().position(|(other, _)| *other == steps) {
                taken.push((sequence.clone(), self.bindings.remove(place).1));
            }
            self.bindings.push((steps, action));
        }
        taken
    }

    /// Sequences that cannot be typed because their start alone does something: the start, the sequence, its action.
    pub fn hidden(&self) -> Vec<(String, String, Action)> {
        let mut hidden = Vec::new();
        for (short, _) in &self.bindings {
            let longer = self.bindings.iter().filter(|(long, _)| long.len() > short.len() && long.starts_with(short));
            hidden.extend(longer.map(|(long, action)| (written(short), written(long), *action)));
        }
        hidden
    }

    /// The keys of an action as the table writes them.
    pub fn written(&self, action: Action) -> Vec<String> {
        self.bindings.iter().filter(|(_, a)| *a == action).map(|(steps, _)| written(steps)).collect()
    }

    /// What the keys pressed so far mean.
    pub fn lookup(&self, keys: &[Key]) -> Lookup {
        let mut started = false;
        for (steps, action) in &self.bindings {
            if steps.len() < keys.len() || !keys.iter().zip(steps).all(|(k, s)| fits(*k, *s)) {
                continue;
            }
            if steps.len() == keys.len() {
                let wild = !matches!(steps.last(), Some(Step::One(_)) | None);
                return Lookup::Found(*action, keys.last().and_then(|k| k.typed()).filter(|_| wild));
            }
            started = true;
        }
        if started { Lookup::Started } else { Lookup::Unknown }
    }

    /// The keys of an action as the help prints them: the first ones, separated by two spaces.
    pub fn keys_of(&self, action: Action) -> Vec<String> {
        self.bindings
            .iter()
            .filter(|(_, a)| *a == action)
            .map(|(steps, _)| steps.iter().map(printed).collect())
            .collect()
    }

    /// The first key of an action, for a hint.
    pub fn key_of(&self, action: Action) -> String {
        self.keys_of(action).into_iter().min_by_key(String::len).unwrap_or_default()
    }
}

/// A table of one list a line, as ours is: it stands before the first frame, and a list in TOML is one in JSON, read in a
/// tenth of the time. None for any other table.
fn simple(toml: &str) -> Option<BTreeMap<String, Vec<String>>> {
    let mut table = BTreeMap::new();
    for line in toml.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (name, keys) = line.split_once(" = ")?;
        let again = table.insert(name.to_owned(), serde_json::from_str(keys).ok()?).is_some();
        if again || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
            return None;
        }
    }
    Some(table)
}

/// Reads keys that are pressed one after the other.
fn steps(sequence: &str) -> Option<Vec<Step>> {
    let steps: Option<Vec<Step>> = sequence.split_whitespace().enumerate().map(|(i, k)| step(k, i)).collect();
    steps.filter(|s| !s.is_empty())
}

/// The other way round.
fn written(steps: &[Step]) -> String {
    let name = |step: &Step| match step {
        Step::One(key) => key.to_string(),
        Step::AnyChar => "*".to_owned(),
        Step::Digit => "#".to_owned(),
    };
    steps.iter().map(name).collect::<Vec<_>>().join(" ")
}

fn step(name: &str, place: usize) -> Option<Step> {
    match name {
        "*" if place > 0 => Some(Step::AnyChar),
        "#" if place > 0 => Some(Step::Digit),
        _ => Key::named(name).map(Step::One),
    }
}

fn fits(key: Key, step: Step) -> bool {
    match step {
        Step::One(wanted) => key == wanted,
        Step::AnyChar => key.typed().is_some(),
        Step::Digit => matches!(key.code, Code::Char('0'..='9')) && !key.ctrl,
    }
}

fn printed(step: &Step) -> String {
    match step {
        Step::One(key) => key.to_string(),
        Step::AnyChar => "x".to_owned(),
        Step::Digit => " number".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::action::ACTIONS;
    use super::super::key::script;
    use super::*;

    #[test]
    fn the_standard_keys_reach_every_action() {
        let keymap = Keymap::standard();
        for entry in ACTIONS {
            assert!(!keymap.keys_of(entry.action).is_empty(), "{} has no key", entry.name);
        }
    }

    #[test]
    fn sequences_wait_and_give_up() {
        let keymap = Keymap::standard();
        assert_eq!(keymap.lookup(&script("g")), Lookup::Started);
        assert_eq!(keymap.lookup(&script("gg")), Lookup::Found(Action::Top, None));
        assert_eq!(keymap.lookup(&script("g7")), Lookup::Found(Action::Goto, Some('7')));
        assert_eq!(keymap.lookup(&script("ma")), Lookup::Found(Action::SetMark, Some('a')));
        assert_eq!(keymap.lookup(&script("gz")), Lookup::Unknown);
    }

    #[test]
    fn the_short_way_to_read_the_table_is_the_same() {
        let text = include_str!("../../assets/keys.toml");
        assert_eq!(simple(text), Some(toml::from_str(text).expect("is TOML")));
        assert_eq!(simple("up = [\"j\"]\nup = [\"k\"]"), None);
        assert_eq!(simple("up = ['j']"), None);
    }

    #[test]
    fn faults_are_named() {
        assert!(Keymap::read("fly = [\"j\"]").expect_err("no such action").contains("fly"));
        assert!(Keymap::read("up = [\"jj\"]").expect_err("no such key").contains("jj"));
        assert!(Keymap::read("up = [\"j\"]\ndown = [\"j\"]").is_err());
    }
}
