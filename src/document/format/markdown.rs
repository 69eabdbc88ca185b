//! Markdown: what its reader sees, without the signs. Title, author and date come from the front matter (`---` or `+++`
//! around lines of `key: value`), as site generators and note programs write it.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Fit;
use super::html::{PHRASES, fragment};
use crate::document::date::iso_day;
use crate::document::{BlockKind, Document, Draft, Meta, ReadError, Source, decode};

/// Whether a file is Markdown: by its front matter, or, when its name says nothing, by several signs of it.
pub(super) fn fit(source: &Source) -> Fit {
    let (front, _) = front_matter(&source.head);
    let titled = front.lines().any(|line| line.starts_with("title:") || line.starts_with("title ="));
    if titled || (source.ending.is_empty() && signs(&source.head) >= 3) { Fit::Sure } else { Fit::ByName }
}

/// How many things in a text are only written in Markdown.
fn signs(text: &str) -> usize {
    let line = |l: &str| {
        let heading = l.trim_start_matches('#');
        (heading.len() < l.len() && l.len() - heading.len() <= 6 && heading.starts_with(' ')) || l.starts_with("```")
    };
    let links = text.matches("](http").count() + text.matches("](/").count();
    text.lines().filter(|l| line(l)).count() + links + text.matches("**").count() / 2
}

/// Reads a Markdown file.
pub(super) fn read(source: &Source) -> Result<Document, ReadError> {
    let text = decode(source.bytes, source.name)?.text;
    let (front, body) = front_matter(&text);
    let mut draft = Draft { meta: meta(front), blocks: blocks(body) };
    take_title(&mut draft);
    draft.into_document(source.name)
}

/// The lines between the fences at the top, and the text behind them.
fn front_matter(text: &str) -> (&str, &str) {
    for fence in ["---", "+++"] {
        let Some(rest) = text.strip_prefix(fence).filter(|r| r.starts_with(['\n', '\r'])) else { continue };
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == fence || (at > 0 && line.trim_end() == "...") {
                return (rest.get(..at).unwrap_or_default(), rest.get(at + line.len()..).unwrap_or_default());
            }
            at += line.len();
        }
    }
    ("", text)
}

fn meta(front: &str) -> Meta {
    let value = |keys: &[&str]| keys.iter().find_map(|key| field(front, key));
    let date = value(&["date", "published", "publishdate", "pubdate", "created"]);
    Meta {
        title: value(&["title"]).unwrap_or_default(),
        byline: value(&["author", "authors", "byline", "by"]),
        published: date.and_then(|d| iso_day(&d, &PHRASES.date.months)),
        outlet: value(&["publication", "outlet", "publisher", "site", "source"]).filter(|s| !s.contains("://")),
        url: value(&["url", "link", "canonical_url", "canonical", "source_url", "source"])
            .filter(|s| s.contains("://")),
    }
}

/// A field of the front matter; of a list, or a thing with a name, all names in one line.
fn field(front: &str, key: &str) -> Option<String> {
    let mut lines = front.lines();
    let own = lines.find_map(|line| {
        let (name, value) = line.split_once([':', '=']).filter(|_| !line.starts_with([' ', '\t', '-', '#']))?;
        name.trim().eq_ignore_ascii_case(key).then(|| value.trim().to_owned())
    })?;
    let below = lines.take_while(|line| line.starts_with([' ', '\t', '-']));
    let listed = below.map(|line| {
        let item = line.trim().trim_start_matches("- ").trim_start_matches('-').trim();
        item.strip_prefix("name:").unwrap_or(item).trim().to_owned()
    });
    let items: Vec<String> =
        if own.is_empty() { listed.filter(|i| !i.contains(": ")).collect() } else { split_list(&own) };
    let items: Vec<String> = items.iter().map(|item| unquoted(item)).filter(|i| !i.is_empty()).collect();
    (!items.is_empty()).then(|| items.join(", "))
}

fn split_list(value: &str) -> Vec<String> {
    match value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
        Some(list) => list.split(',').map(|item| item.trim().to_owned()).collect(),
        None => vec![value.to_owned()],
    }
}

fn unquoted(value: &str) -> String {
    let inner = |mark: char| value.strip_prefix(mark).and_then(|v| v.strip_suffix(mark));
    inner('"').or_else(|| inner('\'')).unwrap_or(value).trim().to_owned()
}

/// A first heading of the highest level is the title, or repeats it.
fn take_title(draft: &mut Draft) {
    let Some((BlockKind::Heading(1), text)) = draft.blocks.first() else { return };
    if draft.meta.title.is_empty() || draft.meta.title == *text {
        draft.meta.title.clone_from(text);
        draft.blocks.remove(0);
    }
}

/// The blocks of a Markdown text.
fn blocks(text: &str) -> Vec<(BlockKind, String)> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS;
    let mut writer = Writer::default();
    for event in Parser::new_ext(text, options) {
        writer.event(event);
    }
    writer.flush();
    writer.done.append(&mut writer.notes);
    writer.done
}

#[derive(Default)]
struct Writer {
    done: Vec<(BlockKind, String)>,
    /// Footnotes; they stand at the end of the text.
    notes: Vec<(BlockKind, String)>,
    open: String,
    kind: Option<BlockKind>,
    quotes: usize,
    items: usize,
    cells: usize,
    /// Inside what is not shown: pictures, and text struck out.
    hidden: usize,
    note: bool,
    raw: String,
}

impl Writer {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.hidden == 0 => self.open.push_str(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.open.push_str(&text),
            Event::SoftBreak => self.open.push(' '),
            Event::HardBreak => self.open.push('\n'),
            Event::Html(html) => self.raw.push_str(&html),
            Event::Rule => {
                self.flush();
                self.put(BlockKind::SceneBreak, "* * *".into());
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::Item => {
                self.flush();
                self.items += 1;
            }
            Tag::FootnoteDefinition(_) => {
                self.flush();
                self.note = true;
            }
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading(depth(*level))),
            Tag::CodeBlock(_) | Tag::Table(_) => self.begin(BlockKind::Verse),
            Tag::Image { .. } | Tag::Strikethrough => self.hidden += 1,
            Tag::TableRow | Tag::TableHead => self.cells = 0,
            Tag::TableCell => {
                self.open.push_str(if self.cells == 0 { "" } else { " | " });
                self.cells += 1;
            }
            Tag::Paragraph => self.flush(),
            _ => {}
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        self.flush();
        self.kind = Some(kind);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                self.flush();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.note = false;
            }
            TagEnd::Image | TagEnd::Strikethrough => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::TableRow | TagEnd::TableHead => self.open.push('\n'),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table => self.flush(),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.raw);
                self.flush();
                for (kind, text) in fragment(&html) {
                    self.put(kind, text);
                }
            }
            _ => {}
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.open);
        let kind = self.kind.take().unwrap_or(match (self.quotes, self.items) {
            (0, 0) => BlockKind::Paragraph,
            (0, _) => BlockKind::ListItem,
            _ => BlockKind::BlockQuote,
        });
        self.put(kind, text);
    }

    fn put(&mut self, kind: BlockKind, text: String) {
        if !text.trim().is_empty() {
            let list = if self.note { &mut self.notes } else { &mut self.done };
            list.push((kind, text));
        }
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, expected: Expect) {
        let document = crate::document::read(text.as_bytes(), "a.md").expect("reads");
        let meta = document.meta();
        let mut drawn = format!("{:?} {:?} {:?} {:?}\n", meta.title, meta.byline, meta.published, meta.outlet);
        drawn.extend(document.blocks().iter().map(|b| format!("{:?}: {:?}\n", b.kind, document.slice(b.span))));
        expected.assert_eq(&drawn);
    }

    #[test]
    fn front_matter_is_no_text() {
        check(
            "---\ntitle: \"Rain: a story\"\nauthors:\n  - Ann Lee\n  - name: Bo Ray\ndate: 2026-03-01T10:00:00Z\n---\n\n# Rain: a story\n\nIt *rained*\nall day.\n",
            expect![[r#"
                "Rain: a story" Some("Ann Lee, Bo Ray") Some("2026-03-01") None
                Title: "Rain: a story"
                Byline: "By Ann Lee, Bo Ray"
                Paragraph: "It rained all day."
            "#]],
        );
        check(
            "+++\ntitle = \"Rain\"\nauthor = \"Ann Lee\"\ndate = 2026-03-01\n+++\n“So,” she said.",
            expect![[r#"
            "Rain" Some("Ann Lee") Some("2026-03-01") None
            Title: "Rain"
            Byline: "By Ann Lee"
            Paragraph: "“So,” she said."
        "#]],
        );
    }

    #[test]
    fn the_signs_are_taken_out() {
        check(
            "# The harbour\n\n“It **might**,” [she](http://x.example) said.[^1]\n\n## Boats\n\n- one\n- two `x`\n\n> Quoted,\n> twice\n\n![a pier](p.jpg)\n\n| Port | Boats |\n|---|---|\n| Ansel | 3 |\n\n***\n\n1. first\n\n   more\n\n[^1]: In a letter.\n\n<div>Loose &amp; <b>bold</b></div>\n\nEnd &#27; ~~gone~~\\\nhere",
            expect![[r#"
                "The harbour" None None None
                Title: "The harbour"
                Paragraph: "“It might,” she said."
                Heading(2): "Boats"
                ListItem: "one"
                ListItem: "two x"
                BlockQuote: "Quoted, twice"
                Verse: "Port | Boats\nAnsel | 3"
                SceneBreak: "* * *"
                ListItem: "first"
                ListItem: "more"
                Paragraph: "Loose & bold"
                Paragraph: "End \u{1b} \nhere"
                Paragraph: "In a letter."
            "#]],
        );
    }
}
