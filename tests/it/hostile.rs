//! Files made to break readers: each is read in about a second at most, or refused with a sentence; none makes the program
//! fail. Tests run without optimisation of our own code and beside others, so the limit here is a few seconds.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use sayso::document::{self, Document, ReadError};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const LIMIT: Duration = Duration::from_secs(6);

fn read(bytes: &[u8], name: &str) -> Result<Document, ReadError> {
    let start = Instant::now();
    let read = document::read(bytes, name);
    assert!(start.elapsed() < LIMIT, "{name} took {:?}", start.elapsed());
    if let Ok(document) = &read {
        let blocks = document.blocks();
        assert!(blocks.iter().all(|b| document.text().get(b.span.range()).is_some_and(|t| !t.trim().is_empty())));
        assert!(blocks.windows(2).all(|w| w[0].span.end() <= w[1].span.start()), "blocks overlap");
    }
    read
}

fn page(body: &str) -> Document {
    read(["<!DOCTYPE html><html><body>", body].concat().as_bytes(), "page.html").expect("a page")
}

/// An archive of these files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("starts");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("ends").into_inner()
}

pub const CONTAINER: &str = r#"<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

/// A book with these chapters and further files.
fn book(chapters: &[&str], more: &[(&str, &[u8])]) -> Vec<u8> {
    let names: Vec<String> = (1..=chapters.len()).map(|i| format!("OEBPS/text/c {i}.xhtml")).collect();
    let items = (1..=chapters.len())
        .map(|i| format!("<item id='c{i}' href='text/c%20{i}.xhtml' media-type='application/xhtml+xml'/>"));
    // The spine turns the order of the manifest round.
    let spine = (1..=chapters.len()).rev().map(|i| format!("<itemref idref='c{i}'/>"));
    let opf = format!(
        "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>The Lamp &amp; the Tide</dc:title><dc:creator>Una Westerby</dc:creator><dc:date>2026-10-03</dc:date><dc:publisher>Nine Tides</dc:publisher></metadata><manifest><item id='nav' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>{}</manifest><spine>{}<itemref idref='nav'/></spine></package>",
        items.collect::<String>(),
        spine.collect::<String>()
    );
    let nav = "<html><body><nav epub:type='toc'><ol><li><a href='text/c%201.xhtml'>The last chapter</a></li></ol></nav></body></html>";
    let mut files: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/content.opf", opf.as_bytes()),
        ("OEBPS/nav.xhtml", nav.as_bytes()),
    ];
    files.extend(names.iter().zip(chapters).map(|(name, text)| (name.as_str(), text.as_bytes())));
    files.extend(more);
    archive(&files)
}

#[test]
fn a_book_is_read_in_the_order_of_its_spine() {
    let second = "<html xmlns:epub='x'><body><section><h2>Two</h2><p>“Wait,”<a epub:type='noteref' href='#n'>1</a> said Finn.</p><aside epub:type='footnote' id='n'><p>He did not wait.</p></aside><p>Nobody waited.</p></section></body></html>";
    let document =
        read(&book(&["<html><body><p>It ended.</p></body></html>", second], &[]), "lamp.epub").expect("a book");
    let meta = document.meta();
    assert_eq!((meta.title.as_str(), meta.byline.as_deref()), ("The Lamp & the Tide", Some("Una Westerby")));
    assert_eq!((meta.published.as_deref(), meta.outlet.as_deref()), (Some("2026-10-03"), Some("Nine Tides")));
    let expected = "The Lamp & the Tide\n\nBy Una Westerby\n\nTwo\n\n“Wait,” said Finn.\n\nNobody waited.\n\nHe did not wait.\n\nThe last chapter\n\nIt ended.";
    assert_eq!(document.text(), expected);
}

#[test]
fn locked_and_other_archives_are_named() {
    let locked = |way: &str| {
        format!("<encryption><EncryptedData><EncryptionMethod Algorithm=\"{way}\"/></EncryptedData></encryption>")
    };
    let told = |bytes: &[u8]| read(bytes, "a.epub").expect_err("refused").to_string();
    let drm = locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc");
    assert!(
        told(&book(&["<p>x</p>"], &[("META-INF/encryption.xml", drm.as_bytes())])).contains("locked by its seller")
    );
    let fonts = locked("http://www.idpf.org/2008/embedding");
    assert!(read(&book(&["<p>x</p>"], &[("META-INF/encryption.xml", fonts.as_bytes())]), "a.epub").is_ok());
    assert!(told(&archive(&[("word/document.xml", b"<w/>")])).contains("pandoc -f docx"));
    assert!(told(&archive(&[("a.txt", b"x")])).contains("unzip a.epub"));
}

#[test]
fn books_made_to_break_readers_are_refused_or_read() {
    let bomb = vec![b' '; 40 << 20];
    assert!(
        read(&book(&["<p>x</p>"], &[("OEBPS/zeros.xhtml", &bomb)]), "bomb.epub")
            .expect_err("a bomb")
            .to_string()
            .contains("unpacks to more")
    );
    let out = book(&["<p>x</p>"], &[("../../etc/passwd", b"root"), ("/etc/passwd", b"root")]);
    assert!(read(&out, "out.epub").is_ok());
    let laughs =
        "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><html><body><p>&b; it laughed.</p></body></html>";
    assert!(read(&book(&[laughs], &[]), "laughs.epub").expect("a book").text().contains("it laughed"));
    let whole = book(&["<p>It rained all day.</p>"], &[]);
    for cut in (0..whole.len()).step_by(37) {
        let _ = read(&whole[..cut], "cut.epub");
    }
    let told = read(&whole[..whole.len() - 30], "cut.epub").expect_err("cut off").to_string();
    assert!(told.contains("fetch the file again"), "{told}");
}

#[test]
fn deep_and_flooded_pages_are_read() {
    let deep = |open: &str, close: &str, n: usize| {
        page(&[open.repeat(n), "<p>It rained all day.</p>".into(), close.repeat(n)].concat())
    };
    assert!(deep("<div>", "</div>", 100_000).text().contains("It rained"));
    assert!(deep("<ul><li>", "</li></ul>", 50_000).text().contains("It rained"));
    assert!(deep("<table><tr><td>", "</td></tr></table>", 30_000).text().contains("It rained"));
    assert!(deep("<blockquote>", "", 100_000).text().contains("It rained"));
    assert!(deep("<b><i><a href=x>", "", 60_000).text().contains("It rained"));
    page(&"&amp;".repeat(200_000));
    page(&"&".repeat(1 << 20));
    page(&"<".repeat(1 << 20));
    page(&"<a ".repeat(300_000));
    page(&["<a", &" b='".repeat(200_000)].concat());
    page(&["<p", &" x=1".repeat(250_000), ">It rained."].concat());
    page(&"<br>".repeat(250_000));
    page(&"<p>x".repeat(250_000));
    page(&"<!--".repeat(250_000));
    page(&"<script>".repeat(100_000));
    page(&["<script type='application/ld+json'>", &"[".repeat(200_000), "</script>"].concat());
    page(&"<p class='ad related comments newsletter a-b-c-d-e-f'>It rained, she said.</p>".repeat(15_000));
    page(&"<blockquote>It rained all day and all night, she said.</blockquote>".repeat(15_000));
    page(&"<article><h1>Rain</h1><p>It rained all day and all night, she said.</p></article>".repeat(8_000));
    assert!(page("<p>A&#0;b &#27;[31m &#x9b; \0 c &#x110000; &#xD800;</p>").text().contains('A'));
}

#[test]
fn other_formats_are_read_too() {
    let md = |text: &str| read(text.as_bytes(), "a.md").expect("reads");
    md(&"> ".repeat(50_000));
    md(&"[".repeat(100_000));
    md(&"*a ".repeat(100_000));
    md(&["---\ntitle: x\n", &"a: b\n".repeat(100_000)].concat());
    let rss = ["<rss><channel>", &"<item><title>x</title><description>&lt;p&gt;y</description></item>".repeat(9_000)]
        .concat();
    assert!(read(rss.as_bytes(), "a.xml").expect("reads").blocks().len() >= 9_999);
    let srt = "1\n00:00:01,000 --> 00:00:02,000\nIt rained\n\n".repeat(20_000);
    read(srt.as_bytes(), "a.srt").expect("reads");
    let boundary = "Content-Type: multipart/mixed; boundary=b\n\n--b\n";
    let mail = ["From: a@x\nTo: b@x\nSubject: s\nMIME-Version: 1.0\n", &boundary.repeat(5_000)].concat();
    let _ = read(mail.as_bytes(), "a.eml");
}

/// Pieces of all formats that trip readers when they are put together anyhow.
const PIECES: &[&str] = &[
    "<!DOCTYPE html>",
    "<html>",
    "<p>",
    "</p>",
    "<div class='comments'>",
    "</div>",
    "<h1>",
    "</h1>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<script>",
    "</script>",
    "<script type=application/ld+json>{\"@type\":\"Article\",\"articleBody\":\"",
    "\"}",
    "<br>",
    "<hr>",
    "<q>",
    "</q>",
    "<a href='",
    "'>",
    "&amp;",
    "&#0;",
    "&#x9b;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<rss>",
    "<item>",
    "<title>",
    "</title>",
    "<feed>",
    "<entry>",
    "WEBVTT\n\n",
    "1\n00:00:01,000 --> 00:00:02,000\n",
    "<v Ann>",
    "ANN LEE: ",
    "---\n",
    "title: x\n",
    "+++\n",
    "# ",
    "> ",
    "- ",
    "[^1]",
    "```\n",
    "| a | b |\n|---|---|\n",
    "From: Ann <a@x>\n",
    "Subject: =?utf-8?q?=C3?=\n",
    "MIME-Version: 1.0\n",
    "Content-Type: text/html\n",
    "From a@x\n",
    "\n",
    "\n\n",
    "It rained, she said. ",
    "“Wait,” he called. ",
    "{\"version\": \"https://jsonfeed.org/version/1\"",
    "é",
    "木",
    "\u{ad}",
    "\u{202e}",
    "\0",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_mixture_of_markup_is_read(picks in prop::collection::vec(0..PIECES.len(), 0..60), name in 0..8usize) {
        let text: String = picks.iter().map(|&i| PIECES[i]).collect();
        let _ = read(text.as_bytes(), ["a.html", "a.md", "a.xml", "a.srt", "a.eml", "a.txt", "-", "a.json"][name]);
    }

    #[test]
    fn any_bytes_behind_any_magic_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), magic in 0..6usize) {
        let start: [&[u8]; 6] = [b"PK\x03\x04", &[0x1F, 0x8B, 8], &[0x28, 0xB5, 0x2F, 0xFD], b"<html>", b"%PDF-", b""];
        let _ = read(&[start[magic], &bytes].concat(), "any.bin");
    }
}
