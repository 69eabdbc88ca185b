//! The main thread: what happens changes the model, commands are carried out, and frames are written when the line is free.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvError, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::event::{Event, Reply};
use super::frame::Screen;
use super::keeper::Errand;
use super::librarian::{Question, Request};
use super::pace::Pace;
use super::tray::Tray;
use super::worker::{Corrected, Job};
use super::{Conduct, Happening, clipboard, guard, signals, size};
use crate::app::{self, Cmd, Key, Model, Msg};
use crate::document::STORY;
use crate::store::{Existing, Following, write_file};

/// How long happenings are taken in before a frame is drawn; a flood shall not keep the screen from changing.
const LONGEST_TURN: Duration = Duration::from_millis(100);
/// Characters taken of pasted text.
const LONGEST_PASTE: usize = 1000;
/// Frames longer than this are marked, so that a terminal that can shows them at once (mode 2026).
const WORTH_MARKING: usize = 200;
/// Synchronized output.
const SYNCHRONIZED: u16 = 2026;
/// Left and right margins (DECLRMM).
const MARGINS: u16 = 69;
/// The questions for these modes (DECRQM), sent with the first frame. Nothing waits for the answers.
const QUESTIONS: &str = "\x1b[?2026$p\x1b[?69$p";

/// Where work is sent.
pub struct Queues {
    /// To the worker.
    pub jobs: Sender<Job>,
    /// To the keeper of the library, who passes questions on to the librarian.
    pub errands: Sender<Errand>,
}

/// Where things are.
pub struct Places {
    /// The files of the story that is open.
    pub story: Vec<PathBuf>,
    /// The folder of the library.
    pub folder: Option<PathBuf>,
}

pub struct Shell {
    model: Model,
    screen: Screen,
    pace: Pace,
    jobs: Sender<Job>,
    tray: Tray<Corrected>,
    errands: Sender<Errand>,
    /// The file that was named when sayso was started, or the first of them.
    named: PathBuf,
    /// The files of the story that is open.
    story: Vec<PathBuf>,
    folder: Option<PathBuf>,
    conduct: Conduct,
    talk: Talk,
    /// Something has happened since the last frame.
    stale: bool,
    /// The status to end with, once the end has come.
    ending: Option<i32>,
}

/// What has been said between the terminal and us.
struct Talk {
    /// The terminal shows marked frames at once.
    synchronized: bool,
    /// The questions have not been asked.
    unasked: bool,
    /// A key has been pressed.
    touched: bool,
}

impl Shell {
    pub fn new(model: Model, queues: Queues, places: Places, conduct: Conduct) -> Self {
        let Queues { jobs, errands } = queues;
        let Places { story, folder } = places;
        let named = PathBuf::from(model.name());
        Self {
            model,
            screen: Screen::new(conduct.modern),
            pace: Pace::new(conduct.secure),
            jobs,
            tray: Tray::new(),
            errands,
            named,
            story,
            folder,
            conduct,
            talk: Talk { synchronized: false, unasked: conduct.modes && !conduct.secure, touched: false },
            stale: true,
            ending: None,
        }
    }

    /// Follows these threads; for the start.
    pub fn follow(&mut self, following: Following) {
        self.model.follow(following);
    }

    /// Takes in what happens and draws, until the reader quits.
    ///
    /// # Errors
    /// When the terminal does not take what is written.
    pub fn run(&mut self, happenings: &Receiver<Happening>) -> io::Result<()> {
        while let Ok(first) = self.wait(happenings) {
            let start = Instant::now();
            let more = || (start.elapsed() < LONGEST_TURN).then(|| happenings.try_recv().ok()).flatten();
            for next in first.into_iter().chain(std::iter::from_fn(more)) {
                self.happened(next)?;
            }
            if self.ending.is_some() {
                break;
            }
            if self.stale && self.pace.is_open(Instant::now()) {
                self.draw()?;
            }
        }
        Ok(())
    }

    /// Waits for the next happening, or, while a frame waits for the line, until it may be written at the latest. An error
    /// when nothing will happen any more.
    fn wait(&self, happenings: &Receiver<Happening>) -> Result<Option<Happening>, RecvError> {
        match self.pace.until().filter(|_| self.stale) {
            Some(until) => match happenings.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(happening) => Ok(Some(happening)),
                Err(RecvTimeoutError::Timeout) => Ok(None),
                Err(RecvTimeoutError::Disconnected) => Err(RecvError),
            },
            None => happenings.recv().map(Some),
        }
    }

    /// Waits a moment for an answer that is on its way, so that it does not become keys for the shell. The reader sees
    /// nothing of it: the terminal is theirs but for the echo.
    pub fn part(&mut self, happenings: &Receiver<Happening>) {
        if self.ending != Some(0) {
            return;
        }
        guard::show_the_shell();
        while let Some(rest) = self.pace.parting(Instant::now()) {
            match happenings.recv_timeout(rest) {
                Ok(Happening::Event(Event::Reply(Reply::Ready))) => self.pace.answered(Instant::now()),
                Ok(Happening::End(_)) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }

    /// Ends the queues, and answers with the status to end with if it is not the usual one.
    pub fn end(self) -> Option<i32> {
        self.ending.filter(|&status| status != 0)
    }

    fn happened(&mut self, happening: Happening) -> io::Result<()> {
        if self.ending.is_some() {
            return Ok(());
        }
        match happening {
            Happening::Event(Event::Reply(reply)) => {
                self.answered(&reply);
                Ok(())
            }
            Happening::Event(event) => self.event(event),
            Happening::Msg(msg) => self.update(msg),
            Happening::Ready(tray) => tray.take().map_or(Ok(()), |(_, msg)| self.update(msg)),
            Happening::Suspend => self.suspend(),
            Happening::Dump => self.dump(),
            Happening::Resized | Happening::Resumed => self.redraw(),
            Happening::End(status) => {
                self.ending = Some(status);
                Ok(())
            }
        }
    }

    fn answered(&mut self, reply: &Reply) {
        match *reply {
            Reply::Ready => self.pace.answered(Instant::now()),
            Reply::Mode(SYNCHRONIZED, 1 | 2) => self.talk.synchronized = true,
            Reply::Mode(MARGINS, 1 | 2) => {
                guard::margins();
                self.screen.has_margins();
                // Not under the hands of somebody who reads already.
                if !self.talk.touched {
                    self.model.stand_beside();
                    self.stale = true;
                }
            }
            _ => {}
        }
    }

    /// Writes what state the program is in beside the library, for whoever looks for a fault. It holds no words of a text.
    fn dump(&mut self) -> io::Result<()> {
        let Some(folder) = self.folder.as_ref().filter(|_| !self.conduct.secure) else { return Ok(()) };
        let path = folder.join("state.txt");
        let state = format!("sayso {}\n{}stale {}\n", env!("CARGO_PKG_VERSION"), self.model.state(), self.stale);
        let done = write_file(&path, state.as_bytes(), Existing::Replace);
        self.update(Msg::Tell(match done {
            Ok(()) => format!("the state is written to {}", path.display()),
            Err(error) => format!("the state could not be written to {}: {error}", path.display()),
        }))
    }

    fn event(&mut self, event: Event) -> io::Result<()> {
        match event {
            // How a fault of the program's own looks is tested with one that only programs under test have.
            #[cfg(debug_assertions)]
            Event::Key(_) if std::env::var_os("SAYSO_TEST_FAULT").is_some() => panic!("a fault for a test"),
            Event::Key(key) => {
                self.talk.touched = true;
                self.update(Msg::Key(key))
            }
            Event::Press(x, y) => self.update(Msg::Click(x, y)),
            Event::Wheel(turns) => self.update(Msg::Wheel(3 * turns)),
            Event::Paste(text) => self.paste(&text),
            Event::Reply(_) => Ok(()),
        }
    }

    /// Pasted text is typed where text is typed. Elsewhere it would be obeyed as keys, which nobody means.
    fn paste(&mut self, text: &str) -> io::Result<()> {
        if !self.model.takes_text() {
            return self.update(Msg::Tell("pasted text is not obeyed as keys; press / to search for it".into()));
        }
        let typed = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c });
        for c in typed.filter(|c| !c.is_control()).take(LONGEST_PASTE) {
            self.update(Msg::Key(Key::char(c)))?;
        }
        Ok(())
    }

    fn update(&mut self, msg: Msg) -> io::Result<()> {
        self.stale = true;
        let commands = app::update(&mut self.model, msg);
        self.carry_out(commands)
    }

    /// Does what the model asks for.
    ///
    /// # Errors
    /// When the terminal does not take what is written.
    pub fn carry_out(&mut self, commands: Vec<Cmd>) -> io::Result<()> {
        for command in commands {
            match command {
                Cmd::Begin(id, document) => {
                    drop(self.jobs.send(Job::Begin(id, document, self.model.threads_of(id))));
                }
                Cmd::Analyse(id, document) => {
                    drop(self.jobs.send(Job::Analyse(id, document, self.model.threads_of(id))));
                }
                Cmd::Correct(id, document, analysis) => {
                    if let Some(tray) = self.tray.lay(id, (document, analysis)) {
                        let _ = self.jobs.send(Job::Index(tray));
                    }
                }
                Cmd::Recall(id, document) => drop(self.errands.send(Errand::Recall(id, document))),
                Cmd::Remember(id, remark, turn) => drop(self.errands.send(Errand::Remember(id, remark, turn))),
                Cmd::Keep(id, document, analysis) => drop(self.errands.send(Errand::Keep(id, document, analysis))),
                Cmd::Refresh => self.add(self.model.following().clone()),
                Cmd::Find(number, query) => self.ask(Question::Find(number, query)),
                Cmd::Shelf => self.ask(Question::Shelf),
                Cmd::Alike(paths, spread) => self.ask(Question::Alike(paths, spread)),
                Cmd::Accept(path, remark) => drop(self.errands.send(Errand::Accept(path, remark))),
                Cmd::Follow(paths) => {
                    let names = self.model.threads().into_iter().map(|t| t.name).collect();
                    self.ask(Question::Follow(paths, names));
                }
                Cmd::Threads(edit, turn, following) => {
                    drop(self.errands.send(Errand::Threads(edit, turn)));
                    self.add(*following);
                }
                Cmd::Place(id, byte) => drop(self.errands.send(Errand::Place(id, byte))),
                Cmd::Copy(_) | Cmd::Suspend | Cmd::Reread(..) | Cmd::Export(..) | Cmd::Write(..)
                    if self.conduct.secure =>
                {
                    self.refuse()?;
                }
                Cmd::Load(_, name) if self.conduct.secure && !self.is_of_story(&name) => self.refuse()?,
                Cmd::Load(id, name) | Cmd::Reread(id, name) => drop(self.jobs.send(Job::Reread(id, name))),
                Cmd::Export(name, form, exported) => drop(self.jobs.send(Job::Export(name, form, exported))),
                Cmd::Write(name, text) => drop(self.jobs.send(Job::Write(name, text))),
                Cmd::Copy(text) => self.copy(&text)?,
                Cmd::Mouse(on) => guard::mouse(on)?,
                Cmd::Redraw => self.screen.forget(),
                Cmd::Suspend => self.suspend()?,
                Cmd::Quit => self.ending = Some(0),
            }
        }
        Ok(())
    }

    /// Has the files of a story looked through for what is new; of a single file what is found is kept when it is there.
    pub fn add(&self, following: Following) {
        if self.story.len() > 1 {
            drop(self.errands.send(Errand::Ask(Request::Add(self.story.clone(), following))));
        }
    }

    fn ask(&self, question: Question) {
        drop(self.errands.send(Errand::Ask(Request::Ask(question))));
    }

    /// Whether a file was named when sayso was started.
    fn is_of_story(&self, name: &str) -> bool {
        name == STORY
            || self.named == Path::new(name)
            || Path::new(name).canonicalize().is_ok_and(|full| self.story.contains(&full))
    }

    fn refuse(&mut self) -> io::Result<()> {
        self.update(Msg::Tell("not done: sayso runs with --secure".into()))
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        match clipboard::sequence(text, clipboard::Within::now()) {
            Some(sequence) => guard::write(sequence.as_bytes()),
            None => self.update(Msg::Tell("too long for the terminal's clipboard; nothing was copied".into())),
        }
    }

    /// Gives the terminal to the shell and waits to be told to go on.
    fn suspend(&mut self) -> io::Result<()> {
        if self.conduct.secure {
            return Ok(());
        }
        guard::give_back();
        signals::stop();
        guard::take()?;
        self.screen.caret_is_hidden();
        self.redraw()
    }

    /// Everything anew, at the size the terminal has now.
    fn redraw(&mut self) -> io::Result<()> {
        self.screen.forget();
        self.update(Msg::Resize(size()))
    }

    /// Writes the bytes that make the screen show the model: none when it does.
    ///
    /// # Errors
    /// When the terminal does not take them.
    pub fn draw(&mut self) -> io::Result<()> {
        self.stale = false;
        let size = self.model.size();
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        app::view(&self.model, &mut buffer);
        let caret = self.model.takes_text().then(|| take_caret(&mut buffer)).flatten();
        let mut bytes = self.screen.draw(&buffer, caret);
        if self.talk.synchronized && bytes.len() > WORTH_MARKING {
            bytes = format!("\x1b[?2026h{bytes}\x1b[?2026l");
        }
        if std::mem::take(&mut self.talk.unasked) {
            bytes.push_str(QUESTIONS);
        }
        bytes.push_str(self.pace.after(bytes.len(), Instant::now()));
        guard::write(bytes.as_bytes())
    }
}

/// The sign that stands for the cursor in a line that is typed.
const CARET: &str = "▏";

/// Takes the sign out of the screen and answers where it stood: the terminal has a cursor of its own, that costs no bytes, that
/// readers know and that screen readers follow.
fn take_caret(buffer: &mut Buffer) -> Option<(u16, u16)> {
    let place = buffer.content.iter().position(|cell| cell.symbol() == CARET)?;
    buffer.content[place].set_symbol(" ");
    Some(buffer.pos_of(place))
}
