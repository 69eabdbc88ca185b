//! A tree becomes blocks of text: elements that stand on lines of their own are apart, the rest flows together, white space
//! is single. Each block knows the element it came from and how much of it is links, for those who judge what it is.

use super::display::{heading, is_block, is_unseen};
use super::names::{NAMES, classes};
use super::tree::{NodeId, Tree};
use crate::document::BlockKind;

/// Cells with more text than this are layout, not data.
const LONGEST_CELL: usize = 160;

/// A block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// What it is.
    pub kind: BlockKind,
    /// Its text: single spaces, and line ends only where the page breaks a line.
    pub text: String,
    /// How many of its bytes are link text.
    pub linked: usize,
    /// Whether it is nothing but a date or time that the page marks as one.
    pub timed: bool,
    /// Whether it tells of a picture.
    pub caption: bool,
    /// The innermost element it lies in that stands on lines of its own.
    pub node: NodeId,
}

impl Flow {
    /// The share of link text.
    pub fn link_share(&self) -> f32 {
        ratio(self.linked, self.text.len())
    }
}

/// The text of an element as one line.
pub fn line(tree: &Tree, id: NodeId) -> String {
    let text = flows(tree, id).into_iter().map(|flow| flow.text).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One number as a share of another; of nothing the share is none.
pub fn ratio(part: usize, whole: usize) -> f32 {
    // Both are halved together until they fit; shares need no more exactness.
    let mut shift = 0;
    while (whole >> shift) > 60_000 {
        shift += 1;
    }
    if whole == 0 { 0.0 } else { number(part >> shift) / number(whole >> shift) }
}

/// A small number as a fraction.
pub fn number(n: usize) -> f32 {
    u16::try_from(n).map_or(65_535.0, f32::from)
}

/// The blocks inside an element.
pub fn flows(tree: &Tree, root: NodeId) -> Vec<Flow> {
    let mut writer = Writer { tree, done: Vec::new(), open: Open::default(), state: State::of(root) };
    writer.element(root);
    writer.flush();
    writer.done
}

/// The text that is being put together.
#[derive(Default)]
struct Open {
    text: String,
    linked: usize,
    timed: usize,
    /// White space was seen that is written once a word follows.
    gap: bool,
    breaks: usize,
}

/// Where in the tree the writer stands.
#[derive(Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says what kind of element is around, and they go together freely"
)]
struct State {
    node: NodeId,
    kind: BlockKind,
    quoted: bool,
    preformatted: bool,
    link: bool,
    time: bool,
    caption: bool,
    quotes: usize,
}

impl State {
    fn of(node: NodeId) -> Self {
        let (quoted, preformatted, link, time, caption) = (false, false, false, false, false);
        Self { node, kind: BlockKind::Paragraph, quoted, preformatted, link, time, caption, quotes: 0 }
    }
}

struct Writer<'a> {
    tree: &'a Tree,
    done: Vec<Flow>,
    open: Open,
    state: State,
}

impl Writer<'_> {
    fn element(&mut self, id: NodeId) {
        for child in self.tree.children(id) {
            match self.tree.own_text(child) {
                Some(text) if self.state.preformatted => self.lines(text),
                Some(text) => self.words(text),
                None => self.child(child),
            }
        }
    }

    fn child(&mut self, id: NodeId) {
        let name = self.tree.name(id);
        if is_unseen(name) || is_reference(self.tree, id) {
            return;
        }
        match name {
            "br" => self.line_break(),
            "hr" => self.rule(id),
            "table" => self.table(id),
            "q" => self.quotation(id),
            _ => self.with(self.entered(id), |writer| writer.element(id)),
        }
    }

    /// What changes inside an element.
    fn entered(&self, id: NodeId) -> State {
        let name = self.tree.name(id);
        let mut state = self.state;
        state.link |= name == "a" && self.tree.attribute(id, "href").is_some_and(|href| !href.starts_with('#'));
        state.time |= name == "time";
        if !is_block(name) {
            return state;
        }
        state.node = id;
        state.caption |= name == "figcaption" || NAMES.caption.fits_any(&classes(self.tree, id));
        match name {
            "li" | "dd" | "dt" if !state.quoted => state.kind = BlockKind::ListItem,
            "blockquote" => (state.kind, state.quoted) = (BlockKind::BlockQuote, true),
            "pre" => (state.kind, state.preformatted) = (BlockKind::Verse, true),
            "td" | "th" | "figure" if !state.quoted => state.kind = BlockKind::Paragraph,
            _ => {
                if let Some(level) = heading(name) {
                    state.kind = BlockKind::Heading(level);
                }
            }
        }
        state
    }

    /// Does something inside an element; one that is a block is set apart before and behind.
    fn with(&mut self, inner: State, work: impl FnOnce(&mut Self)) {
        let apart = inner.node != self.state.node;
        if apart {
            self.flush();
        }
        let outer = std::mem::replace(&mut self.state, inner);
        work(self);
        if apart {
            self.flush();
        }
        self.state = outer;
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{2060}' => {}
                c if c.is_whitespace() => self.open.gap = true,
                c => self.letter(c),
            }
        }
    }

    fn letter(&mut self, c: char) {
        let open = &mut self.open;
        let before = open.text.len();
        if open.breaks > 0 {
            open.text.push('\n');
        } else if open.gap && !open.text.is_empty() {
            open.text.push(' ');
        }
        open.text.push(c);
        let added = open.text.len() - before;
        (open.gap, open.breaks) = (false, 0);
        open.linked += if self.state.link { added } else { 0 };
        open.timed += if self.state.time { added } else { 0 };
    }

    fn lines(&mut self, text: &str) {
        let start = if self.open.text.is_empty() { text.trim_start_matches(['\n', '\r']) } else { text };
        self.open.text.push_str(&start.replace("\r\n", "\n").replace('\r', "\n"));
    }

    /// Two line ends part paragraphs, as in pages that have no paragraphs.
    fn line_break(&mut self) {
        if self.state.preformatted {
            return self.open.text.push('\n');
        }
        if self.open.text.is_empty() {
            return;
        }
        self.open.breaks += 1;
        self.open.gap = false;
        if self.open.breaks >= 2 {
            self.flush();
        }
    }

    fn rule(&mut self, id: NodeId) {
        self.flush();
        let between = self.done.last().is_some_and(|f| f.kind != BlockKind::SceneBreak);
        if between {
            let (kind, node) = (BlockKind::SceneBreak, id);
            self.done.push(Flow { kind, text: "* * *".into(), linked: 0, timed: false, caption: false, node });
        }
    }

    /// Browsers draw the marks around a short quotation; the text has them too.
    fn quotation(&mut self, id: NodeId) {
        let (opening, closing) = if self.state.quotes.is_multiple_of(2) { ('“', '”') } else { ('‘', '’') };
        self.letter(opening);
        let inner = State { quotes: self.state.quotes + 1, ..self.state };
        self.with(inner, |writer| writer.element(id));
        self.open.gap = false;
        self.letter(closing);
    }

    /// A table of data is one block, a row a line; one that only arranges the page is read cell by cell.
    fn table(&mut self, id: NodeId) {
        let inner = State { node: id, ..self.state };
        let rows = if is_layout(self.tree, id) { Vec::new() } else { rows(self.tree, id) };
        if rows.is_empty() {
            return self.with(inner, |writer| writer.element(id));
        }
        let links = self.tree.named(id, "a").map(|link| self.tree.text(link).len()).sum();
        self.with(State { kind: BlockKind::Verse, ..inner }, |writer| {
            writer.open = Open { text: rows.join("\n"), linked: links, ..Open::default() };
        });
    }

    fn flush(&mut self) {
        let open = std::mem::take(&mut self.open);
        let text = open.text.trim_end();
        if text.is_empty() {
            return;
        }
        let timed = open.timed > 0 && open.timed * 10 >= text.len() * 8;
        let verse = self.state.kind == BlockKind::Paragraph && is_verse(text);
        let kind = if verse { BlockKind::Verse } else { self.state.kind };
        let State { node, caption, .. } = self.state;
        self.done.push(Flow { kind, text: text.to_owned(), linked: open.linked, timed, caption, node });
    }
}

/// Four lines or more, none of them long, are lines for their own sake.
fn is_verse(text: &str) -> bool {
    let lines = text.lines().count();
    lines >= 4 && text.lines().all(|line| line.len() <= 70)
}

/// `[12]`, or a small 3 that leads to a note: a mark for the eye that would stand in the middle of a sentence.
fn is_reference(tree: &Tree, id: NodeId) -> bool {
    let name = tree.name(id);
    if tree.range(id).len() > 8 {
        return false;
    }
    let marked = ["epub:type", "role"].iter().any(|key| tree.attribute(id, key).is_some_and(|v| v.contains("noteref")));
    if marked {
        return true;
    }
    if !matches!(name, "sup" | "a") {
        return false;
    }
    let text = tree.text(id);
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let short = text.len() <= 6 && (bare.bytes().all(|b| b.is_ascii_digit()) || bare.len() == 1);
    let local = |n: NodeId| tree.attribute(n, "href").is_some_and(|href| href.contains('#'));
    if name == "sup" {
        return short && tree.walk(id).any(local);
    }
    // `¶` and the like lead to the heading they stand in.
    let plain = bare.is_empty() || text.starts_with('[') || text.starts_with('*');
    short && local(id) && (plain || leads_to_note(tree, id))
}

/// Whether a link's target is called like a note: `#fn1`; not `#fnref1`, which leads back from one.
fn leads_to_note(tree: &Tree, link: NodeId) -> bool {
    let target = tree.attribute(link, "href").and_then(|href| href.split_once('#')).map(|(_, target)| target);
    let target = target.unwrap_or_default().trim_start_matches('_').to_ascii_lowercase();
    let number = NAMES.note_targets.iter().find_map(|start| target.strip_prefix(start.as_str()));
    number.is_some_and(|n| n.bytes().any(|b| b.is_ascii_digit()) && !n.bytes().any(|b| b.is_ascii_alphabetic()))
}

fn is_layout(tree: &Tree, table: NodeId) -> bool {
    let role = tree.attribute(table, "role").is_some_and(|r| r == "presentation" || r == "none");
    let inner = |n: NodeId| {
        n != table && matches!(tree.name(n), "table" | "p" | "div" | "h1" | "h2" | "h3" | "ul" | "blockquote")
    };
    let cells = |n: &NodeId| matches!(tree.name(*n), "td" | "th");
    role || tree.walk(table).any(inner)
        || tree.walk(table).filter(cells).any(|cell| tree.text(cell).len() > LONGEST_CELL)
        || tree.walk(table).filter(cells).count() < 2
}

fn rows(tree: &Tree, table: NodeId) -> Vec<String> {
    let cells = |row: NodeId| {
        let cells = tree.walk(row).filter(|&n| matches!(tree.name(n), "td" | "th"));
        cells.map(|cell| tree.text(cell)).filter(|text| !text.is_empty()).collect::<Vec<_>>()
    };
    tree.named(table, "tr").map(|row| cells(row).join(" | ")).filter(|row| !row.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::grow::grow;
    use super::super::token::Dialect;
    use super::*;
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(page: &str, expected: Expect) {
        let tree = grow(page, Dialect::Html);
        let drawn: String = flows(&tree, 0)
            .iter()
            .map(|f| {
                format!(
                    "{:?}: {:?}{}\n",
                    f.kind,
                    f.text,
                    if f.linked > 0 { format!(" linked {}", f.linked) } else { String::new() }
                )
            })
            .collect();
        expected.assert_eq(&drawn);
    }

    #[test]
    fn white_space_is_single_and_blocks_are_apart() {
        check(
            "<h2>The\n  harbour</h2><p>  The <b>pil</b>ot&nbsp;slept.<div>Loose <a href=x>text</a><ul><li>one<li><p>two</p></ul>end</div>",
            expect![[r#"
                Heading(2): "The harbour"
                Paragraph: "The pilot slept."
                Paragraph: "Loose text" linked 5
                ListItem: "one"
                ListItem: "two"
                Paragraph: "end"
            "#]],
        );
    }

    #[test]
    fn lines_poems_and_pages_without_paragraphs() {
        check(
            "one<br>two<br><br/>three<br>",
            expect![[r#"
            Paragraph: "one\ntwo"
            Paragraph: "three"
        "#]],
        );
        check(
            "<p>O sea,<br>O grey sea,<br>come in,<br>go out</p><hr><pre>\na  b\n  c</pre>",
            expect![[r#"
            Verse: "O sea,\nO grey sea,\ncome in,\ngo out"
            SceneBreak: "* * *"
            Verse: "a  b\n  c"
        "#]],
        );
    }

    #[test]
    fn quotations_get_the_marks_that_browsers_draw() {
        check(
            "<blockquote><p>It is <q>so <q>late</q></q>.</p></blockquote>",
            expect![[r#"
            BlockQuote: "It is “so ‘late’”."
        "#]],
        );
    }

    #[test]
    fn note_marks_are_no_words() {
        check(
            "<p>It rained<sup><a href='#n1'>[1]</a></sup> on <a epub:type='noteref' href='n'>2</a>May 3<sup>rd</sup>.",
            expect![[r#"
            Paragraph: "It rained on May 3rd."
        "#]],
        );
        check(
            "<p>It rained.<a href='#fn1'>1</a> Then<a href='n.xhtml#_ftn12'>12</a> not.<a href='#Footnote_3_3'>3</a> See <a href='#part2'>2</a>.<p><a href='#fnref1'>1</a>. In May.",
            expect![[r#"
            Paragraph: "It rained. Then not. See 2."
            Paragraph: "1. In May."
        "#]],
        );
    }

    #[test]
    fn tables_are_data_or_layout() {
        check(
            "<table><tr><th>Port<th>Boats<tr><td>Ansel<td>3</table>",
            expect![[r#"
            Verse: "Port | Boats\nAnsel | 3"
        "#]],
        );
        check(
            "<table><tr><td><table><tr><td><p>One.</p><p>Two.</p></table></table>",
            expect![[r#"
            Paragraph: "One."
            Paragraph: "Two."
        "#]],
        );
    }
}
