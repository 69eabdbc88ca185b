//! The story that comes with the program and is opened when no file is named.

use super::{Document, read};

/// The name under which the library lists it and under which it is opened again. A file of this name is `./sayso:story`.
pub const STORY: &str = "sayso:story";
/// The name it is shown under.
const ID: &str = "story";
const BYTES: &[u8] = include_bytes!("../../seeds/000_14fbd52913b64cd7.txt");

/// The built-in story.
///
/// # Panics
/// Never in a program whose tests passed: a test reads it.
pub fn story() -> Document {
    read(BYTES, ID).expect("embedded and tested")
}

/// Whether a document is the built-in story, and not a file of its name.
pub fn is_story(document: &Document) -> bool {
    document.id() == ID && document.text().as_bytes() == BYTES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::from_text;

    #[test]
    fn the_story_is_known_by_its_text() {
        assert!(is_story(&story()));
        assert!(!is_story(&from_text("Once.".into(), "story")));
    }
}
