//! Books as the common tools make them (`tests/formats/books`), and one by hand: the words are kept in their order, chapters have
//! their names, notes stand at the end of their chapter and their marks not in a sentence, and what the title page says is not said
//! again.

use std::path::Path;

use sayso::document::{BlockKind, Document, read};

use super::hostile::{CONTAINER, archive};

fn book(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/books").join(name);
    read(&std::fs::read(path).expect("reads"), name).expect("a book")
}

/// The text without the line that some tools draw above the notes.
fn text(document: &Document) -> String {
    document.text().replace("* * *\n\n", "")
}

fn headings(document: &Document) -> Vec<&str> {
    let is_heading = |b: &&sayso::document::Block| matches!(b.kind, BlockKind::Heading(_));
    document.blocks().iter().filter(is_heading).map(|b| document.slice(b.span)).collect()
}

const WHOLE: &str = "\
The Harbour Light

By Mira Aldane

The Lamp

“The lamp went out at nine,” said Edda Marsh. She set the matches on the sill.

“It may have been the wind,” Corin Vale answered, quietly.

A second watch

Nobody slept. Edda said that the boats would not come before morning.

We keep the light for those who are late.

The keeper’s log says ten.

The Boats

“There are three of them!” cried Corin. The fourth had not been seen since Sunday.

rope
oil
bread

“We will wait,” she said.

Or since Monday, in the pilot’s letter.";

#[test]
fn books_of_common_tools_are_read_alike() {
    for name in ["pandoc-epub3.epub", "pandoc-epub2.epub", "ebooklib.epub"] {
        let document = book(name);
        let meta = document.meta();
        assert_eq!((meta.title.as_str(), meta.byline.as_deref()), ("The Harbour Light", Some("Mira Aldane")), "{name}");
        assert_eq!(
            (meta.published.as_deref(), meta.outlet.as_deref(), meta.url.as_deref()),
            (Some("2026-05-04"), Some("Saltmarsh Press"), Some("https://books.example/harbour-light")),
            "{name}"
        );
        assert_eq!(headings(&document), ["The Lamp", "A second watch", "The Boats"], "{name}");
        // The rights stand on pandoc's title page only, and its notes of EPUB 2 keep their numbers.
        let said = text(&document).replace("Invented for the tests of sayso; no rights reserved\n\n", "");
        assert_eq!(said.replace("\n1. ", "\n"), WHOLE, "{name}");
        let quoted = document.blocks().iter().find(|b| b.kind == BlockKind::BlockQuote).expect("set apart");
        assert!(document.slice(quoted.span).starts_with("We keep the light"), "{name}");
    }
}

#[test]
fn a_book_by_hand_is_read_by_its_spine_and_its_ncx() {
    let opf = "<?xml version='1.0'?><package xmlns='http://www.idpf.org/2007/opf' version='2.0' unique-identifier='i'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:opf='http://www.idpf.org/2007/opf'><dc:title>The Harbour Light</dc:title><dc:creator opf:role='aut'>Mira Aldane</dc:creator><dc:identifier id='i' opf:scheme='ISBN'>urn:isbn:0000000000000</dc:identifier><dc:date opf:event='publication'>2026</dc:date></metadata><manifest><item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/><item id='n' href='Text/notes.xhtml' media-type='application/xhtml+xml'/><item id='b' href='Text/two.xhtml' media-type='application/xhtml+xml'/><item id='a' href='Text/one.xhtml' media-type='application/xhtml+xml'/><item id='c' href='Text/cover.xhtml' media-type='application/xhtml+xml'/><item id='p' href='Images/cover.png' media-type='image/png'/></manifest><spine toc='ncx'><itemref idref='c' linear='no'/><itemref idref='a'/><itemref idref='b'/><itemref idref='n'/></spine></package>";
    let ncx = "<?xml version='1.0'?><ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap><navPoint><navLabel><text>The Lamp</text></navLabel><content src='Text/one.xhtml'/></navPoint><navPoint><navLabel><text>The Boats</text></navLabel><content src='Text/two.xhtml#boats'/></navPoint><navPoint><navLabel><text>Notes</text></navLabel><content src='Text/notes.xhtml'/></navPoint></navMap></ncx>";
    let page = |body: &str| {
        format!(
            "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title><style>p {{ color: red }}</style></head><body>{body}</body></html>"
        )
    };
    let one = page(
        "<p class='first'>“The lamp went out,” said Edda Marsh.<a id='r1' href='notes.xhtml#n1'><sup>1</sup></a></p><p>Nobody&nbsp;slept.</p>",
    );
    let two = page(
        "<h2 id='boats'>The <i>Boats</i></h2><p>“Three of them!” cried Corin Vale.</p><h2>The Morning</h2><p>It was grey.</p>",
    );
    let notes = page("<p id='n1'><a href='one.xhtml#r1'>1.</a> The log says ten.</p>");
    let bytes = archive(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/content.opf", opf.as_bytes()),
        ("OEBPS/toc.ncx", ncx.as_bytes()),
        ("OEBPS/Text/two.xhtml", two.as_bytes()),
        ("OEBPS/Text/one.xhtml", one.as_bytes()),
        ("OEBPS/Text/notes.xhtml", notes.as_bytes()),
        ("OEBPS/Text/cover.xhtml", page("<p>A cover</p>").as_bytes()),
        ("OEBPS/Images/cover.png", b"\x89PNG"),
    ]);
    let document = read(&bytes, "by-hand.epub").expect("a book");
    assert_eq!(headings(&document), ["The Lamp", "The Boats", "The Morning", "Notes"]);
    let expected = "The Harbour Light\n\nBy Mira Aldane\n\nThe Lamp\n\n“The lamp went out,” said Edda Marsh.\n\nNobody\u{a0}slept.\n\nThe Boats\n\n“Three of them!” cried Corin Vale.\n\nThe Morning\n\nIt was grey.\n\nNotes\n\n1. The log says ten.";
    assert_eq!(document.text().replace("Nobody slept", "Nobody\u{a0}slept"), expected);
    assert_eq!((document.meta().published.as_deref(), document.meta().url.as_deref()), (Some("2026"), None));
}

#[test]
fn speech_in_books_has_its_speakers() {
    use sayso::{analysis::analyse, lexicon::Lexicon};
    let lexicon = Lexicon::english();
    for name in ["pandoc-epub3.epub", "pandoc-epub2.epub", "ebooklib.epub"] {
        let document = book(name);
        let analysis = analyse(&document, &lexicon, &[]);
        // Who *she* is in the last one, the text leaves open.
        let direct = analysis.quotes.iter().filter(|q| q.kind == sayso::analysis::QuoteKind::Direct);
        let said: Vec<_> =
            direct.map(|q| (document.slice(q.content[0]), q.speaker.as_ref().map(|s| s.name.as_str()))).collect();
        assert_eq!(said.len(), 4, "{name}");
        assert_eq!(
            said[..3],
            [
                ("The lamp went out at nine,", Some("Edda Marsh")),
                ("It may have been the wind,", Some("Corin Vale")),
                ("There are three of them!", Some("Corin Vale")),
            ],
            "{name}"
        );
    }
}
