//! Tokens become a tree. End tags that HTML lets authors leave out are supplied; those that match nothing are passed over;
//! of a page with far too many tags the text is kept and the rest of the tags is not.

use super::token::{Dialect, Token, Tokens};
use super::tree::{Content, DEEPEST, NodeId, Tree};

/// Tags beyond these are no longer made elements.
const MOST_NODES: usize = 400_000;
/// A longer stretch of text without a tag is cut into several.
const LONGEST_TEXT: usize = 256 << 10;

/// Reads a page into a tree.
pub fn grow(page: &str, dialect: Dialect) -> Tree {
    let mut grower = Grower { tree: Tree::new(), open: vec![0], skipped: 0, dialect };
    for token in Tokens::new(page, dialect) {
        match token {
            Token::Open { name, attributes, closed } => grower.open(name, attributes, closed),
            Token::Close(name) => grower.close(&name),
            Token::Text(text) => grower.text(&text),
        }
    }
    grower.tree.seal();
    grower.tree
}

struct Grower {
    tree: Tree,
    /// The elements that are open, the root first.
    open: Vec<NodeId>,
    /// How many elements are open that were too deep to be kept.
    skipped: usize,
    dialect: Dialect,
}

impl Grower {
    fn here(&self) -> NodeId {
        self.open.last().copied().unwrap_or_default()
    }

    fn text(&mut self, text: &str) {
        let here = self.here();
        let mut rest = text;
        while rest.len() > LONGEST_TEXT {
            let mut cut = LONGEST_TEXT;
            while !rest.is_char_boundary(cut) {
                cut -= 1;
            }
            let (head, tail) = rest.split_at(cut);
            self.tree.add(here, Content::Text(head.to_owned()));
            rest = tail;
        }
        self.tree.add_text(here, rest);
    }

    fn open(&mut self, name: String, attributes: Vec<(String, String)>, closed: bool) {
        // Pages saved with their components keep what those show in templates.
        let shown = name == "template" && attributes.iter().any(|(key, _)| key == "shadowrootmode");
        let name = if shown { "div".to_owned() } else { name };
        if self.dialect == Dialect::Html {
            self.end_implied(&name);
        }
        if self.tree.len() >= MOST_NODES {
            return self.text(" ");
        }
        let leaf = match self.dialect {
            Dialect::Html => is_void(&name) || (closed && is_foreign(&name)),
            Dialect::Xml => closed,
        };
        if leaf {
            self.tree.add(self.here(), Content::Element(name, attributes));
        } else if self.open.len() >= DEEPEST {
            self.skipped += 1;
        } else {
            let id = self.tree.add(self.here(), Content::Element(name, attributes));
            self.open.push(id);
        }
    }

    fn close(&mut self, name: &str) {
        let name = if name == "template" && self.tree.name(self.here()) == "div" { "div" } else { name };
        if self.dialect == Dialect::Html && name == "br" {
            return self.open("br".into(), Vec::new(), true);
        }
        if self.skipped > 0 && self.tree.name(self.here()) != name {
            self.skipped -= 1;
            return;
        }
        let mut depth = self.open.len();
        while depth > 1 {
            depth -= 1;
            let open = self.tree.name(self.open[depth]);
            if open == name {
                self.open.truncate(depth);
                self.skipped = 0;
                return;
            }
            if self.dialect == Dialect::Html && stops(open, name) {
                return;
            }
        }
    }

    /// Ends what an opening tag ends without saying so: a list item the one before it, a heading a paragraph.
    fn end_implied(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "caption"], &["table"]),
            "option" | "optgroup" => (&["option"], &["select"]),
            "a" => (&["a"], &["td", "table", "div", "li"]),
            "body" => (&["head"], &[]),
            _ => (&[], &[]),
        };
        if !ends.is_empty() {
            self.end_one_of(ends, within);
        }
        if closes_paragraph(name) {
            self.end_one_of(&["p"], &["td", "th", "table", "button", "object", "li", "blockquote", "div", "section"]);
        }
    }

    fn end_one_of(&mut self, names: &[&str], within: &[&str]) {
        for depth in (1..self.open.len()).rev() {
            let open = self.tree.name(self.open[depth]);
            if names.contains(&open) {
                self.open.truncate(depth);
                return;
            }
            if within.contains(&open) {
                return;
            }
        }
    }
}

/// Whether an end tag does not reach past an open element: cells hold their content, and a mark such as `</b>` ends no
/// paragraph.
fn stops(open: &str, closing: &str) -> bool {
    let of_table = matches!(closing, "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "body" | "html");
    if matches!(open, "td" | "th" | "table" | "template") {
        return !of_table;
    }
    !super::display::is_block(closing) && super::display::is_block(open)
}

fn closes_paragraph(name: &str) -> bool {
    super::display::is_block(name)
        && !matches!(name, "br" | "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption")
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
            | "param"
    )
}

/// Elements of drawings and formulas, and those that pages make themselves, may end in `/>`.
fn is_foreign(name: &str) -> bool {
    name.contains(['-', ':'])
        || matches!(name, "path" | "circle" | "rect" | "use" | "line" | "polygon" | "g" | "svg" | "mspace")
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn draw(tree: &Tree, id: NodeId, depth: usize, out: &mut String) {
        let shown = tree.own_text(id).map_or_else(|| format!("<{}>", tree.name(id)), |t| format!("{t:?}"));
        out.extend([&"  ".repeat(depth), shown.as_str(), "\n"]);
        tree.children(id).for_each(|child| draw(tree, child, depth + 1, out));
    }

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(page: &str, expected: Expect) {
        let tree = grow(page, Dialect::Html);
        let mut out = String::new();
        tree.children(0).for_each(|child| draw(&tree, child, 0, &mut out));
        expected.assert_eq(&out);
    }

    #[test]
    fn left_out_ends_are_supplied() {
        check(
            "<p>one<p>two<ul><li>a<li>b</ul>three<h2>c</h2>",
            expect![[r#"
            <p>
              "one"
            <p>
              "two"
            <ul>
              <li>
                "a"
              <li>
                "b"
            "three"
            <h2>
              "c"
        "#]],
        );
        check(
            "<table><tr><td>a<td>b<tr><td><p>c</div></table>d",
            expect![[r#"
            <table>
              <tr>
                <td>
                  "a"
                <td>
                  "b"
              <tr>
                <td>
                  <p>
                    "c"
            "d"
        "#]],
        );
    }

    #[test]
    fn crossed_marks_end_no_paragraph() {
        check(
            "<p><b>one<p>two</b> three</p></i>four",
            expect![[r#"
            <p>
              <b>
                "one"
            <p>
              "two three"
            "four"
        "#]],
        );
    }

    #[test]
    fn depth_is_bounded() {
        let tree = grow(
            &["<div>".repeat(100_000), "word".into(), "</div>".repeat(100_000), "<p>end".into()].concat(),
            Dialect::Html,
        );
        assert!(tree.len() < 400);
        assert_eq!(tree.text(0), "word end");
    }
}
