//! What is wrong with a setting: where, what, and what to write instead.

use std::fmt;

use super::Origin;

/// Something that cannot be obeyed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The line of the file, or the name of the variable or flag.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)?;
        if self.remedy.is_empty() { Ok(()) } else { write!(f, "; {}", self.remedy) }
    }
}

impl Fault {
    /// A fault at a byte of the file.
    pub fn at(text: &str, byte: usize, what: String, remedy: String) -> Self {
        Self { place: format!("line {}", line_at(text, byte)), what, remedy }
    }

    /// A fault in a word from outside the file.
    pub(super) fn word(from: &Origin, name: &str, word: &str, allowed: &str) -> Self {
        let place = match from {
            Origin::Variable(variable) => (*variable).to_owned(),
            _ => format!("--{name}"),
        };
        Self { place, what: format!("{word:?} is no {name}"), remedy: format!("write {allowed}") }
    }

    /// What the TOML reader has to say.
    pub(super) fn of(error: &toml::de::Error, text: &str) -> Self {
        let byte = error.span().map_or(0, |s| s.start);
        let message = error.message().lines().next().unwrap_or_default().to_owned();
        let mut names = message.split('`').skip(1).step_by(2);
        let remedy = match (message.starts_with("unknown field"), names.next()) {
            (true, Some(wrong)) => meant(wrong, names),
            _ => String::new(),
        };
        Self::at(text, byte, message, remedy)
    }
}

/// The line of a byte, from 1.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|&(at, _)| at < byte).filter(|&(_, c)| c == '\n').count() + 1
}

/// `did you mean …?` for the name that is nearest, if one is near.
pub(super) fn meant<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> String {
    let near = names.map(|name| (distance(wrong, name), name)).min();
    match near {
        Some((far, name)) if far <= wrong.chars().count().max(4) / 2 => format!("did you mean {name}?"),
        _ => String::new(),
    }
}

/// Letters to insert, leave out or replace to make one word of the other (Levenshtein 1966).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &b) in other.iter().enumerate() {
            let replaced = corner + usize::from(a != b);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_near_or_far() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(meant("measur", ["theme", "measure"].into_iter()), "did you mean measure?");
        assert_eq!(meant("zzzzzz", ["theme", "measure"].into_iter()), "");
    }
}
