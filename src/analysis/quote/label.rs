//! Labels before what is said: *Q:* and *A:* of an interview, the names of a transcript or a play.

use rustc_hash::FxHashMap;

use crate::analysis::token::Parse;

/// The longest label, in tokens.
const LONGEST: usize = 4;
/// How many blocks of a text must start with a label.
const FEWEST_TURNS: usize = 4;

/// The blocks that start with a label, with the token of its colon; none when the text does not speak in turns.
pub(in crate::analysis) fn find(parse: &Parse) -> FxHashMap<usize, usize> {
    let mut found = FxHashMap::default();
    let mut turns: FxHashMap<&str, usize> = FxHashMap::default();
    for (block, tokens) in parse.blocks.iter().enumerate() {
        if let Some(colon) = colon(parse, tokens.start, tokens.end) {
            found.insert(block, colon);
            *turns.entry(parse.lower(colon - 1)).or_default() += 1;
        }
    }
    // Two speak, and somebody speaks again.
    let in_turns = turns.len() >= 2 && turns.values().any(|&n| n >= 2) && found.len() >= FEWEST_TURNS;
    let mostly = found.len() * 3 >= parse.blocks.len();
    if in_turns && mostly { found } else { FxHashMap::default() }
}

/// The colon behind a few words in capitals at the start of a block, with words after it.
fn colon(parse: &Parse, start: usize, end: usize) -> Option<usize> {
    let colon = (start + 1..end.min(start + LONGEST + 1)).find(|&t| parse.lower(t) == ":")?;
    let capitals = (start..colon).all(|t| parse.shape(t).is_capital());
    (capitals && colon + 1 < end).then_some(colon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;

    fn labelled(text: &str) -> usize {
        let document = from_text(text.into(), "a.txt");
        find(&crate::analysis::parse(&document, &Lexicon::english())).len()
    }

    #[test]
    fn turns_need_two_speakers() {
        assert_eq!(labelled("Q: Why now?\n\nA: It was time.\n\nQ: And then?\n\nA: We shall see."), 4);
        assert_eq!(labelled("Note: It rained.\n\nThe town flooded.\n\nThe mayor: no comment."), 0);
    }
}
