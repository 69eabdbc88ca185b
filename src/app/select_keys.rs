//! `e` moves the ends of a quote; `v` marks words of the article and makes something of them. Both show what they hold in the
//! text while the keys move an end; Enter keeps it, Esc leaves it.

use super::action::Action;
use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::Overlay;
use super::panes::PaneId;
use super::selection::{By, End, Selection, sentence_at};
use crate::analysis::FindingId;
use crate::store::{Anchor, Field, Subject, Turn};
use crate::text::{Pos, Shown, Span};
use crate::widgets::Input;

/// What the selection is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// The ends of the selected quote.
    Ends,
    /// Something new.
    New,
}

/// Words of a thread's name, at most.
const MOST_WORDS: usize = 5;

impl Model {
    /// Starts to move the ends of the selected quote.
    pub(super) fn move_ends(&mut self) {
        let Some(FindingId::Quote(id)) = self.selected() else {
            self.tell("start and end are of a quote: 2 goes to the quotes");
            return;
        };
        let Some(found) = self.found() else { return };
        let quotes = &found.analysis.quotes;
        let Some(span) = quotes.get(id.index()).map(crate::analysis::Quote::span) else { return };
        let start = |n: usize| quotes.get(n).map(|q| q.span().start().byte());
        let after = id.index().checked_sub(1).and_then(start).map_or(0, |before| before + 1);
        // It may run into the next quote, but not begin after it.
        let within = Span::new(Pos::at(after.min(span.start().byte())), self.text_end());
        self.select_in_text(Selection { span, end: End::Last, within }, Purpose::Ends);
    }

    /// Starts to mark words: the sentence of what is selected, or the first on the screen.
    pub(super) fn mark_words(&mut self) {
        let Some(found) = self.found() else { return };
        let document = &self.article().reading.document;
        let text = &self.article().text;
        // What is selected, where it is on the screen; else the first sentence there.
        let selected = self.selected().filter(|f| !matches!(f, FindingId::Thread(_)));
        let selected = selected.and_then(|f| found.span(f)).filter(|span| text.shows(document, *span));
        let Some(span) = sentence_at(document, &found.analysis, selected.unwrap_or(Span::empty(text.anchor()))) else {
            self.tell("there is no sentence here");
            return;
        };
        let within = Span::new(Pos::at(0), self.text_end());
        self.select_in_text(Selection { span, end: End::Last, within }, Purpose::New);
    }

    fn text_end(&self) -> Pos {
        Pos::at(self.article().reading.document.text().len())
    }

    fn select_in_text(&mut self, selection: Selection, purpose: Purpose) {
        let back = std::mem::replace(&mut self.arrangement.focus, PaneId::Article);
        self.show(selection.span);
        self.overlays.push(Overlay::Select { selection, purpose, back });
    }

    /// The words that are marked, to be drawn: of a quote in several pieces not what stands between them.
    pub(super) fn marked(&self) -> Vec<Span> {
        match (self.overlays.last(), self.selected(), self.found()) {
            (
                Some(Overlay::Select { selection, purpose: Purpose::Ends, .. }),
                Some(FindingId::Quote(id)),
                Some(found),
            ) => {
                let Some(mut quote) = found.analysis.quotes.get(id.index()).cloned() else { return Vec::new() };
                quote.set_ends(selection.span);
                quote.content
            }
            (Some(Overlay::Select { selection, .. } | Overlay::SayOf { selection, .. }), ..) => vec![selection.span],
            _ => Vec::new(),
        }
    }

    /// What a thread about some words may be called: a matter that the text leaves open, somebody it names, the words
    /// themselves where they are few.
    fn thread_name(&self, span: Span) -> String {
        let words = self.words_of(span);
        if words.split(' ').count() <= MOST_WORDS {
            return words;
        }
        let Some(found) = self.found() else { return String::new() };
        let suggested = found.analysis.threads.iter().filter(|t| t.suggested);
        let suggested = suggested.filter(|t| t.mentions.iter().any(|m| span.covers(*m))).map(|t| t.name.as_str());
        let named = |p: &&crate::analysis::Person| {
            std::iter::once(&p.name)
                .chain(&p.aliases)
                .any(|n| n.chars().any(char::is_uppercase) && words.contains(n.as_str()))
        };
        let people = found.analysis.people.iter().filter(named).map(|p| p.name.as_str());
        suggested.chain(people).next().unwrap_or_default().to_owned()
    }

    /// A key while an end is moved.
    pub(super) fn select_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Select { mut selection, purpose, back }) = self.overlays.pop() else { return Vec::new() };
        let step = match key.code {
            _ if key.ctrl => None,
            Code::Char('l') | Code::Right => Some((By::Word, true)),
            Code::Char('h') | Code::Left => Some((By::Word, false)),
            Code::Char('L' | 'j') | Code::Down => Some((By::Sentence, true)),
            Code::Char('H' | 'k') | Code::Up => Some((By::Sentence, false)),
            _ => None,
        };
        if let (Some((by, on)), Some(found)) = (step, self.found()) {
            selection.step(&self.article().reading.document, &found.analysis, by, on);
            self.show(selection.place());
        }
        match (key.code, purpose) {
            (Code::Char('c'), _) if key.ctrl => {
                self.arrangement.focus = back;
                return Vec::new();
            }
            (Code::Esc, _) => {
                self.arrangement.focus = back;
                return Vec::new();
            }
            (Code::Tab | Code::Char('o'), _) => selection.turn(),
            (Code::Enter, Purpose::Ends) => {
                self.arrangement.focus = back;
                return self.keep_ends(selection.span);
            }
            (Code::Char('y'), Purpose::New) => return self.copy_words(selection.span),
            (Code::Char('t'), Purpose::New) => {
                let name = self.thread_name(selection.span);
                self.overlays.push(Overlay::Thread { was: None, everywhere: false, input: Input::with(&name) });
                return Vec::new();
            }
            (Code::Char('s'), Purpose::New) => return self.ask_of(selection, Field::Speaker),
            (Code::Char('c'), Purpose::New) => return self.ask_of(selection, Field::Verdict),
            (Code::Char('i'), Purpose::New) => return self.ask_of(selection, Field::Note),
            _ => {}
        }
        self.overlays.push(Overlay::Select { selection, purpose, back });
        Vec::new()
    }

    fn words_of(&self, span: Span) -> String {
        self.article().reading.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn copy_words(&mut self, span: Span) -> Vec<Cmd> {
        let clean = Shown::text(&self.words_of(span)).to_string();
        self.tell(format!("{} characters sent to the terminal's clipboard", clean.chars().count()));
        vec![Cmd::Copy(clean)]
    }

    fn keep_ends(&mut self, span: Span) -> Vec<Cmd> {
        let unmoved = self.selected().and_then(|f| self.found()?.span(f)) == Some(span);
        if unmoved {
            return Vec::new();
        }
        let anchor = Anchor::of(Subject::Passage, self.article().reading.document.text(), span);
        let commands = self.say(Field::Ends, &anchor.written());
        self.tell("the quote has other ends now (u takes it back)");
        commands
    }

    fn ask_of(&mut self, selection: Selection, field: Field) -> Vec<Cmd> {
        self.overlays.push(Overlay::SayOf { field, selection, input: Input::default() });
        Vec::new()
    }

    /// A key in the line in which the speaker of marked words, or a verdict on them, is typed.
    pub(super) fn say_of_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::SayOf { field, selection, mut input }) = self.overlays.pop() else { return Vec::new() };
        match key.code {
            Code::Esc => return Vec::new(),
            Code::Char('c') if key.ctrl => return Vec::new(),
            Code::Enter => match self.value_typed(field, input.text().trim()) {
                Some(value) => return self.make(selection.span, field, &value),
                None => return Vec::new(),
            },
            _ => drop(super::overlay::type_into(&mut input, key)),
        }
        self.overlays.push(Overlay::SayOf { field, selection, input });
        Vec::new()
    }

    /// Makes a quote or a claim of marked words.
    fn make(&mut self, span: Span, field: Field, value: &str) -> Vec<Cmd> {
        let order = self.next_order();
        let reading = &mut self.article_mut().reading;
        let anchor = Anchor::of(Subject::Passage, reading.document.text(), span);
        let (remark, turn) = reading.remarks.say_at(anchor, field, value, order);
        debug_assert!(matches!(turn, Turn::New(_)), "what is made can be taken back");
        let mut commands = vec![Cmd::Remember(reading.id, remark, turn)];
        if field == Field::Note {
            if let Some(found) = &reading.found {
                reading.remarks.settle(&reading.document, &found.analysis);
            }
            let all = self.keymap.key_of(Action::Notes);
            self.refill_all();
            self.tell(format!("a note on these words ({all} lists all, u takes it back)"));
            return commands;
        }
        commands.extend(self.correct());
        let what = if field == Field::Speaker { "quote" } else { "claim" };
        self.tell(format!("a new {what} (u takes it back)"));
        commands
    }
}
