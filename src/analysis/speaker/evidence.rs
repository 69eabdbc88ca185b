//! What stands around a quote and hints at its speaker: who acts in its paragraph, who leads in to it, whom it speaks to
//! and of whom it speaks.

use std::ops::Range;

use super::address::Address;
use super::bound::Bound;
use super::habit::Form;
use super::scene::{Fit, Mention, Scene, Stands};
use super::unite::introduced;
use crate::analysis::person::{Cast, gender};
use crate::analysis::quote::{Draft, Found, Hint, cue::Source};
use crate::analysis::token::Parse;
use crate::analysis::{Gender, PersonId, QuoteKind};
use crate::tag::Tag;

/// How far back the name is looked for that a pronoun stands for, in sentences.
const MOST_SENTENCES_BACK: usize = 3;

/// The longest answer without words, in tokens.
const LONGEST_GESTURE: usize = 16;
/// How many tokens may stand between a cue and whom it speaks to.
const MOST_BETWEEN: usize = 3;

/// Everything about one quote that does not depend on who spoke before.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// Whom the phrase with the cue stands for.
    pub source: Option<Stands>,
    /// Whether somebody is to be looked for at all.
    pub sought: bool,
    /// Who acts in the paragraph before the words.
    pub before: Option<Stands>,
    /// Who acts in the paragraph after the words.
    pub after: Option<Stands>,
    /// The paragraph of telling just before.
    pub lead: Option<Lead>,
    /// Whom the pronoun with the cue cannot stand for.
    pub apart: Option<PersonId>,
    /// Whom the words speak to.
    pub spoken_to: Vec<PersonId>,
    /// The gender of who is spoken to by words like *sir*.
    pub hailed: Gender,
    /// The forms of address in the words: *papa*, *Miss Lund*.
    pub forms: Vec<Form>,
    /// Who gives his or her name in these words.
    pub introduced: Option<PersonId>,
    /// Of whom the words speak.
    pub spoken_about: Vec<PersonId>,
    /// Whether the words end in a question.
    pub asks: bool,
    /// The first and the last block.
    pub blocks: (usize, usize),
    /// The time when the words begin, see [`Scene::clocks`].
    pub clock: usize,
    /// The time when the last of them begin.
    pub ends: usize,
}

/// A paragraph of telling right before a quote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    /// Whom its last sentence is about.
    pub first: Stands,
    /// Who acts in the last clause of that sentence, when somebody else seems to: *She sat, till Bo turned to her.*
    pub last: Option<Stands>,
    /// Whether it ends with a colon, a comma or a dash.
    pub colon: bool,
    /// Whether it is a turn of its own, told without marks or without words: *he asked whether it rained*, *she nodded*.
    pub turn: bool,
    /// To whom that was said.
    pub told: Option<PersonId>,
}

/// Gathers the evidence of every quote.
pub(super) fn gather(parse: &Parse, found: &Found, cast: &Cast, scene: &Scene) -> Vec<Evidence> {
    let witness = Witness { parse, found, cast, scene };
    (0..found.drafts.len()).map(|number| witness.evidence(number)).collect()
}

struct Witness<'a, 'p> {
    parse: &'a Parse,
    found: &'a Found,
    cast: &'a Cast<'p>,
    scene: &'a Scene,
}

impl Witness<'_, '_> {
    fn evidence(&self, number: usize) -> Evidence {
        let draft = &self.found.drafts[number];
        let source = draft.source.as_ref().and_then(|s| self.scene.at(s.start)).map(|m| m.stands);
        // “…,” with a smile crossing her face: a cue without anybody who could speak is none.
        let source = source.filter(|s| *s != Stands::Nobody || draft.kind != QuoteKind::Direct);
        let bound = Bound { parse: self.parse, found: self.found, cast: self.cast, scene: self.scene };
        let source = bound.ahead(draft, source).or(source);
        let last = draft.pieces.last().map_or(0, |p| p.end);
        let last_block =
            self.parse.sentences.get(self.parse.sentence_of(last.saturating_sub(1))).map_or(0, |s| s.block);
        let mut evidence = Evidence {
            source,
            sought: is_sought(draft),
            blocks: (draft.block, last_block),
            clock: self.scene.clocks[number].0,
            ends: self.scene.clocks[number].1,
            asks: last.checked_sub(1).is_some_and(|at| self.parse.lower(at) == "?"),
            ..Evidence::default()
        };
        if evidence.sought && !matches!(source, Some(Stands::For(_))) {
            evidence.before = self.before(number, draft);
            evidence.after = self.between(draft).or_else(|| self.after(number, last_block, last));
            evidence.lead = self.lead(number, draft);
        }
        if matches!(source, Some(Stands::Pronoun(_))) {
            evidence.apart = bound.apart(number, draft);
        }
        self.read_words(draft, &mut evidence);
        evidence
    }

    /// The last to act between the quote before, or the start of the paragraph, and the words.
    fn before(&self, number: usize, draft: &Draft) -> Option<Stands> {
        let block = self.parse.blocks.get(draft.block)?;
        let start = draft.pieces[0].start;
        let earlier = number.checked_sub(1).and_then(|n| self.found.drafts[n].pieces.last()).map_or(0, |p| p.end);
        let told = block.start.max(earlier)..start;
        let last = self.parse.sentence_of(start.saturating_sub(2).max(told.start));
        self.actor(last, &told).or_else(|| self.actor(last.checked_sub(1)?, &told))
    }

    /// Who acts first in a sentence; for a pronoun whoever acted in the sentences right before, if that fits and is told of in
    /// the same stretch: *Frederick advanced. He was pale.*
    fn actor(&self, sentence: usize, told: &Range<usize>) -> Option<Stands> {
        let stands = self.first_actor(sentence, told)?;
        if !matches!(stands, Stands::Pronoun(_)) {
            return Some(stands);
        }
        let mut earlier =
            (1..=MOST_SENTENCES_BACK).map_while(|back| self.first_actor(sentence.checked_sub(back)?, told));
        let named = earlier.find(|s| !matches!(s, Stands::Pronoun(_)));
        let fits = |s: &Stands| matches!(s, Stands::For(p) if stands.fit(self.cast, *p) != Fit::Differs);
        Some(named.filter(fits).unwrap_or(stands))
    }

    /// The first to act between two pieces of the words, in their paragraph: “Not yet.” Ann looked up. “Where is he?”
    fn between(&self, draft: &Draft) -> Option<Stands> {
        draft.pieces.windows(2).find_map(|pair| {
            let told = pair[0].end..pair[1].start;
            let beside = self.scene.within(&told);
            let acts = |m: &&Mention| m.subject && !m.source && self.is_in_one_block(&told);
            beside.iter().find(acts).map(|m| m.stands)
        })
    }

    fn is_in_one_block(&self, tokens: &Range<usize>) -> bool {
        let block = |at: usize| self.parse.sentences[self.parse.sentence_of(at)].block;
        block(tokens.start) == block(tokens.end)
    }

    /// The first to act after the words, in their paragraph and before anybody else speaks.
    fn after(&self, number: usize, block: usize, end: usize) -> Option<Stands> {
        let block = self.parse.blocks.get(block)?;
        let next = self.found.drafts.get(number + 1).map_or(block.end, |d| d.pieces[0].start);
        let told = end..block.end.min(next);
        let first = self.scene.within(&told).iter().find(|m| m.subject && !m.source)?;
        let near = self.parse.sentence_of(first.tokens.start) <= self.parse.sentence_of(end) + 1;
        near.then_some(first.stands)
    }

    /// A paragraph of telling right before the words.
    fn lead(&self, number: usize, draft: &Draft) -> Option<Lead> {
        let block = self.parse.blocks.get(draft.block.checked_sub(1)?)?.clone();
        let opens = self.parse.blocks.get(draft.block).is_some_and(|b| b.start + 1 >= draft.pieces[0].start);
        let earlier = number.checked_sub(1).map(|n| &self.found.drafts[n]).and_then(|d| d.pieces.last());
        if block.is_empty() || !opens || earlier.is_some_and(|p| p.end > block.start) {
            return None;
        }
        let colon = matches!(self.parse.lower(block.end - 1), ":" | "," | "--" | "—" | ":--" | "-");
        let sentence = self.parse.sentence_of(block.end - 1);
        let first = self.actor(sentence, &block)?;
        let last = self.last_actor(sentence, &block).filter(|&last| last != first);
        let report = self.report(sentence).filter(|_| !colon);
        let turn = report.is_some() || !colon && self.is_gesture(&block);
        Some(Lead { first, last, colon, turn, told: report.and_then(|cue| self.told_to(&cue)) })
    }

    /// The last cue of a sentence that reports speech without marks.
    fn report(&self, sentence: usize) -> Option<Range<usize>> {
        let tokens = &self.parse.sentences.get(sentence)?.tokens;
        let near = self.found.told.partition_point(|cue| cue.start < tokens.end);
        self.found.told[..near].last().filter(|cue| cue.start >= tokens.start).cloned()
    }

    /// Whom reported words are said to: *inquired of Mr. Lund whether*.
    fn told_to(&self, cue: &Range<usize>) -> Option<PersonId> {
        let behind = cue.end..cue.end + MOST_BETWEEN;
        let told = self.scene.within(&behind).first().filter(|m| !m.subject).and_then(|m| m.stands.entry());
        told.or_else(|| {
            // He turned to Miss Lund, and said that it was late.
            let opens = self.parse.sentences[self.parse.sentence_of(cue.start)].tokens.start;
            let to = |m: &&Mention| {
                m.tokens
                    .start
                    .checked_sub(1)
                    .is_some_and(|b| self.parse.tag(b) == Tag::To || self.parse.lower(b) == "to")
            };
            let turned = self.scene.within(&(opens..cue.start)).iter().rev().find(to);
            turned.filter(|m| !m.subject).and_then(|m| m.stands.entry())
        })
    }

    /// *She shook her head.*, a paragraph of its own.
    fn is_gesture(&self, block: &Range<usize>) -> bool {
        let one = self.parse.sentence_of(block.start) == self.parse.sentence_of(block.end - 1);
        let answers = |t: usize| self.parse.tag(t).is_verb() && self.cast.word(t).is_gesture();
        one && block.len() <= LONGEST_GESTURE && block.clone().any(answers)
    }

    fn last_actor(&self, sentence: usize, within: &Range<usize>) -> Option<Stands> {
        let tokens = self.parse.sentences.get(sentence)?.tokens.clone();
        let range = tokens.start.max(within.start)..tokens.end.min(within.end);
        self.scene.within(&range).iter().rev().find(|m| m.subject && !m.source).map(|m| m.stands)
    }

    fn first_actor(&self, sentence: usize, within: &Range<usize>) -> Option<Stands> {
        let tokens = self.parse.sentences.get(sentence)?.tokens.clone();
        let range = tokens.start.max(within.start)..tokens.end.min(within.end);
        let acts = |m: &&Mention| m.subject && !m.source && m.tokens.end <= within.end;
        let mut actors = self.scene.within(&range).iter().filter(acts);
        let first = actors.next()?;
        // When she had gone he sat down: the sentence is about him.
        let opens = first.tokens.start == range.start + 1 && first.tokens.start > 0;
        let hangs = opens && matches!(self.parse.tag(range.start), Tag::Subordinator | Tag::WhAdverb);
        Some(if hangs { actors.next().unwrap_or(first) } else { first }.stands)
    }

    /// Names and forms of address inside the words.
    fn read_words(&self, draft: &Draft, evidence: &mut Evidence) {
        let address = Address { parse: self.parse, cast: self.cast };
        for piece in &draft.pieces {
            evidence.introduced = evidence.introduced.or_else(|| introduced(self.parse, self.cast, piece));
            for name in self.cast.names_within(piece) {
                let spoken_to = address.is_spoken_to(name, piece);
                if evidence.introduced == Some(name.person) {
                    continue;
                }
                if spoken_to {
                    evidence.forms.push(Form::of(self.parse, name.tokens.clone()));
                }
                let list = if spoken_to { &mut evidence.spoken_to } else { &mut evidence.spoken_about };
                if !list.contains(&name.person) {
                    list.push(name.person);
                }
            }
            if draft.kind == QuoteKind::Direct {
                for at in address.words(piece) {
                    evidence.hailed = gender(self.cast.word(at));
                    evidence.forms.push(Form::of(self.parse, at..at + 1));
                    evidence.spoken_to.extend(self.called(at, piece.start));
                }
            }
        }
    }

    /// Who was lately called by the word at a token: *doctor*.
    fn called(&self, at: usize, before: usize) -> Option<PersonId> {
        let role = self.cast.spelled_out(at);
        let called = |p: &PersonId| self.cast.entries[p.index()].roles.iter().any(|r| r == role);
        let near = self.scene.mentions.partition_point(|m| m.tokens.start < before);
        let met = self.scene.mentions[..near].iter().rev().take(60).filter_map(|m| m.stands.entry());
        met.into_iter().find(called)
    }
}

fn is_sought(draft: &Draft) -> bool {
    match draft.hint {
        Hint::Cue(Source::Nobody) => draft.source.is_some(),
        Hint::Cue(_) | Hint::Label | Hint::Owner => draft.source.is_some() || draft.kind == QuoteKind::Direct,
        Hint::Floating => draft.kind == QuoteKind::Direct,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::speaker::check::{check, story};
    use expect_test::expect;

    #[test]
    fn the_last_clause_of_a_paragraph_leads_in() {
        check(
            &story(
                "Vera sat with Bo and Ann Hale. Bo was tired.\n\nVera thought of leaving, when Ann Hale turned to her again.\n\n\
                 “My house is small, you see.”\n\nBo laughed; and before he could go on, Vera, whose thoughts were on the \
                 road, said--\n\n“It is a great pity.”\n\nShe said, with a look at the door,\n\n“It is late.”",
            ),
            expect![[r#"
                My house is small, you see.  Ann Hale  Guessed: acts right before the words
                It is a great pity.  Vera  Sure: “Vera” is the subject of “said”
                It is late.  Vera  Likely: “She” is the subject of “said”; “She” is Vera, who goes on from the quote before
            "#]],
        );
    }

    #[test]
    fn who_acts_between_two_pieces_speaks() {
        check(
            &story(
                "Doyle shut her eyes. Then Doyle put on her coat and drove to the dam, where Hanlon stood with his hands \
                 in his pockets.\n\n“Somebody wanted it to sink,” said Hanlon.\n\n“Somebody wanted it to sink \
                 fast.” Doyle bent over the wheel. “Where is the doctor?”\n\n“On his way.”\n\nThe bell rang. It was \
                 her chief, and he was not alone.\n\n“Tell me that it is over.” It was Hanlon.",
            ),
            expect![[r#"
                Somebody wanted it to sink,  Hanlon  Sure: “said Hanlon” follows the words
                Somebody wanted it to sink f  Doyle  Likely: acts in the same paragraph
                On his way.  Hanlon  Likely: takes turns with the speaker before
                Tell me that it is over.  Hanlon  Likely: acts in the same paragraph
            "#]],
        );
    }

    #[test]
    fn what_is_said_or_answered_without_marks_is_a_turn() {
        check(
            &story(
                "Vera Lund sat with Bo Marek and Ann Hale.\n\n“Is it far?” said Vera.\n\nAnn shook her head.\n\n“Then \
                 let us walk.”\n\nBo turned to Ann, and asked whether she had a lamp.\n\n“I left it at home.”\n\n\
                 When Ann had gone out, Bo closed the door.\n\n“She is tired.”",
            ),
            expect![[r#"
                Is it far?  Vera Lund  Likely: “said Vera” follows the words
                Then let us walk.  Vera Lund  Guessed: takes turns with the speaker before
                I left it at home.  Ann  Likely: was spoken to just before
                She is tired.  Bo  Guessed: acts right before the words
            "#]],
        );
    }

    #[test]
    fn a_face_or_a_voice_acts_for_whom_it_belongs_to() {
        check(
            &story(
                "Nora Hale and Edwin Lund sat in the boat. Nora rowed.\n\n“You are late.” Edwin's grin did not last. \
                 “We have an hour.”\n\n“What is that on your face?”\n\n“A rope did it.”\n\nNora came up a step. \
                 She was pale. “That is not a rope.”\n\n“Later,” said Edwin.\n\n“Is it far?” asked the Otter \
                 sleepily. The Otter was in the bow.",
            ),
            expect![[r#"
                You are late. + We have an h  Edwin  Guessed: acts in the same paragraph
                What is that on your face?  Nora  Likely: is the nearest who fits
                A rope did it.  Edwin  Likely: takes turns with the speaker before
                That is not a rope.  Nora  Likely: acts in the same paragraph
                Later,  Edwin  Sure: “said Edwin” follows the words
                Is it far?  Otter  Sure: “asked the Otter” follows the words
            "#]],
        );
    }
}
