//! The keys with which the reader speaks: verdicts, notes, speakers, accepting and rejecting, threads opened and closed.

use std::sync::Arc;

use super::action::Action;
use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use super::panes::PaneId;
use crate::analysis::{FindingId, Status};
use crate::remarks::anchor;
use crate::store::{Anchor, Field, Spread, Turn};
use crate::text::fold_plain;
use crate::widgets::Input;

/// The verdicts a reader can give a claim.
pub const VERDICTS: [&str; 4] = ["confirmed", "disputed", "false", "open"];

impl Model {
    /// Opens the line in which a field of the selected finding is typed.
    pub(super) fn ask_for(&mut self, field: Field) {
        let Some(finding) = self.selected() else {
            self.tell("nothing is selected");
            return;
        };
        match (field, finding) {
            (Field::Verdict, FindingId::Claim(_)) | (Field::Note, _) | (Field::Speaker, FindingId::Quote(_)) => {}
            (Field::Verdict, _) => return self.tell("a verdict is for a claim: 3 goes to the claims"),
            _ => return self.tell("a speaker is for a quote: 2 goes to the quotes"),
        }
        let remarks = &self.article().reading.remarks;
        let said = remarks.value(finding, field).unwrap_or_default();
        let source = if field == Field::Verdict { remarks.value(finding, Field::Source) } else { None };
        let text = source.map_or(said.to_owned(), |source| format!("{said} {source}"));
        self.overlays.push(Overlay::Say { field, input: Input::with(&text) });
    }

    /// A key in that line.
    pub(super) fn say_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Say { field, mut input }) = self.overlays.pop() else { return Vec::new() };
        match key.code {
            Code::Esc => Vec::new(),
            Code::Char('c') if key.ctrl => Vec::new(),
            Code::Enter => self.said(field, input.text().trim()),
            _ => {
                type_into(&mut input, key);
                self.overlays.push(Overlay::Say { field, input });
                Vec::new()
            }
        }
    }

    fn said(&mut self, field: Field, text: &str) -> Vec<Cmd> {
        match field {
            Field::Verdict => self.said_verdict(text),
            Field::Speaker if text.starts_with('=') => self.say_same(text.trim_start_matches('=').trim()),
            Field::Speaker => {
                let name = self.meant(text);
                let words = self.selected_words();
                let mut commands = self.say(Field::Speaker, &name);
                if !commands.is_empty() {
                    self.tell(match name.as_str() {
                        "" => "the speaker is the one that was found (u takes it back)".to_owned(),
                        name => format!("said by {name} (u takes it back)"),
                    });
                }
                if !commands.is_empty() && !name.is_empty() {
                    commands.extend(self.ask_where_else(Spread::Speaker { words, name }));
                }
                commands
            }
            _ => {
                let commands = self.say(field, text);
                if !commands.is_empty() {
                    let done = if text.is_empty() { "taken off" } else { "kept" };
                    self.tell(format!("{} {done} (u takes it back)", field.name()));
                }
                commands
            }
        }
    }

    /// `= Mara Quill`: whoever says the selected quote is the same as somebody else, throughout the text.
    fn say_same(&mut self, typed: &str) -> Vec<Cmd> {
        let Some(FindingId::Quote(id)) = self.selected() else { return Vec::new() };
        let speaker = self.found().and_then(|f| f.analysis.quotes.get(id.index())).and_then(|q| q.speaker.as_ref());
        let Some(one) = speaker.map(|s| s.name.clone()) else {
            self.tell("nobody says this quote yet: s and a name");
            return Vec::new();
        };
        let name = self.meant(typed);
        if name.is_empty() || name == one {
            return Vec::new();
        }
        let order = self.next_order();
        let reading = &mut self.article_mut().reading;
        let (remark, turn) = reading.remarks.say_at(Anchor::person(&one), Field::Same, &name, order);
        let mut commands = vec![Cmd::Remember(reading.id, remark, turn)];
        commands.extend(self.correct());
        self.tell(format!("{one} and {name} are one (u takes it back)"));
        commands.extend(self.ask_where_else(Spread::Same { one, name }));
        commands
    }

    /// The words of the selected quote, its pieces one after the other.
    fn selected_words(&self) -> String {
        let Some((FindingId::Quote(id), found)) = self.selected().zip(self.found()) else { return String::new() };
        let pieces = found.analysis.quotes.get(id.index()).map_or(&[][..], |q| q.content.as_slice());
        pieces.iter().map(|&p| self.article().reading.slice(p)).collect::<Vec<_>>().join(" ")
    }

    /// What a typed line says, as the value of a remark; none when it says nothing.
    pub(super) fn value_typed(&mut self, field: Field, text: &str) -> Option<String> {
        let value = match field {
            Field::Speaker => self.meant(text),
            Field::Note => text.to_owned(),
            _ => self.verdict(text.split(' ').next().unwrap_or_default())?.to_owned(),
        };
        (!value.is_empty()).then_some(value)
    }

    /// The verdict of some first letters; the reader is told when it is none.
    fn verdict(&mut self, word: &str) -> Option<&'static str> {
        let verdict = VERDICTS.into_iter().find(|v| !word.is_empty() && v.starts_with(&word.to_lowercase()));
        if verdict.is_none() {
            self.tell(format!("“{word}” is no verdict: {}", VERDICTS.join(", ")));
        }
        verdict
    }

    /// `disputed Reel Notes, 28 Feb`: the verdict by its first letters, then where it is from.
    fn said_verdict(&mut self, text: &str) -> Vec<Cmd> {
        let (word, source) = text.split_once(' ').unwrap_or((text, ""));
        if word.is_empty() {
            let mut commands = self.say(Field::Verdict, "");
            commands.extend(self.say(Field::Source, ""));
            if !commands.is_empty() {
                self.tell("verdict taken off (u takes it back)");
            }
            return commands;
        }
        let Some(verdict) = self.verdict(word) else { return Vec::new() };
        let mut commands = self.say(Field::Verdict, verdict);
        commands.extend(self.say(Field::Source, source.trim()));
        self.tell(format!("{verdict} (u takes it back)"));
        commands
    }

    /// The person whose name holds what was typed, if it is one only; else the words themselves.
    fn meant(&self, text: &str) -> String {
        let typed = fold_plain(text);
        let holds =
            |name: &str| fold_plain(name).split(' ').any(|part| part.starts_with(&typed)) || fold_plain(name) == typed;
        let Some(found) = self.found().filter(|_| !typed.is_empty()) else { return text.to_owned() };
        let named = |p: &&crate::analysis::Person| holds(&p.name) || p.aliases.iter().any(|a| holds(a));
        let mut fits = found.analysis.people.iter().filter(named);
        match (fits.next(), fits.next()) {
            (Some(person), None) => person.name.clone(),
            (Some(first), Some(_)) => {
                let exact = found.analysis.people.iter().find(|p| fold_plain(&p.name).starts_with(&typed));
                exact.unwrap_or(first).name.clone()
            }
            _ => text.to_owned(),
        }
    }

    /// Says something of the selected finding.
    pub(super) fn say(&mut self, field: Field, value: &str) -> Vec<Cmd> {
        let Some(finding) = self.selected() else { return Vec::new() };
        let order = self.next_order();
        let reading = &mut self.article_mut().reading;
        let Some(anchor) = reading.found.as_ref().and_then(|f| anchor(&reading.document, &f.analysis, finding)) else {
            return Vec::new();
        };
        if reading.remarks.value(finding, field).unwrap_or_default() == value {
            return Vec::new();
        }
        let (remark, turn) = reading.remarks.say(finding, anchor, field, value, order);
        let mut commands = vec![Cmd::Remember(reading.id, remark, turn)];
        if matches!(field, Field::Speaker | Field::Status | Field::Ends | Field::Verdict) {
            commands.extend(self.correct());
        }
        commands
    }

    /// Asks for the lists to be made anew with the reader's corrections.
    pub(super) fn correct(&self) -> Option<Cmd> {
        let reading = &self.article().reading;
        let original = reading.original.as_ref()?;
        Some(Cmd::Correct(
            reading.id,
            Arc::clone(&reading.document),
            reading.remarks.corrected(&reading.document, original),
        ))
    }

    /// Accepts or rejects the selected finding and moves on.
    pub(super) fn judge(&mut self, action: Action) -> Vec<Cmd> {
        if action == Action::Accept && self.is_suggested() {
            return self.accept_thread();
        }
        let value = if action == Action::Accept { "accepted" } else { "rejected" };
        let pane = self.arrangement.list;
        let commands = self.say(Field::Judged, value);
        if action == Action::Reject {
            self.refill(pane);
            self.text_follows_list();
        } else {
            self.step_item(1);
        }
        self.tell(format!("{value} (u takes it back)"));
        commands
    }

    /// Whether a thread is selected that the program only proposes.
    fn is_suggested(&self) -> bool {
        let Some(FindingId::Thread(id)) = self.selected() else { return false };
        self.found().and_then(|f| f.analysis.threads.get(id.index())).is_some_and(|t| t.suggested)
    }

    /// Follows a proposed thread from now on.
    fn accept_thread(&mut self) -> Vec<Cmd> {
        let Some(FindingId::Thread(id)) = self.selected() else { return Vec::new() };
        let thread = self.found().and_then(|f| f.analysis.threads.get(id.index()));
        let names = thread.map(|t| std::iter::once(&t.name).chain(&t.aliases).cloned().collect::<Vec<_>>().join(", "));
        self.set_thread(None, &names.unwrap_or_default(), false)
    }

    /// The next status of the selected thread.
    pub(super) fn turn_status(&mut self) -> Vec<Cmd> {
        let Some(FindingId::Thread(id)) = self.selected() else {
            self.tell("open and close are for a thread: 4 goes to the threads");
            return Vec::new();
        };
        let status = self.found().and_then(|f| f.analysis.threads.get(id.index())).map(|t| t.status);
        let place = Status::ALL.iter().position(|s| Some(*s) == status).unwrap_or(Status::ALL.len() - 1);
        let name = Status::ALL[(place + 1) % Status::ALL.len()].word();
        self.tell(format!("set to {name} (u takes it back)"));
        self.say(Field::Status, name)
    }

    /// Selects a finding in its list, if it is there: the one that came back.
    fn choose_again(&mut self, finding: FindingId) {
        let (pane, index) = match finding {
            FindingId::Quote(id) => (PaneId::Quotes, id.index()),
            FindingId::Claim(id) => (PaneId::Claims, id.index()),
            FindingId::Thread(id) => (PaneId::Threads, id.index()),
            FindingId::Person(_) => return,
        };
        if self.list(pane).shown.contains(&index) {
            self.list_mut(pane).select(index);
        }
        if pane == self.arrangement.list {
            self.text_follows_list();
        }
    }

    /// Takes the last change back, or does it again.
    pub(super) fn turn_back(&mut self, again: bool) -> Vec<Cmd> {
        let (story, article) = (self.story(), self.article());
        let orders = (self.following.next_turn(&story, again), article.reading.remarks.next_turn(again));
        // Of what was said and what was changed of threads the later goes first, and the earlier comes again first.
        if let (Some(threads), said) = orders
            && said.is_none_or(|said| (threads > said) != again)
        {
            return self.turn_threads_back(&story, again);
        }
        let article = self.article_mut();
        let reading = &mut article.reading;
        let remarks = reading.remarks.turn_back(again);
        let Some(remark) = remarks.first().cloned() else {
            self.tell(if again { "nothing to do again" } else { "nothing to take back" });
            return Vec::new();
        };
        if let Some(found) = &reading.found {
            reading.remarks.settle(&reading.document, &found.analysis);
        }
        let spread = match remark.field {
            Field::Same => Some(Spread::Same { one: remark.anchor.exact.clone(), name: remark.value.clone() }),
            Field::Speaker => Some(Spread::Speaker { words: remark.anchor.exact.clone(), name: remark.value.clone() }),
            _ => None,
        };
        let judged = reading.found.as_ref().filter(|_| remark.field == Field::Judged);
        let judged = judged.and_then(|f| reading.remarks.finding(&reading.document, &f.analysis, &remark.anchor));
        let names: Vec<_> = remarks.iter().map(|r| r.field.word()).collect();
        let what = format!("{} {}", if again { "done again:" } else { "taken back:" }, names.join(", "));
        let turn = || if again { Turn::Redo } else { Turn::Undo };
        let id = reading.id;
        let mut commands: Vec<_> = remarks.into_iter().map(|remark| Cmd::Remember(id, remark, turn())).collect();
        for pane in PaneId::LISTS {
            self.refill(pane);
        }
        if let Some(finding) = judged {
            self.choose_again(finding);
        }
        commands.extend(self.correct());
        // What was taken back is not offered any more; what is done again is.
        if let Some(spread) = spread {
            self.offers.clear();
            commands.extend(again.then(|| self.ask_where_else(spread)).flatten());
        }
        self.tell(what);
        commands
    }
}
