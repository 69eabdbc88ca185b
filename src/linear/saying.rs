//! What the reader says of what was said last, in the words of the screen's commands: verdicts, speakers, accepting, rejecting,
//! notes; taken back and done again.

use std::sync::Arc;

use super::{Article, Errand, State};
use crate::analysis::FindingId;
use crate::app::{VERDICTS, anchor, markdown, said};
use crate::export::{Bundle, Exported, Item, Source, exporter_for};
use crate::index::Index;
use crate::remarks::Remarks;
use crate::store::{Anchor, Field, Turn};
use crate::story::follow;

const SAY_NEXT: &str = "Nothing was said yet that this could be about: say next first.";

/// Larger than the number of any change that the library knows.
const SINCE_START: i64 = 1 << 48;

impl State {
    /// `verdict disputed Reel Notes`: a verdict on a claim and where it is from; alone, what the verdict is.
    pub(super) fn verdict(&mut self, text: &str) -> String {
        let Some(finding @ FindingId::Claim(_)) = self.finding() else {
            return "A verdict is for a claim: say claims, then next.".to_owned();
        };
        if text.is_empty() {
            let value = |field| self.value(finding, field);
            let source = value(Field::Source).map(|s| format!(", {s}")).unwrap_or_default();
            return value(Field::Verdict)
                .map_or("You gave no verdict on it.".to_owned(), |v| format!("verdict: {v}{source}"));
        }
        let (word, source) = text.split_once(' ').unwrap_or((text, ""));
        let Some(verdict) = VERDICTS.into_iter().find(|v| v.starts_with(&word.to_lowercase())) else {
            return format!("{word} is no verdict: {}.", VERDICTS.join(", "));
        };
        self.say(finding, Field::Verdict, verdict);
        self.say(finding, Field::Source, source.trim());
        format!("The verdict is {verdict}; undo takes it back.")
    }

    /// `set-speaker NAME`, or `set-speaker = NAME`: the two are one person.
    pub(super) fn set_speaker(&mut self, text: &str) -> String {
        let Some(finding @ FindingId::Quote(id)) = self.finding() else {
            return "A speaker is for a quote: say quotes, then next.".to_owned();
        };
        let name = text.trim_start_matches('=').trim().to_owned();
        if name.is_empty() {
            return "Say who: set-speaker NAME, or set-speaker = NAME when two names are one person.".to_owned();
        }
        if !text.starts_with('=') {
            self.say(finding, Field::Speaker, &name);
            return format!("Said by {name}; undo takes it back.");
        }
        let speaker = self.article().and_then(|a| a.found.as_ref()?.0.quotes.get(id.index())?.speaker.clone());
        let Some(one) = speaker.map(|s| s.name) else {
            return "Nobody says this quote yet: set-speaker NAME.".to_owned();
        };
        if let Some(article) = self.articles.get_mut(self.current) {
            let (remark, turn) = article.remarks.say_at(Anchor::person(&one), Field::Same, &name, 0);
            self.errands.push(Errand::Remember(remark, turn));
        }
        self.correct();
        format!("{one} and {name} are one; undo takes it back.")
    }

    /// Accepts or rejects what was said last.
    pub(super) fn judge(&mut self, value: &str) -> String {
        let Some(finding) = self.finding() else { return SAY_NEXT.to_owned() };
        self.say(finding, Field::Judged, value);
        format!("It is {value}; undo takes it back.")
    }

    /// Keeps a note on what was said last.
    pub(super) fn note(&mut self, text: &str) -> String {
        let Some(finding) = self.finding() else {
            return "Nothing was said yet to keep a note on: say next first.".to_owned();
        };
        if text.is_empty() {
            let note = self.value(finding, Field::Note);
            return note.map_or("There is no note on it.".to_owned(), |note| format!("note: {note}"));
        }
        self.say(finding, Field::Note, text);
        "The note is kept; undo takes it back.".to_owned()
    }

    /// All notes on the text.
    pub(super) fn notes(&self) -> String {
        let Some(Article { document, found: Some((analysis, _)), remarks, .. }) = self.article() else {
            return String::new();
        };
        let notes = remarks.notes(document, analysis);
        let line = |n: &crate::remarks::Noted| {
            let words = n.anchor.exact.split_whitespace().collect::<Vec<_>>().join(" ");
            let lost = if n.span.is_none() { ", lost" } else { "" };
            format!("note: {} (on{lost}: {words})", n.note)
        };
        if notes.is_empty() {
            return "There are no notes on this text.".to_owned();
        }
        notes.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Takes the last change back, or does it again.
    pub(super) fn turn_back(&mut self, again: bool) -> String {
        let remarks = self.articles.get_mut(self.current).map(|a| a.remarks.turn_back(again)).unwrap_or_default();
        if remarks.is_empty() {
            return if again { "Nothing to do again." } else { "Nothing to take back." }.to_owned();
        }
        let names: Vec<_> = remarks.iter().map(|r| r.field.word()).collect();
        let turn = || if again { Turn::Redo } else { Turn::Undo };
        self.errands.extend(remarks.into_iter().map(|remark| Errand::Remember(remark, turn())));
        self.correct();
        format!("{}: {}.", if again { "Done again" } else { "Taken back" }, names.join(", "))
    }

    /// `export FILE`: what the list holds, in the form that the ending of the name tells.
    pub(super) fn export(&mut self, name: &str) -> String {
        let Some(form) = exporter_for(name) else {
            return "Say to which file: export quotes.md, quotes.csv, quotes.jsonl …".to_owned();
        };
        let Some(Article { document, found: Some((analysis, _)), remarks, .. }) = self.article() else {
            return String::new();
        };
        let findings = self.entries.iter().filter_map(|e| e.finding);
        let items: Vec<Item> = findings.map(|f| Item { finding: f, reader: said(remarks, f) }).collect();
        if items.is_empty() {
            return "The list holds nothing to export.".to_owned();
        }
        let (document, analysis) = (Arc::clone(document), Arc::clone(analysis));
        let source = Source::of(&document);
        let exported = Exported { documents: vec![Bundle { document, analysis, source, items }] };
        self.errands.push(Errand::Export(name.to_owned(), form, exported));
        String::new()
    }

    /// The story of all articles that are open, as they are corrected.
    pub(super) fn story(&mut self) -> String {
        if self.articles.len() < 2 {
            return "A story is told by several files: sayso --linear FOLDER.".to_owned();
        }
        let names: Vec<String> = self.threads.iter().map(|t| t.name.clone()).collect();
        for number in 0..self.articles.len() {
            self.find_in(number);
        }
        let entry = |article: &mut Article| {
            let original = article.original.as_ref()?;
            Some(article.remarks.entry(&article.document, original, None))
        };
        let entries = self.articles.iter_mut().filter_map(entry).collect();
        markdown(&follow(entries, &names))
    }

    fn finding(&self) -> Option<FindingId> {
        self.said()?.finding
    }

    fn value(&self, finding: FindingId, field: Field) -> Option<String> {
        self.article()?.remarks.value(finding, field).map(str::to_owned)
    }

    fn say(&mut self, finding: FindingId, field: Field, value: &str) {
        self.changes += 1;
        let order = SINCE_START + self.changes;
        let Some(Article { document, found: Some((analysis, _)), remarks, .. }) = self.articles.get_mut(self.current)
        else {
            return;
        };
        if remarks.value(finding, field).unwrap_or_default() == value {
            return;
        }
        if let Some(anchor) = anchor(document, analysis, finding) {
            let (remark, turn) = remarks.say(finding, anchor, field, value, order);
            let corrects = remark.corrects();
            self.errands.push(Errand::Remember(remark, turn));
            if corrects {
                self.correct();
            }
        }
    }

    /// Makes the findings and the list anew from what was said; the reader stays at the same place of the list.
    pub(super) fn correct(&mut self) {
        let Some(article) = self.articles.get_mut(self.current) else { return };
        article.correct();
        let (at, unsaid, filter) = (self.at, self.unsaid, std::mem::take(&mut self.filter));
        self.fill(self.kind, &filter);
        // What was rejected leaves the list: the next one is the one that comes up to its place.
        self.at = at
            .map(|at| at.min(self.entries.len()))
            .and_then(|at| if at < self.entries.len() { Some(at) } else { at.checked_sub(1) });
        self.unsaid = unsaid.min(self.entries.len());
    }
}

impl Article {
    /// The findings with the reader's corrections.
    pub(super) fn correct(&mut self) {
        let Some(original) = &self.original else { return };
        let corrected = self.remarks.corrected(&self.document, original);
        self.remarks.settle(&self.document, &corrected);
        if self.found.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, &corrected)) {
            let index = Index::new(&self.document, &corrected);
            self.found = Some((corrected, index));
        }
    }

    /// Takes in what the library knows.
    pub(super) fn recall(&mut self, known: super::Known) {
        self.remarks = Remarks::default();
        self.remarks.recall(known.remarks, known.done, known.undone);
        self.correct();
    }
}
