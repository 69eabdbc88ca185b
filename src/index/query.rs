//! What a reader types into a search line, understood.
//!
//! Words may come in any order. `"several words"` keep theirs. Fields narrow down: `speaker:quill`, `thread:nova`,
//! `certainty:possible`, `is:unsure`, `in:courier`, `since:2026-03`, `until:2026-03-14`. Case, accents and shapes of quotation marks never matter.

use crate::document::Day;
use crate::text::fold_plain;

/// A question to the index. An empty one fits everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    /// Words and phrases, folded, in the order typed.
    pub words: Vec<String>,
    /// `speaker:` – part of a name.
    pub speakers: Vec<String>,
    /// `thread:` – part of a name.
    pub threads: Vec<String>,
    /// `certainty:` and `is:` – the start of one of [`TRAITS`].
    pub traits: Vec<String>,
    /// `since:` – the first day.
    pub since: Option<Day>,
    /// `until:` – the last day.
    pub until: Option<Day>,
    /// `in:` – part of an article's title, paper or file.
    pub places: Vec<String>,
    /// Traits and days nothing can have, as typed, with their fields: `is:purple`.
    pub unknown: Vec<String>,
}

/// What `is:` and `certainty:` know.
pub const TRAITS: &[&str] = &[
    "direct",
    "indirect",
    "mixed",
    "repeated",
    "anonymous",
    "sure",
    "likely",
    "guessed",
    "unsure",
    "certain",
    "possible",
    "probable",
    "unclear",
    "denied",
    "affirmed",
    "fact",
    "opinion",
    "prediction",
    "wish",
    "hypothetical",
    "rule",
    "open",
    "advanced",
    "resolved",
    "mentioned",
    "suggested",
    "past",
    "present",
    "future",
    "timeless",
];

/// Those of them that tell how sure something is.
const CERTAINTIES: &[&str] = &["certain", "likely", "possible", "probable", "unclear", "denied", "affirmed"];

impl Query {
    /// Reads what was typed; nothing is an error.
    pub fn parse(typed: &str) -> Self {
        let mut query = Self::default();
        for (field, value) in parts(typed) {
            let folded = fold_plain(&value).trim().to_owned();
            if folded.is_empty() {
                continue;
            }
            match field.as_str() {
                "speaker" => query.speakers.push(folded),
                "thread" => query.threads.push(folded),
                "is" | "certainty" | "kind" => query.push_trait(&field, folded),
                "in" => query.places.push(folded),
                "since" | "until" => query.push_day(&field, &folded),
                _ => query.words.push(folded),
            }
        }
        query
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an article of a day, with a folded name, may hold what is asked for.
    pub fn fits_article(&self, day: Option<Day>, name: &str) -> bool {
        let in_time = match day {
            Some(day) => self.since.is_none_or(|s| s <= day) && self.until.is_none_or(|u| day <= u),
            None => self.since.is_none() && self.until.is_none(),
        };
        in_time && self.places.iter().all(|p| name.contains(p.as_str()))
    }

    /// `2026-03-14`, `2026-03` or `2026`: from the first day of it, or to the last.
    fn push_day(&mut self, field: &str, folded: &str) {
        let first = Day::from_iso(folded);
        match (field, first) {
            ("since", Some(day)) => self.since = Some(day),
            ("until", Some(day)) => self.until = Some(Day::last_of_iso(folded).unwrap_or(day)),
            _ => self.unknown.push(format!("{field}:{folded}")),
        }
    }

    fn push_trait(&mut self, field: &str, folded: String) {
        if traits_of(field).iter().any(|t| t.starts_with(&folded)) {
            self.traits.push(folded);
        } else {
            self.unknown.push(format!("{field}:{folded}"));
        }
    }

    /// What is asked for that nothing can have, and what can be asked for instead.
    pub fn fault(&self) -> Option<String> {
        let unknown = self.unknown.first()?;
        let (field, value) = unknown.split_once(':').unwrap_or(("is", unknown));
        Some(match field {
            "since" | "until" => format!("{value} is no date; write 2026, 2026-03 or 2026-03-14"),
            _ => format!("nothing is {value}; {field}: knows {}", traits_of(field).join(", ")),
        })
    }
}

/// The words that a field knows: `certainty:` those of certainty, `kind:` and `is:` all.
fn traits_of(field: &str) -> &'static [&'static str] {
    if field == "certainty" { CERTAINTIES } else { TRAITS }
}

/// Cuts at spaces outside quotation marks, each part with its field, if it is one we know.
fn parts(typed: &str) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let (mut field, mut value) = (String::new(), String::new());
    let mut quoted = false;
    for c in typed.chars() {
        match c {
            '"' | '“' | '”' => quoted = !quoted,
            ':' if !quoted && field.is_empty() && is_field(&value) => {
                field = value.to_lowercase();
                value.clear();
            }
            c if c.is_whitespace() && !quoted => parts.push((std::mem::take(&mut field), std::mem::take(&mut value))),
            c => value.push(c),
        }
    }
    parts.push((field, value));
    parts
}

fn is_field(word: &str) -> bool {
    ["speaker", "is", "thread", "certainty", "kind", "in", "since", "until"]
        .iter()
        .any(|f| f.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_fields() {
        let query = Query::parse("Speaker:Salazar might \"Still  Might\" thread:\"iron city\" is:den 12:30");
        assert_eq!(query.speakers, ["salazar"]);
        assert_eq!(query.words, ["might", "still might", "12:30"]);
        assert_eq!(query.threads, ["iron city"]);
        assert_eq!(query.traits, ["den"]);
    }

    #[test]
    fn half_typed_things_are_no_error() {
        assert!(Query::parse("speaker: \"").is_empty());
        assert_eq!(Query::parse("is:purple").unknown, ["is:purple"]);
        let query = Query::parse("since:2026-02 until:2026-02 in:Courier");
        assert_eq!((query.since, query.until), (Day::from_iso("2026-02-01"), Day::from_iso("2026-02-28")));
        assert!(query.fits_article(Day::from_iso("2026-02-14"), "the courier"));
        assert!(!query.fits_article(None, "the courier") && !query.fits_article(query.since, "the times"));
        assert_eq!(Query::parse("since:soon").unknown, ["since:soon"]);
        assert_eq!(Query::parse("Wētā “a b").words, ["weta", "a b"]);
    }
    #[test]
    fn what_nothing_can_be_is_explained() {
        let fault = |typed: &str| Query::parse(typed).fault().unwrap_or_default();
        assert!(fault("is:purple").starts_with("nothing is purple; is: knows direct, indirect"));
        assert!(fault("mill certainty:direct").starts_with("nothing is direct; certainty: knows certain, likely"));
        assert!(fault("until:soon").starts_with("soon is no date"));
        assert_eq!(fault("is:dir certainty:likely since:2026 speaker:purple"), "");
    }
}
