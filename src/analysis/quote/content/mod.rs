//! What a cue reports: where its content starts and ends, to its right, to its left, or around it.

mod clause;
mod extent;
mod left;
mod object;
mod right;

use std::ops::Range;

use super::cue::{Cue, CueForms, CueKind, Source};
use super::marks::Marks;
use crate::analysis::form::Shape;
use crate::analysis::phrase::Found;
use crate::analysis::token::{Parse, Sentence};
use crate::lexicon::CueWord;
use crate::tag::Tag;

pub(in crate::analysis) use clause::{is_clause, opens_clause, that_ahead};

/// The content of one cue.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Content {
    /// The pieces, in reading order, as tokens; marks may be among them.
    pub pieces: Vec<Range<usize>>,
    /// Whether the words are quoted as the object of the cue, not a reported clause.
    pub quoted: bool,
    /// Whether they are a noun phrase, without a verb of their own.
    pub bare_noun: bool,
}

impl Content {
    /// A reported clause of one piece.
    fn clause(piece: Range<usize>) -> Self {
        Self { pieces: vec![piece], quoted: false, bare_noun: false }
    }

    /// Quotations, with their marks.
    fn quoted(pieces: Vec<Range<usize>>) -> Self {
        Self { pieces, quoted: true, bare_noun: false }
    }
}

/// What the search for content may look at.
pub(in crate::analysis) struct Search<'p> {
    /// The text.
    pub parse: &'p Parse,
    /// Its quotation marks.
    pub marks: &'p Marks,
    /// Cue words by form.
    pub forms: &'p CueForms<'p>,
    /// The sentence of the cue.
    pub sentence: &'p Sentence,
    /// All cues of the sentence.
    pub cues: &'p [Cue],
    /// Whether the text tells a story; there only marked words are quotes.
    pub narrative: bool,
}

impl Search<'_> {
    /// The content of the cue at a place in the list, if it reports any.
    pub fn content(&self, number: usize) -> Option<Content> {
        let cue = &self.cues[number];
        match cue.kind {
            CueKind::Phrase => self.around_phrase(cue),
            CueKind::Raising => self.both_sides(cue),
            CueKind::Adverb => self.around_adverb(cue),
            CueKind::Verb if self.follows_quotation(cue) => self.left(cue, cue.words.end),
            _ if cue.how == Source::Inverted => self.left(cue, cue.extent().end),
            CueKind::Verb if self.is_as_clause(cue) => self.beside_as_clause(cue),
            // There was evidence, he alleged, that boxes had been opened.
            CueKind::Verb if self.is_inserted(cue) => self.left(cue, cue.words.end).or_else(|| self.right(cue)),
            _ => self.right(cue).or_else(|| self.left(cue, cue.words.end)),
        }
    }

    /// The end of what a sentence can hold: its final stop and closing marks belong to no content.
    fn hi(&self) -> usize {
        let mut end = self.sentence.tokens.end;
        while end > self.sentence.tokens.start
            && (self.parse.tag(end - 1) == Tag::Stop || matches!(self.parse.lower(end - 1), ")" | "…"))
        {
            end -= 1;
        }
        end
    }

    fn lower(&self, at: usize) -> &str {
        self.parse.lower(at)
    }

    fn word_is(&self, at: usize, property: fn(&CueWord) -> bool) -> bool {
        self.forms.is(self.parse, at, property)
    }

    /// Whether commas stand on both sides of a cue and its source.
    fn is_inserted(&self, cue: &Cue) -> bool {
        let extent = cue.extent();
        let starts_late = extent.start > self.sentence.tokens.start + 1;
        // He was, she said, “the best of friends”; but: On Monday, she said, “Go.”
        let fragment = self.parse.shape(cue.words.end + 2) == Shape::Lower
            && (self.content_start()..extent.start).any(|t| self.parse.tag(t).is_finite_verb());
        let before_words = self.marks.opening_at(cue.words.end + 1).is_some() && !fragment;
        starts_late
            && self.is_break(extent.start - 1)
            && self.is_break(cue.words.end)
            && !before_words
            && cue.how == Source::Subject(Found::Before)
    }

    /// Whether a comma, dash or bracket stands at a token.
    fn is_break(&self, at: usize) -> bool {
        matches!(self.lower(at), "," | "—" | "–" | "--")
    }

    fn is_cue(&self, at: usize) -> bool {
        self.cues.iter().any(|c| c.extent().contains(&at))
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;

    /// Every quote of a text, its pieces parted by a plus.
    fn reported(text: &str) -> Vec<String> {
        let document = from_text(text.into(), "a.txt");
        let found = analyse(&document, &Lexicon::english(), &[]);
        let pieces =
            |q: &crate::analysis::Quote| q.content.iter().map(|&p| document.slice(p)).collect::<Vec<_>>().join(" + ");
        found.quotes.iter().map(pieces).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(reported(text), expected, "{text}");
    }

    #[test]
    fn one_source_that_says_two_things_is_quoted_twice() {
        check("Lund said she was tired but pledged to stay.", &["she was tired", "to stay"]);
        check("The jury found that he lied and ordered him to pay.", &["he lied", "to pay"]);
        check(
            "She said the road was shut and that the bridge was not.",
            &["the road was shut and that the bridge was not"],
        );
        check("He said it was over, adding that he was glad.", &["it was over", "he was glad"]);
    }

    #[test]
    fn what_the_report_adds_is_left_out() {
        check("The mayor said the vote was fair, hours after the count ended.", &["the vote was fair"]);
        check(
            "The panel said fishing should stop there, but two states have objected.",
            &["fishing should stop there"],
        );
        check("Police believe it was lit on purpose and are at the scene.", &["it was lit on purpose"]);
        check("GENEVA (Wire) - The talks broke up, envoys said, dashing hopes.", &["The talks broke up"]);
        check(
            "He said they were “making tea,” but she warned that it was late.",
            &["they were “making tea,”", "it was late"],
        );
        check("Lund, who called for a pause, said it was late.", &["a pause", "it was late"]);
    }

    #[test]
    fn circumstances_may_stand_between_cue_and_content() {
        check("Lund told staff in a note on Friday that she would go.", &["she would go"]);
        check("Prosecutors said in papers filed Monday that he lied.", &["he lied"]);
        check(
            "Two aides told Screenloop that Pictures has shelved the film that it made.",
            &["Pictures has shelved the film that it made"],
        );
        check("The paper quoted an aide as saying that he never read it.", &["he never read it"]);
        check("Lund has said publicly he is “not looking for a job.”", &["he is “not looking for a job.”"]);
        check("Critics argue, however, that the tax is unfair.", &["the tax is unfair"]);
    }

    #[test]
    fn cues_stand_within_or_behind_their_clause() {
        check("There was proof, he said, that it had been moved.", &["There was proof + that it had been moved"]);
        check(
            "If the trend goes on, scientists warn, the fish could vanish.",
            &["If the trend goes on + the fish could vanish"],
        );
        check("As Lund told the paper, prices have dropped.", &["prices have dropped"]);
        check("He was, she said, “the best of friends.”", &["He was + “the best of friends.”"]);
        check("The show was renewed, it was announced Monday.", &["The show was renewed"]);
    }

    #[test]
    fn what_somebody_was_asked_or_told_is_reported() {
        check("Asked by reporters whether she would stay, Lund laughed.", &["whether she would stay"]);
        check("Staff were told by email that the office would close.", &["the office would close"]);
        check("The storm is expected to reach the coast on Sunday.", &["The storm + to reach the coast on Sunday"]);
        check("The trial, which is expected to last six weeks, goes on.", &["The trial + to last six weeks"]);
        check("The road is expected to close, officials said.", &["The road is expected to close"]);
    }

    #[test]
    fn whoever_does_the_like_is_quoted_apart() {
        check(
            "With allies insisting the note was real and rivals demanding a vote, the mayor left.",
            &["the note was real", "a vote"],
        );
        check("A poll found support at 41 percent.", &["support at 41 percent"]);
        check(
            "Lund said the claim that it was late is false.",
            &["the claim that it was late is false", "it was late"],
        );
        check("Whether they believed her was hard to tell.", &[]);
        check("If he knew of the note, Lund said nothing.", &[]);
    }

    #[test]
    fn plain_telling_reports_nothing() {
        for text in [
            "The home side opened the scoring when Silva found the net.",
            "The council's plans include a new school.",
            "The state of Ohio held its primary in March.",
            "The device shows the time and the temperature.",
            "The band played songs called “Rain” and “Sun.”",
        ] {
            check(text, &[]);
        }
    }
}
