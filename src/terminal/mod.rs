//! The terminal: the only place that knows crossterm, signals and threads. It takes the terminal, turns events into
//! messages, carries out commands, and writes one piece of bytes for each frame that differs from the last.
//!
//! Threads send what happens to one channel that the main thread reads: `input` (the only reader of the keyboard), `worker`
//! (analysis and files), `keeper` (the library) and `signals`. The main thread takes all that waits in the channel before it
//! draws, so that no key is lost and a fast typist costs one frame; on a slow line it waits for the terminal too ([`pace`]).
//! The channel has an end, so that a flood of keys cannot fill the memory. Nothing runs on a timer while nothing happens. On
//! Ctrl-Z the whole process is stopped by SIGSTOP, which stops the reader too: it cannot take what is typed to the shell.

mod clipboard;
mod decode;
mod event;
mod export;
mod frame;
mod guard;
mod input;
mod keeper;
mod librarian;
mod pace;
mod parse;
mod shell;
mod shift;
mod signals;
mod style;
mod tray;
mod worker;

use std::io;
use std::path::PathBuf;
use std::process::exit;
use std::sync::mpsc::{self, SyncSender};
use std::thread;

use ratatui::layout::Size;

pub use export::written;

use crate::app::{Model, Msg, Opening, Options};
use crate::lexicon::Reading;
use crate::store::{Following, default_path};
use shell::{Places, Queues, Shell};

/// A screen nobody gave a size is taken for this.
const UNSIZED: Size = Size { width: 80, height: 24 };
/// Larger screens are drawn in part.
const LARGEST: Size = Size { width: 1000, height: 500 };
/// What may wait for the main thread.
const MOST_WAITING: usize = 1024;

/// What the main thread is told.
enum Happening {
    /// A message for the model.
    Msg(Msg),
    /// The newest of several messages lies ready.
    Ready(tray::Tray<Msg>),
    /// The terminal sent something.
    Event(event::Event),
    /// The screen has another size.
    Resized,
    /// Asked to stop for a while.
    Suspend,
    /// Told to go on.
    Resumed,
    /// Asked what state it is in.
    Dump,
    /// The program shall end with a status.
    End(i32),
}

/// What sayso may do with the terminal and outside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Conduct {
    /// No clipboard, no question to the terminal, no stopping, no other file.
    pub secure: bool,
    /// The terminal understands questions for its modes.
    pub modes: bool,
    /// It knows what terminals have learnt since the vt100.
    pub modern: bool,
}

/// What to show, and how.
pub struct Start {
    /// The articles.
    pub openings: Vec<Opening>,
    /// Which of them is on the screen first.
    pub first: usize,
    /// Nobody has read here before: the tour is offered.
    pub first_time: bool,
    /// Tells the threads to look for, once the first frame is on the screen: it may have to read the library.
    pub following: Box<dyn FnOnce() -> Following>,
    /// How it looks.
    pub options: Options,
    /// What may be done with the terminal.
    pub conduct: Conduct,
    /// Where the library is, if not in its usual place.
    pub library: Option<PathBuf>,
    /// In which language the articles are read.
    pub reading: Reading,
}

/// Shows documents until the reader quits.
///
/// # Errors
/// When the terminal cannot be used; it is given back all the same.
pub fn run(start: Start) -> io::Result<()> {
    let Start { openings, first, first_time, following, options, conduct, library, reading } = start;
    let (out, happenings) = mpsc::sync_channel(MOST_WAITING);
    let keyboard = input::keyboard()?;
    let ((jobs, todo), (questions, wondered), (errands, asked)) = (mpsc::channel(), mpsc::channel(), mpsc::channel());
    let story: Vec<PathBuf> = openings.iter().filter_map(|o| o.path.as_ref().map(PathBuf::from)).collect();
    let (mut model, commands) = Model::start(openings, first, Following::default(), options, size());
    if first_time {
        model.offer_tour();
    }
    let places = Places { story, folder: library_folder(library.as_ref()) };
    let mut shell = Shell::new(model, Queues { jobs, errands }, places, conduct);
    let _guard = guard::Guard::new()?;
    let signals = signals::catch()?;
    shell.draw()?;
    signals::watch(signals, &out)?;
    // Everything else waits until there is something to read.
    let following = following();
    let answers = out.clone();
    thread::Builder::new().name("worker".into()).spawn(move || worker::work(&todo, &answers, reading))?;
    let (answers, place) = (out.clone(), library.clone());
    thread::Builder::new()
        .name("librarian".into())
        .spawn(move || librarian::answer(&wondered, &answers, place.as_ref()))?;
    let answers = out.clone();
    let keeper = thread::Builder::new()
        .name("keeper".into())
        .spawn(move || keeper::keep(&asked, answers, questions, library))?;
    start_reading(keyboard, out)?;
    shell.follow(following.clone());
    shell.carry_out(commands)?;
    shell.add(following);
    let ended = shell.run(&happenings);
    shell.part(&happenings);
    // With the shell the library's queue ends; what is in it is written before the program goes.
    let status = shell.end();
    guard::give_back();
    let _ = keeper.join();
    // The other threads may not even read the channel any more.
    if let Some(status) = status {
        exit(status);
    }
    ended
}

/// The folder the library is in.
fn library_folder(library: Option<&PathBuf>) -> Option<PathBuf> {
    let library = library.cloned().or_else(|| default_path().ok())?;
    library.parent().map(PathBuf::from)
}

fn start_reading(keyboard: std::os::fd::OwnedFd, out: SyncSender<Happening>) -> io::Result<()> {
    thread::Builder::new().name("input".into()).spawn(move || {
        if input::listen(&keyboard, &out) {
            signals::hung_up(&out);
        }
    })?;
    Ok(())
}

/// The size of the terminal, within reason.
fn size() -> Size {
    match crossterm::terminal::size() {
        Ok((width, height)) if width > 0 && height > 0 => {
            Size::new(width.min(LARGEST.width), height.min(LARGEST.height))
        }
        _ => UNSIZED,
    }
}
