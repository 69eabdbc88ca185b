//! Plain text: paragraphs by blank lines or by line ends, whichever the file means; headings, title, verse.

use crate::document::dating::is_date_line;
use crate::document::{BlockKind, Builder, Document, ReadError, Source, decode, from_text};
use crate::text::Span;

/// A title longer than this many bytes is a paragraph.
const LONGEST_TITLE: usize = 220;
/// A heading longer than this many bytes is a paragraph.
const LONGEST_HEADING: usize = 90;

/// Reads a plain text: the document's text is the decoded file, exactly.
pub(super) fn document(source: &Source) -> Result<Document, ReadError> {
    Ok(from_text(decode(source.bytes, source.name)?.text, source.name))
}

/// Adds the blocks of a plain text.
pub(in crate::document) fn read(builder: &mut Builder) {
    let lines = lines(builder.text());
    let groups = if wraps_lines(builder.text(), &lines) { by_blank_lines(&lines) } else { by_line(&lines) };
    let kinds = kinds(builder.text(), &groups);
    for (group, kind) in groups.into_iter().zip(kinds) {
        builder.push(group.span, kind);
    }
}

/// A line of the source without its end.
#[derive(Clone, Copy)]
struct Line {
    span: Span,
    blank: bool,
    indent: usize,
}

/// Lines that belong together.
#[derive(Clone, Copy)]
struct Group {
    span: Span,
    lines: usize,
    indented: bool,
    /// Whether blank space or the end of the text follows.
    apart: bool,
}

fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{C}']) {
        let body = line.trim_end();
        let indent = body.len() - body.trim_start().len();
        found.push(Line { span: Span::of(at, at + body.len()), blank: body.is_empty(), indent });
        at += line.len();
    }
    found
}

/// Whether line ends fall inside sentences: then paragraphs are set apart by blank lines.
fn wraps_lines(text: &str, lines: &[Line]) -> bool {
    let (mut broken, mut pairs) = (0usize, 0usize);
    for pair in lines.windows(2).filter(|p| !p[0].blank && !p[1].blank).take(4000) {
        pairs += 1;
        let first = text.get(pair[0].span.range()).unwrap_or_default();
        let second = text.get(pair[1].span.range()).unwrap_or_default().trim_start();
        let open = !first.ends_with(['.', '!', '?', ':', '”', '"', '’', '\'']);
        broken += usize::from(open && second.starts_with(char::is_lowercase));
    }
    broken * 8 > pairs
}

fn by_line(lines: &[Line]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| !l.blank) {
        let apart = lines.get(i + 1).is_none_or(|next| next.blank);
        groups.push(Group { span: line.span, lines: 1, indented: false, apart });
    }
    groups
}

fn by_blank_lines(lines: &[Line]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open = false;
    for line in lines {
        if line.blank {
            open = false;
            continue;
        }
        let indented = line.indent >= 2;
        match groups.last_mut() {
            Some(group) if open => {
                group.span = group.span.join(line.span);
                group.lines += 1;
                group.indented &= indented;
            }
            _ => groups.push(Group { span: line.span, lines: 1, indented, apart: true }),
        }
        open = true;
    }
    groups
}

fn kinds(text: &str, groups: &[Group]) -> Vec<BlockKind> {
    let mut kinds = Vec::with_capacity(groups.len());
    for (i, group) in groups.iter().enumerate() {
        let body = text.get(group.span.range()).unwrap_or_default().trim();
        let kind = if i == 0 && groups.len() > 1 && is_title(body, group) {
            BlockKind::Title
        } else if i <= 2 && kinds.contains(&BlockKind::Title) && is_byline(body) {
            BlockKind::Byline
        } else {
            kind(body, group)
        };
        kinds.push(kind);
    }
    kinds
}

fn is_title(body: &str, group: &Group) -> bool {
    let ends_like_a_sentence =
        body.ends_with(['.', '”', '"', ',', ';']) || (!group.apart && body.ends_with(['!', '?']));
    body.len() <= LONGEST_TITLE && group.lines <= 3 && !ends_like_a_sentence && !body.starts_with(['“', '"', '—', '-'])
}

fn is_byline(body: &str) -> bool {
    // The date may stand on a line of its own below.
    let body =
        body.split_once('\n').filter(|(_, date)| is_date_line(date.trim())).map_or(body, |(by, _)| by.trim_end());
    let short = body.len() <= 80 && !body.contains('\n') && !body.ends_with('.');
    let by = body.strip_prefix("By ").or_else(|| body.strip_prefix("BY ")).or_else(|| body.strip_prefix("by "));
    short && by.is_some_and(|name| name.starts_with(char::is_uppercase))
}

fn kind(body: &str, group: &Group) -> BlockKind {
    if !body.chars().any(char::is_alphanumeric) {
        return BlockKind::SceneBreak;
    }
    if group.lines == 1 && is_heading(body) {
        return BlockKind::Heading(1);
    }
    if group.indented && group.lines > 1 {
        return BlockKind::Verse;
    }
    let mut chars = body.chars();
    if matches!(chars.next(), Some('•' | '*' | '·' | '‣')) && chars.next() == Some(' ') {
        return BlockKind::ListItem;
    }
    BlockKind::Paragraph
}

/// `CHAPTER I`, `IV.`, `Part Two`, `PORT ANSEL` alone on a line.
fn is_heading(body: &str) -> bool {
    if body.len() > LONGEST_HEADING {
        return false;
    }
    let mut words = body.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches(['.', ':']);
    let part = matches!(
        first.to_ascii_lowercase().as_str(),
        "chapter" | "part" | "book" | "volume" | "canto" | "act" | "scene" | "prologue" | "epilogue"
    );
    let rest_short = words.clone().count() <= 9;
    let numbered = part && rest_short && first.starts_with(char::is_uppercase) && !body.ends_with([',', '”', '"']);
    let capitals = body.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !body.chars().any(char::is_lowercase)
        && !body.ends_with(['!', '?', '”', '"', '’', '\'', ','])
        && !body.starts_with(['“', '"', '‘', '\'']);
    let roman = words.next().is_none() && !first.is_empty() && first.chars().all(|c| "IVXLC".contains(c));
    numbered || capitals || roman
}

#[cfg(test)]
mod tests {
    use crate::document::from_text;
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, expected: Expect) {
        let document = from_text(text.into(), "a.txt");
        let drawn: String =
            document.blocks().iter().map(|b| format!("{:?}: {:?}\n", b.kind, document.slice(b.span))).collect();
        expected.assert_eq(&drawn);
    }

    #[test]
    fn every_long_line_is_a_paragraph() {
        check(
            "The sequel nears\nBy Dana Whitfield\n“It might,” she said.\nHe agreed.",
            expect![[r#"
                Title: "The sequel nears"
                Byline: "By Dana Whitfield"
                Paragraph: "“It might,” she said."
                Paragraph: "He agreed."
            "#]],
        );
    }

    #[test]
    fn wrapped_lines_flow_together() {
        check(
            "THE HARBOUR\n\nCHAPTER I\n\nThe boat was\nlate, and the\npilot slept.\n\n* * *\n\n“Wake up,” said\nthe boy.\n\n    O sea,\n    O grey sea\n",
            expect![[r#"
                Title: "THE HARBOUR"
                Heading(1): "CHAPTER I"
                Paragraph: "The boat was\nlate, and the\npilot slept."
                SceneBreak: "* * *"
                Paragraph: "“Wake up,” said\nthe boy."
                Verse: "O sea,\n    O grey sea"
            "#]],
        );
    }

    #[test]
    fn a_sentence_is_no_title() {
        check(
            "It rained all day.\n\nThen it stopped.",
            expect![[r#"
            Paragraph: "It rained all day."
            Paragraph: "Then it stopped."
        "#]],
        );
    }
}
