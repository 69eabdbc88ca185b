//! Finds names: a title and a name, a given name and what follows, whoever a verb of saying stands beside, and all of these
//! again where they stand alone. A capital letter proves nothing in a language that writes its nouns large.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Ground;
use crate::analysis::form::Shape;
use crate::analysis::person::FoundName;
use crate::analysis::quote::marks::Marks;
use crate::lexicon::{Number, PersonWord};
use crate::tag::Tag;

/// The longest name, in words.
const LONGEST: usize = 5;

/// All names, in order.
pub(super) fn find(ground: Ground, marks: &Marks) -> Vec<FoundName> {
    let finder = Finder { ground, marks };
    let mut names: Vec<FoundName> = Vec::new();
    let mut runs = Vec::new();
    for sentence in &ground.parse.sentences {
        runs.extend(finder.runs(sentence.tokens.clone()));
    }
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let firm = finder.firm();
    known.extend(finder.bare());
    let mut unsure = Vec::new();
    for run in runs {
        match finder.name(&run, &firm) {
            Some(name) => {
                known.extend(name.core.clone().filter(|&t| finder.is_large(t)).map(|t| ground.parse.lower(t)));
                names.push(name);
            }
            None => unsure.push(run),
        }
    }
    // Holm asked, after Marta Holm has been named.
    for run in unsure {
        let start = run.clone().find(|&t| known.contains(ground.parse.lower(t)) && ground.parse.lower(t).len() > 1);
        let Some(start) = start.filter(|&s| !finder.is_determined(s)) else { continue };
        let end = (start..run.end).find(|&t| !known.contains(ground.parse.lower(t))).unwrap_or(run.end);
        // Seglerin Nele Brodersen: of two words that nobody knows the second is the given name.
        let start = start - usize::from(start >= run.start + 2 && finder.may_be_given(start - 1));
        names.push(FoundName { tokens: start..end, core: start..end });
    }
    names.sort_by_key(|n| n.tokens.start);
    names
}

struct Finder<'a> {
    ground: Ground<'a>,
    marks: &'a Marks,
}

impl<'a> Finder<'a> {
    /// The words that are written large where no sentence begins; where nouns are written small they are names.
    fn firm(&self) -> FxHashSet<&'a str> {
        let parse = self.ground.parse;
        let inside = |at: usize, floor: usize| at > floor && parse.shape(at - 1) != Shape::Mark;
        let large = |at: &usize| parse.shape(*at) == Shape::Title;
        let of = |s: &crate::analysis::Sentence| {
            let floor = s.tokens.start;
            s.tokens
                .clone()
                .filter(large)
                .filter(move |&t| inside(t, floor))
                .map(|t| parse.lower(t))
                .collect::<Vec<_>>()
        };
        if self.ground.language.grammar.large_nouns {
            return FxHashSet::default();
        }
        parse.sentences.iter().flat_map(of).collect()
    }

    fn is_large(&self, at: usize) -> bool {
        let parse = self.ground.parse;
        let word = self.ground.forms.person(parse, at);
        let spelled = parse.lower(at).chars().any(char::is_alphabetic);
        parse.tag(at).is_noun() && parse.shape(at).is_capital() && !word.is_never() && !word.is_time() && spelled
    }

    /// Where nouns are written large: words that never have a determiner and yet do something inside a sentence.
    fn bare(&self) -> FxHashSet<&'a str> {
        let parse = self.ground.parse;
        let mut counts: FxHashMap<&str, (usize, bool)> = FxHashMap::default();
        let mut never: FxHashSet<&str> = FxHashSet::default();
        if !self.ground.language.grammar.large_nouns {
            return never;
        }
        for sentence in &parse.sentences {
            for at in sentence.tokens.clone().filter(|&t| self.is_large(t) && parse.shape(t) == Shape::Title) {
                let inside = at > sentence.tokens.start && parse.shape(at - 1) != Shape::Mark;
                let before = if inside { parse.tag(at - 1) } else { Tag::Symbol };
                let lower = parse.lower(at);
                let person = self.ground.forms.person(parse, at);
                let alone = !before.is_noun() && !parse.tag(at + 1).is_noun();
                let known = person != PersonWord::default();
                if known || self.is_determined(at) || !alone || before == Tag::Preposition || before.is_verb() {
                    never.insert(lower);
                }
                let acts = inside && parse.tag(at + 1).is_finite_verb();
                let count = counts.entry(lower).or_default();
                *count = (count.0 + 1, count.1 || acts);
            }
        }
        let bare = counts.into_iter().filter(|(word, (count, acts))| *count >= 2 && *acts && !never.contains(word));
        bare.map(|(word, _)| word).collect()
    }

    /// Rows of words that are written large, with the small words that stand inside names.
    fn runs(&self, tokens: Range<usize>) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            if !self.is_large(at) {
                at += 1;
                continue;
            }
            let start = at;
            while at < tokens.end {
                let next = self.behind_particles(at, tokens.end).filter(|_| at > start && self.takes_particle(at - 1));
                match next {
                    Some(next) => at = next,
                    None if self.is_large(at) => at += 1,
                    None => break,
                }
            }
            runs.push(start..at);
        }
        runs
    }

    /// The token behind small words that stand inside names, *von*, *von der*, when a large one follows.
    fn behind_particles(&self, at: usize, end: usize) -> Option<usize> {
        let (parse, forms) = (self.ground.parse, self.ground.forms);
        if !(forms.person(parse, at).is_particle() && parse.shape(at) == Shape::Lower) {
            return None;
        }
        let oblique = self.ground.language.grammar.oblique.contains(parse.lower(at + 1));
        let next = at + 1 + usize::from(parse.tag(at + 1) == Tag::Determiner && !oblique);
        (next < end && self.is_large(next)).then_some(next)
    }

    /// Karl [von Lütt], Frau [von Lütt]; not die Bürgermeisterin [von Lütt].
    fn takes_particle(&self, at: usize) -> bool {
        self.ground.forms.person(self.ground.parse, at).is_given() || self.is_address(at)
    }

    /// Whether a word may be a given name that no list knows.
    fn may_be_given(&self, at: usize) -> bool {
        let word = self.ground.forms.person(self.ground.parse, at);
        !(word.is_person() || word.is_honorific() || word.is_body() || word.is_document() || word.is_group())
    }

    /// The name in a row of large words, if there is one for sure.
    fn name(&self, run: &Range<usize>, firm: &FxHashSet<&str>) -> Option<FoundName> {
        let (parse, forms) = (self.ground.parse, self.ground.forms);
        let word = |t: usize| forms.person(parse, t);
        let titled = |t: usize| word(t).is_honorific() || word(t).is_person();
        // What comes before a given name says what its bearer is.
        let given = run.clone().find(|&t| word(t).is_given() && !(titled(t) && t + 1 < run.end));
        let titles = run.clone().take_while(|&t| titled(t) && Some(t) != given).count();
        let core = given.map_or(run.start + titles, |g| g.max(run.start));
        if core >= run.end {
            return None;
        }
        let end = (core..run.end.min(core + LONGEST))
            .find(|&t| t > core && !self.goes_on(t))
            .unwrap_or_else(|| run.end.min(core + LONGEST));
        let before = (run.start..core).rev().take_while(|&t| word(t).is_honorific() && !word(t).is_body()).count();
        let name = || Some(FoundName { tokens: core - before..end, core: core..end });
        let ordinary = word(core).is_body() || word(core).is_document() || word(core).is_group() || titled(core);
        if given == Some(core) && (end - core > 1 || !self.is_determined(core - before)) {
            return name();
        }
        if ordinary {
            return None;
        }
        if titles > 0 && (self.is_address(run.start) || !self.is_determined(run.start) || end - core > 1) {
            return name();
        }
        if !self.ground.language.grammar.large_nouns {
            let acronym = parse.shape(core) == Shape::Upper && end - core == 1;
            return if firm.contains(parse.lower(core)) || end - core > 1 || acronym { name() } else { None };
        }
        // sagte Yusra Ndiaye; Ndiaye sagte
        let determined = self.is_determined(run.start);
        let says = |t: usize| {
            self.marks.around(t).is_none()
                && parse.shape(t) == Shape::Lower
                && forms
                    .sayings(parse, t)
                    .iter()
                    .any(|s| s.number == Number::One && !s.impersonal && s.particle.is_empty())
        };
        // Draußen rief jemand: whoever calls stands behind.
        let behind = |t: usize| {
            let subjective = parse.tag(t) == Tag::Pronoun && word(t).is_subjective();
            subjective || matches!(parse.tag(t), Tag::Determiner | Tag::Possessive) || parse.tag(t).is_noun()
        };
        let before = |t: usize| says(t) && !behind(t + 1);
        // “…”, freut sich Harm Osterkamp: any verb behind a quotation and its comma.
        let verb = run.start.checked_sub(1).filter(|&t| parse.shape(t) == Shape::Lower && t >= 2);
        let answers = verb.is_some_and(|t| parse.lower(t - 1) == "," && self.marks.closing_before(t - 1).is_some());
        let beside = answers || run.start.checked_sub(1).is_some_and(says) || before(run.end);
        if beside && !determined && core == run.start { name() } else { None }
    }

    /// Whether a further large word is part of the name before it.
    fn goes_on(&self, at: usize) -> bool {
        let word = self.ground.forms.person(self.ground.parse, at);
        !self.is_large(at) || !(word.is_person() || word.is_group() || word.is_body() || word.is_document())
    }

    /// A title that only goes with names.
    fn is_address(&self, at: usize) -> bool {
        let word = self.ground.forms.person(self.ground.parse, at);
        word.is_honorific() && (!word.is_person() || word.is_before_address())
    }

    /// Whether a determiner or an adjective stands before a token: it is a noun then.
    fn is_determined(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(Tag::Symbol, |b| self.ground.parse.tag(b));
        matches!(before, Tag::Determiner | Tag::Possessive | Tag::Number) || before.is_adjective()
    }
}
