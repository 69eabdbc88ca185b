//! `sayso quotes`, `claims` and `threads`: plain lines for grep, the columns parted by tabs, the place first; or a JSON object a
//! line. What is listed can be asked for in the words of the search.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use super::args::Files;
use super::asked;
use super::corrected::{Corrected, belonging, library};
use super::input;
use super::report::{Failure, Reporter};
use crate::analysis::{Analysis, ClaimId, ClaimKind, FindingId, QuoteId, ThreadId, analyse};
use crate::app::{said, words};
use crate::document::Document;
use crate::export::{Bundle, Exported, Item, Source, exporter};
use crate::index::{Index, Scope};
use crate::lexicon::{LanguageCode, threads};
use crate::store::Following;
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
    let library = library(files.library.as_deref(), reporter);
    let following = input::followed(files.threads.as_deref(), library.as_ref())?;
    let lexicon = files.lang.lexicon();
    let mut out = BufWriter::new(io::stdout().lock());
    for path in input::expand(&files.files, reporter) {
        let document = match input::document(&path) {
            Ok(document) if asked::is_of_time(&query, &document) => document,
            Ok(_) => continue,
            Err(message) => {
                reporter.tell(&message);
                continue;
            }
        };
        let place = belonging(&path, &document);
        let found = analyse(&document, &lexicon, &following.of(Some(&place)));
        if matches!(scope, Scope::Claims) && found.language != LanguageCode::default() {
            let name = lexicon.languages().name(found.language);
            Reporter::note(&format!("{} is read as {name}: claims are found in English texts only", path.display()));
        }
        let corrected = Corrected::of(&path, document, found, library.as_ref());
        let corrected = corrected.map_err(|error| Failure::Library(error.to_string()))?;
        let Corrected { document, analysis, remarks } = &corrected;
        let mut shown = Index::new(document, analysis).filter(&query, scope);
        shown.retain(|&place| files.rejected || !remarks.is_rejected(finding(scope, place)));
        if scope == Scope::Threads && !files.json && files.threads.is_none() {
            let aside = aside(&following, &place, analysis);
            shown.retain(|&place| analysis.threads.get(place).is_none_or(|t| !aside.contains(&t.name)));
        }
        if files.json {
            json(&path, corrected, scope, &shown, &mut out)?;
        } else {
            let mut lines = Lines::of(document);
            list(document, analysis, &shown, &mut lines);
            out.write_all(lines.text.as_bytes())?;
        }
    }
    Ok(out.flush()?)
}

/// The threads of the built-in story, in a text that names none of them: nobody asked for them there.
fn aside(following: &Following, path: &str, analysis: &Analysis) -> Vec<String> {
    let mut own = threads::of_story(&following.all());
    own.retain(|name| !following.is_asked_for(name, Some(path)));
    let named = analysis.threads.iter().any(|t| !t.mentions.is_empty() && own.contains(&t.name));
    if named { Vec::new() } else { own }
}

/// The finding at a place of the list that is printed.
fn finding(scope: Scope, place: usize) -> FindingId {
    match scope {
        Scope::Claims => FindingId::Claim(ClaimId::at(place)),
        Scope::Threads => FindingId::Thread(ThreadId::at(place)),
        _ => FindingId::Quote(QuoteId::at(place)),
    }
}

/// The findings that are shown, as the lines of an export.
fn json(path: &Path, corrected: Corrected, scope: Scope, shown: &[usize], out: &mut dyn Write) -> Result<(), Failure> {
    let Corrected { document, analysis, remarks } = corrected;
    let item = |finding| Item { finding, reader: said(&remarks, finding) };
    let items = shown.iter().map(|&place| item(finding(scope, place))).collect();
    let path = (!input::is_standard_input(path)).then(|| path.to_string_lossy().into_owned());
    let language = analysis.language.as_str();
    let source = Source { path, language, ..Source::of(&document) };
    let bundle = Bundle { document: Arc::new(document), analysis, source, items };
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
