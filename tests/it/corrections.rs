//! What a reader corrects with keys: the ends of a quote, words that were not found, names that are one; all of it taken back
//! and done again, after a restart too, and followed by exports.

use std::sync::Arc;

use sayso::app::{Cmd, DocumentId, Msg, Options, Recollection, Remarks};
use sayso::document::read;
use sayso::store::{Anchor, Field, Key, Offer, Remark, Store};

use crate::screen::Screen;

const FILE: &str = "seeds/000_14fbd52913b64cd7.txt";

/// Several people speak in it.
const TALK: &str = "tests/story/articles/02-interview.md";

fn open(file: &str) -> Screen {
    Screen::open(&[file], Options::default(), (120, 40))
}

/// What the list of quotes shows.
fn quotes(screen: &Screen) -> Vec<String> {
    screen.quotes().into_iter().map(|(who, words)| format!("{who}: {words}")).collect()
}

/// Writes what was said as the keeper does.
fn keep(store: &mut Store, key: Key, screen: &mut Screen) {
    for command in screen.commands.drain(..) {
        if let Cmd::Remember(_, remark, turn) = command {
            store.say(key, &remark, &turn).expect("writes");
        }
    }
}

fn library(file: &str) -> (tempfile::TempDir, Store, Key) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(&folder.path().join("library.db")).expect("opens");
    let text = read(&std::fs::read(file).expect("reads"), file).expect("a text");
    let key = store.document(None, "story", text.text()).expect("a key");
    (folder, store, key)
}

/// The reader after a restart.
fn again(file: &str, store: &Store, key: Key) -> Screen {
    let (done, undone) = store.changes(key).expect("reads");
    let known = Recollection { remarks: store.remarks(key).expect("reads"), place: 0, done, undone };
    let mut screen = open(file);
    screen.tell(Msg::Recalled(DocumentId(1), known));
    screen
}

#[test]
fn the_ends_of_a_quote_are_moved_taken_back_and_moved_again() {
    let (_folder, mut store, key) = library(FILE);
    let mut screen = open(FILE);
    let before = quotes(&screen);
    screen.press("2 e");
    assert!(screen.text().contains("Enter keep"), "{}", screen.text());
    screen.press("h h h");
    screen.check("ends-120x40");
    screen.press("<esc>");
    assert_eq!(quotes(&screen), before, "Esc leaves it as it is");
    screen.press("2 e h h <tab> l <enter>");
    let moved = quotes(&screen);
    assert_ne!(moved[0], before[0]);
    assert_eq!(moved[1..], before[1..]);
    keep(&mut store, key, &mut screen);
    let mut screen = again(FILE, &store, key);
    assert_eq!(quotes(&screen), moved, "after a restart");
    screen.press("u");
    assert_eq!(quotes(&screen), before);
    keep(&mut store, key, &mut screen);
    let mut screen = again(FILE, &store, key);
    assert_eq!(quotes(&screen), before);
    screen.press("<ctrl-r>");
    assert_eq!(quotes(&screen), moved);
}

#[test]
fn moved_ends_are_found_again_in_a_changed_text_and_by_exports() {
    let (_folder, mut store, key) = library(FILE);
    let mut screen = open(FILE);
    screen.press("2 e h h <enter>");
    let moved = quotes(&screen);
    keep(&mut store, key, &mut screen);
    let text = String::from_utf8(std::fs::read(FILE).expect("reads")).expect("UTF-8");
    let changed = format!("A new first paragraph, of no interest.\n\n{text}");
    let document = read(changed.as_bytes(), "changed.txt").expect("a text");
    let found = Arc::new(sayso::analysis::analyse(&document, &sayso::lexicon::Lexicon::english(), &[]));
    let mut remarks = Remarks::default();
    remarks.recall(store.remarks(key).expect("reads"), Vec::new(), Vec::new());
    let corrected = remarks.corrected(&document, &found);
    let words: Vec<String> = corrected.quotes.iter().map(|q| document.slice(q.span()).to_owned()).collect();
    let moved = moved[0].split_once(": ").expect("who and what").1;
    assert!(words.iter().any(|w| w == moved), "{moved:?} in {words:#?}");
    remarks.settle(&document, &corrected);
    assert_eq!(remarks.lost, 0);
    let gone = document.text().replace(moved, "…");
    let gone = read(gone.as_bytes(), "gone.txt").expect("a text");
    let found = Arc::new(sayso::analysis::analyse(&gone, &sayso::lexicon::Lexicon::english(), &[]));
    remarks.settle(&gone, &found);
    assert!(remarks.lost > 0, "words that are gone are told to be lost");
    assert_eq!(remarks.corrected(&gone, &found).quotes.len(), found.quotes.len());
}

#[test]
fn marked_words_become_a_quote_or_a_claim() {
    let mut screen = open(FILE);
    let before = quotes(&screen);
    screen.press("1 v h h s N o b o d y <enter>");
    let now = quotes(&screen);
    assert_eq!(now.len(), before.len() + 1);
    assert!(now.iter().any(|q| q.starts_with("Nobody: ")), "{now:#?}");
    screen.press("u");
    assert_eq!(quotes(&screen), before);
    let claims = screen.claims();
    screen.press("1 v h c d i s <enter>");
    assert_eq!(screen.claims(), claims + 1);
    screen.press("u");
    assert_eq!(screen.claims(), claims);
    screen.press("1 v y");
    assert!(matches!(screen.commands.last(), Some(Cmd::Copy(_))));
}

#[test]
fn two_names_become_one_and_two_again() {
    let (_folder, mut store, key) = library(TALK);
    let mut screen = open(TALK);
    let before = quotes(&screen);
    let who = |quotes: &[String], n: usize| quotes[n].split(": ").next().unwrap_or_default().to_owned();
    let first = who(&before, 0);
    let other = (1..before.len()).map(|n| who(&before, n)).find(|w| *w != first && w != "-").expect("two people");
    let typed: String = other.chars().map(|c| if c == ' ' { "<space> ".to_owned() } else { format!("{c} ") }).collect();
    screen.press("2 g g");
    screen.press(&format!("s <ctrl-u> = {typed} <enter>"));
    let merged = quotes(&screen);
    assert!(merged.iter().all(|q| !q.starts_with(&format!("{first}: "))), "{merged:#?}");
    assert!(merged[0].starts_with(&other));
    keep(&mut store, key, &mut screen);
    let mut screen = again(TALK, &store, key);
    assert_eq!(quotes(&screen), merged);
    screen.press("u");
    assert_eq!(quotes(&screen), before);
}

#[test]
fn a_correction_is_offered_for_other_articles_and_holds_where_it_is_accepted() {
    let remark = Remark { anchor: Anchor::person("Hale"), field: Field::Same, value: "Tom Hale".into() };
    let offer = |path: &str| Offer {
        path: path.to_owned(),
        paper: "The Courier".into(),
        day: None,
        start: 0,
        words: "We shall see".into(),
        who: "Hale".into(),
        remark: remark.clone(),
    };
    let mut screen = open(TALK);
    screen.tell(Msg::Offered(vec![offer("/a.txt"), offer("/b.txt"), offer("/c.txt"), offer("/d.txt")]));
    assert!(screen.text().contains("Hale = Tom Hale may hold in 4 more articles of the story"));
    let accepted = |screen: &mut Screen| -> Vec<String> {
        let accept = |c: Cmd| if let Cmd::Accept(path, r) = c { Some((path, r)) } else { None };
        screen
            .commands
            .drain(..)
            .filter_map(accept)
            .map(|(path, r)| {
                assert_eq!(r, remark);
                path
            })
            .collect()
    };
    assert!(accepted(&mut screen).is_empty(), "nothing is accepted by itself");
    screen.press("A j a");
    screen.check("offers-120x40");
    assert_eq!(accepted(&mut screen), ["/b.txt"]);
    screen.press("x");
    assert_eq!(accepted(&mut screen), Vec::<String>::new());
    screen.press("A");
    assert_eq!(accepted(&mut screen), ["/a.txt", "/d.txt"]);
    let told = "accepted in 3 articles, 1 left out; u in each takes it back";
    assert!(screen.text().contains(told), "{}", screen.text());
    // The last one is not silent either.
    screen.tell(Msg::Offered(vec![offer("/a.txt")])).press("A a");
    assert!(screen.text().contains("accepted in 1 article; u in it takes it back"), "{}", screen.text());
}

#[test]
fn what_is_taken_back_is_not_offered_any_more() {
    let remark = Remark { anchor: Anchor::person("Hale"), field: Field::Same, value: "Tom Hale".into() };
    let offer = Offer {
        path: "/a.txt".into(),
        paper: "The Courier".into(),
        day: None,
        start: 0,
        words: "We shall see".into(),
        who: "Hale".into(),
        remark,
    };
    let mut screen = open(TALK);
    screen.press("2 s <ctrl-u> A n n <enter>").tell(Msg::Offered(vec![offer]));
    screen.press("u A");
    assert!(screen.text().contains("nothing is offered"), "{}", screen.text());
}

#[test]
fn a_merged_thread_stays_selected() {
    let mut screen = open(FILE);
    screen.press("4 g g j t <ctrl-u> Z a l e m , <space> N o v a <enter>");
    let text = screen.text();
    let row = text.lines().find(|row| row.contains("Zalem  ") && row.contains('▌')).unwrap_or_default();
    assert!(row.contains("▌ Z Zalem"), "{text}");
    screen.press("t");
    assert!(screen.text().contains("  Zalem, Nova, Desty Nova"), "{}", screen.text());
}
