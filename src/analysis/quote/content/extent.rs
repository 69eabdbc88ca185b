//! Where a reported clause ends: the words that the report adds are no longer said.

use super::{Content, Search, is_clause};
use crate::analysis::phrase;
use crate::analysis::quote::cue::{Cue, CueKind, Source};
use crate::tag::Tag;

impl Search<'_> {
    /// A reported clause from `start` to its end.
    pub(super) fn clause(&self, cue: &Cue, start: usize) -> Option<Content> {
        // “said that, while sales fell, …”
        let start = start + usize::from(self.is_break(start));
        let end = self.clause_end(cue, start, false);
        (start < end).then(|| Content::clause(start..end))
    }

    /// As [`Self::clause`], for what has no verb of its own: *to pay*, *taking gifts*, *a review*.
    pub(super) fn nominal(&self, cue: &Cue, start: usize) -> Option<Content> {
        let end = self.clause_end(cue, start, true);
        (start < end).then(|| Content::clause(start..end))
    }

    /// Where content that starts at `start` ends.
    pub(super) fn clause_end(&self, cue: &Cue, start: usize, nominal: bool) -> usize {
        let hi = self.hi();
        let mut at = start;
        while at < hi {
            if let Some(marked) = self.marks.around(at) {
                at = marked.outer.end;
                if self.ends_with_comma(marked.inner.end) && self.leaves_clause(cue, start, at, hi, nominal) {
                    return at;
                }
                continue;
            }
            if self.ends_clause(cue, start, at, hi, nominal) {
                return at;
            }
            at += 1;
        }
        at
    }

    /// “making coffee,” but she warned: the comma stands within the marks.
    fn ends_with_comma(&self, inner_end: usize) -> bool {
        inner_end.checked_sub(1).is_some_and(|last| self.lower(last) == ",")
    }

    /// Whether the clause stops before a token.
    fn ends_clause(&self, cue: &Cue, start: usize, at: usize, hi: usize, nominal: bool) -> bool {
        if at == start {
            return false;
        }
        match self.lower(at) {
            ";" => true,
            ":" => self.marks.opening_at(at + 1).is_none() && self.space_after(at) && is_clause(self.parse, at + 1, hi),
            "," if self.is_in_opening_clause(cue) && is_clause(self.parse, at + 1, hi) => true,
            "," if cue.kind == CueKind::Participle => !self.word_is(at + 1, |w| w.link) && !self.opens_relative(at + 1),
            "," | "—" | "–" | "--" => self.leaves_clause(cue, start, at + 1, hi, nominal),
            "-" => self.leaves_clause(cue, start, at + 1, hi, nominal) && self.parse.tag(at) == Tag::Pause,
            ")" => (start..at).all(|t| self.lower(t) != "("),
            "and" | "but" => {
                self.same_source_goes_on(cue, at + 1)
                    || nominal && self.report_goes_on(start, at + 1, hi)
                    || self.returns_to_report(cue, start, at + 1)
                    || self.another_in_turn(cue, at + 1, hi)
            }
            "because" => nominal,
            "according" | "per" => self.cues.iter().any(|c| c.kind == CueKind::Phrase && c.words.start == at),
            _ => self.parse.tag(at).is_verb() && self.closes_complement(cue, start, at, nominal),
        }
    }

    fn space_after(&self, at: usize) -> bool {
        match (self.parse.tokens.get(at), self.parse.tokens.get(at + 1)) {
            (Some(here), Some(next)) => here.span.end() < next.span.start(),
            _ => true,
        }
    }

    pub(super) fn opens_relative(&self, at: usize) -> bool {
        matches!(self.parse.tag(at), Tag::WhPronoun | Tag::WhDeterminer | Tag::WhPossessive)
    }

    /// *… and said it would die*: the same source says something else.
    fn same_source_goes_on(&self, cue: &Cue, next: usize) -> bool {
        self.cues.iter().any(|c| {
            c.kind == CueKind::Verb
                && c.reports
                && c.words.start >= next
                && c.words.start <= next + 2
                && c.is_shared()
                && c.source.is_some()
                && c.source == cue.source
        })
    }

    /// *If she believes it will, they go*, *Asked if he believed it, she paused*: the cue stands in a clause that opens its
    /// sentence and ends with a comma.
    pub(super) fn is_in_opening_clause(&self, cue: &Cue) -> bool {
        let first = self.content_start();
        let opens = match self.parse.tag(first) {
            Tag::Subordinator | Tag::WhAdverb => self.lower(first) != "that",
            Tag::VerbParticiple | Tag::VerbPast | Tag::VerbGerund => cue.words.start > first,
            Tag::Preposition => self.lower(first) == "with" && self.parse.tag(cue.words.start) == Tag::VerbGerund,
            _ => false,
        };
        let front = cue.extent().start;
        let comma = (first..front).rev().find(|&t| self.lower(t) == "," && self.marks.around(t).is_none());
        opens && comma.is_none_or(|c| self.parse.tag(c + 1) == Tag::Coordinator)
    }

    /// *promised to pay and left*, *to pay and the court agreed*: what follows *and* cannot go on an infinitive or a noun
    /// phrase.
    fn report_goes_on(&self, start: usize, next: usize, hi: usize) -> bool {
        let other = self.cues.iter().find(|c| c.reports && c.extent().start == next);
        // “with Hale calling Lund a liar and Lund calling Hale a fool”
        let gerund = other.is_some_and(|c| self.parse.tag(c.words.start) == Tag::VerbGerund);
        self.verb_of_report(start, next) || gerund || other.is_some() && is_clause(self.parse, next, hi)
    }

    /// *With allies insisting that it was real and rivals demanding a vote*: somebody else does the like.
    fn another_in_turn(&self, cue: &Cue, next: usize, hi: usize) -> bool {
        self.parse.tag(cue.words.start) == Tag::VerbGerund
            && matches!(cue.how, Source::Subject(_))
            && phrase::core_from(self.parse, next, hi).is_some_and(|p| self.parse.tag(p.end) == Tag::VerbGerund)
    }

    /// *believe it was lit on purpose and are appealing*: a verb in the tense of the cue and not in that of the clause.
    fn returns_to_report(&self, cue: &Cue, start: usize, next: usize) -> bool {
        let verb = next + usize::from(self.parse.tag(next).is_adverb());
        let content = (start..next).find(|&t| self.parse.tag(t).is_finite_verb());
        let (Some(verb), Some(own)) = (self.tense(verb), self.tense(cue.words.start)) else { return false };
        verb == own && start > cue.words.start && content.is_some_and(|t| self.tense(t) != Some(own))
    }

    /// Whether a verb stands in the past; none for modals and forms without tense.
    fn tense(&self, verb: usize) -> Option<bool> {
        match self.parse.tag(verb) {
            Tag::VerbPast => Some(true),
            Tag::VerbThird | Tag::VerbPresent => Some(false),
            _ => None,
        }
    }

    /// *promised to pay and left*: a finite verb behind *and* cannot go on an infinitive or a noun phrase.
    fn verb_of_report(&self, start: usize, next: usize) -> bool {
        let verb = next + usize::from(self.parse.tag(next).is_adverb());
        let opened = (start..next).any(|t| {
            self.parse.tag(t).is_finite_verb()
                || matches!(self.parse.tag(t), Tag::WhPronoun | Tag::WhDeterminer | Tag::Subordinator)
        });
        matches!(self.parse.tag(verb), Tag::VerbPast | Tag::VerbThird) && !opened
    }

    /// *her claim that the paper lied was false*; *hearing her say she is ready is a sign*: the clause has its verb, and
    /// this one belongs to what holds it.
    fn closes_complement(&self, cue: &Cue, start: usize, at: usize, nominal: bool) -> bool {
        let before = cue.source.as_ref().and_then(|s| s.start.checked_sub(1));
        let perceived = before.is_some_and(|b| self.word_is(b, |w| w.perceives));
        let relative = matches!(cue.how, Source::Subject(phrase::Found::Relative));
        if !(cue.kind == CueKind::Noun || perceived || relative && self.parse.tag(at) != Tag::Modal) {
            return false;
        }
        let Some(verb) = (start..at).rev().find(|&t| self.parse.tag(t).is_finite_verb()) else {
            // The union's refusal to sign the deal surprised many; a neighbour who asked not to be named said.
            let holds = cue.kind == CueKind::Noun || relative && nominal;
            let infinitive = self.parse.tag(start) == Tag::To || self.parse.tag(start + 1) == Tag::To;
            return holds && infinitive && self.parse.tag(at).is_finite_verb();
        };
        // A participle may be a past tense, but not when an auxiliary waits for it.
        let reads_as_past = cue.kind == CueKind::Noun
            && self.parse.tag(at) == Tag::VerbParticiple
            && !phrase::is_auxiliary(self.parse, verb)
            && self.parse.tag(verb) != Tag::Modal;
        if !self.parse.tag(at).is_finite_verb() && !reads_as_past {
            return false;
        }
        let opened = (verb + 1..at).any(|t| {
            matches!(
                self.parse.tag(t),
                Tag::Coordinator
                    | Tag::Subordinator
                    | Tag::WhPronoun
                    | Tag::WhDeterminer
                    | Tag::WhAdverb
                    | Tag::Comma
                    | Tag::Pronoun
                    | Tag::Existential
            )
        });
        !opened && (verb + 1 < at || !phrase::is_auxiliary(self.parse, verb))
    }

    /// Whether what starts at `next`, behind a comma or dash, is no longer reported.
    pub(super) fn leaves_clause(&self, cue: &Cue, start: usize, next: usize, hi: usize, nominal: bool) -> bool {
        let linked = self.word_is(next, |w| w.link);
        let first = next + usize::from(linked);
        if self.lower(first) == "that" && linked {
            return false;
        }
        if self.another_speaks(cue, next, first, linked) {
            return true;
        }
        // “Lund, who called for a pause, said”: the verb behind the comma is that of the clause around.
        let within = nominal || cue.how == Source::Subject(phrase::Found::Relative);
        let first_comma = (start..next.saturating_sub(1)).all(|t| self.lower(t) != ",");
        // “which its makers say is fast, will be free”
        let apart = self.parse.tag(start).is_finite_verb() && cue.words.end == start;
        let within = within || apart;
        let verb = matches!(self.parse.tag(next), Tag::VerbPast | Tag::VerbThird)
            || apart && self.parse.tag(next) == Tag::Modal
            || self.cues.iter().any(|c| c.reports && c.words.start == next);
        if within && first_comma && verb {
            return true;
        }
        if linked {
            return nominal && self.is_clause_of_report(first, hi) || self.time_shifts(cue, start, first, hi);
        }
        self.is_comment(next, hi) || self.is_tail(next, hi)
    }

    /// Whether another report starts here.
    fn another_speaks(&self, cue: &Cue, next: usize, first: usize, linked: bool) -> bool {
        let near = |c: &&Cue| {
            let front = c.extent().start;
            c.reports && c.words.start > cue.words.start && front >= next && front <= first + 3
        };
        let Some(other) = self.cues.iter().find(near) else { return false };
        let front = other.extent().start;
        // “…, which it said should be settled by May”
        if self.opens_relative(next) && front == next + 1 {
            return true;
        }
        if other.is_shared() {
            return other.source == cue.source || !linked;
        }
        let own = front <= first || other.how == Source::Main;
        let same_clause = !linked && other.how == Source::Subject(phrase::Found::Relative);
        own && !same_clause && other.kind != CueKind::Raising
    }

    /// *to pay, though the court ruled*: a clause behind a phrase that has no verb is the report's.
    fn is_clause_of_report(&self, first: usize, hi: usize) -> bool {
        let tag = self.parse.tag(first);
        is_clause(self.parse, first, hi) || matches!(tag, Tag::VerbPast | Tag::VerbThird)
    }

    /// *said it should be banned, but two states have objected*: behind a past cue a present tense is the report's own when
    /// the clause so far has none, and so is a past tense without a subject when the clause speaks of what had been.
    fn time_shifts(&self, cue: &Cue, start: usize, first: usize, hi: usize) -> bool {
        if start < cue.words.start {
            return false;
        }
        if self.parse.tag(cue.words.end - 1) != Tag::VerbPast
            && self.parse.tag(cue.words.end - 1) != Tag::VerbParticiple
        {
            return false;
        }
        let present = |t: usize| matches!(self.parse.tag(t), Tag::VerbThird | Tag::VerbPresent);
        let verb_from = |from: usize, to: usize| (from..to).find(|&t| self.parse.tag(t).is_finite_verb());
        let so_far = verb_from(start, first).filter(|&t| present(t));
        let own_past = self.parse.tag(first) == Tag::VerbPast
            && verb_from(start, first).is_some_and(|t| matches!(self.lower(t), "had" | "would" | "could"))
            && !matches!(self.lower(first), "had" | "was" | "were" | "did");
        let next = verb_from(first, hi.min(first + 12));
        own_past || so_far.is_none() && is_clause(self.parse, first, hi) && next.is_some_and(present)
    }

    /// *…, hours after the vote*, *…, as the panel met*, *…, raising fears*: what the report adds to what was said.
    fn is_tail(&self, at: usize, hi: usize) -> bool {
        let tag = self.parse.tag(at);
        let verbal = tag == Tag::VerbGerund && !self.word_is(at, |w| w.opens_list);
        let even = usize::from(self.lower(at) == "even");
        let setting = self.word_is(at, |w| w.adds)
            || self.lower(at) == "in" && self.lower(at + 1) == "what"
            || self.lower(at + even) == "as" && is_clause(self.parse, at + even + 1, hi)
            || self.lower(at) == "with" && self.has_participle(at, hi);
        verbal || setting || self.is_later(at, hi)
    }

    /// *hours after the vote*, *three days after her van was found*
    fn is_later(&self, at: usize, hi: usize) -> bool {
        let link = (at..hi.min(at + 4)).find(|&t| matches!(self.lower(t), "after" | "before"));
        let counted = |t: usize| {
            self.word_is(t, |w| w.time)
                || self.parse.tag(t).is_adverb()
                || matches!(self.parse.tag(t), Tag::Number | Tag::Determiner)
        };
        link.is_some_and(|l| l > at && (at..l).all(counted))
    }

    /// *with one arguing that*
    fn has_participle(&self, with: usize, hi: usize) -> bool {
        (with + 2..hi.min(with + 7)).any(|t| self.parse.tag(t) == Tag::VerbGerund)
    }

    /// *…, a claim that the camp dismissed*: a noun phrase that comments on the whole clause.
    fn is_comment(&self, at: usize, hi: usize) -> bool {
        if !matches!(self.lower(at), "a" | "an") {
            return false;
        }
        phrase::core_from(self.parse, at, hi).is_some_and(|phrase| {
            let comments = |t: usize| self.word_is(t, |w| !w.noun.is_empty() || w.comments);
            // “a charge Lund denied”: a name behind the noun opens a clause.
            let noun = phrase.clone().rev().find(|&t| !self.parse.tag(t).is_proper());
            let Some(noun) = noun.filter(|&t| comments(t)) else { return false };
            noun + 1 >= hi
                || matches!(self.parse.tag(noun + 1), Tag::WhDeterminer | Tag::Proper | Tag::Determiner | Tag::Pronoun)
                || self.lower(noun + 1) == "that"
        })
    }
}
