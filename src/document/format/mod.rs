//! The table of input formats. A new one is a file beside this and a line in [`FORMATS`].

mod plain;

use super::Builder;

/// An input format: how it is recognised and how it is read.
pub struct Format {
    /// Its name for messages.
    pub name: &'static str,
    /// File endings it usually has, without the dot, in lower case.
    pub extensions: &'static [&'static str],
    /// Whether a text is written in it, judged by its content.
    pub sniff: fn(&str) -> bool,
    /// Adds the blocks of the builder's text.
    pub read: fn(&mut Builder),
}

/// All formats, the most particular first; plain text takes what no other claims.
pub const FORMATS: &[Format] =
    &[Format { name: "plain text", extensions: &["txt", "text"], sniff: |_| true, read: plain::read }];

/// Chooses a format: by content, and between several that fit by the file's ending.
pub fn choose(text: &str, name: &str) -> &'static Format {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let mut fits = FORMATS.iter().filter(|f| (f.sniff)(text));
    let named = fits.clone().find(|f| f.extensions.contains(&ending.as_str()));
    named.or_else(|| fits.next()).unwrap_or(&FORMATS[FORMATS.len() - 1])
}

/// Whether a file's name ends like one of the formats.
pub fn has_known_ending(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    FORMATS.iter().any(|f| f.extensions.contains(&ending.as_str()))
}
