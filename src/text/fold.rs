//! Text made easy to compare: case, accents, quote-mark shapes, dashes and white space folded away, with a way back.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Pos, Span};

/// Folded text that still knows which bytes of the source each of its bytes came from.
#[derive(Debug, Default, Clone)]
pub struct Folded {
    /// The folded text: lower case, no accents, straight marks, single spaces.
    pub text: String,
    /// Where runs begin, in `text` and in the source; inside a run each byte comes from the next byte of the source. Most
    /// texts are a few long runs, so that this is small even for all findings of a long book.
    runs: Box<[(u32, u32)]>,
    /// The length of the source.
    length: u32,
}

impl Folded {
    /// The source stretch behind a stretch of the folded text (both in bytes).
    pub fn source(&self, folded: Span) -> Span {
        Span::of(self.origin(folded.start().byte()), self.origin(folded.end().byte()))
    }

    /// The source byte where the character behind a folded byte starts; the source's length past the end.
    fn origin(&self, byte: usize) -> usize {
        if byte >= self.text.len() {
            return self.length as usize;
        }
        let after = self.runs.partition_point(|&(folded, _)| folded as usize <= byte);
        let (folded, source) = after.checked_sub(1).and_then(|run| self.runs.get(run)).copied().unwrap_or_default();
        source as usize + (byte - folded as usize)
    }

    /// The place in the folded text that a source byte went to.
    pub fn place(&self, source: Pos) -> usize {
        let target = source.byte();
        let (mut low, mut high) = (0, self.text.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.origin(middle) < target { low = middle + 1 } else { high = middle }
        }
        // Past the end of the source there is one place more.
        if low == self.text.len() && (self.length as usize) < target { low + 1 } else { low }
    }
}

/// Folds a text and keeps the way back to its bytes.
pub fn fold(source: &str) -> Folded {
    let mut text = String::with_capacity(source.len());
    let mut runs: Vec<(u32, u32)> = Vec::new();
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    walk(source, |at, c| {
        // Every byte of a character starts where the character does.
        for byte in 0..c.len_utf8() {
            let (folded, from) = (small(text.len() + byte), small(at));
            if runs.last().is_none_or(|&(f, s)| s + (folded - f) != from) {
                runs.push((folded, from));
            }
        }
        text.push(c);
    });
    text.shrink_to_fit();
    Folded { text, runs: runs.into_boxed_slice(), length: small(source.len()) }
}

/// Folds a text when the way back is not needed.
pub fn fold_plain(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    walk(source, |_, c| out.push(c));
    out
}

fn walk(source: &str, mut push: impl FnMut(usize, char)) {
    let mut after_space = true;
    for (at, c) in source.char_indices() {
        if c.is_whitespace() {
            if !after_space {
                push(at, ' ');
            }
            after_space = true;
            continue;
        }
        let folded = shape(c);
        if folded == '\0' {
            continue;
        }
        after_space = false;
        if folded.is_ascii() {
            push(at, folded.to_ascii_lowercase());
        } else if folded == '…' {
            (0..3).for_each(|_| push(at, '.'));
        } else {
            for part in std::iter::once(folded).nfkd().filter(|&p| !is_combining_mark(p)) {
                part.to_lowercase().for_each(|l| push(at, l));
            }
        }
    }
}

/// One mark for all shapes of it; NUL for what is never seen.
fn shape(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' => '-',
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => '\0',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_marks_and_space() {
        assert_eq!(fold_plain("“Wētā’s\n  ÉLAN” — don’t…"), "\"weta's elan\" - don't...");
    }

    #[test]
    fn every_byte_knows_where_its_character_starts() {
        for source in ["", "  a  b", "“Große” … Wētā\u{AD}x ﬁ", "\n\n", "ŉ木é"] {
            let folded = fold(source);
            let mut origins = Vec::new();
            walk(source, |at, c| origins.extend(std::iter::repeat_n(at, c.len_utf8())));
            origins.push(source.len());
            let found: Vec<usize> = (0..=folded.text.len()).map(|byte| folded.origin(byte)).collect();
            assert_eq!(found, origins, "{source:?}");
            for at in 0..=source.len() + 1 {
                assert_eq!(folded.place(Pos::at(at)), origins.partition_point(|&o| o < at), "{source:?} {at}");
            }
        }
    }

    #[test]
    fn the_way_back_lands_on_the_source_word() {
        let source = "Der  “Große” Wētā";
        let folded = fold(source);
        let start = folded.text.find("weta").expect("folded");
        let span = folded.source(Span::of(start, start + 4));
        assert_eq!(&source[span.range()], "Wētā");
        assert_eq!(folded.place(span.start()), start);
    }
}
