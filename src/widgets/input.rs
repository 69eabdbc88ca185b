//! A line to type in. The cursor is a mark in the text, so the terminal's own cursor stays hidden.

use unicode_segmentation::UnicodeSegmentation;

/// What was typed, and where the next letter goes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Input {
    text: String,
    /// Byte offset, on a cluster boundary.
    cursor: usize,
}

impl Input {
    /// Starts with some text, the cursor at its end.
    pub fn with(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before and after the cursor.
    pub fn halves(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Types a character.
    pub fn insert(&mut self, c: char) {
        self.text.insert(self.cursor, c);
        self.cursor += c.len_utf8();
    }

    /// Takes away the cluster before the cursor; false when there is none.
    pub fn backspace(&mut self) -> bool {
        let before = self.before();
        let some = before < self.cursor;
        self.text.replace_range(before..self.cursor, "");
        self.cursor = before;
        some
    }

    /// Takes away the cluster after the cursor.
    pub fn delete(&mut self) {
        let after = self.after();
        self.text.replace_range(self.cursor..after, "");
    }

    /// Takes away the word before the cursor.
    pub fn erase_word(&mut self) {
        let (before, _) = self.halves();
        let start = before.trim_end().rfind(' ').map_or(0, |at| at + 1);
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
    }

    /// Takes away everything before the cursor.
    pub fn erase_all(&mut self) {
        self.text.replace_range(..self.cursor, "");
        self.cursor = 0;
    }

    /// Moves one cluster to the left.
    pub fn left(&mut self) {
        self.cursor = self.before();
    }

    /// Moves one cluster to the right.
    pub fn right(&mut self) {
        self.cursor = self.after();
    }

    /// Moves to the start.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// Moves to the end.
    pub fn end(&mut self) {
        self.cursor = self.text.len();
    }

    fn before(&self) -> usize {
        self.halves().0.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.cursor + self.halves().1.graphemes(true).next().map_or(0, str::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_typed_and_taken_away_whole() {
        let mut input = Input::with("ce\u{301}");
        assert!(input.backspace());
        assert_eq!(input.text(), "c");
        input.insert('木');
        input.left();
        input.insert('x');
        assert_eq!(input.halves(), ("cx", "木"));
        input.delete();
        assert_eq!(input.text(), "cx");
        assert!(input.backspace() && input.backspace() && !input.backspace());
    }

    #[test]
    fn a_word_goes_at_once() {
        let mut input = Input::with("speaker:reyes might ");
        input.erase_word();
        assert_eq!(input.text(), "speaker:reyes ");
        input.erase_all();
        assert_eq!(input.text(), "");
    }
}
