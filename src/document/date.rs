//! Dates as pages, feeds and mails write them, made ISO 8601 days. Times and zones are left out: a reader asks which day.

/// Reads a date of any usual form: `2026-03-01T10:00Z`, `Sun, 01 Mar 2026 10:00:00 GMT`, `March 1, 2026`, `1 March 2026`,
/// `20260301`, `2026/3/1`. The month's names are given in order, in lower case.
pub fn iso_day(text: &str, months: &[String]) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(40).collect();
    let whole = words.first().and_then(|w| compact(w));
    whole.or_else(|| (0..words.len()).find_map(|at| numbers(&words, at).or_else(|| named(&words, at, months))))
}

fn day(year: u32, month: u32, day: u32) -> Option<String> {
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let fits = (1400..=2999).contains(&year) && (1..=12).contains(&month) && (1..=days).contains(&day);
    fits.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// `20260301`, or with a time behind it `20260301t100000z`.
fn compact(word: &str) -> Option<String> {
    let digits = word.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let tail = word.get(8..)?;
    let number = |from: usize, to: usize| digits.get(from..to)?.parse().ok();
    if tail.is_empty() || tail.starts_with('t') || (tail.len() == 6 && tail.bytes().all(|b| b.is_ascii_digit())) {
        return day(number(0, 4)?, number(4, 6)?, number(6, 8)?);
    }
    None
}

/// Year, month, day.
fn numbers(words: &[&str], at: usize) -> Option<String> {
    let year = year(words.get(at)?)?;
    let month = words.get(at + 1)?.parse().ok()?;
    day(year, month, leading(words.get(at + 2)?)?)
}

/// A month's name with the day on either side and the year behind.
fn named(words: &[&str], at: usize, months: &[String]) -> Option<String> {
    let month = month(words.get(at)?, months)?;
    let year_after = |i: usize| words.get(i).and_then(|w| year(w));
    let after = words.get(at + 1).and_then(|w| leading(w)).filter(|&d| d <= 31);
    if let (Some(d), Some(y)) = (after, year_after(at + 2)) {
        return day(y, month, d);
    }
    let before = words.get(at.checked_sub(1)?).and_then(|w| leading(w));
    day(year_after(at + 1)?, month, before?)
}

fn month(word: &str, months: &[String]) -> Option<u32> {
    let found = months.iter().position(|m| word.len() >= 3 && m.starts_with(word))?;
    u32::try_from(found + 1).ok()
}

fn year(word: &str) -> Option<u32> {
    (word.len() == 4).then(|| word.parse().ok()).flatten()
}

/// The number a word begins with: `01t10` is 1, `3rd` is 3.
fn leading(word: &str) -> Option<u32> {
    let digits = word.find(|c: char| !c.is_ascii_digit()).map_or(word, |end| word.get(..end).unwrap_or_default());
    if digits.len() > 2 { None } else { digits.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_forms_are_read() {
        let names = "january february march april may june july august september october november december";
        let months: Vec<String> = names.split(' ').map(str::to_owned).collect();
        let read = |text: &str| iso_day(text, &months);
        for text in [
            "2026-03-01",
            "2026-03-01T10:00:00+01:00",
            "2026/3/1",
            "20260301",
            "20260301T100000Z",
            "March 1, 2026",
            "1 March 2026",
            "Sun, 01 Mar 2026 10:00:00 GMT",
            "Published on Sunday, March 1st, 2026 at 10:42",
            "Mar. 1, 2026",
        ] {
            assert_eq!(read(text).as_deref(), Some("2026-03-01"), "{text}");
        }
        for text in ["", "yesterday", "2026-13-01", "March 2026", "99 bottles", "1/3/26", "2026-02-31"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
