//! The line that filters a list. Each list knows its own words for `is:`; a word that nothing can have is told, with those that
//! there are.

use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use super::panes::PaneId;
use super::saying::VERDICTS;
use crate::widgets::Input;

/// What `is:` asks of the reader's own remarks, in every list.
const SAID: [&str; 3] = ["noted", "accepted", "rejected"];

/// What `is:` asks of the findings of a list, the most useful first.
pub(super) fn traits(pane: PaneId) -> &'static [&'static str] {
    match pane {
        PaneId::Article | PaneId::Quotes => {
            &["unsure", "direct", "indirect", "mixed", "likely", "guessed", "sure", "anonymous", "repeated"]
        }
        PaneId::Claims => &[
            "unsure",
            "certain",
            "likely",
            "possible",
            "unclear",
            "denied",
            "affirmed",
            "fact",
            "opinion",
            "prediction",
            "wish",
            "hypothetical",
            "rule",
            "past",
            "present",
            "future",
            "timeless",
            "probable",
        ],
        PaneId::Threads => &["unsure", "suggested", "open", "advanced", "resolved", "mentioned"],
    }
}

/// All words that `is:` takes in a list.
pub(super) fn words(pane: PaneId) -> impl Iterator<Item = &'static str> {
    let own = traits(pane).iter().copied();
    own.take(1).chain(SAID).chain(traits(pane).iter().copied().skip(1))
}

/// The fields that narrow a list down.
pub(super) fn fields(pane: PaneId) -> &'static str {
    match pane {
        PaneId::Article | PaneId::Quotes => "is:unsure is:noted speaker: thread:",
        PaneId::Claims => "certainty: is:unsure verdict: speaker: thread:",
        PaneId::Threads => "is:open is:suggested is:noted",
    }
}

/// The first word of a filter that nothing in a list can have, and those there are instead.
fn unknown(filter: &str, pane: PaneId) -> Option<(String, Vec<&'static str>)> {
    let wrong = |typed: &str| -> Option<Vec<&'static str>> {
        let (field, value) = typed.split_once(':').filter(|(_, value)| !value.is_empty())?;
        let value = value.to_lowercase();
        let known: Vec<&str> = match field.to_lowercase().as_str() {
            "is" => words(pane).collect(),
            "certainty" | "kind" => traits(pane).to_vec(),
            "verdict" => VERDICTS.to_vec(),
            _ => return None,
        };
        (!known.iter().any(|word| word.starts_with(&value))).then_some(known)
    };
    filter.split(' ').find_map(|typed| Some((typed.to_owned(), wrong(typed)?)))
}

/// What is told of a filter with a word that is not known, as far as there is room.
pub(super) fn fault(filter: &str, pane: PaneId, cells: usize) -> Option<String> {
    let (typed, known) = unknown(filter, pane)?;
    let field = typed.split(':').next().unwrap_or_default();
    let mut told = format!("{typed} is not known; {field}: takes");
    for word in known {
        if told.chars().count() + word.len() + 3 > cells {
            told.push_str(" …");
            break;
        }
        told.push(' ');
        told.push_str(word);
    }
    Some(told)
}

/// The footer while a filter is typed: the fields of the list, or what is wrong with the words.
pub(super) fn hint(filter: &str, pane: PaneId) -> String {
    match unknown(filter, pane) {
        Some((typed, _)) => format!("{typed} is not known "),
        None => format!("{}  Enter keep  Esc all ", fields(pane)),
    }
}

/// The rows of the help that tell which words a list takes.
pub(super) fn help(pane: PaneId) -> Vec<(&'static str, String)> {
    let mut rows = vec![("is:", words(pane).collect::<Vec<_>>().join(" "))];
    if pane == PaneId::Claims {
        rows.push(("certainty:", "certain likely possible unclear denied".to_owned()));
        rows.push(("verdict:", VERDICTS.join(" ")));
    }
    if pane != PaneId::Threads {
        rows.push(("speaker:", "a part of a name".to_owned()));
        rows.push(("thread:", "a part of its name".to_owned()));
    }
    rows
}

impl Model {
    /// Opens the line that filters the list last used.
    pub(super) fn open_filter(&mut self) {
        let pane = self.arrangement.list;
        let typed = self.list(pane).filter.clone();
        self.overlays.push(Overlay::Filter(Input::with(&typed)));
    }

    /// A key in that line.
    pub(super) fn filter_key(&mut self, key: Key) -> Vec<Cmd> {
        let pane = self.arrangement.list;
        let Some(Overlay::Filter(mut input)) = self.overlays.pop() else { return Vec::new() };
        match key.code {
            Code::Esc => {
                self.filter(pane, "");
                return Vec::new();
            }
            Code::Enter => {
                if let Some(fault) = fault(input.text(), pane, usize::from(self.size.width)) {
                    self.tell(fault);
                }
                self.text_follows_list();
                return Vec::new();
            }
            _ if type_into(&mut input, key) => {
                let typed = input.text().to_owned();
                self.filter(pane, &typed);
            }
            _ => {}
        }
        self.overlays.push(Overlay::Filter(input));
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::TRAITS;

    #[test]
    fn what_a_list_knows_the_index_knows() {
        for pane in PaneId::LISTS {
            for word in traits(pane) {
                assert!(TRAITS.contains(word), "{word}");
            }
        }
        let all: Vec<&str> = PaneId::LISTS.into_iter().flat_map(|p| traits(p).iter().copied()).collect();
        for word in TRAITS {
            assert!(all.contains(word), "no list tells of {word}");
        }
    }

    #[test]
    fn a_word_that_is_not_known_is_told_with_those_that_are() {
        let told = |filter, pane| fault(filter, pane, 80).unwrap_or_default();
        assert!(
            told("mill is:nonsense", PaneId::Quotes).starts_with("is:nonsense is not known; is: takes unsure noted")
        );
        assert!(told("is:nonsense", PaneId::Quotes).chars().count() <= 80);
        assert!(told("certainty:noted", PaneId::Claims).contains("certainty: takes unsure certain"));
        assert!(told("verdict:maybe", PaneId::Claims).ends_with("confirmed disputed false open"));
        assert_eq!(told("is:no IS:Rej 12:30 speaker:nobody is:", PaneId::Claims), "");
        assert!(!told("is:resolved", PaneId::Quotes).is_empty(), "a quote is not resolved");
    }
}
