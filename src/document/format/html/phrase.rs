//! What the furniture of English pages says, from `assets/lang/en/page.toml`. A short block is judged by its whole words,
//! by how it begins, or by a phrase in it.

use std::sync::LazyLock;

use serde::Deserialize;

/// The phrases that come with the program.
///
/// # Panics
/// Never in a program whose tests passed: a test reads every embedded table.
pub static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../assets/lang/en/page.toml")).expect("embedded and tested")
});

/// The words of furniture, bylines and dates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    longest: usize,
    whole: Group,
    starts: Group,
    labels: Group,
    contains: Group,
    /// Words around the names of authors.
    pub byline: Byline,
    /// Words of dates.
    pub date: Dates,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the examples are for the test"))]
struct Group {
    entries: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

/// Words around the names of authors.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Byline {
    /// What stands before the names.
    pub before: Vec<String>,
    /// What ends them.
    pub after: Vec<String>,
    /// Words inside names that begin with a small letter.
    pub small: Vec<String>,
    /// Names that are none.
    pub nobody: Vec<String>,
}

/// Words of dates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// The months in order.
    pub months: Vec<String>,
    /// Words a line of dates may hold besides.
    pub words: Vec<String>,
}

impl Phrases {
    /// Whether a block says that it is furniture.
    pub fn is_furniture(&self, text: &str) -> bool {
        if text.len() > self.longest {
            return false;
        }
        let plain = plain(text);
        let bare = plain.trim_matches(|c: char| !c.is_alphanumeric());
        if self.contains.entries.iter().any(|e| holds(&plain, e)) {
            return true;
        }
        if is_quoted(text) || text.len() > self.longest / 3 * 2 {
            return false;
        }
        let ended = text.ends_with(['.', '!', '?']);
        let begun = |group: &Group| group.entries.iter().any(|e| begins(&plain, e));
        begun(&self.starts) || (!ended && (begun(&self.labels) || self.whole.entries.iter().any(|e| e == bare)))
    }

    /// Whether a block is nothing but dates and times.
    pub fn is_date(&self, text: &str) -> bool {
        let plain = plain(text);
        let signs =
            |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '/' | '-' | '–' | '—' | '|' | '·' | '•' | '(' | ')');
        let mut words = plain.split(signs).filter(|w| !w.is_empty()).peekable();
        let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) && w.len() <= 8;
        let known = |w: &str| self.date.words.iter().any(|d| d == w) || self.is_month(w) || number(w);
        text.len() <= 90 && words.peek().is_some() && plain.contains(|c: char| c.is_ascii_digit()) && words.all(known)
    }

    fn is_month(&self, word: &str) -> bool {
        let word = word.trim_end_matches('.');
        word.len() >= 3 && self.date.months.iter().any(|m| m.starts_with(word))
    }
}

/// Whether somebody speaks in a text.
fn is_quoted(text: &str) -> bool {
    text.contains(['“', '«']) || text.starts_with(['‘', '\'']) || text.matches('"').count() >= 2
}

/// Lower case, straight marks, `#` for numbers, nothing but letters and a few signs at the start.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    for c in start.chars().flat_map(char::to_lowercase) {
        out.push(if c == '’' { '\'' } else { c });
    }
    out
}

/// Whether a text begins with an entry; where the entry ends in a letter, a word must end too.
fn begins(text: &str, entry: &str) -> bool {
    let rest = match entry.strip_prefix('#') {
        Some(entry) => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
            if rest.len() == text.len() { None } else { rest.strip_prefix(entry) }
        }
        None => match entry.split_once('#') {
            Some((head, tail)) => text.strip_prefix(head).and_then(|rest| {
                let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
                if after.len() == rest.len() { None } else { after.strip_prefix(tail) }
            }),
            None => text.strip_prefix(entry),
        },
    };
    rest.is_some_and(|rest| !entry.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric))
}

fn holds(text: &str, entry: &str) -> bool {
    text.match_indices(entry).any(|(at, found)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + found.len()..).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_beside_the_phrases_hold() {
        for group in [&PHRASES.whole, &PHRASES.starts, &PHRASES.labels, &PHRASES.contains] {
            for yes in &group.yes {
                assert!(PHRASES.is_furniture(yes), "{yes}");
            }
            for no in &group.no {
                assert!(!PHRASES.is_furniture(no), "{no}");
            }
        }
    }

    #[test]
    fn dates_are_dates() {
        for date in ["March 1, 2026", "Published 10:42 GMT on Sunday 1 Mar 2026", "Updated 2 hours ago", "10.42am"] {
            assert!(PHRASES.is_date(date), "{date}");
        }
        assert!(!PHRASES.is_date("It rained on March 1, 2026.") && !PHRASES.is_date("today"));
    }
}
