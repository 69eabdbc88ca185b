//! What a reader says of a finding or a passage, and how it is found again: by its words and the words around it, never by a
//! number, so that it outlives a better analysis and a changed file.

use crate::text::{Pos, Span};

/// Bytes of text kept before and after the words of an anchor, at most.
const AROUND: usize = 48;

/// What kind of thing a remark is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Subject {
    /// A quote.
    Quote,
    /// A claim.
    Claim,
    /// A plot thread, by its name.
    Thread,
    /// A stretch of the text.
    Passage,
    /// Somebody, by the name.
    Person,
}

/// What is said.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Field {
    /// The reader's judgement of a claim: *confirmed*, *disputed*, *false*, *open*.
    Verdict,
    /// Where the verdict is from.
    Source,
    /// A note.
    Note,
    /// *accepted* or *rejected*.
    Judged,
    /// Who speaks, set by the reader.
    Speaker,
    /// The status of a thread, set by the reader.
    Status,
    /// The letter of a mark.
    Mark,
    /// Where a quote begins and ends, as an anchor ([`Anchor::written`]).
    Ends,
    /// The name of the person somebody is the same as.
    Same,
}

impl Remark {
    /// Whether it changes what was found, so that what is kept of the text has to be kept anew: who speaks, what was rejected.
    pub fn corrects(&self) -> bool {
        match self.field {
            Field::Judged | Field::Speaker | Field::Status | Field::Ends | Field::Same => true,
            Field::Verdict => self.anchor.subject == Subject::Passage,
            Field::Source | Field::Note | Field::Mark => false,
        }
    }
}

macro_rules! names {
    ($type:ident: $($name:ident $word:literal),*) => {
        impl $type {
            /// Its name in the library; never changes.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// The one of a name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

names!(Subject: Quote "quote", Claim "claim", Thread "thread", Passage "passage", Person "person");
names!(Field: Verdict "verdict", Source "source", Note "note", Judged "judged", Speaker "speaker", Status "status", Mark "mark",
    Ends "ends", Same "same");

impl Field {
    /// What the reader is told was said with it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Judged => "accepting or rejecting",
            Self::Ends => "start and end",
            Self::Same => "two names made one",
            other => other.name(),
        }
    }
}

/// Words of a text with what stands around them.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Anchor {
    /// What it is about.
    pub subject: Subject,
    /// The words, exactly.
    pub exact: String,
    /// Some text before them.
    pub before: String,
    /// Some text after them.
    pub after: String,
    /// Where they started, in bytes, when they were last found.
    pub start: usize,
}

impl Anchor {
    /// The anchor of a stretch of a text.
    pub fn of(subject: Subject, text: &str, span: Span) -> Self {
        let (start, end) = (span.start().byte().min(text.len()), span.end().byte().min(text.len()));
        let from = (start.saturating_sub(AROUND)..=start).find(|&b| text.is_char_boundary(b)).unwrap_or(start);
        let to = (end..=(end + AROUND).min(text.len())).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(end);
        let part = |from, to| text.get(from..to).unwrap_or_default().to_owned();
        Self { subject, exact: part(start, end), before: part(from, start), after: part(end, to), start }
    }

    /// The anchor of a thread.
    pub fn thread(name: &str) -> Self {
        Self { subject: Subject::Thread, exact: name.to_owned(), before: String::new(), after: String::new(), start: 0 }
    }

    /// The anchor of somebody.
    pub fn person(name: &str) -> Self {
        Self { subject: Subject::Person, ..Self::thread(name) }
    }

    /// As the value of a remark.
    pub fn written(&self) -> String {
        let Self { exact, before, after, start, .. } = self;
        serde_json::json!({ "exact": exact, "before": before, "after": after, "start": start }).to_string()
    }

    /// From the value of a remark; none when it is no anchor.
    pub fn read(value: &str) -> Option<Self> {
        let value: serde_json::Value = serde_json::from_str(value).ok()?;
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        let start = usize::try_from(value.get("start")?.as_u64()?).ok()?;
        Some(Self {
            subject: Subject::Passage,
            exact: text("exact")?,
            before: text("before")?,
            after: text("after")?,
            start,
        })
    }

    /// Where the words are in a text that may have changed: with the same words around them if possible, else the occurrence
    /// nearest to where they were. None when they are gone.
    pub fn locate(&self, text: &str) -> Option<Span> {
        if self.exact.is_empty() {
            return None;
        }
        let fits = |at: usize| {
            let before = text.get(..at).is_some_and(|t| t.ends_with(&self.before));
            let after = text.get(at + self.exact.len()..).is_some_and(|t| t.starts_with(&self.after));
            usize::from(before) + usize::from(after)
        };
        // Occurrences may overlap: each search starts one letter after the last.
        let next = |from: usize| text.get(from..)?.find(&self.exact).map(|at| from + at);
        let letter = self.exact.chars().next().map_or(1, char::len_utf8);
        let best = std::iter::successors(next(0), |&at| next(at + letter))
            .max_by_key(|&at| (fits(at), std::cmp::Reverse(at.abs_diff(self.start))))?;
        Some(Span::new(Pos::at(best), Pos::at(best + self.exact.len())))
    }
}

/// One thing a reader says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// About what.
    pub anchor: Anchor,
    /// What kind of remark.
    pub field: Field,
    /// The words; empty takes the remark back.
    pub value: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_found_again_in_a_changed_text() {
        let text = "He may go. She may go. They may go.";
        let anchor = Anchor::of(Subject::Passage, text, Span::of(15, 21));
        assert_eq!((anchor.exact.as_str(), anchor.before.as_str()), ("may go", "He may go. She "));
        let changed = "A new line.\n\nHe may go. She may go. They may go.";
        assert_eq!(anchor.locate(changed), Some(Span::of(28, 34)));
        assert_eq!(anchor.locate("Nothing of it."), None);
    }

    proptest! {
        #[test]
        fn an_anchor_finds_its_own_place(text in "[a-cé木 ]{1,60}", start in 0usize..60, length in 1usize..20) {
            let bounds: Vec<usize> = (0..=text.len()).filter(|&b| text.is_char_boundary(b)).collect();
            let (a, b) = (bounds[start % bounds.len()], bounds[(start + length) % bounds.len()]);
            prop_assume!(a < b);
            let anchor = Anchor::of(Subject::Passage, &text, Span::of(a, b));
            prop_assert_eq!(anchor.locate(&text), Some(Span::of(a, b)));
            prop_assert_eq!(Anchor::read(&anchor.written()), Some(anchor));
        }
    }
}
