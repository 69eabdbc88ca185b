//! Brings a word form to the shape the features are taken from: one kind of quotation mark, dash and apostrophe,
//! digits all alike, lower case beside the written case, and never more than a few dozen letters.

/// Letters kept from each end of a very long form.
const KEPT_AT_EACH_END: usize = 24;

/// How a form looks, coarsely; the number is below [`LOOK_COUNT`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Look {
    /// Past the edge of the sentence.
    Edge,
    /// All letters small.
    Small,
    /// Capital first, small after.
    Capital,
    /// Two or more letters, all capital.
    Capitals,
    /// One capital, perhaps with a stop: `J`, `M.`
    Initial,
    /// Capitals and small letters otherwise mixed.
    Mixed,
    /// Begins with a digit, or holds digits and no letter.
    Figures,
    /// Small letters with a hyphen.
    Hyphened,
    /// Capital first, with a hyphen.
    CapitalHyphened,
    /// A comma.
    Comma,
    /// A quotation mark.
    Quote,
    /// Any other form without letter or digit.
    Mark,
}

/// How many looks there are.
pub const LOOK_COUNT: usize = 12;

/// A form made ready for feature extraction.
#[derive(Clone, Debug)]
pub struct Normal {
    /// The form with quotes, dashes, dots and digits made alike; letters keep their case.
    pub exact: String,
    /// `exact` in lower case.
    pub lower: String,
    /// The coarse look.
    pub look: Look,
}

impl Normal {
    /// Normalises `form`; any text is allowed, the empty text and very long ones included.
    #[must_use]
    pub fn new(form: &str) -> Self {
        let exact = plain_mark(form).map_or_else(|| plain_letters(form), ToOwned::to_owned);
        let lower = exact.to_lowercase();
        let look = look_of(&exact);
        Self { exact, lower, look }
    }

    /// Whether the first letter is a capital.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        matches!(self.look, Look::Capital | Look::Capitals | Look::Initial | Look::CapitalHyphened | Look::Mixed)
            && self.exact.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The one spelling used for a mark that is written in several ways, if `form` is such a mark.
fn plain_mark(form: &str) -> Option<&'static str> {
    let mark = match form {
        "“" | "„" | "«" | "‘‘" | "‘’" | "``" => "``",
        "”" | "‟" | "»" | "’’" | "''" => "''",
        "‘" | "‚" | "`" => "`",
        "’" | "'" | "ʼ" | "´" => "'",
        "–" | "‒" | "−" => "-",
        "—" | "―" => "--",
        "…" => "...",
        _ => return repeated_mark(form),
    };
    Some(mark)
}

/// Runs of one mark, such as `!!!` or `----`.
fn repeated_mark(form: &str) -> Option<&'static str> {
    let first = form.chars().next()?;
    let mark = match first {
        '.' => "...",
        '!' => "!",
        '?' => "?",
        '-' | '—' => "--",
        '*' => "*",
        '_' => "_",
        '=' => "=",
        _ => return None,
    };
    let twice = form.chars().nth(1).is_some();
    let alike = form.len() <= 400 && form.chars().all(|c| c == first || (c == '?' && first == '!') || c == '…');
    (twice && alike).then_some(mark)
}

/// Letters one by one: curly apostrophes straight, long dashes short, digits all `0`.
fn plain_letters(form: &str) -> String {
    let plain = |c: char| match c {
        '’' | 'ʼ' | '‘' => '\'',
        '‐' | '‑' => '-',
        c if c.is_ascii_digit() => '0',
        c => c,
    };
    let longest = KEPT_AT_EACH_END * 2;
    if form.chars().nth(longest).is_none() {
        return form.chars().map(plain).collect();
    }
    let mut tail: Vec<char> = form.chars().rev().take(KEPT_AT_EACH_END).collect();
    tail.reverse();
    form.chars().take(KEPT_AT_EACH_END).chain(tail).map(plain).collect()
}

/// What the letters of a form are.
#[derive(Default)]
struct LetterCount {
    small: usize,
    capital: usize,
    figure: usize,
    hyphen: usize,
}

impl LetterCount {
    fn of(exact: &str) -> Self {
        let mut count = Self::default();
        for c in exact.chars() {
            if c.is_uppercase() {
                count.capital += 1;
            } else if c.is_alphabetic() {
                count.small += 1;
            } else if c.is_numeric() {
                count.figure += 1;
            } else if c == '-' {
                count.hyphen += 1;
            }
        }
        count
    }
}

/// The coarse look of a form that is already normalised.
fn look_of(exact: &str) -> Look {
    let count = LetterCount::of(exact);
    let Some(first) = exact.chars().next() else {
        return Look::Mark;
    };
    if count.small + count.capital + count.figure == 0 {
        return match exact {
            "," => Look::Comma,
            "\"" | "``" | "''" | "`" | "'" => Look::Quote,
            _ => Look::Mark,
        };
    }
    if first.is_numeric() || count.small + count.capital == 0 {
        return Look::Figures;
    }
    match (count.capital, count.small, count.hyphen) {
        (0, _, 0) => Look::Small,
        (0, _, _) => Look::Hyphened,
        (1, 0, 0) => Look::Initial,
        (_, 0, 0) => Look::Capitals,
        (_, _, 1..) if first.is_uppercase() => Look::CapitalHyphened,
        (1, _, _) if first.is_uppercase() => Look::Capital,
        _ => Look::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_alike() {
        assert_eq!(Normal::new("“").exact, "``");
        assert_eq!(Normal::new("’s").exact, "'s");
        assert_eq!(Normal::new("n’t").exact, "n't");
        assert_eq!(Normal::new("—").exact, "--");
        assert_eq!(Normal::new("!?!").exact, "!");
        assert_eq!(Normal::new("1984").lower, "0000");
    }

    #[test]
    fn looks() {
        let look = |form| Normal::new(form).look;
        assert_eq!(look("house"), Look::Small);
        assert_eq!(look("House"), Look::Capital);
        assert_eq!(look("NATO"), Look::Capitals);
        assert_eq!(look("J."), Look::Initial);
        assert_eq!(look("iPhone"), Look::Mixed);
        assert_eq!(look("1990s"), Look::Figures);
        assert_eq!(look("well-known"), Look::Hyphened);
        assert_eq!(look("London-based"), Look::CapitalHyphened);
        assert_eq!(look(""), Look::Mark);
        assert_eq!(look("😀"), Look::Mark);
    }

    #[test]
    fn long_forms_are_cut() {
        assert_eq!(Normal::new(&"é".repeat(1_000_000)).lower.chars().count(), 48);
    }
}
