//! The lists: what is in them, and going through them.

use super::{Article, Entry, Kind, State, counted};
use crate::analysis::FindingId;
use crate::app::words;
use crate::index::Query;
use crate::lexicon::LanguageCode;
use crate::text::fold_plain;

/// Entries that are said at once.
const AT_ONCE: usize = 10;

impl State {
    /// Lists what passes a filter.
    pub(super) fn list(&mut self, kind: Kind, filter: &str) -> String {
        self.fill(kind, filter);
        let count = self.entries.len();
        let only = if filter.is_empty() { String::new() } else { format!(", only {filter}") };
        match count {
            0 => self.none(),
            _ => {
                format!("{} {}{only}.\n{}", count, if count == 1 { self.singular() } else { self.name() }, self.more())
            }
        }
    }

    /// What matches words, of any kind.
    pub(super) fn find(&mut self, words: &str) -> String {
        if words.is_empty() {
            return "Say what to find: find WORDS.".to_owned();
        }
        self.fill(Kind::Matches, words);
        match self.entries.len() {
            0 => self.fault().unwrap_or_else(|| format!("No match for {words}.")),
            count => format!("{count} {}.\n{}", if count == 1 { "match" } else { "matches" }, self.more()),
        }
    }

    /// Why the list is empty.
    fn none(&self) -> String {
        let only = if self.filter.is_empty() { String::new() } else { format!(", only {}", self.filter) };
        let language = self.article().and_then(|a| a.found.as_ref()).map(|(analysis, _)| analysis.language);
        match self.fault() {
            Some(fault) => fault,
            None if self.kind == Kind::Claims && language.is_some_and(|l| l != LanguageCode::default()) => {
                "Claims are found in English texts only.".to_owned()
            }
            None => format!("There are no {}{only}.", self.name()),
        }
    }

    /// What the filter asks for that nothing can have.
    fn fault(&self) -> Option<String> {
        Query::parse(&self.filter).fault().map(|fault| fault + ".")
    }

    /// The next entries of the list.
    pub(super) fn more(&mut self) -> String {
        let end = (self.unsaid + AT_ONCE).min(self.entries.len());
        let lines: Vec<String> =
            (self.unsaid..end).map(|i| format!("{}. {}", i + 1, self.short(self.entries[i]))).collect();
        self.unsaid = end;
        if lines.is_empty() {
            return "That was all.".to_owned();
        }
        let rest = self.entries.len() - end;
        let rest = if rest > 0 { format!("\n{rest} more.") } else { String::new() };
        lines.join("\n") + &rest
    }

    /// Goes one on or back and says what is there.
    pub(super) fn step(&mut self, on: bool) -> String {
        if self.entries.is_empty() {
            return self.none();
        }
        let target = match (self.at, on) {
            (None, _) => Some(0),
            (Some(at), true) => Some(at + 1).filter(|&t| t < self.entries.len()),
            (Some(at), false) => at.checked_sub(1),
        };
        match target {
            Some(target) => self.choose(target + 1),
            None => format!("This is the {} {}.", if on { "last" } else { "first" }, self.singular()),
        }
    }

    /// Goes to an entry by its number and says it.
    pub(super) fn choose(&mut self, number: usize) -> String {
        match number.checked_sub(1).filter(|&n| n < self.entries.len()) {
            Some(target) => {
                self.at = Some(target);
                self.now()
            }
            None => format!("There are {}.", counted(self.entries.len(), self.singular())),
        }
    }

    /// Says where the reader is.
    pub(super) fn now(&self) -> String {
        let Some((at, entry)) = self.at.and_then(|at| Some((at, *self.entries.get(at)?))) else {
            return format!("now: {}, {} of them; say next.", self.title(), self.entries.len());
        };
        let note = self.note_on(entry).map(|note| format!("\nnote: {note}")).unwrap_or_default();
        format!("now: {}, {} of {}. {}{note}", self.title(), at + 1, self.entries.len(), self.whole(entry))
    }

    /// Who speaks, or what one of them says.
    pub(super) fn who(&mut self, name: &str) -> String {
        if !name.is_empty() {
            return self.list(Kind::Quotes, &format!("speaker:\"{}\"", name.replace('"', "")));
        }
        let Some(Article { found: Some((analysis, _)), .. }) = self.article() else { return String::new() };
        let mut speakers: Vec<(&str, usize)> = Vec::new();
        for quote in &analysis.quotes {
            let name = words::speaker(quote);
            match speakers.iter_mut().find(|(n, _)| *n == name) {
                Some((_, count)) => *count += 1,
                None => speakers.push((name, 1)),
            }
        }
        speakers.sort_by_key(|&(name, count)| (std::cmp::Reverse(count), fold_plain(name)));
        if speakers.is_empty() {
            return "Nobody speaks here.".to_owned();
        }
        let line = |&(name, count): &(&str, usize)| format!("{name}: {}", counted(count, "quote"));
        speakers.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The finding or sentence in a line of a list.
    fn short(&self, entry: Entry) -> String {
        match entry.finding {
            None => format!("match: {}", self.line(entry.span)),
            Some(FindingId::Quote(_)) if self.kind == Kind::Matches => format!("quote, {}", self.whole(entry)),
            Some(FindingId::Claim(_)) if self.kind == Kind::Matches => format!("claim, {}", self.whole(entry)),
            Some(_) => self.whole(entry),
        }
    }

    fn name(&self) -> &'static str {
        match self.kind {
            Kind::Quotes => "quotes",
            Kind::Claims => "claims",
            Kind::Threads => "threads",
            Kind::Matches => "matches",
        }
    }

    fn singular(&self) -> &'static str {
        match self.kind {
            Kind::Quotes => "quote",
            Kind::Claims => "claim",
            Kind::Threads => "thread",
            Kind::Matches => "match",
        }
    }

    fn title(&self) -> &'static str {
        match self.kind {
            Kind::Quotes => "Quotes",
            Kind::Claims => "Claims",
            Kind::Threads => "Threads",
            Kind::Matches => "Matches",
        }
    }
}
