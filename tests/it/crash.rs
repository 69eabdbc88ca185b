//! Programs that are killed in the middle of what they write, that run out of room, or that meet another one: afterwards the
//! library is whole, and what comes out in the end is what an undisturbed run makes.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use sayso::index::Query;
use sayso::store::{Field, Store};

use crate::scale::{Dice, many};

fn sayso(library: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args(arguments).env("SAYSO_LIBRARY", library).stdin(Stdio::null());
    command
}

fn adding(library: &Path, articles: &Path) -> Child {
    let mut command = sayso(library, &["library", "add", &articles.to_string_lossy()]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts")
}

fn ends_well(mut child: Child) {
    assert!(child.wait().expect("ends").success());
}

/// All that is known of some articles.
fn known(library: &Path, paths: &[PathBuf]) -> Vec<String> {
    let store = Store::open(library).expect("opens");
    assert_eq!(store.check().expect("reads"), Vec::<String>::new());
    let entry = |path: &PathBuf| {
        let full = path.canonicalize().expect("a full path");
        format!("{:?}", store.entry(&full.to_string_lossy(), false).expect("reads"))
    };
    let mut known: Vec<String> = paths.iter().map(entry).collect();
    known.push(format!("{} documents", store.list().expect("reads").len()));
    for typed in ["nova", "speaker:quill budget", "is:denied"] {
        known.push(format!("{typed} {}", store.find(&Query::parse(typed), None, 0, 9999).expect("reads").len()));
    }
    known
}

fn articles(count: usize) -> (tempfile::TempDir, PathBuf, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = folder.path().join("articles");
    std::fs::create_dir(&articles).expect("a folder");
    let paths = many(&articles, count);
    (folder, articles, paths)
}

/// Adds articles over and over to one library and to new ones, and kills the program after a while, which differs each time.
fn killed_while_adding(count: usize, kills: usize) {
    let (folder, articles, paths) = articles(count);
    let undisturbed = folder.path().join("undisturbed.db");
    let start = Instant::now();
    ends_well(adding(&undisturbed, &articles));
    // Within what an undisturbed run takes on this machine; what was kept makes the next one shorter.
    let most = usize::try_from(start.elapsed().as_millis()).unwrap_or(900).max(20) * 3 / 4;
    let wanted = known(&undisturbed, &paths);
    assert!(wanted.iter().filter(|k| k.starts_with("Some")).count() == count);
    let mut dice = Dice(4711);
    let (mut library, mut number, mut died) = (folder.path().join("0.db"), 0, 0);
    for _ in 0..kills {
        let mut child = adding(&library, &articles);
        thread::sleep(Duration::from_millis(5 + (dice.throw() % most) as u64));
        child.kill().expect("SIGKILL");
        let over = child.wait().expect("ends").success();
        died += usize::from(!over);
        assert_eq!(Store::open(&library).expect("opens").check().expect("reads"), Vec::<String>::new());
        if over {
            assert_eq!(known(&library, &paths), wanted);
            number += 1;
            library = folder.path().join(format!("{number}.db"));
        }
    }
    ends_well(adding(&library, &articles));
    assert_eq!(known(&library, &paths), wanted);
    assert!(died > 0, "no run of {kills} was killed in time");
}

#[test]
fn adding_that_is_killed_is_taken_up_again() {
    killed_while_adding(200, 5);
}

#[test]
#[ignore = "takes minutes"]
fn adding_that_is_killed_a_hundred_times_is_taken_up_again() {
    killed_while_adding(600, 100);
}

/// Kills the program while it saves note after note; what it has answered for is there.
fn killed_while_saving(kills: usize) {
    let story = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/000_14fbd52913b64cd7.txt");
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let mut dice = Dice(815);
    for run in 0..kills {
        let mut command = sayso(&library, &["--linear", story]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("starts");
        let mut input = child.stdin.take().expect("piped");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let writer = thread::spawn(move || {
            let _ = input.write_all(b"next\n");
            (0..100_000).all(|n| writeln!(input, "note n{n:09}").is_ok());
        });
        let enough = 1 + dice.throw() % 40;
        let kept = output.lines().map_while(Result::ok).filter(|l| l.contains("note is kept")).take(enough).count();
        thread::sleep(Duration::from_micros(dice.throw() as u64 % 3000));
        child.kill().expect("SIGKILL");
        child.wait().expect("ends");
        writer.join().expect("ends");
        assert_eq!(kept, enough);
        let store = Store::open(&library).expect("opens");
        assert_eq!(store.check().expect("reads"), Vec::<String>::new());
        let text = std::fs::read_to_string(story).expect("reads");
        let key = store.key_of(None, &text).expect("reads").expect("known");
        let notes: Vec<String> = store
            .remarks(key)
            .expect("reads")
            .into_iter()
            .filter(|r| r.field == Field::Note)
            .map(|r| r.value)
            .collect();
        let last = format!("n{:09}", enough - 1);
        assert!(notes.len() == 1 && notes[0] >= last, "{notes:?} after {last}, run {run}");
        let (done, _) = store.changes(key).expect("reads");
        assert_eq!(done.last().map(|c| &c.to), notes.first(), "the note and what undoes it are one");
    }
}

#[test]
fn a_note_that_was_answered_for_outlives_a_kill() {
    killed_while_saving(6);
}

#[test]
#[ignore = "takes a minute"]
fn notes_outlive_a_hundred_kills() {
    killed_while_saving(100);
}

#[test]
fn two_that_add_at_once_do_each_others_work() {
    let (folder, articles, paths) = articles(120);
    let (alone, both) = (folder.path().join("alone.db"), folder.path().join("both.db"));
    ends_well(adding(&alone, &articles));
    let two = [adding(&both, &articles), adding(&both, &articles)];
    two.into_iter().for_each(ends_well);
    assert_eq!(known(&both, &paths), known(&alone, &paths));
}

/// Adds articles where a file may have so many blocks at most; with `told` the program hears of it, else it is killed by it.
fn within(blocks: usize, told: bool, library: &Path, articles: &Path) -> Output {
    let trap = if told { "trap '' XFSZ;" } else { "" };
    Command::new("sh")
        .args(["-c", &format!("{trap} ulimit -c 0; ulimit -f {blocks}; exec \"$0\" library add \"$1\"")])
        .args([env!("CARGO_BIN_EXE_sayso"), &*articles.to_string_lossy()])
        .env("SAYSO_LIBRARY", library)
        .output()
        .expect("sh")
}

fn without_room(steps: impl Iterator<Item = usize>) {
    let (folder, articles, paths) = articles(12);
    let undisturbed = folder.path().join("undisturbed.db");
    ends_well(adding(&undisturbed, &articles));
    let wanted = known(&undisturbed, &paths);
    let (mut failed, mut done) = (0, 0);
    for (number, blocks) in steps.enumerate() {
        let library = folder.path().join(format!("{number}.db"));
        let out = within(blocks, number % 2 == 0, &library, &articles);
        if out.status.success() {
            done += 1;
        } else {
            failed += 1;
            let told = String::from_utf8_lossy(&out.stderr);
            assert!(number % 2 == 1 || told.contains("library"), "{blocks} blocks: {told}");
            assert!(!told.contains("panicked"), "{told}");
        }
        ends_well(adding(&library, &articles));
        assert_eq!(known(&library, &paths), wanted, "{blocks} blocks");
    }
    assert!(failed > 2 && done > 0, "{failed} failed, {done} did not");
}

#[test]
fn a_disk_that_is_full_at_any_write_costs_nothing() {
    without_room([1, 8, 40, 120, 128, 400, 100_000].into_iter());
}

#[test]
#[ignore = "takes minutes"]
fn a_disk_that_is_full_at_every_block_costs_nothing() {
    without_room((1..1200).step_by(4).chain([100_000]));
}

#[test]
fn a_library_in_use_is_told_and_reading_goes_on() {
    let (folder, articles, paths) = articles(2);
    let library = folder.path().join("library.db");
    ends_well(adding(&library, &articles));
    let other = rusqlite::Connection::open(&library).expect("opens");
    other.execute_batch("begin immediate").expect("locks");
    let out = sayso(&library, &["library", "add", &articles.to_string_lossy()]).output().expect("runs");
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(!out.status.success() && told.contains("in use by another program"), "{told}");
    let out = sayso(&library, &["--linear", &paths[0].to_string_lossy()]).output().expect("runs");
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success() && said.contains("not saved: ") && said.contains("quotes"), "{said}");
    other.execute_batch("rollback").expect("unlocks");
    ends_well(adding(&library, &articles));
}

#[test]
fn a_library_of_a_newer_program_is_left_as_it_is() {
    let (folder, articles, paths) = articles(1);
    let library = folder.path().join("library.db");
    ends_well(adding(&library, &articles));
    let other = rusqlite::Connection::open(&library).expect("opens");
    other.execute_batch("pragma user_version = 999; pragma wal_checkpoint(truncate)").expect("writes");
    drop(other);
    let before = std::fs::read(&library).expect("reads");
    let out = sayso(&library, &["library", "add", &articles.to_string_lossy()]).output().expect("runs");
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(!out.status.success() && told.contains("newer sayso"), "{told}");
    let out = sayso(&library, &["--linear", &paths[0].to_string_lossy()]).output().expect("runs");
    assert!(out.status.success() && String::from_utf8_lossy(&out.stdout).contains("newer sayso"));
    assert_eq!(std::fs::read(&library).expect("reads"), before);
}
