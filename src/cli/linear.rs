//! `sayso --linear`: lines in, sentences out; the library beside it.

use std::io::{self, BufRead, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use super::report::Failure;
use crate::analysis::ThreadDefinition;
use crate::document::{Document, is_story};
use crate::lexicon::Lexicon;
use crate::linear::{Errand, Known, State};
use crate::store::{Key, Store, StoreError, default_path};
use crate::terminal;
use crate::text::Shown;

/// Bytes of a line that are looked at.
const LONGEST: u64 = 4096;

/// Reads with the reader until they quit or have nothing more to say.
///
/// # Errors
/// When the output fails.
pub fn run(
    documents: Vec<Document>,
    lexicon: Lexicon,
    threads: Vec<ThreadDefinition>,
    library: Option<PathBuf>,
) -> Result<(), Failure> {
    let mut state = State::new(documents, lexicon, threads);
    let (mut library, trouble) = Library::open(library);
    let mut input = io::stdin().lock();
    let asks = io::stdin().is_terminal() && io::stdout().is_terminal();
    let mut out = BufWriter::new(io::stdout().lock());
    if let Some(trouble) = trouble {
        say(&mut out, &format!("not saved: {trouble}"))?;
    }
    say(&mut out, &state.greeting())?;
    loop {
        for sentence in library.run(&mut state) {
            say(&mut out, &sentence)?;
        }
        if asks {
            out.write_all(b"sayso> ")?;
        }
        out.flush()?;
        let Some(line) = next_line(&mut input) else { return Ok(()) };
        let answer = state.answer(&line);
        if !answer.is_empty() {
            say(&mut out, &answer)?;
        }
        if state.is_over() {
            library.run(&mut state);
            return Ok(out.flush()?);
        }
    }
}

fn say(out: &mut impl Write, sentence: &str) -> io::Result<()> {
    writeln!(out, "{}", Shown::text(sentence))
}

/// The next line, cut when it is too long; none at the end.
fn next_line(input: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes).ok()?;
    if bytes.len() as u64 == LONGEST && !bytes.ends_with(b"\n") {
        input.skip_until(b'\n').ok()?;
    }
    (!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// The library, and the article in it that is read.
struct Library {
    store: Option<Store>,
    key: Option<Key>,
    place: Option<usize>,
}

impl Library {
    fn open(path: Option<PathBuf>) -> (Self, Option<StoreError>) {
        let opened = path.map_or_else(default_path, Ok).and_then(|path| Store::open(&path));
        let (store, trouble) = match opened {
            Ok(store) => (Some(store), None),
            Err(error) => (None, Some(error)),
        };
        (Self { store, key: None, place: None }, trouble)
    }

    /// Does what the machine asks for and tells what failed.
    fn run(&mut self, state: &mut State) -> Vec<String> {
        let mut told = Vec::new();
        for errand in state.errands() {
            let done = match errand {
                Errand::Opened => self.recall(state),
                Errand::Remember(remark, turn) => self.with(|store, key| store.say(key, &remark, &turn)),
                Errand::Export(name, form, exported) => {
                    told.push(terminal::written(&name, form, exported));
                    Ok(())
                }
                Errand::Place(byte) => {
                    self.place = Some(byte);
                    Ok(())
                }
            };
            if let Err(error) = done {
                told.push(format!("not saved: {error}"));
            }
        }
        if let Some(byte) = self.place.take()
            && let Err(error) = self.with(|store, key| store.set_place(key, byte))
        {
            told.push(format!("not saved: {error}"));
        }
        told
    }

    fn recall(&mut self, state: &mut State) -> Result<(), StoreError> {
        let (Some(store), Some(document)) = (&mut self.store, state.document()) else { return Ok(()) };
        let path = Path::new(document.id()).canonicalize().ok().filter(|p| p.is_file() && !is_story(document));
        let path = path.as_ref().map(|p| p.to_string_lossy());
        let key = store.document(path.as_deref(), &document.meta().title, document.text())?;
        self.key = Some(key);
        let (remarks, place) = (store.remarks(key)?, store.place(key)?);
        let (done, undone) = store.changes(key)?;
        state.recall(Known { remarks, place, done, undone });
        Ok(())
    }

    fn with(&mut self, write: impl Fn(&mut Store, Key) -> Result<(), StoreError>) -> Result<(), StoreError> {
        match (&mut self.store, self.key) {
            (Some(store), Some(key)) => write(store, key),
            _ => Ok(()),
        }
    }
}
