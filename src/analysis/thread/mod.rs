//! Plot threads: where each is named, how it stands, and the sentence that says so.
//!
//! [`mention`] finds the names ([`name`] and [`bearer`] tell them from words and people that are written the same),
//! [`weak`] the pronouns, [`status`] judges the sentences, [`suggest`] proposes threads nobody has named yet.

mod bearer;
mod mention;
mod name;
mod segment;
mod status;
mod suggest;
mod weak;

use std::ops::Range;

use self::mention::Hit;
use self::status::{Judge, Verdict};
use super::token::Parse;
use super::{Event, Person, Quote, Status, Thread, ThreadDefinition};
use crate::document::{BlockKind, Document};
use crate::lexicon::{Kind, Lexicon};
use crate::text::Span;

/// What the passes before this one made of a text.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub document: &'a Document,
    pub parse: &'a Parse,
    pub lexicon: &'a Lexicon,
    pub people: &'a [Person],
    pub quotes: &'a [Quote],
    pub events: &'a [Event],
}

/// Traces every thread through a text, and adds the few that the text itself suggests. Threads without a mention stay in
/// the list, so that a reader sees that they are not in this text.
pub(super) fn trace(text: Text, definitions: &[ThreadDefinition]) -> Vec<Thread> {
    let table = text.lexicon.statuses();
    let kinds: Vec<Kind> = definitions.iter().map(|d| table.kind(d.kind.as_deref())).collect();
    let (hits, weak) = if definitions.is_empty() { Default::default() } else { named(text, definitions, &kinds) };
    let tracer = Tracer { text, judge: Judge::new(text) };
    let mut of_thread: Vec<(Vec<&Hit>, Vec<&Hit>)> = vec![Default::default(); definitions.len()];
    for hit in &hits {
        of_thread[hit.thread].0.push(hit);
    }
    for hit in &weak {
        of_thread[hit.thread].1.push(hit);
    }
    let mut threads: Vec<Thread> =
        definitions.iter().zip(&of_thread).map(|(d, (hits, weak))| tracer.thread(d, hits, weak)).collect();
    threads.extend(suggest::find(text, &tracer.judge, definitions));
    threads
}

/// Where the threads are named, and the pronouns that stand for them.
fn named(text: Text, definitions: &[ThreadDefinition], kinds: &[Kind]) -> (Vec<Hit>, Vec<Hit>) {
    let hits = mention::find(text.document, text.parse, text.lexicon, definitions, kinds, text.quotes);
    let weak = weak::find(text.parse, text.lexicon.people(), text.people, text.quotes, kinds, &hits);
    (hits, weak)
}

struct Tracer<'a> {
    text: Text<'a>,
    judge: Judge<'a>,
}

impl Tracer<'_> {
    fn thread(&self, definition: &ThreadDefinition, hits: &[&Hit], weak: &[&Hit]) -> Thread {
        let parse = self.text.parse;
        let best = self.best(hits, weak);
        let first = hits.first().map(|h| parse.sentences[parse.sentence_of(h.tokens.start)].span);
        Thread {
            name: definition.name.clone(),
            aliases: definition.aliases.clone(),
            letter: definition.letter,
            mentions: hits.iter().map(|h| h.span).collect(),
            weak: weak.iter().map(|h| h.span).collect(),
            status: best.map_or(Status::Mentioned, |(status, _)| status),
            evidence: best.map(|(_, span)| span).or(first),
            suggested: false,
        }
    }

    /// The sentence that says most; of two that say as much the later one stands.
    fn best(&self, hits: &[&Hit], weak: &[&Hit]) -> Option<(Status, Span)> {
        let mut best: Option<(u16, Status, Span)> = None;
        let mut offer = |sentence: usize, found: Option<(u16, Status)>| {
            let Some((rank, status)) = found else { return };
            if best.is_none_or(|(r, ..)| rank >= r) {
                best = Some((rank, status, self.text.parse.sentences[sentence].span));
            }
        };
        let pronouns = self.by_sentence(weak);
        let of_sentence = |list: &[(usize, Vec<Range<usize>>)], sentence| {
            list.binary_search_by_key(&sentence, |n| n.0).ok().map(|i| list[i].1.clone())
        };
        let named = self.by_sentence(hits);
        for (sentence, tokens) in &named {
            // *We left Nova there because we want to come back for her.*
            let mut tokens = tokens.clone();
            tokens.extend(of_sentence(&pronouns, *sentence).unwrap_or_default());
            tokens.sort_by_key(|t| t.start);
            let heading = u16::from(!self.is_heading(*sentence));
            offer(*sentence, self.judge.sentence(*sentence, &tokens).map(|v| (v.weight * 8 + heading, v.status)));
            if self.judge.refers_back(sentence + 1) {
                let next = self.judge.sentence(sentence + 1, &[]).filter(|v| v.weight > 2);
                offer(sentence + 1, next.map(|v: Verdict| (v.weight * 4, v.status)));
            }
        }
        for (sentence, tokens) in pronouns.iter().filter(|(s, _)| of_sentence(&named, *s).is_none()) {
            let own = self.judge.sentence(*sentence, tokens).filter(|v| !v.asked);
            offer(*sentence, own.map(|v| (v.weight * 8 - 1, v.status)));
        }
        best.map(|(_, status, span)| (status, span))
    }

    /// The mentions, sentence by sentence.
    fn by_sentence(&self, hits: &[&Hit]) -> Vec<(usize, Vec<Range<usize>>)> {
        let mut found: Vec<(usize, Vec<Range<usize>>)> = Vec::new();
        for hit in hits {
            let sentence = self.text.parse.sentence_of(hit.tokens.start);
            match found.last_mut() {
                Some((last, tokens)) if *last == sentence => tokens.push(hit.tokens.clone()),
                _ => found.push((sentence, vec![hit.tokens.clone()])),
            }
        }
        found
    }

    fn is_heading(&self, sentence: usize) -> bool {
        let block = self.text.parse.sentences.get(sentence).map_or(0, |s| s.block);
        let kind = self.text.document.blocks().get(block).map(|b| b.kind);
        matches!(kind, Some(BlockKind::Title | BlockKind::Heading(_)))
    }
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

    #[track_caller]
    fn check(kind: &str, text: &str, expected: &str) {
        let kind = Some(kind.to_owned()).filter(|k| !k.is_empty());
        let found = traced(text, &[ThreadDefinition { kind, ..definition("Orla", &[]) }]);
        let mut spans: Vec<_> = found[0].mentions.iter().chain(&found[0].weak).collect();
        spans.sort();
        let words: Vec<_> = spans.iter().map(|m| &text[m.start().byte().saturating_sub(4)..m.end().byte()]).collect();
        assert_eq!(words.join("|"), expected, "{text}");
    }

    #[test]
    fn people_who_bear_the_name_of_a_place_are_not_the_place() {
        check("place", "In Orla it rained. Mr Orla, a baker, left.", "In Orla");
        check("place", "They left Orla. Sten Orla spoke for the union. “We stay,” Orla said.", "eft Orla");
        check("place", "The Orla-born judge sat in Orla’s court; Anna Orla-Lund did not.", "The Orla| in Orla");
        check("place", "ORLA: You may ask.\n\nThe mayor of Orla laughed.", " of Orla");
        check("place", "There is an Orla in every story. The Orlas left.", "");
    }

    #[test]
    fn a_bearer_of_the_name_of_a_character_keeps_it_for_a_paragraph() {
        check("character", "Lena Orla won the race. Orla said she was glad.\n\nOrla will return.", "d.\n\nOrla");
        check("character", "Captain Orla slept. Ms Orla, of the press office, did not.", "ain Orla");
    }

    #[test]
    fn things_come_in_numbers_and_compounds() {
        check("object", "Two Orlas hung there, an Orla-like noise rose.", "Two Orlas| an Orla");
    }

    #[test]
    fn pronouns_stand_for_a_character() {
        check("character", "Orla is stubborn, and she would not thank me. I would help her.", "Orla|and she|elp her");
        check("character", "Orla met Mary Lund, who lost her hat.", "Orla");
        check("place", "Orla is old, and she knows it.", "Orla");
    }

    #[test]
    fn what_the_next_clause_says_is_not_said_of_the_thread() {
        let status = |text: &str| traced(text, &[definition("Orla", &[])])[0].status;
        assert_eq!(
            status("We saw Orla from the boat, but the fate of the crew remains unresolved."),
            Status::Mentioned
        );
        assert_eq!(status("Orla, who was revealed to be his sister, sang."), Status::Mentioned);
        assert_eq!(status("Nobody knows who built Orla."), Status::Open);
        assert_eq!(status("The bank approved a loan, in sight of Orla."), Status::Mentioned);
        assert_eq!(status("What Orla hides was not told."), Status::Open);
    }

    #[test]
    fn an_ordinary_word_before_a_noun_is_not_the_thing() {
        let check = |text: &str, count: usize| {
            let found = traced(text, &[definition("Money", &["budget", "funding gap"])]);
            assert_eq!(found[0].mentions.len(), count, "{text}");
        };
        check("She flew with budget airlines to a budget hotel.", 0);
        check("Budget airlines were full.", 0);
        check("The budget was approved, and budgets were cut.", 2);
        check("The film’s budget, said the producers, is not final.", 1);
        check("The budget’s size is a secret.", 1);
        check("They spoke of the funding gap figures.", 1);
        check("The budget “talks” for itself.", 1);
    }

    #[test]
    fn coordination_reaches_every_member() {
        let definitions = [definition("Orla", &[]), definition("Brack", &[])];
        let found = traced("The book left threads — Orla, Brack, and the race — deliberately open.", &definitions);
        assert!(found.iter().all(|t| t.status == Status::Open && t.evidence.is_some()));
        let found = traced("The studio scrapped Orla, Brack and the race.", &definitions);
        assert!(found.iter().all(|t| t.status == Status::Resolved));
    }

    #[test]
    fn a_thread_that_is_not_named_stays_in_the_list() {
        let found = traced("Nothing happened.", &[definition("Orla", &[])]);
        assert_eq!((found.len(), found[0].mentions.len(), found[0].evidence), (1, 0, None));
    }
}
