//! Every write of a save is made to fail in turn: the library is then as it was, and the next try succeeds.

use rusqlite::Connection;

use super::shelf::tests::analysed;
use super::threads::tests::own;
use super::{Anchor, Field, Following, Remark, Store, StoreError, Subject, Turn};
use crate::index::Query;
use crate::text::Span;

const TEXT: &str = "The mill may close. The mill may not close.";

/// The tables a save writes rows of, with what is done to them.
const WRITES: [(&str, &str); 13] = [
    ("document", "insert"),
    ("document", "update"),
    ("file", "insert"),
    ("found", "insert"),
    ("found", "delete"),
    ("remark", "insert"),
    ("remark", "update"),
    ("remark", "delete"),
    ("change", "insert"),
    ("change", "update"),
    ("thread", "insert"),
    ("thread", "delete"),
    ("thread_change", "insert"),
];

/// Has the `k`th row that is written so fail.
fn break_at(connection: &Connection, (table, what): (&str, &str), k: i64) {
    connection
        .execute_batch(&format!(
            "create temp table if not exists written (count integer); delete from written; insert into written values (0);
             create temp trigger fault before {what} on main.\"{table}\" begin
                 update written set count = count + 1;
                 select raise(abort, 'the disk is broken') from written where count = {k};
             end;"
        ))
        .expect("a trigger");
}

fn mend(connection: &Connection) {
    connection.execute_batch("drop trigger if exists temp.fault").expect("mended");
}

/// All that a reader could see of the library.
fn seen(store: &Store) -> String {
    let key = store.key_of(None, TEXT).expect("reads").expect("known");
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        store.list().expect("reads"),
        store.entry("/a.txt", false).expect("reads"),
        store.find(&Query::parse("nova"), None, 0, 99).expect("reads"),
        store.remarks(key).expect("reads"),
        store.changes(key).expect("reads"),
        store.threads().expect("reads"),
        store.thread_changes().expect("reads"),
    )
}

type Save = fn(&mut Store) -> Result<(), StoreError>;

/// What is saved, one after the other.
const SAVES: [Save; 5] = [
    |store| store.shelve(&[analysed("/a.txt", "2026-03-14"), analysed("/b.txt", "2026-03-15")]),
    |store| store.shelve(&[analysed("/a.txt", "2026-03-16")]),
    |store| {
        let key = store.document(None, "The mill", TEXT)?;
        store.say(key, &remark("disputed"), &Turn::New(String::new()))
    },
    |store| {
        let key = store.document(None, "The mill", TEXT)?;
        store.say(key, &remark(""), &Turn::Undo)
    },
    |store| {
        let mut following = Following::default();
        let changes = vec![own("/news", "Dam", &[], false), own("/news", "Weir", &["Dam"], true)];
        let edit = following.change(changes, None, "/news", 1);
        store.edit_threads(&edit, &Turn::New(String::new()))
    },
];

fn remark(value: &str) -> Remark {
    let anchor = Anchor::of(Subject::Claim, TEXT, Span::of(0, 18));
    Remark { anchor, field: Field::Verdict, value: value.to_owned() }
}

/// A library after the first saves.
fn after(saves: &[Save]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(&folder.path().join("library.db")).expect("opens");
    store.document(None, "The mill", TEXT).expect("writes");
    for save in saves {
        save(&mut store).expect("saves");
    }
    (folder, store)
}

#[test]
fn a_save_that_fails_at_any_write_leaves_the_library_as_it_was() {
    let mut failed = 0;
    for (number, save) in SAVES.iter().enumerate() {
        let wanted = seen(&after(&SAVES[..=number]).1);
        for write in WRITES {
            let (_folder, mut store) = after(&SAVES[..number]);
            let before = seen(&store);
            for k in 1.. {
                break_at(&store.connection, write, k);
                let done = save(&mut store);
                mend(&store.connection);
                if done.is_ok() {
                    break;
                }
                failed += 1;
                assert_eq!(seen(&store), before, "save {number}, {write:?}, {k}");
            }
            assert_eq!(seen(&store), wanted, "save {number}, {write:?}");
            assert!(store.check().expect("reads").is_empty());
        }
    }
    assert!(failed > 15, "{failed} writes failed");
}
