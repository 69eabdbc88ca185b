//! `sayso --linear` in a pipe and in a terminal that cannot move its cursor.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::pty::Run;

fn told(typed: &str, library: &std::path::Path) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .arg("--linear")
        .env("SAYSO_LIBRARY", library)
        .env_remove("TERM")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    child.stdin.take().expect("piped").write_all(typed.as_bytes()).expect("takes lines");
    let done = child.wait_with_output().expect("ends");
    assert!(done.status.success());
    String::from_utf8(done.stdout).expect("UTF-8")
}

#[test]
fn a_pipe_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let text = told("quotes\nnext\nwhy\nnote ask again\nclaims\nnext\nfind sequel\nread 3\ndance", &library);
    for words in [
        "7 quotes",
        "now: Quotes, 1 of 7.",
        "because: ",
        "The note is kept; undo takes it back.",
        "now: Claims, 1 of",
        "paragraph 3 of",
    ] {
        assert!(text.contains(words), "no {words:?} in:\n{text}");
    }
    assert!(!text.contains('\x1b') && !text.contains("sayso>"), "{text}");
    assert!(told("next\n", &library).contains("note: ask again"));
}

#[test]
fn a_dumb_terminal_is_asked() {
    let mut run = Run::start(&["--linear"], &[("TERM", "dumb")], (80, 24));
    run.wait_for("sayso>");
    run.press("next\n");
    run.wait_for("now: Quotes, 1 of 7.");
    run.press("quit\n");
    assert!(run.end().success());
    assert!(!run.bytes().contains(&0x1b));
}

#[test]
fn what_is_said_in_lines_is_kept_taken_back_and_exported() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let file = folder.path().join("quotes.csv");
    let text = told(
        &format!("claims\nnext\nverdict disputed\nquotes\nnext\nset-speaker Ann\nexport {}\n", file.display()),
        &library,
    );
    assert!(text.contains("The verdict is disputed") && text.contains("7 exported as csv"), "{text}");
    assert!(std::fs::read_to_string(&file).expect("written").contains("Ann"));
    let text = told("next\nundo\nnow\nstory\n", &library);
    assert!(text.contains("Taken back: speaker.") && text.contains("several files"), "{text}");
    let text = told("next\nredo\nnow\n", &library);
    assert!(text.contains("Done again: speaker.\nnow: Quotes, 1 of 7. Ann"), "{text}");
}
