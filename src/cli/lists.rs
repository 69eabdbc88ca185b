//! `sayso quotes`, `claims` and `threads`: plain lines for grep, the columns parted by tabs, the place first; or a JSON object a
//! line. What is listed can be asked for in the words of the search.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use super::args::Files;
use super::asked;
use super::input;
use super::report::{Failure, Reporter};
use crate::analysis::{Analysis, ClaimId, ClaimKind, FindingId, QuoteId, ThreadId, analyse};
use crate::app::words;
use crate::document::Document;
use crate::export::{Bundle, Exported, Item, Reader, Source, exporter};
use crate::index::{Index, Scope};
use crate::lexicon::LanguageCode;
use crate::text::{Shown, Span};

/// Prints the quotes: place, speaker (`?` likely, `??` guessed), kind, words.
///
/// # Errors
/// When the output cannot be written or the threads cannot be read.
pub fn quotes(files: &Files, reporter: &mut Reporter) -> Result<(), Failure> {
    each(files, Scope::Quotes, reporter, |document, analysis, shown, lines| {
        for quote in shown.iter().filter_map(|&i| analysis.quotes.get(i)) {
            let pieces: Vec<_> = quote.content.iter().map(|&piece| document.slice(piece)).collect();
            let speaker = quote
                .speaker
                .as_ref()
                .map_or_else(|| "-".to_owned(), |s| format!("{} {}", s.name, words::doubt(quote)));
            lines.push(quote.span(), &[speaker.trim_end(), words::quote_kind(quote.kind), &pieces.join(" … ")]);
        }
    })
}

/// Prints the claims: place, certainty, holder, clause.
///
/// # Errors
/// As [`quotes`].
pub fn claims(files: &Files, reporter: &mut Reporter) -> Result<(), Failure> {
    each(files, Scope::Claims, reporter, |document, analysis, shown, lines| {
        for claim in shown.iter().filter_map(|&i| analysis.claims.get(i)) {
            let (word, holder) = (words::certainty(claim), words::holder(claim, &analysis.people));
            lines.push(claim.content, &[&word, holder, claim_kind(claim.kind), document.slice(claim.content)]);
        }
    })
}

/// Prints the threads: place of the first mention, name (after a `+` when it is only proposed), status, number of mentions, the sentence that says so.
///
/// # Errors
/// As [`quotes`].
pub fn threads(files: &Files, reporter: &mut Reporter) -> Result<(), Failure> {
    each(files, Scope::Threads, reporter, |document, analysis, shown, lines| {
        for thread in shown.iter().filter_map(|&i| analysis.threads.get(i)) {
            let place = thread.mentions.first().copied().unwrap_or_default();
            let evidence = thread.evidence.map_or("-", |e| document.slice(e));
            let name = if thread.suggested { format!("+ {}", thread.name) } else { thread.name.clone() };
            lines.push(place, &[&name, thread.status.word(), &thread.mentions.len().to_string(), evidence]);
        }
    })
}

fn each(
    files: &Files,
    scope: Scope,
    reporter: &mut Reporter,
    list: impl Fn(&Document, &Analysis, &[usize], &mut Lines),
) -> Result<(), Failure> {
    let query = asked::query(&files.search)?;
    let threads = input::threads(files.threads.as_deref())?;
    let lexicon = files.lang.lexicon();
    let mut out = BufWriter::new(io::stdout().lock());
    for path in input::expand(&files.files, reporter) {
        match input::document(&path) {
            Ok(document) if asked::is_of_time(&query, &document) => {
                let analysis = analyse(&document, &lexicon, &threads);
                if matches!(scope, Scope::Claims) && analysis.language != LanguageCode::default() {
                    let name = lexicon.languages().name(analysis.language);
                    Reporter::note(&format!(
                        "{} is read as {name}: claims are found in English texts only",
                        path.display()
                    ));
                }
                let shown = Index::new(&document, &analysis).filter(&query, scope);
                if files.json {
                    json(&path, document, analysis, scope, &shown, &mut out)?;
                } else {
                    let mut lines = Lines::of(&document);
                    list(&document, &analysis, &shown, &mut lines);
                    out.write_all(lines.text.as_bytes())?;
                }
            }
            Ok(_) => {}
            Err(message) => reporter.tell(&message),
        }
    }
    Ok(out.flush()?)
}

/// The findings that are shown, as the lines of an export.
fn json(
    path: &Path,
    document: Document,
    analysis: Analysis,
    scope: Scope,
    shown: &[usize],
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let finding = |&place: &usize| match scope {
        Scope::Claims => FindingId::Claim(ClaimId::at(place)),
        Scope::Threads => FindingId::Thread(ThreadId::at(place)),
        _ => FindingId::Quote(QuoteId::at(place)),
    };
    let items = shown.iter().map(|place| Item { finding: finding(place), reader: Reader::default() }).collect();
    let path = (!input::is_standard_input(path)).then(|| path.to_string_lossy().into_owned());
    let language = analysis.language.as_str();
    let source = Source { path, language, ..Source::of(&document) };
    let bundle = Bundle { document: Arc::new(document), analysis: Arc::new(analysis), source, items };
    match exporter("jsonl") {
        Some(form) => Ok((form.write)(&Exported { documents: vec![bundle] }, out)?),
        None => Ok(()),
    }
}

/// The lines of one document, each with its place.
struct Lines<'d> {
    document: &'d Document,
    text: String,
    /// Line ends before `at`.
    line: usize,
    at: usize,
}

impl<'d> Lines<'d> {
    fn of(document: &'d Document) -> Self {
        Self { document, text: String::new(), line: 1, at: 0 }
    }

    fn push(&mut self, place: Span, columns: &[&str]) {
        let line = self.line_of(place.start().byte());
        self.text.push_str(Shown::line(self.document.id()).as_str());
        self.text.push_str(&[":", &line.to_string()].concat());
        for column in columns {
            self.text.push('\t');
            self.text.push_str(Shown::line(column).as_str());
        }
        self.text.push('\n');
    }

    /// Lists come in order, so that counting goes on where it was; it starts anew when one does not.
    fn line_of(&mut self, byte: usize) -> usize {
        if byte < self.at {
            (self.line, self.at) = (1, 0);
        }
        let between = self.document.slice(Span::of(self.at, byte));
        self.line += between.matches('\n').count();
        self.at = byte;
        self.line
    }
}

fn claim_kind(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Fact => "fact",
        ClaimKind::Opinion => "opinion",
        ClaimKind::Prediction => "prediction",
        ClaimKind::Wish => "wish",
        ClaimKind::Hypothetical => "hypothetical",
        ClaimKind::Rule => "rule",
    }
}
