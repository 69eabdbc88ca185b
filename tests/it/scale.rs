//! How adding and searching grow with the library. Run by hand, in release:
//! `cargo test --release --test it scale -- --ignored --nocapture`, with `ARTICLES=10000` or more;
//! `KEEP=FOLDER` leaves articles and library there, and finds them again.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use sayso::index::Query;
use sayso::intake;
use sayso::lexicon::threads;
use sayso::store::Store;
use sayso::story::Sort;

const NAMES: [&str; 12] = [
    "Mara Quill",
    "Tomas Reyes",
    "Ines Okafor",
    "Cyr Wald",
    "Dana Whitfield",
    "Ada Marsh",
    "Piet Hollander",
    "Lena Brandt",
    "Joel Ferris",
    "Ruth Calloway",
    "Omar Sayegh",
    "Kit Barlow",
];
const THINGS: [&str; 16] = [
    "the harbour plan",
    "the second film",
    "a new stadium",
    "the rail link",
    "the Nova storyline",
    "the city of Zalem",
    "the Motorball races",
    "the budget",
    "the old mill",
    "the vaccine trial",
    "the tower",
    "the election",
    "the dam",
    "the museum",
    "the merger",
    "the strike",
];
const ENDS: [&str; 12] = [
    "will open next spring",
    "might never be finished",
    "has been approved",
    "is not finished",
    "was delayed again",
    "could cost twice as much",
    "remains an open question",
    "is nearly done",
    "will not return",
    "has begun at last",
    "is reportedly in doubt",
    "was a mistake",
];

/// A small generator of numbers: the same ones for the same start (Marsaglia's xorshift).
pub struct Dice(pub u64);

impl Dice {
    pub fn throw(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.throw() % from.len()]
    }
}

/// An article as a newsroom would hold it, some 500 words, of a day of its own.
fn article(number: usize) -> String {
    let mut dice = Dice(number as u64 * 7919 + 17);
    let day = format!("{:04}-{:02}-{:02}", 2000 + number / 336 % 26, 1 + number / 28 % 12, 1 + number % 28);
    let title = format!("{} {}, case {number}", dice.pick(&THINGS), dice.pick(&ENDS));
    let mut text = format!("---\ntitle: {title}\ndate: {day}\nauthor: {}\n---\n", dice.pick(&NAMES));
    for _ in 0..9 {
        let (who, other) = (dice.pick(&NAMES), dice.pick(&NAMES));
        let (a, b, c) = (dice.pick(&THINGS), dice.pick(&THINGS), dice.pick(&THINGS));
        let count = dice.throw() % 9000;
        let _ = write!(
            text,
            "{who} told reporters on Tuesday that {a} {}. “We have looked at {b} for {count} days, and it {},” said {other}. \
             “{c} {}, whatever they say.” According to officials, {a} {}. The council counted {count} letters, more than ever \
             before, and {who} believes that {b} {}.\n\n",
            dice.pick(&ENDS),
            dice.pick(&ENDS),
            dice.pick(&ENDS),
            dice.pick(&ENDS),
            dice.pick(&ENDS)
        );
    }
    text
}

pub fn many(folder: &Path, count: usize) -> Vec<PathBuf> {
    let write = |number: usize| {
        let path = folder.join(format!("{number:06}.md"));
        // One that was kept stays as it is: written again it would count as changed.
        if !path.exists() {
            std::fs::write(&path, article(number)).expect("writes");
        }
        path
    };
    (0..count).map(write).collect()
}

/// The most memory this process has had, in MB.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<usize>().ok()).unwrap_or(0) / 1024
}

#[test]
#[ignore = "a benchmark, run by hand"]
#[expect(clippy::cast_precision_loss, clippy::print_stdout, reason = "figures to look at")]
fn scale() {
    let count = std::env::var("ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
    let own = tempfile::tempdir().expect("a folder");
    let folder = std::env::var_os("KEEP").map_or_else(|| own.path().to_owned(), PathBuf::from);
    let paths = many(&folder, count);
    let library = folder.join("library.db");
    let mut store = Store::open(&library).expect("opens");
    let go = AtomicBool::new(false);
    let begun = Instant::now();
    let done = intake::add(&mut store, &paths, &threads::story().into(), &go, |_| {}, |f| panic!("{f}")).expect("adds");
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{count} articles: {} added in {seconds:.2} s, {:.0} a second, {} MB",
        done.added,
        count as f64 / seconds,
        peak()
    );
    let begun = Instant::now();
    intake::add(&mut store, &paths, &threads::story().into(), &go, |_| {}, |f| panic!("{f}")).expect("adds");
    println!("once more, unchanged: {:.0} ms", begun.elapsed().as_secs_f64() * 1000.0);
    drop(store);
    let size = std::fs::metadata(&library).map_or(0, |m| m.len()) >> 20;
    let begun = Instant::now();
    let store = Store::open(&library).expect("opens");
    println!("opened in {:.1} ms, {size} MB on disk", begun.elapsed().as_secs_f64() * 1000.0);
    for typed in [
        "w",
        "wh",
        "wha",
        "whatever",
        "t",
        "the",
        "the s",
        "the second fi",
        "letters more",
        "nov speaker:qui",
        "is:denied",
        "budget since:2010 until:2011-06",
        "in:stadium rail",
        "zzz",
        "8123",
    ] {
        let query = Query::parse(typed);
        let begun = Instant::now();
        let hits = store.find(&query, Some(Sort::Quote), 0, 50).expect("reads").len();
        let first = begun.elapsed().as_secs_f64() * 1000.0;
        let begun = Instant::now();
        let all = store.find(&query, None, 0, 1000).expect("reads").len();
        println!(
            "{typed:>34}: {hits:>3} quotes in {first:>6.1} ms, {all:>4} of all in {:>6.1} ms",
            begun.elapsed().as_secs_f64() * 1000.0
        );
    }
    println!("peak {} MB", peak());
}
