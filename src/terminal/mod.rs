//! The terminal: the only place that knows crossterm, signals and threads. It takes the terminal, turns events into
//! messages, carries out commands, and writes one piece of bytes for each frame that differs from the last.
//!
//! Four threads send what happens to one channel that the main thread reads: `input` (the only reader of standard input),
//! `worker` (analysis and files), `signals`, and `watch` (a terminal that goes away). The main thread takes all that waits in
//! the channel before it draws, so that no key is lost and a fast typist costs one frame. Nothing runs on a timer. On Ctrl-Z
//! the whole process is stopped by SIGSTOP, which stops the reader too: it cannot take what is typed to the shell.

mod clipboard;
mod export;
mod frame;
mod guard;
mod input;
mod keeper;
mod librarian;
mod signals;
mod style;
mod worker;

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::analysis::ThreadDefinition;
use crate::app::{self, Cmd, Model, Msg, Opening, Options};
use frame::Screen;
use keeper::Errand;
use librarian::Request;
use worker::Job;

/// A screen nobody gave a size is taken for this.
const UNSIZED: Size = Size { width: 80, height: 24 };
/// Larger screens are drawn in part.
const LARGEST: Size = Size { width: 1000, height: 500 };

/// What the main thread is told.
enum Happening {
    /// A message for the model.
    Msg(Msg),
    /// Asked to stop for a while.
    Suspend,
    /// Told to go on.
    Resumed,
    /// The terminal cannot be read any more.
    Gone,
}

/// What to show, and how.
pub struct Start {
    /// The articles.
    pub openings: Vec<Opening>,
    /// Which of them is on the screen first.
    pub first: usize,
    /// The threads to look for.
    pub threads: Vec<ThreadDefinition>,
    /// How it looks.
    pub options: Options,
    /// Where the library is, if not in its usual place.
    pub library: Option<PathBuf>,
}

/// Shows documents until the reader quits.
///
/// # Errors
/// When the terminal cannot be used; it is given back all the same.
pub fn run(start: Start) -> io::Result<()> {
    let Start { openings, first, threads, options, library } = start;
    crossterm::style::force_color_output(true);
    let (out, happenings) = mpsc::channel();
    let _guard = guard::Guard::new()?;
    signals::watch(&out)?;
    let (jobs, todo) = mpsc::channel();
    let answers = out.clone();
    let looked_for = threads.clone();
    thread::Builder::new().name("worker".into()).spawn(move || worker::work(&todo, &answers, looked_for))?;
    let (questions, asked) = mpsc::channel();
    let (answers, place) = (out.clone(), library.clone());
    thread::Builder::new()
        .name("librarian".into())
        .spawn(move || librarian::answer(&asked, &answers, place.as_ref()))?;
    let (errands, asked) = mpsc::channel();
    let answers = out.clone();
    let keeper = thread::Builder::new().name("keeper".into()).spawn(move || keeper::keep(&asked, answers, library))?;
    let story: Vec<PathBuf> = openings.iter().filter_map(|o| o.path.as_ref().map(PathBuf::from)).collect();
    let (mut model, commands) = Model::start(openings, first, options, size());
    model.follow_threads(threads.clone());
    let in_tmux = std::env::var_os("TMUX").is_some();
    let mut shell = Shell { model, screen: Screen::new(), jobs, errands, questions, story, in_tmux, over: false };
    shell.draw()?;
    thread::Builder::new().name("input".into()).spawn(move || input::listen(&out))?;
    shell.carry_out(commands)?;
    shell.add(threads);
    let ended = shell.run(&happenings);
    // With the shell the library's queue ends; what is in it is written before the program goes.
    drop(shell);
    guard::give_back();
    let _ = keeper.join();
    ended
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

struct Shell {
    model: Model,
    screen: Screen,
    jobs: Sender<Job>,
    errands: Sender<Errand>,
    questions: Sender<Request>,
    /// The files of the story that is open.
    story: Vec<PathBuf>,
    in_tmux: bool,
    over: bool,
}

impl Shell {
    fn run(&mut self, happenings: &Receiver<Happening>) -> io::Result<()> {
        while let Ok(first) = happenings.recv() {
            self.happened(first)?;
            // All that waits is taken in before one frame is drawn.
            while let Ok(next) = happenings.try_recv() {
                self.happened(next)?;
            }
            if self.over {
                break;
            }
            self.draw()?;
        }
        Ok(())
    }

    fn happened(&mut self, happening: Happening) -> io::Result<()> {
        if self.over {
            return Ok(());
        }
        match happening {
            Happening::Msg(Msg::Resize(_)) => {
                self.screen.forget();
                self.update(Msg::Resize(size()))
            }
            Happening::Msg(msg) => self.update(msg),
            Happening::Suspend => self.suspend(),
            Happening::Resumed => self.redraw(),
            Happening::Gone => {
                self.over = true;
                guard::abandon();
                Ok(())
            }
        }
    }

    fn update(&mut self, msg: Msg) -> io::Result<()> {
        let commands = app::update(&mut self.model, msg);
        self.carry_out(commands)
    }

    fn carry_out(&mut self, commands: Vec<Cmd>) -> io::Result<()> {
        for command in commands {
            match command {
                Cmd::Analyse(id, document) => drop(self.jobs.send(Job::Analyse(id, document))),
                Cmd::Correct(id, document, analysis) => drop(self.jobs.send(Job::Index(id, document, analysis))),
                Cmd::Recall(id, document) => drop(self.errands.send(Errand::Recall(id, document))),
                Cmd::Remember(id, remark, turn) => drop(self.errands.send(Errand::Remember(id, remark, turn))),
                Cmd::Find(number, query) => drop(self.questions.send(Request::Find(number, query))),
                Cmd::Shelf => drop(self.questions.send(Request::Shelf)),
                Cmd::Follow(paths) => {
                    let names = self.model.threads().iter().map(|t| t.name.clone()).collect();
                    drop(self.questions.send(Request::Follow(paths, names)));
                }
                Cmd::Threads(changed, all) => {
                    drop(self.errands.send(Errand::Threads(changed)));
                    drop(self.jobs.send(Job::Threads(all.clone())));
                    self.add(all);
                }
                Cmd::Place(id, byte) => drop(self.errands.send(Errand::Place(id, byte))),
                Cmd::Reread(id, name) => drop(self.jobs.send(Job::Reread(id, name))),
                Cmd::Export(name, form, exported) => drop(self.jobs.send(Job::Export(name, form, exported))),
                Cmd::Copy(text) => self.copy(&text)?,
                Cmd::Mouse(on) => guard::mouse(on)?,
                Cmd::Redraw => self.screen.forget(),
                Cmd::Suspend => self.suspend()?,
                Cmd::Quit => self.over = true,
            }
        }
        Ok(())
    }

    /// Has the files of a story looked through for what is new; a single file is not put into the library by itself.
    fn add(&self, threads: Vec<ThreadDefinition>) {
        if self.story.len() > 1 {
            drop(self.questions.send(Request::Add(self.story.clone(), threads)));
        }
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        match clipboard::sequence(text, self.in_tmux) {
            Some(sequence) => guard::write(sequence.as_bytes()),
            None => self.update(Msg::Tell("too long for the terminal's clipboard; nothing was copied".into())),
        }
    }

    /// Gives the terminal to the shell and waits to be told to go on.
    fn suspend(&mut self) -> io::Result<()> {
        guard::give_back();
        signals::stop();
        guard::take()?;
        self.redraw()
    }

    /// Everything anew, at the size the terminal has now.
    fn redraw(&mut self) -> io::Result<()> {
        self.screen.forget();
        self.update(Msg::Resize(size()))
    }

    fn draw(&mut self) -> io::Result<()> {
        let size = size_of(&self.model);
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        app::view(&self.model, &mut buffer);
        guard::write(self.screen.draw(&buffer).as_bytes())
    }
}

fn size_of(model: &Model) -> Size {
    model.size()
}
