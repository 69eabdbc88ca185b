//! A file as the formats see it before one of them is chosen: its bytes, its name and how it begins.

use super::decode;

/// How much of a file is looked at to recognise its format, in bytes.
const HEAD: usize = 4 << 10;

/// Bytes with a name, and their beginning as text.
pub struct Source<'a> {
    /// All of the file.
    pub bytes: &'a [u8],
    /// The name it was opened under.
    pub name: &'a str,
    /// What the name ends in after the last dot, in lower case; empty without one.
    pub ending: String,
    /// The first characters, whatever they are; white space at the start is left out.
    pub head: String,
}

impl<'a> Source<'a> {
    /// Looks at the beginning of a file; the inner name is the one without `.gz`.
    pub fn new(bytes: &'a [u8], name: &'a str, inner: &str) -> Self {
        let head = decode::lenient(bytes.get(..HEAD).unwrap_or(bytes));
        Self { bytes, name, ending: ending(inner), head: head.trim_start().to_owned() }
    }

    /// Whether the file begins with one of these words, in any case.
    pub fn begins_with(&self, starts: &[&str]) -> bool {
        starts.iter().any(|start| self.head.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
    }
}

/// What a file's name ends in, without the dot, in lower case.
pub fn ending(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => ending.to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// The beginning of a page behind its XML declaration, document type and comments.
pub fn behind_prolog(head: &str) -> &str {
    let mut head = head.trim_start();
    loop {
        let rest = if let Some(rest) = head.strip_prefix("<!--") {
            rest.split_once("-->")
        } else if head.starts_with("<?") {
            head.split_once("?>")
        } else {
            None
        };
        match rest {
            Some((_, rest)) => head = rest.trim_start(),
            None => return head,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_a_dot_gives_no_ending() {
        assert_eq!(ending("v1.2/README"), "");
        assert_eq!(ending("a/b.HTML"), "html");
        assert_eq!(ending(".hidden"), "");
    }
}
