//! The built program in a real pseudo-terminal, its bytes read by an independent emulator: first frame, keys, resize,
//! signals, and that the terminal is given back however it ends.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use sayso::index::Query;
use sayso::store::Store;
use sayso::story::Sort;

use crate::pty::{PATIENCE, Run};

#[test]
fn the_story_is_read_from_the_keyboard() {
    let mut run = Run::story();
    assert!(run.screen().contains("Alita: Battle Angel Star Rosa Salazar"));
    run.press("\t");
    run.wait_for("▸2 QUOTES 7");
    run.press("jj\r");
    run.wait_for("QUOTE 3 OF 7");
    run.press("\r");
    run.wait_for("▸1 ARTICLE");
    run.press("/speaker:salazar might");
    run.wait_for("2 matches");
    run.press("\x1b\x1bq");
    assert!(run.end().success());
    assert!(run.gave_the_terminal_back());
}

#[test]
fn keys_typed_before_the_first_frame_are_obeyed() {
    let mut run = Run::start(&[], &[], (80, 24));
    run.press("3jjj");
    run.wait_for("▸3 CLAIMS");
    run.press("Q");
    assert!(run.end().success());
}

#[test]
fn a_resize_is_followed() {
    let mut run = Run::story();
    run.resize(120, 40);
    run.wait_for("everyone");
    run.wait("three lists", |screen| screen.contains("CLAIMS") && screen.contains("THREADS"));
    run.resize(20, 5);
    run.wait_for("sayso needs");
    run.resize(40, 15);
    run.wait_for("▸ART");
    run.press("q");
    assert!(run.end().success());
}

#[test]
fn signals_give_the_terminal_back() {
    for (name, code) in [("TERM", 143), ("INT", 130), ("QUIT", 131)] {
        let mut run = Run::story();
        run.signal(name);
        assert_eq!(run.end().exit_code(), code, "after SIG{name}");
        assert!(run.gave_the_terminal_back(), "after SIG{name}");
    }
}

#[test]
fn a_hang_up_ends_without_a_byte() {
    let mut run = Run::story();
    let before = run.settled();
    run.signal("HUP");
    assert_eq!(run.end().exit_code(), 129);
    assert_eq!(run.bytes().len(), before);
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_takes_it_again() {
    let mut run = Run::story();
    run.press("2\x1a");
    let start = Instant::now();
    while !run.gave_the_terminal_back() {
        assert!(start.elapsed() < PATIENCE, "Ctrl-Z is not obeyed");
        thread::sleep(Duration::from_millis(10));
    }
    run.signal("CONT");
    run.wait_for("▸2 QUOTES 7");
    run.press("Q");
    assert!(run.end().success());
    assert!(run.gave_the_terminal_back());
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let run = Run::story();
    let before = run.settled();
    thread::sleep(Duration::from_millis(700));
    assert_eq!(run.bytes().len(), before);
}

#[test]
fn no_color_sends_no_colours_and_c_only_ascii() {
    let run = Run::start(&["--ascii"], &[("NO_COLOR", "1")], (80, 24));
    run.wait_for("Quotes 7");
    run.press("2j\r");
    run.wait_for("QUOTE 2 OF 7");
    let bytes = run.bytes();
    assert!(bytes.is_ascii());
    let text = String::from_utf8_lossy(&bytes);
    for colour in ["[3", "[9", "[4"] {
        let sent =
            text.split('\x1b').any(|s| s.starts_with(colour) && s.split_once('m').is_some_and(|(n, _)| n.len() == 3));
        assert!(!sent, "a colour is sent: {colour}");
    }
}

#[test]
fn a_dumb_terminal_is_told_what_to_do() {
    let mut run = Run::start(&[], &[("TERM", "dumb")], (80, 24));
    assert_eq!(run.end().exit_code(), 2);
    let text = String::from_utf8_lossy(&run.bytes()).into_owned();
    assert!(text.contains("TERM is dumb") && !text.contains('\x1b'), "{text}");
}

#[test]
fn control_codes_of_a_file_never_reach_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let file: PathBuf = folder.path().join("evil\x1b]0;name\x07.txt");
    let evil = "Title \x1b]0;pwned\x07\n\n“I \x1b[31mwon\u{9b}31m,” said Ann \x1b]52;c;d2hvYW1p\x07Lee. \u{202e}She\u{200b} left.\r\n";
    std::fs::write(&file, evil).expect("writes");
    let mut run = Run::start(&[file.to_str().expect("a name")], &[], (80, 24));
    run.wait_for("Quotes 1");
    run.press("2\r");
    run.wait_for("QUOTE 1 OF 1");
    run.press("Q");
    assert!(run.end().success());
    let bytes = run.bytes();
    let text = String::from_utf8_lossy(&bytes);
    for sequence in ["\x1b]", "\u{7}", "\u{9b}", "\u{202e}", "\u{200b}", "\x1b[31mwon"] {
        assert!(!text.contains(sequence), "{sequence:?} reached the terminal");
    }
}

#[test]
fn a_verdict_and_a_place_are_there_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let library = [("SAYSO_LIBRARY", library.to_str().expect("a name"))];
    let mut run = Run::start(&[], &library, (80, 24));
    run.wait_for("Quotes 7|QUOTES 7");
    run.press("3cdisp Reel Notes\r");
    run.wait_for("DISPUTED");
    run.press("iask again\r1G");
    run.wait_for("100%");
    run.press("q");
    assert!(run.end().success());
    let mut run = Run::start(&[], &library, (80, 24));
    run.wait_for("100%");
    run.wait_for("Quotes 7|QUOTES 7");
    run.press("3gg\r");
    run.wait_for("Reel Notes");
    run.wait_for("ask again");
    run.press("uQ");
    assert!(run.end().success());
}

/// Waits until a note on the story stands in a library.
fn wait_until_kept(library: &std::path::Path, note: &str) {
    let story = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/000_14fbd52913b64cd7.txt"));
    let story = story.expect("reads");
    let start = Instant::now();
    loop {
        let mut store = sayso::store::Store::open(library).expect("opens");
        let key = store.document(None, "", &story).expect("is known");
        if store.remarks(key).expect("reads").iter().any(|r| r.value.ends_with(note)) {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "the note is not kept");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_kill_loses_no_note() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let library = [("SAYSO_LIBRARY", library.to_str().expect("a name"))];
    for round in 0..3 {
        let mut run = Run::start(&[], &library, (80, 24));
        run.wait_for("Quotes 7|QUOTES 7");
        run.press(&format!("3ggjinote {round}\r"));
        wait_until_kept(&folder.path().join("library.db"), &format!("note {round}"));
        run.signal("KILL");
        run.end();
        let mut run = Run::start(&[], &library, (80, 24));
        run.wait_for("Quotes 7|QUOTES 7");
        run.press("3ggj\r");
        run.wait_for(&format!("note {round}"));
        run.press("Q");
        assert!(run.end().success());
    }
}

#[test]
fn a_command_that_waits_for_the_keyboard_says_so() {
    for command in ["quotes", "claims", "extract"] {
        let mut run = Run::start(&[command], &[], (80, 24));
        run.wait_for("reading from the keyboard; end with Ctrl-D");
        run.press("Ada Quill said the mill is old.\r\u{4}");
        assert!(run.end().success(), "{command}");
    }
}

#[test]
fn without_a_place_to_save_reading_goes_on() {
    let mut run = Run::start(&[], &[("SAYSO_LIBRARY", "/dev/null/library.db")], (80, 24));
    run.wait_for("not saved: the library");
    run.press("3cfalse\r");
    run.wait_for("FALSE");
    run.press("Q");
    assert!(run.end().success());
}

#[test]
fn a_text_opened_alone_is_in_the_library_as_it_was_corrected_and_so_is_the_story() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let text = "“The mill may close,” said Ada Quill.\n\n“It will be missed,” said Tom Hale.\n";
    let file = folder.path().join("mill.txt");
    std::fs::write(&file, text).expect("writes");
    let (file, settings) = (file.to_string_lossy(), [("SAYSO_LIBRARY", library.to_str().expect("UTF-8"))]);
    let mut run = Run::start(&[&file], &settings, (80, 24));
    run.wait_for("Quotes 2");
    run.press("2s\x15Ann Leigh\r");
    run.wait_for("Ann Leigh");
    run.press("jx");
    run.wait_for("QUOTES 1");
    run.press("L");
    run.wait_for("1 quote");
    run.press("\x1b");
    run.wait_for("QUOTES 1");
    run.press("q");
    assert!(run.end().success());
    let store = Store::open(&library).expect("opens");
    let found = |typed: &str| store.find(&Query::parse(typed), Some(Sort::Quote), 0, 9).expect("reads").len();
    assert_eq!((found("mill speaker:leigh"), found("mill speaker:quill"), found("missed")), (1, 0, 0));
    // The built-in story is kept too, and opened again from the list.
    let mut run = Run::start(&[], &settings, (80, 24));
    run.wait_for("Quotes 7");
    run.press("L");
    run.wait_for("7 quotes");
    run.press("\x1bq");
    assert!(run.end().success());
    let mut run = Run::start(&[&file], &settings, (80, 24));
    run.wait_for("Quotes 1");
    run.press("L");
    run.wait_for("7 quotes");
    run.press("alita\r");
    run.wait_for("Quotes 7");
    run.press("q");
    assert!(run.end().success());
}

#[cfg(debug_assertions)]
#[test]
fn a_fault_of_the_program_gives_the_terminal_back_and_says_so() {
    let mut run = Run::start(&[], &[("SAYSO_TEST_FAULT", "1")], (80, 24));
    run.wait_for("Quotes 7");
    run.press("j");
    assert_eq!(run.end().exit_code(), 101);
    assert!(run.gave_the_terminal_back());
    let bytes = run.bytes();
    let text = String::from_utf8_lossy(&bytes);
    let left = text.rsplit("\x1b[?1049l").next().unwrap_or_default();
    assert!(left.contains("a fault for a test"), "the message stands on the shell's screen: {text}");
}

#[test]
fn a_first_reader_is_offered_the_tour_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let settings = [("SAYSO_LIBRARY", library.to_str().expect("UTF-8"))];
    let mut run = Run::start(&[], &settings, (80, 24));
    run.wait_for("first time here?");
    run.press("\x1bOQ");
    run.wait_for("Tour 1 of");
    run.press("\x1b");
    run.wait_for("the tour is over");
    run.press("q");
    assert!(run.end().success());
    let mut run = Run::start(&[], &settings, (80, 24));
    run.wait_for("Quotes 7");
    assert!(!run.screen().contains("first time"), "{}", run.screen());
    run.press("q");
    assert!(run.end().success());
}

#[test]
fn a_signal_has_the_state_written_beside_the_library() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let mut run = Run::start(&[], &[("SAYSO_LIBRARY", library.to_str().expect("UTF-8"))], (80, 24));
    run.wait_for("Quotes 7");
    run.press("2jj");
    // A key takes a sentence from the foot of the screen: all are obeyed first.
    run.wait("the third quote", |screen| {
        screen.lines().any(|row| row.starts_with('▌') && row.contains("It still might"))
    });
    run.signal("USR1");
    run.wait_for("the state is written");
    let state = std::fs::read_to_string(folder.path().join("state.txt")).expect("written");
    assert!(
        state.contains("screen 80x24 Stacked\npane Quotes list Quotes") && state.contains("found 7 quotes"),
        "{state}"
    );
    assert!(!state.contains("Alita"), "no word of the text: {state}");
    run.press("q");
    assert!(run.end().success());
}
