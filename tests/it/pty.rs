//! The built program in a pseudo-terminal, with what it wrote and what an independent emulator shows of it.

use std::io::{Read, Write};
use std::num::NonZero;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Long enough for a loaded machine; nothing waits as long when all is well.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A running program.
pub struct Run {
    pub child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    bytes: Arc<Mutex<Vec<u8>>>,
    pub size: (u16, u16),
    /// Holds the library; goes with the run.
    _folder: tempfile::TempDir,
}

impl Run {
    pub fn start(arguments: &[&str], settings: &[(&str, &str)], size: (u16, u16)) -> Self {
        Self::answering(arguments, settings, size, None)
    }

    /// In a terminal that answers status reports, after a while.
    pub fn answering(
        arguments: &[&str],
        settings: &[(&str, &str)],
        (columns, rows): (u16, u16),
        after: Option<Duration>,
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pty");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sayso"));
        command.args(arguments);
        command.env_clear();
        let folder = tempfile::tempdir().expect("a folder");
        command.env("SAYSO_LIBRARY", folder.path().join("library.db"));
        for (name, value) in [("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8")].iter().chain(settings) {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&bytes);
        let keys = Arc::new(Mutex::new(pair.master.take_writer().expect("a writer")));
        let answers = Arc::clone(&keys);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut chunk) {
                kept.lock().expect("not poisoned").extend_from_slice(&chunk[..read]);
                if let Some(after) = after.filter(|_| chunk[..read].windows(4).any(|w| w == b"\x1b[5n")) {
                    let answers = Arc::clone(&answers);
                    thread::spawn(move || {
                        thread::sleep(after);
                        let _ = answers.lock().expect("not poisoned").write_all(b"\x1b[0n");
                    });
                }
            }
        });
        Self { child, master: pair.master, keys, bytes, size: (columns, rows), _folder: folder }
    }

    pub fn story() -> Self {
        let run = Self::start(&[], &[], (80, 24));
        run.wait_for("QUOTES 7|Quotes 7");
        run
    }

    pub fn press(&self, keys: &str) {
        let mut writer = self.keys.lock().expect("not poisoned");
        writer.write_all(keys.as_bytes()).expect("takes keys");
        writer.flush().expect("flushes");
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.lock().expect("not poisoned").clone()
    }

    /// What stands on the screen now.
    pub fn screen(&self) -> String {
        let cells = |n: u16| NonZero::new(n).expect("a size");
        let mut parser = vt100::Parser::new(cells(self.size.1), cells(self.size.0), 0);
        parser.process(&self.bytes());
        parser.screen().contents()
    }

    /// Waits until one of the words, divided by `|`, is on the screen.
    pub fn wait_for(&self, words: &str) {
        self.wait(words, |screen| words.split('|').any(|w| screen.contains(w)));
    }

    pub fn wait(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            let screen = self.screen();
            if holds(&screen) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "no “{what}” on the screen:\n{screen}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The number of bytes once no more have come for a while.
    pub fn settled(&self) -> usize {
        let mut before = self.bytes().len();
        for _ in 0..100 {
            thread::sleep(Duration::from_millis(300));
            let now = self.bytes().len();
            if now == before {
                break;
            }
            before = now;
        }
        before
    }

    /// Waits until no byte has come for so long, after the first one beyond `before` if one comes soon.
    pub fn quiet(&self, before: usize, time: Duration) {
        let start = Instant::now();
        while self.bytes().len() == before && start.elapsed() < 4 * time {
            thread::sleep(Duration::from_millis(2));
        }
        let (mut seen, mut since) = (self.bytes().len(), Instant::now());
        while since.elapsed() < time {
            thread::sleep(Duration::from_millis(5));
            let now = self.bytes().len();
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
        }
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.bytes.lock().expect("not poisoned").clear();
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).expect("resizes");
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("runs").to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), id.as_str()]).status().expect("kill runs").success());
    }

    pub fn end(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("waits") {
                // The last bytes are still on their way.
                thread::sleep(Duration::from_millis(100));
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "still runs:\n{}", self.screen());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The alternate screen is left, the cursor shown, nothing after it but words; bytes on their way are waited for.
    pub fn gave_the_terminal_back(&self) -> bool {
        let given = || {
            let bytes = self.bytes();
            let text = String::from_utf8_lossy(&bytes);
            text.rfind("\x1b[?1049l") > text.rfind("\x1b[?1049h") && text.rfind("\x1b[?25h") > text.rfind("\x1b[?25l")
        };
        (0..50).any(|_| {
            given() || {
                thread::sleep(Duration::from_millis(100));
                false
            }
        })
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
