//! The text of a TEI document: blocks become divisions, headings and paragraphs, and elements are set around stretches of them.

use std::collections::VecDeque;
use std::io::{self, Write};

use super::tei::escaped;
use crate::document::{Block, BlockKind, Document};
use crate::text::{Pos, Span};

/// An element to be set around some stretches of the text.
pub(super) struct Element {
    /// Its name.
    pub name: &'static str,
    /// Its attributes, each with a space in front.
    pub attributes: String,
    /// Its `xml:id`, when its stretches are parts of one thing.
    pub id: Option<String>,
    /// The stretches.
    pub spans: Vec<Span>,
}

/// A stretch within one block that has nothing to cross.
#[derive(Clone, Copy)]
struct Mark {
    span: Span,
    element: usize,
}

/// Writes `<text>`.
pub(super) fn write(document: &Document, elements: &[Element], out: &mut dyn Write) -> io::Result<()> {
    let mut body = Body { document, elements, written: vec![0; elements.len()], total: Vec::new() };
    // Cutting is done once to count the fragments of each element, and once to write them with their links.
    let lines: Vec<Vec<Step>> = document.blocks().iter().map(|block| body.steps(*block)).collect();
    body.total = body.written.clone();
    body.written.fill(0);
    out.write_all(b"<text><body>\n<div>\n")?;
    let mut top = true;
    for (block, steps) in document.blocks().iter().zip(&lines) {
        if matches!(block.kind, BlockKind::Heading(_)) && !top {
            out.write_all(b"</div>\n<div>\n")?;
            top = true;
        }
        let (open, close) = frame(block.kind, top);
        top &= matches!(block.kind, BlockKind::Title | BlockKind::Heading(_) | BlockKind::Byline);
        let content = if open.is_empty() { String::new() } else { body.line(steps) };
        writeln!(out, "{open}{content}{close}")?;
    }
    if top {
        out.write_all(b"<p/>\n")?;
    }
    out.write_all(b"</div>\n</body></text>\n")
}

/// The tags around a block. Titles and bylines may only stand at the top of a division.
fn frame(kind: BlockKind, top: bool) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Title | BlockKind::Heading(_) if top => ("<head>", "</head>"),
        BlockKind::BlockQuote => ("<quote><p>", "</p></quote>"),
        BlockKind::Verse => ("<p rend=\"verse\">", "</p>"),
        BlockKind::ListItem => ("<p rend=\"list-item\">", "</p>"),
        BlockKind::SceneBreak => ("", "<milestone unit=\"scene\"/>"),
        BlockKind::Byline if top => ("<byline>", "</byline>"),
        _ => ("<p>", "</p>"),
    }
}

/// What is written one after the other.
enum Step {
    Text(Span),
    Open(usize),
    Close(usize),
}

struct Body<'a> {
    document: &'a Document,
    elements: &'a [Element],
    /// Fragments of each element so far.
    written: Vec<usize>,
    /// Fragments of each element in the end.
    total: Vec<usize>,
}

impl Body<'_> {
    /// The text of a block and the ends of elements in it, well nested.
    fn steps(&mut self, block: Block) -> Vec<Step> {
        let mut waiting = self.marks(block);
        let (mut steps, mut open): (Vec<Step>, Vec<Mark>) = (Vec::new(), Vec::new());
        let mut at = block.span.start();
        while let Some(mark) = waiting.pop_front() {
            close_until(mark.span.start(), &mut open, &mut at, &mut steps);
            let fits = open.last().map_or(mark.span.end(), |m| m.span.end().min(mark.span.end()));
            if fits < mark.span.end() {
                insert(&mut waiting, Mark { span: Span::new(fits, mark.span.end()), ..mark });
            }
            text_until(mark.span.start(), &mut at, &mut steps);
            steps.push(Step::Open(mark.element));
            self.written[mark.element] += 1;
            open.push(Mark { span: Span::new(mark.span.start(), fits), ..mark });
        }
        close_until(block.span.end(), &mut open, &mut at, &mut steps);
        text_until(block.span.end(), &mut at, &mut steps);
        steps
    }

    /// What touches a block: by start, the longer first. In the line of the author TEI allows no speech.
    fn marks(&self, block: Block) -> VecDeque<Mark> {
        let mut marks = VecDeque::new();
        if matches!(block.kind, BlockKind::Byline | BlockKind::SceneBreak) {
            return marks;
        }
        for (element, spans) in self.elements.iter().map(|e| &e.spans).enumerate() {
            for span in spans.iter().filter_map(|s| s.intersection(block.span)).filter(|s| !s.is_empty()) {
                marks.push_back(Mark { span, element });
            }
        }
        marks.make_contiguous().sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end()), m.element));
        marks
    }

    fn line(&mut self, steps: &[Step]) -> String {
        let mut out = String::new();
        for step in steps {
            match *step {
                Step::Text(span) => out.push_str(&escaped(self.document.slice(span))),
                Step::Open(element) => out.push_str(&self.opened(element)),
                Step::Close(element) => out.extend(["</", self.elements[element].name, ">"]),
            }
        }
        out
    }

    fn opened(&mut self, element: usize) -> String {
        self.written[element] += 1;
        let (number, total) = (self.written[element], self.total[element]);
        let Element { name, attributes, id, .. } = &self.elements[element];
        let Some(id) = id else { return format!("<{name}{attributes}>") };
        let named = |n: usize| if n == 1 { id.clone() } else { format!("{id}.{n}") };
        let prev = if number > 1 { format!(" prev=\"#{}\"", named(number - 1)) } else { String::new() };
        let next = if number < total { format!(" next=\"#{}\"", named(number + 1)) } else { String::new() };
        format!("<{name} xml:id=\"{}\"{attributes}{prev}{next}>", named(number))
    }
}

fn insert(waiting: &mut VecDeque<Mark>, mark: Mark) {
    let key = |m: &Mark| (m.span.start(), std::cmp::Reverse(m.span.end()), m.element);
    let place = waiting.partition_point(|m| key(m) < key(&mark));
    waiting.insert(place, mark);
}

/// Closes what ends before or at a position.
fn close_until(end: Pos, open: &mut Vec<Mark>, at: &mut Pos, steps: &mut Vec<Step>) {
    while let Some(mark) = open.pop_if(|m| m.span.end() <= end) {
        text_until(mark.span.end(), at, steps);
        steps.push(Step::Close(mark.element));
    }
}

fn text_until(end: Pos, at: &mut Pos, steps: &mut Vec<Step>) {
    if *at < end {
        steps.push(Step::Text(Span::new(*at, end)));
        *at = end;
    }
}
