//! The reason for a speaker in a reader's words, and how sure one may be.

use std::borrow::Cow;
use std::ops::Range;

use super::evidence::Evidence;
use super::scene::Stands;
use super::search::Choice;
use super::weigh::Why;
use crate::analysis::PersonId;
use crate::analysis::person::Cast;
use crate::analysis::phrase;
use crate::analysis::quote::cue::Source;
use crate::analysis::quote::{Draft, Hint};
use crate::analysis::token::Parse;
use crate::document::Document;

/// The longest phrase that a reason quotes, in characters.
const LONGEST: usize = 60;

/// Writes reasons.
#[derive(Clone, Copy)]
pub(super) struct Reasons<'a, 'p> {
    /// The text.
    pub document: &'a Document,
    /// Its tokens.
    pub parse: &'a Parse,
    /// Everybody.
    pub cast: &'a Cast<'p>,
    /// Whether it is a story.
    pub story: bool,
}

impl Reasons<'_, '_> {
    /// Why this is the speaker.
    pub fn reason(self, draft: &Draft, stands: Option<Stands>, choice: &Choice, person: PersonId) -> Cow<'static, str> {
        match (draft.hint, draft.source.as_ref(), stands) {
            (Hint::Label, Some(source), Some(Stands::For(_))) if source.start > draft.pieces[0].start => {
                "signs the words".into()
            }
            (Hint::Label, Some(_), Some(Stands::For(_))) => "label before the words".into(),
            (Hint::Owner, Some(_), Some(Stands::For(_))) => "the words are called theirs".into(),
            (Hint::Cue(how), Some(source), _) => self.by_cue(draft, source, how, choice, person).into(),
            _ => by_talk(choice.why).into(),
        }
    }

    /// “Salazar said” stands with it.
    fn by_cue(self, draft: &Draft, source: &Range<usize>, how: Source, choice: &Choice, person: PersonId) -> String {
        let cue = draft.cue.clone().map(|c| self.words(c)).unwrap_or_default();
        let phrase = self.words(source.clone());
        let name = self.cast.entries[person.index()].best_name(self.story);
        let pronoun = self.cast.word(source.start).is_third() && source.len() == 1;
        let who = match () {
            () if pronoun => format!("; “{phrase}” is {name}, who {}", by_talk(choice.why)),
            () if !name.to_lowercase().contains(phrase.to_lowercase().trim_start_matches("the ")) => {
                format!("; “{phrase}” is {name}")
            }
            () => String::new(),
        };
        match how {
            Source::Inverted => format!("“{cue} {phrase}” follows the words{who}"),
            Source::Phrase => format!("“{cue} {phrase}”{who}"),
            Source::Main => format!("“{cue}” goes with “{phrase}”{who}"),
            Source::Owner => format!("“{phrase}” owns “{cue}”{who}"),
            _ => format!("“{phrase}” is the subject of “{cue}”{who}"),
        }
    }

    /// Whether the phrase with the cue holds a name.
    fn is_name(self, draft: &Draft) -> bool {
        draft.source.clone().is_some_and(|mut s| s.any(|t| self.cast.named_at(t).is_some()))
    }

    /// Whether the phrase with the cue is the name that the story uses most, with or without an article: that another name
    /// is the same person's is one more thing that may be wrong.
    fn is_usual(self, draft: &Draft, person: PersonId) -> bool {
        let name = self.cast.entries[person.index()].best_name(true).to_lowercase();
        draft.source.clone().is_some_and(|s| self.words(s).to_lowercase().trim_start_matches("the ") == name)
    }

    fn words(self, range: Range<usize>) -> String {
        let text = self.document.slice(self.parse.span(range)).split_whitespace().collect::<Vec<_>>().join(" ");
        text.chars().take(LONGEST).collect()
    }

    /// How sure the speaker is, 0 to 1; the steps are the shares of right speakers in the development texts.
    pub fn confidence(self, draft: &Draft, evidence: &Evidence, choice: &Choice, person: PersonId) -> f32 {
        let entry = &self.cast.entries[person.index()];
        let contradicted = evidence.spoken_to.contains(&person);
        let certain: f32 = match draft.hint {
            _ if contradicted => 0.7,
            Hint::Label | Hint::Owner => 0.95,
            Hint::Cue(Source::Subject(phrase::Found::Before) | Source::Inverted | Source::Phrase) => 0.97,
            Hint::Cue(Source::Subject(phrase::Found::Apposition)) => 0.93,
            _ => 0.85,
        };
        match evidence.source {
            Some(Stands::For(_)) if entry.is_named() && !self.is_name(draft) => certain.min(0.88),
            Some(Stands::For(_)) if entry.is_named() && self.story && !self.is_usual(draft, person) => {
                certain.min(0.88)
            }
            Some(Stands::For(_)) if entry.is_named() => certain,
            Some(Stands::For(_)) if self.story => certain.min(0.7),
            Some(Stands::For(_)) => certain.min(0.88),
            Some(Stands::Perhaps(..)) => 0.3 + 0.4 * choice.share,
            Some(_) if self.story => 0.3 + 0.45 * choice.share,
            Some(_) => 0.3 + 0.58 * choice.share,
            None => 0.15 + 0.55 * choice.share,
        }
    }
}

fn by_talk(why: Why) -> &'static str {
    match why {
        Why::Said => "is said to speak",
        Why::Acts => "acts in the same paragraph",
        Why::LedIn => "acts right before the words",
        Why::Addressed => "was spoken to just before",
        Why::CalledBack => "is spoken to right after",
        Why::Answers => "takes turns with the speaker before",
        Why::GoesOn => "goes on from the quote before",
        Why::ActedLast => "was the last to act or speak",
        Why::Narrator => "tells the story",
        Why::Nearest => "is the nearest who fits",
    }
}
