//! Names of authors out of the lines that hold them: `By Dana Whitfield, Staff Writer · March 1, 2026`.

use super::phrase::PHRASES;

/// A longer line is no byline.
const LONGEST: usize = 160;

/// The names in a line; none when it does not look like names.
pub fn names(line: &str) -> Option<String> {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() || line.len() > LONGEST || line.contains("://") || line.contains('@') {
        return None;
    }
    let line = after_date(&line).unwrap_or(&line);
    let (line, _) = without_by(line);
    let first = line.split(['|', '·', '•', '–', '—', '(', '\n']).next().unwrap_or_default();
    let names = before_the_rest(first);
    let names = names.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '’' | '\''));
    (is_names(names)).then(|| names.to_owned())
}

/// Whether a line begins with *by* and names somebody.
pub fn is_byline(line: &str) -> bool {
    line.len() <= LONGEST && (without_by(line).1 || after_date(line).is_some()) && names(line).is_some()
}

/// Whether a line begins as bylines do, whoever it names.
pub fn begins_with_by(line: &str) -> bool {
    line.len() <= LONGEST && without_by(line).1
}

/// `January 30, 2026 by Priya Raman` from *by* on.
pub fn after_date(line: &str) -> Option<&str> {
    let at = line.find(" by ").filter(|_| line.len() <= LONGEST)?;
    line.get(..at).filter(|head| PHRASES.is_date(head))?;
    line.get(at + 1..)
}

/// Several names as one line.
pub fn joined(names: &[String]) -> Option<String> {
    let mut seen: Vec<&str> = Vec::new();
    for name in names.iter().map(|n| without_by(n).0).filter(|n| !n.is_empty() && !n.contains("://")) {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    match seen.as_slice() {
        [] => None,
        [one] => Some((*one).to_owned()),
        [rest @ .., last] => Some(format!("{} and {last}", rest.join(", "))),
    }
}

/// A line without *by* in front, and whether it was there.
fn without_by(line: &str) -> (&str, bool) {
    let line = line.trim().trim_start_matches(['—', '–', '-']).trim_start();
    for before in &PHRASES.byline.before {
        let Some(head) = line.get(..before.len()) else { continue };
        let rest = line.get(before.len()..).unwrap_or_default();
        if head.eq_ignore_ascii_case(before) && rest.starts_with([' ', ':']) {
            return (rest.trim_start_matches([' ', ':']), true);
        }
    }
    (line, false)
}

/// The words up to a date, a place or what the author is.
fn before_the_rest(line: &str) -> &str {
    let mut end = line.len();
    let mut at = 0;
    for piece in line.split_inclusive([' ', ',']) {
        let word = piece.trim_matches([' ', ',', '.', ':']).to_lowercase();
        let tail = line.get(at..).unwrap_or_default().to_lowercase();
        let ends = PHRASES.byline.after.iter().any(|after| {
            tail.strip_prefix(after.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        let month = PHRASES.date.months.contains(&word) && at > 0 && tail.contains(|c: char| c.is_ascii_digit());
        if ends || (at > 0 && (month || word.starts_with(|c: char| c.is_ascii_digit()))) {
            end = at;
            break;
        }
        at += piece.len();
    }
    line.get(..end).unwrap_or_default()
}

/// Whether words can be names: nearly all begin with a capital, none is a number, and they are not nobody's.
pub fn is_names(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let capital = |w: &&&str| w.starts_with(char::is_uppercase);
    let small = |w: &&str| PHRASES.byline.small.iter().any(|s| s == w.trim_end_matches(','));
    let fits = words.iter().all(|w| w.starts_with(|c: char| c.is_uppercase()) || small(w));
    let nobody = PHRASES.byline.nobody.iter().any(|n| n.eq_ignore_ascii_case(line.trim()));
    (1..=16).contains(&words.len())
        && fits
        && words.iter().filter(capital).count() > 0
        && !nobody
        && !line.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_their_line() {
        let cases = [
            ("By Dana Whitfield", "Dana Whitfield"),
            ("BY DANA WHITFIELD and Tom de Witt", "DANA WHITFIELD and Tom de Witt"),
            ("Written by: Mia O’Hara, Staff Writer · March 1, 2026", "Mia O’Hara"),
            ("By Ann Lee March 3, 2026 10:42", "Ann Lee"),
            ("Ann Lee | The Courier", "Ann Lee"),
        ];
        for (line, name) in cases {
            assert_eq!(names(line).as_deref(), Some(name), "{line}");
        }
        for line in ["admin", "by the sea", "https://x.example/ann", "Published March 1, 2026", "3 March"] {
            assert_eq!(names(line), None, "{line}");
        }
        assert!(is_byline("By Ann Lee") && !is_byline("Ann Lee") && !is_byline("By noon it rained."));
    }
}
