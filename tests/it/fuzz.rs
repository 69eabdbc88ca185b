//! Mutated files against everything that takes bytes: nothing may panic, hang or break what it promises. In the usual run each
//! target gets a moment; for hours of it:
//!
//! ```sh
//! FUZZ_SECONDS=600 cargo test --locked --test it fuzz:: -- --nocapture
//! ```
//!
//! There is no coverage to guide it; instead it starts from whole files of every format and knows the words that formats and
//! passes look for. An input that fails is written to the folder for temporary files, and the message names it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sayso::analysis::{self, ThreadDefinition};
use sayso::document::{self, Document};
use sayso::lexicon::{Lexicon, threads};
use sayso::text::{Shown, glyphs};

/// An input may take this long, unoptimised and beside other tests.
const LIMIT: Duration = Duration::from_secs(10);
/// Inputs are kept this short, so that many are tried.
const LONGEST: usize = 6000;

/// Pieces that formats and passes look for.
const WORDS: &[&str] = &[
    "<div>",
    "</p>",
    "<p>",
    "<table><td>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&#27;",
    "&#x10ffff;",
    "&amp",
    "<script>",
    "<title>",
    "<?xml",
    "<rss><channel><item>",
    "<entry>",
    "---\n",
    "# ",
    "> ",
    "```\n",
    "* ",
    "[a](b)",
    "WEBVTT\n\n",
    "00:00:01,000 --> 00:00:02,000\n",
    "From: a\r\n",
    "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
    "=?utf-8?q?=1b?=",
    "PK\x03\x04",
    "\u{feff}",
    "\0",
    "\u{1b}[31m",
    "\u{9b}",
    "\u{202e}",
    "\u{200d}",
    "e\u{301}\u{301}\u{301}",
    "木",
    "👩\u{200d}👩",
    "\r\n",
    "\n\n",
    "\t",
    "\u{2028}",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "«",
    "»",
    "—",
    "…",
    ". ",
    "? ",
    "said ",
    "she said",
    "according to ",
    "told Reuters",
    "Mr. ",
    "Dr. ",
    "Anna Berg",
    "the spokesman",
    "denied that ",
    "might ",
    "would not ",
    "if ",
    "who ",
    ", ",
    "; ",
    ": ",
    "(",
    ")",
    "1.5 million",
    "U.S.",
    "O'Neil",
    "\u{a0}",
    "-",
    "ANN: ",
    "Q. ",
    "A. ",
    "CHAPTER I\n\n",
    "***\n\n",
];

struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).expect("fits") % limit.max(1)
    }
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

/// Whole files with their names: those of the tests, and some made here.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["tests/formats", "tests/golden/texts", "seeds"] {
        files(&root.join(folder), &mut paths);
    }
    let read = |p: &PathBuf| Some((p.file_name()?.to_string_lossy().into_owned(), std::fs::read(p).ok()?));
    let mut seeds: Vec<_> = paths.iter().filter_map(read).collect();
    let opf = "<package><metadata><dc:title>T</dc:title></metadata><manifest><item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='c'/></spine></package>";
    let book = crate::hostile::archive(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", crate::hostile::CONTAINER.as_bytes()),
        ("OEBPS/content.opf", opf.as_bytes()),
        ("OEBPS/c.xhtml", b"<html><body><p>\xe2\x80\x9cYes,\xe2\x80\x9d said Ann.</p></body></html>"),
    ]);
    seeds.push(("book.epub".into(), book));
    seeds.push(("feed.xml".into(), b"<rss><channel><title>T</title><item><title>A</title><description>B said C.</description></item></channel></rss>".to_vec()));
    seeds.push(("film.srt".into(), b"1\n00:00:01,000 --> 00:00:02,000\nANN: Yes.\n\n".to_vec()));
    seeds.push((
        "mail.eml".into(),
        b"From: Ann <a@x>\r\nSubject: T\r\nContent-Type: text/html\r\n\r\n<p>\"Yes,\" said Ann.</p>\r\n".to_vec(),
    ));
    seeds
}

/// A stretch of a seed with some of it changed.
fn mutated(seeds: &[(String, Vec<u8>)], chance: &mut Chance) -> (String, Vec<u8>) {
    let (name, whole) = &seeds[chance.below(seeds.len())];
    let packed = whole.starts_with(b"PK") || whole.starts_with(b"\x1f\x8b");
    let start = if packed || chance.below(2) == 0 { 0 } else { chance.below(whole.len()) };
    let length = if packed { whole.len() } else { 1 + chance.below(LONGEST) };
    let mut bytes: Vec<u8> = whole.iter().skip(start).take(length).copied().collect();
    for _ in 0..=chance.below(12) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 => drop(bytes.splice(at..at, WORDS[chance.below(WORDS.len())].bytes())),
            2 => {
                let word = WORDS[chance.below(WORDS.len())].repeat(1 + chance.below(80));
                bytes.splice(at..at, word.bytes());
            }
            3 => drop(bytes.drain(at..(at + chance.below(200)).min(bytes.len()))),
            4 => {
                let piece: Vec<u8> =
                    bytes.iter().skip(chance.below(bytes.len())).take(chance.below(300)).copied().collect();
                bytes.splice(at..at, piece);
            }
            _ => bytes.truncate(at.max(1)),
        }
    }
    // Sometimes under another name: names tell the format.
    let (other, _) = &seeds[chance.below(seeds.len())];
    (if chance.below(8) == 0 { other.clone() } else { name.clone() }, bytes)
}

/// Tries a target on mutated files until its time is up.
fn fuzz(target: &str, run: impl Fn(&str, &[u8])) {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(2);
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(0x5eed);
    let (seeds, mut chance) = (seeds(), Chance(seed));
    let (start, mut count, mut slowest) = (Instant::now(), 0usize, Duration::ZERO);
    while start.elapsed() < Duration::from_secs(seconds) {
        let (name, bytes) = mutated(&seeds, &mut chance);
        let began = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| run(&name, &bytes)));
        let took = began.elapsed();
        (count, slowest) = (count + 1, slowest.max(took));
        if outcome.is_err() || took > LIMIT {
            let file = std::env::temp_dir().join(format!("sayso-fuzz-{target}-{name}"));
            std::fs::write(&file, &bytes).expect("writes");
            panic!("{target} fails after {count} inputs ({took:?}) on {}", file.display());
        }
    }
    let told = format!("{target}: {count} inputs in {seconds} s, the slowest {slowest:?}\n");
    std::io::Write::write_all(&mut std::io::stdout(), told.as_bytes()).expect("writes");
}

fn whole(document: &Document) {
    let blocks = document.blocks();
    assert!(blocks.iter().all(|b| document.text().get(b.span.range()).is_some_and(|t| !t.trim().is_empty())));
    assert!(blocks.windows(2).all(|w| w[0].span.end() <= w[1].span.start()), "blocks overlap");
}

#[test]
fn decode() {
    fuzz("decode", |_, bytes| {
        if let Ok(document) = document::read(bytes, "file.txt") {
            whole(&document);
        }
    });
}

#[test]
fn formats() {
    fuzz("formats", |name, bytes| {
        if let Ok(document) = document::read(bytes, name) {
            whole(&document);
        }
    });
}

#[test]
fn clean() {
    let forbidden = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2028}' | '\u{2029}')
            || matches!(c, '\u{e0000}'..='\u{e007f}' | '\u{fff9}'..='\u{fffb}' | '\u{feff}' | '\u{200b}')
    };
    fuzz("clean", |_, bytes| {
        let text = String::from_utf8_lossy(bytes);
        let shown = Shown::text(&text);
        assert!(!shown.as_str().contains(forbidden), "a forbidden character is shown");
        assert_eq!(Shown::text(shown.as_str()), shown, "cleaning twice is not cleaning once");
        assert!(!Shown::line(&text).as_str().contains(|c: char| forbidden(c) || c == '\n'));
        let drawn: usize = glyphs(&text).map(|g| g.length).sum();
        assert_eq!(drawn, text.len(), "a part of the text has no glyph");
    });
}

#[test]
fn analyse() {
    let (lexicon, threads): (Lexicon, Vec<ThreadDefinition>) = (Lexicon::english(), threads::story());
    fuzz("analyse", |_, bytes| {
        let document = document::from_text(String::from_utf8_lossy(bytes).into_owned(), "file");
        let found = analysis::analyse(&document, &lexicon, &threads);
        let text = document.text();
        let spans =
            found.quotes.iter().flat_map(|q| q.content.iter().copied()).chain(found.claims.iter().map(|c| c.content));
        for span in spans.chain(found.sentences.iter().copied()) {
            assert!(text.get(span.range()).is_some(), "{span:?} is no part of the text");
        }
        let quotes: Vec<_> = found.quotes.iter().map(|q| q.span().start()).collect();
        assert!(quotes.is_sorted(), "quotes out of order");
        let again = analysis::analyse(&document, &lexicon, &threads);
        assert!(again == found, "not the same twice");
    });
}
