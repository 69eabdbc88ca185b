//! What follows a verb of saying: a quotation, a clause, the rest of the sentence behind a colon.

use super::Ground;
use super::content::{By, Reader};
use super::cue::Verb;
use crate::analysis::form::Shape;
use crate::analysis::quote::cue::Source;
use crate::lexicon::Takes;
use crate::tag::Tag;

/// How many commas behind a verb are looked at for the clause that it reports.
const MOST_COMMAS: usize = 4;

impl Reader<'_, '_> {
    /// What follows a verb.
    pub(super) fn right(&mut self, verb: &Verb, by: &By) -> bool {
        let from = Self::end(verb, by).max(verb.end.min(self.tokens.end));
        if verb.takes(Takes::Object) && self.object(verb, by) {
            return true;
        }
        let mut at = from;
        let mut commas = 0;
        while at < self.tokens.end {
            if let Some(number) = self.marks.opening_at(at) {
                // *He said “no” to the plan.*
                let near = at <= from + 4 || self.lower(at - 1) == ":";
                return near
                    && verb.takes(Takes::Marks)
                    && self.push(vec![self.marks.list[number].inner.clone()], by, Some(number));
            }
            let clause = &self.ground.language.speech.clause;
            if self.lower(at) == ":" {
                return self.behind_colon(at, verb, by);
            }
            if verb.takes(Takes::Clause) && clause.that.contains(self.lower(at)) {
                return self.push(vec![self.extent(at + 1)], by, None);
            }
            if self.lower(at) == "," {
                commas += 1;
                if let Some(start) = self.clause(at + 1, verb) {
                    return self.push(vec![self.extent(start)], by, None);
                }
                if commas == MOST_COMMAS {
                    return false;
                }
            } else if commas == 0 && self.tag(at).is_finite_verb() && at > verb.end {
                return false;
            }
            at += 1;
        }
        self.lower(self.tokens.end - 1) == ":" && self.behind_colon(self.tokens.end - 1, verb, by)
    }

    /// Where the clause behind a comma begins that a verb reports.
    fn clause(&self, start: usize, verb: &Verb) -> Option<usize> {
        let Ground { language, parse, .. } = self.ground;
        let (grammar, words) = (&language.grammar, &language.speech.clause);
        let next = self.ground.ceiling(self.marks, start, self.tokens.end);
        let segment = start..next;
        if verb.takes(Takes::Clause) && words.asks.contains(self.lower(start)) {
            return Some(start);
        }
        if verb.takes(Takes::To) && segment.clone().any(|t| words.to.contains(self.lower(t))) {
            return Some(start);
        }
        let reported = |t: usize| grammar.reported.contains(parse.lower(t)) || grammar.unreal.contains(parse.lower(t));
        let told = segment.clone().any(reported) && self.tag(start) != Tag::WhPronoun;
        let pronoun = self.tag(start) == Tag::Pronoun && self.tag(start + 1).is_finite_verb();
        let joined = matches!(self.tag(start), Tag::Coordinator | Tag::Subordinator);
        (verb.takes(Takes::Clause) && (told || pronoun) && !joined).then_some(start)
    }

    /// What a colon announces: the marked words behind it, in this block or the next, or the rest of the sentence.
    fn behind_colon(&mut self, colon: usize, verb: &Verb, by: &By) -> bool {
        let block = &self.ground.parse.blocks[self.block];
        let next = if colon + 1 < block.end {
            Some(colon + 1)
        } else {
            self.ground.parse.blocks.get(self.block + 1).map(|b| b.start)
        };
        if let Some(number) = next.and_then(|n| self.marks.opening_at(n)) {
            let inner = self.marks.list[number].inner.clone();
            return verb.takes(Takes::Marks) && self.push(vec![inner], by, Some(number));
        }
        let rest = self.extent(colon + 1);
        verb.takes(Takes::Clause) && rest.len() > 1 && self.push(vec![rest], by, None)
    }

    /// *called the plan “a mistake”*, *has called the plan “a mistake”*
    fn object(&mut self, verb: &Verb, by: &By) -> bool {
        let split = verb.words.start > verb.finite && verb.words.len() == 1;
        let from = if split { Self::end_of_helper(verb, by) } else { Self::end(verb, by) };
        let until = if split { verb.words.start } else { self.tokens.end };
        let first = (from..until).find(|&t| self.ground.parse.shape(t) == Shape::Mark);
        let Some(number) = first.and_then(|t| self.marks.opening_at(t)) else { return false };
        let end = self.marks.list[number].outer.end;
        self.push(vec![from..end], by, Some(number))
    }

    fn end_of_helper(verb: &Verb, by: &By) -> usize {
        by.source.as_ref().filter(|_| by.how == Source::Inverted).map_or(verb.finite + 1, |s| s.end)
    }
}
