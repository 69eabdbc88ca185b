//! Bytes to Unicode code points and back, for formats that count code points.

use super::{Pos, Span};

/// How many bytes lie between two remembered places.
const STRIDE: usize = 1024;

/// A table that turns byte offsets of one text into code points in constant time.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `i * STRIDE`; empty when the text is ASCII.
    before: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// Reads the text once.
    pub fn of(text: &'t str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            before.reserve(text.len() / STRIDE + 1);
            let mut count = 0u32;
            for (i, byte) in text.bytes().enumerate() {
                if i % STRIDE == 0 {
                    before.push(count);
                }
                // A byte that is no continuation starts a code point.
                count += u32::from(byte & 0xC0 != 0x80);
            }
        }
        Self { text, before }
    }

    /// The number of code points before a position.
    pub fn count(&self, pos: Pos) -> usize {
        let byte = pos.byte().min(self.text.len());
        if self.before.is_empty() {
            return byte;
        }
        let slot = (byte / STRIDE).min(self.before.len() - 1);
        let rest = self.text.as_bytes().get(slot * STRIDE..byte).unwrap_or_default();
        self.before[slot] as usize + rest.iter().filter(|&&b| b & 0xC0 != 0x80).count()
    }

    /// A span as `[start, end)` in code points.
    pub fn pair(&self, span: Span) -> [usize; 2] {
        [self.count(span.start()), self.count(span.end())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_chars_at_every_boundary() {
        let text = "Zażółć “gęślą” jaźń — 木城 🦀. ".repeat(90);
        let table = CodePoints::of(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(table.count(Pos::at(byte)), count);
        }
        assert_eq!(table.count(Pos::at(text.len() + 9)), text.chars().count());
    }

    #[test]
    fn ascii_needs_no_table() {
        let table = CodePoints::of("plain");
        assert_eq!(table.pair(Span::of(1, 4)), [1, 4]);
    }
}
