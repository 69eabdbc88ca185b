//! Text made easy to compare: case, accents, quote-mark shapes, dashes and white space folded away, with a way back.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Pos, Span};

/// Folded text that still knows which bytes of the source each of its bytes came from.
#[derive(Debug, Default, Clone)]
pub struct Folded {
    /// The folded text: lower case, no accents, straight marks, single spaces.
    pub text: String,
    /// For every byte of `text` the source byte where its character starts, and at the end the source length.
    offsets: Vec<u32>,
}

impl Folded {
    /// The source stretch behind a stretch of the folded text (both in bytes).
    pub fn source(&self, folded: Span) -> Span {
        let at = |byte: usize| self.offsets.get(byte).or(self.offsets.last()).copied().unwrap_or(0) as usize;
        Span::of(at(folded.start().byte()), at(folded.end().byte()))
    }

    /// The place in the folded text that a source byte went to.
    pub fn place(&self, source: Pos) -> usize {
        self.offsets.partition_point(|&o| (o as usize) < source.byte())
    }
}

/// Folds a text and keeps the way back to its bytes.
pub fn fold(source: &str) -> Folded {
    let mut out = Folded::default();
    walk(source, |at, c| {
        out.text.push(c);
        out.offsets.extend(std::iter::repeat_n(u32::try_from(at).unwrap_or(u32::MAX), c.len_utf8()));
    });
    out.offsets.push(u32::try_from(source.len()).unwrap_or(u32::MAX));
    out
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
    fn the_way_back_lands_on_the_source_word() {
        let source = "Der  “Große” Wētā";
        let folded = fold(source);
        let start = folded.text.find("weta").expect("folded");
        let span = folded.source(Span::of(start, start + 4));
        assert_eq!(&source[span.range()], "Wētā");
        assert_eq!(folded.place(span.start()), start);
    }
}
