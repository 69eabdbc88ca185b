//! Words and marks. The text is cut once, here; every later pass speaks of tokens by their number.
//!
//! Cutting follows the Penn treebank: clitics apart (*do* + *n't*, *Nova* + *'s*), marks apart, hyphenated words whole,
//! abbreviations with their full stop.

use std::ops::Range;

use super::form::{FormId, Forms, Shape};

use crate::document::Document;
use crate::lexicon::TokenTable;
use crate::tag::Tag;
use crate::text::Span;

/// A word, number or mark of the text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Which word form it is.
    pub form: FormId,
    /// How that is written; kept here as well because every pass asks for it.
    pub shape: Shape,
    /// Its part of speech.
    pub tag: Tag,
}

/// A sentence: its place, its tokens and its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// The numbers of its tokens.
    pub tokens: Range<usize>,
    /// The number of its block.
    pub block: usize,
}

/// A text cut into tokens and sentences, each token with its part of speech: what all later passes read.
#[derive(Debug, Default)]
pub struct Parse {
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order; together they hold every token once.
    pub sentences: Vec<Sentence>,
    /// The distinct word forms.
    pub forms: Forms,
    /// For each block the numbers of its tokens.
    pub blocks: Vec<Range<usize>>,
}

impl Parse {
    /// A token's lower-case form, clitics and marks with straight apostrophes; empty past the end.
    #[inline]
    pub fn lower(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |t| self.forms.lower(t.form))
    }

    /// A token's part of speech; [`Tag::Symbol`] past the end.
    #[inline]
    pub fn tag(&self, token: usize) -> Tag {
        self.tokens.get(token).map_or(Tag::Symbol, |t| t.tag)
    }

    /// How a token is written.
    #[inline]
    pub fn shape(&self, token: usize) -> Shape {
        self.tokens.get(token).map_or(Shape::Mark, |t| t.shape)
    }

    /// From the start of the first to the end of the last token of a range; empty at 0 for an empty range.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        match self.tokens.get(tokens) {
            Some([first, .., last]) => first.span.join(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }

    /// The first token that starts at or after a byte.
    pub fn token_from(&self, byte: usize) -> usize {
        self.tokens.partition_point(|t| t.span.start().byte() < byte)
    }

    /// The tokens that lie wholly in a span.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let first = self.token_from(span.start().byte());
        let last = self.tokens.partition_point(|t| t.span.end() <= span.end());
        first..last.max(first)
    }

    /// The number of the sentence a token is in.
    pub fn sentence_of(&self, token: usize) -> usize {
        let after = self.sentences.partition_point(|s| s.tokens.end <= token);
        after.min(self.sentences.len().saturating_sub(1))
    }
}

/// Cuts every block of a document into tokens; sentences and tags are for later passes.
pub(super) fn split(document: &Document, table: &TokenTable) -> Parse {
    let mut parse = Parse::default();
    // Room that is not used costs nothing; growing would hold all of it twice.
    parse.tokens.reserve(document.text().len() / 4);
    for block in document.blocks() {
        let first = parse.tokens.len();
        let mut cutter = Cutter { text: document.slice(block.span), at: 0, base: block.span.start().byte(), table };
        while let Some(piece) = cutter.next_piece() {
            cutter.push(piece, &mut parse);
        }
        parse.blocks.push(first..parse.tokens.len());
    }
    parse.tokens.shrink_to_fit();
    parse
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    base: usize,
    table: &'t TokenTable,
}

impl Cutter<'_> {
    /// The next run of word characters, or a single mark.
    fn next_piece(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if byte.is_ascii_whitespace() {
                self.at += 1;
            } else if byte < 0x80 {
                break;
            } else {
                let c = self.char_at(self.at)?;
                if !c.is_whitespace() && !is_hidden(c) {
                    break;
                }
                self.at += c.len_utf8();
            }
        }
        let start = self.at;
        self.at = if self.is_word_start(start) { self.word_end(start) } else { self.mark_end(start) };
        Some(start..self.at)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(&byte) if byte < 0x80 => Some(char::from(byte)),
            _ => self.text.get(at..).and_then(|rest| rest.chars().next()),
        }
    }

    fn is_word_char(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(|c| c.is_alphanumeric() || is_joining_mark(c))
    }

    fn is_word_start(&self, at: usize) -> bool {
        match self.char_at(at) {
            Some('#' | '@') => self.is_word_char(at + 1),
            // ’em, ’tis, ’90s
            Some('\'' | '’') => self.elision(at).is_some(),
            Some(_) => self.is_word_char(at),
            None => false,
        }
    }

    /// The end of a word that starts with an apostrophe for letters left out.
    fn elision(&self, at: usize) -> Option<usize> {
        let mark = self.char_at(at).filter(|c| matches!(c, '\'' | '’'))?.len_utf8();
        let before = at.checked_sub(1).and_then(|_| self.text.get(..at)).and_then(|t| t.chars().next_back());
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let rest = self.text.get(at + mark..)?;
        let word: usize = rest.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
        let letters = rest.get(..word)?;
        let year =
            letters.len() >= 2 && letters.as_bytes().first().is_some_and(u8::is_ascii_digit) && letters.ends_with('s');
        (year || self.table.is_elided(letters)).then_some(at + mark + word)
    }

    fn word_end(&self, start: usize) -> usize {
        let mut at = self.elision(start).unwrap_or_else(|| start + self.char_at(start).map_or(1, char::len_utf8));
        loop {
            // Most words are nothing but these.
            let bytes = self.text.as_bytes().get(at..).unwrap_or_default();
            at += bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let Some(c) = self.char_at(at) else { break };
            let next = at + c.len_utf8();
            let joins = match c {
                _ if c.is_alphanumeric() || is_joining_mark(c) || is_hidden(c) => true,
                '\'' | '’' | '-' | '‐' | '‑' | '_' => {
                    self.is_letter(next) && self.char_at(at.wrapping_sub(1)) != Some('-')
                }
                '.' | ',' => self.is_digit(at - 1) && self.is_digit(next) || c == '.' && self.is_inner_stop(start, at),
                '&' | '/' | '@' | ':' => self.is_capital(at - 1) && self.is_capital(next) && c == '&',
                _ => false,
            };
            if !joins {
                break;
            }
            at = next;
        }
        at
    }

    fn is_letter(&self, at: usize) -> bool {
        self.is_word_char(at)
    }

    fn is_digit(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase)
    }

    /// A full stop inside `U.S.`, `p.m.`, `example.org`; not one between two sentences that lack a space.
    fn is_inner_stop(&self, start: usize, at: usize) -> bool {
        let single = at - start == 1 || self.text.as_bytes().get(at.wrapping_sub(2)) == Some(&b'.');
        let next_lower = self.text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_lowercase);
        self.is_letter(at + 1) && (single || next_lower)
    }

    fn mark_end(&self, start: usize) -> usize {
        let Some(c) = self.char_at(start) else { return start + 1 };
        let mut end = start + c.len_utf8();
        if matches!(c, '.' | '-' | '–' | '—' | '*' | '_' | '=' | '~') || c == '`' || c == '\'' {
            let longest = if c == '`' || c == '\'' { 2 } else { usize::MAX };
            let mut count = 1;
            while count < longest && self.char_at(end) == Some(c) {
                end += c.len_utf8();
                count += 1;
            }
        }
        end
    }

    /// Splits clitics off, joins an abbreviation with its full stop, and adds the tokens.
    fn push(&mut self, piece: Range<usize>, parse: &mut Parse) {
        let word = self.text.get(piece.clone()).unwrap_or_default();
        if !word.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’'))
            || word.len() == 1 && !self.stop_follows()
        {
            self.add(piece, parse);
            return;
        }
        if self.stop_follows() && self.is_abbreviation(word) {
            self.at += 1;
            self.add(piece.start..self.at, parse);
            return;
        }
        match self.table.cut(word).or_else(|| clitic(word)) {
            Some(cut) => {
                self.add(piece.start..piece.start + cut, parse);
                self.add(piece.start + cut..piece.end, parse);
            }
            None => self.add(piece, parse),
        }
    }

    fn stop_follows(&self) -> bool {
        let bytes = self.text.as_bytes();
        bytes.get(self.at) == Some(&b'.') && bytes.get(self.at + 1) != Some(&b'.')
    }

    fn is_abbreviation(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let initial = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none() && word != "I";
        initial || word.contains('.') && !self.is_digit(self.at - 1) || self.table.is_abbreviation(word)
    }

    fn add(&self, piece: Range<usize>, parse: &mut Parse) {
        let form = parse.forms.intern(self.text.get(piece.clone()).unwrap_or_default());
        let span = Span::of(self.base + piece.start, self.base + piece.end);
        parse.tokens.push(Token { span, form, shape: parse.forms.shape(form), tag: Tag::Symbol });
    }
}

/// Marks above or below the letter before them.
fn is_joining_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Soft hyphens and zero-width characters belong to the word around them.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Where a clitic starts in a word, in bytes.
fn clitic(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    if word.len() == 6 && word.eq_ignore_ascii_case("cannot") {
        return Some(3);
    }
    if !bytes.iter().any(|&b| b == b'\'' || b >= 0x80) {
        return None;
    }
    let mark = word.rfind(['\'', '’'])?;
    if mark == 0 {
        return None;
    }
    let after = word.get(mark..)?.trim_start_matches(['\'', '’']).to_ascii_lowercase();
    match after.as_str() {
        "t" if bytes[mark - 1].eq_ignore_ascii_case(&b'n') && mark > 1 => Some(mark - 1),
        "s" | "re" | "ve" | "ll" | "d" | "m" => Some(mark),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, expected: Expect) {
        let document = from_text(text.into(), "a.txt");
        let parse = split(&document, Lexicon::english().tokens());
        let words: Vec<_> = parse.tokens.iter().map(|t| document.slice(t.span)).collect();
        expected.assert_eq(&words.join(" | "));
    }

    #[test]
    fn clitics_and_marks_stand_apart() {
        check(
            "“I don’t—we’ll—can’t,” Nova’s boss said; they cannot.",
            expect![
                "“ | I | do | n’t | — | we | ’ll | — | ca | n’t | , | ” | Nova | ’s | boss | said | ; | they | can | not | ."
            ],
        );
    }

    #[test]
    fn abbreviations_numbers_and_tags_stay_whole() {
        check(
            "Mr. J. Lund of the U.S. paid $1,250.50 at 2 p.m. to the #AlitaArmy. It rained.",
            expect![
                "Mr. | J. | Lund | of | the | U.S. | paid | $ | 1,250.50 | at | 2 | p.m. | to | the | #AlitaArmy | . | It | rained | ."
            ],
        );
    }

    #[test]
    fn elisions_keep_their_apostrophe() {
        check(
            "’Tis the ’90s, get ’em! ‘So,’ he said.",
            expect!["’Tis | the | ’90s | , | get | ’em | ! | ‘ | So | , | ’ | he | said | ."],
        );
    }

    #[test]
    fn old_marks_and_dashes() {
        check(
            "``Go,'' he said -- well-known ... and on…",
            expect!["`` | Go | , | '' | he | said | -- | well-known | ... | and | on | …"],
        );
    }
}
