//! What is put on the clipboard for a finding, and the reason for it in one line.

use super::action::Action;
use super::model::Model;
use super::msg::Cmd;
use super::panes::quotes::said;
use super::reading::Reading;
use super::words;
use crate::analysis::{FindingId, Speaker};
use crate::text::{CodePoints, Shown};

impl Model {
    /// Copies the selected finding in the form that was asked for.
    pub(super) fn copy(&mut self, action: Action, commands: &mut Vec<Cmd>) {
        let Some(text) = self.selected().and_then(|finding| self.copied(finding, action)) else {
            self.tell("nothing is selected");
            return;
        };
        let clean = Shown::text(&text).to_string();
        self.tell(format!("{} characters sent to the terminal's clipboard", clean.chars().count()));
        commands.push(Cmd::Copy(clean));
    }

    fn copied(&self, finding: FindingId, action: Action) -> Option<String> {
        let reading = &self.article().reading;
        let found = reading.found.as_ref()?;
        let span = found.span(finding)?;
        let (words, source) = match finding {
            FindingId::Quote(id) => {
                let quote = found.analysis.quotes.get(id.index())?;
                (said(reading, quote), words::speaker(quote).to_owned())
            }
            FindingId::Claim(id) => {
                let claim = found.analysis.claims.get(id.index())?;
                (one_line(reading.slice(claim.content)), words::holder(claim, &found.analysis.people).to_owned())
            }
            FindingId::Thread(id) => {
                let thread = found.analysis.threads.get(id.index())?;
                let evidence = thread.evidence.map(|e| one_line(reading.slice(e))).unwrap_or_default();
                (evidence, thread.name.clone())
            }
            FindingId::Person(_) => return None,
        };
        let meta = reading.document.meta();
        Some(match action {
            Action::CopyWords => words,
            Action::CopyCitation => citation(&words, &source, reading),
            Action::CopyMarkdown => format!("> {words}\n>\n> — {source}, *{}*", meta.title),
            Action::CopyPlace => {
                let point = CodePoints::of(reading.document.text()).count(span.start());
                format!("{}#{point}", reading.document.id())
            }
            _ => format!("{words} — {source}"),
        })
    }

    /// Says in one line why the selected finding is what it is.
    pub(super) fn why(&mut self) {
        let reason = self.selected().and_then(|finding| self.reason(finding));
        self.tell(reason.unwrap_or_else(|| "nothing is selected".to_owned()));
    }

    fn reason(&self, finding: FindingId) -> Option<String> {
        let analysis = &self.found()?.analysis;
        match finding {
            FindingId::Quote(id) => {
                let quote = analysis.quotes.get(id.index())?;
                Some(match &quote.speaker {
                    Some(speaker) => format!("{}: {}", words::sureness(Speaker::sureness(speaker)), speaker.rule),
                    None => "the text names nobody".to_owned(),
                })
            }
            FindingId::Claim(id) => {
                let claim = analysis.claims.get(id.index())?;
                let why: Vec<&str> = claim.why.iter().map(AsRef::as_ref).collect();
                let why = if why.is_empty() { "plainly asserted".to_owned() } else { why.join("; ") };
                Some(format!("{}: {why}", words::certainty(claim)))
            }
            FindingId::Thread(id) => {
                let thread = analysis.threads.get(id.index())?;
                let evidence = thread.evidence.map(|e| one_line(self.article().reading.slice(e)));
                Some(format!("{}: {}", thread.status.word(), evidence.unwrap_or_else(|| "not in this text".to_owned())))
            }
            FindingId::Person(_) => None,
        }
    }
}

fn citation(words: &str, source: &str, reading: &Reading) -> String {
    let meta = reading.document.meta();
    let parts = [meta.byline.as_deref(), Some(meta.title.as_str()), meta.outlet.as_deref(), meta.published.as_deref()];
    let cited: Vec<&str> = parts.into_iter().flatten().collect();
    format!("{source}: {words} ({})", cited.join(", "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
