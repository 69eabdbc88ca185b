//! Verbs as cues: which reading a form has where it stands, and whose verb it is.

use std::ops::Range;

use super::finder::Finder;
use super::{Cue, CueKind, Source};
use crate::analysis::form::Shape;
use crate::analysis::phrase::{self, Found};
use crate::analysis::quote::content::{is_clause, opens_clause};
use crate::lexicon::{CueWord, Frame, Frames};
use crate::tag::Tag;

impl Finder<'_> {
    /// The cue that a verb form is here; `end` is behind its particle.
    pub(super) fn verb(&self, at: usize, end: usize, frames: Frames, word: &CueWord, before: &[Cue]) -> Option<Cue> {
        let tag = self.parse.tag(at);
        // “…,” argues Lee: right behind a quotation a form that was taken for a noun is the verb.
        if !tag.is_verb()
            && let Some(source) = self.inverted(at, at, end, frames)
        {
            let (kind, how) = (CueKind::Verb, Source::Inverted);
            return Some(Cue { kind, words: at..end, source: Some(source), how, frames, reports: true });
        }
        // *…, exclaiming,* was taken for a noun.
        if !tag.is_verb()
            && self.parse.lower(at).ends_with("ing")
            && at > self.floor()
            && self.parse.lower(at - 1) == ","
        {
            return self.gerund(at, end, frames, before);
        }
        if !tag.is_verb() {
            return if self.reads_as_verb(at, end, frames) { self.finite(at, end, frames, before) } else { None };
        }
        let start = phrase::verb_group_start(self.parse, at, self.floor());
        if tag == Tag::VerbParticiple && self.has_be(start, at) {
            return self.passive(start, at, end, frames, word);
        }
        if at > self.floor() && self.parse.tag(at - 1) == Tag::To {
            return self.infinitive(at, end, frames);
        }
        if let Some(source) = self.inverted(start, at, end, frames) {
            let (kind, how) = (CueKind::Verb, Source::Inverted);
            return Some(Cue { kind, words: start..end, source: Some(source), how, frames, reports: true });
        }
        match tag {
            Tag::VerbGerund if start == at => self.gerund(at, end, frames, before),
            Tag::VerbParticiple if start == at => self.bare_participle(at, end, frames, before),
            Tag::VerbPast if self.is_asked(at, end, frames) => self.bare_participle(at, end, frames, before),
            Tag::VerbBase if start == at && !self.is_bare_complement(at) => None,
            _ => self.finite(at, end, frames, before),
        }
    }

    /// A finite verb and its subject.
    pub(super) fn finite(&self, at: usize, end: usize, frames: Frames, before: &[Cue]) -> Option<Cue> {
        let start = phrase::verb_group_start(self.parse, at, self.floor());
        let (kind, words) = (CueKind::Verb, start..end);
        if frames.has(Frame::Raise) {
            let (subject, found) = phrase::subject(self.parse, start, self.clause_floor(start))?;
            let fits = self.parse.tag(end) == Tag::To && matches!(found, Found::Before | Found::Apposition);
            let kind = CueKind::Raising;
            return fits.then_some(Cue {
                kind,
                words,
                source: Some(subject),
                how: Source::Nobody,
                frames,
                reports: true,
            });
        }
        if let Some(source) = self.over_inserted_cue(start, before) {
            return Some(Cue {
                kind,
                words,
                source: Some(source),
                how: Source::Subject(Found::Apposition),
                frames,
                reports: true,
            });
        }
        if let Some(source) = self.shared(start, at, frames, before).filter(|_| self.continues(end, frames)) {
            return Some(Cue {
                kind,
                words,
                source: Some(source),
                how: Source::Subject(Found::Shared),
                frames,
                reports: true,
            });
        }
        let (source, found) = phrase::subject(self.parse, start, self.clause_floor(start))?;
        // What stands in quotation marks does not say them.
        let heard = self.marks.around(source.start).is_some() && self.marks.around(at).is_none();
        let how = Source::Subject(found);
        (!heard).then_some(Cue { kind, words, source: Some(source), how, frames, reports: true })
    }

    /// *The network, he revealed, had pushed for a dog*: the subject stands before the cue that is inserted.
    fn over_inserted_cue(&self, start: usize, before: &[Cue]) -> Option<Range<usize>> {
        let comma = start.checked_sub(1).filter(|&c| self.parse.lower(c) == ",")?;
        let inserted = before.last().filter(|c| c.words.end == comma && c.kind == CueKind::Verb)?;
        let opening =
            inserted.extent().start.checked_sub(1).filter(|&c| c > self.floor() && self.parse.lower(c) == ",")?;
        phrase::subject(self.parse, opening, self.clause_floor(opening)).map(|(phrase, _)| phrase)
    }

    /// *She said A and suggested B*: behind *and* a second verb of saying is the first one's source's; one of thinking is
    /// that of the nearest verb.
    fn shared(&self, start: usize, at: usize, frames: Frames, before: &[Cue]) -> Option<Range<usize>> {
        let link = start.checked_sub(1).filter(|&l| l > self.floor())?;
        let joined = matches!(self.parse.lower(link), "and" | "but" | "or" | "then" | "," | "yet" | "while");
        if !joined {
            return None;
        }
        // “…, Lund, 61, said”: the comma closes an insertion.
        if self.parse.lower(link) == "," {
            let inserted = phrase::subject(self.parse, start, self.clause_floor(start));
            if inserted.is_some_and(|(_, found)| found == Found::Apposition) {
                return None;
            }
        }
        let own = self.parse.tag(at);
        let alike = |cue: &&Cue| {
            let verb = self.parse.tag(cue.words.end - 1);
            cue.kind == CueKind::Verb
                && cue.reports
                && cue.source.is_some()
                && !self.opens_subordinate(cue, link)
                && !matches!(cue.how, Source::Inverted | Source::Main)
                && (verb == own || verb == Tag::Particle || is_past(verb) == is_past(own))
        };
        let first = if frames.is_of_thought() { before.iter().rev().find(alike) } else { before.iter().find(alike) };
        first.and_then(|cue| cue.source.clone())
    }

    /// *When she asked him, he paused and said*: what the clause in front tells is not shared over its comma.
    fn opens_subordinate(&self, cue: &Cue, link: usize) -> bool {
        let opener = cue.extent().start.checked_sub(1).filter(|&o| o == self.floor());
        let hangs = opener.is_some_and(|o| matches!(self.parse.tag(o), Tag::Subordinator | Tag::WhAdverb));
        hangs && (cue.words.end..link).any(|t| self.parse.lower(t) == ",")
    }

    /// *Analysts fear prices will rise*, *the studio plans to show it*: taken for a noun, but what follows needs a verb.
    fn reads_as_verb(&self, at: usize, end: usize, frames: Frames) -> bool {
        let taken = matches!(self.parse.tag(at), Tag::Noun | Tag::NounPlural | Tag::Adjective);
        // District Judge Ann Hale warned
        let titled = self.parse.shape(at) == Shape::Title && (at > self.floor() + 6 || self.parse.tag(end).is_proper());
        if !taken || at == self.floor() || titled {
            return false;
        }
        let before = self.parse.tag(at - 1);
        let after_phrase = before.is_noun()
            || before == Tag::Pronoun
            || before.is_adverb()
            || before == Tag::Comma
            || phrase::is_head(self.parse, at - 1)
            || before == Tag::Coordinator && (self.is_complementizer(end) || self.parse.tag(at) == Tag::Adjective);
        // A past form that was taken for an adjective goes with any subject: “and urged lawmakers to approve it”.
        let fits = self.parse.tag(at) == Tag::Adjective || self.agrees(at);
        after_phrase && fits && self.is_completed(at, end, frames)
    }

    /// A base form goes with a plural, a form in *-s* with a singular.
    fn agrees(&self, at: usize) -> bool {
        let Some((subject, _)) = phrase::subject(self.parse, at, self.clause_floor(at)) else { return false };
        let head = phrase::head(self.parse, &subject);
        let plural = matches!(self.parse.tag(head), Tag::NounPlural | Tag::ProperPlural)
            || matches!(self.parse.lower(head), "we" | "they" | "i" | "you" | "some" | "many" | "others" | "both")
            || subject.clone().any(|t| self.parse.lower(t) == "and");
        let third = self.parse.tag(at) == Tag::NounPlural;
        plural != third || self.parse.tag(head).is_proper()
    }

    /// Whether what follows can only follow a verb.
    fn is_completed(&self, at: usize, end: usize, frames: Frames) -> bool {
        let next = self.parse.tag(end);
        if frames.has(Frame::That) && self.is_complementizer(end) && next != Tag::WhDeterminer {
            return !self.parse.tag(at - 1).is_proper() || !self.finite_after(end + 1, 2);
        }
        if frames.has(Frame::Bare) && is_clause(self.parse, end, self.ceiling()) {
            return true;
        }
        if frames.has(Frame::Quote) && self.is_marked(end) || frames.has(Frame::Wh) && self.is_question(end) {
            return true;
        }
        if frames.has(Frame::PersonTo) && next.is_noun() && self.infinitive_ahead(end) {
            return true;
        }
        let alone = !self.finite_after(end, 1);
        // “Lee, of Park Road, denies murder”
        let object = frames.has(Frame::Noun) && next.is_noun() && self.parse.tag(at - 1) == Tag::Comma;
        if alone && object {
            return true;
        }
        let infinitive = next == Tag::To && self.parse.tag(end + 1) == Tag::VerbBase && frames.has(Frame::To);
        let gerund = next == Tag::VerbGerund && frames.has(Frame::Gerund);
        let parenthetical = frames.has(Frame::Bare) && self.ends_insertion(end) && self.is_set_off(at);
        alone && (infinitive || gerund) || parenthetical
    }

    /// *lawmakers in both houses to approve*: an infinitive behind a noun phrase.
    fn infinitive_ahead(&self, from: usize) -> bool {
        let to = (from + 1..self.ceiling().min(from + 8)).find(|&t| {
            let tag = self.parse.tag(t);
            tag == Tag::To || tag.is_verb() || tag.is_punctuation()
        });
        to.is_some_and(|t| self.parse.tag(t) == Tag::To && self.parse.tag(t + 1) == Tag::VerbBase)
    }

    /// Whether a parenthetical cue can end here: at a mark, or before a circumstance.
    pub(super) fn ends_insertion(&self, end: usize) -> bool {
        let time = self.forms.is(self.parse, end, |w| w.time);
        self.parse.tag(end).is_punctuation() || time || self.parse.tag(end) == Tag::Preposition
    }

    /// Whether `count` finite verbs stand between a token and the next stop, dash or quotation.
    pub(super) fn finite_after(&self, from: usize, count: usize) -> bool {
        let ends = |t: &usize| {
            matches!(self.parse.tag(*t), Tag::Stop | Tag::Coordinator)
                || matches!(self.parse.lower(*t), ";" | ":")
                || self.marks.around(*t).is_some()
        };
        let opens = |t: usize| {
            matches!(
                self.parse.tag(t),
                Tag::WhPronoun | Tag::WhDeterminer | Tag::WhAdverb | Tag::Subordinator | Tag::Comma
            )
        };
        let mut found = 0;
        for at in (from..self.ceiling()).take_while(|t| !ends(t)) {
            if opens(at) {
                return false;
            }
            found += usize::from(self.parse.tag(at).is_finite_verb());
            if found >= count {
                return true;
            }
        }
        false
    }

    /// Whether a comma stands before the subject of a verb: *…, industry consultants estimate.*
    fn is_set_off(&self, at: usize) -> bool {
        let Some((subject, _)) = phrase::subject(self.parse, at, self.clause_floor(at)) else { return false };
        subject.start.checked_sub(1).is_some_and(|before| {
            before > self.floor() && matches!(self.parse.lower(before), "," | "—" | "–" | "--" | "(")
        })
    }

    /// Whether a form of *be* stands in a verb group before its verb.
    pub(super) fn has_be(&self, start: usize, at: usize) -> bool {
        (start..at).any(|t| {
            matches!(self.parse.lower(t), "be" | "am" | "is" | "are" | "was" | "were" | "been" | "being" | "'re" | "'m")
                || self.parse.lower(t) == "'s" && self.parse.tag(t) == Tag::VerbThird
        })
    }

    /// “…,” said Nell; said the tall man.
    fn inverted(&self, start: usize, at: usize, end: usize, frames: Frames) -> Option<Range<usize>> {
        let tag = self.parse.tag(at);
        let finite = matches!(tag, Tag::VerbPast | Tag::VerbThird | Tag::VerbParticiple | Tag::VerbPresent);
        let taken_for_noun = tag.is_noun() && !tag.is_proper() && self.marks.closing_before(at).is_some();
        if !(frames.has(Frame::Quote) || frames.has(Frame::Bare)) || start != at || !(finite || taken_for_noun) {
            return None;
        }
        let block_start = self.parse.blocks.get(self.sentence.block).map_or(0, |b| b.start);
        let comma = at > block_start.max(self.floor()) && self.parse.lower(at - 1) == ",";
        let in_block = |n: &usize| self.marks.list[*n].block == self.sentence.block;
        let after_quote = self.marks.closing_before(at).as_ref().is_some_and(in_block)
            || comma && self.marks.closing_before(at - 1).is_some();
        if !after_quote && !comma {
            return None;
        }
        let source = phrase::speaker_from(self.parse, end, self.ceiling()).or_else(|| {
            // “…,” said lead author Ann Hale: the first word was taken for a verb.
            let misread = after_quote && self.parse.tag(end).is_verb() && self.parse.tag(end + 1).is_noun();
            misread.then(|| phrase::speaker_from(self.parse, end + 1, self.ceiling())).flatten()
        })?;
        // “…, Lund, 61, said she had won”: what follows is a clause, not the speaker.
        if !after_quote && (!self.ends_inversion(source.end) || self.has_inserted_subject(start)) {
            return None;
        }
        let object =
            matches!(self.parse.lower(source.start), "him" | "her" | "them" | "me" | "us") && source.len() == 1;
        (!object && !is_clause(self.parse, source.start, self.ceiling())).then_some(source)
    }

    /// *Holm, the convener, called the deal “the worst”*: the subject stands before the comma.
    fn has_inserted_subject(&self, start: usize) -> bool {
        phrase::subject(self.parse, start, self.clause_floor(start))
            .is_some_and(|(_, found)| found == Found::Apposition)
    }

    /// *…, admits Lund after the match*: behind a speaker the sentence ends or a circumstance follows.
    fn ends_inversion(&self, end: usize) -> bool {
        self.parse.shape(end) == Shape::Mark
            || end >= self.ceiling()
            || self.parse.tag(end) == Tag::WhPronoun
            || matches!(self.parse.lower(end), "after" | "before" | "as" | "on")
    }

    /// *hearing the star say she is ready*: a base form right after its subject.
    fn is_bare_complement(&self, at: usize) -> bool {
        at > self.floor() && (self.parse.tag(at - 1).is_noun() || self.parse.tag(at - 1) == Tag::Pronoun)
    }

    /// Whether a cue that was found has anything to report; other cues' contents end before one that has.
    pub(super) fn reports(&self, cue: &Cue, before: &[Cue]) -> bool {
        let (end, frames) = (cue.words.end, cue.frames);
        cue.kind != CueKind::Verb
            || cue.how == Source::Inverted
            || self.continues(end, frames)
            || self.is_that_ahead(end)
            || self.is_quotation_ahead(end)
            || self.ends_insertion(end)
                && (frames.has(Frame::Bare) || frames.has(Frame::That))
                && self.is_set_off(cue.words.start)
                && !self.is_inside_report(cue.words.start, before)
            || self.is_continued_later(end, frames)
    }

    /// A quotation right here, or behind a comma or colon.
    fn is_quotation_ahead(&self, end: usize) -> bool {
        let set_off = |t: usize| t == end || matches!(self.parse.lower(t - 1), "," | ":");
        (end..self.ceiling().min(end + 14)).any(|t| self.marks.opening_at(t).is_some() && set_off(t))
    }

    /// *She says that when she saw the house, she knew*: an earlier cue of the clause reports already.
    fn is_inside_report(&self, start: usize, before: &[Cue]) -> bool {
        let inserted = |c: &Cue| {
            let extent = c.extent();
            extent.start > self.floor() && self.parse.tag(extent.start - 1).is_punctuation()
        };
        before.iter().any(|c| {
            let parted = (c.words.end..start).any(|t| self.parse.lower(t) == ";" || self.marks.around(t).is_some());
            let opened = (c.words.end..start).any(|t| {
                matches!(self.parse.tag(t), Tag::Subordinator | Tag::WhAdverb) && self.parse.lower(t) != "that"
            });
            c.reports && opened && c.kind == CueKind::Verb && c.how != Source::Inverted && !inserted(c) && !parted
        })
    }

    /// *said on Friday prices rose*, *told a crowd in the square to leave*: a frame opens behind circumstances.
    fn is_continued_later(&self, end: usize, frames: Frames) -> bool {
        let passable = |t: usize| {
            let tag = self.parse.tag(t);
            !tag.is_verb() && !tag.is_punctuation() && tag != Tag::To && !self.is_question(t)
        };
        let stop = (end..self.ceiling().min(end + 10)).find(|&t| !passable(t)).unwrap_or(end);
        let question = self.is_question(stop) && frames.has(Frame::Wh);
        let infinitive = self.parse.tag(stop) == Tag::To && (frames.has(Frame::To) || frames.has(Frame::PersonTo));
        question || infinitive || self.parse.tag(stop).is_finite_verb() && frames.has(Frame::Bare)
    }

    /// Whether what follows fits one of the frames, or is quoted.
    fn continues(&self, end: usize, frames: Frames) -> bool {
        let next = self.parse.tag(end);
        let object = [Frame::Noun, Frame::Call, Frame::As, Frame::Of, Frame::AllTo, Frame::PersonTo];
        let nominal = next.is_noun()
            || next.is_adjective()
            || matches!(next, Tag::Determiner | Tag::Possessive | Tag::Pronoun | Tag::Number | Tag::Currency)
            || self.parse.lower(end) == "that";
        self.is_explicit(end, frames)
            || self.parse.lower(end) == "to" && frames.has(Frame::To)
            || next == Tag::VerbGerund && frames.has(Frame::Gerund)
            || nominal && object.iter().any(|&f| frames.has(f)) && !(frames.has(Frame::Call) && self.names_only(end))
            || next.is_adverb() && self.continues(end + 1, frames)
    }

    /// *a racehorse called Honest Living*: a name, and nothing that its bearer is called.
    fn names_only(&self, at: usize) -> bool {
        let end = (at..self.ceiling()).find(|&t| !self.parse.tag(t).is_proper()).unwrap_or(self.ceiling());
        let next = self.parse.tag(end);
        end > at + 1
            && !matches!(next, Tag::Determiner | Tag::Possessive | Tag::QuoteOpen | Tag::PossessiveEnding)
            && !(next.is_adjective() || next.is_noun())
    }

    /// Whether something that only a verb can have follows.
    pub(super) fn is_explicit(&self, end: usize, frames: Frames) -> bool {
        self.is_that_ahead(end) && frames.has(Frame::That)
            || self.is_marked(end)
            || self.is_question(end) && frames.has(Frame::Wh)
            || frames.has(Frame::Bare) && opens_clause(self.parse, self.marks, end, self.ceiling())
    }
}

fn is_past(tag: Tag) -> bool {
    matches!(tag, Tag::VerbPast | Tag::VerbParticiple | Tag::Adjective)
}
