//! How tests look at the speakers of a text.

use crate::analysis::analyse;
use crate::document::from_text;
use crate::lexicon::Lexicon;
use expect_test::Expect;

/// Compares the speakers of a text, with reasons, to what is expected.
#[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
pub(super) fn check(text: &str, expected: Expect) {
    let document = from_text(text.into(), "a.txt");
    let found = analyse(&document, &Lexicon::english(), &[]);
    let drawn: String = found
        .quotes
        .iter()
        .map(|q| {
            let words: Vec<_> = q.content.iter().map(|&p| document.slice(p)).collect();
            let start: String = words.join(" + ").chars().take(28).collect();
            match &q.speaker {
                Some(s) => format!("{start}  {}  {:?}: {}\n", s.name, s.sureness(), s.rule),
                None => format!("{start}  -\n"),
            }
        })
        .collect();
    expected.assert_eq(&drawn);
}

/// Enough telling for a text to count as a story.
const STORY: &str = "He had not slept, and she had not asked him why he had come to her house so late, nor had he told \
    her what he had seen upon the road. She put her hand on his arm; he drew it away. He had never liked her.\n\n";

/// The text as part of a story.
pub(super) fn story(text: &str) -> String {
    format!("{STORY}{text}")
}
