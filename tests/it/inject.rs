//! Every carrier of text that is not ours, with every sequence that a terminal might obey: none of them reaches the bytes of a
//! real pseudo-terminal, nor of plain output, nor of a message about a fault.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::hostile::{CONTAINER, archive};
use crate::pty::Run;

/// What is put in. Each is followed by a mark, so that it is told from what sayso itself writes.
const SEQUENCES: &[&str] = &[
    "\x1b]0;PWN\x07",
    "\x1b]52;c;UFdO\x1b\\",
    "\x1b]8;;http://x/\x1b\\PWN",
    "\x1b]50;PWN\x07",
    "\x1b[31mPWN",
    "\x1b[6nPWN",
    "\x1b[21tPWN",
    "\x1b[?1049lPWN",
    "\x1b[200~PWN",
    "\x1bPPWN\x1b\\",
    "\x1b_GPWN\x1b\\",
    "\x1b^PWN\x1b\\",
    "\x1bXPWN\x1b\\",
    "\x1bcPWN",
    "\x1b#8PWN",
    "\x1b(0PWN",
    "\x1b\x1b[0m\x1b]PWN",
    "\u{9b}31mPWN",
    "\u{9d}0;PWN\u{9c}",
    "\u{90}PWN\u{9c}",
    "\u{85}PWN",
    "\u{7}PWN",
    "\u{8}PWN",
    "\u{e}PWN",
    "\u{5}PWN",
    "\u{7f}PWN",
    "\u{b}PWN",
    "\u{c}PWN",
    "X\rPWN",
    "\u{202e}PWN",
    "\u{202a}PWN",
    "\u{2066}PWN",
    "\u{2069}PWN",
    "\u{200e}PWN",
    "\u{200f}PWN",
    "\u{61c}PWN",
    "\u{200b}PWN",
    "\u{feff}PWN",
    "\u{2028}PWN",
    "\u{2029}PWN",
    "\u{e0041}PWN",
    "\u{fff9}PWN",
    "\u{180e}PWN",
    "\u{2060}PWN",
    "\u{206a}PWN",
];

fn all() -> String {
    SEQUENCES.join(" ")
}

/// As numbers, which markup may hold where the characters themselves may not stand.
fn entities(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if c.is_ascii_alphanumeric() || c == ' ' {
            out.push(c);
        } else {
            let _ = write!(out, "&#{};", u32::from(c));
        }
        out
    })
}

/// Files that carry the sequences, each somewhere else.
fn carriers(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let evil = all();
    let (raw, coded) = (evil.replace(['\u{2028}', '\u{2029}'], " "), entities(&evil));
    let body = "“We won,” said Ann Lee. Tom Hale said that the boat might sink.";
    let text = |name: &'static str, file: &str, text: String| {
        let path = folder.join(file);
        std::fs::write(&path, text).expect("writes");
        (name, path)
    };
    let mut files = vec![
        text("text", "text.txt", format!("Title\n\n{body} {evil}\n\n“{raw},” said Ann.\n")),
        text("title", "title.txt", format!("{raw}\n\n{body}\n")),
        text("speaker", "speaker.txt", format!("Title\n\n“We won,” said Ann {raw} Lee.\n\n“Yes,” said {raw}.\n")),
        text("front matter", "front.md", format!("---\ntitle: \"{raw}\"\nauthor: {raw}\ndate: {raw}\n---\n\n{body}\n")),
        text("Markdown", "mark.md", format!("# {raw}\n\n{body} [{raw}](http://x/{raw} \"{raw}\") `{raw}`\n")),
        text(
            "web page",
            "page.html",
            format!(
                "<html><head><title>{coded}</title><meta name=author content=\"{coded}\"></head><body><h1>{raw}</h1><p>{body} {coded}</p><p>“{coded},” said Ann.</p></body></html>"
            ),
        ),
        text(
            "feed",
            "feed.xml",
            format!(
                "<rss version=\"2.0\"><channel><title>{coded}</title><item><title>{coded}</title><author>{coded}</author><description>{body} {coded}</description></item></channel></rss>"
            ),
        ),
        text("subtitles", "film.srt", format!("1\n00:00:01,000 --> 00:00:02,000\nANN: {raw}\n\n")),
        text(
            "mail",
            "mail.eml",
            format!("From: Ann <a@x>\r\nSubject: {}\r\n\r\n{body} {raw}\r\n", raw.replace(['\r', '\n'], " ")),
        ),
        text("file name", "name\x1b]0;PWN\x07\u{9b}31mPWN\u{202e}PWN\x08PWN\r.txt", format!("{body}\n")),
    ];
    let opf = format!(
        "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{coded}</dc:title><dc:creator>{coded}</dc:creator></metadata><manifest><item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='c'/></spine></package>"
    );
    let chapter = format!("<html><body><h1>{coded}</h1><p>{body} {coded}</p></body></html>");
    let book = archive(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/content.opf", opf.as_bytes()),
        ("OEBPS/c.xhtml", chapter.as_bytes()),
    ]);
    let path = folder.join("book.epub");
    std::fs::write(&path, book).expect("writes");
    files.push(("book", path));
    files
}

/// The sequences that stand in the bytes as they were put in.
fn reached(bytes: &[u8]) -> Vec<&'static str> {
    let holds = |s: &&&str| bytes.windows(s.len()).any(|w| w == s.as_bytes());
    SEQUENCES.iter().filter(holds).copied().collect()
}

#[test]
fn no_sequence_reaches_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    for (carrier, path) in carriers(folder.path()) {
        let mut run = Run::start(&[path.to_str().expect("a name")], &[], (100, 30));
        run.wait("a frame", |screen| screen.contains("QUOTES") || screen.contains("Quotes"));
        for keys in ["2\r", "\x1bjjw", "3\r", "\x1b4\r", "\x1b1 G", "yyycym", "?", "\x1b:", "\x1b\x0c"] {
            let before = run.bytes().len();
            run.press(keys);
            run.quiet(before, std::time::Duration::from_millis(40));
        }
        run.press("\x1b\x1b/\x1b[200~\x1b]0;PWN\x07\u{9b}31mPWN\u{202e}PWN\x1b[201~");
        run.wait_for("PWN");
        run.press("\x1b\x1bQ");
        run.end();
        assert_eq!(reached(&run.bytes()), [""; 0], "through {carrier}");
    }
}

fn output(arguments: &[&str], typed: &str) -> Vec<u8> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(arguments)
        .env("SAYSO_LIBRARY", "/dev/null/none")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("piped"), typed.as_bytes()).ok();
    let done = child.wait_with_output().expect("ends");
    [done.stdout, done.stderr].concat()
}

#[test]
fn no_sequence_reaches_plain_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let typed = "quotes\nnext\nwhy\nclaims\nnext\nwhy\n\n\n\nthreads\nwho\nfind won\nfind \x1b]0;PWN\x07\narticles\n\x1b[31mPWN\nnote \x1b[31mPWN\nnote\n";
    for (carrier, path) in carriers(folder.path()) {
        let file = path.to_str().expect("a name");
        for arguments in [
            &[file][..],
            &["quotes", file],
            &["claims", file],
            &["threads", file],
            &["extract", file],
            &["--linear", file],
        ] {
            assert_eq!(reached(&output(arguments, typed)), [""; 0], "through {carrier} with {arguments:?}");
        }
    }
}

#[test]
fn no_sequence_reaches_a_message() {
    let evil = all().replace('\0', "");
    for arguments in [
        &[evil.as_str()][..],
        &["--threads", &evil],
        &["quotes", &evil],
        &["extract", "--format", &evil],
        &["--theme", &evil],
        &[&format!("--{evil}")],
    ] {
        assert_eq!(reached(&output(arguments, "")), [""; 0], "{:?}", arguments[0]);
    }
}
