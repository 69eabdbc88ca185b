//! Verb groups: *would not have been sold* with its auxiliaries, its tense and the word that predicates. A copula hands
//! that part to its complement: in *the figures were inaccurate* it is the adjective that is claimed.

use std::ops::Range;

use super::words::{Role, Words};
use crate::analysis::token::Parse;
use crate::lexicon::Flags;
use crate::tag::Tag;

/// The shape of a verb group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Finite,
    /// With *to*.
    Infinitive,
    /// A base form without *to*, modal or *do*.
    Bare,
    Gerund,
    Participle,
}

/// A verb with what belongs to it.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of grammar with its own answer")]
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// First token: an auxiliary, *to* or the verb.
    pub start: usize,
    /// The last verb of the chain.
    pub verb: usize,
    /// The word that predicates: the verb, or the complement of a copula.
    pub head: usize,
    pub form: Form,
    /// The tense of the first finite verb, when it has one.
    pub past: bool,
    pub present: bool,
    pub modal: Role,
    /// The modal word, *going to* and *have to* included.
    pub modal_at: usize,
    pub perfect: bool,
    pub progressive: bool,
    pub passive: bool,
    pub copular: bool,
    pub existential: bool,
    /// The auxiliary stands before the subject.
    pub inverted: bool,
    /// *have to*
    pub has_to: bool,
    /// Asked or ordered by a bare *do*.
    pub emphatic: bool,
}

/// All groups of a sentence, in order, into `groups`.
pub(super) fn find(parse: &Parse, words: &Words, sentence: &Range<usize>, groups: &mut Vec<Group>) {
    let reader = Reader { parse, words, end: sentence.end, start: sentence.start };
    let mut at = sentence.start;
    while at < sentence.end {
        match reader.group(at) {
            Some(group) => {
                at = group.verb + 1;
                groups.push(group);
            }
            None => at += 1,
        }
    }
}

struct Reader<'p> {
    parse: &'p Parse,
    words: &'p Words,
    start: usize,
    end: usize,
}

impl Reader<'_> {
    fn tag(&self, at: usize) -> Tag {
        if at < self.end { self.parse.tag(at) } else { Tag::Symbol }
    }

    fn role(&self, at: usize) -> Role {
        if at < self.end { self.words.role(at) } else { Role::Plain }
    }

    fn group(&self, at: usize) -> Option<Group> {
        let tag = self.tag(at);
        let tag = if self.is_gerund_after_from(at) { Tag::VerbGerund } else { tag };
        let to = tag == Tag::To || self.role(at) == Role::To && self.tag(at + 1) == Tag::VerbBase;
        // “According to a survey” is no predicate.
        let source = self.parse.lower(at) == "according" && self.parse.lower(at + 1) == "to";
        if !to && !tag.is_verb() || self.is_attributive(at) || source {
            return None;
        }
        let first = if to {
            self.next_verb(at + 1).filter(|&v| self.tag(v) == Tag::VerbBase || self.tag(v) == Tag::VerbPresent)?
        } else {
            at
        };
        let mut group = Group {
            start: at,
            verb: first,
            head: first,
            form: match tag {
                _ if to => Form::Infinitive,
                Tag::VerbBase => Form::Bare,
                Tag::VerbGerund => Form::Gerund,
                Tag::VerbParticiple => Form::Participle,
                _ => Form::Finite,
            },
            past: tag == Tag::VerbPast,
            present: matches!(tag, Tag::VerbPresent | Tag::VerbThird),
            modal: Role::Plain,
            modal_at: at,
            perfect: false,
            progressive: false,
            passive: false,
            copular: false,
            existential: false,
            inverted: false,
            has_to: false,
            emphatic: false,
        };
        self.chain(&mut group, to);
        self.complement(&mut group);
        Some(group)
    }

    /// An -ing form or participle inside a noun phrase: *the growing debt*.
    fn is_attributive(&self, at: usize) -> bool {
        if !matches!(self.tag(at), Tag::VerbGerund | Tag::VerbParticiple) || at == self.start {
            return false;
        }
        let opened = matches!(
            self.tag(at - 1),
            Tag::Determiner
                | Tag::Possessive
                | Tag::PossessiveEnding
                | Tag::Number
                | Tag::Adjective
                | Tag::AdverbSuperlative
        );
        opened && (self.tag(at + 1).is_noun() || self.tag(at + 1).is_adjective())
    }

    /// *kept the goats from straying*: the tagger calls many of these nouns.
    fn is_gerund_after_from(&self, at: usize) -> bool {
        let from = at > self.start + 1 && self.parse.lower(at - 1) == "from" && self.tag(at - 1) == Tag::Preposition;
        from && self.tag(at) == Tag::Noun && self.parse.lower(at).ends_with("ing") && !self.tag(at + 1).is_noun()
    }

    /// Follows the auxiliaries to the last verb.
    fn chain(&self, group: &mut Group, to: bool) {
        for link in 0..6 {
            let at = group.verb;
            let may_invert = link == 0 && !to && group.form == Form::Finite;
            let (tag, role) = (self.tag(at), self.role(at));
            let (next, inverted) = match self.next_verb(at + 1) {
                Some(next) => (Some(next), false),
                None if may_invert => (self.inverted_verb(at), true),
                None => (None, false),
            };
            let Some(next) = next else { break };
            let following = self.tag(next);
            let base = matches!(following, Tag::VerbBase | Tag::VerbPresent | Tag::VerbPast);
            let joined = match role {
                _ if tag == Tag::Modal => {
                    group.modal = role;
                    group.modal_at = at;
                    base
                }
                Role::Do => {
                    group.emphatic = true;
                    matches!(following, Tag::VerbBase | Tag::VerbPresent)
                }
                Role::Have if matches!(following, Tag::VerbParticiple | Tag::VerbPast) => {
                    group.perfect = true;
                    true
                }
                Role::Be if following == Tag::VerbParticiple || following == Tag::VerbPast && !inverted => {
                    group.passive = self.role(next) != Role::Be;
                    true
                }
                Role::Be if following == Tag::VerbGerund => {
                    group.progressive = true;
                    true
                }
                _ => false,
            };
            if !joined {
                break;
            }
            group.verb = next;
            group.inverted |= inverted;
        }
        if self.tag(group.start) == Tag::Modal && group.modal == Role::Plain {
            group.modal = self.role(group.start);
        }
        self.over_to(group);
        group.head = group.verb;
    }

    /// *have to*, *going to*, *used to*, *ought to*, *is to*: one group with the infinitive.
    fn over_to(&self, group: &mut Group) {
        let mut to = group.verb + 1;
        while to < group.verb + 3 && self.tag(to).is_adverb() {
            to += 1;
        }
        if self.tag(to) != Tag::To {
            return;
        }
        let Some(next) = self.next_verb(to + 1).filter(|&v| matches!(self.tag(v), Tag::VerbBase | Tag::VerbPresent))
        else {
            return;
        };
        let modal = match self.role(group.verb) {
            Role::Have => {
                group.has_to = true;
                Role::Must
            }
            Role::Going if group.progressive => Role::Will,
            Role::Used if group.past && !group.passive => Role::Used,
            Role::Should => Role::Should,
            Role::Be if group.form == Form::Finite => Role::Going,
            _ => return,
        };
        group.modal_at = group.verb;
        group.modal = modal;
        group.progressive = false;
        group.verb = next;
        for _ in 0..2 {
            let (role, after) = (self.role(group.verb), self.next_verb(group.verb + 1));
            match after {
                Some(v) if role == Role::Be && self.tag(v) == Tag::VerbParticiple => {
                    group.passive = true;
                    group.verb = v;
                }
                Some(v) if role == Role::Have && self.tag(v) == Tag::VerbParticiple => {
                    group.perfect = true;
                    group.verb = v;
                }
                _ => break,
            }
        }
    }

    /// The next verb over adverbs and *not*.
    fn next_verb(&self, from: usize) -> Option<usize> {
        let mut at = from;
        while at < self.end && at < from + 5 {
            let tag = self.tag(at);
            if tag.is_verb() {
                return Some(at);
            }
            let comma = tag == Tag::Comma && self.tag(at + 1).is_adverb()
                || tag == Tag::Comma && at > from && self.tag(at - 1).is_adverb();
            // would have “gutted” it
            let marked = tag == Tag::QuoteOpen && at == from;
            if !tag.is_adverb() && !comma && !marked {
                return None;
            }
            at += 1;
        }
        None
    }

    /// The verb after a subject that stands behind its auxiliary: *did the pilot ignore*.
    fn inverted_verb(&self, aux: usize) -> Option<usize> {
        let role = self.role(aux);
        let modal = self.tag(aux) == Tag::Modal;
        if !modal && !matches!(role, Role::Be | Role::Have | Role::Do) || !self.opens_inversion(aux) {
            return None;
        }
        let mut at = aux + 1;
        while at < self.end && at < aux + 9 {
            let tag = self.tag(at);
            if tag.is_verb() {
                let fits = match role {
                    _ if modal => tag == Tag::VerbBase || tag == Tag::VerbPresent,
                    Role::Do => matches!(tag, Tag::VerbBase | Tag::VerbPresent),
                    Role::Have => tag == Tag::VerbParticiple || tag == Tag::VerbPast,
                    _ => matches!(tag, Tag::VerbParticiple | Tag::VerbGerund),
                };
                return (fits && at > aux + 1).then_some(at);
            }
            let inside = tag.is_noun()
                || tag.is_pronoun()
                || tag.is_adverb()
                || tag.is_adjective()
                || matches!(
                    tag,
                    Tag::Determiner | Tag::Predeterminer | Tag::PossessiveEnding | Tag::Number | Tag::Existential
                );
            if !(inside || tag == Tag::Preposition && at > aux + 1) {
                return None;
            }
            at += 1;
        }
        None
    }

    fn opens_inversion(&self, aux: usize) -> bool {
        let mut before = aux;
        while before > self.start && self.tag(before - 1).is_adverb() {
            before -= 1;
        }
        before == self.start
            || self.tag(before - 1).is_punctuation()
            || matches!(
                self.tag(before - 1),
                Tag::WhAdverb | Tag::WhPronoun | Tag::WhDeterminer | Tag::Coordinator | Tag::Interjection
            )
            || before < aux
            || aux >= 2 && matches!(self.tag(aux - 2), Tag::WhDeterminer | Tag::WhAdverb | Tag::WhPossessive)
    }

    /// A copula's complement becomes the head.
    fn complement(&self, group: &mut Group) {
        let be = self.role(group.verb) == Role::Be;
        let link = self.role(group.verb) == Role::Link;
        if !be && !link {
            return;
        }
        let after = group.verb + 1;
        if be {
            group.existential = self.tag(after) == Tag::Existential
                || group.start > self.start && self.tag(self.back_over_adverbs(group.start) - 1) == Tag::Existential;
        }
        if let Some(head) = self.predicate(after, be) {
            group.copular = be || self.tag(head).is_adjective();
            if group.copular {
                group.head = head;
            }
        } else {
            group.copular = be;
        }
    }

    fn back_over_adverbs(&self, mut at: usize) -> usize {
        while at > self.start + 1 && self.tag(at - 1).is_adverb() {
            at -= 1;
        }
        at
    }

    /// The head of the noun phrase or adjective that starts near `from`.
    fn predicate(&self, from: usize, nouns: bool) -> Option<usize> {
        let mut at = from;
        let (mut noun, mut adjective) = (None, None);
        while at < self.end && at < from + 12 {
            let tag = self.tag(at);
            if tag.is_noun() {
                if !nouns {
                    break;
                }
                noun = Some(at);
            } else if noun.is_some() && tag != Tag::PossessiveEnding {
                break;
            } else if tag == Tag::PossessiveEnding {
                noun = None;
            } else if tag.is_adjective() {
                adjective = Some(at);
            } else if tag == Tag::BracketClose && noun.is_none() {
                // “[this story is] just the best”
            } else if matches!(tag, Tag::Coordinator | Tag::Comma) {
                if !(adjective.is_some() && self.tag(at + 1).is_adjective() && self.tag(at + 2).is_noun()) {
                    break;
                }
            } else if matches!(tag, Tag::VerbParticiple | Tag::VerbGerund) {
                if at == from || !self.is_attributive(at) {
                    break;
                }
            } else if tag.is_adverb() && adjective.is_some() && !self.tag(at + 1).is_adjective()
                || !tag.is_adverb()
                    && !matches!(
                        tag,
                        Tag::Determiner
                            | Tag::Predeterminer
                            | Tag::Possessive
                            | Tag::Number
                            | Tag::Currency
                            | Tag::Existential
                    )
            {
                if matches!(self.role(at), Role::Nobody) && nouns && noun.is_none() {
                    noun = Some(at);
                }
                break;
            } else if noun.is_none() && adjective.is_some() && tag == Tag::Determiner {
                break;
            }
            at += 1;
        }
        noun.or(adjective)
    }
}

/// Whether a noun tells of an event of its own.
pub(super) fn is_event_noun(parse: &Parse, words: &Words, at: usize) -> bool {
    parse.tag(at).is_noun() && !parse.tag(at).is_proper() && words.word(parse, at).flags.has(Flags::EVENT_NOUN)
}
