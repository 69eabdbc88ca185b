//! What a terminal does to a program in hours: sizes of every kind, thousands of keys, a line that goes.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::pty::{PATIENCE, Run};

#[test]
fn every_size_is_survived() {
    let mut run = Run::story();
    for (columns, rows) in [(1, 1), (500, 300), (1, 200), (0, 0), (300, 1), (20, 5), (2, 2), (65535, 1), (30, 8)] {
        run.resize(columns, rows);
        run.press("2j\r\x1b/a\x1b?\x1b1 ");
        thread::sleep(Duration::from_millis(30));
    }
    for number in 0..150 {
        run.resize(20 + number % 120, 4 + number % 50);
    }
    run.resize(80, 24);
    run.press("\x1b\x1b\x1b1\x0c");
    run.wait_for("▸1 ARTICLE");
    run.press("Q");
    assert!(run.end().success());
    assert!(run.gave_the_terminal_back());
}

#[test]
fn a_screen_that_was_never_sized_is_drawn() {
    for size in [(0, 0), (1, 1)] {
        let mut run = Run::start(&[], &[], size);
        run.size = (80, 24);
        let start = Instant::now();
        while !run.bytes().windows(4).any(|w| w == b"\x1b[2J") {
            assert!(start.elapsed() < PATIENCE, "nothing is drawn at {size:?}");
            thread::sleep(Duration::from_millis(10));
        }
        run.press("Q");
        assert!(run.end().success(), "at {size:?}");
    }
}

#[test]
fn every_kind_of_terminal_is_drawn() {
    for term in ["xterm", "xterm-256color", "linux", "screen", "tmux-256color", "vt100", "rxvt-unicode", "nonsense"] {
        let mut run = Run::start(&[], &[("TERM", term)], (80, 24));
        run.wait_for("Rosa Salazar");
        run.press(" \x1b2");
        run.wait_for("2 QUOTES 7");
        run.press("1b");
        run.wait_for("Rosa Salazar");
        run.press("Q");
        assert!(run.end().success(), "{term}");
        let bytes = run.bytes();
        let text = String::from_utf8_lossy(&bytes);
        let asked = text.contains("$p");
        assert_eq!(asked, term.starts_with("xterm") || term.starts_with("rxvt") || term == "nonsense", "{term}");
        let old = term == "linux" || term == "vt100";
        let scrolls = |part: &str| {
            let rest = part.strip_prefix('[').unwrap_or_default();
            rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['S', 'T'])
        };
        assert!(!old || !text.split('\x1b').any(scrolls), "{term} is sent what it does not know");
    }
}

/// Kilobytes of memory that a process holds.
fn memory(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// All keys but those that end or stop the program.
const KEYS: &[&str] = &[
    "j",
    "k",
    " ",
    "b",
    "d",
    "u",
    "g",
    "G",
    "1",
    "2",
    "3",
    "4",
    "\t",
    "\r",
    "\x1b",
    "/",
    "a",
    "e",
    "s",
    "n",
    "N",
    "f",
    "w",
    "y",
    "?",
    ":",
    "z",
    "|",
    "+",
    "-",
    "t",
    "m",
    "'",
    "[",
    "]",
    "{",
    "}",
    "c",
    "i",
    "x",
    "O",
    "o",
    "\x1b[A",
    "\x1b[B",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[Z",
    "\x0f",
    "\x09",
    "\x7f",
    "\x0c",
    "M",
    "\x1b[<0;10;10M",
    "\x1b[<65;3;3M",
    "é",
    "木",
];

#[test]
fn thousands_of_random_keys_leave_it_whole() {
    let mut run = Run::story();
    let process = run.child.process_id().expect("runs");
    let (mut state, mut before) = (1u32, 0);
    for round in 0..30 {
        let keys: String = (0..100)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                KEYS[usize::try_from(state >> 16).expect("fits") % KEYS.len()]
            })
            .collect();
        run.press(&keys);
        thread::sleep(Duration::from_millis(30));
        assert!(run.child.try_wait().expect("waits").is_none(), "it ended in round {round} of:\n{keys:?}");
        if round == 9 {
            before = memory(process);
        }
    }
    let grown = memory(process).saturating_sub(before);
    assert!(grown < 8192, "memory grew by {grown} KB");
    run.press("\x1b\x1b\x1b\x1b\x1b1");
    run.wait_for("▸1 ARTICLE|▸ARTICLE|▸ART|The");
    run.press("Q");
    assert!(run.end().success());
}

/// In a session of its own no signal tells of the end of the line: only the line itself does.
#[test]
fn when_the_line_goes_the_program_goes() {
    let pair = native_pty_system().openpty(PtySize::default()).expect("a pty");
    let folder = tempfile::tempdir().expect("a folder");
    let number = folder.path().join("pid");
    // The leader of the terminal's session stays, deaf to the signal.
    let script = "trap '' HUP; setsid sh -c 'echo $$ > \"$0\"; exec \"$1\"' \"$0\" \"$1\" </dev/tty & wait";
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script, number.to_str().expect("a name"), env!("CARGO_BIN_EXE_sayso")]);
    command.env("TERM", "xterm");
    command.env("SAYSO_LIBRARY", folder.path().join("library.db"));
    let mut child = pair.slave.spawn_command(command).expect("starts");
    drop(pair.slave);
    thread::sleep(Duration::from_millis(500));
    let start = Instant::now();
    let process = loop {
        match std::fs::read_to_string(&number) {
            Ok(process) if process.ends_with('\n') => break process.trim().to_owned(),
            _ => thread::sleep(Duration::from_millis(10)),
        }
        assert!(start.elapsed() < PATIENCE, "it does not start");
    };
    drop(pair.master);
    while is_running(&process) {
        if start.elapsed() > PATIENCE {
            let _ = Command::new("kill").args(["-KILL", &process]).status();
            panic!("it still runs");
        }
        thread::sleep(Duration::from_millis(20));
    }
    let _ = child.wait();
}

/// Whether a process lives and is no zombie.
fn is_running(process: &str) -> bool {
    let state = std::fs::read_to_string(Path::new("/proc").join(process).join("stat")).unwrap_or_default();
    state.rsplit(')').next().is_some_and(|rest| !rest.trim().is_empty() && !rest.trim_start().starts_with('Z'))
}

/// A terminal that takes nothing (a pager's Ctrl-S, a dead link) does not keep the program from ending.
#[test]
fn a_terminal_that_takes_nothing_is_left() {
    let pair =
        native_pty_system().openpty(PtySize { rows: 200, cols: 400, pixel_width: 0, pixel_height: 0 }).expect("a pty");
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sayso"));
    command.env("TERM", "xterm");
    command.env("SAYSO_LIBRARY", folder.path().join("library.db"));
    let mut child = pair.slave.spawn_command(command).expect("starts");
    let mut keys = pair.master.take_writer().expect("a writer");
    // Nobody reads; redrawing fills the buffer of the line.
    for _ in 0..20 {
        std::io::Write::write_all(&mut keys, b"\x0c").expect("takes keys");
        thread::sleep(Duration::from_millis(30));
    }
    let process = child.process_id().expect("runs").to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().expect("kill runs").success());
    let start = Instant::now();
    while child.try_wait().expect("waits").is_none() {
        if start.elapsed() > Duration::from_secs(8) {
            let _ = child.kill();
            panic!("it still runs");
        }
        thread::sleep(Duration::from_millis(20));
    }
}
