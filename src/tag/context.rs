//! What the tagger must know of a form to judge its surroundings: whether a sentence opens after it, and whether a
//! line is a title whose capitals say little.

use super::features::{Place, ending_number, word_number};
use super::normal::{Look, Normal};

/// Number that stands for the tag of a token before the sentence.
pub const EDGE_TAG: u8 = 47;

/// Letters from which on a word without a capital shows that a line is no title.
const LONG_WORD: usize = 4;

/// Capitalised long words a line must have to be a title.
const TITLE_WORDS: usize = 3;

/// Whether a sentence can open after a mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Opens {
    /// No: words, commas.
    Never,
    /// Yes: opening quotes and brackets, stops, colons, the edge.
    Always,
    /// The straight quotation mark, which opens and closes.
    UnlessAfterComma,
}

/// The part of a form that its surroundings depend on.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Stands for the lower-case form in keys of word pairs.
    pub word: u32,
    /// Stands for the last letters and the look.
    pub ending: u32,
    /// How the form looks.
    pub look: Look,
    opens: Opens,
    long: bool,
    capital: bool,
}

impl Facts {
    /// The facts of one form.
    #[must_use]
    pub fn new(form: &Normal) -> Self {
        Self {
            word: word_number(form),
            ending: ending_number(form),
            look: form.look,
            opens: opens(&form.exact),
            long: form.lower.chars().filter(|c| c.is_alphabetic()).nth(LONG_WORD - 1).is_some(),
            capital: form.is_capital(),
        }
    }

    /// The facts of what lies outside a sentence.
    #[must_use]
    pub const fn edge() -> Self {
        Self { word: 0, ending: 0, look: Look::Edge, opens: Opens::Always, long: false, capital: false }
    }
}

fn opens(exact: &str) -> Opens {
    match exact {
        "``" | "`" | "(" | "[" | ":" | "*" | "." | "?" | "!" | "..." => Opens::Always,
        "\"" | "'" => Opens::UnlessAfterComma,
        _ => Opens::Never,
    }
}

/// Whether nearly all long words of a sentence have capitals, as in a headline.
pub fn is_titled(sentence: impl Iterator<Item = Facts>) -> bool {
    let (mut capital, mut small) = (0_usize, 0_usize);
    for facts in sentence.filter(|facts| facts.long) {
        if facts.capital {
            capital += 1;
        } else {
            small += 1;
        }
    }
    capital >= TITLE_WORDS && small * 4 <= capital
}

/// Which sum of a form's rows counts, given the two tokens before it.
#[must_use]
pub fn own_place(second_before: Facts, before: Facts, titled: bool) -> Place {
    let opening = match before.opens {
        Opens::Always => true,
        Opens::Never => false,
        Opens::UnlessAfterComma => second_before.look != Look::Comma,
    };
    if titled {
        Place::Titled
    } else if opening {
        Place::Opening
    } else {
        Place::Own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(form: &str) -> Facts {
        Facts::new(&Normal::new(form))
    }

    #[test]
    fn sentences_open_after_marks() {
        let place = |second, first| own_place(facts(second), facts(first), false);
        assert_eq!(place("said", "“"), Place::Opening);
        assert_eq!(place(",", "\""), Place::Own);
        assert_eq!(place("said", "Mr."), Place::Own);
        assert_eq!(own_place(Facts::edge(), Facts::edge(), false), Place::Opening);
    }

    #[test]
    fn titles() {
        let titled = |line: &str| is_titled(line.split(' ').map(facts));
        assert!(titled("Senate Passes Budget After Long Night"));
        assert!(!titled("The Senate passed the budget on Friday"));
        assert!(!titled(""));
    }
}
