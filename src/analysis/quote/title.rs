//! Titles that name a source before a colon: *Health agency: syrup was tainted*.

use super::marks::Marks;
use super::{Draft, Hint};
use crate::analysis::QuoteKind;
use crate::analysis::phrase;
use crate::analysis::token::{Parse, Sentence};
use crate::lexicon::Lexicon;
use crate::tag::Tag;

/// The longest source before a colon, in tokens.
const LONGEST_SOURCE: usize = 6;

/// The quote that a title reports behind a colon, when who stands before it can speak.
pub(super) fn find(parse: &Parse, marks: &Marks, lexicon: &Lexicon, sentence: &Sentence) -> Option<Draft> {
    let tokens = sentence.tokens.clone();
    let colon = tokens.clone().skip(1).take(LONGEST_SOURCE).find(|&t| parse.lower(t) == ":")?;
    let source = tokens.start..colon;
    let whole = phrase::core_from(parse, source.start, colon).is_some_and(|p| p == source);
    let word = lexicon.people().get(parse.lower(colon - 1));
    let speaks = word.is_person() || word.is_body() || word.is_document();
    let words = colon + 1..tokens.end;
    let marked = words.clone().any(|t| marks.around(t).is_some());
    if !(whole && speaks && !marked && words.len() >= 3) || parse.tag(words.start) == Tag::Number {
        return None;
    }
    Some(Draft {
        kind: QuoteKind::Indirect,
        pieces: vec![words],
        cue: None,
        source: Some(source),
        hint: Hint::Label,
        block: sentence.block,
    })
}
