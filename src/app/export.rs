//! The key that exports what the list shows: the name of a file is offered and can be changed; its ending chooses the form.

use std::sync::Arc;

use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use super::panes::PaneId;
use super::story_text;
use crate::analysis::FindingId;
use crate::export::{Bundle, EXPORTERS, Exported, Item, Reader, Source, exporter_for};
use crate::remarks::Remarks;
use crate::store::Field;
use crate::widgets::Input;

/// What the reader said of a finding, for an export.
pub fn said(remarks: &Remarks, finding: FindingId) -> Reader {
    let value = |field| remarks.value(finding, field).map(str::to_owned);
    Reader {
        verdict: value(Field::Verdict),
        source: value(Field::Source),
        note: value(Field::Note),
        judged: value(Field::Judged),
        speaker: value(Field::Speaker),
        status: value(Field::Status),
    }
}

impl Model {
    /// Opens the line with the name of the file.
    pub(super) fn ask_for_export(&mut self) {
        if self.list(self.arrangement.list).shown.is_empty() {
            self.tell("the list shows nothing to export");
            return;
        }
        let name = self.offered();
        self.overlays.push(Overlay::Export(Input::with(&name)));
    }

    /// A key in that line.
    pub(super) fn export_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Export(mut input)) = self.overlays.pop() else { return Vec::new() };
        match key.code {
            Code::Esc => return Vec::new(),
            Code::Char('c') if key.ctrl => return Vec::new(),
            Code::Enter => {
                let name = input.text().trim().to_owned();
                if let Some(Overlay::Story(chronicle)) = self.overlays.last() {
                    let text = story_text::markdown(&chronicle.story);
                    if exporter_for(&name).is_some_and(|form| form.name == "markdown") {
                        self.tell(format!("exporting to {name}"));
                        return vec![Cmd::Write(name, text)];
                    }
                    self.tell("the story is written as Markdown: the name must end in .md");
                    self.overlays.push(Overlay::Export(input));
                    return Vec::new();
                }
                if let Some(form) = exporter_for(&name) {
                    self.tell(format!("exporting to {name}"));
                    return self.exported().map(|exported| Cmd::Export(name, form, exported)).into_iter().collect();
                }
                let endings = EXPORTERS.iter().filter_map(|e| e.endings.first()).copied().collect::<Vec<_>>().join(" ");
                self.tell(format!("the name must end in one of {endings}"));
            }
            _ => {
                type_into(&mut input, key);
            }
        }
        self.overlays.push(Overlay::Export(input));
        Vec::new()
    }

    /// `story-quotes.md`: the file's name, then what the list holds.
    fn offered(&self) -> String {
        let id = self.article().reading.document.id();
        let file = id.rsplit(['/', '\\']).next().unwrap_or(id);
        let stem = file.split('.').next().filter(|s| !s.is_empty() && *s != "-").unwrap_or("text");
        let plain = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
        let stem: String = stem.chars().map(plain).collect();
        let pane = match self.arrangement.list {
            PaneId::Article | PaneId::Quotes => PaneId::Quotes,
            list => list,
        };
        format!("{stem}-{}.md", pane.name().to_lowercase())
    }

    /// What the list shows, in its order.
    fn exported(&self) -> Option<Exported> {
        let pane = self.arrangement.list;
        let reading = &self.article().reading;
        let found = reading.found.as_ref()?;
        let findings = self.list(pane).shown.iter().filter_map(|&place| pane.finding(place));
        let items = findings.map(|finding| Item { finding, reader: said(&reading.remarks, finding) }).collect();
        let bundle = Bundle {
            document: Arc::clone(&reading.document),
            analysis: Arc::clone(&found.analysis),
            source: Source { language: found.analysis.language.as_str(), ..Source::of(&reading.document) },
            items,
        };
        Some(Exported { documents: vec![bundle] })
    }
}
