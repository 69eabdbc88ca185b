//! Where threads are named, word by word. Whether a text leaves one open is not read from it.

use rustc_hash::FxHashMap;

use super::Ground;
use crate::analysis::{Status, Thread, ThreadDefinition};
use crate::document::Document;
use crate::text::Span;

/// Every thread with its mentions.
pub(super) fn trace(document: &Document, ground: Ground, definitions: &[ThreadDefinition]) -> Vec<Thread> {
    let mut names: Vec<(Vec<&str>, usize)> = Vec::new();
    for (number, definition) in definitions.iter().enumerate() {
        let all = std::iter::once(&definition.name).chain(&definition.aliases);
        names.extend(all.map(|name| (name.split_whitespace().collect(), number)));
    }
    names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    let mut by_first: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (place, (words, _)) in names.iter().enumerate() {
        if let Some(first) = words.first() {
            by_first.entry(first).or_default().push(place);
        }
    }
    let mut mentions: Vec<Vec<Span>> = vec![Vec::new(); definitions.len()];
    let tokens = &ground.parse.tokens;
    let written = |at: usize| tokens.get(at).map_or("", |t| document.slice(t.span));
    let endings = &ground.language.grammar.name_endings;
    let stem = |word: &str| endings.iter().find_map(|e| word.strip_suffix(e.as_str())).unwrap_or_default().to_owned();
    let mut at = 0;
    while at < tokens.len() {
        let word = written(at);
        let stemmed = stem(word);
        let places = by_first.get(word).into_iter().chain(by_first.get(stemmed.as_str())).flatten();
        let fits = |place: &&usize| {
            let words = &names[**place].0;
            let last = words.len() - 1;
            words.iter().enumerate().all(|(i, w)| written(at + i) == *w || i == last && stem(written(at + i)) == *w)
        };
        let found = places.filter(fits).min().copied();
        let Some((words, thread)) = found.map(|place| (&names[place].0, names[place].1)) else {
            at += 1;
            continue;
        };
        mentions[thread].push(ground.parse.span(at..at + words.len()));
        at += words.len();
    }
    let thread = |(definition, mentions): (&ThreadDefinition, Vec<Span>)| Thread {
        name: definition.name.clone(),
        aliases: definition.aliases.clone(),
        letter: definition.letter,
        evidence: mentions.first().map(|m| sentence(ground, *m)),
        mentions,
        weak: Vec::new(),
        status: Status::Mentioned,
        suggested: false,
    };
    definitions.iter().zip(mentions).map(thread).collect()
}

fn sentence(ground: Ground, mention: Span) -> Span {
    let token = ground.parse.token_from(mention.start().byte());
    ground.parse.sentences.get(ground.parse.sentence_of(token)).map_or(mention, |s| s.span)
}
