//! Tags and text, one after the other, from HTML or XML however broken it is. Reading never goes back, so a page takes
//! time in proportion to its length; nothing in it can make the reader fail. The rules for names, attributes, comments and
//! raw text are those of the HTML standard's chapter on tokenization, less its parse errors.

use std::borrow::Cow;

/// More attributes than these on one tag are left out.
const MOST_ATTRIBUTES: usize = 256;

/// Elements whose content is text only, up to their end tag.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Which of the two languages is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// Names of elements mean something: a script holds no tags, `<![CDATA[` is a comment.
    Html,
    /// Every element is alike.
    Xml,
}

/// A piece of a page.
#[derive(PartialEq, Eq, Debug)]
pub enum Token<'a> {
    /// `<name key=value>`; names in lower case, values with their entities expanded.
    Open {
        /// The element.
        name: String,
        /// Its attributes in order.
        attributes: Vec<(String, String)>,
        /// Whether it ends with `/>`.
        closed: bool,
    },
    /// `</name>`
    Close(String),
    /// What stands between, with its entities expanded.
    Text(Cow<'a, str>),
}

/// Reads the tokens of a page.
pub struct Tokens<'a> {
    page: &'a str,
    at: usize,
    dialect: Dialect,
    raw: Option<&'static str>,
    /// Whether no further `'` or `"` follows, so that a search for one is made in vain only once.
    no_more: [bool; 2],
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning.
    pub fn new(page: &'a str, dialect: Dialect) -> Self {
        Self { page, at: 0, dialect, raw: None, no_more: [false; 2] }
    }

    fn rest(&self) -> &'a str {
        self.page.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.page.as_bytes().get(self.at).copied()
    }

    /// Takes everything up to and with the mark; all of the rest when it is missing.
    fn take_past(&mut self, mark: &str) -> &'a str {
        let rest = self.rest();
        let end = rest.find(mark);
        self.at += end.map_or(rest.len(), |e| e + mark.len());
        end.and_then(|e| rest.get(..e)).unwrap_or(rest)
    }

    /// Takes bytes as long as a test holds; the tests only stop at ASCII.
    fn take_while(&mut self, test: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.bytes().position(|b| !test(b)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.take_while(|b| b.is_ascii_whitespace());
    }

    fn text(&mut self) -> Token<'a> {
        let rest = self.rest();
        let length = rest.find('<').unwrap_or(rest.len());
        self.at += length;
        Token::Text(htmlize::unescape(rest.get(..length).unwrap_or_default()))
    }

    /// The content of a raw element. Its end tag follows as a token of its own.
    fn raw_text(&mut self, name: &'static str) -> Token<'a> {
        let rest = self.rest();
        let mut length = rest.len();
        for (start, _) in rest.match_indices("</") {
            let after = rest.get(start + 2..).unwrap_or_default();
            let named = after.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
            let ends =
                after.as_bytes().get(name.len()).is_none_or(|b| matches!(b, b'>' | b'/') || b.is_ascii_whitespace());
            if named && ends {
                length = start;
                break;
            }
        }
        self.at += length;
        let text = rest.get(..length).unwrap_or_default();
        let expands = matches!(name, "title" | "textarea");
        Token::Text(if expands { htmlize::unescape(text) } else { text.into() })
    }

    /// What follows a `<` that opens no tag: a comment, a declaration, or only the sign itself.
    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            self.at += 2;
            self.take_past("-->");
            return None;
        }
        if self.dialect == Dialect::Xml && rest.starts_with("<![CDATA[") {
            self.at += 9;
            return Some(Token::Text(self.take_past("]]>").into()));
        }
        if rest.starts_with("<!") || rest.starts_with("<?") || rest.starts_with("</") {
            let head = self.take_past(">");
            if head.contains('[') && !head.contains(']') {
                // A document type with its own declarations: none of them is ever used.
                self.take_past("]");
                self.take_past(">");
            }
            return None;
        }
        self.at += 1;
        Some(Token::Text("<".into()))
    }

    fn close(&mut self) -> Token<'a> {
        self.at += 2;
        let name = self.name();
        self.take_past(">");
        Token::Close(name)
    }

    fn open(&mut self) -> Option<Token<'a>> {
        self.at += 1;
        let name = self.name();
        let mut attributes = Vec::new();
        loop {
            self.take_while(|b| b.is_ascii_whitespace() || b == b'/');
            match self.peek() {
                None => return None,
                Some(b'>') => break,
                Some(_) => self.attribute(&mut attributes),
            }
        }
        let closed = self.page.as_bytes().get(self.at.wrapping_sub(1)) == Some(&b'/');
        self.at += 1;
        if self.dialect == Dialect::Html && !closed {
            self.raw = RAW.iter().find(|&&r| r == name).copied();
        }
        Some(Token::Open { name, attributes, closed })
    }

    fn name(&mut self) -> String {
        self.take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>')).to_ascii_lowercase()
    }

    fn attribute(&mut self, attributes: &mut Vec<(String, String)>) {
        let start = self.at;
        // A `=` in front belongs to the name, so that every turn takes at least one byte.
        self.at += usize::from(self.peek() == Some(b'='));
        self.take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'='));
        let name = self.page.get(start..self.at).unwrap_or_default();
        self.skip_space();
        let mut value = "";
        if self.peek() == Some(b'=') {
            self.at += 1;
            self.skip_space();
            value = self.value();
        }
        if attributes.len() < MOST_ATTRIBUTES {
            attributes.push((name.to_ascii_lowercase(), htmlize::unescape_attribute(value).into_owned()));
        }
    }

    fn value(&mut self) -> &'a str {
        let quote = match self.peek() {
            Some(b'"') => '"',
            Some(b'\'') => '\'',
            _ => return self.take_while(|b| !b.is_ascii_whitespace() && b != b'>'),
        };
        let rest = self.page.get(self.at + 1..).unwrap_or_default();
        let spent = &mut self.no_more[usize::from(quote == '"')];
        let end = if *spent { None } else { rest.find(quote) };
        let Some(end) = end else {
            // The page is cut off or its author forgot the mark: the tag ends where it seems to.
            *spent = true;
            return self.take_while(|b| b != b'>');
        };
        self.at += end + 2;
        rest.get(..end).unwrap_or_default()
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if let Some(name) = self.raw.take() {
                return Some(self.raw_text(name));
            }
            let second = self.page.as_bytes().get(self.at + 1).copied();
            let third = self.page.as_bytes().get(self.at + 2).copied();
            let letter = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
            let token = match self.peek()? {
                b'<' if letter(second) => self.open(),
                b'<' if second == Some(b'/') && letter(third) => Some(self.close()),
                b'<' => self.markup(),
                _ => Some(self.text()),
            };
            if token.is_some() {
                return token;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(page: &str, dialect: Dialect, expected: Expect) {
        let drawn: String = Tokens::new(page, dialect)
            .map(|token| match token {
                Token::Open { name, attributes, closed } => {
                    format!("<{name} {attributes:?}{}>\n", if closed { " /" } else { "" })
                }
                Token::Close(name) => format!("</{name}>\n"),
                Token::Text(text) => format!("{text:?}\n"),
            })
            .collect();
        expected.assert_eq(&drawn);
    }

    #[test]
    fn tags_attributes_and_entities() {
        check(
            "<!DOCTYPE html><P Class='a &amp; b' hidden data-x=1/>Caf&eacute; &#x201C;so&rdquo; &#147; 1 < 2 &unknown; &amp<br/></p >",
            Dialect::Html,
            expect![[r#"
                <p [("class", "a & b"), ("hidden", ""), ("data-x", "1/")] />
                "Café “so” “ 1 "
                "<"
                " 2 &unknown; &"
                <br [] />
                </p>
            "#]],
        );
    }

    #[test]
    fn scripts_hold_no_tags_and_comments_nothing() {
        check(
            "<script>if (a < b) '</p>'</SCRIPT ><!-- <p> --><title>A &amp; B</title><![CDATA[x]]>y",
            Dialect::Html,
            expect![[r#"
                <script []>
                "if (a < b) '</p>'"
                </script>
                <title []>
                "A & B"
                </title>
                "y"
            "#]],
        );
    }

    #[test]
    fn xml_has_its_own_sections_and_no_entities_of_its_own() {
        check(
            "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY lol \"ha\">]><dc:Title>A<![CDATA[<b>&amp;]]></dc:Title>&lol;<title><i/></title>",
            Dialect::Xml,
            expect![[r#"
                <dc:title []>
                "A"
                "<b>&amp;"
                </dc:title>
                "&lol;"
                <title []>
                <i [] />
                </title>
            "#]],
        );
    }

    #[test]
    fn broken_tags_do_not_swallow_the_page() {
        check(
            "<a href=\"x>one</a> <p =b>two<a",
            Dialect::Html,
            expect![[r#"
            <a [("href", "\"x")]>
            "one"
            </a>
            " "
            <p [("=b", "")]>
            "two"
        "#]],
        );
    }
}
