//! Plot threads: where each is named, how it stands, and the sentence that says so.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::form::Shape;
use super::token::Parse;
use super::{Event, Status, Thread, ThreadDefinition};
use crate::document::{BlockKind, Document};
use crate::lexicon::{Lexicon, Standing, StatusPhrase};
use crate::tag::Tag;
use crate::text::Span;

/// Tokens before a word in which a negation reaches it.
const NEGATION_REACH: usize = 4;

/// Traces every thread through a text. Threads without a mention stay in the list, so that a reader sees that they are not
/// in this text.
pub(super) fn trace(
    document: &Document,
    parse: &Parse,
    lexicon: &Lexicon,
    definitions: &[ThreadDefinition],
    events: &[Event],
) -> Vec<Thread> {
    let tracer = Tracer { document, parse, lexicon, events };
    let mentions = tracer.mentions(definitions);
    definitions.iter().zip(mentions).map(|(definition, found)| tracer.thread(definition, &found)).collect()
}

struct Tracer<'a> {
    document: &'a Document,
    parse: &'a Parse,
    lexicon: &'a Lexicon,
    events: &'a [Event],
}

/// A name to look for, as lower-case words.
struct Alias {
    thread: usize,
    words: Vec<String>,
    capital: bool,
}

impl Tracer<'_> {
    // ------------------------------------------------------------------ mentions

    fn mentions(&self, definitions: &[ThreadDefinition]) -> Vec<Vec<Range<usize>>> {
        let aliases = self.aliases(definitions);
        let mut found = vec![Vec::new(); definitions.len()];
        let starts = self.parse.forms.map(|lower| aliases.contains_key(lower));
        let mut at = 0;
        while at < self.parse.tokens.len() {
            let hit = starts[self.parse.tokens[at].form.index()].then(|| self.match_at(at, &aliases)).flatten();
            match hit {
                Some((thread, end)) => {
                    found[thread].push(at..end);
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The aliases by their first word, the longest first. Each is cut as the text is, so that *Dr. Nova* meets its tokens.
    fn aliases(&self, definitions: &[ThreadDefinition]) -> FxHashMap<String, Vec<Alias>> {
        let mut aliases: FxHashMap<String, Vec<Alias>> = FxHashMap::default();
        for (thread, definition) in definitions.iter().enumerate() {
            for name in std::iter::once(&definition.name).chain(&definition.aliases) {
                let words = self.words(name);
                let Some(first) = words.first().cloned() else { continue };
                let capital = name.chars().any(char::is_uppercase);
                aliases.entry(first).or_default().push(Alias { thread, words, capital });
            }
        }
        for list in aliases.values_mut() {
            list.sort_by_key(|a| Reverse(a.words.len()));
        }
        aliases
    }

    fn words(&self, name: &str) -> Vec<String> {
        let document = crate::document::from_text(name.to_owned(), "");
        let cut = super::token::split(&document, self.lexicon);
        (0..cut.tokens.len()).map(|t| cut.lower(t).to_owned()).collect()
    }

    fn match_at(&self, at: usize, aliases: &FxHashMap<String, Vec<Alias>>) -> Option<(usize, usize)> {
        let list = aliases.get(self.parse.lower(at))?;
        let fits = |alias: &&Alias| {
            let end = at + alias.words.len();
            alias.words.iter().enumerate().all(|(i, word)| self.parse.lower(at + i) == word)
                && (!alias.capital || self.is_written_large(at))
                && !self.is_other_name(at, end)
        };
        list.iter().find(fits).map(|alias| (alias.thread, at + alias.words.len()))
    }

    /// A thread with a capital letter is not the common word: *Nova*, not *a nova*. Scripts without capitals pass.
    fn is_written_large(&self, at: usize) -> bool {
        let written = self.parse.tokens.get(at).map_or("", |t| self.parse.forms.written(t.form));
        written.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
    }

    /// Part of a longer name of something else: *Maria Nova*, *Nova Scotia*. In a headline capitals prove nothing.
    fn is_other_name(&self, start: usize, end: usize) -> bool {
        if self.is_headline(start) {
            return false;
        }
        let before = start.checked_sub(1).filter(|&b| self.touches(b, start));
        let given = before.is_some_and(|b| {
            self.lexicon.people().get(self.parse.lower(b)).is_given()
                && self.parse.shape(b) == Shape::Title
                && self.parse.tag(b).is_proper()
        });
        let after =
            self.parse.tag(end).is_proper() && self.parse.shape(end) == Shape::Title && self.touches(end - 1, end);
        given || after
    }

    fn touches(&self, left: usize, right: usize) -> bool {
        self.parse.shape(left) != Shape::Mark && self.parse.shape(right) != Shape::Mark
    }

    fn is_headline(&self, at: usize) -> bool {
        let block = self.parse.sentences.get(self.parse.sentence_of(at)).map_or(0, |s| s.block);
        matches!(self.document.blocks().get(block).map(|b| b.kind), Some(BlockKind::Title | BlockKind::Heading(_)))
    }

    // ------------------------------------------------------------------ status

    fn thread(&self, definition: &ThreadDefinition, mentions: &[Range<usize>]) -> Thread {
        let mut best: Option<(u8, Status, Span)> = None;
        let mut sentences: Vec<usize> = mentions.iter().map(|m| self.parse.sentence_of(m.start)).collect();
        sentences.dedup();
        for sentence in sentences {
            let own = self.judge(sentence).map(|(weight, status)| (weight * 2, status, sentence));
            let next = self.refers_back(sentence + 1).then(|| self.judge(sentence + 1)).flatten();
            let next = next.map(|(weight, status)| (weight, status, sentence + 1));
            for (weight, status, place) in own.into_iter().chain(next) {
                // Of two sentences that say as much the later one stands.
                if best.is_none_or(|(w, ..)| weight >= w) {
                    best = Some((weight, status, self.parse.sentences[place].span));
                }
            }
        }
        let first = mentions.first().map(|m| self.parse.sentences[self.parse.sentence_of(m.start)].span);
        let (status, evidence) = match best {
            Some((_, status, span)) => (status, Some(span)),
            None => (Status::Mentioned, first),
        };
        Thread {
            name: definition.name.clone(),
            aliases: definition.aliases.clone(),
            letter: definition.letter,
            mentions: mentions.iter().map(|m| self.parse.span(m.clone())).collect(),
            weak: Vec::new(),
            status,
            evidence,
            suggested: false,
        }
    }

    /// *That unfinished business …*: a sentence that speaks of the one before, in the same block.
    fn refers_back(&self, sentence: usize) -> bool {
        let (Some(this), Some(before)) =
            (self.parse.sentences.get(sentence), sentence.checked_sub(1).and_then(|s| self.parse.sentences.get(s)))
        else {
            return false;
        };
        this.block == before.block
            && matches!(
                self.parse.lower(this.tokens.start),
                "that" | "this" | "these" | "those" | "it" | "they" | "both"
            )
    }

    /// What the strongest words of a sentence say of the threads in it.
    fn judge(&self, sentence: usize) -> Option<(u8, Status)> {
        let tokens = self.parse.sentences.get(sentence)?.tokens.clone();
        let mut best: Option<(u8, Status)> = None;
        let mut at = tokens.start;
        while at < tokens.end {
            let Some(phrase) = self.phrase_at(at, tokens.end) else {
                at += 1;
                continue;
            };
            let (weight, status) = self.said(at, phrase, &tokens);
            if best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, status));
            }
            at += 1 + phrase.rest.len();
        }
        let asks = self.parse.lower(tokens.end - 1) == "?";
        let best = if asks && best.is_none_or(|(w, _)| w < 3) { Some((2, Status::Open)) } else { best };
        best.filter(|&(weight, _)| weight > 1)
    }

    fn phrase_at(&self, at: usize, end: usize) -> Option<&StatusPhrase> {
        let list = self.lexicon.statuses().get(self.parse.lower(at));
        list.iter().find(|phrase| {
            at + phrase.rest.len() < end
                && phrase.rest.iter().enumerate().all(|(i, word)| self.parse.lower(at + 1 + i) == word)
                && (!phrase.rest.is_empty() || self.is_predicate(at, phrase))
        })
    }

    /// A single word counts where it says something: a verb, or an adjective that is no mere attribute.
    fn is_predicate(&self, at: usize, phrase: &StatusPhrase) -> bool {
        if phrase.weight == 1 {
            return true;
        }
        let tag = self.parse.tag(at);
        match phrase.standing {
            Standing::Open if self.parse.lower(at) == "open" => {
                tag.is_adjective() && !self.parse.tag(at + 1).is_noun() || tag == Tag::Adverb
            }
            Standing::Open => true,
            _ => tag.is_verb() || tag.is_adjective(),
        }
    }

    fn said(&self, at: usize, phrase: &StatusPhrase, tokens: &Range<usize>) -> (u8, Status) {
        let end = at + phrase.rest.len();
        let holds = self.holds(at..end + 1, tokens);
        match (phrase.standing, holds) {
            (Standing::Open, Holds::No) if phrase.weight > 1 => (2, Status::Advanced),
            (Standing::Open, _) => (phrase.weight, Status::Open),
            (_, Holds::No | Holds::Unsure) => (phrase.weight.min(2), Status::Open),
            (Standing::Advanced, Holds::Yes) => (phrase.weight, Status::Advanced),
            (Standing::Resolved, Holds::Yes) => (phrase.weight, Status::Resolved),
        }
    }

    /// Whether what the words say is affirmed, denied or only possible: by the judgement of the claims layer for the
    /// predicate they hold, else by a negation before them.
    fn holds(&self, words: Range<usize>, tokens: &Range<usize>) -> Holds {
        let place = self.parse.span(words.clone());
        let first = self.events.partition_point(|e| e.head.end() <= place.start());
        if let Some(event) = self.events.get(first).filter(|e| e.head.overlaps(place)) {
            return match event.factuality {
                f if f <= -1.0 => Holds::No,
                f if f >= 1.5 => Holds::Yes,
                _ => Holds::Unsure,
            };
        }
        let from = words.start.saturating_sub(NEGATION_REACH).max(tokens.start);
        let negated = (from..words.start)
            .any(|t| matches!(self.parse.lower(t), "not" | "n't" | "never" | "no" | "neither" | "nor"));
        let unsure = (from..words.start)
            .any(|t| matches!(self.parse.lower(t), "might" | "may" | "could" | "would" | "if" | "whether"));
        match (negated, unsure) {
            (true, _) => Holds::No,
            (_, true) => Holds::Unsure,
            _ => Holds::Yes,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Holds {
    Yes,
    No,
    Unsure,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::document::from_text;

    fn definition(name: &str, aliases: &[&str]) -> ThreadDefinition {
        let letter = name.chars().next().unwrap_or('?');
        ThreadDefinition { name: name.into(), aliases: aliases.iter().map(|&a| a.into()).collect(), letter, kind: None }
    }

    fn traced(text: &str, definitions: &[ThreadDefinition]) -> Vec<Thread> {
        analyse(&from_text(text.into(), "a.txt"), &Lexicon::english(), definitions).threads
    }

    #[test]
    fn every_example_of_the_table_holds() {
        let lexicon = Lexicon::english();
        for example in lexicon.statuses().examples() {
            let (text, expected) = example.split_once(" => ").expect("text => status");
            let thread = &traced(text, &[definition("Orla", &[])])[0];
            assert_eq!(format!("{:?}", thread.status).to_lowercase(), expected, "{text}");
        }
    }

    #[test]
    fn names_are_matched_as_words_by_the_longest() {
        let definitions = [definition("Nova", &["Professor Nova"]), definition("Drift", &["Drift Race"])];
        let text =
            "Nova’s plan met a nova. Villanova lost; Maria Nova won in Nova Scotia. Professor Nova saw the Drift Race.";
        let found = traced(text, &definitions);
        let words = |thread: &Thread| thread.mentions.iter().map(|m| &text[m.range()]).collect::<Vec<_>>().join("|");
        assert_eq!(words(&found[0]), "Nova|Professor Nova");
        assert_eq!(words(&found[1]), "Drift Race");
    }

    #[test]
    fn coordination_reaches_every_member() {
        let definitions = [definition("Orla", &[]), definition("Brack", &[])];
        let found = traced("The book left threads — Orla, Brack, and the race — deliberately open.", &definitions);
        assert!(found.iter().all(|t| t.status == Status::Open && t.evidence.is_some()));
    }

    #[test]
    fn a_thread_that_is_not_named_stays_in_the_list() {
        let found = traced("Nothing happened.", &[definition("Orla", &[])]);
        assert_eq!((found.len(), found[0].mentions.len(), found[0].evidence), (1, 0, None));
    }
}
