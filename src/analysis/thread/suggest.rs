//! Threads nobody has named yet: what a text says to be open, again and again. Few and quiet: a wrong one costs the reader
//! more than a missing one.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Text;
use super::status::{Judge, Verdict};
use crate::analysis::form::Shape;
use crate::analysis::{Status, Thread, ThreadDefinition};
use crate::document::BlockKind;
use crate::tag::Tag;
use crate::text::Span;

/// The most that are suggested for one text.
const MOST: usize = 3;
/// In how many sentences a matter comes up before it is suggested.
const RECURS: usize = 2;
/// In how many sentences a name does.
const NAME_RECURS: usize = 3;
/// Below this many tokens only a strong word for *open* counts.
const SHORT: usize = 120;
/// The mark of a suggested thread in the margin.
const LETTER: char = '+';

/// The few threads that the text itself suggests, the strongest first.
pub(super) fn find(text: Text, judge: &Judge, definitions: &[ThreadDefinition]) -> Vec<Thread> {
    let finder = Finder { text, judge, known: known(definitions) };
    let mut found: Vec<(u16, usize, Thread)> =
        finder.matters().into_iter().filter_map(|(name, places)| finder.thread(&name, &places)).collect();
    found.sort_by_key(|(weight, count, thread)| (Reverse(*weight), Reverse(*count), thread.mentions.first().copied()));
    found.into_iter().take(MOST).map(|(.., thread)| thread).collect()
}

/// The words of all names that threads already go by.
fn known(definitions: &[ThreadDefinition]) -> FxHashSet<String> {
    let names = definitions.iter().flat_map(|d| std::iter::once(&d.name).chain(&d.aliases));
    names.flat_map(|n| n.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>()).collect()
}

struct Finder<'a> {
    text: Text<'a>,
    judge: &'a Judge<'a>,
    known: FxHashSet<String>,
}

/// Where something comes up.
#[derive(Debug, Default)]
struct Places {
    tokens: Vec<Range<usize>>,
    name: bool,
}

impl Finder<'_> {
    /// All that could be a thread, by the name it would have.
    fn matters(&self) -> BTreeMap<String, Places> {
        let people = self.people();
        let mut found: BTreeMap<String, Places> = BTreeMap::new();
        for sentence in &self.text.parse.sentences {
            let kind = self.text.document.blocks().get(sentence.block).map(|b| b.kind);
            if kind == Some(BlockKind::Byline) {
                continue;
            }
            let heading = matches!(kind, Some(BlockKind::Title | BlockKind::Heading(_)));
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let name = if heading { None } else { self.name_at(at, &sentence.tokens, &people) };
                let end = name.as_ref().map_or(at + 1, |n| n.end);
                if let Some(tokens) = name {
                    let written = self.text.document.slice(self.text.parse.span(tokens.clone())).to_owned();
                    let places = found.entry(written).or_default();
                    places.name = true;
                    places.tokens.push(tokens);
                } else if let Some(noun) = self.noun_at(at) {
                    found.entry(titled(noun)).or_default().tokens.push(at..at + 1);
                }
                at = end;
            }
        }
        found
    }

    /// A word for what stories and reports leave open, in the singular.
    fn noun_at(&self, at: usize) -> Option<&str> {
        let lower = self.text.parse.lower(at);
        let tag = self.text.parse.tag(at);
        // Before another noun it only colours that one: *sequel talk*.
        let noun =
            tag.is_noun() && !(self.text.parse.tag(at + 1).is_noun() && self.text.parse.shape(at + 1) == Shape::Lower);
        let singular = self.text.lexicon.statuses().matter(lower).filter(|_| noun)?;
        (!self.known.contains(lower) && !self.known.contains(singular)).then_some(singular)
    }

    /// A name of two words or more that is nobody's.
    fn name_at(&self, at: usize, sentence: &Range<usize>, people: &[Span]) -> Option<Range<usize>> {
        let parse = self.text.parse;
        let part = |t: usize| parse.tag(t).is_proper() && parse.shape(t) == Shape::Title;
        if !part(at) || at == sentence.start || at > sentence.start && part(at - 1) {
            return None;
        }
        let end = (at..sentence.end).find(|&t| !part(t)).unwrap_or(sentence.end);
        let span = parse.span(at..end);
        let first = people.partition_point(|p| p.end() <= span.start());
        let somebody = people.get(first).is_some_and(|p| p.overlaps(span));
        let words = self.text.lexicon.people();
        let dull = (at..end).any(|t| {
            let word = words.get(parse.lower(t));
            let known = self.known.contains(parse.lower(t));
            known
                || word.is_time()
                || word.is_never()
                || word.is_given()
                || word.is_organisation()
                || word.is_honorific()
        });
        let told = at > sentence.start && parse.tag(at - 1).is_verb() && parse.tag(at - 1) == Tag::VerbPast;
        (end - at > 1 && !somebody && !dull && !told).then_some(at..end)
    }

    /// Where people and organisations are named, in order.
    fn people(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = self.text.people.iter().flat_map(|p| p.mentions.iter().copied()).collect();
        spans.sort_unstable();
        spans
    }

    /// The thread, when it comes up often enough and some sentence says that it is open, with its weight and how often.
    fn thread(&self, name: &str, places: &Places) -> Option<(u16, usize, Thread)> {
        let mut sentences: Vec<(usize, Vec<Range<usize>>)> = Vec::new();
        for tokens in &places.tokens {
            let sentence = self.text.parse.sentence_of(tokens.start);
            match sentences.last_mut() {
                Some((last, list)) if *last == sentence => list.push(tokens.clone()),
                _ => sentences.push((sentence, vec![tokens.clone()])),
            }
        }
        let wanted = if places.name { NAME_RECURS } else { RECURS };
        if sentences.len() < wanted {
            return None;
        }
        let (verdict, evidence) = self.sign(&sentences)?;
        let short = self.text.parse.tokens.len() < SHORT;
        if verdict.weight < 3 && (short || places.name) {
            return None;
        }
        let thread = Thread {
            name: name.to_owned(),
            aliases: Vec::new(),
            letter: LETTER,
            mentions: places.tokens.iter().map(|t| self.text.parse.span(t.clone())).collect(),
            weak: Vec::new(),
            status: Status::Open,
            evidence: Some(evidence),
            suggested: true,
        };
        Some((verdict.weight, sentences.len(), thread))
    }

    /// The sentence that says most clearly that the matter is open; of two the later. None where one says that it is not.
    fn sign(&self, sentences: &[(usize, Vec<Range<usize>>)]) -> Option<(Verdict, Span)> {
        let mut best: Option<(Verdict, Span)> = None;
        for (sentence, tokens) in sentences {
            let Some(verdict) = self.judge.leaning(*sentence, tokens).filter(|v| !v.asked) else { continue };
            let settled = verdict.status == Status::Resolved && verdict.weight > 1
                || verdict.status == Status::Advanced && verdict.weight > 2;
            if settled {
                return None;
            }
            if verdict.status == Status::Open && best.is_none_or(|(b, _)| verdict.weight >= b.weight) {
                best = Some((verdict, self.text.parse.sentences[*sentence].span));
            }
        }
        best
    }
}

fn titled(noun: &str) -> String {
    let mut chars = noun.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;

    #[test]
    fn every_example_of_the_table_holds() {
        let lexicon = Lexicon::english();
        for example in lexicon.statuses().suggestions() {
            let (text, expected) = example.split_once(" => ").expect("text => names");
            let found = analyse(&from_text(text.into(), "a.txt"), &lexicon, &[]).threads;
            let names: Vec<&str> = found.iter().map(|t| t.name.as_str()).collect();
            assert!(found.iter().all(|t| t.suggested && t.evidence.is_some()));
            assert_eq!(if names.is_empty() { "-".into() } else { names.join(", ") }, expected, "{text}");
        }
    }
}
