//! Writing HTML that is well-formed by construction: every element ends, every text is escaped. What is written is well-formed
//! XML too, so that any reader of either can check it.

use crate::text::Shown;

/// Elements that hold nothing.
const VOID: &[&str] = &["meta", "line", "circle", "rect"];

/// A page that is being written.
#[derive(Default)]
pub(super) struct Html {
    out: String,
}

impl Html {
    /// An element, with what stands in it. Names and attributes come from this program, values from anywhere.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)], within: impl FnOnce(&mut Self)) {
        self.start(name, attributes);
        self.out.push('>');
        within(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element that holds nothing.
    pub fn void(&mut self, name: &str, attributes: &[(&str, &str)]) {
        debug_assert!(VOID.contains(&name), "{name} needs an end");
        self.start(name, attributes);
        self.out.push_str("/>");
    }

    /// An element that holds one text.
    pub fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.element(name, attributes, |html| html.text(text));
    }

    /// A link with one text.
    pub fn link(&mut self, to: &str, text: &str) {
        self.leaf("a", &[("href", to)], text);
    }

    /// Text, as it may be shown.
    pub fn text(&mut self, text: &str) {
        let shown = Shown::text(text);
        escape(shown.as_str(), &mut self.out);
    }

    /// The rules of looks, which are this program's own.
    pub fn style(&mut self, rules: &str) {
        self.out.push_str("<style>");
        self.out.push_str(rules);
        self.out.push_str("</style>");
    }

    /// A new line, for whoever reads the source.
    pub fn line(&mut self) {
        self.out.push('\n');
    }

    /// All that was written.
    pub fn finish(self) -> String {
        self.out
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            escape(Shown::line(value).as_str(), &mut self.out);
            self.out.push('"');
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // No characters in XML or in HTML.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let mut html = Html::default();
        html.leaf("p", &[("title", "\" onclick=\"x")], "</p><script>alert(1)</script>&\u{1b}[31m\u{202e}");
        let page = html.finish();
        assert!(page.starts_with("<p title=\"&quot; onclick=&quot;x\">&lt;/p&gt;&lt;script&gt;"), "{page}");
        assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}') && page.contains("&amp;"));
    }
}
